"""What was added to a record since a point in it: told from its newest part, without a look at all that lies before.

A window is the newest part of a record, with who follows whom in it. Where each new event, and the earlier point, are
known to follow every head of what lies before, they follow all of it, and nothing more need be asked. Where that is not
so, the window is widened; where it cannot be told at all, the whole record is read. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from briefing.linked import Digests, Whole
from briefing.roles import Role
from briefing.slices import closed, registers, standing_slice
from briefing.window import Window

WIDTHS = (250, 1_000, 8_000, 64_000)
"""Events that a window has at least, one after the other; beyond the last the whole record is read."""
BEFORE = "before"
"""Stands for all that lies before a window, where events are named by their digests."""


@dataclass(frozen=True, slots=True)
class Added:
    """What was added since a point: the events, the heads of the point, and when the newest behind it was recorded."""

    events: Digests
    heads: Digests
    newest: datetime | None
    window: Window

    def slice(self, record: Whole, *others: str) -> Digests:
        """Return what it takes to tell of the events, and of some others, as from the whole record."""
        told = fresh = self.events | record.here(frozenset(others))
        while fresh := record.here(record.things([Role.ABOUT], fresh)) - told:
            told |= fresh  # a line says what was withdrawn, in the words of that
        named = record.events([Role.BEARS], record.things([Role.NAMES], told))
        return standing_slice(record, told) | closed(record, named | registers(record))

    def lineage(self, events: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return who follows whom as far as it matters for these events of the record, and for the point."""
        inside = self.window.at.keys()
        found = {one: tuple(each if each in inside else BEFORE for each in behind)
                 for one, behind in self.window.parents.items()}  # fmt: skip
        return found | {BEFORE: tuple(set(events) - inside)} | dict.fromkeys(self.heads - inside, (BEFORE,))


def added_since(record: Whole, heads: Digests) -> Added | None:
    """Return what is neither among some events nor behind them; None where only the whole record tells."""
    if record.here(heads) != heads:
        return None

    def of(window: Window) -> Added | None:
        behind = window.behind(heads)
        if not window.heads <= behind:
            return None
        times = [window.at[one] for one in behind & window.at.keys()]
        newest = max((*times, *([window.before] if window.before else ())), default=None)
        return Added(frozenset(window.at) - behind, heads, newest, window)

    return _widened(record, of)


def added_from(record: Whole, begin: datetime) -> Added | None:
    """Return what was recorded from a time on; None where only the whole record tells."""
    first = record.window(0, begin)
    if first is None:
        return None

    def of(window: Window) -> Added:
        new = frozenset(one for one, at in window.at.items() if at >= begin)
        return Added(new, first.heads, first.before, window)

    return _widened(record, of, begin)


def _widened(record: Whole, of: Callable[[Window], Added | None], begin: datetime | None = None) -> Added | None:
    """Return what a window tells that is wide enough for each new event to follow all that lies before it."""
    for least in WIDTHS:
        window = record.window(least, begin)
        unsure = window.unsure() if window else None
        if window is None or unsure is None:
            return None
        found = of(window)
        if found is not None and not found.events & unsure:
            return found
        if window.before is None:
            return None
    return None
