"""A visit report written out by hand: every block, every style, Hindi, and signs that markup trips over."""

from __future__ import annotations

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
    Table,
    Timeline,
    TimelinePoint,
    TitleLine,
)

ONE_SOURCE = Run("△ one source", "flag")
DIFFER = Run("◇ differ", "flag")
BLANK = Run(" ")


def text(words: str) -> Runs:
    return (Run(words),)


def strong(words: str) -> Run:
    return Run(words, "strong")


def mark(words: str) -> Run:
    return Run(words, "mark")


TIMELINE = Timeline(
    (
        TimelinePoint("February 2025", "Visit of the Prime Minister, COMPACT launched", 0),
        TimelinePoint("27–29 May 2025", "Foreign Secretary in the United States", 34, width=14, main=True, break_before=True),
        TimelinePoint("31 May 2025", "Source B published", 72),
        TimelinePoint("“soon”", "Next Strategic Trade Dialogue", 100, open=True),
    ),
    "Timeline. February 2025: visit of the Prime Minister. 27–29 May 2025: the visit. “soon”: the Dialogue.",
)

COUNTS = Counts(
    (Share(14, "□ Open"), Share(3, "◧ In hand"), Share(1, "◇ Disputed"), Share(6, "■ Done", to_do=False)),
    "Commitments by status. 14 open; 3 in hand; 1 disputed; 6 done.",
)

MEETINGS = Table(
    (Column("With", 33), Column("Discussed", 30), Column("Outcome", 23), Column("Source", 14)),
    (
        (
            (strong("State."), Run(" US Deputy Secretary of State Christopher Landau, at a luncheon (A: a working luncheon, hosted by the Deputy Secretary)")),
            text("Full bilateral agenda (B only); technology, trade and talent as pillars"),
            text("Pillars named (by whom: para 11)"),
            (mark("A4, B2"), BLANK, DIFFER),
        ),
        (
            (strong("Treasury."), Run(" US Deputy Secretary of the Treasury Michael Faulkender")),
            text("International financial institutions; upcoming Financial Action Task Force (FATF) processes"),
            text("Avenues explored; no decision reported"),
            (mark("B4"), BLANK, ONE_SOURCE),
        ),
        (
            (strong("Defense."), Run(" US Deputy Secretary of Defense Steve Feinberg; Elbridge Colby (title: para 11)")),
            text("Military exercises; joint production and development; logistics and information-sharing frameworks (B only)"),
            text("“commitment” reaffirmed (A); “shared interest” reiterated (B)"),
            (mark("A3, B3"), BLANK, DIFFER),
        ),
        (
            (strong("Commerce."), Run(" US Under Secretary of Commerce Jeffrey Kessler")),
            text("India–US Bilateral Trade Agreement; export control regulations (ITAR: B only); critical and emerging technologies"),
            text("Agreed to hold the next Strategic Trade Dialogue “soon” (B)"),
            (mark("A4, B5"), BLANK, DIFFER),
        ),
        (
            (strong("National Security Council."), Run(" No counterpart named")),
            (Run("– not reported", "muted"),),
            (Run("– not reported", "muted"),),
            (mark("B1"), BLANK, ONE_SOURCE),
        ),
        (
            (strong("Inter-agency discussions."), Run(" No agency or person named")),
            (
                Run("Areas outlined in COMPACT,"),
                Run("2", "ref"),
                Run(" including energy security, TRUST,"),
                Run("3", "ref"),
                Run(" counter-terrorism and the Indian Ocean Strategic Venture"),
            ),
            (Run("None reported", "emphasis"),),
            (mark("B6"), BLANK, ONE_SOURCE),
        ),
    ),
    caption="Meetings with government. “A4” is the fourth paragraph of Source A",
)

MATRIX = Table(
    (
        Column("Agency", 25),
        Column("Technology", 15, centred=True),
        Column("Trade", 15, centred=True),
        Column("Defence", 15, centred=True),
        Column("Finance", 15, centred=True),
        Column("Terrorism", 15, centred=True),
    ),
    tuple(
        (text(agency), *(((mark(c),) if c != "–" else (Run("–", "muted"),)) for c in cells))
        for agency, *cells in (
            ("State", "A, B", "A, B", "–", "–", "–"),
            ("Defense", "A", "–", "A, B", "–", "–"),
            ("Commerce", "A, B", "A, B", "–", "–", "–"),
            ("Treasury", "–", "–", "–", "B", "–"),
        )
    ),
    caption="Topics by agency, and the source that says so",
    tone="matrix",
)

