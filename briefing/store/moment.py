"""A part of the log: up to a basis, or up to a time of recording. What is left is a log like any other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from briefing.ancestry import ancestry
from briefing.errors import NotOnRecord, Refused, UsageProblem
from briefing.events import Digest, EventRedacted
from briefing.store.log import Log, basis_of

_DIGITS = re.compile(r"[0-9a-f]{8,64}")


def recorded_by(log: Log, at: datetime) -> Log:
    """Return what was on record at a time; a later merge may still add to it.

    What was redacted since is left out: its payload is never read again.
    """
    since = {one.event.target for one in log.recorded if isinstance(one.event, EventRedacted) and one.at > at}
    then = (one for one in log.recorded if one.at <= at)
    return replace(log, recorded=tuple(
        one for one in then if one.digest not in since or isinstance(one.event, EventRedacted)
    ))  # fmt: skip


def up_to(log: Log, heads: Collection[str]) -> Log:
    """Return the events of a basis: its heads and all their ancestors, whatever was added since.

    Refused when an ancestor is gone, or was redacted after the basis: a basis is never silently shorter.
    """
    found = whole_ancestry(log, heads)
    for by in log.recorded:
        redaction = by.event
        if isinstance(redaction, EventRedacted) and redaction.target in found and by.digest not in found:
            raise Refused(
                f"the basis holds the event {redaction.target[:8]}, redacted since by {by.digest[:8]}: "
                f"{redaction.reason}",
                hint=f"authority: {redaction.authority}; a paper on this basis cannot be made again",
            )
    return Log(recorded=tuple(one for one in log.recorded if one.digest in found), findings=())


def whole_ancestry(log: Log, heads: Collection[str]) -> frozenset[str]:
    """Return heads and all their ancestors, those included that were redacted; refused when one is gone."""
    found, absent = ancestry(log.recorded, heads)
    if absent:
        raise Refused(
            f"the basis holds the event {min(absent)[:8]}, which is not here",
            hint="it is not yet synced, or was removed: `briefing verify` says more",
        )
    return found


def heads_named(log: Log, said: str) -> tuple[Digest, ...]:
    """Return the heads that digests name: those of events (8 digits do), or the one digest of several heads."""
    words = words_of(said)
    if len(words) == 1 and (several := _joint(log, words[0])):
        return several
    return tuple(sorted({_one(log, word) for word in words}))


def words_of(said: str) -> list[str]:
    """Return the digests that are written in a basis, as far as each is given."""
    words = [word for word in re.split(r"[\s,]+", said.casefold()) if word]
    if not words or not all(_DIGITS.fullmatch(word) for word in words):
        raise UsageProblem(f"“{said}” is no basis", hint="a paper's file, or digests of 8 to 64 digits, with commas")
    return words


def _one(log: Log, word: str) -> Digest:
    found = {one.digest for one in log.recorded if one.digest.startswith(word)}
    found |= {one.event.target for one in log.recorded
              if isinstance(one.event, EventRedacted) and one.event.target.startswith(word)}  # fmt: skip
    if len(found) != 1:
        what = "more than one event begins so" if found else "no event of that digest is here"
        raise NotOnRecord("basis", f"{word[:16]}", hint=f"{what}; `briefing list events` shows them")
    return Digest(found.pop())


def _joint(log: Log, word: str) -> tuple[Digest, ...]:
    """Return heads that were a basis together: those of now, or those that some writer saw."""
    sets: Iterable[tuple[str, ...]] = (log.heads, *(one.event.parents for one in log.recorded))
    found = (heads for heads in sets if len(heads) > 1 and basis_of(heads).startswith(word))
    return tuple(Digest(head) for head in next(found, ()))
