from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from briefing.notes.budget import to_move
from briefing.notes.note import Heading, Note
from tests.notes.made import brief
from tests.notes.test_brief import REGISTER, planned

PARTS = ("least", "less", "more", "most")
EMPTY = brief(*REGISTER, planned())


def paper(moved: Sequence[str]) -> Note:
    """Return a paper with a block for each part that was not moved."""
    return replace(EMPTY, blocks=tuple(Heading(one) for one in PARTS if one not in moved))


def moved(pages: int) -> list[str]:
    """Return what a budget moves of a paper whose every block takes a page."""
    return list(to_move(pages, paper, PARTS, lambda note: len(note.blocks)))


@pytest.mark.parametrize("pages", [0, 1, 2, 3, 4])
def test_no_more_is_moved_than_has_to_be_the_first_named_first(pages: int) -> None:
    assert moved(pages) == list(PARTS[: len(PARTS) - pages])


def test_of_a_body_that_is_too_long_even_so_everything_that_may_move_does() -> None:
    assert to_move(1, paper, PARTS, lambda note: 9) == PARTS  # noqa: ARG005 - whatever it holds
    assert to_move(1, paper, (), lambda note: 9) == ()  # noqa: ARG005 - as above


def test_what_fits_is_measured_once() -> None:
    asked: list[Note] = []

    to_move(4, paper, PARTS, lambda note: (asked.append(note), 4)[1])

    assert len(asked) == 1
