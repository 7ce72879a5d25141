"""`briefing import mail`: an invitation becomes a planned meeting, any other mail a draft."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.import_calendar import Ours
from briefing.cli.importing import Corrections, Yes
from briefing.cli.workspace import By, DryRun, Json
from briefing.cli.writing import AcceptClock

if TYPE_CHECKING:
    from briefing.intake.opening.opened import Attachment, Opened

Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="Mails, as a mail program saves them (.eml).")]


def mail(
    files: Files,
    ours: Ours = None,
    corrections: Corrections = False,
    yes: Yes = False,
    by: By = "",
    dry_run: DryRun = False,
    accept_clock: AcceptClock = False,
    json: Json = False,
) -> None:
    """Take mails in: an invitation as a planned meeting, any other as a draft to be reviewed.

    An invitation is taken as `import calendar` takes it; the text of any other mail as `draft` does, with
    the day on which it was sent. Nothing that a mail carries beside is opened; it is named.
    """
    from briefing.cli.import_calendar import read_calendars
    from briefing.cli.importing import take_in
    from briefing.cli.writing import writable

    workspace = writable()
    opened = {name: _opened(name) for name in files}
    invitations: list[tuple[str, bytes]] = []
    for name, one in opened.items():
        found = [other for other in one.attachments if _is_invitation(other)]
        invitations += [(f"{name}!{other.name}", other.data) for other in found]
        _name_others(name, [other for other in one.attachments if other not in found])
        if not found:
            _draft(name, dry_run=dry_run)
    if invitations:
        take_in(workspace, read_calendars(workspace, invitations, ours=ours or [], alone=True), by=by, yes=yes,
                corrections=corrections, dry_run=dry_run, json=json, accept_clock=accept_clock)  # fmt: skip


def _opened(name: str) -> Opened:
    """Return a mail; a file of another kind is refused."""
    from briefing.errors import CannotOpen, Place
    from briefing.intake.opening import open_path

    one = open_path(Path(name))
    if one.kind != "eml":
        raise CannotOpen(Place(name), "it is no mail", f"`briefing draft {name}` takes texts of other kinds")
    return one


def _is_invitation(one: Attachment) -> bool:
    return one.content_type == "text/calendar" or one.name.lower().endswith(".ics")


def _name_others(name: str, others: list[Attachment]) -> None:
    if others:
        told = ", ".join(dict.fromkeys(one.name for one in others))
        print(f"{name} carries {told}: save it, and `briefing draft` takes it", file=sys.stderr)


def _draft(name: str, *, dry_run: bool) -> None:
    """Draft from the text of a mail, beside which nothing is written to the record."""
    from briefing.cli.draft import draft

    if dry_run:
        print(f"{name}: holds no invitation; a draft would be made of its text", file=sys.stderr)
    else:
        draft(name)
