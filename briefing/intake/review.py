"""Proposals of a draft, decided one by one: a state and pure steps from one to the next.

A step changes the file's bytes only where the decision stands, or where a value or an entry goes. It
is read again before it is taken: what would come out otherwise than meant is `NotSpliced`. Undoing a step
gives the bytes of before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from briefing.intake.drafts import DRAFTS
from briefing.intake.proposals import ACCEPTED, BLOCK, PENDING, REJECTED, Proposal, proposal_of
from briefing.intake.reader import ListNode, MapNode, Node, read_documents
from briefing.intake.splicing import (
    NotSpliced,
    Sheet,
    entry_text,
    plain,
    quoted,
    with_entry,
    with_key,
    with_text,
    without_entry,
)
from briefing.items import Problems, Said
from briefing.spelling import fold_name

PEOPLE = frozenset(["with", "ours", "delegation", "person"])
"""The kinds of entries that are people."""
MOVABLE = frozenset(["points", "commitments", "not agreed"])
_NAMED = frozenset(["name", "person", "agency", "topic", "by", "to", "principal", "host", "with", "ours", "delegation"])
"""The keys under which a name may stand."""
_LETTER = re.compile(r"([A-Z])(\s+.+)?")


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


@dataclass(frozen=True)
class Review:
    """A draft file under review; `passed` are those left pending on the way, `before` the steps that can be undone."""

    sheet: Sheet
    file: str
    passed: int = 0
    before: tuple[tuple[Sheet, int], ...] = ()

    @cached_property
    def drafts(self) -> tuple[MapNode, ...]:
        """The drafts of the file; raises `InvalidDraft` where it cannot be read."""
        documents = read_documents(self.sheet.data, self.file, Problems())
        nodes = [node for one in documents for node in (one.entries if isinstance(one, ListNode) else (one,))]
        return tuple(node for node in nodes if isinstance(node, MapNode))

    @cached_property
    def every(self) -> tuple[Waiting, ...]:
        """Every proposal, decided or not, in the order of the file; inside a rejected one none is looked for."""
        return tuple(one for draft in self.drafts for one in _proposals(draft, draft, _kind(draft)))

    @property
    def pending(self) -> tuple[Waiting, ...]:
        """The proposals that wait for a decision."""
        return tuple(one for one in self.every if one.block.decision == PENDING)

    @property
    def current(self) -> Waiting | None:
        """The proposal to decide on now; None at the end."""
        return self.pending[self.passed] if self.passed < len(self.pending) else None

    # ── steps ─────────────────────────────────────────────────────────────────────────────────

    def accept(self) -> Review:
        """Return the review with the current proposal accepted."""
        return self._decide(self._now, ACCEPTED)

    def reject(self) -> Review:
        """Return the review with the current proposal rejected, and with it what stands inside."""
        return self._decide(self._now, REJECTED)

    def skip(self) -> Review:
        """Return the review at the next proposal; this one stays pending."""
        return replace(self, passed=self.passed + 1, before=(*self.before, (self.sheet, self.passed)))

    def undo(self) -> Review:
        """Return the review as it was before the last step; at the beginning, as it is."""
        if not self.before:
            return self
        *before, (sheet, passed) = self.before
        return Review(sheet, self.file, passed, tuple(before))

    def accept_all(self, kind: str) -> Review:
        """Return the review with every pending proposal of one kind accepted, those passed over too."""
        found: Review = self
        while (n := next((n for n, one in enumerate(found.pending) if one.kind == kind), None)) is not None:
            passed = found.passed - (n < found.passed)
            found = replace(found._decide(found.pending[n], ACCEPTED), passed=passed)
        return self._step(found.sheet, found.passed) if found is not self else self

    def edit(self, key: str, text: str) -> Review:
        """Return the review with another text under a key of the current proposal, which is thereby accepted."""
        old = self._now.said(key)
        if old is None or not text.strip():
            raise NotSpliced(f"there is no text under “{key}”")
        wanted = " ".join(text.split())
        return self._changed(with_text(self.sheet, old.place, wanted), {old.place: wanted}, then=Review.accept)

    def merge(self, name: str) -> Review:
        """Return the review with the current one accepted under a name on record, wherever the draft names it."""
        old = self._now.name
        if old is None:
            raise NotSpliced("this is nobody and nothing on the register")
        found = [one for draft in self.drafts for one in _names(draft, "", old.text)]
        sheet = self.sheet
        for said in sorted(found, key=lambda one: sheet.at(one.place), reverse=True):
            sheet = with_text(sheet, said.place, _renamed(said.text, old.text, name))
        meant = {said.place: _renamed(said.text, old.text, name) for said in found}
        return self._changed(sheet, meant, then=Review.accept)

    def move(self, target: MapNode) -> Review:
        """Return the review with the current point or commitment in another meeting of the draft, and accepted."""
        one = self._now
        if one.kind not in MOVABLE or target.place == one.draft.place:
            raise NotSpliced("a point or a commitment is moved to another meeting")
        accepted = self._decide(one, ACCEPTED)
        moved = next(other for other in accepted.every if other.node.place == one.node.place)
        places = [draft.place for draft in accepted.drafts]
        home, goal = places.index(one.draft.place), places.index(target.place)
        letters = _letters(accepted.drafts[home], accepted.drafts[goal], moved.node)
        text = _with_letters(entry_text(accepted.sheet, moved.node), letters)
        cut = replace(accepted, sheet=without_entry(accepted.sheet, moved.draft, one.kind, moved.node))
        done = replace(cut, sheet=with_entry(cut.sheet, cut.drafts[goal], one.kind, text))
        _require_moved(accepted.drafts, done.drafts, one.kind, home, goal, moved.node, letters)
        return self._step(done.sheet, self.passed)

    def begin(self, title: str, agency: str) -> Review:
        """Return the review with one more meeting behind the others: of the time and the texts of the current one's."""
        lines = [f"meeting: {quoted(title)}", *([f"agency: {quoted(agency)}"] if agency else [])]
        for key, value in self._now.draft.entries:
            if key.text in ("when", "visit", "sources", "notes"):
                lines += _typed(key.text, value)
        text = self.sheet.text.rstrip("\n") + "\n---\n" + "\n".join(lines) + "\n"
        found = replace(self, sheet=self.sheet.written(text))
        if [plain(one) for one in found.drafts[:-1]] != [plain(one) for one in self.drafts]:
            raise NotSpliced("the file is laid out in another way than drafts are")
        return self._step(found.sheet, self.passed)

    def begin_with(self, title: str, agency: str) -> Review:
        """Return the review with the current point or commitment in a meeting of its own: one step to undo."""
        begun = self.begin(title, agency)
        return self._step(begun.move(begun.drafts[-1]).sheet, self.passed)

    # ── how a step is taken ───────────────────────────────────────────────────────────────────

    @property
    def _now(self) -> Waiting:
        if self.current is None:
            raise NotSpliced("nothing is pending")
        return self.current

    def _step(self, sheet: Sheet, passed: int) -> Review:
        return Review(sheet, self.file, passed, (*self.before, (self.sheet, self.passed)))

    def _decide(self, one: Waiting, decision: str) -> Review:
        block: Any = next(value for key, value in one.node.entries if key.text == BLOCK)
        said = next((value for key, value in block.entries if key.text == "decision"), None)
        if isinstance(said, Said):
            return self._changed(with_text(self.sheet, said.place, decision), {said.place: decision})
        return self._step(with_key(self.sheet, block.place, "decision", decision), self.passed)

    def _changed(self, sheet: Sheet, meant: Any, then: Callable[[Review], Review] | None = None) -> Review:
        """Return the review with a new sheet, once it reads as the old one does but for the texts that were meant."""
        found = replace(self, sheet=sheet)
        wanted = [plain(_with(draft, meant)) for draft in self.drafts]
        if [plain(draft) for draft in found.drafts] != wanted:
            raise NotSpliced("the file is laid out in another way than drafts are")
        return self._step((then(found) if then else found).sheet, self.passed)


