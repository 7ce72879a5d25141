"""Who is named in a text, with which titles, and who is meant later by a surname or a post."""

from __future__ import annotations

import pytest

from briefing.intake.rules.people import People, Someone
from briefing.intake.rules.reading import Page
from briefing.state import EMPTY, BriefingState
from tests.given import given, person_described, post


def people(text: str, *, register: BriefingState = EMPTY, country: str = "India") -> list[Someone]:
    return People(Page(text), register, country).everyone


def named(text: str) -> list[tuple[str, str]]:
    return [(one.title, one.name) for one in people(text) if one.name]


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("Talks with Under Secretary of Commerce Jeffrey Kessler.", "Under Secretary of Commerce", "Jeffrey Kessler"),
        ("Deputy Secretary of the Treasury Michael Faulkender spoke.", "Deputy Secretary of the Treasury", "Michael Faulkender"),
        ("Today, President Joseph R. Biden, Jr. spoke.", "President", "Joseph R. Biden, Jr."),
        ("He met Israeli NSA Meir Ben-Shabbat.", "Israeli NSA", "Meir Ben-Shabbat"),
        ("He met King Abdullah II of Jordan.", "King", "Abdullah II"),
        ("European Commission President Ursula von der Leyen said so.", "European Commission President", "Ursula von der Leyen"),
        ("Under Secretary for Policy Elbridge Colby was there.", "Under Secretary for Policy", "Elbridge Colby"),
        ("General Motors CEO Mary Barra was there.", "General Motors CEO", "Mary Barra"),
        ("Homeland Security Advisor Dr. Liz Sherwood-Randall came.", "Homeland Security Advisor", "Liz Sherwood-Randall"),
        ("Senator Angus King was there.", "Senator", "Angus King"),
        ("The Assistant Secretary of State (Castle) spoke.", "Assistant Secretary of State", "Castle"),
        ("He spoke with Justin Trudeau, Prime Minister of Canada, today.", "Prime Minister of Canada", "Justin Trudeau"),
    ],
)  # fmt: skip
def test_a_title_and_a_name_are_told_apart(text: str, title: str, name: str) -> None:
    assert named(text) == [(title, name)]


def test_names_under_one_title_each_bear_it() -> None:
    assert named("Presidents Klaus Iohannis of Romania and Andrzej Duda of Poland hosted.") == [
        ("President", "Klaus Iohannis"), ("President", "Andrzej Duda"),
    ]  # fmt: skip


def test_a_surname_a_courtesy_and_a_post_alone_are_the_person_named_before() -> None:
    text = "Foreign Secretary Vikram Misri spoke. Mr. Misri left. Misri returned. The Foreign Secretary was pleased."
    (misri,) = people(text)

    assert [text[start:end] for start, end in sorted(misri.mentions)] == [
        "Foreign Secretary Vikram Misri", "Mr. Misri", "Misri", "Foreign Secretary",
    ]  # fmt: skip


def test_a_post_alone_is_the_one_of_ours_where_others_bear_it_too() -> None:
    text = "President Biden spoke with President Macron of France. The President thanked him."
    biden, macron = people(text, country="United States")

    assert len(biden.mentions) == 2
    assert len(macron.mentions) == 1


def test_initiatives_places_and_headlines_are_no_people() -> None:
    assert named("The President’s Build Back Better agenda. Major Economies Forum on Energy. Operation Sindoor.") == []


def test_a_title_does_not_reach_from_one_paragraph_into_the_next() -> None:
    assert named("Menu\n\nForeign Secretary Vikram Misri spoke at some length of the matter at hand.") == [
        ("Foreign Secretary", "Vikram Misri")
    ]


def test_who_is_on_record_is_recognised_by_name_and_by_a_surname_with_the_same_post() -> None:
    register = given(person_described("biden-joe", "Joe Biden", side="ours", posts=(post("President"),)))

    assert people("Talks with Joe Biden.", register=register)[0].known == "biden-joe"
    assert people("President Biden spoke.", register=register)[0].known == "biden-joe"
    assert people("Governor Biden spoke.", register=register)[0].known == ""
    assert [one.known for one in people("The President spoke.", register=register)] == ["biden-joe"]


def test_a_name_on_record_is_found_without_a_title() -> None:
    register = given(person_described("castro-xiomara", "Xiomara Castro"))

    assert people("She congratulated Xiomara Castro on it.", register=EMPTY) == []
    assert people("She congratulated Xiomara Castro on it.", register=register)[0].known == "castro-xiomara"
