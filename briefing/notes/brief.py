"""The meeting brief: two pages before a planned meeting, and an annex with what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from briefing.notes.background import LATER, earlier, last_contact, news, owed, owed_later, sensitive
from briefing.notes.bottom_line import bottom_line, counted_lines
from briefing.notes.frame import Frame, framed
from briefing.notes.language import format_span, joined, say
from briefing.notes.meeting_file import MeetingFile
from briefing.notes.news import Seen
from briefing.notes.note import Block, BottomLine, Heading, Note, Paragraph, Run
from briefing.notes.participants import particulars, people, programme
from briefing.notes.speaking import (
    MAY,
    UNLIKELY,
    decision_asked,
    further_points,
    may,
    objectives,
    points,
    press,
    raised,
    unlikely,
)
from briefing.notes.writer import capital
from briefing.state import BriefingState

PAGES = 2
"""Pages of a brief before its annex."""

Part = Callable[[MeetingFile], Iterator[Block]]


def meeting_brief(
    state: BriefingState, meeting_id: str, frame: Frame, *, seen: Seen | None = None, moved: Collection[str] = ()
) -> Note:
    """Return the brief for a planned meeting.

    With `seen`, what its reader saw before is folded into one line. `moved` names the parts that are
    to stand in the annex, since they do not fit on two pages.
    """
    file = MeetingFile(state, state.planned[meeting_id], seen=seen, moved=moved)
    decision = decision_asked(file)
    blocks = [summary(file), *brief_blocks(file)]
    annexed: list[Block] = []
    names: list[str] = []
    for name in reversed([name for name in YIELDING if name in file.moved]):
        if there := tuple(YIELDING[name](file)):
            annexed += there
            names.append(name)
    if names:
        parts = joined([say(name) for name in names])
        blocks.append(Paragraph((Run(say("For want of room, in the annex: {parts}.", parts=parts), "muted"),)))
    annexed = [*further_points(file), *annexed, *people(file), *programme(file)]
    when = f", {format_span(file.planned.when)}" if file.planned.when and file.planned.when.start else ""
    purpose = "Decision" if decision else "Meeting"
    whom = joined(file.agency_names()) or say("the other side")
    return framed(replace(frame, purpose=purpose), kind="meeting", paper="Meeting brief",
                  title=f"{file.plan.title}{when}", subtitle=say("Brief for the meeting with {whom}", whom=whom),
                  blocks=blocks, annex=annexed, writer=file.writer)  # fmt: skip


def brief_blocks(file: MeetingFile) -> Iterator[Block]:
    """Yield the parts of a brief below its bottom line, but for those that were moved to the annex."""
    moved = [YIELDING[name] for name in file.moved]
    for part in PARTS:
        if part not in moved:
            yield from part(file)


def summary(file: MeetingFile) -> BottomLine:
    """Return the box at the top: an officer's words or the mechanical line, and the decision asked."""
    box = bottom_line(file.state, file.plan.id, file.open, file.differences)
    assessment = file.state.assessment_of(file.plan.id)
    if not (assessment and assessment.bottom_line):
        box = BottomLine(box.heading, tuple((Run(line),) for line in _counted(file)))
    if decision := decision_asked(file):
        boxes = ("☐ agree", "☐ disagree", "☐ discuss")
        choices = (run for box_ in boxes for run in (Run(" "), Run(box_, "flag")))
        asked = (Run("You are asked to decide: ", "strong"), Run(f"{decision.rstrip('.')}."), *choices)
        box = BottomLine(box.heading, (*box.lines, asked))
    return box


def _counted(file: MeetingFile) -> Iterator[str]:
    """Yield the bottom line by rule: the date, what is open, where the texts differ."""
    if file.planned.when is None or file.planned.when.start is None:
        yield "No date is on record for this meeting."
    yield from counted_lines(file.state, file.plan.id, file.open, file.differences)


def not_known(file: MeetingFile) -> Iterator[Block]:
    """Yield what the record does not hold of a meeting to come, in one paragraph."""
    plan = file.plan
    absent = [
        name
        for name, there in (
            ("the date", file.planned.when and file.planned.when.start),
            ("the place", plan.where or plan.mode),
            ("how long it is to be", plan.duration),
            ("whether the press is there", plan.press),
            ("our objectives", plan.objectives),
            ("points to make", plan.points),
            ("what they will raise", plan.expected),
            ("a press line", any(one.agreed.press_line for one in file.lines)),
            ("any earlier contact", file.contacts),
        )
        if not there
    ]
    told = say("Not on record: {what}.", what=joined([say(one) for one in absent])) if absent else ""
    questions = " ".join(f"{capital(one.rstrip('.'))}." for one in plan.not_known)
    if text := " ".join(part for part in (told, questions) if part):
        yield Heading("What is not known")
        yield file.paragraph((Run(text),))


PARTS: tuple[Part, ...] = (
    particulars, objectives, news, points, raised, owed, sensitive, last_contact, earlier, press, not_known,
)  # fmt: skip
"""The parts of a brief, in their order."""

YIELDING: dict[str, Part] = {
    "what is not known": not_known,
    "earlier contacts and facts": earlier,
    UNLIKELY: unlikely,
    MAY: may,
    "the last contact": last_contact,
    "the press line": press,
    LATER: owed_later,
}
"""What moves to the annex where there is no room, the first to go first."""
