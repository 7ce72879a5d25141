"""What changed between two parts of the log: each event that the later one has more, and what it did. Pure.

An event is judged by what its writer saw: the old value of a correction is the one that stood before
those events that it follows, whatever other offices wrote meanwhile. So a merge adds entries, and
alters none. What was redacted is told by its redaction alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Literal

from briefing.amend import ABOUT_EVENTS, OF_THE_FILE, amend
from briefing.ancestry import Lineage
from briefing.as_of import left_out
from briefing.events import (
    CommitmentUpdated,
    Event,
    EventCorrected,
    EventRedacted,
    EventRetracted,
    Named,
    Recorded,
)
from briefing.payload import Model
from briefing.projector import Running
from briefing.state import BriefingState

Kind = Literal["entered", "updated", "corrected", "withdrawn", "restored", "reverted", "redacted"]


@dataclass(frozen=True, slots=True)
class Field:
    """One value that changed, by path ("points/p2/say"); plain JSON, None where there was or is none."""

    path: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """One event that is new, and what it did.

    `subject` is what it is about, as it read before: the event that was corrected or withdrawn; None
    where that is redacted or not here. `stands` tells whether it still holds. A retraction that brings
    an event back is "restored", one that takes back a correction of it "reverted". `rests_on` are all events about the
    same thing; none where it is gone.
    """

    kind: Kind
    digest: str
    event: Event
    subject: Event | None = None
    fields: tuple[Field, ...] = ()
    stands: bool = True
    rests_on: tuple[Event, ...] = ()

    @property
    def at(self) -> datetime:
        """When it was recorded, UTC."""
        return self.event.recorded_at


def changes(
    earlier: Iterable[Recorded], later: Iterable[Recorded], *, as_of: date | None = None,
    lineage: Lineage = MappingProxyType({}),
) -> tuple[Changed, ...]:  # fmt: skip
    """Return what the later part of a log has more than the earlier, in log order, one for each event.

    With `as_of`, what had not happened by that day is left out. Of a part of a record, `lineage` says who follows whom.
    """
    log = sorted(later, key=lambda one: (one.at, one.event.type, one.digest))
    known = {one.digest for one in earlier}
    if as_of is not None:
        known |= left_out(log, as_of)
    told = _Log(log, lineage)
    known |= told.redacted
    return tuple(replace(told.change(one), rests_on=told.resting(one)) for one in log if one.digest not in known)


class _Log:
    """A log, looked up by what its events are about."""

    def __init__(self, log: Sequence[Recorded], lineage: Lineage = MappingProxyType({})) -> None:
        through = {one.event.target: one.event.target_parents for one in log if isinstance(one.event, EventRedacted)}
        self.redacted = through.keys()
        self._parents = {**through, **{one.digest: one.event.parents for one in log}, **lineage}
        self._place = {one.digest: n for n, one in enumerate(log)}
        self._after_all = set(self._following_all(log))
        self._events = {one.digest: one for one in log if one.digest not in self.redacted}
        self._withdrawn = amend(log).withdrawn
        self._about: dict[str, list[Recorded]] = {}
        self._alike: dict[str, list[Recorded]] = {}
        for one in self._events.values():
            if isinstance(one.event, ABOUT_EVENTS):
                self._about.setdefault(one.event.target, []).append(one)
            elif id_ := getattr(one.event, "id", None) or getattr(one.event, "commitment", None):
                self._alike.setdefault(id_, []).append(one)

    def change(self, one: Recorded) -> Changed:
        """Return what one event did."""
        event = one.event
        if isinstance(event, EventRedacted):
            return Changed("redacted", one.digest, event)
        stands = one.digest not in self._withdrawn
        if isinstance(event, EventCorrected | EventRetracted):
            return self._about_another(one, event, stands=stands)
        if isinstance(event, CommitmentUpdated):
            before, after = self._states(one, [event.commitment, event.commitment.partition("/")[0]])
            fields = tuple(_differing(_commitment(before, event.commitment), _commitment(after, event.commitment)))
            return Changed("updated", one.digest, event, fields=fields, stands=stands)
        if event.replaces and isinstance(event, Named):
            before, after = self._states(one, [event.id])
            kept = next((id_ for id_, digest in after.digests.items() if digest == one.digest), event.id)
            old, new = _entry(before, kept), _entry(after, kept)
            if old is not None and new is not None:
                return Changed("updated", one.digest, event, old, tuple(_differing(_plain(old), _plain(new))), stands)
        return Changed("entered", one.digest, event, stands=stands)

    def resting(self, one: Recorded) -> tuple[Event, ...]:
        """Return all events about what one event is about, however it reads now; none where that was redacted."""
        event, things = one.event, [one]
        if isinstance(event, ABOUT_EVENTS):
            if (root := self._root(event.target)) is None:
                return ()
            things.append(root)
        if isinstance(event, CommitmentUpdated):
            ids = (event.commitment, event.commitment.partition("/")[0])
            things += (like for id_ in ids for like in self._alike.get(id_, ()))
        return tuple(each.event for each in self._concerning(things))

    def _about_another(self, one: Recorded, event: EventCorrected | EventRetracted, *, stands: bool) -> Changed:
        """Return what a correction or a retraction did to the event that it is about in the end."""
        root = self._root(event.target)
        if root is None:
            return Changed("corrected" if isinstance(event, EventCorrected) else "withdrawn", one.digest, event,
                           stands=stands)  # fmt: skip
        seen = [root, *self._seen_by(one, self._concerning([root]))]
        before, after = _reading(seen, root), _reading([*seen, one], root)
        fields = tuple(_differing(_plain(before), _plain(after))) if before and after else ()
        kind: Kind = "corrected"
        if isinstance(event, EventRetracted):
            kind = "reverted" if before and after else "restored" if after else "withdrawn"
        return Changed(kind, one.digest, event, before or root.event, fields, stands)

    def _root(self, target: str) -> Recorded | None:
        """Return the event that others are about in the end; None where it, or a link to it, is not here."""
        while (one := self._events.get(target)) is not None and isinstance(one.event, ABOUT_EVENTS):
            target = one.event.target
        return one

    def _states(self, one: Recorded, ids: Sequence[str]) -> tuple[BriefingState, BriefingState]:
        """Return what the writer of an event saw of some things, and the same with the event."""
        seen = self._seen_by(one, self._concerning([like for id_ in ids for like in self._alike.get(id_, ())]))
        return Running(seen).state, Running([*seen, one]).state

    def _concerning(self, things: Sequence[Recorded]) -> list[Recorded]:
        """Return events, those that say the same of the same thing, and all that are about any of them."""
        found: dict[str, Recorded] = {}
        todo = list(things)
        while todo:
            one = todo.pop()
            if one.digest not in found:
                found[one.digest] = one
                todo += self._about.get(one.digest, ())
                if (id_ := getattr(one.event, "id", None)) is not None:
                    todo += (like for like in self._alike[id_] if like.event.type == one.event.type)
        return list(found.values())

    def _following_all(self, log: Sequence[Recorded]) -> Iterator[str]:
        """Yield the events that follow every one before them in the log: those that name all heads of the time."""
        heads: set[str] = set()
        for one in log:
            named: set[str] = set()
            todo = list(self._parents[one.digest])
            while todo:
                named.add(digest := todo.pop())
                if digest not in self._place:  # its file is gone, and a redaction says what it followed
                    todo += set(self._parents.get(digest, ())) - named
            if heads <= named:
                yield one.digest
            heads = (heads - named) | {one.digest}

    def _seen_by(self, one: Recorded, wanted: Sequence[Recorded]) -> list[Recorded]:
        """Return those of some events that an event follows, directly or through others.

        The search ends at an event that follows all before it: in a record of one office, at the first.
        """
        behind: set[str] = set()
        all_before = -1
        todo = [one.digest]
        while todo:
            digest = todo.pop()
            if digest in self._after_all:
                all_before = max(all_before, self._place[digest])
            else:
                todo += set(self._parents.get(digest, ())) - behind
            behind.add(digest)
        return [other for other in wanted if other.digest != one.digest
                and (other.digest in behind or self._place[other.digest] < all_before)]  # fmt: skip


def _reading(log: Iterable[Recorded], root: Recorded) -> Event | None:
    """Return an event as it reads in a log; None where it is withdrawn."""
    unique = {one.digest: one for one in log}
    amended = amend([*unique.values()])
    wanted = (root.digest, amended.twins.get(root.digest))
    return next((event for digest, event in amended.live if digest in wanted), None)


def _entry(state: BriefingState, id_: str) -> Event | None:
    """Return an entry of the register by its id."""
    registers: tuple[Mapping[str, Event], ...] = (
        state.sources, state.agencies, state.people, state.topics, state.visits,
    )  # fmt: skip
    return next((one for register in registers if (one := register.get(id_)) is not None), None)


def _commitment(state: BriefingState, ref: str) -> dict[str, Any]:
    """Return what the news of a commitment may change: its status and due date; nothing where it is not there."""
    found = next((one.commitment for one in state.commitments if one.ref == ref), None)
    return found.model_dump(mode="json", include={"status", "due"}) if found else {}


def _plain(part: Model) -> dict[str, Any]:
    """Return what an event says as plain JSON, without what says which file it is."""
    values = part.model_dump(mode="json", by_alias=True)
    return {name: value for name, value in values.items() if name not in OF_THE_FILE}


def _differing(old: Mapping[str, Any], new: Mapping[str, Any], at: str = "") -> Iterator[Field]:
    """Yield the values that differ; of lists of points, commitments and the like, item by item."""
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before == after:
            continue
        items = _by_id(before), _by_id(after)
        if None in items or not (items[0] or items[1]):
            yield Field(f"{at}{name}", before, after)
            continue
        was, is_ = items[0] or {}, items[1] or {}
        for id_ in dict.fromkeys((*was, *is_)):
            if id_ in was and id_ in is_:
                yield from _differing(was[id_], is_[id_], f"{at}{name}/{id_}/")
            else:
                yield Field(f"{at}{name}/{id_}", was.get(id_), is_.get(id_))


def _by_id(value: Any) -> dict[str, Any] | None:
    """Return the items of a list by their id; None for any other value."""
    if not isinstance(value, list) or not all(isinstance(item, dict) and "id" in item for item in value):
        return None
    return {item["id"]: item for item in value}
