"""One portion of a record, read for `verify`: every byte hashed and checked, and what the rest is held against kept.

A portion may be read by another process. Its events are checked one at a time and let go.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from briefing.codec import EventName, InvalidEvent, UnknownEvent, decode, digest, file_name, parse_name
from briefing.errors import StoreFailed
from briefing.events import Digest, EventRedacted, Recorded
from briefing.markings.given import given_marks, known
from briefing.markings.profile import Profile
from briefing.store.ahead import Follows
from briefing.store.claims import Claims
from briefing.store.findings import Finding, Kind
from briefing.store.log import collector_at_rest
from briefing.store.port import Store, is_temporary
from briefing.store.strays import Stray, examine


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of an event: its file, its time, its parents."""

    name: str
    at: datetime
    parents: tuple[Digest, ...]


@dataclass
class Portion:
    """What is kept of the files of a portion; it grows with their number, not with their bytes."""

    known: dict[str, Known] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    bad: set[str] = field(default_factory=set)
    redactions: list[tuple[str, EventRedacted]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)
    strays: list[Stray] = field(default_factory=list)
    claims: Claims = field(default_factory=Claims)

    def again(self, store: Store, digest: str) -> Recorded:
        """Read an event a second time."""
        event = decode(store.read(self.known[digest].name))
        return Recorded(digest=Digest(digest), event=event)


def read_portion(store: Store, profile: Profile | None, names: Sequence[str]) -> Portion:
    """Read files, in the order of their names."""
    if isinstance(store, Follows):
        store.follow(names)
    reading = _Reading(store, profile)
    with collector_at_rest():
        for name in names:
            reading.file(name)
    return reading.found


class _Reading:
    """One reading of some files of a store."""

    def __init__(self, store: Store, profile: Profile | None) -> None:
        self.profile = profile
        self.store = store
        self.found = Portion()

    def file(self, name: str) -> None:
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
            self._say("altered", name, f"{what}: still syncing, or altered")
            self.found.bad.add(parsed.digest)
        self.found.strays.append(examine(name, data))

    def _unreadable(self, name: str, parsed: EventName | None, fault: str) -> None:
        self.found.unreadable.append(name)
        if parsed is not None:
            self.found.bad.add(parsed.digest)
            self._say("unreadable", name, f"it is there and cannot be read: {fault}")
        elif not is_temporary(name):
            self._say("stray", name, "no event by its name, and no file that can be read: a folder, or a link")

    def _event(self, parsed: EventName, data: bytes) -> None:
        """Take a file whose bytes hash to its name."""
        name, own = parsed.name, parsed.digest
        try:
            event = decode(data)
        except UnknownEvent as fault:
            self.found.known[own] = Known(name, parsed.at, fault.parents)
            self.found.unknown.add(own)
            self._say("unknown", name, f"{fault}; a newer briefing can read it")
            if isinstance(id_ := json.loads(data).get("id"), str):
                self.found.claims.bear(id_)
            return
        except InvalidEvent as fault:
            self.found.bad.add(own)
            self._say("invalid", name, f"it breaks the record format: {fault}")
            return
        if file_name(event, own) != name:
            self.found.bad.add(own)
            self.found.strays.append(examine(name, data))
            return
        self.found.known[own] = Known(name, event.recorded_at, tuple(map(Digest, event.parents)))
        if isinstance(event, EventRedacted):
            self.found.redactions.append((own, event))
        recorded = Recorded(digest=own, event=event)
        self.found.claims.see(recorded, self._again)
        self._mark(recorded)

    def _mark(self, one: Recorded) -> None:
        """Keep an event that gives a mark which the profile does not know, or that of which a correction does."""
        if self.profile and any(not known(self.profile, words) for words in given_marks(one.event)):
            self.found.unsure.add(getattr(one.event, "target", one.digest))

    def _say(self, kind: Kind, name: str, message: str) -> None:
        self.found.findings.append(Finding(kind, name, message))

    def _again(self, digest: str) -> Recorded:
        return self.found.again(self.store, digest)
