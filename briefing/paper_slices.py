"""The events that one paper needs of a whole record: folding these gives the paper that folding everything gives.

An agency's page of a period reads what it tells and no more: the newest of what later events overtake.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, tzinfo

from briefing.events import (
    AssessmentRecorded,
    FactStated,
    LineAgreed,
)
from briefing.latest import ALWAYS, UNDATED, Told
from briefing.linked import Days, Digests, Linked, Whole
from briefing.links import filed
from briefing.owed_slices import actions_slice, tracker_slice
from briefing.periods import ALL, MOST, Period, parse_period
from briefing.roles import Role
from briefing.slices import OCCASIONS, TOUCHED, agency_slice, closed, registers, visit_slice

CONTACTS = 12
"""Contacts that a brief tells, the newest; of more it says so."""
FACTS = 12
"""Facts without a mark that a brief tells, the newest."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a paper is about, by id, and how far it reaches: its period in words, the as-of day, the zone of days.

    Of commitments: those with which agency, and whether only those overdue.
    """

    subject: str
    period: str = ALL
    as_of: date | None = None
    zone: tzinfo = UTC
    agency: str = ""
    overdue: bool = False

    @property
    def until(self) -> str:
        """The last day that is told of."""
        return self.as_of.isoformat() if self.as_of else ALWAYS

    def today(self, record: Whole) -> date | None:
        """Return the day that periods end on: the as-of day, else that of the newest event."""
        newest = record.newest_at()
        return self.as_of or (newest.astimezone(self.zone).date() if newest else None)


def period_slice(record: Whole, scope: Scope) -> Digests:
    """Return what an agency's page of a period needs.

    That is its contacts in the period, and all of their visits; where each side stood last on each subject; what is
    not sure to be closed; the officers' newest words, with the facts since; its people; and whatever may belong here
    though it was written otherwise.
    """
    agency, period = scope.subject, parse_period(scope.period, scope.today(record))
    if period.is_all:
        return agency_slice(record, [agency])
    moved = record.moved({agency}, (*OCCASIONS, AssessmentRecorded))
    contacts = closed(record, _contacts(record, scope, period) | moved)
    around = record.events(TOUCHED, record.things([Role.VISIT], contacts))
    others = set[str]().union(*(_standing(record, scope)), *_assessed(record, scope))
    others |= record.promised(agency, scope.until) | record.events([Role.POST], {agency})
    others |= record.events([Role.NEWS_OF, Role.BEARS], {agency})
    return closed(record, contacts | around | others | registers(record))


def _contacts(record: Whole, scope: Scope, period: Period) -> Digests:
    """Return the newest contacts in a period, and one before it, two where it has none: it reaches back to the last.

    Days overlap, and the newest is the last to begin: all that is over no earlier than the first of these begins.
    """
    told, agency = Told.MET, scope.subject
    start = period.start.isoformat() if period.start else ""
    until = min(scope.until, period.end.isoformat()) if period.end else scope.until
    found = [one for one in record.newest(told, agency, until=until, below=UNDATED, most=MOST + 1) if one.last >= start]
    if len(found) <= MOST:
        before = list(record.newest(told, agency, until=until, below=start, most=1))
        if before and not found:
            before += record.newest(told, agency, until=until, below=before[0].first, most=1)
        found += before
    return record.since(told, agency, _begin(found), until)


def _standing(record: Whole, scope: Scope) -> Iterator[Digests]:
    """Yield the meetings in which each spoke last on each subject."""
    for thing in record.things_told(Told.SAID, f"{scope.subject} "):
        newest = record.newest(Told.SAID, thing, until=scope.until, below=UNDATED, most=1)
        yield record.since(Told.SAID, thing, _begin(newest), scope.until)


def _assessed(record: Whole, scope: Scope) -> Iterator[Digests]:
    """Yield the newest words of officers on an agency, and the facts that were put on record since."""
    newest = record.newest(Told.ASSESSED, scope.subject, until=scope.until, below=UNDATED, most=1)
    begin = newest[0].last if newest else ""
    yield record.since(Told.ASSESSED, scope.subject, begin, scope.until)
    yield record.since(Told.STATED, scope.subject, begin, scope.until)


def _begin(days: Collection[Days]) -> str:
    return min((one.first for one in days), default="")


def notes_on(record: Linked, meeting: str) -> Digests:
    """Return what tells which papers on a meeting were issued, and who has seen them; and all else that names it."""
    return closed(record, record.events([Role.NAMES], {meeting}))


def meeting_slice(record: Whole, scope: Scope) -> Digests:
    """Return what the papers before a meeting need, but for what a reader has not seen since an earlier one.

    That is the plan; the newest contacts with those to be met, and all of their visits; what is not sure to be closed
    with them; on each of its subjects the newest facts, all that bear a mark, the lines, and officers' newest words;
    and who has seen which brief of it.
    """
    plan = closed(record, record.events([Role.BEARS], {scope.subject}))
    parties = record.things([Role.NAMES], plan)
    promised = set[str]().union(*(record.promised(one, scope.until) for one in parties))
    contacts = set(record.moved(parties, OCCASIONS))
    for one in parties:
        contacts |= _newest(record, Told.MET, one, scope, CONTACTS + 2)  # the meeting itself may be among them
    spoken_of = record.events([Role.CALLED], record.things([Role.SPOKEN_OF], plan))
    topics = record.things([Role.PLEDGED], promised) | record.things([Role.BEARS], spoken_of)
    behind = closed(record, contacts)
    around = record.events(TOUCHED, record.things([Role.VISIT], behind) | {scope.subject})
    said = _said(record, parties | topics | {scope.subject}, record.things([Role.BEARS], contacts), scope)
    posts = record.events([Role.POST], record.things([Role.POST], plan))
    notes = notes_on(record, scope.subject)
    return closed(record, plan | behind | around | promised | said | posts | notes | registers(record))


def _said(record: Whole, subjects: Digests, met: Digests, scope: Scope) -> Digests:
    """Return what was said outside meetings on some subjects, and by officers on these and on some meetings."""
    touched = subjects | met
    found = set(record.moved(touched, (AssessmentRecorded, FactStated, LineAgreed)))
    for one in subjects:
        found |= _newest(record, Told.FACT, one, scope, FACTS + 1)
        for told in (Told.MARKED, Told.LINE):
            found |= record.since(told, one, "", scope.until)
    for one in touched:
        newest = record.newest(Told.ASSESSED, one, until=scope.until, below=UNDATED, most=1)
        found |= record.since(Told.ASSESSED, one, newest[0].last if newest else "", scope.until)
    return found


def _newest(record: Whole, told: Told, thing: str, scope: Scope, most: int) -> Digests:
    """Return the events that tell the newest so many of a thing; all, where fewer are sure."""
    found = record.newest(told, thing, until=scope.until, below=UNDATED, most=most)
    return record.since(told, thing, _begin(found) if len(found) == most else "", scope.until)


def record_slice(record: Whole, scope: Scope) -> Digests:
    """Return what the record of a meeting needs: what touches it, all of its visit, and who else holds a post there."""
    own = closed(record, record.events(TOUCHED, {scope.subject}))
    around = record.events(TOUCHED, record.things([Role.VISIT], own))
    posts = record.events([Role.POST], record.things([Role.POST], own))
    return closed(record, own | around | posts | registers(record))


SLICES: dict[str, Callable[[Whole, Scope], Digests | None]] = {
    "agency": period_slice,
    "visit": lambda record, scope: visit_slice(record, scope.subject),
    "meeting": meeting_slice,
    "card": meeting_slice,
    "record": record_slice,
    "commitments": lambda record, scope: tracker_slice(
        record, agency=scope.subject, overdue=scope.overdue, until=scope.until
    ),
    "actions": lambda record, scope: actions_slice(
        record, owner=scope.subject, agency=scope.agency, until=scope.until
    ),
}
"""Kind of paper → its slice, by what it is about. A paper of another kind is made from the whole record."""


def paper_slice(record: Whole, kind: str, scope: Scope, reference: str) -> Digests | None:
    """Return what a paper needs, and what became of the papers that bear its reference; None is the whole record."""
    found = SLICES[kind](record, scope)
    return None if found is None else found | closed(record, record.events([Role.FILED], {filed(reference)}))


def all_slices(record: Whole, named: Collection[tuple[str, Scope, str]]) -> Digests | None:
    """Return what several papers need; None is the whole record."""
    found: set[str] = set()
    for kind, scope, reference in named:
        part = paper_slice(record, kind, scope, reference)
        if part is None:
            return None
        found |= part
    return found
