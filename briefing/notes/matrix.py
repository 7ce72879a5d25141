"""The sheet in front of a set of agency summaries: agency × theme, with the texts that say so."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.events import MeetingHeld
from briefing.notes.frame import Frame, framed
from briefing.notes.language import counted, say
from briefing.notes.note import Block, Column, Heading, Note, Run, Runs, Table
from briefing.notes.writer import Writer, agency_order, capital, short_name
from briefing.state import BriefingState, Meeting

_CAPTION = (
    "Subjects raised with each agency, and the texts that say so. "
    "A subject raised with no one named stands in the last row."
)


def matrix(state: BriefingState, frame: Frame, agencies: Sequence[str]) -> Note:
    """Return the sheet in front of a set: agency × theme, with the letters of the texts that say so."""
    held = [
        m for m in state.meetings.values() if isinstance(m.held, MeetingHeld) and m.held.setting != "outside government"
    ]
    writer = Writer(state, [c.source for m in held for c in m.citations() if c.source])
    themes = _themes(state, held)
    columns = (Column("Agency", 100 - len(themes) * (76 // len(themes))) if themes else Column("Agency", 100),
               *(Column(state.topics[t].name, 76 // len(themes), centred=True) for t in themes))  # fmt: skip
    rows = [(short_name(a), [m for m in held if a.id in m.agencies]) for a in agency_order(state, agencies)]
    rows.append((say("No agency named"), [m for m in held if not m.agencies]))
    table = Table(
        columns=columns,
        rows=tuple(_matrix_row(state, writer, name, ms, themes) for name, ms in rows),
        tone="matrix",
        caption=_CAPTION,
    )
    blocks: list[Block] = [Heading("Agencies and subjects"), table]
    number = capital(counted(len(agencies), "agency", "agencies"))
    return framed(
        frame,
        kind="matrix",
        paper="Agency summaries",
        title="Agency summaries",
        subtitle=say("{agencies} · period: all on record", agencies=number),
        blocks=blocks,
        writer=writer,
    )


def _themes(state: BriefingState, meetings: Sequence[Meeting]) -> list[str]:
    found = {
        state.topics[t].theme or t for m in meetings for s in m.statements() for t in s.topics if t in state.topics
    }
    return sorted(found, key=lambda t: (state.topics[t].rank or 900 if t in state.topics else 999, t))


def _matrix_row(
    state: BriefingState, writer: Writer, name: str, meetings: Sequence[Meeting], themes: Sequence[str]
) -> tuple[Runs, ...]:
    cells: list[Runs] = [(Run(name, "strong"),)]
    for theme in themes:
        cited = {writer.letter(c.source) for m in meetings for s in m.statements() for c in s.citations if c.source
                 and any(t in state.topics and (state.topics[t].theme or t) == theme for t in s.topics)}  # fmt: skip
        cells.append((Run(", ".join(sorted(cited)), "mark"),) if cited else (Run("–", "muted"),))
    return tuple(cells)
