"""Proposals decided one by one: whatever is decided and undone, the file reads, and keeps every other sign."""

from __future__ import annotations

import difflib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import Place
from briefing.intake import joining
from briefing.intake.drafts import gather_drafts
from briefing.intake.review import Review
from briefing.intake.splicing import NotSpliced, Sheet
from briefing.items import Problems

DRAFT = """\
# What was found in press.txt; delete this line if you like.
meeting: Talks at Commerce
proposal: {by: rules 1, confidence: 87, decision: pending}
when: 28 May 2025
sources:
  A: press.txt
with:
  # perhaps the same as on record
  - name: J. Kessler
    title: "Under Secretary of Commerce"
    proposal: {by: rules 1, confidence: 95, span: 4-9, match: kessler-jeffrey 88, decision: pending}
    A: J. Kessler
points:
  - say: Both sides reviewed progress.
    by: both
    proposal:
      by: rules 1
      decision: pending

    A: reviewed progress
  - say: J. Kessler spoke of steel.
    by: J. Kessler
    A: spoke of
      steel
    proposal: {by: rules 1, confidence: 60}
commitments:

  - say: Hold the next dialogue.
    A agreed: hold the next dialogue
    proposal: {by: rules 1, decision: pending}
# the second
---
meeting: Talks at Treasury
proposal: {by: rules 1, decision: pending}
when: 28 May 2025
agency: Treasury
sources:
  B: press.txt
points:
  - say: Payments were discussed.
    B: payments
    proposal: {by: rules 1, decision: pending}
---
person: J. Kessler
title: Under Secretary of Commerce
proposal: {by: rules 1, decision: pending}
"""


def review(draft: str = DRAFT) -> Review:
    return Review(Sheet(draft.encode()), "draft.yaml")


def at(start: Review, say: str) -> Review:
    """Return the review once it has come to the proposal of these words."""
    while start.current and say not in (value.text for _, value in start.current.values):
        start = start.skip()
    assert start.current
    return start


def lines(before: Review, after: Review) -> list[str]:
    """Return the lines that differ."""
    pair = [one.sheet.data.decode().splitlines() for one in (before, after)]
    return [line for line in difflib.ndiff(*pair) if line[0] in "+-"]


def test_every_proposal_is_shown_once_in_the_order_of_the_file() -> None:
    assert [one.kind for one in review().pending] == [
        "meeting", "with", "points", "points", "commitments", "meeting", "points", "person"
    ]  # fmt: skip


def test_a_decision_changes_its_word_and_nothing_else() -> None:
    start = review()

    assert lines(start, start.accept()) == [
        "- proposal: {by: rules 1, confidence: 87, decision: pending}",
        "+ proposal: {by: rules 1, confidence: 87, decision: accepted}",
    ]
    assert lines(start, at(start, "Both sides reviewed progress.").reject()) == [
        "-       decision: pending",
        "+       decision: rejected",
    ]
    assert lines(start, at(start, "J. Kessler spoke of steel.").accept()) == [
        "-     proposal: {by: rules 1, confidence: 60}",
        "+     proposal: {decision: accepted, by: rules 1, confidence: 60}",
    ]


def test_the_next_one_is_up_after_each_decision_and_one_that_was_skipped_stays_pending() -> None:
    one = review().skip().accept()

    assert (len(one.pending), one.passed) == (7, 1)
    assert one.current is not None
    assert one.current.said("say").text == "Both sides reviewed progress."  # type: ignore[union-attr]


def test_what_stands_inside_what_was_rejected_is_not_asked_for() -> None:
    assert [one.kind for one in review().reject().pending] == ["meeting", "points", "person"]


def test_all_of_one_kind_are_accepted_at_once_those_passed_over_too_and_undone_at_once() -> None:
    passed = review().skip().skip().skip()

    every = passed.accept_all("points")

    assert [one.kind for one in every.pending] == ["meeting", "with", "commitments", "meeting", "person"]
    assert every.current is not None
    assert every.current.kind == "commitments"
    assert every.undo().sheet == passed.sheet


def test_an_edited_value_is_quoted_where_it_needs_to_be_and_is_accepted() -> None:
    start = at(review(), "Both sides reviewed progress.")

    one = start.edit("say", "Both sides reviewed: trade, # and “more”\n now.")

    assert lines(start, one) == [
        "-   - say: Both sides reviewed progress.",
        '+   - say: "Both sides reviewed: trade, # and “more” now."',
        "-       decision: pending",
        "+       decision: accepted",
    ]
    assert at(review(), "J. Kessler spoke of steel.").edit("A", "spoke").every[3].said("A").text == "spoke"  # type: ignore[union-attr]
    with pytest.raises(NotSpliced):
        start.edit("due", "soon")


