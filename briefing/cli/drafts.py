"""Putting drafts on record: the one way, whether they were typed, reviewed, or made from a register."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from briefing.cli.workspace import Workspace
from briefing.cli.writing import pen_for, put_on_record

if TYPE_CHECKING:
    from briefing.decide import Plan
    from briefing.items import Item, LoadedText, Problems


def put_drafts(
    workspace: Workspace, items: Sequence[Item], texts: Mapping[str, LoadedText], problems: Problems, *,
    new: bool, by: str, accept_clock: bool, dry_run: bool, as_json: bool,
) -> Plan:  # fmt: skip
    """Put drafts on record, all or none, and print what was written; a draft that is there already adds nothing."""
    from briefing.decide import decide
    from briefing.intake.marks import unknown_marks

    problems.extend(unknown_marks(items, workspace.profiles(workspace.profile)))
    pen = pen_for(workspace, by=by, accept_clock=accept_clock)
    plan = decide(items, workspace.log.recorded, pen, texts, problems, new=new)
    _settle_names(plan, wanted=new)
    put_on_record(workspace, plan.events, dry_run=dry_run)
    _print(plan, as_json=as_json, dry_run=dry_run)
    return plan


_SHOWN = 30
"""New names that are shown with those most like them; each is compared with the whole register."""


def _settle_names(plan: Plan, *, wanted: bool) -> None:
    """Show names that are new, and go on only when they are wanted."""
    from collections import Counter

    from briefing.decide import unknown_names

    if not plan.fresh:
        return
    many = {"person": "people", "agency": "agencies"}
    counts = Counter(one.kind for one in plan.fresh)
    told = ", ".join(f"{n} {kind if n == 1 else many.get(kind, kind + 's')}" for kind, n in counts.items())
    print(f"new: {told}", file=sys.stderr)
    for one in plan.fresh[:_SHOWN]:
        near = f" (nearest: {', '.join(one.nearest)})" if one.nearest else ""
        print(f"  {one.kind}  {one.name}{near}", file=sys.stderr)
    if len(plan.fresh) > _SHOWN:
        print(f"  and {len(plan.fresh) - _SHOWN} more", file=sys.stderr)
    if not wanted and not (sys.stdin.isatty() and typer.confirm("Put them on the register?", err=True)):
        raise unknown_names(plan)


def _print(plan: Plan, *, as_json: bool, dry_run: bool) -> None:
    rows = [{"digest": one.digest, "type": one.event.type, "id": getattr(one.event, "id", "")} for one in plan.events]
    if as_json:
        import json

        print(
            json.dumps(
                {
                    "written": [] if dry_run else rows,
                    "would_write": rows if dry_run else [],
                    "skipped": [item.place.file for item in plan.skipped],
                },
                ensure_ascii=False,
                indent=2,
            )
        )
        return
    for row in rows:
        print(f"{row['digest']}  {row['type']}  {row['id']}")
    for item in plan.skipped:
        print(f"on record already: {item.place}", file=sys.stderr)
    if dry_run:
        print("nothing was written (--dry-run)", file=sys.stderr)
