"""Several papers in one PDF: the words of each, its pages as they are alone, its headings below its title."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from briefing.notes.note import Footnotes, Note, Paragraph, Run
from briefing.render.pdf import render_pdf
from briefing.render.together import cover, render_together
from tests.render.papers import paper
from tests.render.reading import pdf_pages
from tests.render.sample import sample_note

NOTED = Paragraph((Run("A word"), Run("1", "ref"), Run(" with a note.")), 1)


def noted(title: str) -> Note:
    """Return a short paper with a note, which is called 1 in each."""
    return replace(sample_note((NOTED, Footnotes((("1", (Run(f"The note of {title}."),)),)))), title=title)


@pytest.fixture(scope="module")
def notes() -> list[Note]:
    return [paper("matrix"), paper("agency summary"), sample_note(landscape=True)]


@pytest.fixture(scope="module")
def whole(notes: list[Note]) -> bytes:
    return render_together(notes)


def test_every_page_says_what_it_says_alone(notes: list[Note], whole: bytes) -> None:
    """The band, the running title and "Page 1 of 1" too: a paper can be taken out of the set and handed over."""
    assert pdf_pages(whole) == [page for note in notes for page in pdf_pages(render_pdf(note))]


def test_the_outline_has_an_entry_for_each_paper_and_its_headings_below(notes: list[Note], whole: bytes) -> None:
    reader = PdfReader(BytesIO(whole))
    alone = [PdfReader(BytesIO(render_pdf(note))) for note in notes]
    pages = [0, len(alone[0].pages), len(alone[0].pages) + len(alone[1].pages)]

    tops = [one for one in reader.outline if not isinstance(one, list)]
    assert [str(one.title).replace("\u00a0", " ") for one in tops] == [note.title for note in notes]
    assert [reader.get_destination_page_number(one) for one in tops] == pages
    assert _titles(reader.outline) == [title for one in alone for title in _titles(one.outline)]


def _titles(outline: object) -> list[object]:
    return [_titles(one) if isinstance(one, list) else one.title for one in outline]  # type: ignore[attr-defined]


def test_a_mark_leads_to_the_note_of_its_own_paper() -> None:
    reader = PdfReader(BytesIO(render_together([noted("One"), noted("Two")])))
    places = {name: reader.get_destination_page_number(one) for name, one in reader.named_destinations.items()}

    led = [(number, places[str(link.get_object()["/Dest"])])
           for number, page in enumerate(reader.pages) for link in page["/Annots"]]  # fmt: skip
    assert led == [(0, 0), (1, 1)]


def test_fonts_are_in_the_file_once(whole: bytes, notes: list[Note]) -> None:
    assert len(whole) < 0.8 * sum(len(render_pdf(note)) for note in notes)


def test_equal_papers_give_equal_bytes_and_another_paper_other_ones(notes: list[Note], whole: bytes) -> None:
    assert render_together(notes) == whole
    assert render_together(notes[::-1]) != whole


def test_the_file_names_the_record_and_not_one_paper_of_it(whole: bytes, notes: list[Note]) -> None:
    reader = PdfReader(BytesIO(render_together([replace(one, request='{"paper": "agency"}') for one in notes])))
    assert reader.metadata is not None
    assert reader.metadata.title == notes[0].title
    xmp = reader.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]
    assert f"<brief:basis>{notes[0].basis}</brief:basis>" in xmp
    assert "<brief:kind>set</brief:kind>" in xmp
    assert "<brief:request>" not in xmp


def test_without_a_sheet_in_front_the_titles_name_the_file() -> None:
    assert cover([noted("One"), noted("Two")]).title == "One; Two"
