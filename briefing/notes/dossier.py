"""What a visit report draws on, gathered once: the visit, its meetings, facts, differences and commitments."""

from __future__ import annotations

import re
from functools import cached_property

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

    @cached_property
    def government(self) -> list[Meeting]:
        """The meetings with governments, by precedence."""
        held = [m for m in self._in("government", "inter-agency") if self._of_government(m)]
        return by_precedence(self.writer, held)

    @cached_property
    def unplaced(self) -> list[Meeting]:
        """The meetings of which nothing says whether they were with a government, in the order of the record."""
        return [m for m in self._in("government") if not self._of_government(m)]

    @cached_property
    def outside(self) -> list[Meeting]:
        """The meetings outside government, in the order of the record."""
        return self._in("outside government")

    def _in(self, *settings: str) -> list[Meeting]:
        """Return the meetings of some settings, in the order of the record; a report on the whole visit is none."""
        return [m for m in self.meetings if isinstance(m.held, MeetingHeld) and m.held.setting in settings]

    def _of_government(self, meeting: Meeting) -> bool:
        """Tell whether an agency, the setting, or a word for who was met says that a meeting was with a government.

        "government" is the setting of a meeting of which none is recorded, and says nothing.
        """
        held = meeting.held
        if meeting.agencies or not isinstance(held, MeetingHeld) or held.setting == "inter-agency":
            return True
        met = [p for p in held.participants if p.side != "ours"]
        people = [self.state.people[p.person] for p in met if p.person and p.person in self.state.people]
        if any(post.agency for one in people for post in one.posts):
            return True
        words = [held.title, *(p.unnamed or "" for p in met), *(post.title for one in people for post in one.posts)]
        return any(_OFFICIAL.search(word) for word in words)


_OFFICIAL = re.compile(
    r"\b(?:officials?|counterparts?|ministers?|ministry|government|cabinet|secretary|ambassador|envoy|authorities|"
    r"president|administration|department|directorate)\b",
    re.IGNORECASE,
)
"""Words for people of a government."""
