"""Whom a sentence means that begins with "He" or "She": who began the last one that began with somebody."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from briefing.intake.rules.reading import Page
from briefing.passages import Extent

_PRONOUN = re.compile(r"(?:He|She)\b")
_OF_ANOTHER = re.compile(r"\b(?:with|to|by|of|between|from|for|and)\s+(?:the\s+)?$")
"""What stands in front of somebody who did not begin the sentence: “Talks with ⟦0⟧”."""


def pronouns(page: Page, named: Sequence[Extent]) -> Iterator[tuple[Extent, Extent]]:
    """Yield each place of "He" or "She" at the head of a sentence, with the place of whom it means.

    `named` are the places where somebody is named, in order.
    """
    last: Extent | None = None
    for start, end in page.sentences:
        if pronoun := _PRONOUN.match(page.flat, start, end):
            if last is not None:
                yield pronoun.span(), last
            continue
        here = named[bisect_left(named, (start, 0)) : bisect_left(named, (end, 0))]
        last = next((at for at in here if not _OF_ANOTHER.search(page.flat, start, at[0])), last)
