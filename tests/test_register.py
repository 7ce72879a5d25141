"""Sources, agencies, topics and people: put on the register, or added to."""

from __future__ import annotations

import pytest

from tests.decided import TEXTS, decided, only_problem, state_after
from tests.given import agency_described, history, person_described, topic_described, visit_described

RECORD = history(
    agency_described("us-treasury", "Treasury"),
    topic_described("trade", "Trade"),
    person_described("bessent-scott", "Scott Bessent"),
    visit_described("v"),
)


def test_a_source_is_kept_in_full_with_what_is_known_of_it() -> None:
    state = state_after(
        """
        source: north.txt
        publisher: The North News
        published: 31 May 2026
        dateline: New Delhi, May 31
        rights: quoted
        body: The two sides
        """
    )

    (source,) = state.sources.values()
    assert source.text == TEXTS["north.txt"]
    assert source.id == f"text-{source.original_sha256[:12]}"
    assert (source.publisher, source.title, source.body_start) == (
        "The North News",
        None,
        TEXTS["north.txt"].index("The two"),
    )


def test_a_source_without_a_publisher_is_called_by_its_first_line() -> None:
    (source,) = state_after("source: north.txt\n").sources.values()

    assert source.title == "Headline"


@pytest.mark.parametrize(
    ("draft", "what"),
    [
        ("source: south.txt\n", "there is no file “south.txt”"),
        ("source: north.txt\nbody: Nobody wrote this\n", "the text does not hold these words"),
        ("source: north.txt\npublished: 31 June 2026\n", "there is no 31 June 2026"),
    ],
)
def test_a_source_that_cannot_be_registered_is_refused(draft: str, what: str) -> None:
    assert what in only_problem(draft).what


def test_a_text_on_record_is_not_registered_again_under_any_name() -> None:
    log = decided("source: north.txt\n").events
    again = {"south.txt": TEXTS["north.txt"]}

    assert not decided("source: south.txt\n", log, again).events
    problem = only_problem("source: south.txt\npublisher: The South News\nlanguage: fr\n", log, again)
    (id_,) = (one.event.id for one in log)
    assert problem.what == f"this text is on record already, as {id_}, with another publisher, language"
    cited = state_after("fact: x\nsources: {A: south.txt}\nA: hold talks\n", log, again)
    assert len(cited.sources) == 1


def test_a_text_on_record_is_cited_by_its_id_or_by_its_name() -> None:
    log = decided("source: north.txt\nid: north\n").events
    for name in ("north", "north.txt"):
        state = state_after(f"fact: x\nsources: {{A: {name}}}\nA: hold talks\n", log, {})
        assert state.facts["x"].stated.citations[0].source == "north"


def test_a_second_draft_of_an_agency_adds_to_the_first() -> None:
    state = state_after(
        """
        agency: Treasury
        full name: Department of the Treasury
        short: Tsy
        also: [USDT]
        country: US
        side: theirs
        rank: 2
        """,
        RECORD,
    )

    agency = state.agencies["us-treasury"]
    assert list(state.agencies) == ["us-treasury"]
    assert (agency.expansion, agency.short, agency.aliases, agency.rank) == (
        "Department of the Treasury",
        "Tsy",
        ("USDT",),
        2,
    )
    assert state.find("agency", "usdt") == "us-treasury"
    assert state.collisions == ()


def test_a_topic_may_belong_under_a_theme() -> None:
    state = state_after("topic: Steel\ntheme: trade\nalso: Stahl\n", RECORD)

    assert state.topics["steel"].theme == "trade"
    assert state.find("topic", "stahl") == "steel"


def test_a_person_has_each_title_that_each_text_gives() -> None:
    state = state_after(
        """
        person: Scott Bessent
        agency: Treasury
        visit: v
        sources: {N: north.txt}
        N: US Secretary
        title: Secretary of the Treasury
        since: January 2025
        rank: 1
        say name: BESS-ent
        biography: A financier.
        side: theirs
        """,
        RECORD,
    )

    person = state.people["bessent-scott"]
    cited, own = person.posts
    assert (cited.title, cited.agency, cited.citations[0].quote) == (
        "US Secretary",
        "us-treasury",
        "US Secretary Scott Bessent",
    )
    assert (own.title, own.rank, own.at) == ("Secretary of the Treasury", 1, state.visits["v"].when)
    assert (person.say_name, person.biography) == ("BESS-ent", "A financier.")


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ("agency: Treasury", "an agency without a title"),
        ("N: US Secretary", "the letter N has no text"),
        ("sources: {N: north.txt}\nN: Grand Vizier", "the title “Grand Vizier” is not in text N"),
        ("title: Secretary\nrank: first", "“first” is no rank"),
        ("title: Secretary\nrank: 0", "“0” is no rank"),
        ("title: Secretary\nvisit: w", "no visit “w” is on record"),
    ],
)
def test_a_person_that_does_not_add_up_is_refused(keys: str, what: str) -> None:
    assert only_problem(f"person: Scott Bessent\n{keys}\n", RECORD).what.startswith(what)


def test_a_new_person_is_called_family_name_first() -> None:
    assert "kessler-jeffrey" in state_after("person: Jeffrey Kessler\n").people
    assert len(state_after("person: विक्रम मिस्री\n").people) == 1
