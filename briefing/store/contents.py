"""What an event's contents rest on: the things it names, and the words it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from briefing.events import (
    AgencyDescribed,
    AssessmentRecorded,
    CommitmentUpdated,
    DifferenceSettled,
    Event,
    FactStated,
    LineAgreed,
    MeetingHeld,
    MeetingPlanned,
    ObjectiveScored,
    PersonDescribed,
    SourceRegistered,
    TopicDescribed,
    VisitDescribed,
    VisitReported,
)
from briefing.payload import Citation, Commitment, Model, Point, within

BEARERS: dict[type[Event], str] = {
    SourceRegistered: "source",
    AgencyDescribed: "agency",
    PersonDescribed: "person",
    TopicDescribed: "topic",
    VisitDescribed: "visit",
    MeetingPlanned: "meeting",
    MeetingHeld: "meeting",
    VisitReported: "meeting",
    FactStated: "fact",
    AssessmentRecorded: "assessment",
    LineAgreed: "line",
}
"""The kind of thing that an event of each type gives an id to."""

ANY = tuple(dict.fromkeys(BEARERS.values()))
_BY = ("agency", "person")
_FIELDS: dict[str, tuple[str, ...]] = {
    "source": ("source",),
    "uses": ("source",),
    "person": ("person",),
    "principal": ("person",),
    "agency": ("agency",),
    "agencies": ("agency",),
    "topics": ("topic",),
    "theme": ("topic",),
    "visit": ("visit",),
    "follows": ("visit",),
    "about": ANY,
    "subject": ANY,
    "by": _BY,
    "owed_by": _BY,
    "owed_to": _BY,
}
_ITEMS = {"c": "commitment", "o": "objective"}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NO_ID = frozenset(["ours", "theirs", "both"])


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that an event names: the kinds of thing that may bear it, and the item within it, such as c1."""

    kinds: tuple[str, ...]
    id: str
    item: str = ""

    def __str__(self) -> str:
        """Return it in words: agency or person “x”."""
        wanted = "thing" if self.kinds == ANY else " or ".join(self.kinds)
        return f"{_ITEMS.get(self.item[:1], 'item')} “{self.id}/{self.item}”" if self.item else f"{wanted} “{self.id}”"


def references(event: Event) -> Iterator[Reference]:
    """Yield every id that an event names; what a correction names is seen in the event it corrects."""
    yield from _named(event)
    if isinstance(event, CommitmentUpdated):
        meeting, _, item = event.commitment.partition("/")
        yield Reference(("meeting",), meeting, item)
    elif isinstance(event, ObjectiveScored):
        bearer, _, item = event.objective.partition("/")
        yield Reference(("meeting", "visit"), bearer, item)
    elif isinstance(event, DifferenceSettled):
        for id_ in event.difference.partition("/")[0].split("+"):
            yield Reference(ANY, id_)


def _named(part: Model) -> Iterator[Reference]:
    values = part.__dict__
    for field, kinds in _fields_of_ids(type(part)):
        if value := values[field]:
            for one in (value,) if isinstance(value, str) else value:
                if kinds is not _BY or (one not in _NO_ID and _ID.fullmatch(one)):
                    yield Reference(kinds, one)
    for one in within(part):
        yield from _named(one)


@cache
def _fields_of_ids(kind: type[Model]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the fields of a part that hold ids, with what may bear each."""
    of_people = issubclass(kind, Point | Commitment | Citation)
    found = ((name, _FIELDS[name]) for name in kind.model_fields if name in _FIELDS)
    return tuple(one for one in found if one[1] is not _BY or of_people)


def fits(citation: Citation, text: str) -> bool:
    """Tell whether the quotation stands in a text exactly where the citation says."""
    return text[citation.start : citation.end] == citation.quote
