"""A text as rules read it: paragraphs, sentences and words, each with its place; lines that were broken are one."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from briefing.layout import ABBREVIATED, laid_out
from briefing.passages import Extent, guess_body_start, has_blank_line, paragraph_number, sentences

_ONE_FOR_ONE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\u202f": " ", "‑": "-"})
_WORD = re.compile(r"(?:[A-Z]\.)+(?:-?[A-Z]\.)*|[^\W_]+(?:['\-\u2060]+[^\W_]+)*|[^\w\s]")
_LONGEST = 3_000
"""Signs of a sentence; what is longer is a table or a list that was run together."""
_HYPHENED = re.compile(r"[^\W\d_]-$")
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
    """A text, read: `text` has each line as it was meant, one space between words, and `flat` plain marks besides.

    Places are those of `text`; `stored` tells where they are in the text as it is stored.
    """

    def __init__(self, text: str) -> None:
        """Take a text as it is stored."""
        self.layout = laid_out(text)
        pieces: list[str] = []
        self._stored = array("L")
        lines: list[Extent] = []
        for extent in self.layout.lines:
            if lines:
                pieces.append("\n")
                self._stored.append(extent[0])
            start = len(self._stored)
            for at, words in _spaced_once(text, extent):
                pieces.append(words)
                self._stored.extend(range(at, at + len(words)))
            lines.append((start, len(self._stored)))
        self.lines = tuple(lines)
        self.text = "".join(pieces)
        self.flat = self.text.translate(_ONE_FOR_ONE)
        self._number_paragraphs(text)
        self.begins = 0
        """Where the text begins behind a dateline that stands in its first sentence: set before sentences are read."""

    def _number_paragraphs(self, text: str) -> None:
        """Find where the body begins, and which lines are of one paragraph; those above it each stand alone.

        `open` is how many line ends may be those of a paragraph, and may not.
        """
        begins = guess_body_start(text)
        self.open = self.layout.open if not has_blank_line(text[begins:]) else 0
        self.body_start = next((start for start, _ in self.lines if self._stored[start] == begins), 0)
        found: list[Extent] = []
        last = 0
        for start, end in self.lines:
            number = paragraph_number(text, begins, self._stored[start])
            if found and number == last > 0:
                found[-1] = found[-1][0], end
            else:
                found.append((start, end))
            last = number
        self.paragraphs = tuple(found)

    def stored(self, extent: Extent) -> Extent:
        """Return where a place is in the text as it is stored."""
        return self._stored[extent[0]], self._stored[extent[1] - 1] + 1

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
        begun = [(self.begins if start < self.begins < end else start, end) for start, end in found]
        return tuple(one for one in begun if one[1] - one[0] <= _LONGEST)

    def _middle(self, start: int) -> bool:
        """Tell whether a sentence would begin with no capital letter."""
        return not self.flat[start].isupper() and self.flat[start] not in "\"'“("

    def _same_block(self, before: Extent, start: int) -> bool:
        return "\n" not in self.flat[before[1] : start]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words and signs of the text, in order; a line end stands between lines."""
        ends = iter([end for _, end in self.lines])
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
        return " ".join(self.text[slice(*extent)].split())


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


def _spaced_once(text: str, extent: Extent) -> Iterator[tuple[int, str]]:
    """Yield the words of a line, with a space before each but where one was broken at its hyphen."""
    last = ""
    for match in re.finditer(r"\S+", text[slice(*extent)]):
        at = extent[0] + match.start()
        between = text[at - 1]
        if last and not (between == "\n" and _HYPHENED.search(last) and match[0][0].isalpha()):
            yield at - 1, " "
        yield at, match[0]
        last = match[0]


def _words(flat: str) -> Iterator[Word]:
    for match in _WORD.finditer(flat):
        word = match[0]
        cut = _POSSESSIVE.search(word)
        if cut and cut.start():
            yield Word(word[: cut.start()], match.start(), match.start() + cut.start(), possessive=True)
        else:
            yield Word(word, match.start(), match.end())
