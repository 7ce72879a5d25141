"""What somebody proposes for the record, and what an officer decided about it.

A map of a draft, a whole item or an entry inside one, may bear a block

    proposal: {by: rules 1, confidence: 87, span: 120-188, match: kessler-jeffrey 100, decision: pending}

What is accepted is taken as if the officer had typed it: without the block, and with the same digest.
What is rejected is left out whole, with what stands inside it. Nothing is taken while anything is pending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.errors import Place
from briefing.intake.reader import ListNode, MapNode, Node
from briefing.items import Problems, Said

BLOCK = "proposal"
PENDING, ACCEPTED, REJECTED = "pending", "accepted", "rejected"
DECISIONS = (PENDING, ACCEPTED, REJECTED)
_FORMS = {
    "by": (r".+", "who proposes it: rules 1"),
    "confidence": (r"100|[1-9]?[0-9]", "a whole number from 0 to 100"),
    "span": (r"[0-9]+-[0-9]+", "where its words begin and end in the text: 120-188"),
    "match": (r".+", "what on record it is like, and how much: kessler-jeffrey 100"),
    "decision": ("|".join(DECISIONS), "one of: " + ", ".join(DECISIONS)),
}
"""Key of a block → the form of its value, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One block: who proposes, how sure, on which words, like what on record, and what was decided."""

    place: Place
    decision: str = PENDING
    by: str = ""
    confidence: int | None = None
    span: tuple[int, int] | None = None
    match: str = ""


def proposal_of(node: Node, problems: Problems) -> Proposal | None:
    """Return the block that a map bears, noting what is wrong in it; one without a decision is pending."""
    block = _block(node)
    if block is None:
        return None
    if not isinstance(block, MapNode):
        what = f"“{BLOCK}” takes keys and values"
        problems.note(block.place, what, f"{BLOCK}: {{by: …, decision: {PENDING}}}")
        return Proposal(block.place)
    said = {key.text: value for key, value in block.entries if _right(key, value, problems)}
    text = {key: value.text for key, value in said.items() if isinstance(value, Said)}
    start, _, end = text.get("span", "").partition("-")
    return Proposal(
        place=said["decision"].place if "decision" in said else block.place,
        decision=text.get("decision", PENDING),
        by=text.get("by", ""),
        confidence=int(text["confidence"]) if "confidence" in text else None,
        span=(int(start), int(end)) if start else None,
        match=text.get("match", ""),
    )


def proposals(nodes: Sequence[Node], problems: Problems) -> Iterator[tuple[MapNode, Proposal]]:
    """Yield each map that bears a block, with it, as they stand; what is inside a rejected one is not looked at."""
    for node in nodes:
        found = proposal_of(node, problems)
        if found is not None and isinstance(node, MapNode):
            yield node, found
        if found is None or found.decision != REJECTED:
            yield from proposals(_inside(node), problems)


def decided(nodes: Sequence[Node], problems: Problems, *, undecided: bool = False) -> list[Node]:
    """Return nodes as if an officer had typed them: without blocks, and without what was rejected.

    What is pending is a problem, one for all of a file, unless it may be `undecided`; it is kept, so that
    the rest can be checked too.
    """
    found = [proposal for _, proposal in proposals(nodes, problems)]
    waiting = [one.place for one in found if one.decision == PENDING]
    if waiting and not undecided:
        many, lines = len(waiting), ", ".join(str(place.line) for place in waiting[:_NAMED])
        what = f"{many} proposals are pending, lines {lines}" if many > 1 else "a proposal is pending"
        more = f" and {many - _NAMED} more" if many > _NAMED else ""
        problems.note(waiting[0], what + more, f"`briefing review {waiting[0].file}` decides on each")
    kept = [node for node in nodes if not _rejected(node)]
    if not undecided:
        away = {said.text for node in nodes if _rejected(node) for key, said in _texts(node) if key == "source"}
        resting = [said for node in kept for _, said in _texts(_under(node, "sources")) if said.text in away]
        for said in resting:
            what = f"this rests on “{said.text}”, which was rejected"
            problems.note(said.place, what, "reject it too, or accept the text")
    return [_typed(node) for node in kept]


def _texts(node: Node | None) -> Iterator[tuple[str, Said]]:
    for key, value in node.entries if isinstance(node, MapNode) else ():
        if isinstance(value, Said):
            yield key.text, value


def _under(node: Node, key: str) -> Node | None:
    entries = node.entries if isinstance(node, MapNode) else ()
    return next((value for name, value in entries if name.text == key), None)


_NAMED = 12
"""Lines that are named of what is pending."""


def _block(node: Node) -> Node | None:
    entries = node.entries if isinstance(node, MapNode) else ()
    return next((value for key, value in entries if key.text == BLOCK), None)


def _right(key: Said, value: Node, problems: Problems) -> bool:
    """Tell whether a key of a block is one, and its value such a one; a problem is noted where not."""
    if key.text not in _FORMS:
        problems.note(key.place, f"unknown key “{key.text}” in a {BLOCK}", "known: " + ", ".join(_FORMS))
        return False
    form, hint = _FORMS[key.text]
    if isinstance(value, Said) and re.fullmatch(form, value.text):
        return True
    said = f"“{value.text}”" if isinstance(value, Said) else "a list or a map"
    problems.note(value.place, f"“{key.text}” of a {BLOCK} is {said}", hint)
    return False


def _inside(node: Node) -> tuple[Node, ...]:
    if isinstance(node, MapNode):
        return tuple(value for key, value in node.entries if key.text != BLOCK)
    return node.entries if isinstance(node, ListNode) else ()


def _rejected(node: Node) -> bool:
    found = proposal_of(node, Problems())
    return found is not None and found.decision == REJECTED


def _typed(node: Node) -> Node:
    if isinstance(node, ListNode):
        return ListNode(tuple(_typed(one) for one in node.entries if not _rejected(one)), node.place)
    if isinstance(node, MapNode):
        kept = [(key, value) for key, value in node.entries if key.text != BLOCK and not _rejected(value)]
        typed = [(key, _typed(value), value) for key, value in kept]
        return MapNode(tuple((key, new) for key, new, old in typed if _kept(new, old)), node.place)
    return node


def _kept(new: Node, old: Node) -> bool:
    """Tell whether a key is to stay: a list of which everything was rejected would not have been typed."""
    return not (isinstance(new, ListNode) and isinstance(old, ListNode) and old.entries and not new.entries)
