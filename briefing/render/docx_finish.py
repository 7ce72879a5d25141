"""What a Word template cannot say: column widths, language, properties, and a file of equal bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from briefing.notes.note import Counts, Heading, Note, Table, Timeline
from briefing.render.docx_carry import carry
from briefing.render.html import moment
from briefing.render.scripts import complex_script, right_to_left, stretches

TURNED_FONT = "Arial"
"""What Word sets Arabic and Hebrew with: offices have it, and the styles name a font for Indic scripts."""

AT_THE_MARGIN = 20
"""Twentieths of a point within which a tab stands at the right margin: millimetres do not divide into them evenly."""

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold: every member gets it."""


def finished(filled: Any, note: Note) -> bytes:
    """Return a filled template as bytes, after setting what depends on the note."""
    document = filled.docx
    width = _turned(document, landscape=note.landscape)
    _widths(document, note, width)
    body = document.element.body
    _without_empty_runs(body)
    _new_pages(document, note)
    if note.large:
        _enlarged(document)
    for part in (body, *(edge._element for edge in _edges(document))):
        _with_languages(part, note.lang)
    _apart(body, {style.style_id for style in document.styles})
    _language(document, note.lang)
    _properties(document, note)
    carry(document.part.package, note)
    raw = BytesIO()
    document.save(raw)
    return equal_bytes(raw.getvalue())


