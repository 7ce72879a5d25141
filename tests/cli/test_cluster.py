"""Work that a Dask cluster does is the work that one process does; a worker that is killed takes nothing with it."""

from __future__ import annotations

import importlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest

from briefing import executors
from briefing.cli.main import call
from briefing.errors import Refused, WorkersLost
from briefing.executors import cluster as open_cluster
from briefing.spread import spread
from briefing.store import refresh
from briefing.store import verify as verifying
from tests.buckets import Proxy, empty_bucket, environment, path_of, request
from tests.cli.workspaces import COMMERCE, TREASURY, make_workspace, sha256
from tests.slowly import NotIn, deadly, held

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.slow]  # what Dask warns of is not ours


@pytest.fixture(scope="module")
def far() -> Iterator[Proxy]:
    """Return what stands before the server of buckets, for this process and for the workers."""
    proxy = Proxy()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment(proxy.start()).items():
            patch.setenv(name, value)
        yield proxy
    proxy.stop()


@pytest.fixture(scope="module")
def local(far: Proxy) -> Iterator[Any]:
    """Return a cluster of two workers, processes of this machine, in whose environment a server of buckets is."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace in which an event that others name is missing and a stray lies, so that verify has something to say."""
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr(verifying, "_PORTION", 8)
    monkeypatch.setattr(refresh, "_PORTION", 8)
    folder = make_workspace(tmp_path / "workspace")
    monkeypatch.chdir(folder)
    for draft in (TREASURY, COMMERCE):
        (folder / "draft.yaml").write_text(draft, encoding="utf-8")
        assert call(["append", "draft.yaml", "--new"]) == 0
    (folder / "events" / "stray.json").write_text("{}", encoding="utf-8")
    min((folder / "events").rglob("*-topic-described-*.json")).unlink()
    for month in (folder / "events").iterdir():
        os.utime(month, (1_700_000_000, 1_700_000_000))
    return folder


def said(capsys: pytest.CaptureFixture[str], *command: str) -> tuple[int, str]:
    capsys.readouterr()
    code, told = call(list(command)), capsys.readouterr()
    assert code != 70, told.err
    return code, told.out


