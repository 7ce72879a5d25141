"""Histories in one line: `given(meeting_held("m1", on="2026-03-02"), event_corrected("m1", title="Steel"))`.

A builder says what an event says; `history` puts each into a whole envelope, in order, a second
apart, and gives it its digest. Events name earlier ones by label: the id of the thing, or `label`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from briefing.codec import digest, encode
from briefing.dates import Span, parse_span
from briefing.events import (
    AgencyDescribed,
    AssessmentRecorded,
    CommitmentUpdated,
    DifferenceSettled,
    Event,
    EventCorrected,
    EventRedacted,
    EventRetracted,
    FactStated,
    LineAgreed,
    MeetingHeld,
    MeetingPlanned,
    NoteIssued,
    NoteReturned,
    NoteSeen,
    ObjectiveScored,
    PersonDescribed,
    Recorded,
    SourceRegistered,
    TopicDescribed,
    VisitDescribed,
    VisitReported,
)
from briefing.paper_events import NoteFile
from briefing.payload import Change, Citation, Commitment, Expected, Objective, Participant, Point, PointToMake, Post
from briefing.projector import project
from briefing.state import BriefingState

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = "Headline of the day\n\nThe two sides agreed to hold talks soon. Steel was discussed at length.\n"


ONE, SEVERAL = frozenset(["target", "note", "basis"]), frozenset(["replaces", "heads"])
"""Fields that hold the digest of an earlier event, or several; a label stands for it."""


@dataclass(frozen=True)
class Told:
    """What an event says, before it has an envelope."""

    kind: type[Event]
    label: str
    payload: Mapping[str, Any]


def given(*told: Told) -> BriefingState:
    return project(history(*told))


def history(
    *told: Told, after: Sequence[Recorded] = (), at: datetime = NOON, writer: str = "desk"
) -> tuple[Recorded, ...]:
    """Return events in their envelopes; they may name what stands in `after`, whose newest is their parent."""
    written = list(after)
    known = {label: one.digest for one in after if (label := getattr(one.event, "id", None))}
    for n, one in enumerate(told):
        payload = {
            key: known.get(value, value) if key in ONE else tuple(known.get(v, v) for v in value) if key in SEVERAL else value
            for key, value in one.payload.items()
        }
        recorded = written_at(
            one.kind, at + timedelta(seconds=len(after) + n), writer=writer, parents=(written[-1].digest,) if written else (), **payload
        )
        written.append(recorded)
        known[one.label] = recorded.digest
    return tuple(written[len(after) :])


def written_at(kind: type[Event], at: datetime, *, writer: str = "desk", parents: Sequence[str] = (), **payload: Any) -> Recorded:
    """Return one event in its envelope; the nonce follows from the rest, so that tests repeat."""
    nonce = sha256(f"{kind.__name__} {at} {writer} {payload}".encode()).hexdigest()[:32]
    envelope = {"recorded_by": writer, "origin": f"draft:{nonce * 2}", "parents": tuple(sorted(parents)), "nonce": nonce}
    event = kind(schema_=kind.newest_schema, recorded_at=at, **{**envelope, **payload})
    return Recorded(digest=digest(encode(event)), event=event)


# ── events ────────────────────────────────────────────────────────────────────────────────────


def _told(kind: type[Event], id_: str, payload: dict[str, Any]) -> Told:
    label = payload.pop("label", id_)
    return Told(kind, label, {"id": id_, **payload})


def source_registered(id_: str, text: str = TEXT, *, published: str = "1 March 2026", **payload: Any) -> Told:
    values = {
        "text": text,
        "published": parse_span(published),
        "original_name": f"{id_}.txt",
        "original_sha256": sha256(text.encode()).hexdigest(),
        "body_start": 0,
        **payload,
    }
    return _told(SourceRegistered, id_, values)


def agency_described(id_: str, name: str = "", **payload: Any) -> Told:
    return _told(AgencyDescribed, id_, {"name": name or id_.title(), **payload})


def person_described(id_: str, name: str = "", **payload: Any) -> Told:
    return _told(PersonDescribed, id_, {"name": name or id_.title(), **payload})


def topic_described(id_: str, name: str = "", **payload: Any) -> Told:
    return _told(TopicDescribed, id_, {"name": name or id_.title(), **payload})


def visit_described(id_: str, *, on: str | None = "27-29 May 2026", **payload: Any) -> Told:
    return _told(VisitDescribed, id_, {"title": id_.title(), "when": parse_span(on) if on else None, **payload})


def meeting_held(id_: str, *, on: str | None = None, **payload: Any) -> Told:
    return _told(MeetingHeld, id_, {"title": id_.title(), "when": parse_span(on) if on else None, **payload})


def visit_reported(id_: str, visit: str, **payload: Any) -> Told:
    return _told(VisitReported, id_, {"title": id_.title(), "visit": visit, **payload})


def fact_stated(id_: str, say: str = "Steel is dear.", **payload: Any) -> Told:
    return _told(FactStated, id_, {"say": say, **payload})


def assessment_recorded(id_: str, about: str, **payload: Any) -> Told:
    return _told(AssessmentRecorded, id_, {"about": about, "by": "Desk officer", **payload})


def event_corrected(target: str, *, label: str = "", replaces: Sequence[str] = (), reason: str = "a slip", **fields: Any) -> Told:
    """Correct fields of an event; a double underscore in a name is a slash: points__p1__say."""
    changes = tuple(Change(path=name.replace("__", "/"), value=value) for name, value in fields.items())
    return Told(EventCorrected, label, {"target": target, "changes": changes, "reason": reason, "replaces": tuple(replaces)})


def event_retracted(target: str, *, label: str = "", reason: str = "entered twice") -> Told:
    return Told(EventRetracted, label, {"target": target, "reason": reason})


def event_redacted(target: Recorded, *, authority: str = "Records officer") -> Told:
    """Redact an event; `target` is the event itself, since its type, time and parents are kept."""
    about = {"target_type": target.event.type, "target_recorded_at": target.at, "target_parents": target.event.parents}
    return Told(EventRedacted, "", {"target": target.digest, "authority": authority, "reason": "names a private person", **about})


def commitment_updated(reference: str, *, label: str = "", **payload: Any) -> Told:
    return Told(CommitmentUpdated, label, {"commitment": reference, **payload})


def difference_settled(difference: str, uses: str, *, label: str = "", because: str = "it was there", **payload: Any) -> Told:
    return Told(DifferenceSettled, label, {"difference": difference, "uses": uses, "because": because, **payload})


def meeting_planned(id_: str, *, on: str | None = None, **payload: Any) -> Told:
    return _told(MeetingPlanned, id_, {"title": id_.title(), "when": parse_span(on) if on else None, "label": f"plan of {id_}", **payload})


def objective_scored(objective: str, score: str, *, evidence: str = "It was said in the meeting.", **payload: Any) -> Told:
    return Told(ObjectiveScored, f"score of {objective}", {"objective": objective, "score": score, "evidence": evidence, **payload})


def line_agreed(id_: str, about: str, **payload: Any) -> Told:
    return _told(LineAgreed, id_, {"about": about, **payload})


def note_issued(label: str, *, basis: str, subject: str, paper: str = "meeting", to: str = "Minister", **payload: Any) -> Told:
    """Issue a paper that was made when the event with the label `basis` was the newest."""
    values = {
        "paper": paper, "subject": subject, "title": "A brief", "reference": label, "edition": 1, "to": (to,), "basis": basis,
        "heads": (basis,), "template": "0" * 64, "files": (NoteFile(format="pdf", sha256="0" * 64),), **payload,
    }  # fmt: skip
    return Told(NoteIssued, label, values)


def note_seen(note: str, reader: str = "Minister", **payload: Any) -> Told:
    return Told(NoteSeen, "", {"note": note, "reader": reader, **payload})


def note_returned(note: str, reader: str = "Minister", **payload: Any) -> Told:
    return Told(NoteReturned, "", {"note": note, "reader": reader, **payload})


# ── parts of events ───────────────────────────────────────────────────────────────────────────


def day(year: int, month: int, number: int) -> Span:
    return parse_span(date(year, month, number).isoformat())


def point(id_: str = "p1", say: str = "Steel was discussed.", **rest: Any) -> Point:
    return Point(id=id_, say=say, **rest)


def commitment(id_: str = "c1", say: str = "To hold talks.", **rest: Any) -> Commitment:
    return Commitment(id=id_, say=say, **rest)


def objective(id_: str = "o1", say: str = "A day is fixed.", **rest: Any) -> Objective:
    return Objective(id=id_, say=say, **rest)


def to_make(id_: str = "t1", say: str = "Propose a day.", **rest: Any) -> PointToMake:
    return PointToMake(id=id_, say=say, **rest)


def expected(id_: str = "e1", say: str = "The price of steel.", likelihood: str = "may", **rest: Any) -> Expected:
    return Expected.model_validate({"id": id_, "say": say, "likelihood": likelihood, **rest})


def met(person: str, **rest: Any) -> Participant:
    return Participant(person=person, **{"side": "theirs", **rest})


def post(title: str, agency: str | None = None, **rest: Any) -> Post:
    return Post(title=title, agency=agency, **rest)


def cited(source: str, quote: str = "agreed to hold talks soon", *, text: str = TEXT, **rest: Any) -> Citation:
    start = text.index(quote)
    return Citation(source=source, quote=quote, start=start, end=start + len(quote), **rest)
