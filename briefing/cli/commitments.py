"""`briefing commitments`: the tracker, an action sheet, and the same as a sheet for other programs."""

from __future__ import annotations

import json as json_
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.reading import reading
from briefing.cli.workspace import Json, Output, Workspace

if TYPE_CHECKING:
    from briefing.state import BriefingState, OpenItem

SHEETS = ("xlsx", "csv")

SheetFormat = Annotated[
    str,
    typer.Option(
        "--format", "-f", metavar="FORMAT",
        help="pdf, docx (Word), html or md, or xlsx or csv for other programs; without it as -o ends, else pdf.",
    ),
]  # fmt: skip


@reading
def commitments(
    workspace: Workspace,
    owner: Annotated[
        str, typer.Option(metavar="NAME", help="An action sheet: what this agency or person owes; or ours, theirs.")
    ] = "",
    agency: Annotated[
        str, typer.Option(metavar="NAME", help="Only those made with this agency, or owed by or to it.")
    ] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose last day has passed.")] = False,
    format_: SheetFormat = "",
    output: Output = "",
    json: Json = False,
) -> None:
    """Write the commitments tracker, the most pressing first.

    Overdue, due within 30 days, undated, ours, theirs, closed since the last issue. Days are counted
    from --as-of, else from the day of the newest event on record.
    """
    from briefing.cli.output import deliver
    from briefing.notes.tracker import action_sheet, sheet_rows, tracker

    items, about = _chosen(workspace.state, agency=agency, overdue=overdue)
    if owner:
        owner, items = _owned(workspace.state, owner, items)
    if json:
        print(json_.dumps(list(sheet_rows(workspace.state, items)), ensure_ascii=False, indent=2))
        return
    name = f"actions-{owner}" if owner else "commitments"
    if (wanted := _sheet_format(format_, output)) is not None:
        _deliver_sheet(workspace, items, name=name, format_=wanted, output=output)
        return
    frame = workspace.frame()
    paper = (
        action_sheet(workspace.state, frame, owner, items)
        if owner
        else tracker(workspace.state, frame, items, about=about)
    )
    deliver(workspace, paper, name=name, format_=format_, output=output)


def _chosen(state: BriefingState, *, agency: str, overdue: bool) -> tuple[Sequence[OpenItem], str]:
    """Return the commitments that the options choose, and what the paper is then called."""
    from briefing.cli.notes import require

    items: Sequence[OpenItem] = state.commitments
    about = "Commitments"
    if agency:
        id_ = require(state, "agency", agency)
        items, about = state.commitments_of_agency(id_), f"Commitments with the {state.agencies[id_].name}"
    if overdue:
        items, about = [one for one in items if one.overdue(state.today)], f"Overdue c{about[1:]}"
    return items, about


def _owned(state: BriefingState, owner: str, items: Sequence[OpenItem]) -> tuple[str, Sequence[OpenItem]]:
    from briefing.cli.notes import require
    from briefing.notes.owed import owed_by

    if owner not in ("ours", "theirs", "both"):
        owner = state.find("person", owner) or require(state, "agency", owner)
    return owner, [one for one in owed_by(state, items, owner) if one.is_open]


def _sheet_format(format_: str, output: str) -> str | None:
    """Return xlsx or csv where one is asked for, by name or by the ending of the output."""
    from pathlib import Path

    wanted = format_.lower() or Path(output).suffix.lstrip(".").lower()
    return wanted if wanted in SHEETS else None


def _deliver_sheet(workspace: Workspace, items: Sequence[OpenItem], *, name: str, format_: str, output: str) -> None:
    from briefing.cli.output import put_out, target
    from briefing.notes.tracker import SHEET, sheet_rows
    from briefing.render.sheet import render_csv, render_xlsx

    rows = sheet_rows(workspace.state, items)
    made_at = workspace.frame().made_at
    data = (
        render_csv(SHEET, rows) if format_ == "csv" else render_xlsx(SHEET, rows, title="Commitments", made_at=made_at)
    )
    put_out(data, target(workspace, name, format_, output))
