"""Buckets of Azure and Google keep the contract of every store, as far as stand-ins for them tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.errors import Refused
from briefing.store.append import publish
from briefing.store.bucket import BucketStore, open_bucket
from briefing.store.log import load
from tests.clouds import Cloud, cloud
from tests.store.contract import DATA, LOG, NAME, StoreContract

CONDITIONS = {"az": ("if-none-match", "*"), "gs": ("x-goog-if-generation-match", "0")}


@pytest.fixture(params=["az", "gs"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def there(scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    with cloud(scheme, tmp_path, monkeypatch) as there:
        yield there


@pytest.fixture
def store(scheme: str, there: Cloud) -> BucketStore:
    return open_bucket(f"{scheme}://records/desk")


class TestCloud(StoreContract):
    """Over HTTP, on what stands in for the service."""


def test_every_put_goes_with_its_condition(scheme: str, there: Cloud, store: BucketStore) -> None:
    publish(store, [one.event for one in LOG])
    name, value = CONDITIONS[scheme]
    puts = [{key.lower(): said for key, said in headers.items()} for method, _, headers in there.seen if method == "PUT"]

    assert len(puts) == len(LOG) + 2
    assert all(one.get(name) == value for one in puts)


def test_a_service_that_writes_over_what_is_there_is_refused(there: Cloud, store: BucketStore) -> None:
    there.ignores = True
    with pytest.raises(Refused, match="ignores the condition of a put"):
        store.put(NAME, DATA)

    assert list(store.names()) == []


@pytest.mark.parametrize("begins", [False, True])
def test_names_of_many_pages_are_all_listed_from_any_of_them(there: Cloud, store: BucketStore, begins: bool) -> None:
    there.begins = begins
    wanted = sorted(f"2026-{month:02}/{n:03}.json" for month in (1, 2, 3) for n in range(5))
    there.objects |= {f"desk/{name}": b"x" for name in wanted} | {"desk2/2026-01/other.json": b"x"}

    assert list(store.names()) == wanted
    assert store.months() == ["2026-01", "2026-02", "2026-03"]
    assert [one.name for one in store.listed(prefix="2026-02")] == wanted[5:10]
    assert [one.name for one in store.listed(after=wanted[3], until=wanted[12])] == wanted[4:13]


def test_two_writers_lose_nothing(store: BucketStore) -> None:
    publish(store, [one.event for one in LOG])
    publish(open_bucket(store.address), [one.event for one in LOG])
    with pytest.raises(Refused, match="with other bytes"):
        open_bucket(store.address).put(NAME, DATA + b" ")

    assert load(open_bucket(store.address)).recorded == LOG
