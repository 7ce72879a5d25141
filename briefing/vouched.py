"""Bytes that were proven before, made into the models that they hold without proving them again. Pure.

What reads them is derived from the models themselves: a new field is read from its first day, and a model with
anything that is not understood here sends its type the long way, through pydantic. msgspec reads the values,
dates and all, into plain dictionaries; a small function for each model makes the model of its dictionary.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, NotRequired, TypedDict, Union, cast, get_args, get_origin

from annotated_types import Ge, MinLen
from pydantic import BaseModel, StringConstraints

from briefing.events import BY_TYPE, Event

_BEGIN: Final = b'{\n  "type": "'
"""How the bytes of an event begin in the layout that this program writes."""


class NotDerived(TypeError):
    """A model that holds what is not understood here; pydantic alone can read it."""


def read(data: bytes) -> Event | None:
    """Return the event that proven bytes hold, of the schema that they name; None where pydantic is to read them."""
    from msgspec import MsgspecError

    if not data.startswith(_BEGIN):
        return None
    way = ways().get(data[len(_BEGIN) : data.find(b'"', len(_BEGIN))])
    try:
        return way(data) if way else None
    except MsgspecError:
        return None


@cache
def ways() -> Mapping[bytes, Callable[[bytes], Event]]:
    """Return what reads each type of event that can be read here."""
    found: dict[bytes, Callable[[bytes], Event]] = {}
    for name, kind in BY_TYPE.items():
        try:
            found[name.encode()] = way(kind)
        except NotDerived:
            continue
    return found


def way(kind: type[Event]) -> Callable[[bytes], Event]:
    """Return what reads the bytes of one type of event; raises NotDerived."""
    from msgspec.json import Decoder

    values = Decoder(_shape(kind)).decode
    make = _maker(kind)

    def read_one(data: bytes) -> Event:
        given = values(data)
        given["schema_"] = given.pop("schema")
        return cast("Event", make(given))

    return read_one


# ── the models ────────────────────────────────────────────────────────────────────────────────

_put_values, _put_given, _put_extra, _put_private = (
    BaseModel.__dict__[name].__set__
    for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
)


@cache
def _maker(kind: type[BaseModel]) -> Callable[[dict[str, Any]], BaseModel]:
    """Return what makes a model as pydantic does: every field in its order, and the names of those that were given.

    Models are frozen: those with the same fields given share one set of these names.
    """
    new = kind.__new__
    blank = {name: None if field.is_required() else field.default for name, field in kind.model_fields.items()}
    parts = [(name, get_origin(field.annotation) is tuple, _maker(part))
             for name, field in kind.model_fields.items() for part in _models_in(field.annotation)]  # fmt: skip
    sets: dict[tuple[str, ...], set[str]] = {}

    def make(given: dict[str, Any]) -> BaseModel:
        values = {**blank, **given}
        for name, many, inner in parts:
            if value := values[name]:
                values[name] = tuple(map(inner, value)) if many else inner(value)
        names = tuple(given)
        if (known := sets.get(names)) is None:
            known = sets[names] = set(names)
        made = new(kind)
        _put_values(made, values)
        _put_given(made, known)
        _put_extra(made, None)
        _put_private(made, None)
        return made

    return make


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from _models_in(one)


# ── the shapes of their dictionaries ──────────────────────────────────────────────────────────


@cache
def _shape(kind: type[BaseModel]) -> Any:
    """Return the dictionary that a model is made of, as a type for msgspec; patterns and bounds were proven.

    The time of record is written in one form; any other msgspec and pydantic may round otherwise.
    """
    of = kind.__pydantic_decorators__
    checks = (one.info.mode == "after" for one in of.model_validators.values())
    if of.field_validators or of.validators or not all(checks) or kind.__pydantic_post_init__:
        raise NotDerived(f"{kind.__name__} changes or adds to what the bytes hold")
    fields = {}
    for name, field in kind.model_fields.items():
        of_event = issubclass(kind, Event) and name in Event.model_fields
        time = of_event and name == "recorded_at"
        if field.default_factory or not (of_event or field.alias is None) or not (time or _only_checks(field.metadata)):
            raise NotDerived(f"{name} of {kind.__name__}")
        value = datetime if time else _value(field.annotation)
        fields[field.alias or name] = value if field.is_required() else NotRequired[value]
    return TypedDict(kind.__name__, fields)  # type: ignore[operator]


_SAME: Final = frozenset([str, int, bool, date, NoneType, Any])
"""The kinds of value that msgspec makes of JSON as pydantic does."""


def _value(annotation: Any) -> Any:
    """Return what msgspec is to make of a value."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if annotation in _SAME or (origin is Literal and all(isinstance(one, str) for one in inner)):
        return annotation
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _shape(annotation)
    if origin is Annotated and _only_checks(inner[1:]):
        return _value(inner[0])
    if origin is tuple and inner[1:] == (...,):
        return tuple[_value(inner[0]), ...]  # type: ignore[misc]
    if origin in (Union, UnionType) and len(list(_models_in(annotation))) <= 1:
        return Union[tuple(map(_value, inner))]  # noqa: UP007 - of a tuple
    raise NotDerived(str(annotation))


def _only_checks(about: Iterable[object]) -> bool:
    """Tell whether what is said of a value refuses some, and changes none."""
    return all(
        isinstance(one, Ge | MinLen)
        or (isinstance(one, StringConstraints) and not (one.strip_whitespace or one.to_lower or one.to_upper))
        for one in about
    )
