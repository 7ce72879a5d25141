"""Why an entry of a calendar is not taken: what it lacks, and what no meeting does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from briefing.intake.calendar.said import several, words

FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What the libraries of calendars raise at an entry that is odd enough."""
TIMES = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}


def refused(event: Any) -> str:
    """Return why an entry is not taken; empty for one that is."""
    return next((why for rule in _RULES if (why := rule(event))), "")


def _broken(event: Any) -> str:
    for name, said in event.errors:
        if name in TIMES and "Got: ''" not in str(said):
            return f"its {name} cannot be read: {words(said)}"
    return ""


def _without_title(event: Any) -> str:
    return "" if words(event.get("SUMMARY")) else "it has no title"


def _without_time(event: Any) -> str:
    try:
        start, end = event.start, event.end
    except (*FAULTS, Exception) as fault:  # noqa: BLE001 - icalendar has exceptions of its own for each
        return f"when it is cannot be told: {words(fault)}"
    if not isinstance(start, date) or not isinstance(end, date):
        return "when it is cannot be told"
    if isinstance(start, datetime) is not isinstance(end, datetime):
        return "it begins at a time and ends on a day, or the other way round"
    try:
        return "it ends before it begins" if end < start else ""
    except TypeError:
        return "it begins in a time zone and ends in none, or the other way round"


def _too_often(event: Any) -> str:
    for rule in several(event.get("RRULE")):
        if often := {words(one).upper() for one in several(rule.get("FREQ"))} & _TOO_OFTEN:
            return f"it recurs {min(often).lower()}: no meeting does"
    return ""


def _other_years(event: Any) -> str:
    for rule in several(event.get("RRULE")):
        if others := {words(one).upper() for one in several(rule.get("RSCALE"))} - {"GREGORIAN"}:
            return f"it recurs by the {min(others).capitalize()} calendar, which is not worked out"
    return ""


_RULES: tuple[Callable[[Any], str], ...] = (_broken, _without_title, _without_time, _too_often, _other_years)
