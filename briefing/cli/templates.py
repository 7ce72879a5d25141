"""`briefing templates list|copy|check`: the house's own templates."""

from __future__ import annotations

import json as json_
import sys
from dataclasses import asdict, replace
from os.path import relpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.workspace import Json, open_workspace

if TYPE_CHECKING:
    from briefing.errors import Problem

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, add_completion=False)

SAID = {
    "shipped": "as it ships",
    "copied": "your copy, not changed",
    "changed": "your copy, changed",
    "own": "your own",
}


@app.callback()
def templates() -> None:
    """List, copy and check the templates of papers."""


@app.command("list")
def list_(json: Json = False) -> None:
    """List the templates, and whether papers are made from yours or from those that ship.

    Yours lie in the folder templates/ of the workspace.
    """
    from briefing.render.house import templates as found

    rows = found(open_workspace().house_templates)
    if json:
        print(json_.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return
    width = max(len(row.name) for row in rows)
    for row in rows:
        late = "; the one that ships has changed since" if row.overtaken else ""
        print(f"{row.name:{width}}  {SAID[row.state]}{late}")


@app.command()
def copy(
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME", help="page (note.html.j2 and note.css), word (note.docx), fonts, or a file."),
    ],
) -> None:
    """Copy templates that ship into the workspace, to be changed there.

    Copies what is named and no more. A file of yours is never written over. Prints each new file.
    """
    from importlib.metadata import version

    from briefing.render.house import copy as copied

    workspace = open_workspace()
    for path in copied(names, workspace.root / "templates", program=version("briefing-notes")):
        print(path)
    print("next: change the copy, then `briefing templates check`", file=sys.stderr)


@app.command()
def check(
    format_: Annotated[
        list[str] | None,
        typer.Option("--format", "-f", metavar="FORMAT", help="pdf, docx or html; may be repeated. Without it all."),
    ] = None,
    json: Json = False,
) -> None:
    """Make a full and an empty paper from your templates and name everything that is wrong.

    One line for each problem, with file and line. Exit code 1 when there is any. A copy whose original
    has changed since is named on standard error; papers are made from it all the same.
    """
    from briefing.cli.output import chosen_format
    from briefing.render.check import problems
    from briefing.render.house import overtaken

    house = open_workspace().house_templates
    formats = [chosen_format(one, "") for one in format_ or ("html", "pdf", "docx")]
    if house is None:
        print("there is no folder templates/ here: checking those that ship", file=sys.stderr)
    found = list(dict.fromkeys(_from_here(one, house) for chosen in formats for one in problems(chosen, house)))
    for one in overtaken(house):
        print(f"note: {one.place}: {one.what}\nhint: {one.hint}", file=sys.stderr)
    if json:
        print(json_.dumps([_as_json(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            print(f"{one.place}: {one.what}" + (f" ({one.hint})" if one.hint else ""))
        print(f"{', '.join(formats)}: {len(found) or 'no'} problem{'' if len(found) == 1 else 's'}", file=sys.stderr)
    if found:
        raise typer.Exit(1)


def _from_here(problem: Problem, house: Path | None) -> Problem:
    """Return a problem whose file is named as one would open it from here."""
    if house is None or not problem.place.file:
        return problem
    return replace(problem, place=replace(problem.place, file=relpath(house / problem.place.file)))


def _as_json(one: Problem) -> dict[str, object]:
    return {"file": one.place.file, "line": one.place.line, "what": one.what, "hint": one.hint}
