"""What a store of event files can do; every adapter passes the same tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Store(Protocol):
    """Named bytes that are written once. Names are relative to `events/`, with `/` between the parts."""

    def names(self) -> Iterable[str]:
        """Yield the name of every file, event or stray, in no order; `NoInput` where there is no store."""

    def read(self, name: str) -> bytes:
        """Return the bytes under a name; `StoreFailed` when they cannot be read."""

    def put(self, name: str, data: bytes) -> None:
        """Put bytes under a name, durably and whole.

        The same name with the same bytes is success; with other bytes it is `Refused`.
        `StoreFailed` when nothing was put.
        """
