"""The workspace in which a command line is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.workspaces import make_workspace


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DIR", "STORE", "RECORDED_BY", "ZONE", "MINISTRY", "UNIT", "MARKING", "TO", "FROM", "COPY", "REFERENCE", "DEBUG"):
        monkeypatch.delenv(f"BRIEFING_{name}", raising=False)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace with the record that ships, in which the test stands."""
    folder = make_workspace(tmp_path / "workspace")
    monkeypatch.chdir(folder)
    return folder
