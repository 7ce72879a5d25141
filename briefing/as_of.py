"""Valid time: what had happened by a day, whenever it was recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from briefing.amend import amend
from briefing.dates import Span
from briefing.events import (
    AssessmentRecorded,
    CommitmentUpdated,
    Event,
    FactStated,
    LineAgreed,
    MeetingHeld,
    NoteCleared,
    NoteReturned,
    NoteSeen,
    ObjectiveScored,
    Recorded,
    VisitDescribed,
    VisitReported,
)


def happened_by(live: Iterable[tuple[str, Event]], day: date) -> list[tuple[str, Event]]:
    """Return the events that had begun by a day, as corrected; what has no date is kept, as is the register.

    A meeting without a day of its own has its visit's. A month that a day lies in has begun by it.
    """
    events = list(live)
    visits = {event.id: event.when for _, event in events if isinstance(event, VisitDescribed)}
    return [(digest, event) for digest, event in events if (_begin(event, visits) or day) <= day]


def left_out(log: Sequence[Recorded], day: date) -> frozenset[str]:
    """Return the digests of events that had not happened by a day, and of those that are about them; name order."""
    amended = amend(log)
    reads_now = dict(amended.live)
    visits = {event.id: event.when for _, event in amended.live if isinstance(event, VisitDescribed)}
    found: set[str] = set()
    for one in log:
        event = reads_now.get(one.digest, one.event)
        if getattr(event, "target", None) in found or (_begin(event, visits) or day) > day:
            found.add(one.digest)
    return frozenset(found)


def _begin(event: Event, visits: Mapping[str, Span | None]) -> date | None:
    when: Span | None = None
    if isinstance(event, MeetingHeld | VisitReported):
        own = event.when if isinstance(event, MeetingHeld) else None
        when = own or visits.get(event.visit or "")
    elif isinstance(event, FactStated | CommitmentUpdated | ObjectiveScored | NoteCleared | NoteSeen | NoteReturned):
        when = event.when
    elif isinstance(event, AssessmentRecorded):
        when = event.as_at
    elif isinstance(event, LineAgreed):
        when = event.start
    return when.start if when else None
