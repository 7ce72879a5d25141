"""The fold: events in log order → a briefing state.

Two passes, each a table of small functions by event type. The first settles which events are live
and what they say now (`event.retracted`, `event.corrected`); the second applies what is left.
Pure: no I/O, no clock, no chance; the same events give the same state in any order of merging.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from briefing.amend import Amended, amend, concurrent
from briefing.as_of import happened_by
from briefing.dates import Span
from briefing.differences import Told, differences
from briefing.events import (
    AgencyDescribed,
    AssessmentRecorded,
    CommitmentUpdated,
    DifferenceSettled,
    Event,
    FactStated,
    LineAgreed,
    MeetingHeld,
    MeetingPlanned,
    NoteCleared,
    NoteIssued,
    NoteReturned,
    NoteSeen,
    ObjectiveScored,
    PersonDescribed,
    Recorded,
    SourceRegistered,
    TopicDescribed,
    VisitDescribed,
    VisitReported,
)
from briefing.fold import PLAN, Fold, updated
from briefing.gaps import Unknown, gaps
from briefing.payload import Commitment
from briefing.stand_ins import Absent, with_stand_ins
from briefing.state import (
    Assessment,
    BriefingState,
    Collision,
    Fact,
    Gap,
    IssuedNote,
    Line,
    Meeting,
    OpenItem,
    Planned,
    RegisterKind,
    Score,
    Settlement,
    Update,
)


def apply_named(kind: RegisterKind) -> Callable[[Fold, str, Any], None]:
    """Return the function that puts an entry of one kind on the register, or updates it."""

    def apply(fold: Fold, digest: str, event: Any) -> None:
        entries = fold.register[kind]
        id_ = fold.claim(event.id, digest, event, entries)
        before = entries.get(id_)
        entry = entries[id_] = event if before is None else updated(before, event)
        fold.tell(id_, digest, event)
        said = entry.__dict__
        fold.name(kind, id_, *map(said.get, ("name", "title", "expansion", "short")), *said.get("aliases", ()))

    return apply


def apply_occasion(fold: Fold, digest: str, event: MeetingHeld | VisitReported) -> None:
    """Put a meeting, or a report on a visit as a whole, on the state."""
    id_ = fold.claim(event.id, digest, event, fold.occasions)
    fold.occasions[id_] = event if id_ == event.id else event.but({"id": id_})
    fold.name("meeting", id_, event.title)


def apply_plan(fold: Fold, digest: str, event: MeetingPlanned) -> None:
    """Put a meeting to come on the state; the meeting held will bear its id."""
    id_ = fold.claim(event.id, digest, event, fold.plans, space=PLAN)
    fold.plans[id_] = event if id_ == event.id else event.but({"id": id_})
    fold.name("planned", id_, event.title)


def apply_score(fold: Fold, digest: str, event: ObjectiveScored) -> None:
    """Keep what became of an objective; of two live scores the later is shown."""
    fold.scores[event.objective] = Score(digest=digest, said=event)
    fold.tell(event.objective, digest, event)


def apply_line(fold: Fold, digest: str, event: LineAgreed) -> None:
    """Put what we say on a subject on the state."""
    fold.lines[fold.claim(event.id, digest, event, fold.lines)] = Line(digest=digest, agreed=event)


def apply_cleared(fold: Fold, digest: str, event: NoteCleared) -> None:  # noqa: ARG001 - rows of one table
    """Keep who cleared a paper; the newest clearance of a reference holds."""
    fold.cleared[event.reference] = event


def apply_issued(fold: Fold, digest: str, event: NoteIssued) -> None:
    """Put an edition of a paper on the state; two offices that issued one edition are in collision."""
    earlier = fold.editions.setdefault((event.reference, event.edition), digest)
    if earlier != digest:
        what = f"the edition {event.edition} of {event.reference}"
        fold.collisions.append(Collision(what=what, kept=earlier, other=digest))
    fold.issued[digest] = event


def apply_seen(fold: Fold, digest: str, event: NoteSeen) -> None:  # noqa: ARG001 - rows of one table
    """Keep that a reader has seen a paper."""
    fold.seen.setdefault(event.note, []).append(event)


def apply_returned(fold: Fold, digest: str, event: NoteReturned) -> None:  # noqa: ARG001 - rows of one table
    """Keep what a reader decided on a paper."""
    fold.returned.setdefault(event.note, []).append(event)


def apply_fact(fold: Fold, digest: str, event: FactStated) -> None:
    """Put a background fact on the state."""
    fold.facts[fold.claim(event.id, digest, event, fold.facts)] = Fact(digest=digest, stated=event)


def apply_assessment(fold: Fold, digest: str, event: AssessmentRecorded) -> None:
    """Put an officer's words on the state; the newest on a subject speaks."""
    fold.assessments[fold.claim(event.id, digest, event, fold.assessments)] = Assessment(digest=digest, recorded=event)


