"""The bytes of an .ics file → its occurrences in a window of days; each entry that is not one says why.

Run in a process of its own (`intake.opening.apart`): a rule of recurrence may go on for ever.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from briefing.intake.calendar.occurrence import CalendarRead, NotTaken, Occurrence, Window, key, packed
from briefing.intake.calendar.refused import FAULTS, TIMES, refused
from briefing.intake.calendar.said import clock, days, lasting, organiser, people, place, stamp, words
from briefing.intake.opening.opened import CannotRead
from briefing.intake.opening.plain import decoded

MAX_BYTES = 16_000_000
MAX_OCCURRENCES = 1_000
"""Of one series in the window; a meeting on every working day of two years has 520."""

_STRETCH = timedelta(days=92)
"""Days that are worked out in one go, so that a series which comes too often is soon given up."""
LIBRARIES = ("icalendar", "recurring_ical_events", "x_wr_timezone")
_OTHER = {"VTODO": "a task", "VJOURNAL": "a journal entry", "VFREEBUSY": "a list of busy times",
          "VAVAILABILITY": "a list of free times", "VPOLL": "a poll"}  # fmt: skip
_ANSWERS = {"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"}
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_calendar(data: bytes, window: Window) -> CalendarRead:
    """Return the occurrences of all calendars of a file; raise `CannotRead` where none can be read."""
    if len(data) > MAX_BYTES:
        raise CannotRead(f"it is {len(data)} bytes long; {MAX_BYTES} is the limit", "export fewer years")
    text, _ = decoded(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a zone that is named in an odd way; the time says which was taken
        return _Reader(text, window).found()


def read_packed(data: bytes, window: Window) -> bytes:
    """Return what a calendar holds as bytes."""
    return packed(read_calendar(data, window))


def parsed(text: str) -> list[Any]:
    """Return the calendars, or bare entries, of a text."""
    from icalendar import Component

    if "BEGIN:" not in text.upper():
        what = "it is empty" if not text.strip() else "it is no calendar: nothing in it begins with BEGIN:"
        raise CannotRead(what, "name one (.ics); `briefing import table` takes a table, `briefing draft` a text")
    try:
        return list(Component.from_ical(text, multiple=True))
    except FAULTS as fault:
        raise CannotRead(f"it cannot be read as a calendar: {words(fault)}", "save it anew as .ics") from fault


class _Reader:
    """Gathers what one file holds."""

    def __init__(self, text: str, window: Window) -> None:
        self.window = window
        self.lines = _beginnings(text)
        self.calendars = parsed(text)
        self.occurrences: list[Occurrence] = []
        self.left: list[NotTaken] = []
        self.series: list[str] = []
        self.apart: list[str] = []

    def found(self) -> CalendarRead:
        for calendar in self.calendars:
            method = words(calendar.get("METHOD")).upper()
            for name, what in _OTHER.items():
                for one in _walk(calendar, name):
                    self._leave(one, f"{what}, not a meeting", kind="other entries")
            groups: dict[str, list[Any]] = {}
            for event in _walk(_zoned(calendar), "VEVENT"):
                event.line = self._line("VEVENT")
                groups.setdefault(_uid(event), []).append(event)
            for uid, events in groups.items():
                self._take(uid, events, method)
        if lost := self.lines.get("VEVENT"):
            what = "an entry begins here that does not end: the file is cut off, or BEGIN and END are mixed up"
            raise CannotRead(what, "save it anew as .ics", line=lost[0])
        if not self.occurrences and not self.left:
            raise CannotRead("it holds no entry of a calendar", "name a file that a calendar program saved as .ics")
        series, apart = (tuple(dict.fromkeys(keys)) for keys in (self.series, self.apart))
        return CalendarRead(tuple(self.occurrences), tuple(self.left), series, apart)

    def _line(self, name: str) -> int:
        lines = self.lines.get(name)
        return lines.pop(0) if lines else 1

    def _leave(self, event: Any, why: str, *, kind: str = "problem") -> None:
        line = getattr(event, "line", None) or self._line(event.name)
        self.left.append(NotTaken(line, why, words(event.get("SUMMARY")), kind))

    def _take(self, uid: str, events: list[Any], method: str) -> None:
        """Take the entries of one UID: a single one, or a series with what differs from its rule."""
        sound = [one for one in events if self._is_sound(one, method)]
        for one in sound[:]:
            if (newer := _newer(one, sound)) is not None:
                sound.remove(one)
                self._leave(one, f"line {newer.line} is a newer copy of it", kind="older copies")
        begun, repeated = _begun(events), any(_repeats(one) for one in sound)
        self._set_apart(uid, events, method, begun, repeated=repeated)
        if not sound:
            return
        broken = {_instance(one, begun) for one in events} - {_instance(one, begun) for one in sound} - {""}
        try:
            found = _unfolded(sound, self.window) if repeated else sound
            told = [self._occurrence(one, uid, method, begun, lines=sound) for one in found]
        except FAULTS as fault:
            for one in sound:
                self._leave(one, f"its dates cannot be worked out: {words(fault)}")
            return
        if len(told) > MAX_OCCURRENCES:
            self._leave(sound[0], f"it recurs more than {MAX_OCCURRENCES} times from {self.window}; ask for fewer days")
            return
        inside = [one for one in told if self._is_inside(one) and one.recurrence not in broken]
        if not inside:
            for one in sound:
                self._leave(one, f"no day of it is in {self.window}", kind="outside the window")
        self.occurrences.extend(inside)
        if any(not _instance(one) for one in sound):
            self.series.append(uid)

    def _set_apart(self, uid: str, events: list[Any], method: str, begun: date | None, *, repeated: bool) -> None:
        """Note the keys of entries that stand for one occurrence: what is known by them is not gone."""
        for one in events:
            instance = _instance(one, begun)
            if (instance or not repeated) and _state(one, method) != "cancelled":
                self.apart.append(key(uid, instance))

    def _is_inside(self, one: Occurrence) -> bool:
        return one.start <= self.window.end.isoformat() and one.end >= self.window.start.isoformat()

    def _is_sound(self, event: Any, method: str) -> bool:
        """Tell whether an entry can be taken, and leave it with the reason where it cannot."""
        why = refused(event)
        if method in _ANSWERS:
            self._leave(event, "an answer to an invitation, not a meeting", kind="other entries")
        elif why:
            self._leave(event, why)
        return not why and method not in _ANSWERS

    def _occurrence(self, event: Any, uid: str, method: str, begun: date | None, *, lines: list[Any]) -> Occurrence:
        start, end = event.start, event.end
        first, last = days(start, end)
        where, online = place(event)
        invited = list(people(event))
        where = where or ", ".join(one.name for one in invited if one.kind == "place")
        return Occurrence(
            uid=uid, recurrence=_instance(event, begun), own_id=words(event.get("X-BRIEFING-ID")),
            when=words(event.get("X-BRIEFING-WHEN")),
            line=getattr(event, "line", None) or _line_of(event, lines), title=words(event.get("SUMMARY")),
            start=first.isoformat(), end=last.isoformat(), at=clock(start), duration=lasting(start, end),
            where=where, online=online, state=_state(event, method), rank=_rank(event),
            people=tuple(one for one in invited if one.kind != "place"), remarks=tuple(_remarks(event)),
        )  # fmt: skip


def _beginnings(text: str) -> dict[str, list[int]]:
    """Return the lines at which components begin, by name, in their order."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(_LINE_END.split(text), 1):
        if line[:6].upper() == "BEGIN:":
            found.setdefault(line[6:].strip().upper(), []).append(number)
    return found


