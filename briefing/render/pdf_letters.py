"""Letters that are drawn together, and how those of right-to-left text stand on the page. Pure geometry.

Readers turn right-to-left text round letter by letter, so each letter has a sign of its own there, from
left to right: the first of a cluster has the outlines, the others room.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

Part = tuple[int, int, int]
"""A glyph and where it stands in its cluster: right and up, in units of the font."""

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "\u200e", "\u200f"
"""Said where right-to-left text ends: no comma behind it is taken into it, no vowel sign at its end out of it."""

LEAST = 100
"""Readers take two signs that begin nearer than this, in thousandths of the size, for one sign drawn twice."""


@dataclass(slots=True)
class Cluster:
    """Letters that are drawn together: their glyphs, and how far the next ones stand, in thousandths of the size."""

    text: str
    parts: tuple[Part, ...]
    advance: float


def turned(clusters: list[Cluster], upem: int, *, first: bool, last: bool) -> list[Cluster]:
    """Return clusters of right-to-left text, given in the order of their letters, from left to right.

    `first` and `last`: whether the text ends there on the page, to the left and to the right.
    """
    found = [letter for one in reversed(_roomy(clusters, upem)) for letter in _apart(one, upem)]
    if first and unicodedata.bidirectional(found[0].text[-1]) == "NSM":
        found[0].text = RIGHT_TO_LEFT + found[0].text
    if last:
        found[-1].text += LEFT_TO_RIGHT
    return found


def _roomy(clusters: list[Cluster], upem: int) -> list[Cluster]:
    """Return clusters of right-to-left text, one without room of its own (lam and alef) joined to the one before."""
    found: list[Cluster] = []
    for one in clusters:
        if found and one.advance < LEAST:
            first = found.pop()
            shift = round(one.advance * upem / 1000)
            parts = (*one.parts, *((glyph, x + shift, y) for glyph, x, y in first.parts))
            found.append(Cluster(first.text + one.text, parts, first.advance + one.advance))
        else:
            found.append(one)
    return found


def _apart(cluster: Cluster, upem: int) -> list[Cluster]:
    """Return a cluster of right-to-left text as one for each letter, from left to right."""
    count = len(cluster.text)
    if count == 1:
        return [cluster]
    room = cluster.advance / count
    shift = round((cluster.advance - room) * upem / 1000)
    first = Cluster(cluster.text[0], tuple((glyph, x - shift, y) for glyph, x, y in cluster.parts), room)
    return [*(Cluster(letter, (), room) for letter in reversed(cluster.text[1:])), first]
