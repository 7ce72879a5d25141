"""What of a record may be shown to a reader: extracts of events, made before the fold. Pure.

A paper made from these holds no trace of the rest: no id, no digest, no gap in a numbering. An extract
has no digest of the record's, no parents, no nonce, no origin; its corrections are applied to it.

Withheld is an event whose mark the reader may not see; so is the target of a withheld correction,
retraction, redaction or settlement, and the commitment or objective of withheld news. A statement goes
when its own mark is too high, or when every text it rests on is withheld; who or what is withheld is
named by nothing that stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from briefing.amend import ABOUT_EVENTS, amend
from briefing.codec import digest, encode
from briefing.envelope import Digest
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
from briefing.payload import Citation, Model, Participant, Post

NOT_RELEASED = (NoteCleared, NoteIssued, NoteSeen, NoteReturned)
"""What became of papers is nothing that a released paper speaks of."""

_STATEMENTS = frozenset(["points", "commitments", "not_agreed", "objectives", "expected", "programme"])
_NAMES = frozenset(["source", "person", "agency", "agencies", "topics", "theme", "visit", "follows", "about"])
_NAMES_OF_PEOPLE = frozenset(["principal", "by", "to", "owed_by", "owed_to", "host"])


class Reader(Protocol):
    """Someone for whom it can be said of every mark whether they may see what bears it."""

    def may_see(self, words: str | None) -> bool:
        """Tell whether what bears this mark may be shown to them; None is what bears no mark."""


def released(log: Sequence[Recorded], reader: Reader) -> tuple[Recorded, ...]:
    """Return extracts of what a reader may see, in log order; folding them gives what a paper for them is made from."""
    live = [(one, event) for one, event in amend(log).live if not isinstance(event, NOT_RELEASED)]
    withheld = _withheld(log, {one: event.marking for one, event in live}, reader)
    seen = {one: event for one, event in live if one not in withheld.events}
    while True:
        hidden = _ids(live) - _ids(seen.items()) | withheld.items
        cut = {one: _Cut(event, reader, hidden).event() for one, event in seen.items()}
        left = {one: event for one, event in cut.items() if event is not None}
        if len(left) == len(seen):
            return tuple(_in_new_envelopes(left))
        seen = {one: seen[one] for one in left}


@dataclass(frozen=True, slots=True)
class Withheld:
    """The digests of events, and the references of items and things, that a reader may not see."""

    events: set[str]
    items: set[str]


def _withheld(log: Sequence[Recorded], marks: Mapping[str, str | None], reader: Reader) -> Withheld:
    """Return what a reader may not see; `marks` has the marks of events as corrections leave them."""
    events = {one.digest for one in log if not reader.may_see(marks.get(one.digest, one.event.marking))}
    items: set[str] = set()
    for one in reversed(log):
        if one.digest not in events:
            continue
        if isinstance(one.event, ABOUT_EVENTS):
            events.add(one.event.target)
        elif isinstance(one.event, CommitmentUpdated):
            items.add(one.event.commitment)
        elif isinstance(one.event, ObjectiveScored):
            items.add(one.event.objective)
        elif isinstance(one.event, DifferenceSettled):
            items |= _in_question(one.event.difference)
    return Withheld(events, items)


def _in_question(difference: str) -> set[str]:
    """Return what the key of a settled difference names: a statement, or the things it lies between."""
    before, _, _ = difference.partition("/")
    return {difference} if "+" not in before and "/" in difference else set(before.split("+"))


def _ids(events: Any) -> set[str]:
    return {id_ for _, event in events if (id_ := getattr(event, "id", None)) is not None}


class _Cut:
    """One event less what a reader may not see."""

    def __init__(self, whole: Event, reader: Reader, hidden: set[str]) -> None:
        self.whole = whole
        self.reader = reader
        self.hidden = hidden

    def event(self) -> Event | None:
        """Return the extract; None where nothing is left that may stand by itself."""
        if self._about_hidden():
            return None
        left = self._part(self.whole)
        if left is None or self._hollow(left):
            return None
        assert isinstance(left, Event)
        return left

    def _about_hidden(self) -> bool:
        """Tell whether the thing it is about is withheld: an assessment of it goes too, and news of it."""
        subjects = [getattr(self.whole, name, None) for name in ("id", "about", "subject", "uses")]
        named = [getattr(self.whole, name, None) for name in ("commitment", "objective")]
        keys = _in_question(self.whole.difference) if isinstance(self.whole, DifferenceSettled) else set()
        of_items = {one.partition("/")[0] for one in named if one}
        asked = {*(one for one in (*subjects, *named) if isinstance(one, str)), *keys, *of_items}
        return bool(asked & self.hidden)

    def _hollow(self, left: Model) -> bool:
        """Tell whether all that it rests on is withheld."""
        rests = getattr(self.whole, "citations", ())
        held = any(getattr(left, name, ()) for name in (*_STATEMENTS, "citations", "posts"))
        return bool(rests) and not held

    def _part(self, part: Model) -> Model | None:
        """Return a part of the event without what is withheld; None where it must go as a whole."""
        values: dict[str, Any] = {}
        for name in type(part).model_fields:
            value = getattr(part, name)
            if isinstance(value, tuple):
                values[name] = tuple(self._items(name, value))
            elif isinstance(value, str) and value in self.hidden and name in _NAMES | _NAMES_OF_PEOPLE:
                if type(part).model_fields[name].is_required() or isinstance(part, Citation | Participant | Post):
                    return None
                values[name] = None
            elif isinstance(value, Model):
                values[name] = self._part(value)
        if getattr(part, "citations", ()) and not values["citations"] and not isinstance(part, Event):
            return None
        return part.model_copy(update=values)

    def _items(self, name: str, value: tuple[Any, ...]) -> Iterator[Any]:
        for one in value:
            if isinstance(one, Model):
                if self._shown(name, one) and (left := self._part(one)) is not None:
                    yield left
            elif not (name in _NAMES and one in self.hidden):
                yield one

    def _shown(self, name: str, one: Model) -> bool:
        mark = getattr(one, "marking", None) or self.whole.marking
        reference = f"{getattr(self.whole, 'id', '')}/{getattr(one, 'id', '')}"
        return not (name in _STATEMENTS and reference in self.hidden) and self.reader.may_see(mark)


# ── new envelopes, new numbers ────────────────────────────────────────────────────────────────


def _in_new_envelopes(cut: Mapping[str, Event]) -> Iterator[Recorded]:
    """Yield extracts as events of their own: numbered anew, naming each other and nothing of the record."""
    numbers: dict[str, str] = {}
    digests: dict[str, Digest] = {}
    for old, event in cut.items():
        numbered = _numbered(event, numbers)
        extract = numbered.model_copy(
            update={
                "recorded_by": "released", "origin": "released", "parents": (), "nonce": "0" * 32,
                "replaces": tuple(digests[one] for one in event.replaces if one in digests),
                "recorded_for": None, "file_ref": None, "retention": None,
            }
        )  # fmt: skip
        digests[old] = digest(encode(extract))
        yield Recorded(digest=digests[old], event=extract)


def _numbered(event: Event, numbers: dict[str, str]) -> Event:
    """Return an event whose items are counted from 1 again, and references to items that follow."""
    values: dict[str, Any] = {}
    for name in _STATEMENTS & type(event).model_fields.keys():
        items = getattr(event, name)
        if not items or not hasattr(items[0], "id"):
            continue
        new = [f"{one.id.rstrip('0123456789')}{n}" for n, one in enumerate(items, 1)]
        bearer = getattr(event, "id", "")
        numbers.update({f"{bearer}/{one.id}": f"{bearer}/{id_}" for one, id_ in zip(items, new, strict=True)})
        values[name] = tuple(one.model_copy(update={"id": id_}) for one, id_ in zip(items, new, strict=True))
    for name in ("commitment", "objective", "difference"):
        if (reference := getattr(event, name, None)) is not None:
            values[name] = numbers.get(reference, reference)
    return event.model_copy(update=values)
