"""The proposer that works by rules: a text and the register → items of drafts. The same text gives the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from briefing.intake.proposed import Proposed, SourceText
from briefing.intake.rules import entries
from briefing.intake.rules.bodies import Bodies
from briefing.intake.rules.dates import Dates
from briefing.intake.rules.masthead import masthead
from briefing.intake.rules.meetings import meetings_in
from briefing.intake.rules.people import People, Someone
from briefing.intake.rules.reading import Page
from briefing.intake.rules.sides import OURS, Sides
from briefing.intake.rules.statements import Statements
from briefing.intake.rules.topics import Topics
from briefing.intake.rules.visits import visit_in
from briefing.intake.rules.writing import Writing
from briefing.state import BriefingState

BY = "rules 1"
"""How the rules name themselves beside what they propose; the number rises when they change."""


def propose(text: SourceText, register: BriefingState, tell: Callable[[str], None]) -> Sequence[Proposed]:
    """Return what a text proposes: its own facts, agencies, topics, the visit, people, meetings, and the rest."""
    reader = Reader(text, register, tell)
    return [replace(_as_stored(one, reader.page), by=BY) for one in reader.proposed()]


def _as_stored(one: Proposed, page: Page) -> Proposed:
    """Return a proposal with its places in the text as it is stored."""
    parts = {key: [_as_stored(part, page) for part in inside] for key, inside in one.parts.items()}
    extent, year_from = (at and page.stored(at) for at in (one.extent, one.year_from))
    return replace(one, extent=extent, year_from=year_from, parts=parts)


class Reader:
    """Everything that is read off one text, and how the items of a draft are made from it."""

    def __init__(self, text: SourceText, register: BriefingState, tell: Callable[[str], None]) -> None:
        """Read a text."""
        self.text, self.register, self.tell = text, register, tell
        self.page = page = Page(text.text)
        self.country = text.country or country_of_ours(register)
        self.head = masthead(page)
        page.begins = self.head.begins
        self.people = People(page, register, self.country)
        self.bodies = Bodies(page, register, self.people)
        named = [at for body in self.bodies.every for at in body.mentions]
        self.topics = Topics(page, register, [*self.people.at, *named, *filter(None, [self.head.run_in])])
        self.dates = Dates(page, text.published, self.head.dated)
        self.meetings = meetings_in(page, self.people)
        self.visit = visit_in(page, self.people, self.dates)
        self.sides = Sides(register, self.country, self.visit)
        self.statements = Statements(page, self.people, self.bodies, self.country)

    def proposed(self) -> Iterator[Proposed]:
        """Yield the items in the order in which a draft has them."""
        if not self.country:
            self.tell("whose side people are on is known by country: set `country` in briefing.toml")
        yield self._source()
        writing = Writing(self)
        meetings = [writing.meeting(one) for one in self.meetings]
        for body in self.bodies.every:
            if not body.known:
                yield entries.agency(self.register, body, self._country_of(body.name), self.country)
        for subject in self.topics.every:
            if not subject.known:
                yield entries.topic(self.register, subject)
        if (visit := writing.visit()) is not None:
            yield visit
        for someone in self._in_no_meeting():
            side = self.sides.of(someone) if someone.country and self.country else ""
            yield entries.person(self.register, self.bodies, someone, side)
        yield from meetings
        if (report := writing.report()) is not None:
            yield report
        self._tell_what_is_open(writing)

    @property
    def called(self) -> str:
        """What to call the text: by its publisher, its place, or the name of its file."""
        place = f"a text from {self.head.dateline}" if self.head.dateline else ""
        return self.text.sender or self.head.publisher or place or self.text.name

    def _source(self) -> Proposed:
        """Return what the text says of itself."""
        own = self.dates.published
        head = self.head
        title, publisher = head.title or self.text.title, head.publisher
        if self.text.sender:  # a mail: what it says of itself stands in its headers
            title, publisher = self.text.title, f"mail from {self.text.sender}"
        elif not title and not head.dateline:
            title, publisher = publisher, ""  # a short line alone at the top is a headline
        values = {"source": self.text.name, "title": title, "publisher": publisher,
                  "published": own.words if own else "", "dateline": head.dateline}  # fmt: skip
        found = self.dates.at(self.head.dated)
        kept = {key: value for key, value in values.items() if value}
        remarks = [*([found.remark] if found and found.remark else []), *self._layout()]
        return Proposed("source", kept, confidence=80 if found is None else found.sure, remark="\n".join(remarks))

    def _country_of(self, body: str) -> str:
        """Return the country of an agency: that of the people whose titles are of it."""
        ours = [
            one for one in self.people.everyone if (of := self.bodies.of.get(one.name)) is not None and of.name == body
        ]
        return next((one.country for one in ours if one.country), "")

    def _in_no_meeting(self) -> list[Someone]:
        """Return who is named with a title, is not on record yet, and is neither in a meeting nor on the visit."""
        met = [id(one) for meeting in self.meetings for one in meeting.everyone]
        travelling = [id(one) for one in self.sides.travelling]
        return [
            one
            for one in self.people.everyone
            if id(one) not in (*met, *travelling) and one.name and not one.known and one.title and " " in one.name
        ]

    def _layout(self) -> Iterator[str]:
        """Yield what the lines of the text leave open."""
        if self.page.open:
            yield (f"its lines are broken at {self.page.layout.width} signs, without blank lines between paragraphs: "
                   "where one ends is told by how full lines are; see which meeting each point is in")  # fmt: skip
        quoted = sum(self.page.flat[start] == ">" for start, _ in self.page.lines)
        if quoted:
            lines = f"{quoted} lines are" if quoted > 1 else "a line is"
            yield f"{lines} quoted from another mail (“>”): each is read by itself"

    def _tell_what_is_open(self, writing: Writing) -> None:
        for line in self._layout():
            self.tell(line)
        for extent in self.dates.yearless:
            self.tell(f"“{self.page.said(extent)}” has no year, and the text gives none: --published says its date")
        if writing.dateless:
            many = len(writing.dateless)
            self.tell((f"{many} meetings have" if many > 1 else "a meeting has") + " no day: add `when:` or `visit:`")


def country_of_ours(register: BriefingState) -> str:
    """Return the country of the agencies on our side; empty where none is on record."""
    return next((one.country for one in register.agencies.values() if one.side == OURS and one.country), "")