def _typed(key: str, value: Node) -> list[str]:
    """Return the lines of a key with a text, or with a map of texts."""
    if isinstance(value, Said):
        return [f"{key}: {quoted(value.text)}"]
    entries = value.entries if isinstance(value, MapNode) else ()
    return [f"{key}:", *(f"  {name.text}: {quoted(said.text)}" for name, said in entries if isinstance(said, Said))]


def _kind(draft: MapNode) -> str:
    keys = {key.text for key, _ in draft.entries}
    return next((one for one in DRAFTS if one in keys), "draft")


def _proposals(node: Node, draft: MapNode, kind: str) -> Iterator[Waiting]:
    block = proposal_of(node, Problems())
    if block is not None and isinstance(node, MapNode):
        yield Waiting(node, kind, block, draft)
        if block.decision == REJECTED:
            return
    if isinstance(node, ListNode):
        for one in node.entries:
            yield from _proposals(one, draft, kind)
    elif isinstance(node, MapNode):
        for key, value in node.entries:
            if key.text != BLOCK:
                yield from _proposals(value, draft, key.text)


def _with(node: Node, texts: Any) -> Node:
    """Return a node with other texts at some places."""
    if isinstance(node, Said):
        return replace(node, text=texts.get(node.place, node.text))
    if isinstance(node, ListNode):
        return ListNode(tuple(_with(one, texts) for one in node.entries), node.place)
    return MapNode(tuple((key, _with(value, texts)) for key, value in node.entries), node.place)


