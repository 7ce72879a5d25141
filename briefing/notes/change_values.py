"""A value that changed, in words: names for ids, dates as printed, lists by what their items say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from briefing.changes import Field
from briefing.dates import Span
from briefing.notes.language import format_span, say
from briefing.state import BriefingState

LONGEST = 160
"""Characters of a value that a sheet prints; the event has the rest."""


def field_words(state: BriefingState, field: Field) -> str:
    """Return what a value was and is: "title from “Steel” to “Steel and energy”"."""
    values = {"old": _value(state, field.old), "new": _value(state, field.new)}
    return say("{field} from {old} to {new}", field=_path(field.path), **values)


def short(text: str) -> str:
    """Return text, cut where it is too long for a sheet."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _path(path: str) -> str:
    """Return a path in words: "points/p2/say" is "point p2, say"."""
    first, *rest = (say(step.replace("_", " ")) for step in path.split("/"))
    return ", ".join((f"{first.rstrip('s')} {rest[0]}", *rest[1:])) if rest else first


def _value(state: BriefingState, value: Any) -> str:
    if value in (None, "", []):
        return say("none")
    if isinstance(value, Mapping) and "precision" in value:
        return format_span(Span.model_validate_json(json.dumps(value)))
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    items = value if isinstance(value, list) else [value]
    return f"“{short('; '.join(item_words(state, one) for one in items))}”"


def item_words(state: BriefingState, item: Any) -> str:
    """Return one item of a list by what it says, or by the name of what it is."""
    if isinstance(item, Mapping):
        fields = ("say", "quote", "title", "person", "unnamed", "record", "id")
        found = next((item[name] for name in fields if item.get(name)), None)
        return item_words(state, found) if found else json.dumps(item, ensure_ascii=False)
    named = state.agencies.get(item) or state.people.get(item) or state.topics.get(item)
    if named or (visit := state.visits.get(item)) is None:
        return named.name if named else _meeting(state, str(item))
    return visit.title


def _meeting(state: BriefingState, id_: str) -> str:
    """Return the title of a meeting, held or to come; what bears no such id is printed as it is."""
    if id_ in state.meetings:
        return state.meetings[id_].held.title
    return state.planned[id_].plan.title if id_ in state.planned else id_
