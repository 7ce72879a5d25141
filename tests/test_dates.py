"""Dates as officers type them, and as papers print them."""

from __future__ import annotations

from datetime import date

import pytest
from babel.dates import format_date, format_skeleton
from hypothesis import given as over
from hypothesis import strategies as st
from pydantic import ValidationError

from briefing.dates import DateProblem, Span, due_before, format_day, format_span, parse_due, parse_span, sort_key

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9999, 12, 31))


@pytest.mark.parametrize(
    ("typed", "start", "end", "precision"),
    [
        ("28 May 2025", "2025-05-28", "2025-05-28", "day"),
        ("28th may 2025", "2025-05-28", "2025-05-28", "day"),
        ("May 28, 2025", "2025-05-28", "2025-05-28", "day"),
        ("May 28 2025", "2025-05-28", "2025-05-28", "day"),
        ("2025-05-28", "2025-05-28", "2025-05-28", "day"),
        ("27-29 May 2025", "2025-05-27", "2025-05-29", "span"),
        ("27–29 May 2025", "2025-05-27", "2025-05-29", "span"),
        ("27 to 29 May 2025", "2025-05-27", "2025-05-29", "span"),
        ("May 27-29, 2025", "2025-05-27", "2025-05-29", "span"),
        ("30 May - 2 June 2025", "2025-05-30", "2025-06-02", "span"),
        ("May 30 until June 2, 2025", "2025-05-30", "2025-06-02", "span"),
        ("30 December 2025 – 2 January 2026", "2025-12-30", "2026-01-02", "span"),
        ("2025-12-30 to 2026-01-02", "2025-12-30", "2026-01-02", "span"),
        ("28-28 May 2025", "2025-05-28", "2025-05-28", "day"),
        ("Feb 2025", "2025-02-01", "2025-02-28", "month"),
        ("February 2024", "2024-02-01", "2024-02-29", "month"),
        ("2025-02", "2025-02-01", "2025-02-28", "month"),
        ("2025", "2025-01-01", "2025-12-31", "year"),
    ],
)
def test_a_date_is_read_as_it_is_typed(typed: str, start: str, end: str, precision: str) -> None:
    span = parse_span(typed)

    assert (span.start, span.end) == (date.fromisoformat(start), date.fromisoformat(end))
    assert (span.precision, span.words, span.year_inferred) == (precision, typed, False)


@pytest.mark.parametrize("typed", ["27-29 May [2025]", "28 May [2025]", "May [2025]", "[2025]", "[2025]-05-28", "May 28, [2025]"])
def test_a_year_in_brackets_is_inferred(typed: str) -> None:
    span = parse_span(typed)

    assert span.year_inferred
    assert span.start is not None
    assert span.start.year == 2025


@pytest.mark.parametrize("typed", ["soon", "in due course", "before the next round", "demain", "जल्द", "may", "March"])
def test_words_without_a_day_stay_words(typed: str) -> None:
    span = parse_span(f"  {typed}\n")

    assert (span.precision, span.start, span.end, span.words) == ("undated", None, None, typed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31 June 2025", "there is no 31 June 2025"),
        ("29 February 2025", "February 2025 has 28 days"),
        ("0 May 2025", "there is no 0 May 2025"),
        ("2025-13-01", "there is no such month"),
        ("2025-13", "there is no such month"),
        ("0000-01-01", "there is no such month or year"),
        ("28 May", "has no year"),
        ("27-29 May", "write an inferred year in brackets: 27-29 May [2025]"),
        ("5/6/2025", "cannot be told apart"),
        ("5.6.25", "cannot be told apart"),
        ("29-27 May 2025", "the last day is before the first"),
        ("30 December - 2 January 2026", "write both years"),
        ("in 3 weeks", "is no date"),
        ("Q3 2025", "is no date"),
        ("28 Mai 2025", "is no date"),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused_with_what_to_write(typed: str, said: str) -> None:
    with pytest.raises(DateProblem, match=r"(?s)^“.*\n|there is no such month or year") as problem:
        parse_span(typed)

    assert said in str(problem.value)


@over(DAYS, DAYS)
def test_two_days_printed_are_read_back_as_the_same_days(one: date, other: date) -> None:
    first, last = sorted((one, other))
    span = Span(start=first, end=last, precision="day" if first == last else "span", words="as given")

    again = parse_span(format_span(span))

    assert (again.start, again.end, again.precision) == (span.start, span.end, span.precision)


@over(st.text(max_size=40))
def test_any_words_are_a_date_or_a_problem_and_never_a_crash(typed: str) -> None:
    try:
        span = parse_span(typed or "x")
    except DateProblem:
        return
    except ValidationError:
        assert not typed.split()
        return
    assert span.words == " ".join((typed or "x").split())


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("2025-05-28", "28 May 2025"),
        ("27-29 may 2025", "27–29 May 2025"),
        ("30 May - 2 June 2025", "30 May – 2 June 2025"),
        ("2025-12-30 to 2026-01-02", "30 December 2025 – 2 January 2026"),
        ("feb 2025", "February 2025"),
        ("2025", "2025"),
        ("soon", "“soon”"),
    ],
)
def test_a_date_is_printed_no_more_exact_than_it_was_given(typed: str, printed: str) -> None:
    assert format_span(parse_span(typed)) == printed


