"""Whatever a text holds, its proposals are of the text and form a draft; a long one costs what it is long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import InvalidDraft
from briefing.intake.drafting import draft_of
from briefing.intake.drafts import read_drafts
from briefing.intake.proposed import SourceText
from briefing.intake.proposers import MAX_TEXT, every, proposals_of
from briefing.passages import clean, find_quote
from briefing.state import EMPTY
from tests.hostile import NAUGHTY

WORDS = (
    "President Vice Prime Minister Secretary of State the for and , . ( ) : ; ’s Misri Kessler von Jr. King II of France "
    "India United States both sides met with spoke to agreed to hold will soon expected reviewed raised visit to on May 27 "
    "2025 from 27 to 29 Department Council (FATF) COMPACT Dialogue talks luncheon hosted by senior officials They He # - \" ' "
    "“ ” \n \n\n Dr. U.S. [x] {y} & * ! @ % : yes 12 é ﬁ \u200b \u0301 \u00a0"
)
texts = st.lists(st.sampled_from(WORDS.split(" ")), min_size=1, max_size=60).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(texts)
def test_proposals_are_of_the_text_and_form_a_draft(words: str) -> None:
    text = SourceText(clean(words), "press.txt", country="India")
    found = proposals_of(["rules"], text, EMPTY, lambda _: None)

    for one in every(found):
        if one.extent is not None:
            assert find_quote(text.text, text.text[slice(*one.extent)]) is not None
    draft = draft_of(text, found, cited="press.txt").replace("decision: pending", "decision: accepted")
    assert len(read_drafts(draft.encode(), "draft.yaml")) == len(found)


@pytest.mark.parametrize(
    "piece",
    ["A ", "Abc ", "President ", "President Biden ", "President Biden and ", "President Biden met with ", "Secretary of ",
     "Ministry of the Interior and ", "ABC (", "May 1 to ", "They agreed to ", "A. ", "A-", "met with the very ", "(", '"'],
)  # fmt: skip
def test_a_long_text_of_one_piece_is_read_in_the_time_of_its_length(piece: str) -> None:
    """Each took from ten seconds to hours while patterns could go back without bound."""
    found = proposals_of(["rules"], SourceText(piece * (40_000 // len(piece)), "long.txt"), EMPTY, lambda _: None)

    assert len(found) <= 4


def test_a_text_beyond_all_measure_is_refused() -> None:
    with pytest.raises(InvalidDraft, match="is the limit"):
        proposals_of(["rules"], SourceText("x" * (MAX_TEXT + 1), "long.txt"), EMPTY, lambda _: None)


def test_strings_that_break_programs_are_read_as_text() -> None:
    for naughty in NAUGHTY:
        words = clean(f"President {naughty} met with Prime Minister {naughty} of France.")
        text = SourceText(words, "press.txt", country="India")
        found = proposals_of(["rules"], text, EMPTY, lambda _: None)
        assert all(text.text[slice(*one.extent)] for one in every(found) if one.extent)
