"""A run of the benchmarks says what is short, and what was not measured at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from tests.cli.workspaces import ROOT

RUN = """
import subprocess, sys, time
sys.path.insert(0, sys.argv.pop(1))
import run
from pathlib import Path
run.PARTS = {name: ("", "") for name in ("swift", "slow", "fallen", "halfway", "endless")}
class Part(subprocess.Popen):
    def wait(self, timeout=None):
        child = Path(self.args[1]).with_suffix(".child")
        while timeout == run.AT_MOST and child.name == "endless.child":
            if child.exists():
                timeout = 0.01
            time.sleep(0.01)
        return super().wait(timeout)
run.AT_MOST = 600
run.subprocess.Popen = Part
run.__file__ = sys.argv.pop(1) + "/run.py"
run.OUTPUT = Path(run.__file__).parent
run.compiled = run.forget_older = lambda: None
sys.exit(run.main())
"""
"""Runs parts of a folder; the time of one without end is over as soon as it has begun a process of its own."""
PART = """
import sys
sys.path.insert(0, {benchmarks!r})
from measure import Side, at_most
sys.exit(0 if at_most(2, {name!r}, Side("ours", {seconds}), Side("theirs", 1)) else 1)
"""
ENDLESS = """
import subprocess, sys
from pathlib import Path
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
told = Path(__file__).with_suffix(".told")
told.write_text(str(child.pid))
told.rename(told.with_suffix(".child"))
child.wait()
"""
"""A part that waits for ever for a process of its own."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, seconds in (("swift", 1.5), ("slow", 2.5)):
        text = PART.format(benchmarks=str(ROOT / "benchmarks"), name=name, seconds=seconds)
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    (tmp_path / "fallen.py").write_text("import sys; sys.exit(1)", encoding="utf-8")
    halfway = (tmp_path / "slow.py").read_text(encoding="utf-8").replace("sys.exit(", "1 / (", 1)
    (tmp_path / "halfway.py").write_text(f"{halfway}\n1 / 0", encoding="utf-8")
    (tmp_path / "endless.py").write_text(ENDLESS, encoding="utf-8")
    return tmp_path


def run(folder: Path, *parts: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", RUN, str(ROOT / "benchmarks"), str(folder), *parts]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"})


def test_a_run_in_which_all_goals_are_reached_ends_well_and_keeps_its_table(folder: Path) -> None:
    done = run(folder, "swift")

    assert done.returncode == 0, done.stderr
    assert "Short: nothing." in done.stdout
    assert "| swift | 1.5 | 2 | ok | ours 1500 ms | theirs 1000 ms |" in (folder / "benchmarks.md").read_text()


def test_a_run_names_what_is_short(folder: Path) -> None:
    done = run(folder, "swift", "slow")

    assert done.returncode == 1
    assert "Short: slow." in done.stdout
    assert "| slow | 2.5 | 2 | **short** |" in (folder / "benchmarks.md").read_text()


def test_what_is_no_part_is_told_before_anything_is_measured(folder: Path) -> None:
    done = run(folder, "swift", "bucket")

    assert done.returncode == 2
    assert "no part of a run: bucket; one of swift, slow" in done.stderr
    assert not (folder / "benchmarks.md").exists()


def test_a_part_that_measured_nothing_is_no_goal_reached(folder: Path) -> None:
    done = run(folder, "fallen")

    assert done.returncode == 1
    assert "No figures of fallen." in done.stdout


def test_a_part_that_fell_after_its_first_figure_is_no_goal_missed_alone(folder: Path) -> None:
    done = run(folder, "slow", "halfway")

    assert "ZeroDivisionError" in done.stderr
    assert "No figures of halfway." in done.stdout
    assert "No figures of slow." not in done.stdout


def test_a_part_without_end_is_stopped_with_what_it_began_and_the_next_one_is_measured(folder: Path) -> None:
    done = run(folder, "endless", "swift")

    assert done.returncode == 1
    assert "endless is stopped" in done.stdout
    assert "No figures of endless." in done.stdout
    assert "| swift | 1.5 | 2 | ok |" in (folder / "benchmarks.md").read_text()
    with pytest.raises(ProcessLookupError):
        ended(int((folder / "endless.child").read_text()))


def ended(process: int) -> None:
    """Wait until a process is no more, which raises; one that is killed is there until it is taken notice of."""
    for _ in range(12_000):
        os.kill(process, 0)
        if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            raise ProcessLookupError
        sleep(0.05)
