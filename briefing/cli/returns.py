"""`briefing clear | seen | return`: what becomes of a paper, before it is issued and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.workspace import By, DryRun
from briefing.cli.writing import AcceptClock, bearing_on, pen_for, put_and_print, span_said, writable

if TYPE_CHECKING:
    from briefing.cli.workspace import Workspace
    from briefing.pen import Pen
    from briefing.state import IssuedNote

Edition = Annotated[
    str,
    typer.Argument(
        metavar="NOTE", help="The paper: REF@EDITION, its reference for the last edition, or 8 digits of its event."
    ),
]
Reader = Annotated[
    str, typer.Option("--reader", metavar="POST", help="Who. Without it the one it was given to, where it was one.")
]
On = Annotated[str, typer.Option("--on", metavar="DATE", help="The day it happened, where it was not today.")]
Comment = Annotated[str, typer.Option("--comment", metavar="TEXT", help="Words that go with it.")]


def clear(
    reference: Annotated[
        str, typer.Argument(metavar="REF", help="The reference of the paper, as it stands after “Ref” on its preview.")
    ],
    cleared_by: Annotated[
        str, typer.Option("--cleared-by", metavar="POST", help="Who cleared it. Without it, who puts this on record.")
    ] = "",
    edition: Annotated[
        int | None, typer.Option("--edition", metavar="N", min=1, help="Only this edition. Without it, the next.")
    ] = None,
    on: On = "",
    comment: Comment = "",
    by: By = "",
    accept_clock: AcceptClock = False,
    dry_run: DryRun = False,
) -> None:
    """Clear the next edition of a paper.

    It prints who cleared it; an edition that nobody cleared prints DRAFT. A clearance holds for one
    edition: the one after it wants another.
    """
    from briefing.issuing import clear as clearing

    workspace = bearing_on(writable(), lambda record: record.ends())
    pen = pen_for(workspace, by=by, accept_clock=accept_clock)
    clearing(pen, reference, cleared_by=cleared_by or pen.by, edition=edition, when=span_said(on),
             comment=comment or None)  # fmt: skip
    put_and_print(workspace, pen.written, dry_run=dry_run)


def seen(
    note: Edition,
    reader: Reader = "",
    on: On = "",
    by: By = "",
    accept_clock: AcceptClock = False,
    dry_run: DryRun = False,
) -> None:
    """Record that a reader has seen a paper.

    The next brief for this reader prints what is new since.
    """
    from briefing.issuing import seen as seeing

    workspace, pen, issued = _about(note, by=by, accept_clock=accept_clock)
    seeing(pen, issued, _reader(issued, reader), when=span_said(on))
    put_and_print(workspace, pen.written, dry_run=dry_run)


def return_(
    note: Edition,
    reader: Reader = "",
    decision: Annotated[str, typer.Option("--decision", metavar="DECISION", help="agree, disagree or discuss.")] = "",
    useful: Annotated[
        str, typer.Option("--useful", metavar="HOW", help="How useful it was: very, somewhat or not.")
    ] = "",
    comment: Comment = "",
    on: On = "",
    by: By = "",
    accept_clock: AcceptClock = False,
    dry_run: DryRun = False,
) -> None:
    """Record what a reader decided on a paper.

    Who returned a paper has seen it, too.
    """
    from briefing.errors import UsageProblem
    from briefing.issuing import returned

    for value, known in ((decision, ("agree", "disagree", "discuss")), (useful, ("very", "somewhat", "not"))):
        if value not in ("", *known):
            raise UsageProblem(f"“{value}” is none of {', '.join(known)}", hint="their words go into --comment")
    if not (decision or useful or comment):
        raise UsageProblem("nothing was said on it", hint="--decision, --useful or --comment; else `briefing seen`")
    workspace, pen, issued = _about(note, by=by, accept_clock=accept_clock)
    returned(pen, issued, _reader(issued, reader), decision=decision or None, useful=useful or None,
             comment=comment or None, when=span_said(on))  # fmt: skip
    put_and_print(workspace, pen.written, dry_run=dry_run)


def _about(note: str, *, by: str, accept_clock: bool) -> tuple[Workspace, Pen, IssuedNote]:
    from briefing.issuing import edition_named
    from briefing.slices import LISTED

    workspace = bearing_on(writable(), LISTED["notes"])
    issued = edition_named(workspace.state, note)
    return workspace, pen_for(workspace, by=by, accept_clock=accept_clock), issued


def _reader(note: IssuedNote, given: str) -> str:
    from briefing.errors import UsageProblem

    if not given and len(note.issued.to) > 1:
        raise UsageProblem(f"{note.name} was given to {len(note.issued.to)} readers",
                           hint=f"--reader, one of: {'; '.join(note.issued.to)}")  # fmt: skip
    return given or note.issued.to[0]
