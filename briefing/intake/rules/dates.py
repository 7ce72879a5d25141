"""Dates in a text, each with its precision; a year that is not given is inferred, or is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from briefing.dates import DateProblem, Span, parse_span
from briefing.intake.rules.reading import Page
from briefing.layout import MONTHS
from briefing.passages import Extent

_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_TO = r"(?:\s*[-–—]\s*|\s+(?:to|through|until|and)\s+)"
_DATE = re.compile(
    rf"\b(?:{_MONTH}\s+{_DAY}(?:{_TO}(?:{_MONTH}\s+)?{_DAY})?(?:,?\s+\d{{4}})?"
    rf"|{_DAY}(?:\s+{_MONTH})?{_TO}{_DAY}\s+{_MONTH}(?:\s+\d{{4}})?"
    rf"|{_DAY}\s+{_MONTH}(?:\s+\d{{4}})?"
    rf"|{_MONTH}\s+\d{{4}})(?!\w)"
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RELATIVE = re.compile(
    r"\b(?:(today|this (?:morning|afternoon|evening)|tonight)|(yesterday)|on (" + "|".join(_WEEKDAYS) + r"))\b",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"\b(?:soon|shortly|in the (?:coming|near|next) (?:days|weeks|months|year|future)|later this (?:week|month|year)|"
    r"next (?:week|month|year)|by the end of (?:the|this) (?:month|year)|in due course|before the end of the year)\b",
    re.IGNORECASE,
)

_LEAD = re.compile(
    r"[,\s]+(on or before|no later than|not later than|by the end of|at the end of|ahead of|prior to|by|on|in|before|"
    r"until|during|of|since|from|dated)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""What stands in front of a date, and tells whether something is due then."""
