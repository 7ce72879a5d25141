"""What was found when a record was read whole, portion by portion."""

from __future__ import annotations

from dataclasses import dataclass, field

from briefing.events import EventRedacted
from briefing.store.findings import Finding
from briefing.store.ledger import Ledger
from briefing.store.portion import Portion
from briefing.store.strays import Stray


@dataclass
class Found:
    """All portions together: the events in tables; in memory what is wrong with some, and what was redacted."""

    known: Ledger = field(default_factory=Ledger)
    bad: set[str] = field(default_factory=set)
    redactions: list[tuple[str, EventRedacted]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unsure: set[str] = field(default_factory=set)
    strays: list[Stray] = field(default_factory=list)

    def enter(self, portion: Portion) -> None:
        """Take in the portion whose names follow those of the last one."""
        self.known.enter(portion)
        self.bad |= portion.bad
        self.redactions += portion.redactions
        self.findings += portion.findings
        self.unsure |= portion.unsure
        self.strays += portion.strays
