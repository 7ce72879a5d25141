"""Papers made from a history that a test tells, without a renderer: as Markdown, or the part under one heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from briefing.events import Recorded
from briefing.notes.frame import Frame
from briefing.notes.note import Heading, Note
from briefing.notes.papers import Material, Paper, fitted, make
from briefing.projector import project
from briefing.render.markdown import render_markdown
from briefing.render.words import block_pieces
from briefing.state import BriefingState
from tests.given import Told, history

TODAY = date(2026, 3, 10)
FRAME = Frame(basis="0" * 64, made_at="2026-03-10T09:00:00Z", as_at="10 March 2026, 09:00 UTC")


def on_one_page(note: Note) -> int:
    """Stand in for a renderer: whatever it is, it fits."""
    return 1


def by_blocks(of_a_page: int) -> Callable[[Note], int]:
    """Stand in for a renderer on whose pages a number of blocks has room."""

    def pages(note: Note) -> int:
        body = next((n for n, one in enumerate(note.blocks) if isinstance(one, Heading) and one.new_page), len(note.blocks))
        return -(-body // of_a_page)

    return pages


def state_of(*told: Told, today: date = TODAY) -> BriefingState:
    return project(history(*told), today=today)


def brief(*told: Told, reader: str = "", meeting: str = "steel", measure: Callable[[Note], int] = on_one_page) -> Note:
    """Return the brief for a planned meeting that a history tells of."""
    return brief_of(history(*told), reader=reader, meeting=meeting, measure=measure)


def brief_of(
    log: Sequence[Recorded], *, reader: str = "", meeting: str = "steel", measure: Callable[[Note], int] = on_one_page
) -> Note:
    material, frame = Material(project(log, today=TODAY), tuple(log)), replace(FRAME, to=reader)
    return make(material, fitted(material, Paper("meeting", meeting), frame, measure), frame)


def markdown(note: Note) -> str:
    return render_markdown(note)


def under(note: Note, heading: str) -> str:
    """Return the words under a heading, up to the next one; nothing where there is no such heading."""
    words: list[str] = []
    here = False
    for block in note.blocks:
        if isinstance(block, Heading):
            here = block.text == heading
        elif here:
            words.extend(block_pieces(block))
    return " ".join(" ".join(words).split())


def headings(note: Note) -> list[str]:
    return [block.text for block in note.blocks if isinstance(block, Heading)]


def annexed(note: Note) -> list[str]:
    """Return the headings behind that of the annex."""
    found = headings(note)
    return found[found.index("Annex") + 1 :] if "Annex" in found else []
