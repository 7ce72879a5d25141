"""Events about events: which events are live, and what a corrected event says now.

A retraction withdraws its target; retracting a correction restores what it replaced, retracting a
retraction restores its target. Corrections apply field by field in log order. Two live values of
one field, neither replacing the other directly or through a chain, are both kept: the later is
shown and the pair is a `Collision`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from briefing.events import Change, Event, EventCorrected, EventRetracted, Recorded
from briefing.state import Collision

_OF_THE_FILE = frozenset(["type", "schema", "recorded_at", "recorded_by", "origin", "parents", "nonce", "replaces"])
"""What says which event it is and who wrote it; a correction is about what it says."""


@dataclass(frozen=True, slots=True)
class Amended:
    """The live events as they read now, with their digests, in log order; and what was withdrawn."""

    live: tuple[tuple[str, Event], ...]
    withdrawn: frozenset[str]
    collisions: tuple[Collision, ...]


def amend(log: Sequence[Recorded]) -> Amended:
    """Apply retractions and corrections to a log in name order."""
    withdrawn = _withdrawn(log)
    above = _replaced(log)
    corrections: dict[str, list[Recorded]] = {}
    for one in log:
        if isinstance(one.event, EventCorrected) and one.digest not in withdrawn:
            corrections.setdefault(one.event.target, []).append(one)
    live: list[tuple[str, Event]] = []
    collisions: list[Collision] = []
    for one in log:
        if one.digest in withdrawn or isinstance(one.event, EventCorrected | EventRetracted):
            continue
        changes = corrections.get(one.digest, [])
        live.append((one.digest, _corrected(one.event, changes, collisions) if changes else one.event))
        collisions.extend(_concurrent(changes, above))
    return Amended(live=tuple(live), withdrawn=frozenset(withdrawn), collisions=tuple(collisions))


def _withdrawn(log: Sequence[Recorded]) -> set[str]:
    """Walk from the newest: a retraction that nothing later withdrew takes its target."""
    withdrawn: set[str] = set()
    for one in reversed(log):
        if isinstance(one.event, EventRetracted) and one.digest not in withdrawn:
            withdrawn.add(one.event.target)
    return withdrawn


def _replaced(log: Sequence[Recorded]) -> dict[str, set[str]]:
    """Return what each correction replaces, directly or through a chain; a withdrawn link still holds the chain."""
    above: dict[str, set[str]] = {}
    for one in log:
        if isinstance(one.event, EventCorrected):
            direct = set(one.event.replaces)
            above[one.digest] = direct.union(*(above.get(earlier, set()) for earlier in direct))
    return above


def _corrected(event: Event, corrections: list[Recorded], collisions: list[Collision]) -> Event:
    """Return an event as it reads now; a correction that cannot hold is left out, alone and with a collision."""
    for one in corrections:
        assert isinstance(one.event, EventCorrected)
        values = event.model_dump(mode="json", by_alias=True)
        missed = [change for change in one.event.changes if not set_path(values, change)]
        collisions += [Collision(what=f"no field {change.path}", kept="", other=one.digest) for change in missed]
        try:
            event = type(event).model_validate_json(json.dumps(values))
        except ValidationError:
            what = "a correction that leaves no valid event"
            collisions.append(Collision(what=what, kept="", other=one.digest))
    return event


def set_path(values: dict[str, Any], change: Change) -> bool:
    """Set one field in a dumped event, lists addressed by the id of their item; False when there is no such field."""
    *parents, last = change.path.split("/")
    if not parents and last in _OF_THE_FILE:
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


def _concurrent(corrections: list[Recorded], above: dict[str, set[str]]) -> list[Collision]:
    """Return a collision for each field with two values of which neither replaces the other."""
    values: dict[str, dict[str, object]] = {}
    for one in corrections:
        assert isinstance(one.event, EventCorrected)
        for change in one.event.changes:
            values.setdefault(change.path, {})[one.digest] = change.value
    found: list[Collision] = []
    for path, given in values.items():
        *others, shown = (digest for digest in given if not any(digest in above[later] for later in given))
        found.extend(
            Collision(what=f"two values of {path}", kept=shown, other=digest)
            for digest in others
            if given[digest] != given[shown]
        )
    return found
