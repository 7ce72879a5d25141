"""The styles of `note.docx`, as Word keeps them: what a ministry changes when it restyles its copy."""

from __future__ import annotations

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
INK, NAVY, BAND, SLATE, RULE, WASH = "16202E", "12324F", "7A1F2B", "56616E", "C9D0D8", "F1F4F7"
AMBER, AMBER_WASH, AMBER_RULE = "8A5A00", "FBF5E6", "E3D4AD"
SERIF, SANS, INDIC = "Source Serif 4", "Source Sans 3", "Nirmala UI"
TEXT_WIDTH = 8901
"""Twentieths of a point between the margins of an upright page: 157 mm."""


SINGLE = ' w:line="240" w:lineRule="auto"'


def font(name: str) -> str:
    """Return the fonts of a run: one for Latin, one for Indic scripts."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{INDIC}"/>'


def look(name: str = "", *, size: float = 0, color: str = "", bold: bool = False, italic: bool = False, more: str = "") -> str:
    """Return run properties; the size in points."""
    half = round(size * 2)
    return "".join((
        font(name) if name else "",
        "<w:b/><w:bCs/>" if bold else "",
        "<w:i/><w:iCs/>" if italic else "",
        f'<w:color w:val="{color}"/>' if color else "",
        more if "spacing" in more else "",
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if size else "",
        more if "spacing" not in more else "",
    ))  # fmt: skip


def gaps(before: float = 0, after: float = 0, line: float = 0, *, exact: float = 0) -> str:
    """Return the room above and below a paragraph and its line height, at least or exactly so much, in points."""
    height = f' w:line="{round((line or exact) * 20)}" w:lineRule="{"atLeast" if line else "exact"}"'
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{height if line or exact else SINGLE}/>'


def edge(side: str, color: str, eighths: int, space: int = 0) -> str:
    """Return one border; its thickness in eighths of a point."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{color}"/>'


def paragraph(name: str, p: str, r: str, *, base: str = "Normal", following: str = "", builtin: bool = False) -> str:
    """Return a paragraph style; its id is the name without blanks."""
    own = "" if builtin else ' w:customStyle="1"'
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "").capitalize() if name.islower() else name.replace(" ", "")}"{own}>'
        f'<w:name w:val="{name}"/><w:basedOn w:val="{base}"/>{after}<w:qFormat/><w:pPr>{p}</w:pPr><w:rPr>{r}</w:rPr></w:style>'
    )


def character(name: str, r: str, *, builtin: bool = False) -> str:
    """Return a character style."""
    own = "" if builtin else ' w:customStyle="1"'
    return (
        f'<w:style w:type="character" w:styleId="{name.replace(" ", "")}"{own}><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{r}</w:rPr></w:style>'
    )


def grid(name: str, borders: str, *, first: str = "", shade: str = "", left: int = 0, right: int = 140) -> str:
    """Return a table style: hairlines, and the line under its header row."""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    head = f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{first}</w:tcBorders>{fill}<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>'
        f'<w:top w:w="45" w:type="dxa"/><w:left w:w="{left}" w:type="dxa"/><w:bottom w:w="45" w:type="dxa"/>'
        f'<w:right w:w="{right}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tcPr>{fill}</w:tcPr>{head if first else ""}</w:style>'
    )


BOXED = (
    f'<w:pBdr>{edge("top", WASH, 4, 7)}{edge("left", NAVY, 18, 10)}{edge("bottom", WASH, 4, 7)}{edge("right", WASH, 4, 8)}</w:pBdr>'
    f'<w:shd w:val="clear" w:color="auto" w:fill="{WASH}"/>'
)
KEPT = "<w:keepNext/><w:keepLines/>"
BOX_INDENT = '<w:ind w:left="250" w:right="190"/>'
RIGHT_TAB = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
OUTSIDE = '<w:ind w:left="-1757" w:right="-1247"/>'


def hanging(twips: int) -> tuple[str, str]:
    """Return the tab and the indents of a line whose first word hangs inside its own column."""
    return f'<w:tabs><w:tab w:val="left" w:pos="{twips}"/></w:tabs>', f'<w:ind w:left="{twips}" w:hanging="{twips}"/>'


