"""The words of a note in the order in which every format prints them, and the layout that order follows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from briefing.notes.note import (
    Block,
    BottomLine,
    BulletList,
    Counts,
    Footnotes,
    Heading,
    Note,
    Paragraph,
    Runs,
    SourceList,
    Table,
    Timeline,
    TitleLine,
    plain,
)

TitleRow = tuple[TitleLine, TitleLine | None]


def title_rows(note: Note) -> tuple[TitleRow, ...]:
    """Return the title block as rows of two: the first half of its lines stands left, the second right."""
    half = (len(note.title_block) + 1) // 2
    pairs = zip_longest(note.title_block[:half], note.title_block[half:])
    return tuple((left, right) for left, right in pairs if left is not None)


def note_words(note: Note) -> list[str]:
    """Return the words of the text, in order; what stands around every page is in `furniture_words`."""
    return " ".join(pieces(note)).split()


def furniture_words(note: Note) -> list[str]:
    """Return the words around every page: the marking and the record it was made from."""
    return f"{note.band} {note.basis_label}".split()


def pieces(note: Note) -> Iterator[str]:
    """Yield the texts of a note in order: title, title block, blocks."""
    yield from (note.ministry, note.unit, note.paper, note.title, note.subtitle)
    for row in title_rows(note):
        for line in row:
            if line is not None:
                yield from (line.label, line.value)
    for block in note.blocks:
        yield from block_pieces(block)


def block_pieces(block: Block) -> Iterator[str]:
    """Yield the texts of a block, in order; words never run together across two of them."""
    match block:
        case Heading(text):
            yield text
        case Paragraph(runs, number):
            yield from ([str(number)] if number else [])
            yield plain(runs)
        case BottomLine(heading, lines):
            yield heading
            yield from map(plain, lines)
        case BulletList(items):
            yield from map(plain, items)
        case Table():
            yield block.caption
            yield from (column.header for column in block.columns)
            yield from (plain(cell) for row in block.rows for cell in row)
        case Timeline(points):
            yield from (text for point in points for text in (point.date, point.label))
        case Counts(shares):
            yield from (text for share in shares for text in (str(share.count), share.label))
        case Footnotes(notes):
            yield from _lettered(notes)
        case SourceList(heading, sources):
            yield heading
            yield from _lettered(sources)


def _lettered(rows: tuple[tuple[str, Runs], ...]) -> Iterator[str]:
    for letter, runs in rows:
        yield from (letter, plain(runs))
