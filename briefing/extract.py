"""Extracts: what is left of an event for a reader, and the new envelope and numbers that it gets. Pure.

What a field names stays only where the thing itself is shown, so that what is withheld and what was
never there look the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.codec import digest, encode
from briefing.events import (
    AgencyDescribed,
    AssessmentRecorded,
    CommitmentUpdated,
    DifferenceSettled,
    Event,
    FactStated,
    LineAgreed,
    MeetingHeld,
    ObjectiveScored,
    Occasion,
    PersonDescribed,
    Recorded,
    SourceRegistered,
    TopicDescribed,
    VisitDescribed,
)
from briefing.payload import Citation, Model, Participant, Post

_STATEMENTS = ("points", "commitments", "not_agreed", "objectives", "expected")
"""Lists of items that have an id in their meeting or visit."""

_KINDS: dict[type[Event], str] = {
    SourceRegistered: "source", AgencyDescribed: "agency", PersonDescribed: "person", TopicDescribed: "topic",
    VisitDescribed: "visit",
}  # fmt: skip
_NAMES = {
    "source": "source", "uses": "source", "person": "person", "principal": "person", "agency": "agency",
    "agencies": "agency", "topics": "topic", "theme": "topic", "visit": "visit", "follows": "visit", "about": "",
}  # fmt: skip
"""Field → the kind of thing that it names; "" is a thing of any kind."""

_NAMES_OR_WORDS = frozenset(["by", "to", "owed_by", "owed_to", "host"])
"""Fields that hold an id, or words for someone who is on no register."""

_ITEM = re.compile(r"[a-z]+[0-9]+")


def in_question(difference: str) -> set[str]:
    """Return what the key of a settled difference names: a statement, a person, a fact, or meetings."""
    before, _, last = difference.partition("/")
    return {difference} if "+" not in before and _ITEM.fullmatch(last) else set(before.split("+"))


def _topic_in_question(difference: str) -> set[str]:
    before, _, last = difference.partition("/")
    return {last} if "+" in before else set()


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader is shown: things by kind, and the items of meetings and visits, said or intended.

    `known` are the ids that anything on record ever bore; `withheld` what is not shown whatever its mark.
    """

    things: Mapping[str, set[str]]
    said: set[str]
    intended: set[str]
    known: frozenset[str]
    withheld: set[str]
    may_see: Callable[[str | None], bool]

    @classmethod
    def by(cls, events: Iterable[Event], *, known: frozenset[str], withheld: set[str],
           may_see: Callable[[str | None], bool]) -> Shown:  # fmt: skip
        """Return what these events show."""
        things: dict[str, set[str]] = {"": set()}
        said: set[str] = set()
        intended: set[str] = set()
        for event in events:
            if (id_ := getattr(event, "id", None)) is not None and id_ not in withheld:
                things[""].add(id_)
                things.setdefault(_KINDS.get(type(event), ""), set()).add(id_)
            (said if isinstance(event, Occasion) else intended).update(_items(event))
        return cls(things, said - withheld, intended - withheld, known, withheld, may_see)

    def names(self, name: str, value: str) -> bool:
        """Tell whether a field may hold this value: the id of what is shown, or words."""
        if name in _NAMES:
            return value in self.things.get(_NAMES[name], ())
        return name not in _NAMES_OR_WORDS or value not in self.known or value in self.things[""]


def _items(event: Event) -> Iterator[str]:
    for name in _STATEMENTS:
        yield from (f"{getattr(event, 'id', '')}/{one.id}" for one in getattr(event, name, ()))


# ── what is left of an event ──────────────────────────────────────────────────────────────────


def cut(event: Event, shown: Shown) -> Event | None:
    """Return an event without what is not shown; None where nothing is left that may stand by itself."""
    if getattr(event, "id", None) in shown.withheld or not _subject_shown(event, shown):
        return None
    left = _Cut(event, shown).part(event)
    rests: tuple[Citation, ...] = getattr(event, "citations", ())
    if left is None or (rests and _hollow(left)):
        return None
    if isinstance(left, MeetingHeld):
        left = left.model_copy(update={"attendance": None})  # an extract cannot say who was not there
    assert isinstance(left, Event)
    return left


def _subject_shown(event: Event, shown: Shown) -> bool:
    """Tell whether what an event speaks of is shown: news, settlements and assessments go with their subject."""
    match event:
        case CommitmentUpdated():
            return event.commitment in shown.said
        case ObjectiveScored():
            return event.objective in shown.intended
        case DifferenceSettled():
            things = in_question(event.difference) | _topic_in_question(event.difference)
            return things <= shown.said | shown.things[""] and shown.names("uses", event.uses)
        case AssessmentRecorded() | LineAgreed():
            return shown.names("about", event.about)
        case FactStated():
            return not event.about or any(shown.names("about", one) for one in event.about)
    return True


