"""What later events overtake, as the index keeps it: who was met when, what was said on it, what was promised.

The days are those of the events as they were written. Of a promise `settled` is the day on which it was closed,
empty where that is not known, and NULL while it is open or it is not sure that it is closed.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence

from briefing.events import Event
from briefing.latest import UNDATED, Told
from briefing.linked import Days, Digests
from briefing.roles import Role, found_by, plays
from briefing.store.entries import Rows
from briefing.store.rows import enter_values

SCHEMA = """
CREATE TABLE dated (file INTEGER NOT NULL, told INTEGER NOT NULL, thing TEXT NOT NULL, first TEXT NOT NULL,
  last TEXT NOT NULL);
CREATE TABLE promises (file INTEGER NOT NULL, party TEXT NOT NULL, ref TEXT NOT NULL, closed INTEGER NOT NULL,
  settled TEXT);
CREATE TABLE news (file INTEGER NOT NULL, ref TEXT NOT NULL, at TEXT NOT NULL, closes INTEGER, day TEXT NOT NULL);
"""

INDEXES = f"""
CREATE INDEX IF NOT EXISTS links_moving ON links (thing, file) WHERE {plays("links", Role.MOVES)};
CREATE INDEX IF NOT EXISTS dated_by_thing ON dated (told, thing, last, first, file);
CREATE INDEX IF NOT EXISTS dated_by_file ON dated (file);
CREATE INDEX IF NOT EXISTS promises_by_ref ON promises (ref);
CREATE INDEX IF NOT EXISTS promises_by_file ON promises (file);
CREATE INDEX IF NOT EXISTS news_by_ref ON news (ref, at, closes, day, file);
CREATE INDEX IF NOT EXISTS news_by_file ON news (file)
"""

TABLES = ("dated", "promises", "news")

_SURE = f"""
  NOT EXISTS (SELECT 1 FROM files f JOIN links m ON m.thing = f.digest AND {plays("m", Role.MOVES)}
    WHERE f.id = one.file)
  AND NOT EXISTS (SELECT 1 FROM links a WHERE a.file = one.file AND {plays("a", Role.ABOUT)})
  AND NOT EXISTS (SELECT 1 FROM links b JOIN links o ON o.thing = b.thing AND {found_by("o", Role.BEARS)}
    AND o.file <> b.file JOIN files p ON p.id = o.file
    WHERE b.file = one.file AND {plays("b", Role.BEARS)} AND p.type <> 'meeting.planned')
"""  # noqa: S608 - numbers of ours
"""That the event of a row `one` reads as it was written: nothing moves it, it replaces nothing, its id is its own."""


def put(db: sqlite3.Connection, rows: Rows) -> None:
    """Enter what later events overtake."""
    enter_values(db, "dated", rows.dated, width=5)
    enter_values(db, "promises (file, party, ref, closed)", rows.promises, width=4)
    enter_values(db, "news", rows.news, width=5)


def settle(db: sqlite3.Connection, *, after: int) -> None:
    """Find out which promises are settled, of those that files of higher numbers bear on; redacted ones go."""
    those, of = (_TOUCHED, _OF_TOUCHED) if after else ("", "")
    for statement in (those + _OF_REDACTED + _SETTLED.format(of=of) + _BY_SETTLED).split(";"):
        db.execute(statement, {"after": after})


_TOUCHED = f"""
CREATE TEMP TABLE IF NOT EXISTS touched (ref TEXT PRIMARY KEY);
DELETE FROM touched;
INSERT OR IGNORE INTO touched SELECT ref FROM promises WHERE file > :after;
INSERT OR IGNORE INTO touched SELECT ref FROM news WHERE file > :after;
INSERT OR IGNORE INTO touched SELECT ref FROM links m CROSS JOIN files ON digest = m.thing
  CROSS JOIN promises ON promises.file = files.id WHERE {plays("m", Role.MOVES)} AND m.file > :after;
INSERT OR IGNORE INTO touched SELECT ref FROM links m CROSS JOIN files ON digest = m.thing
  CROSS JOIN news ON news.file = files.id WHERE {plays("m", Role.MOVES)} AND m.file > :after;
INSERT OR IGNORE INTO touched SELECT ref FROM links b CROSS JOIN links o ON o.thing = b.thing
  AND {found_by("o", Role.BEARS)} CROSS JOIN promises ON promises.file = o.file
  WHERE {plays("b", Role.BEARS)} AND b.file > :after;
"""  # noqa: S608 - numbers of ours

_OF_REDACTED = "".join(
    f"DELETE FROM {table} WHERE file IN (SELECT id FROM redacted CROSS JOIN files USING (digest));"  # noqa: S608
    for table in TABLES
)

_SETTLED = f"""
CREATE TEMP TABLE settling (file INTEGER, ref TEXT, closed INTEGER, settled TEXT, PRIMARY KEY (file, ref, closed))
  WITHOUT ROWID;
