"""Lines of a text → lines as they were meant: those that a program broke at a width are one again.

A line was broken where its sentence goes on in the next, and the next word would not have fitted.
Where a full line also ends a sentence, nobody can tell whether a paragraph ends with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

Extent = tuple[int, int]

ABBREVIATED = tuple(
    "Mr Mrs Ms Dr Prof Gen Adm Col Lt Maj Capt Sgt Gov Sen Rep Hon Rev Amb St Messrs Shri Smt".split()  # noqa: SIM905
)
"""A full stop behind these ends no sentence."""
MONTHS = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
DATELINE = re.compile(
    rf"(?P<place>[A-Z\[][\w .,'’\]-]{{1,40}}?,\]?\s+)?"
    rf"(?:{MONTHS}\s+\d{{1,2}}(?:,?\s+(?P<year>\d{{4}}))?|\d{{1,2}}\s+{MONTHS}(?:\s+(?P<year_>\d{{4}}))?)\.?"
)
"""A line that says where a text was written and when, or only when: “New Delhi, May 31”."""

_LONGEST = 130
"""Signs of a line that a program broke; a longer one stands as it was written."""
_SHORTEST = 30
_ENDED = re.compile(r"[.?!:][”\"'’)\]]*\s*$")
_NO_END = re.compile(rf"\b(?:[A-Z]|{'|'.join(ABBREVIATED)})\.$")
_UNFINISHED = re.compile(r"(?:,|\b(?:a|an|the|and|or|of|to|in|on|at|by|for|from|with|between|his|her|their|its))$")
_INSIDE = re.compile(r"[.?!](?=[”\"'’)]? [A-Z“])")
_LISTED = re.compile(r"\s*(?:\(?(\d{1,3})[.)]\s|([•*▪·>|])|([-–—])\s|[A-Z][\w-]{0,14}(:)\s)")
_NEARLY = 0.8
"""Programs that even lines out leave some a fifth shorter than the longest."""
_FILLED = 0.9
"""Where each line was filled as far as it could be, few are shorter than so, for words that were not to be parted."""
_MANY = 8
"""So many full lines show that each was filled."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines of a text as they were meant, each with its place; `width` is where they were broken, 0 where not.

    `open` is how many lines are full and end a sentence, so that nobody can tell whether a paragraph ends with them.
    """

    lines: tuple[Extent, ...]
    width: int = 0
    open: int = 0


@lru_cache(maxsize=64)
def laid_out(text: str) -> Layout:
    """Return the lines of a text as they were meant."""
    lines = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    pairs = _pairs(text, lines)
    blocks = list(_blocks(lines, pairs))
    everywhere = _Broken.of(list(pairs.values()))
    joined: set[int] = set()
    width = full = 0
    for block in blocks:
        broken = _Broken.of(list(block.values())) or everywhere
        if broken is not None:
            one = {n for n, pair in block.items() if broken.joins(pair)}
            joined |= one
            width = max(width, broken.width)
            full += 0 if broken.marked else sum(block[n].ended for n in one)
    return Layout(tuple(_meant(text, lines, joined)), width, full)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two lines, one below the other."""

    before: str
    after: str

    @property
    def may_be_one(self) -> bool:
        """Tell whether both are short enough to have been broken, and neither is a dateline by itself."""
        lines = (self.before.strip(), self.after.strip())
        if max(map(len, lines)) > _LONGEST:
            return False
        return self.goes_on or not any(map(DATELINE.fullmatch, lines))

    @property
    def ended(self) -> bool:
        """Tell whether a sentence ends with the first line."""
        line = self.before.rstrip()
        return bool(_ENDED.search(line)) and not _NO_END.search(line)

    @property
    def goes_on(self) -> bool:
        """Tell whether a sentence surely goes on in the second line."""
        line = self.before.rstrip()
        begun = (one for one in _INSIDE.finditer(line) if not _NO_END.search(line, 0, one.start() + 1))
        unfinished = (self.full and _UNFINISHED.search(line)) or next(begun, None) or self.after.lstrip()[0].islower()
        return bool(unfinished) and not self.ended

    @property
    def full(self) -> bool:
        """Tell whether the first line is so long that a program may have broken it."""
        return len(self.before.rstrip()) >= _SHORTEST

    @property
    def fit(self) -> int:
        """The length of the first line with one more word."""
        return len(self.before.rstrip()) + 1 + len(self.after.split(maxsplit=1)[0])


