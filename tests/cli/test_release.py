"""Papers for a reader, as typed: what would show more than they may see is refused, and an unknown mark is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import make_workspace


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(make_workspace(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["note", "visit", "--attach"], "carries no events"),
        (["note", "visit", "--incomplete"], "an incomplete record releases nothing"),
        (["note", "visit", "--known-at", "1 January 2030"], "marks that were raised later"),
        (["note", "visit", "--basis", "00000000"], "marks that were raised later"),
        (["changes", "--format", "md"], "a change sheet tells what was corrected"),
        (["note", "visit", "--marking", "CONFIDENTIAL"], "bears the mark that its words ask for"),
    ],
)
def test_what_would_show_more_than_the_reader_may_see_is_refused(
    desk: Path, capsys: pytest.CaptureFixture[str], command: list[str], said: str
) -> None:
    assert call([*command, "--ceiling", "INTERNAL"]) in (2, 5)
    (error,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error:")]
    assert said in error
    assert not (desk / "output").exists()


def test_a_mark_that_the_profile_does_not_know_is_a_finding_and_forbids_a_paper(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = desk / "fact.yaml"
    draft.write_text("fact: Steel is dear.\nmarking: CONFIDENTIAL\n", encoding="utf-8")
    assert call(["append", "fact.yaml", "--new"]) == 0
    (file,) = [one.name for one in desk.rglob("*-fact-stated-*.json") if "CONFIDENTIAL" in one.read_text(encoding="utf-8")]
    settings = (desk / "briefing.toml").read_text(encoding="utf-8")
    (desk / "briefing.toml").write_text(f'{settings}profile = "uk"\n', encoding="utf-8")
    capsys.readouterr()

    assert call(["verify"]) == 1
    assert f"{file}: “CONFIDENTIAL” is no mark here" in capsys.readouterr().out
    assert call(["note", "visit", "--ceiling", "OFFICIAL", "-f", "md"]) == 5
    assert file in capsys.readouterr().err

    assert call(["correct", file[-69:-61], "--set", "marking=SECRET", "--reason", "as the UK marks it"]) == 0
    assert call(["verify"]) == 0
    assert call(["note", "visit", "--ceiling", "OFFICIAL", "-f", "md"]) == 0
