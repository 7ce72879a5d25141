"""The read model: what the record says, once it is folded.

Everything here is frozen. `BriefingState` answers by agency, person, topic, visit and meeting, by
id, name or alias; what texts disagree on and what is not known are part of it, as values.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal

from briefing.dates import Span
from briefing.events import (
    AgencyDescribed,
    AssessmentRecorded,
    CommitmentUpdated,
    DifferenceSettled,
    FactStated,
    LineAgreed,
    MeetingHeld,
    MeetingPlanned,
    NoteCleared,
    NoteIssued,
    NoteReturned,
    NoteSeen,
    ObjectiveScored,
    PersonDescribed,
    SourceRegistered,
    TopicDescribed,
    VisitDescribed,
    VisitReported,
)
from briefing.passages import paragraph_number
from briefing.payload import Citation, Commitment, Point
from briefing.spelling import fold_name

Aspect = Literal["strength", "speaker", "treatment", "wording", "title", "date", "with whom"]
GapKind = Literal[
    "no content",
    "no day",
    "no counterpart",
    "undated commitment",
    "no owner",
    "source undated",
    "no objectives",
    "not on record",
    "no date planned",
]
RegisterKind = Literal["source", "agency", "person", "topic", "visit", "meeting", "planned"]

Source = SourceRegistered
Agency = AgencyDescribed
Person = PersonDescribed
Topic = TopicDescribed
Visit = VisitDescribed


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that was held, or a report on a visit as a whole, with the date that holds for it.

    `when` is the meeting's own date, or else the visit's; `own_day` says which.
    """

    digest: str
    held: MeetingHeld | VisitReported
    when: Span | None
    own_day: bool

    @property
    def id(self) -> str:
        """The id of the meeting."""
        return self.held.id

    @property
    def agencies(self) -> tuple[str, ...]:
        """The ids of the agencies met."""
        return self.held.agencies

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the texts that speak of it, in order of first citation."""
        return tuple(dict.fromkeys(c.source for c in self.citations() if c.source))

    @property
    def people(self) -> tuple[str, ...]:
        """The ids of those who took part, spoke, owe something or are owed it; some may be of agencies."""
        there = self.held.participants if isinstance(self.held, MeetingHeld) else ()
        owing = (who for one in self.held.commitments for who in (one.owed_by, one.owed_to))
        named = (*(one.person for one in there), *(one.by for one in self.held.points), *owing)
        return tuple(dict.fromkeys(one for one in named if one))

    def statements(self) -> tuple[Point | Commitment, ...]:
        """Return what was said, promised and not agreed."""
        held = self.held
        return (*held.points, *held.commitments, *(held.not_agreed if isinstance(held, MeetingHeld) else ()))

    def citations(self) -> Iterator[Citation]:
        """Yield every citation of the meeting and of its statements."""
        yield from self.held.citations
        for statement in self.statements():
            yield from statement.citations


@dataclass(frozen=True, slots=True)
class Planned:
    """A meeting to come, with the digest of its event; `when` is its own date, or else the visit's."""

    digest: str
    plan: MeetingPlanned
    when: Span | None


@dataclass(frozen=True, slots=True)
class Score:
    """What became of an objective, with the digest of its event."""

    digest: str
    said: ObjectiveScored


@dataclass(frozen=True, slots=True)
class Line:
    """What we say on a subject, with the digest of its event."""

    digest: str
    agreed: LineAgreed


@dataclass(frozen=True, slots=True)
class IssuedNote:
    """An edition of a paper, with the digest of its event, and what became of it, oldest first."""

    digest: str
    issued: NoteIssued
    seen: tuple[NoteSeen, ...] = ()
    returned: tuple[NoteReturned, ...] = ()

    @property
    def name(self) -> str:
        """What it is called: "AMD/2025/0147, edition 3"."""
        return f"{self.issued.reference}, edition {self.issued.edition}"

    def seen_by(self, reader: str) -> bool:
        """Tell whether a reader has seen it; who returned a paper has."""
        readers = {*(one.reader for one in self.seen), *(one.reader for one in self.returned)}
        return fold_name(reader) in map(fold_name, readers)


