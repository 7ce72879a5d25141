"""Proven bytes are made into the very models that pydantic makes of them, whatever they hold."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta, timezone
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, Field, field_validator, model_validator

from briefing import vouched
from briefing.codec import decode, encode
from briefing.events import BY_TYPE, EVENT_TYPES, Event, EventCorrected, EventRedacted, MeetingHeld
from briefing.payload import Model
from briefing.vouched import NotDerived, read, way
from tests.drawn import events, filled
from tests.given import cited, history, meeting_held, point
from tests.hostile import NAUGHTY

BEGIN = '{\n  "type": "'
MEETING = encode(history(meeting_held("m1", on="2026-03-02", points=(point(citations=(cited("a"),)),)))[0].event)


def alike(one: Any, other: Any) -> bool:
    """Tell whether two values are the same to the last detail: kinds, order of fields, fields given."""
    if type(one) is not type(other) or one != other:
        return False
    if isinstance(one, BaseModel):
        ours, theirs = vars(one), vars(other)
        given = one.model_fields_set == other.model_fields_set and type(one.model_fields_set) is set
        return given and list(ours) == list(theirs) and all(alike(ours[name], theirs[name]) for name in ours)
    if isinstance(one, list | tuple):
        return all(map(alike, one, other))
    return not isinstance(one, dict) or list(map(list, one.items())) == list(map(list, other.items()))


def by_pydantic(data: bytes) -> Event:
    return BY_TYPE[json.loads(data)["type"]].model_validate_json(data)


@settings(max_examples=300, deadline=None)
@over(events())
def test_any_event_is_made_as_pydantic_makes_it(event: Event) -> None:
    data = encode(event)
    made = read(data)

    if isinstance(event, EventRedacted):
        assert made is None
        return
    assert made is not None
    assert alike(made, by_pydantic(data))
    if not isinstance(event, EventCorrected):  # a list in a value has no hash
        assert hash(made) == hash(by_pydantic(data))
    assert encode(made) == data
    assert alike(made.model_copy(), made)


@settings(max_examples=100, deadline=None)
@over(events(), st.randoms(use_true_random=False), st.booleans())
def test_so_is_one_that_another_program_laid_out_otherwise(event: Event, random: Any, ascii_: bool) -> None:
    fields = list(event.model_dump(mode="json", by_alias=True, exclude_defaults=random.random() < 0.5).items())
    fields = [one for one in fields if one[0] != "type"]
    random.shuffle(fields)
    at = event.recorded_at.isoformat(timespec="microseconds").replace("+00:00", "Z")
    shuffled = {"type": event.type, **dict(fields), "recorded_at": at}
    data = json.dumps(shuffled, indent=2, ensure_ascii=ascii_).encode()

    made = read(data)

    assert made is None if isinstance(event, EventRedacted) else alike(made, decode(data))


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_every_field_of_every_type_holds_what_pydantic_reads(kind: type[Event]) -> None:
    for text in NAUGHTY[:40]:
        data = encode(filled(kind, text))
        assert read(data) is None if kind is EventRedacted else alike(read(data), by_pydantic(data))


def test_every_type_but_redactions_is_read_here() -> None:
    assert {name.encode() for name in BY_TYPE} - set(vouched.ways()) == {b"event.redacted"}


@pytest.mark.parametrize("data", [
    b"", b"{}", BEGIN.encode(), b'{\n  "type": "meeting.dreamt"\n}', MEETING[:-3], MEETING.replace(b'"schema": 1', b'"schema": "1"'),
    MEETING.replace(b"  ", b"\t"), MEETING.replace(b'"m1"', b"7"), MEETING.replace(b'"title": ', b'"titel": '),
])  # fmt: skip
def test_bytes_that_are_no_such_event_are_left_to_pydantic(data: bytes) -> None:
    assert data != MEETING
    assert read(data) is None


def test_models_share_what_says_which_fields_were_given_and_a_copy_does_not() -> None:
    one, other = read(MEETING), read(MEETING)

    assert one is not None
    assert other is not None
    assert one.__pydantic_fields_set__ is other.__pydantic_fields_set__
    changed = one.model_copy(update={"marking": "RESTRICTED"})
    assert "marking" in changed.model_fields_set
    assert "marking" not in other.model_fields_set


# ── what is not understood ────────────────────────────────────────────────────────────────────


class Inner(Model):
    a: int = 1


class Changing(Model):
    a: str

    @field_validator("a")
    @classmethod
    def _lower(cls, a: str) -> str:
        return a.lower()


class Before(Model):
    a: str

    @model_validator(mode="before")
    @classmethod
    def _given(cls, plain: Any) -> Any:
        return plain


class OfOneOfTwo(Model):
    part: Inner | Changing


class MadeAnew(Model):
    many: list[str] = Field(default_factory=list)


class Renamed(Model):
    a: str = Field(alias="b")


class Fraction(Model):
    a: float


class Number(Model):
    a: Literal[1, 2]


class Deep(Model):
    parts: tuple[OfOneOfTwo, ...] = ()


class Private(Model):
    _kept: int = 0


class Annotation(Model):
    a: Annotated[str, AfterValidator(str.lower)]


@pytest.mark.parametrize("kind", [Changing, Before, OfOneOfTwo, MadeAnew, Renamed, Fraction, Number, Deep, Private, Annotation])
def test_a_model_with_anything_that_is_not_understood_goes_the_long_way(kind: type[Model]) -> None:
    class Dreamt(MeetingHeld):
        part: kind | None = None  # type: ignore[valid-type]

    with pytest.raises(NotDerived):
        way(Dreamt)


def test_control_the_same_with_a_part_that_is_understood_is_read() -> None:
    class Dreamt(MeetingHeld):
        part: Inner | None = None

    assert alike(way(Dreamt)(MEETING), Dreamt.model_validate_json(MEETING))


def test_a_new_field_of_a_known_kind_is_read_from_its_first_day() -> None:
    class Dreamt(MeetingHeld):
        dream: Inner | None = None
        deep: tuple[Inner, ...] = ()

    data = MEETING[:-3] + b',\n  "dream": {"a": 3},\n  "deep": [{}, {"a": 2}]\n}\n'

    assert alike(way(Dreamt)(data), Dreamt.model_validate_json(data))


# ── controls: the comparison sees what it is there for ────────────────────────────────────────


def forgets_defaults(make: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    return lambda given: make({**given, "marking": None})


def in_order_of_the_bytes(make: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    def made(given: dict[str, Any]) -> Any:
        one = make(given)
        values = dict(reversed(vars(one).items()))
        vouched._put_values(one, values)
        return one

    return made


def lists_stay(make: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    def made(given: dict[str, Any]) -> Any:
        one = make(given)
        vars(one)["points"] = list(vars(one)["points"])
        return one

    return made


@pytest.mark.parametrize("broken", [forgets_defaults, in_order_of_the_bytes, lists_stay])
def test_control_models_made_otherwise_are_told_apart(broken: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert alike(way(MeetingHeld)(MEETING), by_pydantic(MEETING))
    sound = vouched._maker
    monkeypatch.setattr(vouched, "_maker", lambda kind: broken(sound(kind)))

    assert not alike(way(MeetingHeld)(MEETING), by_pydantic(MEETING))


def test_control_times_of_other_zones_are_told_apart() -> None:
    made = read(MEETING)
    assert made is not None
    moved = made.model_copy(update={"recorded_at": made.recorded_at.astimezone(timezone(timedelta(hours=5)))})

    assert encode(moved) == MEETING  # one moment
    assert alike(made, moved)
