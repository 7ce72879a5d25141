"""A record that may only be read: everything that reads works, everything that writes is one clear error."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.workspaces import COMMERCE, bound, briefing, files

READ = [
    ["list"],
    ["show", "misri-us-2025"],
    ["verify"],
    ["note", "visit", "-f", "md", "-o", "-"],
    ["agency", "commerce", "-f", "html", "-o", "-"],
]
WRITE = [
    ["append", "draft.yaml", "--new"],
    ["correct", "misri-us-2025", "--set", "where=Here", "--reason", "x"],
    ["retract", "misri-us-2025", "--reason", "x"],
    ["sync", "other"],
]


@pytest.fixture
def sealed(workspace: Path) -> Iterator[Path]:
    """Return a workspace whose record this account may not write to."""
    (workspace / "draft.yaml").write_text(COMMERCE, encoding="utf-8")
    (workspace / "other/events").mkdir(parents=True)
    (workspace / "other/briefing.toml").touch()
    folders = [workspace / "events", *(one for one in (workspace / "events").iterdir() if one.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    yield workspace
    for folder in folders:
        folder.chmod(0o755)


def run(workspace: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return briefing(*arguments, cwd=workspace, by=bound())


@pytest.mark.parametrize("arguments", READ, ids=lambda arguments: arguments[0])
def test_what_reads_works(sealed: Path, arguments: list[str]) -> None:
    before = files(sealed / "events")
    done = run(sealed, arguments)

    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout) > 20
    assert files(sealed / "events") == before


@pytest.mark.parametrize("arguments", WRITE, ids=lambda arguments: arguments[0])
def test_what_writes_is_one_error_and_changes_nothing(sealed: Path, arguments: list[str]) -> None:
    if arguments[0] == "sync":
        shutil.copytree(sealed / "events", sealed / "other/events", dirs_exist_ok=True)
        for folder in (sealed / "other/events").iterdir():
            folder.chmod(0o755)
        (sealed / "other/events").chmod(0o755)
        assert run(sealed / "other", ["append", "../draft.yaml", "--new", "--by", "x"]).returncode == 0
    before = files(sealed / "events")
    done = run(sealed, arguments)

    assert done.returncode == 74
    assert "error: cannot write" in done.stderr
    assert "hint:  this account may not do that in this folder" in done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert done.stdout == ""
    assert files(sealed / "events") == before


def test_the_same_commands_write_where_they_may(sealed: Path) -> None:
    (sealed / "events").chmod(0o755)
    for folder in (sealed / "events").iterdir():
        folder.chmod(0o755)
    before = files(sealed / "events")

    assert run(sealed, WRITE[0]).returncode == 0
    assert len(files(sealed / "events")) > len(before)
