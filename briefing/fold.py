"""What a fold gathers while it runs: things by id, names, single values; and how an entry takes up a later one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from briefing.events import (
    CommitmentUpdated,
    DifferenceSettled,
    Event,
    MeetingHeld,
    MeetingPlanned,
    Named,
    NoteCleared,
    NoteIssued,
    NoteReturned,
    NoteSeen,
    ObjectiveScored,
    VisitReported,
)
from briefing.spelling import fold_name
from briefing.state import Assessment, Collision, Fact, Line, RegisterKind, Score, Settlement, Update

PLAN = "plan of "
"""Before an id in `digests`: a planned and a held meeting bear one id, and are two things."""


@dataclass
class Fold:
    """What is being gathered; frozen into a `BriefingState` once, at the end."""

    register: dict[RegisterKind, dict[str, Any]] = field(
        default_factory=lambda: {"source": {}, "agency": {}, "person": {}, "topic": {}, "visit": {}}
    )
    occasions: dict[str, MeetingHeld | VisitReported] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    assessments: dict[str, Assessment] = field(default_factory=dict)
    updates: dict[str, list[Update]] = field(default_factory=dict)
    settlements: dict[str, Settlement] = field(default_factory=dict)
    plans: dict[str, MeetingPlanned] = field(default_factory=dict)
    scores: dict[str, Score] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    issued: dict[str, NoteIssued] = field(default_factory=dict)
    editions: dict[tuple[str, int], str] = field(default_factory=dict)
    cleared: dict[str, NoteCleared] = field(default_factory=dict)
    seen: dict[str, list[NoteSeen]] = field(default_factory=dict)
    returned: dict[str, list[NoteReturned]] = field(default_factory=dict)
    collisions: list[Collision] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    names: dict[RegisterKind, dict[str, str]] = field(default_factory=dict)
    twins: Mapping[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    told: dict[str, list[tuple[str, Event]]] = field(default_factory=dict)
    """What tells single values of a thing, by its id or reference, in log order, with digests."""

    def tell(self, thing: str, digest: str, event: Event) -> None:
        """Keep that an event tells values of a thing; see `values`."""
        self.told.setdefault(thing, []).append((digest, event))

    def values(self) -> dict[str, dict[str, object]]:
        """Return what was told of one thing more than once, by field: its values by the digests of their events."""
        found: dict[str, dict[str, object]] = {}
        for thing, told in self.told.items():
            for digest, event in told if len(told) > 1 else ():
                for name, value in given(event).items():
                    found.setdefault(f"{thing}/{name}", {})[digest] = value
        return found

    def claim(self, id_: str, digest: str, event: Event, taken: Mapping[str, object], *, space: str = "") -> str:
        """Return the id under which a thing is kept.

        That of the event it replaces; else its own; else id~8hex, where another thing of its `space` bears it.
        """
        kept: str | None = None
        replaced: tuple[str, ...] = ()
        if not event.replaces and (name := space + id_) not in self.digests:  # nearly always
            self.digests[name] = digest
            self.kept[digest] = id_
            return id_
        if event.replaces:
            replaced = tuple(self.twins.get(one, one) for one in event.replaces)
            kept = next((one for earlier in replaced if (one := self.kept.get(earlier)) in taken), None)
        if kept is None and space + id_ in self.digests:
            kept = f"{id_}~{digest[:8]}"
            self.collisions.append(Collision(what=f"the id {id_}", kept=self.digests[space + id_], other=digest))
        kept = kept or id_
        self.digests[space + kept] = digest
        for one in (digest, *replaced):
            self.kept[one] = kept
        return kept

    def name(self, kind: RegisterKind, id_: str, *names: str | None) -> None:
        """Make a thing findable by its names; the first to bear a name keeps it."""
        known = self.names.setdefault(kind, {})
        known.setdefault(id_, id_)
        for one in names:
            if one:
                known.setdefault(fold_name(one), id_)


_OF_ONE_WRITING = frozenset(Event.model_fields) - {"marking", "recorded_for", "file_ref", "retention"}


def updated(old: Named, new: Named) -> Named:
    """Return an entry with what a later one adds: fields it gives replace, lists grow, its id stays."""
    earlier, later = old.__dict__, new.__dict__
    values: dict[str, Any] = {name: earlier[name] for name, default in _single(type(new)) if later[name] == default}
    for name in _lists(type(new)):
        both = (*earlier[name], *later[name])
        values[name] = tuple(dict.fromkeys(both)) if len(both) > 1 else both
    return new.but({**values, "id": old.id})


def given(event: Event) -> dict[str, object]:
    """Return the single values that an event gives to what it tells of: those of which two may be in collision."""
    said = event.__dict__
    if (names := _TOLD.get(type(event))) is not None:
        return {name: said[name] for name in names if said[name] is not None}
    return {name: said[name] for name, default in _single(type(event)) if said[name] != default}


_TOLD: dict[type[Event], tuple[str, ...]] = {
    CommitmentUpdated: ("status", "due"),
    ObjectiveScored: ("score",),
    DifferenceSettled: ("uses",),
}
"""The fields of events that tell of what others put on record; an entry of the register tells all of its own."""


@cache
def _single(kind: type[Event]) -> tuple[tuple[str, object], ...]:
    """Return the fields of a type that hold one value, each with its default."""
    fields = kind.model_fields.items()
    return tuple((name, about.default) for name, about in fields if name not in _OF_ONE_WRITING and about.default != ())


@cache
def _lists(kind: type[Named]) -> tuple[str, ...]:
    fields = kind.model_fields.items()
    return tuple(name for name, about in fields if name not in _OF_ONE_WRITING and about.default == ())
