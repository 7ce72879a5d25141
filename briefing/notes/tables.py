"""Tables without what says nothing: a column with one value in every row becomes a sentence above the table."""

from __future__ import annotations

from collections.abc import Collection

from briefing.notes.language import joined, say
from briefing.notes.note import Column, Runs, Table, plain

NOTHING = "–"
"""How a cell begins where nothing is on record."""


def lean(table: Table, *, keep: Collection[str] = ()) -> tuple[Table, str]:
    """Return a table without the columns that say the same in every row, and these in words.

    The first column stays, and so do those to `keep`. A table of one row is left as it is; the room of
    a column that goes is given to the widest.
    """
    if len(table.rows) < 2:
        return table, ""
    gone = [n for n, column in enumerate(table.columns) if n and column.header not in keep and _same(table, n)]
    if not gone:
        return table, ""
    said = [(table.columns[n].header, plain(table.rows[0][n]).strip()) for n in gone]
    told = [say("{column}: {value}.", column=say(name), value=value) for name, value in said if value[:1] != NOTHING]
    names = [say(name) for name, value in said if value[:1] == NOTHING]
    empty = [name[:1].lower() + name[1:] for name in names]
    sentences = [say("The same in every row."), *told] if told else []
    sentences += [say("In no row on record: {columns}.", columns=joined(empty))] if empty else []
    left = [column for n, column in enumerate(table.columns) if n not in gone]
    rows = tuple(tuple(cell for n, cell in enumerate(row) if n not in gone) for row in table.rows)
    return Table(_widened(left), rows, table.caption, table.tone), " ".join(sentences)


def _same(table: Table, n: int) -> bool:
    cells: set[Runs] = {row[n] for row in table.rows}
    return len(cells) == 1


def _widened(columns: list[Column]) -> tuple[Column, ...]:
    """Return columns that add up to 100 again."""
    free = 100 - sum(column.width for column in columns)
    widest = max(columns, key=lambda column: column.width)
    return tuple(
        Column(one.header, one.width + free, centred=one.centred) if one is widest else one for one in columns
    )