def apply_update(fold: Fold, digest: str, event: CommitmentUpdated) -> None:
    """Keep the news of a commitment; of two live values of one field the later is shown."""
    fold.updates.setdefault(event.commitment, []).append(Update(digest=digest, said=event))
    fold.tell(event.commitment, digest, event)


def apply_settlement(fold: Fold, digest: str, event: DifferenceSettled) -> None:
    """Keep the choice between texts that differ; the newest on one difference holds."""
    fold.settlements[event.difference] = Settlement(digest=digest, said=event)
    fold.tell(event.difference, digest, event)


APPLY: dict[type[Event], Callable[[Fold, str, Any], None]] = {
    SourceRegistered: apply_named("source"),
    AgencyDescribed: apply_named("agency"),
    PersonDescribed: apply_named("person"),
    TopicDescribed: apply_named("topic"),
    VisitDescribed: apply_named("visit"),
    MeetingPlanned: apply_plan,
    MeetingHeld: apply_occasion,
    VisitReported: apply_occasion,
    FactStated: apply_fact,
    AssessmentRecorded: apply_assessment,
    LineAgreed: apply_line,
    CommitmentUpdated: apply_update,
    ObjectiveScored: apply_score,
    DifferenceSettled: apply_settlement,
    NoteCleared: apply_cleared,
    NoteIssued: apply_issued,
    NoteSeen: apply_seen,
    NoteReturned: apply_returned,
}


def project(events: Iterable[Recorded], *, as_of: date | None = None, today: date | None = None) -> BriefingState:
    """Fold events, in any order, into a briefing state; "later" means later in name order.

    With `as_of`, what happened after that day is left out, corrections included. `today` is the day
    that "overdue" is counted from where there is no `as_of`.
    """
    running = Running(events, as_of=as_of, ruled=True)
    state, rules = replace(running.state, today=as_of or today), running.rules
    assert rules is not None
    gone = rules.absent.found(state)
    missing = tuple(Gap("not on record", id_) for _, id_ in gone)
    return replace(
        with_stand_ins(state, gone),
        differences=differences(state, rules.told),
        gaps=(*gaps(state, rules.unknown), *missing),
    )


class Rules:
    """What the rules of stand-ins, gaps and differences ask of meetings, one after the other."""

    def __init__(self, register: Mapping[RegisterKind, Collection[str]]) -> None:
        """Begin with a register that is whole."""
        self.absent, self.unknown, self.told = Absent(register), Unknown(), Told()

    def look_at(self, meeting: Meeting) -> None:
        """Look at a meeting while it is at hand: of a large record it is in no cache the next time."""
        statements = meeting.statements()
        self.absent.look_at(meeting, statements)
        self.unknown.look_at(meeting)
        self.told.look_at(meeting, statements)


