"""The marks that an event gives: its own, those of its parts, and those that a correction sets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.events import Event, EventCorrected, Recorded
from briefing.markings.marking import UnknownMark, parse
from briefing.markings.profile import Profile
from briefing.payload import Model, within


def given_marks(event: Event) -> Iterator[str]:
    """Yield each mark that an event gives, in words."""
    yield from marks_of(event)
    for change in event.changes if isinstance(event, EventCorrected) else ():
        if change.path.rpartition("/")[2] == "marking" and isinstance(change.value, str):
            yield change.value


def marks_of(part: Model) -> Iterator[str]:
    """Yield the mark of a part of an event, and of the parts within it."""
    if words := getattr(part, "marking", None):
        yield words
    for one in within(part):
        yield from marks_of(one)


def known(profile: Profile, words: str) -> bool:
    """Tell whether a profile knows a mark."""
    try:
        parse(profile, words)
    except UnknownMark:
        return False
    return True


def unknown_in(events: Iterable[Recorded], profile: Profile) -> Iterator[tuple[Recorded, UnknownMark]]:
    """Yield each event with a mark, its own or of a part, that the profile does not know; and what is wrong."""
    for one in events:
        for words in marks_of(one.event):
            try:
                parse(profile, words)
            except UnknownMark as fault:
                yield one, fault
