"""What an event may hold, and what it touches."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from briefing.events import BY_TYPE, EVENT_TYPES, CommitmentUpdated, Event, Recorded
from briefing.links import links
from briefing.payload import Citation, Participant
from briefing.roles import Role
from tests.given import (
    Told,
    agency_described,
    assessment_recorded,
    cited,
    commitment,
    difference_settled,
    event_corrected,
    event_retracted,
    fact_stated,
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
)


def recorded(*told: Told) -> Recorded:
    return history(*told)[-1]


def touched(*told: Told) -> set[str]:
    return ids_in(recorded(*told).event)


def ids_in(event: Event) -> set[str]:
    """Return what is touched by id or digest; what bears a name, or speaks of one, is linked by a digest of the words."""
    return {link.to for link in links(event) if link.role not in (Role.CALLED, Role.SPOKEN_OF)}


def test_every_type_has_a_name_of_its_own_in_the_past_tense() -> None:
    assert len(BY_TYPE) == len(EVENT_TYPES)
    assert all(re.fullmatch(r"[a-z]+\.([a-z]+ed|held|seen)", name) for name in BY_TYPE)


def test_a_meeting_touches_all_it_names() -> None:
    met_there = meeting_held(
        "m1", visit="v", agencies=("us-a",), participants=(met("faulkender", agency="us-b"),), citations=(cited("a"),),
        points=(point(by="colby", topics=("steel",), about=("quad",), citations=(cited("b", by="c"),)),),
        commitments=(commitment(owed_by="us-c", owed_to="mea", topics=("talks",)),),
        not_agreed=(point("n1", topics=("itar",)),),
    )  # fmt: skip

    assert touched(met_there) == {
        "m1", "v", "us-a", "us-b", "faulkender", "a", "b", "c", "colby", "steel", "quad", "us-c", "mea", "talks", "itar",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("told", "ids"),
    [
        (source_registered("s"), {"s"}),
        (agency_described("us-a", citations=(cited("s"),)), {"us-a", "s"}),
        (person_described("p", posts=(post("Envoy", "us-a", citations=(cited("s"),)),)), {"p", "us-a", "s"}),
        (topic_described("t", theme="themes"), {"t", "themes"}),
        (visit_described("v", principal="p", follows="w", delegation=(met("q"),)), {"v", "p", "w", "q"}),
        (visit_reported("r", "v", agencies=("us-a",)), {"r", "v", "us-a"}),
        (fact_stated("f", topics=("t",), about=("us-a",), visit="v"), {"f", "t", "us-a", "v"}),
        (assessment_recorded("a", "us-a"), {"a", "us-a"}),
    ],
)
def test_every_type_touches_what_it_names(told: Told, ids: set[str]) -> None:
    assert touched(told) == ids


def test_sides_and_titles_are_no_links() -> None:
    assert touched(meeting_held("m1", points=(point(by="theirs"),), commitments=(commitment(owed_by="ours", owed_to="both"),))) == {"m1"}


def test_a_correction_touches_its_target_and_what_it_now_names() -> None:
    first, correction = history(meeting_held("m1", agencies=("us-a",)), event_corrected("m1", agencies=["us-b"], visit="v", title="us-c"))

    assert ids_in(correction.event) == {first.digest, "us-b", "v"}


def test_a_correction_of_whole_points_touches_what_these_name() -> None:
    new = [{"id": "p1", "say": "Coal.", "topics": ["coal"], "by": "theirs"}]
    first, correction = history(meeting_held("m1"), event_corrected("m1", points=new))

    assert ids_in(correction.event) == {first.digest, "coal"}


def test_news_of_a_commitment_touches_the_commitment_and_its_meeting() -> None:
    assert touched(Told(CommitmentUpdated, "", {"commitment": "m1/c1", "status": "done"})) == {"m1/c1", "m1"}


@pytest.mark.parametrize(
    ("difference", "ids"),
    [
        ("m1/p1", {"m1/p1", "m1"}),
        ("colby/title", {"colby"}),
        ("launch", {"launch"}),
        ("m1+m2/steel", {"m1", "m2", "steel"}),
    ],
)
def test_a_settlement_touches_what_its_difference_is_about_and_the_text_it_follows(difference: str, ids: set[str]) -> None:
    assert touched(difference_settled(difference, "north")) == {*ids, "north"}


def test_a_retraction_touches_its_target() -> None:
    first, retraction = history(meeting_held("m1"), event_retracted("m1"))

    assert {link.to for link in links(retraction.event)} == {first.digest}


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"source": "a"},
        {"quote": "x", "start": 0, "end": 1},
        {"source": "a", "quote": "x", "start": 0},
        {"source": "a", "quote": "x", "start": 0, "end": 2},
        {"source": "a", "quote": "x", "start": 1, "end": 0},
        {"source": "a", "quote": "x", "start": -1, "end": 0},
        {"record": "a desk", "source": "a"},
        {"record": "a desk", "source": "a", "quote": "x", "start": 0, "end": 1},
    ],
)
def test_a_citation_is_an_exact_span_of_a_text_or_a_record_and_never_half_of_either(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Citation(**values)  # type: ignore[arg-type]


def test_a_participant_is_a_person_or_words_and_not_both() -> None:
    for values in ({}, {"person": "a", "unnamed": "officials"}):
        with pytest.raises(ValidationError, match="a participant is"):
            Participant(**values)


def test_a_correction_changes_something() -> None:
    with pytest.raises(ValidationError, match="changes"):
        history(meeting_held("m1"), event_corrected("m1"))


def test_the_envelope_alone_is_not_an_event_type() -> None:
    assert Event not in EVENT_TYPES
