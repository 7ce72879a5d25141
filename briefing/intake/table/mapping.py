"""How the columns of a register are read: a TOML file, kept for the next edition and found again by the header.

`[columns]` names, for each key of a draft, the heads its column may have; `[always]` what every row says;
`[otherwise]` what a row says that leaves a key empty. Texts of both may hold other keys in braces.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from briefing.errors import InvalidDraft, Place, Problem
from briefing.intake.drafts import GRAMMAR
from briefing.intake.table.cells import Row, folded

KINDS = ("meeting", "planned", "visit")
OWN = frozenset(["id", "title", "start", "end", "points", "commitments", "with title", "ours title", "visit title",
                 "visit days", "visit marking"])  # fmt: skip
"""Keys of a mapping beside those of a draft: a row's own key; the draft's first key; the two ends of `when`;
sentences; the posts of people whose names stand in a column of their own; and what a visit is called, and when it
was, so that it comes in with its meetings."""

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEYS = frozenset(["register", "source", "kind", "columns", "always", "otherwise", "optional", "fill down", "marking",
                   "exact"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mapping:
    """One register: its name in the keys of what is on record, whose record it is, and where its keys stand."""

    register: str
    kind: str
    columns: Map[str, tuple[str, ...]]
    source: str = ""
    always: Map[str, str] = field(default_factory=dict)
    otherwise: Map[str, str] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
    fill_down: frozenset[str] = frozenset()
    marking: str = ""
    exact: bool = False
    """Whether names stand as they are on record, set apart by semicolons: no post is looked for in them."""
    file: str = ""

    def fits(self, row: Row) -> dict[str, int] | None:
        """Return the column of each key under a header; None where one that is needed has none, or two could be it."""
        places: dict[str, int] = {}
        heads = [folded(cell) for cell in row.cells]
        for key, names in self.columns.items():
            found = [n for n, head in enumerate(heads) if head in {folded(name) for name in names}]
            if len(found) == 1:
                places[key] = found[0]
            elif found or key not in self.optional:
                return None
        return places or None

    @property
    def needs(self) -> int:
        """How many columns there have to be."""
        return len(self.columns.keys() - self.optional)

    def lacks(self, row: Row) -> list[str]:
        """Return the keys that are needed and have no column under a header."""
        heads = {folded(cell) for cell in row.cells}
        return [key for key, names in self.columns.items()
                if key not in self.optional and not heads & {folded(name) for name in names}]  # fmt: skip


def read_mapping(text: str, file: str) -> Mapping:
    """Return a mapping from its TOML; raise `InvalidDraft` with everything that is wrong with it."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        what, hint = f"this is not TOML: {fault}", "`--guess -o FILE` writes one"
        raise InvalidDraft([Problem(Place(file), what, hint)]) from None
    problems: list[Problem] = []

    def wrong(what: str, hint: str) -> None:
        problems.append(Problem(Place(file, _line(text, what)), what, hint))

    for key in told.keys() - _KEYS:
        wrong(f"unknown key “{key}”", "known: " + ", ".join(sorted(_KEYS)))
    register = told.get("register")
    if not isinstance(register, str) or not _NAME.fullmatch(register):
        wrong("“register” is no name of a register", "small letters, digits and hyphens: uk-ministers")
    kind = str(told.get("kind", "meeting"))
    if kind not in KINDS:
        wrong(f"“kind” is “{kind}”", "one of: " + ", ".join(KINDS))
        kind = "meeting"
    columns = {key: _texts(value) for key, value in _table(told, "columns").items()}
    constants = {name: _table(told, name) for name in ("always", "otherwise")}
    known = keys_of(kind)
    for key in {*columns, *constants["always"], *constants["otherwise"]} - known:
        wrong(f"“{key}” is no key of a {kind}", "known: " + ", ".join(sorted(known)))
    if not columns or not all(columns.values()):
        wrong("“columns” takes a key, and the head of its column", '[columns]\n       when = "Date"')
    if problems:
        raise InvalidDraft(problems)
    rows_tell = any("notes" in given for given in (columns, *constants.values()))
    return Mapping(
        register=str(register), kind=kind, columns=columns,
        source=str(told.get("source") or "") or ("" if rows_tell else source_of(str(register))),
        always={key: str(value) for key, value in constants["always"].items()},
        otherwise={key: str(value) for key, value in constants["otherwise"].items()},
        optional=frozenset(_texts(told.get("optional", []))), fill_down=frozenset(_texts(told.get("fill down", []))),
        marking=str(told.get("marking", "")), exact=told.get("exact") is True, file=file,
    )  # fmt: skip


def source_of(register: str) -> str:
    """Return what meetings rest on whose register does not say whose it is."""
    return f"Register of meetings ({register})"


def keys_of(kind: str) -> frozenset[str]:
    """Return the keys that a column of a register may stand for."""
    return (frozenset(GRAMMAR[kind]) | OWN) - {kind, "sources", "year from"}


def _table(told: Map[str, Any], name: str) -> Map[str, Any]:
    value = told.get(name, {})
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [value]
    return tuple(one for one in given if isinstance(one, str) and one.strip())


def _line(text: str, what: str) -> int | None:
    """Return the line in which a key that is wrong stands."""
    named = re.findall("“([^”]*)”", what)[:1]
    lines = text.split("\n")
    key = re.compile(rf'\s*"?{re.escape(named[0])}"?\s*=') if named else None
    return next((n for n, line in enumerate(lines, 1) if key and key.match(line)), None)


def chosen(mappings: Sequence[Mapping], rows: Sequence[Row]) -> tuple[Mapping, int, dict[str, int]] | None:
    """Return the mapping that fits a row of the first ones best, where that header stands, and its columns."""
    found = [
        (len(places), -n, -order, mapping, n, places)
        for n, row in enumerate(rows[:HEAD_ROWS])
        for order, mapping in enumerate(mappings)
        if (places := mapping.fits(row)) is not None
    ]
    if not found:
        return None
    *_, mapping, n, places = max(found, key=lambda one: one[:3])
    return mapping, n, places


HEAD_ROWS = 40
"""Rows at the top of a sheet in which its header is looked for."""