@dataclass(frozen=True, slots=True)
class Update:
    """News of a commitment, with the digest of its event."""

    digest: str
    said: CommitmentUpdated


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One commitment as it stands now, with the meeting it was made in and its news, oldest first.

    `ref` is its reference, "MEETING/c1".
    """

    ref: str
    commitment: Commitment
    meeting: Meeting
    updates: tuple[Update, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done: it carries forward until an event closes it."""
        return self.commitment.status in ("open", "in hand", "disputed")

    def overdue(self, today: date | None) -> bool:
        """Tell whether its last day has passed on a day, and it is still open."""
        end = self.commitment.due.end if self.commitment.due else None
        return bool(today and end and end < today and self.is_open)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says of a point in dispute: its citation, the words, and with whom where that differs."""

    source: str
    citation: Citation
    words: tuple[str, ...]
    meeting: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """An officer's choice between texts that differ, with the digest of its event."""

    digest: str
    said: DifferenceSettled


@dataclass(frozen=True, slots=True)
class Difference:
    """Texts that do not agree on one thing, with what each says; `settled` is an officer's choice, when there is one.

    `key` names it for good: "MEETING/p1", "PERSON/title", a fact's id, or "MEETING+MEETING/TOPIC".
    """

    key: str
    aspects: tuple[Aspect, ...]
    label: str
    readings: tuple[Reading, ...]
    topics: tuple[str, ...] = ()
    person: str = ""
    meetings: tuple[str, ...] = ()
    visit: str = ""
    fact: str = ""
    statement: str = ""
    settled: Settlement | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Something a reader would ask that the record cannot answer."""

    kind: GapKind
    about: str
    visit: str = ""


@dataclass(frozen=True, slots=True)
class Collision:
    """One id that two events give to two things, or two live values of one field."""

    what: str
    kept: str
    other: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated background fact with the digest of its event."""

    digest: str
    stated: FactStated


@dataclass(frozen=True, slots=True)
class Assessment:
    """An officer's own words, with the digest of their event."""

    digest: str
    recorded: AssessmentRecorded


