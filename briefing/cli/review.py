"""`briefing review`: the proposals of a draft on a terminal, one key each; what was decided is in the file at once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from briefing.errors import Problem
    from briefing.intake.review import Review


def review(
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="The draft, as `briefing draft` wrote it.")],
    edit: Annotated[
        bool, typer.Option("--edit", help="Open the draft in your editor, and check it when it closes.")
    ] = False,
) -> None:
    """Decide on the proposals of a draft, one by one.

    Each is shown with its words lit in the text. A key decides: accept, edit, reject, merge with somebody
    on record, group into another meeting, skip, undo. The file is rewritten after each, only where it was
    decided, so that you may quit at any time. `briefing accept` then puts it on record.
    """
    workspace = open_workspace()
    path = Path(draft)
    found = _read(path)
    if edit:
        _edit(workspace, path)
    elif not (sys.stdin.isatty() and sys.stderr.isatty()):
        from briefing.errors import UsageProblem

        raise UsageProblem("a review needs a terminal", hint="--edit opens the draft; or change each `decision:` in it")
    else:
        from briefing.cli.deciding import Deciding

        Deciding(workspace, path, lambda line: _after_editing(workspace, path, line)).review(found)
    _say_what_is_left(_read(path), draft)


def _read(path: Path) -> Review:
    """Return the review of a file; refused with every problem of its form."""
    from briefing.cli.drafts import read_files
    from briefing.errors import InvalidDraft
    from briefing.intake.drafts import gather_drafts
    from briefing.intake.review import Review
    from briefing.intake.splicing import Sheet
    from briefing.items import Problems

    (file,) = read_files([str(path)])
    problems = Problems()
    gather_drafts(file.data, file.name, problems, undecided=True)
    if problems:
        raise InvalidDraft(problems)
    return Review(Sheet(file.data), file.name)


def _say_what_is_left(found: Review, draft: str) -> None:
    from briefing.intake.proposals import REJECTED

    left = len(found.pending)
    if left:
        told = f"{left} pending: `briefing review {draft}` goes on"
    elif found.every and all(one.block.decision == REJECTED for one in found.every):
        told = "everything was rejected: there is nothing to put on record"
    else:
        told = f"nothing is pending: `briefing accept {draft}` puts it on record"
    print(told, file=sys.stderr)


def _edit(workspace: Workspace, path: Path, *, line: int = 1) -> None:
    """Open the file in an editor, at a line, until it is right, or the officer leaves it."""
    from briefing.cli.edit import run_editor
    from briefing.errors import InvalidDraft

    while True:
        run_editor(str(path), line=line)
        problems = _checked(workspace, path)
        if not problems:
            return
        fault = InvalidDraft(problems)
        if not sys.stdin.isatty():
            raise fault
        print(*fault.lines(), sep="\n", file=sys.stderr)
        if not typer.confirm("Edit again?", default=True, err=True):
            raise fault


def _after_editing(workspace: Workspace, path: Path, line: int) -> Review:
    _edit(workspace, path, line=line)
    return _read(path)


def _checked(workspace: Workspace, path: Path) -> list[Problem]:
    """Return what is wrong with a draft, quotations included; that something is pending is not."""
    from datetime import UTC, datetime

    from briefing.cli.drafts import gather, read_files
    from briefing.decide import decide
    from briefing.errors import InvalidDraft
    from briefing.items import Problems
    from briefing.pen import Pen

    problems = Problems()
    items, texts = gather(read_files([str(path)]), problems, undecided=True)
    log = workspace.log
    trial = Pen(by="a review", now=datetime.now(UTC), newest=log.newest, heads=log.heads, nonce=lambda: "0" * 32)
    try:
        decide(items, log.recorded, trial, texts, problems)
    except InvalidDraft as fault:
        return list(fault.problems)
    return []
