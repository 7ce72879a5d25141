"""Many bytes made into events in little time: the very models that pydantic makes, or none. Pure.

What reads them is derived from the models themselves: a new field is read from its first day, and a model with
anything that is not understood here sends its type the long way, through pydantic. msgspec reads the values,
dates and all, into plain dictionaries; a function for each model makes the model of its dictionary.
Bytes that were proven before are not checked again. Others are proven first: msgspec reads and checks them as a
stand-in, which has the fields of the model. Whatever is refused here pydantic is to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, NotRequired, TypedDict, Union, cast, get_args, get_origin

from annotated_types import Ge, MinLen
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from briefing.events import BY_TYPE, Event
from briefing.frozen import put_values
from briefing.walks import Held, walk

_BEGIN: Final = b'{\n  "type": "'
_KINDS: Final = {_BEGIN + name.encode(): kind for name, kind in BY_TYPE.items()}
"""How the bytes of an event begin in the layout that this program writes, and of what type it is then."""

Way = Callable[[bytes], Event]
"""What reads the bytes of one type of event; raises ValueError or msgspec's error for any that it does not take."""


class NotDerived(TypeError):
    """A model that holds what is not understood here; pydantic alone can read it."""


def read(data: bytes, *, proven: bool) -> Event | None:
    """Return the event that bytes hold, of the schema that they name; None where pydantic is to read them.

    Bytes that are not `proven` are proven first; see `stand_in`.
    """
    kind = _KINDS.get(data[: data.find(b'"', len(_BEGIN))])
    if kind is None or not (proven or stand_in(kind, data)) or (way := _proven_way(kind)) is None:
        return None
    try:
        return way(data)
    except _refusals():
        return None


@cache
def _proven_way(kind: type[Event]) -> Way | None:
    return _way(kind, proven_way)


def stand_in(kind: type[Event], data: bytes) -> Event | None:
    """Return what has every field of the event that bytes hold and is no model; None where pydantic is to look at them.

    There is one only if the bytes are laid out in our way, every field and value is allowed, and nothing is left
    over, given twice or written in two ways. Fractions and text not in normal form are for the caller to refuse.
    """
    way = _way(kind, checked_way)
    try:
        return way(data) if way else None
    except _refusals():
        return None


@cache
def _refusals() -> tuple[type[Exception], ...]:
    from msgspec import MsgspecError

    return MsgspecError, ValueError


@cache
def _way(kind: type[Event], derive: Callable[[type[Event]], Way]) -> Way | None:
    try:
        return derive(kind)
    except NotDerived:
        return None


def proven_way(kind: type[Event]) -> Way:
    """Return what reads proven bytes of a type of event; raises NotDerived."""
    from msgspec.json import Decoder

    values = Decoder(_dictionary(kind)).decode
    make: Callable[[dict[str, Any]], Any] = _maker(kind)
    return lambda data: make(values(data))


def checked_way(kind: type[Event]) -> Way:
    """Return what checks bytes of a type of event and makes a stand-in of them; raises NotDerived.

    The values are written again: what they leave out, or would write otherwise, is not taken.
    """
    from msgspec import json

    values = json.Decoder(_struct(kind)).decode
    written, laid_out = json.Encoder().encode, json.format
    require_ids = walk(kind, _ids_of, _parts_of, _LOOKED_UP)

    def read_one(data: bytes) -> Event:
        given = values(data)
        require_ids(given, None)
        if not given.recorded_at.microsecond or laid_out(written(given), indent=2) + b"\n" != data:
            raise ValueError("laid out otherwise")  # a time on the second may be written in two ways
        return cast("Event", given)

    return read_one


# ── the models ────────────────────────────────────────────────────────────────────────────────


