"""A mapping proposed for a register that none is known of: by the heads of its columns, and by what stands in them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.errors import CannotOpen, Place
from briefing.intake.table.cells import Row, Sheet, filled, folded, plain
from briefing.intake.table.days import NoDate, column
from briefing.intake.table.mapping import HEAD_ROWS, source_of
from briefing.intake.table.period import period_typed, without_period
from briefing.intake.table.posts import holder
from briefing.names import slug

_WORDS: tuple[tuple[str, str], ...] = (
    ("id", r"id|ref(?:erence)?(?: no\.?)?|key|no\.?|number"),
    ("start", r"start.*|from|arriv.*|begin.*|date from|first day"),
    ("end", r"end.*|to|until|depart.*|date to|last day"),
    ("when", r".*\bdates?\b.*|when|day|month"),
    ("ours", r".*\b(?:minister|official|secretary of state|our side|ours|member|principal|post holder)s?\b.*"),
    ("agency", r".*\b(?:organi[sz]ations?|compan(?:y|ies)|bod(?:y|ies)|agenc(?:y|ies)|institutions?|who met)\b.*"),
    ("with", r".*\b(?:individuals?|persons?|attendees|participants|counterparts?|visitor|with|guests?)\b.*"),
    ("country", r".*\b(?:country|state|nation)\b.*"),
    ("where", r".*\b(?:place|location|where|city|venue|locale)\b.*"),
    ("form", r"form(?:at)?|type(?: of meeting)?"),
    ("title", r".*\b(?:purpose|subject|topic|title|reason|matters?)\b.*"),
    ("points", r".*\b(?:notes?|remarks|description|discussion|discussed|summary|outcomes?|content)\b.*"),
)
"""Key → heads that columns of it have, the most certain first."""

_FILL = ("ours", "when")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Guess:
    """One column of a register: its head, the key proposed for it (empty: none), and what speaks for that."""

    head: str
    key: str
    evidence: str


def guess(sheet: Sheet, file: str) -> tuple[str, list[Guess]]:
    """Return a mapping as TOML, and for each column what speaks for its key.

    Raises `CannotOpen` for what is no table, or none of meetings.
    """
    header = None if is_prose(sheet) else _header(sheet)
    if header is None:
        raise CannotOpen(Place(file), *NO_TABLE)
    rows = [row for row in sheet.rows if row.line > header.line and len(filled(row)) > 1]
    guesses = _guesses(header, rows)
    keys = {one.key for one in guesses}
    if not (keys & {"when", "start"} and keys & {"agency", "with", "country", "ours"}):
        what = "no column of it says when, or none says who was met"
        raise CannotOpen(Place(file, header.line), what, f"write a mapping by hand (docs/intake.md); {NO_TABLE[1]}")
    name = file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or file
    register = slug(re.sub(r"[0-9_]+", " ", name))
    source = _title_above(sheet, header) or source_of(register)
    return _toml(name, register, source, guesses, rows, header), [*guesses, Guess(source, "source", _OF_THE_SOURCE)]


NO_TABLE = ("it is no table: its lines do not have the same cells", "`briefing draft` takes a text")
_OF_THE_SOURCE = "what papers print as the source of each meeting: say there whose register it is"


def is_prose(sheet: Sheet) -> bool:
    """Tell whether lines have no width in common, as sentences with commas in them."""
    widths = Counter(len(row.cells) for row in sheet.rows if filled(row))
    width, times = max(widths.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
    return width < 2 or times * 2 < widths.total()


def _title_above(sheet: Sheet, header: Row) -> str:
    """Return the title above a header, without the months that it is of."""
    above = (plain(row.cells[at]) for row in sheet.rows if row.line < header.line for at in filled(row)[:1])
    return next((title for one in above if (title := without_period(" ".join(one.split())))), "")


def _header(sheet: Sheet) -> Row | None:
    """Return the first row of which two heads or more say what they are; else the first with two texts."""
    rows = [row for row in sheet.rows[:HEAD_ROWS] if len(filled(row)) > 1]
    named = [(sum(_key(cell) != "" for cell in row.cells), row) for row in rows]
    return next((row for n, row in named if n > 1), rows[0] if rows else None)


def _key(head: str) -> str:
    text = folded(head)
    return next((key for key, form in _WORDS if re.fullmatch(form, text)), "")


def _guesses(header: Row, rows: Sequence[Row]) -> list[Guess]:
    found: list[Guess] = []
    heads = [(n, plain(cell)) for n, cell in enumerate(header.cells) if plain(cell)]
    for n, head in heads:
        cells = [plain(row.cells[n]) for row in rows if n < len(row.cells) and plain(row.cells[n])]
        dated = _dated(cells)
        key = _key(head)
        said = f"its head; {len(cells)} of {len(rows)} rows have it, such as “{_sample(cells)}”"
        if key in {"when", "start", "end"} and not dated:
            key, said = "", "its head says a date, and hardly a cell of it is one"
        elif not key and dated and not any(_key(other) in {"when", "start"} for _, other in heads):
            key, said = "when", f"most of its cells are dates, such as “{_sample(cells)}”"
        elif key == "ours" and (named := sum(bool(holder(cell).name) for cell in cells)):
            said += f"; {named} name a person"
        if key and key in {one.key for one in found}:
            key, said = "", f"“{key}” stands in another column already"
        found.append(Guess(head, key, said))
    return found


def _dated(cells: Sequence[str]) -> bool:
    """Tell whether most cells can be read as dates, were a year given and it known whether days stand first."""
    shared = column(cells, period_typed("2000"), day_first=True)

    def reads(cell: str) -> bool:
        try:
            shared.read(cell)
        except NoDate:
            return False
        return True

    some = cells[:_SHOWN]
    return bool(some) and sum(map(reads, some)) > len(some) / 2


def _sample(cells: Sequence[str]) -> str:
    return " ".join(cells[0].split())[:_SHOWN] if cells else ""


def _toml(
    name: str, register: str, source: str, guesses: Sequence[Guess], rows: Sequence[Row], header: Row
) -> str:
    keys = {one.key: one.head for one in guesses if one.key}
    visit = "start" in keys and "agency" not in keys
    lines = [
        f"# Proposed for {name}. Look at each line, then keep the file in registers/ for the next edition.",
        "# The name of the register is in the key of each of its rows on record: do not change it later.",
        f'register = "{register}"',
        f"source = {json.dumps(source, ensure_ascii=False)}  # {_OF_THE_SOURCE}",
        f'kind = "{"visit" if visit else "meeting"}"',
    ]
    if down := [key for key in _FILL if key in keys and _has_gaps(keys[key], header, rows)]:
        lines.append(f'"fill down" = {json.dumps(down)}')
    lines += ["", "[columns]", *(_column(one, visit=visit) for one in guesses)]
    if not keys.keys() & {"agency", "with", "country"}:
        lines.append('# agency = "…"  # no head says who was met: put here the one that does, else no row can be taken')
    lines += ["", *_constants(keys, visit=visit)]
    return "\n".join(lines) + "\n"


def _column(one: Guess, *, visit: bool) -> str:
    head = json.dumps(one.head, ensure_ascii=False)
    key = {"ours": "principal", "with": "visitor"}.get(one.key, one.key) if visit else one.key
    return f"{key} = {head}  # {one.evidence}" if key else f"# {head} is not taken: {one.evidence}"


def _constants(keys: dict[str, str], *, visit: bool) -> Iterator[str]:
    if visit:
        yield from ("[always]", 'title = "{principal}{visitor} in {country}"')
        return
    if "points" not in keys:
        yield from ("[always]", 'content = "not known"', "")
    yield from ("[otherwise]", 'title = "Meeting with {agency}{with}"')


def _has_gaps(head: str, header: Row, rows: Sequence[Row]) -> bool:
    """Tell whether a column has cells left blank below ones that are not: they were merged, or meant to fill down."""
    at = next(n for n, cell in enumerate(header.cells) if plain(cell) == head)
    cells = [plain(row.cells[at]) if at < len(row.cells) else "" for row in rows]
    return any(not cell for cell in cells) and bool(cells) and bool(cells[0])
