"""What is not known, by rule: values that papers print instead of padding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.events import MeetingHeld
from briefing.state import BriefingState, Gap, Meeting, OpenItem, Planned


def gaps(state: BriefingState) -> tuple[Gap, ...]:
    """Return every gap of the record: meetings, commitments, plans, sources, visits, in that order."""
    undated = (s for s in state.sources.values() if s.published is None or s.published.start is None)
    visited = {meeting.held.visit for meeting in state.meetings.values()}
    unscored = (v for v in state.visits.values() if not v.objectives and v.id in visited)
    return (
        *_of_meetings(state.meetings.values()),
        *_of_commitments(state.commitments),
        *(Gap("no date planned", one.plan.id, one.plan.visit or "") for one in _to_come(state) if not _dated(one)),
        *(Gap("source undated", source.id) for source in undated),
        *(Gap("no objectives", visit.id, visit.id) for visit in unscored),
    )


def _to_come(state: BriefingState) -> Iterator[Planned]:
    return (one for id_, one in state.planned.items() if id_ not in state.meetings)


def _dated(one: Planned) -> bool:
    return one.when is not None and one.when.start is not None


def _of_meetings(meetings: Iterable[Meeting]) -> Iterator[Gap]:
    for meeting in meetings:
        held = meeting.held
        if not isinstance(held, MeetingHeld):
            continue
        if not held.content_known or not (held.points or held.commitments):
            yield Gap("no content", held.id, held.visit or "")
        if not meeting.own_day:
            yield Gap("no day", held.id, held.visit or "")
        if not any(p.person and p.side != "ours" for p in held.participants):
            yield Gap("no counterpart", held.id, held.visit or "")


def _of_commitments(items: Iterable[OpenItem]) -> Iterator[Gap]:
    for item in items:
        made = item.commitment
        if made.due is None or made.due.start is None:
            yield Gap("undated commitment", item.ref, item.meeting.held.visit or "")
        if made.owed_by in (None, "ours", "theirs", "both"):
            yield Gap("no owner", item.ref, item.meeting.held.visit or "")
