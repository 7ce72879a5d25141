"""Where each side stood last on every subject of an agency, however long ago that was."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.dates import sort_key
from briefing.payload import Point
from briefing.state import BriefingState, Meeting

Told = list[tuple[Point, Meeting]]


def standing(state: BriefingState, meetings: Iterable[Meeting]) -> Told:
    """Return what was said last on each subject by each side, newest first; of one day all that was said."""
    newest: dict[tuple[str, str | None], tuple[object, ...]] = {}
    found: Told = []
    for meeting in sorted(meetings, key=lambda m: sort_key(m.when), reverse=True):
        on = sort_key(meeting.when)
        for point in meeting.held.points:
            of = [(topic, side_of(state, point)) for topic in point.topics or ("",)]
            if any(newest.setdefault(one, on) == on for one in of):
                found.append((point, meeting))
    return found


def side_of(state: BriefingState, point: Point) -> str | None:
    """Return whose position a point is: ours, theirs, or None where it is of both, or of nobody on record."""
    by = point.by
    if by and by in state.people:
        return state.people[by].side
    if by and by in state.agencies:
        return state.agencies[by].side
    return by if by in ("ours", "theirs") else None
