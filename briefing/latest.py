"""What an event says that later events overtake: contacts, positions, assessments, facts, promises. Pure.

A paper wants the newest of these. The index keeps the days beside the events, so that a paper reads the
newest and no others. A day is that of the event as it was written: who looks for the newest must know
which events may read otherwise by now, and those have a link of the role MOVES; see `links`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from enum import IntEnum
from hashlib import sha256
from typing import Any, Final, NamedTuple, cast

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
from briefing.payload import model_of

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
    """Something was said with an agency on a topic by somebody: by the days of the meeting; see `_said`."""
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


def dated(event: Event) -> Collection[Dated]:
    """Return what an event, or its stand-in, tells, with its days; each once."""
    tells = _DATED.get(model_of(type(event)))
    return tells(event) if tells else ()


def _of_meeting(event: MeetingHeld) -> Collection[Dated]:
    first, last = _days(event.when)
    agencies = dict.fromkeys(event.agencies)
    told = [_made(Dated, (_MET, one, first, last)) for one in agencies | dict.fromkeys(_people(event))]
    said = dict.fromkeys([_said(topic, point.by or "") for point in event.points for topic in point.topics or ("",)])
    for agency in agencies:
        told += [_made(Dated, (_SAID, f"{agency} {one}", first, last)) for one in said]
    return told


def _of_assessment(event: AssessmentRecorded) -> Collection[Dated]:
    as_at = event.as_at.start if event.as_at else None
    return [Dated(Told.ASSESSED, event.about, f"{as_at or ''}", time_of(event.recorded_at))]


def _of_fact(event: FactStated) -> Collection[Dated]:
    at = time_of(event.recorded_at)
    things = dict.fromkeys((*event.about, *event.topics, *([event.visit] if event.visit else ())))
    told = (Told.MARKED, ("", at)) if event.marking else (Told.FACT, _days(event.when))
    return [*(Dated(Told.STATED, about, "", at) for about in dict.fromkeys(event.about)),
            *(Dated(told[0], thing, *told[1]) for thing in things)]  # fmt: skip


def _of_line(event: LineAgreed) -> Collection[Dated]:
    return [Dated(Told.LINE, event.about, "", time_of(event.recorded_at))]


_DATED: Final[dict[type[Event], Callable[[Any], Collection[Dated]]]] = {
    MeetingHeld: _of_meeting,
    AssessmentRecorded: _of_assessment,
    FactStated: _of_fact,
    LineAgreed: _of_line,
}
"""The types that have anything to tell here."""

_MET: Final = Told.MET
_SAID: Final = Told.SAID
"""At hand: a class of such names is slow to tell one."""

_made: Final = tuple.__new__
"""Makes a row in half the time that its class takes."""


def _people(event: MeetingHeld | VisitReported) -> list[str]:
    """Return who took part, of those on the register; a report on a visit names nobody."""
    return [one.person for one in getattr(event, "participants", ()) if one.person]


def _said(topic: str, by: str) -> str:
    """Return what stands behind an agency for what somebody said on a topic; of free words a part of their SHA-256."""
    return f"{topic} {by if not by or is_id(by) else sha256(by.encode()).hexdigest()[:16]}"


def time_of(recorded_at: datetime) -> str:
    """Return a time of record as it is ordered."""
    return recorded_at.isoformat(timespec="microseconds").partition("+")[0]


def _days(when: Span | None) -> tuple[str, str]:
    first, last = (when.start, when.end) if when else (None, None)
    return (_day(first), _day(last))


def _day(day: date | None) -> str:
    return day.isoformat() if day else UNDATED


def promises(event: Event) -> Collection[Promise]:
    """Return what an event, or its stand-in, promises for each agency and person that it concerns; of none, for ""."""
    if model_of(type(event)) not in _PROMISING:
        return ()
    told = cast("MeetingHeld | VisitReported", event)
    if not told.commitments:
        return ()
    met = (*told.agencies, *_people(told))
    found: dict[Promise, None] = {}
    for one in told.commitments:
        owing = [who for who in (one.owed_by, one.owed_to) if who and is_id(who)]
        ref, closed = f"{told.id}/{one.id}", one.status not in OPEN
        for of in (*met, *owing) or ("",):
            found[_made(Promise, (of, ref, closed))] = None
    return found


_PROMISING: Final = frozenset([MeetingHeld, VisitReported])


def news(event: Event, digest: str) -> Collection[News]:
    """Return what an event, or its stand-in, says of the status of commitments.

    Of a correction it is not known what is so in the end: it leaves what it names open, behind all other news.
    """
    kind = model_of(type(event))
    if kind is CommitmentUpdated:
        told = cast("CommitmentUpdated", event)
        closes = None if told.status is None else told.status not in OPEN
        day = told.when.start if told.when else None
        return [News(told.commitment, f"{time_of(event.recorded_at)} {digest}", closes, f"{day or ''}")]
    if kind is not EventCorrected:
        return ()
    changes = cast("EventCorrected", event).changes
    named = [one.value for one in changes if one.path == "commitment" and isinstance(one.value, str)]
    at = f"{UNDATED}{time_of(event.recorded_at)} {digest}"
    return dict.fromkeys(News(ref, at, closes=False, day="") for ref in named)
