"""The same events in the `eventsourcing` library: an aggregate for each, in SQLite with the library's defaults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from briefing.events import Event


class Fact(Aggregate):
    """Something on record: the fields of one event, as plain JSON."""

    @event("Recorded")
    def __init__(self, said: dict[str, Any]) -> None:
        """Keep what was said."""
        self.said = said


class Peer(Application[UUID]):
    """A record kept by the library; its transcoder takes plain JSON, so a model is dumped by pydantic first."""

    def __init__(self, file: Path) -> None:
        """Open, or make, the database."""
        super().__init__({"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(file)})

    @property
    def synchronous(self) -> int:
        """`PRAGMA synchronous` of the connection it writes with: 1 is NORMAL, 2 is FULL."""
        with self.recorder.datastore.transaction(commit=False) as cursor:  # type: ignore[attr-defined]
            cursor.execute("PRAGMA synchronous")
            return int(cursor.fetchone()[0])

    def record(self, said: Event) -> UUID:
        """Save one event durably; return the id of its aggregate."""
        fact = Fact(said.model_dump(mode="json", by_alias=True, exclude_defaults=True))
        self.save(fact)
        return fact.id

    def replay(self, page: int = 1000) -> Iterator[Any]:
        """Yield every event of the notification log, as the library's mapper makes it."""
        start = 1
        while notifications := self.notification_log.select(start, page):
            yield from map(self.mapper.to_domain_event, notifications)
            start = int(notifications[-1].id) + 1
