"""Many rows put into a table of SQLite in little time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, islice

_AT_ONCE = 50
"""Rows of one statement: what is done for a statement is then a small part of what is done for a row."""


def enter(db: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Enter rows into a table, or into some columns of it; all are as wide as the first."""
    rows = iter(rows)
    while some := list(islice(rows, _AT_ONCE)):
        db.execute(_statement(table, len(some[0]), len(some)), list(chain.from_iterable(some)))


def enter_values(db: sqlite3.Connection, table: str, values: Sequence[object], *, width: int) -> None:
    """Enter rows of a width whose values stand one behind the other.

    Plain numbers and text are entered in half the time of any others, such as True or a number with a name.
    """
    for begin in range(0, len(values), width * _AT_ONCE):
        some = values[begin : begin + width * _AT_ONCE]
        db.execute(_statement(table, width, len(some) // width), some)


@cache
def _statement(table: str, width: int, rows: int) -> str:
    one = f"({', '.join('?' * width)})"
    return f"INSERT INTO {table} VALUES {', '.join([one] * rows)}"  # noqa: S608 - names of ours
