"""An event and its bytes: the same event gives the same bytes, and bytes have one meaning or none."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st
from pydantic import ValidationError

from briefing.codec import (
    InvalidEvent,
    UnknownEvent,
    decode,
    digest,
    encode,
    file_name,
    is_name,
    item_digest,
    parse_name,
)
from briefing.events import BY_TYPE, EVENT_TYPES, Event, EventCorrected, FactStated
from briefing.payload import Change
from tests.drawn import PLAIN, events, filled
from tests.given import NOON, cited, day, event_corrected, history, meeting_held, point, written_at
from tests.hostile import HOSTILE_JSON, NAUGHTY

MEETING = history(meeting_held("m1", on="2026-03-02", title="Steel – Café", points=(point(citations=(cited("a"),)),)))[0].event


def plain(event: Event = MEETING) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(encode(event))
    return found


def changed(**fields: Any) -> bytes:
    return json.dumps({**plain(), **fields}, ensure_ascii=False).encode()


# ── writing ───────────────────────────────────────────────────────────────────────────────────


def test_a_file_is_readable_json_in_the_order_of_the_model_ending_in_one_line_feed() -> None:
    text = encode(MEETING).decode()

    assert text.startswith('{\n  "type": "meeting.held",\n  "schema": 1,\n  "recorded_at": "2026-03-01T12:00:00.000000Z",\n')
    assert text.endswith("}\n")
    assert "\r" not in text
    assert "Steel – Café" in text
    order = ["schema_" if key == "schema" else key for key in plain()]
    assert order == [name for name in type(MEETING).model_fields if name in order]


def test_a_field_that_holds_its_default_is_left_out() -> None:
    assert not {"marking", "visit", "setting", "content_known", "not_agreed", "parents"} & set(plain())


@settings(max_examples=200, deadline=None)
@over(events())
def test_any_event_comes_back_from_its_bytes_as_it_was(event: Event) -> None:
    data = encode(event)
    again = decode(data)

    assert encode(again) == data
    assert type(again) is type(event)
    if not isinstance(event, EventCorrected):  # a tuple in a value comes back as a list
        assert again == event


@over(events(), st.sampled_from([None, 3, "\t"]), st.booleans())
@settings(deadline=None)
def test_a_file_in_another_layout_means_the_same(event: Event, indent: str | int | None, ascii_: bool) -> None:
    other = json.dumps(dict(reversed(plain(event).items())), indent=indent, ensure_ascii=ascii_).encode()

    assert encode(decode(other)) == encode(event)


@over(events(), st.sampled_from([None, 2, "\t"]), st.booleans())
@settings(deadline=None)
def test_bytes_that_were_proven_before_mean_the_same_without_the_proof(event: Event, indent: str | int | None, ascii_: bool) -> None:
    other = json.dumps(dict(reversed(plain(event).items())), indent=indent, ensure_ascii=ascii_).encode()

    for data in (encode(event), other):
        assert decode(data, proven=True) == decode(data)


def test_what_is_wrong_with_fields_and_values_is_said_of_proven_bytes_too() -> None:
    for data in (changed(colour="red"), changed(id="M 1"), changed(type="meeting.dreamt"), encode(MEETING)[:-3]):
        with pytest.raises((InvalidEvent, UnknownEvent)) as said:
            decode(data)
        with pytest.raises(said.type, match=re.escape(str(said.value))):
            decode(data, proven=True)


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_every_naughty_string_in_every_text_field_comes_back_as_it_was(kind: type[Event]) -> None:
    for text in NAUGHTY:
        event = filled(kind, text)
        assert decode(encode(event)) == event


@pytest.mark.parametrize("text", ["line\n\u0303", "tab\t\u0323", "\r\u0301", "back\\n", 'quote"\u0338', "\b\u0331\f\u0307"])
def test_a_mark_behind_a_control_character_is_in_normal_form_and_kept(text: str) -> None:
    event = filled(FactStated, text)

    assert decode(encode(event)) == event
    assert decode(json.dumps(plain(event)).encode()) == event


def test_text_that_is_not_in_normal_form_is_not_written() -> None:
    with pytest.raises(InvalidEvent, match="normal form C"):
        encode(filled(FactStated, "Cafe\u0301"))


@pytest.mark.parametrize("value", [1.5, [1.5], {"a": [{"b": 2.0}]}, float("nan"), float("inf")])
def test_a_fraction_is_not_written(value: object) -> None:
    with pytest.raises(InvalidEvent, match="fraction"):
        history(meeting_held("m1"), event_corrected("m1", rank=value))


@pytest.mark.parametrize("value", ["\ud800", object(), {1, 2}])
def test_what_no_json_can_hold_is_not_written(value: object) -> None:
    event = EventCorrected(
        schema_=1, recorded_at=NOON, recorded_by="x", origin="x", nonce="0" * 32, target="0" * 64, reason="x",
        changes=(Change(path="title", value=value),),
    )  # fmt: skip

    if isinstance(value, set):
        assert decode(encode(event))  # a set is written as a list
        return
    with pytest.raises(InvalidEvent):
        encode(event)


def test_values_nested_without_end_are_not_written() -> None:
    value: list[Any] = []
    for _ in range(100):
        value = [value]

    with pytest.raises(InvalidEvent, match="nested"):
        history(meeting_held("m1"), event_corrected("m1", rank=value))


def test_whatever_depth_of_nesting_is_written_is_read_in_any_layout() -> None:
    value: Any = "x"
    for _ in range(60):
        value = [value]
        try:
            event = history(meeting_held("m1"), event_corrected("m1", rank=value))[1].event
        except InvalidEvent:
            break
        assert encode(decode(encode(event))) == encode(event)
        assert encode(decode(json.dumps(plain(event)).encode())) == encode(event)
    else:
        pytest.fail("nesting has no bound")


# ── names ─────────────────────────────────────────────────────────────────────────────────────


@over(st.binary())
def test_a_digest_is_the_sha256_of_the_bytes(data: bytes) -> None:
    assert digest(data) == hashlib.sha256(data).hexdigest()


@settings(deadline=None)
@over(events())
def test_the_name_of_a_file_says_month_time_type_and_digest(event: Event) -> None:
    whole = digest(encode(event))
    name = file_name(event, whole)
    parsed = parse_name(name)

    assert parsed is not None
    assert (parsed.name, parsed.at, parsed.digest) == (name, event.recorded_at, whole)
    assert parsed.month == f"{event.recorded_at:%Y-%m}"
    assert parsed.slug == event.type.replace(".", "-")
    assert re.fullmatch(r"[0-9a-z/TZ.-]+", name)


def test_a_name_is_in_utc_whatever_zone_the_writer_was_in() -> None:
    here = datetime(2026, 1, 1, 2, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))

    assert file_name(written_at(FactStated, here, id="f", say="x").event, digest(b"")).startswith("2025-12/20251231T210000000000Z-")


@over(st.lists(st.datetimes(datetime(1970, 1, 1), datetime(2099, 1, 1)), min_size=2, max_size=5, unique=True))  # noqa: DTZ001
@settings(deadline=None)
def test_names_sort_as_their_times_do(times: list[datetime]) -> None:
    told = [written_at(FactStated, at.replace(tzinfo=UTC), id="f", say="x") for at in sorted(times)]
    names = [file_name(one.event, one.digest) for one in told]

    assert all(one < other for one, other in pairwise(names))


WHOLE_NAME = f"2026-03/20260302T101112131415Z-meeting-held-{'a' * 64}.json"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-03/", ""),
        ("2026-03/", "2026-04/"),
        ("2026-03/", "x/2026-03/"),
        ("20260302T", "20260302t"),
        ("20260302T", "20260332T"),
        ("T101112", "T251112"),
        ("T101112", "T241112"),
        ("T101112", "T106012"),
        ("T101112", "T101160"),
        ("20260302T", "20260230T"),
        ("2026-03/2026", "0000-03/0000"),
        ("131415Z", "131Z"),
        ("meeting-held", "Meeting-held"),
        ("meeting-held", "meeting.held"),
        ("a.json", "A.json"),
        ("aa.json", "a.json"),
        (".json", ".json.tmp"),
        (".json", " (1).json"),
        (".json", ".JSON"),
        (".json", ".json\n"),
        (".json", ".sync-conflict-20260302.json"),
        ("20260302", "\uff12\uff10\uff12\uff160302"),
    ],
)
def test_any_other_name_is_no_event(old: str, new: str) -> None:
    assert parse_name(WHOLE_NAME) is not None
    assert is_name(WHOLE_NAME)
    assert parse_name(WHOLE_NAME.replace(old, new, 1)) is None
    assert not is_name(WHOLE_NAME.replace(old, new, 1))


@settings(deadline=None)
@over(st.text("0129", min_size=4, max_size=4), st.text("0123", min_size=4, max_size=4), st.text("0256", min_size=6, max_size=6))
def test_what_is_a_name_is_taken_for_one(year: str, day: str, clock: str) -> None:
    name = f"{year}-{day[:2]}/{year}{day}T{clock}131415Z-meeting-held-{'a' * 64}.json"

    assert is_name(name) is (parse_name(name) is not None)


# ── reading ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no JSON object"),
        (b"[]", "does not hold one JSON object"),
        (b"{}", "no type and schema"),
        (b'"x"', "does not hold one JSON object"),
        (b"\xef\xbb\xbf" + encode(MEETING), "no JSON object"),
        (encode(MEETING) + b"{}", "no JSON object: Extra data"),
        (encode(MEETING)[:-10], "no JSON object"),
        (encode(MEETING).replace(b"Steel", b"St\xe9el"), "is not UTF-8"),
        (encode(MEETING).decode().encode("utf-16"), "is not UTF-8"),
        (encode(MEETING).replace("é".encode(), "e\u0301".encode()), "normal form C"),
        (encode(MEETING).replace("é".encode(), b"e\\u0301"), "normal form C"),
        (encode(MEETING).replace(b'"id": "m1"', b'"id": "m0", "id": "m1"'), "“id” is given twice"),
        (encode(MEETING).replace(b'"say":', b'"say": "x", "say":'), "“say” is given twice"),
        (encode(MEETING).replace(b'"schema": 1', b'"schema": 1.0'), "not a whole number"),
        (encode(MEETING).replace(b'"schema": 1', b'"schema": 1e0'), "not a whole number"),
        (encode(MEETING).replace(b'"schema": 1', b'"schema": NaN'), "not a whole number"),
        (encode(MEETING).replace(b'"schema": 1', b'"schema": ' + b"1" * 5000), "too many digits"),
        (changed(schema=True), "no type and schema"),
        (changed(schema=0), "no type and schema"),
        (changed(type=None), "no type and schema"),
        (changed(colour="red"), "colour"),
        (changed(title=7), "title"),
        (changed(title=""), "title"),
        (changed(id="No Id"), "id"),
        (changed(nonce="0" * 31), "nonce"),
        (changed(parents=["x"]), "parents"),
        (changed(participants=[{"person": "a", "unnamed": "b"}]), "participants"),
        (changed(recorded_at="2026-03-01T12:00:00Z"), "recorded_at"),
        (changed(recorded_at="2026-03-01T12:00:00.000000+00:00"), "recorded_at"),
        (changed(recorded_at=1772366400), "recorded_at"),
        (changed(when={**plain()["when"], "start": 0}), "not a day"),
        (changed(when={**plain()["when"], "start": "2026-03-02T00:00:00"}), "not a day"),
        (changed(when={**plain()["when"], "start": "2026-02-30"}), "when/start"),
    ],
)
def test_bytes_that_break_the_format_are_refused_with_where(data: bytes, said: str) -> None:
    with pytest.raises(InvalidEvent, match=said):
        decode(data)


@pytest.mark.parametrize(
    "field", [name for name, about in type(MEETING).model_fields.items() if about.is_required() and name != "schema_"]
)
def test_a_field_that_an_event_must_have_is_missed(field: str) -> None:
    values = plain()
    del values[field]

    with pytest.raises(InvalidEvent, match=field):
        decode(json.dumps(values).encode())


@pytest.mark.parametrize("depth", [31, 100, 900, 3000, 100_000])
def test_nesting_without_end_is_refused_and_not_followed(depth: int) -> None:
    nested = b"[" * depth + b"]" * depth
    for data in (nested, encode(MEETING).replace(b'"m1"', nested), b'{"type": "x.y", "schema": 1, "z": ' + nested + b"}"):
        with pytest.raises((InvalidEvent, UnknownEvent)):
            decode(data)


@pytest.mark.parametrize("values", [{"type": "meeting.dreamt"}, {"schema": 2}, {"schema": 10**30}, {"type": "x", "schema": 9, "new": 1}])
def test_a_type_or_schema_of_a_later_version_is_unknown_and_keeps_its_parents(values: dict[str, object]) -> None:
    with pytest.raises(UnknownEvent) as unknown:
        decode(changed(parents=["b" * 64], **values))

    assert unknown.value.parents == ("b" * 64,)
    assert unknown.value.kind == values.get("type", "meeting.held")


def test_an_unknown_event_with_odd_parents_has_none() -> None:
    for parents in ("x", ["x"], [1], None):
        with pytest.raises(UnknownEvent) as unknown:
            decode(changed(type="meeting.dreamt", parents=parents))
        assert unknown.value.parents == ()


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_every_type_is_frozen_and_closed(kind: type[Event]) -> None:
    event = filled(kind, "x")

    assert BY_TYPE[event.type] is kind
    with pytest.raises(ValidationError, match="frozen"):
        event.nonce = "0" * 32
    with pytest.raises(InvalidEvent, match="colour"):
        decode(json.dumps({**plain(event), "colour": "red"}).encode())


@settings(max_examples=200, deadline=None)
@over(st.integers(0, len(encode(MEETING)) - 1), st.integers(0, 255))
def test_a_changed_byte_has_another_digest_and_reads_as_an_event_or_is_refused(place: int, byte: int) -> None:
    data = bytearray(encode(MEETING))
    same = data[place] == byte
    data[place] = byte

    assert (digest(bytes(data)) == digest(encode(MEETING))) is same
    try:
        assert isinstance(decode(bytes(data)), Event)
    except (InvalidEvent, UnknownEvent):
        assert not same


@pytest.mark.parametrize("name", HOSTILE_JSON)
def test_hostile_json_is_refused_alone_and_as_a_value(name: str) -> None:
    content = HOSTILE_JSON[name]
    with pytest.raises((InvalidEvent, UnknownEvent)):
        decode(content)

    whole = encode(history(meeting_held("m1"), event_corrected("m1", rank="HERE"))[1].event)
    assert isinstance(decode(whole), EventCorrected)
    try:
        event = decode(whole.replace(b'"HERE"', content))
    except InvalidEvent:
        return
    assert not name.startswith("n_")
    assert encode(decode(encode(event))) == encode(event)


@over(PLAIN)
def test_a_draft_item_has_one_digest_however_its_keys_are_ordered(value: object) -> None:
    item = {"a": value, "b": "x"}

    assert item_digest(item) == item_digest(dict(reversed(item.items())))
    assert item_digest(item) != item_digest({**item, "b": "y"})


@pytest.mark.parametrize("value", [{"a": float("nan")}, {"a": object()}, {"a": "\ud800"}, {"a": {1}}])
def test_a_draft_item_that_no_json_can_hold_has_no_digest(value: object) -> None:
    with pytest.raises(InvalidEvent):
        item_digest(value)


def test_a_date_is_written_as_a_day() -> None:
    assert plain()["when"] == {"start": "2026-03-02", "end": "2026-03-02", "precision": "day", "words": "2026-03-02"}
    assert type(MEETING).model_validate_json(encode(MEETING)).when == day(2026, 3, 2)
