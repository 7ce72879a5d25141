from __future__ import annotations

from typing import Any

import pytest

from briefing.dates import parse_span
from briefing.errors import Refused
from briefing.notes.note import Note
from briefing.notes.public import meeting_public, words
from briefing.notes.record import meeting_record
from briefing.payload import Citation
from briefing.render.words import note_words
from tests.given import (
    Told,
    agency_described,
    assessment_recorded,
    commitment,
    event_corrected,
    meeting_held,
    meeting_planned,
    met,
    objective,
    objective_scored,
    person_described,
    point,
    post,
    topic_described,
)
from tests.notes.made import FRAME, headings, markdown, state_of, under

REGISTER = (
    agency_described("us-commerce", "US Department of Commerce", short="Commerce", country="United States", side="theirs"),
    agency_described("mea", "Ministry of External Affairs", country="India", side="ours"),
    topic_described("tariffs", "Tariffs"),
    person_described("roe-max", "Max Roe", side="theirs", posts=(post("Under Secretary of Commerce", "us-commerce"),)),
    person_described("rao-asha", "Asha Rao", side="ours", posts=(post("Joint Secretary", "mea"),)),
)
OWN = (Citation(record="Third Secretary"),)


def held(**payload: Any) -> Told:
    return meeting_held("steel", **{"on": "2026-03-02", "title": "Talks on steel", "agencies": ("us-commerce",), **payload})


def record(*told: Told) -> Note:
    return meeting_record(state_of(*REGISTER, *told), "steel", FRAME)


def public(*told: Told) -> Note:
    return meeting_public(state_of(*REGISTER, *told), "steel", FRAME)


# ── the record ────────────────────────────────────────────────────────────────────────────────


def test_the_participants_of_both_sides_stand_under_their_countries() -> None:
    note = record(held(participants=(met("roe-max"), met("rao-asha", side="ours"))))

    assert "India Joint Secretary Asha Rao" in under(note, "Participants")
    assert "The United States US Under Secretary of Commerce Max Roe" in under(note, "Participants")


@pytest.mark.parametrize(("score", "printed"), [("met", "■ Met"), ("partly", "◧ Partly"), ("not", "□ Not met")])
def test_an_objective_is_scored_with_its_evidence(score: str, printed: str) -> None:
    told = under(record(meeting_planned("steel", objectives=(objective(),)), held(), objective_scored("steel/o1", score)),
                 "Results against objectives")  # fmt: skip

    assert told.endswith(f"A day is fixed. {printed} It was said in the meeting.")


def test_an_objective_that_nobody_scored_says_so() -> None:
    assert "△ Not scored" in under(record(meeting_planned("steel", objectives=(objective(),)), held()), "Results against objectives")


def test_without_objectives_there_is_a_line_and_no_table() -> None:
    note = record(held())

    assert "Results against objectives" not in headings(note)
    assert "objectives to score results by" in under(note, "What is not known")


def test_the_discussion_goes_by_subject() -> None:
    note = record(held(points=(point("p1", "Duties were raised.", topics=("tariffs",), citations=OWN), point("p2", "Rice was raised.", citations=OWN),
                               point("p3", "Duties were deplored.", topics=("tariffs",), citations=OWN))))  # fmt: skip

    assert "Tariffs. Duties were raised. Duties were deplored." in under(note, "Discussion")


def test_agreed_and_not_agreed_stand_apart() -> None:
    note = record(held(points=(point("p1", "A list is exchanged.", kind="agreed"),), not_agreed=(point("n1", "The rate of duty."),)))

    assert "A list is exchanged." in under(note, "Agreed")
    assert "The rate of duty." in under(note, "Not agreed")
    assert "Discussion" not in headings(note)


