"""Every system call of an append killed, or failed with EIO and with ENOSPC, before it is done and after.

No torn event is ever read, no older event is lost, no success is said that did not happen, a retry heals.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from briefing.errors import StoreFailed
from briefing.store.append import publish
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.given import history, meeting_held
from tests.store.calls import Calls, Fault
from tests.store.test_folder import exit_code, in_child

OLD = history(meeting_held("m1"), meeting_held("m2"))
NEW = history(meeting_held("m3", title="Steel " * 500), after=OLD)
CALLS = 20
"""More than one event takes; a test below says that none is beyond."""


def record(folder: Path, *, old: bool) -> FolderStore:
    (folder / "events").mkdir()
    store = FolderStore(folder / "events")
    if old:
        publish(store, [one.event for one in OLD])
    return FolderStore(store.root)


def outcome(store: FolderStore, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> str:
    """Append with a fault in a process of its own, which may be killed; say what it told its caller."""

    def append() -> None:
        Calls(monkeypatch, fault)
        try:
            publish(store, [one.event for one in NEW])
        except StoreFailed:
            os._exit(3)

    return {0: "success", 3: "failure", 99: "killed"}.get(exit_code(in_child(append)), "crash")


def place_of(what: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Return the number of a call in an append that nothing befalls."""
    folder.mkdir()
    store = record(folder, old=False)
    with monkeypatch.context() as patch:
        calls = Calls(patch)
        publish(store, [one.event for one in NEW])
    return calls.first(what)


@pytest.mark.parametrize("old", [True, False], ids=["after others", "first event"])
@pytest.mark.parametrize("error", [None, errno.EIO, errno.ENOSPC], ids=["killed", "EIO", "ENOSPC"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_whatever_call_fails_the_record_is_whole_and_a_retry_heals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, old: bool, error: int | None, moment: str
) -> None:
    outcomes: list[str] = []
    for at in range(CALLS):
        folder = tmp_path / f"{at}"
        folder.mkdir()
        store = record(folder, old=old)
        before = load(store).recorded
        said = outcome(store, Fault(at, moment, error), monkeypatch)
        outcomes.append(said)

        log = load(store)
        assert [one.kind for one in log.findings if one.kind == "altered"] == []
        assert log.recorded[: len(before)] == before
        assert said in ("success", "failure", "killed")
        assert said != "success" or log.recorded[len(before) :] == NEW

        publish(FolderStore(store.root), [one.event for one in NEW])
        healed = load(store)
        assert healed.recorded == (*before, *NEW)
        assert [one.kind for one in healed.findings] == ([] if old else ["missing parent"])
    assert outcomes[-1] == "success"
    assert outcomes.count("success") < CALLS - 5


@pytest.mark.parametrize("what", ["open .tmp-", "write .tmp-", "fsync .tmp-", "fsync 2026-03", "fsync events"])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_no_success_is_said_when_what_makes_it_last_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, moment: str
) -> None:
    store = record(tmp_path, old=False)
    at = place_of(what, tmp_path / "dry", monkeypatch)

    assert outcome(store, Fault(at, moment, errno.EIO), monkeypatch) == "failure"


@pytest.mark.parametrize(("moment", "said"), [("before", "failure"), ("after", "success")])
def test_a_link_that_failed_is_a_failure_and_one_whose_answer_was_lost_is_found_by_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str, said: str
) -> None:
    store = record(tmp_path, old=False)
    at = place_of("link ", tmp_path / "dry", monkeypatch)

    assert outcome(store, Fault(at, moment, errno.EIO), monkeypatch) == said
    assert len(load(store).recorded) == (said == "success")


class InPlace(FolderStore):
    """Broken on purpose: writes under the event's own name, and syncs nothing."""

    def _publish(self, target: str, data: bytes) -> None:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT, 0o444)
        os.write(descriptor, data)
        os.close(descriptor)


def test_a_store_that_writes_in_place_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found: set[str] = set()
    for at in range(6):
        (tmp_path / f"{at}").mkdir()
        store = InPlace(record(tmp_path / f"{at}", old=True).root)
        outcome(store, Fault(at, "after", None), monkeypatch)
        found |= {one.kind for one in load(store).findings}

    assert found == {"altered"}


@pytest.mark.parametrize("what", ["fsync 2026-03", "fsync events"])
def test_a_retry_syncs_what_the_failed_run_could_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    at = place_of(what, tmp_path / "dry", monkeypatch)
    store = record(tmp_path, old=False)
    assert outcome(store, Fault(at, "before", errno.EIO), monkeypatch) == "failure"

    calls = Calls(monkeypatch)
    publish(FolderStore(store.root), [one.event for one in NEW])

    assert {"fsync 2026-03", "fsync events"} <= set(calls.made)
