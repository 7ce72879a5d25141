"""The visit book: the programme, a numbered brief for each meeting to come, and one checklist for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.dates import sort_key
from briefing.notes.brief import brief_blocks, summary
from briefing.notes.checklist import checklist
from briefing.notes.frame import Frame, framed
from briefing.notes.language import counted, format_span, joined, say
from briefing.notes.meeting_file import MeetingFile
from briefing.notes.note import Block, Column, Heading, Note, Run, Runs, Table
from briefing.notes.participants import people, programme, when
from briefing.notes.speaking import further_points
from briefing.notes.writer import Writer, capital, short_name
from briefing.state import BriefingState, Planned


def visit_book(state: BriefingState, frame: Frame, *, visit_id: str = "") -> Note:
    """Return the book of a visit's planned meetings; without a visit, of every meeting to come."""
    files = [MeetingFile(state, one) for one in meetings_to_come(state, visit_id)]
    writer = Writer(
        state,
        [source for file in files for source in file.writer.letters],
        [one.id for file in files for one in file.writer.visits],
        [one.id for file in files for one in file.writer.people],
    )
    for file in files:
        file.writer = writer
    visit = state.visits.get(visit_id)
    blocks: list[Block] = [Heading("Programme"), _programme(state, files)]
    number = 0
    for n, file in enumerate(files, 1):
        file.number = number
        blocks.append(Heading(say("Brief {n}. {title}", n=n, title=file.plan.title), new_page=True))
        blocks += [summary(file), *brief_blocks(file)]
        blocks += [*further_points(file), *people(file), *programme(file)]
        number = file.number
    blocks += [Heading("Checklist", new_page=True), checklist(files)]
    dates = f", {format_span(visit.when)}" if visit and visit.when and visit.when.start else ""
    title = f"{visit.title}{dates}" if visit else "Meetings to come"
    briefs = capital(counted(len(files), "brief"))
    return framed(frame, kind="book", paper="Visit book", title=title,
                  subtitle=say("{briefs}, the programme and one checklist", briefs=briefs), blocks=blocks,
                  writer=writer)  # fmt: skip


def meetings_to_come(state: BriefingState, visit_id: str = "") -> list[Planned]:
    """Return the planned meetings of a visit, or all, that were not held; in order of time, undated ones last."""
    found = [
        one for id_, one in state.planned.items()
        if id_ not in state.meetings and visit_id in ("", one.plan.visit or "")
    ]  # fmt: skip

    def order(one: Planned) -> tuple[bool, object, str]:
        dated, start, _ = sort_key(one.when)
        return (not dated, start, one.plan.at_time or "")

    return sorted(found, key=order)


def _programme(state: BriefingState, files: Sequence[MeetingFile]) -> Table:
    columns = (Column("Brief", 10), Column("When", 24), Column("Meeting", 36), Column("With", 30))
    rows: list[tuple[Runs, ...]] = []
    for n, file in enumerate(files, 1):
        agencies = joined([short_name(state.agencies[a]) for a in file.plan.agencies if a in state.agencies])
        title = f"{file.plan.title}{f', {file.plan.where}' if file.plan.where else ''}"
        rows.append(((Run(str(n)),), when(file), (Run(title),), (Run(agencies or "Not named"),)))
    return Table(columns=columns, rows=tuple(rows))
