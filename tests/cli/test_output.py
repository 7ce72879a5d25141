"""Where a paper goes: there whole or not at all, and whatever stands in the way is said in a line."""

from __future__ import annotations

import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli.main import call
from briefing.cli.output import write_whole
from briefing.errors import OutputFailed
from tests.cli.workspaces import CALL, ROOT, bound, briefing

PAPER = ("note", "visit", "--sample")


def run(*arguments: str, cwd: Path, stdout: int = subprocess.PIPE, limit: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command line; with a limit, no file may grow beyond so many bytes, as on a disk that is full."""

    def full_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-B", "-c", CALL, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=cwd,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        preexec_fn=full_disk if limit else None,
    )


@pytest.mark.parametrize("ending", ["docx", "html", "md"])
def test_a_disk_that_is_full_leaves_no_half_written_file(ending: str, tmp_path: Path) -> None:
    done = run(*PAPER, "-o", f"paper.{ending}", cwd=tmp_path, limit=2000)
    assert done.returncode == 73
    assert done.stderr.startswith(f"error: paper.{ending} cannot be written")
    assert "hint:" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_leaves_the_paper_that_was_there(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text("the last edition", encoding="utf-8")
    assert run(*PAPER, "-o", "paper.md", cwd=tmp_path, limit=2000).returncode == 73
    assert [(file.name, file.read_text(encoding="utf-8")) for file in tmp_path.iterdir()] == [
        ("paper.md", "the last edition")
    ]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("ending", ["md", "pdf"])
def test_standard_output_that_takes_no_more_is_said(ending: str, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(*PAPER, "-f", ending, "-o", "-", cwd=tmp_path, stdout=full.fileno())
    assert done.returncode == 73
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["error", "hint"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_device_is_written_to_and_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(OutputFailed, match="/dev/full cannot be written"):
        write_whole(Path("/dev/full"), b"x" * 10)
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_a_pipe_by_name_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    end = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, b"a paper")
        assert os.read(end, 100) == b"a paper"
    finally:
        os.close(end)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "paper-2.md").write_text("old", encoding="utf-8")
    (tmp_path / "latest.md").symlink_to("paper-2.md")
    write_whole(tmp_path / "latest.md", b"new")
    assert (tmp_path / "latest.md").is_symlink()
    assert (tmp_path / "paper-2.md").read_text(encoding="utf-8") == "new"


@pytest.mark.parametrize("place", ["a folder", "a file as folder", "links in a circle", "a name too long"])
def test_a_place_that_takes_no_file_is_said_and_nothing_is_left(
    place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "circle.md").symlink_to("circle.md")
    before = sorted(tmp_path.rglob("*"))
    targets = {
        "a folder": "folder.md",
        "a file as folder": "file/x.md",
        "links in a circle": "circle.md",
        "a name too long": "x" * 300,
    }

    assert call([*PAPER, "-f", "md", "-o", targets[place]]) == 73

    said = capsys.readouterr()
    assert "cannot be written" in said.err
    assert "hint:" in said.err
    assert said.out == ""
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    done = briefing(*PAPER, "-o", locked / "paper.md", cwd=tmp_path, by=bound())

    assert done.returncode == 73
    assert "Permission denied" in done.stderr
    assert list(locked.iterdir()) == []
