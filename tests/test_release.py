"""What may be shown to a reader: extracts before the fold, without a trace of the rest."""

from __future__ import annotations

import json
from typing import Any

from briefing.codec import encode
from briefing.events import MeetingHeld
from briefing.markings.reader import Reader, reader_for
from briefing.projector import project
from briefing.release import released
from briefing.state import BriefingState
from tests.given import (
    agency_described,
    assessment_recorded,
    cited,
    commitment,
    commitment_updated,
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
)
from tests.markings.test_marking import PLAIN


def reader(ceiling: str = "INTERNAL") -> Reader:
    found = reader_for(PLAIN, ceiling=ceiling)
    assert found is not None
    return found


def seen(*told: Any, ceiling: str = "INTERNAL") -> BriefingState:
    return project(released(history(*told), reader(ceiling)))


def all_words(*told: Any, ceiling: str = "INTERNAL") -> str:
    return "".join(encode(one.event).decode() for one in released(history(*told), reader(ceiling)))


HIGH = "CONFIDENTIAL"


def test_an_event_above_the_ceiling_is_not_there() -> None:
    state = seen(meeting_held("m1"), meeting_held("m2", marking=HIGH))

    assert list(state.meetings) == ["m1"]


def test_with_a_high_enough_ceiling_everything_is_there() -> None:
    told = (meeting_held("m1", points=(point(marking=HIGH),)), meeting_held("m2", marking=HIGH))

    assert list(seen(*told, ceiling=HIGH).meetings) == ["m1", "m2"]
    assert len(seen(*told, ceiling=HIGH).meeting("m1").held.points) == 1


def test_a_statement_above_the_ceiling_goes_and_the_rest_is_numbered_anew() -> None:
    held = meeting_held(
        "m1", points=(point("p1", "First.", marking=HIGH), point("p2", "Second.")),
        commitments=(commitment("c1", "Secret.", marking=HIGH), commitment("c2", "Open.")),
    )  # fmt: skip
    state = seen(held, commitment_updated("m1/c2", status="done"))

    assert [(one.id, one.say) for one in state.meeting("m1").held.points] == [("p1", "Second.")]
    assert [(one.ref, one.commitment.status) for one in state.commitments] == [("m1/c1", "done")]


def test_a_statement_takes_the_mark_of_its_meeting_unless_it_has_its_own() -> None:
    state = seen(meeting_held("m1", marking="INTERNAL", points=(point("p1", "As it is."), point("p2", "Higher.", marking=HIGH))))

    assert [one.say for one in state.meeting("m1").held.points] == ["As it is."]


def test_what_a_withheld_correction_corrects_is_withheld_too() -> None:
    told = (meeting_held("m1", title="Steel"), event_corrected("m1", title="Steel and arms"))
    secret = (told[0], told[1].__class__(told[1].kind, "", {**told[1].payload, "marking": HIGH}))

    assert seen(*told).meeting("m1").held.title == "Steel and arms"
    assert not seen(*secret).meetings


def test_what_a_withheld_retraction_withdraws_does_not_come_back() -> None:
    told = (meeting_held("m1"), event_retracted("m1"))
    secret = (told[0], told[1].__class__(told[1].kind, "", {**told[1].payload, "marking": HIGH}))

    assert not seen(*secret).meetings


def test_a_commitment_with_withheld_news_is_withheld_and_its_meeting_stays() -> None:
    held = meeting_held("m1", commitments=(commitment("c1", "One."), commitment("c2", "Two.")))
    state = seen(held, commitment_updated("m1/c1", status="lapsed", marking=HIGH))

    assert [one.commitment.say for one in state.commitments] == ["Two."]


def test_a_statement_whose_settlement_is_withheld_is_withheld() -> None:
    held = meeting_held("m1", points=(point("p1", "One."), point("p2", "Two.")))

    assert [p.say for p in seen(held, difference_settled("m1/p1", "s", marking=HIGH)).meeting("m1").held.points] == ["Two."]


def test_a_correction_can_lower_or_raise_a_mark() -> None:
    lowered = (meeting_held("m1", marking=HIGH), event_corrected("m1", marking="INTERNAL"))
    raised = (meeting_held("m1"), event_corrected("m1", marking=HIGH))

    assert list(seen(*lowered).meetings) == ["m1"]
    assert not seen(*raised).meetings


def test_a_quotation_from_a_withheld_text_goes_and_a_statement_that_rests_on_it_alone_goes_too() -> None:
    told = (
        source_registered("open"), source_registered("secret", marking=HIGH),
        meeting_held("m1", points=(
            point("p1", "Both.", citations=(cited("open"), cited("secret"))), point("p2", "One.", citations=(cited("secret"),)),
        )),
    )  # fmt: skip
    held = seen(*told).meeting("m1").held

    assert [(one.say, [c.source for c in one.citations]) for one in held.points] == [("Both.", ["open"])]


def test_nobody_and_nothing_that_is_withheld_is_named() -> None:
    told = (
        agency_described("us-spies", "Spies", marking=HIGH), agency_described("us-a", "Agency"),
        person_described("bond", "James Bond", marking=HIGH), person_described("smith", "Jo Smith", posts=(post("Envoy", "us-a"), post("Agent", "us-spies"))),
        topic_described("poison", "Poison", marking=HIGH), topic_described("steel", "Steel"),
        visit_described("v", marking=HIGH, principal="smith"),
        meeting_held(
            "m1", visit="v", agencies=("us-spies", "us-a"), participants=(met("bond"), met("smith", agency="us-a")),
            points=(point(by="bond", topics=("poison", "steel")),),
        ),
        assessment_recorded("a1", "us-spies", state_of_play="Hm."), fact_stated("f1", about=("us-spies",)),
    )  # fmt: skip
    words = all_words(*told)

    assert not [secret for secret in ("us-spies", "bond", "poison", '"v"', "Hm.") if secret in words]
    held = seen(*told).meeting("m1").held
    assert isinstance(held, MeetingHeld)
    assert (held.agencies, [p.person for p in held.participants], held.points[0].topics) == (("us-a",), ["smith"], ("steel",))
    assert not [gap for gap in seen(*told).gaps if gap.kind == "not on record"]


def test_an_extract_carries_nothing_of_the_record_it_was_made_from() -> None:
    log = history(source_registered("s"), meeting_held("m1", file_ref="F/1", recorded_for="Envoy"), event_corrected("m1", title="Steel"))
    extracts = released(log, reader())
    words = "".join(encode(one.event).decode() for one in extracts)

    secrets = {value for one in log for value in (one.digest, one.event.nonce, one.event.origin, *one.event.parents)}
    assert not [one for one in secrets if one in words]
    assert "F/1" not in words
    assert len(extracts) == 2
    assert all(json.loads(encode(one.event))["recorded_by"] == "released" for one in extracts)


def test_an_entry_that_was_updated_keeps_what_may_be_seen() -> None:
    first, second = person_described("p", "Jo Smith", posts=(post("Envoy"),)), person_described("p", "Jo Smith", posts=(post("Spy"),), replaces=("p",), label="later", marking=HIGH)

    assert [one.title for one in seen(first, second).people["p"].posts] == ["Envoy"]
    assert [one.title for one in seen(first, second, ceiling=HIGH).people["p"].posts] == ["Envoy", "Spy"]