def test_somebody_known_takes_the_place_of_a_name_everywhere_and_words_of_the_text_stay() -> None:
    start = review().skip()

    one = start.merge("Jeffrey Kessler")

    assert [line for line in lines(start, one) if line.startswith("+")] == [
        "+   - name: Jeffrey Kessler",
        "+     proposal: {by: rules 1, confidence: 95, span: 4-9, match: kessler-jeffrey 88, decision: accepted}",
        "+     by: Jeffrey Kessler",
        "+ person: Jeffrey Kessler",
        "+ ---",
        "+ person: Jeffrey Kessler",
        "+ also: J. Kessler",
    ]
    assert b"say: J. Kessler spoke of steel." in one.sheet.data
    with pytest.raises(NotSpliced, match="nobody"):
        review().merge("Jeffrey Kessler")


def test_a_point_moves_to_another_meeting_with_its_letter_turned_into_that_of_the_text_there() -> None:
    start = at(review(), "J. Kessler spoke of steel.")

    one = start.move(start.drafts[1])

    assert len(one.pending) == len(start.pending) - 1
    home, goal, _ = gather(one)
    assert [point.text("say") for point in home.items("points")] == ["Both sides reviewed progress."]
    assert [point.text("say") for point in goal.items("points")] == [
        "Payments were discussed.",
        "J. Kessler spoke of steel.",
    ]
    assert goal.items("points")[1].cited[0].letter == "B"
    assert goal.items("points")[1].cited[0].quote.text == "spoke of steel"
    assert one.undo().sheet == start.sheet


def test_the_only_commitment_takes_its_key_along_and_begins_the_list_where_it_comes_to() -> None:
    start = at(review(), "Hold the next dialogue.")

    home, goal, _ = gather(start.move(start.drafts[1]))

    assert "commitments" not in home.values
    assert goal.items("commitments")[0].cited[0].word == "agreed"


def test_a_new_meeting_is_of_the_same_time_and_texts_and_takes_what_is_moved_there() -> None:
    start = at(review(), "Hold the next dialogue.").begin("Dialogue: the next", "Commerce")

    new = gather(start.move(start.drafts[-1]))[-1]

    assert (new.text("meeting"), new.text("when"), new.texts("agency")[0].text) == (
        "Dialogue: the next",
        "28 May 2025",
        "Commerce",
    )
    assert new.items("commitments")[0].text("say") == "Hold the next dialogue."


def test_a_point_whose_text_the_other_meeting_does_not_name_stays() -> None:
    start = at(review(DRAFT.replace("B: press.txt", "B: other.txt")), "Both sides reviewed progress.")

    with pytest.raises(NotSpliced, match="does not name the text A"):
        start.move(start.drafts[1])


def test_line_ends_and_the_mark_at_the_head_of_a_file_stay() -> None:
    start = Review(Sheet(("\ufeff" + DRAFT.replace("\n", "\r\n")).encode()), "draft.yaml")

    one = start.accept()

    assert one.sheet.data == start.sheet.data.replace(b"pending", b"accepted", 1)


def test_a_draft_in_json_is_decided_on_too() -> None:
    start = review(
        '{"meeting": "Talks", "proposal": {"decision": "pending"}, "with": [{"name": "J. Kessler", "proposal": {"by": "x"}}]}'
    )

    one = start.accept().merge("Jeffrey: Kessler")

    assert one.sheet.data == (
        b'{"meeting": "Talks", "proposal": {"decision": "accepted"}, "with": '
        b'[{"name": "Jeffrey: Kessler", "proposal": {"decision": "accepted", "by": "x"}}]}\n'
        b'---\nperson: "Jeffrey: Kessler"\nalso: J. Kessler\n'
    )
    assert one.pending == ()


def test_a_meeting_and_a_statement_add_to_what_is_on_record_or_to_nothing_again() -> None:
    start = review()

    added = start.add_to("talks-2025")
    assert lines(start, added) == [
        "+ adds to: talks-2025",
        "- proposal: {by: rules 1, confidence: 87, decision: pending}",
        "+ proposal: {by: rules 1, confidence: 87, decision: accepted}",
    ]
    point = at(added, "J. Kessler spoke of steel.")
    said = point.add_to("p4")
    assert lines(point, said) == [
        "+     adds to: p4",
        "-     proposal: {by: rules 1, confidence: 60}",
        "+     proposal: {decision: accepted, by: rules 1, confidence: 60}",
    ]

    again = Review(Sheet(said.sheet.data.replace(b"decision: accepted", b"decision: pending", 1)), "draft.yaml")
    other = again.add_to("other")
    assert b"adds to: other" in other.sheet.data
    assert b"p4" not in other.sheet.data, "what a point says again is said in the other meeting"
    assert b"adds to" not in again.add_to(None).sheet.data


