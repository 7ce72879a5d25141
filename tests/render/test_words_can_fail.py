"""One piece taken away from a template, and the comparison of words fails: for every piece that prints words."""

from __future__ import annotations

import ast
import inspect
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn
from lxml import etree

from briefing.errors import OutputFailed
from briefing.render import markdown, render
from briefing.resources import template_file
from tests.render.comparison import difference
from tests.render.sample import EVERYTHING, sample_note

PAGE = template_file("note.html.j2").read_text(encoding="utf-8")
BLOCKS = re.findall(r"\{# begin (.+?) #\}", PAGE)
WRITER = ast.parse(inspect.getsource(markdown))
NOTE = sample_note(EVERYTHING)


def printing(template: str) -> list[tuple[int, int]]:
    """Return where a page's template prints words: its expressions outside of tags, head and descriptions."""
    without_head = re.sub(r"<head>.*</head>|<title>.*</title>", lambda m: " " * len(m[0]), template, flags=re.DOTALL)
    plain = re.sub(r"\{[%#].*?[%#]\}", lambda m: " " * len(m[0]), without_head, flags=re.DOTALL)
    found = re.finditer(r"\{\{.*?\}\}", plain)
    return [m.span() for m in found if plain.rfind("<", 0, m.start()) < plain.rfind(">", 0, m.start())]


def word_parts() -> dict[str, bytes]:
    with zipfile.ZipFile(template_file("note.docx")) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


PARTS = word_parts()


def word_pieces() -> list[tuple[str, int]]:
    """Return the paragraphs and tables of the Word template that print words: the part, and which one it is."""
    return [
        (name, n)
        for name in PARTS
        if re.fullmatch(r"word/(document|header\d+|footer\d+)\.xml", name)
        for n, piece in enumerate(etree.fromstring(PARTS[name]).iter(qn("w:p"), qn("w:tbl")))
        if "{{" in "".join(t.text or "" for t in piece.iter(qn("w:t")))
    ]


def without(part: bytes, n: int) -> bytes:
    root = etree.fromstring(part)
    piece = list(root.iter(qn("w:p"), qn("w:tbl")))[n]
    if piece.tag == qn("w:tbl"):
        piece.getparent().remove(piece)
    for text in list(piece.iter(qn("w:t"))):  # the paragraph stays: a cell may have no other
        text.text = ""
    return etree.tostring(root)


def yields() -> list[ast.Expr]:
    """Return the statements of the Markdown writer that bring words."""
    return [s for s in ast.walk(WRITER) if isinstance(s, ast.Expr) and isinstance(s.value, ast.Yield | ast.YieldFrom)]


def test_the_papers_as_they_ship_pass(tmp_path: Path) -> None:
    for format_ in ("html", "pdf", "docx", "md"):
        assert difference(NOTE, format_, render(NOTE, format_, tmp_path)) == ""


@pytest.mark.parametrize("format_", ["html", "pdf"])
@pytest.mark.parametrize("block", BLOCKS)
def test_a_page_without_one_of_its_blocks_is_found_out(block: str, format_: str, tmp_path: Path) -> None:
    begin, end = (re.escape(f"{{# {side} {block} #}}") for side in ("begin", "end"))
    page, taken = re.subn(f"{begin}.*?{end}", "", PAGE, flags=re.DOTALL)
    assert taken == 1
    (tmp_path / "note.html.j2").write_text(page, encoding="utf-8")

    try:
        found = difference(NOTE, format_, render(NOTE, format_, tmp_path))
    except OutputFailed as fault:  # a link to a note that is gone
        found = fault.message
    assert found


@pytest.mark.parametrize(("start", "end"), printing(PAGE), ids=[PAGE[a + 2 : b - 2].strip() for a, b in printing(PAGE)])
def test_a_page_that_leaves_out_one_of_its_words_is_found_out(start: int, end: int, tmp_path: Path) -> None:
    (tmp_path / "note.html.j2").write_text(PAGE[:start] + PAGE[end:], encoding="utf-8")

    assert difference(NOTE, "html", render(NOTE, "html", tmp_path))


@pytest.mark.parametrize(("part", "n"), word_pieces())
def test_a_word_file_without_one_of_its_paragraphs_is_found_out(part: str, n: int, tmp_path: Path) -> None:
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in PARTS.items():
            archive.writestr(name, without(content, n) if name == part else content)
    (tmp_path / "note.docx").write_bytes(whole.getvalue())

    assert difference(NOTE, "docx", render(NOTE, "docx", tmp_path))


@pytest.mark.parametrize("line", [statement.lineno for statement in yields()])
def test_markdown_without_one_of_its_statements_is_found_out(line: int) -> None:
    class Drop(ast.NodeTransformer):
        def visit_Expr(self, node: ast.Expr) -> ast.Expr:
            if node.lineno == line:
                node.value = ast.copy_location(ast.YieldFrom(ast.copy_location(ast.Tuple([], ast.Load()), node)), node)
            return node

    scope: dict[str, Any] = {"__name__": markdown.__name__}
    mutant = Drop().visit(ast.parse(inspect.getsource(markdown)))
    exec(compile(ast.fix_missing_locations(mutant), "mutant", "exec"), scope)

    assert difference(NOTE, "md", scope["render_markdown_bytes"](NOTE))
