"""Reading ahead: who reads files in the order of their names has the next ones on their way already.

A request to a bucket takes tens of milliseconds, nearly all of it waiting; a record is read in the
order of its names, so that what is asked for next is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor

_WIDTH = 16
"""How many reads are on their way at once; each holds the bytes of one file."""
_GAP = 8
"""Names that may be passed over, such as strays, while it still counts as reading in order."""


class ReadAhead:
    """Reads by name. It is for one reader at a time."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        """Take what reads one file."""
        self._read = read
        self._pool: ThreadPoolExecutor | None = None
        self.follow(())

    def follow(self, names: Iterable[str]) -> None:
        """Take the names that there are."""
        self._order = sorted(names)
        self._place = {name: at for at, name in enumerate(self._order)}
        self._pending: dict[str, Future[bytes]] = {}
        self._last = -1

    def __call__(self, name: str) -> bytes:
        """Return the bytes of a file; raises what reading it raised."""
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
