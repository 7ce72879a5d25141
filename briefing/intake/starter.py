"""A list of bodies or of countries, as others publish it → entries with which a register may begin.

What the list calls a body is its name; a short name that two bodies bear is no name of either. Its parent
stands behind its name in an alias: the record has no field for it.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from briefing.errors import InvalidDraft, Place, Problem
from briefing.incoming import Arrivals, Entry, Left
from briefing.items import Item, Said
from briefing.spelling import fold_name

Values = Mapping[str, str | tuple[str, ...]]
MAX_ROWS = 20_000


class Cells(NamedTuple):
    """A row as it stands: its line, and the cells that are needed, by head."""

    line: int
    at: Mapping[str, str]


class Row(NamedTuple):
    """A row of a list: its line, its key, and the draft that it would be."""

    line: int
    key: str
    values: Values
    notes: tuple[str, ...] = ()


def us_agencies(rows: Sequence[Cells]) -> Iterator[Row]:
    """Yield agencies of a list with the heads name, short_name and parent."""
    bearers = {(fold_name(row["name"]), fold_name(row["short_name"])) for _, row in rows}
    names, shorts = {name for name, _ in bearers}, Counter(short for _, short in bearers)
    for line, row in rows:
        name, short = row["name"], row["short_name"]
        own = short if shorts[fold_name(short)] == 1 and fold_name(short) not in names else ""
        notes = (f"“{short}” is a name of others too, and left out",) if short and not own and short != name else ()
        also = [f"{name}, {row['parent']}"] if row["parent"] else []
        if found := re.fullmatch(r"(.+) Department", name):
            also.append(f"Department of {found[1]}")
        yield Row(line, name, {"agency": name, "short": own, "also": tuple(also), "side": "theirs"}, notes)


def countries(rows: Sequence[Cells]) -> Iterator[Row]:
    """Yield countries, by their code of three letters: the common name and the formal one."""
    for line, row in rows:
        name, formal = row["CLDR display name"], row["UNTERM English Formal"].removeprefix("the ")
        if row["ISO3166-1-Alpha-3"]:
            yield Row(line, row["ISO3166-1-Alpha-3"],
                      {"agency": name, "full name": formal if formal != name else "", "country": name})  # fmt: skip


READERS: dict[str, tuple[tuple[str, ...], Callable[[Sequence[Cells]], Iterator[Row]]]] = {
    "agencies": (("name", "short_name", "parent"), us_agencies),
    "countries": (("ISO3166-1-Alpha-3", "CLDR display name", "UNTERM English Formal"), countries),
}
"""Kind of list → the heads of columns that it needs, and what reads its rows."""


def read_starter(
    data: bytes, file: str, kind: str, register: str, *, known: Callable[[str, str], str | None], country: str = ""
) -> Arrivals:
    """Return the entries of a list under the keys `row:REGISTER:KEY`.

    `known` tells by key and name which entry on record has a row's name and was not made from it: such a
    row is left, for what an officer put there is not renamed. Raises `InvalidDraft` where the file is no
    such list.
    """
    heads, reader = READERS[kind]
    entries: list[Entry] = []
    left: list[Left] = []
    seen: dict[str, int] = {}
    for row in reader(_rows(data, file, heads)):
        place, name, origin = Place(file, row.line), str(row.values["agency"]), f"row:{register}:{row.key}"
        first = seen.setdefault(fold_name(name), place.line or 0)
        if not name or first != place.line:
            left.append(Left(place, f"line {first} has this name too" if name else "no name", name or row.key))
        elif id_ := known(origin, name):
            left.append(Left(place, f"on the register already, as {id_}", name, "on the register"))
        else:
            values = {"country": country, **row.values}
            said = {key: _said(value, place) for key, value in values.items() if value}
            entries.append(Entry(Item("agency", place, said), origin, row.notes))
    return Arrivals(tuple(entries), tuple(left), covers=lambda one: one.event.origin.startswith(f"row:{register}:"))


def _said(value: str | tuple[str, ...], place: Place) -> Said | tuple[Said, ...]:
    return Said(value, place) if isinstance(value, str) else tuple(Said(one, place) for one in value)


def _rows(data: bytes, file: str, heads: tuple[str, ...]) -> list[Cells]:
    """Return the rows of a CSV file by the heads that are needed, single spaces throughout."""

    def wrong(line: int, what: str, hint: str = "") -> InvalidDraft:
        return InvalidDraft([Problem(Place(file, line), what, hint)])

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise wrong(1, f"byte {fault.start} is not UTF-8", "save it as CSV in UTF-8") from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    rows: list[Cells] = []
    try:
        if missing := [head for head in heads if head not in (reader.fieldnames or ())]:
            raise wrong(1, f"no column “{missing[0]}”", "needed: " + ", ".join(heads))
        for row in reader:
            if len(rows) == MAX_ROWS:
                raise wrong(reader.line_num, f"it has more than {MAX_ROWS:,} rows")
            rows.append(Cells(reader.line_num, {head: " ".join((row[head] or "").split()) for head in heads}))
    except csv.Error as fault:
        raise wrong(reader.line_num, f"it cannot be read as CSV: {fault}") from None
    return rows
