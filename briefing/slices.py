"""The events that one paper needs of a whole record: folding these gives the paper that folding everything gives.

Pure, and written against `Linked`, which a log in memory answers as well as the index of a folder.
A slice is closed: with an event come all events about it, what it is itself about, all that bear its
id, and the register entries of what it names. So each event of a slice reads as in the whole record.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import reduce

from briefing.events import (
    AgencyDescribed,
    Event,
    EventRedacted,
    MeetingHeld,
    MeetingPlanned,
    NoteIssued,
    PersonDescribed,
    SourceRegistered,
    TopicDescribed,
    VisitDescribed,
    VisitReported,
)
from briefing.linked import Digests, Linked
from briefing.links import called
from briefing.roles import Role
from briefing.spelling import fold_name, is_digest

TOUCHED = (Role.BEARS, Role.NAMES, Role.NEWS_OF)
OCCASIONS = (MeetingHeld, VisitReported)


def agency_slice(record: Linked, agencies: Collection[str]) -> Digests:
    """Return what the pages of some agencies need.

    That is what touches them; all of the visits in which they were met, since a page says what else
    was said there; and the registers of agencies and topics, whose names stand in sentences.
    """
    own = closed(record, record.events(TOUCHED, set(agencies)))
    around = record.events(TOUCHED, record.things([Role.VISIT], own))
    return closed(record, own | around | registers(record))


def visit_slice(record: Linked, visit: str) -> Digests:
    """Return what the report on a visit needs.

    That is what touches it and the visit before it, what was promised with the agencies met, and
    the registers of agencies and topics.
    """
    own = closed(record, record.events(TOUCHED, {visit}))
    before = record.events(TOUCHED, record.things([Role.FOLLOWS], own))
    carried = record.events(TOUCHED, record.things([Role.MET], own))
    return closed(record, own | before | carried | registers(record))


def register_slice(record: Linked, kind: type[Event]) -> Digests:
    """Return one part of the register, whole: what a name on the command line is looked up in."""
    return closed(record, record.of_types([kind]))


def of_agency(record: Linked, agency: str) -> Digests:
    """Return what touches an agency, and what is said about any of that: what a list of it holds."""
    found: set[str] = set()
    fresh = record.events(TOUCHED, {agency})
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


def registers(record: Linked) -> Digests:
    """Return the registers of agencies and topics, whose names stand in sentences."""
    return record.of_types([AgencyDescribed, TopicDescribed])


def closed(record: Linked, events: Digests) -> Digests:
    """Return events with all that bears on how they read."""
    found: set[str] = set()
    fresh = set(events)
    while fresh:
        found |= fresh
        touched = record.touched([Role.BEARS, Role.ABOUT, Role.NAMES], fresh)
        near = (
            record.events([Role.ABOUT], fresh),
            record.here(touched[Role.ABOUT]),
            record.events([Role.BEARS, Role.NEWS_OF], touched[Role.BEARS]),
            record.events([Role.DEFINES], touched[Role.NAMES]),
        )
        fresh = reduce(set[str].union, near, set[str]()) - found
    return found
