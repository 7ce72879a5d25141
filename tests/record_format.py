"""What docs/record-format.md says of every field, and what the models say, in the same words."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pydantic import AwareDatetime, BaseModel

from briefing import paper_events, payload
from briefing.dates import Span
from briefing.events import EVENT_TYPES, Event

DOCUMENT = Path(__file__).parents[1] / "docs/record-format.md"
NAMES: dict[Any, str] = {
    payload.Id: "id", payload.ItemId: "item id", payload.ItemRef: "id/item id", payload.Hex64: "digest", payload.Hex32: "32 hex digits",
    payload.Text: "text", str: "text, may be empty", int: "whole number", bool: "true or false", AwareDatetime: "time", Any: "any JSON",
    date: "day",
}  # fmt: skip
Row = tuple[str, str, str]
"""A field's name, what it holds, and what it is when it is left out: "required", "absent", or a value."""


def parts() -> list[type[BaseModel]]:
    """Return what events are made of, in the order of their modules."""
    found = [one for module in (payload, paper_events) for one in vars(module).values() if isinstance(one, type)]
    return [Span, *(one for one in dict.fromkeys(found) if issubclass(one, payload.Model) and one is not payload.Model and not issubclass(one, Event))]


def title(model: type[BaseModel]) -> str:
    """Return the heading under which a model stands: its type, or its name in words."""
    if model is Event:
        return "Envelope"
    if issubclass(model, Event):
        return str(model.model_fields["type"].default)
    return "Date" if model is Span else re.sub(r"(?<!^)([A-Z])", lambda m: f" {m[1].lower()}", model.__name__)


def rows(model: type[BaseModel]) -> list[Row]:
    """Return the fields of a model; those of the envelope only for the envelope itself."""
    hints = get_type_hints(model, include_extras=True)
    own = [n for n in model.model_fields if model is Event or not issubclass(model, Event) or n not in Event.model_fields]
    return [(model.model_fields[n].alias or n, told(model, n, hints[n]), left_out(model, n)) for n in own]


def told(model: type[BaseModel], name: str, hint: Any) -> str:
    """Return in words what a field holds; a bare text with a least length is text like any other."""
    return "text" if hint is str and (name == "type" or model.model_fields[name].metadata) else holds(hint)


def holds(hint: Any) -> str:
    """Return in words what a field holds."""
    if hint in NAMES:
        return NAMES[hint]
    inner = [one for one in get_args(hint) if one is not NoneType]
    if get_origin(hint) is Literal:
        return " / ".join(map(str, inner))
    if get_origin(hint) is tuple:
        return f"list of {holds(inner[0])}"
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return title(hint).lower()
    if len(inner) == 1 or isinstance(inner[0], type):
        return holds(inner[0])
    raise TypeError(hint)


def left_out(model: type[BaseModel], name: str) -> str:
    """Return what a field means that is left out."""
    about = model.model_fields[name]
    if about.is_required():
        return "required"
    return {None: "absent", (): "none", True: "true", False: "false"}.get(about.default, str(about.default))


def documented() -> dict[str, list[Row]]:
    """Return the tables of fields in the document, by heading, and check that each field has a meaning."""
    found: dict[str, list[Row]] = {}
    heading = ""
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            heading = line.removeprefix("### ").strip("`")
        elif row := re.fullmatch(r"\| `(\w+)` \| (.+?) \| (.+?) \| (.+) \|", line):
            found.setdefault(heading, []).append((row[1], row[2], row[3]))
    return found


MODELS = (Event, *EVENT_TYPES, *parts())
