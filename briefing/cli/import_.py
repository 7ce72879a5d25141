"""`briefing import …`: a command for each thing that comes in from elsewhere."""

from __future__ import annotations

import typer

from briefing.cli.import_calendar import calendar
from briefing.cli.import_events import events
from briefing.cli.import_mail import mail
from briefing.cli.import_starter import agencies, countries
from briefing.cli.import_table import table

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, add_completion=False)


@app.callback()
def import_() -> None:
    """Take in what comes from elsewhere: meetings, lists, and events."""


for command in (calendar, table, mail, agencies, countries, events):
    app.command()(command)
