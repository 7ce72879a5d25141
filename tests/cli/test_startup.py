"""What a command does not need is not loaded: start-up is what users feel."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from shutil import copytree

import pytest
import typer

from briefing.cli.commands import COMMANDS
from tests.cli.workspaces import ROOT

MEETING = str(ROOT / "docs/examples/meeting.yaml")

PROBE = """
import sys
from briefing.cli.main import call
code = call(sys.argv[1:])
print(code, *sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def loaded_by(*arguments: str) -> set[str]:
    """Run a command line in a process of its own and return the packages it has loaded."""
    done = subprocess.run([sys.executable, "-c", PROBE, *arguments], capture_output=True, text=True, check=True)
    code, *packages = done.stderr.splitlines()[-1].split()
    assert code == "0"
    return set(packages)


def test_help_loads_neither_pydantic_nor_a_command() -> None:
    loaded = loaded_by("--help")

    assert "typer" in loaded
    assert not loaded & {"pydantic", "pydantic_core", "rich", "ruamel", "rapidfuzz", "babel", "jinja2"}


def test_list_loads_no_renderer() -> None:
    loaded = loaded_by("list", "--sample")

    assert "pydantic" in loaded
    assert not loaded & {"weasyprint", "docxtpl", "docx", "jinja2", "lxml", "PIL", "rich", "msgspec"}


def test_a_command_with_an_index_that_needs_no_other_process_loads_nothing_for_one(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    copytree(ROOT / "events", root / "events")
    (root / "briefing.toml").write_text(f'cache_dir = "{tmp_path / "cache"}"\nworkers = 1\n', encoding="utf-8")

    for asked in (("list", "meetings", "--agency", "commerce"), ("append", MEETING, "--new", "--by", "Desk")):
        loaded = loaded_by("-C", str(root), *asked)

        assert "sqlite3" in loaded
        assert not loaded & {"asyncio", "ssl", "multiprocessing", "distributed", "obstore"}


def test_a_paper_in_markdown_loads_what_renders_markdown_and_no_more() -> None:
    loaded = loaded_by("note", "visit", "--sample", "--format", "md", "-o", "-")

    assert not loaded & {"weasyprint", "docxtpl", "docx", "lxml", "PIL", "babel"}


def test_a_paper_in_another_language_loads_babel() -> None:
    assert "babel" in loaded_by("note", "visit", "--sample", "--lang", "fr", "--format", "md", "-o", "-")


def test_a_paper_in_html_loads_jinja2() -> None:
    assert "jinja2" in loaded_by("note", "visit", "--sample", "--format", "html", "-o", "-")


def test_no_plug_in_of_another_program_has_a_say_in_what_an_event_is(tmp_path: Path) -> None:
    about = tmp_path / "spy-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: spy\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[pydantic]\nspy = spy:plugin\n")
    (tmp_path / "spy.py").write_text("import sys\nsys.stderr.write('the plug-in is here')\nplugin = None\n")

    def said(program: str) -> str:
        there = {**os.environ, "PYTHONPATH": str(tmp_path)}
        done = subprocess.run([sys.executable, "-c", program, "list", "--sample"], capture_output=True, text=True, check=False, env=there)
        return done.stderr

    assert "the plug-in is here" in said("import briefing.codec")
    assert said("from briefing.cli.main import run; run()") == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_in_the_list_of_commands_begins_the_help_of_the_command(name: str) -> None:
    path, line = COMMANDS[name]
    module, _, attribute = path.partition(":")
    found = getattr(import_module(module), attribute)
    if isinstance(found, typer.Typer):
        assert found.registered_callback is not None
        found = found.registered_callback.callback

    assert (inspect.getdoc(found) or "").partition("\n")[0] == line
