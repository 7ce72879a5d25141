"""An event and its bytes, an event and its file name. Pure: nothing here reads or writes a file.

The bytes are readable JSON in UTF-8; the digest is the SHA-256 of exactly these bytes, so that
`sha256sum` checks a file. Reading is strict: what `decode` accepts has one meaning only.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Annotated, Any, Final, NamedTuple, NoReturn, Union, cast

from pydantic import Field, TypeAdapter, ValidationError

from briefing import swift
from briefing.events import BY_TYPE, EVENT_TYPES, Digest, Event, EventCorrected
from briefing.payload import model_of
from briefing.upcast import NoWayUp, upcast

_NAME: Final = re.compile(
    r"(?P<month>[0-9]{4}-[0-9]{2})/(?P<at>[0-9]{8}T(?:[01][0-9]|2[0-3])(?:[0-5][0-9]){2}[0-9]{6}Z)-(?P<slug>[a-z]+(?:-[a-z]+)*)-(?P<digest>[0-9a-f]{64})\.json"
)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STAMP: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_ESCAPE: Final = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|.)")
_MOST_SAID: Final = 3
_DEEPEST: Final = 30
"""Levels of nesting above any that an event has; a bound on what a hostile file may ask for."""
_OF_A_CHANGE: Final = 3
"""The level at which the value of a change stands: event, changes, change."""


class InvalidEvent(ValueError):
    """Bytes, or an event, that break the record format; the sentence says where."""


class UnknownEvent(ValueError):
    """A type or a schema that this version does not know; its parents are kept, so that history continues."""

    def __init__(self, kind: str, schema: int, parents: tuple[Digest, ...]) -> None:
        """Name the type and the schema."""
        super().__init__(f"{kind}, schema {schema}, is not known to this version of briefing")
        self.kind = kind
        self.schema = schema
        self.parents = parents


class EventName(NamedTuple):
    """What the name of an event file says; `name` is relative to the events folder."""

    name: str
    month: str
    at: datetime
    slug: str
    digest: Digest


# ── names ─────────────────────────────────────────────────────────────────────────────────────


def digest(data: bytes) -> Digest:
    """Return the SHA-256 of a file's bytes, 64 lower-case hex digits."""
    return Digest(hashlib.sha256(data).hexdigest())


def file_name(event: Event, digest: Digest) -> str:
    """Return the name of an event's file, relative to the events folder: MONTH/TIME-TYPE-DIGEST.json."""
    stamp = _stamp(event.recorded_at).replace("-", "").replace(":", "").replace(".", "")
    return f"{stamp[:4]}-{stamp[4:6]}/{stamp}-{event.type.replace('.', '-')}-{digest}.json"


def parse_name(name: str) -> EventName | None:
    """Return what a file's name says, or None when it is not, in full, the name of an event file."""
    match = _NAME.fullmatch(name)
    if match is None or not _is_day(name[8:16], name[:7]):
        return None
    at = match["at"]
    when = datetime.fromisoformat(f"{at[:15]}.{at[15:]}")
    return EventName(name=name, month=match["month"], at=when, slug=match["slug"], digest=Digest(match["digest"]))


def is_name(name: str) -> bool:
    """Tell whether `parse_name` takes a name, without making anything of it: for very many names."""
    return _NAME.fullmatch(name) is not None and _is_day(name[8:16], name[:7])


