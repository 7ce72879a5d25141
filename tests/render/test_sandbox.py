"""A house's template may lay out a note; it may not reach into the program or fill the memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import UndefinedError
from jinja2.exceptions import SecurityError

from briefing.errors import OutputFailed
from briefing.notes.note import Heading
from briefing.render import html, render
from briefing.render.sandbox import sandbox
from tests.render.houses import house_page, house_word
from tests.render.sample import sample_note

NOTE = sample_note((Heading("One"),))
ESCAPES = (
    "note.__class__.__mro__[1].__subclasses__()",
    "''.__class__.__mro__[1]",
    "note.blocks.__class__.__base__.__subclasses__()",
    "'{0.__class__.__mro__}'.format(note)",
    "'{a.__class__}'.format_map({'a': note})",
    "('{0.__class__}'|attr('format'))(note)",
    "note|attr('__class__')",
    "note['__class__']",
    "[note]|map(attribute='__class__')|first ~ ''",
    "self.__init__.__globals__",
    "cycler.__init__.__globals__.os",
    "lipsum.__globals__['os'].popen('id').read()",
    "namespace.__init__.__globals__",
    "joiner.__init__.__globals__['__builtins__']",
)
BOMBS = ("'x' * 10**9", "10**9 * 'x'", "[0] * 10**9", "9**9**9", "2**10**7", "('x' * 1000) * 10000")


def printed(expression: str) -> str:
    return sandbox().from_string("{{ " + expression + " }}").render(note=NOTE)


@pytest.mark.parametrize("expression", ESCAPES)
def test_a_template_reaches_no_attribute_of_the_program(expression: str) -> None:
    with pytest.raises((SecurityError, UndefinedError)):
        printed(expression)


@pytest.mark.parametrize("expression", BOMBS)
def test_a_template_fills_no_memory(expression: str) -> None:
    with pytest.raises(SecurityError):
        printed(expression)


@pytest.mark.parametrize("change", ["note.blocks.append(1)", "[].append(1)", "{}.update({'a': 1})", "[1].clear()"])
def test_a_template_changes_nothing(change: str) -> None:
    with pytest.raises((SecurityError, UndefinedError)):
        printed(change)


def test_a_name_that_is_misspelt_is_an_error_and_no_empty_space() -> None:
    with pytest.raises(UndefinedError):
        printed("note.tilte")


def test_what_a_template_may_do_it_can_do() -> None:
    assert printed("note.band ~ '-' * 3 ~ 2**3") == "OFFICIAL – SENSITIVE---8"


def test_signs_of_markup_in_words_are_escaped() -> None:
    assert sandbox().from_string("{{ words }}").render(words="<b>&") == "&lt;b&gt;&amp;"


@pytest.mark.parametrize("format_", ["html", "pdf", "docx"])
@pytest.mark.parametrize("addition", ["{{ note.__class__.__mro__ }}", "{{ 'x' * 10**9 }}", "{{ note.tilte }}", "{% if %}", "{{ 1 / 0 }}", "{{ note.title + 1 }}"])
def test_a_template_that_breaks_a_rule_is_an_error_with_a_hint(format_: str, addition: str, tmp_path: Path) -> None:
    house = (house_word if format_ == "docx" else house_page)(tmp_path, addition)
    with pytest.raises(OutputFailed, match=r"the template note\.") as failed:
        render(NOTE, format_, house)
    assert failed.value.hint


@pytest.mark.parametrize("content", [b"", b"not a Word file", b"PK\x03\x04 torn"])
def test_a_word_template_that_is_none_is_an_error_with_a_hint(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "note.docx").write_bytes(content)
    with pytest.raises(OutputFailed, match=r"the template note\.docx") as failed:
        render(NOTE, "docx", tmp_path)
    assert failed.value.hint


def test_a_fault_of_our_own_is_not_laid_at_a_template(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "title_rows", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        render(NOTE, "html")
