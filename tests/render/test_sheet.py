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


def test_a_text_longer_than_a_cell_is_cut_with_a_mark_and_an_empty_sheet_has_its_header() -> None:
    long = CalamineWorkbook.from_filelike(BytesIO(xlsx({"Text": "x" * 40_000, "Number": None}))).get_sheet_by_index(0).to_python()
    empty = CalamineWorkbook.from_filelike(BytesIO(xlsx())).get_sheet_by_index(0).to_python()

    assert long[1][0] == "x" * 32_766 + "…"
    assert empty == [["Text", "Number"]]
