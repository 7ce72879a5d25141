"""The meetings of a visit: a table of those with governments, a paragraph for each of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.events import MeetingHeld
from briefing.notes.contacts import discussed, heading, outcome, source_cell, with_whom
from briefing.notes.dossier import Dossier
from briefing.notes.language import counted, joined, say
from briefing.notes.note import Block, Column, Heading, Run, Runs, Table
from briefing.notes.writer import capital, in_prose
from briefing.state import Meeting


def with_government(dossier: Dossier) -> Iterator[Block]:
    """Yield the table of meetings, with what every row has in common above it."""
    meetings = dossier.government
    yield Heading("Meetings")
    if not meetings and (dossier.outside or dossier.unplaced):
        yield dossier.paragraph((Run("No meeting with a government is on record."),))
        return
    if not meetings:
        yield dossier.paragraph((Run("No meeting is on record."),))
        return
    yield dossier.paragraph((Run(" ".join(_common(dossier, meetings))),))
    yield _table(dossier, meetings)


def _table(dossier: Dossier, meetings: list[Meeting]) -> Table:
    writer = dossier.writer
    columns: tuple[Column, ...] = (
        Column("With", 33),
        Column("Discussed", 31),
        Column("Outcome", 23),
        Column("Source", 13),
    )
    rows: list[tuple[Runs, ...]] = [
        (with_whom(writer, m), discussed(writer, m), outcome(writer, m), source_cell(writer, m)) for m in meetings
    ]
    if any(m.own_day for m in meetings):
        narrower = tuple(replace(one, width=one.width - less) for one, less in zip(columns, (4, 4, 2, 1), strict=True))
        columns = (narrower[0], Column("When", 11), *narrower[1:])
        rows = [(row[0], writer.date(m.when), *row[1:]) for row, m in zip(rows, meetings, strict=True)]
    letter = next(iter(writer.letters.values()), "")
    key = say(". “{letter}4” is the fourth paragraph of Source {letter}", letter=letter) if letter else ""
    return Table(columns=columns, rows=tuple(rows), caption=say("Meetings with government") + key)


def _common(dossier: Dossier, meetings: list[Meeting]) -> Iterator[str]:
    known = {a for m in meetings if m.held.content_known for a in m.agencies}
    if known:
        yield say("Talks with {agencies} are reported.", agencies=counted(len(known), "agency", "agencies"))
    for id_ in (a for m in meetings if not m.held.content_known for a in m.agencies):
        agency = in_prose(dossier.state.agencies[id_])
        yield capital(say("{agency} is named without counterpart or subject.", agency=agency))
    if not any(m.own_day for m in dossier.meetings):
        yield say("The day of each meeting is not given.")


def outside_government(dossier: Dossier) -> Iterator[Block]:
    """Yield a paragraph for each meeting outside government, and for each of which it is not on record."""
    for heading_, meetings in (("Outside government", dossier.outside), ("Other meetings", dossier.unplaced)):
        if meetings:
            yield Heading(heading_)
        for meeting in meetings:
            yield dossier.paragraph(_outside(dossier, meeting))


def _outside(dossier: Dossier, meeting: Meeting) -> Runs:
    writer = dossier.writer
    ours = joined(writer.ours(meeting)) or say("the delegation")
    roles = {p.role for p in meeting.held.participants if p.side == "ours"} if isinstance(
        meeting.held, MeetingHeld) else set()  # fmt: skip
    theirs = joined(writer.theirs(meeting))
    met = say("{ours}, as co-chairs, met {theirs}.", ours=ours, theirs=theirs)
    met = met if roles == {"co-chair"} else say("{ours} met {theirs}.", ours=ours, theirs=theirs)
    runs = [
        Run(f"{heading(writer, meeting)}. ", "strong"),
        Run(capital(met)),
        *writer.mark(meeting.held.citations, flagged=not meeting.held.points),
    ]
    if meeting.held.points:
        runs += (Run(" "), *dossier.told([(p, meeting) for p in meeting.held.points]))
    return tuple(runs)
