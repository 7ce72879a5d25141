"""The text files that drafts name are read once, cleaned, and refused when they are no text."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from briefing.errors import InvalidDraft
from briefing.intake.drafts import read_drafts
from briefing.intake.opening import opened
from briefing.intake.texts import load_texts
from briefing.items import LoadedText


def load(folder: Path, draft: str = "fact: F\nsources: {A: a.txt}\n") -> dict[str, LoadedText]:
    return load_texts(read_drafts(draft.encode(), "draft.yaml"), folder)


@pytest.mark.parametrize("draft", ["fact: F\nsources: {A: a.txt}\n", "source: a.txt\n", "- fact: F\n  sources: {A: a.txt}\n- source: a.txt\n"])
def test_a_text_is_read_with_the_digest_of_its_own_bytes_and_cleaned(tmp_path: Path, draft: str) -> None:
    data = b"\xef\xbb\xbfCafe\xcc\x81\r\nline\rend\xc2\xa0.\n"
    (tmp_path / "a.txt").write_bytes(data)

    (loaded,) = load(tmp_path, draft).values()

    assert loaded == LoadedText(name="a.txt", sha256=sha256(data).hexdigest(), text="Café\nline\nend\u00a0.\n")


def test_a_name_without_a_file_may_be_a_source_on_record_and_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()

    assert load(tmp_path) == {}


def test_a_text_in_a_folder_beside_the_draft_keeps_the_name_as_typed(tmp_path: Path) -> None:
    (tmp_path / "press").mkdir()
    (tmp_path / "press/a.txt").write_text("Words.", encoding="utf-8")

    (name,) = found = load(tmp_path, "source: press/a.txt\n")
    assert (name, found[name].name) == ("press/a.txt", "a.txt")


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"Caf\xe9 \x81", "a.txt:1: it is not UTF-8: byte 0xe9 at 3"), (b"", "a.txt: it is empty"), (b" \r\n ", "a.txt: it is empty")],
)
def test_a_file_that_is_no_text_is_refused_where_the_draft_names_it(tmp_path: Path, data: bytes, what: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(InvalidDraft) as refusal:
        load(tmp_path)

    (problem,) = refusal.value.problems
    assert what in problem.what
    assert str(problem.place) == "draft.yaml:2:14"


def test_a_text_over_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MAX_TEXT", 10)
    (tmp_path / "a.txt").write_text("x" * 11, encoding="utf-8")
    with pytest.raises(InvalidDraft, match="its text is 11 signs long"):
        load(tmp_path)


def test_a_text_that_is_no_utf_8_keeps_how_it_was_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("The clé".encode("cp1252"))

    (loaded,) = load(tmp_path).values()
    assert (loaded.text, loaded.encoding) == ("The clé", "Windows-1252, by its bytes")


def test_a_page_that_a_draft_names_is_its_visible_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("<html><script>x</script><p>Words.</p></html>", encoding="utf-8")

    (loaded,) = load(tmp_path).values()
    assert loaded.text == "Words."
