"""The tables of the index, and the only statements that write to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from briefing.codec import EventName
from briefing.events import EventRedacted, Recorded
from briefing.links import Role, links

SCHEMA = """
CREATE TABLE made (name TEXT NOT NULL);
CREATE TABLE months (month TEXT PRIMARY KEY, mtime INTEGER NOT NULL, trusted INTEGER NOT NULL);
CREATE TABLE files (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, month TEXT NOT NULL, digest TEXT NOT NULL,
  type TEXT NOT NULL, sound INTEGER NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL, ctime INTEGER NOT NULL,
  inode INTEGER NOT NULL);
CREATE TABLE links (thing TEXT NOT NULL, role INTEGER NOT NULL, file INTEGER NOT NULL);
CREATE TABLE heads (digest TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE missing (digest TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE redacted (digest TEXT PRIMARY KEY) WITHOUT ROWID;
"""


_COLUMNS = "name, month, digest, type, sound, size, mtime, ctime, inode"


_INDEXES = """
CREATE INDEX IF NOT EXISTS files_by_digest ON files (digest);
CREATE INDEX IF NOT EXISTS files_by_type ON files (type);
CREATE INDEX IF NOT EXISTS files_by_month ON files (month);
CREATE INDEX IF NOT EXISTS files_unsound ON files (sound) WHERE sound = 0;
CREATE INDEX IF NOT EXISTS links_by_thing ON links (thing, role, file);
CREATE INDEX IF NOT EXISTS links_by_file ON links (file, role, thing)
"""
"""Made after the first files were entered: sorting once is many times quicker than keeping order as they come."""


class Stamp(NamedTuple):
    """What a file system says of a file: when one of these changes, it is read anew."""

    size: int
    mtime: int
    ctime: int
    inode: int


def connect(path: Path, *, busy: float) -> sqlite3.Connection:
    """Open an index; what is deleted from it is overwritten."""
    db = sqlite3.connect(path, timeout=busy, isolation_level=None)
    db.execute("PRAGMA secure_delete = ON")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA temp_store = MEMORY")
    return db


def put(db: sqlite3.Connection, name: EventName, stamp: Stamp, found: Recorded | None) -> None:
    """Enter a file that is not in the index; None where it is no sound event of this name."""
    row = (name.name, name.month, name.digest, found.event.type if found else "", found is not None, *stamp)
    file = db.execute(f"INSERT INTO files ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid  # noqa: S608
    if found is None:
        return
    if isinstance(found.event, EventRedacted):
        db.execute("INSERT OR IGNORE INTO redacted VALUES (?)", [found.event.target])
    db.executemany("INSERT INTO links VALUES (?, ?, ?)", [(to, int(role), file) for role, to in links(found.event)])


def forget(db: sqlite3.Connection, names: Iterable[str]) -> None:
    """Take files out of the index, with all that was known of them."""
    for name in names:
        db.execute("DELETE FROM links WHERE file IN (SELECT id FROM files WHERE name = ?)", [name])
        db.execute("DELETE FROM files WHERE name = ?", [name])


def settle(db: sqlite3.Connection, entered: Collection[str], *, anew: bool) -> None:
    """Bring heads, missing parents and redactions up to date after files were entered, by name; or find all anew."""
    for statement in _INDEXES.split(";"):
        db.execute(statement)
    db.execute("CREATE TEMP TABLE IF NOT EXISTS entered (id INTEGER PRIMARY KEY, digest TEXT)")
    db.execute("DELETE FROM entered")
    if anew:
        db.execute("DELETE FROM heads")
        db.execute("DELETE FROM missing")
        db.execute("INSERT INTO entered SELECT id, digest FROM files WHERE sound")
    else:
        names = [(name,) for name in entered]
        db.executemany("INSERT INTO entered SELECT id, digest FROM files WHERE sound AND name = ?", names)
    for statement in _SETTLE.split(";"):
        db.execute(statement, {"parent": int(Role.PARENT), "about": int(Role.ABOUT)})


_SETTLE = """
DELETE FROM heads WHERE digest IN (SELECT thing FROM entered CROSS JOIN links ON file = id WHERE role = :parent);

INSERT OR IGNORE INTO heads SELECT digest FROM entered
  WHERE NOT EXISTS (SELECT 1 FROM links WHERE thing = digest AND role = :parent);

DELETE FROM missing WHERE EXISTS (SELECT 1 FROM files WHERE files.digest = missing.digest)
  OR EXISTS (SELECT 1 FROM redacted WHERE redacted.digest = missing.digest);

INSERT OR IGNORE INTO missing SELECT thing FROM entered CROSS JOIN links ON file = id WHERE role = :parent
  AND NOT EXISTS (SELECT 1 FROM files WHERE files.digest = thing)
  AND NOT EXISTS (SELECT 1 FROM redacted WHERE redacted.digest = thing);

DELETE FROM links WHERE file IN (SELECT id FROM redacted CROSS JOIN files USING (digest))
  AND role NOT IN (:parent, :about)
"""
"""What follows from the files that were entered; CROSS keeps the small table in front.

One that is not sound is here all the same: no parent is missing.
"""
