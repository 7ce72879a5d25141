"""What the index keeps of files: whether each is a sound event, and what it touches."""

from __future__ import annotations

import os
from collections.abc import Sequence
from operator import attrgetter
from typing import Final, NamedTuple, Self, cast

from briefing.codec import digest_in
from briefing.events import EventRedacted, Recorded
from briefing.latest import dated, news, promises
from briefing.links import touched
from briefing.spread import portions
from briefing.store.ahead import Follows
from briefing.store.folder import FolderStore
from briefing.store.log import AT_ONCE, Finding, collector_at_rest, stand_ins
from briefing.store.port import Store


class Stamp(NamedTuple):
    """What a file system says of a file: when one of these changes, it is read anew.

    Of an object in a bucket these are its size, its time, its tag as a number, and nothing.
    """

    size: int
    mtime: int
    ctime: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> Self:
        """Take it from what the system said."""
        return cls._make(_STAMP(found))


_STAMP: Final = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")

UNSEEN: Final = Stamp(-1, -1, -1, -1)
"""The stamp of a file that was read and not listed: at the next listing of its month it is read anew."""


class Rows(NamedTuple):
    """What files touch and tell, as it is entered: rows one behind the other, each begun by the number of its file.

    Their values are plain numbers and text; see `rows.enter_values` and `overtaken`.
    """

    links: list[int | str]
    """File, thing, ways."""
    dated: list[int | str]
    """File, told, thing, first, last."""
    promises: list[int | str]
    """File, party, ref, whether it is closed."""
    news: list[int | str | None]
    """File, ref, at, whether it closes, day."""


class Entries(NamedTuple):
    """What was found in some files, in their order; plain, so that it goes from process to process in little time."""

    files: list[tuple[int, str, int]]
    """Number, name, and 1 if it is a sound event, else 0."""
    rows: Rows
    redacted: list[str]
    findings: list[Finding]
    stamps: list[Stamp]
    """Of each file of a folder, as it was when it was opened; of objects in a bucket a listing tells them."""


def read_entries(store: Store, files: Sequence[tuple[int, str]]) -> Entries:
    """Read files that bear the names of events, each under its number: hashed, checked as by any reader, let go.

    What is found is in one order, in every process.
    """
    if isinstance(store, Follows):
        store.follow(name for _, name in files)
    found = Entries([], Rows([], [], [], []), [], [], [])
    reader = _Seeing(store, found.stamps) if isinstance(store, FolderStore) else store
    read = stand_ins(reader, [(name, digest_in(name)) for _, name in files])
    with collector_at_rest():
        for some in portions(files, AT_ONCE):
            _add(found, [(*file, one) for file, one in zip(some, read, strict=False)])
    return found


class _Seeing:
    """A folder whose files are read with their stamps: to ask the system for one by its name costs another search."""

    def __init__(self, store: FolderStore, stamps: list[Stamp]) -> None:
        self._read = store.read
        self._seen = lambda found: stamps.append(Stamp.of(found))

    def read(self, name: str) -> bytes:
        return self._read(name, self._seen)


def _add(found: Entries, read: Sequence[tuple[int, str, Recorded | Finding]]) -> None:
    """Enter some files, and what the sound ones touch and tell."""
    sound: list[tuple[int, Recorded]] = []
    for number, name, one in read:
        if isinstance(one, Recorded):
            sound.append((number, one))
            found.files.append((number, name, 1))
        else:
            found.findings.append(one)
            found.files.append((number, name, 0))
    redactions = (one.event for _, one in sound if one.event.type == "event.redacted")
    found.redacted.extend([cast("EventRedacted", one).target for one in redactions])
    _add_rows(found.rows, sound)


def _add_rows(rows: Rows, sound: Sequence[tuple[int, Recorded]]) -> None:
    """Enter rows kind by kind: each step finds its own code in the processor's caches."""
    entered, tells, promised, newly = rows
    for number, one in sound:
        for thing, ways in touched(one.event).items():
            entered += number, thing, ways
    for number, one in sound:
        for told, thing, first, last in dated(one.event):
            tells += number, int(told), thing, first, last
    for number, one in sound:
        for of, ref, closed in promises(one.event):
            promised += number, of, ref, int(closed)
    for number, one in sound:
        for ref, at, closes, day in news(one.event, one.digest):
            newly += number, ref, at, closes if closes is None else int(closes), day
