"""What drafts come to, decided on the part of the record that bears on it, where an index is there to tell it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
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
    """Drafts, the texts that they name, what is wrong with them so far, and who puts them on record."""

    items: Sequence[Item]
    texts: Mapping[str, LoadedText]
    problems: Problems
    new: bool
    by: str
    accept_clock: bool

    def pen(self, workspace: Workspace) -> Pen:
        """Return the pen for what is read of a record."""
        return pen_for(workspace, by=self.by, accept_clock=self.accept_clock)

    def decided(self, log: Log, pen: Pen) -> Plan:
        """Return what the drafts come to; `InvalidDraft` names every problem."""
        from briefing.decide import decide

        return decide(self.items, log.recorded, pen, self.texts, self.problems, new=self.new)


def plan_drafts(workspace: Workspace, request: Request) -> Plan:
    """Return what drafts come to; `InvalidDraft` names every problem.

    What is wrong with them is told from the whole record. An index is not made for this.
    """
    index = _index(workspace, request)
    if index is not None:
        with closing(index):
            plan = _of_part(workspace, request, index)
        if plan is not None:
            return plan
    return request.decided(workspace.log, request.pen(workspace))


def _index(workspace: Workspace, request: Request) -> Index | None:
    from briefing.cli.caches import open_index
    from briefing.draft_slices import told_of_a_part

    if request.problems or "everything" in workspace.__dict__ or not told_of_a_part(request.items):
        return None
    return open_index(workspace, make=False)


def _of_part(workspace: Workspace, request: Request, index: Index) -> Plan | None:
    """Return what drafts come to by the part of the record that bears on it; None where that is wrong, or not told."""
    from briefing.errors import InvalidDraft, RecordNotWhole

    plan: Plan | None = None
    read: set[str] = set()
    pen: Pen | None = None
    for _ in range(_ROUNDS):
        needed = _Needed(request.items, plan, read)
        part = index.part(needed)
        if needed.nothing_more:
            return plan
        if part is None or (pen is not None and part.heads != pen.heads):
            return None
        try:
            pen = pen or request.pen(replace(workspace, part=part))
            plan = request.decided(part, pen.again())
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
