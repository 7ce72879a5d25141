"""Words in a source's text: where the body begins, how its paragraphs count, where a quotation stands.

Positions count code points of the stored text, start inclusive, end exclusive.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from operator import itemgetter

Extent = tuple[int, int]

_SAME = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "\u202f": " "})
_HEAD_LINE_MAX = 120
"""A headline, masthead or dateline is shorter than this and ends without a full stop."""
_WRAPPED_MIN = 30
"""The lines of a wrapped paragraph, but its last, are at least so long, and no longer than a head line may be."""
_END = re.compile(r"[.?!”\"'’]\s*$")
_ENDS = re.compile(r"[.?!][”\"'’]?(?:\s+[A-Z“]|\s*$)")
_BLOCK = r"\S(?:.*\S)?(?:\n[^\S\n]*\S.*)*"


def clean(text: str) -> str:
    """Return a text as it is stored: CRLF and CR to LF, NFC, nothing else changed."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def guess_body_start(text: str) -> int:
    """Return where paragraph 1 begins: behind the lines at the top that are no sentences, one line or wrapped."""
    for block in re.finditer(_BLOCK, text):
        if _wrapped(block[0]):
            return block.start()
        position = block.start()
        for line in block[0].splitlines(keepends=True):
            content = line.strip()
            if len(content) > _HEAD_LINE_MAX or _END.search(content):
                return position
            position += len(line)
    return 0


def _wrapped(block: str) -> bool:
    """Tell whether lines are of one paragraph: even ones, with a sentence that ends, and few that end with theirs."""
    lines = block.splitlines()[:-1]
    even = all(_WRAPPED_MIN <= len(one.rstrip()) <= _HEAD_LINE_MAX for one in lines)
    ended = sum(bool(_END.search(one)) for one in lines)
    return even and bool(lines) and bool(_ENDS.search(block)) and ended * 2 < len(lines)


@lru_cache(maxsize=512)
def paragraphs(text: str, body_start: int) -> tuple[Extent, ...]:
    """Return the extents of the body's paragraphs, in order; the first is number 1.

    Where the body has a blank line, or is wrapped, paragraphs are separated by blank lines; else each line is one.
    """
    body = text[body_start:]
    apart = re.search(r"\n[^\S\n]*\n", body.strip()) or _wrapped(body.strip())
    blocks = _BLOCK if apart else r"\S.*"
    return tuple(
        (body_start + m.start(), body_start + m.start() + len(m[0].rstrip())) for m in re.finditer(blocks, body)
    )


def paragraph_number(text: str, body_start: int, position: int) -> int:
    """Return the number of the paragraph in which a position stands; 0 is above the body."""
    return bisect_right(paragraphs(text, body_start), position, key=itemgetter(0))


def find_quote(text: str, quote: str) -> Extent | None:
    """Return where a quotation stands in a text, across curly quotes, no-break spaces and line ends.

    Part of a word is no quotation: “agreed” does not stand in “disagreed”, nor “28 May” in “128 May”.
    """
    words = quote.translate(_SAME).split()
    if not words:
        return None
    plain = text.translate(_SAME)
    for found in re.finditer(r"\s+".join(map(re.escape, words)), plain):
        start, end = found.span()
        if not (_joined(plain[max(start - 1, 0) : start], words[0][0]) or _joined(words[-1][-1], plain[end : end + 1])):
            return start, end
    return None


def _joined(before: str, after: str) -> bool:
    """Tell whether two signs are of one word or number; scripts without cases may put no space between words."""
    cased = before.lower() != before.upper() and after.lower() != after.upper()
    return cased or (before.isdecimal() and after.isdecimal())


def nearest_passage(text: str, quote: str) -> str:
    """Return the sentence of a text that is most like a quotation that was not found."""
    sentences = [s.strip() for s in re.split(r"(?<=[.!?])\s+|\n+", text) if s.strip()]
    wanted = quote.translate(_SAME).lower()
    scored = [(difflib.SequenceMatcher(None, s.translate(_SAME).lower(), wanted).ratio(), s) for s in sentences]
    return max(scored, default=(0.0, ""))[1]


def sentences(text: str) -> tuple[Extent, ...]:
    """Return the extents of the sentences of a text, headlines included, in order.

    A full stop behind a single capital ("U.S.") or before a small letter ends no sentence.
    """
    out: list[Extent] = []
    for block in re.finditer(r"\S.*", text):
        start = block.start()
        for stop in re.finditer(r"(?<![A-Z])[.!?][”’\"']?(?=\s+[A-Z“]|\s*$|(?=[A-Z][a-z]))", block[0]):
            end = block.start() + stop.end()
            out.append((start, end))
            start = end + len(text[end : block.end()]) - len(text[end : block.end()].lstrip())
        if start < block.start() + len(block[0].rstrip()):
            out.append((start, block.start() + len(block[0].rstrip())))
    return tuple(out)
