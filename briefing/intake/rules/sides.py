"""Whose side someone is on: as the register says, else by country, else by who travels and who leads."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.intake.rules.meetings import Meeting
from briefing.intake.rules.people import Someone
from briefing.intake.rules.visits import Visit
from briefing.state import BriefingState

OURS, THEIRS = "ours", "theirs"


class Sides:
    """Tells the side of everyone in a text."""

    def __init__(self, register: BriefingState, country: str, visit: Visit | None) -> None:
        """Take what is known: the register, the reader's own country, and the visit that the text is of."""
        self.register, self.country = register, country
        self.travelling = [visit.principal, *visit.delegation] if visit else []
        own = visit.principal.country if visit else ""
        self.incoming = visit is not None and visit.country == country != "" and own != country

    def of(self, someone: Someone, meeting: Meeting | None = None) -> str:
        """Return ours or theirs; who leads a meeting of which nobody is ours by country is ours, and company too.

        Whom a visitor from abroad meets here is ours, unless a country says otherwise.
        """
        known = self.register.people.get(someone.known)
        if known is not None and known.side in (OURS, THEIRS):
            return str(known.side)
        if someone.country:
            return OURS if someone.country == self.country else THEIRS
        if someone in self.travelling:
            return THEIRS if self.incoming else OURS
        if self.incoming and meeting is not None and any(one in self.travelling for one in meeting.everyone):
            return OURS
        if meeting is not None and someone in meeting.along and meeting.lead:
            return self.of(meeting.lead[0], meeting)
        leads = meeting is not None and someone in meeting.lead and not self._anyone_ours(meeting.everyone)
        return OURS if leads else THEIRS

    def _anyone_ours(self, people: Iterable[Someone]) -> bool:
        travelling = [] if self.incoming else self.travelling
        return any(one.country == self.country != "" or one in travelling for one in people)
