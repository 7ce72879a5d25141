"""What a visit report draws on, gathered once: the visit, its meetings, facts, differences and commitments."""

from __future__ import annotations

from briefing.dates import sort_key
from briefing.events import MeetingHeld
from briefing.notes.contacts import by_precedence
from briefing.notes.objectives import score_citations
from briefing.notes.paragraphs import Paragraphs
from briefing.notes.writer import Writer
from briefing.payload import Citation
from briefing.state import BriefingState, Difference, Meeting, Visit


class Dossier(Paragraphs):
    """The material of one visit report, and the paragraphs it is written in."""

    def __init__(self, state: BriefingState, visit: Visit) -> None:
        """Gather what is on record of a visit."""
        self.visit = visit
        self.meetings = state.meetings_of_visit(visit.id)
        cited: list[Citation] = [*visit.citations, *visit.year_from]
        cited += score_citations(state, visit.id, visit.objectives)
        cited += [c for m in self.meetings for c in m.citations()]
        people = {p.person for m in self.meetings if isinstance(m.held, MeetingHeld) for p in m.held.participants}
        self.differences: list[Difference] = [
            d for d in state.differences if d.visit in (visit.id, visit.follows) or d.person in people
        ]
        self.commitments = tuple(c for c in state.commitments if c.meeting in self.meetings)
        agencies = {a for m in self.meetings if isinstance(m.held, MeetingHeld) for a in m.agencies}
        self.carried = tuple(
            c
            for c in state.commitments
            if c.is_open
            and c.meeting not in self.meetings
            and agencies.intersection((*c.meeting.agencies, c.commitment.owed_by, c.commitment.owed_to))
            and sort_key(c.meeting.when) < sort_key(visit.when)
        )
        named = (visit.id, *((visit.follows,) if visit.follows else ()))
        spoken_of = [id_ for m in (*self.meetings, *(c.meeting for c in self.carried)) for id_ in m.people]
        writer = Writer(state, [c.source for c in (*cited, *self._from_before()) if c.source], named, spoken_of)
        super().__init__(state, writer)

    def _from_before(self) -> list[Citation]:
        """Return what is cited from elsewhere: commitments carried forward, and the texts that differ."""
        carried = [citation for item in self.carried for citation in item.commitment.citations]
        return carried + [reading.citation for one in self.differences for reading in one.readings]

    @property
    def government(self) -> list[Meeting]:
        """The meetings with governments, by precedence."""
        held = [m for m in self.meetings if isinstance(m.held, MeetingHeld) and m not in self.outside]
        return by_precedence(self.writer, held)

    @property
    def outside(self) -> list[Meeting]:
        """The meetings outside government, in the order of the record."""
        return [m for m in self.meetings if isinstance(m.held, MeetingHeld) and m.held.setting == "outside government"]
