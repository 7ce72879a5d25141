"""Puts an event into its envelope: time, author, parents, nonce, and hence its digest.

Clock and chance come in as arguments, so that the same ink writes the same events.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from briefing.codec import digest, encode
from briefing.events import Event, Recorded
from briefing.stamp import next_time

_TOLD = frozenset(["marking", "recorded_for", "file_ref", "retention"])
"""Fields of the envelope that say something of the payload, and nothing of the writing."""


class Pen:
    """Writes events one behind the other; each has the one before as its parent.

    `now` is UTC; `newest` is the time of the newest event on record; `heads` are the digests that
    the first event follows; `nonce` returns 32 hex digits at each call.
    """

    def __init__(
        self, *, by: str, now: datetime, newest: datetime | None, heads: Sequence[str], nonce: Callable[[], str]
    ) -> None:
        """Take everything that is not in a draft."""
        self.by = by
        self.now = now
        self.newest = newest
        self.heads: tuple[str, ...] = tuple(sorted(heads))
        self.nonce = nonce
        self.written: list[Recorded] = []

    def again(self) -> Pen:
        """Return a pen that writes where this one would write next: to try something out."""
        return Pen(by=self.by, now=self.now, newest=self.newest, heads=self.heads, nonce=self.nonce)

    def write_again(self, one: Recorded, *, replaces: Sequence[str]) -> Recorded:
        """Return an event that another pen tried out, written by this one; what it replaces is given anew."""
        told = set(type(one.event).model_fields) - (set(Event.model_fields) - _TOLD) - {"type"}
        payload = {name: getattr(one.event, name) for name in told}
        return self.write(type(one.event), origin=one.event.origin, replaces=tuple(replaces), **payload)

    def write(self, kind: type[Event], *, origin: str, **payload: Any) -> Recorded:
        """Return the next event of a type, with its digest; a `pydantic.ValidationError` when a value does not fit."""
        at = next_time(self.now, self.newest)
        event = kind(
            schema_=kind.newest_schema,
            recorded_at=at,
            recorded_by=self.by,
            origin=origin,
            parents=self.heads,
            nonce=self.nonce(),
            **payload,
        )
        recorded = Recorded(digest=digest(encode(event)), event=event)
        self.newest, self.heads = at, (recorded.digest,)
        self.written.append(recorded)
        return recorded
