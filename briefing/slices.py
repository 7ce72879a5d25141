"""The events that one paper needs of a whole record: folding these gives the paper that folding everything gives.

Pure, and written against `Linked`, which a log in memory answers as well as the index of a folder.
A slice is closed: with an event come all events about it, what it is itself about, all that bear its
id, and the register entries of what it names. So each event of a slice reads as in the whole record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet
from functools import reduce
from typing import Protocol

from briefing.events import (
    AgencyDescribed,
    Event,
    EventRedacted,
    MeetingPlanned,
    NoteIssued,
    PersonDescribed,
    Recorded,
    SourceRegistered,
    TopicDescribed,
    VisitDescribed,
)
from briefing.links import TO_EVENTS, Role, called, filed, links
from briefing.spelling import fold_name, is_digest

Digests = AbstractSet[str]
_TOUCHED = (Role.BEARS, Role.NAMES, Role.NEWS_OF)


class Linked(Protocol):
    """Who touches what in a record. Events go by their digests."""

    def events(self, roles: Collection[Role], things: Digests) -> Digests:
        """Return the events that touch one of these things in one of these roles."""

    def things(self, roles: Collection[Role], events: Digests) -> Digests:
        """Return what these events touch in these roles."""

    def here(self, digests: Digests) -> Digests:
        """Return those digests that are of events on record here."""

    def of_types(self, kinds: Collection[type[Event]]) -> Digests:
        """Return the events of some types."""

    def begin(self, digits: str) -> Digests:
        """Return the events whose digests begin with these digits."""


def agency_slice(record: Linked, agencies: Collection[str]) -> Digests:
    """Return what the pages of some agencies need.

    That is what touches them; all of the visits in which they were met, since a page says what else
    was said there; and the registers of agencies and topics, whose names stand in sentences.
    """
    own = closed(record, record.events(_TOUCHED, set(agencies)))
    around = record.events(_TOUCHED, record.things([Role.VISIT], own))
    return closed(record, own | around | _registers(record))


def visit_slice(record: Linked, visit: str) -> Digests:
    """Return what the report on a visit needs.

    That is what touches it and the visit before it, what was promised with the agencies met, and
    the registers of agencies and topics.
    """
    own = closed(record, record.events(_TOUCHED, {visit}))
    before = record.events(_TOUCHED, record.things([Role.FOLLOWS], own))
    carried = record.events(_TOUCHED, record.things([Role.MET], own))
    return closed(record, own | before | carried | _registers(record))


SLICES: dict[str, Callable[[Linked, str], Digests]] = {
    "agency": lambda record, id_: agency_slice(record, [id_]),
    "visit": visit_slice,
}
"""Kind of paper → its slice, by what it is about. A paper of another kind is made from the whole record."""


def paper_slice(record: Linked, kind: str, subject: str, reference: str) -> Digests:
    """Return what a paper needs, and what became of the papers that bear its reference."""
    return SLICES[kind](record, subject) | closed(record, record.events([Role.FILED], {filed(reference)}))


def register_slice(record: Linked, kind: type[Event]) -> Digests:
    """Return one part of the register, whole: what a name on the command line is looked up in."""
    return closed(record, record.of_types([kind]))


def of_agency(record: Linked, agency: str) -> Digests:
    """Return what touches an agency, and what is said about any of that: what a list of it holds."""
    found: set[str] = set()
    fresh = record.events(_TOUCHED, {agency})
    while fresh := fresh - found:
        found |= fresh
        fresh = record.events([Role.ABOUT], fresh)
    return found


def standing_slice(record: Linked, events: Digests) -> Digests:
    """Return what tells whether some events stand and how they read, what they are news of, and other news of that."""
    own = closed(record, events)
    return closed(record, own | record.events([Role.BEARS, Role.NEWS_OF], record.things([Role.NEWS_OF], own)))


LISTED: dict[str, Callable[[Linked], Digests]] = {
    "agencies": lambda record: register_slice(record, AgencyDescribed),
    "people": lambda record: register_slice(record, PersonDescribed),
    "topics": lambda record: register_slice(record, TopicDescribed),
    "visits": lambda record: register_slice(record, VisitDescribed),
    "sources": lambda record: register_slice(record, SourceRegistered),
    "planned": lambda record: closed(record, record.of_types([MeetingPlanned])),
    "objectives": lambda record: closed(record, record.of_types([VisitDescribed, MeetingPlanned])),
    "notes": lambda record: closed(record, record.of_types([NoteIssued])),
}
"""What can be listed without the meetings on record → what its list needs."""


def listed_slice(record: Linked, agency: str) -> Digests:
    """Return what lists of one agency need."""
    return closed(record, of_agency(record, agency))


def named_slice(record: Linked, reference: str) -> Digests:
    """Return what a reference on the command line may mean.

    That is the events whose digests begin so, and all that bear it as an id, or were ever given it as a name.
    """
    folded = fold_name(reference.split("/", maxsplit=1)[0])
    digits = reference.casefold()
    exact: Digests = set()
    if is_digest(digits):
        exact = record.begin(digits) | record.of_types([EventRedacted])  # of what was redacted, these have the digest
    ids = {folded.partition("~")[0], reference}  # of two things that bear one id, the second is shown as id~digest
    return closed(record, exact | record.events([Role.BEARS], ids) | record.events([Role.CALLED], {called(folded)}))


def _registers(record: Linked) -> Digests:
    return record.of_types([AgencyDescribed, TopicDescribed])


def closed(record: Linked, events: Digests) -> Digests:
    """Return events with all that bears on how they read."""
    found: set[str] = set()
    fresh = set(events)
    while fresh:
        found |= fresh
        ids = record.things([Role.BEARS], fresh)
        near = (
            record.events([Role.ABOUT], fresh),
            record.here(record.things([Role.ABOUT], fresh)),
            record.events([Role.BEARS, Role.NEWS_OF], ids),
            record.events([Role.DEFINES], record.things([Role.NAMES], fresh)),
        )
        fresh = reduce(set[str].union, near, set[str]()) - found
    return found


class LinkedLog:
    """The links of a log in memory; of what was redacted only those to other events, for its payload is gone."""

    def __init__(self, log: Sequence[Recorded]) -> None:
        """Take the events of a record."""
        self._here = {one.digest for one in log}
        self._events: dict[tuple[Role, str], set[str]] = defaultdict(set)
        self._things: dict[tuple[Role, str], set[str]] = defaultdict(set)
        self._types: dict[type[Event], set[str]] = defaultdict(set)
        redacted = {one.event.target for one in log if isinstance(one.event, EventRedacted)}
        for one in log:
            self._types[type(one.event)].add(one.digest)
            for role, thing in links(one.event):
                if one.digest in redacted and role not in TO_EVENTS:
                    continue
                self._events[role, thing].add(one.digest)
                self._things[role, one.digest].add(thing)

    def events(self, roles: Collection[Role], things: Digests) -> Digests:
        """Return the events that touch one of these things in one of these roles."""
        return set[str]().union(*(self._events.get((role, one), ()) for role in roles for one in things))

    def things(self, roles: Collection[Role], events: Digests) -> Digests:
        """Return what these events touch in these roles."""
        return set[str]().union(*(self._things.get((role, one), ()) for role in roles for one in events))

    def here(self, digests: Digests) -> Digests:
        """Return those digests that are of events on record here."""
        return digests & self._here

    def of_types(self, kinds: Collection[type[Event]]) -> Digests:
        """Return the events of some types."""
        return set[str]().union(*(self._types.get(kind, ()) for kind in kinds))

    def begin(self, digits: str) -> Digests:
        """Return the events whose digests begin with these digits."""
        return {one for one in self._here if one.startswith(digits)}
