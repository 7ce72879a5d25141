"""The fold: events in log order → a briefing state.

Two passes, each a table of small functions by event type. The first settles which events are live
and what they say now (`event.retracted`, `event.corrected`); the second applies what is left.
Pure: no I/O, no clock, no chance; the same events give the same state in any order of merging.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from briefing.amend import amend, concurrent
from briefing.as_of import happened_by
from briefing.dates import Span
from briefing.differences import differences
from briefing.events import (
    AgencyDescribed,
    AssessmentRecorded,
    CommitmentUpdated,
    DifferenceSettled,
    Event,
    FactStated,
    MeetingHeld,
    Named,
    PersonDescribed,
    Recorded,
    SourceRegistered,
    TopicDescribed,
    VisitDescribed,
    VisitReported,
)
from briefing.gaps import gaps
from briefing.payload import Commitment
from briefing.stand_ins import gone, with_stand_ins
from briefing.state import (
    Assessment,
    BriefingState,
    Collision,
    Fact,
    Gap,
    Meeting,
    OpenItem,
    RegisterKind,
    Settlement,
    Update,
    fold_name,
)


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
    collisions: list[Collision] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    names: dict[tuple[RegisterKind, str], str] = field(default_factory=dict)
    twins: Mapping[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, object]] = field(default_factory=dict)

    def claim(self, id_: str, digest: str, event: Event, taken: Mapping[str, object]) -> str:
        """Return the id under which a thing is kept.

        That of the event it replaces; else its own; else id~8hex, where another thing bears it.
        """
        replaced = [self.twins.get(one, one) for one in event.replaces]
        kept = next((one for earlier in replaced if (one := self.kept.get(earlier)) in taken), None)
        if kept is None and id_ in self.digests:
            kept = f"{id_}~{digest[:8]}"
            self.collisions.append(Collision(what=f"the id {id_}", kept=self.digests[id_], other=digest))
        kept = kept or id_
        self.digests[kept] = digest
        self.kept.update(dict.fromkeys((digest, *replaced), kept))
        return kept

    def name(self, kind: RegisterKind, id_: str, *names: str | None) -> None:
        """Make a thing findable by its names; the first to bear a name keeps it."""
        for one in (id_, *names):
            if one:
                self.names.setdefault((kind, fold_name(one)), id_)


_OF_ONE_WRITING = frozenset(Event.model_fields) - {"marking", "recorded_for", "file_ref", "retention"}


def _updated(old: Named, new: Named) -> Named:
    """Return an entry with what a later one adds: fields it gives replace, lists grow."""
    values: dict[str, Any] = {}
    for name, about in type(new).model_fields.items():
        before, after = getattr(old, name), getattr(new, name)
        if name not in _OF_ONE_WRITING and isinstance(after, tuple):
            values[name] = tuple(dict.fromkeys((*before, *after)))
        else:
            values[name] = before if after == about.default and name not in _OF_ONE_WRITING else after
    return type(new).model_construct(**values)


def _given(event: Named) -> dict[str, object]:
    """Return the single values that an entry gives: those of which two may be in collision."""
    values = {name: getattr(event, name) for name in type(event).model_fields if name not in _OF_ONE_WRITING}
    default = {name: about.default for name, about in type(event).model_fields.items()}
    return {n: value for n, value in values.items() if not isinstance(value, tuple) and value != default[n]}


def apply_named(kind: RegisterKind) -> Callable[[Fold, str, Any], None]:
    """Return the function that puts an entry of one kind on the register, or updates it."""

    def apply(fold: Fold, digest: str, event: Any) -> None:
        entries = fold.register[kind]
        id_ = fold.claim(event.id, digest, event, entries)
        before = entries.get(id_)
        entry = entries[id_] = event if before is None else _updated(before, event)
        for name, value in _given(event).items():
            fold.values.setdefault(f"{id_}/{name}", {})[digest] = value
        fold.name(
            kind,
            id_,
            getattr(entry, "name", None),
            getattr(entry, "title", None),
            getattr(entry, "expansion", None),
            getattr(entry, "short", None),
            *getattr(entry, "aliases", ()),
        )

    return apply


def apply_occasion(fold: Fold, digest: str, event: MeetingHeld | VisitReported) -> None:
    """Put a meeting, or a report on a visit as a whole, on the state."""
    id_ = fold.claim(event.id, digest, event, fold.occasions)
    fold.occasions[id_] = event if id_ == event.id else event.model_copy(update={"id": id_})
    fold.name("meeting", id_, event.title)


def apply_fact(fold: Fold, digest: str, event: FactStated) -> None:
    """Put a background fact on the state."""
    fold.facts[fold.claim(event.id, digest, event, fold.facts)] = Fact(digest=digest, stated=event)


def apply_assessment(fold: Fold, digest: str, event: AssessmentRecorded) -> None:
    """Put an officer's words on the state; the newest on a subject speaks."""
    fold.assessments[fold.claim(event.id, digest, event, fold.assessments)] = Assessment(digest=digest, recorded=event)


