"""`briefing commitments`: the tracker, an action sheet, and the same as a sheet for other programs."""

from __future__ import annotations

import json as json_
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.narrowing import scope
from briefing.cli.papers import Wanted, paper_command
from briefing.cli.workspace import Json, Workspace

if TYPE_CHECKING:
    from briefing.notes.papers import Paper


@paper_command("commitments", "actions")
def commitments(
    workspace: Workspace,
    owner: Annotated[
        str, typer.Option(metavar="NAME", help="An action sheet: what this agency or person owes; or ours, theirs.")
    ] = "",
    agency: Annotated[
        str, typer.Option(metavar="NAME", help="Only those made with this agency, or owed by or to it.")
    ] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="Only those whose last day has passed.")] = False,
    json: Json = False,
) -> Wanted:
    """Write the commitments tracker, the most pressing first.

    Overdue, due within 30 days, undated, ours, theirs, closed since the last issue. Days are counted
    from --as-of, else from the day of the newest event on record. --format also takes xlsx and csv, for
    other programs.
    """
    from briefing.notes.papers import SHEETS
    from briefing.paper_slices import SLICES

    paper = _paper(workspace, owner=owner, agency=agency, overdue=overdue)
    if not json:
        return Wanted((paper,))
    about = scope(workspace, paper)
    workspace = workspace.needing(lambda record: SLICES[paper.kind](record, about))
    rows = list(SHEETS[paper.kind](workspace.state, paper))
    return Wanted((), listing=lambda: print(json_.dumps(rows, ensure_ascii=False, indent=2)))


def _paper(workspace: Workspace, *, owner: str, agency: str, overdue: bool) -> Paper:
    from briefing.cli.naming import agency_named
    from briefing.notes.papers import Paper
    from briefing.owed_slices import SIDES

    id_ = agency_named(workspace, agency) if agency else ""
    options = (("overdue", "yes"),) if overdue else ()
    if not owner:
        return Paper("commitments", id_, options)
    if owner not in SIDES:
        owner = _owner(workspace, owner)
    return Paper("actions", owner, (*options, *((("agency", id_),) if id_ else ())))


def _owner(workspace: Workspace, said: str) -> str:
    """Return the id of the person or agency of a name; where there is none, the whole record tells the nearest."""
    from briefing.cli.naming import agency_named
    from briefing.slices import named_slice

    found = workspace.needing(lambda record: named_slice(record, said)).state
    id_ = found.find("person", said) or found.find("agency", said)
    return id_ or agency_named(workspace, said)
