"""What an event touches, and how: the thread that ties a record's events together. Pure.

Ids, item references and digests stand in an event under fields that say what they are for. The index
keeps them, and a slice follows them, so that a paper reads only the files it needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from hashlib import sha256
from operator import attrgetter
from typing import Any, Final, NamedTuple, get_args, get_origin

from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from briefing.events import (
    AssessmentRecorded,
    Event,
    EventCorrected,
    EventRedacted,
    EventRetracted,
    MeetingPlanned,
    Named,
    Occasion,
    PersonDescribed,
)
from briefing.payload import Model, Side, model_of, parts_of
from briefing.roles import TO_EVENTS, Role, roles_in, ways_of
from briefing.spelling import fold_name


class Link(NamedTuple):
    """One thing, an id or a digest, and how an event touches it."""

    role: Role
    to: str


_Get = Callable[[Any], Any]
_Way = tuple[Role, str]


def links(event: Event) -> frozenset[Link]:
    """Return what an event touches: agencies, people, topics, visit, meeting, sources, and other events.

    A correction touches its target and what its new values name.
    """
    return frozenset(_made(Link, (role, to)) for to, ways in touched(event).items() for role in roles_in(ways))


def touched(event: Event) -> dict[str, int]:
    """Return what an event, or its stand-in, touches, each with all its roles as one number: bit 3 for role 3."""
    found: dict[str, int] = {}
    _gather(event, found)
    kind: type[Event] = model_of(type(event))
    for more in _besides(kind):
        _add(found, more(event))
    for side in _SIDES:
        found.pop(side, None)
    return found


@cache
def _besides(kind: type[Event]) -> tuple[Callable[[Any], Iterable[_Way]], ...]:
    """Return what yields the links of a type that do not stand under a field of their own.

    Asked once a type: to ask of each event what it is an instance of takes longer than its links.
    """
    return tuple(yielding for kinds, yielding in _BESIDES if issubclass(kind, kinds))


def _of_replaced(event: Occasion | AssessmentRecorded) -> Iterator[_Way]:
    return ((Role.MOVES, one) for one in event.replaces)


def _of_target(event: EventRetracted | EventRedacted) -> Iterator[_Way]:
    yield (Role.MOVES, event.target)


def _of_posts(event: PersonDescribed) -> Iterator[_Way]:
    return ((Role.POST, one.agency) for one in event.posts if one.agency)


def _of_agenda(event: MeetingPlanned) -> Iterator[_Way]:
    return ((Role.SPOKEN_OF, called(words)) for words in (event.title, *event.agenda))


def _of_pledges(event: Occasion) -> Iterator[_Way]:
    return ((Role.PLEDGED, topic) for one in event.commitments for topic in one.topics)


def _of_register(event: Named) -> Iterator[_Way]:
    yield (Role.DEFINES, event.id)


def _of_names(event: Event) -> Iterator[_Way]:
    kind: type[Event] = model_of(type(event))
    return ((Role.CALLED, called(words)) for get in _naming(kind) for words in _words(get(event)))


def filed(reference: str) -> str:
    """Return what stands in a link for a paper's reference, which is free text: its SHA-256."""
    return sha256(reference.encode()).hexdigest()


@lru_cache(maxsize=10_000)
def is_id(words: str) -> bool:
    """Tell whether words can be an id, a digest, or an item with its meeting; a speaker may be free words."""
    return _ID.fullmatch(words) is not None


def called(name: str) -> str:
    """Return what stands in a link for a name, as it is looked up: a part of its SHA-256; two names may share one."""
    return sha256(fold_name(name).encode()).hexdigest()[:16]


def _of_changes(event: EventCorrected) -> Iterator[_Way]:
    """Yield what the new values of a correction touch, and whether its target may be overtaken otherwise for them."""
    for change in event.changes:
        *above, last = change.path.split("/")
        if not above and last == "id" and isinstance(change.value, str):
            yield from ((Role.BEARS, change.value), (Role.DEFINES, change.value))
        elif not above and last in (*_CALLED, "agenda"):
            yield from ((Role.CALLED, called(name)) for name in _names({last: change.value}))
            yield from ((Role.SPOKEN_OF, called(name)) for name in _words(change.value))
        elif last != "id":
            for link in _of_plain(last, change.value):
                yield link
                if link[0] is Role.NAMES and (role := _MEANT.get(change.path.partition("/")[0])):
                    yield role, link[1]
        if last not in _STAYING:
            yield (Role.MOVES, event.target)


_BESIDES: Final[tuple[tuple[Any, Callable[[Any], Iterable[_Way]]], ...]] = (
    (EventCorrected, _of_changes),
    (EventRetracted | EventRedacted, _of_target),
    (Occasion | AssessmentRecorded, _of_replaced),
    (PersonDescribed, _of_posts),
    (MeetingPlanned, _of_agenda),
    (Occasion, _of_pledges),
    (Named, _of_register),
    (Named | Occasion | MeetingPlanned, _of_names),
)
"""What yields links of events of some types, besides those under their fields."""

_MEANT = {"posts": Role.POST, "commitments": Role.PLEDGED}
"""Field that a correction changes → what the ids in its new value are, besides being named."""

_STAYING = frozenset([
    "title", "say", "short", "kind", "where", "form", "mode", "host", "language", "note_taker", "attendance",
    "public_line", "not_known", "citations", "evidence", "due", "bottom_line",
    "state_of_play", "sensitivity", "next_steps", "comment",
])  # fmt: skip
"""Fields that may change and leave an event's day, agencies, topics and statuses as they were."""