def lettered(before: float, border: str = "") -> str:
    """Return the paragraph of a source or a note; the room before the first is not between them."""
    tabs, indent = hanging(283)
    return f"<w:keepLines/>{border}{tabs}{gaps(before, 0, exact=10.4)}{indent}<w:contextualSpacing/>"


PARAGRAPHS = "".join((
    paragraph("Masthead", f'<w:pBdr>{edge("bottom", NAVY, 13, 5)}</w:pBdr>{RIGHT_TAB}{gaps(2, 14)}<w:ind w:left="-510"/>', look(SANS, size=9)),
    paragraph("Title", f"<w:keepNext/>{gaps(0, 3)}", look(size=17, color=NAVY, more='<w:spacing w:val="-4"/>'), builtin=True, following="Subtitle"),
    paragraph("Subtitle", f"<w:keepNext/>{gaps(0, 10)}", look(size=11.5, color=SLATE, italic=True), builtin=True, following="BodyText"),
    paragraph("heading 1", f'{KEPT}{gaps(8.5, 1)}<w:outlineLvl w:val="0"/>', look(SANS, size=11, color=NAVY, bold=True), builtin=True, following="NumberedParagraph"),
    paragraph("New Page Heading", f'{KEPT}<w:pageBreakBefore/>{gaps(0, 4)}<w:outlineLvl w:val="0"/>', look(SERIF) + '<w:b w:val="0"/><w:bCs w:val="0"/>' + look(size=15, color=NAVY), base="Heading1", following="NumberedParagraph"),
    paragraph("heading 2", f'{KEPT}{gaps(8, 0)}<w:outlineLvl w:val="1"/>', look(SANS, size=10, color=NAVY, bold=True), builtin=True, following="NumberedParagraph"),
    paragraph("Body Text", gaps(2.5, 2.3, 12.9), "", builtin=True),
    paragraph("Body Text After Table", gaps(10, 2.3, 12.9), "", base="BodyText", following="BodyText"),
    paragraph("Numbered Paragraph", f'<w:tabs><w:tab w:val="left" w:pos="0"/></w:tabs>{gaps(2.5, 2.3, 12.9)}<w:ind w:left="0" w:hanging="510"/>', ""),
    paragraph("List Bullet", f'<w:numPr><w:numId w:val="1"/></w:numPr>{gaps(2.5, 0, 12.9)}<w:ind w:left="255" w:hanging="255"/>', "", builtin=True),
    paragraph("Bottom Line Heading", f'{KEPT}{BOXED}{gaps(14, 3)}{BOX_INDENT}<w:outlineLvl w:val="0"/>', look(SANS, size=11, color=NAVY, bold=True), following="BottomLine"),
    paragraph("Bottom Line", f"<w:keepLines/>{BOXED}{gaps(0, 2, 12.9)}{BOX_INDENT}", ""),
    paragraph("Bottom Line List", f'<w:numPr><w:numId w:val="1"/></w:numPr>{gaps(0, 2, 12.9)}<w:ind w:left="505" w:right="190" w:hanging="255"/>', "", base="BottomLine"),
    paragraph("caption", f"{KEPT}{gaps(9, 3)}", look(SANS, size=8, color=SLATE), builtin=True),
    paragraph("Table Text", gaps(exact=11), look(SANS, size=8.5)),
    paragraph("Table Text Centred", '<w:jc w:val="center"/>', "", base="TableText"),
    paragraph("Table Heading", f"<w:keepNext/>{gaps(exact=11)}", look(SANS, size=8.5, color=NAVY, bold=True)),
    paragraph("Table Heading Centred", '<w:jc w:val="center"/>', "", base="TableHeading"),
    paragraph("Table Gap", '<w:spacing w:before="0" w:after="0" w:line="140" w:lineRule="exact"/>', look(size=2)),
    paragraph("Title Label", gaps(), look(SANS, size=9, color=SLATE)),
    paragraph("Title Value", gaps(), look(SANS, size=9)),
    paragraph("Timeline Date", f'<w:keepNext/><w:pBdr>{edge("top", NAVY, 18, 3)}</w:pBdr>{gaps(13, 1)}', look(SANS, size=9, bold=True)),
    paragraph("Timeline Main", f'<w:pBdr>{edge("top", BAND, 18, 3)}</w:pBdr>', look(color=BAND), base="TimelineDate"),
    paragraph("Timeline Open", f'<w:pBdr>{edge("top", NAVY, 18, 3).replace("single", "dotted")}</w:pBdr>', "", base="TimelineDate"),
    paragraph("Timeline Label", f'{gaps()}<w:ind w:right="120"/>', look(SANS, size=8.5, color=SLATE)),
    paragraph("Sources Heading", f'{KEPT}<w:pBdr>{edge("top", NAVY, 7, 6)}</w:pBdr>{gaps(11, 3)}<w:outlineLvl w:val="0"/>', look(SANS, size=9.5, color=NAVY, bold=True)),
    paragraph("Source Text", lettered(0), look(SANS, size=8)),
    paragraph("Note Text", lettered(9.6, f'<w:pBdr>{edge("top", RULE, 4, 5)}</w:pBdr>'), look(SANS, size=8)),
    paragraph("Marking Band", f'<w:pBdr>{edge("top", BAND, 4, 5)}{edge("bottom", BAND, 4, 6)}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="{BAND}"/>{gaps()}{OUTSIDE}<w:jc w:val="center"/>',
              look(SANS, size=8.5, color="FFFFFF", bold=True, more='<w:spacing w:val="15"/>')),
    paragraph("Running Head", f"{RIGHT_TAB}{gaps(8, 18)}", look(SANS, size=8, color=SLATE)),
    paragraph("Running Foot", f"{RIGHT_TAB}{gaps(6, 9)}", look(SANS, size=8, color=SLATE)),
    paragraph("Tag", "", look(SANS, size=7, color="808080")),
))  # fmt: skip

