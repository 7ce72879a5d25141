"""A note as a Word file, filled into the template `note.docx`; the same bytes every time.

The template holds the shapes and the styles; this module brings the words and says which shape each
block has. What a template cannot say (column widths, the language) `docx_finish` sets afterwards.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from markupsafe import Markup, escape

from briefing.errors import Refused
from briefing.notes.note import (
    Block,
    BottomLine,
    BulletList,
    Counts,
    Footnotes,
    Heading,
    Note,
    Paragraph,
    Run,
    Runs,
    SourceList,
    Table,
    Timeline,
    TimelinePoint,
)
from briefing.render.docx_inspect import unsound
from briefing.render.html import has_strong, kept, unbroken
from briefing.render.sandbox import NoteSandbox, filling, sandbox
from briefing.render.words import title_rows
from briefing.resources import template_file

STYLE_IDS = {"strong": "Strong", "emphasis": "Emphasis", "mark": "SourceMark", "flag": "Flag", "muted": "Muted",
             "ref": "NoteReference"}  # fmt: skip
"""Style of a run → the character style of the template."""


def render_docx(note: Note, templates: Path | None = None) -> bytes:
    """Return the note as a Word file; equal notes, template and library versions give equal bytes.

    Raises `OutputFailed` where the template cannot be filled, `Refused` where it may not be used.
    """
    template = template_file("note.docx", templates)
    with filling("note.docx", templates):
        reasons = unsound(template) if templates else []
    if reasons:
        raise Refused(
            f"the template note.docx is not used: {'; '.join(reasons)}", hint="correct it in Word, or copy it again"
        )
    return filled(note, templates, environment())


def filled(note: Note, templates: Path | None, jinja: NoteSandbox) -> bytes:
    """Return the template, filled in an environment."""
    from briefing.render.docx_filling import Filling
    from briefing.render.docx_finish import finished

    with filling("note.docx", templates):
        document = Filling(template_file("note.docx", templates))
        document.render(context(note), jinja_env=jinja, autoescape=True)
        return finished(document, note)


@lru_cache(maxsize=4)
def environment(kind: type[NoteSandbox] = NoteSandbox) -> NoteSandbox:
    """Return the sandbox; blanks in Word's XML are words, so none is trimmed, and no other file is taken in."""
    found = sandbox(kind=kind)
    found.trim_blocks = found.lstrip_blocks = False
    found.loader = None
    return found


def context(note: Note) -> dict[str, Any]:
    """Return what the template may name."""
    nothing = {"label": "", "value": ""}
    return {
        "note": note,
        "title": unbroken(note.title),
        "title_rows": [{"left": left, "right": right or nothing} for left, right in title_rows(note)],
        "page_label": (*re.split(r"\{pages?\}", note.page_label), "", "", "")[:3],
        "blocks": [{"key": block_key(n), **_shape(block)} for n, block in enumerate(note.blocks)],
    }


def block_key(n: int) -> str:
    """Return the name under which the table of block `n` is found again after filling."""
    return f"block {n}"


def _shape(block: Block) -> dict[str, Any]:
    """Return the shape of a block and its words, as the template names them."""
    match block:
        case Heading(text, _):
            return {"shape": "heading", "text": text}
        case Paragraph(runs, 0):
            return {"shape": "paragraph", "text": runs_xml(runs)}
        case Paragraph(runs, number):
            return {"shape": "numbered", "text": runs_xml(runs), "number": number}
        case BottomLine(heading, lines):
            return {"shape": "bottom_line", "text": heading, "lines": [runs_xml(line) for line in lines]}
        case BulletList(items):
            return {"shape": "bullets", "lines": [runs_xml(item) for item in items]}
        case Table():
            return _table(block)
        case Timeline() | Counts():
            return {"shape": "timeline", "points": _points(block), "alternative": block.alternative}
        case Footnotes(notes):
            return {"shape": "footnotes", "lines": _lettered(notes)}
        case SourceList(heading, sources):
            return {"shape": "sources", "text": heading, "lines": _lettered(sources)}


def _points(picture: Timeline | Counts) -> tuple[TimelinePoint, ...]:
    """Return what stands side by side in a picture's place; numbers as dates do on a timeline."""
    if isinstance(picture, Timeline):
        return picture.points
    return tuple(TimelinePoint(str(share.count), share.label, 0) for share in picture.shares)


def _table(table: Table) -> dict[str, Any]:
    centred = [column.centred or (table.tone == "matrix" and n > 0) for n, column in enumerate(table.columns)]
    return {
        "shape": table.tone,
        "caption": table.caption,
        "alternative": table.caption or ", ".join(column.header for column in table.columns),
        "columns": [{"header": column.header, "centred": centred[n]} for n, column in enumerate(table.columns)],
        "rows": [
            [{"text": runs_xml(cell, header=n == 0), "centred": centred[n]} for n, cell in enumerate(row)]
            for row in table.rows
        ],
    }


def _lettered(rows: tuple[tuple[str, Runs], ...]) -> list[dict[str, Any]]:
    return [{"number": number, "text": runs_xml(runs)} for number, runs in rows]


def runs_xml(runs: Runs, *, header: bool = False) -> Markup:
    """Return runs as Word keeps them; a row's header is strong unless it sets its own emphasis."""
    strong = header and not has_strong(runs)
    return Markup("").join(_run_xml(run, strong=strong) for run in runs)


def _run_xml(run: Run, *, strong: bool) -> Markup:
    style = STYLE_IDS.get(run.style, "RowHeader" if strong else "")
    look = f'<w:rStyle w:val="{style}"/>' if style else ""
    look += f"<w:lang w:val={quoteattr(run.lang)} w:bidi={quoteattr(run.lang)}/>" if run.lang else ""
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    words = escape(" ".join(re.split(r"[\t\n]", kept(run))))
    return Markup(f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>')  # noqa: S704 – escaped above
