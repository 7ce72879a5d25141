"""A font of a PDF to which glyphs are added that are composed of its own."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent
from weasyprint.pdf.fonts import Font

from briefing.render.pdf_letters import Cluster, Part

Composed = tuple[tuple[Part, ...], str, int]
"""The parts of a glyph that is composed, the letters it stands for, and its width in thousandths of the size."""


class ExactFont(Font):  # type: ignore[misc]  # WeasyPrint ships no types
    """A font of the PDF with the glyphs that are composed for syllables."""

    def __init__(self, *arguments: Any) -> None:
        """Take what WeasyPrint gives a font."""
        super().__init__(*arguments)
        self.file_content: bytes
        self.composed: dict[Composed, int] = {}

    def code(self, cluster: Cluster, width_of: Callable[[int], int]) -> int:
        """Return the code that draws a cluster and stands for its letters; its width is kept with it."""
        single = cluster.parts[0][0] if len(cluster.parts) == 1 and cluster.parts[0][1:] == (0, 0) else None
        if single is not None and self.to_unicode.setdefault(single, cluster.text) == cluster.text:
            if single not in self.widths:
                self.widths[single] = width_of(single)
            return single
        new = (cluster.parts, cluster.text, round(cluster.advance))
        code = self.composed.setdefault(new, self.glyph_count + len(self.composed))
        self.to_unicode[code], self.widths[code] = new[1:]
        return code

    def clean(self, to_unicode: dict[int, str], hinting: Any) -> None:
        """Reduce the font to the glyphs that are used, and add the composed ones."""
        for code, text in self.to_unicode.items():
            if text.isspace():  # one glyph draws blank and no-break space: whoever searches types a blank
                self.to_unicode[code] = " "
        if not self.composed:
            super().clean(to_unicode, hinting)
            return
        drawn = {glyph for parts, *_ in self.composed for glyph, *_ in parts} | to_unicode.keys()
        super().clean(dict.fromkeys(sorted(drawn - set(self.composed.values())), ""), hinting)
        self.file_content = _with_composed(self.file_content, self.composed, self.upem)


def _with_composed(font: bytes, composed: dict[Composed, int], upem: int) -> bytes:
    """Return a TrueType font with a glyph more for each syllable."""
    work = TTFont(BytesIO(font), recalcTimestamp=False)
    order, outlines, metrics = work.getGlyphOrder(), work["glyf"], work["hmtx"]
    names = order + [f"composed{n}" for n in range(len(order), max(composed.values()) + 1)]
    for name in names[len(order) :]:
        outlines.glyphs[name], metrics.metrics[name] = Glyph(), (0, 0)
    work.setGlyphOrder(names)
    outlines.setGlyphOrder(names)
    for (parts, _, width), code in composed.items():
        glyph = outlines.glyphs[names[code]] = _composite(parts, names)
        glyph.recalcBounds(outlines)
        metrics.metrics[names[code]] = (round(width * upem / 1000), getattr(glyph, "xMin", 0))
    out = BytesIO()
    work.save(out)
    return out.getvalue()


def _composite(parts: tuple[Part, ...], names: list[str]) -> Glyph:
    """Return a glyph that draws others at their places; without any, room."""
    glyph = Glyph()
    if not parts:
        return glyph
    glyph.numberOfContours, glyph.components = -1, []
    for part, x, y in parts:
        component = GlyphComponent()
        component.glyphName, component.x, component.y = names[part], x, y
        component.flags = 0x2  # the place is given in units
        glyph.components.append(component)
    return glyph
