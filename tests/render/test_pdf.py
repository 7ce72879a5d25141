"""What stands in a PDF beside its words: structure, files, and nothing that a template should not reach."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from briefing.errors import OutputFailed, Refused
from briefing.notes.note import BottomLine, Counts, Heading, Note, SourceList, Table, Timeline
from briefing.render.pdf import Attached, render_pdf
from briefing.resources import template_file
from tests.render.papers import PAPERS, paper, rendered
from tests.render.sample import sample_note, text

SMALL = sample_note((Heading("One"),))


def reader(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def elements(part: Any) -> list[Any]:
    """Return the structure elements below a part, in order."""
    kids = part.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    below = [kid.get_object() for kid in kids if not isinstance(kid, int)]
    found = [kid for kid in below if hasattr(kid, "get") and "/S" in kid]
    return [one for kid in found for one in (kid, *elements(kid))]


def house(folder: Path, *, css: str = "", body: str = "") -> Path:
    """Write a house's templates: those that ship, with something added."""
    page = template_file("note.html.j2").read_text(encoding="utf-8").replace("<main>", f"<main>{body}")
    (folder / "note.html.j2").write_text(page, encoding="utf-8")
    (folder / "note.css").write_text(template_file("note.css").read_text(encoding="utf-8") + css, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", [name for name in PAPERS if any(isinstance(one, Table) for one in paper(name).blocks)])
def test_every_header_cell_says_what_it_heads(name: str) -> None:
    found = [one for one in elements(reader(rendered(name, "pdf")).root_object["/StructTreeRoot"]) if one["/S"] == "/TH"]
    scopes = [one["/A"].get_object()["/Scope"] for one in found]
    columns = sum(len(block.columns) for block in paper(name).blocks if isinstance(block, Table))
    assert scopes.count("/Column") >= columns > 0
    assert scopes.count("/Row") > 0
    assert len(scopes) == scopes.count("/Column") + scopes.count("/Row")


def test_the_title_and_the_language_are_given_and_headings_are_bookmarks() -> None:
    note, made = paper("by hand"), reader(rendered("by hand", "pdf"))
    assert made.root_object["/Lang"] == note.lang
    assert made.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert made.metadata is not None
    assert made.metadata.title == note.title
    marks = [mark for entry in made.outline for mark in (entry if isinstance(entry, list) else [entry])]
    titles = [mark["/Title"].replace("\u00a0", " ") for mark in marks]
    assert {block.text for block in note.blocks if isinstance(block, Heading)} <= set(titles)


@pytest.mark.parametrize("name", PAPERS)
def test_every_heading_is_a_bookmark_and_every_picture_has_a_description(name: str) -> None:
    note, made = paper(name), reader(rendered(name, "pdf"))
    marks = [mark for entry in made.outline for mark in (entry if isinstance(entry, list) else [entry])]
    headings = [block.text if isinstance(block, Heading) else block.heading for block in note.blocks
                if isinstance(block, Heading | BottomLine | SourceList)]  # fmt: skip
    assert [mark["/Title"].replace("\u00a0", " ") for mark in marks] == [note.title, *headings]
    assert made.root_object["/Lang"] == note.lang

    found = elements(made.root_object["/StructTreeRoot"])
    assert [one["/S"] for one in found if one["/S"] in {"/H1", "/H2"}] == ["/H1", *["/H2"] * len(headings)]
    pictures = [block.alternative for block in note.blocks if isinstance(block, Timeline | Counts)]
    assert [one["/Alt"] for one in found if one["/S"] == "/Figure"] == pictures


def test_a_file_inside_is_named_once_and_comes_out_as_it_went_in() -> None:
    data = b'{"type": "meeting.held"}\n'
    made = reader(render_pdf(SMALL, attached=(Attached("event.json", data, "An event"), Attached("two.json", b"2", "Two"))))
    assert {name: list(files) for name, files in made.attachments.items()} == {"event.json": [data], "two.json": [b"2"]}
    associated = [str(reference) for reference in made.root_object["/AF"]]
    assert len(associated) == len(set(associated)) == 2


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:9/x.png",
        "https://example.org/x.png",
        "ftp://127.0.0.1/x.png",
        "../../etc/passwd",
        "/etc/passwd",
        "//example.org/x.png",
        "fonts/../../pyproject.toml",
        "%2e%2e/pyproject.toml",
    ],
)
@pytest.mark.parametrize("place", ["an image", "a style", "a style sheet"])
def test_a_template_reaches_nothing_outside_its_folder(address: str, place: str, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    templates.mkdir()
    (tmp_path / "pyproject.toml").write_text("secret", encoding="utf-8")
    if place == "an image":
        house(templates, body=f'<p><img src="{address}" alt="x"></p>')
    elif place == "a style":
        house(templates, css=f'main {{ background: url("{address}") }}')
    else:
        house(templates, body=f'<link rel="stylesheet" href="{address}">')

    with pytest.raises(Refused, match="a template asks for") as refused:
        render_pdf(SMALL, templates)

    assert refused.value.exit_code == 5
    assert refused.value.hint


def test_a_template_may_use_data_and_files_of_its_own_folder(tmp_path: Path) -> None:
    crest = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
    (tmp_path / "crest.svg").write_text(crest, encoding="utf-8")
    house(tmp_path, body='<p><img src="crest.svg" alt="Crest"><img src="data:image/svg+xml,%3Csvg xmlns=\'http://www.w3.org/2000/svg\' width=\'1\' height=\'1\'/%3E" alt="Dot"></p>')
    figures = [one for one in elements(reader(render_pdf(SMALL, tmp_path)).root_object["/StructTreeRoot"]) if one["/S"] == "/Figure"]
    assert [one["/Alt"] for one in figures] == ["Crest", "Dot"]


def test_what_the_engine_only_warns_of_is_an_error(tmp_path: Path) -> None:
    house(tmp_path, css="p { colour: red }")
    with pytest.raises(OutputFailed, match="colour") as failed:
        render_pdf(SMALL, tmp_path)
    assert failed.value.exit_code == 73


def test_a_letter_that_no_font_has_is_named() -> None:
    note: Note = sample_note((Heading("王毅"), Heading(text("plain")[0].text)))
    with pytest.raises(OutputFailed, match=r"no font of the paper has .*U\+738B") as failed:
        render_pdf(note)
    assert "Latin, Devanagari, Arabic or Hebrew" in failed.value.hint


def test_neither_banner_nor_warning_is_printed(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    render_pdf(SMALL)
    house(tmp_path, css="p { colour: red }")
    with pytest.raises(OutputFailed):
        render_pdf(SMALL, tmp_path)
    assert capfd.readouterr() == ("", "")
