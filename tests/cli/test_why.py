"""`briefing why`: from words on paper to events and quotations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import TREASURY, sha256


def why(*words: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    capsys.readouterr()
    assert call(["why", *words, "--json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


@pytest.mark.parametrize("asked", ["7", "para 7", "cross-border terrorism, particularly"])
def test_a_number_or_words_lead_to_the_event_its_file_and_the_quotation(
    asked: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = why(asked, capsys=capsys)

    assert found["place"] == "paragraph 7"
    event = found["events"][0]  # type: ignore[index]
    assert sha256((workspace / event["file"]).read_bytes()) == event["digest"]
    assert "cross-border terrorism" in event["quotations"][0]["quote"]
    assert event["quotations"][0]["paragraph"] == 5


def test_an_issued_paper_and_a_file_are_asked_as_they_were(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["agency", "treasury", "--issue", "--to", "Minister", "-o", "page.docx"]) == 0
    assert call(["agency", "treasury", "--as-of", "1 June 2025", "-o", "page.html"]) == 0
    (workspace / "draft.yaml").write_text(TREASURY, encoding="utf-8")
    assert call(["append", "draft.yaml", "--new"]) == 0

    for paper in ("page.docx", "page.html", "agency/us-treasury@1"):
        capsys.readouterr()
        assert call(["why", "spoke of payments", paper]) == 4
    assert why("spoke of payments", "agency/Treasury", capsys=capsys)


def test_what_no_event_holds_is_named_by_its_rule(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert call(["why", "2"]) == 0

    assert capsys.readouterr().out.splitlines()[1] == "  gap by rule"


@pytest.mark.parametrize(
    ("given", "code", "hint"),
    [(["moon"], 4, "do not stand in"), (["moon", "poem/x"], 66, "kinds: visit"), (["moon", "visit/x@3"], 4, "")],
)
def test_what_is_not_there_is_said(
    given: list[str], code: int, hint: str, workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["why", *given]) == code
    assert hint in capsys.readouterr().err
