"""Draw `fonts/NoteShapes.ttf`: the status shapes, in one weight, which the text fonts lack in part."""

from __future__ import annotations

import math
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

EM, WIDE, LOW, HIGH, LINE = 1000, 720, 0, 620, 62
"""Units of the em, advance width, foot and top of a shape, and the thickness of its line."""

Outline = list[tuple[float, float]]


def ring(points: Outline, *, hole: bool = False) -> Outline:
    """Return the outline clockwise, or anti-clockwise for a hole."""
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True))
    return points if (area > 0) == hole else points[::-1]


def inner(points: Outline, by: float) -> Outline:
    """Return a convex outline drawn `by` units further in: each edge moved, neighbours met again."""
    points = ring(points, hole=True)
    edges = []
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        length = math.hypot(x2 - x1, y2 - y1)
        nx, ny = -(y2 - y1) / length * by, (x2 - x1) / length * by
        edges.append((x1 + nx, y1 + ny, x2 - x1, y2 - y1))
    out = []
    for (ax, ay, adx, ady), (bx, by_, bdx, bdy) in zip(edges[-1:] + edges[:-1], edges, strict=True):
        t = ((bx - ax) * bdy - (by_ - ay) * bdx) / (adx * bdy - ady * bdx)
        out.append((ax + t * adx, ay + t * ady))
    return out


MID = (LOW + HIGH) / 2
HALF = (HIGH - LOW) / 2
TRIANGLE: Outline = [(30, LOW), (WIDE - 30, LOW), (WIDE / 2, HIGH)]
DOWN: Outline = [(30, HIGH), (WIDE - 30, HIGH), (WIDE / 2, LOW)]
DIAMOND: Outline = [(WIDE / 2, LOW - 30), (WIDE / 2 + HALF + 30, MID), (WIDE / 2, HIGH + 30), (WIDE / 2 - HALF - 30, MID)]
SQUARE: Outline = [(80, LOW + 30), (WIDE - 80, LOW + 30), (WIDE - 80, HIGH - 30), (80, HIGH - 30)]
DISC: Outline = [(WIDE / 2 + HALF * math.cos(a * math.pi / 18), MID + HALF * math.sin(a * math.pi / 18)) for a in range(36)]
LEFT_HALF_SQUARE: Outline = [(80, LOW + 30), (WIDE / 2, LOW + 30), (WIDE / 2, HIGH - 30), (80, HIGH - 30)]
LEFT_HALF_DISC: Outline = DISC[9:28]
DOT: Outline = [(WIDE / 2 + (x - WIDE / 2) * 0.42, MID + (y - MID) * 0.42) for x, y in SQUARE]
TICK: Outline = [(70, 270), (140, 330), (270, 180), (580, 590), (650, 530), (275, 60)]
CROSS: Outline = [
    (90, 60), (310, 310), (90, 560), (150, 610), (360, 370), (570, 610),
    (630, 560), (410, 310), (630, 60), (570, 10), (360, 250), (150, 10),
]  # fmt: skip


def hollow(points: Outline) -> list[Outline]:
    """Return a shape drawn as a line."""
    return [ring(points), ring(inner(points, LINE), hole=True)]


def small(points: Outline) -> Outline:
    """Return a sign shrunk to stand in the square."""
    return [(WIDE / 2 + (x - WIDE / 2) * 0.6, MID + (y - MID) * 0.6) for x, y in points]


SHAPES: dict[str, list[Outline]] = {
    "△": hollow(TRIANGLE), "▲": [ring(TRIANGLE)], "▽": hollow(DOWN), "▼": [ring(DOWN)],
    "◇": hollow(DIAMOND), "◆": [ring(DIAMOND)], "□": hollow(SQUARE), "■": [ring(SQUARE)],
    "▣": [*hollow(SQUARE), ring(DOT)], "◧": [*hollow(SQUARE), ring(LEFT_HALF_SQUARE)],
    "○": hollow(DISC), "●": [ring(DISC)], "◐": [*hollow(DISC), ring(LEFT_HALF_DISC)],
    "☐": hollow(SQUARE), "☑": [*hollow(SQUARE), ring(small(TICK))], "☒": [*hollow(SQUARE), ring(small(CROSS))],
    "✓": [ring(TICK)], "✗": [ring(CROSS)], "✕": [ring(CROSS)],
}  # fmt: skip


def glyph(outlines: list[Outline]) -> object:
    """Return a TrueType glyph of straight lines."""
    pen = TTGlyphPen(None)
    for outline in outlines:
        pen.moveTo((round(outline[0][0]), round(outline[0][1])))
        for x, y in outline[1:]:
            pen.lineTo((round(x), round(y)))
        pen.closePath()
    return pen.glyph()


def main() -> None:
    """Write the font; the same bytes every time."""
    names = {char: f"uni{ord(char):04X}" for char in SHAPES}
    order = [".notdef", "space", *names.values()]
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder(order)
    font.setupCharacterMap({0x20: "space", **{ord(char): name for char, name in names.items()}})
    blank = TTGlyphPen(None).glyph()
    font.setupGlyf({".notdef": blank, "space": blank, **{names[c]: glyph(o) for c, o in SHAPES.items()}})
    font.setupHorizontalMetrics({name: (250 if name == "space" else WIDE, 0) for name in order})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Note Shapes", "styleName": "Regular", "psName": "NoteShapes-Regular",
                         "licenseDescription": "Part of briefing-notes, under its licence"})  # fmt: skip
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    font.setupPost()
    font.font["head"].created = font.font["head"].modified = 0
    font.font.recalcTimestamp = False
    font.save(Path(__file__).parent / "fonts" / "NoteShapes.ttf")


if __name__ == "__main__":
    main()
