"""A file's bytes → sheets of rows of text, each row with the line it begins in. Nothing of a cell is changed.

A cell that begins with = is text like any other: nothing is computed, and nothing is fetched. The
apostrophe that CSV files have before such a text, and before no other, is taken away.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.formula import armed
from briefing.intake.opening.opened import CannotRead
from briefing.intake.opening.plain import decoded, spoilt

MAX_ROWS = 200_000
MAX_COLUMNS = 500
_DELIMITERS = ",;\t|"
_SEEN = 200
"""Records by which the delimiter is chosen."""
_END = "\ue000end\ue000"
"""Put behind a text: where it does not come out as a row of its own, a quotation mark was not closed."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line in which it begins, from 1, and its cells as they stand."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a CSV file, or of one sheet of a workbook; `remarks` say how they were read."""

    rows: tuple[Row, ...]
    name: str = ""
    remarks: tuple[str, ...] = ()


def read_csv(data: bytes) -> Sheet:
    """Return the rows of a text of cells; encoding and delimiter are found by evidence, and said.

    Raises `CannotRead` for what is no text, for a quotation mark that is not closed, and for cells, rows
    or columns without measure.
    """
    text, encoding = decoded(data)
    delimiter = _delimiter(text)
    remarks = [f"read as {encoding}"] if encoding != "UTF-8" else []
    if delimiter != ",":
        remarks.append(f"cells are set apart by {_CALLED[delimiter]}")
    return Sheet(tuple(_rows(text, delimiter)), remarks=(*remarks, *spoilt(text)))


_CALLED = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas"}


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    begun = 1
    ended = text.endswith(("\n", "\r")) or not text
    lines = io.StringIO(text + ("" if ended else "\n") + _END, newline="")
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=delimiter != "\t")
    try:
        for n, cells in enumerate(reader):
            if cells == [_END]:
                return
            if n >= MAX_ROWS or len(cells) > MAX_COLUMNS:
                raise CannotRead(f"it has more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns", line=begun)
            if cells and cells[-1].endswith(_END):
                break
            yield Row(begun, tuple(map(armed, cells)))
            begun = reader.line_num + 1
    except csv.Error as fault:
        what = f"a cell is longer than {csv.field_size_limit():,} signs" if "limit" in str(fault) else str(fault)
        raise CannotRead(what, "is a quotation mark not closed?", line=begun) from fault
    raise CannotRead("a quotation mark is not closed: all that follows would be one cell", "close it", line=begun)


def _delimiter(text: str) -> str:
    """Return the sign that cuts records into most cells, and all of them into as many; a comma where none does."""
    start = io.StringIO(text, newline="").read(200_000)

    def score(delimiter: str) -> float:
        widths: Counter[int] = Counter()
        records = 0
        try:
            reader = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter, skipinitialspace=delimiter != "\t")
            for records, cells in enumerate(reader, 1):
                widths[len(cells)] += len(cells) > 1
                if records > _SEEN:
                    break
        except csv.Error:
            pass
        width, found = max(widths.items(), key=lambda pair: pair[1], default=(1, 0))
        return found * (width - 1) / max(records, 1)

    return max(_DELIMITERS, key=score)


def plain(cell: str) -> str:
    """Return a cell as it is taken: without the spaces around it and the signs that print nothing, in normal form C.

    Lines inside it stay: they may set names apart.
    """
    signs = "".join(one for one in cell if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cf", "Co", "Cs"})
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", signs).split("\n"))
    return "\n".join(line for line in lines if line)


def folded(header: str) -> str:
    """Return a column's head as it is looked up: no footnote marks, small letters, single spaces."""
    return " ".join(header.strip().rstrip("¹²³⁴⁵⁶⁷⁸⁹⁰*†‡§:").casefold().split())


def filled(row: Row) -> Sequence[int]:
    """Return the columns of a row that hold something."""
    return [n for n, cell in enumerate(row.cells) if plain(cell)]