@dataclass(frozen=True, slots=True)
class _Broken:
    """How lines were broken: at which width, how full each is at least, whether a space marks these ends."""

    width: int
    least: int
    marked: bool
    filled: bool

    @classmethod
    def of(cls, pairs: Sequence[_Pair]) -> _Broken | None:
        """Return how lines were broken; None where no sentence surely goes on from one to the next."""
        sure = [pair for pair in pairs if pair.goes_on and pair.full]
        if not sure:
            return None
        width = max(len(pair.before.rstrip()) for pair in sure)
        least = min(width + 1, *(pair.fit for pair in sure))
        marked = sum(pair.before.endswith(" ") for pair in sure) >= max(2, len(sure) * _NEARLY)
        return cls(width, least, marked, filled=len(sure) >= _MANY and least > width)

    def joins(self, pair: _Pair) -> bool:
        """Tell whether two lines were one."""
        if pair.goes_on:
            return True
        if self.marked:
            return pair.before.endswith(" ")
        if pair.ended:
            return pair.fit >= self.least
        return pair.fit > self.width * (_FILLED if self.filled else _NEARLY)


def _pairs(text: str, lines: Sequence[Extent]) -> dict[int, _Pair]:
    """Return the lines that may be one with the line above, by their number."""
    written = [text[start:end] for start, end in lines]
    times, both = Counter(written), Counter(pairwise(written))
    begun = [_begun(line) for line in written]
    listed = Counter(begun)
    found: dict[int, _Pair] = {}
    for n in range(1, len(lines)):
        pair = _Pair(written[n - 1], written[n])
        near = lines[n][0] == lines[n - 1][1] + 1 and pair.may_be_one
        again = both[pair.before, pair.after] == 1 < max(times[pair.before], times[pair.after])  # a headline, twice
        if near and not again and not (begun[n] and (pair.ended or _one_of_a_list(begun[n], listed))):
            found[n] = pair
    return found


def _begun(line: str) -> str:
    """Return the sign or number with which a line begins as those of lists do; empty where it does not."""
    match = _LISTED.match(line)
    return next(filter(None, match.groups()), "") if match else ""


def _one_of_a_list(sign: str, listed: Counter[str]) -> bool:
    """Tell whether a sign that a wrapped line may begin with too is of a list: there are others, or the one before."""
    if sign.isdecimal():
        return sign == "1" or listed[str(int(sign) - 1)] > 0
    return sign in "•*▪·>|" or listed[sign] > 1


def _blocks(lines: Sequence[Extent], pairs: Mapping[int, _Pair]) -> Iterator[dict[int, _Pair]]:
    """Yield the pairs of each run of lines without a blank one among them."""
    block: dict[int, _Pair] = {}
    for n in range(1, len(lines)):
        if lines[n][0] > lines[n - 1][1] + 1:
            yield block
            block = {}
        elif n in pairs:
            block[n] = pairs[n]
    yield block


def _meant(text: str, lines: Sequence[Extent], joined: set[int]) -> Iterator[Extent]:
    """Yield the places of lines, those that are one together, without the space at either end."""
    first = 0
    for n in range(1, len(lines) + 1):
        if n == len(lines) or n not in joined:
            start, end = lines[first][0], lines[n - 1][1]
            words = text[start:end]
            yield end - len(words.lstrip()), start + len(words.rstrip())
            first = n
