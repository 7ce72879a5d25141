"""The folder of events: written whole or not at all, never touched again, safe with many writers."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import NoInput, Refused, StoreFailed
from briefing.store.append import publish
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.given import NOON, history, meeting_held
from tests.store.calls import Calls
from tests.store.contract import DATA, LOG, NAME, StoreContract, name_and_bytes


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    (tmp_path / "events").mkdir()
    return FolderStore(tmp_path / "events")


class TestFolder(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> FolderStore:
        (tmp_path / "events").mkdir()
        return FolderStore(tmp_path / "events")


def test_a_file_stands_in_the_folder_of_its_month_read_only_and_alone(store: FolderStore) -> None:
    store.put(NAME, DATA)

    assert [file.relative_to(store.root).as_posix() for file in store.root.rglob("*")] == ["2026-03", NAME]
    assert stat.S_IMODE((store.root / NAME).stat().st_mode) & 0o222 == 0


def test_events_of_two_months_stand_in_two_folders(store: FolderStore) -> None:
    publish(store, [one.event for one in history(meeting_held("m1"))])
    publish(store, [one.event for one in history(meeting_held("m1"), at=NOON.replace(month=4))])

    assert sorted(folder.name for folder in store.root.iterdir()) == ["2026-03", "2026-04"]
    assert len(load(store).recorded) == 2


def test_a_missing_events_folder_is_no_input_and_is_not_made(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "events")
    with pytest.raises(NoInput, match="there is no events folder"):
        list(store.names())
    with pytest.raises(NoInput):
        store.put(NAME, DATA)

    assert list(tmp_path.iterdir()) == []


def test_the_order_of_work_is_file_synced_then_linked_then_folder_then_parent(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = Calls(monkeypatch)
    store.put(NAME, DATA)

    made, synced, linked, folder, parent = (
        calls.first(what) for what in ("open .tmp-", "fsync .tmp-", "link ", "fsync 2026-03", "fsync events")
    )
    assert made < synced < linked < folder
    assert linked < parent


def test_the_folder_is_synced_again_where_the_file_stands_already(store: FolderStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(NAME, DATA)
    calls = Calls(monkeypatch)
    FolderStore(store.root).put(NAME, DATA)

    assert {"fsync 2026-03", "fsync events"} <= set(calls.made)
    assert not any(one.startswith(("write", "link")) for one in calls.made)


@pytest.mark.parametrize("number", [errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS, errno.EXDEV])
def test_where_links_fail_the_file_is_renamed_after_a_look(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(os, "link", failing(number))
    store.put(NAME, DATA)
    store.put(NAME, DATA)

    assert list(store.names()) == [NAME]
    assert store.read(NAME) == DATA
    with pytest.raises(Refused):
        store.put(NAME, DATA + b" ")


@pytest.mark.parametrize("number", [errno.ENOTSUP, errno.EINVAL, errno.ENOENT, errno.ENOTTY])
def test_a_share_that_cannot_sync_folders_still_takes_events(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    sync = os.fsync

    def fsync(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    store.put(NAME, DATA)

    assert store.read(NAME) == DATA


@pytest.mark.parametrize(("number", "hint"), [(errno.ENOSPC, "disk is full"), (errno.EDQUOT, "quota"), (errno.EROFS, "read-only")])
def test_a_failure_says_what_to_do(store: FolderStore, monkeypatch: pytest.MonkeyPatch, number: int, hint: str) -> None:
    monkeypatch.setattr(os, "write", failing(number))
    with pytest.raises(StoreFailed) as failure:
        store.put(NAME, DATA)

    assert hint in failure.value.hint
    assert NAME in failure.value.message
    assert list(store.names()) == []


def test_a_folder_in_the_place_of_an_event_cannot_be_read(store: FolderStore) -> None:
    (store.root / NAME).mkdir(parents=True)

    with pytest.raises(StoreFailed):
        store.read(NAME)


def test_a_link_to_elsewhere_is_not_followed(store: FolderStore, tmp_path: Path) -> None:
    (tmp_path / "outside.json").write_bytes(DATA)
    (store.root / "2026-03").mkdir()
    (store.root / NAME).symlink_to(tmp_path / "outside.json")
    (store.root / "linked").symlink_to(tmp_path)

    assert sorted(store.names()) == [NAME, "linked"]
    with pytest.raises(StoreFailed):
        store.read(NAME)


def test_strays_are_named_and_what_is_being_written_is_no_finding_of_the_log(store: FolderStore) -> None:
    store.put(NAME, DATA)
    writing = "2026-03/.tmp-1-abc"
    strays = ["2026-03/desktop.ini", NAME.replace(".json", " (1).json"), "README.txt", "2026-03/deeper"]
    for name in (*strays[:3], writing):
        (store.root / name).write_bytes(b"x")
    (store.root / strays[3]).mkdir()

    assert sorted(store.names()) == sorted([NAME, writing, *strays])
    assert sorted(one.name for one in load(store).findings) == sorted(strays)


# ── many at once ──────────────────────────────────────────────────────────────────────────────


def in_child(work: Callable[[], object]) -> int:
    """Run work in a process of its own and return its id; it ends 0 where the work succeeds."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def exit_code(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def still_runs(child: int) -> bool:
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


def test_eight_writers_at_once_lose_nothing_and_no_reader_sees_half_an_event(store: FolderStore) -> None:
    logs = [history(*(meeting_held(f"m{n}") for n in range(25)), writer=f"writer {w}") for w in range(8)]
    shared = history(*(meeting_held(f"shared{n}") for n in range(10)))

    children = [in_child(lambda log=log: publish(store, [one.event for one in (*shared, *log)])) for log in logs]  # type: ignore[misc]
    while any(still_runs(child) for child in children):
        assert {one.kind for one in load(store).findings} <= {"missing parent"}

    assert [exit_code(child) for child in children] == [0] * 8
    log = load(store)
    assert log.findings == ()
    assert {one.digest for one in log.recorded} == {one.digest for part in (shared, *logs) for one in part}
    assert list(store.root.rglob(".tmp-*")) == []


def test_eight_threads_that_put_one_event_never_show_half_of_it(store: FolderStore) -> None:
    data = b"x" * 200_000
    start = threading.Barrier(9)
    failed: list[object] = []

    def put() -> None:
        start.wait()
        try:
            store.put(NAME, data)
        except StoreFailed as fault:
            failed.append(fault)

    for _ in range(10):
        threads = [threading.Thread(target=put) for _ in range(8)]
        for thread in threads:
            thread.start()
        start.wait()
        while any(thread.is_alive() for thread in threads):
            if (store.root / NAME).exists():
                assert store.read(NAME) == data
        assert failed == []
        (store.root / NAME).unlink()


def failing(number: int) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_the_log_that_these_tests_write_is_whole() -> None:
    assert [name_and_bytes(one)[0] for one in LOG] == sorted(name_and_bytes(one)[0] for one in LOG)
