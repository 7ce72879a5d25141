"""An officer's words say when the record has moved since they were written."""

from __future__ import annotations

import pytest

from briefing.notes.written import whose
from tests.given import (
    Told,
    assessment_recorded,
    commitment,
    commitment_updated,
    event_corrected,
    fact_stated,
    given,
    meeting_held,
    point,
    visit_described,
)

HELD = meeting_held("m", visit="v", agencies=("us-a",), points=(point(topics=("steel",)),), commitments=(commitment(),))


def said(*told: Told) -> str:
    state = given(visit_described("v"), HELD, *told)
    assessment = state.assessment_of(next(one.payload["about"] for one in told if "by" in one.payload))
    assert assessment is not None
    return whose(state, assessment)


@pytest.mark.parametrize("about", ["v", "m", "us-a", "steel"])
def test_words_on_a_record_that_has_not_moved_are_only_the_officers(about: str) -> None:
    assert said(assessment_recorded("a", about), meeting_held("elsewhere")) == "Desk officer"


@pytest.mark.parametrize("about", ["v", "m", "us-a", "steel"])
def test_corrections_and_news_since_are_counted(about: str) -> None:
    told = said(assessment_recorded("a", about), event_corrected("m", title="Steel"), commitment_updated("m/c1", status="done"))

    assert told == "Desk officer, written before two later events"


def test_another_meeting_of_the_visit_and_a_fact_about_it_are_later_events() -> None:
    assert said(assessment_recorded("a", "v"), meeting_held("m2", visit="v")) == "Desk officer, written before one later event"
    assert said(assessment_recorded("a", "v"), fact_stated("f", visit="v")) == "Desk officer, written before one later event"
