"""What an event touches, and how: the thread that ties a record's events together. Pure.

Ids, item references and digests stand in an event under fields that say what they are for. The index
keeps them, and a slice follows them, so that a paper reads only the files it needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, Final, NamedTuple, get_args

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
from briefing.payload import Model, Side, parts_of
from briefing.spelling import fold_name


class Role(IntEnum):
    """How an event touches a thing, or another event."""

    BEARS = 1
    """It gives this id to a thing."""
    DEFINES = 2
    """It bears this id and stands on the register, or moves a thing to this id."""
    NAMES = 3
    """It names it anywhere: in the roles of the next three, or in another."""
    VISIT = 4
    """It belongs to this visit."""
    FOLLOWS = 5
    """It is of a visit that follows this one."""
    MET = 6
    """This agency was met."""
    NEWS_OF = 7
    """It says what became of an item of this meeting or visit, or which text is followed on it, a person or a fact."""
    ABOUT = 8
    """It is about the event of this digest, replaces it, or amends it."""
    PARENT = 9
    """It follows the event of this digest."""
    FILED = 10
    """It is about a paper of this reference; see `filed`."""
    CALLED = 11
    """It gives a thing this name, or a meeting this title; see `called`."""
    MOVES = 12
    """The event of this digest may read otherwise for it: of another day, agency or topic, closed or open, or gone."""
    POST = 13
    """It gives somebody a post in this agency, or took one there away."""
    PLEDGED = 14
    """Something was promised on this topic."""
    SPOKEN_OF = 15
    """A meeting to come is to speak of what has this name; see `called`."""


TO_EVENTS: Final = frozenset([Role.ABOUT, Role.PARENT, Role.MOVES])
"""The roles of links to other events, by digest."""


class Link(NamedTuple):
    """One thing, an id or a digest, and how an event touches it."""

    role: Role
    to: str


def links(event: Event) -> frozenset[Link]:
    """Return what an event touches: agencies, people, topics, visit, meeting, sources, and other events.

    A correction touches its target and what its new values name.
    """
    found: set[Link] = set()
    _gather(event, found)
    for more in _besides(type(event)):
        found.update(more(event))
    return frozenset(one for one in found if one.to not in _SIDES and is_id(one.to))


@cache
def _besides(kind: type[Event]) -> tuple[Callable[[Any], Iterable[Link]], ...]:
    """Return what yields the links of a type that do not stand under a field of their own.

    Asked once a type: to ask of each event what it is an instance of takes longer than its links.
    """
    return tuple(yielding for kinds, yielding in _BESIDES if issubclass(kind, kinds))


def _of_replaced(event: Occasion | AssessmentRecorded) -> Iterator[Link]:
    return (Link(Role.MOVES, one) for one in event.replaces)


def _of_target(event: EventRetracted | EventRedacted) -> Iterator[Link]:
    yield Link(Role.MOVES, event.target)


def _of_posts(event: PersonDescribed) -> Iterator[Link]:
    return (Link(Role.POST, one.agency) for one in event.posts if one.agency)


def _of_agenda(event: MeetingPlanned) -> Iterator[Link]:
    return (Link(Role.SPOKEN_OF, called(words)) for words in (event.title, *event.agenda))


def _of_pledges(event: Occasion) -> Iterator[Link]:
    return (Link(Role.PLEDGED, topic) for one in event.commitments for topic in one.topics)


def _of_register(event: Named) -> Iterator[Link]:
    yield Link(Role.DEFINES, event.id)


def _of_names(event: Event) -> Iterator[Link]:
    return (Link(Role.CALLED, called(name)) for name in _names(vars(event)))


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


def _of_changes(event: EventCorrected) -> Iterator[Link]:
    """Yield what the new values of a correction touch, and whether its target may be overtaken otherwise for them."""
    for change in event.changes:
        *above, last = change.path.split("/")
        if not above and last == "id" and isinstance(change.value, str):
            yield from (Link(Role.BEARS, change.value), Link(Role.DEFINES, change.value))
        elif not above and last in (*_CALLED, "agenda"):
            yield from (Link(Role.CALLED, called(name)) for name in _names({last: change.value}))
            yield from (Link(Role.SPOKEN_OF, called(name)) for name in _words(change.value))
        elif last != "id":
            for link in _of_plain(last, change.value):
                yield link
                if link.role is Role.NAMES and (role := _MEANT.get(change.path.partition("/")[0])):
                    yield Link(role, link.to)
        if last not in _STAYING:
            yield Link(Role.MOVES, event.target)


_BESIDES: Final[tuple[tuple[Any, Callable[[Any], Iterable[Link]]], ...]] = (
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


def _gather(part: Model, found: set[Link]) -> None:
    """Add what a part of an event touches; the id of an item, unique in its meeting only, is no link."""
    values = part.__dict__
    touching, holding = _fields(type(part))
    for name, roles in touching:
        if value := values[name]:
            for one in (value,) if isinstance(value, str) else value:
                if roles:
                    for role in roles:
                        found.add(_made(Link, (role, one)))
                else:
                    found.update(_of_field(name, one))
    for name in holding:
        if value := values[name]:
            for inner in value if isinstance(value, tuple) else (value,):
                _gather(inner, found)


@cache
def _fields(kind: type[Model]) -> tuple[tuple[tuple[str, tuple[Role, ...]], ...], tuple[str, ...]]:
    """Return the fields of a part of an event that hold what it touches, and those that hold such parts.

    A field without roles holds words that are not themselves what is touched; see `_of_field`.
    """
    own = (name for name in kind.model_fields if name in _ROLES and (name != "id" or issubclass(kind, Event)))
    words = (name for name in kind.model_fields if name in _WORDS)
    touching = (*((name, _ROLES[name]) for name in own), *((name, ()) for name in words))
    return touching, tuple(name for name, parts in parts_of(kind) if any(any(_fields(one)) for one in parts))


_WORDS: Final = frozenset(["commitment", "objective", "reference", "difference"])


def _of_plain(name: str, value: object) -> Iterator[Link]:
    """Yield what plain JSON under a field touches; an id inside it is an item's, the envelope stays."""
    for one in value if isinstance(value, list | tuple) else (value,):
        if isinstance(one, dict):
            for key, inner in one.items():
                if key != "id":
                    yield from _of_plain(key, inner)
        elif isinstance(one, str) and name not in _OF_EVENTS:
            yield from _of_field(name, one)


def _of_field(name: str, said: str) -> Iterator[Link]:
    if name in ("commitment", "objective"):
        yield from (Link(Role.NAMES, said), Link(Role.NEWS_OF, said.partition("/")[0]))
    elif name == "reference":
        yield Link(Role.FILED, filed(said))
    elif name == "difference":
        yield from _of_key(said)
    else:
        yield from (Link(role, said) for role in _ROLES.get(name, ()))


def _of_key(difference: str) -> Iterator[Link]:
    """Yield what the key of a difference names: meetings and a topic, a statement, a person, a fact."""
    before, _, last = difference.partition("/")
    things = before.split("+")
    yield from (Link(Role.NEWS_OF, one) for one in things)
    yield Link(Role.NAMES, last if len(things) > 1 else difference)
