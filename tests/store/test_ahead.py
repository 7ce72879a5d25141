"""Reading ahead changes when a file is read, never what is read."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.errors import StoreFailed
from briefing.store import ahead
from briefing.store.ahead import ReadAhead

NAMES = [f"{n:03}" for n in range(60)]


class Files:
    """Files whose bytes are their names; remembers how often each was read, and how many at once."""

    def __init__(self, *, missing: str = "") -> None:
        self.read: Counter[str] = Counter()
        self.missing = missing
        self.at_once = self.most = 0
        self.lock = threading.Lock()
        self.all_here: threading.Event | None = None

    def __call__(self, name: str) -> bytes:
        with self.lock:
            self.read[name] += 1
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            if self.all_here is not None and self.at_once == ahead._WIDTH:
                self.all_here.set()
        if self.all_here is not None:
            self.all_here.wait(600)
        with self.lock:
            self.at_once -= 1
        if name == self.missing:
            raise StoreFailed(f"there is no {name}")
        return name.encode()


def test_files_read_in_order_are_read_many_at_once_and_each_once() -> None:
    files = Files()
    files.all_here = threading.Event()
    read = ReadAhead(files)
    read.follow(reversed(NAMES))

    assert [read(name) for name in NAMES] == [name.encode() for name in NAMES]
    assert set(files.read.values()) == {1}
    assert files.most == ahead._WIDTH


def test_a_file_that_is_read_out_of_order_brings_no_others() -> None:
    files = Files()
    read = ReadAhead(files)
    read.follow(NAMES)
    for name in ("050", "020", "040", "elsewhere"):
        assert read(name) == name.encode()

    assert files.read == {"050": 1, "020": 1, "040": 1, "elsewhere": 1}


def test_a_file_that_cannot_be_read_fails_when_it_is_asked_for_and_the_others_do_not() -> None:
    read = ReadAhead(Files(missing="005"))
    read.follow(NAMES)
    for name in NAMES:
        if name == "005":
            with pytest.raises(StoreFailed):
                read(name)
        else:
            assert read(name) == name.encode()


def test_what_is_kept_is_bounded_and_nothing_is_kept_of_a_removed_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "_KEPT", 9)
    files = Files()
    read = ReadAhead(files)
    for name in ("001", "002", "003", "004", "002"):
        read(name)
    assert files.read == {"001": 1, "002": 1, "003": 1, "004": 1}
    assert read.kept("001") is None
    read.forget("002")
    files.missing = "002"
    with pytest.raises(StoreFailed):
        read("002")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([*NAMES, "elsewhere"]), max_size=80))
def test_in_whatever_order_files_are_read_each_is_its_own(order: list[str]) -> None:
    read = ReadAhead(Files())
    read.follow(NAMES)

    assert [read(name) for name in order] == [name.encode() for name in order]
