"""What a calendar file holds once it is read: single occurrences, and what of it is left."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Window:
    """The days whose occurrences are taken, first and last."""

    start: date
    end: date

    def __str__(self) -> str:
        """Return both days, as a person reads them."""
        return f"{self.start.isoformat()} to {self.end.isoformat()}"


@dataclass(frozen=True, slots=True)
class Invited:
    """Someone or something invited: `kind` is person, group or place; `role` organiser, chair or empty.

    `ours` is what an entry says that we exported ourselves.
    """

    name: str
    address: str
    kind: str = "person"
    role: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One entry of a calendar on its day: dates are ISO, in the zone of the entry itself, the last day inclusive.

    `recurrence` tells it from the others of its series: when it was to begin, by the rule; else empty.
    `state` is empty, "cancelled" or "private". `own_id` is the id of the meeting, and `when` its date in words,
    where we exported the entry ourselves.
    """

    uid: str
    recurrence: str
    line: int
    title: str
    start: str
    end: str
    at: str = ""
    duration: str = ""
    where: str = ""
    online: bool = False
    state: str = ""
    rank: tuple[int, str] = (0, "")
    """SEQUENCE and DTSTAMP: of two of one key, the higher holds."""
    people: tuple[Invited, ...] = ()
    remarks: tuple[str, ...] = ()
    own_id: str = ""
    when: str = ""

    @property
    def key(self) -> str:
        """What it is known by on record: its UID, and in a series when it was to begin."""
        return key(self.uid, self.recurrence)


def key(uid: str, recurrence: str = "") -> str:
    """Return what an entry of a calendar is known by on record."""
    return f"ics:{uid}" + (f"/{recurrence}" if recurrence else "")


@dataclass(frozen=True, slots=True)
class NotTaken:
    """What stands in a calendar and is no occurrence: the line, why, what it says, what it is counted under."""

    line: int
    why: str
    words: str = ""
    kind: str = "problem"


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """What one file came to; `series` are the UIDs whose occurrences in the window are all there.

    `apart` are the keys of single entries, and of days of a series that have an entry of their own, though they may
    be outside the window, or could not be read.
    """

    occurrences: tuple[Occurrence, ...]
    left: tuple[NotTaken, ...]
    series: tuple[str, ...]
    apart: tuple[str, ...] = ()


def packed(found: CalendarRead) -> bytes:
    """Return what was read as JSON: it comes from a process that answers with bytes."""
    return json.dumps(asdict(found)).encode("utf-8", "surrogatepass")


def unpacked(answer: bytes) -> CalendarRead:
    """Return what was read from its JSON."""
    told = json.loads(answer)
    return CalendarRead(
        tuple(_occurrence(one) for one in told["occurrences"]),
        tuple(NotTaken(**one) for one in told["left"]),
        tuple(told["series"]),
        tuple(told["apart"]),
    )


def _occurrence(told: dict[str, Any]) -> Occurrence:
    people = tuple(Invited(**one) for one in told["people"])
    return Occurrence(**{**told, "people": people, "rank": tuple(told["rank"]), "remarks": tuple(told["remarks"])})
