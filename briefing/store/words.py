"""The words of a record, to be searched: a part of the index of its own, made at the first search.

It is SQLite's FTS5, over the sentences of events, in the index of a folder or in memory: the same rows and the
same rule for words, so that both answer alike. It follows the table of files by triggers: what comes is noted and
entered at the next search; what goes, and what is redacted, is taken out at once, and `purge` leaves no trace of it.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing, suppress
from itertools import accumulate
from typing import NamedTuple

from briefing.events import EventCorrected, EventRedacted, Recorded
from briefing.sentences import sentences
from briefing.store.tables import NAME

_WORDS = (
    """CREATE VIRTUAL TABLE words
         USING fts5(text, tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'")""",
    "CREATE TABLE said (id INTEGER PRIMARY KEY, file INTEGER NOT NULL, about TEXT NOT NULL)",
    "CREATE INDEX said_by_file ON said (file)",
    "CREATE INDEX said_by_about ON said (about)",
)
"""`about` is the event whose words they are: of a correction the one that it corrects.

Vowel signs and viramas are marks, and parts of a word: without them no word of Devanagari would be found.
"""

_KEPT_UP = (
    "CREATE TABLE unsaid (file INTEGER PRIMARY KEY)",
    "INSERT INTO unsaid SELECT id FROM files WHERE sound",
    "CREATE TABLE erased (id INTEGER PRIMARY KEY)",
    """CREATE TRIGGER comes AFTER INSERT ON files WHEN new.sound BEGIN
         INSERT OR IGNORE INTO unsaid VALUES (new.id);
       END""",
    """CREATE TRIGGER goes AFTER DELETE ON files BEGIN
         INSERT OR IGNORE INTO erased SELECT id FROM said WHERE file = old.id;
         DELETE FROM words WHERE rowid IN (SELECT id FROM said WHERE file = old.id);
         DELETE FROM said WHERE file = old.id;
         DELETE FROM unsaid WHERE file = old.id;
       END""",
    """CREATE TRIGGER hides AFTER INSERT ON redacted BEGIN
         INSERT OR IGNORE INTO erased SELECT id FROM said WHERE about = new.digest;
         DELETE FROM words WHERE rowid IN (SELECT id FROM said WHERE about = new.digest);
         DELETE FROM said WHERE about = new.digest;
       END""",
    """CREATE TRIGGER shows AFTER DELETE ON redacted BEGIN
         INSERT OR IGNORE INTO unsaid SELECT file FROM links WHERE thing = old.digest;
       END""",
)
"""`unsaid` are the files to be entered, `erased` what `purge` is to overwrite."""

_AT_ONCE = 2_000
"""Files between two commits: other commands wait no longer than these take."""

_LIT = "\ue000"
"""Stands for a moment before and behind what was looked for; no sign of any script."""


class Row(NamedTuple):
    """A sentence with the words, and the event whose sentence it is."""

    id: int
    about: str


def possible() -> bool:
    """Tell whether this Python's SQLite can index words."""
    with closing(sqlite3.connect(":memory:")) as db, suppress(sqlite3.OperationalError):
        db.execute(_WORDS[0])
        return True
    return False


