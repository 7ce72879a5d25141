"""The mark of a row, and of all rows together: the highest of what they hold, as a paper would bear it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from briefing.events import AgencyDescribed, MeetingHeld, MeetingPlanned, PersonDescribed, Recorded, VisitDescribed
from briefing.markings.given import marks_of
from briefing.markings.marking import Marking, parse, printed, roll_up
from briefing.markings.profile import Profile

_NAMED = AgencyDescribed | PersonDescribed | VisitDescribed


class RowMarks:
    """What meetings are marked, with their parts and the names that a row prints."""

    def __init__(self, profile: Profile, log: Sequence[Recorded]) -> None:
        """Take the marks of all entries of the register, of each whatever it was marked at any time."""
        self.profile = profile
        self.names: dict[str, set[str]] = {}
        self._known: dict[frozenset[str], Marking] = {}
        for one in log:
            if isinstance(one.event, _NAMED):
                self.names.setdefault(one.event.id, set()).update(marks_of(one.event))

    def of(self, one: MeetingHeld | MeetingPlanned) -> str:
        """Return the mark of a meeting's row, as it is printed.

        Raises `UnknownMark` for one that the profile has not.
        """
        return printed(self.profile, self._whole([one]))

    def of_visit(self, id_: str) -> str:
        """Return the mark of a visit's own entry, as it is printed."""
        return printed(self.profile, self._rolled_up({self.profile.default, *self.names.get(id_, ())}))

    def whole(self, meetings: Iterable[MeetingHeld | MeetingPlanned]) -> str:
        """Return the mark of all rows together, as it is printed."""
        return printed(self.profile, self._whole(meetings))

    def _whole(self, meetings: Iterable[MeetingHeld | MeetingPlanned]) -> Marking:
        words: set[str] = set()
        for one in meetings:
            people = (who.person for who in one.participants)
            named = {*people, *one.agencies, one.visit, one.host}
            words |= {one.marking or self.profile.default, *marks_of(one)}
            words |= {mark for id_ in named for mark in self.names.get(id_ or "", ())}
        return self._rolled_up(words or {self.profile.default})

    def _rolled_up(self, words: Iterable[str]) -> Marking:
        """Return the mark of several; worked out once for each set of marks, of which a record has few."""
        key = frozenset(words)
        if key not in self._known:
            self._known[key] = roll_up(self.profile, (parse(self.profile, one) for one in key))
        return self._known[key]
