"""The visit report: which meetings were with a government, which were not, and of which nothing says it."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.dates import parse_span
from briefing.notes.note import Timeline
from briefing.notes.visit import visit_report
from briefing.payload import Citation, Commitment, Participant, Point
from briefing.render.markdown import render_markdown
from tests.given import agency_described, given, meeting_held, met, person_described, post, visit_described
from tests.notes.made import FRAME

OURS = (Citation(record="Third Secretary (Commerce)", strength="agreed"),)


def report(**meeting: Any) -> str:
    """Return the report on a visit with one meeting at Treasury, and another such as is given."""
    said = Point(id="p1", say="Chips were spoken of.", citations=OURS)
    state = given(
        visit_described("v1"),
        agency_described("us-a", "Treasury"),
        person_described("doe-jane", "Jane Doe", posts=(post("Under Secretary of Steel"),)),
        person_described("roe-rick", "Rick Roe"),
        meeting_held("m1", visit="v1", title="Talks at Treasury", agencies=("us-a",)),
        meeting_held("m2", visit="v1", **{"title": "Roundtable", "points": (said,), **meeting}),
    )
    return render_markdown(visit_report(state, "v1", FRAME))


def part(text: str, heading: str) -> str:
    """Return what stands under a heading; empty where there is none of that name."""
    return text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def unnamed(words: str) -> tuple[Participant, ...]:
    return (Participant(unnamed=words, side="theirs"),)


def test_a_meeting_of_which_nothing_says_that_it_was_with_a_government_is_not_in_the_table_of_those() -> None:
    text = report(participants=unnamed("“industry leaders”"))

    assert "Roundtable" not in part(text, "Meetings")
    assert "**Roundtable.** The delegation met “industry leaders”. Chips were spoken of." in part(text, "Other meetings")
    assert "Outside government" not in text
    assert text.count("Chips were spoken of") == 1


def test_a_meeting_outside_government_stands_under_that_name() -> None:
    text = report(participants=unnamed("“industry leaders”"), setting="outside government")

    assert "Roundtable" in part(text, "Outside government")
    assert "Other meetings" not in text


@pytest.mark.parametrize(
    "meeting",
    [
        {"participants": unnamed("“senior U.S. counterparts”")},
        {"participants": (met("doe-jane"),)},
        {"setting": "inter-agency"},
        {"title": "Talks with officials"},
        {"agencies": ("us-a",)},
    ],
    ids=["counterparts", "a person with a post", "inter-agency", "officials", "an agency"],
)  # fmt: skip
def test_a_meeting_with_an_agency_or_with_officials_is_one_with_government(meeting: dict[str, Any]) -> None:
    text = report(**meeting)

    assert "Chips were spoken of" in part(text, "Meetings")
    assert "Other meetings" not in text


def test_a_person_of_no_post_speaks_for_no_government() -> None:
    assert "Rick Roe" in part(report(participants=(met("roe-rick"),)), "Other meetings")


def test_a_visit_on_which_no_government_was_met_says_so() -> None:
    state = given(visit_described("v1"), meeting_held("m1", visit="v1", title="Roundtable", participants=unnamed("“scholars”")))

    assert "No meeting with a government is on record." in part(render_markdown(visit_report(state, "v1", FRAME)), "Meetings")


@pytest.mark.parametrize(
    ("say", "due", "line", "step"),
    [
        ("Hold the Dialogue soon.", "soon", "Agreed: hold the Dialogue soon |", "Hold the Dialogue soon, undated (commitment 1)."),
        ("Hold the Dialogue.", "soon", "Agreed: hold the Dialogue, “soon” |", "Hold the Dialogue, “soon”, undated (commitment 1)."),
        ("Send the list.", "30 June 2026", "Agreed: send the list, 30 June 2026 |", "Send the list, 30 June 2026 (commitment 1)."),
    ],
)
def test_undated_words_that_the_sentence_has_are_not_said_twice(say: str, due: str, line: str, step: str) -> None:
    text = report(agencies=("us-a",), commitments=(Commitment(id="c1", say=say, due=parse_span(due), citations=OURS),))

    assert line in part(text, "Meetings")
    assert step in part(text, "Next steps")


def test_the_timeline_marks_a_year_that_was_inferred_and_no_other() -> None:
    promised = (
        Commitment(id="c1", say="Send a list.", due=parse_span("1 June [2026]"), citations=OURS),
        Commitment(id="c2", say="Meet again.", due=parse_span("1 August 2026"), citations=OURS),
    )
    state = given(
        visit_described("v1", on="5 May 2026"), meeting_held("m1", visit="v1", commitments=promised)
    )
    timeline = next(block for block in visit_report(state, "v1", FRAME).blocks if isinstance(block, Timeline))

    assert [point.date for point in timeline.points] == ["5 May 2026", "1 June 2026", "1 August 2026"]
    assert "1 June 2026: Send a list △ Year inferred" in timeline.alternative