def _walk(calendar: Any, name: str) -> list[Any]:
    try:
        return list(calendar.walk(name))
    except RecursionError:
        raise CannotRead("its entries are nested too deep") from None


def _zoned(calendar: Any) -> Any:
    """Return a calendar whose times in UTC are in the zone that the calendar names as its own, if it names one."""
    from x_wr_timezone import to_standard

    with suppress(*FAULTS):
        return to_standard(calendar) if calendar.get("X-WR-TIMEZONE") else calendar
    return calendar


def _uid(event: Any) -> str:
    """Return the key of an entry; without a UID, of its title and beginning."""
    if said := words(event.get("UID")):
        return said if len(said) < 200 else sha256(said.encode()).hexdigest()
    value = event.get("DTSTART")
    begun = value.to_ical() if hasattr(value, "to_ical") else b""
    return "none-" + sha256(words(event.get("SUMMARY")).encode() + b"\n" + begun).hexdigest()[:16]


def _newer(event: Any, others: list[Any]) -> Any | None:
    """Return an entry that says the same occurrence anew; of two that are alike, the later in the file."""
    for other in reversed(others):
        if other is event or _instance(other) != _instance(event):
            continue
        if (_rank(other), other.line) > (_rank(event), event.line):
            return other
    return None


def _instance(event: Any, begun: date | None = None) -> str:
    """Return which day of its series an entry is: when it was to begin, said as its series says when it begins."""
    value = event.get("RECURRENCE-ID")
    if value is None or not hasattr(value, "dt"):
        return ""
    at = value.dt
    if isinstance(begun, datetime) and isinstance(at, datetime) and begun.tzinfo and at.tzinfo:
        at = at.astimezone(begun.tzinfo)
    elif isinstance(begun, datetime) and not isinstance(at, datetime):
        at = datetime.combine(at, begun.timetz())
    return stamp(at)


