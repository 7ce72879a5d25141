"""XLSX → sheets. Values only: no formula is computed, no link followed. Read in a process of its own, bounded."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from briefing.confined import Bounds, Guest, confined
from briefing.errors import OutputFailed
from briefing.intake.opening.opened import CannotRead
from briefing.intake.opening.zipped import Archive
from briefing.intake.table.cells import MAX_COLUMNS, MAX_ROWS, Row, Sheet

BOUNDS = Bounds(seconds=20, memory=1 << 30)
MAX_UNPACKED = 400_000_000
"""Bytes that all parts of a workbook together may unpack to; each is held to its own bound besides."""
_GUEST = Guest(
    what="the workbook",
    process_for="a workbook of others",
    failed="the workbook cannot be read",
    hint="save the sheet as CSV",
    elsewhere="save the sheet as CSV, or read it on Linux or macOS",
)
READ, REFUSED = b"r", b"x"


def read_workbook(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that can be seen and hold anything.

    Raises `CannotRead` for a file that is no workbook, is damaged or locked, or unpacks without measure.
    """
    _bounded(data)
    try:
        answer = confined(read_apart, data, loading=__name__, bounds=BOUNDS, guest=_GUEST)
    except OutputFailed as fault:
        raise CannotRead(fault.message, fault.hint) from fault
    told = json.loads(answer[1:])
    if answer[:1] == REFUSED:
        raise CannotRead(told, "open it in the program that made it, and save it again")
    return tuple(Sheet(tuple(Row(n, tuple(cells)) for n, cells in enumerate(rows, 1)), name) for name, rows in told)


def _bounded(data: bytes) -> None:
    """Refuse a file that is no workbook, and one whose parts are out of measure: each is unpacked up to its bound."""
    archive = Archive(data)
    if "xl/workbook.xml" not in archive.names:
        raise CannotRead("it is a ZIP file without a workbook in it", "save the sheet as .xlsx or CSV")
    unpacked = 0
    for name in archive.names:
        unpacked += len(archive.read(name))
        if unpacked > MAX_UNPACKED:
            raise CannotRead(f"it unpacks to more than {MAX_UNPACKED} bytes", "save the sheet that is needed as CSV")


def read_apart(data: bytes) -> bytes:
    """Return the sheets, or a refusal, as JSON: what is run in a process of its own."""
    from io import BytesIO

    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    sheets = []
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        for about in book.sheets_metadata:
            if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(about.name)
            if sheet.total_height > MAX_ROWS or sheet.total_width > MAX_COLUMNS:
                what = f"its sheet {about.name} has more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns"
                return REFUSED + json.dumps(what).encode()
            rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            sheets.append((about.name, rows))
    except CalamineError as fault:
        return REFUSED + json.dumps(str(fault)).encode()
    return READ + json.dumps([(name, rows) for name, rows in sheets if rows]).encode()


def _text(value: Any) -> str:
    """Return a value as text: a day as 2014-05-12, a whole number without a point."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ", "minutes")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if not isinstance(value, timedelta) else f"{value}"
