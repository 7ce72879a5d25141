"""The index: a disposable read model of a record, so that a paper reads only the files it needs.

It lies in a cache folder, never among the events, and holds names, stamps of files, types and links:
no bytes of an event and no text. What it says is only where to look, and which bytes were found sound:
every file is hashed when it is read. Whatever is wrong with it (damaged, foreign, locked, not to be
written), the record is read without it: deleting it changes nothing but time.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Self
from weakref import finalize

from briefing.codec import parse_name
from briefing.errors import NoInput, StoreFailed, WorkersLost
from briefing.events import Digest, Event, Recorded
from briefing.executors import Crew, alone
from briefing.linked import Digests, Whole
from briefing.roles import Role, found_by, plays, roles_in
from briefing.store.address import EventStore
from briefing.store.ahead import Follows
from briefing.store.bucket_shelf import BucketShelf
from briefing.store.folder import FolderStore
from briefing.store.log import Ends, Finding, Log, collector_at_rest, missing_parent, read_events
from briefing.store.overtaken import OvertakenTables
from briefing.store.port import Store
from briefing.store.progress import Progress, unseen
from briefing.store.refresh import refresh
from briefing.store.shelf import FolderShelf, Shelf
from briefing.store.tables import NAME, SCHEMA, connect, doubt
from briefing.store.window import window
from briefing.store.words import bring_up_to_date
from briefing.window import Window

_BUSY = 2.0
"""Seconds that another process may hold the index before the record is read without it."""

_CUT_OFF = 6 * 3600
"""Seconds after which nobody builds at a file any more that was never put in its place."""

_MADE_BY = ("links.py", "roles.py", "latest.py", "events.py", "paper_events.py", "envelope.py", "payload.py",
            "dates.py", "codec.py", "swift.py", "walks.py", "upcast.py", "spelling.py", "sentences.py", "passages.py",
            *(f"store/{name}.py" for name in ("log", "entries", "rows", "tables", "overtaken", "refresh", "shelf",
                                              "bucket_shelf", "words")))  # fmt: skip
"""The modules that decide what stands in an index: one made by others is of another version."""


class Index(OvertakenTables):
    """What the index knows of one record, as it is at one moment. It answers as `linked.Whole` does."""

    def __init__(self, path: Path, store: Store, db: sqlite3.Connection, unsound: Sequence[Finding]) -> None:
        """Take an index that is up to date, and what is wrong with the files that are no sound events."""
        self._path = path
        self._store = store
        self._db = db
        self._unsound = unsound
        finalize(self, db.close)

    @classmethod
    def open(
        cls, store: EventStore, cache: Path, *, now: datetime, make: bool = True, believed: timedelta = timedelta(),
        crew: Crew = alone, progress: Progress = unseen,
    ) -> Self | None:  # fmt: skip
        """Return the index of a record, brought up to date; None where the record is to be read without one.

        It is made where there is none, or one that is damaged or of another record or version; with
        `make` False only one that is there is brought up to date. To make one, files are read by a `crew`.
        For how long a listing of the older part of a bucket is `believed`: see `bucket_shelf`.
        """
        with suppress(sqlite3.Error, OSError, StoreFailed, NoInput, WorkersLost):
            shelf = _shelf(store, now, believed)
            path = cache / _name(shelf)
            if not path.is_file() and not make:
                return None
            if not _usable(path, path.name):
                _make(path, shelf, now, crew, progress)
            return cls._refreshed(path, shelf, now)
        return None

    @classmethod
    def _refreshed(cls, path: Path, shelf: Shelf, now: datetime) -> Self:
        db = connect(path, busy=_BUSY)
        try:
            unsound = refresh(db, shelf, now=now)
            if not shelf.explained(db):
                db.execute("COMMIT")
                unsound = refresh(db, shelf, now=now)
            return cls(path, shelf.store, db, unsound)
        except sqlite3.Error as fault:
            db.close()
            _discard(path, fault)
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def part(self, wanted: Callable[[Whole], Digests | None]) -> Log | None:
        """Read the events that are wanted; None where that is the whole, or the index turns out to be damaged."""
        try:
            if not self._db.in_transaction:
                self._db.execute("BEGIN")
            digests = wanted(self)
            return None if digests is None else self._log(digests)
        except sqlite3.Error as fault:
            self.close()
            _discard(self._path, fault)
            return None

    def words(self, show: Callable[[int, int], None]) -> sqlite3.Connection | None:
        """Return what holds the words of the record, up to date; None where the index turns out to be damaged.

        `show` is called with how many files were read for it, of how many.
        """
        try:
            if self._db.in_transaction:
                self._db.execute("COMMIT")
            bring_up_to_date(self._db, self._read, show)
        except sqlite3.Error as fault:
            self.close()
            _discard(self._path, fault)
            return None
        return self._db

    def _read(self, files: Sequence[tuple[str, str]]) -> Iterator[Recorded | None]:
        """Yield the events of names and digests; None for one that is no sound event any more."""
        for name, found in zip((name for name, _ in files), self._found(files), strict=True):
            if isinstance(found, Finding):
                self._doubt([name])
            yield found if isinstance(found, Recorded) else None

    def _found(self, files: Sequence[tuple[str, str]]) -> Iterator[Recorded | Finding]:
        if isinstance(self._store, Follows):
            self._store.follow(name for name, _ in files)
        return read_events(self._store, files, proven=True)

    # ── as `Linked` ───────────────────────────────────────────────────────────────────────────

    def events(self, roles: Collection[Role], things: Digests) -> Digests:
        """Return the events that touch one of these things in one of these roles."""
        return self._set(
            f"SELECT digest FROM links JOIN files ON id = file WHERE thing IN (SELECT value FROM json_each(?))"  # noqa: S608
            f" AND {found_by('links', *roles)}", things,
        )  # fmt: skip

    def things(self, roles: Collection[Role], events: Digests) -> Digests:
        """Return what these events touch in these roles."""
        return set[str]().union(*self.touched(roles, events).values())

    def touched(self, roles: Collection[Role], events: Digests) -> Mapping[Role, Digests]:
        """Return what these events touch in each of these roles."""
        found: dict[Role, set[str]] = {role: set() for role in roles}
        for ways, thing in self._db.execute(
            "SELECT ways, thing FROM files JOIN links ON file = id"  # noqa: S608 - numbers of ours
            f" WHERE digest IN (SELECT value FROM json_each(?)) AND {plays('links', *roles)}",
            [json.dumps(list(events))],
        ):
            for role in found.keys() & roles_in(ways):
                found[role].add(thing)
        return found

    def here(self, digests: Digests) -> Digests:
        """Return those digests that are of events on record here."""
        return self._set("SELECT digest FROM files WHERE sound AND digest IN (SELECT value FROM json_each(?))", digests)

    def of_types(self, kinds: Collection[type[Event]]) -> Digests:
        """Return the events of some types."""
        types = [kind.model_fields["type"].default for kind in kinds]
        return self._set("SELECT digest FROM files WHERE sound AND type IN (SELECT value FROM json_each(?))", types)

    def begin(self, digits: str) -> Digests:
        """Return the events whose digests begin with these digits."""
        return self._set("SELECT digest FROM files WHERE sound AND digest BETWEEN (SELECT value FROM json_each(?))"
                         " AND (SELECT value FROM json_each(?))", [digits], [f"{digits}g"])  # fmt: skip

    def newest_at(self) -> datetime | None:
        """Return when the newest event was recorded."""
        newest = self._db.execute(f"SELECT {NAME} FROM files WHERE sound ORDER BY at DESC LIMIT 1").fetchone()  # noqa: S608
        parsed = parse_name(newest[0]) if newest else None
        return parsed.at if parsed else None

    def ends(self) -> Digests:
        """Return the heads, and the newest event."""
        newest = "SELECT digest FROM files WHERE sound ORDER BY at DESC, type DESC, digest DESC LIMIT 1"
        return {*self._heads(), *self._set(newest)}

    def window(self, least: int, begin: datetime | None = None) -> Window | None:
        """Return what was recorded from a time on, and at least so many events; None where it cannot be told."""
        return window(self._db, least, begin)

    def _set(self, query: str, *lists: Collection[object]) -> set[str]:
        return {one for (one,) in self._db.execute(query, [json.dumps(list(each)) for each in lists])}

    # ── the events themselves ─────────────────────────────────────────────────────────────────

    def _log(self, digests: Digests) -> Log:
        """Read some events, each hashed; the log knows where the whole record ends, and what is wrong with it.

        A file that is not what the index took it for is a finding, and is read anew every time from now on.
        """
        rows = self._db.execute(
            f"SELECT {NAME}, digest FROM files WHERE sound AND digest IN (SELECT value FROM json_each(?))"  # noqa: S608
            " ORDER BY at, type, digest",
            [json.dumps(list(digests))],
        ).fetchall()
        missing, of = self._missing(), Ends(self._heads(), self.newest_at())
        self._db.execute("COMMIT")  # nobody waits for the files to be read
        with collector_at_rest():
            read = list(self._found(rows))
        altered = [one for one in read if isinstance(one, Finding)]
        if altered:
            self._doubt([one.name for one in altered])
        return Log(
            recorded=tuple(one for one in read if isinstance(one, Recorded)),
            findings=(*sorted([*self._unsound, *altered], key=lambda one: one.name), *missing),
            of=of,
        )

    def _heads(self) -> tuple[Digest, ...]:
        return tuple(Digest(one) for (one,) in self._db.execute("SELECT digest FROM heads ORDER BY digest"))

    def _missing(self) -> tuple[Finding, ...]:
        rows = self._db.execute(
            "SELECT missing.digest, max(at || type), files.digest FROM missing"  # noqa: S608
            f" CROSS JOIN links ON thing = missing.digest AND {plays('links', Role.PARENT)}"
            " CROSS JOIN files ON id = file GROUP BY missing.digest ORDER BY missing.digest"
        )  # fmt: skip
        return tuple(missing_parent(parent, child) for parent, _, child in rows)

    def _doubt(self, names: Collection[str]) -> None:
        with suppress(sqlite3.Error):
            doubt(self._db, names)


def _shelf(store: EventStore, now: datetime, believed: timedelta) -> Shelf:
    return FolderShelf(store) if isinstance(store, FolderStore) else BucketShelf(store, now=now, believed=believed)


def _name(shelf: Shelf) -> str:
    """Return the name of a record's index: of the record, and of the modules that decide what stands in it."""
    package = Path(__file__).parent.parent
    version = sha256(b"\0".join((package / name).read_bytes() for name in _MADE_BY)).hexdigest()
    return f"index-{sha256(shelf.place).hexdigest()[:24]}-{version[:16]}.sqlite"


