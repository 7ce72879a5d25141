"""What a benchmark says does not hang on one odd run; a goal that is missed stays missed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from tests.cli.workspaces import ROOT

SIZES = (100, 1_200, 3_600)


@pytest.fixture
def measure(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # the module sets its own
    import measure as script

    return script


@pytest.fixture
def growth(measure: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "__all__")  # as `inside` sets it
    import growth as script

    monkeypatch.setattr(script.inside, "said", lambda _arguments: "")
    return script


def taking(*seconds: float) -> Callable[[int], float]:
    """Return a side whose runs take so many seconds, the last of them for ever."""
    left = list(seconds)
    return lambda _run: left.pop(0) if len(left) > 1 else left[0]


def test_a_goal_that_is_reached_by_the_first_runs_needs_no_more(measure: ModuleType) -> None:
    runs: list[int] = []

    found = measure.in_turns([lambda run: runs.append(run) or 1.0, taking(1.0)], 3, ran=True, doubt=measure.over(1.3))

    assert found == [1.0, 1.0]
    assert runs == [0, 1, 2]


def test_where_a_goal_would_be_missed_three_times_as_many_runs_count(measure: ModuleType) -> None:
    odd, other = taking(2.0, 2.0, 1.0), taking(1.0)

    assert measure.in_turns([odd, other], 3, ran=True, doubt=measure.over(1.3)) == [1.0, 1.0]


def test_a_goal_that_more_runs_miss_as_well_is_missed(measure: ModuleType) -> None:
    slow, other = taking(2.0), taking(1.0)

    assert measure.in_turns([slow, other], 3, ran=True, doubt=measure.over(1.3)) == [2.0, 1.0]


def test_a_first_run_is_thrown_away_unless_all_sides_ran_before(measure: ModuleType) -> None:
    assert measure.in_turns([taking(9.0, 1.0)], 1, ran=False, doubt=measure.trusted) == [1.0]
    assert measure.in_turns([taking(9.0, 1.0)], 1, ran=True, doubt=measure.trusted) == [9.0]


def test_a_speed_is_in_doubt_when_it_is_below_its_part_of_the_others(measure: ModuleType) -> None:
    assert measure.below(0.85)([1.0, 0.8])
    assert not measure.below(0.85)([1.0, 0.9])


def test_work_in_a_fork_that_fails_is_no_figure() -> None:
    for work, code in (("print('said') or 0", 0), ("3", 2), ("1 / 0", 2)):
        script = f"from measure import forked; forked(lambda: {work}); print('measured')"
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT / "benchmarks", capture_output=True, text=True, check=False
        )

        assert (done.returncode, done.stdout) == (code, "" if code else "measured\n"), done.stderr


@pytest.mark.parametrize(("power", "goal"), [(0, True), (1, True), (1.5, False), (2, False)])
def test_a_slope_tells_a_command_that_reads_each_event_once_from_a_quadratic_step(
    growth: ModuleType, monkeypatch: pytest.MonkeyPatch, power: float, goal: bool
) -> None:
    monkeypatch.setattr(growth.inside, "cpu", lambda arguments: 0.02 + (int(arguments[0]) / 3_600) ** power)

    assert growth._slope("list", SIZES, [[str(size)] for size in SIZES]) is goal


def test_a_run_that_was_disturbed_makes_no_slope(growth: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    disturbances: Iterator[float] = iter([0, 0, 2.0])

    def cpu(arguments: list[str]) -> float:
        return 0.02 + int(arguments[0]) / 3_600 + next(disturbances, 0)

    monkeypatch.setattr(growth.inside, "cpu", cpu)

    assert growth._slope("list", SIZES, [[str(size)] for size in SIZES])
