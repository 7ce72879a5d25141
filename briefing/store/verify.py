"""Verify: every byte is read and hashed anew, and whatever is wrong is a finding. No index is used.

One pass in name order; an event is checked and let go. What is kept grows with the number of events
(names, digests, times, parents, ids), not with their bytes. docs/verify.md lists the findings.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from briefing.amend import ABOUT_EVENTS
from briefing.codec import EventName, InvalidEvent, UnknownEvent, decode, digest, file_name, parse_name
from briefing.errors import StoreFailed
from briefing.events import BY_TYPE, Digest, Event, EventRedacted, Recorded
from briefing.markings.given import given_marks, known
from briefing.markings.profile import Profile
from briefing.release import unknown_marks
from briefing.stamp import SILENT
from briefing.store.claims import Claims
from briefing.store.contents import BEARERS
from briefing.store.findings import Finding, Kind, in_order
from briefing.store.port import Store, is_temporary
from briefing.store.strays import Stray, examine, finding
from briefing.store.survey import Known, Redaction, Survey

Progress = Callable[[int, int], None]
"""Told how many files of how many are read."""


def verify(store: Store, *, now: datetime, progress: Progress | None = None, profile: Profile | None = None) -> Survey:
    """Read a whole store anew and return what it is and what is wrong with it; `now` is the clock's time.

    With a marking `profile`, a mark that it does not know is a finding.
    """
    return _Pass(store, now, profile).run(progress or (lambda *_: None))


class _Pass:
    """One reading of a store."""

    def __init__(self, store: Store, now: datetime, profile: Profile | None) -> None:
        self.profile = profile
        self.store = store
        self.now = now
        self.known: dict[str, Known] = {}
        self.bad: set[str] = set()
        self.redactions: list[tuple[str, EventRedacted]] = []
        self.findings: list[Finding] = []
        self.about: list[Recorded] = []
        self.unsure: set[str] = set()
        self.strays: list[Stray] = []
        self.claims = Claims(self._again, lambda one: self.known[one].name)

    def run(self, progress: Progress) -> Survey:
        names = sorted(self.store.names())
        for done, name in enumerate(names):
            progress(done, len(names))
            self._file(name)
        progress(len(names), len(names))
        self.redacted = {event.target: event for _, event in self.redactions}
        self.findings += [*self._of_parents(), *self._of_the_clock(), *self._of_strays(), *self._of_contents(),
                          *self._of_marks()]
        return Survey(
            known=self.known,
            redactions=tuple(Redaction(one, event, event.target not in self.known) for one, event in self.redactions),
            findings=in_order(self.findings),
            strays=tuple(self.strays),
        )

    # ── one file ──────────────────────────────────────────────────────────────────────────────

    def _file(self, name: str) -> None:
        parsed = parse_name(name)
        try:
            data = self.store.read(name)
        except StoreFailed as fault:
            self._unreadable(name, parsed, fault.message)
            return
        if parsed is not None and digest(data) == parsed.digest:
            self._event(parsed, data)
            return
        if parsed is not None:
            what = "its bytes do not hash to its name" if data else "it is empty"
            self._found("altered", name, f"{what}: still syncing, or altered")
            self.bad.add(parsed.digest)
        self.strays.append(examine(name, data))

    def _unreadable(self, name: str, parsed: EventName | None, fault: str) -> None:
        if parsed is not None:
            self.bad.add(parsed.digest)
            self._found("unreadable", name, f"it is there and cannot be read: {fault}")
        elif not is_temporary(name):
            self._found("stray", name, "no event by its name, and no file that can be read: a folder, or a link")

    def _event(self, parsed: EventName, data: bytes) -> None:
        """Take a file whose bytes hash to its name."""
        name, own = parsed.name, parsed.digest
        try:
            event = decode(data)
        except UnknownEvent as fault:
            self.known[own] = Known(name, parsed.at, fault.parents)
            self._found("unknown", name, f"{fault}; a newer briefing can read it")
            if isinstance(id_ := json.loads(data).get("id"), str):
                self.claims.bear(id_)
            return
        except InvalidEvent as fault:
            self.bad.add(own)
            self._found("invalid", name, f"it breaks the record format: {fault}")
            return
        if file_name(event, own) != name:
            self.bad.add(own)
            self.strays.append(examine(name, data))
            return
        self.known[own] = Known(name, event.recorded_at, tuple(map(Digest, event.parents)))
        if isinstance(event, EventRedacted):
            self.redactions.append((own, event))
        recorded = Recorded(digest=own, event=event)
        self.claims.see(recorded)
        self._mark(recorded)

    def _mark(self, one: Recorded) -> None:
        """Keep an event that gives a mark which the profile does not know, and whatever may have changed one."""
        if self.profile and isinstance(one.event, ABOUT_EVENTS):
            self.about.append(one)
        if self.profile and any(not known(self.profile, words) for words in given_marks(one.event)):
            self.unsure.add(getattr(one.event, "target", one.digest))

    def _found(self, kind: Kind, name: str, message: str) -> None:
        self.findings.append(Finding(kind, name, message))

    def _again(self, digest: str) -> Recorded:
        """Read an event a second time."""
        event = decode(self.store.read(self.known[digest].name))
        return Recorded(digest=Digest(digest), event=event)

    # ── all of them ───────────────────────────────────────────────────────────────────────────

    def _of_parents(self) -> Iterator[Finding]:
        named: dict[str, list[str]] = {}
        for one in self.known.values():
            for parent in one.parents:
                named.setdefault(parent, []).append(one.name)
        for own, redaction in self.redactions:
            for behind in redaction.target_parents:
                named.setdefault(behind, []).append(self.known[own].name)
        self.named = named.keys()
        self.missing = self._not_here(named.keys() - self.known.keys() - self.bad - self.redacted.keys())
        for absent in self.missing:
            first, *more = named[absent]
            yield Finding("missing parent", absent, "named by others, not here: not yet synced, or removed; named by "
                          + first + (f" and {len(more)} more" if more else ""))  # fmt: skip
        for one in self.known.values():
            for parent in one.parents:
                if (at := self._time(parent)) is not None and at >= one.at:
                    what = f"it is not later than its parent {parent}, recorded at {at.isoformat()}"
                    yield Finding("misdated", one.name, what)

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
        if self.profile is None or not self.unsure:
            return
        here = [self._again(one) for one in self.unsure if one in self.known]
        log = sorted({one.digest: one for one in (*here, *self.about)}.values(),
                     key=lambda one: (one.at, one.event.type, one.digest))  # fmt: skip
        for one, fault in unknown_marks(log, self.profile):
            what = f"{fault.message}; no paper that rests on it is made"
            yield Finding("unknown mark", self.known[one.digest].name, what)

    def _of_contents(self) -> Iterator[Finding]:
        away = (one for one in self.redacted.values() if one.target not in self.known)
        yield from self.claims.findings(Counter(_borne_by(one.target_type) for one in away))
        here = self.known.keys() | self.bad | self.missing | self.redacted.keys()
        for target in self.claims.targets.keys() - here:
            for own in self.claims.targets[target]:
                what = f"it is about the event {target}, which is not on record"
                yield Finding("reference", self.known[own].name, what)


def _borne_by(event_type: str) -> str:
    """Return the kind of thing that an event of a type gives an id to."""
    return BEARERS.get(BY_TYPE.get(event_type, Event), "")
