"""Bring an index up to date: only months whose folder changed are listed, only files that changed are read.

A folder whose time is within two seconds of its listing is listed again the next time: on some file
systems a file that came a moment later would not show. A file that was not found sound is read
every time.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import datetime

from briefing.codec import parse_name
from briefing.store.folder import FolderStore
from briefing.store.log import Finding, collector_at_rest, read_event
from briefing.store.tables import Stamp, forget, put, settle

_STAMPED = "name, size, mtime, ctime, inode"
_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
_COARSE = 2_000_000_000
"""Nanoseconds: the coarsest time of a file that a file system keeps."""


def refresh(db: sqlite3.Connection, store: FolderStore, *, now: datetime) -> tuple[Finding, ...]:
    """Bring an index up to date; return what is wrong with the files that are no sound events.

    A transaction is open where it ends, so that what is asked next is of the same moment.
    """
    changed = _changed(db, store)
    db.execute("BEGIN")
    if changed or _unsound(db):
        db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")
        findings = _update(db, store, _changed(db, store), int(now.timestamp() * 1e9))
        db.execute("COMMIT")
        db.execute("BEGIN")
        return findings
    return ()


def _unsound(db: sqlite3.Connection) -> dict[str, Stamp]:
    rows = db.execute(f"SELECT {_STAMPED} FROM files WHERE sound = 0").fetchall()  # noqa: S608
    return {name: Stamp(*stamp) for name, *stamp in rows}


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


def _update(db: sqlite3.Connection, store: FolderStore, changed: dict[str, int], now: int) -> tuple[Finding, ...]:
    known = dict(_known(db, changed))
    there = {name: stamp for month, mtime in changed.items() if mtime >= 0 for name, stamp in _files(store, month)}
    gone = known.keys() - there.keys()
    again = {name: stamp for name, stamp in (_unsound(db) | _unredacted(db, gone)).items() if name not in gone}
    fresh = again | {name: stamp for name, stamp in there.items() if known.get(name) != stamp}
    stale = gone | again.keys() | (fresh.keys() & known.keys())
    forget(db, stale)
    findings = _enter(db, store, fresh)
    if fresh or stale:
        settle(db, fresh, anew=bool(stale))
    for month, mtime in changed.items():
        db.execute("DELETE FROM months WHERE month = ?", [month])
        if mtime >= 0:
            db.execute("INSERT INTO months VALUES (?, ?, ?)", [month, mtime, now - mtime > _COARSE])
    return findings


def _unredacted(db: sqlite3.Connection, gone: AbstractSet[str]) -> dict[str, Stamp]:
    """Return what must be read anew when a redaction is gone: what was redacted, and every redaction."""
    if not any("-event-redacted-" in name for name in gone):
        return {}
    rows = db.execute(
        f"SELECT {_STAMPED} FROM files WHERE type = 'event.redacted' OR digest IN (SELECT digest FROM redacted)"  # noqa: S608
    ).fetchall()
    db.execute("DELETE FROM redacted")
    return {name: Stamp(*stamp) for name, *stamp in rows}


def _known(db: sqlite3.Connection, months: dict[str, int]) -> Iterator[tuple[str, Stamp]]:
    for month in months:
        for name, *stamp in db.execute(f"SELECT {_STAMPED} FROM files WHERE month = ?", [month]):  # noqa: S608
            yield name, Stamp(*stamp)


def _files(store: FolderStore, month: str) -> Iterator[tuple[str, Stamp]]:
    """Yield the files of a month that bear the name of an event; strays are for `verify`."""
    with os.scandir(store.root / month) as entries:
        for entry in entries:
            name = f"{month}/{entry.name}"
            if parse_name(name) is not None:
                found = entry.stat(follow_symlinks=False)
                yield name, Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _enter(db: sqlite3.Connection, store: FolderStore, fresh: dict[str, Stamp]) -> tuple[Finding, ...]:
    """Read files and enter them; return what is wrong with those that are no sound events."""
    findings: list[Finding] = []
    with collector_at_rest():
        for name in sorted(fresh):
            if (parsed := parse_name(name)) is None:
                continue
            found = read_event(store, name, parsed.digest)
            put(db, parsed, fresh[name], None if isinstance(found, Finding) else found)
            if isinstance(found, Finding):
                findings.append(found)
    return tuple(findings)
