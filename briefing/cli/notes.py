"""`briefing note …` and `briefing agency …`: papers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.reading import reading
from briefing.cli.workspace import Format, Output, Workspace

if TYPE_CHECKING:
    from briefing.state import BriefingState, RegisterKind


@reading
def visit(
    workspace: Workspace,
    visit_id: Annotated[
        str, typer.Argument(metavar="VISIT", help="The visit, by id or name; without it the newest with meetings.")
    ] = "",
    format_: Format = "",
    output: Output = "",
) -> None:
    """Write the visit report.

    It prints what the record holds on a visit, and says what is not known and where texts differ.
    """
    from briefing.cli.output import deliver
    from briefing.notes.visit import visit_report

    id_ = require(workspace.state, "visit", visit_id) if visit_id else _newest_visit(workspace.state)
    note = visit_report(workspace.state, id_, workspace.frame())
    deliver(workspace, note, name=f"visit-{id_}", format_=format_, output=output)


def _newest_visit(state: BriefingState) -> str:
    from briefing.dates import sort_key
    from briefing.errors import NotOnRecord

    found = [v for v in state.visits.values() if state.meetings_of_visit(v.id)]
    if not found:
        raise NotOnRecord(
            "visit with meetings",
            hint="`briefing new visit` prints a draft of one; a meeting belongs to it by `visit:` in its own draft",
        )
    return max(found, key=lambda v: sort_key(v.when) if v.when else ()).id


def require(state: BriefingState, kind: RegisterKind, reference: str) -> str:
    """Return the id of a thing on record; `NotOnRecord` with the nearest names otherwise."""
    from briefing.errors import NotOnRecord
    from briefing.names import nearest_names

    id_ = state.find(kind, reference)
    if id_ is None:
        raise NotOnRecord(kind, reference, nearest=nearest_names(state, kind, reference))
    return id_


@reading
def agency(
    workspace: Workspace,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="An agency, by id, name or other name (“pentagon”); several if you like."),
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Every agency of the other side, and a table of agencies and topics.")
    ] = False,
    format_: Format = "",
    output: Output = "",
) -> None:
    """Write one page on each agency.

    Several agencies, or --all, go into a folder, which -o names.
    """
    from briefing.cli.output import deliver
    from briefing.errors import UsageProblem
    from briefing.notes.agency import agency_summary
    from briefing.notes.matrix import matrix

    if bool(names) is all_:
        raise UsageProblem("say which agencies: names, or --all", hint="`briefing list agencies` shows them")
    state = workspace.state
    ids = _all_agencies(state) if all_ else [require(state, "agency", name) for name in names or ()]
    frame = workspace.frame()
    if len(ids) > 1 and output and (output == "-" or Path(output).is_file() or Path(output).suffix):
        raise UsageProblem("several papers do not fit into one file", hint="name a folder with -o, or one agency")
    several = len(ids) > 1 or all_
    if all_:
        deliver(
            workspace,
            matrix(state, frame, ids),
            name="agencies-matrix",
            format_=format_,
            output=_into(workspace, output, "00-matrix", format_),
        )
    for id_ in ids:
        target = _into(workspace, output, id_, format_) if several else output
        deliver(workspace, agency_summary(state, id_, frame), name=f"agency-{id_}", format_=format_, output=target)


def _into(workspace: Workspace, folder: str, name: str, format_: str) -> str:
    from briefing.cli.output import chosen_format, default_folder

    base = Path(folder) if folder else default_folder(workspace) / "agencies"
    return str(base / f"{name}.{chosen_format(format_, '')}")


def _all_agencies(state: BriefingState) -> list[str]:
    from briefing.errors import NotOnRecord
    from briefing.notes.writer import agency_order

    found = [a.id for a in agency_order(state, state.agencies) if a.side != "ours"]
    if not found:
        raise NotOnRecord("agency of the other side", hint="`briefing append` puts agencies on the register")
    return found