_NOT_DUE = frozenset(["of", "since", "from", "dated"])
_BEFORE = frozenset(["before", "ahead of", "prior to"])
_IN_MONTH = re.compile(
    rf"\b(?:in|by|before|until|during|by the end of|at the end of|ahead of) (?P<month>{MONTHS})\b(?! \d)"
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a text: where it stands, and what it says in the form that drafts take; `sure` falls with inference."""

    extent: Extent
    span: Span
    sure: int = 90
    remark: str = ""


@dataclass(frozen=True, slots=True)
class YearFrom:
    """The year that dates without one are of, and the words it is taken from; None where the text gives none."""

    year: int
    extent: Extent | None
    why: str


class Dates:
    """The dates of a text, and those that stay without a year."""

    def __init__(self, page: Page, published: Span | None, dated: Extent | None = None) -> None:
        """Read the dates of a page; `published` is its own date where that is known, `dated` where it gives one."""
        self.page = page
        raw = [(match.span(), _typed(match[0])) for match in _DATE.finditer(page.flat)]
        own = next((words for at, words in raw if dated and dated[0] <= at[0] < dated[1]), "")
        if published is None and re.search(r"\d{4}", own):
            published = parse_span(own)
        self.year_from = _year_from(page, raw, published)
        self.found = [one for extent, words in raw if (one := self._dated(extent, words)) is not None]
        self.yearless = (
            [extent for extent, words in raw if not re.search(r"\d{4}", words)] if not self.year_from else []
        )
        given = self.at(dated)
        self.published = published or (given.span if given else None)

    def at(self, extent: Extent | None) -> Dated | None:
        """Return the date that is written at a place of the text."""
        return next(
            (one for one in self.found if extent and extent[0] <= one.extent[0] and one.extent[1] <= extent[1]), None
        )

    def within(self, extent: Extent) -> Dated | None:
        """Return the first date at a place of the text; today and days of the week count from its own date."""
        return self.at(extent) or self._relative(extent)

    def _dated(self, extent: Extent, words: str) -> Dated | None:
        inferred = not re.search(r"\d{4}", words)
        if inferred and self.year_from is None:
            return None
        try:
            span = parse_span(f"{words} [{self.year_from.year}]" if inferred and self.year_from else words)
        except DateProblem:
            return None
        why = f"the year is inferred from {self.year_from.why}" if inferred and self.year_from else ""
        return Dated(extent, span, sure=65 if inferred else 90, remark=why)

    def month(self, match: re.Match[str]) -> Dated | None:
        """Return a month that is named without a year."""
        return self._dated(match.span("month"), match["month"])

    def _relative(self, extent: Extent) -> Dated | None:
        match = _RELATIVE.search(self.page.flat, *extent)
        day = self.published.start if self.published and self.published.precision == "day" else None
        if match is None or day is None:
            return None
        if match[2]:
            day -= timedelta(days=1)
        elif match[3]:
            day -= timedelta(days=(day.weekday() - _WEEKDAYS.index(match[3].lower())) % 7)
        inferred = bool(self.published and self.published.year_inferred)
        words = _written(day, inferred=inferred)
        return Dated(match.span(), parse_span(words), sure=75, remark=f"“{match[0]}” counted from the date of the text")


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, as drafts take it, and where the words for it stand."""

    words: str
    extent: Extent


def due_in(page: Page, extent: Extent, dates: Dates) -> Due | None:
    """Return when something is due, as a sentence says it: a date, a month, or "soon"; None where it says nothing."""
    if match := _SOON.search(page.flat, *extent):
        return Due(match[0], match.span())
    written = [one for one in dates.found if extent[0] <= one.extent[0] and one.extent[1] <= extent[1]]
    written += [one for match in _IN_MONTH.finditer(page.flat, *extent) if (one := dates.month(match)) is not None]
    for one in sorted(written, key=lambda one: one.extent, reverse=True):
        lead = _LEAD.search(page.flat, extent[0], one.extent[0])
        word = " ".join(lead[1].lower().split()) if lead else ""
        if word not in _NOT_DUE:
            where = (lead.start() if lead else one.extent[0]), one.extent[1]
            due = _later(one, dates)
            return Due(f"before {due.span.words}" if word in _BEFORE else due.span.words, where)
    return None


def _later(one: Dated, dates: Dates) -> Dated:
    """Return a date of an inferred year that is not before the text's own: what is due in January is due next year."""
    own = dates.published.start if dates.published else None
    if own is None or one.span.end is None or not one.span.year_inferred or one.span.end >= own:
        return one
    words = re.sub(r"\[\d{4}\]", f"[{own.year + 1}]", one.span.words)
    try:
        return replace(one, span=parse_span(words))
    except DateProblem:  # 29 February
        return one


def _written(day: date, *, inferred: bool) -> str:
    return f"{day.day} {day:%B} " + (f"[{day.year}]" if inferred else f"{day.year}")


def _typed(words: str) -> str:
    """Return a date as drafts take it: one word for "to", short months without a full stop."""
    plain = re.sub(r"\s+(?:through|and|until)\s+", " to ", " ".join(words.split()))
    return re.sub(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)t?\.?(?=\s|$)", r"\1", plain)


def _year_from(page: Page, raw: list[tuple[Extent, str]], published: Span | None) -> YearFrom | None:
    """Return the year for dates without one: of the text's own date, else the only year that stands in it."""
    if published is not None and published.start is not None and not published.year_inferred:
        return YearFrom(published.start.year, None, "the date of the text")
    years = dict(_years(page, raw))
    if len(years) != 1:
        return None
    ((year, extent),) = years.items()
    return YearFrom(year, extent, f"“{page.said(extent)}”, the only year in the text")


def _years(page: Page, raw: list[tuple[Extent, str]]) -> Iterator[tuple[int, Extent]]:
    """Yield the years of a text with the date that each stands in, or by themselves."""
    for match in reversed(list(re.finditer(r"(?<![\d.,$/-])(?:19|20)\d{2}(?![\d,/%-])", page.flat))):
        inside = next((extent for extent, _ in raw if extent[0] <= match.start() < extent[1]), match.span())
        yield int(match[0]), inside
