"""Older payloads, lifted to the newest class; stored bytes are never rewritten. Pure.

`STEPS[type, n]` turns the plain JSON object of schema n of a type into that of schema n + 1. The
table is empty while every type stands at schema 1; the rule for an addition is in
docs/record-format.md, "Format change".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Plain = dict[str, Any]
"""An event as plain JSON, before any class is made of it."""

Steps = Mapping[tuple[str, int], Callable[[Plain], Plain]]

STEPS: Steps = {}


class NoWayUp(ValueError):
    """An older schema from which no step leads on."""


def upcast(plain: Plain, *, newest: int, steps: Steps = STEPS) -> Plain:
    """Return the event's plain JSON at schema `newest`; the argument is left as it is."""
    lifted = dict(plain)
    while (schema := lifted["schema"]) < newest:
        step = steps.get((lifted["type"], schema))
        if step is None:
            raise NoWayUp(f"schema {schema} of {lifted['type']} cannot be lifted to {newest}")
        lifted = {**step(lifted), "schema": schema + 1}
    return lifted
