"""What is kept of a record while it is verified: what each event is, names, claims. It lies in tables, not in memory.

SQLite keeps the tables of a small record in memory and those of a large one in a file of its own that nobody else
sees and that is gone at the end. Rows come portion by portion, in the order of names; then they are asked.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from weakref import finalize

from briefing.codec import parse_name
from briefing.events import Digest
from briefing.store.claims import Claims, bearers
from briefing.store.contents import Reference
from briefing.store.portion import Known, Portion
from briefing.store.rows import enter
from briefing.store.tables import NAME, columns

_SCHEMA = """
CREATE TABLE names (name BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE events (id INTEGER PRIMARY KEY, digest TEXT NOT NULL, at TEXT NOT NULL, type TEXT NOT NULL,
  sound INTEGER NOT NULL);
CREATE TABLE parents (event INTEGER NOT NULL, parent TEXT NOT NULL, own INTEGER NOT NULL);
CREATE TABLE targets (event INTEGER NOT NULL, target TEXT NOT NULL);
CREATE TABLE alike (event INTEGER NOT NULL, key TEXT NOT NULL);
CREATE TABLE about (event INTEGER PRIMARY KEY);
CREATE TABLE sources (event INTEGER PRIMARY KEY, id TEXT NOT NULL);
CREATE TABLE borne (id TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (id, kind)) WITHOUT ROWID;
CREATE TABLE open (event INTEGER NOT NULL, kinds TEXT NOT NULL, id TEXT NOT NULL, item TEXT NOT NULL);
CREATE TABLE misquoted (event INTEGER NOT NULL, source TEXT, start INTEGER, "end" INTEGER, quote TEXT);
CREATE TABLE doubtful (event INTEGER PRIMARY KEY);
"""
"""An event of an unknown type is not `sound`; `parents` that are not an event's `own` are those of what it redacts;
`doubtful` is what must be checked again.
"""

_INDEXES = """
CREATE INDEX events_by_digest ON events (digest);
CREATE INDEX parents_by_parent ON parents (parent, own, event);
CREATE INDEX parents_by_event ON parents (event, parent) WHERE own;
CREATE INDEX targets_by_target ON targets (target, event);
CREATE INDEX alike_by_key ON alike (key, event);
CREATE INDEX sources_by_id ON sources (id);
CREATE INDEX open_by_event ON open (event);
CREATE INDEX misquoted_by_event ON misquoted (event)
"""
_ODD: Final = "surrogateescape"
"""How a name that is no text is kept, as it comes from the file system."""
_CACHE = 32_000
"""Kilobytes of the tables that are held in memory."""
_SURE = 20_000
"""Names that are remembered to be borne."""


class Ledger(Mapping[str, Known]):
    """The events of a record by their digests, in the order of the log; and what they claim."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        finalize(self, self.db.close)
        self.db.execute("PRAGMA journal_mode = OFF")
        self.db.execute("PRAGMA synchronous = OFF")
        self.db.execute(f"PRAGMA cache_size = -{_CACHE}")
        self.db.execute("PRAGMA temp_store = FILE")
        self.db.executescript(_SCHEMA)
        self.db.execute("BEGIN")
        self.last = 0
        """The number of the last event; they are counted from 1."""
        self._sure: set[tuple[str, str]] = set()

    # ── entering ──────────────────────────────────────────────────────────────────────────────

    def put_names(self, names: Iterable[str]) -> int:
        """Take the names of all files, in any order; return how many there are."""
        self.db.executemany("INSERT INTO names VALUES (?)", ((name.encode("utf-8", _ODD),) for name in names))
        count: int = self.one("SELECT count(*) FROM names")
        return count

    def names(self) -> Iterator[str]:
        """Yield the names in their order."""
        return (name.decode("utf-8", _ODD) for (name,) in self.rows("SELECT name FROM names ORDER BY name"))

    def enter(self, portion: Portion) -> None:
        """Take in a portion whose names follow those of the last one."""
        ids = {digest: self.last + n for n, digest in enumerate(portion.known, 1)}
        self.last += len(ids)
        known = portion.known.items()
        enter(self.db, "events", ((ids[digest], *columns(one.name), digest not in portion.unknown)
                                  for digest, one in known))  # fmt: skip
        enter(self.db, "parents", ((ids[digest], parent, 1) for digest, one in known for parent in one.parents))
        enter(self.db, "parents", ((ids[own], parent, 0) for own, one in portion.redactions
                                   for parent in one.target_parents))  # fmt: skip
        claims = portion.claims
        enter(self.db, "targets", ((ids[own], target) for target, own in claims.targets))
        enter(self.db, "alike", ((ids[own], key) for key, own in claims.alike))
        enter(self.db, "about", ((ids[own],) for own in claims.about))
        enter(self.db, "sources", ((ids[own], id_) for id_, several in claims.sources.items() for own in several))
        self.db.executemany("INSERT OR IGNORE INTO borne VALUES (?, ?)", ((id_, kind) for kind, id_ in claims.borne))
        self._claim(claims, ids)

    def _claim(self, claims: Claims, ids: Mapping[str, int]) -> None:
        """Enter what a portion, or an event that was read again, could not answer by itself."""
        unborne = set(self._unborne({one for _, one in claims.open}))
        enter(self.db, "open", ((ids[own], ",".join(one.kinds), one.id, one.item) for own, one in claims.open
                                if one in unborne))  # fmt: skip
        enter(self.db, "misquoted", ((ids[own], one.source, one.start, one.end, one.quote)
                                     for own, one in claims.misquoted))  # fmt: skip
        doubtful = {*claims.again, *(own for own, _ in claims.misquoted)}
        self.db.executemany("INSERT OR IGNORE INTO doubtful VALUES (?)", ((ids[own],) for own in doubtful))

    def _unborne(self, named: Iterable[Reference]) -> Iterator[Reference]:
        """Yield those names that nothing has borne so far."""
        query = "SELECT 1 FROM borne WHERE id = ? AND kind = ?"
        for one in named:
            may = [(id_, kind) for kind, id_ in bearers(one)]
            if self._sure.isdisjoint(may):
                found = next((each for each in may if self.db.execute(query, each).fetchone()), None)
                if found is None:
                    yield one
                else:
                    self._sure.add(found)
        if len(self._sure) > _SURE:
            self._sure.clear()

    def close(self) -> None:
        """Make ready to be asked: nothing more is entered but what is checked again."""
        for statement in _INDEXES.split(";"):
            self.db.execute(statement)
        twice = "SELECT digest FROM events GROUP BY digest HAVING count(*) > 1"
        for (digest,) in self.db.execute(twice).fetchall():  # of an unknown type, under two names
            others = self.db.execute("SELECT id FROM events WHERE digest = ? ORDER BY id LIMIT -1 OFFSET 1", [digest])
            for (other,) in others.fetchall():
                self.db.execute("DELETE FROM events WHERE id = ?", [other])
                self.db.execute("DELETE FROM parents WHERE event = ?", [other])

    def claim_again(self, claims: Claims, ids: Mapping[str, int]) -> None:
        """Enter what events claim that were read again, in the place of what they claimed at first."""
        self.drop(ids.values())
        self._claim(claims, ids)

    def doubt(self, event: int) -> None:
        """Note that an event must be checked again."""
        self.db.execute("INSERT OR IGNORE INTO doubtful VALUES (?)", [event])

    def in_doubt(self, event: int, digest: str) -> bool:
        """Tell whether an event must be checked again: others are about it, or it was doubtful."""
        of_it = self.one("SELECT 1 FROM targets WHERE target = ?", digest)
        return bool(of_it or self.one("SELECT 1 FROM doubtful WHERE event = ?", event))

    def texts_of(self, source: str) -> list[str] | None:
        """Return the digests of the texts of a source; None where there is none."""
        query = "SELECT digest FROM sources JOIN events ON events.id = event WHERE sources.id = ? ORDER BY event"
        return [one for (one,) in self.db.execute(query, [source])] or None

    def drop(self, events: Iterable[int]) -> None:
        """Let go of what events claimed."""
        rows = [(one,) for one in events]
        for table in ("open", "misquoted"):
            self.db.executemany(f"DELETE FROM {table} WHERE event = ?", rows)  # noqa: S608

    def unborne(self) -> list[tuple[str, Reference]]:
        """Return the names that nothing bears, with the digests of the events that name them, each once."""
        query = "SELECT DISTINCT digest, kinds, open.id, item FROM open JOIN events ON events.id = event"
        found = [(digest, Reference(tuple(kinds.split(",")), *named)) for digest, kinds, *named in self.rows(query)]
        nothing = set(self._unborne({one for _, one in found}))
        return [(digest, one) for digest, one in found if one in nothing]

    # ── asking ────────────────────────────────────────────────────────────────────────────────

    def __getitem__(self, digest: str) -> Known:
        """Return what is kept of an event."""
        row = self.db.execute(f"SELECT id, {NAME} FROM events WHERE digest = ?", [digest]).fetchone()  # noqa: S608
        if row is None:
            raise KeyError(digest)
        return self._known(*row)

    def __iter__(self) -> Iterator[str]:
        """Yield the digests, in the order of the log."""
        return (digest for (digest,) in self.db.execute("SELECT digest FROM events ORDER BY id"))

    def __len__(self) -> int:
        """Return how many events there are."""
        count: int = self.one("SELECT count(*) FROM events")
        return count

    def __contains__(self, digest: object) -> bool:
        """Tell whether an event is here."""
        return self.db.execute("SELECT 1 FROM events WHERE digest = ?", [digest]).fetchone() is not None

    def _known(self, id_: int, name: str) -> Known:
        parsed = parse_name(name)
        assert parsed is not None
        parents = self.db.execute("SELECT parent FROM parents WHERE own AND event = ? ORDER BY rowid", [id_])
        return Known(name, parsed.at, tuple(Digest(one) for (one,) in parents))

    def name(self, digest: str) -> str:
        """Return the file of an event that is here."""
        found: str = self.one(f"SELECT {NAME} FROM events WHERE digest = ?", digest)  # noqa: S608
        return found

    def heads(self) -> list[str]:
        """Return the digests that no event names as a parent, sorted; what was redacted still names its own."""
        query = "SELECT digest FROM events WHERE NOT EXISTS (SELECT 1 FROM parents WHERE parent = digest)"
        return sorted(one for (one,) in self.db.execute(query))

    def newest(self) -> Known | None:
        """Return the newest event; of several the first in the log."""
        row = self.db.execute(f"SELECT id, {NAME} FROM events ORDER BY at DESC, id LIMIT 1").fetchone()  # noqa: S608
        return self._known(*row) if row else None

    def beginning(self, digits: str) -> list[str]:
        """Return the digests that begin with some digits."""
        rows = self.db.execute("SELECT digest FROM events WHERE digest >= ? AND digest < ?", [digits, f"{digits}g"])
        return [one for (one,) in rows]

    def several_parents(self) -> Iterator[tuple[str, ...]]:
        """Yield the parents of each event that has more than one."""
        many = "SELECT event FROM parents WHERE own GROUP BY event HAVING count(*) > 1"
        for (event,) in self.db.execute(many).fetchall():
            rows = self.db.execute("SELECT parent FROM parents WHERE own AND event = ? ORDER BY rowid", [event])
            yield tuple(one for (one,) in rows)

    def parents_of(self, digest: str) -> list[str] | None:
        """Return the parents of an event; None where it is not here."""
        query = "SELECT parent FROM events LEFT JOIN parents ON own AND event = id WHERE digest = ?"
        rows = self.db.execute(query, [digest]).fetchall()
        return [one for (one,) in rows if one is not None] if rows else None

    def rows(self, query: str, *given: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a question."""
        return iter(self.db.execute(query, given))

    def one(self, query: str, *given: object) -> Any:
        """Return the one value that a question asks for; None where there is none."""
        row = self.db.execute(query, given).fetchone()
        return row[0] if row else None
