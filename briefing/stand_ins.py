"""Stand-ins for what is named and not on record: retracted, redacted, or not yet merged; a paper says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import Any

from briefing.events import AgencyDescribed, Event, MeetingHeld, PersonDescribed, TopicDescribed
from briefing.state import BriefingState, RegisterKind

Named = tuple[RegisterKind, str]
Names = tuple[RegisterKind, Iterable[str | None]]


def gone(state: BriefingState) -> tuple[Named, ...]:
    """Return the agencies, people and topics that something names and nothing on record describes, each once."""
    known = {"agency": {None, *state.agencies}, "person": {None, *state.people}, "topic": {None, *state.topics}}
    named = chain(_of_meetings(state), _of_plans(state), _of_register(state), _of_facts(state))
    absent = ((kind, ids) for kind, ids in named if not known[kind].issuperset(ids))
    return tuple(dict.fromkeys((kind, id_) for kind, ids in absent for id_ in ids if id_ and id_ not in known[kind]))


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


def _of_meetings(state: BriefingState) -> Iterator[Names]:
    for meeting in state.meetings.values():
        held = meeting.held
        yield "agency", held.agencies
        for one in held.participants if isinstance(held, MeetingHeld) else ():
            yield "person", (one.person,)
            yield "agency", (one.agency,)
        yield "topic", [id_ for statement in meeting.statements() for id_ in statement.topics]


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
