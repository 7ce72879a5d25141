"""What an event says that later events overtake: contacts, positions, assessments, facts, promises. Pure.

A paper wants the newest of these. The index keeps the days beside the events, so that a paper reads the
newest and no others. A day is that of the event as it was written: who looks for the newest must know
which events may read otherwise by now, and those have a link of the role MOVES; see `links`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import IntEnum
from hashlib import sha256
from typing import Final, NamedTuple

from briefing.dates import Span
from briefing.events import (
    AssessmentRecorded,
    CommitmentUpdated,
    Event,
    EventCorrected,
    FactStated,
    LineAgreed,
    MeetingHeld,
    VisitReported,
)
from briefing.links import is_id

OPEN: Final = frozenset(["open", "in hand", "disputed"])
"""The statuses of a commitment that is still to be done."""

UNDATED: Final = "~"
"""The day of what has none of its own: behind every day, so that it is never left out as old."""

ALWAYS: Final = "9999-12-31"
"""The last day of all: what is asked for up to it has no end."""


class Told(IntEnum):
    """What is told of a thing, with a day."""

    MET = 1
    """An agency or a person was met: by the days of the meeting."""
    SAID = 2
    """Something was said with an agency on a topic by somebody: by the days of the meeting; see `position`."""
    ASSESSED = 3
    """An officer's words about it: by the time of record; begins with the day that they are as at."""
    STATED = 4
    """A fact about it: by the time of record."""
    FACT = 5
    """A fact about it, or on it, that bears no mark: by its own days."""
    MARKED = 6
    """A fact about it, or on it, that bears a mark: by the time of record."""
    LINE = 7
    """What we say on it: by the time of record."""


class Dated(NamedTuple):
    """That something is told of a thing, its first day and its last: ISO dates, or times of record."""

    told: Told
    thing: str
    first: str
    last: str


class News(NamedTuple):
    """What an event says of a commitment, by its reference: that it is closed, or open; None: neither.

    `at` orders the news of a commitment; `day` is when it happened, empty where that is not known.
    """

    ref: str
    at: str
    closes: bool | None
    day: str


class Promise(NamedTuple):
    """That a commitment was made with an agency or a person, or is owed by or to it; `closed` if so from the first."""

    of: str
    ref: str
    closed: bool


def dated(event: Event) -> frozenset[Dated]:
    """Return what an event tells, with its days."""
    return frozenset(_dated(event)) if type(event) in _DATED else frozenset()


_DATED: Final = frozenset([MeetingHeld, AssessmentRecorded, FactStated, LineAgreed])
_PROMISING: Final = frozenset([MeetingHeld, VisitReported])
_NEWS: Final = frozenset([CommitmentUpdated, EventCorrected])
"""The types that have anything to tell here: to ask of a model what it is no instance of takes half a microsecond."""


def _dated(event: Event) -> Iterator[Dated]:
    if isinstance(event, MeetingHeld):
        yield from _of_meeting(event)
        return
    at = time_of(event.recorded_at)
    if isinstance(event, AssessmentRecorded):
        as_at = event.as_at.start if event.as_at else None
        yield Dated(Told.ASSESSED, event.about, f"{as_at or ''}", at)
    elif isinstance(event, FactStated):
        yield from (Dated(Told.STATED, about, "", at) for about in event.about)
        for thing in (*event.about, *event.topics, *([event.visit] if event.visit else ())):
            yield Dated(Told.MARKED, thing, "", at) if event.marking else Dated(Told.FACT, thing, *_days(event.when))
    elif isinstance(event, LineAgreed):
        yield Dated(Told.LINE, event.about, "", at)


def _of_meeting(event: MeetingHeld) -> Iterator[Dated]:
    days = _days(event.when)
    for met in (*event.agencies, *_people(event)):
        yield Dated(Told.MET, met, *days)
    for agency in event.agencies:
        for point in event.points:
            for topic in point.topics or ("",):
                yield Dated(Told.SAID, position(agency, topic, point.by or ""), *days)


def _people(event: Event) -> tuple[str, ...]:
    return tuple(one.person for one in event.participants if one.person) if isinstance(event, MeetingHeld) else ()


def position(agency: str, topic: str, by: str) -> str:
    """Return what stands for what somebody said with an agency on a topic; of free words a part of their SHA-256."""
    who = by if not by or is_id(by) else sha256(by.encode()).hexdigest()[:16]
    return f"{agency} {topic} {who}"


def time_of(recorded_at: datetime) -> str:
    """Return a time of record as it is ordered."""
    return recorded_at.isoformat(timespec="microseconds").partition("+")[0]


def _days(when: Span | None) -> tuple[str, str]:
    first, last = (when.start, when.end) if when else (None, None)
    return (_day(first), _day(last))


def _day(day: date | None) -> str:
    return day.isoformat() if day else UNDATED


def promises(event: Event) -> frozenset[Promise]:
    """Return what is promised in an event, for each agency and person that it concerns; of none, for ""."""
    found: set[Promise] = set()
    if type(event) in _PROMISING:
        assert isinstance(event, MeetingHeld | VisitReported)
        met = (*event.agencies, *_people(event))
        for one in event.commitments:
            owing = (who for who in (one.owed_by, one.owed_to) if who and is_id(who))
            ref = f"{event.id}/{one.id}"
            found.update(Promise(of, ref, one.status not in OPEN) for of in (*met, *owing) or ("",))
    return frozenset(found)


def news(event: Event, digest: str) -> frozenset[News]:
    """Return what an event says of the status of commitments.

    Of a correction it is not known what is so in the end: it leaves what it names open, behind all other news.
    """
    if type(event) not in _NEWS:
        return frozenset()
    assert isinstance(event, CommitmentUpdated | EventCorrected)
    at = f"{time_of(event.recorded_at)} {digest}"
    if isinstance(event, CommitmentUpdated):
        closes = None if event.status is None else event.status not in OPEN
        day = event.when.start if event.when else None
        return frozenset([News(event.commitment, at, closes, f"{day or ''}")])
    named = [one.value for one in event.changes if one.path == "commitment" and isinstance(one.value, str)]
    return frozenset(News(ref, UNDATED + at, closes=False, day="") for ref in named)
