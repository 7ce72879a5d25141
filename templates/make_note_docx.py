"""Write `note.docx`, the Word template that ships: run it after a change here, and commit both.

A ministry restyles its copy in Word: the look is in the styles, the words come from the marks
between braces. `{%p … %}` stands in a paragraph of its own, `{%tc … %}` in a cell, `{%tr … %}` in a row.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as Doc
from docx.oxml import parse_xml
from docx.shared import Mm
from embed_fonts import embedded
from note_docx_styles import FONTS, NUMBERING, SETTINGS, STYLES, W


def para(style: str, *texts: str) -> str:
    """Return a paragraph; a text "Style|words" is a run in a character style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(run(text) for text in texts)}</w:p>'


def run(text: str) -> str:
    """Return one run, or a field where the text is "=PAGE"."""
    style, words = re.fullmatch(r"(?:([A-Z]\w*)\|)?(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    if words.startswith("="):
        return f'<w:fldSimple w:instr="{words[1:]}"><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'
    parts = [f'<w:t xml:space="preserve">{part}</w:t>' for part in words.split("\t")]
    return f"<w:r>{look}{'<w:tab/>'.join(parts)}</w:r>"


def tag(text: str, style: str = "Tag") -> str:
    """Return a paragraph that holds one tag of the template and leaves nothing behind."""
    return para(style, "{%p " + text + " %}")


def cell(*paragraphs: str, width: int = 1000) -> str:
    """Return a cell of finished paragraphs."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(paragraphs)}</w:tc>'


def table(style: str, rows: str, columns: int, *, key: str, look: str = "firstRow") -> str:
    """Return a table; its title is a key by which the renderer finds it to set the widths."""
    first = "1" if look == "firstRow" else "0"
    grid = '<w:gridCol w:w="1000"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:firstRow="{first}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{key}"/><w:tblDescription w:val="{{{{ block.alternative }}}}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def row(cells: str, *, header: bool = False) -> str:
    """Return a row that does not split; a header row repeats on each page."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if header else ''}</w:trPr>{cells}</w:tr>"


def row_tag(text: str) -> str:
    """Return a row that holds one tag."""
    return row(cell(para("Tag", "{%tr " + text + " %}")))


def each(loop: str, inner: str) -> str:
    """Return cells, one for each of something."""
    return cell(para("Tag", "{%tc for " + loop + " %}")) + inner + cell(para("Tag", "{%tc endfor %}"))


def either(style: str, text: str) -> str:
    """Return a cell's paragraph, centred where its column is."""
    return (
        tag("if one.centred") + para(f"{style}Centred", text) + tag("else") + para(style, text) + tag("endif")
    )


def masthead() -> str:
    """Return everything above the first block."""
    labels = (("TitleLabel", "left.label"), ("TitleValue", "left.value"), ("TitleLabel", "right.label"), ("TitleValue", "right.value"))
    line = "".join(cell(para(style, "{{ line." + field + " }}")) for style, field in labels)
    return "".join((
        para("Masthead", "Ministry|{{ note.ministry }}", "Muted| {{ note.unit }}\t{{ note.paper }}"),
        para("Title", "{{ title }}"),
        tag("if note.subtitle"), para("Subtitle", "{{ note.subtitle }}"), tag("endif"),
        tag("if title_rows"),
        table("NoteTitleBlock", row_tag("for line in title_rows") + row(line) + row_tag("endfor"), 4, key="title block", look="")
        .replace("{{ block.alternative }}", ""),
        tag("endif"),
    ))  # fmt: skip


def grid(style: str) -> str:
    """Return the table of one tone: caption, header row, a row for each row."""
    rows = row(each("one in block.columns", cell(either("TableHeading", "{{ one.header }}"))), header=True)
    rows += row_tag("for cells in block.rows")
    rows += row(each("one in cells", cell(either("TableText", "{{r one.text }}"))))
    rows += row_tag("endfor")
    return (
        tag("if block.caption") + para("Caption", "{{ block.caption }}") + tag("endif")
        + table(style, rows, 1, key="{{ block.key }}")
    )  # fmt: skip


def timeline() -> str:
    """Return a row of dates with their labels: what Word shows of the picture."""
    point = cell(
        tag("if one.main"), para("TimelineMain", "{{ one.date }}"),
        tag("elif one.open"), para("TimelineOpen", "{{ one.date }}"), tag("else"), para("TimelineDate", "{{ one.date }}"),
        tag("endif"), para("TimelineLabel", "{{ one.label }}"),
    )  # fmt: skip
    return table("NoteTimeline", row(each("one in block.points", point)), 1, key="{{ block.key }}", look="")


def lettered(style: str, mark: str) -> str:
    """Return a line for each source or note: its letter or number hangs."""
    return tag("for one in block.lines") + para(style, mark + "|{{ one.number }}\t", "{{r one.text }}") + tag("endfor")


def lines(style: str) -> str:
    """Return a paragraph for each line of a block."""
    return tag("for one in block.lines") + para(style, "{{r one }}") + tag("endfor")


SHAPES: dict[str, str] = {
    "heading": para("Heading1", "{{ block.text }}"),
    "numbered": para("NumberedParagraph", "ParagraphNumber|{{ block.number }}\t", "{{r block.text }}"),
    "paragraph": para("BodyText", "{{r block.text }}"),
    "bottom_line": (
        para("BottomLineHeading", "{{ block.text }}")
        + tag("if block.lines|length == 1") + para("BottomLine", "{{r block.lines[0] }}")
        + tag("else") + lines("BottomLineList") + tag("endif")
    ),
    "bullets": lines("ListBullet"),
    "plain": grid("NoteGrid"),
    "differ": grid("NoteDiffer"),
    "matrix": grid("NoteMatrix"),
    "timeline": timeline(),
    "sources": para("SourcesHeading", "{{ block.text }}") + lettered("SourceText", "SourceLetter"),
    "footnotes": lettered("NoteText", "NoteNumber"),
}  # fmt: skip
"""Shape of a block → how it stands on the page."""


def body() -> str:
    """Return the whole text: the masthead, then each block in the shape of its kind."""
    shapes = "".join(
        tag(f"{'if' if n == 0 else 'elif'} block.shape == '{name}'") + shape for n, (name, shape) in enumerate(SHAPES.items())
    )
    return masthead() + tag("for block in blocks") + shapes + tag("endif") + tag("endfor")


def fill(element: object, xml: str) -> None:
    """Put paragraphs and tables in place of what an element holds; section properties stay."""
    parent = element
    for child in list(parent):  # type: ignore[call-overload]
        if not child.tag.endswith("}sectPr"):
            parent.remove(child)  # type: ignore[attr-defined]
    for n, child in enumerate(list(parse_xml(f"<w:body {W}>{xml}</w:body>"))):
        parent.insert(n, child)  # type: ignore[attr-defined]


def frame(document: Doc) -> None:
    """Set the page: A4, the margins of the PDF, the marking above and below."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(31), Mm(22)
    section.top_margin, section.bottom_margin = Mm(17.5), Mm(20)  # the head of later pages pushes its text down
    section.header_distance = section.footer_distance = Mm(0)
    section.different_first_page_header_footer = True
    band = para("MarkingBand", "{{ note.band }}")
    label = ("{{ page_label[0] }}", "=PAGE", "{{ page_label[1] }}", "=NUMPAGES", "{{ page_label[2] }}")
    foot = para("RunningFoot", "{{ note.basis_label }}\t", *label) + band
    fill(section.first_page_header._element, band)
    fill(section.header._element, band + para("RunningHead", "{{ note.running_title }}"))
    fill(section.first_page_footer._element, foot)
    fill(section.footer._element, foot)


def replace(element: object, xml: str) -> None:
    """Put other children into a part's root element."""
    for child in list(element):  # type: ignore[call-overload]
        element.remove(child)  # type: ignore[attr-defined]
    for child in list(parse_xml(xml)):
        element.append(child)  # type: ignore[attr-defined]


def slim(document: Doc) -> None:
    """Leave out what python-docx's own template brings along: a picture, old styles, custom XML."""
    for part in (document.part, document.part.package):
        for name, relation in list(part.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in {"thumbnail", "stylesWithEffects", "customXml", "webSettings"}:
                part.rels.pop(name)


def font_table(part: object) -> str:
    """Return the table of fonts, each with its stand-in and the faces that the file brings along."""
    listed = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="00"/><w:family w:val="{kind}"/>'
        f'<w:pitch w:val="variable"/>{embedded(name, part)}</w:font>'
        for name, instead, kind in FONTS
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {W} xmlns:r='
        f'"http://schemas.openxmlformats.org/officeDocument/2006/relationships">{listed}</w:fonts>'
    )


def main() -> None:
    """Write the template; the same bytes every time."""
    document = Document()
    replace(document.styles.element, STYLES)
    replace(document.part.numbering_part.element, NUMBERING)
    replace(document.settings.element, SETTINGS)
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            relation.target_part._blob = font_table(relation.target_part).encode()
    slim(document)
    frame(document)
    fill(document.element.body, body())
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.title = ""
    whole, target = BytesIO(), Path(__file__).parent / "note.docx"
    document.save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(source.namelist()):
            out.writestr(zipfile.ZipInfo(name), source.read(name), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
