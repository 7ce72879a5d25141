"""A record that is verified in portions, by one process or by several, has the findings that it has in one go."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import Refused, StoreFailed
from briefing.events import Recorded
from briefing.executors import alone, processes
from briefing.resources import sample_events_dir
from briefing.store import second_look
from briefing.store import verify as verifying
from briefing.store.folder import FolderStore
from briefing.store.ledger import _SCHEMA as SCHEMA
from briefing.store.ledger import Ledger
from briefing.store.memory import MemoryStore
from briefing.store.portion import read_portion
from briefing.store.second_look import SecondLook
from briefing.store.survey import Survey
from briefing.store.verify import verify
from tests.drawn import histories
from tests.entangled import tangles
from tests.given import cited, event_corrected, event_retracted, fact_stated, history, meeting_held, source_registered
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


@pytest.mark.parametrize("together", [1, 2])
@pytest.mark.parametrize(("kind", "files", "names"), list(cases()))
def test_what_is_in_question_is_found_however_many_groups_are_read_together(
    monkeypatch: pytest.MonkeyPatch, together: int, kind: str, files: Mapping[str, bytes], names: list[str]
) -> None:
    whole = verify(stored(files), now=NOW)
    monkeypatch.setattr(second_look, "_TOGETHER", together)

    assert verify(stored(files), now=NOW) == whole


@settings(max_examples=30, deadline=None)
@given(log=tangles(), apart=st.data())
def test_groups_that_are_folded_one_by_one_give_what_the_whole_gives(log: tuple[Recorded, ...], apart: st.DataObject) -> None:
    files = files_of(log) | files_of(apart.draw(histories(after=log[:3], writer="embassy")))
    with pytest.MonkeyPatch.context() as patch:
        found = []
        for together in (1, 10_000):
            patch.setattr(second_look, "_TOGETHER", together)
            found.append(verify(stored(files), now=NOW))

    assert found[0] == found[1]


def test_groups_hold_what_is_tied_and_keep_apart_what_is_not() -> None:
    log = history(
        meeting_held("m1"), meeting_held("m2"), meeting_held("m3"), meeting_held("m4"),
        event_corrected("m1", label="c1", title="Coal"), event_retracted("c1"), event_corrected("m2", title="Oil"),
        event_corrected("m3", label="c3", title="Tin"), event_corrected("m3", replaces=["c3"], title="Zinc"),
    )  # fmt: skip
    ledger = Ledger()
    ledger.enter(read_portion(stored(files_of(log)), None, sorted(files_of(log))))
    ledger.close()
    SecondLook(ledger, lambda _digest: log[0])
    groups: dict[int, set[int]] = {}
    for root, event in ledger.rows("SELECT root, event FROM asked"):
        groups.setdefault(root, set()).add(event - 1)

    assert sorted(map(sorted, groups.values())) == [[0, 4, 5], [1, 6], [2, 7, 8]]


def test_names_that_are_no_text_are_listed_and_read(tmp_path: Path) -> None:
    (tmp_path / "2026-03").mkdir()
    for name in ("b\udcff.json", "a.json"):
        (tmp_path / "2026-03" / name).write_bytes(b"")

    assert sorted(one.name for one in verify(FolderStore(tmp_path), now=NOW).findings) == ["2026-03/a.json", "2026-03/b\udcff.json"]


def test_where_there_is_no_room_for_the_tables_the_hint_says_where_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.store.ledger._SCHEMA", f"PRAGMA max_page_count = 18; {SCHEMA}")

    with pytest.raises(StoreFailed, match="finds no room: database or disk is full") as told:
        verify(FolderStore(sample_events_dir()), now=NOW)
    assert "TMPDIR" in told.value.hint
