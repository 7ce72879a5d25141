"""Commitments by status, counted as a small picture: whoever has a minute sees how many are still open."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.notes.commitments import STATUS_SHAPE
from briefing.notes.language import say
from briefing.notes.note import Counts, Share
from briefing.notes.writer import capital
from briefing.state import OpenItem

FEWEST = 3
"""Values that make a picture; fewer are read sooner in a sentence."""


def by_status(items: Iterable[OpenItem]) -> Counts | None:
    """Return the commitments of each status that there are, in the order of what becomes of one; None of too few."""
    found: dict[str, list[OpenItem]] = {status: [] for status in STATUS_SHAPE}
    for item in items:
        found[item.commitment.status].append(item)
    some = {status: those for status, those in found.items() if those}
    if len(some) < FEWEST:
        return None
    shares = tuple(Share(len(those), f"{STATUS_SHAPE[status]} {capital(say(status))}", to_do=those[0].is_open)
                   for status, those in some.items())  # fmt: skip
    told = "; ".join(f"{len(those)} {say(status)}" for status, those in some.items())
    return Counts(shares, say("Commitments by status. {counts}.", counts=told))