def _names(node: Node, key: str, name: str) -> Iterator[Said]:
    """Yield the texts of a draft that are a name, or begin with it and a comma, under keys that take one."""
    if isinstance(node, Said):
        if key in _NAMED and fold_name(node.text.partition(",")[0]) == fold_name(name):
            yield node
    elif isinstance(node, ListNode):
        for one in node.entries:
            yield from _names(one, key, name)
    else:
        for inner, value in node.entries:
            if inner.text != BLOCK:
                yield from _names(value, inner.text, name)


def _renamed(text: str, old: str, new: str) -> str:
    return new + text[text.index(",") :] if "," in text and "," not in old else new


def sources(draft: MapNode) -> dict[str, str]:
    """Return the texts that a draft names, by letter."""
    found = next((value for key, value in draft.entries if key.text == "sources"), None)
    entries = found.entries if isinstance(found, MapNode) else ()
    return {key.text: value.text for key, value in entries if isinstance(value, Said)}


def _letters(home: MapNode, goal: MapNode, node: MapNode) -> dict[str, str]:
    """Return which letter of the other meeting means the text that a letter means here."""
    mine, theirs = sources(home), {text: letter for letter, text in sources(goal).items()}
    used = {found[1] for key, _ in node.entries if (found := _LETTER.fullmatch(key.text))}
    if missing := [letter for letter in sorted(used) if mine.get(letter) not in theirs]:
        raise NotSpliced(f"the other meeting does not name the text {missing[0]} under `sources:`")
    return {letter: theirs[mine[letter]] for letter in used}


def _with_letters(text: str, letters: dict[str, str]) -> str:
    def renamed(found: re.Match[str]) -> str:
        return letters.get(found[1], found[1]) + found[2]

    return re.sub(r"(?m)^([A-Z])((?:\s+[^:\n]+)?:)", renamed, text)


def _require_moved(
    before: Sequence[MapNode], after: Sequence[MapNode], key: str, home: int, goal: int, node: MapNode,
    letters: dict[str, str],
) -> None:  # fmt: skip
    """Hold a file in which an entry was moved against what was meant."""
    wanted: list[Any] = [plain(one) for one in before]
    entry: Any = plain(node)
    wanted[home][key].remove(entry)
    if not wanted[home][key]:
        del wanted[home][key]
    said = {_renamed_letter(name, letters): value for name, value in entry.items()}
    wanted[goal].setdefault(key, []).append(said)
    if [plain(one) for one in after] != wanted:
        raise NotSpliced("the file is laid out in another way than drafts are")


def _renamed_letter(name: str, letters: dict[str, str]) -> str:
    found = _LETTER.fullmatch(name)
    return letters.get(found[1], found[1]) + (found[2] or "") if found else name
