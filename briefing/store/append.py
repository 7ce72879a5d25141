"""The only functions that write event files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.codec import digest, encode, file_name
from briefing.events import Digest, Event, Recorded
from briefing.store.port import Store


def publish(store: Store, events: Sequence[Event]) -> list[tuple[str, Digest]]:
    """Write stamped events in their order and return their names and digests.

    A run that fails leaves what it wrote: each file is whole, and the same run again adds the rest.
    """
    written: list[tuple[str, Digest]] = []
    for event in events:
        data = encode(event)
        own = digest(data)
        name = file_name(event, own)
        store.put(name, data)
        written.append((name, own))
    return written


def put_again(store: Store, recorded: Iterable[Recorded]) -> None:
    """Make what is on record last, for a run that says so of an event which an earlier run may not have synced."""
    for one in recorded:
        name = file_name(one.event, Digest(one.digest))
        store.put(name, store.read(name))
