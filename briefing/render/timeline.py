"""Where everything on a timeline stands: pure geometry, in units of half a millimetre.

Dates stand above the line and labels below it, each as near to its mark as the neighbours allow.
Where one row of words has no room, the words alternate below and above the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.notes.note import Timeline, TimelinePoint

SIZE = 6.3
"""Size of the type, in the drawing's units."""
LEADING = 7.6
RADIUS = 2.6
GAP = 6.0
"""Least room between two labels."""
CAPS = (96.0, 80.0, 68.0, 58.0, 50.0, 43.0, 37.0, 32.0, 27.0)
"""Widths at which a label is broken into lines, tried from the widest."""

_NARROW = frozenset("iljtfrI.,:;’‘'|!()[]- ")
_WIDE = frozenset("mwMWÆŒ—@%&")


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text: where it stands, which end of it stands there, and whether it is a date."""

    text: str
    x: float
    y: float
    anchor: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on the line from `x` to `x2`: a disc, a bar where the two differ, or an open ring."""

    x: float
    x2: float
    open: bool
    main: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A timeline ready to be drawn; `leaders` join a label to a mark that it does not stand under."""

    width: float
    height: float
    axis: float
    marks: tuple[Mark, ...]
    solid: tuple[tuple[float, float], ...]
    dotted: tuple[tuple[float, float], ...]
    cuts: tuple[float, ...]
    leaders: tuple[tuple[float, float, float, float], ...]
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class _Label:
    date: str
    lines: tuple[str, ...]
    width: float
    left: float
    mark: float

    def anchored(self, width: float) -> tuple[float, str]:
        """Return x and text-anchor: flush at either end of the drawing, else centred."""
        if self.left < 1:
            return 0.0, "start"
        if self.left + self.width > width - 1:
            return width, "end"
        return self.left + self.width / 2, "middle"


def text_width(text: str, *, strong: bool = False) -> float:
    """Return about how wide a text is set, a little too wide rather than too narrow."""
    ems = sum(0.29 if c in _NARROW else 0.82 if c in _WIDE else 0.6 if c.isupper() else 0.52 for c in text)
    return ems * SIZE * (1.05 if strong else 1.0)


def draw(timeline: Timeline, width: float = 314.0) -> Drawing:
    """Return the drawing of a timeline, `width` units wide."""
    marks = tuple(_mark(point, width) for point in timeline.points)
    single = _row(timeline.points, marks, width)
    if single is not None:
        return _drawing(timeline, marks, width, below=single, above=())
    halves = [
        _row(timeline.points[n::2], marks[n::2], width) or _squeezed(timeline.points[n::2], marks[n::2], width)
        for n in (0, 1)
    ]
    return _drawing(timeline, marks, width, below=halves[0], above=halves[1])


def _mark(point: TimelinePoint, width: float) -> Mark:
    start = RADIUS + point.at / 100 * (width - 2 * RADIUS)
    end = min(start + point.width / 100 * width, width - RADIUS)
    return Mark(round(start, 2), round(max(start, end), 2), point.open, point.main)


def _row(points: Sequence[TimelinePoint], marks: Sequence[Mark], width: float) -> tuple[_Label, ...] | None:
    """Return labels in one row, broken as little as possible and each over its mark, else None."""
    fitting: tuple[_Label, ...] | None = None
    for cap in CAPS:
        wrapped = [wrap(point.label, cap) for point in points]
        if max(map(len, wrapped), default=0) > 4:
            break
        wide = [_wide(point, lines) for point, lines in zip(points, wrapped, strict=True)]
        if sum(wide) + GAP * (len(wide) - 1) > width:
            continue
        fitting = _placed(points, marks, wrapped, wide, width)
        if all(label.left - 1 <= label.mark <= label.left + label.width + 1 for label in fitting):
            return fitting
    return fitting


def _squeezed(points: Sequence[TimelinePoint], marks: Sequence[Mark], width: float) -> tuple[_Label, ...]:
    """Return labels broken as narrow as it goes: for more words than a line has room for."""
    wrapped = [wrap(point.label, CAPS[-1]) for point in points]
    wide = [_wide(point, lines) for point, lines in zip(points, wrapped, strict=True)]
    return _placed(points, marks, wrapped, wide, width)


def _wide(point: TimelinePoint, lines: Sequence[str]) -> float:
    return max([text_width(point.date, strong=True), *map(text_width, lines)])


def _placed(
    points: Sequence[TimelinePoint],
    marks: Sequence[Mark],
    wrapped: Sequence[tuple[str, ...]],
    wide: Sequence[float],
    width: float,
) -> tuple[_Label, ...]:
    """Return labels centred on their marks, then pushed apart from the left and back from the right."""
    centres = [(mark.x + mark.x2) / 2 for mark in marks]
    lefts = [min(max(c - w / 2, 0.0), width - w) for c, w in zip(centres, wide, strict=True)]
    for n in range(1, len(lefts)):
        lefts[n] = max(lefts[n], lefts[n - 1] + wide[n - 1] + GAP)
    for n in range(len(lefts) - 1, -1, -1):
        limit = width if n == len(lefts) - 1 else lefts[n + 1] - GAP
        lefts[n] = max(min(lefts[n], limit - wide[n]), 0.0)
    return tuple(_Label(p.date, lines, w, left, c)
                 for p, lines, w, left, c in zip(points, wrapped, wide, lefts, centres, strict=True))  # fmt: skip


def wrap(text: str, cap: float) -> tuple[str, ...]:
    """Return text in lines no wider than `cap`, unless one word is."""
    lines: list[str] = []
    for word in text.split():
        if lines and text_width(f"{lines[-1]} {word}") <= cap:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _drawing(
    timeline: Timeline, marks: tuple[Mark, ...], width: float, *, below: tuple[_Label, ...], above: tuple[_Label, ...]
) -> Drawing:
    """Return the drawing, with the words of each point together and the points in their order."""
    top = max((len(label.lines) + 1 for label in above), default=1)
    axis = SIZE + (top - 1) * LEADING + 8.4
    rows = (
        1 + max((len(label.lines) for label in below), default=0)
        if above
        else max((len(label.lines) for label in below), default=0)
    )
    words: list[Words] = []
    leaders: list[tuple[float, float, float, float]] = []
    for n in range(len(timeline.points)):
        up = bool(above) and n % 2 == 1
        label = (above if up else below)[n // 2] if above else below[n]
        words.extend(_words(label, axis, width, up=up, tiers=bool(above)))
        leaders.extend(_leader(label, axis, up=up))
    solid, dotted, cuts = _line(timeline.points, marks)
    height = round(axis + 13.2 + (rows - 1) * LEADING + 2.4, 2)
    return Drawing(width, height, round(axis, 2), marks, solid, dotted, cuts, tuple(leaders), tuple(words))


def _words(label: _Label, axis: float, width: float, *, up: bool, tiers: bool) -> list[Words]:
    x, anchor = label.anchored(width)
    lines = [label.date, *label.lines]
    below = axis + 13.2 if tiers else axis - 8.4
    first = axis - 8.4 - (len(lines) - 1) * LEADING if up else below
    skip = 0.0 if tiers else 13.2 + 8.4 - LEADING
    return [
        Words(text, round(x, 2), round(first + n * LEADING + (skip if n else 0), 2), anchor, strong=n == 0)
        for n, text in enumerate(lines)
    ]


def _leader(label: _Label, axis: float, *, up: bool) -> list[tuple[float, float, float, float]]:
    if label.left - 1 <= label.mark <= label.left + label.width + 1:
        return []
    edge = min(max(label.mark, label.left + GAP / 2), label.left + label.width - GAP / 2)
    sign = -1 if up else 1
    return [(round(label.mark, 2), axis + sign * 3.4, round(edge, 2), axis + sign * 6.8)]


def _line(
    points: Sequence[TimelinePoint], marks: Sequence[Mark]
) -> tuple[tuple[tuple[float, float], ...], tuple[tuple[float, float], ...], tuple[float, ...]]:
    """Return the solid stretches, the dotted ones that lead to an open end, and the cuts."""
    solid: list[tuple[float, float]] = []
    dotted: list[tuple[float, float]] = []
    cuts: list[float] = []
    for (_, one), (point, two) in pairwise(zip(points, marks, strict=True)):
        start, end = one.x2, two.x - (RADIUS if two.open else 0)
        if two.open:
            middle = round(start + (end - start) * 0.3, 2)
            solid.append((start, middle))
            dotted.append((middle, round(end, 2)))
        else:
            solid.append((start, end))
        if point.break_before:
            cuts.append(round((start + end) / 2, 2))
    return tuple(solid), tuple(dotted), tuple(cuts)
