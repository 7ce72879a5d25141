"""START HERE: every event type, and what an event is.

An event is a past-tense fact that someone put on record. It is frozen and closed (unknown fields
are refused) and its `type` is a stable string. A field that holds its default is left out of the
file; docs/record-format.md is the specification. Lists are tuples, absence is None or ().
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, Field

from briefing.dates import Span
from briefing.envelope import Digest as Digest
from briefing.envelope import Event as Event
from briefing.paper_events import NoteCleared as NoteCleared
from briefing.paper_events import NoteIssued as NoteIssued
from briefing.paper_events import NoteReturned as NoteReturned
from briefing.paper_events import NoteSeen as NoteSeen
from briefing.payload import (
    Change,
    Citation,
    Commitment,
    Expected,
    Hex64,
    Id,
    ItemRef,
    Mode,
    Objective,
    Paper,
    Participant,
    Point,
    PointToMake,
    Post,
    ProgrammeItem,
    Side,
    Status,
    Text,
)

# ── sources and the register ──────────────────────────────────────────────────────────────────


class SourceRegistered(Event):
    """A text the record rests on, in full: decoded, LF line ends, NFC, nothing else changed.

    `body_start` is the code point at which paragraph 1 begins; `original_sha256` is of the bytes
    as they came.
    """

    type: Literal["source.registered"] = "source.registered"
    id: Id
    title: Text | None = None
    publisher: Text | None = None
    published: Span | None = None
    dateline: Text | None = None
    rights: Text | None = None
    language: Text = "en"
    original_name: Text
    original_sha256: Hex64
    body_start: int = Field(ge=0)
    text: Text


class AgencyDescribed(Event):
    """A body on the register: a department, ministry, council or organisation of one country.

    `name` is how papers call it, `expansion` its full name, `rank` its precedence (1 first).
    """

    type: Literal["agency.described"] = "agency.described"
    id: Id
    name: Text
    expansion: Text | None = None
    short: Text | None = None
    aliases: tuple[Text, ...] = ()
    country: Text | None = None
    side: Side | None = None
    rank: int | None = Field(default=None, ge=1)
    citations: tuple[Citation, ...] = ()


class PersonDescribed(Event):
    """A person on the register, with each title that each source gives."""

    type: Literal["person.described"] = "person.described"
    id: Id
    name: Text
    aliases: tuple[Text, ...] = ()
    side: Side | None = None
    posts: tuple[Post, ...] = ()
    say_name: Text | None = None
    biography: Text | None = None
    citations: tuple[Citation, ...] = ()


class TopicDescribed(Event):
    """A subject, initiative or body that statements are about. `theme` is the topic it belongs under."""

    type: Literal["topic.described"] = "topic.described"
    id: Id
    name: Text
    expansion: Text | None = None
    aliases: tuple[Text, ...] = ()
    theme: Id | None = None
    rank: int | None = Field(default=None, ge=1)
    citations: tuple[Citation, ...] = ()


class VisitDescribed(Event):
    """A programme that groups meetings: title, dates, principal, delegation, objectives.

    `year_from` is what an inferred year rests on; `follows` is an earlier visit.
    """

    type: Literal["visit.described"] = "visit.described"
    id: Id
    title: Text
    when: Span | None = None
    year_from: tuple[Citation, ...] = ()
    where: Text | None = None
    country: Text | None = None
    principal: Id | None = None
    delegation: tuple[Participant, ...] = ()
    follows: Id | None = None
    objectives: tuple[Objective, ...] = ()
    not_known: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()


# ── what happened ─────────────────────────────────────────────────────────────────────────────


class Occasion(Event):
    """What a held meeting and a report on a visit as a whole have in common: what was said, and where it is written.

    `not_known` are questions that the texts leave open, in the officer's words.
    """

    id: Id
    title: Text
    visit: Id | None = None
    content_known: bool = True
    not_known: tuple[Text, ...] = ()
    points: tuple[Point, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    citations: tuple[Citation, ...] = ()


class MeetingHeld(Occasion):
    """Who met when, where and how, and what was said, promised and not agreed.

    `when` is the meeting's own date; without it the visit's dates hold and the day is a gap.
    `content_known` False says that a text names the meeting and nothing of its subject.
    """

    type: Literal["meeting.held"] = "meeting.held"
    when: Span | None = None
    where: Text | None = None
    form: Text | None = None
    mode: Mode | None = None
    setting: Literal["government", "inter-agency", "outside government"] = "government"
    host: Text | None = None
    language: Text | None = None
    note_taker: Text | None = None
    attendance: Literal["complete", "partial"] | None = None
    agencies: tuple[Id, ...] = ()
    participants: tuple[Participant, ...] = ()
    not_agreed: tuple[Point, ...] = ()
    public_line: Text | None = None
    papers: tuple[Paper, ...] = ()
    next_contact: Span | None = None


class MeetingPlanned(Event):
    """A meeting to be briefed for; when it is held, `meeting.held` bears the same id.

    `duration` and `press` are words ("45 minutes", "photographers only"); `agenda` is in order.
    """

    type: Literal["meeting.planned"] = "meeting.planned"
    id: Id
    title: Text
    visit: Id | None = None
    when: Span | None = None
    at_time: Text | None = None
    duration: Text | None = None
    where: Text | None = None
    form: Text | None = None
    mode: Mode | None = None
    host: Text | None = None
    language: Text | None = None
    press: Text | None = None
    agencies: tuple[Id, ...] = ()
    participants: tuple[Participant, ...] = ()
    agenda: tuple[Text, ...] = ()
    objectives: tuple[Objective, ...] = ()
    points: tuple[PointToMake, ...] = ()
    expected: tuple[Expected, ...] = ()
    decision_asked: Text | None = None
    programme: tuple[ProgrammeItem, ...] = ()
    not_known: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()


class ObjectiveScored(Event):
    """What became of an objective of a visit or a meeting: met, partly or not, with the evidence."""

    type: Literal["objective.scored"] = "objective.scored"
    objective: ItemRef
    score: Literal["met", "partly", "not"]
    evidence: Text
    when: Span | None = None
    citations: tuple[Citation, ...] = ()


class LineAgreed(Event):
    """What we say on a subject: a line to take, a press line or both, from when until when, and who approved it.

    `about` is a topic, agency, meeting or visit; after `review_by` the line is stale.
    """

    type: Literal["line.agreed"] = "line.agreed"
    id: Id
    about: Id
    line: Text | None = None
    press_line: Text | None = None
    start: Span | None = None
    until: Span | None = None
    review_by: Span | None = None
    approved_by: Text | None = None
    citations: tuple[Citation, ...] = ()


class VisitReported(Occasion):
    """What a text says of a visit as a whole and of no single meeting."""

    type: Literal["visit.reported"] = "visit.reported"
    visit: Id
    agencies: tuple[Id, ...] = ()


class FactStated(Event):
    """A dated background fact with its sources; a source's own date for it stands in its citation."""

    type: Literal["fact.stated"] = "fact.stated"
    id: Id
    say: Text
    when: Span | None = None
    topics: tuple[Id, ...] = ()
    about: tuple[Id, ...] = ()
    visit: Id | None = None
    review_by: Span | None = None
    citations: tuple[Citation, ...] = ()


