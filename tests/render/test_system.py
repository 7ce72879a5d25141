"""A machine that lacks a part of what PDFs need: one line says so before anything else happens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli.main import call
from briefing.errors import MissingSystemPart
from briefing.render import system
from briefing.render.system import LIBRARIES, missing_parts, only_our_fonts, require_parts
from tests.render.processes import ROOT


def briefing(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command line in a process of its own, in which libraries are looked for anew."""
    code = "import sys; from briefing.cli.main import run; run()"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BRIEFING_")}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )


def kinds(said: str) -> list[str]:
    """Return what each line begins with."""
    return [line.split(":")[0] for line in said.splitlines()]


def test_nothing_is_missing_on_a_machine_that_has_all() -> None:
    assert missing_parts() == []
    require_parts()


@pytest.mark.parametrize("library", [names[-1] for names in LIBRARIES])
def test_each_library_that_is_missing_is_named_with_its_package(library: str) -> None:
    absent = {name for names in LIBRARIES if names[-1] == library for name in names[:-1]}
    (part,) = missing_parts(loads=lambda name: name not in absent)
    assert str(part) == f"the library of {library} (apt-get install {library})"


def test_all_that_is_missing_is_said_at_once(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(system, "_loads", lambda name: "pango" not in name)
    assert call(["note", "visit", "--sample", "-o", "-"]) == 69
    said = capsys.readouterr()
    assert said.out == ""
    assert kinds(said.err) == ["error", "hint"]
    assert said.err.splitlines()[1] == "hint:  apt-get install libpango-1.0-0 libpangoft2-1.0-0"



@pytest.mark.skipif(sys.platform != "linux", reason="names a library as Linux does")
def test_without_pango_there_is_an_error_a_hint_and_no_output(tmp_path: Path) -> None:
    """A library that cannot be opened stands before the machine's own, as a broken installation has it."""
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "libpango-1.0.so.0").write_bytes(b"")
    done = briefing("note", "visit", "--sample", "-o", "-", cwd=tmp_path, LD_LIBRARY_PATH=str(tmp_path / "lib"))
    assert (done.returncode, done.stdout, kinds(done.stderr)) == (69, "", ["error", "hint"])
    assert "libpango-1.0-0" in done.stderr

    other = briefing("note", "visit", "--sample", "-f", "md", "-o", "-", cwd=tmp_path, LD_LIBRARY_PATH=str(tmp_path / "lib"))
    assert other.returncode == 0
    assert "# Foreign Secretary" in other.stdout

    doctor = briefing("doctor", cwd=tmp_path, LD_LIBRARY_PATH=str(tmp_path / "lib"))
    assert doctor.returncode == 69
    assert "apt-get install libpango-1.0-0" in doctor.stdout


@pytest.mark.parametrize("fault", ["OSError('cannot load library')", "ImportError('no module named so')"])
def test_a_weasyprint_that_cannot_be_loaded_is_an_error_and_its_banner_is_not_shown(fault: str, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text(f"print('-----\\nWeasyPrint could not import …')\nraise {fault}\n", encoding="utf-8")
    path = os.pathsep.join((str(tmp_path), str(ROOT)))
    done = briefing("note", "visit", "--sample", "-o", "-", cwd=tmp_path, PYTHONPATH=path)
    assert (done.returncode, done.stdout, kinds(done.stderr)) == (69, "", ["error", "hint"])
    assert "could not import" not in done.stderr


def test_a_font_that_is_gone_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "fonts_dir", lambda: tmp_path)
    with pytest.raises(MissingSystemPart, match=r"the font NoteShapes\.ttf") as missing:
        require_parts()
    assert missing.value.hint == "install briefing-notes again"


def test_the_environment_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "theirs")
    monkeypatch.delenv("FONTCONFIG_PATH", raising=False)
    with only_our_fonts():
        assert os.environ["FONTCONFIG_FILE"] != "theirs"
    assert os.environ["FONTCONFIG_FILE"] == "theirs"
    assert "FONTCONFIG_PATH" not in os.environ
