"""A store in memory, for tests and for what is never kept."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.errors import Refused, StoreFailed


class MemoryStore:
    """Named bytes in a dict."""

    def __init__(self) -> None:
        """Begin empty."""
        self._files: dict[str, bytes] = {}

    def names(self) -> Iterable[str]:
        """Return every name."""
        return tuple(self._files)

    def read(self, name: str) -> bytes:
        """Return the bytes under a name; `StoreFailed` where there are none."""
        try:
            return self._files[name]
        except KeyError as fault:
            raise StoreFailed(f"there is no {name}") from fault

    def put(self, name: str, data: bytes) -> None:
        """Put bytes under a name, once."""
        if self._files.setdefault(name, data) != data:
            raise Refused(f"{name} is there already, with other bytes", hint="an event file is never rewritten")

    def erase(self, name: str) -> None:
        """Remove a file; one that is gone already is success."""
        self._files.pop(name, None)
