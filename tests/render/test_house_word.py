"""A ministry's Word template, changed as Word changes it; and what is wrong with one that is made to do harm."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.shared import RGBColor
from lxml import etree
from pypdf import PdfReader

from briefing.errors import BriefingError, OutputFailed, Refused
from briefing.notes.specimen import full
from briefing.render import render
from briefing.render.check import problems
from briefing.render.docx_inspect import LARGEST
from tests.render.houses import changed_in_word, house_word, with_parts, with_relation
from tests.render.sample import SHORT, sample_note
from tests.render.test_libreoffice import OFFICE, WRITER

NOTE = sample_note(SHORT)
SECRET = "the-secret-of-the-house"


def made(house: Path) -> WordDocument:
    return Document(BytesIO(render(NOTE, "docx", house)))


def another_colour(document: WordDocument) -> None:
    document.styles["heading 1" if "heading 1" in document.styles else "Heading 1"].font.color.rgb = RGBColor(0, 0x66, 0x33)


def a_word_in_the_header(document: WordDocument) -> None:
    document.sections[0].first_page_header.add_paragraph("Crest of the Ministry")


def without_the_subtitle(document: WordDocument) -> None:
    for paragraph in document.paragraphs:
        if "note.subtitle" in paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
            break
    else:
        raise AssertionError("there was no subtitle")
    endif = next(p for p in document.paragraphs if "endif" in p.text)
    endif._p.getparent().remove(endif._p)
    for paragraph in document.paragraphs:
        if paragraph.text == "{{ note.subtitle }}":
            paragraph._p.getparent().remove(paragraph._p)


def a_tag_that_word_has_cut_up(document: WordDocument) -> None:
    """Word puts its own marks into the middle of a word when it is typed in two goes."""
    for paragraph in document.paragraphs:
        if paragraph.text == "{{ title }}":
            for run in list(paragraph.runs):
                run._r.getparent().remove(run._r)
            for piece in ("{", "{ ti", "tle", " }", "}"):
                paragraph.add_run(piece)


def test_a_style_that_has_another_colour_is_printed_in_it(tmp_path: Path) -> None:
    document = made(changed_in_word(tmp_path, another_colour))

    headings = [p for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings
    assert {heading.style.font.color.rgb for heading in headings} == {RGBColor(0, 0x66, 0x33)}


def test_a_word_added_to_the_header_is_printed(tmp_path: Path) -> None:
    header = made(changed_in_word(tmp_path, a_word_in_the_header)).sections[0].first_page_header

    assert [p.text for p in header.paragraphs] == [NOTE.band, "Crest of the Ministry"]


def test_a_field_that_was_taken_out_is_not_printed_and_no_problem(tmp_path: Path) -> None:
    house = changed_in_word(tmp_path, without_the_subtitle)

    assert NOTE.subtitle not in [p.text for p in made(house).paragraphs]
    assert problems("docx", house) == []


def test_a_tag_that_word_has_cut_up_is_a_tag(tmp_path: Path) -> None:
    house = changed_in_word(tmp_path, a_tag_that_word_has_cut_up)

    assert NOTE.title in [p.text.replace("\u00a0", " ") for p in made(house).paragraphs]
    assert problems("docx", house) == []


def test_an_unknown_field_is_named_with_its_part_and_what_it_may_have_meant(tmp_path: Path) -> None:
    def misspelt(document: WordDocument) -> None:
        document.sections[0].header.add_paragraph("{{ note.minstry }} of {{ land }}")
        next(p for p in document.paragraphs if "{{ block.text }}" in p.text).add_run("{{ block.colour }}")

    found = problems("docx", changed_in_word(tmp_path, misspelt))

    assert [(one.what, one.hint) for one in found] == [
        ("text, “{{ block.colour }}”: unknown field “colour”", ""),
        ("header, “{{ land }}”: unknown name “land”", ""),
        ("header, “{{ note.minstry }}”: unknown field “minstry” of a Note", "nearest: ministry"),
    ]
    with pytest.raises(OutputFailed, match="cannot be filled"):
        render(NOTE, "docx", tmp_path)


EXTERNAL = (
    ("image", "http://a.example/logo.png"),
    ("attachedTemplate", "http://a.example/evil.dotm"),
    ("attachedTemplate", "file:///etc/passwd"),
    ("hyperlink", "file://server/share"),
    ("hyperlink", "javascript:x()"),
    ("oleObject", "http://a.example/x"),
    ("aFChunk", "http://a.example/x.html"),
    ("frame", "http://a.example/x"),
)


@pytest.mark.parametrize(("kind", "target"), EXTERNAL)
def test_a_template_that_would_have_word_fetch_something_is_refused(kind: str, target: str, tmp_path: Path) -> None:
    house = with_relation(tmp_path, kind, target)

    with pytest.raises(Refused, match=r"word/_rels/document\.xml\.rels: ") as refused:
        render(NOTE, "docx", house)

    assert target in refused.value.message


def test_a_link_that_a_reader_may_follow_is_fine(tmp_path: Path) -> None:
    assert render(NOTE, "docx", with_relation(tmp_path, "hyperlink", "https://ministry.example/"))


FIELD = b'<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:fldSimple w:instr="%s"/></w:p><w:sectPr'
CUT_FIELD = (
    b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> INCLUDE</w:instrText></w:r>'
    b'<w:r><w:instrText>TEXT "file:///etc/passwd"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:sectPr'
)


@pytest.mark.parametrize("field", [FIELD % b"INCLUDEPICTURE http://a.example/a.png", FIELD % b" ddeauto c:\\x", CUT_FIELD])
def test_a_field_that_fetches_or_runs_something_is_refused(field: bytes, tmp_path: Path) -> None:
    house = with_parts(tmp_path, {"word/document.xml": lambda xml: xml.replace(b"<w:sectPr", field, 1)})

    with pytest.raises(Refused, match="which fetches or runs something"):
        render(NOTE, "docx", house)


@pytest.mark.parametrize("part", ["word/document.xml", "word/header1.xml", "word/styles.xml", "docProps/core.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_part_that_names_a_file_is_refused(part: str, encoding: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    declared = f'<!DOCTYPE x [<!ENTITY xxe SYSTEM "{secret.as_uri()}">]>'
    unheld = etree.fromstring(f"{declared}<x>&xxe;</x>", etree.XMLParser(resolve_entities=True, no_network=False))
    assert unheld.text == SECRET, "unheld, it reads the secret"

    def with_entity(xml: bytes) -> bytes:
        whole = xml.decode().partition("?>")[2].strip() or xml.decode()
        return f'<?xml version="1.0" encoding="{encoding}"?>{declared}{whole.replace("{{ title }}", "&xxe;")}'.encode(encoding)

    with pytest.raises(Refused, match="a document type"):
        render(NOTE, "docx", with_parts(tmp_path, {part: with_entity}))


def test_a_laughing_part_is_refused_before_it_grows(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    whole = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'.encode()

    with pytest.raises(Refused, match="a document type"):
        render(NOTE, "docx", with_parts(tmp_path, {"word/settings.xml": lambda _: whole}))


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(tmp_path: Path) -> None:
    house = with_parts(tmp_path, {"word/media/image1.png": lambda _: bytes(LARGEST + 1)})
    with zipfile.ZipFile(house / "note.docx") as archive:
        assert len(archive.read("word/media/image1.png")) > LARGEST, "unheld, it unpacks"
    assert (house / "note.docx").stat().st_size < LARGEST / 100

    with pytest.raises(Refused, match="it unpacks to 40 MB"):
        render(NOTE, "docx", house)


def test_macros_are_refused(tmp_path: Path) -> None:
    relation = b'<Relationship Id="rId900" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>'
    house = with_parts(tmp_path, {"word/_rels/document.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation)})

    with pytest.raises(Refused, match="macros"):
        render(NOTE, "docx", house)


def test_a_word_template_takes_in_no_other_file(tmp_path: Path) -> None:
    (tmp_path / "secret.j2").write_text(SECRET, encoding="utf-8")

    with pytest.raises(BriefingError, match="no loader"):
        render(NOTE, "docx", house_word(tmp_path, "{% include 'secret.j2' %}"))


@pytest.mark.libreoffice
@pytest.mark.slow
@pytest.mark.skipif(not WRITER, reason="LibreOffice Writer is not on this machine")
@pytest.mark.parametrize("change", [another_colour, a_word_in_the_header, without_the_subtitle])
def test_libreoffice_opens_what_a_changed_template_makes(change: Callable[[WordDocument], None], tmp_path: Path) -> None:
    (tmp_path / "paper.docx").write_bytes(render(full(), "docx", changed_in_word(tmp_path, change)))
    office = shutil.which(str(OFFICE)) or str(OFFICE)
    command = [office, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "paper.docx"], check=True, capture_output=True, timeout=600)

    words = " ".join(page.extract_text() for page in PdfReader(tmp_path / "paper.pdf").pages)
    assert "Where sources differ" in words
    assert ("Crest of the Ministry" in words) is (change is a_word_in_the_header)
    assert ("For trying templates" in words) is (change is not without_the_subtitle)
