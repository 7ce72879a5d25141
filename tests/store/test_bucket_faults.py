"""Each request of an append to a bucket, let fail in flight in every way: nothing is doubled, nothing lost, a retry heals."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from briefing.errors import BriefingError, StoreFailed, TryAgain
from briefing.store import bucket
from briefing.store.append import publish
from briefing.store.bucket import open_bucket
from briefing.store.log import load
from briefing.store.verify import verify
from tests.buckets import Fault, Proxy, new_bucket
from tests.given import NOON, history, meeting_held
from tests.store.contract import DATA, NAME

OLD = history(meeting_held("m1"), meeting_held("m2"))
NEW = history(meeting_held("m3"), meeting_held("m4"), after=OLD)
LASTING = ["409", "412", "503", "reset", "lost", "half"]
PASSING = ["429", "500", *LASTING]
SLOW = ["stall", "late"]
REQUESTS = 9
"""One more than it takes to list, read, probe and add to this record."""


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    monkeypatch.setattr(bucket, "_PAUSE", 0.01)
    proxy = Proxy()
    yield proxy
    proxy.stop()


def record(monkeypatch: pytest.MonkeyPatch, proxy: Proxy) -> str:
    """Make a bucket that holds the old events, and nothing befalls."""
    address = new_bucket(monkeypatch, endpoint=proxy.start())
    proxy.fault = None
    publish(open_bucket(address), [one.event for one in OLD])
    proxy.seen.clear()
    proxy.struck.clear()
    return address


def append(address: str) -> str:
    """Read the record and add the new events; return what whoever did so was told."""
    store = open_bucket(address)
    try:
        assert load(store).recorded[: len(OLD)] == OLD
        publish(store, [one.event for one in NEW])
    except (StoreFailed, TryAgain) as fault:
        return type(fault).__name__
    return "success"


@pytest.mark.parametrize("what", PASSING + SLOW)
def test_whatever_befalls_one_request_it_is_tried_again_and_the_record_is_whole(
    monkeypatch: pytest.MonkeyPatch, proxy: Proxy, what: str
) -> None:
    if what in SLOW:
        monkeypatch.setenv("AWS_TIMEOUT", "500ms")
    struck: list[bool] = []
    for at in range(REQUESTS):
        address = record(monkeypatch, proxy)
        proxy.fault = Fault(what, at)
        said = append(address)
        struck.append(bool(proxy.struck))
        proxy.fault = None

        assert said == "success"
        assert load(open_bucket(address)).recorded == (*OLD, *NEW)
        assert append(address) == "success"
        assert load(open_bucket(address)).recorded == (*OLD, *NEW)
        assert verify(open_bucket(address), now=NOON).findings == ()
    assert all(struck[:-1])
    assert not struck[-1] or what in SLOW, "a machine that is slow asks once more"


@pytest.mark.parametrize("method", ["PUT", "GET"])
@pytest.mark.parametrize("what", LASTING)
def test_what_goes_on_failing_is_reported_within_bounds_and_a_retry_heals(
    monkeypatch: pytest.MonkeyPatch, proxy: Proxy, what: str, method: str
) -> None:
    monkeypatch.setattr(bucket, "_RETRIES", 0)
    for at in range(4):
        address = record(monkeypatch, proxy)
        proxy.fault = Fault(what, at, times=10_000, method=method)
        said = append(address)
        assert said == "TryAgain" or not proxy.struck or (what, method) == ("half", "PUT")
        assert len(proxy.seen) < 80
        proxy.fault = None

        assert load(open_bucket(address)).recorded[: len(OLD)] == OLD
        assert append(address) == "success"
        assert load(open_bucket(address)).recorded == (*OLD, *NEW)
        assert verify(open_bucket(address), now=NOON).findings == ()


def test_a_put_whose_answer_was_lost_has_happened_and_is_found(monkeypatch: pytest.MonkeyPatch, proxy: Proxy) -> None:
    """The control: without the second look, the same put is told that the name is taken."""
    import obstore
    from obstore.exceptions import AlreadyExistsError, GenericError
    from obstore.store import from_url

    address = record(monkeypatch, proxy)
    bare = from_url(address)
    proxy.fault = Fault("lost", method="PUT")
    with pytest.raises(GenericError):
        obstore.put(bare, "2026-03/bare.json", DATA, mode="create")
    with pytest.raises(AlreadyExistsError):
        obstore.put(bare, "2026-03/bare.json", DATA, mode="create")

    store = open_bucket(address)
    store.prove()
    proxy.seen.clear()
    store.put(NAME, DATA)
    assert [one.split()[0] for one in proxy.seen] == ["PUT", "PUT", "GET"]


@pytest.mark.parametrize("code", ["404", "403"])
def test_a_listing_that_breaks_off_on_its_second_page_is_no_listing(
    monkeypatch: pytest.MonkeyPatch, proxy: Proxy, code: str
) -> None:
    address = record(monkeypatch, proxy)
    proxy.page_size = 1
    assert len(list(open_bucket(address).names())) == len(OLD)
    proxy.seen.clear()
    proxy.fault = Fault(code, 1, times=10_000)
    with pytest.raises(BriefingError):
        list(open_bucket(address).names())
    proxy.fault = Fault("half", 1)
    proxy.seen.clear()
    assert len(list(open_bucket(address).names())) == len(OLD)


def test_a_listing_that_ends_before_its_end_is_gone_on_with(monkeypatch: pytest.MonkeyPatch, proxy: Proxy) -> None:
    """The control: the bare library takes the first page for the whole."""
    from obstore.store import from_url

    address = record(monkeypatch, proxy)
    proxy.page_size, proxy.drop_token = 1, True

    assert sum(len(page) for page in from_url(address).list()) == 1
    assert load(open_bucket(address)).recorded == OLD


def test_verify_stops_where_the_bucket_does_not_answer_and_finds_no_fault_with_the_record(
    monkeypatch: pytest.MonkeyPatch, proxy: Proxy
) -> None:
    address = record(monkeypatch, proxy)
    monkeypatch.setattr(bucket, "_RETRIES", 0)
    proxy.fault = Fault("503", 2, times=10_000)
    with pytest.raises(TryAgain, match="cannot read"):
        verify(open_bucket(address), now=NOON)
