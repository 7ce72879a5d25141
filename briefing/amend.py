"""Events about events: which events are live, and what a corrected event says now.

A retraction withdraws its target; retracting a correction restores what it replaced, retracting a
retraction restores its target. Corrections apply field by field in log order. Two live values of
one field, neither replacing the other directly or through a chain, are both kept: the later is
shown and the pair is a `Collision`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from pydantic_core import to_json

from briefing.events import Event, EventCorrected, EventRedacted, EventRetracted, Recorded, SourceRegistered
from briefing.payload import Change
from briefing.state import Collision

ABOUT_EVENTS = (EventCorrected, EventRetracted, EventRedacted)
"""The events that change how others are read, and put nothing on the state of their own."""

OF_THE_FILE = frozenset(["type", "schema", "recorded_at", "recorded_by", "origin", "parents", "nonce", "replaces"])
"""What says which event it is and who wrote it; a correction is about what it says."""


@dataclass(frozen=True, slots=True)
class Amended:
    """The live events as they read now, with their digests, in log order; and what was withdrawn.

    `twins` leads from an event that says again what an earlier one says to that one; `above` gives
    what each event replaces, directly or through a chain; `corrected` when events were corrected.
    """

    live: tuple[tuple[str, Event], ...]
    withdrawn: frozenset[str]
    collisions: tuple[Collision, ...]
    twins: Mapping[str, str]
    above: Mapping[str, frozenset[str]]
    corrected: Mapping[str, tuple[datetime, ...]]


def amend(log: Sequence[Recorded]) -> Amended:
    """Apply retractions and corrections to a log in name order."""
    withdrawn = _withdrawn(log)
    twins = _twins([one for one in log if one.digest not in withdrawn])
    redacted = {one.event.target for one in log if isinstance(one.event, EventRedacted)}
    above = _replaced([one for one in log if one.digest not in redacted], twins)
    corrections: dict[str, list[Recorded]] = {}
    for one in log:
        if isinstance(one.event, EventCorrected) and one.digest not in withdrawn:
            corrections.setdefault(twins.get(one.event.target, one.event.target), []).append(one)
    live: list[tuple[str, Event]] = []
    collisions: list[Collision] = []
    for one in log:
        if one.digest in withdrawn or one.digest in twins or isinstance(one.event, ABOUT_EVENTS):
            continue
        event = one.event
        if changes := corrections.get(one.digest):
            event = corrected_by(event, changes, collisions)
            collisions.extend(concurrent(_values(changes), above))
        live.append((one.digest, event))
    return Amended(
        live=tuple(live), withdrawn=frozenset(withdrawn), collisions=tuple(collisions), twins=twins, above=above,
        corrected={target: tuple(one.at for one in changes) for target, changes in corrections.items()},
    )  # fmt: skip


def _withdrawn(log: Sequence[Recorded]) -> set[str]:
    """Walk from the newest: a retraction that nothing later withdrew takes its target; a redaction does for good."""
    withdrawn: set[str] = {one.event.target for one in log if isinstance(one.event, EventRedacted)}
    for one in reversed(log):
        if isinstance(one.event, EventRetracted) and one.digest not in withdrawn:
            withdrawn.add(one.event.target)
    return withdrawn


def _twins(live: Sequence[Recorded]) -> dict[str, str]:
    """Return the events that say of one id what an earlier one says: two writers, apart, recorded one thing."""
    said: dict[tuple[str, str], list[Recorded]] = {}
    twins: dict[str, str] = {}
    for one in live:
        if (id_ := vars(one.event).get("id")) is not None:
            earlier = said.setdefault((one.event.type, id_), [])
            twin = next((other.digest for other in earlier if _say_the_same(other.event, one.event)), None)
            if twin is None:
                earlier.append(one)
            else:
                twins[one.digest] = twin
    return twins


def _say_the_same(one: Event, other: Event) -> bool:
    if isinstance(one, SourceRegistered) and isinstance(other, SourceRegistered):
        return one.text == other.text
    envelope = {name: getattr(one, name) for name in Event.model_fields}
    return one == other.model_copy(update=envelope)


def _replaced(log: Sequence[Recorded], twins: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return what each event replaces, directly or through a chain; a withdrawn link still holds the chain.

    A redacted one does not: its file is away in some copies, and all of them are to say the same.
    """
    above: dict[str, frozenset[str]] = {}
    for one in log:
        if one.event.replaces:
            direct = frozenset(one.event.replaces).union(twins.get(earlier, earlier) for earlier in one.event.replaces)
            above[one.digest] = direct.union(*(above.get(earlier, frozenset()) for earlier in direct))
    return above


def corrected_by(event: Event, corrections: Sequence[Recorded], collisions: list[Collision]) -> Event:
    """Return an event as corrections leave it; one that cannot hold is left out, alone and with a collision."""
    for one in corrections:
        assert isinstance(one.event, EventCorrected)
        values = event.model_dump(mode="json", by_alias=True)
        missed = [change for change in one.event.changes if not set_path(values, change)]
        collisions += [Collision(what=f"no field {change.path}", kept="", other=one.digest) for change in missed]
        try:
            event = type(event).model_validate_json(to_json(values))
        except ValidationError:
            what = "a correction that leaves no valid event"
            collisions.append(Collision(what=what, kept="", other=one.digest))
    return event


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


def concurrent(values: Mapping[str, Mapping[str, object]], above: Mapping[str, frozenset[str]]) -> Iterator[Collision]:
    """Yield a collision for each field with two values of which neither replaces the other.

    `values` holds, by field, what each event sets, in log order; the last is the one that is shown.
    """
    for field, given in values.items():
        if len(given) > 1:
            replaced = frozenset[str]().union(*(above.get(digest, frozenset()) for digest in given))
            *others, shown = (digest for digest in given if digest not in replaced)
            for digest in others:
                if given[digest] != given[shown]:
                    yield Collision(what=f"two values of {field}", kept=shown, other=digest)
