"""Two papers for trying templates: one with everything that a note can hold, and one with nothing in it."""

from __future__ import annotations

from typing import get_args

from briefing.notes.note import (
    Block,
    BottomLine,
    BulletList,
    Column,
    Counts,
    Footnotes,
    Heading,
    Note,
    Paragraph,
    Run,
    Runs,
    Share,
    SourceList,
    Style,
    Table,
    Timeline,
    TimelinePoint,
    TitleLine,
)

MADE_AT = "2025-06-02T09:00:00Z"
BAND = "SPECIMEN – NO PAPER"

SAID: dict[str, str] = {
    "plain": "Plain words, ",
    "strong": "strong words, ",
    "emphasis": "words with emphasis, ",
    "mark": "[A2, B1]",
    "flag": "△ one source",
    "muted": ", words that stand back",
    "ref": "1",
}
EVERY_STYLE: Runs = (*(Run(SAID[style], style) for style in get_args(Style)), Run(" और हिन्दी", lang="hi"))

COLUMNS = (Column("With", 40), Column("Discussed", 40), Column("Source", 20, centred=True))
ROWS: tuple[tuple[Runs, ...], ...] = (
    ((Run("Treasury."), Run(" Under Secretary")), EVERY_STYLE, (Run("[B4]", "mark", rests_on=("north-news:0-9",)),)),
    ((Run("Commerce.", "strong"), Run(" Under Secretary")), (Run("Tariffs"),), (Run("– not reported", "muted"),)),
)
TIMELINE = Timeline(
    (
        TimelinePoint("February 2025", "Visit of the Prime Minister", 0),
        TimelinePoint("27–29 May 2025", "The visit", 40, width=12, main=True, break_before=True),
        TimelinePoint("31 May 2025", "Source B published", 70),
        TimelinePoint("“soon”", "Next dialogue", 100, open=True),
    ),
    "Timeline: February 2025, 27–29 May 2025, 31 May 2025 and “soon”.",
)
COUNTS = Counts(
    (Share(12, "□ Open"), Share(3, "◧ In hand"), Share(7, "■ Done", to_do=False)),
    "Commitments by status. 12 open; 3 in hand; 7 done.",
)

EVERY_BLOCK: tuple[Block, ...] = (
    BottomLine("Bottom line", (EVERY_STYLE,)),
    BottomLine("Bottom line in two", ((Run("The first line."),), EVERY_STYLE)),
    Heading("A heading"),
    Paragraph(EVERY_STYLE),
    Paragraph(EVERY_STYLE, number=1),
    BulletList(((Run("The first of two."),), EVERY_STYLE)),
    Table(COLUMNS, ROWS, caption="A plain table"),
    Table(COLUMNS, ROWS),
    Table(COLUMNS, ROWS, caption="Where sources differ", tone="differ"),
    Table(COLUMNS, ROWS, caption="A matrix", tone="matrix"),
    TIMELINE,
    COUNTS,
    Heading("An annex on a page of its own", new_page=True),
    Footnotes((("1", EVERY_STYLE),)),
    SourceList("Sources", (("A", EVERY_STYLE), ("B", (Run("The second source."),)))),
)


def full(*, landscape: bool = False, large: bool = False) -> Note:
    """Return a paper with every field filled and every kind of block, style and table."""
    return Note(
        kind="visit",
        title="A specimen with everything that a paper can hold, 27–29 May 2025",
        subtitle="For trying templates",
        band=BAND,
        ministry="Ministry of Specimens",
        unit="Division of Trials",
        paper="Specimen",
        title_block=(TitleLine("To", "Minister"), TitleLine("From", "Head of Division"), TitleLine("Copy", "Trade")),
        blocks=EVERY_BLOCK,
        basis="0" * 64,
        basis_label="Record 0000000000000000",
        made_at=MADE_AT,
        description="Everything that a paper can hold.",
        keywords=("specimen", "template"),
        running_title="A specimen",
        landscape=landscape,
        large=large,
        heads=("0" * 64,),
        request='{"paper": "visit"}',
        evidence='{"events": {}}',
        marking="SPECIMEN",
    )


def empty() -> Note:
    """Return a paper in which every field that may be empty is."""
    return Note(
        kind="visit",
        title="Nothing",
        subtitle="",
        band=BAND,
        ministry="",
        unit="",
        paper="",
        title_block=(),
        blocks=(),
        basis="0" * 64,
        basis_label="",
        made_at=MADE_AT,
    )
