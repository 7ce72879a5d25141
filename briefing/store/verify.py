"""Verify: every byte is read and hashed anew, and whatever is wrong is a finding. No index is used.

The record is read in portions, in name order, by several processes where there are; what they keep goes into tables,
so that memory does not grow with the record. docs/verify.md lists the findings.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from briefing.codec import decode, parse_name
from briefing.errors import Refused, StoreFailed
from briefing.events import BY_TYPE, Digest, Event, Recorded
from briefing.executors import Crew, alone
from briefing.markings.profile import Profile
from briefing.release import unknown_marks
from briefing.spread import portions, spread
from briefing.stamp import SILENT
from briefing.store.contents import BEARERS
from briefing.store.findings import Finding, in_order
from briefing.store.found import Found
from briefing.store.port import Store
from briefing.store.portion import read_portion
from briefing.store.progress import Progress, unseen
from briefing.store.second_look import SecondLook
from briefing.store.strays import finding
from briefing.store.survey import Redaction, Survey
from briefing.store.tables import NAME, in_name

_PORTION = 2_000
"""Files in a portion: what cites a text of another portion is read a second time."""


def verify(
    store: Store, *, now: datetime, progress: Progress = unseen, profile: Profile | None = None, crew: Crew = alone
) -> Survey:
    """Read a whole store anew and return what it is and what is wrong with it; `now` is the clock's time.

    With a marking `profile`, a mark that it does not know is a finding. Files are read by a `crew`.
    Raises `StoreFailed` where there is no room for the tables.
    """
    try:
        found = _read(store, profile, crew, progress)
        return _Whole(store, now, profile, found).survey()
    except sqlite3.OperationalError as fault:
        raise StoreFailed(
            f"what is kept while verifying finds no room: {fault}",
            hint="make room where temporary files are kept, or name another folder with TMPDIR",
        ) from fault


def _read(store: Store, profile: Profile | None, crew: Crew, progress: Progress) -> Found:
    """Read all portions and enter what they keep."""
    found, done = Found(), 0
    files = found.known.put_names(store.names())
    progress(done, files)
    with crew(files) as executor:
        names = portions(found.known.names(), _PORTION)
        for portion in spread(partial(read_portion, store, profile), names, executor):
            if executor is not None:
                _require_unreadable(store, portion.unreadable)
            found.enter(portion)
            progress(done := min(done + _PORTION, files), files)
    found.known.close()
    return found


def _require_unreadable(store: Store, names: list[str]) -> None:
    """Refuse to call a file unreadable that only a worker cannot read."""
    for name in names:
        try:
            store.read(name)
        except StoreFailed:
            continue
        raise Refused(
            f"a worker cannot read {name}, which can be read here",
            hint="a folder must be shared with all machines, and their accounts must be allowed to read it",
        )


class _Whole:
    """All that was read, each part held against the others."""

    def __init__(self, store: Store, now: datetime, profile: Profile | None, found: Found) -> None:
        self.store = store
        self.now = now
        self.profile = profile
        self.found = found
        self.known, self.bad = found.known, found.bad
        self.redacted = {event.target: event for _, event in found.redactions}

    def survey(self) -> Survey:
        findings = [*self.found.findings, *self._of_parents(), *self._of_the_clock(), *self._of_strays(),
                    *self._of_contents(), *self._of_marks()]  # fmt: skip
        return Survey(
            known=self.known,
            redactions=tuple(
                Redaction(one, event, event.target not in self.known) for one, event in self.found.redactions
            ),
            findings=in_order(findings),
            strays=tuple(self.found.strays),
        )

    def _again(self, digest: str) -> Recorded:
        return Recorded(digest=Digest(digest), event=decode(self.store.read(self.known.name(digest))))

    def _of_parents(self) -> Iterator[Finding]:
        absent = {one for (one,) in self.known.rows(_ABSENT)} - self.bad - self.redacted.keys()
        self.missing = self._not_here(absent)
        for one in self.missing:
            first = self.known.one(_NAMED_BY, one)
            more = self.known.one("SELECT count(*) FROM parents WHERE parent = ?", one) - 1
            yield Finding("missing parent", one, "named by others, not here: not yet synced, or removed; named by "
                          + first + (f" and {more} more" if more else ""))  # fmt: skip
        for name, parent in self.known.rows(_NOT_LATER):
            yield _misdated(name, parent, self.known[parent].at)
        for parent, redaction in self.redacted.items():
            if parent not in self.known:
                at = redaction.target_recorded_at
                yield from (_misdated(name, parent, at) for (name,) in self.known.rows(_BEFORE, parent, in_name(at)))

    def _not_here(self, digests: set[str]) -> set[str]:
        """Return those that are still not here: another process may have put some since the names were listed."""
        if not digests:
            return digests
        return digests - {parsed.digest for name in self.store.names() if (parsed := parse_name(name)) is not None}

    def _of_the_clock(self) -> Iterator[Finding]:
        ahead: int = self.known.one("SELECT count(*) FROM events WHERE at > ?", in_name(self.now + SILENT))
        newest = self.known.newest()
        if ahead and newest:
            more = f"; {ahead - 1} more are ahead of it" if ahead > 1 else ""
            yield Finding("ahead of the clock", newest.name, f"it is dated {newest.at:%Y-%m-%d %H:%M:%S} UTC, "
                          f"and this clock says {self.now:%Y-%m-%d %H:%M:%S} UTC{more}")  # fmt: skip

    def _of_strays(self) -> Iterator[Finding]:
        for stray in self.found.strays:
            digests = {stray.digest, *re.findall("[0-9a-f]{64}", stray.name)}
            names = {one: self.known.name(one) for one in digests if one in self.known}
            named = {one for one in digests if self.known.one("SELECT 1 FROM parents WHERE parent = ?", one)}
            if (found := finding(stray, names, named, self.redacted)) is not None:
                yield found

    def _of_marks(self) -> Iterator[Finding]:
        if self.profile is None or not self.found.unsure:
            return
        here = {one for one in self.found.unsure if one in self.known} | self._about(self.found.unsure)
        log = sorted(map(self._again, here), key=lambda one: (one.at, one.event.type, one.digest))
        for one, fault in unknown_marks(log, self.profile):
            what = f"{fault.message}; no paper that rests on it is made"
            yield Finding("unknown mark", self.known.name(one.digest), what)

    def _about(self, events: set[str]) -> set[str]:
        """Return the events about these events, about those, and so on."""
        found: set[str] = set()
        while events:
            events = {by for one in events for (by,) in self.known.rows(_ABOUT, one)} - found
            found |= events
        return found

    def _of_contents(self) -> Iterator[Finding]:
        away = (one for one in self.redacted.values() if one.target not in self.known)
        gone = Counter(_borne_by(one.target_type) for one in away)
        yield from SecondLook(self.known, self._again).findings(gone)
        here = self.bad | self.missing | self.redacted.keys()
        for target, name in self.known.rows(_NO_TARGET):
            if target not in here:
                yield Finding("reference", name, f"it is about the event {target}, which is not on record")


_ABSENT = "SELECT DISTINCT parent FROM parents WHERE parent NOT IN (SELECT digest FROM events)"
_NAMED_BY = f"SELECT {NAME} FROM parents JOIN events ON id = event WHERE parent = ? ORDER BY own DESC, event LIMIT 1"  # noqa: S608
_NOT_LATER = f"""SELECT (SELECT {NAME} FROM events WHERE id = event), parent FROM parents JOIN events AS p
  ON p.digest = parent WHERE own AND p.at >= (SELECT at FROM events WHERE id = event) ORDER BY event"""  # noqa: S608
_BEFORE = f"SELECT {NAME} FROM parents JOIN events ON id = event WHERE own AND parent = ? AND at <= ?"  # noqa: S608
_ABOUT = """SELECT digest FROM targets JOIN events ON id = event WHERE target = ?
  AND type IN ('event.corrected', 'event.retracted', 'event.redacted')"""
_NO_TARGET = f"""SELECT target, {NAME} FROM targets JOIN events ON id = event
  WHERE target NOT IN (SELECT digest FROM events)"""  # noqa: S608


def _misdated(name: str, parent: str, at: datetime) -> Finding:
    return Finding("misdated", name, f"it is not later than its parent {parent}, recorded at {at.isoformat()}")


def _borne_by(event_type: str) -> str:
    """Return the kind of thing that an event of a type gives an id to."""
    return BEARERS.get(BY_TYPE.get(event_type, Event), "")
