"""A note as a PDF: archival (PDF/A-3a) and accessible (PDF/UA-1) in one file, the same bytes every time.

This module is light; the engine is imported when a PDF is asked for, after the machine was checked.
"""

from __future__ import annotations

from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from types import ModuleType

from briefing.errors import MissingSystemPart
from briefing.notes.note import Note
from briefing.render.html import compose
from briefing.render.system import only_our_fonts, require_parts

EVIDENCE = "events.json"
"""The file in a PDF that holds the events it prints."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside the PDF, such as the events that a note was folded from."""

    name: str
    data: bytes
    description: str
    relationship: str = "Source"


def render_pdf(note: Note, templates: Path | None = None, *, attached: tuple[Attached, ...] = ()) -> bytes:
    """Return the note as PDF/A-3a and PDF/UA-1.

    Equal notes, templates and library versions give equal bytes, whatever the folder, time zone,
    hash seed or fonts of the machine. Raises `MissingSystemPart` where a library or font is not
    there, `Refused` where a template asks for a file outside its folder, `OutputFailed` where the
    engine finds fault with it.
    """
    require_parts()
    html = compose(note, templates, fonts=True)
    if note.evidence:
        attached = (*attached, Attached(EVIDENCE, note.evidence.encode(), "The events of the record that are printed"))
    with only_our_fonts():
        data: bytes = engine().typeset(html, note, templates, attached=attached)
    return data


def pages_before(note: Note, heading: str, templates: Path | None = None) -> int:
    """Return how many pages of a note stand before the one that a heading begins; nothing is written."""
    require_parts()
    html = compose(note, templates, fonts=True)
    with only_our_fonts():
        found: int = engine().pages_before(html, heading, templates)
    return found


def engine() -> ModuleType:
    """Return the module that sets pages; what WeasyPrint prints while it fails to load is not passed on."""
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            from briefing.render import pdf_engine
    except (OSError, ImportError) as fault:
        raise MissingSystemPart(
            f"WeasyPrint, which sets PDFs, cannot be loaded: {str(fault).splitlines()[0] if str(fault) else fault!r}",
            hint="`briefing doctor` names what is missing; --format docx, html and md need none of it",
        ) from fault
    return pdf_engine