@lru_cache(maxsize=5_000)
def _is_day(day: str, month: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat()[:7] == month
    except ValueError:
        return False


def digest_in(name: str) -> Digest:
    """Return the digest in a name that `parse_name` takes for that of an event file."""
    return Digest(name[-69:-5])


# ── writing ───────────────────────────────────────────────────────────────────────────────────


def encode(event: Event) -> bytes:
    """Return the bytes of an event's file: the same event gives the same bytes, always.

    Raises InvalidEvent for text that is not NFC, for a fraction (1.5), and for a value that no
    JSON can hold. Nothing is mended in silence: spans of a source count its code points.
    """
    if type(event) is EventCorrected:
        for change in event.changes:
            _refuse_floats(change.value, _OF_A_CHANGE)
    try:
        data = _written(event)
    except ValueError as error:  # pydantic_core's own error class is one
        raise InvalidEvent(f"the event holds what no JSON can: {error}") from None
    if not data.isascii():
        _refuse_loose_text(data.decode())
    return data


def _written(event: Event) -> bytes:
    """Return the layout that every writer here uses: two spaces, model's order, no defaults, one LF."""
    text = type(event).__pydantic_serializer__.to_json(event, indent=2, by_alias=True, exclude_defaults=True)
    *_, rest = text.split(b"\n", 3)  # the brace, schema and recorded_at: the three lines below say them in full
    head = f'  "type": "{event.type}",\n  "schema": {event.schema_},\n  "recorded_at": "{_stamp(event.recorded_at)}",\n'
    return b"{\n" + head.encode() + rest + b"\n"


def item_digest(value: object) -> str:
    """Return the SHA-256 of a draft item, parsed to plain lists, mappings and text: its `origin`.

    Canonical JSON: keys sorted, no spaces, NFC. Raises InvalidEvent for a value that is not plain.
    """
    try:
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()
    except (TypeError, ValueError, RecursionError) as error:
        raise InvalidEvent(f"a draft item holds what no JSON can: {error}") from None


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _refuse_floats(value: object, depth: int = 0) -> None:
    """Raise when a fraction, or nesting without end, is anywhere in plain JSON."""
    if isinstance(value, float):
        raise InvalidEvent(f"{value!r} is a fraction: an event holds whole numbers only, else text")
    if isinstance(value, dict | list | tuple):
        if depth > _DEEPEST:
            raise InvalidEvent(f"values are nested more than {_DEEPEST} levels deep")
        for part in value.values() if isinstance(value, dict) else value:
            _refuse_floats(part, depth + 1)


def _refuse_loose_text(text: str) -> None:
    r"""Raise for JSON with text not in normal form C; the n of an escape, \n, is no letter that a mark could join."""
    if not unicodedata.is_normalized("NFC", text) and not unicodedata.is_normalized("NFC", _ESCAPE.sub(" ", text)):
        raise InvalidEvent("the text is not in Unicode normal form C")


# ── reading ───────────────────────────────────────────────────────────────────────────────────


def decode(data: bytes, *, proven: bool = False, of_many: bool = False) -> Event:
    """Return the event that a file's bytes hold, older schemas lifted to the newest.

    Raises UnknownEvent for a type or schema of a later version, InvalidEvent for anything that
    breaks the format: no UTF-8, a byte order mark, text not NFC, a key given twice, a fraction,
    NaN, an unknown or missing field, a value of another kind, anything after the object. Of `proven`
    bytes, which this version has decoded before, only fields and values are looked at once more, and
    not even these `of_many`: for hundreds of files it is worth its while to load what reads them sooner.
    """
    event = swift.read(data, proven=proven) if of_many else None
    if event is None:
        try:
            event = _EVENT.validate_json(data)
        except ValidationError:
            return _decode_with_care(data)
        if not proven and _written(event) != data:
            return _decode_with_care(data)
    if event.schema_ != event.newest_schema:
        return _decode_with_care(data)
    if not proven:
        _refuse_rest(data, event)
    return event


def stand_in(name: str, data: bytes) -> Event | None:
    """Return what stands in for the event of a file, checked as `decode` checks; None where that is to look at it.

    It has every field of the event and is no model, and makes in a third of the time.
    """
    model = BY_TYPE.get(_type_in(name))
    if model is None or not _fits(data, name, _begin(model)):
        return None
    event = swift.stand_in(model, data)
    if event is not None:
        try:
            _refuse_rest(data, event)
        except InvalidEvent:
            return None
    return event


def _type_in(name: str) -> str:
    return name[31:-70].replace("-", ".")


@cache
def _begin(kind: type[Event]) -> bytes:
    """Return how the bytes of an event of a type begin, up to its time."""
    head = f'  "type": "{kind.model_fields["type"].default}",\n  "schema": {kind.newest_schema},\n  "recorded_at": "'
    return b"{\n" + head.encode()


def _fits(data: bytes, name: str, begin: bytes) -> bool:
    """Tell whether bytes begin so, with the time in a name, whatever signs may stand between its digits."""
    at = data[len(begin) : len(begin) + 27]
    return data.startswith(begin) and at.translate(None, b"-:.") == name[8:30].encode()


def _refuse_rest(data: bytes, event: Event) -> None:
    """Raise for what neither models nor their stand-ins look at: fractions in a change, and text not in normal form."""
    if model_of(type(event)) is EventCorrected:
        for change in cast("EventCorrected", event).changes:
            _refuse_floats(change.value, _OF_A_CHANGE)
    if not data.isascii():
        _refuse_loose_text(data.decode())


_ANY_TYPE: Final[Any] = Annotated[Union[EVENT_TYPES], Field(discriminator="type")]  # noqa: UP007 - of a tuple
_EVENT: Final[TypeAdapter[Event]] = TypeAdapter(_ANY_TYPE)


def _decode_with_care(data: bytes) -> Event:
    """Read bytes that are not, byte for byte, what this version would write; say what is wrong with them.

    Bytes that are need none of this: a key given twice, a fraction or a mark would not come out again.
    """
    plain = _parse(data)
    kind, schema = _kind(plain)
    model = BY_TYPE.get(kind)
    if model is None or schema > model.newest_schema:
        raise UnknownEvent(kind, schema, _parents(plain))
    if not isinstance(stamp := plain.get("recorded_at"), str) or _STAMP.fullmatch(stamp) is None:
        raise InvalidEvent("recorded_at is not a time in UTC with microseconds and Z")
    _refuse_odd_days(plain)
    try:
        if schema < model.newest_schema:
            data = json.dumps(upcast(plain, newest=model.newest_schema)).encode()
        return model.model_validate_json(data)
    except NoWayUp as error:
        raise InvalidEvent(str(error)) from None
    except ValidationError as error:
        raise InvalidEvent(_sentence(error)) from None


def _parse(data: bytes) -> dict[str, Any]:
    """Return the one JSON object of a file; every rule that a parser may be lax about is checked here."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise InvalidEvent(f"byte {error.start} is not UTF-8") from None
    try:
        plain = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise InvalidEvent(f"no JSON object: {error.msg} (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise InvalidEvent(f"values are nested more than {_DEEPEST} levels deep") from None
    except InvalidEvent:
        raise
    except ValueError:
        raise InvalidEvent("a number has too many digits") from None
    if not isinstance(plain, dict):
        raise InvalidEvent("the file does not hold one JSON object")
    _refuse_floats(plain)
    if not text.isascii() or "\\u" in text:
        _refuse_loose_text(json.dumps(plain, ensure_ascii=False) if "\\u" in text else text)
    return plain


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) != len(pairs):
        names = [name for name, _ in pairs]
        raise InvalidEvent(f"the key “{next(name for name in names if names.count(name) > 1)}” is given twice")
    return plain


def _no_fraction(number: str) -> NoReturn:
    raise InvalidEvent(f"{number} is not a whole number")


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_once, parse_float=_no_fraction, parse_constant=_no_fraction)


def _refuse_odd_days(value: object) -> None:
    """Raise for a day of a span that is not YYYY-MM-DD: pydantic would take seconds since 1970 for one."""
    if isinstance(value, dict):
        days = [value.get("start"), value.get("end")] if "precision" in value else []
        for day in days:
            if day is not None and not (isinstance(day, str) and _DAY.fullmatch(day)):
                raise InvalidEvent(f"{day!r} is not a day written YYYY-MM-DD")
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            _refuse_odd_days(part)


def _kind(plain: dict[str, Any]) -> tuple[str, int]:
    kind, schema = plain.get("type"), plain.get("schema")
    if not isinstance(kind, str) or not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise InvalidEvent("the object has no type and schema: it is not an event")
    return kind, schema


def _parents(plain: dict[str, Any]) -> tuple[Digest, ...]:
    parents = plain.get("parents", [])
    whole = isinstance(parents, list) and all(isinstance(p, str) and re.fullmatch("[0-9a-f]{64}", p) for p in parents)
    return tuple(Digest(parent) for parent in parents) if whole else ()


def _sentence(error: ValidationError) -> str:
    """Return the first three problems of an event, each with the path of its field."""
    found = [f"{'/'.join(str(step) for step in one['loc']) or 'event'}: {one['msg']}" for one in error.errors()]
    more = len(found) - _MOST_SAID
    return "; ".join(found[:_MOST_SAID]) + (f"; and {more} more" if more > 0 else "")
