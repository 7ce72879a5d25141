"""What is marked for release to the public: the one place that says so."""

from __future__ import annotations

PUBLIC = "public"
"""The marking of what may be given to anyone."""


def released(marking: str | None) -> bool:
    """Tell whether a marking says that the public may have it; what bears no marking is not released."""
    return marking is not None and marking.strip().casefold() == PUBLIC


def free(marking: str | None) -> bool:
    """Tell whether a thing may be used freely with the other side: it bears no marking, or is released."""
    return marking is None or released(marking)
