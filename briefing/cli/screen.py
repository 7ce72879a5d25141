"""What an officer sees of one proposal: its values, what it is like on record, and the words lit in their text."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from briefing.additions import KEY as ADDS_TO
from briefing.intake.moving import sources
from briefing.intake.proposals import REJECTED, proposal_of
from briefing.intake.reader import ListNode, MapNode, Node
from briefing.intake.review import Review
from briefing.intake.waiting import ADDED, MOVABLE, Waiting
from briefing.items import Problems, Said
from briefing.passages import Extent, find_quote, sentences

if TYPE_CHECKING:
    from briefing.state import BriefingState, RegisterKind

ON, OFF = "\x0e", "\x0f"
"""Stand before and behind lit words while lines are broken; no text that is shown holds them."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""Signs of a text that a terminal might obey."""


@dataclass(frozen=True)
class Screen:
    """A terminal: its width, whether it has colours, and what there is to show: texts by name, the register."""

    width: int
    colour: bool
    texts: Mapping[str, str]
    state: BriefingState

    def shown(self, review: Review, one: Waiting) -> str:
        """Return one proposal in lines."""
        block = one.block
        sure = "" if block.confidence is None else f", confidence {block.confidence}"
        head = f"{len(review.pending)} of {len(review.every)} pending, line {one.node.place.line}"
        lines = ["", self._bold(f"── {head} " + "─" * max(0, self.width - len(head) - 4))]
        lines.append(f"{one.kind} in “{title(one.draft)}”" if one.node is not one.draft else one.kind)
        lines += [f"proposed by {block.by or 'nobody named'}{sure}"]
        lines += [line for key, text in _values(one) for line in self._wrapped(f"  {key}: ", text)]
        lines += self._match(one)
        lines += [line for text in self._added_to(one) for line in self._wrapped("  there: ", text)]
        lines += [line for passage in self._passages(one) for line in passage]
        return "\n".join(lines)

    def keys(self, one: Waiting, *, undo: bool) -> str:
        """Return the line that says which keys do what here."""
        merges = one.name or one.kind in ADDED or (one.kind in MOVABLE and said_there(one, self.state))
        told = ["a accept", "e edit", "r reject", *(["m merge"] if merges else []),
                *(["g group"] if one.kind in MOVABLE else []), "s skip", *(["u undo"] if undo else []),
                f"A all of “{one.kind}”", "E editor", "? help", "q quit"]  # fmt: skip
        return textwrap.fill(" · ".join(told), self.width)

    def _added_to(self, one: Waiting) -> Iterator[str]:
        """Yield what on record a proposal adds to: the title of a meeting or visit, or a sentence."""
        if (said := one.said(ADDS_TO)) is None:
            return
        if one.node is not one.draft:
            yield from (words for id_, words in said_there(one, self.state) if id_ == said.text)
        elif (meeting := self.state.meetings.get(self.state.find("meeting", said.text) or "")) is not None:
            yield meeting.held.title
        elif (visit := self.state.visits.get(self.state.find("visit", said.text) or "")) is not None:
            yield visit.title

    def _match(self, one: Waiting) -> Iterator[str]:
        if one.block.match:
            id_ = one.block.match.split()[0].partition("/")[0]  # of a statement, its meeting
            entries = (self.state.people, self.state.agencies, self.state.topics, self.state.meetings)
            there = any(id_ in group for group in entries)
            named: tuple[Mapping[str, Any], ...] = entries[:3]
            name = next((f" ({group[id_].name})" for group in named if id_ in group), "")
            yield f"like on record: {one.block.match}{name}" + ("" if there else " (not there)")
        elif one.name:
            yield "on record already" if self.state.find(register_of(one), one.name.text) else "new to the record"

    def _passages(self, one: Waiting) -> Iterator[list[str]]:
        """Yield each quotation, lit in the text around it."""
        names = sources(one.draft)
        for key, said in one.values:
            letter = key[:1] if key[:1].isupper() and (len(key) == 1 or key[1] == " ") else ""
            text = self.texts.get(names.get(letter, ""), "")
            if letter and not text:
                yield [f"text {letter} is not at hand"]
            elif letter:
                extent = find_quote(text, said.text.replace("*", "") if "*" not in text else said.text)
                yield self._lit(text, extent, letter) if extent else [f"these words are not in text {letter}"]
        quoted = any(key[:1].isupper() and (len(key) == 1 or key[1] == " ") for key, _ in one.values)
        if one.block.span and len(names) == 1 and not quoted:
            (letter, name), text = next(iter(names.items())), self.texts.get(next(iter(names.values())), "")
            if text and name and one.block.span[1] <= len(text):
                yield self._lit(text, one.block.span, letter)

    def _lit(self, text: str, extent: Extent, letter: str) -> list[str]:
        start, end = extent
        first, last = _around(text, extent)
        parts = (text[first:start], text[start:end], text[end:last])
        before, words, after = (_CONTROL.sub("\ufffd", " ".join(part.split())) for part in parts)
        gaps = [" " * text[at : at + 1].isspace() for at in (start - 1, end)]
        marked = f"{before}{gaps[0]}{ON}{words}{OFF}{gaps[1]}{after}"
        return self._coloured(self._wrapped(f"  {letter} ", marked))

    def _coloured(self, lines: list[str]) -> list[str]:
        """Return lines with the marks of lit words as colours, begun anew in each line; or as guillemets."""
        if not self.colour:
            return [line.replace(ON, ">>").replace(OFF, "<<") for line in lines]
        out, lit = [], False
        for line in lines:
            indent = line[: len(line) - len(line.lstrip(" "))] if lit else ""
            begun, line = (indent + "\x1b[1;7m", line.lstrip(" ")) if lit else ("", line)  # noqa: PLW2901 - the rest of it
            lit = line.rfind(ON) > line.rfind(OFF) or (lit and OFF not in line)
            out.append(begun + line.replace(ON, "\x1b[1;7m").replace(OFF, "\x1b[0m") + ("\x1b[0m" if lit else ""))
        return out

    def _wrapped(self, head: str, text: str) -> list[str]:
        width = max(self.width, len(head) + 8)
        return textwrap.wrap(text, width, initial_indent=head, subsequent_indent=" " * len(head)) or [head]

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.colour else text