_SIDES = frozenset(get_args(Side))
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z]+[0-9]+)?")

_ROLES: Final[dict[str, tuple[Role, ...]]] = {
    "id": (Role.BEARS,),
    "target": (Role.ABOUT,),
    "replaces": (Role.ABOUT,),
    "note": (Role.ABOUT,),
    "amends": (Role.ABOUT,),
    "parents": (Role.PARENT,),
    "target_parents": (Role.PARENT,),
    "visit": (Role.VISIT, Role.NAMES),
    "follows": (Role.FOLLOWS, Role.NAMES),
    "agencies": (Role.MET, Role.NAMES),
    **dict.fromkeys(("source", "person", "agency", "topics", "theme", "about", "subject", "uses"), (Role.NAMES,)),
    **dict.fromkeys(("principal", "by", "to", "owed_by", "owed_to"), (Role.NAMES,)),
}
"""Field → what the ids in it are to the event."""

_CALLED = ("name", "title", "expansion", "short", "aliases")
"""The fields of an event by which the thing that it is about can be named."""


@cache
def _naming(kind: type[Event]) -> tuple[_Get, ...]:
    return tuple(attrgetter(name) for name in _CALLED if name in kind.model_fields)


def _names(values: Mapping[str, object]) -> Iterator[str]:
    for name in _CALLED:
        yield from _words(values.get(name))


def _words(value: object) -> Iterator[str]:
    for one in value if isinstance(value, list | tuple) else (value,):
        if isinstance(one, str):
            yield one


_OF_EVENTS = frozenset(name for name, roles in _ROLES.items() if TO_EVENTS.intersection(roles))


_made: Final = tuple.__new__
"""Makes a link in half the time that `Link` takes."""


def _gather(part: Model, found: dict[str, int]) -> None:
    """Add what a part of an event touches; the id of an item, unique in its meeting only, is no link."""
    of = _fields(type(part))
    for get, many, free, ways in of.naming:
        if value := get(part):
            for one in value if many else (value,):
                if not free or is_id(one):
                    found[one] = found.get(one, 0) | ways
    if of.wording:
        _add(found, (link for get, name in of.wording for link in _of_field(name, get(part))))
    for get, many in of.holding:
        if value := get(part):
            for inner in value if many else (value,):
                _gather(inner, found)


def _add(found: dict[str, int], more: Iterable[_Way]) -> None:
    for role, to in more:
        if is_id(to):
            found[to] = found.get(to, 0) | 1 << role


class _Fields(NamedTuple):
    """What gets the fields of a part of an event that touch anything."""

    naming: tuple[tuple[_Get, bool, bool, int], ...]
    """Whether it holds many, whether it may hold free words, its roles."""
    wording: tuple[tuple[_Get, str], ...]
    """Its name: it holds words that are not themselves what is touched; see `_of_field`."""
    holding: tuple[tuple[_Get, bool], ...]
    """Whether it holds many parts."""


@cache
def _fields(kind: type[Model]) -> _Fields:
    model: type[Model] = model_of(kind)
    fields = model.model_fields
    many = {name: get_origin(field.annotation) is tuple for name, field in fields.items()}
    naming = (name for name in fields if name in _ROLES and (name != "id" or issubclass(model, Event)))
    holding = (name for name, parts in parts_of(model) if any(any(_fields(one)) for one in parts))
    return _Fields(
        tuple((attrgetter(name), many[name], _free(fields[name]), ways_of(_ROLES[name])) for name in naming),
        tuple((attrgetter(name), name) for name in fields if name in _WORDS),
        tuple((attrgetter(name), many[name]) for name in holding),
    )


def _free(field: FieldInfo) -> bool:
    """Tell whether a field may hold words that are no id: no pattern stands in its type."""
    said = (*field.metadata, *_said(field.annotation))
    return not any(isinstance(one, StringConstraints) and one.pattern for one in said)


def _said(annotation: object) -> Iterator[object]:
    for one in get_args(annotation):
        yield one
        yield from _said(one)


_WORDS: Final = frozenset(["commitment", "objective", "reference", "difference"])


def _of_plain(name: str, value: object) -> Iterator[_Way]:
    """Yield what plain JSON under a field touches; an id inside it is an item's, the envelope stays."""
    for one in value if isinstance(value, list | tuple) else (value,):
        if isinstance(one, dict):
            for key, inner in one.items():
                if key != "id":
                    yield from _of_plain(key, inner)
        elif isinstance(one, str) and name not in _OF_EVENTS:
            yield from _of_field(name, one)


def _of_field(name: str, said: str) -> Iterator[_Way]:
    if name in ("commitment", "objective"):
        yield from ((Role.NAMES, said), (Role.NEWS_OF, said.partition("/")[0]))
    elif name == "reference":
        yield (Role.FILED, filed(said))
    elif name == "difference":
        yield from _of_key(said)
    else:
        yield from ((role, said) for role in _ROLES.get(name, ()))


def _of_key(difference: str) -> Iterator[_Way]:
    """Yield what the key of a difference names: meetings and a topic, a statement, a person, a fact."""
    before, _, last = difference.partition("/")
    things = before.split("+")
    yield from ((Role.NEWS_OF, one) for one in things)
    yield (Role.NAMES, last if len(things) > 1 else difference)
