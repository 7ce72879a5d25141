"""Events about events: which events are live, and what a corrected event says now.

A retraction withdraws its target; retracting a correction restores what it replaced, retracting a
retraction restores its target. Corrections apply field by field in log order. Two live values of
one field, neither replacing the other directly or through a chain, are both kept: the later is
shown and the pair is a `Collision`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import to_json

from briefing.events import Event, EventCorrected, EventRedacted, EventRetracted, Recorded, SourceRegistered
from briefing.payload import Change
from briefing.state import Collision

ABOUT_EVENTS = (EventCorrected, EventRetracted, EventRedacted)
"""The events that change how others are read, and put nothing on the state of their own."""

_ABOUT_EVENTS = frozenset(ABOUT_EVENTS)

OF_THE_FILE = frozenset(["type", "schema", "recorded_at", "recorded_by", "origin", "parents", "nonce", "replaces"])
"""What says which event it is and who wrote it; a correction is about what it says."""


@dataclass(frozen=True, slots=True)
class Amended:
    """The live events as they read now, with their digests, in log order; and what was withdrawn.

    `twins` leads from an event that says again what an earlier one says to that one; `replaced` gives
    what each event replaces, directly; `corrected` when events were corrected; `origins` by what request
    each event was written, the newest of those that one wrote; `newest` is the last event of all.
    """

    live: tuple[tuple[str, Event], ...]
    withdrawn: frozenset[str]
    collisions: tuple[Collision, ...]
    twins: Mapping[str, str]
    replaced: Mapping[str, frozenset[str]]
    corrected: Mapping[str, tuple[datetime, ...]]
    origins: dict[str, str]
    newest: Recorded | None

    def above(self, digest: str) -> set[str]:
        """Return what an event replaces, directly or through a chain."""
        return _above([digest], self.replaced)


def amend(log: Sequence[Recorded]) -> Amended:
    """Apply retractions and corrections to events, in whatever order they come; "later" means later in name order."""
    seen = _Seen(log)
    if not seen.in_order:
        log = sorted(log, key=lambda one: ((event := one.event).recorded_at, event.type, one.digest))
        seen = _Seen(log)
    redacted = {target for _, target in seen.about[EventRedacted]}
    withdrawn = _withdrawn(redacted, seen.about[EventRetracted])
    twins = _twins(seen.telling, withdrawn)
    replaced = _replaced(seen.replacing, redacted, twins)
    corrections: dict[str, list[Recorded]] = {}
    for one, target in seen.about[EventCorrected]:
        if one.digest not in withdrawn:
            corrections.setdefault(twins.get(target, target), []).append(one)
    live: list[tuple[str, Event]] = []
    collisions: list[Collision] = []
    for one in log:
        own, event = one.digest, one.event
        if own in withdrawn or own in twins or type(event) in _ABOUT_EVENTS:
            continue
        if own in corrections:
            event = corrected_by(event, corrections[own], collisions)
            collisions.extend(concurrent(_values(corrections[own]), replaced))
        live.append((own, event))
    return Amended(
        live=tuple(live), withdrawn=frozenset(withdrawn), collisions=tuple(collisions), twins=twins, replaced=replaced,
        corrected={target: tuple(one.at for one in changes) for target, changes in corrections.items()},
        origins=seen.origins, newest=log[-1] if log else None,
    )  # fmt: skip


class _Seen:
    """What one pass over a log finds: a large record is not in the processor's cache the next time."""

    def __init__(self, log: Sequence[Recorded]) -> None:
        """Find the events about events, those that tell of one id, and those that replace others."""
        self.about: dict[type[Event], list[tuple[Recorded, str]]] = defaultdict(list)
        self.telling: dict[tuple[type[Event], str], list[Recorded]] = {}
        self.replacing: list[Recorded] = []
        self.origins: dict[str, str] = {}
        self.in_order = True
        """Whether every event was recorded after the one before it; of two of one time it is not looked at."""
        first: dict[type[Event], dict[str, Recorded]] = defaultdict(dict)
        before = datetime.min.replace(tzinfo=UTC)
        for one in log:
            kind, said = type(one.event), one.event.__dict__
            if (at := said["recorded_at"]) <= before:
                self.in_order = False
            before = at
            self.origins[said["origin"]] = one.digest
            if kind in _ABOUT_EVENTS:
                self.about[kind].append((one, said["target"]))
            elif (id_ := said.get("id")) and (earlier := first[kind].setdefault(id_, one)) is not one:
                self.telling.setdefault((kind, id_), [earlier]).append(one)
            if said["replaces"]:
                self.replacing.append(one)


