"""Several papers as one PDF, one after the other, each with the pages that it has alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from briefing.notes.note import Note
from briefing.render import loaded
from briefing.render.html import compose
from briefing.render.pdf import engine
from briefing.render.system import only_our_fonts, require_parts
from briefing.resources import own_templates


def render_together(notes: Sequence[Note], templates: Path | None = None) -> bytes:
    """Return papers as one PDF/A-3a and PDF/UA-1; what a house has made or changed is run in a process of its own."""
    if not own_templates("pdf", templates):
        return _set(notes, None)
    from briefing.confined import confined

    return confined(_set, notes, templates, loading=loaded("pdf"))


def cover(notes: Sequence[Note]) -> Note:
    """Return what a file of several papers says of itself: the sheet in front names them all, else their titles do.

    It names the record, but not what was asked for: that is one paper.
    """
    first = notes[0]
    whole = first.kind != notes[-1].kind
    title = first.title if whole else "; ".join(note.title for note in notes)
    keywords = tuple(dict.fromkeys(word for note in notes for word in note.keywords))
    return replace(first, kind="set", title=title, description=first.description if whole else first.paper,
                   keywords=keywords, request="", evidence="")  # fmt: skip


def _set(notes: Sequence[Note], templates: Path | None) -> bytes:
    require_parts()
    pages = [compose(note, templates, fonts=True) for note in notes]
    with only_our_fonts():
        data: bytes = engine().typeset_together(pages, cover(notes), templates)
    return data
