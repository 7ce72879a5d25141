"""How a paper looks: one renderer per format, loaded when it is asked for.

A renderer sees a `Note` and nothing else of the program; all four print the same words in the same
order (`words.note_words`).
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from briefing.errors import UsageProblem
from briefing.notes.note import Note
from briefing.resources import own_templates

Renderer = Callable[[Note, Path | None], bytes]

RENDERERS: dict[str, str] = {
    "pdf": "briefing.render.pdf:render_pdf",
    "docx": "briefing.render.docx:render_docx",
    "html": "briefing.render.html:render_html_bytes",
    "md": "briefing.render.markdown:render_markdown_bytes",
}
"""Format → module and function; the module is imported when the format is asked for."""

SUFFIXES: dict[str, str] = {"pdf": ".pdf", "docx": ".docx", "html": ".html", "md": ".md"}


def renderer(format_: str) -> Renderer:
    """Return the function that makes a paper in this format."""
    if format_ not in RENDERERS:
        raise UsageProblem(f"“{format_}” is no format", hint=f"one of: {', '.join(RENDERERS)}")
    module, _, name = RENDERERS[format_].partition(":")
    function: Renderer = getattr(import_module(module), name)
    return function


def render(note: Note, format_: str, templates: Path | None = None) -> bytes:
    """Return the paper as a file's bytes; `templates` is a house's own folder of templates.

    What a house has made or changed is run in a process of its own, which is bounded; see `confined`.
    """
    if not own_templates(format_, templates):
        return renderer(format_)(note, None)
    from briefing.confined import confined

    return confined(_render, note, format_, templates, loading=loaded(format_))


def loaded(format_: str) -> str:
    """Return the module that a process of its own needs for a format; `MissingSystemPart` where it would not load."""
    if format_ != "pdf":
        return RENDERERS[format_].partition(":")[0]
    from briefing.render.system import require_parts

    require_parts()
    return "briefing.render.pdf_engine"


def _render(note: Note, format_: str, templates: Path) -> bytes:
    return renderer(format_)(note, templates)
