"""The meeting record: what was said, agreed, not agreed and promised in one meeting, in the order of its subjects."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefing.events import MeetingHeld
from briefing.notes.bottom_line import bottom_line
from briefing.notes.commitments import commitment_table
from briefing.notes.differ import difference_table, settlement
from briefing.notes.frame import Frame, framed
from briefing.notes.language import counted, format_span, joined, say
from briefing.notes.note import Block, BottomLine, Heading, Note, Run
from briefing.notes.objectives import score_citations, scored_table
from briefing.notes.paragraphs import Paragraphs
from briefing.notes.participants import countries, host, sides
from briefing.notes.writer import Writer, capital, differing, in_full
from briefing.notes.written import whose
from briefing.payload import Citation, Objective, Point
from briefing.state import BriefingState, Difference, Meeting, OpenItem


class Record(Paragraphs):
    """The material of one meeting's record, and the paragraphs it is written in."""

    def __init__(self, state: BriefingState, meeting: Meeting) -> None:
        """Gather what is on record of a meeting."""
        assert isinstance(meeting.held, MeetingHeld)
        self.meeting = meeting
        self.held = meeting.held
        self.assessment = state.assessment_of(meeting.id)
        self.items: tuple[OpenItem, ...] = tuple(c for c in state.commitments if c.meeting.id == meeting.id)
        people = {one.person for one in self.held.participants}
        self.differences: list[Difference] = [
            *differing(state, meeting=meeting.id), *(d for d in state.differences if d.person and d.person in people),
        ]  # fmt: skip
        plan = state.planned.get(meeting.id)
        self.objectives: tuple[Objective, ...] = plan.plan.objectives if plan else ()
        cited: list[Citation] = [*meeting.citations(), *(r.citation for d in self.differences for r in d.readings)]
        cited += score_citations(state, meeting.id, self.objectives)
        visit = state.visits.get(self.held.visit or "")
        cited += visit.year_from if visit else ()
        sources = [c.source for c in cited if c.source]
        super().__init__(state, Writer(state, sources, [visit.id] if visit else (), meeting.people))


def meeting_record(state: BriefingState, meeting_id: str, frame: Frame) -> Note:
    """Return the record of a meeting that was held; what it does not hold is under "What is not known"."""
    record = Record(state, state.meetings[meeting_id])
    blocks = [summary(record), *(block for part in PARTS for block in part(record))]
    when = f", {format_span(record.meeting.when)}" if record.meeting.when else ""
    agencies = [in_full(state.agencies[a]) for a in record.held.agencies if a in state.agencies]
    whom = joined(agencies) or say("the other side")
    return framed(frame, kind="record", paper="Meeting record", title=f"{record.held.title}{when}",
                  subtitle=say("Record of the meeting with {whom}", whom=whom), blocks=blocks,
                  writer=record.writer, digests=False)  # fmt: skip


def summary(record: Record) -> BottomLine:
    """Return the box at the top: an officer's summary, else the record counted."""
    assessment = record.assessment
    if assessment and assessment.bottom_line:
        box = bottom_line(record.state, record.meeting.id, record.items, record.differences)
        return BottomLine(say("Summary (by {who})", who=whose(record.state, assessment)), box.lines)
    held = record.held
    told = [counted(len(held.points), "point"), counted(len(held.commitments), "commitment")]
    if held.not_agreed:
        told.append(say("{points} not agreed", points=counted(len(held.not_agreed), "point")))
    on_record = [say("On record: {what}.", what=joined(told))]
    if record.differences:
        on_record.append(say("The sources differ on {points}.", points=counted(len(record.differences), "point")))
    return BottomLine("Summary", ((Run(" ".join(on_record)),),))


def participants(record: Record) -> Iterator[Block]:
    """Yield when and where it was, in what form, and who was there on either side."""
    held, writer = record.held, record.writer
    yield Heading("Participants")
    runs: list[Run] = [Run(say("Held ")), *writer.date(record.meeting.when)]
    if not record.meeting.own_day:
        runs.append(Run(say(", day not given")))
    modes = {"in person": say("in person"), "telephone": say("by telephone"), "video": say("by video")}
    details = [
        say("in {place}", place=held.where) if held.where else "",
        modes.get(held.mode or "", ""),
        say("as a {form}", form=held.form) if held.form else "",
        say("hosted by {who}", who=_small(host(writer, held.host))) if held.host else "",
        say("in {language}", language=held.language) if held.language else "",
        say("note taken by {who}", who=held.note_taker) if held.note_taker else "",
    ]
    told = "".join(f", {one}" for one in details if one)
    known = {"complete": say("Everyone who was there is named."),
             "partial": say("Not everyone who was there is named.")}  # fmt: skip
    whole = known.get(held.attendance or "", "")
    runs += [Run(f"{told}{say('.')}{' ' if whole else ''}{whole}"), *writer.mark(held.citations)]
    yield record.paragraph(tuple(runs))
    yield sides(writer, held.participants, countries(record.state, held.agencies))