def _hollow(left: Model) -> bool:
    """Tell whether all that an event rested on is gone."""
    return not any(getattr(left, name, ()) for name in (*_STATEMENTS, "programme", "citations", "posts"))


@dataclass(frozen=True, slots=True)
class _Cut:
    """What goes from the parts of one event."""

    whole: Event
    shown: Shown

    def part(self, part: Model) -> Model | None:
        """Return a part of the event without what is not shown; None where it must go as a whole."""
        values: dict[str, Any] = {}
        for name, about in type(part).model_fields.items():
            value = getattr(part, name)
            if isinstance(value, tuple):
                values[name] = tuple(self._list(name, value))
            elif isinstance(value, str) and not self.shown.names(name, value):
                if about.is_required() or isinstance(part, Citation | Participant | Post):
                    return None
                values[name] = None
            elif isinstance(value, Model):
                values[name] = self.part(value)
        if getattr(part, "citations", ()) and not values["citations"] and not isinstance(part, Event):
            return None
        return part.model_copy(update=values)

    def _list(self, name: str, value: tuple[Any, ...]) -> Iterator[Any]:
        for one in value:
            if isinstance(one, Model):
                if self._may_stand(name, one) and (left := self.part(one)) is not None:
                    yield left
            elif self.shown.names(name, one):
                yield one

    def _may_stand(self, name: str, one: Model) -> bool:
        reference = f"{getattr(self.whole, 'id', '')}/{getattr(one, 'id', '')}"
        marked = getattr(one, "marking", None) or self.whole.marking
        return not (name in _STATEMENTS and reference in self.shown.withheld) and self.shown.may_see(marked)


# ── new envelopes, new numbers ────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The new references of items by their old ones, of what was said and of what was intended."""

    said: dict[str, str] = field(default_factory=dict)
    intended: dict[str, str] = field(default_factory=dict)


def in_new_envelopes(extracts: Mapping[str, Event], replaced: Mapping[str, frozenset[str]]) -> dict[str, Recorded]:
    """Return extracts as events of their own: numbered anew, naming each other and nothing of the record.

    They go by the digests that the events have on record. Their order follows from what they say, also where two were
    recorded in one moment.
    """
    bare = {old: event.model_copy(update=_ENVELOPE) for old, event in extracts.items()}
    in_order = sorted(bare, key=lambda old: (bare[old].recorded_at, bare[old].type, digest(encode(bare[old]))))
    numbers = _Numbers()
    numbered = [(old, _numbered(bare[old], numbers)) for old in in_order]
    written: dict[str, Recorded] = {}
    for old, event in numbered:
        earlier = tuple(sorted(written[one].digest for one in replaced[old] if one in written))
        extract = event.model_copy(update={"replaces": earlier, **_renumbered(event, numbers)})
        written[old] = Recorded(digest=digest(encode(extract)), event=extract)
    return dict(sorted(written.items(), key=lambda row: (row[1].at, row[1].event.type, row[1].digest)))


_ENVELOPE: dict[str, Any] = {
    "recorded_by": "released", "origin": "released", "parents": (), "nonce": "0" * 32, "replaces": (),
    "recorded_for": None, "file_ref": None, "retention": None,
}  # fmt: skip


def _numbered(event: Event, numbers: _Numbers) -> Event:
    """Return an event whose items are counted from 1 again, by their letter; `numbers` gets their new references."""
    values: dict[str, Any] = {}
    counts: Counter[str] = Counter()
    bearer = getattr(event, "id", "")
    own = numbers.said if isinstance(event, Occasion) else numbers.intended
    for name in _STATEMENTS:
        items = []
        for one in getattr(event, name, ()):
            letter = one.id.rstrip("0123456789")
            counts[letter] += 1
            items.append(one.model_copy(update={"id": f"{letter}{counts[letter]}"}))
            own[f"{bearer}/{one.id}"] = f"{bearer}/{items[-1].id}"
        if items:
            values[name] = tuple(items)
    return event.model_copy(update=values)


def _renumbered(event: Event, numbers: _Numbers) -> dict[str, str]:
    """Return what an event that speaks of an item now calls it."""
    match event:
        case CommitmentUpdated():
            return {"commitment": numbers.said[event.commitment]}
        case ObjectiveScored():
            return {"objective": numbers.intended[event.objective]}
        case DifferenceSettled():
            return {"difference": numbers.said.get(event.difference, event.difference)}
    return {}
