"""Dates of a column → words that a draft takes. What a cell leaves open, the column or the register settles, or nobody.

Day and month are told apart by a cell of the same column that can be read in one way only, never by guess.
A year that a cell lacks is that of the register's period, and is marked as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.dates import DateProblem, parse_span
from briefing.intake.table.period import Period

_NUMBERS = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d\d)")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_TIMED = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_MONTH_NUMBER = re.compile(r"([A-Za-z]{3,9})[-\s’']{1,2}(\d\d)")
_DAY_HYPHEN = re.compile(r"(\d{1,2})-([A-Za-z]{3,9})(?:-(\d{4}|\d\d))?")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]?\s+(?=\d|[A-Z])", re.IGNORECASE)
_EXCEL_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


class NoDate(ValueError):
    """A cell that no day or month can be read from: why, and what to do."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date as a draft takes it, and what was settled by other evidence than the cell's own."""

    when: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """What the dates of one column have in common; `day_first` is None where nothing shows it.

    `years` tells that numbers behind a month are years, "Jan-14"; `months` that each date stands for its month.
    """

    period: Period | None = None
    day_first: bool | None = None
    evidence: str = ""
    years: bool = False
    months: bool = False

    def read(self, cell: str) -> Day:
        """Return the date of a cell; raise `NoDate` where it leaves open what nothing else settles."""
        day = self._read(cell)
        require_date(day.when)
        return day

    def _read(self, cell: str) -> Day:
        text = _WEEKDAY.sub("", cell.strip(), count=1).rstrip(" .,;*")
        if not text:
            raise NoDate(f"“{cell}” is no date")
        if found := _TIMED.fullmatch(text):
            text = found[1]
        if found := _YEAR_FIRST.fullmatch(text):
            text = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
        if (found := _SERIAL.fullmatch(text)) and int(float(text)) in _SERIALS:
            day = _EXCEL_ZERO + timedelta(days=int(float(text)))
            return self._whole(day, (f"a spreadsheet's day number, {text}, read as {_long(day)}",))
        if found := _NUMBERS.fullmatch(text):
            return self._numbers(found, cell)
        if self.months and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return self._whole(date.fromisoformat(text), ())
        if found := _MONTH_NUMBER.fullmatch(text):
            return self._month_number(found, cell)
        if found := _DAY_HYPHEN.fullmatch(text):
            year = self._century(found[3])
            read = self._words(" ".join(part for part in (found[1], found[2], year) if part), cell)
            return Day(read.when, (*_century_note(year), *read.notes))
        return self._words(text, cell)

    def _words(self, text: str, cell: str) -> Day:
        try:
            span = parse_span(text)
        except DateProblem as problem:
            if "has no year" in str(problem) or _BARE_MONTHS.fullmatch(text):
                return self._without_year(text)
            raise NoDate(str(problem).replace("\n", "; ")) from None
        if span.start is None and _BARE_MONTHS.fullmatch(text):
            return self._without_year(text)
        if span.start is None:
            raise NoDate(f"“{cell}” is no date")
        return Day(text)

    def _without_year(self, text: str) -> Day:
        """Return a date without a year with that of the register's period."""
        months = [one for word in re.findall(r"[A-Za-z]{3,9}", text) if (one := _number(word))]
        if not months:
            raise NoDate(f"“{text}” is no date")
        if self.period is None:
            raise NoDate(f"“{text}” has no year; give the register's period: --period “January to March 2014”")
        year = self.period.year_of(months[-1])
        if year is None:
            raise NoDate(f"“{text}” is not in the register's period, {self.period.said}; --period gives another")
        return Day(f"{text} [{year}]", (f"the year is that of {self.period.said}",))

    def _month_number(self, found: re.Match[str], cell: str) -> Day:
        month, number = _number(found[1]), int(found[2])
        if month is None:
            raise NoDate(f"“{cell}” is no date")
        name = _MONTHS[month - 1]
        if self.period and self.period.year_of(month) == 2000 + number:
            return Day(f"{name} {2000 + number}", ())
        if self.years or number > 31:
            return Day(f"{name} [{2000 + number}]", (f"“{cell}” read as a month and a year",))
        raise NoDate(f"“{cell}” may be a day or a year; give the register's period: --period {2000 + number}")

    def _numbers(self, found: re.Match[str], cell: str) -> Day:
        first, last, year = int(found[1]), int(found[3]), self._century(found[4])
        day_first = True if first > 12 >= last else False if last > 12 >= first else self.day_first
        if first == last:
            day_first = True
        if day_first is None:
            raise NoDate(f"“{cell}”: day and month cannot be told apart; --day-first or --month-first says which")
        day, month = (first, last) if day_first else (last, first)
        if not 1 <= month <= 12:
            raise NoDate(f"“{cell}”: there is no month {month}")
        settled = max(first, last) > 12 or first == last
        notes = _century_note(year) + (() if settled or not self.evidence else (self.evidence,))
        return Day(f"{day} {_MONTHS[month - 1]} {year}", notes)

    def _century(self, year: str | None) -> str:
        """Return a year in full; one of two digits is of the period's century where there is one, and is marked."""
        if not year or len(year) == 4:
            return year or ""
        century = self.period.start.year // 100 if self.period else 20
        return f"[{century}{year}]"

    def _whole(self, day: date, notes: tuple[str, ...]) -> Day:
        if self.months:
            return Day(f"{_MONTHS[day.month - 1]} {day.year}", (*notes, "every date is the first of a month: months"))
        return Day(_long(day), notes)


