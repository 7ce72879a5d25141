"""What every paper has around its text: band, masthead, title block, footer, sources and footnotes.

Only what settings, options or events give is printed; a line without a value is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.notes.language import edition, format_span, say
from briefing.notes.note import Block, Footnotes, Heading, Note, Run, SourceList, TitleLine
from briefing.notes.writer import Writer
from briefing.state import Source


@dataclass(frozen=True, slots=True)
class Frame:
    """Settings and facts that stand around a paper; empty means not given.

    `basis` is the digest of the record; `as_at` the printed time of its newest event with zone;
    `made_at` the same in ISO 8601 UTC; `missing` what an incomplete record lacks; `heads` the newest
    events of the basis. `as_of` and `known_at` are printed where the reader of the record chose them;
    `today` is the day that "overdue" is counted from, ISO 8601. `edition` 0 is a preview.
    `profile` names what marks mean, `ceiling` and `release` whom the paper is for; a `marking` above
    what the words ask for has its `marking_reason`.
    `lang` is the language of the paper, empty for English.
    """

    basis: str
    made_at: str
    as_at: str
    ministry: str = ""
    unit: str = ""
    marking: str = ""
    to: str = ""
    sender: str = ""
    cleared_by: str = ""
    copy: str = ""
    reference: str = ""
    purpose: str = "Information"
    missing: str = ""
    heads: tuple[str, ...] = ()
    as_of: str = ""
    known_at: str = ""
    today: str = ""
    edition: int = 0
    profile: str = ""
    ceiling: str = ""
    release: str = ""
    marking_reason: str = ""
    notice: str = ""
    twice: str = ""
    lang: str = ""

    @property
    def numbered_reference(self) -> str:
        """The reference with its edition: "AMD/2025/0147, edition 3"."""
        return edition(self.reference, self.edition) if self.reference and self.edition else self.reference


def framed(frame: Frame, *, kind: str, paper: str, title: str, subtitle: str, blocks: Sequence[Block],
           writer: Writer, keywords: tuple[str, ...] = (), landscape: bool = False,
           digests: bool = True, annex: Sequence[Block] = ()) -> Note:  # fmt: skip
    """Return a finished note: its blocks, the annex on a new page, then the sources they cite and the footnotes.

    A paper of one page leaves out the `digests` of its sources, which the record in its footer holds,
    and lists the sources under the footnotes.
    """
    ends: list[Block] = []
    sources = source_list(writer, digests=digests)
    notes = (*writer.notes, *(() if digests else sources.sources))
    if notes:
        ends.append(Footnotes(notes))
    if writer.letters and digests:
        ends.append(sources)
    return Note(
        kind=kind,
        title=title,
        subtitle=subtitle,
        band=band(frame),
        ministry=frame.ministry,
        unit=frame.unit,
        paper=paper,
        title_block=_title_block(frame),
        blocks=(*blocks, *([Heading("Annex", new_page=True)] if annex else ()), *annex, *ends),
        basis=frame.basis,
        basis_label=say("Record {digest}", digest=frame.basis[:16]),
        made_at=frame.made_at,
        description=subtitle,
        keywords=keywords,
        running_title=title,
        landscape=landscape,
        heads=frame.heads,
    )


def band(frame: Frame) -> str:
    """Return what stands at the top and bottom of every page: marking, notice, and how far the paper has come."""
    issued = "" if frame.cleared_by else say("DRAFT, not cleared")
    standing = issued if frame.edition else say("Preview, not issued")
    return " · ".join(part for part in (frame.marking, frame.notice, standing, frame.missing) if part)


def _title_block(frame: Frame) -> tuple[TitleLine, ...]:
    lines = (
        ("To", frame.to), ("From", frame.sender), ("Cleared by", frame.cleared_by or "DRAFT – not cleared"),
        ("Copy", frame.copy), ("Ref", frame.numbered_reference), ("Editions", frame.twice), ("For", frame.purpose),
        ("Marked so", frame.marking_reason), ("As at", frame.as_at), ("As of", frame.as_of),
        ("Known at", frame.known_at),
    )  # fmt: skip
    return tuple(TitleLine(label, value) for label, value in lines if value)


def source_list(writer: Writer, *, digests: bool = True) -> SourceList:
    """Return the texts of a paper with what is and what is not shown of each."""
    state = writer.state
    rows = tuple(
        (letter, (Run(describe(state.sources[id_], digests=digests)),)) for id_, letter in writer.letters.items()
    )
    return SourceList("Sources", rows)


def describe(source: Source, *, digests: bool = True) -> str:
    """Return one text as the list of sources names it, with the first 16 digits of its SHA-256 where wanted."""
    title = f"“{source.title}”" if source.title else ""
    dateline = say("datelined {place}", place=source.dateline) if source.dateline else ""
    parts = [part for part in (title, source.publisher, dateline) if part]
    published = source.published
    if published is None:
        parts.append(say("date not shown") if source.publisher else say("publisher and date not shown"))
    elif published.year_inferred:
        given = "" if source.dateline else f"{format_span(published)}, "
        parts.append(given + say("year not shown"))
    else:
        parts.append(format_span(published))
    digest = f"; SHA-256 {source.original_sha256[:16]}" if digests else ""
    return f"{', '.join(parts[:-1])}; {parts[-1]}{digest}."