def apply_update(fold: Fold, digest: str, event: CommitmentUpdated) -> None:
    """Keep the news of a commitment; of two live values of one field the later is shown."""
    fold.updates.setdefault(event.commitment, []).append(Update(digest=digest, said=event))
    for name in ("status", "due"):
        if (value := getattr(event, name)) is not None:
            fold.values.setdefault(f"{event.commitment}/{name}", {})[digest] = value


def apply_settlement(fold: Fold, digest: str, event: DifferenceSettled) -> None:
    """Keep the choice between texts that differ; the newest on one difference holds."""
    fold.settlements[event.difference] = Settlement(digest=digest, said=event)
    fold.values.setdefault(f"{event.difference}/uses", {})[digest] = event.uses


APPLY: dict[type[Event], Callable[[Fold, str, Any], None]] = {
    SourceRegistered: apply_named("source"),
    AgencyDescribed: apply_named("agency"),
    PersonDescribed: apply_named("person"),
    TopicDescribed: apply_named("topic"),
    VisitDescribed: apply_named("visit"),
    MeetingHeld: apply_occasion,
    VisitReported: apply_occasion,
    FactStated: apply_fact,
    AssessmentRecorded: apply_assessment,
    CommitmentUpdated: apply_update,
    DifferenceSettled: apply_settlement,
}


def project(events: Iterable[Recorded], *, as_of: date | None = None, today: date | None = None) -> BriefingState:
    """Fold events, in any order, into a briefing state; "later" means later in name order.

    With `as_of`, what happened after that day is left out, corrections included. `today` is the day
    that "overdue" is counted from where there is no `as_of`.
    """
    state = replace(Running(events, as_of=as_of).state, today=as_of or today)
    absent = gone(state)
    whole = with_stand_ins(state, absent)
    missing = tuple(Gap("not on record", id_) for _, id_ in absent)
    return replace(whole, differences=differences(state), gaps=(*gaps(whole), *missing))


class Running:
    """A fold that goes on: `state` always shows what was added last, without differences and gaps.

    Adding costs what the event costs, not what the record costs; an event about events needs a new fold.
    """

    def __init__(self, events: Iterable[Recorded], *, as_of: date | None = None) -> None:
        """Fold what is on record so far."""
        log = sorted(events, key=lambda one: (one.at, one.event.type, one.digest))
        amended = amend(log)
        self._fold = Fold(collisions=list(amended.collisions), twins=amended.twins)
        for digest, event in happened_by(amended.live, as_of) if as_of else amended.live:
            self._apply(digest, event)
        self._fold.collisions.extend(concurrent(self._fold.values, amended.above))
        visits: dict[str, VisitDescribed] = self._fold.register["visit"]
        self._meetings = {id_: _meeting(self._fold.digests[id_], held, visits)
                          for id_, held in self._fold.occasions.items()}  # fmt: skip
        self._origins = {one.event.origin: one.digest for one in log}
        self.state = self._view(log[-1].at.isoformat() if log else "", amended.withdrawn)

    def add(self, one: Recorded) -> None:
        """Fold in one more event, later than all the others."""
        self._apply(one.digest, one.event)
        self._origins[one.event.origin] = one.digest
        if isinstance(one.event, MeetingHeld | VisitReported):
            id_ = next(reversed(self._fold.occasions))
            self._meetings[id_] = _meeting(one.digest, self._fold.occasions[id_], self._fold.register["visit"])

    def _apply(self, digest: str, event: Event) -> None:
        if (apply := APPLY.get(type(event))) is not None:
            apply(self._fold, digest, event)

    def _view(self, newest_at: str, withdrawn: frozenset[str]) -> BriefingState:
        fold, register = self._fold, self._fold.register
        return BriefingState(
            sources=MappingProxyType(register["source"]),
            agencies=MappingProxyType(register["agency"]),
            people=MappingProxyType(register["person"]),
            topics=MappingProxyType(register["topic"]),
            visits=MappingProxyType(register["visit"]),
            meetings=MappingProxyType(self._meetings),
            facts=MappingProxyType(fold.facts),
            assessments=MappingProxyType(fold.assessments),
            settlements=MappingProxyType(fold.settlements),
            commitments=tuple(
                _open_item(f"{id_}/{c.id}", c, m, fold.updates.get(f"{id_}/{c.id}", ()))
                for id_, m in self._meetings.items()
                for c in m.held.commitments
            ),
            collisions=tuple(fold.collisions),
            digests=MappingProxyType(fold.digests),
            origins=MappingProxyType(self._origins),
            names=MappingProxyType(fold.names),
            withdrawn=withdrawn,
            newest_at=newest_at,
        )


def _meeting(digest: str, held: MeetingHeld | VisitReported, visits: Mapping[str, VisitDescribed]) -> Meeting:
    own: Span | None = held.when if isinstance(held, MeetingHeld) else None
    visit = visits.get(held.visit or "")
    return Meeting(digest=digest, held=held, when=own or (visit.when if visit else None), own_day=own is not None)


def _open_item(ref: str, made: Commitment, meeting: Meeting, updates: Sequence[Update]) -> OpenItem:
    """Return a commitment as its news leave it; a field that no update gives stays as it was made."""
    news = {n: v for one in updates for n in ("status", "due") if (v := getattr(one.said, n)) is not None}
    return OpenItem(ref=ref, commitment=made.model_copy(update=news), meeting=meeting, updates=tuple(updates))
