"""Meetings planned and held as a calendar: whole days where no time is known, and no time that is not on record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefing.dates import Span
from briefing.events import MeetingHeld, MeetingPlanned, Recorded
from briefing.state import BriefingState

OWN = "@meetings.briefing"
"""What the UID ends with of a meeting that came in from no calendar."""
PRODUCT = "-//briefing//export//EN"


def calendar(state: BriefingState, log: Sequence[Recorded]) -> tuple[bytes, tuple[str, ...]]:
    """Return an iCalendar file, and the ids of the meetings that stand in none because they have no date.

    The UID of an entry is that under which it, or its plan, came in from a calendar, else made of its id: it is the
    same in every export. What a calendar has no word for stands beside it, so that it comes back: the id, the words
    of its date, and who is of our side.
    """
    from icalendar import Calendar

    by_digest = {one.digest: one for one in log}
    out = Calendar()
    out.add("VERSION", "2.0")
    out.add("PRODID", PRODUCT)
    undated: list[str] = []
    for one, digest, when in _meetings(state):
        if when is None or when.start is None:
            undated.append(one.id)
        elif digest in by_digest:
            out.add_component(_entry(state, one, when, by_digest[digest]))
    out.add_missing_timezones()
    return out.to_ical(), tuple(undated)


def _meetings(state: BriefingState) -> Iterator[tuple[MeetingHeld | MeetingPlanned, str, Span | None]]:
    """Yield the meetings held, and those planned of which none held is on record."""
    for meeting in state.meetings.values():
        if isinstance(meeting.held, MeetingHeld):
            yield meeting.held, meeting.digest, meeting.when
    for id_, one in state.planned.items():
        if id_ not in state.meetings:
            yield one.plan, one.digest, one.when


def _entry(state: BriefingState, one: MeetingHeld | MeetingPlanned, when: Span, recorded: Recorded) -> Any:
    from icalendar import Event

    assert when.start is not None
    assert when.end is not None
    entry = Event()
    plan = state.planned.get(one.id)
    entry.add("UID", _uid(one.id, recorded.event.origin, plan.plan.origin if plan else ""))
    entry.add("DTSTAMP", recorded.at.replace(microsecond=0))
    entry.add("SUMMARY", one.title)
    start = _begins(one, when)
    if start is not None:
        entry.add("DTSTART", start)
        if lasts := _lasts(one):
            entry.add("DURATION", lasts)
    else:
        entry.add("DTSTART", when.start)
        entry.add("DTEND", when.end + timedelta(days=1))
    if one.where:
        entry.add("LOCATION", one.where)
    if isinstance(one, MeetingHeld):
        entry.add("STATUS", "CONFIRMED")
    if one.marking:
        entry.add("CLASS", "CONFIDENTIAL")
        entry.add("X-BRIEFING-MARKING", one.marking)
    for name, told in _invited(state, one):
        entry.add("ATTENDEE", f"urn:uuid:{_uuid(name)}", parameters={"CN": name, **told})
    entry.add("DESCRIPTION", _description(state, one, when))
    entry.add("X-BRIEFING-ID", one.id)
    entry.add("X-BRIEFING-WHEN", when.words)
    return entry


def _uid(id_: str, *origins: str) -> str:
    """Return the UID of a single entry of a calendar; a day of a series has none of its own."""
    came = (origin.removeprefix("ics:").removesuffix("/held") for origin in origins if origin.startswith("ics:"))
    return next((uid for uid in came if uid and "/" not in uid), f"{id_}{OWN}")


def _begins(one: MeetingHeld | MeetingPlanned, when: Span) -> datetime | None:
    """Return when a planned meeting of a single day begins, where its time is on record.

    Where no zone is on record it is the time of the place; a zone that is not known makes no time.
    """
    said = one.at_time if isinstance(one, MeetingPlanned) and when.precision == "day" else None
    found = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)(?: ([\w+/-]+))?", said or "")
    if not found or when.start is None:
        return None
    at = datetime.combine(when.start, time(int(found[1]), int(found[2])))
    if found[3] is None:
        return at
    try:
        return at.replace(tzinfo=ZoneInfo(found[3]))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _lasts(one: MeetingHeld | MeetingPlanned) -> timedelta | None:
    """Return how long a planned meeting is to last, where that is on record in hours and minutes."""
    said = one.duration if isinstance(one, MeetingPlanned) else None
    found = re.fullmatch(r"(?:(\d{1,2}) hours?)? ?(?:(\d{1,3}) minutes?)?", said or "")
    return timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0)) if said and found else None


def _invited(state: BriefingState, one: MeetingHeld | MeetingPlanned) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield who takes part: people by name, bodies and those who were not named as groups."""
    for who in one.participants:
        ours = {"X-BRIEFING-SIDE": "ours"} if who.side == "ours" else {}
        if who.person:
            yield state.people[who.person].name, ours
        elif who.unnamed:
            yield f"“{who.unnamed.strip('“”')}”", {"CUTYPE": "GROUP", **ours}
    for id_ in one.agencies:
        yield state.agencies[id_].name, {"CUTYPE": "GROUP"}


def _uuid(name: str) -> str:
    """Return an address that is one for a name and nobody's mailbox: no address of theirs is on record."""
    from uuid import NAMESPACE_URL, uuid5

    return str(uuid5(NAMESPACE_URL, name))


def _description(state: BriefingState, one: MeetingHeld | MeetingPlanned, when: Span) -> str:
    agencies: Mapping[str, Any] = state.agencies
    met = ", ".join(agencies[id_].name for id_ in one.agencies)
    inferred = " (year inferred)" if when.year_inferred else ""
    return "\n".join(line for line in (met, f"{when.words}{inferred}") if line)
