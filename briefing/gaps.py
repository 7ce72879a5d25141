"""What is not known, by rule: values that papers print instead of padding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.events import MeetingHeld
from briefing.state import BriefingState, Gap, Meeting, OpenItem, Planned


class Unknown:
    """What is not known of meetings, one after the other."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: list[Gap] = []
        self.visits: set[str | None] = set()

    def look_at(self, meeting: Meeting) -> None:
        """Find what is not known of a meeting that was held; of a report on a visit nothing is asked."""
        held = meeting.held
        self.visits.add(visit := held.visit)
        if not isinstance(held, MeetingHeld):
            return
        if not held.content_known or not (held.points or held.commitments):
            self.found.append(Gap("no content", held.id, visit or ""))
        if not meeting.own_day:
            self.found.append(Gap("no day", held.id, visit or ""))
        for one in held.participants:
            if one.person and one.side != "ours":
                return
        self.found.append(Gap("no counterpart", held.id, visit or ""))


def gaps(state: BriefingState, of_meetings: Unknown) -> tuple[Gap, ...]:
    """Return every gap of the record: meetings, commitments, plans, sources, visits, in that order."""
    undated = (s for s in state.sources.values() if s.published is None or s.published.start is None)
    unscored = (v for v in state.visits.values() if not v.objectives and v.id in of_meetings.visits)
    return (
        *of_meetings.found,
        *_of_commitments(state.commitments),
        *(Gap("no date planned", one.plan.id, one.plan.visit or "") for one in _to_come(state) if not _dated(one)),
        *(Gap("source undated", source.id) for source in undated),
        *(Gap("no objectives", visit.id, visit.id) for visit in unscored),
    )


def _to_come(state: BriefingState) -> Iterator[Planned]:
    return (one for id_, one in state.planned.items() if id_ not in state.meetings)


def _dated(one: Planned) -> bool:
    return one.when is not None and one.when.start is not None


def _of_commitments(items: Iterable[OpenItem]) -> Iterator[Gap]:
    for item in items:
        made = item.commitment
        if made.due is None or made.due.start is None:
            yield Gap("undated commitment", item.ref, item.meeting.held.visit or "")
        if made.owed_by in (None, "ours", "theirs", "both"):
            yield Gap("no owner", item.ref, item.meeting.held.visit or "")
