"""What a text proposes: the source's own facts, agencies, topics, the visit, meetings, points and commitments."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefing.dates import parse_span
from briefing.intake.proposed import Proposed, SourceText
from briefing.intake.proposers import every
from briefing.intake.rules.propose import propose
from briefing.state import EMPTY, BriefingState
from tests.given import (
    agency_described,
    given,
    meeting_held,
    met,
    person_described,
    post,
    topic_described,
    visit_described,
)

TALKS = (
    "Foreign Secretary Vikram Misri met today with Under Secretary of Commerce Jeffrey Kessler of the United States. "
    "Both sides reviewed progress on the Strategic Trade Dialogue. They agreed to hold the next round soon."
)


def found(
    text: str, *, register: BriefingState = EMPTY, published: str = "28 May 2025", country: str = "India"
) -> Sequence[Proposed]:
    own = parse_span(published) if published else None
    return propose(SourceText(text, "press.txt", own, country), register, lambda _: None)


def one(kind: str, text: str, *, register: BriefingState = EMPTY, published: str = "28 May 2025") -> Proposed:
    (only,) = (each for each in every(found(text, register=register, published=published)) if each.kind == kind)
    return only


def test_every_proposal_stands_in_the_text_at_its_place() -> None:
    quotes = {each.kind: TALKS[slice(*each.extent)] for each in every(found(TALKS)) if each.extent}

    assert quotes["agency"] == "Under Secretary of Commerce Jeffrey Kessler of the United States"
    assert quotes["topic"] == "Strategic Trade Dialogue"
    assert quotes["point"] == "Both sides reviewed progress on the Strategic Trade Dialogue."
    assert quotes["commitment"] == "They agreed to hold the next round soon."
    assert {each.by for each in every(found(TALKS)) if each.kind == "meeting"} == {"rules 1"}


def test_a_meeting_has_its_people_on_their_sides_its_day_and_its_title() -> None:
    meeting = one("meeting", TALKS)

    assert meeting.values == {"meeting": "Meeting with Jeffrey Kessler", "when": "28 May 2025"}
    assert [part.values["name"] for part in meeting.parts["ours"]] == ["Vikram Misri"]
    assert meeting.parts["with"][0].values == {
        "name": "Jeffrey Kessler", "title": "Under Secretary of Commerce", "agency": "Department of Commerce",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "strength", "say", "due"),
    [
        ("They agreed to hold the next round soon.", "agreed", "Hold the next round.", "soon"),
        ("Both sides agreed to consider a longer term.", "will consider", "Consider a longer term.", ""),
        ("The two sides committed to meet again in the coming weeks.", "agreed", "Meet again.", "in the coming weeks"),
        ("An agreement is expected to follow.", "expected", "An agreement is expected to follow.", ""),
        ("The United States will send a list by 3 June 2025.", "intends", "The United States will send a list.", "3 June 2025"),
        ("They agreed to hold, by 3 June 2025, a round on steel.", "agreed", "Hold, by 3 June 2025, a round on steel.", "3 June 2025"),
        ("They agreed to carry out the accord of 12 May 2023.", "agreed", "Carry out the accord of 12 May 2023.", ""),
        ("They agreed to send a list before 3 June 2025.", "agreed", "Send a list.", "before 3 June 2025"),
        ("They agreed to send a list prior to 1 June.", "agreed", "Send a list.", "before 1 June [2025]"),
        ("They agreed to meet in September.", "agreed", "Meet.", "September [2025]"),
        ("They agreed to meet by the end of January.", "agreed", "Meet.", "January [2026]"),
        ("They agreed to meet on 3 January.", "agreed", "Meet.", "3 January [2026]"),
        ("They agreed that they would meet as ministers may.", "agreed", "They agreed that they would meet as ministers may.", ""),
        ("The United States intends to send a list.", "intends", "The United States intends to send a list.", ""),
    ],
)  # fmt: skip
def test_an_undertaking_has_the_strength_of_its_words(sentence: str, strength: str, say: str, due: str) -> None:
    promised = one("commitment", TALKS.replace("They agreed to hold the next round soon.", sentence))

    assert (promised.word, promised.values["say"], promised.values.get("due", "")) == (strength, say, due)


@pytest.mark.parametrize(
    "sentence",
    [
        "Both sides reaffirmed their commitment to hold exercises.",
        "The United States remains committed to the region.",
        "They explored ways to hold exercises.",
        "He said that the ministers will meet.",
        "They hoped that they would agree to it.",
    ],
)
def test_what_is_reviewed_explored_or_reaffirmed_is_no_undertaking(sentence: str) -> None:
    text = TALKS.replace("They agreed to hold the next round soon.", sentence)

    assert [each for each in every(found(text)) if each.kind == "commitment"] == []


@pytest.mark.parametrize(
    ("sentence", "kind", "by"),
    [
        ("Both sides explored avenues.", "explored", "both"),
        ("Misri raised concerns over terrorism.", "raised", "Vikram Misri"),
        ("India and the United States reaffirmed their partnership.", "reaffirmed", "both"),
        ("The United States asked for a list.", "asked", "theirs"),
        ("India proposed a date.", "proposed", "ours"),
        ("He emphasized its importance.", None, "Vikram Misri"),
        ("Steel was discussed.", "discussed", None),
    ],
)
def test_a_point_has_the_kind_of_its_verb_and_the_speaker_of_its_subject(
    sentence: str, kind: str | None, by: str | None
) -> None:
    point = one("point", TALKS.replace("Both sides reviewed progress on the Strategic Trade Dialogue.", sentence))

    assert (point.values["say"], point.values.get("kind"), point.values.get("by")) == (sentence, kind, by)


def test_a_year_is_inferred_from_the_only_one_in_the_text_and_said_to_be() -> None:
    text = f"The North News\nNew Delhi, May 31\n{TALKS} Foreign Secretary Vikram Misri’s visit to the United States, from May 27 to May 29, followed a trip in February 2025."
    visit = one("visit", text, published="")

    assert visit.values["when"] == "May 27 to May 29 [2025]"
    assert text[slice(*visit.year_from)] == "February 2025" if visit.year_from else False
    assert "inferred" in visit.remark
    assert one("source", text, published="").values["published"] == "May 31 [2025]"


def test_a_year_is_not_guessed_where_the_text_gives_none_or_two() -> None:
    told: list[str] = []
    for years in ("", " The talks of 2023 and of 2024 were recalled."):
        text = f"{TALKS} Misri’s visit to the United States from May 27 to 29 ended.{years}"
        items = propose(SourceText(text, "press.txt", None, "India"), EMPTY, told.append)
        assert "when" not in next(each for each in items if each.kind == "visit").values
    assert [line for line in told if "no year" in line] == [
        "“May 27 to 29” has no year, and the text gives none: --published says its date"
    ] * 2


def test_what_is_on_record_is_not_proposed_anew_and_what_is_like_it_is_a_suggestion() -> None:
    register = given(
        agency_described("us-commerce", "US Department of Commerce", aliases=("Department of Commerce",)),
        topic_described("std", "Strategic Trade Dialogue"),
        person_described("kessler-jeffrey", "Jeffrey Kessler", side="theirs"),
        person_described("misri-vikram", "Vikram Misry", side="ours", posts=(post("Envoy"),)),
    )
    items = found(TALKS, register=register)

    assert {each.kind for each in items} == {"source", "meeting"}
    (ours,), (theirs,) = items[-1].parts["ours"], items[-1].parts["with"]
    assert theirs.match == "kessler-jeffrey 100"
    assert (ours.values["name"], ours.match) == ("Vikram Misri", "misri-vikram 91")


def test_a_visit_on_record_gives_the_meetings_their_visit() -> None:
    register = given(
        person_described("misri-vikram", "Vikram Misri", side="ours"),
        visit_described("misri-us", on="27-29 May 2025", principal="misri-vikram", country="United States"),
        meeting_held("m1", visit="misri-us", participants=(met("misri-vikram"),)),
    )
    items = found(f"{TALKS} Misri’s visit to the United States ended.", register=register)

    assert "visit" not in {each.kind for each in items}
    assert items[-1].values["visit"] == "misri-us"


def test_the_same_text_gives_the_same_proposals() -> None:
    assert found(TALKS) == found(TALKS)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They met at the Department of Agriculture’s office.", ["Department of Agriculture"]),
        ("Office of Public Engagement Director Cedric Richmond spoke.", ["Office of Public Engagement"]),
        ("The Departments met. The National Security Council (NSC) met too.", ["National Security Council"]),
        ("He saw the Ministry of External Affairs and the Department of State.", ["Ministry of External Affairs", "Department of State"]),
        ("It was said in the Oval Office under the Biden Administration.", []),
        ("Officials of the Pentagon were there.", ["Department of Defense"]),
    ],
)  # fmt: skip
def test_an_agency_is_its_name_without_what_stands_around_it(text: str, names: list[str]) -> None:
    assert [each.values["agency"] for each in found(text) if each.kind == "agency"] == names


@pytest.mark.parametrize(
    ("sentence", "by"),
    [
        ("The Department of Commerce agreed to send a list.", "Department of Commerce"),
        ("The Commerce agreed to send a list.", "Department of Commerce"),
        ("The Pentagon agreed to send a list.", "Department of Defense"),
        ("The Department of Commerce’s men agreed to send a list.", None),
        ("Commerce and the Treasury agreed to send a list.", None),
    ],
)
def test_what_an_agency_undertakes_is_owed_by_it(sentence: str, by: str | None) -> None:
    text = TALKS.replace("They agreed to hold the next round soon.", f"At the Department of Commerce steel was discussed. {sentence}")

    assert one("commitment", text).values.get("by") == by


def test_an_agency_on_record_owes_by_any_of_its_names() -> None:
    register = given(agency_described("us-treasury", "US Department of the Treasury", aliases=("Treasury",)))
    text = TALKS.replace("They agreed to hold the next round soon.", "Treasury agreed to send a list.")

    assert one("commitment", text, register=register).values["by"] == "Treasury"


def test_the_pentagon_is_another_name_of_the_department() -> None:
    (agency,) = (each for each in found(f"{TALKS} Talks at the Pentagon followed.") if each.values.get("agency") == "Department of Defense")

    assert agency.values["also"] == ("Pentagon",)


def test_what_the_headline_names_with_capitals_is_no_topic() -> None:
    headed = found(f"Visit Reinforces India-U.S. Strategic Partnership\n\n{TALKS}")

    assert [each.values["topic"] for each in headed if each.kind == "topic"] == ["Strategic Trade Dialogue"]


@pytest.mark.parametrize("marks", ["“”", '""', "‘’"])
def test_a_sentence_ends_before_one_that_begins_with_a_quotation(marks: str) -> None:
    text = TALKS.replace("They agreed to hold the next round soon.", f"India raised steel. {marks[0]}It was good,{marks[1]} said Misri.")
    points = [each.values["say"] for each in every(found(text)) if each.kind == "point"]

    assert points[-2:] == ["India raised steel.", f"{marks[0]}It was good,{marks[1]} said Misri."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Accompanied by Deputy National Security Advisor Pavan Kapoor, Misri engaged with senior officials of the Pentagon.",
        "Misri, accompanied by Deputy National Security Advisor Pavan Kapoor, met with senior officials of the Pentagon.",
    ],
)
def test_who_accompanied_the_lead_was_at_the_meeting(sentence: str) -> None:
    (*_, meeting) = (each for each in found(f"{TALKS} {sentence}") if each.kind == "meeting")

    named = [part.values["name"] for part in meeting.parts["ours"]]
    assert sorted(named) == ["Pavan Kapoor", "Vikram Misri"]
    assert len(meeting.parts["with"]) == 1


def test_a_mail_says_who_sent_it_and_when_and_its_salutation_is_nobody() -> None:
    text = SourceText(f"Dear all,\n\n{TALKS}", "mail.txt", parse_span("2025-06-13"), "India", title="Talks", sender="Asha Raman")
    source = propose(text, EMPTY, lambda _: None)[0]

    assert source.values == {"source": "mail.txt", "title": "Talks", "publisher": "mail from Asha Raman", "published": "2025-06-13"}


def test_the_day_of_a_dateline_is_not_that_of_the_meeting() -> None:
    text = f"WASHINGTON, May 27 — {TALKS.replace(' today', '')}"

    assert "when" not in one("meeting", text).values
    assert one("source", text).values["dateline"] == "WASHINGTON, May 27"


def test_a_sentence_on_the_visit_is_of_no_meeting_also_behind_one() -> None:
    text = f"Misri’s visit to the United States began on 27 May 2025. {TALKS} The visit covered discussions on energy."
    (report,) = (each for each in found(text) if each.kind == "report")
    (meeting,) = (each for each in found(text) if each.kind == "meeting")

    assert [part.values["say"] for part in report.parts["points"]] == ["The visit covered discussions on energy."]
    assert "The visit" not in str([part.values for part in meeting.parts["points"]])