@pytest.mark.parametrize("lang", ["en", "en_GB"])
def test_english_days_and_months_are_those_of_babel(lang: str) -> None:
    for month in range(1, 13):
        one = date(2025, month, 2 * month)
        assert format_day(one, lang) == format_date(one, "d MMMM y", locale=lang)
        assert format_day(one, lang, "d MMMM") == format_date(one, "d MMMM", locale=lang)
        assert format_day(one, lang, "yMMMM") == format_skeleton("yMMMM", one, locale=lang)


def test_a_date_is_printed_in_other_languages() -> None:
    assert format_span(parse_span("28 May 2025"), "hi") == "28 मई 2025"
    assert format_span(parse_span("May 2025"), "de") == "Mai 2025"


@pytest.mark.parametrize(
    "values",
    [
        {"precision": "day", "start": date(2025, 5, 28)},
        {"precision": "day"},
        {"precision": "undated", "start": date(2025, 5, 28), "end": date(2025, 5, 28)},
        {"precision": "span", "start": date(2025, 5, 29), "end": date(2025, 5, 27)},
        {"precision": "week", "start": date(2025, 5, 27), "end": date(2025, 5, 29)},
        {"precision": "day", "start": "2025-05-28", "end": "2025-05-28"},
    ],
)
def test_a_span_that_contradicts_itself_cannot_be_made(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Span(words="as given", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "last", "printed"),
    [
        ("before 20 June 2026", "2026-06-19", "before 20 June 2026"),
        ("Before 1 January [2027]", "2026-12-31", "before 1 January 2027"),
        ("before June 2026", "2026-05-31", "before June 2026"),
        ("20 June 2026", "2026-06-20", "20 June 2026"),
    ],
)
def test_what_is_due_before_a_day_has_the_day_before_and_is_printed_as_it_was_given(
    typed: str, last: str, printed: str
) -> None:
    span = parse_due(typed)

    assert (str(span.end), span.words, span.year_inferred) == (last, typed, "[" in typed)
    assert format_span(span) == printed


def test_before_the_summer_is_no_day_and_nothing_else_is_taken_for_before_a_day() -> None:
    assert parse_due("before the summer").precision == "undated"
    assert due_before(parse_span("19 June 2026")) is None
    assert due_before(parse_span("19 June 2026").model_copy(update={"words": "before long"})) is None


def test_dates_sort_by_first_and_last_day_and_undated_ones_come_first() -> None:
    typed = ["2026", "28 May 2025", "27-29 May 2025", "27 May 2025"]
    spans = [parse_span(one) for one in typed]

    assert [one.words for one in sorted(spans, key=sort_key)] == ["27 May 2025", "27-29 May 2025", "28 May 2025", "2026"]
    assert sort_key(None) == sort_key(parse_span("soon")) < sort_key(spans[0])