def test_verify_says_of_each_file_what_one_process_says(local: Any, record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    alone = said(capsys, "verify")

    assert alone[0] == 1
    assert "missing parent" in alone[1] or "stray" in alone[1]
    assert said(capsys, "--cluster", local.scheduler_address, "verify") == alone


def test_an_index_is_the_one_that_one_process_makes(
    local: Any, record: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = ["agency", "treasury", "--incomplete", "-f", "md", "-o", os.devnull]
    indexes = []
    for name, before in (("alone", []), ("spread", ["--cluster", local.scheduler_address])):
        monkeypatch.setenv("BRIEFING_CACHE_DIR", str(tmp_path / name))
        assert call([*before, *page]) == 0
        (index,) = (tmp_path / name).glob("index-*.sqlite")
        indexes.append(index.read_bytes())

    assert indexes[0] == indexes[1]


def test_papers_are_byte_for_byte_those_of_one_process(local: Any, record: Path) -> None:
    made = ["agency", "--all", "--incomplete", "-f", "docx"]
    assert call([*made, "-o", "alone/"]) == 0
    assert call(["--cluster", local.scheduler_address, *made, "-o", "spread/"]) == 0
    alone, spread = ({path.name: sha256(path.read_bytes()) for path in Path(name).iterdir()} for name in ("alone", "spread"))

    assert len(alone) > 2
    assert spread == alone


def test_a_worker_that_is_killed_loses_nothing(local: Any, tmp_path: Path) -> None:
    victims: list[int] = []

    def kill_one_at_work() -> None:
        while len(at_work := [int(one.name) for one in tmp_path.iterdir()]) < 2:
            sleep(0.01)
        os.kill(at_work[0], signal.SIGKILL)
        victims.append(at_work[0])
        (tmp_path / "go").touch()

    with open_cluster(local.scheduler_address) as executor:
        killer = Thread(target=kill_one_at_work)
        killer.start()
        results = list(spread(partial(held, tmp_path), range(12), executor))
        killer.join()

    assert [number for number, _ in results] == list(range(12))
    assert victims[0] not in {process for _, process in results}


def test_an_answer_that_came_counts_though_its_worker_is_lost_then(local: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import Client

    gather = Client._gather

    async def losing(client: Any, futures: Any, *how: Any, **named: Any) -> Any:
        answers = await gather(client, futures, *how, **named)
        for one in futures:
            one._state.lose()
        return answers

    (tmp_path / "go").touch()
    with open_cluster(local.scheduler_address) as executor:
        monkeypatch.setattr(Client, "_gather", losing)
        with Client(local.scheduler_address, set_as_default=False) as client, pytest.raises((TypeError, ValueError), match="unpack"):
            client.get_executor(pure=False).submit(held, tmp_path, 1).result()

        assert [number for number, _ in spread(partial(held, tmp_path), range(3), executor)] == [0, 1, 2]


def test_work_that_ends_every_worker_it_is_given_to_is_reported(local: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local.scheduler, "allowed_failures", 1)
    with open_cluster(local.scheduler_address) as executor, pytest.raises(WorkersLost, match=r"2 workers of .* were lost to one piece"):
        list(spread(deadly, [1], executor))


@pytest.fixture
def small() -> Iterator[Any]:
    """Return a cluster that a test may end: one worker, a thread of this process."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp://", dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


@pytest.mark.parametrize(("lost", "told"), [("scheduler", "the scheduler at .* was lost"), ("workers", "no worker of .* is left")])
def test_a_cluster_that_is_gone_is_not_waited_for(
    small: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str, told: str
) -> None:
    log = logging.getLogger("distributed.client")
    log.setLevel(logging.WARNING)  # as Dask has it, which prints tracebacks then
    worker = next(iter(small.workers.values()))
    with open_cluster(small.scheduler_address) as executor:
        sent = executor.submit(held, tmp_path, 1)
        while not list(tmp_path.iterdir()):
            sleep(0.01)
        monkeypatch.setattr(executors, "_PATIENCE", 0.2)
        small.sync(small.scheduler.close if lost == "scheduler" else partial(worker.close, executor_wait=False))
        small.shutdown_scheduler = lost != "scheduler"  # else the end of the test would look for it
        try:
            with pytest.raises(WorkersLost, match=told):
                sent.result()
        finally:
            (tmp_path / "go").touch()

    assert not log.isEnabledFor(logging.ERROR)


def test_a_worker_that_is_lost_before_it_can_answer_is_not_held_against_the_cluster() -> None:
    from distributed.comm.core import CommClosedError

    class Client:
        def run(self, *_: object, **_named: object) -> dict[str, object]:
            return {"tcp://a:1": CommClosedError("gone"), "tcp://b:1": "as here", "tcp://c:1": OSError("not to be read")}

    assert list(executors._asked(Client(), bool)) == ["tcp://b:1", "tcp://c:1"]


# ── a record in a bucket ──────────────────────────────────────────────────────────────────────


@pytest.fixture
def desk(record: Path) -> str:
    """Return the address of a record in a bucket, which holds what the folder holds."""
    address = empty_bucket()
    for path in (record / "events").rglob("*.json"):
        request("PUT", path_of(address, path.relative_to(record / "events").as_posix()), path.read_bytes())
    return address


def made(desk: str, folder: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch, *before: str) -> list[object]:
    """Return what verify says, the index, and the papers of a set, all made in a folder."""
    patch.setenv("BRIEFING_CACHE_DIR", str(folder / "cache"))
    verified = said(capsys, *before, "--store", desk, "verify")
    assert call([*before, "--store", desk, "agency", "treasury", "commerce", "--incomplete", "-f", "docx", "-o", f"{folder}/papers/"]) == 0
    assert call([*before, "--store", desk, "agency", "treasury", "--incomplete", "-f", "md", "-o", os.devnull]) == 0
    (index,) = (folder / "cache").glob("index-*.sqlite")
    return [verified, index.read_bytes(), *((path.name, path.read_bytes()) for path in sorted((folder / "papers").iterdir()))]


def test_a_bucket_is_verified_indexed_and_put_on_paper_as_by_one_process(
    local: Any, desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = made(desk, tmp_path / "alone", capsys, monkeypatch)

    assert "missing parent" in str(alone[0]) or "stray" in str(alone[0])
    assert len(alone) == 4
    assert made(desk, tmp_path / "spread", capsys, monkeypatch, "--cluster", local.scheduler_address) == alone


def test_a_worker_that_is_killed_while_it_reads_a_bucket_loses_nothing(
    local: Any, far: Proxy, desk: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = said(capsys, "--store", desk, "verify")
    monkeypatch.setattr(verifying, "_PORTION", 1)
    (tmp_path / "go").touch()
    with open_cluster(local.scheduler_address) as executor:
        [(_, victim)] = spread(partial(held, tmp_path), [1], executor)
    killed: list[int] = []

    def kill(number: int) -> None:
        if number == 12:  # the listing is done, and few of the objects are read
            os.kill(victim, signal.SIGKILL)
            killed.append(victim)

    far.seen.clear()
    monkeypatch.setattr(far, "before", kill)

    assert said(capsys, "--cluster", local.scheduler_address, "--store", desk, "verify") == alone
    assert killed == [victim]
    assert len(far.seen) > 40, "most of it was read after that"


# ── what is refused ───────────────────────────────────────────────────────────────────────────


def test_workers_that_do_not_see_what_is_seen_here_are_refused(local: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Refused, match="do not see the record"), open_cluster(local.scheduler_address, os.getpid):
        pass


def test_work_that_a_worker_cannot_load_is_refused_and_not_waited_for(local: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "only_here.py").write_text("def work(number):\n    return number\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    work = importlib.import_module("only_here").work
    with open_cluster(local.scheduler_address) as executor:
        with pytest.raises(Refused, match=r"cannot load only_here\.work: ModuleNotFoundError: No module named 'only_here'"):
            list(spread(partial(work), [1], executor))

        (tmp_path / "go").touch()
        assert [number for number, _ in spread(partial(held, tmp_path), [1], executor)] == [1]


def test_work_that_the_scheduler_cannot_load_is_refused(local: Any, tmp_path: Path) -> None:
    """It goes through the scheduler's hands: here that is this process."""
    told = r"the scheduler of .* cannot load tests\.slowly\.held: ModuleNotFoundError"
    with open_cluster(local.scheduler_address) as executor, pytest.raises(Refused, match=told):
        list(spread(partial(held, NotIn(os.getpid())), [1], executor))  # type: ignore[arg-type]


def test_a_scheduler_that_does_not_answer_is_an_error_to_try_again(
    record: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("briefing.executors._PATIENCE", 0.5)

    assert call(["--cluster", "tcp://127.0.0.1:9", "verify"]) == 75
    assert "no scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err


def test_what_takes_a_call_and_says_nothing_is_no_scheduler(
    record: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A server of another kind does so; the client itself would wait for ever."""
    monkeypatch.setattr("briefing.executors._PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        assert call(["--cluster", f"tcp://127.0.0.1:{mute.getsockname()[1]}", "verify"]) == 75
    assert "no scheduler answers" in capsys.readouterr().err


def test_without_the_library_the_line_that_installs_it_is_told(
    record: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    assert call(["--cluster", "tcp://127.0.0.1:9", "verify"]) == 69
    assert "pip install 'briefing-notes[cluster]'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9", "tcp://127.0.0.1", "tcp://127.0.0.1:port", "tcp://", "127.0.0.1:9", "tcp://[::1", "tcp://a:b:9", "tcp://a:9/b"],
)
def test_an_address_of_another_kind_is_a_matter_of_usage(record: Path, capsys: pytest.CaptureFixture[str], address: str) -> None:
    assert call(["--cluster", address, "verify"]) == 2
    assert f"“{address}” is no address of a scheduler" in capsys.readouterr().err


def test_the_address_of_a_worker_is_not_that_of_the_scheduler(local: Any, record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["--cluster", next(iter(local.scheduler_info["workers"])), "verify"]) == 2
    assert "there is a worker and no scheduler" in capsys.readouterr().err


@pytest.mark.parametrize(("named", "told"), [(False, "none are named"), (True, "cannot be used")])
def test_a_secured_address_without_certificates_is_a_matter_of_usage(
    record: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, named: bool, told: str
) -> None:
    from dask import config

    there = {"distributed.comm.tls.ca-file": str(tmp_path / "nowhere.pem"), "distributed.comm.tls.client.cert": str(tmp_path / "nowhere.pem")}
    with config.set(there if named else {}):
        assert call(["--cluster", "tls://127.0.0.1:9", "verify"]) == 2
    assert told in capsys.readouterr().err
