from __future__ import annotations

import pytest

from briefing.notes.commitments import commitment_line
from briefing.notes.contacts import discussed, with_whom
from briefing.notes.note import plain
from briefing.notes.visit import visit_report
from briefing.notes.writer import Writer
from briefing.payload import Citation, Commitment, Point
from briefing.render.markdown import render_markdown
from tests.given import (
    agency_described,
    cited,
    given,
    meeting_held,
    met,
    person_described,
    post,
    source_registered,
    topic_described,
    visit_described,
)
from tests.notes.made import FRAME

OURS = (Citation(record="Third Secretary (Commerce)", strength="agreed"),)


def about(*points: Point, title: str = "Meeting", elsewhere: tuple[str, ...] = ()) -> str:
    """Return what the table says was discussed in a meeting."""
    state = given(
        topic_described("steel", "Steel"),
        agency_described("us-a", "Department of the Treasury", short="Treasury"),
        person_described("doe-jane", "Jane Doe", posts=(post("Deputy Secretary"),)),
        meeting_held("m1", on="2026-03-02", title=title, agencies=("us-a",), participants=(met("doe-jane"),), points=points),
    )
    return plain(discussed(Writer(state, ()), state.meetings["m1"], elsewhere=elsewhere))


def point(say: str, **payload: object) -> Point:
    return Point.model_validate({"id": f"p{len(say)}", "say": say, "citations": OURS, **payload})


def test_a_point_that_is_filed_under_no_topic_is_printed_in_its_own_words() -> None:
    assert about(point("The draft chapters were gone through.")) == "The draft chapters were gone through"


def test_a_point_is_printed_by_its_short_form_or_its_topics_where_it_has_them() -> None:
    points = (point("Steel was discussed.", topics=("steel",)), point("A visit was spoken of.", short="The next visit"))

    assert about(*points) == "Steel; The next visit"


def test_the_second_of_two_sentences_begins_with_a_small_letter() -> None:
    assert about(point("Steel was discussed."), point("Both sides were content.")) == "Steel was discussed; both sides were content"


def test_a_sentence_that_stands_whole_elsewhere_on_the_page_is_not_printed_twice() -> None:
    told, other = point("The draft chapters were gone through."), point("Steel was discussed.", topics=("steel",))

    assert about(told, elsewhere=(f"m1/{told.id}",)) == "See “Other” below"
    assert about(told, other, elsewhere=(f"m1/{told.id}", f"m1/{other.id}")) == "Steel; see “Other” below"


@pytest.mark.parametrize(
    "title", ["Meeting", "Talks at Treasury", "Meeting with Jane Doe", "Call with the Deputy Secretary", "Luncheon, Department of the Treasury"]
)
def test_a_meeting_without_points_whose_title_says_who_met_is_not_reported(title: str) -> None:
    assert about(title=title) == "Not reported"


@pytest.mark.parametrize("title", ["Contract renegotiation", "Call with Jane Doe on licences"])
def test_a_meeting_without_points_is_about_what_its_title_says(title: str) -> None:
    assert about(title=title) == title


def test_the_words_for_an_occasion_leave_out_the_counterpart_who_stands_before_them() -> None:
    text = "During a working luncheon hosted by U.S. Deputy Secretary of Steel Jane Doe they spoke."
    words = "working luncheon hosted by U.S. Deputy Secretary of Steel Jane Doe"
    state = given(
        source_registered("a", text),
        person_described("doe-jane", "Jane Doe", posts=(post("Deputy Secretary of Steel"),)),
        meeting_held("m1", on="2026-03-02", form="luncheon", participants=(met("doe-jane"),),
                     citations=(cited("a", words, text=text, words=(words,)),)),
    )  # fmt: skip

    told = plain(with_whom(Writer(state, ["a"]), state.meetings["m1"]))
    assert told.endswith("Deputy Secretary of Steel Jane Doe, at a luncheon (A: “working luncheon hosted by …”)")


def test_a_visit_whose_head_is_not_on_record_says_so_and_a_point_of_no_topic_is_told_once() -> None:
    state = given(
        visit_described("v1"),
        agency_described("us-a", "Treasury"),
        meeting_held("m1", visit="v1", agencies=("us-a",), points=(point("The draft chapters were gone through."),)),
    )
    told = render_markdown(visit_report(state, "v1", FRAME))

    assert "Who went is not on record. The visit: abroad, 27–29 May 2026." in told
    assert told.count("draft chapters were gone through") == 1


@pytest.mark.parametrize(
    ("say", "line"),
    [
        ("Send a draft agenda.", "Agreed: send a draft agenda"),
        ("Commerce will send its comments.", "Agreed: Commerce will send its comments"),
        ("Commercial terms will be sent.", "Agreed: commercial terms will be sent"),
        ("United States experts will come.", "Agreed: United States experts will come"),
        ("Kessler will reply.", "Agreed: Kessler will reply"),
        ("US experts will come.", "Agreed: US experts will come"),
        ("Under Secretary Kessler will reply.", "Agreed: Under Secretary Kessler will reply"),
        ("Mr. Kessler will reply.", "Agreed: Mr. Kessler will reply"),
        ("Under COMPACT they will meet.", "Agreed: under COMPACT they will meet"),
    ],
)
def test_a_commitment_keeps_the_capital_of_a_name_and_of_nothing_else(say: str, line: str) -> None:
    state = given(
        agency_described("us-commerce", "US Department of Commerce", short="Commerce", country="United States"),
        person_described("kessler-jeffrey", "Jeffrey Kessler", posts=(post("Under Secretary", "us-commerce"),)),
    )

    assert commitment_line(Writer(state, (), people=state.people), Commitment(id="c1", say=say, citations=OURS)) == line
