"""The same events in the `eventsourcing` library: an aggregate for each, in SQLite with the library's defaults."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from briefing.events import Event, MeetingHeld


class Fact(Aggregate):
    """Something on record: the fields of one event, as plain JSON."""

    @event("Recorded")
    def __init__(self, said: dict[str, Any]) -> None:
        """Keep what was said."""
        self.said = said


class Peer(Application[UUID]):
    """A record kept by the library; its transcoder takes plain JSON, so a model is dumped by pydantic first."""

    log_section_size = 1000

    def __init__(self, file: Path) -> None:
        """Open, or make, the database."""
        super().__init__({"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(file)})

    @property
    def synchronous(self) -> int:
        """`PRAGMA synchronous` of the connection it writes with: 1 is NORMAL, 2 is FULL."""
        with self.recorder.datastore.transaction(commit=False) as cursor:  # type: ignore[attr-defined]
            cursor.execute("PRAGMA synchronous")
            return int(cursor.fetchone()[0])

    def record(self, *said: Event) -> list[UUID]:
        """Save events durably in one transaction; return the ids of their aggregates."""
        plain = (one.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"type": one.type} for one in said)
        facts = [Fact(one) for one in plain]
        self.save(*facts)
        return [fact.id for fact in facts]

    def replay(self) -> Iterator[MeetingHeld | dict[str, Any]]:
        """Yield what every event of the notification log says, the meetings as the same models, unvalidated."""
        start = 1
        while notifications := self.notification_log.select(start, self.log_section_size):
            for one in notifications:
                said = self.mapper.to_domain_event(one).said  # type: ignore[attr-defined]
                yield MeetingHeld.model_construct(**said) if said["type"] == "meeting.held" else said
            start = int(notifications[-1].id) + 1
