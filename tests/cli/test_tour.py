"""The tour for newcomers: its files are written, its commands are run in their order, and print what it says."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import ROOT

TOUR = (ROOT / "docs/tour.md").read_text(encoding="utf-8")
LEFT_OUT = "…"


def blocks(page: str) -> Iterator[tuple[str, str]]:
    """Yield each fenced block: what stands beside its fence, and its text."""
    yield from re.findall(r"^```([^\n]+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with what it prints."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


def bare(printed: str) -> str:
    """Return what was printed without what is another each time: digests, the time of this run, and where it was."""
    without = re.sub(r"\b[0-9a-f]{8,64}\b", "DIGEST", printed)
    without = re.sub(r"\d{1,2} \w+ \d{4},? \d\d:\d\d UTC", "TIME", without)
    without = re.sub(r"\S*/(?=output/)", "", without)
    return without.rstrip("\n") + "\n"


def says(printed: str, shown: str) -> bool:
    """Tell whether what was printed is what the page shows, a line "…" there standing for any lines."""
    parts = re.split(rf"^{LEFT_OUT}\n", bare(shown), flags=re.MULTILINE)
    return re.fullmatch(".*".join(re.escape(part) for part in parts), bare(printed), re.DOTALL) is not None


def do(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what a line of the tour says, in the folder that it has come to."""
    words = shlex.split(command)
    if words[0] == "cd":
        monkeypatch.chdir(words[1])
    elif words[0] == "sed":
        _, old, new, _ = words[2].split("/")
        file = Path(words[3])
        assert old in file.read_text(encoding="utf-8")
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    else:
        assert words[0] == "briefing"
        call(words[1:])


def test_the_tour_prints_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = 0
    for beside, text in blocks(TOUR):
        kind, _, file = beside.partition(" ")
        if file:
            Path(file).write_text(text, encoding="utf-8")
            continue
        assert kind == "console"
        for command, shown in commands(text):
            do(command, monkeypatch)
            told = capsys.readouterr()
            assert says(told.out + told.err, shown), f"{command}\n{told.out}{told.err}"
            ran += 1
    assert ran > 15


@pytest.mark.parametrize(
    ("printed", "shown", "same"),
    [
        ("one\ntwo\nthree\n", "one\n…\nthree\n", True),
        ("one\ntwo\n", "one\n", False),
        ("one\ntwo\n", "two\n…\n", False),
        ("0123abcd gone\n", "89ef0123 gone\n", True),
        ("0123abcd gone\n", "89ef0123 here\n", False),
    ],
)
def test_a_page_that_shows_other_words_is_seen(printed: str, shown: str, same: bool) -> None:
    assert says(printed, shown) is same
