"""`briefing people | agencies | topics`: the register, listed, described, added to and tidied."""

from __future__ import annotations

import json as json_
import sys
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from briefing.cli.listing import ROWS, print_rows
from briefing.cli.reading import reading
from briefing.cli.workspace import By, DryRun, Json, Workspace
from briefing.cli.writing import AcceptClock

if TYPE_CHECKING:
    from briefing.state import RegisterKind

Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NAME]", help="One entry, by id, name or alias; or words that its line holds."),
]
Alias = Annotated[
    list[str] | None, typer.Option("--alias", metavar="NAME", help="Another name of the entry; may be repeated.")
]
FullName = Annotated[str, typer.Option("--full-name", metavar="TEXT", help="The approved expansion.")]
Merges = Annotated[bool, typer.Option("--merges", help="Print which entries may be one, and the evidence.")]
Merge = Annotated[str, typer.Option("--merge", metavar="NAME", help="The entry that is the same as the one named.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why the two are one, in a sentence.")]


class Wish(NamedTuple):
    """What is asked of one part of the register: which entry, what to add, what to merge, how to write and print."""

    kind: RegisterKind
    name: str
    draft: dict[str, Any]
    merges: bool
    merge: str
    reason: str
    by: str
    accept_clock: bool
    dry_run: bool
    json: bool


@reading
def people(
    workspace: Workspace, words: Words = None, alias: Alias = None,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="A post held, by its title.")] = "",
    agency: Annotated[str, typer.Option("--agency", metavar="NAME", help="The agency of the post.")] = "",
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="Since when the post is held.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Until when it was held.")] = "",
    merges: Merges = False, merge: Merge = "", reason: Reason = "", by: By = "", accept_clock: AcceptClock = False,
    dry_run: DryRun = False, json: Json = False,
) -> None:  # fmt: skip
    """List people, or tell all that the record says of one.

    With --alias or --title it is put on record. --merges prints who may be one and the same, and the
    command that would merge them; nothing is merged by itself.
    """
    draft = {"also": alias, "title": title, "agency": agency, "since": since, "until": until}
    run(workspace, Wish("person", " ".join(words or ()), draft, merges, merge, reason, by, accept_clock, dry_run, json))


@reading
def agencies(
    workspace: Workspace, words: Words = None, alias: Alias = None, full_name: FullName = "",
    merges: Merges = False, merge: Merge = "", reason: Reason = "", by: By = "", accept_clock: AcceptClock = False,
    dry_run: DryRun = False, json: Json = False,
) -> None:  # fmt: skip
    """List agencies, or tell all that the record says of one.

    With --alias or --full-name it is put on record. --merges prints which may be one and the same, and
    the command that would merge them; nothing is merged by itself.
    """
    draft = {"also": alias, "full name": full_name}
    run(workspace, Wish("agency", " ".join(words or ()), draft, merges, merge, reason, by, accept_clock, dry_run, json))


@reading
def topics(
    workspace: Workspace, words: Words = None, alias: Alias = None, full_name: FullName = "",
    merges: Merges = False, merge: Merge = "", reason: Reason = "", by: By = "", accept_clock: AcceptClock = False,
    dry_run: DryRun = False, json: Json = False,
) -> None:  # fmt: skip
    """List topics, or tell all that the record says of one.

    With --alias or --full-name it is put on record. --merges prints which may be one and the same, and
    the command that would merge them; nothing is merged by itself.
    """
    draft = {"also": alias, "full name": full_name}
    run(workspace, Wish("topic", " ".join(words or ()), draft, merges, merge, reason, by, accept_clock, dry_run, json))


_PARTS: dict[str, str] = {"person": "people", "agency": "agencies", "topic": "topics"}


