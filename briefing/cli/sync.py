"""`briefing sync`: two copies of a record, joined."""

from __future__ import annotations

import json as json_
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.remote import open_address
from briefing.cli.workspace import DryRun, Json, open_workspace

if TYPE_CHECKING:
    from briefing.store.address import EventStore
    from briefing.store.sync import Side


def sync(
    folders: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[A] B", help="Workspaces, events folders or s3://BUCKET/PREFIX; one alone is joined with your own."
        ),
    ] = None,
    rescue: Annotated[
        bool, typer.Option("--rescue", help="Put files whose bytes are a missing event in their place.")
    ] = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Join two copies of a record, both ways.

    Whole event files are copied where they are missing, each hashed first. Nothing is deleted or
    written over. A file that is not what its name says is not copied, and listed; nor is what was
    redacted in one of them. Files that are no events are listed. With --rescue and no folder, your own
    workspace is looked through. Exit code 1 when a file was refused.
    """
    from datetime import UTC, datetime

    from briefing.store.sync import sync as sync_stores

    places = _places(folders or [], rescue=rescue)
    sides = sync_stores(places.values(), now=datetime.now(UTC), rescue=rescue, dry_run=dry_run)
    if json:
        rows = [_as_json(place, side) for place, side in zip(places, sides, strict=True)]
        print(json_.dumps({"dry_run": dry_run, "sides": rows}, ensure_ascii=False, indent=2))
    else:
        for place, side in zip(places, sides, strict=True):
            _print(place, side, dry_run=dry_run)
    if any(side.refused for side in sides):
        raise typer.Exit(1)


def _places(given: list[str], *, rescue: bool) -> dict[str, EventStore]:
    """Return the stores that are meant, by where they are; where one is named, the workspace's own is the first."""
    from briefing.errors import UsageProblem

    if len(given) > 2 or (not given and not rescue):
        raise UsageProblem("sync joins two copies", hint="`briefing sync A B`, or `briefing sync B` in a workspace")
    copies = [_copy(one) for one in given]
    if len(copies) < 2:
        workspace = open_workspace()
        copies.insert(0, (workspace.place, workspace.store))
    if len(copies) == 2 and _whereabouts(copies[0][1]) == _whereabouts(copies[1][1]):
        raise UsageProblem("both are one place", hint="name the place of another copy")
    return dict(copies)


def _whereabouts(store: EventStore) -> object:
    """Return what is the same for two ways to write one place."""
    from briefing.store.folder import FolderStore

    return store.root.resolve() if isinstance(store, FolderStore) else store.address.rstrip("/")


def _copy(given: str) -> tuple[str, EventStore]:
    """Return where a copy is and its store: an address, a workspace, or an events folder."""
    from briefing.store.address import events_folder
    from briefing.store.folder import FolderStore

    if "://" in given:
        return given.rstrip("/"), open_address(given)
    folder = events_folder(Path(given))
    return str(folder), FolderStore(folder)


def _print(place: str, side: Side, *, dry_run: bool) -> None:
    would = "would get" if dry_run else "got"
    print(f"{place} {would} {len(side.got)} event{'' if len(side.got) == 1 else 's'}")
    for name in side.rescued:
        print(f"{'would be rescued' if dry_run else 'rescued'}: {place}/{name}")
    for finding in side.refused.values():
        print(f"refused: {place}/{finding.name}: {finding.message}")
    for name in side.withheld:
        print(f"redacted: {place}/{name}: its file is still here, and was not copied")
    for finding in side.strays:
        if finding.belongs not in side.rescued:
            print(f"{finding.kind}: {place}/{finding.name}: {finding.message}")


def _as_json(place: str, side: Side) -> dict[str, object]:
    return {
        "folder": place,
        "got": side.got,
        "rescued": side.rescued,
        "refused": [one.as_json() for one in side.refused.values()],
        "withheld": list(side.withheld),
        "strays": [one.as_json() for one in side.strays],
    }
