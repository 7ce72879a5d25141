"""Any event and any history, drawn by Hypothesis from the models themselves: a new field is tried from its first day."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from pydantic import AwareDatetime, StringConstraints

from briefing.dates import Span
from briefing.events import EVENT_TYPES, Event, EventCorrected, EventRedacted, EventRetracted, Recorded
from briefing.payload import Change, Citation, Model, Participant
from tests.given import NOON, written_at

Log = tuple[Recorded, ...]

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).map(
    lambda text: unicodedata.normalize("NFC", text)
)
IDS = st.sampled_from(["a", "b", "us-treasury", "m-2026-03"])
ITEM_IDS = st.sampled_from(["p1", "p2", "c1"])
HEX = "0123456789abcdef"
WHOLE = st.integers(1, 9)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
"""Plain JSON without fractions: what a correction may set."""

KINDS = tuple(kind for kind in EVENT_TYPES if kind not in (EventCorrected, EventRetracted, EventRedacted))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    precision = draw(st.sampled_from(["day", "span", "month", "undated"]))
    days = sorted(draw(st.tuples(*[st.dates(date(1947, 1, 1), date(2047, 1, 1))] * 2)))
    first, last = (None, None) if precision == "undated" else (days[0], days[0] if precision == "day" else days[1])
    return Span(start=first, end=last, precision=precision, words=draw(TEXT), year_inferred=draw(st.booleans()))


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    rest = draw(fields(Citation, without=("source", "quote", "start", "end", "record")))
    if draw(st.booleans()):
        return Citation(record=draw(TEXT), **rest)
    quote, start = draw(TEXT), draw(st.integers(0, 99))
    return Citation(source=draw(IDS), quote=quote, start=start, end=start + len(quote), **rest)


@st.composite
def participants(draw: st.DrawFn) -> Participant:
    rest = draw(fields(Participant, without=("person", "unnamed")))
    return Participant(person=draw(IDS), **rest) if draw(st.booleans()) else Participant(unnamed=draw(TEXT), **rest)


OWN: dict[Any, Callable[[], st.SearchStrategy[Any]]] = {
    Span: spans,
    Citation: citations,
    Participant: participants,
    bool: st.booleans,
    int: lambda: WHOLE,
    str: lambda: TEXT,
    Any: lambda: PLAIN,
    AwareDatetime: lambda: st.datetimes(datetime(1970, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    NoneType: st.none,
}


def values(hint: Any, *, least: int = 0) -> st.SearchStrategy[Any]:
    """Return what a field of this type may hold; a list, at least so many."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint in OWN:
        return OWN[hint]()
    if origin is Annotated:
        pattern = next((one.pattern for one in inner[1:] if isinstance(one, StringConstraints)), None)
        return constrained(str(pattern)) if pattern else TEXT
    if origin is Literal:
        return st.sampled_from(inner)
    if origin in (Union, UnionType):
        return st.one_of([values(one) for one in sorted(inner, key=lambda one: one is not NoneType)])
    if origin is tuple:
        return st.lists(values(inner[0]), min_size=least, max_size=2).map(tuple)
    if isinstance(hint, type) and issubclass(hint, Model):
        return fields(hint).map(lambda payload: hint(**payload))
    raise TypeError(hint)


def constrained(pattern: str) -> st.SearchStrategy[str]:
    """Return text of a pattern; ids are few, so that events meet."""
    if "{64}" in pattern or "{32}" in pattern:
        return st.text(HEX, min_size=64, max_size=64) if "{64}" in pattern else st.text(HEX, min_size=32, max_size=32)
    if "/" in pattern:
        return st.tuples(IDS, ITEM_IDS).map("/".join)
    return ITEM_IDS if pattern.startswith("^[a-z]+[0-9]+") else IDS


