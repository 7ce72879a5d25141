"""What every writing command does: who writes, with which clock, and putting events on record."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.listing import short_digests
from briefing.cli.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from briefing.dates import Span
    from briefing.events import Recorded
    from briefing.linked import Digests, Whole
    from briefing.pen import Pen

ABOUT = ("id", "commitment", "difference", "target", "reference", "note")
"""The fields of which an event has one to say what it is about."""

AcceptClock = Annotated[
    bool,
    typer.Option("--accept-clock", help="Go on although the newest event is dated more than a day after this clock."),
]


def pen_for(workspace: Workspace, *, by: str, accept_clock: bool = False) -> Pen:
    """Return the pen for a whole record; a clock that is far behind the record is refused.

    The heads are synced anew: the command that wrote them may have failed just there, and what follows
    them, or finds them on record already, must not outlive them.
    """
    import secrets
    from datetime import UTC, datetime

    from briefing.pen import Pen
    from briefing.stamp import check_clock
    from briefing.store.append import put_again

    log = workspace.log
    log.require_whole()
    now = datetime.now(UTC)
    newest = log.recorded[-1] if log.recorded else None
    if newest is not None and (warning := check_clock(now, newest.at, newest.digest[:8], accept=accept_clock)):
        print(f"warning: {warning}", file=sys.stderr)
    put_again(workspace.store, [one for one in log.recorded if one.digest in log.heads])
    return Pen(by=author(workspace, by), now=now, newest=newest.at if newest else None, heads=log.heads,
               nonce=lambda: secrets.token_hex(16))  # fmt: skip


def author(workspace: Workspace, by: str) -> str:
    """Return who puts things on record: as given, as set, or asked on a terminal."""
    from briefing.errors import UsageProblem

    name = workspace.setting("recorded_by", by)
    if not name and sys.stdin.isatty():
        name = str(typer.prompt("Who puts this on record (post)", err=True)).strip()
    if not name:
        raise UsageProblem(
            "nobody is named who puts this on record", hint="pass --by, or set recorded_by in briefing.toml"
        )
    return name


def writable() -> Workspace:
    """Return the workspace of a command that writes; refused for the sample record."""
    workspace = open_workspace()
    workspace.require_writable()
    return workspace


def bearing_on(workspace: Workspace, wanted: Callable[[Whole], Digests]) -> Workspace:
    """Return the workspace with what is wanted, and where its record ends, where an index tells it; else as it is.

    An index is not made for this; what is wrong with a record is told from the whole of it.
    """
    from briefing.cli.caches import open_index
    from briefing.errors import RecordNotWhole
    from briefing.slices import closed

    if (index := open_index(workspace, make=False)) is None:
        return workspace
    with closing(index):
        part = index.part(lambda record: closed(record, wanted(record) | record.ends()))
    try:
        if part is not None:
            part.require_whole()
    except RecordNotWhole:
        return workspace
    return workspace if part is None else replace(workspace, part=part)


def span_said(said: str, *, due: bool = False) -> Span | None:
    """Return a date as typed, or when something is due; None where nothing was."""
    from briefing.dates import DateProblem, parse_due, parse_span
    from briefing.errors import UsageProblem

    try:
        return (parse_due if due else parse_span)(said) if said else None
    except DateProblem as problem:
        what, _, hint = str(problem).partition("\n")
        raise UsageProblem(what, hint=hint) from None


def put_on_record(workspace: Workspace, events: Sequence[Recorded], *, dry_run: bool = False) -> None:
    """Write events in their order, unless this is a dry run."""
    from briefing.store.append import publish

    if not dry_run:
        publish(workspace.store, [one.event for one in events])


def put_and_print(workspace: Workspace, written: Sequence[Recorded], *, dry_run: bool) -> None:
    """Write events, unless this is a dry run, and print them."""
    put_on_record(workspace, written, dry_run=dry_run)
    print_written(written, dry_run=dry_run)


def print_written(events: Sequence[Recorded], *, dry_run: bool) -> None:
    """Print digest, shortened, type and subject of each event, and that nothing was written where that is so."""
    for one in events:
        named = [getattr(one.event, name, "") for name in ABOUT]
        about = next((name for name in named if name), "")
        print(f"{one.digest[:12]}  {one.event.type}  {short_digests(about)}")
    if dry_run:
        print("nothing was written (--dry-run)", file=sys.stderr)
