"""`briefing verify`: a line for each finding, and an exit code for cron."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import briefing, files


@pytest.fixture
def meeting(workspace: Path) -> Path:
    return next((workspace / "events").rglob("*meeting-held*.json"))


def test_a_whole_record_ends_with_0_and_says_how_many_events_were_read(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(workspace)

    assert call(["verify"]) == 0
    assert capsys.readouterr() == ("64 events read: nothing found\n", "")
    assert files(workspace) == before


def test_each_finding_is_a_line_and_any_of_them_ends_with_1(
    workspace: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "events/desktop.ini").write_text("[x]", encoding="utf-8")
    assert call(["verify"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "note: desktop.ini: no event by its name, and its bytes are no event",
        "64 events read: 1 note",
    ]

    meeting.write_bytes(meeting.read_bytes().replace(b"Talks", b"Walks"))
    meeting.write_bytes(meeting.read_bytes() + b" ")
    assert call(["verify"]) == 1
    first, *_, last = capsys.readouterr().out.splitlines()
    name = meeting.relative_to(workspace / "events").as_posix()
    assert first == f"error: {name}: its bytes do not hash to its name: still syncing, or altered"
    assert last == "63 events read: 1 error, 1 note"


def test_json_has_kind_level_and_name_of_each_finding(
    workspace: Path, meeting: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    meeting.rename(meeting.with_name("lost.json"))
    assert call(["verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)

    assert told["events"] == 63
    assert {(one["level"], one["kind"]) for one in told["findings"]} == {("error", "missing parent"), ("note", "stray")}
    assert told["findings"][-1]["belongs"] == meeting.relative_to(workspace / "events").as_posix()


def test_nothing_of_its_progress_is_seen_where_there_is_no_terminal(workspace: Path) -> None:
    done = briefing("verify", cwd=workspace)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_sample_record_can_be_verified_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(["verify", "--sample"]) == 0
