"""What was put on record from a key before: which event, what it said, and which of equals is which. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import Any

from briefing.amend import Amended, amend, corrected_by
from briefing.events import Event, EventCorrected, MeetingHeld, MeetingPlanned, Recorded
from briefing.items import Item

_BY_ID: Mapping[str, type[Event]] = {"meeting": MeetingHeld, "planned": MeetingPlanned}


class Record:
    """A log as imports need it: what was made from which key, and what corrects which event."""

    def __init__(self, log: tuple[Recorded, ...]) -> None:
        """Take the log as it is."""
        self.log = log
        self.made: dict[str, Recorded] = {}
        self.corrections: dict[str, list[Recorded]] = {}
        self.named: dict[tuple[type[Event], str], Recorded] = {}
        for one in log:
            if isinstance(one.event, EventCorrected):
                self.corrections.setdefault(one.event.target, []).append(one)
                continue
            if isinstance(one.event, MeetingHeld | MeetingPlanned):
                self.named.setdefault((type(one.event), one.event.id), one)
            if one.event.origin.startswith(("row:", "ics:", "mail:")):
                self.made.setdefault(one.event.origin, one)

    def of(self, origin: str, item: Item) -> Recorded | None:
        """Return the event of a draft: made from its key, or a meeting that bears the id which it gives."""
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
        if not origin.startswith(one.event.origin):
            return self.reads[one.digest]
        came_in = [
            other
            for other in self.corrections.get(one.digest, ())
            if other.event.origin == one.event.origin and other.digest not in self.amended.withdrawn
        ]
        return corrected_by(one.event, came_in, []) if came_in else one.event

    def missing(self, origins: Collection[str], covers: Callable[[Recorded], bool]) -> Iterator[Recorded]:
        """Yield what was made from a key that should have come in, and did not."""
        for key, one in self.made.items():
            if key not in origins and one.digest not in self.amended.withdrawn and covers(one):
                yield one


def numbered(keyed: Sequence[tuple[str, Item]], record: Record) -> Iterator[str]:
    """Yield the key of each draft, those of one key numbered: first like what is on record, then as they stand."""
    groups: dict[str, list[int]] = {}
    for n, (origin, _) in enumerate(keyed):
        groups.setdefault(origin, []).append(n)
    numbers: dict[int, int] = {}
    for origin, group in groups.items():
        there = _there(origin, record)
        free = {k: record.as_taken(one, origin) for k, one in there.items()} if len(group) > 1 or len(there) > 1 else {}
        for n in group:
            alike = next((k for k, event in free.items() if _alike(event, keyed[n][1])), None)
            if alike is not None:
                numbers[n] = alike
                del free[alike]
        rest = iter([k for k in (*there, *range(len(there) + 1, len(there) + len(group) + 1))
                     if k not in {numbers[n] for n in group if n in numbers}])  # fmt: skip
        numbers.update({n: next(rest) for n in group if n not in numbers})
    for n, (origin, _) in enumerate(keyed):
        yield _key(origin, numbers[n])


def _key(origin: str, number: int) -> str:
    return origin if number == 1 else f"{origin}#{number}"


def _there(origin: str, record: Record) -> dict[int, Recorded]:
    found: dict[int, Recorded] = {}
    for k in count(1):
        if (one := record.made.get(_key(origin, k))) is None:
            return found
        found[k] = one
    return found


def _alike(event: Event, item: Item) -> bool:
    """Tell whether an event says what a draft says, by its title, its date and its sentences."""
    said: Any = event
    when = getattr(said, "when", None)
    points = [one.say for one in getattr(said, "points", ())]
    return (
        getattr(said, "title", None) == item.text(item.kind)
        and (when.words if when else None) == (" ".join(text.split()) if (text := item.text("when")) else None)
        and points == [one.text("say") for one in item.items("points")]
    )
