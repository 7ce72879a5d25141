"""A check of templates names everything that is wrong with them, each with its place; and its papers hold everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args

import pytest

from briefing import confined
from briefing.confined import Bounds
from briefing.notes import note as parts
from briefing.notes.note import Block, Note, Style
from briefing.notes.specimen import empty, full
from briefing.render import render
from briefing.render.check import problems
from briefing.resources import template_file
from tests.render.comparison import difference
from tests.render.houses import house_page, house_word

LINES = len(template_file("note.html.j2").read_text(encoding="utf-8").partition("</main>")[0].splitlines())
CSS_LINES = len(template_file("note.css").read_text(encoding="utf-8").splitlines())


def said(format_: str, house: Path) -> list[str]:
    return [f"{one.place}: {one.what}" for one in problems(format_, house)]


def held(part: Any) -> Iterator[Any]:
    """Yield a part of a note and all that is in it."""
    yield part
    for inner in part if isinstance(part, tuple) else [getattr(part, f.name) for f in fields(part)] if is_dataclass(part) else ():
        yield from held(inner)


@pytest.mark.parametrize("format_", ["html", "pdf", "docx"])
def test_nothing_is_wrong_with_what_ships(format_: str) -> None:
    assert problems(format_, None) == []


def test_every_problem_of_a_page_is_named_at_once_with_its_line(tmp_path: Path) -> None:
    house = house_page(
        tmp_path,
        "{{ note.tilte }}\n{% for run in block.wrods %}{% endfor %}\n{% if never %}{{ note.colour }}{{ nobody }}{% endif %}\n{{ note.__class__ }}",
        css=".para { colour: red }\n.x { background: url(logo.png) }\n.y { background: url(file:///etc/passwd) }",
        first="@import url(http://a.example/x.css);",
    )
    expected = [
        "note.css:1: http://a.example/x.css is not in the folder of templates",
        f"note.css:{CSS_LINES + 3}: Ignored `colour: red `, unknown property.",
        f"note.css:{CSS_LINES + 4}: logo.png is not in the folder of templates",
        f"note.css:{CSS_LINES + 5}: file:///etc/passwd is not in the folder of templates",
        f"note.html.j2:{LINES + 1}: unknown field “tilte” of a Note",
        f"note.html.j2:{LINES + 2}: unknown name “block”",
        f"note.html.j2:{LINES + 3}: unknown name “never”",
        f"note.html.j2:{LINES + 3}: unknown name “nobody”",
        f"note.html.j2:{LINES + 3}: unknown field “colour” of a Note",
        f"note.html.j2:{LINES + 4}: unknown field “__class__” of a Note",
    ]

    assert said("pdf", house) == expected
    assert said("html", house) == [one for one in expected if "Ignored" not in one]


def test_a_field_of_one_kind_of_block_is_named_though_the_others_have_it(tmp_path: Path) -> None:
    assert said("html", house_page(tmp_path, "{% for b in note.blocks %}{{ b.text }}{% endfor %}")) == [
        f"note.html.j2:{LINES + 1}: unknown field “text” of a BottomLine"
    ]


def test_what_may_be_missing_may_be_asked_for(tmp_path: Path) -> None:
    asks = "{% if note.crest is defined %}x{% endif %}{{ motto|default('') }}{% if crest is undefined %}y{% endif %}"
    assert said("html", house_page(tmp_path, asks)) == []
    assert render(full(), "html", tmp_path)


@pytest.mark.parametrize(("addition", "what"), [
    ("{% if %}", "Expected an expression"), ("{{ 1 / 0 }}", "division by zero"), ("{{ note.title + 1 }}", "can only concatenate"),
])  # fmt: skip
def test_what_stops_a_template_is_named_with_its_line(addition: str, what: str, tmp_path: Path) -> None:
    (one,) = said("html", house_page(tmp_path, f"\n{addition}"))
    assert one.startswith(f"note.html.j2:{LINES + 2}: {what}")


def test_a_mistake_in_word_is_quoted(tmp_path: Path) -> None:
    (one,) = said("docx", house_word(tmp_path, "{% if %}"))
    assert one.startswith("note.docx: Expected an expression")
    assert "at “{% if %}" in one


def test_a_template_without_the_marking_is_a_problem(tmp_path: Path) -> None:
    page = template_file("note.html.j2").read_text(encoding="utf-8").replace("note.band", "note.kind")
    (tmp_path / "note.html.j2").write_text(page, encoding="utf-8")

    assert said("html", tmp_path) == ["note.html.j2: the marking (note.band) is nowhere on the page"]


def test_a_template_that_goes_on_for_ever_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "BOUNDS", Bounds(seconds=1))
    endless = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"

    assert said("html", house_page(tmp_path, endless)) == [
        "note.html.j2: the template takes more than 1 seconds and was stopped"
    ]


def test_the_full_paper_holds_every_field_every_block_every_style_and_both_of_what_is_either() -> None:
    found = list(held(full()))
    kinds = {type(one) for one in found if is_dataclass(one)}
    of_note = {one for one in vars(parts).values() if isinstance(one, type) and is_dataclass(one)}
    assert kinds == of_note
    assert {one.style for one in found if isinstance(one, parts.Run)} == set(get_args(Style))
    assert {type(block) for block in full().blocks} == set(get_args(Block))
    assert {one.tone for one in found if isinstance(one, parts.Table)} == {"plain", "differ", "matrix"}
    both = [*found, full(landscape=True, large=True)]
    for kind in of_note:
        for field in fields(kind):
            values = {bool(getattr(one, field.name)) for one in both if type(one) is kind}
            assert True in values, f"{kind.__name__}.{field.name} is never filled"
            assert field.type != "bool" or values == {True, False}


def test_the_empty_paper_leaves_out_what_may_be_left_out() -> None:
    assert {field.name for field in fields(Note) if getattr(empty(), field.name)} == {
        "kind", "title", "band", "basis", "made_at", "lang", "page_label",
    }  # fmt: skip


@pytest.mark.parametrize("format_", ["html", "docx", "pdf"])
def test_what_ships_prints_every_word_of_the_full_paper(format_: str) -> None:
    assert difference(full(), format_, render(full(), format_)) == ""
