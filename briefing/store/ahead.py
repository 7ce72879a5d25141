"""Reading over a network: the next files in the order of names are on their way already, the last ones are kept.

A request to a bucket takes tens of milliseconds, nearly all of it waiting. A record is read in the
order of its names, so that what is asked for next is known; and some of it is read twice, as `verify` does
with events that others are about. Files of a record never change, so that one may be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, runtime_checkable


@runtime_checkable
class Follows(Protocol):
    """A store that reads ahead in the order of names which it was told."""

    def follow(self, names: Iterable[str]) -> None:
        """Take the names that are read next, in any order."""


_WIDTH = 16
"""How many reads are on their way at once; each holds the bytes of one file."""
_GAP = 8
"""Names that may be passed over, such as strays, while it still counts as reading in order."""
_KEPT = 16_000_000
"""Bytes of files that are kept at most; beyond, those read first are read again."""


class ReadAhead:
    """Reads by name. It is for one reader at a time."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        """Take what reads one file."""
        self._read = read
        self._pool: ThreadPoolExecutor | None = None
        self._kept: dict[str, bytes] = {}
        self._size = 0
        self.follow(())

    def follow(self, names: Iterable[str]) -> None:
        """Take the names that are read next; those whose bytes are kept need not come again."""
        self._order = sorted(name for name in names if name not in self._kept)
        self._place = {name: at for at, name in enumerate(self._order)}
        self._pending: dict[str, Future[bytes]] = {}
        self._last = -1

    def kept(self, name: str) -> bytes | None:
        """Return the bytes of a file that was read lately; None where they are not kept."""
        return self._kept.get(name)

    def forget(self, name: str) -> None:
        """Keep nothing of a file that is removed."""
        self._size -= len(self._kept.pop(name, b""))
        self._pending.pop(name, None)

    def __call__(self, name: str) -> bytes:
        """Return the bytes of a file; raises what reading it raised."""
        data = self._kept.get(name)
        if data is None:
            data = self._fetch(name)
            self._keep(name, data)
        return data

    def _fetch(self, name: str) -> bytes:
        at = self._place.get(name, -1)
        if 0 < at - self._last <= _GAP:
            self._send(at)
        else:
            self._pending.clear()
        self._last = at if at >= 0 else len(self._order)
        coming = self._pending.pop(name, None)
        return self._read(name) if coming is None else coming.result()

    def _send(self, at: int) -> None:
        """Ask for a file and those after it; forget those before it that nobody wanted."""
        window = self._order[at : at + _WIDTH]
        for passed in self._pending.keys() - set(window):
            del self._pending[passed]
        if self._pool is None:
            self._pool = ThreadPoolExecutor(_WIDTH, thread_name_prefix="read-ahead")
        for name in window:
            if name not in self._pending:
                self._pending[name] = self._pool.submit(self._read, name)

    def _keep(self, name: str, data: bytes) -> None:
        self._kept[name] = data
        self._size += len(data)
        while self._size > _KEPT:
            oldest = next(iter(self._kept))
            self._size -= len(self._kept.pop(oldest))
