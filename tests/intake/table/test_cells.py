"""Files become rows of text: encodings, delimiters, quotation marks, bounds; workbooks with values only."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from briefing.errors import CannotOpen
from briefing.intake.table import open_table
from briefing.intake.table.cells import Sheet, plain


def cells(data: bytes) -> list[tuple[str, ...]]:
    (sheet,) = open_table(data, "r.csv")
    return [row.cells for row in sheet.rows]


@pytest.mark.parametrize(
    ("encoding", "remark"),
    [("utf-8", ()), ("utf-8-sig", ()), ("utf-16", ("read as UTF-16",)), ("utf-16-le", ("read as UTF-16, by its bytes",)),
     ("cp1252", ("read as Windows-1252, by its bytes",))],
)  # fmt: skip
def test_an_encoding_is_found_by_evidence_and_said(encoding: str, remark: tuple[str, ...]) -> None:
    (sheet,) = open_table("Minister,Purpose\nMaude,Café – talks\n".encode(encoding), "r.csv")

    assert sheet.rows[1].cells == ("Maude", "Café – talks")
    assert sheet.remarks == remark


@pytest.mark.parametrize(("sign", "called"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_a_delimiter_is_the_one_that_cuts_rows_alike(sign: str, called: str) -> None:
    text = "\n".join(sign.join(row) for row in (("date", "place, town"), ("1 May", "Bonn, old"), ("2 May", "Rome")))

    (sheet,) = open_table(text.encode(), "r.csv")

    assert [row.cells for row in sheet.rows] == [("date", "place, town"), ("1 May", "Bonn, old"), ("2 May", "Rome")]
    assert sheet.remarks == (f"cells are set apart by {called}",)


def test_lines_in_quotation_marks_are_one_cell_and_places_count_lines() -> None:
    (sheet,) = open_table(b'a,b\r\n"one\r\ntwo","say ""x"""\r\n3,4\r\n', "r.csv")

    assert [(row.line, row.cells) for row in sheet.rows] == [
        (1, ("a", "b")), (2, ("one\r\ntwo", 'say "x"')), (4, ("3", "4")),
    ]  # fmt: skip
    assert plain("one\r\ntwo") == "one\ntwo"


def test_a_formula_is_text() -> None:
    assert cells(b"a,b\n=1+1,@SUM(A1)\n")[1] == ("=1+1", "@SUM(A1)")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b'a,b\n1,"open\n2,3\n4,5\n', "a quotation mark is not closed"),
        (b"a," + b"x" * 200_000, "a cell is longer than 131,072 signs"),
        (b"," * 600 + b"\n", "more than 200,000 rows or 500 columns"),
        (b"a,b\n\x00\x01,2\n", "NUL"),
        (b"a,b\n\xc3\xa9,\xe9\n", "it is not UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "older Excel"),
        (b"PK\x03\x04" + b"0" * 100, "damaged ZIP"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, what: str) -> None:
    with pytest.raises(CannotOpen) as refusal:
        open_table(data, "r.csv")

    assert what in str(refusal.value)
    assert refusal.value.problems[0].place.file == "r.csv"


def book(path: Path, fill: Callable[[xlsxwriter.Workbook], None]) -> tuple[Sheet, ...]:
    with xlsxwriter.Workbook(path) as made:
        fill(made)
    return open_table(path.read_bytes(), path.name)


def test_a_workbook_gives_its_values_and_no_formula_is_computed(tmp_path: Path) -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet("Meetings")
        sheet.write_row(1, 0, ["Date", "Number", "Sum"])
        sheet.write_datetime(2, 0, date(2014, 5, 12), made.add_format({"num_format": "d mmm yyyy"}))
        sheet.write_number(2, 1, 41771)
        sheet.write_formula(2, 2, "=1+1", None, 7)
        made.add_worksheet("Empty")
        made.add_worksheet("Hidden").hide()

    (sheet,) = book(tmp_path / "r.xlsx", fill)

    assert (sheet.name, [row.line for row in sheet.rows]) == ("Meetings", [1, 2, 3])
    assert [row.cells for row in sheet.rows[1:]] == [("Date", "Number", "Sum"), ("2014-05-12", "41771", "7")]


def test_a_bomb_in_a_workbook_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    book(tmp_path / "r.xlsx", lambda made: made.add_worksheet("a").write(0, 0, "x") and None)
    with zipfile.ZipFile(tmp_path / "r.xlsx") as before:
        parts = {name: before.read(name) for name in before.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b" " * 90_000_000
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name, data in parts.items():
            after.writestr(name, data)
    assert len(out.getvalue()) < 200_000

    with pytest.raises(CannotOpen, match="unpacks to more than"):
        open_table(out.getvalue(), "r.xlsx")


def test_a_sheet_is_chosen_by_name_and_one_that_there_is_not_is_refused(tmp_path: Path) -> None:
    def fill(made: xlsxwriter.Workbook) -> None:
        for name in ("One", "Two"):
            made.add_worksheet(name).write(0, 0, name)

    book(tmp_path / "r.xlsx", fill)
    data = (tmp_path / "r.xlsx").read_bytes()

    assert [one.name for one in open_table(data, "r.xlsx", sheet="Two")] == ["Two"]
    with pytest.raises(CannotOpen, match="no sheet “Three”") as refusal:
        open_table(data, "r.xlsx", sheet="Three")
    assert refusal.value.problems[0].hint == "its sheets: One, Two"
