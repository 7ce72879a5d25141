"""`briefing append`: drafts become events."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.drafts import DraftFile, gather, put_drafts, read_files
from briefing.cli.workspace import By, DryRun, Json, open_workspace

Many = list[str]


def append(
    files: Annotated[
        Many | None,
        typer.Argument(metavar="FILE|-", help="Drafts, several to a file if you like; - is standard input."),
    ] = None,
    meeting: Annotated[
        str, typer.Option(metavar="TITLE", help="Take one meeting from options, not from a file: its title.")
    ] = "",
    agency: Annotated[Many | None, typer.Option(metavar="NAME", help="The agency met; may be repeated.")] = None,
    with_: Annotated[
        Many | None, typer.Option("--with", metavar="PERSON", help="Someone met, “Name, Title”; may be repeated.")
    ] = None,
    when: Annotated[
        str, typer.Option(metavar="DATE", help="The day, “28 May 2025”; not needed when a visit gives it.")
    ] = "",
    visit: Annotated[str, typer.Option(metavar="VISIT", help="The visit that the meeting belongs to.")] = "",
    point: Annotated[
        Many | None, typer.Option(metavar="SENTENCE", help="What was said, in one sentence; may be repeated.")
    ] = None,
    commitment: Annotated[
        Many | None, typer.Option(metavar="SENTENCE", help="What was promised, in one sentence; may be repeated.")
    ] = None,
    notes: Annotated[
        str, typer.Option(metavar="POST", help="Whose own record it is: “Third Secretary (Commerce)”.")
    ] = "",
    new: Annotated[bool, typer.Option("--new", help="Put names that are new on the register, without asking.")] = False,
    by: By = "",
    dry_run: DryRun = False,
    accept_clock: Annotated[
        bool, typer.Option("--accept-clock", help="Write although the newest event is a day ahead of this clock.")
    ] = False,
    json: Json = False,
) -> None:
    """Put drafts on record.

    A draft that is wrong in any part is refused whole, with every problem named. What is on record is
    never changed, and a draft that is on record already adds nothing. Prints the digest of each event.
    Without a file, one meeting is taken from the options or, on a terminal, asked for.
    """
    from briefing.items import Problems

    workspace = open_workspace()
    workspace.require_writable()
    options = {
        "meeting": meeting,
        "visit": visit,
        "when": when,
        "agency": agency,
        "with": with_,
        "notes": notes,
        "points": [{"say": one} for one in point or ()],
        "commitments": [{"say": one} for one in commitment or ()],
    }
    problems = Problems()
    given: dict[str, object] = {key: value for key, value in options.items() if value}
    items, texts = gather(_sources(files or [], given), problems)
    put_drafts(
        workspace, items, texts, problems, new=new, by=by, accept_clock=accept_clock, dry_run=dry_run, as_json=json
    )


def _sources(files: Many, options: dict[str, object]) -> list[DraftFile]:
    """Return the files, or one that is made of the options."""
    from briefing.errors import UsageProblem

    if options and files:
        raise UsageProblem("a meeting comes from files or from options, not from both", hint="leave one of them out")
    return read_files(files) if files else [DraftFile("the options", _as_draft(options), Path.cwd())]


def _as_draft(options: dict[str, object]) -> bytes:
    """Return one meeting as a draft: from options, or asked for on a terminal."""
    import json

    from briefing.errors import UsageProblem

    if not options:
        if not sys.stdin.isatty():
            raise UsageProblem(
                "nothing to append", hint="name a draft file, or - for standard input, or give --meeting and the rest"
            )
        options = _ask()
    return json.dumps(options, ensure_ascii=False, indent=1).encode()


def _ask() -> dict[str, object]:
    """Ask for one meeting on a terminal; an empty answer leaves the question open."""

    def ask(question: str) -> str:
        return str(typer.prompt(question, default="", show_default=False, err=True)).strip()

    def several(question: str) -> list[str]:
        return list(iter(lambda: ask(question), ""))

    answers: dict[str, object] = {
        "meeting": ask("Title of the meeting"),
        "when": ask("When (28 May 2025; empty when a visit gives it)"),
        "visit": ask("Visit (empty for none)"),
        "agency": ask("Agency met"),
        "with": several("Met: Name, Title (empty to go on)"),
        "notes": ask("Whose record is this (your post)"),
        "points": [{"say": one} for one in several("What was said, one sentence (empty to go on)")],
        "commitments": [{"say": one} for one in several("What was promised, one sentence (empty to go on)")],
    }
    return {key: value for key, value in answers.items() if value}
