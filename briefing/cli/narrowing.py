"""The part of a record that papers are made from, where an index tells it: what each needs, and what came since one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from briefing.cli.workspace import Workspace

if TYPE_CHECKING:
    from briefing.lineage import Added
    from briefing.linked import Digests, Whole
    from briefing.notes.papers import Paper
    from briefing.paper_slices import Scope
    from briefing.state import IssuedNote


def narrowed(workspace: Workspace, papers: tuple[Paper, ...], *, reader: str, ref: str) -> Workspace:
    """Return the workspace with only the events that papers for a reader need, where that is known of each of them.

    `ref` is the reference that was asked for. A brief tells its reader what came since the one that they saw last.
    """
    from briefing.issuing import reference_of
    from briefing.paper_slices import SLICES, all_slices

    if any(one.kind not in SLICES for one in papers):
        return workspace
    office = workspace.setting("reference")
    named = [(one.kind, scope(workspace, one), reference_of(one, given=ref, office=office)) for one in papers]

    def wanted(record: Whole) -> Digests | None:
        return all_slices(record, named)

    briefs = [one for one in papers if one.kind == "meeting"]
    seen = [note for one in briefs if (note := _last_seen(workspace, one, reader)) is not None]
    if not seen:
        return workspace.needing(wanted)
    if len(papers) > 1:
        return workspace  # who follows whom is told since one paper
    return _since_seen(workspace, briefs[0], reader, seen[0], wanted)


def scope(workspace: Workspace, paper: Paper) -> Scope:
    """Return what a paper is about, and how far it reaches."""
    from briefing.notes.papers import PERIOD
    from briefing.paper_slices import Scope

    as_of = workspace.day(workspace.as_of) if workspace.as_of else None
    return Scope(paper.subject, paper.option(PERIOD), as_of, workspace.zone, agency=paper.option("agency"),
                 overdue=bool(paper.option("overdue")))  # fmt: skip


def part_since(
    workspace: Workspace, added: Callable[[Whole], Added | None], needed: Callable[[Whole, Added], Digests | None]
) -> tuple[Added | None, Workspace]:
    """Return what was added since a point, and the part that is needed; None and all of the record, without an index.

    The part knows who follows whom, as far as that tells what was added.
    """
    found: list[Added] = []

    def wanted(record: Whole) -> Digests | None:
        if (one := added(record)) is None:
            return None
        found.append(one)
        return needed(record, one)

    part = workspace.needing(wanted)
    if not found or part.part is None:
        return None, workspace
    lineage = found[0].lineage(one.digest for one in part.part.recorded)
    return found[0], replace(part, part=replace(part.part, lineage=lineage))


def _last_seen(workspace: Workspace, brief: Paper, reader: str) -> IssuedNote | None:
    """Return the brief that a reader saw last; None where they saw none, or the record is read whole."""
    from briefing.paper_slices import notes_on

    part = workspace.needing(lambda record: notes_on(record, brief.subject))
    if part.part is None:
        return None
    return part.state.note_last_seen(reader, paper=brief.kind, subject=brief.subject)


def _since_seen(
    workspace: Workspace, brief: Paper, reader: str, seen: IssuedNote, wanted: Callable[[Whole], Digests | None]
) -> Workspace:
    """Return what a brief needs, with what came since the one that its reader saw."""
    from briefing.lineage import added_since

    def needed(record: Whole, added: Added) -> Digests | None:
        of_all = wanted(record)
        return None if of_all is None else of_all | added.slice(record)

    _, part = part_since(workspace, lambda record: added_since(record, frozenset(seen.issued.heads)), needed)
    now = part.state.note_last_seen(reader, paper=brief.kind, subject=brief.subject)
    same = now is not None and now.digest == seen.digest
    return part if same else workspace  # another process may put on record meanwhile that they saw a newer one
