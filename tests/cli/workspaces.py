"""Workspaces for tests, and what can be said of every file in one."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from briefing.resources import sample_events_dir

ROOT = Path(__file__).parents[2]
CALL = "import sys; from briefing.cli.main import run; run()"

TREASURY = """\
meeting: Talks on payments
when: 3 June 2025
agency: Treasury
with: [Michael Faulkender]
notes: Third Secretary (Commerce)
points:
  - say: The two sides spoke of payments.
    by: both
"""
COMMERCE = TREASURY.replace("Talks on payments", "Call on tariffs").replace("Treasury", "Commerce").replace(
    "[Michael Faulkender]", "[Jeffrey Kessler]"
)  # fmt: skip

Files = dict[str, tuple[bytes, int, int, int]]


def make_workspace(folder: Path, *, by: str = "a test") -> Path:
    """Make a workspace that holds the record that ships."""
    for file in sample_events_dir().rglob("*.json"):
        target = folder / "events" / file.relative_to(sample_events_dir())
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    (folder / "briefing.toml").write_text(f'recorded_by = "{by}"\n', encoding="utf-8")
    return folder


def files(folder: Path) -> Files:
    """Return every file's bytes, time, inode and mode."""
    found: Files = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            stat = path.stat()
            found[str(path.relative_to(folder))] = (path.read_bytes(), stat.st_mtime_ns, stat.st_ino, stat.st_mode)
    return found


def added(before: Files, after: Files) -> dict[str, dict[str, Any]]:
    """Return the events that were added, by file name in the order of the log; whatever was there must be untouched."""
    assert {name: after.get(name) for name in before} == before
    return {name: json.loads(after[name][0]) for name in sorted(set(after) - set(before))}


def sha256(data: bytes) -> str:
    """Return the digest in hex, as sha256sum prints it."""
    return hashlib.sha256(data).hexdigest()


def bound() -> list[str]:
    """Return what a command begins with that file modes are to bind: root is let go of what lets it pass them."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write anywhere, and setpriv is not here to bind it")
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


def briefing(
    *arguments: str | Path, cwd: Path, shim: str = "", by: Sequence[str] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command line in a process of its own, after the lines of `shim`; `by` is a command that runs it."""
    return subprocess.run(
        [*by, sys.executable, "-c", f"{shim}\n{CALL}", *map(str, arguments)],
        cwd=cwd, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
