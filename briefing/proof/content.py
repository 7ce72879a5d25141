"""Whether the words of a file are those that its events fold to: what was changed, and what the words rested on."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html.parser import HTMLParser
from io import BytesIO
from itertools import accumulate, zip_longest
from pathlib import Path
from typing import Any

from briefing.errors import UsageProblem
from briefing.notes.grounds import Grounds, Statement
from briefing.notes.note import Note, Table
from briefing.proof.apart import Apart
from briefing.render import render
from briefing.render.words import pieces


@dataclass(frozen=True, slots=True)
class Changed:
    """A paragraph, cell or line that is other in the file: what the record says, what the file says, its statement.

    An empty `was` was added, an empty `now` is gone or cannot be told.
    """

    was: str
    now: str
    statement: Statement | None = None

    @property
    def place(self) -> str:
        """Where it stands in the paper."""
        return self.statement.place if self.statement else "not in the record’s paper" if self.now else "the paper"


@dataclass(frozen=True, slots=True)
class Offer:
    """A correction that would make the record say what the file says: the event, the field, the value."""

    digest: str
    path: str
    value: str


def changes(file: Apart, note: Note, grounds: Grounds, templates: Path | None) -> tuple[Changed, ...]:
    """Return what differs between a file and the note that its events fold to; nothing where the words are the same."""
    found = _in_pdf(file, note, templates) if file.format == "pdf" else _by_line(file, note, templates)
    said = grounds.of(note) if (differing := list(found)) else ()
    return tuple(Changed(was, now, _statement(was, said)) for was, now in differing)


def _by_line(file: Apart, note: Note, templates: Path | None) -> Iterator[tuple[str, str]]:
    expected = texts(render(note, file.format, templates), file.format)
    found = texts(file.data, file.format)
    yield from _differing(expected, found)


def _differing(expected: Sequence[str], found: Sequence[str], *, joined: bool = False) -> Iterator[tuple[str, str]]:
    """Yield what differs of two lists of texts, one by one, or `joined` where a text runs over several."""
    old, new = list(map(_squashed, expected)), list(map(_squashed, found))
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        was, now = expected[i:j], found[k:m]
        if joined:
            yield " ".join(was), " ".join(now)
        else:
            yield from zip_longest(was, now, fillvalue="")


def texts(data: bytes, format_: str) -> list[str]:
    """Return the paragraphs, cells and lines of a file, in order, without those that are empty."""
    if format_ == "docx":
        found: Iterable[str] = _of_word(data)
    else:
        text = data.decode("utf-8", "replace")
        found = _Page.lines_of(text) if format_ == "html" else text.splitlines()
    return [one for text in found if (one := " ".join(text.split()))]


def _of_word(data: bytes) -> Iterator[str]:
    """Yield the paragraphs of a Word file, tables included, as they read with all tracked changes accepted."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.oxml.ns import qn

    try:
        document: Any = Document(BytesIO(data))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as fault:
        raise UsageProblem(f"this is no Word file that can be opened: {fault}", hint="give the paper itself") from fault
    edges = (part for one in document.sections for part in (one.header, one.footer, one.first_page_header,
                                                            one.first_page_footer))  # fmt: skip
    for part in (document.element.body, *(one.part.element for one in edges)):
        for paragraph in part.iter(qn("w:p")):
            inner = paragraph.iter(qn("w:t"), qn("w:tab"))
            yield "".join(one.text or "" if one.tag == qn("w:t") else " " for one in inner)


class _Page(HTMLParser):
    """Gathers the words of a page, a line for each block."""

    BLOCKS = frozenset({"p", "h1", "h2", "h3", "li", "td", "th", "caption", "div", "tr", "dt", "dd", "title"})

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.lines: list[str] = [""]
        self.hidden = 0

    @classmethod
    def lines_of(cls, text: str) -> list[str]:
        """Return the lines of a page."""
        page = cls()
        page.feed(text)
        return page.lines

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - its signature
        """Begin a line at a block, and leave out what is no words."""
        self.hidden += tag in ("style", "script")
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        """End a line at a block."""
        self.hidden -= tag in ("style", "script")
        if tag in self.BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if not self.hidden:
            self.lines[-1] += data


# ── PDF: the words of its pages, without what stands around them ──────────────────────────────


