"""A value that changed, in words: names for ids, dates as printed, lists by what their items say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, get_args

from briefing.changes import Field
from briefing.dates import Span
from briefing.links import is_id
from briefing.notes.language import format_span, say
from briefing.payload import Side
from briefing.stand_ins import stands_in
from briefing.state import BriefingState

LONGEST = 160
"""Characters of a value that a sheet prints; the event has the rest."""


def field_words(state: BriefingState, field: Field) -> str:
    """Return what a value was and is: "title from “Steel” to “Steel and energy”"."""
    named = field.path.rpartition("/")[2] in _OF_IDS
    values = {"old": _value(state, field.old, named), "new": _value(state, field.new, named)}
    return say("{field} from {old} to {new}", field=_path(field.path), **values)


_OF_IDS = frozenset(
    ["about", "agencies", "agency", "by", "follows", "host", "owed_by", "owed_to", "person", "principal", "source",
     "theme", "topics", "uses", "visit"]
)  # fmt: skip
"""The fields that hold ids of things on record; words under others are printed as they are."""


def short(text: str) -> str:
    """Return text, cut where it is too long for a sheet."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _path(path: str) -> str:
    """Return a path in words: "points/p2/say" is "point p2, say"."""
    first, *rest = (say(step.replace("_", " ")) for step in path.split("/"))
    return ", ".join((f"{first.rstrip('s')} {rest[0]}", *rest[1:])) if rest else first


def _value(state: BriefingState, value: Any, named: bool) -> str:  # noqa: FBT001 - of the field
    if value in (None, "", []):
        return say("none")
    if isinstance(value, Mapping) and "precision" in value:
        return format_span(Span.model_validate_json(json.dumps(value)))
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    items = value if isinstance(value, list) else [value]
    return f"“{short('; '.join(_item(state, one, named) for one in items))}”"


def _item(state: BriefingState, item: Any, named: bool) -> str:  # noqa: FBT001 - of the field
    """Return one item of a list by what it says, or by the name of what it is."""
    if not isinstance(item, Mapping):
        return name_words(state, str(item)) if named else str(item)
    said = next((item[name] for name in ("say", "quote", "title", "unnamed", "record") if item.get(name)), None)
    if said is None and (id_ := item.get("person")):
        return name_words(state, id_)
    return str(said or item.get("id") or json.dumps(item, ensure_ascii=False))


def name_words(state: BriefingState, id_: str) -> str:
    """Return what a thing is called; what bears no name is told by its id, what is not on record by that it is not.

    Sides, free words and items of a meeting are printed as they are.
    """
    named = state.agencies.get(id_) or state.people.get(id_) or state.topics.get(id_)
    if named is not None and not stands_in(named):
        return named.name
    if (visit := state.visits.get(id_)) is not None:
        return visit.title
    if id_ in state.meetings:
        return state.meetings[id_].held.title
    if id_ in state.planned:
        return state.planned[id_].plan.title
    there = id_ in state.digests or id_ in _SIDES or not is_id(id_) or "/" in id_
    return id_ if there else say("{who} (not on record)", who=id_)


_SIDES = frozenset(get_args(Side))
