"""docs/house-templates.md names every field that a template sees, and no other."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass

import pytest

from briefing.confined import BOUNDS
from briefing.notes import note as parts
from briefing.notes.specimen import full
from briefing.render import docx, html
from tests.render.processes import ROOT

PAGE = (ROOT / "docs/house-templates.md").read_text(encoding="utf-8")
KINDS = {name: one for name, one in vars(parts).items() if isinstance(one, type) and is_dataclass(one)}


def named(heading: str) -> list[str]:
    """Return the names in the table under a heading."""
    section = PAGE.partition(f"\n### {heading}\n")[2].partition("\n### ")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_described_in_its_order_and_no_other(kind: str) -> None:
    assert named(kind) == [field.name for field in fields(KINDS[kind])]


def test_what_else_a_template_is_given_is_described() -> None:
    assert {*named("What else note.html.j2 is given"), "note"} == set(html.context(full(), ""))
    assert {*named("What else note.docx is given"), "note"} == set(docx.context(full()))


def test_the_bounds_are_those_that_hold() -> None:
    assert f"with {BOUNDS.seconds} seconds of computing and {BOUNDS.memory >> 30} GB of" in PAGE


def test_the_lines_of_the_style_sheet_that_it_shows_are_in_the_style_sheet() -> None:
    css = (ROOT / "templates/note.css").read_text(encoding="utf-8")
    shown = re.findall(r"^  --.*$", PAGE, re.MULTILINE)

    assert len(shown) == 2
    assert all(line in css for line in shown)
