"""The period that a paper covers, as it is asked for in words: "12 months", "2 years", "May 2025", "all"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.dates import DateProblem, Span, parse_span

DEFAULT = "12 months"
"""What an agency's page covers where nothing else is asked for."""

ALL = "all"

MOST = 60
"""Contacts that a page of a period tells one by one; of more than these it says so."""

_FORMS = "write 12 months, 2 years, 1 January 2025 to 30 June 2025, May 2025, or all"
_BACK = re.compile(r"(\d{1,4}) (day|week|month|year)s?")
_LONGEST = {"day": 9999, "week": 999, "month": 999, "year": 99}


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both inclusive; None is open. Neither: all that is on record."""

    start: date | None = None
    end: date | None = None

    @property
    def is_all(self) -> bool:
        """Whether it leaves nothing out."""
        return self.start is None and self.end is None

    def holds(self, span: Span | None) -> bool:
        """Tell whether any day of a date may lie in it; an undated one may."""
        if span is None or span.start is None or span.end is None:
            return True
        return self.start is None or span.end >= self.start

    def over_before(self, span: Span | None) -> bool:
        """Tell whether it is over before a date begins."""
        return bool(self.end and span and span.start and span.start > self.end)


def parse_period(words: str, today: date | None) -> Period:
    """Return the period that words ask for; so many months or years go back from `today`, with no end of their own.

    Raises `DateProblem` for words that ask for none. Empty words are all on record.
    """
    said = " ".join(words.casefold().split())
    if said in ("", ALL):
        return Period()
    if back := _BACK.fullmatch(said):
        number, unit = int(back[1]), back[2]
        if not 1 <= number <= _LONGEST[unit]:
            raise DateProblem(f"“{words}” is no period\n{_FORMS}")
        return Period(start=_before(today, number, unit)) if today else Period()
    try:
        span = parse_span(words)
    except DateProblem as problem:
        raise DateProblem(f"{str(problem).partition(chr(10))[0]}\n{_FORMS}") from None
    if span.start is None or span.year_inferred:
        raise DateProblem(f"“{words}” is no period\n{_FORMS}")
    return Period(start=span.start, end=span.end)


def _before(today: date, number: int, unit: str) -> date:
    """Return the first day of so many weeks, months or years that end on a day."""
    if unit in ("day", "week"):
        return today - timedelta(days=number * (7 if unit == "week" else 1) - 1)
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if year < 1:
        return date.min
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1])) + timedelta(days=1)
