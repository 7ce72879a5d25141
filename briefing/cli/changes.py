"""`briefing changes`: what entered the record, was corrected or withdrawn between two points."""

from __future__ import annotations

import json as json_
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.cli.papers import Wanted, paper_command
from briefing.cli.workspace import Json, Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.changes import Changed
    from briefing.notes.change_lines import Line
    from briefing.notes.changes import Since
    from briefing.notes.papers import Options, Paper


@paper_command("changes")
def changes(
    workspace: Workspace,
    since: Annotated[
        str,
        typer.Option(
            metavar="PAPER|DATE|TIME|DIGEST",
            help="The earlier point: a paper's file, a day (from its beginning), a time, or an event.",
        ),
    ],
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
    """
    from briefing.notes.papers import Paper

    workspace = _until(workspace, until)
    workspace.frame()  # which says where there is nothing to read
    paper = Paper("changes", options=_since(workspace, since))
    return Wanted((paper,), on=workspace, listing=lambda: _list(workspace, paper, json=json))


def _list(workspace: Workspace, paper: Paper, *, json: bool) -> None:
    from briefing.changes import changes as changes_between
    from briefing.notes.changes import change_lines, in_short
    from briefing.notes.papers import earlier

    before, point = earlier(workspace.log.recorded, paper)
    as_of = workspace.day(workspace.as_of) if workspace.as_of else None
    found = changes_between(before, workspace.log.recorded, as_of=as_of)
    writer, lines = change_lines(workspace.state, found)
    if json:
        print(json_.dumps(_as_json(workspace, found, point, lines), ensure_ascii=False, indent=2))
        return
    print(in_short(found, point))
    _print(lines)
    for letter, id_ in sorted((letter, id_) for id_, letter in writer.letters.items()):
        print(f"[{letter}] {id_}")


def _until(workspace: Workspace, said: str) -> Workspace:
    """Return the workspace as it was at the later point; what is no day or time is a paper or an event."""
    from briefing.errors import UsageProblem

    if not said:
        return workspace
    if workspace.on_basis or workspace.known_at:
        raise UsageProblem("--until says what --basis or --known-at says", hint="give one of them")
    if _names_events(workspace, said):
        return replace(workspace, on_basis=said)
    workspace.time(said)
    return replace(workspace, known_at=said)


def _names_events(workspace: Workspace, said: str) -> bool:
    """Tell whether a point is a paper, or digests; eight digits of an event that is here are not read as a day."""
    words = said.casefold().replace(",", " ").split()
    digits = all(len(word) >= 8 and set(word) <= set("0123456789abcdef") for word in words)
    if Path(said).is_file():
        return True
    return digits and (len(said) != 8 or any(one.digest.startswith(words[0]) for one in workspace.everything.recorded))


def _since(workspace: Workspace, said: str) -> Options:
    """Return the earlier point as options of the sheet; the later point must hold all that was on record then."""
    from briefing.errors import UsageProblem
    from briefing.events import EventRedacted
    from briefing.store.log import Log, basis_of
    from briefing.store.moment import whole_ancestry

    log = workspace.log
    if not _names_events(workspace, said):
        at = workspace.time(said, begin=True)
        earlier = tuple(one for one in log.recorded if one.at < at)
        basis = Log(recorded=earlier, findings=()).basis if earlier else ""
        return _point(workspace.printed(at), basis, "since_time", at.isoformat())
    heads = workspace.heads_of(said)
    behind = whole_ancestry(workspace.everything, heads)
    earlier = tuple(one for one in log.recorded if one.digest in behind)
    recorded = workspace.everything.recorded
    redacted = {one.event.target for one in recorded if isinstance(one.event, EventRedacted)}
    if ahead := len(behind - redacted - {one.digest for one in earlier}):
        raise UsageProblem(
            f"the earlier point has {ahead} event{'s' if ahead > 1 else ''} that the later one has not",
            hint="--since is to lie before --until, --basis or --known-at",
        )
    printed = workspace.printed(max(one.at for one in earlier)) if earlier else "the beginning"
    return _point(printed, basis_of(heads), "since_heads", " ".join(heads))


def _point(printed: str, basis: str, name: str, value: str) -> Options:
    return (("since", printed), ("since_basis", basis), (name, value))


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
        "since": {"basis": since.basis or None, "printed": since.printed},
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
