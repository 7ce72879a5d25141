"""Stand-ins for what is named and not on record: retracted, redacted, or not yet merged; a paper says so."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import Any

from briefing.events import AgencyDescribed, Event, MeetingHeld, PersonDescribed, TopicDescribed
from briefing.payload import Commitment, Point
from briefing.state import BriefingState, Meeting, RegisterKind

Named = tuple[RegisterKind, str]
Names = tuple[RegisterKind, Iterable[str | None]]


class Absent:
    """The agencies, people and topics that something names and nothing on record describes, each once."""

    def __init__(self, register: Mapping[RegisterKind, Collection[str]]) -> None:
        """Begin with none; the meetings are looked at first, one after the other."""
        self._agencies = frozenset((None, *register["agency"]))
        self._people = frozenset((None, *register["person"]))
        self._topics = frozenset(register["topic"])
        self._known = {"agency": self._agencies, "person": self._people, "topic": self._topics}
        self._found: dict[Named, None] = {}

    def look_at(self, meeting: Meeting, statements: Iterable[Point | Commitment]) -> None:
        """Find what a meeting names; `statements` are its own, gathered once for all who look at them."""
        held = meeting.held
        if not self._agencies.issuperset(held.agencies):
            self._note("agency", held.agencies)
        for one in held.participants if isinstance(held, MeetingHeld) else ():
            if (person := one.person) not in self._people:
                self._note("person", (person,))
            if (agency := one.agency) not in self._agencies:
                self._note("agency", (agency,))
        for statement in statements:
            if not self._topics.issuperset(topics := statement.topics):
                self._note("topic", topics)

    def found(self, state: BriefingState) -> tuple[Named, ...]:
        """Return what meetings named, and then what plans, the register and facts of the state name."""
        for kind, ids in chain(_of_plans(state), _of_register(state), _of_facts(state)):
            self._note(kind, ids)
        return tuple(self._found)

    def _note(self, kind: RegisterKind, ids: Iterable[str | None]) -> None:
        known = self._known[kind]
        self._found.update(((kind, id_), None) for id_ in ids if id_ and id_ not in known)


def with_stand_ins(state: BriefingState, absent: tuple[Named, ...]) -> BriefingState:
    """Return the state with an entry for each absent thing that says so in its name."""
    if not absent:
        return state
    entries: dict[str, dict[str, Any]] = {
        "agency": dict(state.agencies), "person": dict(state.people), "topic": dict(state.topics),
    }  # fmt: skip
    models: dict[str, Any] = {"agency": AgencyDescribed, "person": PersonDescribed, "topic": TopicDescribed}
    for kind, id_ in absent:
        entries[kind][id_] = models[kind].model_construct(id=id_, name=f"{id_} (not on record)")
    return replace(
        state,
        agencies=MappingProxyType(entries["agency"]),
        people=MappingProxyType(entries["person"]),
        topics=MappingProxyType(entries["topic"]),
    )


def stands_in(entry: Event) -> bool:
    """Tell whether an entry is of no event, and stands in for what is not on record: it has no envelope."""
    return "nonce" not in vars(entry)


def _of_plans(state: BriefingState) -> Iterator[Names]:
    for planned in state.planned.values():
        plan = planned.plan
        yield "agency", plan.agencies
        yield "person", [one.person for one in plan.participants]
        yield "agency", [one.agency for one in plan.participants]
        yield "topic", [id_ for point in plan.points for id_ in point.topics]
        yield "topic", [id_ for expected in plan.expected for id_ in expected.topics]


def _of_register(state: BriefingState) -> Iterator[Names]:
    for person in state.people.values():
        yield "agency", [post.agency for post in person.posts]
    for topic in state.topics.values():
        yield "topic", (topic.theme,)
    for visit in state.visits.values():
        yield "person", (visit.principal, *(one.person for one in visit.delegation))


def _of_facts(state: BriefingState) -> Iterator[Names]:
    for fact in state.facts.values():
        yield "topic", fact.stated.topics
