"""Rows for other programs: XLSX and CSV, in which no text can become a formula, and equal rows give equal bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any

from briefing.formula import disarmed

Cell = str | int | None
Row = Mapping[str, Cell]

SHEET_FORMATS = ("xlsx", "csv")

MARKING = "marking"
"""The column with the mark of each row."""

CELL_LIMIT = 32_767
"""UTF-16 units that a cell of a sheet can hold."""


def render_sheet(
    format_: str, columns: Sequence[str], rows: Iterable[Row], *, title: str, made_at: str, mark: str = ""
) -> bytes:
    """Return rows in a format of `SHEET_FORMATS`; `mark` is the protective mark of all of them together.

    A workbook bears it above the heads, and at the top and bottom of each printed page. CSV has no place but the
    rows: where they have no marks of their own, each bears it.
    """
    if format_ == "csv" and mark and MARKING not in columns:
        return render_csv((*columns, MARKING), ({**row, MARKING: mark} for row in rows))
    if format_ == "csv":
        return render_csv(columns, rows)
    return render_xlsx(columns, rows, title=title, made_at=made_at, mark=mark)


def render_csv(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Return rows as CSV: UTF-8 with a mark, so that spreadsheets know it, every text quoted.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, as spreadsheets
    themselves mark a text.
    """
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_STRINGS if hasattr(csv, "QUOTE_STRINGS") else csv.QUOTE_NONNUMERIC)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(["" if row[name] is None else _disarmed(row[name]) for name in columns])
    return out.getvalue().encode("utf-8-sig")


def _disarmed(value: Cell) -> Cell:
    return disarmed(value) if isinstance(value, str) else value


def _fitting(text: str) -> str:
    """Return a text as a cell can hold it; one that is cut says so at its end, and of how many characters it was."""
    units = text.encode("utf-16-le")
    if len(units) <= CELL_LIMIT * 2:
        return text
    end = f"… [cut: no cell holds its {len(text)} characters; CSV has all]"
    return units[: (CELL_LIMIT - len(end)) * 2].decode("utf-16-le", "ignore") + end


def render_xlsx(columns: Sequence[str], rows: Iterable[Row], *, title: str, made_at: str, mark: str = "") -> bytes:
    """Return rows as a sheet with a header that stays, a filter, and every text as text.

    `made_at` is ISO 8601, the time the record was last added to; it is the file's date. A `mark` stands above the
    header and on each printed page.
    """
    import xlsxwriter

    out = BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, safe) as book:
        book.set_properties({"title": title, "created": datetime.fromisoformat(made_at).astimezone(UTC)})
        sheet = book.add_worksheet(title[:31])
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "bottom": 2, "font_color": "#12304f", "valign": "top"})
        widths = [len(name) + 2 for name in columns]
        top = 1 if mark else 0
        if mark:
            _mark(sheet, mark, book.add_format({"bold": True}))
        for n, name in enumerate(columns):
            sheet.write_string(top, n, name, head)
        last = top
        for last, row in enumerate(rows, top + 1):
            for n, name in enumerate(columns):
                value = row[name]
                if isinstance(value, int):
                    sheet.write_number(last, n, value, plain)
                elif value:
                    sheet.write_string(last, n, _fitting(value), plain)
                    widths[n] = max(widths[n], min(len(value) + 2, 48))
        for n, width in enumerate(widths):
            sheet.set_column(n, n, width)
        sheet.freeze_panes(top + 1, 1)
        sheet.autofilter(top, 0, last, len(columns) - 1)
    return out.getvalue()


def _mark(sheet: Any, mark: str, bold: Any) -> None:
    """Set a mark above the heads, and at the top and bottom of each printed page."""
    sheet.write_string(0, 0, mark, bold)
    around = "&C&B" + mark.replace("&", "&&")
    sheet.set_header(around)
    sheet.set_footer(around)