COMMITMENTS = Table(
    (Column("No.", 6), Column("Words of the source", 35), Column("Strength", 20), Column("Owed by and to", 15), Column("Due", 12), Column("Status", 12)),
    (
        (
            text("1"),
            (Run("“They agreed to hold the next Strategic Trade Dialogue soon.” "), mark("[B5]")),
            (Run("Agreed (B); expected (A) "), DIFFER),
            text("Both sides; no office named"),
            (Run("“soon” "), Run("△ undated", "flag")),
            (Run("□ Open", "flag"),),
        ),
    ),
)

DIFFERENCES = Table(
    (Column("Point", 22), Column("Source A", 39), Column("Source B", 39)),
    tuple(
        (text(point), (Run(f"{a} "), mark(f"[{at}]")), (Run(f"{c} "), mark(f"[{ct}]")))
        for point, a, at, c, ct in (
            ("Strategic Trade Dialogue", "“An agreement is expected to accelerate the upcoming Strategic Trade Dialogue”", "A4", "“They agreed to hold the next Strategic Trade Dialogue soon.”", "B5"),
            ("Defence production, exercises", "“reaffirmed their unwavering commitment to”", "A3", "“reiterated their shared interest in”", "B3"),
            ("Pillars: who named them, of what", "“the delegation highlighted”; “India-U.S. alliance”", "A4", "“They identified” (both sides); “India-U.S. partnership”", "B2"),
            ("Elbridge Colby’s title", "“U.S. Under Secretary of Defense”", "A3", "“Under Secretary for Policy”", "B3"),
        )
    ),
    tone="differ",
)

LONG = Table(
    (Column("No.", 8), Column("Contact", 62), Column("Outcome", 30)),
    tuple((text(f"{n}"), text(f"Call number {n} between the two desks, on papers & dates <draft {n}>"), text(f"Noted as item {n}")) for n in range(1, 61)),
    caption="Contacts since the last visit",
)

NAMES = Paragraph(
    (
        Run("Other delegations, in their own letters: राष्ट्रीय सुरक्षा परिषद; محمد بن سلمان (2 June) and שרה נתניהו (5 June); "),
        Run("مُحَمَّد", "strong"),
        BLANK,
        Run("نرگس محمدی", "emphasis", "fa"),
        Run(" as well."),
    )
)
"""Names in scripts that run from the right, and in one that a reader of PDF often gets wrong."""

