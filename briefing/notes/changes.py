"""The change sheet: what entered the record, was corrected or withdrawn between two points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from briefing.changes import Changed
from briefing.events import DifferenceSettled
from briefing.notes.change_lines import Line, Teller
from briefing.notes.frame import Frame, framed
from briefing.notes.language import counted, joined, say
from briefing.notes.note import Block, BottomLine, Heading, Note, Paragraph, Run
from briefing.notes.writer import Writer, capital
from briefing.payload import citations
from briefing.state import BriefingState


@dataclass(frozen=True, slots=True)
class Since:
    """The earlier point: how it is printed ("3 June 2025, 12:00 UTC"), and the digest of the record as it was then.

    `amends` is the edition that was made from it, where one was issued, and `addendum` the number of the sheet to it.
    """

    printed: str
    basis: str
    amends: str = ""
    addendum: int = 0


def change_lines(state: BriefingState, changes: Sequence[Changed]) -> tuple[Writer, list[Line]]:
    """Return each change as a line, in the order of the sheet, and the pen that they were written with."""
    events = [one for change in changes for one in (change.event, change.subject) if one is not None]
    cited = [c.source for event in events for c in citations(event) if c.source]
    settled = {change.digest for change in changes}
    cited += [
        reading.source
        for one in state.differences
        if one.settled and one.settled.digest in settled
        for reading in one.readings
    ]
    writer = Writer(state, cited)
    return writer, Teller(writer, changes, state.differences).lines()


def change_sheet(state: BriefingState, changes: Sequence[Changed], since: Since, frame: Frame) -> Note:
    """Return the sheet; where nothing changed it says so."""
    writer, lines = change_lines(state, changes)
    blocks: list[Block] = [BottomLine("In short", ((Run(in_short(changes, since)),),))]
    number = 0
    for section, under in groupby(lines, key=lambda line: line.section):
        blocks.append(Heading(section))
        for line in under:
            number += 1
            blocks.append(Paragraph(line.runs, number))
    begin = say("record {digest}", digest=since.basis[:16]) if since.basis else say("an empty record")
    subtitle = say("From {first} to {last}", first=begin, last=frame.basis[:16])
    if since.amends:
        subtitle = f"{say('Addendum {n} to {paper}', n=since.addendum, paper=since.amends)} · {subtitle}"
    return framed(frame, kind="changes", paper="Change sheet", title=say("Changes since {point}", point=since.printed),
                  subtitle=subtitle, blocks=blocks, writer=writer, digests=False)  # fmt: skip


def in_short(changes: Sequence[Changed], since: Since) -> str:
    """Return what changed, counted; or that nothing did."""
    if not changes:
        return say("Nothing entered the record, was corrected or withdrawn since {point}.", point=since.printed)
    kinds = ["settled" if isinstance(one.event, DifferenceSettled) else one.kind for one in changes]
    undone = kinds.count("withdrawn") + kinds.count("reverted")
    found = (
        (n := kinds.count("corrected"), counted(n, "correction")),
        (n := undone, counted(n, "withdrawal")),
        (n := kinds.count("restored"), counted(n, "withdrawal taken back", "withdrawals taken back")),
        (n := kinds.count("redacted"), counted(n, "redaction")),
        (n := kinds.count("settled"), counted(n, "difference settled", "differences settled")),
        (n := kinds.count("updated"), counted(n, "update")),
        (n := kinds.count("entered"), counted(n, "new event")),
    )
    told = [words for number, words in found if number]
    return say("{changes} since {point}.", changes=capital(joined(told)), point=since.printed)
