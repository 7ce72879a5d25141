"""Start-up: `briefing --help` and `briefing append` of one meeting, each a cold process, against an empty Python."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import BRIEFING, PASS, PYTHON, ROOT, Peer, Side, always, at_most, medians, over

HELP, ONE = 8, 25
"""How many times the CPU of an empty Python the help may take, and the append of one meeting."""
DRAFT = ROOT / "docs/examples/meeting.yaml"
APPEND = ["append", str(DRAFT), "--new", "--by", "a benchmark"]
PACKAGES = ("briefing", "typer", "pydantic", "ruamel", "rapidfuzz")
LOADED = (
    "import sys; from briefing.cli.main import call; assert call(sys.argv[1:]) == 0; "
    f"print(*(name for name in sys.modules if name.partition('.')[0] in {PACKAGES}))"
)
"""Runs a command line and prints what it has loaded, in the order of loading."""


def main(runs: int = 21) -> int:
    """Print a line for each and return 1 when one is over its limit."""
    sides = [always("--help", [BRIEFING, "--help"]), always("pass", PASS)]
    help_, nothing = medians(sides, runs=runs, doubt=over(HELP))
    quick = at_most(HELP, "help", Side("briefing --help", help_), Side("python -c pass", nothing))
    with tempfile.TemporaryDirectory() as folder:
        return 0 if _append(Path(folder), runs) and quick else 1


def _append(folder: Path, runs: int) -> bool:
    def workspace(name: str) -> str:
        """Return a new workspace that holds the record that ships."""
        root = folder / name
        shutil.copytree(ROOT / "events", root / "events")
        (root / "briefing.toml").touch()
        return str(root)

    probe = [PYTHON, "-c", LOADED, "-C", workspace("probe"), *APPEND]
    modules = subprocess.run(probe, capture_output=True, text=True, check=True).stdout.splitlines()[-1].split()
    append, nothing, imports = medians(
        [
            Peer("append", lambda run: [BRIEFING, "-C", workspace(f"run-{run}"), *APPEND]),
            always("pass", PASS),
            always("imports", [PYTHON, "-c", f"import {', '.join(modules)}"]),
        ],
        runs=runs * 2 // 3, doubt=over(ONE),
    )  # fmt: skip
    share = (imports - nothing) / (append - nothing)
    return at_most(ONE, "append-cold", Side("briefing append", append), Side("python -c pass", nothing),
                   f"; imports are {share:.0%} of the difference")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
