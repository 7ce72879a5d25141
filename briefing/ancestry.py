"""Which events a set of heads stands for: they and all that they follow; and which were added since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from briefing.events import EventRedacted, Recorded

Lineage = Mapping[str, Sequence[str]]
"""Which events some follow, where a part of a record does not tell; see `lineage`."""


def ancestry(
    recorded: Iterable[Recorded], heads: Collection[str], lineage: Lineage = MappingProxyType({})
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the digests of heads and all their ancestors, and those among them that are not here.

    A redacted event, whose file may be gone, is followed through its redaction. Of a part of a record,
    `lineage` says who follows whom.
    """
    parents: dict[str, Sequence[str]] = {}
    holes: dict[str, Sequence[str]] = {}
    for one in recorded:
        parents[one.digest] = one.event.parents
        if isinstance(one.event, EventRedacted):
            holes[one.event.target] = one.event.target_parents
    parents = {**holes, **parents, **lineage}
    found: set[str] = set()
    waiting = list(heads)
    while waiting:
        digest = waiting.pop()
        if digest not in found:
            found.add(digest)
            waiting += parents.get(digest, ())
    return frozenset(found), frozenset(found - parents.keys())


def added_since(recorded: Sequence[Recorded], heads: Collection[str]) -> tuple[Recorded, ...]:
    """Return the events that are neither among the heads nor their ancestors, in log order.

    What was recorded elsewhere before the heads, and merged after them, is among them: it was not known then.
    """
    before, _ = ancestry(recorded, heads)
    return tuple(one for one in recorded if one.digest not in before)
