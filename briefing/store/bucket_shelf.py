"""What an index follows in a bucket, where no folder has a time: all names are listed, from many places at once.

A server lists a thousand names at a time, and the index knows where each thousand began the last time: so that as
many listings are under way at once as there are reads, and each is one request where nothing has changed. The mark
of a month is a digest of its names, sizes and tags.

A listing of all names costs a request for every thousand events. Who may believe an earlier one for some time lists
only the newest two months that there are: an older event that was copied in since, or removed, is then seen late,
unless an event names it as its parent.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby, pairwise

from briefing.codec import is_name
from briefing.spread import spread
from briefing.store.bucket import BucketStore, Listed
from briefing.store.entries import Stamp
from briefing.store.shelf import MONTH

_WIDTH = 16
"""Listings that are under way at once."""
_HELD = 20_000
"""Names of months that changed that are kept at most, so that these need not be listed a second time."""
_NEWEST = 2
"""Months that are listed every time."""


class BucketShelf:
    """The months of a bucket, as they were listed once."""

    def __init__(self, store: BucketStore, *, now: datetime, believed: timedelta = timedelta()) -> None:
        """Take the bucket, and for how long a listing of all of it is believed."""
        self.store = store
        self._now = now
        self._believed = believed
        self._since: str | None = None
        self._marks: dict[str, int] = {}
        self._held: dict[str, list[Listed]] = {}
        self._bounds: list[str] = []
        self._listed = 0

    @property
    def place(self) -> bytes:
        """The address of the bucket."""
        return self.store.address.rstrip("/").encode()

    def count(self, db: sqlite3.Connection) -> int:
        """Return how many objects were listed."""
        self._look(db)
        return self._listed

    def months(self, db: sqlite3.Connection) -> Iterator[tuple[str, int]]:
        """Yield each month with the mark of its listing; before those that were listed, as the index has it."""
        self._look(db)
        yield from db.execute("SELECT month, mark FROM months WHERE month < ?", [self._since])
        yield from self._marks.items()

    def files(self, month: str, known: Container[str] = ()) -> Iterator[tuple[str, Stamp]]:
        """Yield the objects of a month, from the listing of all where they are kept."""
        for one in self._held[month] if month in self._held else self.store.listed(prefix=month):
            if one.name in known or is_name(one.name):
                yield one.name, Stamp(one.size, _number(one.tag.encode()), 0, 0)

    def unread(self, month: str) -> Iterator[tuple[str, Stamp]]:
        """Yield the same: a listing tells all."""
        return self.files(month)

    def lasting(self, _mark: int, _now: datetime) -> bool:
        """Tell that a mark lasts: it is of the names themselves."""
        return True

    def explained(self, db: sqlite3.Connection) -> bool:
        """Tell whether no older event is wanting that was not listed; where one is, all are listed the next time."""
        if self._since and _wanting(db):
            self._since = None
            return False
        return True

    def remember(self, db: sqlite3.Connection) -> None:
        """Note where each listing began, and when all was listed."""
        whole = bool(self._believed) and not self._since
        if not whole and self._bounds == _bounds(db):
            return
        db.execute("BEGIN IMMEDIATE")
        db.execute("DELETE FROM bounds")
        db.executemany("INSERT INTO bounds VALUES (?)", [(one,) for one in self._bounds])
        if whole:
            db.execute("DELETE FROM listed")
            db.execute("INSERT INTO listed VALUES (?)", [self._now.timestamp()])
        db.execute("COMMIT")

    # ── listing ───────────────────────────────────────────────────────────────────────────────

    def _look(self, db: sqlite3.Connection) -> None:
        """List what is to be listed, once."""
        if self._since is not None:
            return
        since, known = self._begin(db), _bounds(db)
        places = known if known or _indexed(db) else self.store.months()
        bounds = [one for one in places if one > since] if self.store.in_ranges else []
        self._marks, self._held, self._listed = {}, {}, 0
        self._bounds = [one for one in known if one <= since]
        before = dict(db.execute("SELECT month, mark FROM months").fetchall())
        for month, names in groupby(self._names([since, *bounds]), lambda one: one.name[:7]):
            mark, held = self._mark(names, _HELD - sum(map(len, self._held.values())))
            if MONTH.fullmatch(month):
                self._marks[month] = mark
                if held and before.get(month) != mark:
                    self._held[month] = held
        self._since = since

    def _mark(self, names: Iterator[Listed], room: int) -> tuple[int, list[Listed]]:
        """Return the mark of a month and its names, or none where there is no room for them."""
        mark, held = sha256(), list[Listed]()
        for one in names:
            mark.update(f"{one.name} {one.size} {one.tag}\n".encode())
            self._listed += 1
            if self._listed % self.store.page == 0:
                self._bounds.append(one.name)
            if len(held) <= room:
                held.append(one)
        return _number(mark.digest()), held if len(held) <= room else []

    def _names(self, begins: list[str]) -> Iterator[Listed]:
        """Yield all names in their order, those after each of some places listed by themselves."""
        pool = ThreadPoolExecutor(_WIDTH, thread_name_prefix="listing")
        try:
            for found in spread(self._between, pairwise([*begins, ""]), pool):
                yield from found
        finally:
            pool.shutdown(wait=False)  # whoever interrupts this does not wait for a bucket that does not answer

    def _between(self, ends: tuple[str, str]) -> list[Listed]:
        return self.store.listed(after=ends[0], until=ends[1])

    def _begin(self, db: sqlite3.Connection) -> str:
        """Return the month from which names are listed; empty for all."""
        listed = db.execute("SELECT at FROM listed").fetchone()
        age = self._now.timestamp() - listed[0] if listed else -1
        if not 0 <= age < self._believed.total_seconds() or _wanting(db):
            return ""
        newest = db.execute(
            "SELECT month FROM months WHERE month <= ? ORDER BY month DESC LIMIT ?", [f"{self._now:%Y-%m}", _NEWEST]
        ).fetchall()
        return newest[-1][0] if newest else ""


def _indexed(db: sqlite3.Connection) -> bool:
    """Tell whether the bucket was listed before: without a bound then, it has no more names than one page."""
    return db.execute("SELECT 1 FROM months LIMIT 1").fetchone() is not None


def _bounds(db: sqlite3.Connection) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM bounds ORDER BY name")]


def _wanting(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM missing LIMIT 1").fetchone() is not None


def _number(data: bytes) -> int:
    """Return bytes as a number that a column holds."""
    return int.from_bytes(sha256(data).digest()[:8]) >> 1
