"""`briefing import events`: event files come back from JSON lines, each hashed first."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.importing import Yes
from briefing.cli.workspace import DryRun, Json
from briefing.cli.writing import writable

if TYPE_CHECKING:
    from briefing.store.sync import Side


def events(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE|-…", help="JSON lines, as `briefing export jsonl` writes them.")
    ],
    yes: Yes = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Put event files back, the same names and the same bytes.

    --dry-run names them. On a terminal it is asked first, unless --yes; each was on record once, as it is.
    Each is hashed and held against its name; where one is not what its name says, none is put, and every
    one is named. What is there already stays; what was redacted, here or in the lines, is not put back.
    """
    from datetime import UTC, datetime

    from briefing.cli.caches import update_index
    from briefing.cli.drafts import read_files
    from briefing.errors import InvalidDraft, Place, Problem, Refused
    from briefing.export.lines import from_lines
    from briefing.store.memory import MemoryStore
    from briefing.store.sync import sync

    workspace = writable()
    lines, places = MemoryStore(), {}
    for file in read_files(files):
        for name, (line, data) in from_lines(file.data, file.name).items():
            lines.put(name, data)
            places[name] = Place(file.name, line)
    now = datetime.now(UTC)
    theirs, ours = sync([lines, workspace.store], now=now, dry_run=True)
    refused = {**theirs.refused, **{one.name: one for one in theirs.strays}}
    if refused:
        raise InvalidDraft([Problem(places[name], f"{name}: {one.message}") for name, one in refused.items()])
    if not json:
        print(_summary(ours, theirs, len(places)), file=sys.stderr)
    if not dry_run and ours.got:
        if sys.stdin.isatty() and not yes and not typer.confirm(f"Put {len(ours.got)} events on record?", err=True):
            raise Refused("nothing was put on record", hint="--dry-run shows what it would be")
        (ours,) = (side for side in sync([lines, workspace.store], now=now) if side.store is workspace.store)
        update_index(workspace)
    _print(ours, theirs, as_json=json, dry_run=dry_run)
    if ours.refused:
        raise typer.Exit(1)


def _summary(ours: Side, theirs: Side, lines: int) -> str:
    """Return in numbers what would come in, by the types of events, and what is there already."""
    from briefing.codec import parse_name

    slugs = Counter(parsed.slug for name in ours.got if (parsed := parse_name(name)))
    kinds = ", ".join(f"{n} {slug.replace('-', '.')}" for slug, n in slugs.most_common())
    told = [f"new: {len(ours.got)} event{'' if len(ours.got) == 1 else 's'}" + (f" ({kinds})" if kinds else "")]
    there = lines - len(ours.got) - len(theirs.withheld)
    told += [f"on record already: {there}"] if there else []
    told += [f"redacted, and not put back: {len(theirs.withheld)}"] if theirs.withheld else []
    return "; ".join(told)


def _print(ours: Side, theirs: Side, *, as_json: bool, dry_run: bool) -> None:
    import json

    if as_json:
        told = {"dry_run": dry_run, "got": ours.got, "withheld": list(theirs.withheld), "refused": list(ours.refused)}
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for name in ours.got if dry_run else ():
        print(name)
    for name in theirs.withheld:
        print(f"redacted, and not put back: {name}", file=sys.stderr)
    for name, finding in ours.refused.items():
        print(f"refused: {name}: {finding.message}", file=sys.stderr)
    n = len(ours.got)
    said = "nothing was written (--dry-run)" if dry_run else f"put on record: {n} event{'' if n == 1 else 's'}"
    print(said, file=sys.stderr)
