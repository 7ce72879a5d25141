"""Sheets for other programs: every text stays a text, and equal rows give equal bytes."""

from __future__ import annotations

import csv
import zipfile
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from briefing.render.sheet import render_csv, render_xlsx

COLUMNS = ("Text", "Number")
FORMULAS = ["=1+1", '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "{=1}", "http://example.org", "0123"]
MADE_AT = "2026-06-30T12:00:00Z"


def xlsx(*rows: dict[str, str | int | None]) -> bytes:
    return render_xlsx(COLUMNS, rows, title="Sheet", made_at=MADE_AT)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula_or_a_link_in_a_workbook(text: str) -> None:
    data = xlsx({"Text": text, "Number": 1})

    with zipfile.ZipFile(BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "hyperlink" not in sheet
    rows = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[1] == [text, 1.0]


def test_a_writer_that_takes_formulas_would_be_seen() -> None:
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(0, 0, FORMULAS[0])

    with zipfile.ZipFile(out) as archive:
        assert "<f>" in archive.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("text", FORMULAS[:7])
def test_no_cell_of_a_csv_begins_like_a_formula(text: str) -> None:
    data = render_csv(COLUMNS, [{"Text": text, "Number": None}]).decode("utf-8-sig")

    assert list(csv.reader(StringIO(data, newline="")))[1] == [f"'{text}", ""]


def test_what_begins_no_formula_stays_as_it_is() -> None:
    data = render_csv(COLUMNS, [{"Text": "“soon”, 100 %; मिस्री\nline two", "Number": 546}]).decode("utf-8-sig")

    assert list(csv.reader(StringIO(data, newline="")))[1] == ["“soon”, 100 %; मिस्री\nline two", "546"]


def test_equal_rows_give_equal_bytes() -> None:
    assert xlsx({"Text": "a", "Number": 1}) == xlsx({"Text": "a", "Number": 1})


def test_an_empty_sheet_has_its_header() -> None:
    empty = CalamineWorkbook.from_filelike(BytesIO(xlsx())).get_sheet_by_index(0).to_python()

    assert empty == [["Text", "Number"]]


@pytest.mark.parametrize("sign", ["a", "मि", "😀"])
def test_a_text_that_no_cell_can_hold_says_that_it_is_cut_and_a_csv_has_the_whole(sign: str) -> None:
    text = sign * 33_000

    cell = CalamineWorkbook.from_filelike(BytesIO(xlsx({"Text": text, "Number": None}))).get_sheet_by_index(0).to_python()[1][0]
    assert isinstance(cell, str)
    assert len(cell.encode("utf-16-le")) // 2 <= 32_767
    assert cell.endswith(f"… [cut: no cell holds its {len(text)} characters; CSV has all]")
    assert text.startswith(cell.partition("…")[0])
    assert text in render_csv(COLUMNS, [{"Text": text, "Number": None}]).decode("utf-8-sig")


def test_a_text_that_fills_a_cell_is_whole() -> None:
    text = "a" * 32_767

    assert CalamineWorkbook.from_filelike(BytesIO(xlsx({"Text": text, "Number": None}))).get_sheet_by_index(0).to_python()[1][0] == text
