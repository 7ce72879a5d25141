"""START HERE: every event type, and what an event is.

An event is a past-tense fact that someone put on record. It is frozen and closed (unknown fields
are refused) and its `type` is a stable string. A field that holds its default is left out of the
file; docs/record-format.md is the specification. Lists are tuples, absence is None or ().
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal, NewType

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from briefing.dates import Span

Digest = NewType("Digest", str)
"""SHA-256 of the whole file, 64 lower-case hex digits."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z]+[0-9]+$", max_length=12)]
Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Hex32 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Text = Annotated[str, StringConstraints(min_length=1)]

Side = Literal["ours", "theirs", "both"]
Kind = Literal[
    "raised", "asked", "replied", "discussed", "reviewed", "explored", "reaffirmed", "proposed", "declined", "agreed"
]
Strength = Literal["agreed", "will consider", "expected", "intends"]
Status = Literal["open", "in hand", "done", "lapsed", "withdrawn", "disputed"]


class Model(BaseModel):
    """The base of every part of an event: strict, frozen, closed."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


class Citation(Model):
    """What a statement rests on: words of a stored text, or a person's own record without a text.

    `source` is the id of a registered source and `quote == text[start:end]`, counted in code
    points; else `record` says whose record it is. Strength, kind, speaker, title and date belong
    to the quotation, since two texts may differ on each. `words` are the parts of the quotation in
    which this text's characterisation lies; they are printed where texts differ.
    """

    source: Id | None = None
    quote: Text | None = None
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=0)
    record: Text | None = None
    strength: Strength | None = None
    kind: Kind | None = None
    by: Text | None = None
    title: Text | None = None
    when: Span | None = None
    words: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _text_or_record(self) -> Citation:
        of_text = (self.source, self.quote, self.start, self.end)
        if (None in of_text) is (self.record is None) or (
            self.record is not None and any(p is not None for p in of_text)
        ):
            raise ValueError("a citation has source, quote, start and end, or else a record")
        if self.quote is not None and (self.end or 0) - (self.start or 0) != len(self.quote):
            raise ValueError("the span is not as long as the quotation")
        return self


class Participant(Model):
    """Someone who took part: a person on the register, or words for people who were not named.

    `title` is the title borne at the occasion; `role` is host, chair, note-taker and the like.
    """

    person: Id | None = None
    unnamed: Text | None = None
    side: Side | None = None
    agency: Id | None = None
    title: Text | None = None
    role: Text | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Participant:
        if (self.person is None) is (self.unnamed is None):
            raise ValueError("a participant is a person on the register, or words for someone not named")
        return self


class Point(Model):
    """One thing said or done, in one sentence. An undertaking is a `Commitment` instead.

    `by` is ours, theirs, both, the id of a person or an agency, or None: not stated.
    `short` is the name under which a table lists it; the topics' names do where it is absent.
    """

    id: ItemId
    say: Text
    by: Text | None = None
    kind: Kind | None = None
    topics: tuple[Id, ...] = ()
    short: Text | None = None
    about: tuple[Id, ...] = ()
    marking: Text | None = None
    citations: tuple[Citation, ...] = ()


class Commitment(Model):
    """One undertaking: what, owed by and to whom, due when. Its strength stands in its citations."""

    id: ItemId
    say: Text
    owed_by: Text | None = None
    owed_to: Text | None = None
    due: Span | None = None
    status: Status = "open"
    topics: tuple[Id, ...] = ()
    marking: Text | None = None
    citations: tuple[Citation, ...] = ()


class Objective(Model):
    """What we want from a visit or meeting, so put that it can be scored afterwards."""

    id: ItemId
    say: Text
    marking: Text | None = None


class Paper(Model):
    """A paper handed over in a meeting."""

    title: Text
    by: Text | None = None
    file_ref: Text | None = None


class Post(Model):
    """A post held by a person: title as recorded, agency, since and until when, and the evidence.

    `rank` orders precedence within an agency (1 first).
    """

    title: Text
    agency: Id | None = None
    start: Span | None = None
    until: Span | None = None
    at: Span | None = None
    rank: int | None = Field(default=None, ge=1)
    citations: tuple[Citation, ...] = ()


# ── the envelope ──────────────────────────────────────────────────────────────────────────────


class Event(Model):
    """The envelope of every event; the payload follows it.

    `parents` are the digests of the heads that the writer saw, sorted; `nonce` is 128 random bits,
    so that a redacted text cannot be guessed from its digest; `replaces` names the events that now
    supply what this one changes.
    """

    newest_schema: ClassVar[int] = 1

    type: str
    schema_: int = Field(alias="schema", ge=1)
    recorded_at: AwareDatetime = Field(strict=False)
    recorded_by: Text
    origin: Text
    parents: tuple[Hex64, ...] = ()
    nonce: Hex32
    marking: Text | None = None
    recorded_for: Text | None = None
    file_ref: Text | None = None
    retention: Text | None = None
    replaces: tuple[Hex64, ...] = ()


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
    mode: Literal["in person", "telephone", "video"] | None = None
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


# ── events about events ───────────────────────────────────────────────────────────────────────


class Change(Model):
    """One field of an earlier event and its new value; items of a list are named by their id: points/p2/say."""

    path: Text
    value: Any = None


class EventCorrected(Event):
    """Named fields of an earlier event get new values, with a reason."""

    type: Literal["event.corrected"] = "event.corrected"
    target: Hex64
    changes: tuple[Change, ...] = Field(min_length=1)
    reason: Text


class EventRetracted(Event):
    """An earlier event is withdrawn, with a reason; what it replaced or withdrew holds again."""

    type: Literal["event.retracted"] = "event.retracted"
    target: Hex64
    reason: Text


EVENT_TYPES: tuple[type[Event], ...] = (
    SourceRegistered,
    AgencyDescribed,
    PersonDescribed,
    TopicDescribed,
    VisitDescribed,
    MeetingHeld,
    VisitReported,
    FactStated,
    AssessmentRecorded,
    EventCorrected,
    EventRetracted,
)
BY_TYPE: dict[str, type[Event]] = {cls.model_fields["type"].default: cls for cls in EVENT_TYPES}

Named = SourceRegistered | AgencyDescribed | PersonDescribed | TopicDescribed | VisitDescribed
"""Events that put a thing with an id on the register."""


class Recorded(Model):
    """An event as it stands in the record: with the digest of its file."""

    digest: str
    event: Event

    @property
    def at(self) -> datetime:
        """When it was recorded, UTC."""
        return self.event.recorded_at


def links(event: Event) -> frozenset[str]:
    """Return the ids and digests that an event touches: agencies, people, topics, visit, meeting, targets, sources."""
    found: set[str] = set()
    _collect(event, found)
    return frozenset(found)


_PLACES = frozenset(["source", "person", "agency", "agencies", "topics", "theme", "visit", "follows", "about"])
_ROLES = frozenset(["id", "target", "principal", "by", "owed_by", "owed_to"])
_LINK_FIELDS = _PLACES | _ROLES


def _collect(part: Model, found: set[str]) -> None:
    for name in type(part).model_fields:
        value = getattr(part, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Model):
                _collect(one, found)
            elif (
                name in _LINK_FIELDS
                and isinstance(one, str)
                and not (name == "id" and isinstance(part, Point | Commitment | Objective))
            ):
                found.add(one)
