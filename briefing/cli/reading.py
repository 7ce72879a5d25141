"""The options that every reading command has: which record, as of when, as known when, on which basis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import typer

from briefing.cli.options import Options, with_options
from briefing.cli.workspace import Sample, Workspace, open_workspace

AsOf = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="Leave out what happened after this day (1 June 2025).")
]
KnownAt = Annotated[
    str,
    typer.Option("--known-at", metavar="TIME", help="Leave out what was put on record after this day or time."),
]
Basis = Annotated[
    str,
    typer.Option(
        "--basis",
        metavar="PAPER|DIGEST",
        help="Read the record as it was for this paper (a file, or REF@EDITION), or up to these events.",
    ),
]
Incomplete = Annotated[
    bool,
    typer.Option("--incomplete", help="Go on when events are altered or missing; a paper says so on every page."),
]

READING: Options = {
    "as_of": AsOf, "known_at": KnownAt, "basis": Basis, "incomplete": Incomplete, "sample": Sample,
}  # fmt: skip


def reading(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command, whose first argument is a `Workspace`, the options that say which record it reads."""

    def run(**given: Any) -> None:
        chosen = {name: given.pop(name) for name in READING}
        command(chosen_workspace(**chosen), **given)

    return with_options(run, command, READING)


def chosen_workspace(*, as_of: str, known_at: str, basis: str, incomplete: bool, sample: bool) -> Workspace:
    """Return the workspace with the part of its record that the options choose."""
    from dataclasses import replace

    workspace = open_workspace(sample=sample)
    return replace(workspace, as_of=as_of, known_at=known_at, on_basis=basis, incomplete=incomplete)
