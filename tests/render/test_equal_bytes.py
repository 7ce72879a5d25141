"""The same note gives the same bytes, whatever the machine looks like around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.render.processes import copied_program, fontconfig, made

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    home = tmp_path_factory.mktemp("home")
    return made(home / "out", HOME=str(home), TZ="UTC", PYTHONHASHSEED="0", LC_ALL="C.UTF-8")


def test_another_folder_zone_language_hash_seed_home_and_fonts_give_the_same_bytes(
    here: dict[str, bytes], tmp_path: Path
) -> None:
    fonts = fontconfig(tmp_path / "etc" / "fonts.conf", "/usr/share/fonts")
    there = made(
        tmp_path / "अन्य folder" / "out",
        tree=copied_program(tmp_path / "another program"),
        HOME=str(tmp_path / "nobody"),
        TZ="Asia/Kolkata",
        PYTHONHASHSEED="4711",
        LC_ALL="C",
        FONTCONFIG_FILE=str(fonts),
        FONTCONFIG_PATH=str(fonts.parent),
        XDG_DATA_HOME=str(tmp_path / "data"),
        SOURCE_DATE_EPOCH="86400",
    )
    assert sorted(here) == ["brief.docx", "brief.pdf", "by-hand.docx", "by-hand.pdf", "refused.txt", "visit.docx", "visit.pdf"]
    assert [name for name in here if here[name] != there[name]] == []


def test_a_machine_without_any_font_gives_the_same_bytes(here: dict[str, bytes], tmp_path: Path) -> None:
    """WeasyPrint by itself ends there with a segmentation fault."""
    none = fontconfig(tmp_path / "fonts.conf")
    bare = made(tmp_path / "out", HOME=str(tmp_path), FONTCONFIG_FILE=str(none), FONTCONFIG_PATH=str(tmp_path))
    assert [name for name in here if here[name] != bare[name]] == []


def test_another_note_gives_other_bytes(here: dict[str, bytes]) -> None:
    assert here["by-hand.pdf"] != here["visit.pdf"]
