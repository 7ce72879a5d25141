"""A command that failed when its event had its name, and may not outlive a loss of power, is run once more: nothing is written twice, all is synced."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from briefing.cli.main import call
from briefing.store import append, folder
from briefing.store.folder import FolderStore
from briefing.store.log import load

GOLDEN = Path(__file__).parents[1] / "golden/1/events"
COMMANDS = {
    "append": ["append", "draft.yaml"],
    "done": ["done", "sea-talks/c1", "--evidence", "It opened."],
    "correct": ["correct", "tonnage", "--set", "say=Eleven million tonnes.", "--reason", "the yearbook"],
    "retract": ["retract", "tonnage", "--reason", "entered twice"],
    "settle": ["settle", "d2", "--use", "harbour", "--because", "the officials were there"],
    "redact": ["redact", "279eb38c", "--reason", "a name", "--authority", "a court"],
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(GOLDEN, tmp_path / "events")
    (tmp_path / "briefing.toml").write_text('recorded_by = "desk"\n', encoding="utf-8")
    (tmp_path / "draft.yaml").write_text("fact: Coal is dear.\nnotes: Third Secretary\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def failed_behind_the_link(monkeypatch: pytest.MonkeyPatch, command: list[str]) -> int:
    """Run a command on a disk that fails as soon as a file has its name."""
    linked: list[object] = []
    link, sync = os.link, folder._sync_folder

    def failing(path: Path) -> None:
        if linked:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        sync(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", lambda *names: linked.append(link(*names)))
        patch.setattr(folder, "_sync_folder", failing)
        return call(command)


def synced_by(monkeypatch: pytest.MonkeyPatch, command: list[str]) -> tuple[int, set[str]]:
    """Run a command and return its exit code and the folders it synced."""
    synced: set[str] = set()
    sync = folder._sync_folder

    def watched(path: Path) -> None:
        sync(path)
        synced.add(Path(path).name)

    with monkeypatch.context() as patch:
        patch.setattr(folder, "_sync_folder", watched)
        return call(command), synced


def month_of_the_newest(desk: Path) -> str:
    return f"{load(FolderStore(desk / 'events')).recorded[-1].at:%Y-%m}"


@pytest.mark.parametrize("name", COMMANDS)
def test_what_may_not_outlive_a_loss_of_power_is_synced_by_the_same_command_and_not_written_twice(
    desk: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = load(FolderStore(desk / "events")).recorded
    assert failed_behind_the_link(monkeypatch, COMMANDS[name]) == 74
    once = load(FolderStore(desk / "events")).recorded
    assert len(once) == len(before) + 1

    code, synced = synced_by(monkeypatch, COMMANDS[name])
    assert code == (0 if name == "append" else 5)
    assert {month_of_the_newest(desk), "events"} <= synced
    assert load(FolderStore(desk / "events")).recorded == once


def test_a_command_that_trusts_what_it_finds_would_be_seen(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert failed_behind_the_link(monkeypatch, COMMANDS["append"]) == 74
    monkeypatch.setattr(append, "put_again", lambda *_: None)

    assert synced_by(monkeypatch, COMMANDS["append"]) == (0, set())


def test_news_that_differ_are_news(desk: Path) -> None:
    assert call(COMMANDS["done"]) == 0
    assert call([*COMMANDS["done"], "--status", "lapsed"]) == 0
    assert call([*COMMANDS["settle"][:-1], "another reason"]) == 0
