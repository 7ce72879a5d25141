"""How an event touches a thing, or another event: the roles of links, one by one or several as one number. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from typing import Final


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


@lru_cache(maxsize=1_000)
def roles_in(ways: int) -> tuple[Role, ...]:
    """Return the roles that a number stands for."""
    return tuple(role for role in Role if ways >> role & 1)


def ways_of(roles: Iterable[Role]) -> int:
    """Return the number that stands for some roles."""
    return sum(1 << role for role in {*roles})


def plays(link: str, *roles: Role) -> str:
    """Return as SQL that a row of links, by its alias, is of one of these roles."""
    return f"{link}.ways & {ways_of(roles)}"


def found_by(link: str, *roles: Role) -> str:
    """Return the same so that an index of things and roles answers it, where a thing may be touched by very many."""
    return f"{link}.ways IN (SELECT ways FROM ways WHERE ways & {ways_of(roles)})"  # noqa: S608 - a number
