"""A record that is verified in portions, by one process or by several, has the findings that it has in one go."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.errors import Refused, StoreFailed
from briefing.executors import alone, processes
from briefing.resources import sample_events_dir
from briefing.store import verify as verifying
from briefing.store.folder import FolderStore
from briefing.store.memory import MemoryStore
from briefing.store.survey import Survey
from briefing.store.verify import verify
from tests.given import cited, fact_stated, history, source_registered
from tests.store.records import files_of, stored
from tests.store.test_verify import NOW, cases

TEXTS = ("Both sides spoke of steel.", "Both sides spoke of energy, and of steel.")


def surveyed(files: Mapping[str, bytes], portion: int, monkeypatch: pytest.MonkeyPatch, *, many: bool = False) -> Survey:
    def crew(_files: int) -> AbstractContextManager[Executor | None]:
        return ThreadPoolExecutor(3)

    monkeypatch.setattr(verifying, "_PORTION", portion)
    return verify(stored(files), now=NOW, crew=crew if many else alone)


@pytest.mark.parametrize(("kind", "files", "names"), list(cases()))
def test_each_finding_is_found_whatever_the_portions_are(
    monkeypatch: pytest.MonkeyPatch, kind: str, files: Mapping[str, bytes], names: list[str]
) -> None:
    whole = surveyed(files, 1000, monkeypatch)

    assert kind in {one.kind for one in whole.findings}
    for portion in (1, 3):
        assert surveyed(files, portion, monkeypatch) == surveyed(files, portion, monkeypatch, many=True) == whole


@pytest.mark.parametrize("first", TEXTS)
def test_of_two_texts_under_one_id_either_may_hold_the_words(first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (second,) = set(TEXTS) - {first}
    quoted = cited("t", "of steel", text=TEXTS[0])
    files = files_of(history(source_registered("t", first), fact_stated("f", citations=(quoted,)), source_registered("t", second)))
    found = [surveyed(files, portion, monkeypatch).findings for portion in (1, 2, 1000)]

    assert found[0] == found[1] == found[2]
    assert "quotation" not in {one.kind for one in found[0]}


def test_other_processes_find_what_this_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    store, now = FolderStore(sample_events_dir()), datetime(2026, 12, 1, tzinfo=UTC)
    monkeypatch.setattr(verifying, "_PORTION", 20)

    assert verify(store, now=now, crew=lambda _files: processes(2)) == verify(store, now=now)


def test_what_only_a_worker_cannot_read_is_no_finding_but_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    files = files_of(history(source_registered("t", TEXTS[0])))
    reads: list[str] = []

    def once(self: MemoryStore, name: str) -> bytes:
        reads.append(name)
        if len(reads) == 1:
            raise StoreFailed(f"cannot read {name}")
        return files[name]

    monkeypatch.setattr(MemoryStore, "read", once)

    with pytest.raises(Refused, match="a worker cannot read"):
        surveyed(files, 10, monkeypatch, many=True)


def test_progress_is_told_by_portions_and_ends_with_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(verifying, "_PORTION", 2)
    verify(stored(files_of(history(*(source_registered(f"t{n}", TEXTS[0]) for n in range(5))))), now=NOW, progress=lambda *how: told.append(how))

    assert told == [(0, 5), (2, 5), (4, 5), (5, 5)]
