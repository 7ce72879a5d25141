"""What was said later about an event: corrections, retractions, redactions, and what was said about these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.events import Recorded


def history(log: Sequence[Recorded], digest: str, depth: int = 0) -> list[str]:
    """Return a line for each later event about one, in log order; each is followed by what was said of it."""
    lines: list[str] = []
    for one in log:
        if getattr(one.event, "target", "") == digest or digest in one.event.replaces:
            lines.append(f"{'  ' * depth}# {_told(one)}")
            lines += history(log, one.digest, depth + 1)
    return list(dict.fromkeys(lines))


def _told(one: Recorded) -> str:
    from briefing.events import EventCorrected

    event = one.event
    changes = ""
    if isinstance(event, EventCorrected):
        changes = " " + "; ".join(f"{change.path} = {change.value}" for change in event.changes)
    reason = getattr(event, "reason", "") or getattr(event, "because", "") or ""
    authority = f" (authority: {event.authority})" if getattr(event, "authority", None) else ""  # type: ignore[attr-defined]
    said = f": {reason}{authority}" if reason else ""
    return f"{event.type} {one.digest[:8]}, {one.at:%Y-%m-%d %H:%M} UTC, by {event.recorded_by}{changes}{said}"
