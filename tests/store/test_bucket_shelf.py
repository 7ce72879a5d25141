"""A bucket is listed from many places at once: nothing is missed, each thousand names is one request, a listing may be believed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from obstore.store import MemoryStore

from briefing.cli.crew import crew
from briefing.cli.workspace import Workspace
from briefing.events import MeetingHeld, Recorded
from briefing.store import bucket
from briefing.store.append import publish
from briefing.store.bucket import BucketStore, open_bucket
from briefing.store.index import Index
from briefing.store.log import load
from briefing.store.memory import MemoryStore as PlainStore
from briefing.store.verify import verify
from tests.buckets import Proxy, new_bucket
from tests.given import NOON, history, meeting_held, topic_described

YEAR = timedelta(days=365)
NOW = NOON + timedelta(minutes=10)


class Counted:
    """What is in memory, behind requests that are counted."""

    def __init__(self) -> None:
        self.objects = MemoryStore()
        self.listings = 0

    def list(self, *arguments: Any, **named: Any) -> Any:
        self.listings += 1
        return self.objects.list(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.objects, name)


def bucket_of(objects: Any) -> BucketStore:
    return BucketStore(objects, "memory://desk")


def put(objects: Any, *events: Recorded) -> None:
    store = PlainStore()
    publish(store, [one.event for one in events])
    for name in store.names():
        objects.put(name, store.read(name))


def meetings(objects: Any, cache: Path, *, now: datetime = NOW, minutes: int = 0) -> list[str]:
    """Return the meetings in a bucket as its index has them, and heads that are missing."""
    index = Index.open(bucket_of(objects), cache, now=now, believed=timedelta(minutes=minutes))
    assert index is not None
    log = index.part(lambda whole: whole.of_types([MeetingHeld]))
    index.close()
    assert log is not None
    return [one.event.id for one in log.recorded] + [one.kind for one in log.findings]  # type: ignore[attr-defined]


# ── from many places at once ──────────────────────────────────────────────────────────────────

NAMES = st.sets(st.sampled_from([f"2026-0{m}/{n:02}.json" for m in (1, 2, 3) for n in range(12)] + ["2026-02", "a", "2025-12x"]))


@settings(max_examples=60, deadline=None)
@given(before=NAMES, after=NAMES, data=st.data())
def test_names_that_are_listed_in_ranges_are_all_names_whatever_has_come_and_gone(
    tmp_path_factory: pytest.TempPathFactory, before: set[str], after: set[str], data: st.DataObject
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bucket, "_PAGE", data.draw(st.integers(1, 5)))
        objects = MemoryStore()
        for name in before:
            objects.put(name, b"x")
        store = bucket_of(objects)
        bounds = sorted(data.draw(st.sets(st.sampled_from(sorted(before or {"a"})))))
        for name in before - after:
            objects.delete(name)
        for name in after - before:
            objects.put(name, b"x")
        ends = ["", *bounds, ""]
        found = [one.name for after_, until in pairwise(ends) for one in store.listed(after=after_, until=until)]

        assert found == sorted(after)
        assert found == [one.name for one in store.listed()]


def test_as_many_requests_as_there_are_pages_of_names_and_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket, "_PAGE", 5)
    objects = Counted()
    put(objects, *history(*(meeting_held(f"m{n}") for n in range(23))))
    meetings(objects, tmp_path)
    for _ in range(2):
        objects.listings = 0

        assert len(meetings(objects, tmp_path)) == 23
        assert objects.listings == 4 + 2


def test_a_small_record_of_many_months_is_one_page_of_names_after_its_first_index(tmp_path: Path) -> None:
    objects = Counted()
    for n in range(9):
        put(objects, *history(meeting_held(f"m{n}"), at=NOON - timedelta(days=40 * n)))
    meetings(objects, tmp_path)
    assert objects.listings == 9 + 2, "each month once"
    objects.listings = 0

    assert len(meetings(objects, tmp_path)) == 9
    assert objects.listings == 2, "one page, and what comes after it"


def test_an_object_that_was_put_anew_is_read_anew_though_its_name_and_size_are_as_they_were_and_nobody_asks_for_it(
    tmp_path: Path,
) -> None:
    objects = MemoryStore()
    put(objects, *history(meeting_held("m1"), topic_described("steel", "Steel")))

    assert meetings(objects, tmp_path) == ["m1"]

    (name,) = (one for one in bucket_of(objects).names() if "-topic-described-" in one)
    objects.put(name, bytes(objects.get(name).bytes()).replace(b"Steel", b"Stone"))

    assert meetings(objects, tmp_path) == ["m1", "altered"]


@pytest.mark.parametrize("room", [0, 1, 3, 20_000])
def test_however_many_names_are_kept_all_are_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    monkeypatch.setattr("briefing.store.bucket_shelf._HELD", room)
    objects = MemoryStore()
    for n in range(4):
        put(objects, *history(*(meeting_held(f"m{n}{m}") for m in range(2)), at=NOON - timedelta(days=40 * n)))

    assert len(meetings(objects, tmp_path)) == 8

    put(objects, *history(meeting_held("late"), at=NOON - timedelta(days=41)))

    assert "late" in meetings(objects, tmp_path)
    assert len(meetings(objects, tmp_path)) == 9


def test_two_buckets_have_two_indexes(tmp_path: Path) -> None:
    for address in ("s3://one/desk", "s3://one/desk/", "s3://two/desk"):
        Index.open(BucketStore(MemoryStore(), address), tmp_path, now=NOW)

    assert len(list(tmp_path.glob("index-*"))) == 2


# ── a listing that is believed ────────────────────────────────────────────────────────────────


@pytest.fixture
def objects(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Return a bucket with events of four months."""
    monkeypatch.setattr(bucket, "_PAGE", 2)
    objects = Counted()
    for n in range(4):
        put(objects, *history(meeting_held(f"m{n}a"), meeting_held(f"m{n}b"), at=NOON - timedelta(days=40 * n)))
    return objects


