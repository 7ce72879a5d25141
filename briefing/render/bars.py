"""Where everything in a picture of counts stands: pure geometry, in the units of a timeline.

Each line is a number, what it counts, and a bar, so that it is read in this order too.
"""

from __future__ import annotations

from dataclasses import dataclass

from briefing.notes.note import Counts
from briefing.render.timeline import SIZE, text_width

LINE = 9.4
"""From one line to the next."""
THICK = 4.6
SHARE = 0.5
"""Of the width, what the longest bar has."""
LEAST = 1.6
"""Length of the shortest bar: one is seen beside a thousand."""
ROOM = 6.0
"""Between a number, its words and its bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One line: the number ends at `number`, the words begin at `words`, the bar at `x`; `base` is the line of type."""

    count: str
    label: str
    number: float
    words: float
    base: float
    x: float
    y: float
    length: float
    full: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of counts ready to be drawn."""

    width: float
    height: float
    thick: float
    bars: tuple[Bar, ...]


def draw_counts(counts: Counts, width: float) -> Bars:
    """Return the drawing, `width` units wide; numbers end and bars begin under each other."""
    most = max((share.count for share in counts.shares), default=1)
    number = max((text_width(str(share.count), strong=True) for share in counts.shares), default=0.0)
    words = number + ROOM
    start = words + max((text_width(share.label) for share in counts.shares), default=0.0) + ROOM
    room = min(width * SHARE, width - start)
    bars = tuple(
        Bar(
            str(share.count), share.label, full=share.to_do,
            number=round(number, 2), words=round(words, 2), base=round(n * LINE + SIZE, 2), x=round(start, 2),
            y=round(n * LINE + SIZE * 0.65 - THICK / 2, 2), length=round(max(share.count / most * room, LEAST), 2),
        )
        for n, share in enumerate(counts.shares)
    )  # fmt: skip
    return Bars(width, round(len(bars) * LINE, 2), THICK, bars)