class AssessmentRecorded(Event):
    """An officer's own words about a visit, meeting, agency or topic; the only place for judgement."""

    type: Literal["assessment.recorded"] = "assessment.recorded"
    id: Id
    about: Id
    bottom_line: tuple[Text, ...] = ()
    state_of_play: Text | None = None
    sensitivity: Text | None = None
    next_steps: tuple[Text, ...] = ()
    decision_asked: Text | None = None
    comment: Text | None = None
    by: Text
    as_at: Span | None = None


class CommitmentUpdated(Event):
    """New status, due date or evidence of one commitment; what it leaves out stays as it was.

    `when` is the day it happened; `evidence` one sentence on what shows it.
    """

    type: Literal["commitment.updated"] = "commitment.updated"
    commitment: ItemRef
    status: Status | None = None
    due: Span | None = None
    evidence: Text | None = None
    when: Span | None = None
    citations: tuple[Citation, ...] = ()


class DifferenceSettled(Event):
    """Where texts differ, this one is used, because; the other readings stay on record and on paper.

    `difference` is its key: "MEETING/p1" (a statement), "PERSON/title", a fact's id, or
    "MEETING+MEETING/TOPIC"; `uses` is the id of the text that is followed.
    """

    type: Literal["difference.settled"] = "difference.settled"
    difference: Text
    uses: Id
    because: Text
    authority: Text | None = None


# ── events about events ───────────────────────────────────────────────────────────────────────


class EventCorrected(Event):
    """Named fields of an earlier event get new values, with a reason."""

    type: Literal["event.corrected"] = "event.corrected"
    target: Hex64
    changes: tuple[Change, ...] = Field(min_length=1)
    reason: Text
    authority: Text | None = None


class EventRetracted(Event):
    """An earlier event is withdrawn, with a reason; what it replaced or withdrew holds again."""

    type: Literal["event.retracted"] = "event.retracted"
    target: Hex64
    reason: Text
    authority: Text | None = None


class EventRedacted(Event):
    """The file of an earlier event may be absent, by this authority, for this reason; its payload is never read again.

    The target's type, time and parents stand here, so that history continues through the hole.
    """

    type: Literal["event.redacted"] = "event.redacted"
    target: Hex64
    target_type: Text
    target_recorded_at: AwareDatetime = Field(strict=False)
    target_parents: tuple[Hex64, ...] = ()
    authority: Text
    reason: Text


EVENT_TYPES: tuple[type[Event], ...] = (
    SourceRegistered,
    AgencyDescribed,
    PersonDescribed,
    TopicDescribed,
    VisitDescribed,
    MeetingPlanned,
    MeetingHeld,
    VisitReported,
    FactStated,
    AssessmentRecorded,
    LineAgreed,
    CommitmentUpdated,
    ObjectiveScored,
    DifferenceSettled,
    NoteCleared,
    NoteIssued,
    NoteSeen,
    NoteReturned,
    EventCorrected,
    EventRetracted,
    EventRedacted,
)
BY_TYPE: dict[str, type[Event]] = {cls.model_fields["type"].default: cls for cls in EVENT_TYPES}

Named = SourceRegistered | AgencyDescribed | PersonDescribed | TopicDescribed | VisitDescribed
"""Events that put a thing with an id on the register."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it stands in the record: with the digest of its file."""

    digest: str
    event: Event

    @property
    def at(self) -> datetime:
        """When it was recorded, UTC."""
        return self.event.recorded_at
