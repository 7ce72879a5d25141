"""What is in question, read a second time: events that others correct, replace or withdraw, and those that share an id.

They fall into groups that have nothing to do with each other. A few groups at a time are read, amended, folded
and let go, so that memory does not grow with the record.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from briefing.events import Event, Recorded, SourceRegistered
from briefing.payload import citations
from briefing.projector import Running
from briefing.state import Collision
from briefing.store.claims import Claims, Read, Texts
from briefing.store.findings import Finding
from briefing.store.ledger import Ledger

_TOGETHER = 1_000
"""Events that are read together at least; a group is never divided."""

_ASKED = """
CREATE TABLE asked (event INTEGER PRIMARY KEY, root INTEGER);
INSERT OR IGNORE INTO asked (event) SELECT event FROM about;
INSERT OR IGNORE INTO asked (event) SELECT id FROM (SELECT DISTINCT target FROM targets) CROSS JOIN events
  ON digest = target WHERE sound;
INSERT OR IGNORE INTO asked (event) SELECT event FROM alike WHERE key IN
  (SELECT key FROM alike GROUP BY key HAVING count(*) > 1)
"""
_TIES = (
    "SELECT key, event FROM alike WHERE event IN (SELECT event FROM asked) ORDER BY key",
    """SELECT target, event FROM targets WHERE event IN (SELECT event FROM asked)
       UNION ALL SELECT digest, id FROM asked JOIN events ON id = event ORDER BY 1""",
)
"""What ties events into groups: all that bear one key, and all that name or are one event."""

_GROUPS = "SELECT root, event FROM asked {} ORDER BY root, event"
_OF_TEXTS = """WHERE root IN (SELECT root FROM asked JOIN sources USING (event) JOIN events ON events.id = event
  WHERE digest IN (SELECT target FROM targets))"""
_ID_OF_TEXT = "SELECT sources.id FROM sources JOIN events ON events.id = event WHERE digest = ?"
_OTHERS = """SELECT event FROM doubtful WHERE event > ? AND event NOT IN (SELECT event FROM asked)
  ORDER BY event LIMIT ?"""


class SecondLook:
    """The findings of what is in question. `read` reads an event again by its digest."""

    def __init__(self, ledger: Ledger, read: Read) -> None:
        """Take all that was kept, and find the groups."""
        self._ledger = ledger
        self._read = read
        self._texts = Texts()
        for statement in _ASKED.split(";"):
            ledger.db.execute(statement)
        _group(ledger)

    def findings(self, gone: Counter[str]) -> Iterator[Finding]:
        """Yield what does not hold.

        `gone` counts the redacted files that are away, by the kind of thing they bore: each explains one name
        that nothing bears.
        """
        self._mend()
        for log, ids in self._together(_GROUPS.format("")):
            folded = Running(log)
            self._check_again(log, ids, dict(folded.amended.live), folded.amended.withdrawn)
            yield from (_finding(one, self._ledger.name) for one in folded.state.collisions)
        self._check_others()
        yield from self._unborne(gone)
        query = 'SELECT digest, source, start, "end", quote FROM misquoted JOIN events ON id = event'
        for digest, source, start, end, quote in self._ledger.rows(query):
            where = f"in source “{source}” at {start} to {end}"
            yield Finding("quotation", self._ledger.name(digest), f"“{_brief(quote)}” does not stand {where}")

    def _together(self, query: str) -> Iterator[tuple[list[Recorded], dict[str, int]]]:
        """Yield the events of several groups at once, and their numbers by their digests."""
        ids: list[int] = []
        for _, rows in groupby(self._ledger.rows(query), key=lambda row: row[0]):
            ids += (event for _, event in rows)
            if len(ids) >= _TOGETHER:
                yield self._again(ids)
                ids = []
        if ids:
            yield self._again(ids)

    def _again(self, ids: list[int]) -> tuple[list[Recorded], dict[str, int]]:
        """Read events again, in the order of the log."""
        of = {self._ledger.one("SELECT digest FROM events WHERE id = ?", one): one for one in sorted(ids)}
        return [self._read(digest) for digest in of], of

    def _mend(self) -> None:
        """Find the texts that corrections changed: they must hold the words, and whoever cites one is doubtful."""
        mended: set[str] = set()
        for log, _ in self._together(_GROUPS.format(_OF_TEXTS)):
            for digest, event in Running(log).amended.live:
                if isinstance(event, SourceRegistered) and self._texts.of(digest, self._read) != event.text:
                    self._texts.amended[digest] = event.text
                    mended.add(self._ledger.one(_ID_OF_TEXT, digest))
        if not mended:
            return
        for id_, digest in self._ledger.rows("SELECT id, digest FROM events WHERE sound"):
            if any(one.source in mended for one in citations(self._read(digest).event)):
                self._ledger.doubt(id_)

    def _check_again(
        self, log: list[Recorded], ids: Mapping[str, int], live: Mapping[str, Event], withdrawn: frozenset[str]
    ) -> None:
        """Check anew what corrections, withdrawals and texts read late may have changed."""
        self._ledger.drop(ids[one] for one in withdrawn & ids.keys())
        standing = (one for one in log if one.digest not in withdrawn)
        again = [one for one in standing if self._ledger.in_doubt(ids[one.digest], one.digest)]
        claims = _Again(self._ledger, self._texts)
        for one in again:
            claims.check(one.digest, live.get(one.digest, one.event), self._read)
        self._ledger.claim_again(claims, {one.digest: ids[one.digest] for one in again})

    def _check_others(self) -> None:
        """Check anew what is doubtful, and about which there is no other event."""
        last = 0
        while ids := [event for (event,) in self._ledger.rows(_OTHERS, last, _TOGETHER)]:
            log, of = self._again(ids)
            self._check_again(log, of, {}, frozenset())
            last = ids[-1]

    def _unborne(self, gone: Counter[str]) -> Iterator[Finding]:
        """Yield the names that nothing bears, each event and name once."""
        found = self._ledger.unborne()
        ids = {kind: {one.id for _, one in found if kind in one.kinds} for kind in gone}
        for digest, one in found:
            if not any(kind in one.kinds and len(ids[kind]) <= gone[kind] for kind in gone):
                file = self._ledger.name(digest)
                yield Finding("reference", file, f"it names {one}, which nothing on record bears")


class _Again(Claims):
    """What events claim that are read again, when all texts are known."""

    def __init__(self, ledger: Ledger, texts: Texts) -> None:
        super().__init__()
        self._ledger = ledger
        self.texts = texts

    def texts_of(self, source: str) -> list[str] | None:
        return self._ledger.texts_of(source)


def _group(ledger: Ledger) -> None:
    """Find the groups: each event that is asked gets the number of one of its group."""
    root = array("q", range(ledger.last + 1))

    def of(event: int) -> int:
        while root[event] != event:
            root[event] = event = root[root[event]]
        return event

    for ties in _TIES:
        before: tuple[object, int] = (None, 0)
        for tie, event in ledger.rows(ties):
            if tie == before[0]:
                root[of(event)] = of(before[1])
            before = (tie, event)
    asked = array("q", (event for (event,) in ledger.rows("SELECT event FROM asked")))
    ledger.db.executemany("UPDATE asked SET root = ? WHERE event = ?", ((of(event), event) for event in asked))
    ledger.db.execute("CREATE INDEX asked_by_root ON asked (root, event)")


def _finding(one: Collision, file: Callable[[str], str]) -> Finding:
    """Return what the fold could not join as a finding in the file of the later event."""
    name, other = file(one.other), file(one.kept) if one.kept else ""
    if one.what.startswith("the id "):
        id_ = one.what.removeprefix("the id ")
        return Finding("two things", name, f"two things bear the id “{id_}”: the other is in {other}; "
                       f"this one is shown as {id_}~{one.other[:8]}")  # fmt: skip
    if one.what.startswith("the edition "):
        return Finding("two things", name, f"{one.what} was issued twice: the other is in {other}")
    if one.what.startswith("two values of "):
        field = one.what.removeprefix("two values of ")
        return Finding("two values", name, f"{field} has two values, given apart; the one shown is in {other}")
    return Finding("no effect", name, f"it changes nothing: {one.what}")


def _brief(text: str | None) -> str:
    """Return the beginning of a quotation on one line."""
    words = " ".join((text or "").split())
    return words if len(words) <= 60 else f"{words[:57]}…"
