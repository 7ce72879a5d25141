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

from briefing.layout import laid_out

Extent = tuple[int, int]

_SAME = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "\u00a0": " ", "\u202f": " "})
_HEAD_LINE_MAX = 120
"""A headline, masthead or dateline is shorter than this and ends without a full stop."""
_END = re.compile(r"[.?!”\"'’]$")
_BLOCK = r"\S(?:.*\S)?(?:\n[^\S\n]*\S.*)*"


def clean(text: str) -> str:
    """Return a text as it is stored: CRLF and CR to LF, NFC, nothing else changed."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def guess_body_start(text: str) -> int:
    """Return where paragraph 1 begins: behind the lines at the top that are no sentences, one line or broken ones."""
    for start, end in laid_out(text).lines:
        if end - start > _HEAD_LINE_MAX or _END.search(text, start, end):
            return start
    return 0


@lru_cache(maxsize=512)
def paragraphs(text: str, body_start: int) -> tuple[Extent, ...]:
    """Return the extents of the body's paragraphs, in order; the first is number 1.

    Where the body has a blank line, paragraphs are separated by blank lines; else each line is one, as it was meant.
    """
    body = text[body_start:]
    if has_blank_line(body):
        found = [(m.start(), m.start() + len(m[0].rstrip())) for m in re.finditer(_BLOCK, body)]
    else:
        found = list(laid_out(body).lines)
    return tuple((body_start + start, body_start + end) for start, end in found)


def has_blank_line(body: str) -> bool:
    """Tell whether a blank line stands inside a body, and so tells its paragraphs apart."""
    return bool(re.search(r"\n[^\S\n]*\n", body.strip()))


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
        for stop in re.finditer(r"(?<![A-Z])[.!?][”’\"']?(?=\s+[“‘\"']?[A-Z]|\s+“|\s*$|(?=[A-Z][a-z]))", block[0]):
            end = block.start() + stop.end()
            out.append((start, end))
            start = end + len(text[end : block.end()]) - len(text[end : block.end()].lstrip())
        if start < block.start() + len(block[0].rstrip()):
            out.append((start, block.start() + len(block[0].rstrip())))
    return tuple(out)
