"""An event as a person reads it: what kind, when, what it says, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefing.cli.listing import printed, short_digests

if TYPE_CHECKING:
    from briefing.dates import Span
    from briefing.events import Recorded
    from briefing.payload import Citation, Model
    from briefing.state import BriefingState

_ENVELOPE = ("type", "schema_", "recorded_at", "recorded_by", "origin", "parents", "nonce", "id")
"""Fields that the first lines tell, or that are of no use to a reader; --raw and --json have them all."""
_FIRST = ("say", "name", "person", "unnamed", "title", "what", "path")
"""What the line of a part begins with: the first of these that it has."""


def told(recorded: Recorded, state: BriefingState) -> Iterator[str]:
    """Yield the lines in which an event is told on a terminal; digests are shortened to what finds them again."""
    event = recorded.event
    about = getattr(event, "id", None) or short_digests(getattr(event, "target", ""))
    yield "  ".join(part for part in (event.type, about, recorded.digest[:12]) if part)
    yield f"put on record {recorded.at:%Y-%m-%d %H:%M} UTC by {event.recorded_by}"
    yield ""
    if (when := _of_the_visit(recorded, state)) is not None:
        yield f"when: {printed(when)}, as the visit"
    yield from _fields(event, state, "", skip=_ENVELOPE)


def _of_the_visit(recorded: Recorded, state: BriefingState) -> Span | None:
    """Return the days of a meeting that has none of its own, from its visit; None for all else."""
    from briefing.events import MeetingHeld

    event = recorded.event
    if not isinstance(event, MeetingHeld) or event.when or event.id not in state.meetings:
        return None
    return state.meetings[event.id].when


def _fields(one: Model, state: BriefingState, indent: str, *, skip: tuple[str, ...]) -> Iterator[str]:
    """Yield a line for each field that says something, and below it the lines of its parts."""
    from briefing.payload import Citation

    for name, value in _said(one, skip):
        parts = value if isinstance(value, tuple) else (value,)
        if isinstance(parts[0], Citation):
            if not indent:
                yield "rests on:" if name == "citations" else f"{_label(name)}:"
            yield from (f"{indent or '  '}{_cited(cited, state)}" for cited in parts)
        elif (text := _in_line(value)) is not None:
            yield f"{indent}{_label(name)}: {text}"
        else:
            yield f"{indent}{_label(name)}:"
            for part in parts:
                yield from _part(part, state, f"{indent}  ")


def _part(one: Model, state: BriefingState, indent: str) -> Iterator[str]:
    """Yield a part of an event: its sentence or name with its number, what else is said of it, what it rests on."""
    first = next((name for name in _FIRST if getattr(one, name, None)), "")
    number = getattr(one, "id", None)
    said = _said(one, ("id", "citations", first))
    rest = [f"{_label(name)} {text}" for name, value in said if (text := _in_line(value)) is not None]
    head = "  ".join(part for part in (number, str(getattr(one, first)) if first else "") if part)
    tail = f" ({'; '.join(rest)})" if rest and head else "; ".join(rest)
    yield f"{indent}{head}{tail}"
    nested = tuple(name for name, value in said if _in_line(value) is None)
    others = tuple(name for name, _ in _said(one, ()) if name not in (*nested, "citations"))
    yield from _fields(one, state, f"{indent}    ", skip=others)


def _said(one: Model, skip: tuple[str, ...]) -> list[tuple[str, object]]:
    """Return the fields that were filled in, in their order."""
    fields = type(one).model_fields
    every = ((name, getattr(one, name)) for name in fields if name not in skip)
    return [(name, value) for name, value in every if value not in (None, (), "") and value != fields[name].default]


def _in_line(value: object) -> str | None:
    """Return a value as it stands in a line; None for one that has parts of its own."""
    from briefing.dates import Span
    from briefing.payload import Model

    if isinstance(value, Span):
        return printed(value)
    if isinstance(value, Model):
        return None
    if isinstance(value, tuple):
        texts = [_in_line(one) for one in value]
        return None if None in texts else "; ".join(text for text in texts if text is not None)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return short_digests(str(value))


def _cited(one: Citation, state: BriefingState) -> str:
    """Return a citation: the quotation, where it stands, and what it says there; or whose record it is."""
    place = f"paragraph {n}" if one.source and (n := state.paragraph(one)) else ""
    where = ", ".join(part for part in (one.source, place) if part)
    what = f"“{one.quote}” – {where}" if one.quote else f"record of {one.record}"
    skip = ("source", "quote", "start", "end", "record")
    rest = [f"{_label(name)} {text}" for name, value in _said(one, skip) if (text := _in_line(value)) is not None]
    return f"{what} ({'; '.join(rest)})" if rest else what


def _label(name: str) -> str:
    return name.rstrip("_").replace("_", " ")
