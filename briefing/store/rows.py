"""Many rows put into a table of SQLite in little time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import chain, islice

_AT_ONCE = 50
"""Rows of one statement: what is done for a statement is then a small part of what is done for a row."""


def enter(db: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    """Enter rows into a table, or into some columns of it; all are as wide as the first."""
    rows = iter(rows)
    while some := list(islice(rows, _AT_ONCE)):
        one = f"({', '.join('?' * len(some[0]))})"
        db.execute(f"INSERT INTO {table} VALUES {', '.join([one] * len(some))}", list(chain.from_iterable(some)))  # noqa: S608 - names of ours
