"""docs/record-format.md is current: every type and part, every field, what it holds and what it means."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from briefing.amend import OF_THE_FILE
from briefing.events import EVENT_TYPES, AgencyDescribed, Event
from briefing.passages import paragraph_number, paragraphs
from tests import record_format
from tests.record_format import DOCUMENT, MODELS, documented, rows, title

TEXT = DOCUMENT.read_text(encoding="utf-8")


@pytest.mark.parametrize("model", MODELS, ids=title)
def test_every_field_stands_in_the_document_with_what_it_holds(model: Any) -> None:
    assert documented()[title(model)] == rows(model)


def test_the_document_describes_nothing_that_is_not_there() -> None:
    assert set(documented()) == {title(model) for model in MODELS}


def test_every_type_has_the_schema_that_the_document_says() -> None:
    assert "Every type is at schema 1." in TEXT
    assert {kind.newest_schema for kind in EVENT_TYPES} == {1}


def test_the_fields_that_cannot_be_corrected_are_named() -> None:
    assert all(f"`{name}`" in re.split(r"cannot be changed", TEXT)[0].rpartition("whole list.")[2] for name in OF_THE_FILE)


def test_every_field_that_the_table_of_papers_names_is_a_field() -> None:
    table = TEXT[TEXT.index("## Paper → part") :]
    known = {str(kind.model_fields["type"].default): set(kind.model_fields) for kind in EVENT_TYPES}
    for name in re.findall(r"`([a-z_.]+)`", table):
        kind = next((one for one in known if name == one or name.startswith(f"{one}.")), None)
        field = name.removeprefix(kind or "").removeprefix(".")
        fields = known[kind] if kind else set(Event.model_fields).union(*known.values(), *({row[0] for row in one} for one in documented().values()))
        assert not field or field in fields, name


BLOCKS = "Head\n \n  One.\nStill one.  \n\t\n\nTwo.\n"
LINES = "Head\nOne.\n  Two.  \n"


@pytest.mark.parametrize(("text", "found"), [(BLOCKS, ["Head", "One.\nStill one.", "Two."]), (LINES, ["Head", "One.", "Two."]), ("x\n\n", ["x"]), ("\n\na\nb\n", ["a", "b"]), ("a\u2003\n\u2003\nb", ["a", "b"])])  # fmt: skip
def test_paragraphs_are_what_the_document_says(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs(text, 0)] == found
    assert [paragraph_number(text, 0, start) for start, _ in paragraphs(text, 0)] == list(range(1, len(found) + 1))


@pytest.mark.parametrize(("old", "new"), [("| `expansion` | text", "| `extension` | text"), ("| `short` | text | absent", "| `short` | id | absent"), ("| `short` | text | absent", "| `short` | text | required")])  # fmt: skip
def test_a_row_that_says_otherwise_would_be_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str) -> None:
    (tmp_path / "document.md").write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(record_format, "DOCUMENT", tmp_path / "document.md")

    assert documented()["agency.described"] != rows(AgencyDescribed)
