"""What a visit report draws on, gathered once: the visit, its meetings, facts, differences and commitments."""

from __future__ import annotations

from briefing.dates import sort_key
from briefing.events import MeetingHeld
from briefing.notes.contacts import by_precedence
from briefing.notes.note import Paragraph, Run, Runs
from briefing.notes.writer import ONE_SOURCE, Writer, sentence
from briefing.payload import Citation, Point
from briefing.state import BriefingState, Difference, Meeting, Visit


class Dossier:
    """The material of one visit report, the pen it is written with, and the number of the next paragraph."""

    def __init__(self, state: BriefingState, visit: Visit) -> None:
        """Gather what is on record of a visit."""
        self.state = state
        self.visit = visit
        self.meetings = state.meetings_of_visit(visit.id)
        cited: list[Citation] = [*visit.citations, *visit.year_from]
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
        self.writer = Writer(state, [c.source for c in (*cited, *self._of_carried()) if c.source], visit.id)
        self.number = 0

    def _of_carried(self) -> list[Citation]:
        return [citation for item in self.carried for citation in item.commitment.citations]

    @property
    def government(self) -> list[Meeting]:
        """The meetings with governments, by precedence."""
        held = [m for m in self.meetings if isinstance(m.held, MeetingHeld) and m not in self.outside]
        return by_precedence(self.writer, held)

    @property
    def outside(self) -> list[Meeting]:
        """The meetings outside government, in the order of the record."""
        return [m for m in self.meetings if isinstance(m.held, MeetingHeld) and m.held.setting == "outside government"]

    def paragraph(self, runs: Runs) -> Paragraph:
        """Return the next numbered paragraph; prose without a full stop gets one."""
        self.number += 1
        return Paragraph(sentence(runs) if runs[-1].style == "plain" else runs, self.number)

    def told(self, points: list[tuple[Point, Meeting]]) -> Runs:
        """Return sentences with their marks; neighbours from one place share a mark, one text alone is said once."""
        runs: list[Run] = []
        for n, (point, meeting) in enumerate(points):
            runs += (Run(" "), *self.writer.prose(point.say)) if runs else self.writer.prose(point.say)
            following = points[n + 1][0] if n + 1 < len(points) else None
            same = following and self.writer.places(following.citations) == self.writer.places(point.citations)
            differ = self._differs(point, meeting)
            if not same or differ:
                runs += self.writer.mark(point.citations, differ=differ, flagged=differ)
        if self.writer.one_source([c for point, _ in points for c in point.citations]):
            runs += (Run(" "), ONE_SOURCE)
        return tuple(runs)

    def _differs(self, point: Point, meeting: Meeting) -> bool:
        return any(d.statement == point.id and d.meetings == (meeting.id,) for d in self.differences)
