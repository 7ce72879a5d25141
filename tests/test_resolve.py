"""From words in a draft to what is on record: quotations, letters, people who were not named, choices."""

from __future__ import annotations

import pytest

from tests.decided import decided, only_problem, state_after
from tests.given import agency_described, history, person_described

RECORD = history(agency_described("us-treasury", "Treasury"), person_described("bessent-scott", "Scott Bessent"))


def meeting(rest: str, point: str = "say: They met.") -> str:
    return f"meeting: Talks\nid: talks\nwhen: 28 May 2026\nagency: Treasury\nsources: {{N: north.txt}}\n{rest}\npoints:\n  - {point}\n"


def citation_of(point: str) -> tuple[str | None, ...]:
    (one,) = state_after(meeting("", f"say: They met.\n    {point}"), RECORD).meeting("talks").held.points[0].citations
    return one.quote, one.kind, one.by, one.strength, one.title, one.when.words if one.when else None


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ("N: agreed to hold talks", ("agreed to hold talks", None, None, None, None, None)),
        ('N: spoke of "steel"', ("spoke of “steel”", None, None, None, None, None)),
        ("N agreed: agreed to hold talks", ("agreed to hold talks", "agreed", None, None, None, None)),
        ("N theirs: spoke of", ("spoke of", None, "theirs", None, None, None)),
        ("N: {quote: spoke of, by: Treasury, kind: raised}", ("spoke of", "raised", "us-treasury", None, None, None)),
        ("N: {quote: spoke of, title: Envoy, when: soon}", ("spoke of", None, None, None, "Envoy", "soon")),
        ("N: {quote: spoke of, strength: intends, by: Scott Bessent}", ("spoke of", None, "bessent-scott", "intends", None, None)),
    ],
)
def test_a_quotation_is_the_texts_own_words_and_what_the_text_says_of_them(point: str, said: tuple[str | None, ...]) -> None:
    assert citation_of(point) == said


@pytest.mark.parametrize(
    ("point", "what", "hint"),
    [
        ("N: agreed to hold a ball", "these words are not in text N: “agreed to hold a ball”", "nearest there: “The two sides agreed"),
        ("N: greed", "these words are not in text N", "nearest there"),
        ("M: agreed", "the letter M has no text", "letters with a text: N"),
        ("N sung: agreed", "“sung” is no kind of statement", "one of: agreed, asked"),
        ("N: {quote: agreed, strength: strong}", "“strong” is no strength", "will consider"),
        ("N: {quote: agreed, when: 31 June 2026}", "there is no 31 June 2026", "June 2026 has 30 days"),
        ("by: senior officials", "“senior officials” names nobody on record", "ours, theirs or both"),
    ],
)
def test_what_cannot_be_resolved_says_what_is_near(point: str, what: str, hint: str) -> None:
    problem = only_problem(meeting("", f"say: They met.\n    {point}"), RECORD)

    assert what in problem.what
    assert hint in problem.hint
    assert problem.place.line == 9


def test_a_long_quotation_that_is_not_there_is_shortened_in_the_message() -> None:
    problem = only_problem(meeting("", f"say: They met.\n    N: {'very ' * 100}long"), RECORD)

    assert len(problem.what) < 220
    assert "…" in problem.what


def test_a_letter_for_a_text_that_is_nowhere_names_the_texts_on_record() -> None:
    problem = only_problem(meeting("").replace("north.txt", "south.txt"), RECORD)

    assert problem.what == "no file and no source on record is called “south.txt”"
    assert "no source" in problem.hint


@pytest.mark.parametrize(
    ("typed", "unnamed"),
    [("senior officials", "senior officials"), ("“experts”", "experts"), ("'\"steel\"'", "“steel”"), ("two sides", "“two sides”")],
)
def test_people_who_were_not_named_stay_unnamed_and_a_texts_words_are_quoted(typed: str, unnamed: str) -> None:
    plan = decided(meeting(f"with: [{typed}]"), RECORD)
    held = state_after(meeting(f"with: [{typed}]"), RECORD).meeting("talks").held

    assert plan.fresh == ()
    assert [one["unnamed"] for one in held.model_dump()["participants"]] == [unnamed]


def test_a_person_met_has_the_title_borne_there_and_where_the_text_gives_it() -> None:
    state = state_after(meeting("with: ['Scott Bessent, US Secretary']"), RECORD)

    (post,) = state.people["bessent-scott"].posts
    assert (post.title, post.agency, post.citations[0].quote) == ("US Secretary", "us-treasury", "US Secretary Scott Bessent")


def test_a_title_on_record_is_not_recorded_again() -> None:
    log = (*RECORD, *decided(meeting("with: ['Scott Bessent, US Secretary']"), RECORD).events)
    plan = decided(meeting("with: ['Scott Bessent, us secretary']").replace("id: talks", "id: more"), log)

    assert [one.event.type for one in plan.events] == ["meeting.held"]


def test_someone_without_a_name_is_a_problem() -> None:
    assert only_problem(meeting("with: [{title: Secretary}]"), RECORD).what == "someone under “with” has no name"


def test_two_new_people_of_one_name_in_one_draft_are_one() -> None:
    plan = decided(meeting("with: ['Jane Roe, Clerk', 'Jane Roe, Clerk']"), RECORD)

    assert [one.name for one in plan.fresh] == ["Jane Roe"]


def test_a_new_thing_whose_id_is_taken_has_a_number_behind_it() -> None:
    state = state_after(meeting("", "say: They met.\n    topic: US Treasury"), RECORD)

    assert list(state.topics) == ["us-treasury-2"]
    assert state.collisions == ()
