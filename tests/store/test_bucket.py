"""Buckets keep the contract of every store; one that writes over what is there is refused before anything is written."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from briefing.errors import NoInput, Refused, StoreFailed
from briefing.store.append import publish, put_again
from briefing.store.bucket import PROBE, BucketStore, open_bucket
from briefing.store.log import load
from tests.buckets import Fault, Proxy, new_bucket, path_of, request
from tests.given import history, meeting_held
from tests.store.contract import DATA, LOG, NAME, StoreContract


class TestBucket(StoreContract):
    """Over HTTP, on a server that honours conditional puts."""

    @pytest.fixture
    def store(self, monkeypatch: pytest.MonkeyPatch) -> BucketStore:
        return open_bucket(new_bucket(monkeypatch))


class TestBucketInMemory(StoreContract):
    """On the store that obstore has in memory."""

    @pytest.fixture
    def store(self) -> BucketStore:
        from obstore.store import MemoryStore

        return BucketStore(MemoryStore(), "memory://")


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    proxy = Proxy()
    yield proxy
    proxy.stop()


def test_an_object_lies_under_the_prefix_and_the_month(monkeypatch: pytest.MonkeyPatch) -> None:
    address = new_bucket(monkeypatch)
    open_bucket(address).put(NAME, DATA)

    assert f"desk/{NAME}" in open_bucket(address.removesuffix("/desk")).names()


def test_what_another_record_in_the_bucket_holds_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    address = new_bucket(monkeypatch)
    open_bucket(f"{address}2").put(NAME, DATA)

    assert list(open_bucket(address).names()) == []
    assert list(open_bucket(f"{address}2").names()) == [NAME]


def test_a_server_that_ignores_the_condition_is_refused_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, proxy: Proxy
) -> None:
    proxy.drop_condition = True
    address = new_bucket(monkeypatch, endpoint=proxy.start())
    for _ in range(2):  # with and without the object of an earlier probe
        with pytest.raises(Refused, match="ignores the condition of a put"):
            publish(open_bucket(address), [one.event for one in LOG])

    assert list(open_bucket(address).names()) == []
    assert open_bucket(address).read(PROBE)


@pytest.mark.parametrize("code", ["409", "412"])
def test_a_conflict_over_nothing_is_no_proof_that_the_condition_is_honoured(
    monkeypatch: pytest.MonkeyPatch, proxy: Proxy, code: str
) -> None:
    proxy.drop_condition = True
    address = new_bucket(monkeypatch, endpoint=proxy.start())
    proxy.fault = Fault(code, method="PUT")
    with pytest.raises(Refused, match="ignores the condition of a put"):
        open_bucket(address).put(NAME, DATA)

    assert len(proxy.struck) == 1
    assert list(open_bucket(address).names()) == []


def test_a_process_that_only_reads_writes_no_probe(monkeypatch: pytest.MonkeyPatch, proxy: Proxy) -> None:
    address = new_bucket(monkeypatch, endpoint=proxy.start())
    load(open_bucket(address))

    assert {one.split()[0] for one in proxy.seen} == {"GET"}


def test_a_server_that_does_not_know_conditions_is_refused(monkeypatch: pytest.MonkeyPatch, proxy: Proxy) -> None:
    address = new_bucket(monkeypatch, endpoint=proxy.start())
    proxy.fault = Fault("501", times=99)
    with pytest.raises(Refused, match="501 Not Implemented"):
        open_bucket(address).put(NAME, DATA)


def test_a_bucket_that_is_not_there_is_no_input(monkeypatch: pytest.MonkeyPatch) -> None:
    new_bucket(monkeypatch)
    store = open_bucket("s3://nowhere/desk")
    with pytest.raises(NoInput, match="no bucket for s3://nowhere/desk"):
        list(store.names())
    with pytest.raises(NoInput):
        store.put(NAME, DATA)


@pytest.mark.parametrize("code", ["400", "401", "403"])
def test_credentials_that_do_not_do_are_said_at_once(monkeypatch: pytest.MonkeyPatch, proxy: Proxy, code: str) -> None:
    store = open_bucket(new_bucket(monkeypatch, endpoint=proxy.start()))
    proxy.fault = Fault(code, times=99)
    for work in (lambda: list(store.names()), lambda: store.read(NAME), lambda: store.put(NAME, DATA), lambda: store.erase(NAME)):
        before = len(proxy.seen)
        with pytest.raises(StoreFailed, match=code):
            work()
        assert len(proxy.seen) == before + 1


def test_markers_of_folders_are_no_names_and_odd_names_are_listed_and_read(monkeypatch: pytest.MonkeyPatch) -> None:
    address = new_bucket(monkeypatch)
    open_bucket(address).put(NAME, DATA)
    for marker in ("", "2026-03/"):
        assert request("PUT", path_of(address, marker))[0] == 200
    odd = "2026-03/x (1)#é%.json"
    assert request("PUT", path_of(address, "2026-03/x%20(1)%23%C3%A9%25.json"), b"odd")[0] == 200

    store = open_bucket(address)
    assert sorted(store.names()) == sorted([NAME, odd])
    assert store.read(odd) == b"odd"
    assert [one.name for one in load(store).findings] == [odd]


def test_another_process_opens_the_same_record(monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_bucket(new_bucket(monkeypatch))
    publish(store, [one.event for one in LOG])

    assert load(pickle.loads(pickle.dumps(store))).recorded == LOG


def test_what_was_read_just_now_is_not_put_again(monkeypatch: pytest.MonkeyPatch, proxy: Proxy) -> None:
    store = open_bucket(new_bucket(monkeypatch, endpoint=proxy.start()))
    store.put(NAME, DATA)
    again = open_bucket(store.address)
    assert load(again).recorded == LOG[:1]
    proxy.seen.clear()
    put_again(again, LOG[:1])
    assert proxy.seen == []

    again.erase(NAME)
    again.put(NAME, DATA)
    assert list(open_bucket(store.address).names()) == [NAME]


def test_more_names_than_one_page_holds_are_all_listed() -> None:
    from obstore.store import MemoryStore

    store = BucketStore(MemoryStore(), "memory://")
    wanted = [f"2026-{n % 12 + 1:02}/{n:05}" for n in range(2500)]
    for name in wanted:
        store.put(name, b"x")

    assert sorted(store.names()) == sorted(wanted)


# ── many at once ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("writers", [2, 8])
def test_of_many_writers_of_one_name_one_wins_and_the_others_are_told(monkeypatch: pytest.MonkeyPatch, writers: int) -> None:
    address = new_bucket(monkeypatch)
    stores = [open_bucket(address) for _ in range(writers)]
    names = [f"2026-03/{n:02}.json" for n in range(20)]

    def put(writer: int) -> list[str]:
        won: list[str] = []
        for name in names:
            try:
                stores[writer].put(name, f"writer {writer}".encode())
                won.append(name)
            except Refused:
                pass
        return won

    with ThreadPoolExecutor(writers) as pool:
        won = list(pool.map(put, range(writers)))

    assert sorted(name for each in won for name in each) == names
    for writer, each in enumerate(won):
        assert all(open_bucket(address).read(name) == f"writer {writer}".encode() for name in each)


def test_eight_writers_at_once_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    address = new_bucket(monkeypatch)
    logs = [history(*(meeting_held(f"m{n}") for n in range(5)), writer=f"writer {w}") for w in range(8)]
    shared = history(*(meeting_held(f"shared{n}") for n in range(3)))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda log: publish(open_bucket(address), [one.event for one in (*shared, *log)]), logs))

    log = load(open_bucket(address))
    assert log.findings == ()
    assert {one.digest for one in log.recorded} == {one.digest for part in (shared, *logs) for one in part}
