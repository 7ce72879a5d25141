"""Verify: every byte is read and hashed anew, and whatever is wrong is a finding. No index is used.

The record is read in portions, in name order, by several processes where there are; what they keep is
joined. It grows with the number of events (names, digests, times, parents, ids), not with their bytes.
docs/verify.md lists the findings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import partial

from briefing.codec import parse_name
from briefing.errors import Refused, StoreFailed
from briefing.events import BY_TYPE, Event, Recorded
from briefing.executors import Crew, alone
from briefing.markings.profile import Profile
from briefing.release import unknown_marks
from briefing.spread import portions, spread
from briefing.stamp import SILENT
from briefing.store.contents import BEARERS
from briefing.store.findings import Finding, in_order
from briefing.store.port import Store
from briefing.store.portion import Portion, read_portion
from briefing.store.progress import Progress, unseen
from briefing.store.strays import finding
from briefing.store.survey import Redaction, Survey

_PORTION = 2_000
"""Files in a portion: what cites a text of another portion is read a second time."""


def verify(
    store: Store, *, now: datetime, progress: Progress = unseen, profile: Profile | None = None, crew: Crew = alone
) -> Survey:
    """Read a whole store anew and return what it is and what is wrong with it; `now` is the clock's time.

    With a marking `profile`, a mark that it does not know is a finding. Files are read by a `crew`.
    """
    found = _read(store, profile, crew, progress)
    return _Whole(store, now, profile, found).survey()


def _read(store: Store, profile: Profile | None, crew: Crew, progress: Progress) -> Portion:
    """Read all portions and join them."""
    names = sorted(store.names())
    found, done = Portion(), 0
    progress(done, len(names))
    with crew(len(names)) as executor:
        for portion in spread(partial(read_portion, store, profile), portions(names, _PORTION), executor):
            if executor is not None:
                _require_unreadable(store, portion.unreadable)
            found.join(portion)
            progress(done := min(done + _PORTION, len(names)), len(names))
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

    def __init__(self, store: Store, now: datetime, profile: Profile | None, found: Portion) -> None:
        self.store = store
        self.now = now
        self.profile = profile
        self.found = found
        self.known, self.bad, self.claims = found.known, found.bad, found.claims
        self.redactions, self.strays = found.redactions, found.strays
        self.redacted = {event.target: event for _, event in self.redactions}

    def survey(self) -> Survey:
        findings = [*self.found.findings, *self._of_parents(), *self._of_the_clock(), *self._of_strays(),
                    *self._of_contents(), *self._of_marks()]  # fmt: skip
        return Survey(
            known=self.known,
            redactions=tuple(Redaction(one, event, event.target not in self.known) for one, event in self.redactions),
            findings=in_order(findings),
            strays=tuple(self.strays),
        )

    def _again(self, digest: str) -> Recorded:
        return self.found.again(self.store, digest)

    def _of_parents(self) -> Iterator[Finding]:
        self.named = {parent for _, parent in self._parents()}
        self.missing = self._not_here(self.named - self.known.keys() - self.bad - self.redacted.keys())
        naming: dict[str, list[str]] = {absent: [] for absent in self.missing}
        for name, parent in self._parents() if naming else ():
            if parent in naming:
                naming[parent].append(name)
        for absent, (first, *more) in naming.items():
            yield Finding("missing parent", absent, "named by others, not here: not yet synced, or removed; named by "
                          + first + (f" and {len(more)} more" if more else ""))  # fmt: skip
        for one in self.known.values():
            for parent in one.parents:
                if (at := self._time(parent)) is not None and at >= one.at:
                    what = f"it is not later than its parent {parent}, recorded at {at.isoformat()}"
                    yield Finding("misdated", one.name, what)

    def _parents(self) -> Iterator[tuple[str, str]]:
        """Yield each file with each parent that it names, or that a redaction names for its target."""
        for one in self.known.values():
            yield from ((one.name, parent) for parent in one.parents)
        for own, redaction in self.redactions:
            yield from ((self.known[own].name, behind) for behind in redaction.target_parents)

    def _not_here(self, digests: set[str]) -> set[str]:
        """Return those that are still not here: another process may have put some since the names were listed."""
        if not digests:
            return digests
        return digests - {parsed.digest for name in self.store.names() if (parsed := parse_name(name)) is not None}

    def _time(self, digest: str) -> datetime | None:
        if digest in self.known:
            return self.known[digest].at
        return self.redacted[digest].target_recorded_at if digest in self.redacted else None

    def _of_the_clock(self) -> Iterator[Finding]:
        ahead = [one for one in self.known.values() if one.at > self.now + SILENT]
        if ahead:
            newest = max(ahead, key=lambda one: one.at)
            more = f"; {len(ahead) - 1} more are ahead of it" if len(ahead) > 1 else ""
            yield Finding("ahead of the clock", newest.name, f"it is dated {newest.at:%Y-%m-%d %H:%M:%S} UTC, "
                          f"and this clock says {self.now:%Y-%m-%d %H:%M:%S} UTC{more}")  # fmt: skip

    def _of_strays(self) -> Iterator[Finding]:
        names = {one: known.name for one, known in self.known.items()}
        yield from filter(None, (finding(stray, names, self.named, self.redacted) for stray in self.strays))

    def _of_marks(self) -> Iterator[Finding]:
        if self.profile is None or not self.found.unsure:
            return
        here = [self._again(one) for one in self.found.unsure if one in self.known]
        log = sorted({one.digest: one for one in (*here, *self.found.about)}.values(),
                     key=lambda one: (one.at, one.event.type, one.digest))  # fmt: skip
        for one, fault in unknown_marks(log, self.profile):
            what = f"{fault.message}; no paper that rests on it is made"
            yield Finding("unknown mark", self.known[one.digest].name, what)

    def _of_contents(self) -> Iterator[Finding]:
        away = (one for one in self.redacted.values() if one.target not in self.known)
        gone = Counter(_borne_by(one.target_type) for one in away)
        yield from self.claims.findings(self._again, lambda one: self.known[one].name, gone)
        here = self.known.keys() | self.bad | self.missing | self.redacted.keys()
        for target in self.claims.targets.keys() - here:
            for own in self.claims.targets[target]:
                what = f"it is about the event {target}, which is not on record"
                yield Finding("reference", self.known[own].name, what)


def _borne_by(event_type: str) -> str:
    """Return the kind of thing that an event of a type gives an id to."""
    return BEARERS.get(BY_TYPE.get(event_type, Event), "")
