"""Text that comes out of a PDF as it went in, whatever its script: used by `pdf_engine` alone.

A program that copies or searches reads one glyph after another and asks the font which letters it stands
for. That holds for Latin. In Devanagari several glyphs make one syllable, and a vowel sign may stand
before the consonant that it is spoken after; in Arabic one glyph may be two letters, or a part of one.
WeasyPrint asks of each glyph alone, and मिस्री comes out as मस्री.

So every syllable (HarfBuzz: cluster) that needs more than one glyph, or whose glyph already stands for
other letters, becomes a glyph of its own, composed in the font that goes into the file from the same
outlines in the same places. To the eye nothing changes; to a reader one glyph is one syllable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pydyf
from weasyprint import svg as pictures
from weasyprint.draw import text as drawing
from weasyprint.pdf import stream as streams
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from briefing.render.pdf_font import ExactFont
from briefing.render.pdf_letters import Cluster, turned

_PLAIN = re.compile(
    r"[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f"
    r"\u1e00-\u200a\u2010-\u2027\u2030-\u205e\u2070-\u2bff]*"
)
"""Latin, Greek and Cyrillic letters that are one sign each, punctuation and signs: what one glyph a letter draws."""

SOFT_HYPHEN = "\u00ad"
def _reference(one: Any) -> Any:
    return one.reference


class Spoken:
    """What is told of a text beside its glyphs: its language, and its letters in order where it runs from the right."""

    def __init__(self, lang: str) -> None:
        """Take the language of the document, which need not be told again."""
        self.lang = lang
        self.told: dict[tuple[bytes, int], dict[str, str]] = {}

    def keep(self, stream: Any, box: Any) -> None:
        """Keep what is to be told of a text, by its page and its number there."""
        own = box.style["lang"]
        told = {"Lang": own} if own and own != self.lang else {}
        if box.style["direction"] == "rtl":
            told["ActualText"] = box.text
        if told and box in (stream._tags or ()):  # noqa: SLF001 - the number of a text is nowhere else
            self.told[stream.reference, stream._tags[box]["mcid"]] = told  # noqa: SLF001

    def tell(self, pdf: Any) -> None:
        """Write it into the structure of the PDF, from which a text is read aloud."""
        objects = [one for one in pdf.objects if isinstance(one, dict)]
        pages = {_reference(one): one["Contents"] for one in objects if one.get("Type") == "/Page"}
        for element in objects:
            if element.get("Type") == "/StructElem" and element["S"] == "/Span":
                for number in element["K"]:
                    told = self.told.get((pages[element["Pg"]], number), {}) if isinstance(number, int) else {}
                    element.update({name: pydyf.String(value) for name, value in told.items()})


@contextmanager
def exact_text(lang: str) -> Iterator[Spoken]:
    """Let WeasyPrint draw text so that it can be read again; give what its finisher has to tell.

    `lang` is the language of the document.
    """
    plainly, font, spoken = drawing.draw_first_line, streams.Font, Spoken(lang)

    def draw(stream: Any, box: Any, text_overflow: Any, block_ellipsis: Any, matrix: Any) -> Any:
        spoken.keep(stream, box)
        if _PLAIN.fullmatch(box.text) or not _draw(stream, box, matrix):
            return plainly(stream, box, text_overflow, block_ellipsis, matrix)
        return []

    pictured = pictures.text
    drawing.draw_first_line, streams.Font = draw, ExactFont
    _pictured(partial(_picture, pictured))
    try:
        yield spoken
    finally:
        drawing.draw_first_line, streams.Font = plainly, font
        _pictured(pictured)


class _Whole(str):
    """A text that is drawn in one go: in pictures WeasyPrint draws a text letter by letter, whatever its script."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        """Yield the text as if it were one letter."""
        yield str(self)


def _pictured(draw: Callable[..., None]) -> None:
    """Let texts of pictures be drawn by a function."""
    tags = [tag for tag, one in pictures.TAGS.items() if one is pictures.text]
    pictures.text = draw
    pictures.TAGS.update(dict.fromkeys(tags, draw))


def _picture(draw: Callable[..., None], svg: Any, node: Any, font_size: float) -> None:
    """Draw a text of a picture."""
    if node.text and not _PLAIN.fullmatch(node.text):
        node._etree_node.text = _Whole(node.text)  # noqa: SLF001 - `text` reads it
    draw(svg, node, font_size)


def _draw(stream: Any, box: Any, matrix: Any) -> bool:
    """Draw a line of text syllable by syllable; return whether its fonts have all its letters."""
    pango.pango_layout_set_single_paragraph_mode(box.pango_layout.layout, True)  # noqa: FBT003 - as in C
    line, _ = box.pango_layout.get_first_line()
    items = list(_items(line))
    unknown = pango.PANGO_GLYPH_UNKNOWN_FLAG
    if any(g.glyph & unknown and g.glyph != pango.PANGO_GLYPH_EMPTY for i in items for g in _glyphs(i)):
        return False
    letters = box.pango_layout.text.encode()
    stream.set_text_matrix(*matrix.values)
    for n, item in enumerate(items):
        font, size = stream.add_font(item.item.analysis.font)
        stream.set_font_size(font.hash, size)
        clusters = _clusters(item, letters, 1000 * FROM_UNITS / size, font.upem)
        if _from_the_right(item):
            first, last = (not 0 <= m < len(items) or not _from_the_right(items[m]) for m in (n - 1, n + 1))
            clusters = turned(clusters, font.upem, first=first, last=last)
        width_of = partial(_width, stream, item.item.analysis.font, 1000 * FROM_UNITS / size)
        stream.show_text("".join(_shown(font, cluster, width_of) for cluster in clusters))
    return True


def _items(line: Any) -> Iterator[Any]:
    """Yield the runs of one font and direction, from left to right."""
    run = line.runs[0]
    while run != ffi.NULL:
        yield run.data
        run = run.next


def _from_the_right(item: Any) -> bool:
    return bool(item.item.analysis.level % 2)


def _glyphs(item: Any) -> Any:
    return item.glyphs.glyphs[0 : item.glyphs.num_glyphs]


def _clusters(item: Any, letters: bytes, scale: float, upem: int) -> list[Cluster]:
    """Return the clusters of a run in the order of its letters; signs that draw nothing belong to the one before."""
    starts = [item.glyphs.log_clusters[n] for n in range(item.glyphs.num_glyphs)]
    ends = dict(zip(sorted(set(starts)), [*sorted(set(starts))[1:], item.item.length], strict=True))
    found: list[Cluster] = []
    for start, end in ends.items():
        parts, x = [], 0.0
        for glyph, begun in zip(_glyphs(item), starts, strict=True):
            if begun == start:
                place = glyph.geometry
                if glyph.glyph != pango.PANGO_GLYPH_EMPTY:
                    right, up = x + place.x_offset * scale, -place.y_offset * scale
                    parts.append((glyph.glyph, round(right * upem / 1000), round(up * upem / 1000)))
                x += place.width * scale
        text = letters[item.item.offset + start : item.item.offset + end].decode()
        if text == SOFT_HYPHEN and not parts:
            continue  # where the line is not broken it is no letter
        if not parts and found:
            found[-1].text += text
            found[-1].advance += x
        else:
            broken = text in "-\u2010" and letters[: item.item.offset + start].decode().endswith(SOFT_HYPHEN)
            found.append(Cluster(SOFT_HYPHEN if broken else text, tuple(parts), x))
    return found


def _width(stream: Any, font: Any, scale: float, glyph: int) -> int:
    """Return how wide a font draws a glyph, in thousandths of the size."""
    pango.pango_font_get_glyph_extents(font, glyph, stream.ink_rect, stream.logical_rect)
    width: int = round(stream.logical_rect.width * scale)
    return width


def _shown(font: ExactFont, cluster: Cluster, width_of: Callable[[int], int]) -> str:
    """Return what draws a cluster, with what is left to the next one."""
    code = font.code(cluster, width_of)
    left = round(font.widths[code] - cluster.advance)
    return f"<{code:04x}>{left or ''}"