_BARE_MONTHS = re.compile(r"[A-Za-z]{3,9}\.?(?:\s*(?:-|–|/|to|and|&)\s*[A-Za-z]{3,9}){0,2}")


def require_date(when: str) -> None:
    """Raise `NoDate` for words that a draft does not take for a date."""
    try:
        parse_span(when)
    except DateProblem as problem:
        raise NoDate(str(problem).replace("\n", "; ")) from None


def column(cells: Iterable[str], period: Period | None, *, day_first: bool | None = None) -> Column:
    """Return what a column's dates have in common, by the evidence of all of them."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    first, evidence = (day_first, "as you said") if day_first is not None else _order(texts)
    own = period or _own_period(texts)
    days = [text[:10] for text in texts if re.match(r"\d{4}-\d\d-\d\d", text)]
    months = len(days) >= 3 and all(day.endswith("-01") for day in days) and len(days) == len(texts)
    return Column(own, first, evidence, years=_are_years(texts), months=months)


def _century_note(year: str) -> tuple[str, ...]:
    return ("a year of two digits",) if year.startswith("[") else ()


def _order(texts: Sequence[str]) -> tuple[bool | None, str]:
    """Return whether days stand first, by a cell that can be read in one way only; None where none or both do."""
    shown: dict[bool, str] = {}
    for text in texts:
        if found := _NUMBERS.fullmatch(text):
            first, last = int(found[1]), int(found[3])
            if first > 12 >= last:
                shown.setdefault(True, text)
            elif last > 12 >= first:
                shown.setdefault(False, text)
    if len(shown) != 1:
        return None, ""
    ((day_first, text),) = shown.items()
    return day_first, f"{'day' if day_first else 'month'} first, as “{text}” shows"


def _are_years(texts: Sequence[str]) -> bool:
    """Tell whether numbers behind months are years: three cells or more, of one number or two that follow."""
    found = [match for text in texts if (match := _MONTH_NUMBER.fullmatch(text)) and _number(match[1])]
    numbers = {int(one[2]) for one in found}
    return len(found) >= 3 and len({one[1][:3] for one in found}) >= 2 and max(numbers) - min(numbers) <= 1


def _own_period(texts: Sequence[str]) -> Period | None:
    """Return the year that all dates of a column have that have one: the period of those that have none."""
    spans = []
    for text in texts:
        try:
            span = parse_span(text)
        except DateProblem:
            continue
        if span.start is not None and span.end is not None:
            spans.append(span)
    years = {day.year for one in spans for day in (one.start, one.end) if day}
    if len(years) != 1:
        return None
    year = years.pop()
    return Period(date(year, 1, 1), date(year, 12, 28), f"the other rows, {year}")


def _number(word: str) -> int | None:
    lowered = word.lower()
    found = [n for n, name in enumerate(_MONTHS, 1) if name.lower() == lowered or lowered == name[:3].lower()]
    return found[0] if found else 9 if lowered == "sept" else None


def _long(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