INSERT INTO settling SELECT file, ref, closed, CASE
  WHEN NOT ({_SURE}) OR EXISTS (SELECT 1 FROM news n JOIN files f ON f.id = n.file
    JOIN links m ON m.thing = f.digest AND {plays("m", Role.MOVES)} WHERE n.ref = one.ref) THEN NULL
  WHEN EXISTS (SELECT 1 FROM news n WHERE n.ref = one.ref AND n.closes IS NOT NULL) THEN
    (SELECT CASE WHEN n.closes THEN n.day END FROM news n WHERE n.ref = one.ref AND n.closes IS NOT NULL
     ORDER BY n.at DESC LIMIT 1)
  WHEN one.closed THEN '' END
  FROM (SELECT DISTINCT file, ref, closed FROM promises {{of}}) AS one;
UPDATE promises AS one SET settled =
  (SELECT settled FROM settling AS s WHERE s.file = one.file AND s.ref = one.ref AND s.closed = one.closed) {{of}};
DROP TABLE settling
"""  # noqa: S608

_OF_TOUCHED = "WHERE ref IN (SELECT ref FROM touched)"

_BY_SETTLED = """;
CREATE INDEX IF NOT EXISTS promises_by_party ON promises (party, settled, file);
CREATE INDEX IF NOT EXISTS promises_by_day ON promises (settled, file)
"""
"""Made when the first promises are settled: what is settled is then entered once."""


class OvertakenTables:
    """The answers of `linked.Overtaken` from these tables."""

    _db: sqlite3.Connection

    def newest(self, told: Told, thing: str, *, until: str, below: str, most: int) -> Sequence[Days]:
        """Return the days of the newest that are sure, by their last; begun `until` a day, over before `below`."""
        query = ("SELECT first, last FROM dated AS one WHERE told = :told AND thing = :thing AND last < :below"  # noqa: S608
                 f" AND first <= :until AND {_SURE} ORDER BY last DESC, first DESC LIMIT :most")  # fmt: skip
        asked = {"told": int(told), "thing": thing, "below": below, "until": until, "most": most}
        return [Days(*row) for row in self._db.execute(query, asked)]

    def since(self, told: Told, thing: str, day: str, until: str) -> Digests:
        """Return the events that tell it, over no earlier than `day` and begun by `until`, or undated; sure or not."""
        query = ("SELECT digest FROM dated JOIN files ON id = file WHERE told = ? AND thing = ? AND last >= ?"
                 " AND (first <= ? OR first = ?)")  # fmt: skip
        return {one for (one,) in self._db.execute(query, [int(told), thing, day, until, UNDATED])}

    def moved(self, things: Digests, kinds: Collection[type[Event]]) -> Digests:
        """Return what may read otherwise now: of some types what names one of these things, what such events move."""
        moves = plays("m", Role.MOVES)
        names = f"{plays('n', Role.NAMES)} AND n.thing IN (SELECT value FROM json_each(:things))"  # noqa: S608
        query = (f"SELECT thing FROM links AS m WHERE {moves}"  # noqa: S608
                 f" AND EXISTS (SELECT 1 FROM links AS n WHERE n.file = m.file AND {names})"
                 f" UNION SELECT digest FROM links AS m CROSS JOIN files ON digest = m.thing WHERE {moves}"
                 " AND type IN (SELECT value FROM json_each(:types))"
                 f" AND EXISTS (SELECT 1 FROM links AS n WHERE n.file = id AND {names})")  # fmt: skip
        types = [kind.model_fields["type"].default for kind in kinds]
        asked = {"things": json.dumps(list(things)), "types": json.dumps(types)}
        return {one for (one,) in self._db.execute(query, asked)}

    def promised(self, of: str, until: str) -> Digests:
        """Return the events with a commitment of an agency or person that is not sure to be closed by a day."""
        query = "SELECT digest FROM promises JOIN files ON id = file WHERE party = ? AND {}"
        never = self._db.execute(query.format("settled IS NULL"), [of])
        later = self._db.execute(query.format("settled > ?"), [of, until])
        return {one for rows in (never, later) for (one,) in rows}

    def unclosed(self, until: str) -> Digests:
        """Return the events with any commitment that is not sure to be closed by a day."""
        query = "SELECT digest FROM (SELECT DISTINCT file FROM promises WHERE {}) JOIN files ON id = file"
        never = self._db.execute(query.format("settled IS NULL"))
        later = self._db.execute(query.format("settled > ?"), [until])
        return {one for rows in (never, later) for (one,) in rows}

    def things_told(self, told: Told, beginning: str) -> Digests:
        """Return the things that begin with some words and of which something of a kind is told; one look-up each."""
        end = f"{beginning[:-1]}{chr(ord(beginning[-1]) + 1)}"
        query = """WITH RECURSIVE found (thing) AS (
            SELECT min(thing) FROM dated WHERE told = :told AND thing >= :begin AND thing < :end
            UNION ALL SELECT (SELECT min(thing) FROM dated WHERE told = :told AND thing > found.thing AND thing < :end)
            FROM found WHERE found.thing IS NOT NULL) SELECT thing FROM found WHERE thing IS NOT NULL"""
        return {one for (one,) in self._db.execute(query, {"told": int(told), "begin": beginning, "end": end})}
