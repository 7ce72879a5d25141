from __future__ import annotations

from pathlib import Path

import pytest

from tests.packaging.distributions import Installed

pytestmark = pytest.mark.packaging

WHERE = "import briefing; print(briefing.__file__)"
RESOURCES = "from briefing import resources as r; print(r.templates_dir(), r.sample_events_dir(), sep='\\n')"
NOTE = ("note", "visit", "--sample", "--format", "md", "-o", "-")


def test_an_installed_wheel_writes_the_sample_note_from_any_folder(installed: Installed, tmp_path: Path) -> None:
    assert Path(installed.eval(WHERE, cwd=tmp_path)).is_relative_to(installed.site)

    note = installed.run(*NOTE, cwd=tmp_path)

    assert "27–29 May 2025" in note
    assert list(tmp_path.iterdir()) == []


def test_an_installed_wheel_finds_templates_and_sample_inside_itself(installed: Installed, tmp_path: Path) -> None:
    folders = installed.eval(RESOURCES, cwd=tmp_path).splitlines()

    assert [Path(folder) for folder in folders] == [
        installed.site / "briefing" / "_data" / name for name in ("templates", "events")
    ]


def test_an_editable_install_finds_templates_and_sample_beside_the_package(
    editable: tuple[Installed, Path], tmp_path: Path
) -> None:
    installed, tree = editable
    assert Path(installed.eval(WHERE, cwd=tmp_path)) == tree / "briefing" / "__init__.py"

    folders = installed.eval(RESOURCES, cwd=tmp_path).splitlines()

    assert [Path(folder) for folder in folders] == [tree / "templates", tree / "events"]


def test_wheel_and_editable_install_write_the_same_note(
    installed: Installed, editable: tuple[Installed, Path], tmp_path: Path
) -> None:
    assert installed.run(*NOTE, cwd=tmp_path) == editable[0].run(*NOTE, cwd=tmp_path)
