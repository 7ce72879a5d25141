"""The tables of the index, and the only statements that write to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from briefing.roles import TO_EVENTS, Role, plays
from briefing.store import overtaken
from briefing.store.entries import UNSEEN, Entries, Stamp
from briefing.store.rows import enter, enter_values

SCHEMA = """
CREATE TABLE made (name TEXT NOT NULL);
CREATE TABLE months (month TEXT PRIMARY KEY, mark INTEGER NOT NULL, trusted INTEGER NOT NULL);
CREATE TABLE bounds (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE listed (at REAL NOT NULL);
CREATE TABLE files (id INTEGER PRIMARY KEY, digest TEXT NOT NULL, at TEXT NOT NULL, type TEXT NOT NULL,
  sound INTEGER NOT NULL,
  size INTEGER NOT NULL, mtime INTEGER NOT NULL, ctime INTEGER NOT NULL, inode INTEGER NOT NULL);
CREATE TABLE links (file INTEGER NOT NULL, thing TEXT NOT NULL, ways INTEGER NOT NULL,
  PRIMARY KEY (file, thing)) WITHOUT ROWID;
CREATE TABLE ways (ways INTEGER PRIMARY KEY);
CREATE TABLE heads (digest TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE missing (digest TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE redacted (digest TEXT PRIMARY KEY) WITHOUT ROWID;
""" + overtaken.SCHEMA
"""A file is sound when its bytes hash to its digest and are an event of its time and type; links are of sound files.

A link has all roles in which a file touches a thing, as one number (see `roles`); `ways` are the numbers there are.
"""

NAME = "printf('%.4s-%.2s/%s-%s-%s.json', at, substr(at, 5), at, replace(type, '.', '-'), digest)"
"""The name of a file, as an expression: time, type and digest are all there is in it."""

_INDEXES = """
CREATE INDEX IF NOT EXISTS files_by_digest ON files (digest);
CREATE INDEX IF NOT EXISTS files_by_type ON files (type);
CREATE INDEX IF NOT EXISTS files_by_time ON files (at);
CREATE INDEX IF NOT EXISTS files_unsound ON files (sound) WHERE sound = 0;
CREATE INDEX IF NOT EXISTS links_by_thing ON links (thing, ways, file)
"""
"""Made after the first files were entered: sorting once is many times quicker than keeping order as they come."""


def connect(path: Path, *, busy: float) -> sqlite3.Connection:
    """Open an index; what is deleted from it is overwritten."""
    db = sqlite3.connect(path, timeout=busy, isolation_level=None)
    db.execute("PRAGMA secure_delete = ON")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def put(db: sqlite3.Connection, entries: Entries, stamps: dict[str, Stamp]) -> None:
    """Enter files that are not in the index, in their order; each takes the stamp that it had before it was read.

    That is of `stamps`, if it was listed with one, or else as it was opened.
    """
    rows = entries.rows
    files = zip(entries.files, entries.stamps or [UNSEEN] * len(entries.files), strict=True)
    enter(db, "files", ((id_, *columns(name), sound, *stamps.pop(name, seen)) for (id_, name, sound), seen in files))
    enter_values(db, "links", rows.links, width=3)
    db.executemany("INSERT OR IGNORE INTO ways VALUES (?)", [(ways,) for ways in set(rows.links[2::3])])
    overtaken.put(db, rows)
    db.executemany("INSERT OR IGNORE INTO redacted VALUES (?)", [(one,) for one in entries.redacted])
    if entries.redacted:
        db.execute("PRAGMA user_version = 1")


def overwrite(db: sqlite3.Connection) -> None:
    """Write an index anew after a redaction was entered, outside a transaction.

    What is deleted is overwritten where it stands; of rows that were moved when their page was divided, the bytes stay.
    """
    if db.execute("PRAGMA user_version").fetchone() != (0,):
        db.execute("PRAGMA temp_store = FILE")  # the copy may be larger than the memory
        db.execute("VACUUM")
        db.execute("PRAGMA user_version = 0")


def in_name(at: datetime) -> str:
    """Return a time as it stands in names, and in the tables."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:26].translate(_NO_SIGNS) + "Z"


_NO_SIGNS = str.maketrans("", "", "-:.")


def columns(name: str) -> tuple[str, str, str]:
    """Return the digest, the time and the type in the name of an event's file, as they stand in the table."""
    return name[-69:-5], name[8:30], name[31:-70].replace("-", ".")


def forget(db: sqlite3.Connection, names: Iterable[str]) -> bool:
    """Take files out of the index, with all that was known of them; tell whether any was there."""
    found = [db.execute(_FIND, columns(name)).fetchall() for name in names]
    for (id_,) in chain.from_iterable(found):
        for table in ("links", *overtaken.TABLES):
            db.execute(f"DELETE FROM {table} WHERE file = ?", [id_])  # noqa: S608
        db.execute("DELETE FROM files WHERE id = ?", [id_])
    return any(found)


_FIND = "SELECT id FROM files WHERE digest = ? AND at = ? AND type = ?"


def doubt(db: sqlite3.Connection, names: Iterable[str]) -> None:
    """Let files be read anew every time from now on."""
    db.executemany("UPDATE files SET sound = 0 WHERE digest = ? AND at = ? AND type = ?", map(columns, names))


@contextmanager
def _sorting(db: sqlite3.Connection) -> Iterator[None]:
    """Have what is sorted sorted in runs of two megabytes, which a processor holds in its cache, and then merged.

    A run is as large as the cache of pages; one of 64 megabytes takes half as long again.
    """
    (pages,) = db.execute("PRAGMA cache_size").fetchone()
    db.execute("PRAGMA cache_size = -2000")
    yield
    db.execute(f"PRAGMA cache_size = {pages}")


def settle(db: sqlite3.Connection, *, after: int) -> None:
    """Bring what follows from all files up to date for those of higher numbers; after 0 for all, anew."""
    with _sorting(db):
        for statement in (*_INDEXES.split(";"), *overtaken.INDEXES.split(";")):
            db.execute(statement)
    if not after:
        db.execute("DELETE FROM heads")
        db.execute("DELETE FROM missing")
    for statement in _SETTLE.split(";"):
        db.execute(statement, {"after": after})
    overtaken.settle(db, after=after)


_NAMED = f"SELECT 1 FROM links WHERE thing = digest AND {plays('links', Role.PARENT)}"  # noqa: S608 - a number of ours
_OF_REDACTED = "file IN (SELECT id FROM redacted CROSS JOIN files USING (digest))"

_SETTLE = f"""
DELETE FROM heads WHERE EXISTS ({_NAMED} AND file > :after);

INSERT OR IGNORE INTO heads SELECT digest FROM files WHERE id > :after AND sound AND NOT EXISTS ({_NAMED});

DELETE FROM missing WHERE EXISTS (SELECT 1 FROM files WHERE files.digest = missing.digest)
  OR EXISTS (SELECT 1 FROM redacted WHERE redacted.digest = missing.digest);

INSERT OR IGNORE INTO missing SELECT thing FROM links WHERE file > :after AND {plays("links", Role.PARENT)}
  AND NOT EXISTS (SELECT 1 FROM files WHERE files.digest = thing)
  AND NOT EXISTS (SELECT 1 FROM redacted WHERE redacted.digest = thing);

UPDATE links SET ways = {plays("links", *TO_EVENTS)} WHERE {_OF_REDACTED};

DELETE FROM links WHERE ways = 0 AND {_OF_REDACTED};

INSERT OR IGNORE INTO ways SELECT ways FROM links WHERE {_OF_REDACTED}
"""  # noqa: S608 - numbers of ours
"""What follows from the files that were entered; CROSS keeps the small table in front.

One that is not sound is here all the same: no parent is missing.
"""