def _none() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class BriefingState:
    """The folded record. Mappings are by id, in log order; `names` maps every name and alias, folded to lower case.

    `kept` gives the id of the thing that an event put on record, or added to, by the event's digest.

    `scores` are by objective ("MEETING/o1"), `notes` by the digest of the paper's event, `cleared` by reference;
    `corrected` are the times at which an event was corrected, by its digest.

    `today` is the day that "overdue" is counted from: the as-of date, never the clock's.
    """

    sources: Mapping[str, Source] = field(default_factory=_none)
    agencies: Mapping[str, Agency] = field(default_factory=_none)
    people: Mapping[str, Person] = field(default_factory=_none)
    topics: Mapping[str, Topic] = field(default_factory=_none)
    visits: Mapping[str, Visit] = field(default_factory=_none)
    meetings: Mapping[str, Meeting] = field(default_factory=_none)
    facts: Mapping[str, Fact] = field(default_factory=_none)
    assessments: Mapping[str, Assessment] = field(default_factory=_none)
    settlements: Mapping[str, Settlement] = field(default_factory=_none)
    planned: Mapping[str, Planned] = field(default_factory=_none)
    scores: Mapping[str, Score] = field(default_factory=_none)
    lines: Mapping[str, Line] = field(default_factory=_none)
    notes: Mapping[str, IssuedNote] = field(default_factory=_none)
    cleared: Mapping[str, NoteCleared] = field(default_factory=_none)
    commitments: tuple[OpenItem, ...] = ()
    differences: tuple[Difference, ...] = ()
    gaps: tuple[Gap, ...] = ()
    collisions: tuple[Collision, ...] = ()
    digests: Mapping[str, str] = field(default_factory=_none)
    origins: Mapping[str, str] = field(default_factory=_none)
    names: Mapping[RegisterKind, Mapping[str, str]] = field(default_factory=_none)
    kept: Mapping[str, str] = field(default_factory=_none)
    withdrawn: frozenset[str] = frozenset()
    corrected: Mapping[str, tuple[datetime, ...]] = field(default_factory=_none)
    newest_at: str = ""
    today: date | None = None

    def find(self, kind: RegisterKind, reference: str) -> str | None:
        """Return the id for an id, name or alias, whatever its case; None when nothing bears it."""
        return self.names.get(kind, {}).get(fold_name(reference))

    def meeting(self, id_: str) -> Meeting:
        """Return a meeting by its id."""
        return self.meetings[id_]

    def meetings_of_visit(self, visit: str) -> tuple[Meeting, ...]:
        """Return what is on record of a visit, meetings and reports on the whole, in log order."""
        return tuple(m for m in self.meetings.values() if m.held.visit == visit)

    def meetings_of_visits(self, visits: Collection[str]) -> tuple[Meeting, ...]:
        """Return what is on record of several visits, in log order."""
        return tuple(m for m in self.meetings.values() if m.held.visit in visits)

    def meetings_of_agency(self, agency: str) -> tuple[Meeting, ...]:
        """Return the meetings that count for an agency; a report on a visit as a whole does not."""
        return tuple(m for m in self.meetings.values() if agency in m.agencies and isinstance(m.held, MeetingHeld))

    def meetings_on_topic(self, topic: str) -> tuple[Meeting, ...]:
        """Return the meetings and reports with a statement on a topic."""
        return tuple(m for m in self.meetings.values() if any(topic in s.topics for s in m.statements()))

    def meetings_of_person(self, person: str) -> tuple[Meeting, ...]:
        """Return the meetings a person took part in."""
        return tuple(
            m
            for m in self.meetings.values()
            if isinstance(m.held, MeetingHeld) and any(p.person == person for p in m.held.participants)
        )

    def people_of_agency(self, agency: str) -> tuple[Person, ...]:
        """Return the people with a post in an agency, highest rank first."""
        found = [
            (min(p.rank or 99 for p in one.posts if p.agency == agency), one.name, one)
            for one in self.people.values()
            if any(p.agency == agency for p in one.posts)
        ]
        return tuple(one for _, _, one in sorted(found, key=lambda row: row[:2]))

    def commitments_of_agency(self, agency: str) -> tuple[OpenItem, ...]:
        """Return the commitments made in an agency's meetings, or owed by or to it."""
        return tuple(
            c
            for c in self.commitments
            if agency in c.meeting.agencies or agency in (c.commitment.owed_by, c.commitment.owed_to)
        )

    def note_last_seen(self, reader: str, *, paper: str = "", subject: str = "") -> IssuedNote | None:
        """Return the newest paper that a reader has seen; of a kind, and on a subject, where these are given."""
        found = [
            one
            for one in self.notes.values()
            if paper in ("", one.issued.paper) and subject in ("", one.issued.subject) and one.seen_by(reader)
        ]
        return found[-1] if found else None

    def editions(self, reference: str) -> tuple[IssuedNote, ...]:
        """Return the editions of a reference that were issued, in log order."""
        return tuple(one for one in self.notes.values() if one.issued.reference == reference)

    def assessment_of(self, about: str) -> AssessmentRecorded | None:
        """Return the newest assessment of a visit, meeting, agency or topic."""
        found = [a.recorded for a in self.assessments.values() if a.recorded.about == about]
        return found[-1] if found else None

    def paragraph(self, citation: Citation) -> int:
        """Return the number of the paragraph a citation stands in; 0 is above the body, or a record without text."""
        source = self.sources.get(citation.source or "")
        if source is None or citation.start is None:
            return 0
        return paragraph_number(source.text, source.body_start, citation.start)


EMPTY = BriefingState()