def run(workspace: Workspace, wish: Wish) -> None:
    """Do what is asked of one part of the register."""
    from briefing.errors import UsageProblem

    given = {key: value for key, value in wish.draft.items() if value}
    if bool(given) + wish.merges + bool(wish.merge) > 1:
        raise UsageProblem("several things at once", hint="add to an entry, or merge two, or ask for --merges")
    if wish.merges:
        _propose(workspace, wish)
    elif given:
        _add(_all_of_it(workspace), wish, given)
    elif wish.merge:
        _merge(_all_of_it(workspace), wish)
    else:
        from briefing.slices import LISTED

        register = workspace.needing(LISTED[_PARTS[wish.kind]])
        if wish.name and (id_ := register.state.find(wish.kind, wish.name)):
            _describe(workspace, wish, id_)
        else:
            _list(register, wish)


def _all_of_it(workspace: Workspace) -> Workspace:
    """Return the workspace when it is one to write to, and all of its record is read."""
    from briefing.errors import UsageProblem

    workspace.require_writable()
    if workspace.as_of or workspace.known_at or workspace.on_basis or workspace.incomplete:
        raise UsageProblem("what is written follows the whole record", hint="leave out --as-of and its like")
    return workspace


def _list(workspace: Workspace, wish: Wish) -> None:
    from briefing.cli.naming import require
    from briefing.spelling import fold_name

    wanted = fold_name(wish.name).split()
    rows = list(ROWS[_PARTS[wish.kind]](workspace, ""))
    found = [row for row in rows if all(word in fold_name(" ".join(map(str, row.values()))) for word in wanted)]
    if wanted and not found:
        require(workspace.state, wish.kind, wish.name)
    print_rows(found, as_json=wish.json)


def _describe(workspace: Workspace, wish: Wish, id_: str) -> None:
    from briefing.cli.describing import described, lines

    found = described(workspace, wish.kind, id_)
    print(json_.dumps(found, ensure_ascii=False, indent=2) if wish.json else "\n".join(lines(found)))


def _add(workspace: Workspace, wish: Wish, given: dict[str, Any]) -> None:
    """Put other names, or a post, on record: a draft such as an officer would type, on the way that all drafts go."""
    from briefing.cli.drafts import put_drafts
    from briefing.cli.naming import require
    from briefing.intake.drafts import gather_drafts
    from briefing.items import Problems

    id_ = require(workspace.state, wish.kind, wish.name)
    entry: Any = getattr(workspace.state, _PARTS[wish.kind])[id_]
    problems = Problems()
    draft = {wish.kind: entry.name, "id": id_, **given}
    items = gather_drafts(json_.dumps(draft, ensure_ascii=False).encode(), "the options", problems)
    put_drafts(
        workspace, items, {}, problems, new=False, by=wish.by, accept_clock=wish.accept_clock, dry_run=wish.dry_run,
        as_json=wish.json,
    )  # fmt: skip


def _propose(workspace: Workspace, wish: Wish) -> None:
    """Print the pairs that may be one, each with what speaks for it and the command that would merge them."""
    import shlex
    from dataclasses import asdict

    from briefing.duplicates import likely_duplicates

    found = likely_duplicates(workspace.state, wish.kind)
    part = _PARTS[wish.kind]
    commands = [f"briefing {part} {shlex.quote(one.kept)} --merge {shlex.quote(one.other)}" for one in found]
    if wish.json:
        rows = [{**asdict(one), "command": said} for one, said in zip(found, commands, strict=True)]
        print(json_.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not found:
        print(f"no two {part} look like one", file=sys.stderr)
    for one, said in zip(found, commands, strict=True):
        print(f"{one.kept}  {one.other}  {one.score}")
        print(*(f"  {evidence}" for evidence in one.evidence), f"  {said}", sep="\n")


def _merge(workspace: Workspace, wish: Wish) -> None:
    from briefing.cli.naming import require
    from briefing.cli.writing import pen_for, put_and_print
    from briefing.merge import merge
    from briefing.revise import Why

    state = workspace.state
    kept, other = (require(state, wish.kind, name) for name in (wish.name, wish.merge))
    why = Why(wish.reason.strip() or f"{other} and {kept} are one")
    pen = pen_for(workspace, by=wish.by, accept_clock=wish.accept_clock)
    merge(workspace.log.recorded, state, wish.kind, kept, other, pen, why)
    put_and_print(workspace, pen.written, dry_run=wish.dry_run)
