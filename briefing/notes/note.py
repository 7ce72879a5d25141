"""A paper as renderers see it: blocks of marked-up runs, and nothing of PDF, Word or HTML.

All four formats print the same words of a `Note`, in the same order. A renderer never composes a
sentence; it decides only how a run looks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Style = Literal["plain", "strong", "emphasis", "mark", "flag", "muted", "ref"]
"""plain, strong and emphasis are prose; mark is a source mark ("[B4]"); flag is a status with shape
and word ("△ one source"); muted is secondary text; ref is a superscript note number ("1")."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style; `lang` is a BCP 47 code where it differs from the note's.

    `rests_on` names the quotations of a source mark, SOURCE:START-END each; renderers take no notice.
    """

    text: str
    style: Style = "plain"
    lang: str = ""
    rests_on: tuple[str, ...] = field(default=(), compare=False)


Runs = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """Return the text of runs as one string."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading (level 2; the note's title is level 1). `new_page`: an annex, or a part of a book."""

    text: str
    new_page: bool = False
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `number` hangs in the margin so that it can be cited, 0 is unnumbered."""

    runs: Runs
    number: int = 0
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class BottomLine:
    """The box a minister reads first: a heading and one or more lines."""

    heading: str
    lines: tuple[Runs, ...]
    kind: Literal["bottom_line"] = "bottom_line"


@dataclass(frozen=True, slots=True)
class BulletList:
    """Short lines under each other."""

    items: tuple[Runs, ...]
    kind: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: header and width in hundredths of the table's width (the widths add up to 100)."""

    header: str
    width: int
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid whose first cell in each row is the row's header; header rows repeat on each page.

    `tone` "differ" is the amber box of the differences; `caption` may be empty.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Runs, ...], ...]
    caption: str = ""
    tone: Literal["plain", "differ", "matrix"] = "plain"
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class TimelinePoint:
    """One mark on the timeline: printed date, label, and the position 0–100 along the line.

    A `width` over 0 is drawn as a bar, `open` as a hollow ring on a dotted end (no date);
    `break_before` draws a cut in the line before the mark.
    """

    date: str
    label: str
    at: float
    width: float = 0.0
    open: bool = False
    main: bool = False
    break_before: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """A picture of at least three dates. Its words are the points' dates and labels, in order.

    `alternative` is the description for those who do not see it.
    """

    points: tuple[TimelinePoint, ...]
    alternative: str
    kind: Literal["timeline"] = "timeline"


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a picture of counts: how many, and of what; `to_do` are those that somebody must still see to."""

    count: int
    label: str
    to_do: bool = True


@dataclass(frozen=True, slots=True)
class Counts:
    """A picture of at least three numbers. Its words are the numbers and labels, in order.

    `alternative` is the description for those who do not see it.
    """

    shares: tuple[Share, ...]
    alternative: str
    kind: Literal["counts"] = "counts"


@dataclass(frozen=True, slots=True)
class Footnotes:
    """Notes at the end: (number, text) each; numbers are those of `ref` runs."""

    notes: tuple[tuple[str, Runs], ...]
    kind: Literal["footnotes"] = "footnotes"


@dataclass(frozen=True, slots=True)
class SourceList:
    """The sources of the paper: (letter, text) each, under a heading."""

    heading: str
    sources: tuple[tuple[str, Runs], ...]
    kind: Literal["sources"] = "sources"


Block = Heading | Paragraph | BottomLine | BulletList | Table | Timeline | Counts | Footnotes | SourceList


@dataclass(frozen=True, slots=True)
class TitleLine:
    """One line of the title block, such as To, From, Date, Ref or For."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Note:
    """One paper.

    `band` is printed at the top and bottom of every page ("OFFICIAL – SENSITIVE", or that it is a
    preview); `basis` is the full digest of the record it was made from, `heads` the heads it stands for,
    and `basis_label` what the footer prints; `marking` is the protective mark alone of the band; `made_at` is
    ISO 8601 UTC, the time of the newest event it rests on (never the clock's); `lang` a BCP 47 code.
    `page_label` is the footer's "Page {page} of {pages}". `request` is what was asked for, as one line of JSON
    that the file carries. A `large` note is set to be read standing.
    """

    kind: str
    title: str
    subtitle: str
    band: str
    ministry: str
    unit: str
    paper: str
    title_block: tuple[TitleLine, ...]
    blocks: tuple[Block, ...]
    basis: str
    basis_label: str
    made_at: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    lang: str = "en-GB"
    running_title: str = ""
    page_label: str = "Page {page} of {pages}"
    landscape: bool = False
    large: bool = False
    heads: tuple[str, ...] = ()
    request: str = ""
    evidence: str = ""
    marking: str = ""
