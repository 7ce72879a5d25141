"""What was said later about an event: corrections, retractions, redactions, and what was said about these."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.events import Recorded


def history(log: Sequence[Recorded], digest: str, redacted: Collection[str], depth: int = 0) -> list[str]:
    """Return a line for each later event about one, in log order; each is followed by what was said of it.

    Of what was redacted, and of a correction of it, no content is printed.
    """
    lines: list[str] = []
    for one in log:
        if getattr(one.event, "target", "") == digest or digest in one.event.replaces:
            lines.append(f"{'  ' * depth}# {_told(one, redacted)}")
            lines += history(log, one.digest, redacted, depth + 1)
    return list(dict.fromkeys(lines))


def _told(one: Recorded, redacted: Collection[str]) -> str:
    from briefing.events import EventCorrected

    event = one.event
    if one.digest in redacted:
        return f"{event.type} {one.digest[:8]}, {one.at:%Y-%m-%d %H:%M} UTC: redacted"
    changes = ""
    if isinstance(event, EventCorrected) and event.target not in redacted:
        changes = " " + "; ".join(f"{change.path} = {_in_short(change.value)}" for change in event.changes)
    reason = getattr(event, "reason", "") or getattr(event, "because", "") or ""
    authority = f" (authority: {event.authority})" if getattr(event, "authority", None) else ""  # type: ignore[attr-defined]
    said = f": {reason}{authority}" if reason else ""
    return f"{event.type} {one.digest[:8]}, {one.at:%Y-%m-%d %H:%M} UTC, by {event.recorded_by}{changes}{said}"


_NAMES = ("id", "person", "unnamed", "words")
"""The fields of which the first that an item has stands for it."""


def _in_short(value: Any) -> Any:
    """Return a value for a line: of what has parts, each part by what it is called."""
    if isinstance(value, Mapping):
        if value.get("quote"):
            return f"“{value['quote']}”"
        return next((value[key] for key in _NAMES if value.get(key)), value)
    if isinstance(value, list | tuple):
        return ", ".join(str(_in_short(one)) for one in value) or "nothing"
    return value
