"""Copies that grew apart, joined by the tools that docs/operations.md names."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.cli.main import call
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.cli.workspaces import COMMERCE, ROOT, TREASURY

TABLE = (ROOT / "docs/operations.md").read_text(encoding="utf-8")


def run(*words: str | Path, cwd: Path) -> None:
    subprocess.run([str(word) for word in words], cwd=cwd, check=True, capture_output=True)


def as_documented(tool: str, here: Path, there: Path) -> None:
    """Run the command of the table, one way and then the other."""
    found = re.search(rf"^\| {tool} \| `([^`]+)`, then the other way", TABLE, re.MULTILINE)
    assert found
    for one, other in ((here, there), (there, here)):
        places = {"HERE": str(one), "THERE": str(other)}
        words = re.sub(r"\bT?HERE\b", lambda place, places=places: places[place[0]], found[1]).split()
        subprocess.run(words, check=False, capture_output=True)  # some versions of cp -n fail where they leave a file


def by_git(here: Path, there: Path) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    for folder in (here, there):
        run("git", *who, "add", ".", cwd=folder)
        run("git", *who, "commit", "-qm", "new events", cwd=folder)
    run("git", *who, "pull", "-q", "--no-rebase", "--no-edit", there, "main", cwd=here)
    run("git", *who, "pull", "-q", here, "main", cwd=there)


def begin(folder: Path, tool: str) -> Path:
    """Return a copy of the workspace; with git, a clone."""
    other = folder.with_name("other")
    if tool != "git":
        shutil.copytree(folder, other)
        return other
    run("git", "init", "-q", "-b", "main", cwd=folder)
    (folder / ".gitattributes").write_text("events/** -text\n", encoding="utf-8")
    run("git", "add", ".", cwd=folder)
    run("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "first", cwd=folder)
    run("git", "clone", "-q", folder, other, cwd=folder)
    return other


JOIN: dict[str, Callable[[Path, Path], None]] = {
    "cp": lambda here, there: as_documented("cp", here, there),
    "rsync": lambda here, there: as_documented("rsync", here, there),
    "git": by_git,
}


@pytest.mark.parametrize("tool", JOIN)
def test_two_copies_that_grew_apart_are_one_record_after_copying_both_ways(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, tool: str
) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not on this machine")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    there = begin(workspace, tool)
    for folder, draft in ((workspace, TREASURY), (there, COMMERCE)):
        (folder / "draft.yaml").write_text(draft, encoding="utf-8")
        assert call(["-C", str(folder), "append", str(folder / "draft.yaml"), "--new"]) == 0
        (folder / "draft.yaml").unlink()
    before = {folder: load(FolderStore(folder / "events")) for folder in (workspace, there)}

    JOIN[tool](workspace, there)

    after = {folder: load(FolderStore(folder / "events")) for folder in (workspace, there)}
    assert after[workspace].recorded == after[there].recorded
    assert after[workspace].basis == after[there].basis
    assert after[workspace].findings == ()
    for folder, log in before.items():
        assert {one.digest for one in log.recorded} < {one.digest for one in after[folder].recorded}
    assert call(["-C", str(there), "verify"]) == 0
