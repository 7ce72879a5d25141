"""Properties of one calendar entry → words: title, place, people, times."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from briefing.intake.calendar.occurrence import Invited

_LINK = re.compile(r"(?:https?|sip|tel):\S+", re.IGNORECASE)
_KINDS = {"ROOM": "place", "RESOURCE": "place", "GROUP": "group"}
_FAMILY_FIRST = re.compile(r"([^\W\d_][\w’'-]*(?: [\w’'-]+)?), ([^\W\d_][\w.’'-]*(?: [\w.’'-]+){0,2})")
_LONGEST = 300
"""Signs of a title, a place or a name."""


def words(value: Any) -> str:
    """Return a property as one line of signs that can be printed."""
    text = unicodedata.normalize("NFC", str(value if value is not None else ""))
    text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.encode("utf-8", "replace").decode().split())[:_LONGEST]


def several(value: Any) -> list[Any]:
    """Return a property's values: none, one, or as many as there are."""
    return [] if value is None else value if isinstance(value, list) else [value]


def place(event: Any) -> tuple[str, bool]:
    """Return where it is, and whether it is online: a link is no place, and may let in who holds it."""
    said = words(event.get("LOCATION"))
    bare = _LINK.sub("", said).strip(" ;,|()<>-")
    return bare, said != bare or event.get("X-GOOGLE-CONFERENCE") is not None


def people(event: Any) -> Iterator[Invited]:
    """Yield who was invited and has not declined; who organised it and was not invited is often an office."""
    host = organiser(event)
    invited = {one.address: one for value in several(event.get("ATTENDEE")) if (one := _invited(value))}
    for one in invited.values():
        if host and host.address and one.address == host.address:
            yield replace(one, name=one.name or host.name, role="organiser")
        elif one.name or one.address:
            yield one


def organiser(event: Any) -> Invited | None:
    """Return who sent the invitation."""
    return next((one for value in several(event.get("ORGANIZER")) if (one := _invited(value))), None)


def _invited(value: Any) -> Invited | None:
    told = getattr(value, "params", {})
    if words(told.get("PARTSTAT")).upper() == "DECLINED":
        return None
    address = re.sub(r"(?i)^\s*mailto:", "", words(value)).lower()
    name = words(told.get("CN")).strip("'\" ")
    name = "" if "@" in name or name.lower() == address else family_last(name)
    role = "chair" if words(told.get("ROLE")).upper() == "CHAIR" else ""
    ours = words(told.get("X-BRIEFING-SIDE")) == "ours"
    return Invited(name, address, _KINDS.get(words(told.get("CUTYPE")).upper(), "person"), role, ours)


def family_last(name: str) -> str:
    """Return "Doe, Jane" as "Jane Doe": behind a comma, a draft would take the rest for a title."""
    found = _FAMILY_FIRST.fullmatch(name)
    return f"{found[2]} {found[1]}" if found else name


def days(start: date, end: date) -> tuple[date, date]:
    """Return the first and last day, in the entry's own zone; one that ends past midnight stays on its day."""
    if not isinstance(start, datetime):
        return start, max(start, end - timedelta(days=1))
    assert isinstance(end, datetime)
    if end - start < timedelta(days=1):
        return start.date(), start.date()
    return start.date(), (end - timedelta(seconds=1)).date()


def clock(start: date) -> str:
    """Return the time of day with its zone; empty for a whole day."""
    if not isinstance(start, datetime):
        return ""
    time = f"{start:%H:%M}"
    if start.tzinfo is None:
        return time
    zone = getattr(start.tzinfo, "key", None) or start.tzname() or ""
    return f"{time} {words(zone)}".strip()


def lasting(start: date, end: date) -> str:
    """Return how long it lasts, where that is less than a day: "1 hour 30 minutes"."""
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return ""
    minutes = int((end - start).total_seconds() // 60)
    if not 0 < minutes < 24 * 60:
        return ""
    hours, rest = divmod(minutes, 60)
    parts = [f"{n} {unit}{'s' if n > 1 else ''}" for n, unit in ((hours, "hour"), (rest, "minute")) if n]
    return " ".join(parts)


def stamp(value: date) -> str:
    """Return a moment as a key, in its own zone: 20250603, 20250603T100000, 20250603T100000Z."""
    if not isinstance(value, datetime):
        return f"{value:%Y%m%d}"
    return f"{value:%Y%m%dT%H%M%S}" + ("Z" if value.tzinfo is UTC or value.tzname() == "UTC" else "")
