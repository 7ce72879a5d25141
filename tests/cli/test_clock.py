"""Clocks that are wrong: what is ahead is followed, warned of or refused, and causes stay before effects."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.cli.main import call
from briefing.store.append import publish
from briefing.store.folder import FolderStore
from briefing.store.log import Log, load
from briefing.store.verify import verify
from tests.cli.workspaces import briefing, files
from tests.given import fact_stated, history

DRAFT = "fact: Coal is dear.\nid: coal\nnotes: Third Secretary\n"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    (tmp_path / "events").mkdir()
    (tmp_path / "briefing.toml").write_text('recorded_by = "desk"\n', encoding="utf-8")
    (tmp_path / "draft.yaml").write_text(DRAFT, encoding="utf-8")
    return tmp_path


def log(folder: Path) -> Log:
    return load(FolderStore(folder / "events"))


def recorded_ahead(folder: Path, ahead: timedelta) -> datetime:
    """Put an event on record that is ahead of this clock."""
    at = datetime.now(UTC) + ahead
    publish(FolderStore(folder / "events"), [one.event for one in history(fact_stated("steel"), at=at)])
    return at


def at_the_clock_of(year: int, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command line on a machine whose clock says noon of the first of January of a year."""
    shim = f"""
import datetime as module
class Clock(module.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls({year}, 1, 1, 12, tzinfo=module.timezone.utc).astimezone(tz)
module.datetime = Clock
"""
    return briefing(*arguments, cwd=cwd, shim=shim)


def test_an_event_five_minutes_ahead_is_followed_in_silence(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = recorded_ahead(empty, timedelta(minutes=4))

    assert call(["-C", str(empty), "append", str(empty / "draft.yaml")]) == 0
    assert capsys.readouterr().err == ""
    assert log(empty).recorded[-1].at == at + timedelta(microseconds=1)


def test_an_event_hours_ahead_is_followed_with_a_warning(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = recorded_ahead(empty, timedelta(hours=23))

    assert call(["-C", str(empty), "append", str(empty / "draft.yaml")]) == 0
    warned = capsys.readouterr().err
    assert "warning: the newest event is dated" in warned
    assert f"{at:%Y-%m-%d %H:%M:%S} UTC" in warned
    assert log(empty).recorded[-1].at == at + timedelta(microseconds=1)


@pytest.mark.parametrize("command", [["append", "draft.yaml"], ["retract", "steel", "--reason", "x"], ["correct", "steel", "--set", "say=Dear.", "--reason", "x"]])  # fmt: skip
def test_an_event_more_than_a_day_ahead_is_refused_with_both_times_until_it_is_accepted(
    empty: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    at = recorded_ahead(empty, timedelta(hours=25))
    monkeypatch.chdir(empty)
    before = files(empty)
    begun = datetime.now(UTC)

    assert call(command) == 5
    ended = datetime.now(UTC)
    said = capsys.readouterr().err
    assert log(empty).recorded[0].digest[:8] in said
    assert f"{at:%Y-%m-%d %H:%M:%S} UTC" in said
    assert any(f"{now:%Y-%m-%d %H:%M}" in said for now in (begun, ended)), "a minute may have ended meanwhile"
    assert "--accept-clock" in said
    assert files(empty) == before

    assert call([*command, "--accept-clock"]) == 0
    assert log(empty).recorded[-1].at == at + timedelta(microseconds=1)


def test_a_clock_set_to_2099_is_caught_by_the_next_writer_and_by_verify(empty: Path) -> None:
    assert at_the_clock_of(2099, "append", "draft.yaml", cwd=empty).returncode == 0
    assert [one.at.year for one in log(empty).recorded] == [2099]
    assert [folder.name for folder in (empty / "events").iterdir()] == ["2099-01"]

    (empty / "draft.yaml").write_text(DRAFT.replace("Coal", "Iron").replace("coal", "iron"), encoding="utf-8")
    refused = briefing("append", "draft.yaml", cwd=empty)
    assert (refused.returncode, "2099-01-01 12:00:00 UTC" in refused.stderr) == (5, True)
    found = json.loads(briefing("verify", "--json", cwd=empty).stdout)["findings"]
    assert [(one["kind"], one["level"]) for one in found] == [("ahead of the clock", "warning")]
    assert at_the_clock_of(2099, "verify", cwd=empty).returncode == 0


def test_a_clock_set_to_1970_cannot_put_an_effect_before_its_cause(empty: Path) -> None:
    at = recorded_ahead(empty, timedelta())
    before = files(empty)
    assert at_the_clock_of(1970, "append", "draft.yaml", cwd=empty).returncode == 5
    assert files(empty) == before

    assert at_the_clock_of(1970, "append", "draft.yaml", "--accept-clock", cwd=empty).returncode == 0
    first, second = log(empty).recorded
    assert (second.at, second.event.parents) == (at + timedelta(microseconds=1), (first.digest,))
    assert verify(FolderStore(empty / "events"), now=datetime.now(UTC)).findings == ()


def test_a_record_begun_in_1970_goes_on_today(empty: Path) -> None:
    assert at_the_clock_of(1970, "append", "draft.yaml", cwd=empty).returncode == 0
    (empty / "draft.yaml").write_text(DRAFT.replace("Coal", "Iron").replace("coal", "iron"), encoding="utf-8")
    assert call(["-C", str(empty), "append", str(empty / "draft.yaml")]) == 0

    assert [one.at.year for one in log(empty).recorded] == [1970, datetime.now(UTC).year]
    assert verify(FolderStore(empty / "events"), now=datetime.now(UTC)).findings == ()


def test_an_event_that_did_not_follow_its_parent_would_be_seen(empty: Path) -> None:
    began = history(fact_stated("steel"))
    behind = history(fact_stated("coal"), after=began, at=began[0].at - timedelta(days=1))
    publish(FolderStore(empty / "events"), [one.event for one in (*began, *behind)])

    assert [one.kind for one in verify(FolderStore(empty / "events"), now=datetime.now(UTC)).findings] == ["misdated"]
