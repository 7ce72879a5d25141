"""Whatever system call of `briefing append` fails, and whenever it is killed: see fault_matrix.py.

No torn event is read, no older event is lost, no success is said that did not happen or may not last, a retry heals.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.store import append, folder
from briefing.store.folder import FolderStore
from tests.cli.workspaces import CALL, ROOT
from tests.store.fault_matrix import FAULTS, RECORDS, SEVERAL, lasts, make, matrix, warm
from tests.store.tracing import TRACED, Made, Shim, Strace, tracer

RECORD = "several events, the first of a record"


@pytest.fixture(scope="module", autouse=True)
def _warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    warm(tmp_path_factory.mktemp("warm") / "here")


@pytest.mark.slow
@pytest.mark.parametrize("record", RECORDS)
def test_whatever_call_fails_every_promise_holds(tmp_path: Path, record: str) -> None:
    seen = matrix(tmp_path, record)

    assert [f"{one.place.says} {one.fault}: {one}" for one in seen if one.broken] == []
    assert len(seen) > 60
    for fault in FAULTS:
        assert {one.code for one in seen if one.fault == fault} == ({-9} if fault == "KILL" else {0, 74})


def test_the_shim_that_stands_in_for_strace_sees_the_same(tmp_path: Path) -> None:
    seen = matrix(tmp_path, RECORD, by=Shim())

    assert [f"{one.place.says} {one.fault}: {one}" for one in seen if one.broken] == []
    assert {"write .tmp-…", "fsync .tmp-…", "link .tmp-…", "fsync MONTH", "fsync events"} <= {one.place.says for one in seen}


def test_the_command_itself_makes_these_calls(tmp_path: Path) -> None:
    """The processes above are begun from one that has imported everything; the command from nothing makes the same calls."""
    if not isinstance(tracer(), Strace):
        pytest.skip("strace is not here, or may not trace")
    workspaces = [make(tmp_path / name, "", SEVERAL) for name in ("begun", "itself")]
    _, begun = tracer().run(workspaces[0])
    log = tmp_path / "log"
    command = [sys.executable, "-c", CALL, "-C", str(workspaces[1]), "append", str(workspaces[1] / "draft.yaml"), "--new"]
    traced = ["strace", "-y", "-s", "0", "-o", str(log), "-e", f"trace={TRACED}", *command]
    subprocess.run(traced, cwd=ROOT, check=True, capture_output=True)

    itself = Strace._made(log.read_text(encoding="utf-8").splitlines(), workspaces[1] / "events")
    assert [str(one) for one in itself] == [str(one) for one in begun]


# ── stores that are broken on purpose ─────────────────────────────────────────────────────────


def in_place(self: FolderStore, target: Path, data: bytes) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT, 0o444)
    os.write(descriptor, data)
    os.fsync(descriptor)
    os.close(descriptor)


def forgiving(real: Callable[[Path], None]) -> Callable[[Path], None]:
    def sync(path: Path) -> None:
        try:
            real(path)
        except OSError:
            return

    return sync


def moving_all_aside(real: Callable[[FolderStore, str, bytes], None]) -> Callable[[FolderStore, str, bytes], None]:
    def put(self: FolderStore, name: str, data: bytes) -> None:
        older = [self.root / one for one in self.names() if one.endswith(".json")]
        for one in older:
            one.rename(one.with_suffix(".old"))
        real(self, name, data)
        for one in older:
            one.with_suffix(".old").rename(one)

    return put


def broken(tmp_path: Path, record: str = RECORD, *, faults: tuple[str, ...], calls: tuple[str, ...]) -> set[str]:
    return {what for one in matrix(tmp_path, record, faults=faults, calls=calls) for what in one.broken}


def test_a_store_that_writes_in_place_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FolderStore, "_publish", in_place)

    assert {"an event is torn", "a retry does not heal"} <= broken(tmp_path, faults=("KILL",), calls=("write",))


def test_a_store_that_does_not_mind_a_failed_sync_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "_sync_folder", forgiving(folder._sync_folder))

    assert broken(tmp_path, faults=("EIO",), calls=("fsync",)) == {"success was said, and not all is synced"}


def test_a_command_that_finds_all_on_record_and_does_not_sync_it_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(append, "put_again", lambda *_: None)

    assert broken(tmp_path, "one event behind another", faults=("EIO",), calls=("fsync",)) == {
        "a retry says success, and not all is synced"
    }


def test_a_store_that_touches_older_events_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FolderStore, "put", moving_all_aside(FolderStore.put))

    assert "an older event is lost" in broken(
        tmp_path, "one event behind another", faults=("KILL",), calls=("write",)
    )


@pytest.mark.parametrize(
    ("calls", "last"),
    [
        ("write t, fsync t, link t, fsync 2026-03", True),
        ("mkdir 2026-03, write t, fsync t, link t, fsync 2026-03, fsync events", True),
        ("mkdir 2026-03, write t, fsync t, link t, fsync 2026-03", False),
        ("write t, link t, fsync t, fsync 2026-03", False),
        ("write t, fsync t, write t, link t, fsync 2026-03", False),
        ("write t, fsync t, fsync 2026-03, link t", False),
        ("write t, fsync t, link t", False),
    ],
)
def test_what_lasts_is_what_was_synced_in_order(calls: str, last: bool) -> None:
    made = [Made(*one.split(" "), done=True) for one in calls.split(", ")]

    assert lasts(made) is last
    assert not lasts([one if one.call != "fsync" else Made(one.call, one.subject, done=False) for one in made])
