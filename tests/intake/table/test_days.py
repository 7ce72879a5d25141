"""Dates of a register's column: settled by the cell, by the column, by the register, or by nobody."""

from __future__ import annotations

import pytest

from briefing.dates import parse_span
from briefing.intake.table.days import NoDate, column
from briefing.intake.table.period import period_in, period_typed

YEAR = period_in("Ministers' meetings, January to December 2014", "its title")


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ("April 2012", "April 2012"),
        ("August, 2010 ", "August, 2010"),
        ("May 2010,", "May 2010"),
        ("Jul-2011", "Jul-2011"),
        ("9-13 April 2012", "9-13 April 2012"),
        ("Oct/Nov/Dec 2011", "Oct/Nov/Dec 2011"),
        ("Monday 12 May 2014", "12 May 2014"),
        ("28/05/2014", "28 May 2014"),
        ("05/28/2014", "28 May 2014"),
        ("05.05.2014", "5 May 2014"),
        ("2014/5/12", "2014-05-12"),
        ("2014-05-12 10:30:00", "2014-05-12"),
        ("12-May-2014", "12 May 2014"),
    ],
)
def test_a_cell_that_can_be_read_in_one_way_needs_nothing_else(cell: str, when: str) -> None:
    day = column([cell], None).read(cell)

    assert (day.when, day.notes) == (when, ())
    assert parse_span(day.when).start is not None


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("April", "2014-04-01", "2014-04-30"),
        ("Sept", "2014-09-01", "2014-09-30"),
        ("9-13 April", "2014-04-09", "2014-04-13"),
        ("12 May", "2014-05-12", "2014-05-12"),
        ("Apr/Jun", "2014-04-01", "2014-06-30"),
        ("Jan/Feb/Mar", "2014-01-01", "2014-03-31"),
    ],
)
def test_a_year_that_is_missing_is_the_registers_and_marked_as_inferred(cell: str, start: str, end: str) -> None:
    day = column([cell], YEAR).read(cell)

    span = parse_span(day.when)
    assert (f"{span.start}", f"{span.end}", span.year_inferred) == (start, end, True)
    assert day.notes == ("the year is that of its title",)


def test_without_a_period_a_month_has_no_year_and_says_what_to_give() -> None:
    with pytest.raises(NoDate, match="“April” has no year; give the register's period"):
        column(["April"], None).read("April")


def test_a_month_outside_the_period_is_not_taken() -> None:
    quarter = period_in("Jan-Mar 2014", "its title")

    with pytest.raises(NoDate, match="“July” is not in the register's period"):
        column(["July"], quarter).read("July")


def test_rows_that_have_a_year_give_it_to_those_that_have_none_where_it_is_one() -> None:
    assert column(["May 2011", "June"], None).read("June").when == "June [2011]"
    with pytest.raises(NoDate):
        column(["May 2011", "May 2012", "June"], None).read("June")


def test_day_and_month_are_told_apart_by_another_cell_of_the_column_and_never_by_guess() -> None:
    british = column(["03/04/2014", "28/05/2014"], None).read("03/04/2014")
    american = column(["03/04/2014", "05/28/2014"], None).read("03/04/2014")

    assert (british.when, british.notes) == ("3 April 2014", ("day first, as “28/05/2014” shows",))
    assert (american.when, american.notes) == ("4 March 2014", ("month first, as “05/28/2014” shows",))
    for cells in (["03/04/2014"], ["03/04/2014", "28/05/2014", "05/28/2014"]):
        with pytest.raises(NoDate, match="day and month cannot be told apart; --day-first or --month-first"):
            column(cells, None).read("03/04/2014")
    assert column(["03/04/2014"], None, day_first=True).read("03/04/2014").when == "3 April 2014"


def test_a_number_behind_a_month_is_a_year_by_the_period_or_by_the_column() -> None:
    assert column(["Jan-14"], YEAR).read("Jan-14").when == "January 2014"
    many = column(["Jan-14", "Feb-14", "Mar-14"], None).read("Jan-14")
    assert (many.when, many.notes) == ("January [2014]", ("“Jan-14” read as a month and a year",))
    with pytest.raises(NoDate, match="may be a day or a year"):
        column(["Jan-14"], None).read("Jan-14")
    with pytest.raises(NoDate, match="may be a day or a year"):
        column(["Jan-14", "Feb-03", "Mar-28"], None).read("Jan-14")


def test_a_spreadsheets_day_number_is_a_day_and_said() -> None:
    day = column(["41771"], None).read("41771")

    assert day.when == "12 May 2014"
    assert "a spreadsheet's day number, 41771" in day.notes[0]


def test_a_column_of_firsts_of_months_is_one_of_months() -> None:
    months = column(["2014-01-01", "2014-02-01", "2014-03-01"], None)

    assert months.read("2014-02-01").when == "February 2014"
    assert column(["2014-01-01", "2014-02-11", "2014-03-01"], None).read("2014-01-01").when == "2014-01-01"


@pytest.mark.parametrize("cell", ["Marc", "soon", "*", ".", "31/02/2014", "2014", "12/13/14/15", "40/05/2014", "=1+1"])
def test_what_is_no_date_is_refused_or_a_year(cell: str) -> None:
    shared = column([cell], YEAR)
    if cell == "2014":
        assert shared.read(cell).when == "2014"
    else:
        with pytest.raises(NoDate):
            shared.read(cell)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("CO_meetings_jan_mar_14.csv", "2014-01", "2014-03"),
        ("comeetingsaprjun13.csv", "2013-04", "2013-06"),
        ("comeetingsjulsept13__2_.csv", "2013-07", "2013-09"),
        ("co-meetings-aug-sept-2010.csv", "2010-08", "2010-09"),
        ("comeetingsjulyesept2011.csv", "2011-01", "2011-12"),
        ("Meetings, October 2013 to January 2014", "2013-10", "2014-01"),
    ],
)
def test_a_name_gives_a_period(name: str, first: str, last: str) -> None:
    found = period_in(name, "its name")

    assert found is not None
    assert (f"{found.start:%Y-%m}", f"{found.end:%Y-%m}") == (first, last)


@pytest.mark.parametrize("name", ["dpmmeetingsjanmar.csv", "pm-meetings_0_0.csv", "summary.csv", "2012 and 2013.csv"])
def test_a_name_without_one_year_gives_none(name: str) -> None:
    assert period_in(name, "its name") is None


def test_a_period_is_typed_as_people_write_it() -> None:
    for typed, first, last in (("2013", "2013-01", "2013-12"), ("May 2013", "2013-05", "2013-05"),
                               ("January to March 2014", "2014-01", "2014-03")):  # fmt: skip
        found = period_typed(typed)
        assert found is not None
        assert (f"{found.start:%Y-%m}", f"{found.end:%Y-%m}") == (first, last)
    assert period_typed("last spring") is None
