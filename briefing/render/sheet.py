"""Rows for other programs: XLSX and CSV, in which no text can become a formula, and equal rows give equal bytes."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO

from briefing.formula import disarmed

Cell = str | int | None
Row = Mapping[str, Cell]

SHEET_FORMATS = ("xlsx", "csv")

CELL_LIMIT = 32_767
"""Characters that a cell of a sheet can hold."""


def render_sheet(format_: str, columns: Sequence[str], rows: Iterable[Row], *, title: str, made_at: str) -> bytes:
    """Return rows in a format of `SHEET_FORMATS`."""
    if format_ == "csv":
        return render_csv(columns, rows)
    return render_xlsx(columns, rows, title=title, made_at=made_at)


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
    return text if len(text) <= CELL_LIMIT else f"{text[: CELL_LIMIT - 1]}…"


def render_xlsx(columns: Sequence[str], rows: Iterable[Row], *, title: str, made_at: str) -> bytes:
    """Return rows as a sheet with a header that stays, a filter, and every text as text.

    `made_at` is ISO 8601, the time the record was last added to; it is the file's date.
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
        for n, name in enumerate(columns):
            sheet.write_string(0, n, name, head)
        last = 0
        for last, row in enumerate(rows, 1):
            for n, name in enumerate(columns):
                value = row[name]
                if isinstance(value, int):
                    sheet.write_number(last, n, value, plain)
                elif value:
                    sheet.write_string(last, n, _fitting(value), plain)
                    widths[n] = max(widths[n], min(len(value) + 2, 48))
        for n, width in enumerate(widths):
            sheet.set_column(n, n, width)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(columns) - 1)
    return out.getvalue()
