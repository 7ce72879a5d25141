"""What the index keeps of files: whether each is a sound event, and what it touches."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final, NamedTuple, Self

from briefing.codec import digest_in
from briefing.events import EventRedacted
from briefing.latest import dated, news, promises
from briefing.links import links
from briefing.store.ahead import Follows
from briefing.store.log import Finding, collector_at_rest, read_events
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
        return cls(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


UNSEEN: Final = Stamp(-1, -1, -1, -1)
"""The stamp of a file that was read and not listed: at the next listing of its month it is read anew."""


class Rows(NamedTuple):
    """What later events overtake, as it is entered; each row begins with the place of its file. See `latest`."""

    dated: list[tuple[int, int, str, str, str]]
    promises: list[tuple[int, str, str, bool]]
    news: list[tuple[int, str, str, bool | None, str]]


class Entries(NamedTuple):
    """What was found in some files, in their order; plain, so that it goes from process to process in little time."""

    files: list[tuple[str, bool]]
    """Name, and whether it is a sound event."""
    links: list[tuple[int, int, str]]
    """The place of the file, counted from 1, the role, the thing."""
    overtaken: Rows
    redacted: list[str]
    findings: list[Finding]


def read_entries(store: Store, names: Sequence[str]) -> Entries:
    """Read files that bear the names of events: each is hashed, checked as any reader does, and let go.

    Sets are sorted, so that every process finds the same.
    """
    found = Entries([], [], Rows([], [], []), [], [])
    if isinstance(store, Follows):
        store.follow(names)
    with collector_at_rest():
        read = read_events(store, [(name, digest_in(name)) for name in names])
        for place, (name, one) in enumerate(zip(names, read, strict=True), 1):
            found.files.append((name, not isinstance(one, Finding)))
            if isinstance(one, Finding):
                found.findings.append(one)
                continue
            found.links.extend((place, int(role), to) for role, to in sorted(links(one.event)))
            found.overtaken.dated.extend((place, *row) for row in sorted(dated(one.event)))
            found.overtaken.promises.extend((place, *row) for row in sorted(promises(one.event)))
            found.overtaken.news.extend((place, *row) for row in news(one.event, one.digest))
            if type(one.event) is EventRedacted:
                found.redacted.append(one.event.target)
    return found
