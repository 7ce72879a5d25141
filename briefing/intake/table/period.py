"""The months a register is of, as its title, its file's name or an officer gives them: what dates its dates lack."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from briefing.dates import DateProblem, Span, parse_span

_NAMES = ("jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
          "|nov(?:ember)?|dec(?:ember)?")  # fmt: skip
_TO = r"[\s_\-–/&+,.]*(?:to|and|until)?[\s_\-–/&+,.]*"
_MONTHS = re.compile(
    rf"(?P<first>{_NAMES})(?:[\s_,]+(?P<begun>(?:19|20)\d\d)(?={_TO}(?:{_NAMES})))?(?:{_TO}(?P<last>{_NAMES}))?"
    r"(?![a-z])[\s_\-,.]*(?P<year>(?:19|20)\d\d|\d\d(?!\d))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
_NUMBERS = {name: n for n, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct",
                                              "nov", "dec"), 1)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last month of a register, and where that is said."""

    start: date
    end: date
    said: str

    def year_of(self, month: int) -> int | None:
        """Return the year in which a month falls within the period; None where it does not."""
        for year in range(self.start.year, self.end.year + 1):
            if self.start <= date(year, month, 1) <= self.end:
                return year
        return None


def period_in(text: str, said: str) -> Period | None:
    """Return the period that a title or a file's name gives: months with a year, or a year alone; None where none is.

    A name that two periods stand in gives none.
    """
    found = {
        (one["first"][:3].lower(), (one["last"] or one["first"])[:3].lower(), one["year"], one["begun"])
        for one in _MONTHS.finditer(text)
        if one["year"] and _whole(one)
    }
    if len(found) == 1:
        first, last, year, begun = found.pop()
        whole = _period(_NUMBERS[first], _NUMBERS[last], int(year) if len(year) == 4 else 2000 + int(year), said)
        return replace(whole, start=whole.start.replace(year=int(begun))) if begun else whole
    years = {one[0] for one in _YEAR.finditer(text)}
    if not found and len(years) == 1:
        return _period(1, 12, int(years.pop()), said)
    return None


def without_period(title: str) -> str:
    """Return a title without the months and years in it, which differ in the next edition."""
    months = _MONTHS.sub(lambda one: "" if one["year"] else one[0], title)
    return " ".join(_YEAR.sub("", months).strip(" ,;:.-–()").split())


def _whole(found: re.Match[str]) -> bool:
    """Tell whether months are all that a name gives: one behind letters may be the end of more, “julyesept2011”."""
    return found["last"] is not None or not found.string[: found.start()][-1:].isalpha()


def _period(first: int, last: int, year: int, said: str) -> Period:
    """Return a period that ends in a year; one whose first month comes after its last begins in the year before."""
    return Period(date(year - (first > last), first, 1), date(year, last, 28), said)


def period_typed(text: str) -> Period | None:
    """Return the period that an officer gives: 2013, May 2013, January to March 2014, 2013-01-01 to 2013-03-31."""
    try:
        span = parse_span(text)
    except DateProblem:
        return period_in(text, "--period")
    return of_span(span, "--period") or period_in(text, "--period")


def of_span(span: Span, said: str) -> Period | None:
    """Return the period of a date; None for one without days."""
    if span.start is None or span.end is None:
        return None
    return Period(span.start.replace(day=1), span.end.replace(day=28), said)
