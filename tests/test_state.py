"""The state answers by agency, person, topic, visit and meeting."""

from __future__ import annotations

import dataclasses

import pytest

from briefing.payload import Citation
from briefing.spelling import fold_name
from briefing.state import BriefingState
from tests.given import (
    TEXT,
    agency_described,
    assessment_recorded,
    cited,
    commitment,
    fact_stated,
    given,
    meeting_held,
    met,
    person_described,
    point,
    post,
    source_registered,
    topic_described,
    visit_described,
    visit_reported,
)


@pytest.fixture(scope="module")
def state() -> BriefingState:
    return given(
        source_registered("a"),
        agency_described("treasury"),
        agency_described("defense"),
        topic_described("steel"),
        person_described("low", "Low", posts=(post("Clerk", "treasury"),)),
        person_described("high", "High", posts=(post("Secretary", "treasury", rank=1), post("Envoy", "defense", rank=9))),
        visit_described("v"),
        meeting_held("m1", visit="v", agencies=("treasury",), participants=(met("high"),),
                     points=(point(topics=("steel",), citations=(cited("a"),)),),
                     commitments=(commitment(owed_by="defense"),)),
        meeting_held("m2", on="2026-04-01", agencies=("treasury", "defense"), participants=(met("low"),),
                     not_agreed=(point("n1", topics=("steel",)),)),
        visit_reported("r1", "v", agencies=("treasury",), commitments=(commitment(topics=("steel",)),)),
        fact_stated("f"),
        assessment_recorded("first", "v", bottom_line=("Old.",)),
        assessment_recorded("second", "v", bottom_line=("New.",)),
    )  # fmt: skip


def test_by_visit_meetings_and_reports_in_the_order_of_the_record(state: BriefingState) -> None:
    assert [one.id for one in state.meetings_of_visit("v")] == ["m1", "r1"]


def test_by_agency_meetings_count_and_a_report_on_the_whole_does_not(state: BriefingState) -> None:
    assert [one.id for one in state.meetings_of_agency("treasury")] == ["m1", "m2"]
    assert [one.id for one in state.meetings_of_agency("defense")] == ["m2"]
    assert state.meetings_of_agency("nobody") == ()


def test_by_topic_points_commitments_and_what_was_not_agreed(state: BriefingState) -> None:
    assert [one.id for one in state.meetings_on_topic("steel")] == ["m1", "m2", "r1"]


def test_by_person_the_meetings_they_took_part_in(state: BriefingState) -> None:
    assert [one.id for one in state.meetings_of_person("high")] == ["m1"]


def test_the_people_of_an_agency_stand_by_rank_those_without_one_last(state: BriefingState) -> None:
    assert [one.name for one in state.people_of_agency("treasury")] == ["High", "Low"]
    assert [one.name for one in state.people_of_agency("defense")] == ["High"]


def test_commitments_of_an_agency_are_those_made_with_it_or_owed_by_it(state: BriefingState) -> None:
    assert [one.ref for one in state.commitments_of_agency("treasury")] == ["m1/c1", "r1/c1"]
    assert [one.ref for one in state.commitments_of_agency("defense")] == ["m1/c1"]


def test_the_newest_assessment_of_a_subject_speaks(state: BriefingState) -> None:
    newest = state.assessment_of("v")

    assert newest is not None
    assert newest.bottom_line == ("New.",)
    assert state.assessment_of("treasury") is None


def test_a_meeting_names_the_texts_that_speak_of_it_once_each(state: BriefingState) -> None:
    assert state.meeting("m1").sources == ("a",)
    assert state.meeting("m2").sources == ()


def test_a_citation_has_the_number_of_its_paragraph(state: BriefingState) -> None:
    whole = given(source_registered("a", body_start=TEXT.index("The two")))

    assert whole.paragraph(cited("a")) == 1
    assert whole.paragraph(cited("a", "Headline")) == 0
    assert whole.paragraph(Citation(record="note-taker's record")) == 0
    assert whole.paragraph(Citation(source="unknown", quote="x", start=0, end=1)) == 0


def test_nothing_of_the_state_can_be_changed(state: BriefingState) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        state.newest_at = "never"  # type: ignore[misc]
    with pytest.raises(TypeError):
        state.meetings["m3"] = state.meetings["m1"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("one", "other"),
    [("U.S. Treasury", "us treasury"), ("India–US", "india-us"), ("India’s", "INDIA'S"), ("a\u00a0 b", "A b"), ("Straße", "STRASSE")],
)
def test_a_name_is_found_however_it_is_typed(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)