def _in_pdf(file: Apart, note: Note, templates: Path | None) -> Iterator[tuple[str, str]]:
    """Yield the lines that differ from the PDF made here; where only the breaks of pages differ, nothing."""
    expected, found = _lines(render(note, "pdf", templates), note), _lines(file.data, note)
    if _squashed("".join(expected)) == _squashed("".join(found)) or _only_broken_otherwise(found, note):
        return
    yield from ((was, now) for was, now in _differing(expected, found, joined=True) if _squashed(was) != _squashed(now))


def _only_broken_otherwise(found: Sequence[str], note: Note) -> bool:
    """Tell whether a PDF holds each piece of a note and nothing besides; header rows may come again on a page."""
    text = _squashed("".join(found))
    for piece in sorted((_squashed(one) for one in pieces(note)), key=len, reverse=True):
        if piece not in text:
            return False
        text = text.replace(piece, "\n", 1) if piece else text
    tables = (one for one in note.blocks if isinstance(one, Table))
    heads = {_squashed("".join(column.header for column in one.columns)) for one in tables}
    return set(filter(None, text.split("\n"))) <= heads


def _lines(data: bytes, note: Note) -> list[str]:
    """Return the lines of a PDF's pages without what stands around every page."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        read = [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    except (PyPdfError, ValueError, KeyError, RecursionError) as fault:
        raise UsageProblem(f"this is no PDF that can be read: {fault}", hint="give the paper itself") from fault
    return [line for n, text in enumerate(read, 1) for line in _without_edges(text.splitlines(), note, n, len(read))]


def _without_edges(lines: list[str], note: Note, number: int, of: int) -> list[str]:
    """Return a page's lines without marking, title, record and number, which stand at its end in the file."""
    counted = note.page_label.replace("{pages}", str(of)).replace("{page}", str(number))
    foot = _squashed(f"{note.basis_label}{counted}{note.band}")
    edges = {_squashed(note.band) + foot, _squashed(note.band + note.running_title) + foot}
    for n in range(len(lines)):
        if _squashed("".join(lines[n:])) in edges:
            return lines[:n]
    return lines


def _squashed(text: str) -> str:
    return "".join(text.split())


def _statement(was: str, said: Sequence[Statement]) -> Statement | None:
    """Return the statement that a paragraph, a cell or a line is of."""
    squashed = _squashed(was)
    if not squashed:
        return None
    whole = {_squashed(one.text): one for one in said}
    near = (one for text, one in whole.items() if squashed in text or text in squashed)
    return whole.get(squashed) or next(near, None)


# ── corrections that the changes would ask for ────────────────────────────────────────────────


def offers(found: Sequence[Changed]) -> tuple[Offer, ...]:
    """Return a correction for each changed text that is a field of an event; none where the words are a quotation."""
    made: dict[tuple[str, str], Offer] = {}
    for change in found:
        for ground in change.statement.grounds if change.statement and change.was and change.now else ():
            for words, path in zip(ground.words, ground.paths, strict=False):
                if path and (value := _instead(change, words)):
                    made.setdefault((ground.digest, path), Offer(ground.digest, path, value))
    return tuple(made.values())


def _instead(change: Changed, words: str) -> str:
    """Return what a changed text has instead of words of an event; nothing where it has them still."""
    said = words.rstrip(".")
    sign = re.search(rf"(?<!\w){re.escape(said)}(?!\w)", change.was, re.IGNORECASE)
    value = _moved(change.was, change.now, sign.start(), sign.end()) if sign else ""
    if not value or value.casefold() == said.casefold():
        return ""
    return (value[:1].upper() if said[:1].isupper() else value[:1]) + value[1:] + words[len(said) :]


_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


def _moved(was: str, now: str, start: int, end: int) -> str:
    """Return what stands in a changed text where a part of the old one stood, word by word."""
    old, new = _TOKEN.findall(was), _TOKEN.findall(now)
    ends = list(accumulate(map(len, old)))
    inside = [n for n, word in enumerate(old) if ends[n] > start and ends[n] - len(word) < end]
    first, last = inside[0], inside[-1] + 1
    kept: list[str] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            kept += new[k + max(first - i, 0) : k + min(last, j) - i] if i < last and j > first else []
        elif (first < i < last) if tag == "insert" else (i < last and j > first):
            kept += new[k:m]
    return "".join(kept).strip()
