"""The only function that writes event files."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.codec import digest, encode, file_name
from briefing.events import Digest, Event
from briefing.store.port import Store


def publish(store: Store, events: Sequence[Event]) -> list[tuple[str, Digest]]:
    """Write stamped events in their order and return their names and digests.

    A run that fails leaves what it wrote: each file is whole, and the same run again adds the rest.
    """
    written: list[tuple[str, Digest]] = []
    for event in events:
        data = encode(event)
        name = file_name(event, digest(data))
        store.put(name, data)
        written.append((name, digest(data)))
    return written
