"""One mark: a level, restrictive caveats, and who may see it; read from words, added up, compared, printed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.errors import Refused
from briefing.markings.profile import Caveat, Profile


@dataclass(frozen=True, slots=True)
class Marking:
    """What a mark says; `release` is None where no list narrows who may see it."""

    level: str
    caveats: frozenset[str] = frozenset()
    release: frozenset[str] | None = None


class UnknownMark(Refused):
    """A mark that the profile does not know: it is refused, never taken for a lower one."""


def parse(profile: Profile, words: str) -> Marking:
    """Return what a mark in words says, in any case and with any of the usual strokes between its parts.

    Raises `UnknownMark` for a level or a caveat that the profile has not, or that does not go with the level.
    """
    text = " ".join(re.sub(r"[–—‑-]", "-", words).upper().split())
    by_length = sorted(profile.levels, key=lambda one: -len(one.name))
    level = next((one.name for one in by_length if re.match(rf"{re.escape(one.name)}(?![A-Z])", text)), None)
    if level is None:
        raise UnknownMark(f"“{words}” is no mark here: it begins with no level of the profile {profile.title}",
                          hint="levels: " + ", ".join(one.name for one in profile.levels))  # fmt: skip
    caveats: set[str] = set()
    release: frozenset[str] | None = None
    for part in filter(None, (one.strip(" -/;,") for one in re.split(r"//|;|-", text[len(level) :]))):
        listed = _listed(profile, part)
        if listed is None:
            caveat = _caveat(profile, part, words)
            if caveat.levels and level not in caveat.levels:
                raise UnknownMark(f"“{words}”: {caveat.name} does not go with {level}",
                                  hint=f"it goes with {', '.join(caveat.levels)}")  # fmt: skip
            listed = frozenset(caveat.only) or None
            if listed is None:
                caveats.add(caveat.name)
        if listed is not None:
            release = listed if release is None else release & listed
    return Marking(level, frozenset(caveats), release)


def _listed(profile: Profile, part: str) -> frozenset[str] | None:
    """Return who a release list names; None for what is no list."""
    if not part.startswith(f"{profile.release} "):
        return None
    return frozenset(filter(None, (one.strip() for one in re.split("[,/]", part[len(profile.release) :]))))


def _caveat(profile: Profile, part: str, words: str) -> Caveat:
    for one in profile.caveats:
        if part in (one.name, one.short):
            return one
    known = ", ".join(one.name for one in profile.caveats) or "none"
    raise UnknownMark(f"“{words}” is no mark here: the profile {profile.title} has no caveat “{part}”",
                      hint=f"caveats: {known}; a release list begins with {profile.release}")  # fmt: skip


def roll_up(profile: Profile, parts: Iterable[Marking]) -> Marking:
    """Return the mark of a whole: the highest level, all caveats, and only those whom every list lets see it.

    A caveat that goes with lower levels alone is contained in the higher one, and is not carried up.
    """
    whole = Marking(profile.levels[0].name)
    for one in parts:
        level = max(whole.level, one.level, key=profile.rank)
        lists = [some for some in (whole.release, one.release) if some is not None]
        release = frozenset.intersection(*lists) if lists else None
        whole = Marking(level, whole.caveats | one.caveats, release)
    return Marking(whole.level, whole.caveats - profile.contained_in(whole.level), whole.release)


def printed(profile: Profile, mark: Marking) -> str:
    """Return a mark as the band of a paper has it; nothing for a silent level without caveats."""
    behind = [caveat.name for caveat in profile.caveats if caveat.name in mark.caveats]
    behind += _release_words(profile, mark)
    if not behind and profile.level(mark.level).silent:
        return ""
    return profile.between.join((mark.level, *behind))


def portion(profile: Profile, mark: Marking) -> str:
    """Return a mark as it stands before a paragraph: "(S//NF)"."""
    short = [caveat.short or caveat.name for caveat in profile.caveats if caveat.name in mark.caveats]
    behind = [*short, *_release_words(profile, mark, short=True)]
    return f"({'//'.join((profile.level(mark.level).short, *behind))})"


def _release_words(profile: Profile, mark: Marking, *, short: bool = False) -> list[str]:
    if mark.release is None:
        return []
    fitting = [one for one in profile.caveats if one.only and (not one.levels or mark.level in one.levels)]
    named = next((one for one in fitting if frozenset(one.only) == mark.release), None)
    if named is not None:
        return [(named.short if short else "") or named.name]
    in_order = sorted(mark.release, key=lambda one: (one != profile.home, one))
    return [f"{profile.release} {', '.join(in_order) or 'NONE'}"]
