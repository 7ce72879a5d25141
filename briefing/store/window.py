"""The newest part of a record, as the index tells it: who follows whom there, without a look into any file."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, datetime

from briefing.roles import Role, plays
from briefing.window import Window

_FOLLOWS = plays("links", Role.PARENT)
_FOLLOWED = f"""SELECT DISTINCT thing FROM json_each(?) CROSS JOIN links
  ON links.thing = value AND {_FOLLOWS} CROSS JOIN files ON files.id = file WHERE files.at < ? AND sound"""  # noqa: S608 - a number
"""Which of these are followed by an event recorded before a time."""


def window(db: sqlite3.Connection, least: int, begin: datetime | None) -> Window | None:
    """Return what was recorded from a time on, and at least so many events; None where it cannot be told.

    That is so where an event follows what is not here, or is older than what it follows, or a redaction is new:
    that its target was known is not to be seen from the links.
    """
    start = _start(db, least, begin)
    at = dict(db.execute("SELECT digest, at FROM files WHERE sound AND at >= ?", [start]))
    if db.execute("SELECT 1 FROM files WHERE type = 'event.redacted' AND at >= ? LIMIT 1", [start]).fetchone():
        return None
    parents: dict[str, set[str]] = defaultdict(set)
    followed: set[str] = set()
    for one, parent in db.execute(
        f"SELECT digest, thing FROM files CROSS JOIN links ON file = id AND {_FOLLOWS} WHERE at >= ? AND sound",  # noqa: S608
        [start],
    ):
        parents[one].add(parent)
        followed.add(parent)
    old = followed - at.keys()
    if not old <= _here(db, old, start) or _followed(db, at, start):
        return None
    ends = (old | {digest for (digest,) in db.execute("SELECT digest FROM heads")}) - at.keys()
    (before,) = db.execute("SELECT max(at) FROM files WHERE sound AND at < ?", [start]).fetchone()
    return Window(
        at={one: _time(stamp) for one, stamp in at.items()},
        parents={one: frozenset(parents.get(one, ())) for one in at},
        heads=frozenset(ends - _followed(db, ends, start)),
        before=_time(before) if before else None,
    )


def _start(db: sqlite3.Connection, least: int, begin: datetime | None) -> str:
    """Return the time from which a window reaches, as it stands in the table; before all times for the whole record."""
    begun = f"{begin.astimezone(UTC):%Y%m%dT%H%M%S%f}Z" if begin else ""
    if not least:
        return begun
    row = db.execute("SELECT at FROM files WHERE sound ORDER BY at DESC LIMIT 1 OFFSET ?", [least - 1]).fetchone()
    return min(row[0], begun or row[0]) if row else ""


def _here(db: sqlite3.Connection, digests: Collection[str], start: str) -> set[str]:
    query = "SELECT digest FROM json_each(?) CROSS JOIN files ON files.digest = value WHERE sound AND files.at < ?"
    return {one for (one,) in db.execute(query, [json.dumps(list(digests)), start])}


def _followed(db: sqlite3.Connection, digests: Collection[str], start: str) -> set[str]:
    return {one for (one,) in db.execute(_FOLLOWED, [json.dumps(list(digests)), start])}


def _time(stamp: str) -> datetime:
    return datetime.fromisoformat(f"{stamp[:15]}.{stamp[15:21]}+00:00")  # `strptime` takes twenty times as long