def _begun(events: list[Any]) -> date | None:
    """Return when the series of some entries begins; without its rule, when the first of them does."""
    for one in sorted(events, key=lambda one: one.get("RECURRENCE-ID") is not None):
        with suppress(*FAULTS, Exception):
            start: date = one.start
            return start
    return None


def _rank(event: Any) -> tuple[int, str]:
    with suppress(*FAULTS):
        value = event.get("DTSTAMP") or event.get("LAST-MODIFIED")
        return int(event.get("SEQUENCE", 0)), stamp(value.dt) if value is not None else ""
    return 0, ""


# ── occurrences ───────────────────────────────────────────────────────────────────────────────


def _repeats(event: Any) -> bool:
    return any(event.get(name) is not None for name in ("RRULE", "RDATE"))


def _unfolded(events: list[Any], window: Window) -> list[Any]:
    """Return the occurrences of a series that touch the window, as far as one too many."""
    from icalendar import Calendar
    from recurring_ical_events import of

    series = Calendar()
    for one in events:
        series.add_component(one)
    found: dict[tuple[str, str], Any] = {}
    query, day = of(series), window.start
    while day <= window.end and len(found) <= MAX_OCCURRENCES:
        behind = min(day + _STRETCH, window.end + timedelta(days=1))
        found.update({(_instance(one), stamp(one.start)): one for one in query.between(day, behind)})
        day = behind
    return list(found.values())


def _line_of(occurrence: Any, events: list[Any]) -> int:
    """Return the line of the entry that an occurrence comes from: its own exception, or the rule."""
    instance = _instance(occurrence)
    line: int = next((one.line for one in events if _instance(one) == instance), events[0].line)
    return line


def _state(event: Any, method: str) -> str:
    if method == "CANCEL" or words(event.get("STATUS")).upper() == "CANCELLED":
        return "cancelled"
    return "private" if words(event.get("CLASS")).upper() in {"PRIVATE", "CONFIDENTIAL"} else ""


def _remarks(event: Any) -> Iterator[str]:
    if not words(event.get("UID")):
        yield "without a UID: known by its title and beginning"
    if isinstance(event.start, datetime) and event.start.tzinfo is None:
        yield "the file names no time zone"
    host = organiser(event)
    if host and host.name and host.address not in {one.address for one in people(event)}:
        yield f"organised by {host.name}, who is not among those invited"
    for name, said in getattr(event, "errors", ()):
        if name not in TIMES:
            yield f"left out, for it cannot be read: {words(said)[:100]}"