class Running:
    """A fold that goes on: `state` always shows what was added last, without differences and gaps.

    Adding costs what the event costs, not what the record costs; an event about events needs a new fold.
    """

    def __init__(self, events: Iterable[Recorded], *, as_of: date | None = None, ruled: bool = False) -> None:
        """Fold what is on record so far; where it is `ruled`, the rules look at each meeting of it."""
        self.amended = amended = amend([*events])
        """The events as they read now, before they are applied."""
        self._fold = Fold(collisions=list(amended.collisions), twins=amended.twins)
        for digest, event in happened_by(amended.live, as_of) if as_of else amended.live:
            if (apply := APPLY.get(type(event))) is not None:
                apply(self._fold, digest, event)
        self._fold.collisions.extend(concurrent(self._fold.values(), amended.replaced))
        self.rules = Rules(self._fold.register) if ruled else None
        self._meetings: dict[str, Meeting] = {}
        self._origins = amended.origins
        self.state = self._view(amended.newest.at.isoformat() if amended.newest else "", amended)

    def add(self, one: Recorded) -> None:
        """Fold in one more event, later than all the others."""
        if (apply := APPLY.get(type(one.event))) is not None:
            apply(self._fold, one.digest, one.event)
        self._origins[one.event.origin] = one.digest
        if isinstance(one.event, MeetingHeld | VisitReported):
            id_ = next(reversed(self._fold.occasions))
            self._meetings[id_] = _meeting(one.digest, self._fold.occasions[id_], self._fold.register["visit"])

    def read_anew(self, one: Recorded, now: MeetingHeld | VisitReported) -> None:
        """Fold in the correction of a meeting or a report, which now reads as given."""
        self._origins[one.event.origin] = one.digest
        self._fold.occasions[now.id] = now
        self._meetings[now.id] = _meeting(self._fold.digests[now.id], now, self._fold.register["visit"])

    def _items(self) -> Iterator[OpenItem]:
        """Put the meetings in their place, and yield the commitments that each made."""
        fold, visits, rules = self._fold, self._fold.register["visit"], self.rules
        for id_, held in fold.occasions.items():
            meeting = self._meetings[id_] = _meeting(fold.digests[id_], held, visits)
            if rules:
                rules.look_at(meeting)
            for made in held.commitments:
                ref = f"{id_}/{made.id}"
                yield _open_item(ref, made, meeting, fold.updates.get(ref, ()))

    def _view(self, newest_at: str, amended: Amended) -> BriefingState:
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
            planned=MappingProxyType({id_: _planned(fold.digests[PLAN + id_], plan, register["visit"])
                                      for id_, plan in fold.plans.items()}),
            scores=MappingProxyType(fold.scores),
            lines=MappingProxyType(fold.lines),
            notes=MappingProxyType({one: IssuedNote(one, issued, tuple(fold.seen.get(one, ())),
                                                    tuple(fold.returned.get(one, ())))
                                    for one, issued in fold.issued.items()}),
            cleared=MappingProxyType(fold.cleared),
            commitments=tuple(self._items()),
            collisions=tuple(fold.collisions),
            digests=MappingProxyType(fold.digests),
            origins=MappingProxyType(self._origins),
            names=MappingProxyType(fold.names),
            kept=MappingProxyType(fold.kept),
            withdrawn=amended.withdrawn,
            corrected=MappingProxyType(amended.corrected),
            newest_at=newest_at,
        )


def _meeting(digest: str, held: MeetingHeld | VisitReported, visits: Mapping[str, VisitDescribed]) -> Meeting:
    own: Span | None = held.when if isinstance(held, MeetingHeld) else None
    visit = visits.get(held.visit or "")
    return Meeting(digest, held, own or (visit.when if visit else None), own is not None)


def _planned(digest: str, plan: MeetingPlanned, visits: Mapping[str, VisitDescribed]) -> Planned:
    visit = visits.get(plan.visit or "")
    return Planned(digest=digest, plan=plan, when=plan.when or (visit.when if visit else None))


def _open_item(ref: str, made: Commitment, meeting: Meeting, updates: Sequence[Update]) -> OpenItem:
    """Return a commitment as its news leave it; a field that no update gives stays as it was made."""
    if not updates:
        return OpenItem(ref, made, meeting)
    news = {n: v for one in updates for n in ("status", "due") if (v := getattr(one.said, n)) is not None}
    now = made.but(news) if news else made
    return OpenItem(ref, now, meeting, tuple(updates))
