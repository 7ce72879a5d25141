"""`briefing note …`: a command for each paper."""

from __future__ import annotations

import typer

from briefing.cli import meetings, notes

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, add_completion=False)


@app.callback()
def note() -> None:
    """Write a paper: report, brief, card, book, record or handover note."""


for command in (notes.visit, meetings.meeting, meetings.card, meetings.book, meetings.record,
                notes.handover):  # fmt: skip
    app.command()(command)