def _small(text: str) -> str:
    """Return the name of a side or an agency as it stands inside a sentence."""
    return text[:1].lower() + text[1:] if text.startswith(("The ", "Our ", "Their ", "Both ")) else text


def objectives(record: Record) -> Iterator[Block]:
    """Yield each objective of the plan with what became of it, and the evidence."""
    if not record.objectives:
        return
    yield Heading("Results against objectives")
    yield scored_table(record.writer, record.meeting.id, record.objectives)


def discussion(record: Record) -> Iterator[Block]:
    """Yield a paragraph for each subject, in the order in which it came up in the record."""
    points = [one for one in record.held.points if one.kind != "agreed"]
    if not points:
        return
    yield Heading("Discussion")
    items: dict[str, list[Point]] = {}
    for one in points:
        items.setdefault(one.topics[0] if one.topics else "", []).append(one)
    for topic, told in items.items():
        named = record.state.topics.get(topic)
        lead = (Run(f"{named.name}. ", "strong"),) if named else ()
        yield record.paragraph((*lead, *record.told([(one, record.meeting) for one in told])))


def agreed(record: Record) -> Iterator[Block]:
    """Yield what was agreed, and apart from it what was not."""
    points = [one for one in record.held.points if one.kind == "agreed"]
    for name, told in (("Agreed", points), ("Not agreed", record.held.not_agreed)):
        if told:
            yield Heading(name)
        for one in told:
            yield record.paragraph(record.told([(one, record.meeting)]))


def promised(record: Record) -> Iterator[Block]:
    """Yield the commitments made in the meeting, as they stand now."""
    if not record.items:
        return
    yield Heading("Commitments")
    yield commitment_table(record.writer, record.items)


def differ(record: Record) -> Iterator[Block]:
    """Yield where the texts differ on this meeting; nothing is decided."""
    if not record.differences:
        return
    yield Heading("Where the sources differ")
    yield difference_table(record.writer, record.differences)
    for one in record.differences:
        if one.settled:
            yield record.paragraph(settlement(record.writer, one))


def public(record: Record) -> Iterator[Block]:
    """Yield the agreed public line, and the papers that were handed over."""
    held = record.held
    if held.public_line:
        yield Heading("Public line")
        yield record.paragraph((Run(f"“{held.public_line}”"),))
    if held.papers:
        yield Heading("Papers handed over")
        for one in held.papers:
            by = say(", by {who}", who=_small(host(record.writer, one.by))) if one.by else ""
            file = f" ({one.file_ref})" if one.file_ref else ""
            yield record.paragraph((Run(f"{one.title}{by}{file}"),))


def next_steps(record: Record) -> Iterator[Block]:
    """Yield the next contact, and what an officer recorded as next steps."""
    steps = [*(record.assessment.next_steps if record.assessment else ())]
    contact = record.held.next_contact
    if not steps and contact is None:
        return
    yield Heading("Next steps")
    if contact is not None:
        undated = (Run(" "), Run("△ undated", "flag")) if contact.start is None else ()
        yield record.paragraph((Run("Next contact: "), *record.writer.date(contact), *(undated or (Run("."),))))
    for one in steps:
        yield record.paragraph((Run(one),))


def comment(record: Record) -> Iterator[Block]:
    """Yield the officer's comment, apart from what was said."""
    assessment = record.assessment
    if assessment and assessment.comment:
        yield Heading(say("Comment, by {who}", who=assessment.by))
        yield record.paragraph((Run(assessment.comment, "emphasis"),))


def not_known(record: Record) -> Iterator[Block]:
    """Yield what the record does not hold of this meeting, in one paragraph."""
    held = record.held
    empty = not held.content_known or not (held.points or held.commitments or held.not_agreed)
    theirs = [one for one in held.participants if one.person and one.side != "ours"]
    absent = [
        name
        for name, missing in (
            ("what was said", empty),
            ("the counterpart", not theirs),
            ("the day", not record.meeting.own_day),
            ("the place", not held.where),
            ("objectives to score results by", not record.objectives),
            ("a public line", not held.public_line),
            ("anything that was not agreed", not held.not_agreed),
        )
        if missing
    ]
    told = [say("Not on record: {what}.", what=joined([say(one) for one in absent]))] if absent else []
    undated = [n for n, item in enumerate(record.items, 1) if not (item.commitment.due and item.commitment.due.start)]
    if undated:
        which = joined([say("commitment {n}", n=n) for n in undated])
        one = len(undated) == 1
        told.append(say("When {which} is due.", which=which) if one else say("When {which} are due.", which=which))
    told += [f"{capital(one.rstrip('.'))}." for one in held.not_known]
    if told:
        yield Heading("What is not known")
        yield record.paragraph((Run(" ".join(told)),))


PARTS: tuple[Callable[[Record], Iterator[Block]], ...] = (
    participants, objectives, discussion, agreed, promised, differ, public, next_steps, not_known, comment,
)  # fmt: skip
"""The parts of a record, in their order."""

