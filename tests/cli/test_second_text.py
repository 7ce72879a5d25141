"""Two texts on one visit, one after the other: one meeting each, both texts beside it, and what they say apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.cli.main import call

SOURCES = Path(__file__).parents[2].parent / "shared" / "sources"
NORTH = """\
The North Post

New Delhi, 31 May 2026

Foreign Secretary Vikram Misri paid a visit to the United States from May 27 to May 29, 2026. At a luncheon meeting with \
Deputy Secretary of State Christopher Landau, both sides reviewed the full spectrum of the bilateral agenda.

Misri held discussions with Under Secretary of Commerce Jeffrey Kessler. The two delegations reviewed progress on the \
Quantum Trade Compact. They agreed to hold the next Quantum Trade Dialogue soon.
"""
SOUTH = """\
The South Post

Washington, 1 June 2026

Foreign Secretary Vikram Misri’s visit to the United States took place from May 27 to May 29, 2026. At a working luncheon with \
Deputy Secretary of State Christopher Landau, both sides discussed talent.

Misri held talks with Deputy Secretary of Commerce Jeffrey Kessler. Both sides reviewed progress on the Quantum \
Trade Compact. They are expected to hold the next Quantum Trade Dialogue, focusing on semiconductors.
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert call(["init", ".", "--by", "Desk", "--country", "India"]) == 0
    return tmp_path


def taken(desk: Path, name: str, text: str) -> None:
    """Draft a text, accept every proposal, and put it on record."""
    (desk / f"{name}.txt").write_text(text, encoding="utf-8")
    assert call(["draft", f"{name}.txt"]) == 0
    draft = desk / "drafts" / f"{name}.yaml"
    draft.write_text(draft.read_text(encoding="utf-8").replace("decision: pending", "decision: accepted"), "utf-8")
    assert call(["accept", str(draft)]) == 0


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert call(list(words)) == 0
    return str(capsys.readouterr().out)


def rows(report: str, *names: str) -> list[int]:
    """Return how many rows of the report's table of meetings name each of some people."""
    table = report.partition("| With |")[2].partition("\n\n")[0].splitlines()
    return [sum(name in row.split("|")[1] for row in table if row.count("|") > 2) for name in names]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["one first", "the other first"])
def test_two_texts_of_our_own_make_one_visit_with_each_meeting_once(
    desk: Path, capsys: pytest.CaptureFixture[str], order: tuple[int, int]
) -> None:
    for n in order:
        taken(desk, f"text{n}", (NORTH, SOUTH)[n])

    assert "may be on record already" not in capsys.readouterr().err
    assert len(said(capsys, "list", "visits").splitlines()) == 1
    report = said(capsys, "note", "visit", "-f", "md", "-o", "-")
    assert rows(report, "Christopher Landau", "Jeffrey Kessler") == [1, 1]
    assert report.count("\n- **A** ") == report.count("\n- **B** ") == 1
    assert "One commitment on record" in report
    later = said(capsys, "show", next(row.split()[0] for row in said(capsys, "list").splitlines() if "Jeffrey" in row))
    assert "citations = “" in later.partition("later:")[2]
    assert "{" not in later
    differences = said(capsys, "list", "differences")
    assert "strength" in differences
    assert "Jeffrey Kessler  title" in differences
    assert call(["verify"]) == 0


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["one first", "the other first"])
def test_the_two_press_reports_make_one_visit_with_each_meeting_once(
    desk: Path, capsys: pytest.CaptureFixture[str], order: tuple[int, int]
) -> None:
    texts = sorted(SOURCES.glob("*.txt"))
    if len(texts) != 2:
        pytest.skip("the two press reports do not lie beside the checkout")
    for n in order:
        taken(desk, f"text{n}", texts[n].read_text(encoding="utf-8"))

    report = said(capsys, "note", "visit", "-f", "md", "-o", "-")
    met = ("Christopher Landau", "Jeffrey Kessler", "Elbridge Colby", "Michael Faulkender")
    assert rows(report, *met) == [1, 1, 1, 1]
    assert "One commitment on record" in report
    assert "greed (" in report
    assert "xpected (" in report
    assert "Elbridge Colby  title" in said(capsys, "list", "differences")
    assert call(["verify"]) == 0