def in_memory(log: Iterable[Recorded]) -> sqlite3.Connection:
    """Return the words of a log, in memory."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    for statement in ("CREATE TABLE files (id INTEGER PRIMARY KEY, digest TEXT NOT NULL, at TEXT NOT NULL)", *_WORDS):
        db.execute(statement)
    log = tuple(log)
    redacted = {one.event.target for one in log if isinstance(one.event, EventRedacted)}
    db.execute("BEGIN")
    for id_, one in enumerate(log, 1):
        db.execute("INSERT INTO files VALUES (?, ?, ?)", [id_, one.digest, f"{one.at:%Y%m%dT%H%M%S%fZ}"])
        if _about(one) not in redacted:
            _enter(db, id_, one)
    db.execute("COMMIT")
    return db


def bring_up_to_date(
    db: sqlite3.Connection, read: Callable[[Sequence[tuple[str, str]]], Iterable[Recorded | None]],
    show: Callable[[int, int], None],
) -> None:  # fmt: skip
    """Enter the words of the files that are not in yet; no transaction may be open.

    `read` yields the events of names and digests, or None for one whose file is no sound event any more.
    """
    db.execute("BEGIN IMMEDIATE")
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone():
        for statement in (*_WORDS, *_KEPT_UP):
            db.execute(statement)
    done, of = 0, db.execute("SELECT count(*) FROM unsaid").fetchone()[0]
    while some := db.execute(f"SELECT file, {NAME}, digest FROM unsaid JOIN files ON id = file LIMIT {_AT_ONCE}"  # noqa: S608
                             ).fetchall():  # fmt: skip
        for (file, *_), one in zip(some, read([(name, digest) for _, name, digest in some]), strict=True):
            db.execute("DELETE FROM words WHERE rowid IN (SELECT id FROM said WHERE file = ?)", [file])
            db.execute("DELETE FROM said WHERE file = ?", [file])
            if one and not db.execute("SELECT 1 FROM redacted WHERE digest = ?", [_about(one)]).fetchone():
                _enter(db, file, one)
            db.execute("DELETE FROM unsaid WHERE file = ?", [file])
        db.execute("COMMIT")
        show(done := done + len(some), of)
        db.execute("BEGIN IMMEDIATE")
    db.execute("COMMIT")


def purge(db: sqlite3.Connection) -> None:
    """Overwrite what was taken out of the words: until the index of words is merged, it holds them still."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'erased'").fetchone():
        return
    if db.execute("SELECT 1 FROM erased").fetchone():
        db.execute("INSERT INTO words (words) VALUES ('optimize')")
        db.execute("DELETE FROM erased")


def _about(one: Recorded) -> str:
    return one.event.target if isinstance(one.event, EventCorrected) else one.digest


def _enter(db: sqlite3.Connection, file: int, one: Recorded) -> None:
    for text in dict.fromkeys(sentences(one.event)):
        id_ = db.execute("INSERT INTO said (file, about) VALUES (?, ?)", [file, _about(one)]).lastrowid
        db.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", [id_, text])


# ── what is asked ─────────────────────────────────────────────────────────────────────────────


def query_of(said: str) -> str:
    """Return what somebody typed as a query: words that must all be there, phrases in quotes, beginnings with a star.

    Empty where it holds no word. Each part stands in quotes, so that no sign of it is taken for syntax.
    """
    plain = unicodedata.normalize("NFC", said.encode("utf-8", "replace").decode().replace("\0", " "))
    parts = dict.fromkeys(re.findall(r'["“”]([^"“”]*)["“”]?|([^\s"“”]+)', plain))
    asked = [(phrase or word, word.endswith("*")) for phrase, word in parts]
    return " ".join(f'"{words}"{" *" if begins else ""}' for words, begins in asked if _has_word(words))


def _has_word(text: str) -> bool:
    return any(unicodedata.category(one)[0] in "LN" for one in text)


_NEAR = " AND +words.rowid IN (SELECT id FROM said WHERE about IN (SELECT value FROM json_each(?)))"


def ranked(db: sqlite3.Connection, query: str, near: Collection[str] | None = None) -> list[Row]:
    """Return the sentences that fit a query, or those `near`, of some events: the best by bm25 first, then the newest.

    Only what is near is ranked then. The + has SQLite look each sentence with the words up among these: it would
    ask the words anew for each of these.
    """
    of = "" if near is None else _NEAR
    rows = db.execute(
        "SELECT said.id, about FROM words CROSS JOIN said ON said.id = words.rowid"  # noqa: S608
        f" CROSS JOIN files ON files.id = said.file WHERE words MATCH ?{of}"
        " ORDER BY rank, at DESC, digest DESC, said.id",
        [query] if near is None else [query, json.dumps(list(near))],
    )
    return [Row(*row) for row in rows]


def lit(db: sqlite3.Connection, query: str, row: Row) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a sentence, and from where to where it is what was looked for."""
    text, marked = db.execute("SELECT text, highlight(words, 0, ?, ?) FROM words WHERE words MATCH ? AND rowid = ?",
                              [_LIT, _LIT, query, row.id]).fetchone()  # fmt: skip
    ends = list(accumulate(len(part) for part in marked.split(_LIT)))
    return text, tuple(zip(ends[:-1:2], ends[1::2], strict=False))
