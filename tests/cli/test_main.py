from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli import main
from briefing.cli.main import call
from briefing.errors import BriefingError, TryAgain
from tests.cli.workspaces import CALL


def fails_with(fault: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return the exit code of a command line in which something fails."""

    def failing(*_arguments: object, **_options: object) -> None:
        raise fault

    monkeypatch.setattr(main, "app", failing)
    return call(["list"])


def test_a_bug_is_said_in_one_line_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fails_with(ZeroDivisionError("division by zero"), monkeypatch) == 70

    error, hint = capsys.readouterr().err.splitlines()
    assert error == "error: this is a bug in briefing: ZeroDivisionError: division by zero"
    assert hint.startswith("hint:  BRIEFING_DEBUG=1")


def test_a_bug_shows_where_it_is_when_that_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_DEBUG", "1")

    with pytest.raises(ZeroDivisionError):
        fails_with(ZeroDivisionError("division by zero"), monkeypatch)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (TryAgain("busy"), 75),
        (OSError(5, "Input/output error"), 74),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 74),
    ],
)
def test_what_fails_has_its_code(fault: BaseException, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fails_with(fault, monkeypatch) == code


@pytest.mark.parametrize("arguments", [[], ["note"]])
def test_a_command_line_that_asks_for_nothing_is_answered_with_the_help(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(arguments) == 2

    said = capsys.readouterr().err
    assert said.startswith("Usage: briefing")
    assert "Commands:" in said
    assert "hint" not in said


@pytest.mark.parametrize("arguments", [["lst"], ["list", "--jsn"], ["show"], ["list", "people", "agencies"]])
def test_a_command_line_that_cannot_be_meant_is_a_matter_of_usage(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(arguments) == 2

    error, hint = capsys.readouterr().err.splitlines()
    assert error.startswith("error: ")
    assert hint.startswith("hint:  ")


def test_a_misspelt_command_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["lst"]) == 2

    assert "'list'" in capsys.readouterr().err


def test_an_error_without_advice_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails_with(BriefingError("no more can be said"), monkeypatch)

    assert capsys.readouterr().err == "error: no more can be said\n"


def test_an_interrupted_process_says_so_and_nothing_else(workspace: Path) -> None:
    ours, theirs = os.openpty()
    words = [sys.executable, "-c", CALL, "append"]
    with subprocess.Popen(words, cwd=workspace, stdin=theirs, stderr=subprocess.PIPE) as run:
        assert run.stderr is not None
        assert run.stderr.read(5)  # the first question: it waits for an answer now
        run.send_signal(signal.SIGINT)
        _, said = run.communicate()
    os.close(theirs)
    os.close(ours)

    assert run.returncode == 130
    assert said.decode().rstrip().endswith("error: interrupted")
    assert "Traceback" not in said.decode()


@pytest.mark.parametrize("arguments", [["schema"], ["list", "visits"], ["--help"]])
def test_a_reader_that_goes_away_is_no_traceback(workspace: Path, arguments: list[str]) -> None:
    words = [sys.executable, "-c", CALL, *arguments]
    with subprocess.Popen(words, cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        said = run.stderr.read()

    assert run.returncode == 74
    assert said == b""


@pytest.mark.parametrize("arguments", [["schema"], ["list", "visits"]])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_results_that_cannot_be_printed_are_one_error(workspace: Path, arguments: list[str], unbuffered: str) -> None:
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", CALL, *arguments], stdout=full, stderr=subprocess.PIPE, env=environment, check=False
        )

    assert done.returncode == 74
    assert done.stderr.decode().startswith("error: ")
    assert "No space left on device" in done.stderr.decode()
    assert "Exception" not in done.stderr.decode()
