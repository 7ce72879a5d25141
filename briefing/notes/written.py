"""How old an officer's words are: what came on record about their subject since they were written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from briefing.events import AssessmentRecorded
from briefing.notes.language import counted, say
from briefing.state import BriefingState, Meeting


def whose(state: BriefingState, assessment: AssessmentRecorded, *, among: Collection[str] | None = None) -> str:
    """Return who wrote it, and that the record has moved since: "Head, Americas, written before two later events".

    With `among`, of meetings only what became of these is counted: those that the paper speaks of.
    """
    events = _events_about(state, assessment.about, assessment.recorded_at, among)
    later = sum(1 for at in events if at > assessment.recorded_at)
    by = assessment.by
    return say("{who}, written before {events}", who=by, events=counted(later, "later event")) if later else by


def _events_about(
    state: BriefingState, about: str, since: datetime, among: Collection[str] | None
) -> Iterator[datetime]:
    """Yield when each event about a visit, a meeting, an agency or a topic was recorded, corrections and news too.

    Where only some meetings count, only facts that were put on record `since` do.
    """
    meetings = {m.digest: m for m in state.meetings.values()
                if _concerns(m, about) and (among is None or m.id in among)}  # fmt: skip
    for meeting in meetings.values():
        yield meeting.held.recorded_at
        yield from state.corrected.get(meeting.digest, ())
    for item in state.commitments:
        if item.meeting.digest in meetings:
            yield from (one.said.recorded_at for one in item.updates)
    for fact in state.facts.values():
        old = among is not None and fact.stated.recorded_at <= since
        if about in (fact.stated.visit, *fact.stated.about, *fact.stated.topics) and not old:
            yield fact.stated.recorded_at
            yield from state.corrected.get(fact.digest, ())
    scored = {about, *(m.id for m in meetings.values())}
    for reference, score in state.scores.items():
        if reference.partition("/")[0] in scored:
            yield score.said.recorded_at


def _concerns(meeting: Meeting, about: str) -> bool:
    topics = {topic for statement in meeting.statements() for topic in statement.topics}
    return about in {meeting.id, meeting.held.visit, *meeting.agencies, *topics}
