"""Who touches what in a record, and what is told newest of a thing: what slices ask. A log in memory answers it here.

The index of a folder answers the same; see `store/index.py`. Events go by their digests.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import cached_property
from typing import NamedTuple, Protocol

from briefing.events import Event, EventRedacted, MeetingPlanned, Occasion, Recorded
from briefing.latest import UNDATED, Dated, News, Promise, Told, dated, news, promises
from briefing.links import links
from briefing.roles import TO_EVENTS, Role
from briefing.window import Window

Digests = AbstractSet[str]


class Days(NamedTuple):
    """First and last day of what is told, as they are ordered."""

    first: str
    last: str


class Linked(Protocol):
    """Who touches what in a record."""

    def events(self, roles: Collection[Role], things: Digests) -> Digests:
        """Return the events that touch one of these things in one of these roles."""

    def things(self, roles: Collection[Role], events: Digests) -> Digests:
        """Return what these events touch in these roles."""

    def touched(self, roles: Collection[Role], events: Digests) -> Mapping[Role, Digests]:
        """Return what these events touch in each of these roles."""

    def here(self, digests: Digests) -> Digests:
        """Return those digests that are of events on record here."""

    def of_types(self, kinds: Collection[type[Event]]) -> Digests:
        """Return the events of some types."""

    def begin(self, digits: str) -> Digests:
        """Return the events whose digests begin with these digits."""


class Overtaken(Protocol):
    """What is told newest of a thing; days are those of the events as they were written.

    Of an event that nothing moves, that replaces nothing and whose id no other bears, they are sure to hold.
    """

    def newest(self, told: Told, thing: str, *, until: str, below: str, most: int) -> Sequence[Days]:
        """Return the days of the newest that are sure, by their last; begun `until` a day, over before `below`."""

    def since(self, told: Told, thing: str, day: str, until: str) -> Digests:
        """Return the events that tell it, over no earlier than `day` and begun by `until`, or undated; sure or not."""

    def moved(self, things: Digests, kinds: Collection[type[Event]]) -> Digests:
        """Return what may read otherwise now: of some types what names one of these things, what such events move."""

    def promised(self, of: str, until: str) -> Digests:
        """Return the events with a commitment of an agency or person that is not sure to be closed by a day."""

    def unclosed(self, until: str) -> Digests:
        """Return the events with any commitment that is not sure to be closed by a day."""


class Whole(Linked, Overtaken, Protocol):
    """All that slices ask of a record."""

    def things_told(self, told: Told, beginning: str) -> Digests:
        """Return the things that begin with some words and of which something of a kind is told."""

    def newest_at(self) -> datetime | None:
        """Return when the newest event was recorded."""

    def ends(self) -> Digests:
        """Return the heads, and the newest event."""

    def window(self, least: int, begin: datetime | None = None) -> Window | None:
        """Return what was recorded from a time on, and at least so many events; None where it cannot be told."""


class LinkedLog:
    """The answers of a log in memory; of what was redacted only links to other events, for its payload is gone."""

    def __init__(self, log: Sequence[Recorded]) -> None:
        """Take the events of a record."""
        self._log = {one.digest: one for one in log}
        self._events: dict[tuple[Role, str], set[str]] = defaultdict(set)
        self._things: dict[tuple[Role, str], set[str]] = defaultdict(set)
        self._types: dict[type[Event], set[str]] = defaultdict(set)
        redacted = {one.event.target for one in log if isinstance(one.event, EventRedacted)}
        self._readable = [one for one in log if one.digest not in redacted]
        for one in log:
            self._types[type(one.event)].add(one.digest)
            for role, thing in links(one.event):
                if one.digest in redacted and role not in TO_EVENTS:
                    continue
                self._events[role, thing].add(one.digest)
                self._things[role, one.digest].add(thing)

    # ── who touches what ──────────────────────────────────────────────────────────────────────

    def events(self, roles: Collection[Role], things: Digests) -> Digests:
        """Return the events that touch one of these things in one of these roles."""
        return set[str]().union(*(self._events.get((role, one), ()) for role in roles for one in things))

    def things(self, roles: Collection[Role], events: Digests) -> Digests:
        """Return what these events touch in these roles."""
        return set[str]().union(*self.touched(roles, events).values())

    def touched(self, roles: Collection[Role], events: Digests) -> Mapping[Role, Digests]:
        """Return what these events touch in each of these roles."""
        return {role: set[str]().union(*(self._things.get((role, one), ()) for one in events)) for role in roles}

    def here(self, digests: Digests) -> Digests:
        """Return those digests that are of events on record here."""
        return digests & self._log.keys()

    def of_types(self, kinds: Collection[type[Event]]) -> Digests:
        """Return the events of some types."""
        return set[str]().union(*(self._types.get(kind, ()) for kind in kinds))

    def begin(self, digits: str) -> Digests:
        """Return the events whose digests begin with these digits."""
        return {one for one in self._log if one.startswith(digits)}

    # ── what is told newest ───────────────────────────────────────────────────────────────────

    @cached_property
    def _dated(self) -> dict[tuple[Told, str], list[tuple[Dated, str]]]:
        found: dict[tuple[Told, str], list[tuple[Dated, str]]] = defaultdict(list)
        for one in self._readable:
            for row in dated(one.event):
                found[row.told, row.thing].append((row, one.digest))
        return found

    def newest(self, told: Told, thing: str, *, until: str, below: str, most: int) -> Sequence[Days]:
        """Return the days of the newest that are sure, by their last; begun `until` a day, over before `below`."""
        rows = [Days(row.first, row.last) for row, digest in self._dated.get((told, thing), ())
                if row.first <= until and row.last < below and self._sure(digest)]  # fmt: skip
        return sorted(rows, key=lambda one: (one.last, one.first), reverse=True)[:most]

    def since(self, told: Told, thing: str, day: str, until: str) -> Digests:
        """Return the events that tell it, over no earlier than `day` and begun by `until`, or undated; sure or not."""
        rows = self._dated.get((told, thing), ())
        return {digest for row, digest in rows if row.last >= day and (row.first <= until or row.first == UNDATED)}

    def things_told(self, told: Told, beginning: str) -> Digests:
        """Return the things that begin with some words and of which something of a kind is told."""
        return {thing for kind, thing in self._dated if kind is told and thing.startswith(beginning)}

    def _sure(self, digest: str) -> bool:
        """Tell whether an event reads as it was written: nothing moves it, it replaces nothing, its id is its own."""
        moved = self._events.get((Role.MOVES, digest)) or self._things.get((Role.ABOUT, digest))
        return not moved and not self._bearers(digest)

    def _bearers(self, digest: str) -> Digests:
        """Return the other events that bear an event's id; a meeting to come shares it with the one that was held."""
        bearers = self.events([Role.BEARS], self.things([Role.BEARS], {digest}))
        return bearers - {digest} - self.of_types([MeetingPlanned])

    def moved(self, things: Digests, kinds: Collection[type[Event]]) -> Digests:
        """Return what may read otherwise now: of some types what names one of these things, what such events move."""
        naming = self.events([Role.NAMES], things)
        overtaken = naming & self.of_types(kinds)
        return self.things([Role.MOVES], naming) | {one for one in overtaken if self._events.get((Role.MOVES, one))}

    # ── what was promised ─────────────────────────────────────────────────────────────────────

    @cached_property
    def _promised(self) -> dict[str, list[tuple[Promise, str]]]:
        found: dict[str, list[tuple[Promise, str]]] = defaultdict(list)
        for one in self._readable:
            if isinstance(one.event, Occasion):
                for promise in promises(one.event):
                    found[promise.of].append((promise, one.digest))
        return found

    @cached_property
    def _news(self) -> dict[str, list[tuple[News, str]]]:
        found: dict[str, list[tuple[News, str]]] = defaultdict(list)
        for one in self._readable:
            for row in news(one.event, one.digest):
                found[row.ref].append((row, one.digest))
        return found

    def promised(self, of: str, until: str) -> Digests:
        """Return the events with a commitment of an agency or person that is not sure to be closed by a day."""
        return {digest for one, digest in self._promised.get(of, ()) if not self._closed(one, digest, until)}

    def unclosed(self, until: str) -> Digests:
        """Return the events with any commitment that is not sure to be closed by a day."""
        return set[str]().union(*(self.promised(agency, until) for agency in self._promised))

    def _closed(self, promise: Promise, digest: str, until: str) -> bool:
        told = self._news.get(promise.ref, [])
        if not self._sure(digest) or any(self._events.get((Role.MOVES, of)) for _, of in told):
            return False
        last = max((row for row, _ in told if row.closes is not None), key=lambda row: row.at, default=None)
        return promise.closed if last is None else bool(last.closes) and last.day <= until

    def newest_at(self) -> datetime | None:
        """Return when the newest event was recorded."""
        return max((one.at for one in self._log.values()), default=None)

    # ── who follows whom ──────────────────────────────────────────────────────────────────────

    def ends(self) -> Digests:
        """Return the heads, and the newest event."""
        heads = self._log.keys() - self.things([Role.PARENT], self._log.keys())
        newest = max(self._log.values(), key=lambda one: (one.at, one.event.type, one.digest), default=None)
        return heads | ({newest.digest} if newest else set())

    def window(self, least: int, begin: datetime | None = None) -> Window | None:
        """Return what was recorded from a time on, and at least so many events; None where it cannot be told.

        That is so where an event follows what is not here, or is older than what it follows, or a redaction is new.
        """
        times = sorted((one.at for one in self._log.values()), reverse=True)
        starts = [*([times[least - 1]] if 0 < least <= len(times) else []), *([begin] if begin else [])]
        start = min(starts) if starts and least <= len(times) else None
        new = {digest: one for digest, one in self._log.items() if start is None or one.at >= start}
        old = {digest: one for digest, one in self._log.items() if digest not in new}
        followed = {parent for one in old.values() for parent in one.event.parents}
        parents = {digest: frozenset(one.event.parents) for digest, one in new.items()}
        if (
            not frozenset[str]().union(*parents.values()) <= self._log.keys()
            or followed & new.keys()
            or any(isinstance(one.event, EventRedacted) for one in new.values())
        ):
            return None
        before = max((one.at for one in old.values()), default=None)
        return Window({digest: one.at for digest, one in new.items()}, parents, old.keys() - followed, before)

