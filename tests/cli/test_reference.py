"""The command reference is what the commands say of themselves, and they say it of everything they take."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from briefing.cli.main import app
from briefing.errors import BriefingError

ROOT = Path(__file__).parents[2]


def commands(command: Any = None, path: str = "briefing") -> Iterator[tuple[str, Any]]:
    """Yield every command and group with the words that call it."""
    command = command or typer.main.get_command(app)
    yield path, command
    for name in command.list_commands(None) if hasattr(command, "list_commands") else ():
        yield from commands(command.get_command(None, name), f"{path} {name}")


def test_the_reference_is_what_is_generated_now() -> None:
    words = [sys.executable, "-m", "typer", "briefing.cli.main", "utils", "docs", "--name", "briefing"]
    now = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT).stdout

    assert (ROOT / "docs/commands.md").read_text(encoding="utf-8").strip() == now.strip(), "run `make docs`"


@pytest.mark.parametrize(("path", "command"), [pytest.param(*one, id=one[0]) for one in commands()])
def test_a_command_and_all_it_takes_are_explained_in_words(path: str, command: Any) -> None:
    assert command.help

    for parameter in command.params:
        assert parameter.help, f"{path} {parameter.name}: no help"
        assert parameter.metavar or getattr(parameter, "is_flag", False), f"{path} {parameter.name}: a type is printed"


def test_the_exit_codes_of_the_errors_are_those_that_are_documented() -> None:
    def codes(kind: type[BriefingError]) -> set[int]:
        return {kind.exit_code}.union(*map(codes, kind.__subclasses__()))

    table = (ROOT / "docs/exit-codes.md").read_text(encoding="utf-8")
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    printed = {int(code) for code in re.findall(r"(\d+) [a-z]", str(app.info.epilog))}

    assert codes(BriefingError) | {0, 1, 130} == documented == printed
