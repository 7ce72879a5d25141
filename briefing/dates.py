"""Dates as they are given: a span with a precision and the words ("27–29 May 2025", "soon")."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from pydantic import Field, model_validator

from briefing.frozen import Frozen

Precision = Literal["day", "span", "month", "year", "undated"]


class Span(Frozen):
    """A date as it was given: first and last day (both inclusive), precision, and the words.

    `undated` has neither day ("soon"). `year_inferred` says that the words held no year and the
    year was taken from elsewhere.
    """

    start: date | None = None
    end: date | None = None
    precision: Precision
    words: str = Field(min_length=1)
    year_inferred: bool = False

    @model_validator(mode="after")
    def _days_fit_precision(self) -> Span:
        dated = self.precision != "undated"
        if (self.start is not None) is not dated or (self.end is not None) is not dated:
            raise ValueError("a dated span has a first and a last day, an undated one has neither")
        if self.start and self.end and self.end < self.start:
            raise ValueError("the last day is before the first")
        return self


class DateProblem(ValueError):
    """A date that cannot be meant: what is wrong, then on a second line what to write instead."""


_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS) + "|sept"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(\[?\d{4}\]?)"
_TO = r"\s*(?:-|–|—|to|until)\s*"
_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (rf"(\[?\d{{4}}\]?)-(\d\d)-(\d\d){_TO}(\d{{4}})-(\d\d)-(\d\d)", ("y1", "n1", "d1", "y2", "n2", "d2")),
    (r"(\[?\d{4}\]?)-(\d\d)-(\d\d)", ("y2", "n2", "d2")),
    (r"(\[?\d{4}\]?)-(\d\d)", ("y2", "n2")),
    (rf"{_DAY}\s+({_MONTH})\s+{_YEAR}{_TO}{_DAY}\s+({_MONTH})\s+{_YEAR}", ("d1", "m1", "y1", "d2", "m2", "y2")),
    (rf"{_DAY}\s+({_MONTH}){_TO}{_DAY}\s+({_MONTH})(?:\s+{_YEAR})?", ("d1", "m1", "d2", "m2", "y2")),
    (rf"{_DAY}{_TO}{_DAY}\s+({_MONTH})(?:\s+{_YEAR})?", ("d1", "d2", "m2", "y2")),
    (rf"{_DAY}\s+({_MONTH})(?:\s+{_YEAR})?", ("d2", "m2", "y2")),
    (rf"({_MONTH})\s+{_DAY}{_TO}({_MONTH})\s+{_DAY}(?:,?\s+{_YEAR})?", ("m1", "d1", "m2", "d2", "y2")),
    (rf"({_MONTH})\s+{_DAY}{_TO}{_DAY}(?:,?\s+{_YEAR})?", ("m2", "d1", "d2", "y2")),
    (rf"({_MONTH})\s+{_DAY}(?:,?\s+{_YEAR})?", ("m2", "d2", "y2")),
    (rf"({_MONTH})(?:{_TO}|/)(?:(?:{_MONTH})/)?({_MONTH})[\s,]+{_YEAR}", ("m1", "m2", "y2")),
    (rf"({_MONTH})(?:[\s,]+|-){_YEAR}", ("m2", "y2")),
    (_YEAR, ("y2",)),
)


def parse_span(text: str) -> Span:
    """Return a date as typed: "28 May 2025", "27-29 May [2025]" (year inferred), "May 2025", "soon".

    Raises `DateProblem` for a day that does not exist, for days without a year, and for forms in
    which day and month cannot be told apart. Words without digits and months are undated.
    """
    words = " ".join(text.split())
    folded = words.casefold().rstrip(".,")
    for form, names in _FORMS:
        if found := re.fullmatch(form, folded):
            return _dated(dict(zip(names, found.groups(), strict=True)), words)
    if re.search(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", folded):
        raise DateProblem(f"“{words}”: day and month cannot be told apart\nwrite the month as a word: 28 May 2025")
    if re.search(r"\d", folded):
        raise DateProblem(
            f"“{words}” is no date\nwrite it like 28 May 2025, 27-29 May 2025, May 2025, or in words (“soon”)"
        )
    return Span(precision="undated", words=words)


_BEFORE = "before "


def parse_due(text: str) -> Span:
    """Return when something is due, as typed: any date, and "before 20 June 2026", of which 19 June is the last day."""
    words = " ".join(text.split())
    if not words.casefold().startswith(_BEFORE):
        return parse_span(text)
    given = parse_span(words[len(_BEFORE) :])
    if given.start is None or given.start == date.min:
        return Span(precision="undated", words=words)
    last = given.start - timedelta(days=1)
    return Span(start=last, end=last, precision="day", words=words, year_inferred=given.year_inferred)


def due_before(span: Span) -> Span | None:
    """Return the date before which something is due, where it was given so; None for any other date."""
    if span.end is None or not span.words.casefold().startswith(_BEFORE):
        return None
    try:
        given = parse_span(span.words[len(_BEFORE) :])
    except DateProblem:
        return None
    return given if given.start == span.end + timedelta(days=1) else None


def _dated(parts: dict[str, str | None], words: str) -> Span:
    year = parts.get("y2")
    if year is None:
        raise DateProblem(f"“{words}” has no year\nwrite an inferred year in brackets: {words} [2025]")
    if "m1" in parts and "d2" not in parts:
        return _months(int(year.strip("[]")), _month_of(parts, "1") or 0, _month_of(parts, "2") or 0, words)
    if "d2" not in parts:
        return _month_or_year(int(year.strip("[]")), _month_of(parts, "2"), words, inferred="[" in year)
    last = _day(parts, "2", int(year.strip("[]")), words)
    first = last
    if "d1" in parts:
        first_year = int((parts.get("y1") or year).strip("[]"))
        first = _day(parts, "1", first_year, words)
        if first > last:
            raise DateProblem(
                f"“{words}”: the last day is before the first\nwrite both years: 30 December 2025 – 2 January 2026"
            )
    precision: Precision = "day" if first == last else "span"
    return Span(start=first, end=last, precision=precision, words=words, year_inferred="[" in year)


def _month_of(parts: dict[str, str | None], which: str) -> int | None:
    number, name = parts.get(f"n{which}"), parts.get(f"m{which}") or parts.get("m2")
    if number is not None:
        return int(number)
    return next(n for n, one in enumerate(_MONTHS, 1) if one.startswith(name[:3])) if name else None


def _months(year: int, first: int, last: int, words: str) -> Span:
    """Return a span of whole months of one year: April-June 2012, Oct/Nov/Dec 2011."""
    if year == 0 or first > last:
        raise DateProblem(f"“{words}”: the last month is before the first\nwrite days with both years")
    end = date(year, last, monthrange(year, last)[1])
    return Span(start=date(year, first, 1), end=end, precision="span", words=words, year_inferred="[" in words)


def _month_or_year(year: int, month: int | None, words: str, *, inferred: bool) -> Span:
    if (month is not None and not 1 <= month <= 12) or year == 0:
        raise DateProblem(f"“{words}”: there is no such month\nmonths are 01 to 12")
    first = date(year, month or 1, 1)
    last = date(year, month or 12, monthrange(year, month or 12)[1])
    return Span(start=first, end=last, precision="month" if month else "year", words=words, year_inferred=inferred)


def _day(parts: dict[str, str | None], which: str, year: int, words: str) -> date:
    month, day = _month_of(parts, which) or 0, int(parts[f"d{which}"] or 0)
    try:
        return date(year, month, day)
    except ValueError as fault:
        if not 1 <= month <= 12 or year == 0:
            raise DateProblem(f"“{words}”: there is no such month or year") from fault
        length = monthrange(year, month)[1]
        name = _MONTHS[month - 1].capitalize()
        raise DateProblem(f"“{words}”: there is no {day} {name} {year}\n{name} {year} has {length} days") from fault


def format_span(span: Span, lang: str = "en") -> str:
    """Return a date as papers print it: "27–29 May 2025", "May 2025"; undated words stand in quotation marks."""
    if span.start is None or span.end is None:
        return f"“{span.words}”"
    if (given := due_before(span)) is not None:
        return f"before {format_span(given, lang)}"
    if span.precision == "year":
        return str(span.start.year)
    if span.precision == "month":
        return format_day(span.start, lang, "yMMMM")
    end = format_day(span.end, lang)
    if span.start == span.end:
        return end
    if span.start.year != span.end.year:
        return f"{format_day(span.start, lang)} – {end}"
    if span.start.month != span.end.month:
        return f"{format_day(span.start, lang, 'd MMMM')} – {end}"
    return f"{span.start.day}–{end}"


_ENGLISH = {"d MMMM y": "{day} {month} {year}", "d MMMM": "{day} {month}", "yMMMM": "{month} {year}"}


@lru_cache(maxsize=4096)
def format_day(day: date, lang: str = "en", pattern: str = "d MMMM y") -> str:
    """Return a day as papers print it, or its day and month, or month and year, in the order of the language."""
    if lang in ("en", "en_GB"):  # what Babel gives, without the time it takes to load
        return _ENGLISH[pattern].format(day=day.day, month=_MONTHS[day.month - 1].capitalize(), year=day.year)
    from babel.dates import format_date, format_skeleton

    if pattern == "yMMMM":
        return format_skeleton(pattern, day, locale=lang).replace(",", "")
    return format_date(day, pattern, locale=lang)


def sort_key(span: Span | None) -> tuple[bool, date, date]:
    """Return what orders dates: by first and last day; undated ones stand before all others."""
    if span is None or span.start is None or span.end is None:
        return (False, date.min, date.min)
    return (True, span.start, span.end)
