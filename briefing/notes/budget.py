"""The page budget: what does not fit moves to an annex, the least important first; type never shrinks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from briefing.notes.note import Note

Measure = Callable[[Note], int]
"""Counts the pages of a note before its annex, as they are set; a renderer is the only one that can."""


def within(pages: int, compose: Callable[[Sequence[str]], Note], yielding: Sequence[str], measure: Measure) -> Note:
    """Return the paper with as few parts in its annex as keep its body to `pages`.

    `compose` writes the paper with the named parts in the annex; `yielding` names the parts that may
    go there, the first to go first. A body that is too long even without them keeps what is left.
    """
    whole = compose(())
    if measure(whole) <= pages:
        return whole
    moved = range(1, len(yielding))
    n = bisect_left(moved, 1, key=lambda n: int(measure(compose(yielding[:n])) <= pages))
    return compose(yielding[: n + 1])
