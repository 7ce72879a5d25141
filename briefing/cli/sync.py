"""`briefing sync`: two copies of a record, joined."""

from __future__ import annotations

import json as json_
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.workspace import DryRun, Json, open_workspace

if TYPE_CHECKING:
    from briefing.store.sync import Side


def sync(
    folders: Annotated[
        list[str] | None,
        typer.Argument(metavar="[A] B", help="Workspaces, or events folders; one alone is joined with your own."),
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

    from briefing.store.folder import FolderStore
    from briefing.store.sync import sync as sync_stores

    places = _places(folders or [], rescue=rescue)
    stores = [FolderStore(place) for place in places]
    sides = sync_stores(stores, now=datetime.now(UTC), rescue=rescue, dry_run=dry_run)
    if json:
        rows = [_as_json(place, side) for place, side in zip(places, sides, strict=True)]
        print(json_.dumps({"dry_run": dry_run, "sides": rows}, ensure_ascii=False, indent=2))
    else:
        for place, side in zip(places, sides, strict=True):
            _print(place, side, dry_run=dry_run)
    if any(side.refused for side in sides):
        raise typer.Exit(1)


def _places(folders: list[str], *, rescue: bool) -> list[Path]:
    """Return the events folders that are meant; the workspace's own is the first of two where one is named."""
    from briefing.errors import UsageProblem

    if len(folders) > 2 or (not folders and not rescue):
        raise UsageProblem("sync joins two folders", hint="`briefing sync A B`, or `briefing sync B` in a workspace")
    places = [_events(Path(one)) for one in folders]
    if len(places) < 2:
        places.insert(0, open_workspace().events)
    if len(places) == 2 and places[0].resolve() == places[1].resolve():
        raise UsageProblem("both are one folder", hint="name the folder of another copy")
    return places


def _events(folder: Path) -> Path:
    """Return the events folder of a workspace, or the folder itself where it holds months of events."""
    from briefing.errors import NoInput

    if (folder / "events").is_dir():
        return folder / "events"
    if folder.is_dir() and (folder.name == "events" or any(folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9]"))):
        return folder
    raise NoInput(f"{folder} holds no record", hint="name a workspace or an events folder; `briefing init` makes one")


def _print(place: Path, side: Side, *, dry_run: bool) -> None:
    would = "would get" if dry_run else "got"
    print(f"{place} {would} {len(side.got)} event{'' if len(side.got) == 1 else 's'}")
    for name in side.rescued:
        print(f"{'would be rescued' if dry_run else 'rescued'}: {place / name}")
    for finding in side.refused.values():
        print(f"refused: {place / finding.name}: {finding.message}")
    for name in side.withheld:
        print(f"redacted: {place / name}: its file is still here, and was not copied")
    for finding in side.strays:
        if finding.belongs not in side.rescued:
            print(f"{finding.kind}: {place / finding.name}: {finding.message}")


def _as_json(place: Path, side: Side) -> dict[str, object]:
    return {
        "folder": str(place),
        "got": side.got,
        "rescued": side.rescued,
        "refused": [one.as_json() for one in side.refused.values()],
        "withheld": list(side.withheld),
        "strays": [one.as_json() for one in side.strays],
    }
