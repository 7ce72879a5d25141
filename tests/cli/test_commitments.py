"""`briefing commitments`: a tracker, an action sheet, and the same for other programs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from briefing.cli.main import call

DRAFT = """
meeting: Talks at Treasury
when: 3 June 2025
agency: Treasury
notes: Third Secretary
commitments:
  - {say: Send the paper., by: ours, to: Treasury, due: 1 July 2025, strength: agreed}
  - {say: Name a contact., by: Treasury, due: 20 December 2030, strength: intends}
"""


@pytest.fixture(autouse=True)
def _promised(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "draft.yaml").write_text(DRAFT, encoding="utf-8")
    assert call(["append", "draft.yaml"]) == 0
    capsys.readouterr()


def test_the_tracker_is_a_paper_in_every_format(workspace: Path) -> None:
    for name in ("c.pdf", "c.docx", "c.html", "c.md"):
        assert call(["commitments", "-o", name]) == 0
    assert "## Overdue" in (workspace / "c.md").read_text(encoding="utf-8")


def test_the_tracker_is_a_sheet_for_other_programs(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["commitments", "-o", "c.xlsx"]) == call(["commitments", "-f", "csv"]) == 0
    assert call(["commitments", "--json"]) == 0

    rows = json.loads(capsys.readouterr().out)
    sheet = CalamineWorkbook.from_path("c.xlsx").get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet[1:]] == [row["Reference"] for row in rows]
    assert {row["Group"] for row in rows} == {"Overdue", "Undated", "Theirs, due later"}
    assert (workspace / "output" / "commitments.csv").read_bytes().startswith('\ufeff"Reference"'.encode())


def test_a_sheet_bears_the_mark_that_the_paper_bears(workspace: Path) -> None:
    with (workspace / "briefing.toml").open("a", encoding="utf-8") as settings:
        settings.write('profile = "uk"\n')
    assert call(["correct", "talks-at-treasury-2025-06-03", "--set", "marking=SECRET", "--reason", "asked for"]) == 0

    assert call(["commitments", "-o", "c.xlsx"]) == call(["commitments", "-f", "csv"]) == call(["commitments", "-o", "c.md"]) == 0

    sheet = CalamineWorkbook.from_path("c.xlsx").get_sheet_by_index(0).to_python()
    assert (sheet[0][0], sheet[1][0]) == ("SECRET", "Reference")
    rows = list(csv.DictReader((workspace / "output" / "commitments.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert {row["marking"] for row in rows} == {"SECRET"}
    assert (workspace / "c.md").read_text(encoding="utf-8").startswith("**SECRET")


def test_an_action_sheet_holds_what_one_owes(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["commitments", "--owner", "Treasury Department", "-f", "md", "-o", "-"]) == 0

    said = capsys.readouterr().out
    assert "# To be done by the US Department of the Treasury" in said
    assert "Name a contact." in said
    assert "Send the paper." not in said


def test_only_what_is_overdue_on_the_day_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["commitments", "--overdue", "--json"]) == 0
    assert [row["Commitment"] for row in json.loads(capsys.readouterr().out)] == ["Send the paper."]

    assert call(["commitments", "--overdue", "--json", "--as-of", "1 July 2025"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_an_owner_that_nobody_knows_is_not_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["commitments", "--owner", "Tresury"]) == 4
    assert "us-treasury" in capsys.readouterr().err


def test_commitments_with_one_agency_are_those_made_there_or_owed_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["commitments", "--agency", "Commerce", "--json"]) == 0
    assert [row["Reference"] for row in json.loads(capsys.readouterr().out)] == ["commerce-talks-2025-05/c1"]
