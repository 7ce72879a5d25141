"""Lines that a program broke → paragraphs, so that a sentence stands in one piece."""

from __future__ import annotations

import re
from itertools import pairwise

_ITEM = re.compile(r"(?:[-–—•*▪·>|]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s")
"""A list's entry, or a line that a mail quotes, begins a line of its own."""



def unwrapped(text: str, *, slack: float = 1.0) -> str:
    """Return a text whose lines were broken at a width with these lines joined, by a space.

    A line was broken there when the next word would not have fitted: the width is that of the longest
    line, times `slack`. A text whose longest line has over 130 letters was not broken.
    """
    lines = [line.rstrip() for line in text.split("\n")]
    width = max(map(len, lines), default=0)
    if not 40 <= width <= 130:
        return "\n".join(lines)
    paragraphs = [lines[:1]]
    for before, line in pairwise(lines):
        if _was_broken(before, line, width * slack):
            paragraphs[-1].append(line if _breaks_word(before, line) else f" {line}")
        else:
            paragraphs.append([line])
    return "\n".join(map("".join, paragraphs))


def _was_broken(before: str, line: str, width: float) -> bool:
    """Tell whether two lines were one: the first word of the second would not have fitted."""
    first = line.split(" ", 1)[0]
    if not before or not first or _ITEM.match(line):  # a line that begins with a space has an empty first word
        return False
    return len(before) + 1 + len(first) > width


def _breaks_word(before: str, line: str) -> bool:
    """Tell whether a line ends in a hyphen between letters, which stays: no program knows of “export-” whose it is."""
    return before.endswith("-") and before[-2:-1].isalpha() and line[0].isalpha()
