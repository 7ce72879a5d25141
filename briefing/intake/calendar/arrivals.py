"""Occurrences of a calendar → entries to be held against the record, and what of them is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from briefing.dates import DateProblem, parse_span
from briefing.errors import Place
from briefing.events import MeetingPlanned, Recorded
from briefing.incoming import Arrivals, Entry, Left
from briefing.intake.calendar.occurrence import CalendarRead, Invited, Occurrence, Window
from briefing.items import Item, Said
from briefing.state import BriefingState

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
OWN = "@meetings.briefing"
"""What the UID of an entry ends with that `export ics` wrote, behind the id of the meeting."""
HELD = "/held"
"""Behind the key of a plan: the meeting that was held by it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a calendar: the days, what day it is, and who of those invited are ours.

    `ours` are domains of mail addresses, `known_as_ours` names on record. `held` takes what is past as
    held. `private` takes entries marked so; `addresses` names by their address who has no other name;
    `alone` takes entries without others.
    """

    window: Window
    today: date
    ours: frozenset[str] = frozenset()
    known_as_ours: frozenset[str] = frozenset()
    held: bool = False
    private: bool = False
    addresses: bool = False
    alone: bool = False
    planned: Mapping[str, str] = field(default_factory=dict)
    """The plans on record that came from a calendar: their ids by their keys."""
    came: frozenset[str] = frozenset()
    """The keys of the meetings on record that came from a calendar as held."""
    met: frozenset[str] = frozenset()
    """The ids of the meetings on record."""
    to_come: frozenset[str] = frozenset()
    """The ids of the meetings planned that are on record."""


def wanted_by(state: BriefingState, window: Window, today: date) -> Wanted:
    """Return what a record asks of a calendar, and knows: who is ours, and what came from calendars before."""
    names = (name for one in state.people.values() if one.side == "ours" for name in (one.name, *one.aliases))
    return Wanted(
        window=window,
        today=today,
        known_as_ours=frozenset(name.casefold() for name in names),
        came=frozenset(one.held.origin for one in state.meetings.values()),
        met=frozenset(state.meetings),
        to_come=frozenset(state.planned),
        planned={one.plan.origin: one.plan.id for one in state.planned.values() if one.plan.origin.startswith("ics:")},
    )


def arrivals(read: Mapping[str, CalendarRead], wanted: Wanted) -> Arrivals:
    """Return the entries of calendar files, by their names; of copies of one entry the newest holds."""
    entries: list[Entry] = []
    left: list[Left] = []
    newest = _newest(read)
    for file, found in read.items():
        left += [Left(Place(file, one.line), one.why, one.words, one.kind) for one in found.left]
        for one in found.occurrences:
            if newest[one.key] is not one:
                left.append(Left(Place(file, one.line), "a newer copy of it came too", one.title, "older copies"))
            elif why := _left(one, wanted):
                left.append(Left(Place(file, one.line), why[0], one.title, why[1]))
            else:
                entries += _entries(one, file, wanted)
    return Arrivals(tuple(entries), tuple(left), covers=_Covered(read.values(), newest, wanted.window).holds)


class _Covered:
    """What of the record the files should hold too, and do not: days taken out of a series, and what is cancelled.

    What stands in a file is never missed, though it may be left: past, private, moved out of the days asked for, or
    known by the id under which it was exported.
    """

    def __init__(self, read: Iterable[CalendarRead], newest: Mapping[str, Occurrence], window: Window) -> None:
        self.window = window
        self.series = {uid for found in read for uid in found.series}
        self.cancelled = {key for key, one in newest.items() if one.state == "cancelled"}
        here = [one for one in newest.values() if one.state != "cancelled"]
        self.keys = {one.key for one in here}.union(*(found.apart for found in read)) - self.cancelled
        self.ids = {id_ for one in here if (id_ := _own_id(one))}

    def holds(self, one: Recorded) -> bool:
        """Tell whether what was once taken should have come in again."""
        origin = one.event.origin
        if origin in self.keys or getattr(one.event, "id", None) in self.ids:
            return False
        return origin in self.cancelled or self._is_asked_for(one)

    def _is_asked_for(self, one: Recorded) -> bool:
        """Tell whether the UID of what is on record is here, and its day was asked for."""
        origin, event = one.event.origin, one.event
        if not isinstance(event, MeetingPlanned) or not origin.startswith("ics:"):
            return False
        uid, _, rest = origin.removeprefix("ics:").rpartition("/")
        start, end = self.window.start, self.window.end
        if uid and rest[:8].isdigit():
            return uid in self.series and f"{start:%Y%m%d}" <= rest[:8] <= f"{end:%Y%m%d}"
        days = event.when.start if event.when else None
        return origin.removeprefix("ics:") in self.series and days is not None and start <= days <= end


def _own_id(one: Occurrence) -> str:
    """Return the id that an entry bears which we exported ourselves; empty for all others."""
    return one.own_id or (one.uid.removesuffix(OWN) if one.uid.endswith(OWN) and not one.recurrence else "")


def _newest(read: Mapping[str, CalendarRead]) -> dict[str, Occurrence]:
    found: dict[str, Occurrence] = {}
    for one in (one for calendar in read.values() for one in calendar.occurrences):
        if (there := found.get(one.key)) is None or one.rank > there.rank:
            found[one.key] = one
    return found


def _left(one: Occurrence, wanted: Wanted) -> tuple[str, str] | None:
    """Return why an occurrence is not taken, and what that is counted under."""
    if one.state == "cancelled":
        return "it is cancelled", "cancelled"
    if one.state == "private" and not wanted.private:
        return "it is marked private; --private takes it", "private"
    if one.key in wanted.planned or one.key + HELD in wanted.came:
        return None
    if (own := _own_id(one)) and own in wanted.met | wanted.to_come:
        return f"it was exported from this record: {own}", "our own"
    if one.end < wanted.today.isoformat() and not wanted.held:
        return f"{one.start} is past; --held takes it as a meeting held", "past"
    if not own and not wanted.alone and not any(_sides(one.people, wanted)):
        nameless = " with a name; --addresses names them by their address" if one.people else "; --alone takes it"
        return f"nobody is invited{nameless}", "without others"
    return None


def _entries(one: Occurrence, file: str, wanted: Wanted) -> Iterator[Entry]:
    """Yield the plan, or for what is past and taken as held the meeting; both where the plan is on record."""
    place, key = Place(file, one.line), one.key
    past = one.end < wanted.today.isoformat()
    if not past or key in wanted.planned:
        yield Entry(_item("planned", one, place, wanted), key, one.remarks)
    if past and _is_to_be_held(key, wanted):
        yield Entry(_item("meeting", one, place, wanted, plan=wanted.planned.get(key, "")), key + HELD,
                    (*one.remarks, "what was said is not known"))  # fmt: skip


def _is_to_be_held(key: str, wanted: Wanted) -> bool:
    """Tell whether what is past is a meeting held: it came as one before, or is to, and nobody has recorded it."""
    return key + HELD in wanted.came or (wanted.held and wanted.planned.get(key) not in wanted.met)


def _item(kind: str, one: Occurrence, place: Place, wanted: Wanted, *, plan: str = "") -> Item:
    """Return an occurrence as the draft that an officer would have typed."""
    ours, theirs = _sides(one.people, wanted)
    told = {kind: one.title, "when": _when(one), "where": one.where, "notes": "calendar",
            "mode": "video" if one.online and not one.where else "", "plan": plan}  # fmt: skip
    told["id"] = _own_id(one)
    told |= {"at": one.at, "duration": one.duration} if kind == "planned" else {"content": "not known"}
    values: dict[str, Any] = {key: Said(text, place) for key, text in told.items() if text}
    bodies = [other for other in theirs if told["id"] and other.kind == "group" and other.name[:1] != "“"]
    for key, people in (("ours", ours), ("with", [other for other in theirs if other not in bodies])):
        if said := tuple(_person(other, place) for other in people):
            values[key] = said
    if bodies:
        values["agency"] = tuple(Said(other.name, place) for other in bodies)
    return Item(kind, place, values)


def _when(one: Occurrence) -> str:
    """Return the days of an occurrence; in the words of its export, where those still mean these days."""
    days = span_words(one.start, one.end)
    with suppress(DateProblem):
        own = parse_span(days)
        if one.when and (said := parse_span(one.when)).start == own.start and said.end == own.end:
            return one.when
    return days


def _sides(people: Iterable[Invited], wanted: Wanted) -> tuple[list[Invited], list[Invited]]:
    ours: list[Invited] = []
    theirs: list[Invited] = []
    for one in people:
        if not one.name and not (wanted.addresses and one.address):
            continue
        domain = one.address.rpartition("@")[2]
        own = one.ours or any(domain == ours_ or domain.endswith(f".{ours_}") for ours_ in wanted.ours)
        (ours if own or one.name.casefold() in wanted.known_as_ours else theirs).append(one)
    return ours, theirs


def _person(one: Invited, place: Place) -> Item | Said:
    """Return someone invited; groups, and those known by an address alone, are no persons of the register."""
    name = one.name or one.address
    quoted = f"“{name.strip('“”')}”"
    said = Said(quoted if one.kind == "group" or not one.name else name, place)
    return Item("with", place, {"name": said, "role": Said(one.role, place)}) if one.role else said


def span_words(start: str, end: str) -> str:
    """Return days as a draft says them: "28 May 2025", "27-29 May 2025", "30 December 2025 - 2 January 2026"."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if first == last:
        return _day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{_day(last)}"
    return f"{_day(first)} - {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04}"


def read_files(files: Sequence[tuple[str, bytes]], window: Window) -> dict[str, CalendarRead]:
    """Return what calendar files hold, by name; raise `InvalidDraft` with what is wrong in any of them."""
    from briefing.errors import InvalidDraft, Problem
    from briefing.intake.calendar.occurrence import unpacked
    from briefing.intake.calendar.read import LIBRARIES, read_packed
    from briefing.intake.opening.apart import apart
    from briefing.intake.opening.opened import CannotRead

    found: dict[str, CalendarRead] = {}
    problems: list[Problem] = []
    for name, data in files:
        try:
            found[name] = unpacked(apart(read_packed, data, window, loading=LIBRARIES))
        except CannotRead as fault:
            problems.append(Problem(Place(name, fault.line), fault.what, fault.hint))
    if problems:
        raise InvalidDraft(problems)
    return found
