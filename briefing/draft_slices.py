"""The events that it takes to decide on drafts of meetings, people, agencies and topics as on the whole record.

A draft names things in words, so that what bears any of its words as a name or an id is read, and the registers. What
it comes to tells what else bears on it: what has an id that is to be given, what is like a name that is new, and which
meetings may be the same. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.additions import KEY as ADDS_TO
from briefing.decide import Plan
from briefing.events import (
    AgencyDescribed,
    Event,
    EventRedacted,
    MeetingHeld,
    PersonDescribed,
    SourceRegistered,
    TopicDescribed,
)
from briefing.items import Item, Said
from briefing.latest import Told
from briefing.linked import Digests, Whole
from briefing.links import called
from briefing.roles import Role
from briefing.slices import OCCASIONS, closed, registers
from briefing.spelling import fold_name

_KINDS = frozenset(["meeting", "person", "agency", "topic"])
"""Drafts of which an event bears a name that stands in the draft: so it is found whether one is on record already."""
_MOST = 20
"""Drafts; for more, the whole record is read once."""
_NAMED: dict[str, type[Event]] = {"person": PersonDescribed, "agency": AgencyDescribed, "topic": TopicDescribed}


def told_of_a_part(items: Sequence[Item]) -> bool:
    """Tell whether what drafts come to can be told from a part of the record."""
    return len(items) <= _MOST and all(one.kind in _KINDS and ADDS_TO not in one.values for one in items)


def drafts_slice(record: Whole, items: Sequence[Item]) -> Digests:
    """Return what drafts may mean by their words, the registers, the ends of the record, and what was redacted."""
    words = {words for one in items for words in _words(one)}
    names = {fold_name(one) for said in words for one in (said, said.partition(",")[0], said.partition("/")[0])}
    ids = {one.partition("~")[0] for one in names} | words
    found = record.events([Role.BEARS], ids) | record.events([Role.CALLED], set(map(called, names)))
    kinds: list[type[Event]] = [EventRedacted]
    if any("sources" in one.values for one in items):
        kinds.append(SourceRegistered)
    return closed(record, found | record.of_types(kinds) | record.ends() | registers(record))


def needed_besides(record: Whole, plan: Plan) -> Digests:
    """Return what else bears on what drafts come to, as far as a part of the record tells that."""
    written = [one.event for one in plan.events]
    ids = {id_ for event in written if (id_ := getattr(event, "id", None))}
    found = set(record.events([Role.BEARS], ids))
    found |= record.of_types([_NAMED[kind] for kind in {one.kind for one in plan.fresh}])
    for event in written:
        if isinstance(event, MeetingHeld):
            found |= _at_that_time(record, plan, event)
    return closed(record, found)


def _at_that_time(record: Whole, plan: Plan, held: MeetingHeld) -> Digests:
    """Return the meetings with anybody who was met that may be of the same days."""
    when = plan.state.meetings[held.id].when
    if when is None or when.start is None:
        return frozenset()
    met = {*held.agencies, *(one.person for one in held.participants if one.person)}
    first, last = when.start.isoformat(), (when.end or when.start).isoformat()
    found = set(record.moved(met, OCCASIONS))
    return found.union(*(record.since(Told.MET, one, first, last) for one in met))


def _words(item: Item) -> Iterator[str]:
    """Yield all words of a draft that may name something: each text, whatever it is for."""
    for value in item.values.values():
        for one in value if isinstance(value, tuple) else (value,):
            yield from (one.text,) if isinstance(one, Said) else _words(one)
    for cited in item.cited:
        yield from (said.text for said in (cited.quote, *cited.options.values()))
