"""`briefing templates`: copied when asked for, never written over, used from the workspace, checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing import confined, resources
from briefing.cli.main import call
from briefing.confined import Bounds
from briefing.resources import fonts_dir, own_templates, template_digest, template_file, template_names, templates_dir
from tests.cli.workspaces import files, sha256

CSS = "templates/note.css"


@pytest.fixture
def another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the program other templates, as a newer version has them, and return their folder."""
    package = tmp_path / "newer"
    for name in ("note.html.j2", "note.css", "note.docx"):
        (package / "_data/templates").mkdir(parents=True, exist_ok=True)
        (package / "_data/templates" / name).write_bytes(template_file(name).read_bytes())
    (package / "_data/templates/fonts").symlink_to(fonts_dir())
    (package / "_data/templates/note.css").write_text("/* newer */", encoding="utf-8")
    monkeypatch.setattr(resources, "_PACKAGE", package)
    return package / "_data/templates"


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[str, bool]]:
    assert call(["templates", "list", "--json"]) == 0
    return {row["name"]: (row["state"], row["overtaken"]) for row in json.loads(capsys.readouterr().out)}


def test_what_is_named_is_copied_and_no_more(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(workspace)

    assert call(["templates", "copy", "note.css"]) == 0

    assert capsys.readouterr().out == f"{workspace / CSS}\n"
    assert set(files(workspace)) - set(before) == {CSS, "templates/copied.json"}
    assert (workspace / CSS).read_bytes() == template_file("note.css").read_bytes()
    assert json.loads((workspace / "templates/copied.json").read_text()) == {
        "note.css": {"sha256": sha256(template_file("note.css").read_bytes()), "program": "0.1.0"}
    }


@pytest.mark.parametrize(("word", "names"), [
    ("page", {"note.html.j2", "note.css"}), ("word", {"note.docx"}), ("fonts", {f"fonts/{one.name}" for one in fonts_dir().iterdir()}),
    ("fonts/NoteShapes.ttf", {"fonts/NoteShapes.ttf"}),
])  # fmt: skip
def test_one_word_stands_for_several(word: str, names: set[str], workspace: Path) -> None:
    assert call(["templates", "copy", word]) == 0

    copied = workspace / "templates"
    assert {str(path.relative_to(copied)) for path in copied.rglob("*") if path.is_file()} == names | {"copied.json"}


def test_a_file_of_ones_own_is_never_written_over_and_nothing_else_is_copied(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "templates").mkdir()
    (workspace / CSS).write_text("p { color: green }", encoding="utf-8")
    before = files(workspace)

    assert call(["templates", "copy", "word", "page"]) == 5

    assert files(workspace) == before
    assert f"{workspace / CSS}: there already, and not as it ships" in capsys.readouterr().err


def test_a_link_that_leads_nowhere_is_not_written_through(workspace: Path, tmp_path: Path) -> None:
    (workspace / "templates").mkdir()
    (workspace / CSS).symlink_to(tmp_path / "elsewhere.css")

    assert call(["templates", "copy", "note.css"]) == 5
    assert not (tmp_path / "elsewhere.css").exists()


def test_copying_again_what_is_unchanged_changes_nothing(workspace: Path) -> None:
    assert call(["templates", "copy", "page"]) == 0
    before = files(workspace)

    assert call(["templates", "copy", "page"]) == 0
    assert files(workspace) == before


def test_a_name_that_there_is_not_is_a_usage_error(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["templates", "copy", "note.css", "../briefing.toml", "nobody.css"]) == 2
    assert "“../briefing.toml”, “nobody.css”" in capsys.readouterr().err
    assert not (workspace / "templates").exists()


def test_the_list_says_which_are_used(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(["templates", "copy", "page"])
    (workspace / CSS).write_text("p { color: green }", encoding="utf-8")
    (workspace / "templates/logo.svg").write_text("<svg/>", encoding="utf-8")
    capsys.readouterr()

    found = listed(capsys)

    assert found["note.css"] == ("changed", False)
    assert found["note.html.j2"] == ("copied", False)
    assert found["note.docx"] == ("shipped", False)
    assert found["logo.svg"] == ("own", False)
    assert found["fonts/NoteShapes.ttf"] == ("shipped", False)
    assert "copied.json" not in found


def test_a_copy_whose_original_has_changed_since_is_named(
    workspace: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    call(["templates", "copy", "page"])
    request.getfixturevalue("another_version")
    capsys.readouterr()

    assert listed(capsys)["note.css"] == ("changed", True)
    assert listed(capsys)["note.html.j2"] == ("copied", False)
    assert call(["doctor"]) == 1
    assert f"templates: {workspace / CSS}: the template that ships has changed since this copy was made" in capsys.readouterr().out
    assert call(["templates", "check", "--format", "html"]) == 0
    assert "has changed since" in capsys.readouterr().err


def test_a_copy_is_used_from_the_workspace(workspace: Path) -> None:
    def page() -> bytes:
        assert call(["note", "visit", "-o", "note.html"]) == 0
        return (workspace / "note.html").read_bytes()

    before = page()
    call(["templates", "copy", "page"])
    assert page() == before
    css = (workspace / CSS).read_text(encoding="utf-8")
    (workspace / CSS).write_text(css.replace("--band: #7a1f2b", "--band: #006633"), encoding="utf-8")

    assert b"--band: #006633" in page()


def test_another_colour_of_the_marking_is_seen_in_the_pdf(workspace: Path) -> None:
    def colours() -> bytes:
        from io import BytesIO

        from pypdf import PdfReader

        assert call(["note", "visit", "-o", "note.pdf"]) == 0
        pages = PdfReader(BytesIO((workspace / "note.pdf").read_bytes())).pages
        return b"".join(page.get_contents().get_data() for page in pages)

    red, green = b"0.478431 0.121569 0.168627 rg", b"0 0.4 0.2 rg"
    before = colours()
    assert (red in before, green in before) == (True, False)
    call(["templates", "copy", "note.css"])
    css = (workspace / CSS).read_text(encoding="utf-8")
    (workspace / CSS).write_text(css.replace("--band: #7a1f2b", "--band: #006633"), encoding="utf-8")

    assert green in colours()


def test_a_check_names_file_and_line_and_ends_with_1(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(["templates", "copy", "page"])
    page = workspace / "templates/note.html.j2"
    page.write_text(page.read_text(encoding="utf-8").replace("note.subtitle", "note.subtilte"), encoding="utf-8")
    line = next(n for n, text in enumerate(page.read_text(encoding="utf-8").splitlines(), 1) if "subtilte" in text)
    capsys.readouterr()

    assert call(["templates", "check"]) == 1
    assert capsys.readouterr().out == f"templates/note.html.j2:{line}: unknown field “subtilte” of a Note (nearest: subtitle, title)\n"
    assert call(["templates", "check", "--format", "docx"]) == 0
    capsys.readouterr()
    assert call(["templates", "check", "--format", "html", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)[0]["line"] == line


def test_without_templates_of_ones_own_those_that_ship_are_checked(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["templates", "check", "-f", "html"]) == 0
    assert "checking those that ship" in capsys.readouterr().err


@pytest.mark.parametrize("format_", ["html", "pdf"])
def test_a_template_that_goes_on_for_ever_is_one_error_and_no_half_written_paper(
    format_: str, workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    call(["templates", "copy", "page"])
    endless = "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}"
    (workspace / "templates/note.html.j2").write_text(endless, encoding="utf-8")
    (workspace / f"note.{format_}").write_bytes(b"the paper of yesterday")
    before = files(workspace)
    capsys.readouterr()
    monkeypatch.setattr(confined, "BOUNDS", Bounds(seconds=1))

    assert call(["note", "visit", "-o", f"note.{format_}"]) == 73

    assert files(workspace) == before
    error, hint = capsys.readouterr().err.splitlines()
    assert error == "error: the template takes more than 1 seconds and was stopped"
    assert hint.startswith("hint:  correct the template")


def test_the_digest_is_that_of_the_files_and_can_be_found_by_hand(workspace: Path) -> None:
    of_words = sorted(name for name in template_names(templates_dir()) if name.startswith(("lang/", "markings/")))
    lines = {name: f"{sha256(template_file(name).read_bytes())}  {name}\n" for name in (*of_words, "note.docx")}
    assert template_digest("docx") == sha256("".join(lines.values()).encode())
    assert template_digest("md") == sha256("".join(lines[name] for name in of_words).encode())
    shipped = {format_: template_digest(format_) for format_ in ("pdf", "html", "docx", "md")}
    house = workspace / "templates"
    call(["templates", "copy", "page", "word"])
    assert {format_: template_digest(format_, house) for format_ in shipped} == shipped

    (workspace / CSS).write_text("p { color: green }", encoding="utf-8")

    changed = {format_ for format_ in shipped if template_digest(format_, house) != shipped[format_]}
    assert changed == {"pdf", "html"}
    assert own_templates("pdf", house) == ["note.css"]
    before = template_digest("pdf", house)
    (house / "logo.svg").write_text("<svg/>", encoding="utf-8")
    assert template_digest("pdf", house) != before
