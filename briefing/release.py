"""What of a record may be shown to a reader: extracts of events, made before the fold. Pure.

A paper made from these holds no trace of the rest: no id, no digest, no gap in a numbering. Two records
that differ only in what is withheld give the same extracts, byte for byte. An extract has no digest of
the record's, no parents, no nonce, no origin; its corrections are applied to it.

Withheld is an event whose mark the reader may not see, with whatever says the same; so is the target of
a withheld correction, retraction, redaction or settlement, and the commitment or objective of withheld
news. A statement goes when its own mark is too high, or when every text it rests on is withheld. Nothing
that stays names what is not shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from briefing.amend import ABOUT_EVENTS, Amended, amend
from briefing.events import (
    CommitmentUpdated,
    DifferenceSettled,
    Event,
    NoteCleared,
    NoteIssued,
    NoteReturned,
    NoteSeen,
    ObjectiveScored,
    Recorded,
)
from briefing.extract import Shown, cut, in_new_envelopes, in_question
from briefing.markings.given import unknown_in
from briefing.markings.marking import UnknownMark
from briefing.markings.profile import Profile

NOT_RELEASED = (NoteCleared, NoteIssued, NoteSeen, NoteReturned)
"""What became of papers is nothing that a released paper speaks of."""


class Reader(Protocol):
    """Someone for whom it can be said of every mark whether they may see what bears it."""

    def may_see(self, words: str | None) -> bool:
        """Tell whether what bears this mark may be shown to them; None is what bears no mark."""


def released(log: Sequence[Recorded], reader: Reader) -> tuple[Recorded, ...]:
    """Return extracts of what a reader may see, in log order; folding them gives what a paper for them is made from."""
    return tuple(extracts_of(log, reader).values())


def extracts_of(log: Sequence[Recorded], reader: Reader) -> dict[str, Recorded]:
    """Return the same by the digests that the events have on record."""
    amended = amend(log)
    withheld = _withheld(log, amended, reader)
    known = frozenset(_ids(one.event for one in log)) | frozenset(_ids(event for _, event in amended.live))
    left: dict[str, Event] = {
        one: event for one, event in amended.live
        if one not in withheld.events and not isinstance(event, NOT_RELEASED)
    }  # fmt: skip
    while True:
        shown = Shown.by(left.values(), known=known, withheld=withheld.items, may_see=reader.may_see)
        extracts = {one: extract for one, event in left.items() if (extract := cut(event, shown)) is not None}
        if extracts == left:
            return in_new_envelopes(extracts, _replaced(log, amended, extracts))
        left = extracts


@dataclass(frozen=True, slots=True)
class Withheld:
    """The digests of events, and the references of items and things, that a reader may not see."""

    events: set[str]
    items: set[str]


def unknown_marks(log: Sequence[Recorded], profile: Profile) -> Iterator[tuple[Recorded, UnknownMark]]:
    """Yield each event that, as it reads now, bears a mark which the profile does not know; and what is wrong."""
    amended = amend(log)
    about = [one for one in log if isinstance(one.event, ABOUT_EVENTS) and one.digest not in amended.withdrawn]
    yield from unknown_in((Recorded(digest=one, event=event) for one, event in amended.live), profile)
    yield from unknown_in(about, profile)


def _withheld(log: Sequence[Recorded], amended: Amended, reader: Reader) -> Withheld:
    """Return what a reader may not see, with its mark as corrections leave it."""
    marks = {one: event.marking for one, event in amended.live}
    events = {
        one.digest for one in log
        if (one.digest not in amended.withdrawn or isinstance(one.event, ABOUT_EVENTS))
        and not reader.may_see(marks.get(one.digest, one.event.marking))
    }  # fmt: skip
    events |= {amended.twins[one] for one in events & amended.twins.keys()}
    items: set[str] = set()
    for one in reversed(log):
        if one.digest not in events:
            continue
        if isinstance(one.event, ABOUT_EVENTS):
            events |= {one.event.target, amended.twins.get(one.event.target, one.event.target)}
        elif isinstance(one.event, CommitmentUpdated):
            items.add(one.event.commitment)
        elif isinstance(one.event, ObjectiveScored):
            items.add(one.event.objective)
        elif isinstance(one.event, DifferenceSettled):
            items |= in_question(one.event.difference)
    return Withheld(events, items)


def _ids(events: Iterable[Event]) -> Iterable[str]:
    return (id_ for event in events if (id_ := getattr(event, "id", None)) is not None)


def _replaced(log: Sequence[Recorded], amended: Amended, shown: Mapping[str, Event]) -> dict[str, frozenset[str]]:
    """Return for each event the events it replaces that are shown: through one that is not, what that one replaced."""
    behind: dict[str, frozenset[str]] = {}
    for one in log:
        earlier = {amended.twins.get(each, each) for each in one.event.replaces}
        behind[one.digest] = frozenset[str]().union(
            *(frozenset([each]) if each in shown else behind.get(each, frozenset()) for each in earlier)
        )
    return behind
