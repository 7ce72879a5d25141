"""`briefing changes`: what entered the record, was corrected or withdrawn between two points."""

from __future__ import annotations

import json as json_
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.cli.papers import Wanted, paper_command
from briefing.cli.since import as_it_was, earlier_point
from briefing.cli.workspace import Json, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.changes import Changed
    from briefing.notes.change_lines import Line
    from briefing.notes.changes import Since
    from briefing.notes.papers import Paper


@paper_command("changes")
def changes(
    workspace: Workspace,
    since: Annotated[
        str,
        typer.Option(
            metavar="PAPER|DATE|TIME|DIGEST",
            help="The earlier point: a paper's file or REF@EDITION, a day (from its beginning), a time, or an event.",
        ),
    ] = "",
    for_: Annotated[
        str, typer.Option("--for", metavar="READER", help="Since the newest paper that this reader has seen.")
    ] = "",
    until: Annotated[
        str,
        typer.Option(
            metavar="PAPER|DATE|TIME|DIGEST",
            help="The later point, a day to its end. Without it, all that is on record.",
        ),
    ] = "",
    json: Json = False,
) -> Wanted:
    """Tell what changed since a paper, a day or an event.

    A line for each event that is new: corrections with field, old and new value and reason, withdrawals
    and redactions, differences that were settled, commitments, meetings, and the register, with the texts
    they rest on. With -o or --format it is a paper, the change sheet. A day or time goes by when each event
    was recorded; what was recorded before it elsewhere and merged since is told only since a paper or event.
    Of a paper that was issued the sheet is a numbered addendum.
    """
    from briefing.notes.papers import Paper

    workspace = as_it_was(workspace, until)
    point = earlier_point(workspace, since, reader=for_)
    point.part.frame()  # which says where there is nothing to read
    paper = Paper("changes", options=point.options)
    return Wanted((paper,), on=workspace, part=point.part, listing=lambda: _list(point.part, paper, json=json))


def _list(workspace: Workspace, paper: Paper, *, json: bool) -> None:
    from briefing.changes import changes as changes_between
    from briefing.notes.changes import change_lines, in_short
    from briefing.notes.papers import earlier

    log = workspace.log
    before, point = earlier(log.recorded, paper, log.lineage)
    as_of = workspace.day(workspace.as_of) if workspace.as_of else None
    found = changes_between(before, log.recorded, as_of=as_of, lineage=log.lineage)
    writer, lines = change_lines(workspace.state, found)
    if json:
        print(json_.dumps(_as_json(workspace, found, point, lines), ensure_ascii=False, indent=2))
        return
    print(in_short(found, point))
    _print(lines)
    for letter, id_ in sorted((letter, id_) for id_, letter in writer.letters.items()):
        print(f"[{letter}] {id_}")


def _print(lines: Sequence[Line]) -> None:
    section = ""
    for number, line in enumerate(lines, 1):
        if line.section != section:
            section = line.section
            print(f"\n{section}")
        print(f"{number:>3}  {line.words}")
    if lines:
        print()


def _as_json(workspace: Workspace, found: Sequence[Changed], since: Since, lines: Sequence[Line]) -> dict[str, Any]:
    from briefing.payload import citations

    return {
        "since": {"basis": since.basis or None, "printed": since.printed, "paper": since.amends or None},
        "until": {"basis": workspace.log.basis},
        "changes": [
            {
                "digest": one.digest,
                "kind": one.kind,
                "type": one.event.type,
                "recorded_at": one.at.isoformat(),
                "recorded_by": one.event.recorded_by,
                "about": getattr(one.subject or one.event, "id", None) or getattr(one.event, "commitment", None),
                "target": getattr(one.event, "target", None),
                "stands": one.stands,
                "fields": [{"path": field.path, "old": field.old, "new": field.new} for field in one.fields],
                "reason": getattr(one.event, "reason", None) or getattr(one.event, "because", None),
                "authority": getattr(one.event, "authority", None),
                "sources": sorted({cited.source for cited in citations(one.subject or one.event) if cited.source}),
                "lines": [line.words for line in lines if one.digest in line.digests],
            }
            for one in found
        ],
    }
