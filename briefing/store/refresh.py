"""Bring an index up to date: only months whose folder changed are listed, only files that changed are read.

A folder whose time is within two seconds of its listing is listed again the next time: on some file
systems a file that came a moment later would not show. A file that was not found sound is read
every time.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from concurrent.futures import Executor
from datetime import datetime
from functools import partial
from itertools import chain

from briefing.codec import parse_name
from briefing.spread import portions, spread
from briefing.store.entries import Entries, Stamp, read_entries
from briefing.store.folder import FolderStore
from briefing.store.log import Finding
from briefing.store.tables import NAME, forget, overwrite, put, settle
from briefing.store.words import purge

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_PORTION = 500
"""Files that are read before they are entered: what one process hands to another at once."""
_Read = Callable[[Iterable[str]], Iterable[Entries]]
_COARSE = 2_000_000_000
"""Nanoseconds: the coarsest time of a file that a file system keeps."""


def refresh(
    db: sqlite3.Connection, store: FolderStore, *, now: datetime,
    executor: Executor | None = None, progress: Callable[[int], None] = lambda _done: None,
) -> tuple[Finding, ...]:  # fmt: skip
    """Bring an index up to date; return what is wrong with the files that are no sound events.

    A transaction is open where it ends, so that what is asked next is of the same moment.
    """
    def read(names: Iterable[str]) -> Iterator[Entries]:
        done = 0
        for entries in spread(partial(read_entries, store), portions(names, _PORTION), executor):
            yield entries
            progress(done := done + len(entries.files))

    changed = _changed(db, store)
    overwrite(db)
    db.execute("BEGIN")
    if changed or _unsound(db):
        db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")
        findings = _update(db, store, _changed(db, store), read)
        for month, mtime in changed.items():
            db.execute("DELETE FROM months WHERE month = ?", [month])
            if mtime >= 0:
                trusted = now.timestamp() * 1e9 - mtime > _COARSE
                db.execute("INSERT INTO months VALUES (?, ?, ?)", [month, mtime, trusted])
        db.execute("COMMIT")
        overwrite(db)
        db.execute("BEGIN")
        return findings
    return ()


def _unsound(db: sqlite3.Connection) -> list[str]:
    return [name for (name,) in db.execute(f"SELECT {NAME} FROM files WHERE sound = 0")]  # noqa: S608


def _changed(db: sqlite3.Connection, store: FolderStore) -> dict[str, int]:
    """Return the months to be listed, with the times of their folders; -1 for one that is gone."""
    known = {month: mtime if trusted else None for month, mtime, trusted in db.execute("SELECT * FROM months")}
    there = dict(_months(store))
    gone = dict.fromkeys(known.keys() - there.keys(), -1)
    return gone | {month: mtime for month, mtime in there.items() if known.get(month) != mtime}


def _months(store: FolderStore) -> Iterator[tuple[str, int]]:
    with os.scandir(store.root) as entries:
        for entry in entries:
            if _MONTH.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                yield entry.name, os.stat(entry.path).st_mtime_ns


def _update(
    db: sqlite3.Connection, store: FolderStore, changed: dict[str, int], read: _Read
) -> tuple[Finding, ...]:
    """Take out what is gone or changed, and enter what is new; months that are new are listed one at a time."""
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM files").fetchone()
    new = sorted(month for month, mtime in changed.items() if mtime >= 0 and not _known(db, month))
    gone: set[str] = set()
    fresh: set[str] = set()
    for month in changed.keys() - set(new):
        known, there = _known(db, month), dict(_files(store, month)) if changed[month] >= 0 else {}
        gone |= known.keys() - there.keys()
        fresh |= {name for name, stamp in there.items() if known.get(name) != stamp}
    again = {name for name in (*_unsound(db), *_unredacted(db, gone)) if name not in gone}
    stale = forget(db, gone | again | fresh)
    months = (sorted(name for name, _ in _files(store, month)) for month in new)
    names = chain(sorted(again | fresh), chain.from_iterable(months))
    findings: list[Finding] = []
    for entries in read(names):
        put(db, entries)
        findings += entries.findings
    settle(db, after=0 if stale else last)
    purge(db)
    return tuple(findings)


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
    query = f"SELECT {NAME}, size, mtime, ctime, inode FROM files WHERE at > ? AND at < ?"  # noqa: S608
    return {name: Stamp(*stamp) for name, *stamp in db.execute(query, [begin, f"{begin}a"])}


def _files(store: FolderStore, month: str) -> Iterator[tuple[str, Stamp]]:
    """Yield the files of a month that bear the name of an event; strays are for `verify`."""
    with os.scandir(store.root / month) as entries:
        for entry in entries:
            name = f"{month}/{entry.name}"
            if parse_name(name) is not None:
                yield name, Stamp.of(entry.stat(follow_symlinks=False))
