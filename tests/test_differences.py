"""Where texts differ: by rule, as recorded, and never decided."""

from __future__ import annotations

import pytest

from briefing.dates import parse_span
from briefing.differences import bare_title
from tests.given import (
    Told,
    cited,
    commitment,
    fact_stated,
    given,
    meeting_held,
    person_described,
    point,
    post,
    source_registered,
    topic_described,
    visit_described,
    visit_reported,
)

TEXTS = (source_registered("a"), source_registered("b", text="Another text. The two sides agreed to hold talks soon.\n"))


def quoted(source: str, **rest: object) -> object:
    return cited(source, **rest) if source == "a" else cited(source, text="Another text. The two sides agreed to hold talks soon.\n", **rest)


def disputed(**rest: object) -> Told:
    (name, values) = next(iter(rest.items()))
    first, second = values  # type: ignore[misc]
    return meeting_held("m1", points=(point(citations=(quoted("a", **{name: first}), quoted("b", **{name: second}))),))


def aspects(*told: Told) -> list[tuple[str, ...]]:
    return [one.aspects for one in given(*TEXTS, *told).differences]


@pytest.mark.parametrize(
    ("name", "values", "aspect"),
    [
        ("strength", ("agreed", "expected"), "strength"),
        ("by", ("ours", "theirs"), "speaker"),
        ("kind", ("reviewed", "agreed"), "treatment"),
        ("words", (("hold talks",), ("agreed",)), "wording"),
        ("when", (parse_span("28 May 2026"), parse_span("29 May 2026")), "date"),
    ],
)
def test_two_texts_with_unequal_values_on_record_differ(name: str, values: tuple[object, object], aspect: str) -> None:
    assert aspects(disputed(**{name: values})) == [(aspect,)]


@pytest.mark.parametrize(
    ("name", "values"),
    [("strength", ("agreed", "agreed")), ("by", ("ours", None)), ("kind", (None, None)), ("when", (parse_span("soon"), None))],
)
def test_texts_that_agree_or_of_which_one_is_silent_do_not_differ(name: str, values: tuple[object, object]) -> None:
    assert aspects(disputed(**{name: values})) == []


def test_one_text_does_not_differ_from_itself() -> None:
    twice = (cited("a", strength="agreed"), cited("a", "Steel was discussed", strength="expected"))

    assert aspects(meeting_held("m1", commitments=(commitment(citations=twice),))) == []


def test_a_commitment_agreed_in_one_text_and_expected_in_the_other_prints_both() -> None:
    both = (quoted("a", strength="agreed"), quoted("b", strength="expected"))
    state = given(
        *TEXTS, topic_described("talks", "Trade talks"), meeting_held("m1", commitments=(commitment(topics=("talks",), citations=both),))
    )

    (difference,) = state.differences
    assert difference.label == "Trade talks"
    assert difference.statement == "c1"
    assert [(one.source, one.citation.strength) for one in difference.readings] == [("a", "agreed"), ("b", "expected")]


def test_a_difference_in_what_was_not_agreed_counts_too() -> None:
    both = (quoted("a", by="ours"), quoted("b", by="theirs"))

    assert aspects(meeting_held("m1", not_agreed=(point("n1", citations=both),))) == [("speaker",)]


def test_a_statement_is_called_by_its_short_name_else_its_topic_else_its_sentence() -> None:
    both = (quoted("a", by="ours"), quoted("b", by="theirs"))
    state = given(
        *TEXTS,
        topic_described("steel", "Steel tariffs"),
        meeting_held(
            "m1",
            points=(
                point("p1", short="Short", topics=("steel",), citations=both),
                point("p2", topics=("steel",), citations=both),
                point("p3", "Coal was discussed.", topics=("not-on-record",), citations=both),
            ),
        ),
    )

    assert [one.label for one in state.differences] == ["Short", "Steel tariffs", "Coal was discussed."]


def test_a_person_with_two_titles_in_two_texts_differs() -> None:
    titles = (post("Deputy Secretary", citations=(quoted("a", title="Deputy Secretary"),)),
              post("Under Secretary", citations=(quoted("b", title="Under Secretary"),)))  # fmt: skip
    state = given(*TEXTS, person_described("colby", "Elbridge Colby", posts=titles))

    (difference,) = state.differences
    assert (difference.aspects, difference.label, difference.person) == (("title",), "Elbridge Colby", "colby")
    assert [one.words for one in difference.readings] == [("Deputy Secretary",), ("Under Secretary",)]


def test_a_leading_country_makes_no_other_title() -> None:
    titles = (post("Secretary", citations=(quoted("a", title="US Deputy Secretary"), quoted("b", title="Deputy Secretary"))),)

    assert aspects(person_described("colby", posts=titles)) == []
    assert bare_title("U.S. Deputy Secretary") == bare_title("United States Deputy Secretary") == "deputy secretary"
    assert bare_title("Indian Foreign Secretary") == bare_title("India's Foreign Secretary") == "foreign secretary"
    assert bare_title("Usher") == "usher"


def test_two_titles_of_two_times_in_one_text_are_no_difference() -> None:
    titles = (post("Envoy", citations=(cited("a", title="Envoy"),)), post("Chair", citations=(cited("a", title="Chair"),)))

    assert aspects(person_described("colby", posts=titles)) == []


def test_a_fact_with_two_dates_differs() -> None:
    both = (quoted("a", when=parse_span("February 2025")), quoted("b", when=parse_span("March 2025")))
    state = given(*TEXTS, fact_stated("f", "COMPACT was launched.", citations=both))

    (difference,) = state.differences
    assert (difference.aspects, difference.label, difference.fact) == (("date",), "COMPACT was launched", "f")


def told_twice(one: str, other: str, *, visits: tuple[str, str] = ("v", "v"), words: tuple[str, ...] = ("talks",)) -> tuple[Told, ...]:
    return (
        topic_described("steel", "Steel"),
        visit_described("v"),
        visit_described("w"),
        meeting_held("m1", visit=visits[0], points=(point(topics=("steel",), citations=(quoted(one, words=("talks",)),)),)),
        visit_reported("r1", visits[1], points=(point(topics=("steel",), citations=(quoted(other, words=words),)),)),
    )


def test_a_topic_that_each_text_puts_with_other_people_differs() -> None:
    state = given(*TEXTS, *told_twice("a", "b"))

    (difference,) = state.differences
    assert difference.aspects == ("with whom", "wording")
    assert difference.meetings == ("m1", "r1")
    assert [(one.source, one.meeting) for one in difference.readings] == [("a", "m1"), ("b", "r1")]


def test_a_topic_in_two_meetings_of_one_text_or_of_two_visits_or_without_telling_words_does_not_differ() -> None:
    assert aspects(*told_twice("a", "a")) == []
    assert aspects(*told_twice("a", "b", visits=("v", "w"))) == []
    assert aspects(*told_twice("a", "b", words=())) == []
