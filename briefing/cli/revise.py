"""`briefing correct | retract | redact | done | settle`: events about what is on record already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.references import find_event, look_up
from briefing.cli.workspace import By, DryRun
from briefing.cli.writing import AcceptClock, bearing_on, pen_for, put_and_print, span_said, writable

if TYPE_CHECKING:
    from briefing.cli.workspace import Workspace
    from briefing.revise import Why

Reference = Annotated[
    str, typer.Argument(metavar="REF", help="A digest (8 digits do), or the id or name of a thing on record.")
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, in a sentence that stays on record.")]
Authority = Annotated[str, typer.Option("--authority", metavar="POST", help="By whose authority.")]


def correct(
    reference: Reference,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="A field and its new value; give it again for more."),
    ] = None,
    edit: Annotated[
        bool, typer.Option("--edit", help="Open the draft in your editor; what changes is corrected.")
    ] = False,
    new: Annotated[bool, typer.Option("--new", help="Put names that are new on the register.")] = False,
    reason: Reason = "",
    authority: Authority = "",
    by: By = "",
    accept_clock: AcceptClock = False,
    dry_run: DryRun = False,
) -> None:
    """Correct what an earlier event says.

    The event stays as it was written; the correction is another. Points and commitments are named by
    their id: --set "points/p2/say=Steel was discussed."
    """
    from briefing.errors import UsageProblem
    from briefing.revise import correct as correction

    workspace = writable() if edit else _naming(writable(), reference)
    target = find_event(workspace, reference)
    why = _why(reason, authority)
    if edit is bool(set_):
        raise UsageProblem("say what to correct", hint="--set FIELD=VALUE, or --edit to open the draft")
    pen = pen_for(workspace, by=by, accept_clock=accept_clock)
    if edit:
        from briefing.cli.edit import edited

        edited(workspace, target, pen, why, new=new)
    else:
        given = dict(_pair(one) for one in set_ or ())
        correction(workspace.log.recorded, target, given, pen, why)
    put_and_print(workspace, pen.written, dry_run=dry_run)


def retract(
    reference: Reference,
    reason: Reason = "",
    authority: Authority = "",
    by: By = "",
    accept_clock: AcceptClock = False,
    dry_run: DryRun = False,
) -> None:
    """Withdraw an earlier event.

    It stays on record and papers say it no more. Of a correction, what it replaced holds again; of a
    retraction, what it withdrew.
    """
    from briefing.revise import retract as retraction

    workspace = _naming(writable(), reference)
    target = find_event(workspace, reference)
    pen = pen_for(workspace, by=by, accept_clock=accept_clock)
    retraction(workspace.log.recorded, target, pen, _why(reason, authority))
    put_and_print(workspace, pen.written, dry_run=dry_run)


def redact(
    reference: Reference,
    reason: Reason = "",
    authority: Authority = "",
    erase: Annotated[
        bool, typer.Option("--erase", help="Also remove the file here. Copies and backups are yours to clean.")
    ] = False,
    by: By = "",
    accept_clock: AcceptClock = False,
    dry_run: DryRun = False,
) -> None:
    """Take an event's content out of the record for good.

    No paper says it any more and its file may be removed, here and in every copy. That there was an
    event, when, and by whose authority it went, stays on record. Issued papers that were made with it
    are named: they are not made again, and what is printed is yours to call back.
    """
    import sys

    from briefing.cli.caches import update_index
    from briefing.errors import UsageProblem
    from briefing.issuing import holding
    from briefing.revise import redact as redaction

    workspace = writable()
    target = find_event(workspace, reference)
    if not authority:
        raise UsageProblem("a redaction names its authority", hint="--authority POST")
    pen = pen_for(workspace, by=by, accept_clock=accept_clock)
    redaction(workspace.log.recorded, target, pen, _why(reason, authority))
    put_and_print(workspace, pen.written, dry_run=dry_run)
    for note in holding(workspace.log.recorded, workspace.state, target.digest):
        readers = "; ".join(note.issued.to)
        print(f"in the basis of {note.name} ({note.digest[:8]}), given to {readers}", file=sys.stderr)
    if dry_run:
        return
    if erase:
        from briefing.codec import file_name
        from briefing.events import Digest

        name = file_name(target.event, Digest(target.digest))
        workspace.store.erase(name)
        print(f"removed {name}; copies of it elsewhere are not reached from here", file=sys.stderr)
    update_index(workspace)


def done(
    commitment: Annotated[
        str,
        typer.Argument(metavar="COMMITMENT", help="The commitment: MEETING/c1, as `briefing list commitments` has it."),
    ],
    status: Annotated[
        str,
        typer.Option(metavar="STATUS", help="done, in hand, lapsed, withdrawn, disputed, open; - leaves it as it is."),
    ] = "done",
    evidence: Annotated[str, typer.Option(metavar="TEXT", help="What shows it, in one sentence.")] = "",
    on: Annotated[str, typer.Option(metavar="DATE", help="The day it happened.")] = "",
    due: Annotated[str, typer.Option(metavar="DATE", help="A new due date.")] = "",
    by: By = "",
    accept_clock: AcceptClock = False,
    dry_run: DryRun = False,
) -> None:
    """Close a commitment, or record other news of it."""
    from typing import get_args

    from briefing.errors import UsageProblem
    from briefing.payload import Status
    from briefing.revise import update_commitment

    workspace = _of_commitment(writable(), commitment)
    if status != "-" and status not in get_args(Status):
        raise UsageProblem(f"“{status}” is no status of a commitment", hint="one of: " + ", ".join(get_args(Status)))
    pen = pen_for(workspace, by=by, accept_clock=accept_clock)
    log = workspace.log.recorded
    update_commitment(log, workspace.state, commitment, pen, status=None if status == "-" else status,
                      evidence=evidence or None, when=span_said(on), due=span_said(due, due=True))  # fmt: skip
    put_and_print(workspace, pen.written, dry_run=dry_run)


def settle(
    difference: Annotated[
        str, typer.Argument(metavar="DIFFERENCE", help="The difference: d3, as `briefing list differences` has it.")
    ],
    use: Annotated[str, typer.Option("--use", metavar="SOURCE", help="The text that is followed, by its id.")],
    because: Annotated[str, typer.Option("--because", metavar="TEXT", help="Why, in a sentence that stays on record.")],
    authority: Authority = "",
    by: By = "",
    accept_clock: AcceptClock = False,
    dry_run: DryRun = False,
) -> None:
    """Choose the text to follow where texts differ.

    The others stay on record and on paper.
    """
    from briefing.revise import settle as settlement

    workspace = writable()
    pen = pen_for(workspace, by=by, accept_clock=accept_clock)
    source = workspace.state.find("source", use) or use
    settlement(workspace.state, difference, source, pen, _why(because, authority))
    put_and_print(workspace, pen.written, dry_run=dry_run)


def _naming(workspace: Workspace, reference: str) -> Workspace:
    """Return the workspace with what a reference may mean; the whole where that is nothing on record."""
    from briefing.slices import named_slice

    part = bearing_on(workspace, lambda record: named_slice(record, reference))
    return part if part.part is not None and look_up(part, reference) else workspace


def _of_commitment(workspace: Workspace, ref: str) -> Workspace:
    """Return the workspace with the meeting of a commitment; the whole where there is no such commitment."""
    from briefing.slices import named_slice

    part = bearing_on(workspace, lambda record: named_slice(record, ref))
    return part if part.part is not None and any(one.ref == ref for one in part.state.commitments) else workspace


def _why(reason: str, authority: str) -> Why:
    from briefing.errors import UsageProblem
    from briefing.revise import Why

    if not reason.strip():
        raise UsageProblem("a change to the record has a reason", hint="--reason TEXT, one sentence")
    return Why(reason=reason.strip(), authority=authority.strip())


def _pair(said: str) -> tuple[str, str]:
    from briefing.errors import UsageProblem

    path, sign, value = said.partition("=")
    if not sign or not path.strip():
        raise UsageProblem(f"“{said}” is no correction", hint='--set "FIELD=VALUE", such as --set "title=Steel talks"')
    return path.strip(), value.strip()
