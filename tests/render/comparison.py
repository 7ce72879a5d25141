"""What a paper says, beside what its note says: the first place where the two part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

from briefing.notes.note import Note, Table
from briefing.render.words import note_words
from tests.render.reading import (
    docx_edges,
    docx_words,
    html_words,
    letters,
    markdown_words,
    pdf_letters,
    pdf_pages,
    pdf_words,
)


def difference(note: Note, format_: str, data: bytes) -> str:
    """Return where a rendered paper and its note part; nothing when the paper says all of it and no more."""
    return {"html": _html, "md": _markdown, "docx": _word, "pdf": _pdf}[format_](note, data)


def first_difference(found: Sequence[str], expected: Sequence[str]) -> str:
    """Return where two texts part, with what stands around it; nothing when they are the same."""
    for n, (one, two) in enumerate(zip_longest(found, expected)):
        if one != two:
            around = slice(max(n - 8, 0), n + 8)
            return f"at {n}: found {found[around]!r}, expected {expected[around]!r}"
    return ""


def _html(note: Note, data: bytes) -> str:
    """Around the text stand the marking, the title for the head of later pages, the record and “Page of”."""
    label = re.sub(r"\{pages?\}", "", note.page_label)
    around = [note.band, note.band, note.running_title, note.basis_label, label, note.band]
    return first_difference(html_words(data), [*" ".join(around).split(), *note_words(note)])


def _markdown(note: Note, data: bytes) -> str:
    """The points between the parts of a line are no words."""
    words = [*note.band.split(), *note_words(note), *note.basis_label.split(), *note.band.split()]
    return first_difference(markdown_words(data), [word for word in words if word != "·"])


def _word(note: Note, data: bytes) -> str:
    foot = [*note.basis_label.split(), *note.page_label.format(page=1, pages=1).split(), *note.band.split()]
    edges = {
        "first header": note.band.split(),
        "first footer": foot,
        "header": f"{note.band} {note.running_title}".split(),
        "footer": foot,
    }
    found = docx_edges(data)
    return first_difference(docx_words(data), note_words(note)) or "".join(
        first_difference(found[name], words) for name, words in edges.items()
    )


def _pdf(note: Note, data: bytes, *, drawn: frozenset[str] = frozenset(), unread: str = "") -> str:
    """Every word as often as it should be seen; only a table's header may stand on more than one page.

    `drawn` are signs that a program sets by itself, such as the dashes of a list; words with letters of
    `unread` are left out.
    """
    pages = pdf_pages(data)
    for n, lines in enumerate(pages, 1):
        foot = [*note.basis_label.split(), *note.page_label.format(page=n, pages=len(pages)).split()]
        if not lines[0] == lines[-1] == note.band or lines[-2].split() != foot:
            return f"around page {n}: {lines[0]!r}, {lines[-2:]!r}"
    expected = Counter(note_words(note))
    for n in range(1, len(pages) + 1):
        label = note.page_label.format(page=n, pages=len(pages))
        expected.update(f"{note.band} {note.basis_label} {label} {note.band}".split())
        expected.update(note.running_title.split() if n > 1 else ())
    shown = Counter(pdf_words(data))
    if unread:
        expected, shown = (Counter({w: n for w, n in c.items() if not re.search(unread, w)}) for c in (expected, shown))
    repeated = {w for b in note.blocks if isinstance(b, Table) for c in b.columns for w in c.header.split()}
    added = [word for word in shown - expected if word not in repeated | drawn]
    return f"missing {dict(expected - shown)}, added {added}" if expected - shown or added else ""


def difference_of_printed_word_file(note: Note, pdf: bytes) -> str:
    """Return where a note and its Word file, printed by an office program, part: the dashes of lists are letters there.

    LibreOffice draws letters from the right so that they are read in another order; `docx_words` reads them.
    """
    return _pdf(note, pdf, drawn=frozenset("–"), unread="[\u0590-\u06ff]")


def difference_read_aloud(note: Note, pdf: bytes) -> str:
    """Return where the structure of a tagged PDF and its note part, headers on a table's next page left out."""
    spoken, expected = pdf_letters(pdf), letters(note_words(note))
    for block in note.blocks:
        if isinstance(block, Table):
            header = letters([column.header for column in block.columns])
            pieces, times = spoken.split(header), expected.count(header)
            spoken = header.join([*pieces[:times], "".join(pieces[times:])])
    return first_difference(spoken, expected)