@cache
def _maker(kind: type[BaseModel]) -> Callable[[dict[str, Any]], BaseModel]:
    """Return what makes a model of what was given of it: every field, in its order.

    What else pydantic notes of a model stands in `Frozen`. The function is written out line by line, a third
    sooner than one that goes through the fields: an event has six models.
    """
    blank = {name: None if field.is_required() else field.default for name, field in kind.model_fields.items()}
    known: dict[str, Any] = {"kind": kind, "new": object.__new__, "put": put_values, "blank": blank}
    lines = ["def make(given):"]
    for name, field in kind.model_fields.items():
        if field.alias:
            lines.append(f" given['{name}'] = given.pop('{field.alias}')")
    lines.append(" values = blank | given")
    for name, field in kind.model_fields.items():
        for part in _models_in(field.annotation):
            known[f"make_{name}"] = _maker(part)
            made = f"make_{name}(value)"
            if get_origin(field.annotation) is tuple:
                made = f"tuple(map(make_{name}, value)) if len(value) > 1 else (make_{name}(value[0]),)"
            lines.append(f" if value := values['{name}']: values['{name}'] = {made}")
    lines += [" made = new(kind)", " put(made, values)", " return made"]
    exec("\n".join(lines), known)  # noqa: S102 - of our own fields' names
    make: Callable[[dict[str, Any]], BaseModel] = known["make"]
    return make


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from _models_in(one)


# ── what msgspec is to make of bytes ──────────────────────────────────────────────────────────


@cache
def _dictionary(kind: type[BaseModel]) -> Any:
    """Return the dictionary that a model is made of, as a type for msgspec."""
    fields = {field.alias or name: value if field.is_required() else NotRequired[value]
              for name, field, value in _fields(kind, _dictionary)}  # fmt: skip
    return TypedDict(kind.__name__, fields)  # type: ignore[operator]


@cache
def _struct(kind: type[BaseModel]) -> Any:
    """Return what stands in for a model, with its patterns, bounds and validators; `model` names it."""
    from msgspec import defstruct

    fields = [(name, value, *(() if field.is_required() else (field.default,)))
              for name, field, value in _fields(kind, _struct)]  # fmt: skip
    own: dict[str, Any] = {"model": kind}
    for one in kind.__pydantic_decorators__.model_validators.values():
        own["__post_init__"] = one.func
    named = {name: field.alias for name, field in kind.model_fields.items() if field.alias}
    return defstruct(kind.__name__, fields, kw_only=True, omit_defaults=True, gc=False, rename=named, namespace=own)


Shape = Callable[[type[BaseModel]], Any]


def _fields(kind: type[BaseModel], shape: Shape) -> Iterator[tuple[str, FieldInfo, Any]]:
    """Yield the fields of a model, each with what msgspec is to make of its value, parts in a shape.

    The time of record is written in one form; any other msgspec and pydantic may round otherwise.
    """
    of = kind.__pydantic_decorators__
    checks = (one.info.mode == "after" for one in of.model_validators.values())
    if of.field_validators or of.validators or not all(checks) or kind.__pydantic_post_init__:
        raise NotDerived(f"{kind.__name__} changes or adds to what the bytes hold")
    if len(of.model_validators) > 1:
        raise NotDerived(f"{kind.__name__} is looked at more than once")
    for name, field in kind.model_fields.items():
        of_event = issubclass(kind, Event) and name in Event.model_fields
        if field.default_factory or (field.alias and not of_event):
            raise NotDerived(f"{name} of {kind.__name__}")
        time = of_event and name == "recorded_at"
        yield name, field, datetime if time else _value(field.annotation, field.metadata, shape)


_SAME: Final = frozenset([date, NoneType, bool, Any])
"""The kinds of value that msgspec makes of JSON as pydantic does, and that bear no bounds."""


