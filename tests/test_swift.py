"""Many bytes are made into the very models that pydantic makes of them, or are left to it, whatever they hold."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections.abc import Callable
from datetime import timedelta, timezone
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, Field, ValidationError, field_validator, model_validator

from briefing import swift
from briefing.codec import InvalidEvent, UnknownEvent, decode, encode
from briefing.events import BY_TYPE, EVENT_TYPES, Event, EventCorrected, EventRedacted, MeetingHeld
from briefing.frozen import put_values
from briefing.payload import Id, Model
from briefing.swift import NotDerived, checked_way, proven_way, read
from tests.drawn import events, filled
from tests.given import NOON, cited, history, meeting_held, point
from tests.hostile import NAUGHTY

BEGIN = '{\n  "type": "'
MEETING = encode(
    history(meeting_held("m1", on="2026-03-02", points=(point(citations=(cited("a"),)),)))[0]
    .event.model_copy(update={"recorded_at": NOON.replace(microsecond=7), "parents": ("a" * 64,)})
)


def alike(one: Any, other: Any) -> bool:
    """Tell whether two values are the same to the last detail: kinds, order of fields, fields given.

    Of a model made here those count as given that its file would hold, whatever else a foreign file held.
    """
    if type(one) is not type(other) or one != other:
        return False
    if isinstance(one, BaseModel):
        ours, theirs = vars(one), vars(other)
        given = {"type"} & vars(other).keys() | other.model_dump(exclude_defaults=True).keys()
        required = {name for name, about in type(other).model_fields.items() if about.is_required()}
        noted = one.model_fields_set == given | required and type(one.model_fields_set) is set
        bare = one.__pydantic_extra__ is one.__pydantic_private__ is None
        return noted and bare and list(ours) == list(theirs) and all(alike(ours[name], theirs[name]) for name in ours)
    if isinstance(one, list | tuple):
        return all(map(alike, one, other))
    return not isinstance(one, dict) or list(map(list, one.items())) == list(map(list, other.items()))


def by_pydantic(data: bytes) -> Event:
    return BY_TYPE[json.loads(data)["type"]].model_validate_json(data)


@settings(max_examples=300, deadline=None)
@over(events(), st.booleans())
def test_any_event_is_made_as_pydantic_makes_it(event: Event, proven: bool) -> None:
    data = encode(event)
    made = read(data, proven=proven)

    if isinstance(event, EventRedacted) or not (proven or event.recorded_at.microsecond):
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
def test_so_is_a_proven_one_that_another_program_laid_out_otherwise(event: Event, random: Any, ascii_: bool) -> None:
    fields = list(event.model_dump(mode="json", by_alias=True, exclude_defaults=random.random() < 0.5).items())
    fields = [one for one in fields if one[0] != "type"]
    random.shuffle(fields)
    at = event.recorded_at.isoformat(timespec="microseconds").replace("+00:00", "Z")
    shuffled = {"type": event.type, **dict(fields), "recorded_at": at}
    data = json.dumps(shuffled, indent=2, ensure_ascii=ascii_).encode()

    made = read(data, proven=True)

    assert made is None if isinstance(event, EventRedacted) else alike(made, decode(data))


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_every_field_of_every_type_holds_what_pydantic_reads(kind: type[Event]) -> None:
    for text in NAUGHTY[:40]:
        event = filled(kind, text)
        data = encode(event.model_copy(update={"recorded_at": event.recorded_at.replace(microsecond=7)}))
        for proven in (True, False):
            made = read(data, proven=proven)
            assert made is None if kind is EventRedacted else alike(made, by_pydantic(data))


def test_every_type_but_redactions_is_read_here() -> None:
    for kind in set(EVENT_TYPES) - {EventRedacted}:
        assert proven_way(kind)
        assert checked_way(kind)
    for way in (proven_way, checked_way):
        with pytest.raises(NotDerived):
            way(EventRedacted)


@pytest.mark.parametrize("data", [
    b"", b"{}", BEGIN.encode(), b'{\n  "type": "meeting.dreamt"\n}', MEETING[:-3], MEETING.replace(b'"schema": 1', b'"schema": "1"'),
    MEETING.replace(b"  ", b"\t"), MEETING.replace(b'"m1"', b"7"), MEETING.replace(b'"title": ', b'"titel": '), b'{\n  "type": "\xff"',
])  # fmt: skip
@pytest.mark.parametrize("proven", [True, False])
def test_bytes_that_are_no_such_event_are_left_to_pydantic(data: bytes, proven: bool) -> None:
    assert data != MEETING
    assert read(data, proven=proven) is None


def test_what_pydantic_notes_of_a_model_is_there_when_it_is_asked_for() -> None:
    one, other = read(MEETING, proven=True), read(MEETING, proven=True)

    assert one is not None
    assert other is not None
    changed = one.model_copy(update={"marking": "RESTRICTED"})
    assert "marking" in changed.model_fields_set
    assert "marking" not in one.model_fields_set
    assert pickle.loads(pickle.dumps(one)) == copy.copy(one) == copy.deepcopy(one) == other
    with pytest.raises(ValidationError, match="frozen"):
        one.marking = "RESTRICTED"
    with pytest.raises(AttributeError, match="colour"):
        one.colour  # type: ignore[attr-defined]  # noqa: B018


# ── what was not proven ───────────────────────────────────────────────────────────────────────

ODD = (
    b'"M 1"', b'"m1\\n"', b'"m-"', b'""', b'"' + b"a" * 81 + b'"', b'"\\u0061"', b'"\\ud800"', b'"a/b"', b'"e\xcc\x81"', b'"\xff"',
    b"null", b"true", b"0", b"-1", b"-0", b"1.0", b"1e2", b"1.5", b"86400", b"NaN", b"9" * 30, b"9" * 5000, b"[]", b"{}", b'[""]',
    b'"2026-02-30"', b'"2026-03-02T00:00:00"', b'"20260302"', b'"day"', b'"undated"', b'"ours"', b'"in person"', b'"2026-03-01T12:00:00Z"',
    b'"2026-03-01T12:00:00.000001+00:00"', b'"2026-03-01T12:00:00.0000010Z"', b'"2026-03-01t12:00:00.000001z"', b"[" * 40 + b"]" * 40,
)  # fmt: skip
"""Values that some field holds and others do not, and such as none may hold."""


@st.composite
def altered(draw: st.DrawFn) -> bytes:
    """Return the bytes of an event, or such with a value, a line or a byte changed once or twice."""
    return draw(altered_of(draw(events())))


@st.composite
def altered_of(draw: st.DrawFn, event: Event) -> bytes:
    lines = encode(event.model_copy(update={"recorded_at": event.recorded_at.replace(microsecond=7)})).split(b"\n")
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(1, len(lines) - 2))
        key, colon, value = lines[at].partition(b": ")
        comma = b"," * value.endswith(b",")
        how = draw(st.sampled_from(["value", "twice", "without", "unknown", "swapped", "indented", "byte", "behind"]))
        if how == "value":
            lines[at] = (key + colon if colon else key[: len(key) - len(key.lstrip())]) + draw(st.sampled_from(ODD)) + comma
        elif how == "twice":
            lines.insert(at, lines[at] if lines[at].endswith(b",") else lines[at] + b",")
        elif how == "without":
            del lines[at]
        elif how == "unknown":
            lines.insert(at, key[: len(key) - len(key.lstrip())] + b'"colour": "red",')
        elif how == "swapped":
            lines[at], lines[at - 1] = lines[at - 1], lines[at]
        elif how == "indented":
            lines[at] = b" " + lines[at]
        elif how == "byte":
            place = draw(st.integers(0, max(0, len(lines[at]) - 1)))
            lines[at] = lines[at][:place] + bytes([draw(st.integers(0, 255))]) + lines[at][place + 1 :]
        else:
            lines.append(draw(st.sampled_from([b"", b" ", b"{}"])))
        if len(lines) < 4:
            break
    return b"\n".join(lines)


def by(data: bytes, *, of_many: bool) -> Event | str:
    try:
        return decode(data, of_many=of_many)
    except (InvalidEvent, UnknownEvent) as fault:
        return f"{type(fault).__name__}: {fault}"


@settings(max_examples=400, deadline=None)
@over(altered())
def test_among_many_any_bytes_are_the_same_event_or_refused_with_the_same_words(data: bytes) -> None:
    assert alike(by(data, of_many=True), by(data, of_many=False))


@settings(max_examples=200, deadline=None)
@over(altered())
def test_what_is_taken_pydantic_takes(data: bytes) -> None:
    if (made := read(data, proven=False)) is not None:
        assert alike(made, by_pydantic(data))


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("field", [b'"id"', b'"when"', b'"start"', b'"parents"', b'"nonce"', b'"quote"', b'"precision"', b'"recorded_at"', b'"title"'])
def test_every_odd_value_in_some_fields_is_judged_as_pydantic_judges_it(field: bytes, odd: bytes) -> None:
    data, n = re.subn(field + rb": [^\n]*?(,?\n)", lambda found: field + b": " + odd + found[1], MEETING)

    assert n
    assert alike(by(data, of_many=True), by(data, of_many=False))


@pytest.mark.parametrize("lost", ["_whole", "ids", "laid out", "validators", "second"])
def test_control_a_reader_that_checks_less_takes_what_pydantic_refuses(lost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "_whole": MEETING.replace(b'"m1"', b'"m1\\n"'),
        "ids": MEETING.replace(b'"m1"', b'"M 1"'),
        "laid out": MEETING.replace(b'"schema": 1,\n', b'"schema": 1,\n  "colour": "red",\n'),
        "validators": re.sub(rb'"end": ([0-9])', rb'"end": 1\1', MEETING),
        "second": MEETING.replace(b".000007Z", b"Z"),
    }[lost]
    assert wrong != MEETING
    refused = by(wrong, of_many=False)
    assert isinstance(refused, str)
    assert by(wrong, of_many=True) == refused
    source = Path(swift.__file__).read_text(encoding="utf-8")
    sound, broken = {
        "_whole": ('return rf"{pattern[:-1]}\\Z"', "return pattern"),
        "ids": ("require_ids(given, None)", ""),
        "laid out": ('or laid_out(written(given), indent=2) + b"\\n" != data', ""),
        "validators": ('own["__post_init__"] = one.func', "pass"),
        "second": ("not given.recorded_at.microsecond or", ""),
    }[lost]
    assert source.count(sound) == 1
    less = ModuleType("less")
    exec(source.replace(sound, broken), less.__dict__)
    monkeypatch.setattr("briefing.codec.swift", less)

    assert by(wrong, of_many=True) != refused


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
        proven_way(Dreamt)


class OneOrNumber(Model):
    a: Id | int | None = None


class RowsOfIds(Model):
    a: tuple[tuple[Id, ...], ...] = ()


@pytest.mark.parametrize("kind", [OneOrNumber, RowsOfIds])
def test_what_may_hold_ids_and_others_is_not_checked_here(kind: type[Model]) -> None:
    class Dreamt(MeetingHeld):
        part: kind | None = None  # type: ignore[valid-type]

    with pytest.raises(NotDerived):
        checked_way(Dreamt)


class Ids(Model):
    """Ids in each place where one may stand."""

    a: Id
    b: Id | None = None
    c: tuple[Id, ...] = ()
    d: Annotated[tuple[Id, ...], Field(min_length=1)]


class Nested(Model):
    one: Ids | None = None
    many: tuple[Ids, ...] = ()


@pytest.mark.parametrize("most", [1, 20_000])
@pytest.mark.parametrize("of", ["one", "many"])
@pytest.mark.parametrize("field", ["a", "b", "c", "d"])
def test_an_id_is_looked_at_wherever_it_stands(field: str, of: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    class Dreamt(MeetingHeld):
        part: Nested | None = None

    monkeypatch.setattr(swift, "_MOST", most)
    ids = {"a": "a", "b": "b", "c": ["c", "a"], "d": ["d"]}
    odd = {**ids, field: f"{field} " if isinstance(ids[field], str) else ["a", f"{field} "]}

    def written(one: dict[str, Any]) -> bytes:
        part = {of: one if of == "one" else [ids, one]}
        text = json.dumps({"part": part}, indent=2)[1:-2]
        return MEETING[:-3] + f",{text}\n}}\n".encode()

    sound = checked_way(Dreamt)(written(ids))
    assert sound.id == "m1"  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="is no id"):
        checked_way(Dreamt)(written(odd))
    assert checked_way(Dreamt)(written(ids)) == sound


def test_control_the_same_with_a_part_that_is_understood_is_read() -> None:
    class Dreamt(MeetingHeld):
        part: Inner | None = None

    assert alike(proven_way(Dreamt)(MEETING), Dreamt.model_validate_json(MEETING))


def test_a_new_field_of_a_known_kind_is_read_from_its_first_day() -> None:
    class Dreamt(MeetingHeld):
        dream: Inner | None = None
        deep: tuple[Inner, ...] = ()

    data = MEETING[:-3] + b',\n  "dream": {"a": 3},\n  "deep": [{}, {"a": 2}]\n}\n'

    assert alike(proven_way(Dreamt)(data), Dreamt.model_validate_json(data))


# ── controls: the comparison sees what it is there for ────────────────────────────────────────


def forgets_defaults(make: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    def made(given: dict[str, Any]) -> Any:
        one = make(given)
        del vars(one)["marking"]
        return one

    return made


def notes_that_nothing_was_given(make: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    def made(given: dict[str, Any]) -> Any:
        one = make(given)
        BaseModel.__dict__["__pydantic_fields_set__"].__set__(one, set())
        return one

    return made


def in_order_of_the_bytes(make: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    def made(given: dict[str, Any]) -> Any:
        one = make(given)
        values = dict(reversed(vars(one).items()))
        put_values(one, values)
        return one

    return made


def lists_stay(make: Callable[[dict[str, Any]], Any]) -> Callable[[dict[str, Any]], Any]:
    def made(given: dict[str, Any]) -> Any:
        one = make(given)
        vars(one)["points"] = list(vars(one)["points"])
        return one

    return made


@pytest.mark.parametrize("broken", [forgets_defaults, notes_that_nothing_was_given, in_order_of_the_bytes, lists_stay])
def test_control_models_made_otherwise_are_told_apart(broken: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert alike(proven_way(MeetingHeld)(MEETING), by_pydantic(MEETING))
    sound = swift._maker
    monkeypatch.setattr(swift, "_maker", lambda kind: broken(sound(kind)))

    assert not alike(proven_way(MeetingHeld)(MEETING), by_pydantic(MEETING))


def test_control_times_of_other_zones_are_told_apart() -> None:
    made = read(MEETING, proven=True)
    assert made is not None
    moved = made.model_copy(update={"recorded_at": made.recorded_at.astimezone(timezone(timedelta(hours=5)))})

    assert encode(moved) == MEETING  # one moment
    assert alike(made, moved)
