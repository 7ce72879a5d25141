"""A text as rules read it: paragraphs, sentences and words, each with its place; wrapped lines are joined.

The page has the length of the text, so that every place is one of the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from briefing.intake.rules.lexicon import ABBREVIATED
from briefing.passages import Extent, guess_body_start, paragraphs, sentences

_ONE_FOR_ONE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "‑": "-"})
_WORD = re.compile(r"(?:[A-Z]\.)+(?:-?[A-Z]\.)*|[^\W_]+(?:['\-\u2060]+[^\W_]+)*|[^\w\s]")
_LONGEST = 3_000
"""Signs of a sentence; what is longer is a table or a list that was run together."""
_POSSESSIVE = re.compile(r"'s?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a sign: what it says without a possessive ending, and where it stands without it."""

    text: str
    start: int
    end: int
    possessive: bool = False

    @property
    def capital(self) -> bool:
        """Tell whether it begins as names do: with a capital, or with a particle joined to one ("al-Sisi")."""
        return self.text[0].isupper() or bool(re.match(r"[a-z]{1,3}['-][A-Z]", self.text))


class Page:
    """A text, read: `flat` has its length, with plain quotation marks and without line ends inside a paragraph."""

    def __init__(self, text: str) -> None:
        """Take a text as it is stored."""
        self.text = text
        self.body_start = guess_body_start(text)
        marks = list(text.translate(_ONE_FOR_ONE))
        for start, end in self.paragraphs:
            marks[start:end] = ["\u0020" if sign in "\n\t" else sign for sign in marks[start:end]]
        self.flat = "".join(marks)

    @cached_property
    def paragraphs(self) -> tuple[Extent, ...]:
        """The paragraphs of the whole text, what stands above the body included."""
        head = tuple(
            (match.start(), match.start() + len(match[0].rstrip()))
            for match in re.finditer(r"\S.*", self.text[: self.body_start])
        )
        return head + paragraphs(self.text, self.body_start)

    @cached_property
    def sentences(self) -> tuple[Extent, ...]:
        """The sentences, in order; a full stop behind "Dr" or "Gov" ends none."""
        found: list[Extent] = []
        for start, end in sentences(self.flat):
            before = self.flat[max(found[-1][1] - 20, found[-1][0]) : found[-1][1]] if found else ""
            last = re.search(r"(\w+)\.$", before)
            if (
                found
                and last
                and (last[1] in ABBREVIATED or self._middle(start))
                and self._same_block(found[-1], start)
            ):
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
        return tuple(one for one in found if one[1] - one[0] <= _LONGEST)

    def _middle(self, start: int) -> bool:
        """Tell whether a sentence would begin with no capital letter."""
        return not self.flat[start].isupper() and self.flat[start] not in "\"'“("

    def _same_block(self, before: Extent, start: int) -> bool:
        return "\n" not in self.flat[before[1] : start]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words and signs of the text, in order; a line end stands between paragraphs."""
        ends = iter([end for _, end in self.paragraphs])
        found: list[Word] = []
        end = next(ends, len(self.flat))
        for word in _words(self.flat):
            while word.start >= end:
                found.append(Word("\n", end, end))
                end = next(ends, len(self.flat))
            found.append(word)
        return tuple(found)

    def words_within(self, extent: Extent) -> list[Word]:
        """Return the words and signs at a place of the text."""
        first, last = (bisect_left(self.words, at, key=lambda word: word.start) for at in extent)
        return [word for word in self.words[first:last] if word.end <= extent[1]]

    def paragraph_of(self, position: int) -> int:
        """Return the index of the paragraph in which a position stands."""
        return max(bisect_right(self.paragraphs, (position, len(self.text))) - 1, 0)

    def covered(self, extents: Iterable[Extent] = ()) -> Covered:
        """Return which places of the text are taken."""
        return Covered(len(self.text), extents)

    def said(self, extent: Extent) -> str:
        """Return the words of the text at a place, on one line."""
        return " ".join(self.text[extent[0] : extent[1]].split())


class Covered:
    """Places of a text that are taken: each names one thing."""

    def __init__(self, length: int, extents: Iterable[Extent]) -> None:
        """Take some places of a text of a length."""
        self._taken = bytearray(length)
        for extent in extents:
            self.take(extent)

    def take(self, extent: Extent) -> None:
        """Take a place."""
        start, end = extent
        self._taken[start:end] = b"\x01" * (end - start)

    def touches(self, extent: Extent) -> bool:
        """Tell whether any of a place is taken."""
        return self._taken.find(1, *extent) >= 0


def _words(flat: str) -> Iterator[Word]:
    for match in _WORD.finditer(flat):
        word = match[0]
        cut = _POSSESSIVE.search(word)
        if cut and cut.start():
            yield Word(word[: cut.start()], match.start(), match.start() + cut.start(), possessive=True)
        else:
            yield Word(word, match.start(), match.end())
