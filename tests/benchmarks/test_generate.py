"""The made-up records that benchmarks run on are records like any other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.store.folder import FolderStore
from briefing.store.log import Log, load
from briefing.store.verify import verify
from tests.cli.workspaces import ROOT

Generate = Callable[..., object]


@pytest.fixture
def generate(monkeypatch: pytest.MonkeyPatch) -> Generate:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import generate as script

    return script.generate


def record(folder: Path) -> Log:
    return load(FolderStore(folder / "events"))


def test_a_made_up_record_has_the_size_asked_for_and_nothing_is_wrong_with_it(
    tmp_path: Path, generate: Generate
) -> None:
    generate(tmp_path / "record", events=400)

    survey = verify(FolderStore(tmp_path / "record" / "events"), now=datetime(2026, 7, 1, tzinfo=UTC))

    assert survey.findings == ()
    assert len(survey.known) == 400
    assert len({one.event.type for one in record(tmp_path / "record").recorded}) > 8


def test_one_seed_gives_one_record_and_another_seed_another(tmp_path: Path, generate: Generate) -> None:
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        generate(tmp_path / name, events=100, seed=seed)

    assert record(tmp_path / "one").basis == record(tmp_path / "again").basis
    assert record(tmp_path / "one").basis != record(tmp_path / "other").basis


def test_an_import_stands_in_one_month_and_a_history_in_many(tmp_path: Path, generate: Generate) -> None:
    generate(tmp_path / "import", events=200, months=1)
    generate(tmp_path / "history", events=200)

    assert len(list((tmp_path / "import" / "events").iterdir())) == 1
    assert len(list((tmp_path / "history" / "events").iterdir())) > 50


def test_the_record_of_one_agency_holds_its_meetings_as_the_whole_record_has_them(
    tmp_path: Path, generate: Generate
) -> None:
    generate(tmp_path / "whole", events=600)
    generate(tmp_path / "own", events=600, only="fisheries")

    survey = verify(FolderStore(tmp_path / "own" / "events"), now=datetime(2026, 7, 1, tzinfo=UTC))

    assert survey.findings == ()
    assert meetings(tmp_path / "own") == {id_ for id_ in meetings(tmp_path / "whole") if id_.startswith("fisheries")}


def meetings(folder: Path) -> set[str]:
    return {one.event.id for one in record(folder).recorded if one.event.type == "meeting.held"}  # type: ignore[attr-defined]
