"""Meetings as rows: one each, with columns whose heads are keys of a draft, so that a mapping reads them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.dates import Span
from briefing.events import MeetingHeld, MeetingPlanned
from briefing.payload import Participant
from briefing.state import BriefingState

_FIRST = ("id", "title", "when", "first day", "last day", "precision")
COLUMNS = (*_FIRST, "visit", "agency", "with", "ours", "where", "form", "mode", "setting", "host", "language",
           "note taker", "attendance", "points", "commitments", "not agreed", "public line", "papers", "next contact",
           "not known", "marking")  # fmt: skip
PLANNED = (*_FIRST, "at", "duration", "visit", "agency", "with", "ours", "where", "form", "mode", "host", "language",
           "press", "agenda", "objectives", "points", "decision asked", "not known", "marking")  # fmt: skip

Row = dict[str, str]


def held_rows(state: BriefingState) -> Iterator[Row]:
    """Yield one row for each meeting that was held, in log order."""
    for meeting in state.meetings.values():
        held = meeting.held
        if isinstance(held, MeetingHeld):
            yield _common(state, held, meeting.when) | {
                "setting": held.setting if held.setting != "government" else "",
                "note taker": held.note_taker or "",
                "attendance": held.attendance or "",
                "points": _lines(one.say for one in held.points),
                "commitments": _lines(one.say for one in held.commitments),
                "not agreed": _lines(one.say for one in held.not_agreed),
                "public line": held.public_line or "",
                "papers": _lines(one.title for one in held.papers),
                "next contact": held.next_contact.words if held.next_contact else "",
            }


def planned_rows(state: BriefingState) -> Iterator[Row]:
    """Yield one row for each meeting to come: planned, and none that was held on record."""
    for id_, one in state.planned.items():
        if id_ not in state.meetings:
            yield _common(state, one.plan, one.when) | {
                "at": one.plan.at_time or "",
                "duration": one.plan.duration or "",
                "press": one.plan.press or "",
                "agenda": _lines(one.plan.agenda),
                "objectives": _lines(objective.say for objective in one.plan.objectives),
                "points": _lines(point.say for point in one.plan.points),
                "decision asked": one.plan.decision_asked or "",
            }


def _common(state: BriefingState, one: MeetingHeld | MeetingPlanned, when: Span | None) -> Row:
    """Return what a row says of any meeting; the date is its own, or that of its visit."""
    return {
        "id": one.id,
        "title": one.title,
        "when": when.words if when else "",
        "first day": f"{when.start}" if when and when.start else "",
        "last day": f"{when.end}" if when and when.end else "",
        "precision": (when.precision + (", year inferred" if when.year_inferred else "")) if when else "",
        "visit": one.visit or "",
        "agency": "; ".join(state.agencies[id_].name for id_ in one.agencies),
        "with": "; ".join(_person(state, who) for who in one.participants if who.side != "ours"),
        "ours": "; ".join(_person(state, who) for who in one.participants if who.side == "ours"),
        "where": one.where or "",
        "form": one.form or "",
        "mode": one.mode or "",
        "host": _named(state, one.host),
        "language": one.language or "",
        "not known": _lines(one.not_known),
        "marking": one.marking or "",
    }


def _person(state: BriefingState, one: Participant) -> str:
    if one.person is None:
        return (one.unnamed or "") if (one.unnamed or "").startswith("“") else f"“{one.unnamed}”"
    name = state.people[one.person].name
    return f"{name}, {one.title}" if one.title else name


def _named(state: BriefingState, id_: str | None) -> str:
    known = state.people.get(id_ or "") or state.agencies.get(id_ or "")
    return known.name if known else id_ or ""


def _lines(sentences: Iterable[str]) -> str:
    """Return sentences, each on a line of its own within the cell."""
    return "\n".join(sentences)
