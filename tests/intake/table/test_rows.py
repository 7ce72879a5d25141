"""Rows of a sheet: which are meetings, which are not and why; and that every one of them is counted."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.incoming import Arrivals
from briefing.intake.table import Asked, find, open_table, read_tables
from briefing.intake.table.mapping import read_mapping
from briefing.items import Item

MAPPING = read_mapping(
    """
register = "r"
"fill down" = ["ours", "when"]
[columns]
ours = "Minister"
when = "Date"
agency = "Organisation"
title = "Purpose"
[always]
content = "not known"
[otherwise]
title = "Meeting with {agency}"
""",
    "r.toml",
)
HEAD = "Minister,Date,Organisation,Purpose\n"


def read(text: str) -> Arrivals:
    found, lost = find([("r.csv", sheet) for sheet in open_table(text.encode(), "r.csv")], [MAPPING])
    assert not lost
    return read_tables(found, Asked())


def kinds(text: str) -> list[tuple[int | None, str]]:
    arrivals = read(text)
    rows = [(one.place.line, "entry") for one in arrivals.entries] + [(one.place.line, one.kind) for one in arrivals.left]
    (sheet,) = open_table(text.encode(), "r.csv")
    assert sorted(line or 0 for line, _ in rows) == [row.line for row in sheet.rows]
    return sorted(rows, key=lambda one: one[0] or 0)


def who(item: Item, key: str) -> Sequence[str]:
    return [*(one.text for one in item.texts(key)), *(one.text("name") or "" for one in item.items(key))]


def test_every_row_is_counted_once() -> None:
    assert kinds(
        "Meetings of ministers 2014,,,\n,,,\n" + HEAD + "Nick Hurd MP,May 2014,BT,Tax\n,,CBI,\n,nil return,,\nTotal,,2,\n" + HEAD
        + "Ann Lee MP,Marc,BT,Pay\n,,,\n* not with other departments,,,\n"
    ) == [
        (1, "title"), (2, "blank"), (3, "header"), (4, "entry"), (5, "continued"), (6, "nil return"), (7, "total"),
        (8, "header"), (9, "problem"), (10, "blank"), (11, "note"),
    ]  # fmt: skip


def test_blank_cells_are_as_those_above_and_a_name_alone_is_for_the_rows_below() -> None:
    arrivals = read(HEAD + "Nick Hurd MP,May 2014,BT,Tax\n,June 2014,CBI,Pay\nAnn Lee MP,,,\n,July 2014,TUC,Pay\n")

    assert [who(one.item, "ours") for one in arrivals.entries] == [["Nick Hurd"], ["Nick Hurd"], ["Ann Lee"]]


def test_a_date_is_that_of_the_row_above_only_where_its_neighbours_are_blank_too_and_it_is_said() -> None:
    arrivals = read(HEAD + "Nick Hurd MP,May 2014,BT,Tax\n,,CBI,Pay\nAnn Lee MP,,TUC,Pay\n")

    assert [(one.item.text("when"), one.notes) for one in arrivals.entries] == [
        ("May 2014", ()), ("May 2014", ("the date is that of the row above",)),
    ]  # fmt: skip
    assert [(one.place.line, one.why) for one in arrivals.left if one.kind == "problem"] == [(4, "the date is empty")]


def test_a_row_with_an_organisation_alone_goes_on_with_the_one_above_and_not_over_a_blank_one() -> None:
    arrivals = read(HEAD + "Nick Hurd MP,May 2014,BT,Tax\nNick Hurd MP,,CBI,\n,,,\n,,TUC,\n")

    assert [who(one.item, "agency") for one in arrivals.entries] == [["BT", "CBI"], ["TUC"]]
    assert arrivals.entries[1].item.text("meeting") == "Meeting with TUC"


def test_a_row_above_that_could_not_be_read_takes_none_of_what_goes_on_with_it() -> None:
    assert kinds(HEAD + "Nick Hurd MP,May 2014,BT,Tax\nNick Hurd MP,Marc,CBI,Pay\nNick Hurd MP,,TUC,\n")[2:] == [
        (3, "problem"), (4, "problem"),
    ]  # fmt: skip


def test_the_key_of_a_row_is_who_of_ours_the_month_and_who_was_met() -> None:
    one, other, later = (
        read(HEAD + f'"{minister}",{when},BT,{purpose}\n').entries[0].origin
        for minister, when, purpose in (
            ("Nick Hurd MP", "May 2014", "Taks"), ("Minister, The Rt Hon Nick Hurd MP", "12 May 2014", "Tax"),
            ("Nick Hurd MP", "June 2014", "Tax"),
        )
    )  # fmt: skip

    assert one == other == "row:r:nick-hurd:2014-05:bt"
    assert later == "row:r:nick-hurd:2014-06:bt"


def test_lines_of_a_cell_count_for_the_places_of_the_rows_below() -> None:
    arrivals = read(HEAD + 'Nick Hurd MP,May 2014,"BT\nCBI",Tax\nAnn Lee MP,May 2014,TUC,Pay\n')

    assert [one.place.line for one in arrivals.entries] == [2, 4]
    assert who(arrivals.entries[0].item, "agency") == ["BT", "CBI"]
