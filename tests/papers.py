"""Every Markdown paper that can be made of a record, for tests that compare records."""

from __future__ import annotations

from briefing.events import MeetingHeld
from briefing.notes.agency import agency_summary
from briefing.notes.brief import meeting_brief
from briefing.notes.card import points_card
from briefing.notes.frame import Frame
from briefing.notes.matrix import matrix
from briefing.notes.record import meeting_record
from briefing.notes.visit import visit_report
from briefing.projector import project
from briefing.render import render
from briefing.store.log import Log


def papers(log: Log) -> dict[str, bytes]:
    """Return each visit's report, agency's page, meeting's record, brief and card, and the matrix as Markdown, by name."""
    state = project(log.recorded)
    at = log.recorded[-1].at.isoformat() if log.recorded else ""
    frame = Frame(basis=log.basis, made_at=at, as_at=at, heads=log.heads)
    notes = {f"visit {id_}": visit_report(state, id_, frame) for id_ in state.visits}
    notes |= {f"agency {id_}": agency_summary(state, id_, frame) for id_ in state.agencies}
    notes |= {f"record {id_}": meeting_record(state, id_, frame) for id_, one in state.meetings.items() if isinstance(one.held, MeetingHeld)}
    notes |= {f"meeting {id_}": meeting_brief(state, id_, frame) for id_ in state.planned}
    notes |= {f"card {id_}": points_card(state, id_, frame) for id_ in state.planned}
    if state.agencies:
        notes["matrix"] = matrix(state, frame, list(state.agencies))
    return {name: render(note, "md") for name, note in notes.items()}
