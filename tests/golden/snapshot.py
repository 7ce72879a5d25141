"""What a folded record says, as lines that can be read and compared; what holds its default is left out.

So a field that a later version adds to events changes no line of an older record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel

from briefing.state import BriefingState

OF_THE_BYTES = frozenset(["schema_", "nonce", "parents", "origin"])
"""What the digests vouch for; a payload that is lifted to a later schema may differ in the first."""

FOR_LOOKING_UP = frozenset(["names"])
"""Made of the rest of the state, in whatever shape is quick."""


def lines(state: BriefingState) -> list[str]:
    """Return `path = value` for everything that a state says, in its own order."""
    return [f"{path.lstrip('.')} = {value}" for path, value in _said("", state)]


def _said(path: str, value: Any) -> Iterator[tuple[str, str]]:
    inside = _inside(value)
    if inside is None:
        yield path, value.isoformat() if isinstance(value, date | datetime) else repr(value)
    for step, part in inside or ():
        yield from _said(path + step, part)


def _inside(value: Any) -> list[tuple[str, Any]] | None:
    """Return the parts of a value, each with the step that leads to it; None for one that has none."""
    if isinstance(value, BaseModel):
        held = ((name, getattr(value, name, one.default), one.default) for name, one in type(value).model_fields.items())
        return [(f".{name}", part) for name, part, default in held if name not in OF_THE_BYTES and part != default]
    if is_dataclass(value):
        held = ((one, getattr(value, one.name)) for one in fields(value) if one.name not in FOR_LOOKING_UP)
        return [(f".{one.name}", part) for one, part in held if part != _default(one)]
    if isinstance(value, Mapping):
        return [(f"[{'/'.join(key) if isinstance(key, tuple) else key}]", part) for key, part in value.items()]
    if isinstance(value, tuple | frozenset):
        return [(f"[{n}]", part) for n, part in enumerate(sorted(value) if isinstance(value, frozenset) else value, 1)]
    return None


def _default(one: Field[Any]) -> Any:
    return one.default if one.default_factory is MISSING else one.default_factory()
