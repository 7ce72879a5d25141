"""A note as Markdown, in the dialect of GitHub: for wikis, mail and comparing two editions by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

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
)
from briefing.render.words import title_rows

WRAPPED = {
    "strong": "**{}**",
    "emphasis": "*{}*",
    "mark": "{}",
    "flag": "**{}**",
    "muted": "{}",
    "ref": "<sup>{}</sup>",
}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~])")
_LINE_START = re.compile(r"^(\s*)(#+|[-+=>]|\d+[.)])(?=\s|$)")


def render_markdown(note: Note) -> str:
    """Return the note as Markdown, one block a paragraph; the same words as every other format."""
    parts = [f"**{escaped(note.band)}**", *_head(note)]
    for block in note.blocks:
        parts.extend(_block(block))
    parts += ["---", escaped(note.basis_label), f"**{escaped(note.band)}**"]
    if len(note.heads) > 1:  # the printed digest of several heads leads back to them only while nothing is merged
        parts.append(f"<!-- heads {' '.join(note.heads)} -->")
    return "\n\n".join(part for part in parts if part.strip("*")) + "\n"


def render_markdown_bytes(note: Note, templates: Path | None = None) -> bytes:
    """Return the note as UTF-8."""
    return render_markdown(note).encode()


def escaped(text: str) -> str:
    """Return text in which no character is taken for a sign of Markdown or HTML."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.replace("&", "&amp;").split("\n")))
    return _LINE_START.sub(lambda m: m[1] + re.sub(r"([#\-+=>.)])$", r"\\\1", m[2]), line)


def inline(runs: Runs) -> str:
    """Return runs with their emphasis; blanks at the ends of a run stay outside its signs."""
    text = "".join(_run(run) for run in _joined(runs))
    return _LINE_START.sub(lambda m: m[1] + re.sub(r"([#\-+=>.)])$", r"\\\1", m[2]), text)


def _joined(runs: Runs) -> list[Run]:
    """Return runs with neighbours of one style made one: "**a****b**" is no Markdown."""
    out: list[Run] = []
    for run in runs:
        if out and WRAPPED.get(out[-1].style) == WRAPPED.get(run.style):
            out[-1] = Run(out[-1].text + run.text, run.style)
        else:
            out.append(run)
    return out


def _run(run: Run) -> str:
    text = _SPECIAL.sub(r"\\\1", run.text.replace("&", "&amp;").replace("\n", " "))
    core = text.strip()
    if not core:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return before + WRAPPED.get(run.style, "{}").format(core) + after


def _head(note: Note) -> Iterator[str]:
    yield " · ".join(escaped(part) for part in (note.ministry, note.unit, note.paper) if part)
    yield f"# {escaped(note.title)}"
    if note.subtitle:
        yield f"*{escaped(note.subtitle)}*"
    rows = []
    for left, right in title_rows(note):
        rows.append([left.label, left.value, right.label if right else "", right.value if right else ""])
    if rows:
        yield _grid(["", "", "", ""], ["---"] * 4, [[escaped(cell) for cell in row] for row in rows])


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f"## {escaped(text)}"
        case Paragraph(runs, 0):
            yield inline(runs)
        case Paragraph(runs, number):
            yield _item(f"{number}. ", runs)
        case BottomLine(heading, lines):
            yield "\n>\n".join(f"> {line}" for line in (f"**{escaped(heading)}**", *map(inline, lines)))
        case BulletList(items):
            yield "\n".join(_item("- ", item) for item in items)
        case Table():
            yield escaped(block.caption)
            yield _table(block)
        case Timeline() | Counts():
            yield "\n".join(f"- **{escaped(first)}** {escaped(label)}".rstrip() for first, label in _pictured(block))
        case Footnotes(notes):
            yield from (f"<sup>{escaped(number)}</sup> {inline(runs)}" for number, runs in notes)
        case SourceList(heading, sources):
            yield f"## {escaped(heading)}"
            yield "\n".join(_item("- ", (Run(letter, "strong"), Run(" "), *runs)) for letter, runs in sources)


def _pictured(picture: Timeline | Counts) -> Iterator[tuple[str, str]]:
    """Yield the words of a picture in pairs: date or number, and what it is of."""
    if isinstance(picture, Timeline):
        yield from ((point.date, point.label) for point in picture.points)
    else:
        yield from ((str(share.count), share.label) for share in picture.shares)


def _item(sign: str, runs: Runs) -> str:
    return f"{sign}{inline(runs)}"


def _table(table: Table) -> str:
    rules = [":-:" if column.centred else "---" for column in table.columns]
    rows = [[inline(cell) for cell in row] for row in table.rows]
    return _grid([escaped(column.header) for column in table.columns], rules, rows)


def _grid(header: list[str], rules: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (header, rules, *rows))
