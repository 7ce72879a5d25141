"""The points card: one page in large type, with the points to make and the lines to take, and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from briefing.notes.frame import Frame, framed
from briefing.notes.language import counted, joined, say
from briefing.notes.meeting_file import MeetingFile
from briefing.notes.note import Block, Heading, Note, Paragraph, Run
from briefing.notes.speaking import (
    CERTAIN,
    MAY,
    MOST_POINTS,
    UNLIKELY,
    addressee,
    expected_here,
    line_to_take,
)
from briefing.notes.writer import capital
from briefing.state import BriefingState

PAGES = 1
POINTS = "the last points"
YIELDING = (UNLIKELY, MAY, POINTS, CERTAIN)
"""What is left out of a card where there is no room, the first to go first."""


def points_card(state: BriefingState, meeting_id: str, frame: Frame, *, left_out: Collection[str] = ()) -> Note:
    """Return the card for a planned meeting; what is `left_out` stays in the brief, and the card says how much."""
    file = MeetingFile(state, state.planned[meeting_id], moved=left_out)
    plan, writer = file.plan, file.writer
    with_whom = joined(writer.others(plan.participants)) or joined(file.agency_names()) or say("the other side")
    most = MOST_POINTS // 2 if POINTS in file.moved else MOST_POINTS
    told = expected_here(file)
    blocks: list[Block] = [Heading("Points")] if plan.points else []
    for one in plan.points[:most]:
        whom = addressee(file, one)
        to = (Run(f"{say('To {whom}.', whom=whom)} ", "strong"),) if whom else ()
        blocks.append(file.paragraph((*to, Run(one.say))))
    blocks += [Heading("If they raise it")] if told else []
    for answer in told:
        lead = Run(f"{answer.say.rstrip('.')}. ", "strong")
        line = tuple(run for run in line_to_take(file, answer) if run.style in {"plain", "flag"})
        blocks.append(Paragraph((lead, *line)))
    if more := max(len(plan.points) - most, 0) + len(plan.expected) - len(told):
        more_stand = capital(counted(more, "more stands", "more stand"))
        blocks.append(Paragraph((Run(say("{more} in the brief.", more=more_stand), "muted"),)))
    if not (plan.points or plan.expected):
        blocks.append(Paragraph((Run("No points to make and no lines to take are on record."),)))
    note = framed(replace(frame, purpose=""), kind="card", paper="Points card", title=plan.title,
                  subtitle=say("With {whom}", whom=with_whom), blocks=blocks, writer=writer, digests=False)  # fmt: skip
    return replace(note, title_block=(), blocks=tuple(blocks), large=True)
