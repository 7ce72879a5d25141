"""`briefing search`: what is on record with these words, as it reads now."""

from __future__ import annotations

import json as json_
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.cli.reading import reading
from briefing.cli.workspace import Json, Workspace

if TYPE_CHECKING:
    import sqlite3

    from briefing.linked import Linked
    from briefing.store.words import Row
    from briefing.things import Thing


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence with the words: whose it is, the event that it stands in, and where the words stand in it."""

    thing: Thing
    digest: str
    text: str
    lit: tuple[tuple[int, int], ...]


@reading
def search(
    workspace: Workspace,
    words: Annotated[
        list[str], typer.Argument(metavar="WORDS", help="All must stand in one sentence; “in quotes” side by side.")
    ],
    agency: Annotated[str, typer.Option(metavar="NAME", help="Only what concerns this agency; texts do not.")] = "",
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="How many sentences to show.")] = 20,
    json: Json = False,
) -> None:
    """Find sentences, titles, names and paragraphs of texts on record.

    What is found is what stands now, as corrected: the best fit first, then the newest. Accents and case
    do not matter; a word that ends in * finds all that begin so. The first search of a record reads all of it.
    """
    from briefing.cli.naming import agency_named
    from briefing.errors import MissingSystemPart, NotOnRecord, UsageProblem
    from briefing.store.words import possible, query_of

    said = " ".join(words)
    if not (query := query_of(said)):
        raise UsageProblem(f"“{said}” holds no word", hint="letters or digits are looked for")
    if not possible():
        raise MissingSystemPart("the SQLite of this Python cannot search: it lacks FTS5", hint="another Python has it")
    id_ = agency_named(workspace, agency) if agency else ""
    found, more = _found(workspace, query, agency=id_, limit=limit)
    if not found:
        raise NotOnRecord("sentence with", said, hint="`briefing list` shows what there is")
    if json:
        print(json_.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        _print(one)
    if more:
        print(f"the first {limit}; --limit shows more", file=sys.stderr)


def _found(workspace: Workspace, query: str, *, agency: str, limit: int) -> tuple[list[Hit], bool]:
    """Return the first hits, and whether there are more."""
    from briefing.slices import listed_slice
    from briefing.store.words import lit, ranked

    db, record = _words(workspace)
    found: dict[tuple[str, str], Hit] = {}
    rows = ranked(db, query, listed_slice(record, agency) if agency else None)
    for row, thing in _standing(workspace, rows):
        text, spans = lit(db, query, row)
        if thing.says(text) and (not agency or thing.touches(agency)):
            found.setdefault((thing.id, text), Hit(thing, row.about, text, spans))
        if len(found) > limit:
            break
    return list(found.values())[:limit], len(found) > limit


def _words(workspace: Workspace) -> tuple[sqlite3.Connection, Linked]:
    """Return the words of the record, and its links: those of its index, else all of them in memory."""
    from briefing.cli.progress import progress
    from briefing.linked import LinkedLog
    from briefing.store.words import in_memory

    chosen = workspace.known_at or workspace.on_basis
    index = None if chosen else workspace.index
    if index and (db := index.words(progress("files"))):
        return db, index
    if index:
        workspace.__dict__["index"] = None  # it is damaged
    return in_memory(workspace.log.recorded), LinkedLog(workspace.log.recorded)


def _standing(workspace: Workspace, rows: list[Row]) -> Iterator[tuple[Row, Thing]]:
    """Yield the rows whose event stands, with the thing that it is about, reading no more events than are needed."""
    from briefing.slices import standing_slice
    from briefing.things import things

    known: dict[str, Thing] = {}
    read, at, size = None, 0, 50
    while at < max(1, len(rows)):
        batch = rows[at : at + size]
        about = frozenset(one.about for one in batch)
        part = workspace.needing(partial(standing_slice, events=about))
        if part is not read:
            read, known = part, things(part.state)
        yield from ((row, known[row.about]) for row in batch if row.about in known)
        at, size = at + size, size * 4


def _as_json(hit: Hit) -> dict[str, Any]:
    from briefing.cli.listing import printed

    return {
        "id": hit.thing.id,
        "type": hit.thing.said.type,
        "when": printed(hit.thing.when),
        "text": hit.text,
        "lit": [list(span) for span in hit.lit],
        "digest": hit.digest,
    }


_AROUND = 160
"""Signs of a long paragraph that are shown on each side of the first words that were looked for."""


def _print(hit: Hit) -> None:
    """Print a hit in two lines; the words are bold on a terminal, else between stars."""
    from briefing.cli.listing import printed

    plain = not sys.stdout.isatty() or bool(os.environ.get("NO_COLOR"))
    on, off = ("*", "*") if plain else ("\x1b[1m", "\x1b[0m")
    print("  ".join(one for one in (hit.thing.id, printed(hit.thing.when), hit.thing.said.type, hit.digest[:8]) if one))
    begin = max(0, hit.lit[0][0] - _AROUND) if hit.lit else 0
    end = (hit.lit[0][1] if hit.lit else 0) + _AROUND
    shown, at = "…" if begin else "", begin
    for start, stop in hit.lit:
        if stop <= end:
            shown += hit.text[at:start] + on + hit.text[start:stop] + off
            at = stop
    shown += hit.text[at:end] + ("…" if end < len(hit.text) else "")
    print("  " + " ".join(shown.split()))
