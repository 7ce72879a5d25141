"""What a store of event files can do; every adapter passes the same tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

TEMPORARY: Final = ".tmp-"
"""How the name of a file begins that is being written, or was left over by a write that was cut off."""


class Store(Protocol):
    """Named bytes that are written once. Names are relative to `events/`, with `/` between the parts."""

    def names(self) -> Iterable[str]:
        """Yield the name of every file, event or stray, in no order; `NoInput` where there is no store."""

    def read(self, name: str) -> bytes:
        """Return the bytes under a name; `StoreFailed` when they cannot be read, `TryAgain` when later they may."""

    def put(self, name: str, data: bytes) -> None:
        """Put bytes under a name, durably and whole.

        The same name with the same bytes is success; with other bytes it is `Refused`.
        `StoreFailed` or `TryAgain` when it is not certain that it was put; the same again is then in place.
        """

    def erase(self, name: str) -> None:
        """Remove the file of a redacted event; one that is gone already is success."""


def is_temporary(name: str) -> bool:
    """Tell whether a name is that of a write that goes on, or was cut off."""
    return name.rpartition("/")[2].startswith(TEMPORARY)