def _around(text: str, extent: Extent) -> Extent:
    """Return where the sentences begin and end in which words stand, with the one before and the one after."""
    found = sentences(text)
    inside = [n for n, (start, end) in enumerate(found) if start < extent[1] and end > extent[0]] or [0]
    near = found[max(inside[0] - 1, 0) : inside[-1] + 2] or (extent,)
    return min(near[0][0], extent[0]), max(near[-1][1], extent[1])


def _values(one: Waiting) -> Iterator[tuple[str, str]]:
    """Yield what a proposal says, by key: its texts, its lists of texts, and the names of who was there."""
    for key, value in one.node.entries:
        if isinstance(value, Said):
            yield key.text, value.text
        elif isinstance(value, ListNode) and (told := [text for said in value.entries if (text := _told(said))]):
            yield key.text, "; ".join(told)


def _told(node: Node) -> str:
    """Return a text, or the name of somebody who was there and is not rejected."""
    if isinstance(node, Said):
        return node.text
    block = proposal_of(node, Problems())
    entries = node.entries if isinstance(node, MapNode) and not (block and block.decision == REJECTED) else ()
    return next((value.text for key, value in entries if key.text == "name" and isinstance(value, Said)), "")


def title(draft: MapNode) -> str:
    """Return what a draft begins with: the title of a meeting."""
    return next((value.text for _, value in draft.entries if isinstance(value, Said)), "")


def register_of(one: Waiting) -> RegisterKind:
    """Return the part of the register in which a proposal would stand."""
    return _STANDS.get(one.kind, "person")


_STANDS: Mapping[str, RegisterKind] = {
    "agency": "agency", "topic": "topic", "meeting": "meeting", "report": "meeting", "visit": "visit",
}  # fmt: skip


def said_there(one: Waiting, state: BriefingState) -> list[tuple[str, str]]:
    """Return the statements, id and sentence, of the meeting on record that the draft of a statement adds to."""
    target = next((said.text for key, said in one.draft.entries if key.text == ADDS_TO and isinstance(said, Said)), "")
    meeting = state.meetings.get(state.find("meeting", target) or "")
    if meeting is None:
        return []
    there = meeting.held.commitments if one.kind == "commitments" else meeting.held.points
    return [(statement.id, statement.say) for statement in there]
