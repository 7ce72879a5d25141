"""What of a change the row of a table can say, and what of it only the register learnt. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from briefing.events import Event, VisitDescribed
from briefing.payload import Change
from briefing.spelling import fold_name
from briefing.state import Agency, BriefingState

_WHOLE = frozenset([
    "title", "when", "where", "form", "mode", "host", "language", "note_taker", "attendance", "public_line",
    "not_known", "next_contact", "at_time", "duration", "press", "agenda", "decision_asked", "points", "commitments",
    "not_agreed", "objectives",
])  # fmt: skip
"""Fields that a row says whole, or of which it says each sentence."""
_OF_A_VISIT = frozenset(["title", "when"])
_CALLED = {"at time": "at"}


def is_said_by_a_row(event: Event, path: str, columns: Collection[str] | None) -> bool:
    """Tell whether a row can say what a change says; where its table lacks the column, it says nothing of it."""
    name = path.partition("/")[0]
    whole = name == path or path.endswith("/say")
    key = name.replace("_", " ")
    there = columns is None or _CALLED.get(key, key) in columns
    return whole and there and name in (_OF_A_VISIT if isinstance(event, VisitDescribed) else _WHOLE)


def said_by_a_row(change: Change, now: Event) -> Change:
    """Return a change of statements with all that is on record of those that stay: a row has their sentences alone."""
    before = {one.get("id"): one for one in now.model_dump(mode="json", by_alias=True).get(change.path) or ()
              if isinstance(one, dict)}  # fmt: skip
    if not before or not isinstance(change.value, list):
        return change
    return Change(path=change.path, value=[
        {**before[one["id"]], "say": one["say"]} if one.get("id") in before else one for one in change.value
    ])  # fmt: skip


def without_known_posts(changes: Sequence[Change], now: Event) -> tuple[Change, ...]:
    """Return changes without one of who took part in which only where they serve is other: that the register learnt.

    Where the bodies met change, it goes with them.
    """
    bodies = any(change.path == "agencies" for change in changes)
    people = _bare([who.model_dump(mode="json") for who in getattr(now, "participants", ())])
    return tuple(one for one in changes if bodies or one.path != "participants" or _bare(one.value) != people)


def without_names_learnt(changes: Sequence[Change], was: Event, new: Event, state: BriefingState) -> tuple[Change, ...]:
    """Return changes without those of a cell that reads as names now, for the register learnt them, and is the same."""
    before, after = (_unnamed(one) for one in (was, new))
    gone = [fold_name(words) for words in before - after]
    there, here = (set(getattr(one, "agencies", ())) for one in (was, new))
    learnt = [_names(state.agencies[id_]) for id_ in here - there]
    if not (gone and learnt) or there - here:
        return tuple(changes)
    within = all(any(name in words for name in names for words in gone) for names in learnt)
    return tuple(one for one in changes if not (within and one.path in ("agencies", "participants")))


def _unnamed(event: Event) -> set[str]:
    return {who.unnamed for who in getattr(event, "participants", ()) if who.unnamed}


def _names(one: Agency) -> list[str]:
    return [fold_name(name) for name in (one.name, one.short, one.expansion, *one.aliases) if name]


def _bare(people: Any) -> list[dict[str, Any]]:
    return [{key: value for key, value in one.items() if key != "agency"} for one in people]