def fields(kind: type[Model], *, without: Sequence[str] = ()) -> st.SearchStrategy[dict[str, Any]]:
    """Return the values of a model's fields; those that may be left out often are."""
    hints = get_type_hints(kind, include_extras=True)
    names = [name for name in kind.model_fields if name not in without]
    required = {name: values(hints[name], least=1) for name in names if kind.model_fields[name].is_required()}
    optional = {name: values(hints[name]) for name in names if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


FURNITURE = ("marking", "recorded_for", "file_ref", "retention")
ENVELOPE = tuple(name for name in Event.model_fields if name not in FURNITURE)


def payloads(kind: type[Event]) -> st.SearchStrategy[dict[str, Any]]:
    """Return what an event of a type says, without its envelope."""
    return fields(kind, without=ENVELOPE)


@st.composite
def events(draw: st.DrawFn, kinds: Sequence[type[Event]] = EVENT_TYPES) -> Event:
    kind = draw(st.sampled_from(kinds))
    payload = draw(payloads(kind))
    at = draw(st.datetimes(datetime(1970, 1, 1), datetime(2099, 12, 31)))  # noqa: DTZ001 - made aware below
    return written_at(kind, at.replace(tzinfo=UTC), **payload).event


@st.composite
def histories(
    draw: st.DrawFn, *, after: Sequence[Recorded] = (), writer: str = "desk", most: int = 6
) -> tuple[Recorded, ...]:
    """Return what one writer adds behind what they saw: things, corrections, retractions, updates."""
    seen = list(after)
    for _ in range(draw(st.integers(0, most))):
        at = max([NOON, *(one.at + timedelta(microseconds=1) for one in seen[-1:])]) + timedelta(
            seconds=draw(st.integers(0, 2))
        )
        parents = (seen[-1].digest,) if seen else ()
        seen.append(draw(_next(seen, at, writer, parents)))
    return tuple(seen[len(after) :])


@st.composite
def _next(draw: st.DrawFn, seen: list[Recorded], at: datetime, writer: str, parents: tuple[str, ...]) -> Recorded:
    about = (
        draw(st.sampled_from(["thing", "thing", "thing", "correction", "retraction", "redaction"])) if seen else "thing"
    )
    if about == "thing":
        kind = draw(st.sampled_from(KINDS))
        earlier = [one.digest for one in seen if one.event.type == kind.model_fields["type"].default]
        replaces = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
        return written_at(kind, at, writer=writer, parents=parents, replaces=tuple(replaces), **draw(payloads(kind)))
    whole = draw(st.sampled_from(seen))
    target = whole.digest
    if about == "redaction":
        return written_at(
            EventRedacted, at, writer=writer, parents=parents, target=target, target_type=whole.event.type,
            target_recorded_at=whole.at, target_parents=whole.event.parents, authority="a court", reason="a name",
        )  # fmt: skip
    if about == "retraction":
        return written_at(EventRetracted, at, writer=writer, parents=parents, target=target, reason="entered twice")
    path = draw(st.sampled_from(["title", "name", "visit", "agencies", "points/p1/say", "when", "colour"]))
    value = draw(st.none() | TEXT | IDS | st.lists(IDS, max_size=2))
    earlier = [one.digest for one in seen if isinstance(one.event, EventCorrected) and one.event.target == target]
    replaces = draw(st.lists(st.sampled_from(earlier), max_size=2, unique=True)) if earlier else []
    return written_at(
        EventCorrected, at, writer=writer, parents=parents, target=target, replaces=tuple(replaces), reason="a slip",
        changes=(Change(path=path, value=value),),
    )  # fmt: skip


# ── every field at once, without chance ───────────────────────────────────────────────────────


def filled(kind: type[Event], text: str) -> Event:
    """Return an event of which every field is given and every free text is this one."""
    hints = get_type_hints(kind, include_extras=True)
    payload = {name: _full(hints[name], text) for name in kind.model_fields if name not in ENVELOPE}
    return written_at(kind, NOON, writer=text, origin=text, **payload).event


def _full(hint: Any, text: str) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Span:
        return Span(precision="undated", words=text)
    if hint is Citation:
        return Citation(
            source="a", quote=text, start=0, end=len(text), by=text, title=text, words=(text,), when=_full(Span, text)
        )
    if hint is Participant:
        return Participant(unnamed=text, title=text, role=text)
    if hint is Change:
        return Change(path=text, value={text: [text]})
    if origin is Annotated:
        pattern = next((one.pattern for one in inner[1:] if isinstance(one, StringConstraints)), None)
        return _fixed(str(pattern)) if pattern else text
    if origin is Literal:
        return inner[0]
    if origin in (Union, UnionType):
        return _full(inner[0], text)
    if origin is tuple:
        return (_full(inner[0], text),)
    if isinstance(hint, type) and issubclass(hint, Model):
        hints = get_type_hints(hint, include_extras=True)
        return hint(**{name: _full(hints[name], text) for name in hint.model_fields})
    return {str: text, bool: False, int: 1, AwareDatetime: NOON}[hint]


def _fixed(pattern: str) -> str:
    if "{64}" in pattern:
        return "0" * 64
    return "a/c1" if "/" in pattern else "p1" if pattern.startswith("^[a-z]+[0-9]+") else "a"


@st.composite
def apart(draw: st.DrawFn) -> tuple[Log, Log, Log]:
    """Return a beginning, and what two writers who had it each made of it."""
    begun = draw(histories(most=4))
    here = draw(histories(after=begun, writer="desk", most=4))
    there = draw(histories(after=begun, writer="embassy", most=4))
    return begun, (*begun, *here), (*begun, *there)


def joined(*copies: Log) -> Log:
    return tuple({one.digest: one for copy in copies for one in copy}.values())