def _withdrawn(redacted: Collection[str], retractions: Sequence[tuple[Recorded, str]]) -> set[str]:
    """Walk from the newest: a retraction that nothing later withdrew takes its target; a redaction does for good."""
    withdrawn = set(redacted)
    for one, target in reversed(retractions):
        if one.digest not in withdrawn:
            withdrawn.add(target)
    return withdrawn


def _twins(telling: Mapping[Any, Sequence[Recorded]], withdrawn: Collection[str]) -> dict[str, str]:
    """Return the events that say of one id what an earlier one says: two writers, apart, recorded one thing."""
    twins: dict[str, str] = {}
    for of_one in telling.values():
        first: dict[object, str] = {}
        for one in of_one:
            if one.digest not in withdrawn and (twin := first.setdefault(_said(one.event), one.digest)) != one.digest:
                twins[one.digest] = twin
    return twins


def _said(event: Event) -> object:
    """Return what an event says, apart from its envelope; of a source, its text alone."""
    if isinstance(event, SourceRegistered):
        return event.text
    return tuple(value for name, value in vars(event).items() if name not in Event.model_fields)


def _replaced(
    replacing: Iterable[Recorded], redacted: Collection[str], twins: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """Return what each event replaces; a withdrawn one still holds the chain.

    A redacted one does not: its file is away in some copies, and all of them are to say the same.
    """
    return {
        one.digest: frozenset(one.event.replaces).union(twins.get(each, each) for each in one.event.replaces)
        for one in replacing
        if one.digest not in redacted
    }


def corrected_by(event: Event, corrections: Sequence[Recorded], collisions: list[Collision]) -> Event:
    """Return an event as corrections leave it; one that cannot hold is left out, alone and with a collision."""
    kind = type(event)
    for one in corrections:
        assert isinstance(one.event, EventCorrected)
        named = {change.path.partition("/")[0] for change in one.event.changes} & kind.__pydantic_fields__.keys()
        values = event.model_dump(mode="json", by_alias=True, include=named)
        missed = [change for change in one.event.changes if not set_path(values, change)]
        collisions += [Collision(what=f"no field {change.path}", kept="", other=one.digest) for change in missed]
        try:
            event = event.but({name: _reader(kind, name)(to_json(values[name])) for name in named & values.keys()})
        except ValidationError:
            what = "a correction that leaves no valid event"
            collisions.append(Collision(what=what, kept="", other=one.digest))
    return event


@cache
def _reader(kind: type[Event], name: str) -> Callable[[bytes], Any]:
    """Return what reads a field of a type from JSON, alone; raises ValidationError where it cannot be one.

    The others are valid as they stand: the fields of an event are held against nothing but themselves.
    """
    assert not kind.__pydantic_decorators__.model_validators
    about = kind.model_fields[name]
    whole: Any = Annotated[(about.annotation, *about.metadata)] if about.metadata else about.annotation
    return TypeAdapter(whole, config=ConfigDict(strict=True)).validator.validate_json


def set_path(values: dict[str, Any], change: Change) -> bool:
    """Set one field in a dumped event, lists addressed by the id of their item; False when there is no such field."""
    *parents, last = change.path.split("/")
    if not parents and last in OF_THE_FILE:
        return False
    place: Any = values
    for step in parents:
        place = _step(place, step)
    if isinstance(place, dict) and last in place:
        place[last] = change.value
        return True
    return False


def _step(place: Any, step: str) -> Any:
    if isinstance(place, dict):
        return place.get(step)
    if isinstance(place, tuple | list):
        return next((item for item in place if isinstance(item, dict) and item.get("id") == step), None)
    return None


def _values(corrections: list[Recorded]) -> dict[str, dict[str, object]]:
    values: dict[str, dict[str, object]] = {}
    for one in corrections:
        assert isinstance(one.event, EventCorrected)
        for change in one.event.changes:
            values.setdefault(change.path, {})[one.digest] = change.value
    return values


def concurrent(
    values: Mapping[str, Mapping[str, object]], replaced: Mapping[str, frozenset[str]]
) -> Iterator[Collision]:
    """Yield a collision for each field with two values of which neither replaces the other.

    `values` holds, by field, what each event sets, in log order; the last is the one that is shown.
    """
    for field, given in values.items():
        if len(given) > 1:
            above = _above(given, replaced)
            *others, shown = [digest for digest in given if digest not in above] or given
            for digest in others:
                if given[digest] != given[shown]:
                    yield Collision(what=f"two values of {field}", kept=shown, other=digest)


def _above(digests: Iterable[str], replaced: Mapping[str, frozenset[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(digests)
    while waiting:
        fresh = replaced.get(waiting.pop(), frozenset()) - found
        found |= fresh
        waiting += fresh
    return found
