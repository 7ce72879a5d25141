"""Proposals of a draft, decided one by one: a state and pure steps from one to the next.

A step changes the file's bytes only where the decision stands, or where a value or an entry goes. It
is read again before it is taken: what would come out otherwise than meant is `NotSpliced`. Undoing a step
gives the bytes of before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from briefing.additions import KEY as ADDS_TO
from briefing.errors import Place
from briefing.intake.moving import letters_there, require_moved, sources, with_letters
from briefing.intake.proposals import ACCEPTED, BLOCK, PENDING, REJECTED
from briefing.intake.reader import ListNode, MapNode, Node, read_documents
from briefing.intake.splicing import (
    NotSpliced,
    Sheet,
    entry_text,
    plain,
    plain_but,
    quoted,
    with_entry,
    with_key,
    without_entry,
)
from briefing.intake.waiting import ADDED, MOVABLE, PEOPLE, SIDES, Waiting, kind_of, waiting
from briefing.items import Problems, Said
from briefing.spelling import fold_name

_NAMED = frozenset(["name", "person", "agency", "topic", "by", "to", "principal", "host", "with", "ours", "delegation"])
"""The keys under which a name may stand."""


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
        return tuple(one for draft in self.drafts for one in waiting(draft, draft, kind_of(draft)))

    def standing(self, kind: str) -> list[MapNode]:
        """Return the drafts of one kind that are not rejected."""
        rejected = [one.draft.place for one in self.every if one.whole and one.block.decision == REJECTED]
        return [draft for draft in self.drafts if kind_of(draft) == kind and draft.place not in rejected]

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
        """Return the review with the current proposal accepted; somebody, wherever the draft has them so."""
        return self._decide([self._now, *self.the_same], ACCEPTED)

    def reject(self) -> Review:
        """Return the review with the current proposal rejected, and with it what stands inside.

        With a text is rejected what rests on it: every item that names it.
        """
        return self._decide([self._now, *self.resting], REJECTED)

    def rejected(self, draft: MapNode) -> Review:
        """Return the review with one item rejected, whether it is the current one or not."""
        return self._decide([one for one in self.every if one.whole and one.draft.place == draft.place], REJECTED)

    @property
    def the_same(self) -> tuple[Waiting, ...]:
        """The other pending proposals of the same person on the same side, with the same title or none."""
        one = self._now
        if one.kind not in SIDES or one.name is None or not one.name.text[:1].isupper():
            return ()
        titles = (None, title.text if (title := one.said("title")) else None)
        return tuple(
            other for other in self.pending
            if other.node is not one.node and SIDES.get(other.kind) == SIDES[one.kind] and other.name
            and fold_name(other.name.text) == fold_name(one.name.text)
            and (said.text if (said := other.said("title")) else None) in titles
        )  # fmt: skip

    @property
    def resting(self) -> tuple[Waiting, ...]:
        """The items that rest on the current proposal, where it is a text."""
        text = self._now.said("source") if self._now.whole else None
        items = (one for one in self.every if one.whole and one.block.decision != REJECTED)
        return tuple(one for one in items if text and text.text in sources(one.draft).values())

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
        return self._decide([one for one in self.pending if one.kind == kind], ACCEPTED)

    def edit(self, key: str, text: str) -> Review:
        """Return the review with another text under a key of the current proposal, which is thereby accepted."""
        old = self._now.said(key)
        if old is None or not text.strip():
            raise NotSpliced(f"there is no text under “{key}”")
        wanted = " ".join(text.split())
        return self._changed({old.place: wanted}, [self._now], ACCEPTED)

    def merge(self, name: str, *, also: bool = True) -> Review:
        """Return the review with the current one accepted under a name on record, wherever the draft names it.

        What the text calls it becomes another name of it, where it is one of its names `also`: by an item of
        its own at the end of the file.
        """
        old = self._now.name
        if old is None:
            raise NotSpliced(f"“{self._now.kind}” is nobody and nothing on the register")
        found = [one for draft in self.drafts for one in _names(draft, "", old.text)]
        meant = {said.place: _renamed(said.text, old.text, name) for said in found}
        merged = self._changed(meant, [self._now, *self.the_same], ACCEPTED)
        kind = "person" if self._now.kind in PEOPLE else self._now.kind
        learnt = [f"{kind}: {quoted(name)}", f"also: {quoted(old.text)}"]
        known = fold_name(name) == fold_name(old.text) or [kind, name, old.text] in [
            _learnt(one) for one in self.drafts
        ]
        return merged if known or not also else self.step(merged.with_item(learnt).sheet, merged.passed)

    def add_to(self, target: str | None, again: Mapping[str, str] | None = None) -> Review:
        """Return the review with the current meeting, or statement, adding to one on record, or to none; and accepted.

        The statements of a meeting say `again` what stands there, by their sentence, and nothing else any more.
        """
        one = self._now
        if one.kind not in ADDED | MOVABLE:
            raise NotSpliced("a meeting, a visit, a point or a commitment adds to one on record")
        accepted = self.accept()
        n = next(n for n, other in enumerate(accepted.every) if other.node.place == one.node.place)
        done = replace(accepted, sheet=with_key(accepted.sheet, accepted.every[n].node, ADDS_TO, target))
        for other in range(n + 1, len(done.every)) if one.node is one.draft else ():
            inner = done.every[other]
            if inner.draft.place == done.every[n].node.place and inner.kind in MOVABLE:
                told = (again or {}).get(said.text) if (said := inner.said("say")) else None
                done = replace(done, sheet=with_key(done.sheet, inner.node, ADDS_TO, told))
        before, after = ([plain_but(draft, ADDS_TO) for draft in found.drafts] for found in (accepted, done))
        if before != after:
            raise NotSpliced(OTHERWISE)
        return self.step(done.sheet, accepted.passed)

    def move(self, target: MapNode) -> Review:
        """Return the review with the current point or commitment in another meeting of the draft, and accepted."""
        one = self._now
        if one.kind not in MOVABLE or target.place == one.draft.place:
            raise NotSpliced("a point or a commitment is moved to another meeting")
        accepted = self.accept()
        moved = next(other for other in accepted.every if other.node.place == one.node.place)
        places = [draft.place for draft in accepted.drafts]
        home, goal = places.index(one.draft.place), places.index(target.place)
        letters = letters_there(accepted.drafts[home], accepted.drafts[goal], moved.node)
        text = with_letters(entry_text(accepted.sheet, moved.node), letters)
        cut = replace(accepted, sheet=without_entry(accepted.sheet, moved.draft, one.kind, moved.node))
        done = replace(cut, sheet=with_entry(cut.sheet, cut.drafts[goal], one.kind, text))
        require_moved(accepted.drafts, done.drafts, one.kind, home, goal, moved.node, letters)
        return self.step(done.sheet, self.passed)

    def begin(self, title: str, agency: str) -> Review:
        """Return the review with one more meeting behind the others: of the time and the texts of the current one's."""
        lines = [f"meeting: {quoted(title)}", *([f"agency: {quoted(agency)}"] if agency else [])]
        for key, value in self._now.draft.entries:
            if key.text in ("when", "visit", "sources", "notes"):
                lines += _typed(key.text, value)
        return self.step(self.with_item(lines).sheet, self.passed)

    def begin_with(self, title: str, agency: str) -> Review:
        """Return the review with the current point or commitment in a meeting of its own: one step to undo."""
        begun = self.begin(title, agency)
        return self.step(begun.move(begun.drafts[-1]).sheet, self.passed)

    def with_item(self, lines: Sequence[str]) -> Review:
        """Return the review with one more item at the end of the file."""
        text = self.sheet.text.rstrip("\n") + "\n---\n" + "\n".join(lines) + "\n"
        found = replace(self, sheet=self.sheet.written(text))
        if [plain(one) for one in found.drafts[:-1]] != [plain(one) for one in self.drafts]:
            raise NotSpliced(OTHERWISE)
        return found

    # ── how a step is taken ───────────────────────────────────────────────────────────────────

    @property
    def _now(self) -> Waiting:
        if self.current is None:
            raise NotSpliced("nothing is pending")
        return self.current

    def step(self, sheet: Sheet, passed: int) -> Review:
        """Return the review with another file, one step on."""
        return Review(sheet, self.file, passed, (*self.before, (self.sheet, self.passed)))

    def _decide(self, decided: Sequence[Waiting], decision: str) -> Review:
        return self._changed({}, decided, decision)

    def _passed(self, decided: Sequence[Waiting], decision: str) -> int:
        """Return how many of those passed over stay pending."""
        settled = {one.node.place for one in decided}
        away = settled if decision == REJECTED else set()
        return sum(one.node.place not in settled and one.draft.place not in away for one in self.pending[: self.passed])

    def _changed(self, texts: Mapping[Place, str], decided: Sequence[Waiting], decision: str) -> Review:
        """Return the review with other texts at some places, and a decision on some proposals.

        It is held against what was meant: all else reads as before.
        """
        edits = [self.sheet.other_text(place, text) for place, text in texts.items()]
        meant = dict(texts)
        added: set[Place] = set()
        for one in decided:
            block = next(value for key, value in one.node.entries if key.text == BLOCK)
            if _has_decision(block):
                edits.append(self.sheet.other_text(one.block.place, decision))
                meant[one.block.place] = decision
            else:
                edits.append(self.sheet.more_key(block.place, "decision", decision))
                added.add(block.place)
        found = self.step(self.sheet.with_edits(*edits), self._passed(decided, decision))
        wanted = [_meant(draft, meant, added, decision) for draft in self.drafts]
        if [plain(draft) for draft in found.drafts] != wanted:
            raise NotSpliced(OTHERWISE)
        return found


