"""Short forms of given names, from the list of the library `nicknames`: English ones, and none of other languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nicknames import NickNamer


def short_form(one: str, other: str) -> bool:
    """Tell whether one of two given names is a short form of the other, or both are of a third: Bob, Robert, Rob."""
    names = _names()
    if names.nicknames_of(one) & {other} or names.nicknames_of(other) & {one}:
        return True
    return bool(names.canonicals_of(one) & names.canonicals_of(other))


@cache
def _names() -> NickNamer:
    """Return the list, read when it is first asked for."""
    from nicknames import NickNamer

    return NickNamer()