def test_with_a_text_is_rejected_what_rests_on_it() -> None:
    start = review("source: press.txt\nproposal: {by: rules 1}\n---\n" + DRAFT)

    none = start.reject()

    assert [one.kind for one in none.pending] == ["person"]  # it names no text
    assert none.undo().sheet.data == start.sheet.data
    problems = Problems()
    kept = start.sheet.data.replace(b"{by: rules 1}", b"{decision: rejected}", 1).replace(b"pending", b"accepted")
    gather_drafts(kept, "draft.yaml", problems)
    assert [(one.place.line, one.what) for one in problems if "pending" not in one.what] == [
        (9, "this rests on “press.txt”, which was rejected"), (41, "this rests on “press.txt”, which was rejected"),
    ]  # fmt: skip


def test_somebody_is_decided_on_once_where_the_draft_has_them_with_one_title_or_none() -> None:
    there = "---\nmeeting: M\nwith:\n"
    entry = "  - name: J. Kessler\n    proposal: {by: x}\n"
    titled = entry + "    title: Under Secretary of Commerce\n"
    other = entry + "    title: Ambassador\n"
    ours = "ours:\n" + entry
    start = review(DRAFT + there + entry + titled + other + ours).skip()

    one = start.accept()

    decided = [each.block.decision for each in one.every if each.kind in ("with", "ours")]
    assert decided == ["accepted", "accepted", "accepted", "pending", "pending"]
    assert one.undo().sheet == start.sheet
    assert [each.block.decision for each in start.reject().every if each.kind == "with"] == [
        "rejected",
        "pending",
        "pending",
        "pending",
    ]
    merged = start.merge("Jeffrey Kessler", also=False)
    assert [each.block.decision for each in merged.every if each.kind == "with"] == [
        "accepted",
        "accepted",
        "accepted",
        "pending",
    ]


def test_people_who_are_not_named_are_others_in_each_meeting() -> None:
    there = "---\nmeeting: M\nwith:\n  - name: “officials”\n    proposal: {by: x}\n"

    one = at(review(there + there), "“officials”").accept()

    assert [each.block.decision for each in one.every if each.kind == "with"] == ["accepted", "pending"]


STEPS: dict[str, Callable[[Review], Review]] = {
    "accept": Review.accept,
    "reject": Review.reject,
    "skip": Review.skip,
    "undo": Review.undo,
    "all": lambda one: one.accept_all(one.current.kind) if one.current else one,
    "edit": lambda one: one.edit("say" if one.current and one.current.said("say") else "title", "a: new - #text, é"),
    "merge": lambda one: one.merge("Jeffrey Kessler"),
    "move": lambda one: one.move(one.drafts[-1] if len(one.drafts) > 3 else one.drafts[1]),
    "move back": lambda one: one.move(one.drafts[0]),
    "add to": lambda one: one.add_to("talks-at: commerce"),
    "add to none": lambda one: one.add_to(None),
    "join": lambda one: joining.into(one, one.drafts[1 if one.current and one.current.draft is one.drafts[0] else 0]),
    "begin": lambda one: one.begin("One: more", "Commerce"),
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=14))
@settings(max_examples=60, deadline=None)
def test_whatever_is_decided_and_undone_the_file_reads_and_undoing_all_gives_its_bytes_back(steps: list[str]) -> None:
    start = one = review()
    for step in steps:
        try:
            one = STEPS[step](one)
        except NotSpliced:
            continue
        gather(one)
        assert b"# the second" in one.sheet.data
    while one.before:
        one = one.undo()

    assert one.sheet.data == start.sheet.data


def test_a_file_that_would_not_read_as_meant_is_left_as_it_is() -> None:
    odd = review(
        "meeting: M\npoints:\n  -\n    say: A\n    proposal: {decision: pending}\n  - - x\n---\nmeeting: N\npoints: [{say: B}]\n"
    )

    with pytest.raises(NotSpliced):
        odd.move(odd.drafts[1])


def gather(one: Review) -> tuple:  # type: ignore[type-arg]
    """Return the drafts of a file; nothing may be wrong with it but that something is pending."""
    problems = Problems()
    items = gather_drafts(one.sheet.data, "draft.yaml", problems)
    assert [problem for problem in problems if "pending" not in problem.what] == []
    assert all(isinstance(problem.place, Place) for problem in problems)
    return items