def equal_bytes(raw: bytes) -> bytes:
    """Return a zip with its members sorted and dated 1980-01-01: the same content gives the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as source, zipfile.ZipFile(out, "w") as target:
        first = "[Content_Types].xml"
        for name in sorted(source.namelist(), key=lambda name: (name != first, name)):
            member = zipfile.ZipInfo(name, FIRST_DAY)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            target.writestr(member, source.read(name))
    return out.getvalue()


def _turned(document: Any, *, landscape: bool) -> int:
    """Turn the page where the note is wide; return the width between the margins in twentieths of a point."""
    section = document.sections[0]
    upright = _between(section)
    if not landscape:
        return upright
    section.page_width, section.page_height = section.page_height, section.page_width
    section._sectPr.find(qn("w:pgSz")).set(qn("w:orient"), "landscape")
    for tab in document.styles.element.iter(qn("w:tab")):
        if tab.get(qn("w:val")) == "right" and abs(int(tab.get(qn("w:pos"))) - upright) <= AT_THE_MARGIN:
            tab.set(qn("w:pos"), str(_between(section)))
    return _between(section)


def _between(section: Any) -> int:
    return int((section.page_width - section.left_margin - section.right_margin) / 635 + 0.5)


def _widths(document: Any, note: Note, width: int) -> None:
    """Give every table its column widths, and its caption as title."""
    from briefing.render.docx import block_key

    shares: dict[str, tuple[list[int], str]] = {"title block": ([11, 39, 11, 39], "")}
    for n, block in enumerate(note.blocks):
        if isinstance(block, Table):
            shares[block_key(n)] = ([column.width for column in block.columns], block.caption)
        elif isinstance(block, Timeline):
            shares[block_key(n)] = ([1] * len(block.points), "")
        elif isinstance(block, Counts):
            shares[block_key(n)] = ([1] * len(block.shares), "")
    for table in document.element.body.iter(qn("w:tbl")):
        title = table.tblPr.find(qn("w:tblCaption"))
        if title is not None and title.get(qn("w:val")) in shares:
            columns, caption = shares[title.get(qn("w:val"))]
            _set_widths(table, [round(width * share / sum(columns)) for share in columns])
            _named(table, title, caption)


def _set_widths(table: Any, widths: list[int]) -> None:
    for column, width in zip(table.tblGrid.findall(qn("w:gridCol")), widths, strict=False):
        column.set(qn("w:w"), str(width))
    for row in table.findall(qn("w:tr")):
        for cell, width in zip(row.findall(qn("w:tc")), widths, strict=False):
            cell.tcPr.find(qn("w:tcW")).set(qn("w:w"), str(width))


def _named(table: Any, title: Any, caption: str) -> None:
    """Put the caption where the key was; what would be empty is left out."""
    title.set(qn("w:val"), caption)
    for name in ("w:tblCaption", "w:tblDescription"):
        element = table.tblPr.find(qn(name))
        if element is not None and not element.get(qn("w:val")):
            table.tblPr.remove(element)


def _without_empty_runs(body: Any) -> None:
    """Drop the runs that filling leaves without text."""
    for run in list(body.iter(qn("w:r"))):
        if all(child.tag in {qn("w:rPr"), qn("w:t")} and not child.text for child in run):
            run.getparent().remove(run)


def _edges(document: Any) -> Iterator[Any]:
    """Yield what stands around the pages."""
    section = document.sections[0]
    yield from (section.header, section.first_page_header, section.footer, section.first_page_footer)


def _with_languages(part: Any, lang: str) -> None:
    """Give letters of another script a run of their own, which says their language, font and direction."""
    for run in list(part.iter(qn("w:r"))):
        pieces = [(child, *piece) for child in run if child.tag != qn("w:rPr") for piece in _pieces(run, child, lang)]
        if any(own for _, _, own in pieces):
            for child, words, own in pieces:
                run.addprevious(_spoken(run, child, words, own))
            run.getparent().remove(run)


def _pieces(run: Any, child: Any, lang: str) -> list[tuple[str, str]]:
    """Return the words of a part of a run in pieces of one language; a run may have said its own."""
    said = run.find(f"{qn('w:rPr')}/{qn('w:lang')}")
    words = child.text or ""
    if child.tag != qn("w:t"):
        return [(words, "")]
    return list(stretches(words, lang)) if said is None else [(words, said.get(qn("w:bidi")))]


def _spoken(run: Any, child: Any, words: str, lang: str) -> Any:
    """Return a run like another that holds a part of it, in a language."""
    one, kept = deepcopy(run), deepcopy(child)
    for old in [old for old in one if old.tag != qn("w:rPr")]:
        one.remove(old)
    if kept.tag == qn("w:t"):
        kept.text = words
        kept.set(qn("xml:space"), "preserve")
    one.append(kept)
    if lang:
        _speak(one, lang, complex_=complex_script(words))
    return one


def _speak(run: Any, lang: str, *, complex_: bool) -> None:
    """Set the language of a run; letters of a complex script get the marks by which Word chooses font and direction."""
    properties = run.get_or_add_rPr()
    for name in ("w:rFonts", "w:rtl", "w:cs", "w:lang"):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    spoken = parse_xml(f'<w:lang {nsdecls("w")} w:val={quoteattr(lang)} w:bidi={quoteattr(lang)}/>')
    turned = right_to_left(lang)
    if turned:
        fonts = parse_xml(f'<w:rFonts {nsdecls("w")} w:cs="{TURNED_FONT}"/>')
        style = properties.find(qn("w:rStyle"))
        properties.insert(0 if style is None else 1, fonts)
    if complex_:
        properties.append(parse_xml(f'<w:{"rtl" if turned else "cs"} {nsdecls("w")}/>'))
    properties.append(spoken)


def _apart(body: Any, styles: set[str]) -> None:
    """Put room after a table, and a hairbreadth between two, which Word would join, or after one that ends the text."""
    for table in list(body.findall(qn("w:tbl"))):
        following = table.getnext()
        if following is None or following.tag in {qn("w:tbl"), qn("w:sectPr")}:
            table.addnext(parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="TableGap"/></w:pPr></w:p>'))
        elif following.style == "BodyText" and "BodyTextAfterTable" in styles:
            following.style = "BodyTextAfterTable"


def _new_pages(document: Any, note: Note) -> None:
    """Begin a new page with each heading that asks for one."""
    titles = {block.text for block in note.blocks if isinstance(block, Heading) and block.new_page}
    styles = {style.style_id: style for style in document.styles}
    for paragraph in document.paragraphs if titles else ():
        if paragraph.style.style_id == "Heading1" and paragraph.text in titles:
            if "NewPageHeading" in styles:
                paragraph.style = styles["NewPageHeading"]
            else:  # a house's template of before there was one
                paragraph.paragraph_format.page_break_before = True


LARGE = frozenset(["NumberedParagraph", "BodyText", "Heading1", "Title", "Subtitle", "ListBullet"])
"""The styles that a large note sets larger; tables and what stands around every page stay."""


def _enlarged(document: Any) -> None:
    """Set the text half as large again, with its lines as far apart as that wants."""
    for style in document.styles:
        if style.style_id in LARGE:
            size = next((one.font.size.pt for one in _bases(style) if one.font.size), 10)
            style.font.size = Pt(round(size * (1.6 if size < 11.5 else 1.3)))
            if style.paragraph_format.line_spacing is not None:
                style.paragraph_format.line_spacing = 1.2
    for style in document.styles:
        if style.style_id in {"Flag", "SourceMark", "ParagraphNumber"}:
            style.font.size = Pt(13)


def _bases(style: Any) -> Iterator[Any]:
    """Yield a style, and those that it is based on."""
    while style is not None:
        yield style
        style = style.base_style


def _language(document: Any, lang: str) -> None:
    """Set the language of the document: in the defaults of its styles and in its settings, where Word looks."""
    for element in _languages(document):
        element.set(qn("w:val"), lang)


def _languages(document: Any) -> Iterator[Any]:
    for defaults in document.styles.element.iter(qn("w:rPrDefault")):
        yield from defaults.iter(qn("w:lang"))
    yield from document.settings.element.iter(qn("w:themeFontLang"))


def _properties(document: Any, note: Note) -> None:
    """Set title, author and dates from the note; nothing of the machine or the clock."""
    properties, when = document.core_properties, moment(note.made_at).replace(tzinfo=None)
    properties.title = note.title[:255]
    properties.subject = note.description[:255]
    properties.author = ", ".join(part for part in (note.unit, note.ministry) if part)[:255]
    properties.last_modified_by = ""
    properties.keywords = ", ".join(note.keywords)[:255]
    properties.category = note.paper[:255]
    properties.comments = ""
    heads = " ".join(note.heads)
    properties.identifier = heads if 0 < len(heads) <= 255 else note.basis  # a property holds 255 characters
    properties.language = note.lang
    properties.created = properties.modified = when
    properties.revision = 1
