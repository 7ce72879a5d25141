"""The papers of the record in docs/examples/record, which extends the record that ships: an illustration."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from briefing.notes.frame import Frame
from briefing.notes.note import Note
from briefing.notes.papers import Material, Paper, fitted, make
from briefing.projector import project
from briefing.render.body import body_pages
from briefing.store.folder import FolderStore
from briefing.store.log import Log, load

EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "record"
DIALOGUE, TALKS = "strategic-trade-dialogue", "commerce-talks-2025-05"
PAPERS = {
    "meeting brief": Paper("meeting", DIALOGUE),
    "meeting record": Paper("record", TALKS),
    "public cut": Paper("public", TALKS),
    "points card": Paper("card", DIALOGUE),
    "visit book": Paper("book"),
}
"""Name → what is asked for."""

TODAY = date(2026, 11, 25)


@cache
def log() -> Log:
    return load(FolderStore(EXAMPLE / "events"))


@cache
def material() -> Material:
    return Material(project(log().recorded, today=TODAY), log().recorded)


def frame() -> Frame:
    """Return what stands around the papers, for the reader who returned the first brief."""
    return Frame(
        basis=log().basis, heads=log().heads, made_at="2026-11-25T20:00:00Z", as_at="25 November 2026, 20:00 UTC",
        today=f"{TODAY}", ministry="Illustration", unit="Desk of an imagined office", notice="ILLUSTRATION", to="Foreign Secretary",
    )  # fmt: skip


@cache
def example(name: str) -> Note:
    """Return a paper of the example record, by its name."""
    return make(material(), fitted(material(), PAPERS[name], frame(), body_pages), frame())
