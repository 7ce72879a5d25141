"""The handover note: what whoever takes over a desk must know first, of some agencies or of all of the other side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from briefing.notes.by_status import by_status
from briefing.notes.commitments import open_table
from briefing.notes.differ import difference_table
from briefing.notes.flags import former, past, stale
from briefing.notes.frame import Frame, framed
from briefing.notes.language import counted, either, format_span, joined, say
from briefing.notes.lines import line_runs, lines_on
from briefing.notes.note import Block, BottomLine, Column, Heading, Note, Run, Runs, Table
from briefing.notes.owed import counts, grouped
from briefing.notes.paragraphs import Paragraphs
from briefing.notes.writer import Writer, agency_order, capital, in_prose, short_name
from briefing.payload import Citation
from briefing.state import Agency, BriefingState, OpenItem, Person


class Desk(Paragraphs):
    """What a desk has on record: its agencies, and what was said, promised, planned and left open with them."""

    def __init__(self, state: BriefingState, agencies: Sequence[str]) -> None:
        """Gather what concerns these agencies; without any, the whole record."""
        self.whole = not agencies
        self.ids = frozenset(agencies or (one.id for one in state.agencies.values() if one.side != "ours"))
        self.agencies: list[Agency] = agency_order(state, self.ids)
        self.meetings = [m for m in state.meetings.values() if self.whole or self.ids & set(m.agencies)]
        self.people = [p for one in self.agencies for p in state.people_of_agency(one.id)]
        self.open = [c for c in state.commitments if c.is_open and (self.whole or self._owes(c))]
        held, known = {m.id for m in self.meetings}, {p.id for p in self.people}
        self.differences = [d for d in state.differences if not d.settled
                            and (self.whole or held & set(d.meetings) or d.person in known)]  # fmt: skip
        topics = {topic for m in self.meetings for statement in m.statements() for topic in statement.topics}
        visits = dict.fromkeys(m.held.visit for m in self.meetings if m.held.visit)
        subjects = {*self.ids, *held, *topics, *visits}
        self.facts = [f for f in state.facts.values()
                      if self.whole or subjects & {*f.stated.topics, *f.stated.about, f.stated.visit}]  # fmt: skip
        self.lines = lines_on(state, {one.agreed.about for one in state.lines.values()} if self.whole else subjects)
        self.planned = [one for id_, one in state.planned.items() if id_ not in state.meetings
                        and (self.whole or self.ids & set(one.plan.agencies))]  # fmt: skip
        sources = [c.source for c in self._cited() if c.source]
        super().__init__(state, Writer(state, sources, visits, known))

    def _owes(self, item: OpenItem) -> bool:
        return bool(self.ids & {*item.meeting.agencies, item.commitment.owed_by, item.commitment.owed_to})

    def _cited(self) -> Iterator[Citation]:
        for item in self.open:
            yield from item.commitment.citations
        for difference in self.differences:
            yield from (reading.citation for reading in difference.readings)
        for person in self.people:
            yield from (citation for post in person.posts for citation in post.citations)
        for fact in self.facts:
            yield from fact.stated.citations
        for line in self.lines:
            yield from line.agreed.citations


def handover_note(state: BriefingState, frame: Frame, agencies: Sequence[str] = ()) -> Note:
    """Return the note of a desk; a part that has nothing to say is a line under "What is not known"."""
    desk = Desk(state, agencies)
    found = [(name, list(part(desk))) for name, part in PARTS]
    blocks: list[Block] = [in_short(desk)]
    for name, some in found:
        blocks += [Heading(name), *some] if some else []
    if silent := [_small(say(name)) for name, some in found if not some]:
        none = say("None on record: {parts}.", parts="; ".join(silent))
        blocks += [Heading("What is not known"), desk.paragraph((Run(none),))]
    contacts = capital(counted(len(desk.meetings), "contact"))
    names = say("all agencies") if desk.whole else joined([short_name(one) for one in desk.agencies])
    return framed(frame, kind="handover", paper="Handover note", title=say("Handover: {agencies}", agencies=names),
                  subtitle=say("{contacts} on record", contacts=contacts), blocks=blocks,
                  writer=desk.writer)  # fmt: skip


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def in_short(desk: Desk) -> BottomLine:
    """Return the box at the top: what is open, counted."""
    groups = grouped(desk.state, desk.open)
    to_do = counts(groups, "open commitment") if groups else say("No open commitment is on record.")
    coming = capital(counted(len(desk.planned), "meeting"))
    unsettled = counted(len(desk.differences), "difference")
    other = say("{meetings} to come; {differences} between texts not settled.", meetings=coming, differences=unsettled)
    return BottomLine("In short", tuple((Run(line),) for line in (to_do, other)))


def to_come(desk: Desk) -> Iterator[Block]:
    """Yield the planned meetings with their dates, as one paragraph each."""
    for one in desk.planned:
        when = format_span(one.when) if one.when else say("no date")
        undated = () if one.when and one.when.start else (Run(" "), Run("△ undated", "flag"))
        yield desk.paragraph((Run(f"{one.plan.title}. ", "strong"), Run(f"{capital(when)}{say('.')}"), *undated))


def promised(desk: Desk) -> Iterator[Block]:
    """Yield what is owed either way, the most pressing first."""
    items = [item for group in grouped(desk.state, desk.open) for item in group.items]
    if (picture := by_status(items)) is not None:
        yield picture
    if items:
        yield open_table(desk.writer, items)


def people(desk: Desk) -> Iterator[Block]:
    """Yield the people of each agency with their titles, former holders flagged."""
    rows = [(agency, person) for agency in desk.agencies for person in desk.state.people_of_agency(agency.id)]
    if rows:
        columns = (Column("Agency", 24), Column("Name and post", 52), Column("Source", 24))
        yield Table(columns=columns, rows=tuple(_person(desk, agency, person) for agency, person in rows))


def _person(desk: Desk, agency: Agency, person: Person) -> tuple[Runs, ...]:
    titles = either(desk.writer.titles(person, agency.id))
    how = say("; say: {name}", name=person.say_name) if person.say_name else ""
    cited = [c for post in person.posts if post.agency == agency.id for c in post.citations]
    return ((Run(short_name(agency)),), (Run(f"{person.name}, {titles}{how}"), *former(desk.state, person.id)),
            desk.writer.cell_mark(cited))  # fmt: skip


def differ(desk: Desk) -> Iterator[Block]:
    """Yield where texts differ and nobody has settled it."""
    if desk.differences:
        yield difference_table(desk.writer, desk.differences)


def aged(desk: Desk) -> Iterator[Block]:
    """Yield facts and lines whose review is past."""
    for fact in desk.facts:
        if past(fact.stated.review_by, desk.state):
            marks = desk.writer.mark(fact.stated.citations)
            yield desk.paragraph((Run(fact.stated.say), *marks, *stale(fact.stated.review_by, desk.state)))
    for line in desk.lines:
        if past(line.agreed.review_by, desk.state):
            yield desk.paragraph((Run("Line: ", "strong"), *line_runs(desk.writer, line)))


def unmet(desk: Desk) -> Iterator[Block]:
    """Yield the agencies that nothing on record was said with."""
    met = {a for m in desk.meetings if m.held.content_known for a in m.agencies}
    names = [in_prose(one) for one in desk.agencies if one.id not in met]
    if names:
        yield desk.paragraph((Run(say("Nothing that was said is on record of {agencies}.", agencies=joined(names))),))


PARTS: tuple[tuple[str, Callable[[Desk], Iterator[Block]]], ...] = (
    ("Meetings to come", to_come), ("Open commitments, both ways", promised), ("People", people),
    ("Where the sources differ", differ), ("Stale facts and lines", aged), ("Agencies without content", unmet),
)  # fmt: skip
"""The parts of the note in their order, each with its heading."""

