"""Commitments in the order in which a reader must look at them: overdue, due soon, undated, ours, theirs, closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.dates import sort_key
from briefing.events import NoteIssued
from briefing.notes.language import counted, say
from briefing.notes.writer import capital
from briefing.state import BriefingState, OpenItem

SOON = timedelta(days=30)
_LATER = {"ours": "Ours, due later", "theirs": "Theirs, due later", "both": "Of both sides, due later",
          "": "No owner named, due later"}


@dataclass(frozen=True, slots=True)
class Group:
    """The commitments under one heading of a tracker."""

    heading: str
    items: tuple[OpenItem, ...]


def grouped(state: BriefingState, items: Iterable[OpenItem]) -> tuple[Group, ...]:
    """Return commitments in groups, each in the first that fits it; empty groups are left out.

    Days are counted from the state's as-of date. Closed are those closed since the last issued tracker.
    """
    order = ("Overdue", "Due within 30 days", "Undated", *_LATER.values(), "Closed")
    found: dict[str, list[OpenItem]] = {heading: [] for heading in order}
    before = _known_at_last_issue(state)
    for item in sorted(items, key=_by_due):
        heading = _heading(state, item)
        if heading != "Closed" or not _closed_before(item, before):
            found[heading].append(item)
    return tuple(Group(heading, tuple(some)) for heading, some in found.items() if some)


def _by_due(item: OpenItem) -> tuple[object, ...]:
    due = item.commitment.due
    return (0, sort_key(due)) if due and due.start else (1,)


def _heading(state: BriefingState, item: OpenItem) -> str:
    due, today = item.commitment.due, state.today
    if not item.is_open:
        return "Closed"
    if item.overdue(today):
        return "Overdue"
    if due is None or due.end is None:
        return "Undated"
    if today and due.end <= today + SOON:
        return "Due within 30 days"
    return _LATER[side_of(state, item.commitment.owed_by)]


def side_of(state: BriefingState, who: str | None) -> str:
    """Return ours, theirs or both for a side, an agency or a person; empty where it is not on record."""
    if who in ("ours", "theirs", "both"):
        return who
    entry = state.agencies.get(who or "") or state.people.get(who or "")
    return (entry.side or "") if entry else ""


def _known_at_last_issue(state: BriefingState) -> NoteIssued | None:
    issued = [one.issued for one in state.notes.values() if one.issued.paper == "commitments"]
    return issued[-1] if issued else None


def _closed_before(item: OpenItem, issued: NoteIssued | None) -> bool:
    return bool(issued and item.updates and item.updates[-1].said.recorded_at < issued.recorded_at)


def owed_by(state: BriefingState, items: Iterable[OpenItem], owner: str) -> tuple[OpenItem, ...]:
    """Return what one owes: an agency (its people's too), a person, or a side."""
    people = {p.id for p in state.people.values() if any(post.agency == owner for post in p.posts)}
    return tuple(one for one in items if one.commitment.owed_by == owner or one.commitment.owed_by in people)


def age(item: OpenItem, today: date | None) -> int | None:
    """Return the days since a commitment was made; None where the day is not known."""
    made = item.meeting.when
    return (today - made.start).days if today and made and made.start else None


def last_evidence(item: OpenItem) -> str:
    """Return the newest evidence on a commitment in words; empty where there is none."""
    return next((one.said.evidence for one in reversed(item.updates) if one.said.evidence), "")


def counts(groups: Sequence[Group], noun: str) -> str:
    """Return commitments counted, whole and by group: "Three commitments: 2 overdue; 1 undated."."""
    total = capital(counted(sum(len(one.items) for one in groups), noun))
    names = [f"{(name := say(one.heading))[:1].lower()}{name[1:]}" for one in groups]
    if len(groups) == 1:
        alone = len(groups[0].items) == 1
        one_kind = {"total": total, "which": names[0]}
        return say("{total}, {which}.", **one_kind) if alone else say("{total}, all {which}.", **one_kind)
    parts = "; ".join(f"{len(one.items)} {name}" for one, name in zip(groups, names, strict=True))
    return say("{total}: {parts}.", total=total, parts=parts)
