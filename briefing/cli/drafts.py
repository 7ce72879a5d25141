"""Putting drafts on record: the one way, whether they were typed, reviewed, or made from a register."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from briefing.cli.planning import Request, plan_drafts
from briefing.cli.workspace import Workspace
from briefing.cli.writing import put_on_record

if TYPE_CHECKING:
    from briefing.decide import Plan
    from briefing.errors import Place, Problem
    from briefing.items import Item, LoadedText, Problems


class DraftFile(NamedTuple):
    """A file of drafts: its name, its bytes, and the folder from which it names texts."""

    name: str
    data: bytes
    folder: Path


def read_files(names: Sequence[str]) -> list[DraftFile]:
    """Return the files of drafts; - is standard input."""
    from briefing.errors import NoInput

    found = []
    for name in names:
        try:
            data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except FileNotFoundError as fault:
            raise NoInput(
                f"there is no file {name}", hint="`briefing new meeting -o FILE` writes a draft to fill in"
            ) from fault
        found.append(DraftFile("standard input", data, Path.cwd()) if name == "-"
                     else DraftFile(name, data, Path(name).parent))  # fmt: skip
    return found


def gather(
    files: Sequence[DraftFile], problems: Problems, *, undecided: bool = False
) -> tuple[list[Item], dict[str, LoadedText]]:
    """Return the drafts of files and the texts they name, noting what is wrong in any."""
    from briefing.errors import InvalidDraft
    from briefing.intake.drafts import gather_drafts
    from briefing.intake.texts import load_texts

    items: list[Item] = []
    texts: dict[str, LoadedText] = {}
    for file in files:
        try:
            found = gather_drafts(file.data, file.name, problems, undecided=undecided)
            problems.extend(_add_texts(texts, load_texts(found, file.folder), file.name))
            items.extend(found)
        except InvalidDraft as fault:
            problems.extend(fault.problems)
    return items, texts


def _add_texts(texts: dict[str, LoadedText], found: dict[str, LoadedText], file: str) -> list[Problem]:
    """Add the texts of one file to those of all; a name that means another text there is a problem."""
    from briefing.errors import Place, Problem

    problems = [
        Problem(Place(file), f"“{name}” is another text than in the files before", "append this file by itself")
        for name, text in found.items()
        if name in texts and texts[name].sha256 != text.sha256
    ]
    texts.update(found)
    return problems


def put_drafts(
    workspace: Workspace, items: Sequence[Item], texts: Mapping[str, LoadedText], problems: Problems, *,
    new: bool, by: str, accept_clock: bool, dry_run: bool, as_json: bool, agreed: Collection[Place] | None = None,
) -> Plan:  # fmt: skip
    """Put drafts on record, all or none, and print what was written; a draft that is there already adds nothing.

    New names are wanted where they are `new`, or stand at a place that was `agreed` to where that is known.
    """
    from briefing.intake.marks import unknown_marks

    problems.extend(unknown_marks(items, workspace.profiles(workspace.profile)))
    request = Request(items, texts, problems, new=new or agreed is not None)
    plan = plan_drafts(workspace, request, by=by, accept_clock=accept_clock)
    _settle_names(plan, wanted=new or all(one.place in (agreed or ()) for one in plan.fresh))
    _warn_of_meetings_on_record(plan)
    put_on_record(workspace, plan.events, dry_run=dry_run)
    _print(plan, as_json=as_json, dry_run=dry_run)
    return plan


_SHOWN = 30
"""New names that are shown with those most like them; each is compared with the whole register."""


def _settle_names(plan: Plan, *, wanted: bool) -> None:
    """Show what is new on the register, and go on only when names that nobody described are wanted."""
    from collections import Counter

    from briefing.decide import unknown_names

    entries = plan.new_entries
    if not entries:
        return
    many = {"person": "people", "agency": "agencies"}
    counts = Counter(kind for kind, _, _ in entries)
    told = ", ".join(f"{n} {kind if n == 1 else many.get(kind, kind + 's')}" for kind, n in counts.items())
    print(f"new: {told}", file=sys.stderr)
    near = {one.id: one for one in plan.fresh}
    for kind, id_, name in entries[:_SHOWN]:
        like = ", ".join(near[id_].nearest) if id_ in near else ""
        print(f"  {kind}  {name}" + f" (nearest: {like})" * bool(like), file=sys.stderr)
    if len(entries) > _SHOWN:
        print(f"  and {len(entries) - _SHOWN} more", file=sys.stderr)
    if plan.fresh and not wanted and not (
        sys.stdin.isatty() and typer.confirm("Put them on the register?", err=True)
    ):  # fmt: skip
        raise unknown_names(plan)


def _warn_of_meetings_on_record(plan: Plan) -> None:
    """Say which new meetings may be on record already, by who was met and when."""
    from briefing.dates import format_span
    from briefing.duplicates import likely_meetings

    for new, known in likely_meetings(plan.state, [one.event for one in plan.events]):
        days = f", {format_span(known.when)}" if known.when else ""
        print(f"warning: “{new.held.title}” may be on record already: {known.id}, “{known.held.title}”{days}; "
              f"`adds to: {known.id}` in its draft adds to that one instead", file=sys.stderr)  # fmt: skip


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
    for one in plan.events:
        about = getattr(one.event, "id", "") or getattr(one.event, "target", "")[:12]
        print(f"{one.digest[:12]}  {one.event.type}  {about}")
    if not rows and plan.skipped:
        many = len(plan.skipped)
        print("nothing new: " + (f"all {many} are" if many > 1 else "it is") + " on record already", file=sys.stderr)
    elif not rows:
        print("nothing new: everything was rejected", file=sys.stderr)
    for item in plan.skipped if rows else ():
        print(f"on record already: {item.place}", file=sys.stderr)
    if dry_run:
        print("nothing was written (--dry-run)", file=sys.stderr)