CHARACTERS = "".join((
    character("Strong", look(bold=True), builtin=True),
    character("Emphasis", look(italic=True), builtin=True),
    character("Source Mark", look(SANS, size=8.5, color=SLATE)),
    character("Flag", look(SANS, size=8.5, color=AMBER, bold=True)),
    character("Muted", look(color=SLATE)),
    character("Note Reference", look(SANS, color=BAND, bold=True, more='<w:vertAlign w:val="superscript"/>')),
    character("Paragraph Number", look(SANS, size=8.5, color=SLATE)),
    character("Note Number", look(SANS, color=BAND, bold=True)),
    character("Source Letter", look(SANS, color=NAVY, bold=True)),
    character("Row Header", look(bold=True)),
    character("Ministry", look(color=NAVY, bold=True)),
))  # fmt: skip

_HAIR = edge("bottom", RULE, 4) + edge("insideH", RULE, 4)
TABLES = "".join((
    grid("Note Grid", _HAIR, first=edge("bottom", NAVY, 7)),
    grid("Note Matrix", _HAIR, first=edge("bottom", NAVY, 7)),
    grid("Note Differ", edge("left", AMBER, 18) + edge("insideH", AMBER_RULE, 4), first=edge("bottom", AMBER, 5), shade=AMBER_WASH, left=140),
    grid("Note Title Block", edge("top", RULE, 4) + _HAIR),
    grid("Note Timeline", "", right=0),
))  # fmt: skip

STYLES = f"""<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{look(SERIF, size=9.5)}<w:lang w:val="en-GB" w:bidi="hi-IN"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr>{gaps()}</w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/></w:pPr><w:rPr>{look(color=INK)}</w:rPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/></w:style>
{PARAGRAPHS}{CHARACTERS}{TABLES}</w:styles>"""

NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/>
<w:pPr><w:ind w:left="255" w:hanging="255"/></w:pPr><w:rPr>{font(SANS)}<w:color w:val="{BAND}"/></w:rPr></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""

FONTS: tuple[tuple[str, str, str], ...] = ((SERIF, "Cambria", "roman"), (SANS, "Calibri", "swiss"), (INDIC, "Mangal", "swiss"))
"""Each family, what takes its place where it is missing, and its kind."""

SETTINGS = f"""<w:settings {W}><w:zoom w:percent="100"/><w:embedTrueTypeFonts/><w:saveSubsetFonts/><w:defaultTabStop w:val="720"/>
<w:characterSpacingControl w:val="doNotCompress"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
<w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/></w:compat>
<w:themeFontLang w:val="en-GB" w:bidi="hi-IN"/>
<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3"
 w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>
<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>"""
