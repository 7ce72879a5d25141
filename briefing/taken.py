"""What was put on record from a key before: which event, and what it said. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property

from briefing.amend import Amended, amend, corrected_by
from briefing.events import Event, EventCorrected, MeetingHeld, MeetingPlanned, Recorded, VisitDescribed
from briefing.items import Item

_CAME_IN = ("row:", "ics:", "mail:")
_BY_ID: Mapping[str, type[Event]] = {"meeting": MeetingHeld, "planned": MeetingPlanned, "visit": VisitDescribed}


class Record:
    """A log as imports need it: what was made from which key, and what corrects which event."""

    def __init__(self, log: tuple[Recorded, ...]) -> None:
        """Take the log as it is."""
        self.log = log
        self.made: dict[str, Recorded] = {}
        self.corrections: dict[str, list[Recorded]] = {}
        self.named: dict[tuple[type[Event], str], Recorded] = {}
        came: dict[str, Recorded] = {}
        for one in log:
            if isinstance(one.event, EventCorrected):
                self.corrections.setdefault(one.event.target, []).append(one)
                if (target := came.get(one.event.target)) and _of_one_list(one.event.origin, target.event.origin):
                    self.made.setdefault(one.event.origin, target)
                continue
            if isinstance(one.event, MeetingHeld | MeetingPlanned | VisitDescribed):
                self.named.setdefault((type(one.event), one.event.id), one)
            if one.event.origin.startswith(_CAME_IN):
                came[one.digest] = one
                self.made.setdefault(one.event.origin, one)

    def of(self, origin: str, item: Item) -> Recorded | None:
        """Return the event of a draft: made from its key, or a meeting or visit that bears the id which it gives."""
        if (one := self.made.get(origin)) is not None:
            return one
        kind = _BY_ID.get(item.kind)
        return self.named.get((kind, item.text("id") or "")) if kind else None

    @cached_property
    def amended(self) -> Amended:
        """The log with its corrections and retractions applied, once it is asked for."""
        return amend(self.log)

    @cached_property
    def reads(self) -> dict[str, Event]:
        """Each live event as it reads now, by its digest, or that of one that says the same."""
        live = dict(self.amended.live)
        return live | {twin: live[one] for twin, one in self.amended.twins.items() if one in live}

    def as_taken(self, one: Recorded, origin: str) -> Event:
        """Return what an event said when its entry was last taken: with the corrections that came in, and no others.

        One that was not made from the entry's key was never taken from it: it counts as it reads now.
        """
        corrections = self.corrections.get(one.digest, ())
        keys = {one.event.origin, *(other.event.origin for other in corrections
                                    if _of_one_list(other.event.origin, one.event.origin))}  # fmt: skip
        if origin not in keys:
            return self.reads[one.digest]
        came_in = [
            other for other in corrections
            if other.event.origin in keys and other.digest not in self.amended.withdrawn
        ]  # fmt: skip
        return corrected_by(one.event, came_in, []) if came_in else one.event

    def gone(self, met: Collection[str], covers: Callable[[Recorded], bool]) -> Iterator[tuple[str, Recorded]]:
        """Yield what should have come in and did not, with its key; `met` are the digests of what came in."""
        for key, one in self.made.items():
            if (
                key == one.event.origin
                and one.digest not in met
                and one.digest not in self.amended.withdrawn
                and covers(one)
            ):
                yield key, one


def _of_one_list(key: str, other: str) -> bool:
    """Tell whether two keys are of calendars, or of one register: a thing may have come in under both."""
    parts = 2 if key.startswith("row:") else 1
    return key.startswith(_CAME_IN) and key.split(":")[:parts] == other.split(":")[:parts]
