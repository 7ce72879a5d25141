"""`briefing note …`: a command for each paper."""

from __future__ import annotations

import typer

from briefing.cli import notes

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, add_completion=False)


@app.callback()
def note() -> None:
    """Write a paper: the visit report."""


app.command()(notes.visit)
