"""What Word is given: real styles, headings, tables and fields, so that officers can edit it and anyone can hear it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

from briefing.notes.note import BottomLine, Counts, Heading, SourceList, Table, Timeline
from briefing.render.docx import render_docx
from tests.render.papers import PAPERS, paper, rendered
from tests.render.reading import docx_xml

ALLOWED_ON_RUNS = {qn("w:rStyle"), qn("w:lang"), qn("w:cs"), qn("w:rtl"), qn("w:rFonts")}
"""A style, and the language, direction and font of words in another script."""
PARTS = ("document", "header1", "header2", "footer1", "footer2")


@pytest.fixture(params=PAPERS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def document(name: str) -> WordDocument:
    return Document(BytesIO(rendered(name, "docx")))


def style_of(paragraph: Any) -> str:
    return str(paragraph.style)


def texts(document: WordDocument, *styles: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name in styles]


def test_headings_are_headings(document: WordDocument, name: str) -> None:
    note = paper(name)
    assert texts(document, "Heading 1", "New Page Heading") == [block.text for block in note.blocks if isinstance(block, Heading)]
    assert [text.replace("\u00a0", " ") for text in texts(document, "Title")] == [note.title]
    assert texts(document, "Bottom Line Heading", "Sources Heading") == [
        block.heading for block in note.blocks if isinstance(block, BottomLine | SourceList)
    ]


@pytest.mark.parametrize("style", ["Heading1", "NewPageHeading", "BottomLineHeading", "SourcesHeading"])
def test_every_heading_is_in_the_outline_and_stays_with_what_it_heads(style: str) -> None:
    styles = Document(BytesIO(rendered("by hand", "docx"))).styles.element
    (found,) = [one for one in styles.iter(qn("w:style")) if one.get(qn("w:styleId")) == style]
    assert found.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "0"
    assert found.pPr.find(qn("w:keepNext")) is not None


def test_header_rows_repeat_and_no_row_splits(document: WordDocument, name: str) -> None:
    grids = [table._tbl for table in document.tables if table.style.name in {"Note Grid", "Note Matrix", "Note Differ"}]
    assert len(grids) == sum(isinstance(block, Table) for block in paper(name).blocks)
    for grid in grids:
        repeated = [row.trPr.find(qn("w:tblHeader")) is not None for row in grid.tr_lst]
        assert repeated == [True] + [False] * (len(grid.tr_lst) - 1)
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in grid.tr_lst)


def test_the_columns_have_the_widths_of_the_note_and_fill_the_page(document: WordDocument) -> None:
    section = document.sections[0]
    between = (section.page_width - section.left_margin - section.right_margin) / 635
    for table in document.tables:
        widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
        assert abs(sum(widths) - between) < 10
        for row in table._tbl.tr_lst:
            assert [int(cell.tcPr.tcW.get(qn("w:w"))) for cell in row.tc_lst] == widths


def test_what_stands_at_the_right_margin_stands_there_on_a_wide_page_too(document: WordDocument) -> None:
    section = document.sections[0]
    between = (section.page_width - section.left_margin - section.right_margin) / 635
    right = [tab for tab in document.styles.element.iter(qn("w:tab")) if tab.get(qn("w:val")) == "right"]
    assert len(right) == 3  # masthead, running head, running foot
    assert all(abs(int(tab.get(qn("w:pos"))) - between) <= 20 for tab in right)


def test_pages_are_numbered_by_fields(document: WordDocument) -> None:
    section = document.sections[0]
    for footer in (section.footer, section.first_page_footer):
        fields = [field.get(qn("w:instr")) for field in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]


def test_the_language_is_set_and_hindi_is_marked_as_hindi(document: WordDocument, name: str) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    lang = paper(name).lang
    assert [one.get(qn("w:val")) for one in defaults.iter(qn("w:lang"))] == [lang]
    assert document.settings.element.find(qn("w:themeFontLang")).get(qn("w:val")) == lang
    assert document.core_properties.language == lang
    hindi = [t for t in document.element.body.iter(qn("w:t")) if any("\u0900" <= c <= "\u097f" for c in t.text or "")]
    assert bool(hindi) is (name.startswith("by hand") or lang == "hi")
    for text in hindi if lang != "hi" else ():
        assert text.getparent().rPr.find(qn("w:lang")).get(qn("w:bidi")) == "hi"


def test_tables_and_timelines_have_a_description(document: WordDocument, name: str) -> None:
    expected = [
        block.alternative
        if isinstance(block, Timeline | Counts)
        else block.caption or ", ".join(column.header for column in block.columns)
        for block in paper(name).blocks
        if isinstance(block, Timeline | Counts | Table)
    ]
    descriptions = [table._tbl.tblPr.find(qn("w:tblDescription")) for table in document.tables[1:]]
    assert [one.get(qn("w:val")) for one in descriptions] == expected
    assert all(expected)


def test_no_paragraph_is_empty_but_where_word_needs_one(document: WordDocument) -> None:
    """Between two tables, which Word would join, and after one that ends the text."""
    empty = [paragraph._p for paragraph in document.paragraphs if not paragraph.text]
    for paragraph in empty:
        assert style_of(paragraph) == "TableGap"
        assert paragraph.getprevious().tag == qn("w:tbl")
        assert paragraph.getnext().tag in {qn("w:tbl"), qn("w:sectPr")}


@pytest.mark.parametrize("part", PARTS)
def test_all_looks_come_from_styles(name: str, part: str) -> None:
    root = docx_xml(rendered(name, "docx"), f"word/{part}.xml")
    direct = [child.tag for look in root.iter(qn("w:rPr")) for child in look if child.tag not in ALLOWED_ON_RUNS]
    direct += [child.tag for look in root.iter(qn("w:pPr")) for child in look if child.tag != qn("w:pStyle")]
    assert direct == []


@pytest.mark.parametrize("part", PARTS)
def test_every_style_that_is_used_is_there_and_none_is_left_to_chance(name: str, part: str) -> None:
    data = rendered(name, "docx")
    known = {style.get(qn("w:styleId")) for style in docx_xml(data, "word/styles.xml").iter(qn("w:style"))}
    root = docx_xml(data, f"word/{part}.xml")
    used = {one.get(qn("w:val")) for one in root.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))}
    assert used <= known
    assert all(p.find(qn("w:pPr")) is not None for p in root.iter(qn("w:p")))


def test_word_does_not_open_it_in_compatibility_mode(document: WordDocument) -> None:
    settings = {one.get(qn("w:name")): one.get(qn("w:val")) for one in document.settings.element.iter(qn("w:compatSetting"))}
    assert settings["compatibilityMode"] == "15"


def test_properties_are_of_the_note_and_nothing_of_the_machine(document: WordDocument, name: str) -> None:
    note, properties = paper(name), document.core_properties
    assert (properties.title, properties.identifier) == (note.title, note.basis)
    assert properties.author == ", ".join(part for part in (note.unit, note.ministry) if part)
    assert properties.created.isoformat() == properties.modified.isoformat() == note.made_at.replace("Z", "+00:00")


def test_who_holds_what_was_filled_in_changes_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the profiler of a cluster's worker does, that looks at the frames of its other threads."""
    held: list[Any] = []
    fix_tables = DocxTemplate.fix_tables

    def holding(template: DocxTemplate, xml: bytes) -> Any:
        tree = fix_tables(template, xml)
        held.extend(tree.iter())
        return tree

    monkeypatch.setattr(DocxTemplate, "fix_tables", holding)

    assert render_docx(paper(name)) == rendered(name, "docx")
    assert held


def test_the_file_holds_no_time_of_its_making(name: str) -> None:
    with zipfile.ZipFile(BytesIO(rendered(name, "docx"))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
