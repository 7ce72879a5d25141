from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.packaging.distributions import ROOT

pytestmark = pytest.mark.packaging

# Put together from parts, so that this file is not a finding of its own.
PACKAGE_HOSTS = (
    "index" + "-url",
    "find" + "-links",
    r"https?://[^ \"]*\.(whl|tar\.gz)",
    r"https?://[^ \"]*/simp" + "le",
)
MACHINE_PATHS = (r"(^|[^A-Za-z0-9._-])/(wo" + "rk|fa" + "rm)/",)
# The Makefile tells uv to leave these out of the locks.
ALLOWED = {"Makefile": ("--no-emit-" + "index" + "-url", "--no-emit-" + "find" + "-links")}


def tracked() -> list[Path]:
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_tracked_file_names_a_package_host_or_a_path_of_this_machine() -> None:
    forbidden = re.compile("|".join((*PACKAGE_HOSTS, *MACHINE_PATHS)), re.IGNORECASE)
    findings = []
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1):
            for words in ALLOWED.get(name, ()):
                line = line.replace(words, "")  # noqa: PLW2901
            if forbidden.search(line):
                findings.append(f"{name}:{number}: {line[:120]}")

    assert findings == []


def test_pip_reads_the_locks_and_uv_keeps_none_of_its_own() -> None:
    assert "uv.lock" not in {path.name for path in tracked()}
