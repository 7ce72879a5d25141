"""What every store of events does, whatever it is made of."""

from __future__ import annotations

import pytest

from briefing.codec import digest, encode, file_name
from briefing.errors import Refused, StoreFailed
from briefing.events import Recorded
from briefing.store.append import publish
from briefing.store.log import load
from briefing.store.port import Store
from tests.given import event_corrected, history, meeting_held

LOG = history(meeting_held("m1", on="2026-03-02"), meeting_held("m2"), event_corrected("m1", title="Steel"))


def name_and_bytes(one: Recorded) -> tuple[str, bytes]:
    return file_name(one.event, one.digest), encode(one.event)


NAME, DATA = name_and_bytes(LOG[0])


class StoreContract:
    """A test class of a store inherits this and gives the fixture `store`, empty."""

    def test_an_empty_store_has_no_names_and_folds_to_an_empty_log(self, store: Store) -> None:
        assert list(store.names()) == []
        assert load(store).recorded == ()

    def test_what_was_put_is_named_and_read(self, store: Store) -> None:
        store.put(NAME, DATA)

        assert list(store.names()) == [NAME]
        assert store.read(NAME) == DATA

    def test_putting_the_same_bytes_again_is_success_and_changes_nothing(self, store: Store) -> None:
        store.put(NAME, DATA)
        store.put(NAME, DATA)

        assert list(store.names()) == [NAME]
        assert store.read(NAME) == DATA

    def test_other_bytes_under_one_name_are_refused_and_the_first_stay(self, store: Store) -> None:
        store.put(NAME, DATA)
        for _ in ("before it is read", "after"):
            with pytest.raises(Refused, match="with other bytes"):
                store.put(NAME, DATA + b" ")

            assert store.read(NAME) == DATA
        assert list(store.names()) == [NAME]

    def test_a_name_that_was_never_put_cannot_be_read(self, store: Store) -> None:
        with pytest.raises(StoreFailed):
            store.read(NAME)

    def test_what_was_erased_is_gone_and_erasing_it_again_is_success(self, store: Store) -> None:
        store.put(NAME, DATA)
        store.erase(NAME)
        store.erase(NAME)

        assert list(store.names()) == []
        with pytest.raises(StoreFailed):
            store.read(NAME)

    @pytest.mark.parametrize("data", [b"", b"\x00\xff\r\n", b"x" * 300_000])
    def test_bytes_come_back_as_they_are(self, store: Store, data: bytes) -> None:
        store.put(NAME, data)

        assert store.read(NAME) == data

    def test_what_is_published_is_the_log_in_any_order_of_writing(self, store: Store) -> None:
        written = publish(store, [one.event for one in reversed(LOG)])

        assert [whole for _, whole in written] == [one.digest for one in reversed(LOG)]
        log = load(store)
        assert log.recorded == LOG
        assert log.findings == ()

    def test_publishing_again_adds_nothing(self, store: Store) -> None:
        publish(store, [one.event for one in LOG])
        before = sorted(store.names())
        publish(store, [one.event for one in LOG])

        assert sorted(store.names()) == before

    def test_every_name_ends_in_the_hash_of_its_bytes(self, store: Store) -> None:
        publish(store, [one.event for one in LOG])

        assert all(name.endswith(f"-{digest(store.read(name))}.json") for name in store.names())
