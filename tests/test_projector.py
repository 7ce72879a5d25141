"""The fold: what each event type puts on the state, and what two events of one id come to."""

from __future__ import annotations

from datetime import timedelta

from briefing.amend import ABOUT_EVENTS
from briefing.codec import file_name
from briefing.dates import parse_span
from briefing.events import EVENT_TYPES, Recorded
from briefing.projector import APPLY, project
from briefing.state import EMPTY
from tests.given import (
    NOON,
    agency_described,
    assessment_recorded,
    cited,
    commitment,
    commitment_updated,
    day,
    event_retracted,
    fact_stated,
    given,
    history,
    meeting_held,
    met,
    person_described,
    point,
    post,
    source_registered,
    topic_described,
    visit_described,
    visit_reported,
    written_at,
)


def test_no_events_fold_to_the_empty_state() -> None:
    assert project(()) == EMPTY


def test_every_event_type_has_its_function_or_is_about_events() -> None:
    assert set(APPLY) | set(ABOUT_EVENTS) == set(EVENT_TYPES)


def test_each_kind_of_entry_is_found_by_id_name_and_alias_whatever_the_case() -> None:
    briefing = given(
        source_registered("north", title="North News"),
        agency_described("us-defense", "Defense", aliases=("Pentagon", "DoD"), expansion="Department of Defense"),
        person_described("colby", "Elbridge Colby"),
        topic_described("compact", "COMPACT"),
        visit_described("visit-1", title="Visit to Washington"),
    )

    assert briefing.find("agency", "pentagon") == briefing.find("agency", "DEPARTMENT OF DEFENSE") == "us-defense"
    assert briefing.find("person", "elbridge  colby") == "colby"
    assert briefing.find("topic", "Compact") == "compact"
    assert briefing.find("visit", "visit to washington") == "visit-1"
    assert briefing.find("source", "North News") == "north"
    assert briefing.find("person", "Pentagon") is None


def test_a_meeting_without_a_day_has_the_dates_of_its_visit() -> None:
    briefing = given(visit_described("v"), meeting_held("m1", visit="v"), meeting_held("m2", visit="v", on="2026-05-28"))

    assert briefing.meeting("m1").when == briefing.visits["v"].when
    assert not briefing.meeting("m1").own_day
    assert briefing.meeting("m2").when == day(2026, 5, 28)
    assert briefing.meeting("m2").own_day


def test_a_commitment_is_on_the_state_under_its_meeting() -> None:
    briefing = given(meeting_held("m1", commitments=(commitment("c1"), commitment("c2"))))

    assert [one.ref for one in briefing.commitments] == ["m1/c1", "m1/c2"]
    assert briefing.commitments[0].meeting is briefing.meeting("m1")


def test_news_of_a_commitment_changes_its_status_and_leaves_the_rest() -> None:
    due = parse_span("1 June 2026")
    told = (meeting_held("m1", commitments=(commitment("c1", due=due), commitment("c2"))), commitment_updated("m1/c1", status="done"))
    briefing = given(*told)

    assert [(one.ref, one.commitment.status, one.commitment.due) for one in briefing.commitments] == [
        ("m1/c1", "done", due), ("m1/c2", "open", None),
    ]  # fmt: skip
    assert briefing.meeting("m1").held.commitments[0].say == "To hold talks."


def test_facts_assessments_and_reports_keep_the_digest_of_their_event() -> None:
    log = history(visit_described("v"), fact_stated("f"), assessment_recorded("a", "v"), visit_reported("r", "v"))
    briefing = project(log)

    assert briefing.facts["f"].digest == log[1].digest
    assert briefing.assessments["a"].digest == log[2].digest
    assert briefing.meeting("r").digest == log[3].digest


def test_a_second_description_that_replaces_the_first_updates_it() -> None:
    briefing = given(
        person_described("colby", "Colby", side="theirs", posts=(post("Adviser"),), label="one"),
        person_described("colby", "Elbridge Colby", posts=(post("Under Secretary"),), replaces=["one"]),
    )

    person = briefing.people["colby"]
    assert person.name == "Elbridge Colby"
    assert person.side == "theirs"
    assert [one.title for one in person.posts] == ["Adviser", "Under Secretary"]
    assert briefing.find("person", "Colby") == "colby"
    assert briefing.collisions == ()


def test_an_update_takes_nothing_away_that_it_does_not_speak_of() -> None:
    first = {"not_known": ("Who paid?",), "year_from": (cited("s"),), "where": "Washington", "label": "one"}
    briefing = given(
        source_registered("s"),
        visit_described("v", **first),
        visit_described("v", on=None, country="US", replaces=["one"]),
    )

    visit = briefing.visits["v"]
    assert visit.not_known == ("Who paid?",)
    assert len(visit.year_from) == 1
    assert (visit.where, visit.country) == ("Washington", "US")
    assert visit.when is not None


def test_the_same_post_given_twice_stands_once() -> None:
    briefing = given(
        person_described("colby", posts=(post("Adviser"),), label="one"),
        person_described("colby", posts=(post("Adviser"),), replaces=["one"]),
    )

    assert len(briefing.people["colby"].posts) == 1


