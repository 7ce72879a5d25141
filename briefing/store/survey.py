"""What a record was found to be: its events by digest with times and parents, its heads, its redactions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from briefing.events import Digest, EventRedacted
from briefing.store.findings import Finding
from briefing.store.log import basis_of
from briefing.store.strays import Stray


@dataclass(frozen=True, slots=True)
class Known:
    """What is kept of an event: its file, its time, its parents."""

    name: str
    at: datetime
    parents: tuple[Digest, ...]


@dataclass(frozen=True, slots=True)
class Redaction:
    """A redaction on record: its digest, the event, and whether the file of its target is away."""

    digest: str
    event: EventRedacted
    away: bool


@dataclass(frozen=True)
class Survey:
    """A record as it was read: `known` holds its events by digest, in log order."""

    known: dict[str, Known]
    redactions: tuple[Redaction, ...]
    findings: tuple[Finding, ...]
    strays: tuple[Stray, ...] = ()

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The findings of level error."""
        return tuple(one for one in self.findings if one.level == "error")

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The digests that no event names as a parent, sorted; what was redacted still names its own."""
        named: set[str] = {parent for one in self.known.values() for parent in one.parents}
        named.update(parent for one in self.redactions for parent in one.event.target_parents)
        return tuple(sorted(self.known.keys() - named))

    @cached_property
    def redacted(self) -> frozenset[str]:
        """The digests of the events that redactions name."""
        return frozenset(one.event.target for one in self.redactions)

    @property
    def newest(self) -> datetime | None:
        """When the newest event was recorded."""
        return max((one.at for one in self.known.values()), default=None)

    def ancestry(self, heads: Iterable[str]) -> set[str]:
        """Return heads and all their ancestors, whether here or not; history goes on through what was redacted."""
        through = {one.event.target: one.event.target_parents for one in self.redactions}
        found: set[str] = set()
        todo = list(heads)
        while todo:
            if (one := todo.pop()) not in found:
                found.add(one)
                todo += self.known[one].parents if one in self.known else through.get(one, ())
        return found

    def heads_of(self, basis: str) -> tuple[str, ...]:
        """Return the heads that the digits of a basis name; none when nothing here fits, or more than one event.

        Several heads have a digest together: those of now are tried, and those that some writer saw.
        """
        if found := [one for one in self.known if one.startswith(basis)]:
            return tuple(found) if len(found) == 1 else ()
        sets = (self.heads, *(one.parents for one in self.known.values()))
        return next((heads for heads in sets if len(heads) > 1 and basis_of(heads).startswith(basis)), ())