def _usable(path: Path, name: str) -> bool:
    """Tell whether there is an index that was made for this record by this version."""
    if not path.is_file():
        return False
    with closing(connect(path, busy=_BUSY)) as db:
        try:
            return db.execute("SELECT name FROM made").fetchall() == [(name,)]
        except sqlite3.Error as fault:
            if _in_use(fault):
                raise
            return False


def _in_use(fault: sqlite3.Error) -> bool:
    return fault.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _discard(path: Path, fault: sqlite3.Error) -> None:
    """Remove an index that is damaged; one that is only in use, or cannot be written to, stays."""
    if fault.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR):
        with suppress(OSError):
            path.unlink()


def _make(path: Path, shelf: Shelf, now: datetime, crew: Crew, progress: Progress) -> None:
    """Build an index beside its place and put it there whole; two processes that do so at once do no harm."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    building = path.with_name(f".{path.name}.{os.getpid()}")
    building.unlink(missing_ok=True)
    try:
        db = connect(building, busy=_BUSY)
        try:
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            db.execute("PRAGMA cache_size = -64000")
            db.execute("PRAGMA temp_store = FILE")  # what is sorted may be larger than the memory
            db.executescript(SCHEMA)
            db.execute("INSERT INTO made VALUES (?)", [path.name])
            files = shelf.count(db)
            with crew(files) as executor:
                refresh(db, shelf, now=now, executor=executor, progress=lambda done: progress(done, files))
            db.execute("COMMIT")
        finally:
            db.close()
        with building.open("rb+") as file:
            os.fsync(file.fileno())
        _sweep(path, now)
        os.replace(building, path)
    finally:
        building.unlink(missing_ok=True)


def _sweep(path: Path, now: datetime) -> None:
    """Remove a record's indexes of other versions, the journal of a damaged one, and what was cut off long ago."""
    for old in path.parent.glob(f"{path.name[:30]}*"):
        old.unlink(missing_ok=True)
    for begun in path.parent.glob(f".{path.name[:30]}*"):
        if now.timestamp() - begun.stat().st_mtime > _CUT_OFF:
            begun.unlink(missing_ok=True)
