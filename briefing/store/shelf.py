"""What an index follows in a folder: its months, each with a mark that changes when its files do, and their files.

The mark of a month is the time of its folder. A folder whose time is within two seconds of its listing is
listed again the next time: on some file systems a file that came a moment later would not show.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Container, Iterator
from datetime import datetime
from typing import Final, Protocol

from briefing.codec import is_name
from briefing.store.entries import Stamp
from briefing.store.folder import FolderStore
from briefing.store.port import Store

MONTH: Final = re.compile(r"[0-9]{4}-[0-9]{2}")
_COARSE = 2_000_000_000
"""Nanoseconds: the coarsest time of a file that a file system keeps."""


class Shelf(Protocol):
    """The files of a store as an index follows them; strays are for `verify`."""

    @property
    def store(self) -> Store:
        """The store itself."""

    @property
    def place(self) -> bytes:
        """What tells this store from all others."""

    def count(self, db: sqlite3.Connection) -> int:
        """Return how many files there are, strays among them."""

    def months(self, db: sqlite3.Connection) -> Iterator[tuple[str, int]]:
        """Yield each month with its mark, 0 or more; `db` is the index, which knows what was there before."""

    def files(self, month: str, known: Container[str] = ()) -> Iterator[tuple[str, Stamp]]:
        """Yield the files of a month that bear the name of an event, in the order of their names.

        Those that are `known` bear one.
        """

    def unread(self, month: str) -> Iterator[tuple[str, Stamp | None]]:
        """Yield the same of a month of which nothing is known; no stamp where reading a file tells it."""

    def lasting(self, mark: int, now: datetime) -> bool:
        """Tell whether a month that bears the same mark later will hold the same files."""

    def explained(self, db: sqlite3.Connection) -> bool:
        """Tell whether what was listed is all that there is, as far as the index can tell; else all is listed next."""

    def remember(self, db: sqlite3.Connection) -> None:
        """Note in the index what shortens the next listing; no transaction may be open."""


class FolderShelf:
    """The months of a folder."""

    def __init__(self, store: FolderStore) -> None:
        """Take the folder."""
        self.store = store

    @property
    def place(self) -> bytes:
        """The path of the folder."""
        return os.fsencode(self.store.root.resolve())

    def count(self, _db: sqlite3.Connection) -> int:
        """Return how many files there are."""
        return self.store.count()

    def months(self, _db: sqlite3.Connection) -> Iterator[tuple[str, int]]:
        """Yield each month with the time of its folder."""
        with os.scandir(self.store.root) as entries:
            for entry in entries:
                if MONTH.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                    yield entry.name, os.stat(entry.path).st_mtime_ns

    def files(self, month: str, known: Container[str] = ()) -> Iterator[tuple[str, Stamp]]:
        """Yield the files of a month, each as it is just before; links are not followed."""
        root = f"{self.store.root}/"
        for name in self._names(month, known):
            yield name, Stamp.of(os.lstat(root + name))

    def unread(self, month: str) -> Iterator[tuple[str, None]]:
        """Yield the files of a month; the system is asked for the stamp of each when it is opened."""
        return ((name, None) for name in self._names(month, ()))

    def _names(self, month: str, known: Container[str]) -> Iterator[str]:
        for file in sorted(os.listdir(f"{self.store.root}/{month}")):
            if (name := f"{month}/{file}") in known or is_name(name):
                yield name

    def lasting(self, mark: int, now: datetime) -> bool:
        """Tell whether a folder was at rest when it was listed."""
        return now.timestamp() * 1e9 - mark > _COARSE

    def explained(self, _db: sqlite3.Connection) -> bool:
        """Tell that it is."""
        return True

    def remember(self, _db: sqlite3.Connection) -> None:
        """Note nothing: the times of folders are all it takes."""
