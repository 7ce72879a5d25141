"""A proposed meeting joined with another: with one on record, or with another of the same draft."""

from __future__ import annotations

import pytest

from briefing.intake import joining
from briefing.intake.drafts import gather_drafts
from briefing.intake.on_record import said_again
from briefing.intake.review import Review
from briefing.intake.splicing import NotSpliced, Sheet
from briefing.items import Item, Problems
from tests.decided import state_after

ON_RECORD = """
meeting: Talks
id: talks
when: 28 May 2026
with: [Scott Bessent]
notes: Desk
points:
  - say: Both sides reviewed progress on steel.
  - say: Coal was raised.
commitments:
  - say: An agreement is expected to accelerate the Strategic Trade Dialogue, on semiconductors and clean energy.
"""
DRAFT = """\
# two accounts of one meeting
meeting: A luncheon
proposal: {by: rules 1, decision: pending}
when: 28 May 2026
sources: {A: press.txt}
with:
  - name: Scott Bessent
    proposal: {by: rules 1, decision: pending}
points:
  - say: Progress on steel was reviewed.
    A: reviewed steel
    proposal: {by: rules 1, decision: pending}
  - say: The weather was fine.
    proposal: {by: rules 1, decision: pending}
---
meeting: Talks over lunch
proposal: {by: rules 1, decision: pending}
sources: {B: press.txt}
with:
  - name: Scott Bessent
    proposal: {by: rules 1, decision: pending}
  - name: Ann Novak
    proposal: {by: rules 1, decision: pending}
commitments:
  - say: Hold the next Strategic Trade Dialogue.
    B agreed: hold the next
    proposal: {by: rules 1, decision: pending}
  - say: Send flowers.
    proposal: {by: rules 1, decision: rejected}
"""


def review(text: str = DRAFT) -> Review:
    return Review(Sheet(text.encode()), "draft.yaml")


def at_the_second(one: Review) -> Review:
    while one.current and one.current.node is not one.drafts[1]:
        one = one.skip()
    return one


def drafts(one: Review) -> tuple[Item, ...]:
    return gather_drafts(one.sheet.data, "draft.yaml", Problems(), undecided=True)


def test_a_meeting_that_adds_to_one_on_record_says_again_what_is_said_there() -> None:
    held = state_after(ON_RECORD).meetings["talks"].held

    first = joining.onto_record(review(), held)
    both = joining.onto_record(at_the_second(first), held)

    luncheon, lunch = drafts(both)
    assert luncheon.text("adds to") == lunch.text("adds to") == "talks"
    assert [one.text("adds to") for one in luncheon.items("points")] == ["p1", None]
    assert [one.text("adds to") for one in lunch.items("commitments")] == ["c1"]
    assert len(both.pending) == len(review().pending) - 2


def test_two_undertakings_of_a_text_do_not_say_again_one_on_record() -> None:
    held = state_after(ON_RECORD).meetings["talks"].held
    said = ["Hold the next Strategic Trade Dialogue.", "Hold a Strategic Trade Dialogue in Delhi.", "Open a consulate."]

    again = said_again(said, "commitments", held)

    assert [one[0] if one else None for one in again] == ["c1", None, None]


def test_what_was_said_at_a_meeting_goes_into_another_with_who_was_there_and_the_rest_is_rejected() -> None:
    start = at_the_second(review())

    one = joining.into(start, start.drafts[0])

    (luncheon,) = drafts(one)
    assert [each.text("name") for each in luncheon.items("with")] == ["Scott Bessent", "Ann Novak"]
    assert [each.text("say") for each in luncheon.items("commitments")] == ["Hold the next Strategic Trade Dialogue."]
    assert luncheon.items("commitments")[0].cited[0].letter == "A"
    assert one.sheet.data.startswith(b"# two accounts of one meeting\n")
    assert one.undo().sheet == start.sheet


def test_a_meeting_goes_into_one_that_stands_behind_it_too() -> None:
    one = joining.into(review(), review().drafts[1])

    (lunch,) = drafts(one)
    assert [each.text("say") for each in lunch.items("points")] == [
        "Progress on steel was reviewed.",
        "The weather was fine.",
    ]
    assert one.current is not None
    assert one.current.node is one.drafts[1]


def test_what_cannot_be_joined_is_left_as_it_is() -> None:
    other = review(DRAFT.replace("B: press.txt", "B: other.txt"))
    with pytest.raises(NotSpliced, match="does not name the text B"):
        joining.into(at_the_second(other), other.drafts[0])
    with pytest.raises(NotSpliced, match="with another"):
        joining.into(review(), review().drafts[0])
    with pytest.raises(NotSpliced, match="only a meeting"):
        joining.into(review().skip(), review().drafts[1])