OLD = history(meeting_held("old"), at=NOON - YEAR)


def test_what_is_new_is_seen_at_once_and_what_is_old_when_the_listing_is_believed_no_more(tmp_path: Path, objects: Counted) -> None:
    meetings(objects, tmp_path, minutes=60)
    put(objects, *OLD, *history(meeting_held("new"), at=NOON + timedelta(minutes=1)))
    soon, later = NOW + timedelta(minutes=59), NOW + timedelta(minutes=61)

    assert {"new", "old"} & set(meetings(objects, tmp_path, now=soon, minutes=60)) == {"new"}
    assert "old" in meetings(objects, tmp_path, now=later, minutes=60)


def test_without_belief_and_before_the_listing_by_this_clock_all_is_listed(tmp_path: Path, objects: Counted) -> None:
    meetings(objects, tmp_path, minutes=60)
    put(objects, *OLD)

    assert "old" in meetings(objects, tmp_path, now=NOW - timedelta(hours=1), minutes=60)
    assert "old" in meetings(objects, tmp_path)


def test_an_old_event_that_a_new_one_names_as_its_parent_is_looked_for_at_once(tmp_path: Path, objects: Counted) -> None:
    meetings(objects, tmp_path, minutes=60)
    put(objects, *OLD, *history(meeting_held("new"), after=OLD, at=NOON + timedelta(minutes=1)))

    assert set(meetings(objects, tmp_path, minutes=60)) >= {"old", "new"}


def test_a_listing_that_is_believed_saves_the_older_pages(tmp_path: Path, objects: Counted) -> None:
    asked = []
    meetings(objects, tmp_path)
    for minutes in (60, 60, 60, 0):
        objects.listings = 0
        assert len(meetings(objects, tmp_path, minutes=minutes)) == 8
        asked.append(objects.listings)

    assert asked == [5, 3, 3, 5]


# ── other processes ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    proxy = Proxy()
    yield proxy
    proxy.stop()


@pytest.mark.slow
def test_processes_that_read_a_bucket_which_was_listed_here_come_to_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxy: Proxy
) -> None:
    """A client of buckets that is forked stands still for ever."""
    monkeypatch.setattr("briefing.cli.crew.MANY", 1)
    monkeypatch.setattr("briefing.store.refresh._PORTION", 3)
    monkeypatch.setattr("briefing.store.verify._PORTION", 3)
    monkeypatch.setenv("BRIEFING_WORKERS", "2")
    store = open_bucket(new_bucket(monkeypatch, endpoint=proxy.start()))
    log = history(*(meeting_held(f"m{n}") for n in range(8)))
    publish(store, [one.event for one in log])
    processes = crew(Workspace(root=tmp_path, settings={}), store)
    index = Index.open(open_bucket(store.address), tmp_path / "spread", now=NOW, crew=processes)
    alone = Index.open(open_bucket(store.address), tmp_path / "alone", now=NOW)

    assert index
    assert alone
    (ours,), (theirs,) = (list((tmp_path / name).iterdir()) for name in ("spread", "alone"))
    assert ours.read_bytes() == theirs.read_bytes()
    assert verify(store, now=NOW, crew=processes) == verify(store, now=NOW)
    assert load(store).recorded == log
