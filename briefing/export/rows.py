"""Meetings as rows: one each, with columns whose heads are keys of a draft, so that a mapping reads them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.dates import Span
from briefing.events import MeetingHeld, MeetingPlanned
from briefing.export.marks import RowMarks
from briefing.notes.frame import describe
from briefing.payload import Commitment, Participant, Point
from briefing.state import BriefingState

_FIRST = ("id", "title", "when", "first day", "last day", "precision", "visit", "visit title", "visit days",
          "visit marking")  # fmt: skip
_LAST = ("not known", "source", "marking")
COLUMNS = (*_FIRST, "agency", "with", "ours", "where", "form", "mode", "setting", "host", "language",
           "note taker", "attendance", "points", "commitments", "not agreed", "public line", "papers", "next contact",
           *_LAST)  # fmt: skip
PLANNED = (*_FIRST, "at", "duration", "agency", "with", "ours", "where", "form", "mode", "host", "language",
           "press", "agenda", "objectives", "points", "decision asked", *_LAST)  # fmt: skip

Row = dict[str, str]


def held_rows(state: BriefingState, marks: RowMarks) -> Iterator[Row]:
    """Yield one row for each meeting that was held, in log order."""
    for held in meetings(state):
        yield _common(state, held, state.meetings[held.id].when, marks) | {
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


def planned_rows(state: BriefingState, marks: RowMarks) -> Iterator[Row]:
    """Yield one row for each meeting to come: planned, and none that was held on record."""
    for plan in plans(state):
        yield _common(state, plan, state.planned[plan.id].when, marks) | {
            "at": plan.at_time or "",
            "duration": plan.duration or "",
            "press": plan.press or "",
            "agenda": _lines(plan.agenda),
            "objectives": _lines(objective.say for objective in plan.objectives),
            "points": _lines(point.say for point in plan.points),
            "decision asked": plan.decision_asked or "",
        }


def meetings(state: BriefingState) -> Iterator[MeetingHeld]:
    """Yield the meetings that were held."""
    return (one.held for one in state.meetings.values() if isinstance(one.held, MeetingHeld))


def plans(state: BriefingState) -> Iterator[MeetingPlanned]:
    """Yield the meetings to come: planned, and none that was held on record."""
    return (one.plan for id_, one in state.planned.items() if id_ not in state.meetings)


def _common(state: BriefingState, one: MeetingHeld | MeetingPlanned, when: Span | None, marks: RowMarks) -> Row:
    """Return what a row says of any meeting; the date is its own, or that of its visit."""
    visit = state.visits.get(one.visit or "")
    return {
        "id": one.id,
        "title": one.title,
        "when": when.words if when else "",
        "first day": f"{when.start}" if when and when.start else "",
        "last day": f"{when.end}" if when and when.end else "",
        "precision": (when.precision + (", year inferred" if when.year_inferred else "")) if when else "",
        "visit": one.visit or "",
        "visit title": visit.title if visit else "",
        "visit days": visit.when.words if visit and visit.when else "",
        "visit marking": marks.of_visit(one.visit) if one.visit else "",
        "agency": "; ".join(state.agencies[id_].name for id_ in one.agencies),
        "with": "; ".join(_person(state, who) for who in one.participants if who.side != "ours"),
        "ours": "; ".join(_person(state, who) for who in one.participants if who.side == "ours"),
        "where": one.where or "",
        "form": one.form or "",
        "mode": one.mode or "",
        "host": _named(state, one.host),
        "language": one.language or "",
        "not known": _lines(one.not_known),
        "source": "; ".join(dict.fromkeys(_sources(state, one))),
        "marking": marks.of(one),
    }


def _person(state: BriefingState, one: Participant) -> str:
    if one.person is None:
        return (one.unnamed or "") if (one.unnamed or "").startswith("“") else f"“{one.unnamed}”"
    name = state.people[one.person].name
    return f"{name}, {one.title}" if one.title else name


def _sources(state: BriefingState, one: MeetingHeld | MeetingPlanned) -> Iterator[str]:
    """Yield what a meeting rests on, each text and each record by its name."""
    statements: tuple[Point | Commitment, ...] = ()
    if isinstance(one, MeetingHeld):
        statements = (*one.points, *one.commitments, *one.not_agreed)
    for cited in (*one.citations, *(cited for part in statements for cited in part.citations)):
        text = state.sources.get(cited.source or "")
        if name := cited.record or (describe(text, digests=False).removesuffix(".") if text else ""):
            yield name


def _named(state: BriefingState, id_: str | None) -> str:
    known = state.people.get(id_ or "") or state.agencies.get(id_ or "")
    return known.name if known else id_ or ""


def _lines(sentences: Iterable[str]) -> str:
    """Return sentences, each on a line of its own within the cell."""
    return "\n".join(sentences)
