"""What drafts come to, decided on the part of the record that bears on it, where an index is there to tell it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from briefing.cli.workspace import Workspace
from briefing.cli.writing import pen_for

if TYPE_CHECKING:
    from briefing.decide import Plan
    from briefing.items import Item, LoadedText, Problems
    from briefing.linked import Digests, Whole
    from briefing.pen import Pen
    from briefing.store.index import Index
    from briefing.store.log import Log

_ROUNDS = 6
"""How often what drafts come to may show that more bears on it, before the whole record is read."""


@dataclass(frozen=True, slots=True)
class Request:
    """Drafts, the texts that they name, what is wrong with them so far, and whether names may be new."""

    items: Sequence[Item]
    texts: Mapping[str, LoadedText]
    problems: Problems
    new: bool

    def decided(self, log: Log, pen: Pen) -> Plan:
        """Return what the drafts come to; `InvalidDraft` names every problem."""
        from briefing.decide import decide

        return decide(self.items, log.recorded, pen, self.texts, self.problems, new=self.new)

    def tried(self, log: Log) -> Plan:
        """Return the same, written by nobody: nobody is asked who it is, and no clock is looked at."""
        from briefing.pen import Pen

        now = log.newest or datetime.min.replace(tzinfo=UTC)
        return self.decided(log, Pen(by="nobody", now=now, newest=log.newest, heads=log.heads, nonce=lambda: "0" * 32))


def plan_drafts(workspace: Workspace, request: Request, *, by: str, accept_clock: bool) -> Plan:
    """Return what drafts come to; `InvalidDraft` names every problem.

    What is wrong with them is told from the whole record. An index is not made for this.
    """
    index = _index(workspace, request)
    if index is not None:
        with closing(index):
            part = bearing_on(request, index)
        workspace = workspace if part is None else replace(workspace, part=part)
    return request.decided(workspace.log, pen_for(workspace, by=by, accept_clock=accept_clock))


def _index(workspace: Workspace, request: Request) -> Index | None:
    from briefing.cli.caches import open_index
    from briefing.draft_slices import told_of_a_part

    if request.problems or "everything" in workspace.__dict__ or not told_of_a_part(request.items):
        return None
    return open_index(workspace, make=False)


def bearing_on(request: Request, index: Index) -> Log | None:
    """Return the part of the record by which drafts come to the same; None where they are wrong, or it is not told."""
    from briefing.errors import InvalidDraft, RecordNotWhole

    plan: Plan | None = None
    part: Log | None = None
    read: set[str] = set()
    for _ in range(_ROUNDS):
        needed = _Needed(request.items, plan, read)
        more = index.part(needed)
        if needed.nothing_more:
            return part
        if more is None or (part is not None and more.heads != part.heads):
            return None
        part = more
        try:
            part.require_whole()
            plan = request.tried(part)
        except (InvalidDraft, RecordNotWhole):
            return None
    return None


class _Needed:
    """What is read in a round; `nothing_more` where all that bears on a plan was read before it was made."""

    def __init__(self, items: Sequence[Item], plan: Plan | None, read: set[str]) -> None:
        self._items, self._plan, self._read = items, plan, read
        self.nothing_more = False

    def __call__(self, record: Whole) -> Digests | None:
        from briefing.draft_slices import drafts_slice, needed_besides

        if self._plan is None:
            self._read |= drafts_slice(record, self._items)
            return self._read
        more = needed_besides(record, self._plan) - self._read
        self.nothing_more = not more
        self._read |= more
        return self._read if more else None
