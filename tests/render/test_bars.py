"""A picture of counts: bars in the proportion of their numbers, under each other, and within the page."""

from __future__ import annotations

from itertools import pairwise

import pytest

from briefing.notes.note import Counts, Share
from briefing.render.bars import LEAST, SHARE, draw_counts
from briefing.render.html import LANDSCAPE, PORTRAIT
from briefing.render.timeline import text_width


def counts(*numbers: int, label: str = "□ Open") -> Counts:
    return Counts(tuple(Share(number, label) for number in numbers), "Counts")


@pytest.mark.parametrize("width", [PORTRAIT, LANDSCAPE])
def test_bars_are_as_long_as_their_numbers_are_large(width: float) -> None:
    four, two, one = draw_counts(counts(400, 200, 100), width).bars

    assert four.length == pytest.approx(width * SHARE)
    assert (two.length / four.length, one.length / four.length) == (pytest.approx(0.5, abs=0.01), pytest.approx(0.25, abs=0.01))


def test_one_is_seen_beside_a_thousand() -> None:
    assert draw_counts(counts(1000, 1), PORTRAIT).bars[1].length == LEAST


def test_words_stand_left_of_the_bars_and_nothing_leaves_the_page() -> None:
    for label in ("□", "वापस लिया गया प्रतिबद्धता", "◇ Disputed between the two sides for years on end"):
        picture = draw_counts(counts(1234, 7, 1, label=label), PORTRAIT)
        for bar in picture.bars:
            assert bar.number < bar.words
            assert bar.words + text_width(label) <= bar.x
            assert bar.x + bar.length <= picture.width
            assert 0 <= bar.y < bar.y + picture.thick <= picture.height


def test_lines_do_not_touch() -> None:
    picture = draw_counts(counts(3, 2, 1), PORTRAIT)

    tops = [bar.y for bar in picture.bars]
    assert all(later - earlier > picture.thick for earlier, later in pairwise(tops))
