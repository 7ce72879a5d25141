"""`briefing sync`: which folders are meant, what is printed, and the exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import COMMERCE, TREASURY, added, files


@pytest.fixture
def copies(workspace: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Return two copies of a record, each with a meeting that the other has not; the test stands in the first."""
    other = tmp_path / "other"
    shutil.copytree(workspace, other)
    for folder, draft in ((workspace, TREASURY), (other, COMMERCE)):
        (folder / "draft.yaml").write_text(draft, encoding="utf-8")
        assert call(["-C", str(folder), "append", str(folder / "draft.yaml"), "--new"]) == 0
    return workspace, other


def events(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in (folder / "events").rglob("*.json")}


@pytest.mark.parametrize("form", ["{a} {b}", "{a}/events {b}/events", "{b}"])
def test_two_copies_are_joined_however_they_are_named(
    copies: tuple[Path, Path], form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = copies
    monkeypatch.delenv("BRIEFING_DIR", raising=False)
    expected = {**events(a), **events(b)}
    capsys.readouterr()

    assert call(["sync", *form.format(a=a, b=b).split()]) == 0
    assert events(a) == events(b) == expected
    assert len(capsys.readouterr().out.splitlines()) == 2
    papers = []
    for folder in copies:
        assert call(["-C", str(folder), "verify"]) == 0
        capsys.readouterr()
        assert call(["-C", str(folder), "agency", "treasury", "-f", "md", "-o", "-"]) == 0
        papers.append(capsys.readouterr().out)
    assert "3 June 2025" in papers[0]
    assert papers[0] == papers[1]


def test_dry_run_changes_nothing_and_json_lists_what_each_would_get(
    copies: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = copies
    before = files(a), files(b)
    capsys.readouterr()

    assert call(["sync", str(a), str(b), "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (files(a), files(b)) == before
    assert told["dry_run"] is True
    assert call(["sync", str(a), str(b)]) == 0
    for side, folder, old in zip(told["sides"], copies, before, strict=True):
        assert [f"events/{name}" for name in side["got"]] == list(added(old, files(folder)))


def test_an_altered_file_is_not_spread_and_ends_with_1(
    copies: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    a, b = copies
    altered = max((a / "events").rglob("*meeting-held*.json"))
    altered.chmod(0o644)
    altered.write_bytes(altered.read_bytes() + b" ")

    assert call(["sync", str(a), str(b)]) == 1
    assert f"refused: {altered}: its bytes do not hash to its name: not copied" in capsys.readouterr().out
    assert not list((b / "events").rglob(altered.name))


def test_a_stray_of_ones_own_record_is_rescued_without_another_folder(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    meeting = next((workspace / "events").rglob("*meeting-held*.json"))
    data = meeting.read_bytes()
    meeting.rename(meeting.with_name(f"{meeting.stem} (1).json"))
    assert call(["verify"]) == 1
    assert "`briefing sync --rescue`" in capsys.readouterr().out

    assert call(["sync", "--rescue"]) == 0
    assert f"rescued: {meeting}" in capsys.readouterr().out
    assert meeting.read_bytes() == data


@pytest.mark.parametrize(
    ("arguments", "code"),
    [([], 2), (["a", "b", "c"], 2), (["{here}", "{here}/events"], 2), (["{here}", "nowhere"], 66), (["{here}/events/.."], 2)],
)  # fmt: skip
def test_what_cannot_be_meant_is_said(
    workspace: Path, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["sync", *(one.format(here=workspace) for one in arguments)]) == code
    assert "hint:" in capsys.readouterr().err
