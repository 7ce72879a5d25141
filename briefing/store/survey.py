"""What a record was found to be: its events by digest with times and parents, its heads, its redactions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain

from briefing.events import EventRedacted
from briefing.store.findings import Finding
from briefing.store.ledger import Ledger
from briefing.store.log import basis_of
from briefing.store.strays import Stray


@dataclass(frozen=True, slots=True)
class Redaction:
    """A redaction on record: its digest, the event, and whether the file of its target is away."""

    digest: str
    event: EventRedacted
    away: bool


@dataclass(frozen=True)
class Survey:
    """A record as it was read: `known` holds its events by digest, in log order."""

    known: Ledger
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
        return tuple(self.known.heads())

    @cached_property
    def redacted(self) -> frozenset[str]:
        """The digests of the events that redactions name."""
        return frozenset(one.event.target for one in self.redactions)

    @property
    def newest(self) -> datetime | None:
        """When the newest event was recorded."""
        newest = self.known.newest()
        return newest.at if newest else None

    def ancestry(self, heads: Iterable[str]) -> set[str]:
        """Return heads and all their ancestors, whether here or not; history goes on through what was redacted."""
        through = {one.event.target: one.event.target_parents for one in self.redactions}
        found: set[str] = set()
        todo = list(heads)
        while todo:
            if (one := todo.pop()) not in found:
                found.add(one)
                own = self.known.parents_of(one)
                todo += through.get(one, ()) if own is None else own
        return found

    def heads_of(self, basis: str) -> tuple[str, ...]:
        """Return the heads that the digits of a basis name; none when nothing here fits, or more than one event.

        Several heads have a digest together: those of now are tried, and those that some writer saw.
        """
        if found := self.known.beginning(basis):
            return tuple(found) if len(found) == 1 else ()
        sets = chain([self.heads], self.known.several_parents())
        return next((heads for heads in sets if len(heads) > 1 and basis_of(heads).startswith(basis)), ())
