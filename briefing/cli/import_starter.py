"""`briefing import agencies | countries`: a list that others publish becomes a register to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.importing import Corrections, Yes, take_in
from briefing.cli.workspace import By, DryRun, Json
from briefing.cli.writing import AcceptClock, writable

File = Annotated[str, typer.Argument(metavar="FILE", help="The list, CSV in UTF-8 with a head.")]
Register = Annotated[
    str, typer.Option("--register", metavar="NAME", help="The list's name in the keys on record; else the file's.")
]
Country = Annotated[str, typer.Option("--country", metavar="NAME", help="The country whose agencies they are.")]


def agencies(
    file: File,
    register: Register = "",
    country: Country = "",
    corrections: Corrections = False,
    yes: Yes = False,
    by: By = "",
    dry_run: DryRun = False,
    accept_clock: AcceptClock = False,
    json: Json = False,
) -> None:
    """Put a list of agencies on the register: name, short_name, parent.

    An agency that an officer put there already stays as it is. The same list again adds nothing; what
    changed in a later edition is proposed as corrections.
    """
    _take("agencies", file, register, country, corrections=corrections, yes=yes, by=by, dry_run=dry_run,
          accept_clock=accept_clock, json=json)  # fmt: skip


def countries(
    file: File,
    register: Register = "",
    corrections: Corrections = False,
    yes: Yes = False,
    by: By = "",
    dry_run: DryRun = False,
    accept_clock: AcceptClock = False,
    json: Json = False,
) -> None:
    """Put a list of countries on the register, each as the body met where no other is named.

    Taken are ISO3166-1-Alpha-3 (its key), the common name and the formal one in English.
    """
    _take("countries", file, register, "", corrections=corrections, yes=yes, by=by, dry_run=dry_run,
          accept_clock=accept_clock, json=json)  # fmt: skip


def _take(
    kind: str, file: str, register: str, country: str, *, corrections: bool, yes: bool, by: str, dry_run: bool,
    accept_clock: bool, json: bool,
) -> None:  # fmt: skip
    from briefing.cli.drafts import read_files
    from briefing.intake.starter import read_starter
    from briefing.names import slug

    workspace = writable()
    (read,) = read_files([file])
    state, taken = workspace.state, {one.event.origin for one in workspace.log.recorded}

    def known(origin: str, name: str) -> str | None:
        return None if origin in taken else state.find("agency", name)

    arrivals = read_starter(read.data, read.name, kind, register or slug(Path(file).stem), known=known, country=country)
    take_in(workspace, arrivals, by=by, yes=yes, corrections=corrections, dry_run=dry_run, json=json,
            accept_clock=accept_clock)  # fmt: skip
