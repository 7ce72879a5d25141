"""The events that a tracker of commitments, or an action sheet, needs of a whole record.

What is sure to be closed is not read where only what is open is told. It is in doubt, and read, as soon as an event may
make it read otherwise: a correction, a withdrawal, later news; see `latest`.
"""

from __future__ import annotations

from briefing.events import NoteIssued
from briefing.linked import Digests, Whole
from briefing.roles import Role
from briefing.slices import OCCASIONS, TOUCHED, closed

SIDES = ("ours", "theirs", "both")


def tracker_slice(record: Whole, *, agency: str, overdue: bool, until: str) -> Digests | None:
    """Return what the tracker of an agency needs, or what is overdue of it or of all; None where it is of all.

    Closed commitments are told since the last tracker was issued.
    """
    if not (agency or overdue):
        return None
    if overdue:
        doubtful = _open(record, {agency}, until) if agency else record.unclosed(until)
        return closed(record, doubtful | _named(record, agency))
    return closed(record, record.events(TOUCHED, {agency}) | record.of_types([NoteIssued]))


def actions_slice(record: Whole, *, owner: str, agency: str, until: str) -> Digests:
    """Return what an action sheet needs: what is open of its owner, a side, a person, or an agency with its people."""
    named = _named(record, owner) | _named(record, agency)
    if owner in SIDES:
        return closed(record, record.unclosed(until) | named)
    posts = record.events([Role.POST], {owner})
    people = closed(record, posts)
    owing = record.things([Role.BEARS], people & (posts | record.things([Role.ABOUT], posts)))
    owing |= record.things([Role.BEARS], record.events([Role.ABOUT], people))
    return closed(record, _open(record, {owner, *owing}, until) | people | named)


def _open(record: Whole, who: Digests, until: str) -> Digests:
    return record.moved(who, OCCASIONS) | set[str]().union(*(record.promised(one, until) for one in who))


def _named(record: Whole, id_: str) -> Digests:
    return record.events([Role.DEFINES], {id_})
