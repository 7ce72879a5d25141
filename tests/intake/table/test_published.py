"""Registers as others published them: rows compared by hand, and messy files as their own expected JSON says."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest

from briefing.errors import BriefingError
from briefing.incoming import Arrivals
from briefing.intake.table import Asked, find, open_table, read_tables
from briefing.intake.table.mapping import read_mapping
from briefing.items import Item
from briefing.resources import register_mappings

DATA = Path(__file__).parents[4] / "shared/data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data is not here")
MAPPINGS = [read_mapping(path.read_text(encoding="utf-8"), path.name) for path in register_mappings()]


def arrivals(name: str, *, lines: int | None = None) -> Arrivals:
    path = DATA / name
    data = b"".join(path.read_bytes().splitlines(keepends=True)[:lines])
    found, lost = find([(path.name, sheet) for sheet in open_table(data, path.name)], MAPPINGS)
    assert not lost
    return read_tables(found, Asked())


def told(item: Item) -> tuple[str, ...]:
    ours = item.items("ours")[0]
    met = [one.text for key in ("agency", "with") for one in item.texts(key)]
    return (ours.text("name") or "", item.text("when") or "", "; ".join(met), item.text("meeting") or "")


@pytest.mark.parametrize(
    ("file", "line", "row"),
    [
        ("CO_meetings_jan_mar_14.csv", 2,  # a footnote mark in the header; “Jan-14”
         ("Francis Maude", "January 2014", "Big Society Capital", "Introductory Meeting")),
        ("PM_meetings_jan_mar_14.csv", 5,  # months without a year; the minister stands three rows above
         ("David Cameron", "January [2014]", "“Sir V S and Lady Naipaul, Geordie Greig (Mail on Sunday)”", "General discussion")),
        ("bmsmeetingsmedia.csv", 2,  # six empty columns behind the header
         ("Lord Strathclyde", "April 2011", "Conservative Friends of Israel", "To discuss the Police Reform Bill")),
        ("co-meetings-aug-sept-2010.csv", 3,  # “External Organisation”; “August, 2010 ”
         ("Francis Maude", "August, 2010", "Cyberpac", "Introductory meeting")),
        ("comeetingsaprjun2011.csv", 2,  # two empty columns behind the header
         ("Francis Maude", "April 2011", "CBI", "Introductory")),
        ("dpmmeetingsaprjun2011.csv", 12,  # one empty column behind it; the date is that of the row above
         ("Nick Clegg", "May 2011", "NHS Confederation", "Listening exercise – NHS reform")),
        ("bmmeetingsoctdec2011.csv", 2, ("George Young", "Oct/Nov/Dec [2011]", "IPSA", "General discussions")),
        ("bmmeetingsjulsep2013.csv", 13,
         ("Tom Brake", "September [2013]", "Guide Dogs; Prostate Cancer UK; Campaign for Better Transport", "")),
        ("pmmeetings-oct-dec2011.csv", 3, ("David Cameron", "October [2011]", "“Mark Thompson, BBC”", "Meeting with Mark Thompson, BBC")),
    ],
)  # fmt: skip
def test_a_published_row_is_the_meeting_that_it_says(file: str, line: int, row: tuple[str, ...]) -> None:
    (entry,) = (one for one in arrivals(f"uk-ministers-meetings/{file}").entries if one.place.line == line)

    assert tuple(part for part, wanted in zip(told(entry.item), row, strict=True) if wanted) == tuple(filter(None, row))


@pytest.mark.parametrize(
    ("file", "entries", "left"),
    [
        ("leaders-whips-meetings.csv", 6, {"header": 1, "nil return": 5, "blank": 3, "note": 2}),
        ("co-meetings-oct-dec-2010.csv", 95, {"header": 1, "blank": 2, "continued": 67, "note": 2}),
        ("CO_meetings_jan_mar_14.csv", 224, {"header": 1, "problem": 1, "note": 1, "blank": 124}),
    ],
)
def test_every_row_of_a_published_file_is_accounted_for(file: str, entries: int, left: dict[str, int]) -> None:
    found = arrivals(f"uk-ministers-meetings/{file}")

    kinds = [one.kind for one in found.left]
    assert (len(found.entries), {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}) == (entries, left)


def test_a_trip_of_a_published_list_is_a_visit_and_what_is_said_of_it_a_report() -> None:
    visit, report = arrivals("us-state-travels/travels_flat.csv", lines=2).entries

    assert (visit.origin, report.origin) == ("row:us-travels:3290", "row:us-travels:3290:report")
    assert [visit.item.text(key) for key in ("visit", "principal", "when", "where", "country")] == [
        "Dean Gooderham Acheson in France", "Dean Gooderham Acheson", "1949-05-20 to 1949-06-20", "Paris", "France",
    ]  # fmt: skip
    assert report.item.items("points")[0].text("say") == "Attended 6th Session of the Council of Foreign Ministers."


@pytest.mark.parametrize("name", sorted(path.stem for path in (DATA / "csv-messy/csv-spectrum/csvs").glob("*.csv")))
def test_cells_are_as_the_spectrum_of_csv_expects_them(name: str) -> None:
    folder = DATA / "csv-messy/csv-spectrum"
    (sheet,) = open_table((folder / f"csvs/{name}.csv").read_bytes(), name)

    head, *rows = (row.cells for row in sheet.rows)
    assert [dict(zip(head, cells, strict=True)) for cells in rows] == json.loads((folder / f"json/{name}.json").read_text())


@pytest.mark.parametrize(
    "path", sorted((DATA / "csv-messy/messytables_horror").glob("*")), ids=lambda path: path.name
)
def test_a_horror_is_read_or_refused_and_a_mapping_guessed_for_it_or_not(path: Path) -> None:
    from briefing.intake.table.guess import guess

    with suppress(BriefingError):  # refused with a reason, as a file without heads of columns is
        for sheet in open_table(path.read_bytes(), path.name):
            mapping = read_mapping(guess(sheet, path.name)[0], "guessed.toml")
            found, _ = find([(path.name, sheet)], [mapping])
            taken = read_tables(found, Asked())
            rows = {one.place.line for one in (*taken.entries, *taken.left)}
            assert not found or rows == {row.line for row in sheet.rows}
