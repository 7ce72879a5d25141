"""All formats print the words of the note, all of them and no others, in its order."""

from __future__ import annotations

import pytest

from briefing.notes.note import Counts, Timeline
from briefing.render import RENDERERS
from briefing.render.pdf import render_pdf
from tests.render.comparison import difference, difference_read_aloud
from tests.render.papers import PAPERS, paper, rendered
from tests.render.sample import SHORT, sample_note


@pytest.mark.parametrize("format_", RENDERERS)
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_has_the_words_of_its_note(name: str, format_: str) -> None:
    assert difference(paper(name), format_, rendered(name, format_)) == ""


@pytest.mark.parametrize("name", ["agency summary", "matrix"])
def test_a_pdf_is_read_aloud_as_the_note_stands(name: str) -> None:
    assert difference_read_aloud(paper(name), rendered(name, "pdf")) == ""


@pytest.mark.slow
def test_a_pdf_with_every_kind_of_block_is_read_aloud_as_the_note_stands() -> None:
    note = sample_note(SHORT)
    assert difference_read_aloud(note, render_pdf(note)) == ""


@pytest.mark.parametrize("name", PAPERS)
def test_a_picture_has_a_description(name: str) -> None:
    page = rendered(name, "html").decode()
    pictures = [block for block in paper(name).blocks if isinstance(block, Timeline | Counts)]
    assert page.count("<svg") == len(pictures)
    for picture in pictures:
        assert f"<title>{picture.alternative}</title>" in page
