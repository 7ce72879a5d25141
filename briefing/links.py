"""What an event touches, and how: the thread that ties a record's events together. Pure.

Ids, item references and digests stand in an event under fields that say what they are for. The index
keeps them, and a slice follows them, so that a paper reads only the files it needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, Final, NamedTuple, cast, get_args, get_origin

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
)
from briefing.payload import Commitment, Model, Post, Side, model_of, parts_of
from briefing.roles import TO_EVENTS, Role, roles_in, ways_of
from briefing.spelling import fold_name
from briefing.walks import Held, walk


class Link(NamedTuple):
    """One thing, an id or a digest, and how an event touches it."""

    role: Role
    to: str


_Way = tuple[Role, str]


def links(event: Event) -> frozenset[Link]:
    """Return what an event touches: agencies, people, topics, visit, meeting, sources, and other events.

    A correction touches its target and what its new values name.
    """
    return frozenset(_made(Link, (role, to)) for to, ways in touched(event).items() for role in roles_in(ways))


def touched(event: Event) -> dict[str, int]:
    """Return what an event, or its stand-in, touches, each with all its roles as one number: bit 3 for role 3."""
    found: dict[str, int] = {}
    kind: type[Event] = model_of(type(event))
    _gathering(kind)(event, found)
    if kind is EventCorrected:
        _add(found, _of_changes(cast("EventCorrected", event)))
    for side in _SIDES:
        found.pop(side, None)
    return found


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

_BESIDES: Final[tuple[tuple[Any, str, Role], ...]] = (
    (Occasion | AssessmentRecorded, "replaces", Role.MOVES),
    (EventRetracted | EventRedacted, "target", Role.MOVES),
    (Named, "id", Role.DEFINES),
    (Post, "agency", Role.POST),
    (Commitment, "topics", Role.PLEDGED),
)
"""What the ids in a field of some kinds are besides."""

_CALLED = ("name", "title", "expansion", "short", "aliases")
"""The fields of an event by which the thing that it is about can be named."""


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


def _add(found: dict[str, int], more: Iterable[_Way]) -> None:
    for role, to in more:
        if is_id(to):
            found[to] = found.get(to, 0) | 1 << role


@cache
def _gathering(kind: type[Event]) -> Callable[[Event, dict[str, int]], None]:
    """Return what adds what an event of a type touches, under its fields and those of its parts."""
    return walk(kind, _said_of, _parts_of, {"is_id": is_id, "add": _add, "of_field": _of_field, "called": called})


def _said_of(kind: type[Model]) -> Iterator[str]:
    """Yield the lines that add what the fields of a part touch; the id of an item, unique is no link."""
    if issubclass(kind, Event):
        yield "get = found.get"
    for name, field in kind.model_fields.items():
        each = "for one in {0}.%s:" if get_origin(field.annotation) is tuple else "if one := {0}.%s:"
        if name in _WORDS:
            yield f"add(found, of_field({name!r}, {{0}}.{name}))"
        elif name in _ROLES and (name != "id" or issubclass(kind, Event)):
            yield each % name
            yield f"{' if is_id(one):' if _free(field) else ''} {_added('one', _roles(kind, name))}"
        if words := _roles_of_words(kind, name):
            yield each % name
            yield f" one = called(one); {_added('one', words)}"


def _added(one: str, roles: Iterable[Role]) -> str:
    return f"found[{one}] = get({one}, 0) | {ways_of(roles)}"


def _roles(kind: type[Model], name: str) -> tuple[Role, ...]:
    return (*_ROLES[name], *(role for kinds, field, role in _BESIDES if field == name and issubclass(kind, kinds)))


def _roles_of_words(kind: type[Model], name: str) -> tuple[Role, ...]:
    """Return what the words of a field are: a name of the thing, or what a meeting to come is to speak of."""
    naming = name in _CALLED and issubclass(kind, Named | Occasion | MeetingPlanned)
    spoken = name in ("title", "agenda") and issubclass(kind, MeetingPlanned)
    return (*([Role.CALLED] if naming else ()), *([Role.SPOKEN_OF] if spoken else ()))


def _parts_of(kind: type[Model]) -> Iterator[Held]:
    for name, kinds in parts_of(kind):
        yield from (Held(name, get_origin(kind.model_fields[name].annotation) is tuple, one) for one in kinds)


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
