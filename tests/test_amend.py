"""Events about events: what a correction, a retraction, and a retraction of either leave standing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st
from pydantic import ValidationError

from briefing import amend
from briefing.amend import ABOUT_EVENTS, corrected_by, set_path
from briefing.events import EVENT_TYPES, Event, EventCorrected, PersonDescribed, Recorded
from briefing.payload import Change
from briefing.projector import project
from briefing.state import BriefingState, Collision
from tests.drawn import PLAIN, events
from tests.given import (
    NOON,
    agency_described,
    commitment,
    day,
    event_corrected,
    event_redacted,
    event_retracted,
    given,
    history,
    meeting_held,
    met,
    point,
    written_at,
)


def title(state: BriefingState) -> str:
    return state.meeting("m1").held.title


def test_a_correction_replaces_the_title_but_keeps_the_date() -> None:
    briefing = given(
        meeting_held("m1", on="2026-03-02", title="Steel"), event_corrected("m1", title="Steel and energy")
    )

    assert title(briefing) == "Steel and energy"
    assert briefing.meeting("m1").when == day(2026, 3, 2)
    assert briefing.collisions == ()


def test_a_correction_sets_a_date_as_it_stands_in_a_file() -> None:
    new = {"start": "2026-03-03", "end": "2026-03-03", "precision": "day", "words": "2026-03-03"}
    briefing = given(meeting_held("m1", on="2026-03-02"), event_corrected("m1", when=new))

    assert briefing.meeting("m1").when == day(2026, 3, 3)


def test_a_correction_reaches_into_a_list_by_the_id_of_its_item() -> None:
    briefing = given(
        meeting_held("m1", points=(point("p1", "Coal."), point("p2", "Steal.")), commitments=(commitment("c1"),)),
        event_corrected("m1", points__p2__say="Steel.", commitments__c1__status="done"),
    )

    assert [one.say for one in briefing.meeting("m1").held.points] == ["Coal.", "Steel."]
    assert briefing.commitments[0].commitment.status == "done"


def test_a_meeting_moved_to_another_agency_counts_for_that_one_only() -> None:
    briefing = given(meeting_held("m1", agencies=("us-a",)), event_corrected("m1", agencies=["us-b"]))

    assert briefing.meetings_of_agency("us-a") == ()
    assert [one.id for one in briefing.meetings_of_agency("us-b")] == ["m1"]


def test_a_corrected_name_is_the_one_that_finds() -> None:
    briefing = given(agency_described("us-a", "Tresury"), event_corrected("us-a", name="Treasury"))

    assert briefing.find("agency", "Treasury") == "us-a"
    assert briefing.find("agency", "Tresury") is None


def test_a_retraction_withdraws_its_target_and_what_it_promised() -> None:
    briefing = given(meeting_held("m1", commitments=(commitment(),)), event_retracted("m1"))

    assert dict(briefing.meetings) == {}
    assert briefing.commitments == ()
    assert len(briefing.withdrawn) == 1


def test_retracting_a_correction_restores_what_it_replaced() -> None:
    briefing = given(
        meeting_held("m1", title="Steel"),
        event_corrected("m1", title="Coal", label="c1"),
        event_corrected("m1", title="Oil", label="c2", replaces=["c1"]),
        event_retracted("c2"),
    )

    assert title(briefing) == "Coal"


def test_retracting_a_retraction_restores_its_target() -> None:
    once = (meeting_held("m1", title="Steel"), event_retracted("m1", label="r1"))
    twice = (*once, event_retracted("r1", label="r2"))
    thrice = (*twice, event_retracted("r2", label="r3"))

    assert [len(given(*told).meetings) for told in (once, twice, thrice)] == [0, 1, 0]


def test_a_correction_of_a_withdrawn_meeting_brings_nothing_back_until_the_meeting_is_back() -> None:
    told = (meeting_held("m1"), event_retracted("m1", label="r1"), event_corrected("m1", title="Coal"))

    assert dict(given(*told).meetings) == {}
    assert title(given(*told, event_retracted("r1"))) == "Coal"


def test_two_corrections_that_did_not_know_of_each_other_are_both_kept_and_the_later_is_shown() -> None:
    briefing = given(
        meeting_held("m1", title="Steel"),
        event_corrected("m1", title="Coal", label="c1"),
        event_corrected("m1", title="Oil", label="c2"),
    )

    assert title(briefing) == "Oil"
    (collision,) = briefing.collisions
    assert collision.what == "two values of title"
    assert collision.kept != collision.other


def test_a_correction_that_replaces_the_one_before_is_no_collision_however_long_the_chain() -> None:
    briefing = given(
        meeting_held("m1", title="Steel"),
        event_corrected("m1", title="Coal", label="c1"),
        event_corrected("m1", title="Oil", label="c2", replaces=["c1"]),
        event_corrected("m1", title="Gas", label="c3", replaces=["c2"]),
    )

    assert title(briefing) == "Gas"
    assert briefing.collisions == ()


def test_a_correction_that_replaces_both_of_two_ends_their_collision() -> None:
    briefing = given(
        meeting_held("m1", title="Steel"),
        event_corrected("m1", title="Coal", label="c1"),
        event_corrected("m1", title="Oil", label="c2"),
        event_corrected("m1", title="Gas", label="c3", replaces=["c1", "c2"]),
    )

    assert title(briefing) == "Gas"
    assert briefing.collisions == ()


def test_a_chain_holds_through_a_correction_that_was_withdrawn() -> None:
    briefing = given(
        meeting_held("m1", title="Steel"),
        event_corrected("m1", title="Coal", label="c1"),
        event_corrected("m1", title="Oil", label="c2", replaces=["c1"]),
        event_corrected("m1", title="Gas", label="c3", replaces=["c2"]),
        event_retracted("c2"),
    )

    assert title(briefing) == "Gas"
    assert briefing.collisions == ()


def test_a_chain_of_hundreds_holds() -> None:
    chain = [event_corrected("m1", title=f"Steel {n}", label=f"c{n}", replaces=[f"c{n - 1}"] if n else []) for n in range(1_200)]
    briefing = given(meeting_held("m1"), *chain)

    assert title(briefing) == "Steel 1199"
    assert briefing.collisions == ()


def test_writers_whose_clocks_go_wrong_and_who_go_back_to_what_was_said_first_break_no_fold() -> None:
    def told(hour: int, side: str, *replaces: str) -> Recorded:
        return written_at(PersonDescribed, NOON + timedelta(hours=hour), id="ann", name="Ann", side=side, replaces=replaces)

    first = told(2, "ours")
    second = told(1, "theirs", first.digest)
    third = told(0, "ours", second.digest)

    for order in permutations((first, second, third)):
        assert project(order).people["ann"].side == "theirs"


def test_a_third_correction_of_one_side_stays_in_collision_with_the_other() -> None:
    log = history(
        meeting_held("m1", title="Steel"),
        event_corrected("m1", title="Coal", label="c1"),
        event_corrected("m1", title="Oil", label="c2"),
        event_corrected("m1", title="Gas", label="c3", replaces=["c2"]),
    )

    (collision,) = project(log).collisions
    assert (collision.kept, collision.other) == (log[3].digest, log[1].digest)


def test_two_corrections_to_the_same_value_or_of_two_fields_agree() -> None:
    briefing = given(
        meeting_held("m1", title="Steel"),
        event_corrected("m1", title="Coal"),
        event_corrected("m1", title="Coal", reason="another desk saw it too"),
        event_corrected("m1", where="Delhi"),
    )

    assert title(briefing) == "Coal"
    assert briefing.collisions == ()


@pytest.mark.parametrize(
    "path", ["colour", "points__p9__say", "points__p1__colour", "points__p1", "title__x", "when__start__day"]
)
def test_a_correction_of_a_field_that_is_not_there_changes_nothing_and_is_a_finding(path: str) -> None:
    before = given(meeting_held("m1", on="2026-03-02", points=(point(),)))
    after = given(meeting_held("m1", on="2026-03-02", points=(point(),)), event_corrected("m1", **{path: "x"}))

    assert after.meeting("m1").held == before.meeting("m1").held
    assert [one.what for one in after.collisions] == [f"no field {path.replace('__', '/')}"]


@pytest.mark.parametrize("fields", [{"title": ""}, {"title": None}, {"agencies": ["No Id"]}, {"setting": "on the moon"}])
def test_a_correction_that_leaves_no_valid_event_changes_nothing_and_is_a_finding(fields: dict[str, object]) -> None:
    briefing = given(meeting_held("m1", title="Steel"), event_corrected("m1", **fields))

    assert title(briefing) == "Steel"
    assert [one.what for one in briefing.collisions] == ["a correction that leaves no valid event"]


def test_a_correction_that_cannot_hold_takes_no_other_with_it() -> None:
    log = history(
        meeting_held("m1", title="Steel"),
        event_corrected("m1", title="Coal"),
        event_corrected("m1", setting="on the moon"),
        event_corrected("m1", where="Delhi"),
    )
    briefing = project(log)

    assert title(briefing) == "Coal"
    held = briefing.meeting("m1").held
    assert held.model_dump()["where"] == "Delhi"
    assert [one.other for one in briefing.collisions] == [log[2].digest]


def test_what_names_the_event_itself_cannot_be_corrected() -> None:
    briefing = given(meeting_held("m1"), event_corrected("m1", nonce="0" * 32), event_corrected("m1", type="fact.stated"))

    assert [one.what for one in briefing.collisions] == ["no field nonce", "no field type"]


def test_a_redacted_event_says_nothing_whether_or_not_its_file_is_still_there() -> None:
    log = history(meeting_held("m1"), meeting_held("m2"))
    redaction = history(event_redacted(log[0]), after=log)

    with_file, without = project((*log, *redaction)), project((log[1], *redaction))

    assert list(with_file.meetings) == list(without.meetings) == ["m2"]
    assert repr(with_file.meetings) == repr(without.meetings)


def test_a_redaction_holds_for_good_whatever_is_retracted_or_corrected_later() -> None:
    log = history(meeting_held("m1", title="Steel"), event_corrected("m1", title="Coal"))
    redaction = history(event_redacted(log[0]), after=log)
    later = history(
        event_retracted(redaction[0].digest), event_corrected("m1", title="Oil"), after=(*log, *redaction)
    )

    assert dict(project((*log, *redaction, *later)).meetings) == {}


def test_events_about_events_may_be_read_in_any_order() -> None:
    log = history(
        meeting_held("m1", title="Steel", participants=(met("faulkender"),)),
        event_corrected("m1", title="Coal", label="c1"),
        event_retracted("c1", label="r1"),
        event_retracted("r1"),
    )

    assert {title(project(order)) for order in permutations(log)} == {"Coal"}


def test_a_redacted_link_of_a_chain_is_the_same_whether_its_file_is_there_or_not() -> None:
    log = history(
        meeting_held("m1", title="Steel"),
        event_corrected("m1", title="Coal", label="c1"),
        event_corrected("m1", title="Oil", label="c2", replaces=["c1"]),
        event_corrected("m1", title="Gas", label="c3", replaces=["c2"]),
    )
    log = (*log, *history(event_redacted(log[2]), after=log))
    here, away = project(log), project([one for one in log if one != log[2]])

    assert title(here) == title(away) == "Gas"
    assert here.collisions == away.collisions
    assert [one.other for one in here.collisions] == [log[1].digest]


def looked_at_whole(event: Event, corrections: Sequence[Recorded], collisions: list[Collision]) -> Event:
    """Return what the rule says in the plainest way: every field dumped, changed, and validated again."""
    for one in corrections:
        assert isinstance(one.event, EventCorrected)
        values = event.model_dump(mode="json", by_alias=True)
        missed = [change for change in one.event.changes if not set_path(values, change)]
        collisions += [Collision(what=f"no field {change.path}", kept="", other=one.digest) for change in missed]
        try:
            event = type(event).model_validate_json(json.dumps(values))
        except ValidationError:
            collisions.append(Collision(what="a correction that leaves no valid event", kept="", other=one.digest))
    return event


@st.composite
def corrections(draw: st.DrawFn) -> tuple[Event, list[Recorded]]:
    """Return an event and corrections of its fields, of parts of them, and of what is not there, to values of any kind."""
    event = draw(events(kinds=[kind for kind in EVENT_TYPES if kind not in ABOUT_EVENTS]))
    values = event.model_dump(mode="json", by_alias=True)
    inner = [f"{name}/{one['id']}/{field}" for name, many in values.items() if isinstance(many, list)
             for one in many if isinstance(one, dict) and "id" in one for field in one]  # fmt: skip
    paths = st.sampled_from([*values, *inner, "schema_", "colour", "points/p9/say", "when/start"])
    value = PLAIN | st.sampled_from([one for one in values.values() if one is not None])
    changes = st.lists(st.builds(Change, path=paths, value=value), min_size=1, max_size=3).map(tuple)
    return event, [
        written_at(EventCorrected, NOON + timedelta(hours=n), target="a" * 64, reason="a slip", changes=draw(changes))
        for n in range(draw(st.integers(1, 3)))
    ]


@settings(max_examples=150, deadline=None)
@over(corrections())
def test_what_a_correction_leaves_is_the_same_when_every_field_is_looked_at_again(drawn: tuple[Event, list[Recorded]]) -> None:
    event, found = drawn
    said: list[Collision] = []
    expected: list[Collision] = []

    assert corrected_by(event, found, said) == looked_at_whole(event, found, expected)
    assert said == expected


def test_control_a_correction_that_nobody_validates_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    held, slip = history(meeting_held("m1", title="Steel"), event_corrected("m1", title=7))
    expected: list[Collision] = []
    whole = looked_at_whole(held.event, [slip], expected)
    monkeypatch.setattr(amend, "_reader", lambda _kind, _name: json.loads)
    said: list[Collision] = []

    assert corrected_by(held.event, [slip], said) != whole
    assert said != expected
