"""`briefing export`: the record, or the meetings on it, for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.reading import reading
from briefing.cli.workspace import Workspace

if TYPE_CHECKING:
    from briefing.export.rows import Row

FORMATS = ("jsonl", "csv", "xlsx", "ics")


@reading
def export(
    workspace: Workspace,
    format_: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help="jsonl (all events), csv or xlsx (a row a meeting), ics (a calendar)."),
    ],
    planned: Annotated[
        bool, typer.Option("--planned", help="In csv and xlsx the meetings to come, not those held.")
    ] = False,
    output: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE|-", help="Write here; - is standard output.", show_default=False),
    ] = "-",
) -> None:
    """Write what is on record for other programs.

    jsonl holds every event whole, and `briefing import events` puts the same files back. csv and xlsx
    hold the meetings held, one a row; no cell of theirs can become a formula. ics holds meetings planned
    and held, as days where no time is known. What was redacted is in none of them.
    An export is no release: it holds what is on record whatever its mark.
    """
    from briefing.cli.output import put_out
    from briefing.errors import UsageProblem

    if format_ not in FORMATS:
        raise UsageProblem(f"“{format_}” is no format of an export", hint="one of: " + ", ".join(FORMATS))
    if planned and format_ not in ("csv", "xlsx"):
        raise UsageProblem("--planned goes with csv and xlsx", hint="jsonl and ics hold both")
    whole = {"jsonl": _jsonl, "ics": _ics}
    data = whole[format_](workspace) if format_ in whole else _sheet(workspace, format_, planned=planned)
    put_out(data, None if output == "-" else Path(output))


def _jsonl(workspace: Workspace) -> bytes:
    from briefing.codec import file_name
    from briefing.events import Digest
    from briefing.export.lines import to_lines

    workspace.log.require_whole()
    kept = [one for one in workspace.recorded if one.digest not in workspace.redactions]
    if gone := len(workspace.recorded) - len(kept):
        print(f"redacted, and not exported though the file is here: {gone}", file=sys.stderr)
    names = [file_name(one.event, Digest(one.digest)) for one in kept]
    return b"".join(to_lines(names, workspace.store.read))


def _sheet(workspace: Workspace, format_: str, *, planned: bool) -> bytes:
    from briefing.export.marks import RowMarks
    from briefing.export.rows import COLUMNS, PLANNED, held_rows, meetings, planned_rows, plans
    from briefing.render.sheet import CELL_LIMIT, render_sheet

    state, marks = workspace.state, RowMarks(workspace.profiles(workspace.profile), workspace.recorded)
    rows = list(planned_rows(state, marks) if planned else held_rows(state, marks))
    if format_ == "xlsx":
        _say_what_is_cut(rows, CELL_LIMIT)
    newest = workspace.newest
    made_at = newest.isoformat() if newest else "1970-01-01T00:00:00+00:00"
    return render_sheet(
        format_, PLANNED if planned else COLUMNS, rows, title="Meetings to come" if planned else "Meetings",
        made_at=made_at, mark=marks.whole(plans(state) if planned else meetings(state)),
    )  # fmt: skip


def _say_what_is_cut(rows: list[Row], limit: int) -> None:
    """Say which cells hold more than a workbook's cell can; csv holds them whole."""
    for row in rows:
        for name, text in row.items():
            if len(text) > limit:
                print(f"{row['id']}: “{name}” is longer than a cell can be, and cut; csv has it whole", file=sys.stderr)


def _ics(workspace: Workspace) -> bytes:
    from briefing.export.calendar import calendar

    data, undated = calendar(workspace.state, workspace.recorded)
    if undated:
        print(f"without a date, and in no calendar: {', '.join(undated)}", file=sys.stderr)
    return data
