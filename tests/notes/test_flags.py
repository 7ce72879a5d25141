"""What has aged is flagged with a word and a shape, and nothing is flagged that has not."""

from __future__ import annotations

import pytest

from briefing.dates import parse_span
from briefing.notes.agency import agency_summary
from briefing.notes.flags import former, stale
from briefing.notes.note import plain
from briefing.payload import Post
from tests.given import agency_described, person_described, post
from tests.notes.made import FRAME, markdown, state_of

TITLE = "Under Secretary of Commerce"


def flag(*posts: Post, other: Post | None = None) -> str:
    """Return the flag of somebody with these posts, on 10 March 2026."""
    others = (person_described("roe-max", "Max Roe", posts=(other,)),) if other else ()
    return plain(former(state_of(person_described("lee-ann", "Ann Lee", posts=posts), *others), "lee-ann")).strip()


def dated(title: str = TITLE, agency: str = "us-commerce", **days: str) -> Post:
    return post(title, agency, **{name: parse_span(day) for name, day in days.items()})


@pytest.mark.parametrize("day", ["9 March 2026", "February 2026", "2025"])
def test_a_post_that_has_ended_is_flagged_with_its_last_day(day: str) -> None:
    assert flag(dated(until=day)) == f"▽ former holder, until {day}"


@pytest.mark.parametrize("day", ["10 March 2026", "March 2026", "2026", "soon"])
def test_a_post_that_has_not_ended_is_not(day: str) -> None:
    assert flag(dated(until=day)) == ""


def test_somebody_in_the_same_post_since_makes_a_former_holder() -> None:
    assert flag(dated(at="May 2025"), other=dated(start="January 2026")) == "▽ former holder, since then: Max Roe"


@pytest.mark.parametrize(
    ("own", "other"),
    [
        (dated(at="May 2025"), dated(at="May 2024")),
        (dated(at="May 2025"), dated(at="May 2025")),
        (dated(at="May 2025"), dated(start="1 April 2026")),
        (dated(at="May 2025"), dated("Deputy Secretary", start="January 2026")),
        (dated(at="May 2025"), dated(agency="us-state", start="January 2026")),
        (dated(), dated(start="January 2026")),
    ],
    ids=["earlier", "at the same time", "not yet", "another post", "another agency", "no day of one's own"],
)
def test_nobody_is_taken_for_a_former_holder_without_a_later_one_in_the_same_post(own: Post, other: Post) -> None:
    assert flag(own, other=other) == ""


def test_who_has_left_one_post_and_holds_another_is_no_former_holder() -> None:
    assert flag(dated(until="2024"), dated("Deputy Secretary", start="January 2025")) == ""


def test_without_a_day_to_count_from_nothing_has_aged() -> None:
    state = state_of(person_described("lee-ann", posts=(dated(until="2024"),)), today=None)  # type: ignore[arg-type]

    assert former(state, "lee-ann") == stale(parse_span("2024"), state) == ()


def test_the_page_of_an_agency_flags_its_former_holders() -> None:
    state = state_of(agency_described("us-commerce", "Commerce"), person_described("lee-ann", "Ann Lee", posts=(dated(until="2025"),)))

    assert "Ann Lee. **▽ former holder**, until 2025" in markdown(agency_summary(state, "us-commerce", FRAME))
