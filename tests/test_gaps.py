"""What is not known is a value, not a blank."""

from __future__ import annotations

import pytest

from briefing.dates import parse_span
from briefing.payload import Objective, Participant
from tests.given import (
    Told,
    commitment,
    event_corrected,
    given,
    meeting_held,
    met,
    person_described,
    point,
    source_registered,
    visit_described,
    visit_reported,
)

WHOLE = {"on": "2026-03-02", "participants": (met("faulkender"),), "points": (point(),)}


def found(*told: Told) -> set[tuple[str, str]]:
    known = (person_described("faulkender", "Michael Faulkender"), person_described("misri", "Vikram Misri"))
    return {(gap.kind, gap.about) for gap in given(*known, *told).gaps}


def test_a_whole_meeting_has_no_gap() -> None:
    assert found(meeting_held("m1", **WHOLE)) == set()


@pytest.mark.parametrize(
    ("missing", "gap"),
    [
        ({"content_known": False}, "no content"),
        ({"points": ()}, "no content"),
        ({"on": None}, "no day"),
        ({"participants": ()}, "no counterpart"),
        ({"participants": (met("misri", side="ours"),)}, "no counterpart"),
        ({"participants": (Participant(unnamed="senior officials", side="theirs"),)}, "no counterpart"),
    ],
)
def test_each_thing_a_reader_would_ask_for_is_a_gap(missing: dict[str, object], gap: str) -> None:
    assert found(meeting_held("m1", **{**WHOLE, **missing})) == {(gap, "m1")}


def test_a_meeting_that_only_promised_something_has_content() -> None:
    owed = commitment(due=parse_span("1 June 2026"), owed_by="us-treasury")

    assert found(meeting_held("m1", **{**WHOLE, "points": (), "commitments": (owed,)})) == set()


@pytest.mark.parametrize(
    ("rest", "gaps"),
    [
        ({"due": parse_span("June 2026"), "owed_by": "us-treasury"}, set()),
        ({"due": parse_span("soon"), "owed_by": "us-treasury"}, {"undated commitment"}),
        ({"owed_by": "us-treasury"}, {"undated commitment"}),
        ({"due": parse_span("June 2026")}, {"no owner"}),
        ({"due": parse_span("June 2026"), "owed_by": "both"}, {"no owner"}),
    ],
)
def test_a_commitment_without_date_or_owner_is_a_gap(rest: dict[str, object], gaps: set[str]) -> None:
    assert found(meeting_held("m1", **WHOLE, commitments=(commitment(**rest),))) == {(gap, "m1/c1") for gap in gaps}


def test_a_source_without_a_publication_date_is_a_gap() -> None:
    assert found(source_registered("a", published="soon"), source_registered("b")) == {("source undated", "a")}


def test_a_visit_with_meetings_and_no_objectives_is_a_gap() -> None:
    aim = (Objective(id="o1", say="Agree on steel."),)

    assert found(visit_described("v")) == set()
    assert found(visit_described("v"), visit_reported("r", "v")) == {("no objectives", "v")}
    assert found(visit_described("v", objectives=aim), visit_reported("r", "v")) == set()


def test_a_report_on_a_whole_visit_needs_no_day_and_no_counterpart() -> None:
    aim = (Objective(id="o1", say="Agree on steel."),)

    assert found(visit_described("v", objectives=aim), visit_reported("r", "v", points=(point(),))) == set()


def test_a_gap_of_a_meeting_names_its_visit() -> None:
    (gap,) = given(visit_described("v"), meeting_held("m1", **{**WHOLE, "on": None}, visit="v")).gaps[:1]

    assert (gap.kind, gap.visit) == ("no day", "v")


def test_a_gap_closes_when_a_correction_supplies_what_was_missing() -> None:
    told = meeting_held("m1", **{**WHOLE, "content_known": False})

    assert found(told) == {("no content", "m1")}
    assert found(told, event_corrected("m1", content_known=True)) == set()


def test_who_is_named_and_not_on_record_is_a_gap_and_the_paper_says_so() -> None:
    state = given(meeting_held("m1", **{**WHOLE, "participants": (met("withdrawn-person"),)}))

    assert ("not on record", "withdrawn-person") in {(gap.kind, gap.about) for gap in state.gaps}
    assert state.people["withdrawn-person"].name == "withdrawn-person (not on record)"
