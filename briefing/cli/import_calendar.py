"""`briefing import calendar`: what a calendar has planned becomes planned meetings."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.importing import Corrections, Yes
from briefing.cli.workspace import By, DryRun, Json, Workspace
from briefing.cli.writing import AcceptClock

if TYPE_CHECKING:
    from briefing.incoming import Arrivals
    from briefing.intake.calendar.occurrence import Window

Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="Calendar files (.ics).")]
From = Annotated[
    str, typer.Option("--from", metavar="DATE", help="The first day that is taken; without it, twelve months ago.")
]
Until = Annotated[
    str, typer.Option("--until", metavar="DATE", help="The last day that is taken; without it, in twelve months.")
]
Held = Annotated[
    bool, typer.Option("--held", help="Take what is past as meetings held, of which it is not known what was said.")
]
Ours = Annotated[
    list[str] | None,
    typer.Option("--ours", metavar="DOMAIN", help="Who has an address there is of our side; may be repeated."),
]
Private = Annotated[bool, typer.Option("--private", help="Also take entries that are marked private or confidential.")]
Addresses = Annotated[
    bool, typer.Option("--addresses", help="Name those by their address who have no other name in the file.")
]

Alone = Annotated[bool, typer.Option("--alone", help="Also take entries to which nobody is invited.")]


def calendar(
    files: Files,
    from_: From = "",
    until: Until = "",
    held: Held = False,
    ours: Ours = None,
    private: Private = False,
    addresses: Addresses = False,
    alone: Alone = False,
    corrections: Corrections = False,
    yes: Yes = False,
    by: By = "",
    dry_run: DryRun = False,
    accept_clock: AcceptClock = False,
    json: Json = False,
) -> None:
    """Put what calendar files have planned on record, as planned meetings.

    What is past is left, unless --held takes it; so is what was cancelled, is marked private, or has nobody
    invited. Series are taken day by day. The same file again adds nothing; what changed in it is proposed
    as corrections.
    """
    from briefing.cli.importing import take_in
    from briefing.cli.writing import writable

    workspace = writable()
    found = read_calendars(workspace, _read(files), from_=from_, until=until, held=held, ours=ours or [],
                           private=private, addresses=addresses, alone=alone)  # fmt: skip
    take_in(workspace, found, by=by, yes=yes, corrections=corrections, dry_run=dry_run, json=json,
            accept_clock=accept_clock)  # fmt: skip


def read_calendars(
    workspace: Workspace, files: list[tuple[str, bytes]], *, ours: list[str], from_: str = "", until: str = "",
    held: bool = False, private: bool = False, addresses: bool = False, alone: bool = False,
) -> Arrivals:  # fmt: skip
    """Return what calendar files hold, and say of which days."""
    from briefing.intake.calendar.arrivals import arrivals, read_files, wanted_by

    today = datetime.now(workspace.zone).date()
    window = _window(workspace, today, from_, until)
    wanted = replace(
        wanted_by(workspace.state, window, today), ours=frozenset(one.lower().lstrip("@") for one in ours), held=held,
        private=private, addresses=addresses, alone=alone,
    )  # fmt: skip
    found = arrivals(read_files(files, window), wanted)
    print(f"days: {window}", file=sys.stderr)
    return found


def _read(files: list[str]) -> list[tuple[str, bytes]]:
    from briefing.intake.opening import read_bytes

    return [(name, read_bytes(Path(name))) for name in files]


def _window(workspace: Workspace, today: date, from_: str, until: str) -> Window:
    """Return the days that are taken: as typed, else twelve months to both sides."""
    from briefing.errors import UsageProblem
    from briefing.intake.calendar.occurrence import Window

    start = workspace.day(from_) if from_ else _in_a_year(today, -1)
    end = workspace.day(until) if until else _in_a_year(today, 1)
    if end < start:
        raise UsageProblem(f"{end} is before {start}", hint="--from is the first day, --until the last")
    return Window(start, end)


def _in_a_year(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == 2 else day.day)