def test_the_officers_comment_stands_last_and_apart() -> None:
    note = record(held(points=(point(),)), assessment_recorded("a1", "steel", comment="They were tired.", bottom_line=("A good hour.",)))

    assert headings(note)[-1] == "Comment, by Desk officer"
    assert under(note, "Comment, by Desk officer").endswith("They were tired.")
    assert "Summary (by Desk officer)" in markdown(note)
    assert "A good hour." in markdown(note)


def test_next_steps_are_those_on_record_and_soon_is_no_date() -> None:
    note = record(held(points=(point(),), next_contact=parse_span("soon")), assessment_recorded("a1", "steel", next_steps=("Write to them.",)))

    assert "Next contact: “soon” △ undated" in under(note, "Next steps")
    assert "Write to them." in under(note, "Next steps")


def test_a_meeting_of_unknown_content_says_so_and_invents_nothing() -> None:
    note = record(held(on=None, content_known=False))

    assert under(note, "What is not known").startswith("2 Not on record: what was said, the counterpart, the day, the place")
    assert "Commitments" not in headings(note)


# ── the public cut ────────────────────────────────────────────────────────────────────────────


def test_a_public_cut_holds_what_is_marked_for_release_and_nothing_else() -> None:
    note = public(held(participants=(met("roe-max"),), points=(point("p1", "Duties were raised.", marking="public"), point("p2", "Rice is dear.")),
                       commitments=(commitment("c1", "Send a list."),)))  # fmt: skip

    told = " ".join(note_words(note))
    assert "Duties were raised." in told
    assert [one for one in ("Rice", "list", "Roe", "Commerce", "steel", "2026") if one in told] == []


def test_a_meeting_that_is_itself_released_gives_its_parts_but_those_with_another_marking() -> None:
    note = public(held(marking="public", participants=(met("roe-max"),), points=(
        point("p1", "Duties were raised."), point("p2", "Rice is dear.", marking="SECRET"))))  # fmt: skip

    told = " ".join(note_words(note))
    assert "India’s side met US Under Secretary of Commerce Max Roe on 2 March 2026." in told
    assert "Duties were raised." in told
    assert "Rice" not in told


def test_a_public_cut_is_refused_where_nothing_is_marked_for_release() -> None:
    with pytest.raises(Refused, match="nothing of steel is marked for release"):
        public(held(points=(point("p1", "Duties were raised."), point("p2", "Rice is dear.", marking="SECRET"))))


def test_a_release_that_was_taken_back_is_refused() -> None:
    with pytest.raises(Refused):
        public(held(points=(point("p1", "Duties were raised.", marking="public"),)), event_corrected("steel", points__p1__marking="SECRET"))


def test_a_public_cut_has_200_words_at_most_and_no_half_sentence() -> None:
    long = tuple(point(f"p{n}", f"{' '.join(['word'] * 49)} end{n}.", marking="public") for n in range(1, 7))

    note = public(held(points=long))

    assert words(note) == 200
    assert note_words(note)[-1] == "end4."


def test_a_commitment_in_a_public_cut_is_never_firmer_than_its_weakest_text() -> None:
    promised = commitment("c1", "Hold talks.", due=parse_span("soon"), marking="public", citations=(
        Citation(record="A", strength="agreed"), Citation(record="B", strength="expected")))  # fmt: skip

    assert "Expected: hold talks, “soon”." in " ".join(note_words(public(held(commitments=(promised,)))))


def test_a_public_cut_names_no_record_no_head_no_officer_and_no_time() -> None:
    note = public(held(points=(point("p1", "Duties were raised.", marking="public"),)))

    assert note.basis != FRAME.basis
    assert (note.heads, note.made_at, note.unit) == ((), "1980-01-01T00:00:00Z", "")
    assert [line.label for line in note.title_block] == ["Cleared by"]


def test_what_is_withheld_leaves_no_trace_in_a_public_cut() -> None:
    open_ = point("p2", "Duties were raised.", marking="public")
    with_secret = public(held(points=(point("p1", "Rice is dear."), open_, point("p3", "Zinc is dear."))))

    assert with_secret == public(held(points=(open_,)))
