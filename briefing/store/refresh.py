"""Bring an index up to date: only months that changed are listed, only files that changed are read.

What tells a month that changed is the matter of a `Shelf`: one of a folder, or of a bucket. A file that was not
found sound is read every time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from concurrent.futures import Executor
from datetime import datetime
from functools import partial
from itertools import chain

from briefing.spread import portions, spread
from briefing.store.entries import UNSEEN, Entries, Stamp, read_entries
from briefing.store.log import Finding
from briefing.store.shelf import Shelf
from briefing.store.tables import NAME, forget, overwrite, put, settle
from briefing.store.words import purge

_PORTION = 500
"""Files that are read before they are entered: what one process hands to another at once."""
_Read = Callable[[Iterable[tuple[int, str]]], Iterable[Entries]]


def refresh(
    db: sqlite3.Connection, shelf: Shelf, *, now: datetime,
    executor: Executor | None = None, progress: Callable[[int], None] = lambda _done: None,
) -> tuple[Finding, ...]:  # fmt: skip
    """Bring an index up to date; return what is wrong with the files that are no sound events.

    A transaction is open where it ends, so that what is asked next is of the same moment.
    """
    def read(files: Iterable[tuple[int, str]]) -> Iterator[Entries]:
        done = 0
        for entries in spread(partial(read_entries, shelf.store), portions(files, _PORTION), executor):
            yield entries
            progress(done := done + len(entries.files))

    changed = _changed(db, shelf)
    if not changed:
        shelf.remember(db)
    overwrite(db)
    db.execute("BEGIN")
    if changed or _unsound(db):
        db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")
        findings = _update(db, shelf, _changed(db, shelf), read)
        for month, mark in changed.items():
            db.execute("DELETE FROM months WHERE month = ?", [month])
            if mark >= 0:
                db.execute("INSERT INTO months VALUES (?, ?, ?)", [month, mark, shelf.lasting(mark, now)])
        db.execute("COMMIT")
        shelf.remember(db)
        overwrite(db)
        db.execute("BEGIN")
        return findings
    return ()


def _unsound(db: sqlite3.Connection) -> list[str]:
    return [name for (name,) in db.execute(f"SELECT {NAME} FROM files WHERE sound = 0")]  # noqa: S608


def _changed(db: sqlite3.Connection, shelf: Shelf) -> dict[str, int]:
    """Return the months to be listed, with their marks; -1 for one that is gone."""
    known = {month: mark if trusted else None for month, mark, trusted in db.execute("SELECT * FROM months")}
    there = dict(shelf.months(db))
    gone = dict.fromkeys(known.keys() - there.keys(), -1)
    return gone | {month: mark for month, mark in there.items() if known.get(month) != mark}


def _update(db: sqlite3.Connection, shelf: Shelf, changed: dict[str, int], read: _Read) -> tuple[Finding, ...]:
    """Take out what is gone or changed, and enter what is new; months that are new are listed one at a time."""
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM files").fetchone()
    before = {month: known for month in changed if (known := _known(db, month)) or changed[month] < 0}
    new = sorted(changed.keys() - before.keys())
    gone: set[str] = set()
    fresh: dict[str, Stamp] = {}
    for month, known in before.items():
        there = dict(shelf.files(month, known)) if changed[month] >= 0 else {}
        gone |= known.keys() - there.keys()
        fresh |= {name: stamp for name, stamp in there.items() if known.get(name) != stamp}
    again = {name for name in (*_unsound(db), *_unredacted(db, gone)) if name not in gone}
    if not (new or gone or again or fresh):
        return ()
    stale = forget(db, gone | again | fresh.keys())
    months = (shelf.unread(month) for month in new)
    stamps: dict[str, Stamp] = {}
    names = _noted(chain(sorted((dict.fromkeys(again, UNSEEN) | fresh).items()), chain.from_iterable(months)), stamps)
    findings: list[Finding] = []
    for entries in read(enumerate(names, last + 1)):
        put(db, entries, stamps)
        findings += entries.findings
    settle(db, after=0 if stale else last)
    purge(db)
    return tuple(findings)


def _noted(files: Iterable[tuple[str, Stamp | None]], stamps: dict[str, Stamp]) -> Iterator[str]:
    """Yield the names of files, each with the stamp noted with which it was listed."""
    for name, stamp in files:
        if stamp is not None:
            stamps[name] = stamp
        yield name


def _unredacted(db: sqlite3.Connection, gone: AbstractSet[str]) -> list[str]:
    """Return what must be read anew when a redaction is gone: what was redacted, and every redaction."""
    if not any("-event-redacted-" in name for name in gone):
        return []
    rows = db.execute(
        f"SELECT {NAME} FROM files WHERE type = 'event.redacted' OR digest IN (SELECT digest FROM redacted)"  # noqa: S608
    ).fetchall()
    db.execute("DELETE FROM redacted")
    return [name for (name,) in rows]


def _known(db: sqlite3.Connection, month: str) -> dict[str, Stamp]:
    begin = month.replace("-", "")
    query = "SELECT at, type, digest, size, mtime, ctime, inode FROM files WHERE at > ? AND at < ?"
    rows = db.execute(query, [begin, f"{begin}a"])
    return {f"{month}/{at}-{type_.replace('.', '-')}-{digest}.json": Stamp(*stamp)
            for at, type_, digest, *stamp in rows}  # fmt: skip
