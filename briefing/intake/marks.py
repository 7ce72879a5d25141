"""Marks in drafts, held to the workspace's profile before anything is put on record: an unknown one is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.errors import Problem
from briefing.items import Item, Said
from briefing.markings.marking import UnknownMark, parse
from briefing.markings.profile import Profile


def unknown_marks(items: Iterable[Item], profile: Profile) -> Iterator[Problem]:
    """Yield a problem for each mark, of a draft or of a part of one, that the profile does not know."""
    for item in items:
        for key, value in item.values.items():
            if key == "marking" and isinstance(value, Said):
                try:
                    parse(profile, value.text)
                except UnknownMark as fault:
                    yield Problem(value.place, fault.message, fault.hint)
            elif isinstance(value, tuple):
                yield from unknown_marks((one for one in value if isinstance(one, Item)), profile)
