"""The public cut of a meeting record: what is marked for release and nothing else, in 200 words at most.

No source mark, digest, time of recording, number of a paragraph or name of an officer goes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256

from briefing.errors import Refused
from briefing.events import MeetingHeld
from briefing.notes.commitments import says_when
from briefing.notes.frame import Frame, band
from briefing.notes.language import format_span, joined, say
from briefing.notes.note import Note, Paragraph, Run, TitleLine, plain
from briefing.notes.participants import countries
from briefing.notes.release import released
from briefing.notes.writer import Writer, agency_order, capital
from briefing.payload import Commitment, Point
from briefing.state import BriefingState, Meeting

FEWEST, MOST = 120, 200
"""Words of a public cut: below the fewest it is printed as it is, since nothing is invented."""

FIRST_DAY = "1980-01-01T00:00:00Z"
"""The time that every public cut bears: when the record was written is not for release."""

WEAKEST_FIRST = {
    "will consider": "To be considered", "intends": "Intended", "expected": "Expected", "agreed": "Agreed",
}  # fmt: skip
"""The strength of a commitment → how it is printed."""


def meeting_public(
    state: BriefingState, meeting_id: str, frame: Frame, *, may_see: Callable[[str | None], bool] = released
) -> Note:
    """Return the public cut of a meeting; `Refused` where nothing of it is marked for release.

    `may_see` tells whether anyone may see what bears a mark.
    """
    if frame.missing:
        raise Refused("a record that is not whole releases nothing", hint="what forbids a release may be missing")
    meeting, writer = state.meetings[meeting_id], Writer(state, ())
    sentences = list(_sentences(writer, meeting, may_see))
    if not sentences:
        raise Refused(
            f"nothing of {meeting_id} is marked for release",
            hint=f"`briefing correct {meeting_id} --set marking=public` releases what bears no other marking in it",
        )
    whole = may_see(meeting.held.marking)
    opening = _opening(writer, meeting) if whole else ""
    paragraphs = list(_within([*([opening] if opening else ()), *sentences]))
    title = meeting.held.title if whole else "Statement"
    return _framed(frame, title, _day(meeting) if whole else "", [Paragraph((Run(one),)) for one in paragraphs])


def words(note: Note) -> int:
    """Return how many words a public cut has, its title and edges not counted."""
    return sum(len(plain(block.runs).split()) for block in note.blocks if isinstance(block, Paragraph))


def _sentences(writer: Writer, meeting: Meeting, may_see: Callable[[str | None], bool]) -> Iterator[str]:
    """Yield what may be released, in the order of the record; a part without a marking has that of its meeting."""
    held = meeting.held
    parts: tuple[Point | Commitment, ...] = (*held.points, *held.commitments)
    if isinstance(held, MeetingHeld):
        parts = (*parts, *held.not_agreed)
        if held.public_line:
            yield held.public_line
    for one in parts:
        if may_see(one.marking or held.marking):
            yield _promise(writer, one) if isinstance(one, Commitment) else one.say


def _promise(writer: Writer, one: Commitment) -> str:
    """Return a commitment with its strength in words that may be printed: never firmer than the weakest text has it."""
    told = [words for strength, words in WEAKEST_FIRST.items() if any(c.strength == strength for c in one.citations)]
    due = f", {format_span(one.due)}" if one.due and not says_when(one) else ""
    what = one.say.rstrip(".")
    return f"{say(told[0])}: {writer.inside(what)}{due}." if told else f"{what}{due}."


def _opening(writer: Writer, meeting: Meeting) -> str:
    """Return who met whom and when, for a meeting that is itself released."""
    ours, theirs = joined(writer.ours(meeting)), joined(writer.theirs(meeting))
    agencies = joined([one.name for one in agency_order(writer.state, meeting.agencies)])
    home, _ = countries(writer.state, meeting.agencies)
    met = {"ours": ours or say("{country}’s side", country=home), "theirs": theirs or agencies or say("the other side")}
    if not (day := _day(meeting)):
        return capital(say("{ours} met {theirs}.", **met))
    if meeting.own_day:
        return capital(say("{ours} met {theirs} on {day}.", day=day, **met))
    return capital(say("{ours} met {theirs} in the course of {day}.", day=day, **met))


def _day(meeting: Meeting) -> str:
    return format_span(meeting.when) if meeting.when and meeting.when.start else ""


def _within(sentences: list[str]) -> Iterator[str]:
    """Yield sentences until the most words are reached; what follows is left out without a trace."""
    left = MOST
    for one in sentences:
        left -= len(one.split())
        if left < 0:
            return
        yield one if one.rstrip().endswith((".", "?", "!", "”")) else f"{one.rstrip()}."


def _framed(frame: Frame, title: str, day: str, blocks: list[Paragraph]) -> Note:
    """Return the note of a release: it names itself by its own words, and not the record that it was made from."""
    own = sha256("\n".join((title, day, *(plain(one.runs) for one in blocks))).encode()).hexdigest()
    cleared = TitleLine("Cleared by", frame.cleared_by or "DRAFT – not cleared")
    return Note(kind="public", title=title, subtitle=day, band=band(replace(frame, marking="FOR RELEASE")),
                ministry=frame.ministry, unit="", paper="Public cut", title_block=(cleared,), blocks=tuple(blocks),
                basis=own, basis_label=say("Text {digest}", digest=own[:16]), made_at=FIRST_DAY,
                running_title=title)  # fmt: skip
