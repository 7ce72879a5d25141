"""What every `briefing import` does with what it read: show the plan, ask, and put it on record."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.workspace import Workspace
from briefing.cli.writing import pen_for, put_on_record

if TYPE_CHECKING:
    from briefing.incoming import Arrivals, Plan
    from briefing.pen import Pen

Yes = Annotated[bool, typer.Option("--yes", help="Put what is new on record, new names included, without asking.")]
Corrections = Annotated[
    bool, typer.Option("--corrections", help="Also take what changed in entries that are on record, as corrections.")
]


def take_in(
    workspace: Workspace, arrivals: Arrivals, *, by: str, yes: bool, corrections: bool, dry_run: bool, json: bool,
    accept_clock: bool = False,
) -> None:
    """Show what would be put on record, ask, and put it there; `Exit(1)` where something of the files was a problem.

    Nothing is written where nobody can be asked and `yes` was not given.
    """  # fmt: skip
    from briefing.cli.import_words import in_short, print_all, written
    from briefing.errors import InvalidDraft
    from briefing.incoming import plan
    from briefing.intake.marks import unknown_marks

    if problems := list(unknown_marks((one.item for one in arrivals.entries), workspace.profiles(workspace.profile))):
        raise InvalidDraft(problems)
    pen, log = pen_for(workspace, by=by, accept_clock=accept_clock), workspace.log.recorded
    found = plan(arrivals, log, pen.again(), corrections=corrections)
    if dry_run:
        print_all(found, as_json=json)
    else:
        for line in in_short(found):
            print(line, file=sys.stderr)
    if not dry_run and (found.new or found.changed):
        if _is_wanted(found, yes=yes) and found.changed and not corrections:
            found = _with_corrections(found, partial(plan, arrivals, log, corrections=True), pen)
        put_on_record(workspace, found.events)
        written(found, as_json=json)
    if any(one.kind == "problem" for one in found.left):
        raise typer.Exit(1)


def _is_wanted(found: Plan, *, yes: bool) -> bool:
    """Ask whether what is new is wanted, and tell whether anybody was there to be asked; refused where it is not."""
    from briefing.cli.import_words import counted
    from briefing.errors import Refused, UsageProblem

    asked = sys.stdin.isatty() and not yes
    if not asked and not yes:
        puts = "--yes puts it on record" if found.new else "--yes --corrections takes what changed"
        raise UsageProblem("nothing was put on record", hint=f"--dry-run shows all of it, {puts}")
    if asked and found.new and not typer.confirm(f"Put {counted(found)} on record?", err=True):
        raise Refused("nothing was put on record", hint="--dry-run shows what it would be")
    return asked


def _with_corrections(found: Plan, planned: Callable[..., Plan], pen: Pen) -> Plan:
    """Return the plan with the corrections that an officer agrees to, and the names that they bring."""
    from briefing.cli.import_words import changes_of

    whole = planned(pen.again())
    known = {one.id for one in found.fresh}
    names = [f"{one.kind} {one.name}" for one in whole.fresh if one.id not in known]
    brought = f" They put on the register: {'; '.join(names)}." if names else ""
    n = len(whole.changed)
    if typer.confirm(f"{n} correction{'' if n == 1 else 's'} proposed.{brought} Take them too?", err=True):
        return whole
    if n == 1 or not typer.confirm("Decide on each?", err=True):
        return found
    declined = []
    for one in whole.changed:
        for line in changes_of(one):
            print(line, file=sys.stderr)
        declined += [] if typer.confirm("Take it?", err=True) else [one.entry.origin]
    return planned(pen.again(), declined=declined) if len(declined) < n else found
