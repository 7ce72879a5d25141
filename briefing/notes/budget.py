"""The page budget: what does not fit moves to an annex, the least important first; type never shrinks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from briefing.notes.note import Note

Measure = Callable[[Note], int]
"""Counts the pages of a note before its annex, as they are set; a renderer is the only one that can."""


def to_move(
    pages: int, compose: Callable[[Sequence[str]], Note], yielding: Sequence[str], measure: Measure
) -> Sequence[str]:
    """Return the fewest parts that have to move so that the body of a paper keeps to `pages`; all where none suffice.

    `compose` writes the paper with the named parts moved; `yielding` names the parts that may be, the
    first to go first.
    """

    def fits(n: int) -> bool:
        return measure(compose(yielding[:n])) <= pages

    if fits(0):
        return ()
    return yielding[: 1 + bisect_left(range(1, len(yielding)), 1, key=lambda n: int(fits(n)))]