def _value(annotation: Any, about: Iterable[object], shape: Shape) -> Any:
    """Return what msgspec is to make of a value, of which something may be said besides."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _value(inner[0], (*inner[1:], *about), shape)
    if origin in (Union, UnionType) and len(list(_models_in(annotation))) <= 1:
        return Union[tuple(_value(one, () if one is NoneType else about, shape) for one in inner)]  # noqa: UP007 - of a tuple
    if origin is tuple and inner[1:] == (...,):
        return _bounded(tuple[_value(inner[0], (), shape), ...], about, checked=shape is _struct)  # type: ignore[misc]
    if annotation in (str, int):
        return _bounded(annotation, about, checked=shape is _struct)
    if not about and isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return shape(annotation)
    if not about and (annotation in _SAME or (origin is Literal and all(isinstance(one, str) for one in inner))):
        return annotation
    raise NotDerived(str(annotation))


def _bounded(kind: Any, about: Iterable[object], *, checked: bool) -> Any:
    """Return a kind of value with what is said of it, as long as that refuses some values and changes none."""
    from msgspec import Meta

    bounds: dict[str, Any] = {}
    for one in about:
        if isinstance(one, Ge):
            bounds["ge"] = one.ge
        elif isinstance(one, MinLen):
            bounds["min_length"] = one.min_length
        elif isinstance(one, StringConstraints) and not (one.strip_whitespace or one.to_lower or one.to_upper):
            bounds |= {"min_length": one.min_length, "max_length": one.max_length, "pattern": _whole(one.pattern)}
            if _recurs(one):
                bounds.clear()
        else:
            raise NotDerived(f"{one} of {kind}")
    return Annotated[kind, Meta(**bounds)] if bounds and checked else kind


# ── ids ───────────────────────────────────────────────────────────────────────────────────────

_MOST: Final = 20_000
"""Ids that are remembered at once."""


class _Ids:
    """Ids of one pattern: most come again and again, and each is held against the pattern once."""

    def __init__(self, said: StringConstraints) -> None:
        self._fits = re.compile(_whole(said.pattern) or "").match
        self._least, self._most = said.min_length or 0, said.max_length or 0
        self.sound: set[str] = set()

    def look(self, id_: str) -> None:
        if self._fits(id_) is None or not self._least <= len(id_) <= self._most:
            raise ValueError(f"{id_!r} is no id")
        if len(self.sound) >= _MOST:
            self.sound.clear()
        self.sound.add(id_)


@cache
def _ids(said: StringConstraints) -> _Ids:
    return _Ids(said)


_LOOKED_UP: Final[dict[str, object]] = {}
"""What the lines of `_ids_of` use: for each field its ids that were found sound, and what looks at another."""


def _ids_of(kind: type[BaseModel]) -> Iterator[str]:
    """Yield the lines that look at the ids of a part, where the structure leaves their patterns out."""
    for name, field in kind.model_fields.items():
        for many, said in _recurring(field.annotation, field.metadata):
            of = f"{kind.__name__}_{name}"
            _LOOKED_UP[f"sound_{of}"], _LOOKED_UP[f"look_{of}"] = (ids := _ids(said)).sound, ids.look
            if many:
                yield f"for id_ in {{0}}.{name}:"
                yield f" if id_ not in sound_{of}: look_{of}(id_)"
            else:
                yield f"if (id_ := {{0}}.{name}) not in sound_{of} and id_ is not None: look_{of}(id_)"


def _recurring(annotation: Any, about: Iterable[object]) -> Iterator[tuple[bool, StringConstraints]]:
    """Yield what is said of the ids that a field holds, and whether it holds many; what `_value` takes and no more."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _recurring(inner[0], (*inner[1:], *about))
    elif origin in (Union, UnionType):
        found = [one for kind in inner for one in _recurring(kind, () if kind is NoneType else about)]
        if found and (len(inner) > 2 or NoneType not in inner):
            raise NotDerived(f"{annotation}: not every value is an id")
        yield from found
    elif origin is tuple:
        for many, said in _recurring(inner[0], ()):
            if many:
                raise NotDerived(f"{annotation}: tuples in a tuple")
            yield True, said
    elif annotation is str:
        yield from ((False, one) for one in about if isinstance(one, StringConstraints) and _recurs(one))


def _recurs(said: StringConstraints) -> bool:
    """Tell whether what is said is of ids, which come again: they have a pattern, and may be shorter or longer."""
    return said.pattern is not None and said.max_length is not None


def _parts_of(kind: type[BaseModel]) -> Iterator[Held]:
    for name, field in kind.model_fields.items():
        for part in _models_in(field.annotation):
            yield Held(name, get_origin(field.annotation) is tuple, part)


def _whole(pattern: Any) -> str | None:
    """Return a pattern as Python reads it: its end of a line is before a last line feed, too."""
    if pattern is None:
        return None
    if not isinstance(pattern, str) or not pattern.endswith("$") or "\\" in pattern:
        raise NotDerived(f"the pattern {pattern}")
    return rf"{pattern[:-1]}\Z"
