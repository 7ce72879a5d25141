"""What waits in a draft for a decision: each proposal, what kind of thing it is, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.intake.drafts import DRAFTS
from briefing.intake.proposals import BLOCK, REJECTED, Proposal, proposal_of
from briefing.intake.reader import ListNode, MapNode, Node
from briefing.items import Problems, Said

PEOPLE = frozenset(["with", "ours", "delegation", "person"])
"""The kinds of entries that are people."""
SIDES = {"with": "theirs", "ours": "ours", "delegation": "ours"}
"""The kinds of entries that say who took part, and for whom."""
MOVABLE = frozenset(["points", "commitments", "not agreed"])
"""The kinds of entries that may be moved to another meeting."""
ADDED = frozenset(["meeting", "report", "visit"])
"""The kinds of items that may add to one on record."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One proposal: its map, what kind of thing it is, its block, and the draft (and the list) it stands in."""

    node: MapNode
    kind: str
    block: Proposal
    draft: MapNode

    def said(self, key: str) -> Said | None:
        """Return the text under a key."""
        found = next((value for name, value in self.node.entries if name.text == key), None)
        return found if isinstance(found, Said) else None

    @property
    def values(self) -> tuple[tuple[str, Said], ...]:
        """The texts it consists of, by key."""
        return tuple((key.text, value) for key, value in self.node.entries if isinstance(value, Said))

    @property
    def name(self) -> Said | None:
        """What it is called, where it is somebody or something on the register."""
        key = "name" if self.kind in PEOPLE - {"person"} else self.kind
        return self.said(key) if self.kind in PEOPLE | {"agency", "topic"} else None

    @property
    def whole(self) -> bool:
        """Whether it is an item by itself, and no entry in one."""
        return self.node is self.draft


def kind_of(draft: MapNode) -> str:
    """Return what kind of thing a draft is."""
    keys = {key.text for key, _ in draft.entries}
    return next((one for one in DRAFTS if one in keys), "draft")


def waiting(node: Node, draft: MapNode, kind: str) -> Iterator[Waiting]:
    """Yield the proposals in a node as they stand; inside a rejected one none is looked for."""
    block = proposal_of(node, Problems())
    if block is not None and isinstance(node, MapNode):
        yield Waiting(node, kind, block, draft)
        if block.decision == REJECTED:
            return
    if isinstance(node, ListNode):
        for one in node.entries:
            yield from waiting(one, draft, kind)
    elif isinstance(node, MapNode):
        for key, value in node.entries:
            if key.text != BLOCK:
                yield from waiting(value, draft, key.text)