def test_two_offices_that_update_one_entry_apart_have_both_updates() -> None:
    briefing = given(
        person_described("colby", posts=(post("Adviser"),), label="one"),
        person_described("colby", posts=(post("Under Secretary"),), replaces=["one"]),
        person_described("colby", posts=(post("Chair"),), replaces=["one"]),
    )

    assert set(briefing.people) == {"colby"}
    assert [one.title for one in briefing.people["colby"].posts] == ["Adviser", "Under Secretary", "Chair"]
    assert briefing.collisions == ()


def test_two_offices_that_change_one_field_apart_are_a_collision_and_the_later_is_shown() -> None:
    log = history(
        agency_described("us-a", "A", country="US", label="one"),
        agency_described("us-a", "A", country="USA", replaces=["one"]),
        agency_described("us-a", "A", country="United States", replaces=["one"]),
    )
    briefing = project(log)

    assert briefing.agencies["us-a"].country == "United States"
    (collision,) = briefing.collisions
    assert (collision.what, collision.kept, collision.other) == ("two values of us-a/country", log[2].digest, log[1].digest)


def test_an_update_of_an_entry_that_was_withdrawn_stands_for_it() -> None:
    briefing = given(
        person_described("colby", posts=(post("Adviser"),), label="one"),
        person_described("colby", posts=(post("Chair"),), label="two", replaces=["one"]),
        person_described("colby", posts=(post("Envoy"),), replaces=["one"]),
        event_retracted("one"),
    )

    assert [one.title for one in briefing.people["colby"].posts] == ["Chair", "Envoy"]
    assert briefing.collisions == ()


def test_one_id_given_to_two_people_keeps_both_the_later_under_a_longer_id() -> None:
    log = history(person_described("singh", "Singh A"), person_described("singh", "Singh B"))
    briefing = project(log)

    other = f"singh~{log[1].digest[:8]}"
    assert {id_: one.name for id_, one in briefing.people.items()} == {"singh": "Singh A", other: "Singh B"}
    assert briefing.find("person", "Singh B") == other
    (collision,) = briefing.collisions
    assert (collision.what, collision.kept, collision.other) == ("the id singh", log[0].digest, log[1].digest)


def test_one_id_given_to_two_meetings_keeps_both_with_their_commitments() -> None:
    log = history(
        meeting_held("m", title="Steel", commitments=(commitment(),)),
        meeting_held("m", title="Coal", commitments=(commitment(),)),
    )
    briefing = project(log)

    other = f"m~{log[1].digest[:8]}"
    assert {id_: one.held.title for id_, one in briefing.meetings.items()} == {"m": "Steel", other: "Coal"}
    assert [one.ref for one in briefing.commitments] == ["m/c1", f"{other}/c1"]
    assert [one.digest for one in briefing.meetings.values()] == [one.digest for one in log]


def test_one_id_given_to_an_agency_and_a_topic_is_a_collision_too() -> None:
    log = history(agency_described("trust"), topic_described("trust"))
    briefing = project(log)

    assert list(briefing.agencies) == ["trust"]
    assert list(briefing.topics) == [f"trust~{log[1].digest[:8]}"]
    assert briefing.digests["trust"] == log[0].digest
    assert [one.what for one in briefing.collisions] == ["the id trust"]


def test_the_same_thing_recorded_by_two_offices_is_one_thing() -> None:
    told = (
        source_registered("text-1"),
        agency_described("us-a", "A"),
        person_described("p", "P"),
        visit_described("v"),
        meeting_held("m", on="2026-03-02", points=(point(),), commitments=(commitment(),)),
        fact_stated("f"),
    )
    here, there = history(*told), history(*told, writer="embassy", at=NOON + timedelta(hours=1))
    briefing = project((*here, *there))

    assert briefing.collisions == ()
    assert list(briefing.meetings) == ["m"]
    assert list(briefing.people) == ["p"]
    assert list(briefing.facts) == ["f"]
    assert len(briefing.commitments) == 1
    assert not {one.digest for one in here} & {one.digest for one in there}


def test_one_text_registered_under_two_file_names_is_one_source() -> None:
    briefing = given(source_registered("text-1", original_name="a.txt"), source_registered("text-1", original_name="b.txt"))

    assert list(briefing.sources) == ["text-1"]
    assert briefing.collisions == ()


def test_the_order_of_the_fold_is_the_order_of_file_names() -> None:
    log = [
        written_at(one.kind, NOON, **one.payload)
        for one in (meeting_held("m"), agency_described("a"), fact_stated("f"), visit_described("v"), topic_described("t"))
    ]
    by_name = sorted(log, key=lambda one: file_name(one.event, one.digest))

    assert list(project(log).digests.values()) == [one.digest for one in by_name]


def test_every_origin_on_record_is_known_even_of_what_was_withdrawn() -> None:
    log = history(meeting_held("m", origin="draft:1"), fact_stated("f", origin="draft:2"))

    assert dict(project(log).origins) == {"draft:1": log[0].digest, "draft:2": log[1].digest}


def test_the_state_knows_when_its_newest_event_was_recorded() -> None:
    log: tuple[Recorded, ...] = history(meeting_held("m1", participants=(met("p"),)), meeting_held("m2"))

    assert project(log).newest_at == log[1].at.isoformat()
