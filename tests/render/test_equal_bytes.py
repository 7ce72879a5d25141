"""The same note gives the same bytes, whatever the machine looks like around it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from briefing.resources import fonts_dir
from tests.render.golden import KEPT, digests_of, kept, parted, versions_here
from tests.render.processes import copied_program, fontconfig, made

pytestmark = pytest.mark.slow

Papers = dict[str, bytes]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    home = tmp_path_factory.mktemp("home")
    return made(home / "out", HOME=str(home), TZ="UTC", PYTHONHASHSEED="0", LC_ALL="C.UTF-8")


def with_the_fonts_of_the_system(folder: Path) -> Papers:
    """Return what a copy of the program makes in a folder with blanks and Hindi letters, east of Greenwich."""
    fonts = fontconfig(folder / "etc" / "fonts.conf", "/usr/share/fonts")
    return made(
        folder / "अन्य folder" / "out",
        tree=copied_program(folder / "another program"),
        HOME=str(folder / "nobody"),
        TZ="Asia/Kolkata",
        PYTHONHASHSEED="4711",
        LC_ALL="C",
        FONTCONFIG_FILE=str(fonts),
        FONTCONFIG_PATH=str(fonts.parent),
        XDG_DATA_HOME=str(folder / "data"),
        SOURCE_DATE_EPOCH="86400",
    )


def without_any_font(folder: Path) -> Papers:
    """Return what comes out where no font is installed: WeasyPrint by itself ends there with a segmentation fault."""
    none = fontconfig(folder / "fonts.conf")
    return made(folder / "out", HOME=str(folder), TZ="America/St_Johns", PYTHONHASHSEED="1", LANGUAGE="fr",
                FONTCONFIG_FILE=str(none), FONTCONFIG_PATH=str(folder), PYTHONDONTWRITEBYTECODE="1")  # fmt: skip


def with_fonts_that_take_our_names(folder: Path) -> Papers:
    """Return what comes out where other fonts have the family names of ours, on the day line."""
    (folder / "fonts").mkdir()
    for family in ("Note Serif", "Note Sans", "Note Devanagari", "Note Arabic", "Note Hebrew", "Note Shapes"):
        impostor = TTFont(fonts_dir() / "SourceSans3_700Bold.ttf", recalcTimestamp=False)
        for name in (1, 4, 6, 16):
            impostor["name"].setName(family.replace(" ", "") if name == 6 else family, name, 3, 1, 0x409)
        impostor.save(folder / "fonts" / f"{family}.ttf")
    fonts = fontconfig(folder / "fonts.conf", str(folder / "fonts"))
    return made(folder / "out", HOME=str(folder), TZ="Pacific/Kiritimati", PYTHONHASHSEED="random", LC_ALL="POSIX",
                FONTCONFIG_FILE=str(fonts), FONTCONFIG_PATH=str(folder), XDG_CACHE_HOME=str(folder / "cache"))  # fmt: skip


@pytest.mark.parametrize(
    "elsewhere", [with_the_fonts_of_the_system, without_any_font, with_fonts_that_take_our_names], ids=lambda one: one.__name__
)
def test_another_machine_gives_the_same_bytes(here: Papers, elsewhere: Callable[[Path], Papers], tmp_path: Path) -> None:
    there = elsewhere(tmp_path)

    papers = [f"{name}.{ending}" for name in ("brief", "by-hand", "hindi", "visit") for ending in ("docx", "pdf")]
    assert sorted(here) == sorted([*papers, "refused.txt"])
    assert [name for name in here if here[name] != there[name]] == []


def test_another_note_gives_other_bytes(here: Papers) -> None:
    assert here["by-hand.pdf"] != here["visit.pdf"]


@pytest.mark.parametrize("format_", ["pdf", "docx"])
def test_the_bytes_are_those_that_were_kept(
    here: Papers, format_: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where other versions are at work it is said, and two runs of these are compared instead."""
    other = parted(kept()["versions"][format_], versions_here()[format_])
    name = f"by-hand.{format_}"
    if other:
        with capsys.disabled():
            sys.stdout.write(f"\n{KEPT.name}: {format_} not compared, made with {', '.join(other)}\n")
        again = made(tmp_path / "out", HOME=str(tmp_path), TZ="Asia/Kolkata", PYTHONHASHSEED="2")
        assert again[name] == here[name]
    else:
        said = "looked at the pages? then `make golden` keeps what they are now"
        assert digests_of(here)[name] == kept()["digests"][name], said


def test_versions_that_differ_are_named() -> None:
    assert parted({"pango": "1.50", "harfbuzz": "6"}, {"pango": "1.52", "harfbuzz": "6"}) == ["pango 1.50, here 1.52"]
    assert parted({"pango": "1.50"}, {"pango": "1.50", "zlib": "1.3"}) == ["zlib none, here 1.3"]
    assert parted({"pango": "1.50"}, {"pango": "1.50"}) == []
