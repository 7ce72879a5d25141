"""Stand-ins for what is named and not on record: retracted, redacted, or not yet merged; a paper says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from types import MappingProxyType
from typing import Any

from briefing.events import AgencyDescribed, MeetingHeld, PersonDescribed, TopicDescribed
from briefing.state import BriefingState, RegisterKind

Named = tuple[RegisterKind, str]


def gone(state: BriefingState) -> tuple[Named, ...]:
    """Return the agencies, people and topics that something names and nothing on record describes, each once."""
    known = {"agency": state.agencies, "person": state.people, "topic": state.topics}
    named = chain(_of_meetings(state), _of_plans(state), _of_register(state), _of_facts(state))
    return tuple(dict.fromkeys((kind, id_) for kind, id_ in named if id_ not in known[kind]))


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


def stands_in(entry: AgencyDescribed | PersonDescribed | TopicDescribed) -> bool:
    """Tell whether an entry is of no event, and stands in for what is not on record: it has no envelope."""
    return "nonce" not in vars(entry)


def _of_meetings(state: BriefingState) -> Iterator[Named]:
    for meeting in state.meetings.values():
        yield from (("agency", id_) for id_ in meeting.agencies)
        for one in meeting.held.participants if isinstance(meeting.held, MeetingHeld) else ():
            yield from (("person", id_) for id_ in (one.person,) if id_)
            yield from (("agency", id_) for id_ in (one.agency,) if id_)
        yield from (("topic", id_) for statement in meeting.statements() for id_ in statement.topics)


def _of_plans(state: BriefingState) -> Iterator[Named]:
    for planned in state.planned.values():
        plan = planned.plan
        yield from (("agency", id_) for id_ in plan.agencies)
        yield from (("person", one.person) for one in plan.participants if one.person)
        yield from (("agency", one.agency) for one in plan.participants if one.agency)
        yield from (("topic", id_) for point in plan.points for id_ in point.topics)
        yield from (("topic", id_) for expected in plan.expected for id_ in expected.topics)


def _of_register(state: BriefingState) -> Iterator[Named]:
    for person in state.people.values():
        yield from (("agency", post.agency) for post in person.posts if post.agency)
    for topic in state.topics.values():
        yield from (("topic", id_) for id_ in (topic.theme,) if id_)
    for visit in state.visits.values():
        yield from (("person", id_) for id_ in (visit.principal, *(one.person for one in visit.delegation)) if id_)


def _of_facts(state: BriefingState) -> Iterator[Named]:
    for fact in state.facts.values():
        yield from (("topic", id_) for id_ in fact.stated.topics)
