"""Who met whom: by the verb of a sentence or its noun, one of ours first; what is still to come is no meeting."""

from __future__ import annotations

import pytest

from briefing.intake.rules.meetings import Meeting, meetings_in
from briefing.intake.rules.people import People
from briefing.intake.rules.reading import Page
from briefing.state import EMPTY


def meetings(text: str, country: str = "United States") -> list[Meeting]:
    page = Page(text)
    return meetings_in(page, People(page, EMPTY, country))


def told(text: str) -> list[tuple[list[str], list[str]]]:
    """Return who led and who was met in each meeting of a text, those who are not named in their words."""
    page = Page(text)
    return [
        ([one.called for one in each.lead], [one.called for one in each.met] + [page.said(at) for at in each.unnamed])
        for each in meetings(text)
    ]


@pytest.mark.parametrize(
    ("text", "lead", "met"),
    [
        ("President Joe Biden spoke today with President Emmanuel Macron of France.", ["Joe Biden"], ["Emmanuel Macron"]),
        ("Today, President Joe Biden hosted Senator Patty Murray, Senator Tim Kaine, and Speaker Nancy Pelosi.",
         ["Joe Biden"], ["Patty Murray", "Tim Kaine", "Nancy Pelosi"]),
        ("President Emmanuel Macron of France and President Joe Biden held a call.", ["Joe Biden"], ["Emmanuel Macron"]),
        ("President Joe Biden, joined by Vice President Kamala Harris, spoke with King Abdullah II of Jordan.",
         ["Joe Biden"], ["Abdullah II"]),
        ("President Joe Biden was briefed by Administrator Deanne Criswell.", ["Joe Biden"], ["Deanne Criswell"]),
        ("The visit began with Foreign Secretary Vikram Misri’s talks with Under Secretary Jeffrey Kessler.",
         ["Vikram Misri"], ["Jeffrey Kessler"]),
        ("At a luncheon hosted by Deputy Secretary Christopher Landau, both sides spoke.", [], ["Christopher Landau"]),
        ("In a roundtable co-chaired by Secretary Vikram Misri with industry leaders, trade came up.",
         ["Vikram Misri"], ["industry leaders"]),
        ("National Security Advisor Jake Sullivan met with his Israeli counterpart, Advisor Eyal Hulata, in Washington.",
         ["Jake Sullivan"], ["Eyal Hulata"]),
        ("President Joe Biden met with top financial regulators to discuss growth.", ["Joe Biden"], ["top financial regulators"]),
        ("The President met with Prime Minister Mario Draghi of Italy.", ["“President”"], ["Mario Draghi"]),
    ],
)  # fmt: skip
def test_who_led_and_who_was_met(text: str, lead: list[str], met: list[str]) -> None:
    assert told(text) == [(lead, met)]


@pytest.mark.parametrize(
    "text",
    [
        "President Joe Biden will meet with President Emmanuel Macron of France.",
        "President Joe Biden looks forward to meeting with President Emmanuel Macron of France.",
        "The Senate passed it ahead of the President’s upcoming call with Prime Minister Mario Draghi.",
        "President Joe Biden welcomed the ceasefire.",
    ],
)
def test_what_is_to_come_and_what_is_no_meeting_is_none(text: str) -> None:
    assert told(text) == []


def test_a_meeting_that_is_spoken_of_again_is_one() -> None:
    text = (
        "President Joe Biden met with President Emmanuel Macron of France. "
        "In the meeting with President Macron, President Biden spoke of steel. "
        "He later spoke by phone with Chancellor Olaf Scholz of Germany."
    )
    assert told(text) == [(["Joe Biden"], ["Emmanuel Macron"]), (["Joe Biden"], ["Olaf Scholz"])]  # "he" is who spoke


def test_a_meeting_of_the_headline_is_the_one_of_the_body_with_its_words() -> None:
    text = (
        "Readout of President Biden’s Call with President Macron of France\n\n"
        "President Joe Biden spoke today by phone with President Emmanuel Macron of France. They discussed steel."
    )
    (meeting,) = meetings(text)

    assert Page(text).said(meeting.extent).startswith("President Joe Biden spoke today")
    assert meeting.mode == "telephone"


@pytest.mark.parametrize(
    ("text", "form", "mode"),
    [
        ("President Joe Biden spoke by phone with President Emmanuel Macron.", "call", "telephone"),
        ("President Joe Biden met virtually with President Emmanuel Macron.", "meeting", "video"),
        ("President Joe Biden met President Emmanuel Macron for dinner.", "dinner", "in person"),
        ("President Joe Biden spoke with President Emmanuel Macron.", "", ""),
    ],
)
def test_the_form_is_said_as_far_as_the_sentence_says_it(text: str, form: str, mode: str) -> None:
    (meeting,) = meetings(text)

    assert (meeting.form, meeting.mode) == (form, mode)


def test_the_author_of_a_memorandum_is_who_was_called_upon() -> None:
    text = (
        "Memorandum by the Chief of the Division of Trade Agreements (Grady)\n\nJanuary 16, 1936\n\n"
        "The Egyptian Minister called to inquire as to the prospects of a trade agreement with Egypt."
    )
    assert told(text) == [(["Grady"], ["“Egyptian Minister”"])]
