"""Try the templates of a format on a full and on an empty paper, and name everything that is wrong with them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from briefing.errors import BriefingError, MissingSystemPart, Place, Problem
from briefing.notes.note import Note
from briefing.notes.specimen import BAND, empty, full
from briefing.render import loaded
from briefing.resources import own_templates, template_file, templates_dir

CSS_BEGINS = 1
"""Lines of the page's style element before the first of `note.css`."""
_AT = re.compile(r" at (\d+):\d+")


def problems(format_: str, templates: Path | None) -> list[Problem]:
    """Return what is wrong with the templates of a format, in order, each once; found in a process of its own."""
    from briefing.confined import confined

    if format_ == "md":
        return []
    try:
        answer = confined(tried, format_, templates or templates_dir(), loading=loaded(format_))
    except MissingSystemPart:
        raise
    except BriefingError as fault:
        return [Problem(Place(", ".join(own_templates(format_, templates))), fault.message, fault.hint)]
    return [Problem(Place(*place), what, hint) for place, what, hint in json.loads(answer)]


def tried(format_: str, templates: Path) -> bytes:
    """Return what is wrong, as JSON: this runs in a process of its own."""
    found: dict[Problem, None] = {}
    look = {"docx": _word, "pdf": _pdf, "html": _html}[format_]
    for note in (full(), full(landscape=True, large=True), empty()):
        found.update(dict.fromkeys(look(note, templates)))
    placed = sorted(found, key=lambda one: (one.place.file, one.place.line or 0))
    rows = [((one.place.file, one.place.line, one.place.column), one.what, one.hint) for one in placed]
    return json.dumps(rows).encode()


def _html(note: Note, templates: Path) -> Iterator[Problem]:
    """Yield what is wrong with the page, and what a browser would fetch."""
    from briefing.render.page_inspect import reaching_out

    page, found = _filled_page(note, templates, fonts=False)
    styled = _styled(templates)
    yield from (*found, *styled.values())
    for reason in reaching_out(page):
        if reason not in styled:
            yield Problem(Place("note.html.j2"), f"{reason}: fetched or run by whoever opens the page", "take it out")


def _pdf(note: Note, templates: Path) -> Iterator[Problem]:
    """Yield what is wrong with the page, and what the engine that sets it complains of."""
    from briefing.render.pdf_engine import Outside, PageFaults, typeset
    from briefing.render.system import only_our_fonts

    page, found = _filled_page(note, templates, fonts=True)
    styled = _styled(templates)
    yield from (*found, *styled.values())
    try:
        with only_our_fonts():
            typeset(page or "<title>nothing</title>", note, templates, attached=())
    except PageFaults as fault:
        yield from map(_of_engine, fault.said)
    except Outside as fault:
        yield from (_outside(one, "note.html.j2") for one in fault.asked if one not in styled)
        yield from (_of_engine(said) for said in fault.said if not any(one in said for one in fault.asked))
    except BriefingError as fault:
        yield Problem(Place("note.html.j2"), fault.message, fault.hint)


def _styled(templates: Path) -> dict[str, Problem]:
    """Return the addresses of the style sheet that are not in the folder of templates, and what is wrong with each."""
    from briefing.render.page_inspect import style_addresses

    css = template_file("note.css", templates).read_text(encoding="utf-8", errors="replace")
    return {
        address: _outside(address, "note.css", line)
        for line, address in style_addresses(css)
        if not _is_there(address, templates)
    }


def _is_there(name: str, templates: Path) -> bool:
    try:
        template_file(unquote(name), templates)
    except BriefingError:
        return False
    return True


def _outside(address: str, file: str, line: int | None = None) -> Problem:
    what = f"{address[:100]} is not in the folder of templates"
    return Problem(Place(file, line), what, "put the file there and name it by its name")


def _filled_page(note: Note, templates: Path, *, fonts: bool) -> tuple[str, Iterable[Problem]]:
    from briefing.render.html import compose, context
    from briefing.render.sandbox import BadTemplate, sandbox
    from briefing.render.unknown import NotingSandbox, noting

    with noting(frozenset(context(note, ""))) as found:
        try:
            page = compose(note, templates, fonts=fonts, environment=sandbox(templates, NotingSandbox))
        except BadTemplate as fault:
            return "", [*found.values(), Problem(fault.place, fault.what)]
        except BriefingError as fault:
            return "", [*found.values(), Problem(Place("note.html.j2"), fault.message, fault.hint)]
    return page, [*found.values(), *_unmarked("note.html.j2", page)]


def _word(note: Note, templates: Path) -> Iterator[Problem]:
    """Yield why the Word file may not be used, or else what is wrong in filling it."""
    from briefing.render.docx import context, environment, filled
    from briefing.render.docx_inspect import unsound
    from briefing.render.sandbox import BadTemplate, filling
    from briefing.render.unknown import NotingSandbox, noting

    name = Place("note.docx")
    with noting(frozenset(context(note))) as found:
        try:
            with filling(name.file, templates):
                reasons = unsound(template_file(name.file, templates))
            if reasons:
                yield from (Problem(name, reason) for reason in reasons)
                return
            paper = filled(note, templates, environment(NotingSandbox))
        except BadTemplate as fault:
            yield from (*found.values(), Problem(name, fault.what))
            return
    yield from found.values()
    yield from _unmarked(name.file, _words(paper))


def _words(paper: bytes) -> str:
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(paper)) as parts:
        return "".join(parts.read(n).decode() for n in parts.namelist() if n.startswith("word/") and n.endswith(".xml"))


def _unmarked(name: str, page: str) -> Iterator[Problem]:
    """Yield a problem for a paper that leaves out its marking."""
    if BAND not in page:
        yield Problem(Place(name), "the marking (note.band) is nowhere on the page", "every paper shows its marking")


def _of_engine(said: str) -> Problem:
    at = _AT.search(said)
    line = int(at[1]) - CSS_BEGINS if at else None
    return Problem(Place("note.css", line) if line else Place("note.html.j2"), _AT.sub("", said))

