"""What `verify` may find, each kind with its level; docs/verify.md says what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

Level = Literal["error", "warning", "note"]
Kind = Literal[
    "unreadable", "altered", "missing parent", "misdated", "misnamed", "invalid", "unknown", "truncated",
    "bad checkpoint", "ahead of the clock", "unknown mark", "quotation", "reference", "two things", "two values",
    "no effect", "unvouched", "stray",
]  # fmt: skip
LEVELS: dict[Kind, Level] = {
    "unreadable": "error",
    "altered": "error",
    "missing parent": "error",
    "misdated": "error",
    "misnamed": "error",
    "invalid": "error",
    "unknown": "error",
    "truncated": "error",
    "bad checkpoint": "error",
    "ahead of the clock": "warning",
    "unknown mark": "warning",
    "quotation": "warning",
    "reference": "warning",
    "two things": "warning",
    "two values": "warning",
    "no effect": "warning",
    "unvouched": "warning",
    "stray": "note",
}
"""An error: something of the record is gone or not what was written. A warning: it says what cannot be
followed. A note: a file that is no part of it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found: its kind, the file (or what else it is about), a sentence.

    `belongs` is the name under which the bytes of the file would be an event that is not here.
    """

    kind: Kind
    name: str
    message: str
    belongs: str = ""

    @property
    def level(self) -> Level:
        """How bad it is."""
        return LEVELS[self.kind]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON, level first."""
        return {"level": self.level, **asdict(self)}

    def __str__(self) -> str:
        """Return the line that is printed."""
        return f"{self.level}: {self.name}: {self.message}"


_ORDER = {kind: n for n, kind in enumerate(LEVELS)}


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings as they are printed: the worst first, then by file."""
    return tuple(sorted(findings, key=lambda one: (_ORDER[one.kind], one.name, one.message)))
