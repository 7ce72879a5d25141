"""The newest part of a record: when each event was recorded and which it follows, and the heads of what lies before."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime

Digests = AbstractSet[str]


@dataclass(frozen=True, slots=True)
class Window:
    """When each event was recorded, and which it follows, in the window or before.

    `heads` are the events before it that none before it follows; `before` is when the newest of those was recorded,
    None where there are none.
    """

    at: Mapping[str, datetime]
    parents: Mapping[str, Digests]
    heads: Digests
    before: datetime | None

    def behind(self, events: Digests) -> Digests:
        """Return some events and all of the window that they follow, and what they follow directly before it."""
        found: set[str] = set()
        todo = list(events)
        while todo:
            if (one := todo.pop()) not in found:
                found.add(one)
                todo += self.parents.get(one, ())
        return found

    def unsure(self) -> Digests | None:
        """Return those that do not follow all that lies before; None where one is older than what it follows."""
        reached: dict[str, frozenset[str]] = {}
        for one in sorted(self.at, key=self.at.__getitem__):
            here = self.parents[one] & self.at.keys()
            if not here <= reached.keys():
                return None
            first, *others = [*(reached[each] for each in here), frozenset(self.parents[one] - here)]
            same = all(each <= first for each in others)  # mostly: one set, shared by a long line
            reached[one] = first if same else first.union(*others)
        return {one for one, known in reached.items() if not self.heads <= known}