OTHERWISE = "the file is laid out in another way than drafts are"


def _typed(key: str, value: Node) -> list[str]:
    """Return the lines of a key with a text, or with a map of texts."""
    if isinstance(value, Said):
        return [f"{key}: {quoted(value.text)}"]
    entries = value.entries if isinstance(value, MapNode) else ()
    return [f"{key}:", *(f"  {name.text}: {quoted(said.text)}" for name, said in entries if isinstance(said, Said))]


def _learnt(draft: MapNode) -> list[object]:
    """Return kind, name and other name of an item that a merge wrote; nothing of the kind of any other."""
    return [draft.entries[0][0].text, *(value.text for _, value in draft.entries if isinstance(value, Said))]


def _has_decision(block: Node) -> bool:
    return isinstance(block, MapNode) and any(key.text == "decision" for key, _ in block.entries)


def _meant(node: Node, texts: Mapping[Place, str], added: Collection[Place], decision: str) -> object:
    """Return a node as it is to read, without places: with other texts, and a decision added to some blocks."""
    if isinstance(node, Said):
        return texts.get(node.place, node.text)
    if isinstance(node, ListNode):
        return [_meant(one, texts, added, decision) for one in node.entries]
    values = {key.text: _meant(value, texts, added, decision) for key, value in node.entries}
    return {"decision": decision, **values} if node.place in added else values


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