BLOCKS: tuple[Block, ...] = (
    BottomLine(
        "Bottom line",
        (
            (strong("One commitment is reported, by one source:"), Run(" to hold the next Strategic Trade Dialogue “soon”, with no date and no named office.")),
            text("No signature is reported. On defence the texts differ on how far the sides went."),
            (Run("Terrorism and Pakistan rest on one source. "), ONE_SOURCE),
        ),
    ),
    TIMELINE,
    COUNTS,
    Heading("The visit"),
    Paragraph(
        (
            Run("Foreign Secretary Vikram Misri ("),
            Run("विक्रम मिस्री", lang="hi"),
            Run("), accompanied by Deputy National Security Advisor Pavan Kapoor, visited the United States from 27 to 29 May 2025."),
            Run("1", "ref"),
            BLANK,
            mark("[A2, B1]"),
            Run(" Source B places the meetings in Washington, D.C., and calls the visit a follow-up to Prime Minister Narendra Modi’s trip of February 2025. "),
            mark("[B1]"),
        ),
        1,
    ),
    Paragraph(text("No objectives for the visit are on record; results are not scored."), 2),
    Heading("Meetings"),
    Paragraph(text("Talks with four departments are reported. The National Security Council is named without counterpart or subject."), 3),
    MEETINGS,
    MATRIX,
    Heading("Results by theme"),
    Paragraph(
        (strong("Defence."), Run(" Source B reports a commitment to “a forward-looking and strategic defence partnership” as reaffirmed. "), mark("[B1]"),
         Run(" No project, exercise or sum is named.")),
        4,
    ),
    Paragraph(
        (strong("Terror financing."), Run(" India stressed “the need for tighter scrutiny of terror financing channels, particularly in the context of Pakistan”. "),
         mark("[A5]"), BLANK, ONE_SOURCE),
        5,
    ),
    Heading("Commitments"),
    Paragraph((Run("One. What was “reviewed”, “explored”, "), Run("reaffirmed", "emphasis"), Run(" or of “shared interest” is not counted.")), 6),
    COMMITMENTS,
    Heading("Where the sources differ"),
    Paragraph(text("None of these has been settled; both are printed."), 7),
    DIFFERENCES,
    Heading("What is not known"),
    BulletList(
        (
            text("What the US side said for itself: every position reported is India’s or a joint one."),
            (Run("Counterpart at the Council "), Run("– not reported", "muted")),
            text("Signs that markup trips over: A & B < C > D, \"quoted\" 'text', 100 % of *this* and _that_ | {{ not a name }} [link](x)"),
        )
    ),
    Heading("Contacts"),
    NAMES,
    LONG,
    Paragraph(text("The Strategic Trade Dialogue, undated (commitment 1). No other next step is on record.")),
    SourceList(
        "Sources",
        (
            ("A", (Run("“Vikram Misri’s U.S. Visit Reinforces India-U.S. Strategic Partnership”, datelined Fremont, CA; SHA-256 385b5a4685ea7868"),)),
            ("B", (Run("The North News", "emphasis"), Run(", datelined New Delhi, May 31; year not shown; SHA-256 add2af9093e8c761"))),
        ),
    ),
    Footnotes(
        (
            ("1", (Run("△ Year inferred", "flag"), Run(": neither text gives the year of the visit."))),
            ("2", text("“Catalysing Opportunities for Military Partnership, Accelerated Commerce & Technology”")),
            ("3", (Run("“Transforming the Relationship Utilizing Strategic Technology” "), mark("[A4]"))),
        )
    ),
)

SHORT: tuple[Block, ...] = tuple(block for block in BLOCKS if block is not LONG and block is not NAMES)
"""Every kind of block, without the table that is longer than a page, and from left to right."""

EVERYTHING: tuple[Block, ...] = (
    *SHORT,
    NAMES,
    BottomLine("In one line", (text("A box of a single line has no dash."),)),
    Paragraph((Run("A reference to a note that is elsewhere."), Run("9", "ref"))),
    *(
        Table(
            (Column("Left", 50), Column("Middle", 50, centred=True)),
            ((text(f"Flush in a {tone} table"), text(f"Centred in a {tone} table")),),
            caption=f"A {tone} table",
            tone=tone,
        )
        for tone in ("plain", "differ", "matrix")
    ),
)
"""What the templates treat in a way of its own, each once."""


def sample_note(blocks: tuple[Block, ...] = BLOCKS, *, landscape: bool = False) -> Note:
    """Return the report; a test of one thing gives the few blocks that it needs."""
    return Note(
        kind="visit",
        title="Foreign Secretary in the United States, 27–29 May 2025",
        subtitle="From two press texts; no record of our own is on file",
        band="OFFICIAL – SENSITIVE",
        ministry="Ministry of Foreign Affairs",
        unit="Americas Division",
        paper="Visit report",
        title_block=(
            TitleLine("To", "Minister for Foreign Affairs"),
            TitleLine("From", "Head, Americas Division, 5550 1234"),
            TitleLine("Cleared by", "DRAFT – not cleared"),
            TitleLine("Copy", "Permanent Secretary; Defence; Trade & Industry; Finance"),
            TitleLine("Ref", "AMD/2025/0147, edition 3"),
            TitleLine("For", "Information"),
            TitleLine("As at", "2 June 2025, 09:00 UTC"),
        ),
        blocks=blocks,
        basis="03a366bf5f9b7f8c804407974c234daa0382092d6089dd2009fac6dbd9a5fc51",
        basis_label="Record 03a366bf5f9b7f8c",
        made_at="2025-06-02T09:00:00Z",
        description="Outcomes, commitments and points where the two texts differ.",
        keywords=("India", "United States"),
        running_title="Foreign Secretary in the United States, 27–29 May 2025",
        landscape=landscape,
    )
