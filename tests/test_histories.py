"""Histories of writers who work apart: however their copies are joined, the record says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as over
from hypothesis import strategies as st

from briefing.codec import decode, encode
from briefing.events import EVENT_TYPES, Event, Recorded
from briefing.projector import project
from briefing.state import BriefingState
from briefing.store.append import publish
from briefing.store.log import Log, load
from briefing.store.memory import MemoryStore
from tests.drawn import filled, histories
from tests.given import NOON, event_corrected, event_retracted, history, meeting_held, written_at
from tests.hostile import NAUGHTY

MANY = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@st.composite
def apart(draw: st.DrawFn) -> tuple[tuple[Recorded, ...], tuple[Recorded, ...]]:
    """Return the records of two writers who began with the same events and then did not hear of each other."""
    begun = draw(histories(most=3))
    here = draw(histories(after=begun, writer="desk", most=4))
    there = draw(histories(after=begun, writer="embassy", most=4))
    return (*begun, *here), (*begun, *there)


def joined(*records: Sequence[Recorded]) -> Log:
    store = MemoryStore()
    for record in records:
        publish(store, [one.event for one in record])
    return load(store)


def told(state: BriefingState) -> list[Any]:
    """Return all that a state says, the order of its mappings included."""
    values = [getattr(state, name) for name in BriefingState.__dataclass_fields__]
    return [list(value.items()) if isinstance(value, Mapping) else value for value in values]


@MANY
@over(apart())
def test_two_copies_joined_either_way_round_are_one_record_with_one_state(
    copies: tuple[tuple[Recorded, ...], tuple[Recorded, ...]],
) -> None:
    here, there = copies
    one, other = joined(here, there), joined(there, here)

    assert one.findings == other.findings == ()
    assert one.recorded == other.recorded
    assert (one.heads, one.basis) == (other.heads, other.basis)
    assert told(project(one.recorded)) == told(project(other.recorded))
    assert {event.digest for event in one.recorded} == {event.digest for event in (*here, *there)}


@MANY
@over(histories(most=6), st.randoms(use_true_random=False), st.lists(st.booleans(), min_size=6, max_size=6))
def test_any_partition_of_a_history_joins_to_what_it_was(log: tuple[Recorded, ...], chance: Any, side: list[bool]) -> None:
    parts = [[one for one, here in zip(log, side, strict=False) if here is which] for which in (True, False)]
    for part in parts:
        chance.shuffle(part)

    whole = joined(*parts)

    assert {one.digest for one in whole.recorded} == {one.digest for one in log}
    assert told(project(whole.recorded)) == told(project(log))


@MANY
@over(histories(most=6), st.randoms(use_true_random=False))
def test_events_read_in_any_order_and_twice_fold_to_the_same(log: tuple[Recorded, ...], chance: Any) -> None:
    order = list(log)
    chance.shuffle(order)

    assert told(project(order)) == told(project(log)) == told(project(log))


@MANY
@over(histories(most=6))
def test_what_is_folded_from_files_is_what_is_folded_from_memory(log: tuple[Recorded, ...]) -> None:
    read = [Recorded(digest=one.digest, event=decode(encode(one.event))) for one in log]

    assert told(project(read)) == told(project(log))


@MANY
@over(histories(most=5))
def test_no_history_loses_a_thing_without_a_retraction_or_a_finding(log: tuple[Recorded, ...]) -> None:
    state = project(log)

    def says(one: Recorded) -> str:
        return repr(one.event.model_dump(exclude=set(Event.model_fields)))

    live = [one for one in log if one.digest not in state.withdrawn and one.event.type == "meeting.held"]
    shown = {one.digest for one in state.meetings.values()}
    replaced = {digest for one in log for digest in one.event.replaces}
    said = {says(one) for one in live if one.digest in shown}
    for one in live:
        assert one.digest in shown or one.digest in replaced or says(one) in said


def test_a_fold_that_went_by_the_order_of_reading_would_be_seen() -> None:
    log = history(meeting_held("m1"), event_corrected("m1", title="Coal"), event_corrected("m1", title="Oil"), event_retracted("m1"))
    by_reading = [told(project([one])) for one in (log[0], log[1])]

    assert by_reading[0] != by_reading[1]
    assert told(project(log)) != told(project(log[:3])) != told(project(log[:2]))


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_every_naughty_string_in_every_text_field_goes_through_the_store_and_the_fold(kind: type[Event]) -> None:
    store = MemoryStore()
    events = [filled(kind, text) for text in NAUGHTY]
    publish(store, events)
    log = load(store)

    assert log.findings == ()
    assert len(log.recorded) == len(NAUGHTY)
    for n in range(0, len(NAUGHTY), 20):
        few = log.recorded[n : n + 20]
        assert told(project(few)) == told(project(reversed(few)))


def test_ten_offices_that_record_one_thing_at_one_moment_have_it_once() -> None:
    copies = [written_at(one.kind, NOON, writer=f"office {n}", **one.payload) for n in range(10) for one in (meeting_held("m1"),)]
    state = project(copies)

    assert list(state.meetings) == ["m1"]
    assert state.collisions == ()
    assert len({one.digest for one in copies}) == 10
