"""A note as one HTML file: for reading in a browser, and the page that the PDF is set from."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from briefing.errors import Refused
from briefing.notes.note import Footnotes, Note, Run, Runs
from briefing.render.bars import draw_counts
from briefing.render.sandbox import NoteSandbox, filling, sandbox
from briefing.render.scripts import plain, right_to_left, stretches
from briefing.render.timeline import draw
from briefing.render.words import title_rows
from briefing.resources import template_file

PORTRAIT, LANDSCAPE = 314.0, 488.0
"""Width of the text in half millimetres: what a timeline has room for."""

LONGEST_KEPT = 16
"""Letters of a mark or flag that is not broken over two lines; a longer one would overflow its column."""

_TAG = re.compile(r"(<[^>]*>)")
_NO_SPAN = re.compile(r"<(head|svg|style|script)\b")
"""Elements in which no `span` may stand."""

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")


def render_html(note: Note, templates: Path | None = None) -> str:
    """Return the note as one file that needs no other: its style is in it, its type is the reader's.

    Raises `Refused` where a house's template would have a browser fetch or run something.
    """
    page = compose(note, templates, fonts=False)
    if templates is not None:
        from briefing.render.page_inspect import reaching_out

        if reasons := reaching_out(page):
            raise Refused(
                f"the page fetches or runs something: {', '.join(reasons)}",
                hint="a page is one file: take that out of the template, or name a picture in note.css",
            )
    return page


def render_html_bytes(note: Note, templates: Path | None = None) -> bytes:
    """Return the note as UTF-8."""
    return render_html(note, templates).encode()


def compose(
    note: Note, templates: Path | None = None, *, fonts: bool, environment: NoteSandbox | None = None
) -> str:
    """Return the HTML; with `fonts`, the style still names the font files, relative to the templates.

    Raises `OutputFailed` where the template cannot be filled.
    """
    with filling("note.css", templates):
        css = template_file("note.css", templates).read_text(encoding="utf-8")
        if not fonts:
            css = _alone(css, templates)
    with filling("note.html.j2", templates):
        template = (environment or _environment(templates)).get_template("note.html.j2")
        page = template.render(context(note, css))
    return with_languages(page, note.lang)


def _alone(css: str, templates: Path | None) -> str:
    """Return a style sheet without the fonts that it names, and with the pictures in it."""
    without = _FONT_FACE.sub("", css)
    if templates is None:
        return without
    from briefing.render.page_inspect import with_pictures

    return with_pictures(without, templates)


def context(note: Note, css: str) -> dict[str, Any]:
    """Return what the page's template may name."""
    return {
        "note": note,
        "css": Markup(css),  # noqa: S704 – our own file, or the house's
        "made_at": moment(note.made_at).strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        "title_rows": title_rows(note),
        "title": unbroken(note.title),
        "numbers": frozenset(n for b in note.blocks if isinstance(b, Footnotes) for n, _ in b.notes),
        "page_label": re.split(r"(\{pages?\})", note.page_label),
        "draw": lambda timeline: draw(timeline, LANDSCAPE if note.landscape else PORTRAIT),
        "draw_counts": lambda counts: draw_counts(counts, LANDSCAPE if note.landscape else PORTRAIT),
        "has_strong": has_strong,
        "kept": kept,
        "right_to_left": right_to_left,
    }


def with_languages(page: str, lang: str) -> str:
    """Return a page in which letters of another script say their language, wherever a template put them.

    A stretch becomes an element of its own: right-to-left text does not turn round what stands beside it.
    """
    pieces = _TAG.split(page)  # text, tag, text, tag, …, text
    within = ""
    for n, piece in enumerate(pieces):
        if n % 2 and within:
            within = "" if piece == f"</{within}>" else within
        elif n % 2:
            within = found[1] if (found := _NO_SPAN.match(piece)) else ""
        elif n and not within and not plain(piece, lang) and " lang=" not in pieces[n - 1]:
            words = Markup(piece).unescape()  # noqa: S704 – text of the page, escaped again below
            pieces[n] = "".join(_spoken(part, own) for part, own in stretches(words, lang))
    return "".join(pieces)


def _spoken(words: str, lang: str) -> str:
    turned = ' dir="rtl"' if right_to_left(lang) else ""
    return f'<span lang="{lang}"{turned}>{escape(words)}</span>' if lang else str(escape(words))


def moment(made_at: str) -> datetime:
    """Return `Note.made_at` as a time in UTC, whole seconds."""
    when = datetime.fromisoformat(made_at)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)


def unbroken(title: str) -> str:
    """Return a title whose last three words stay on one line when they are short, such as a date."""
    head, *tail = title.rsplit(" ", 3)
    return title if len(" ".join(tail)) > 18 or not tail else f"{head} " + "\u00a0".join(tail)


def kept(run: Run) -> str:
    """Return a run's words with those of a short mark or flag on one line: "[A2, B1]", "△ one source"."""
    short = run.style in {"mark", "flag"} and len(run.text) <= LONGEST_KEPT
    return run.text.replace(" ", "\u00a0") if short else run.text


def has_strong(runs: Runs) -> bool:
    """Return whether a row's header sets its own emphasis; otherwise all of it is set strong."""
    return any(run.style == "strong" for run in runs)


@lru_cache(maxsize=8)
def _environment(templates: Path | None) -> NoteSandbox:
    """Return the environment of a folder, made once; Jinja itself sees when a file has changed."""
    return sandbox(templates)
