"""Events as JSON lines come back byte for byte, whatever stands in them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.codec import encode
from briefing.errors import InvalidDraft
from briefing.events import Event
from briefing.export.lines import from_lines, to_lines
from tests.drawn import events


def there_and_back(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, (_, data) in from_lines(b"".join(to_lines(files, files.__getitem__)), "e.jsonl").items()}


@given(st.lists(events(), max_size=4))
@settings(max_examples=80, deadline=None)
def test_what_the_program_writes_comes_back_byte_for_byte_and_as_plain_json(drawn: list[Event]) -> None:
    files = {f"{n}.json": encode(one) for n, one in enumerate(drawn)}

    assert there_and_back(files) == files
    assert all("event" in json.loads(line) for line in to_lines(files, files.__getitem__))


@pytest.mark.parametrize(
    "text", ['{"type":"of.a.later.version"}', '{\n "a": 1}\r\n', '{"a": 1, "a": 2}', '{"a": 1.50, "b": 1e2, "c": "\\u00e9"}', "[]", "7\n"]
)
def test_bytes_that_another_program_laid_out_come_back_too(text: str) -> None:
    assert there_and_back({"a.json": text.encode()}) == {"a.json": text.encode()}


@pytest.mark.parametrize(
    "line",
    [b"no json", b"[1]", b'{"file": "a"}', b'{"file": "a", "event": 7}', b'{"file": 7, "event": {}}', b'{"file": "a", "text": 7}',
     b'{"file": "a", "event": {}, "more": 1}', b"\xff", b'{"file": "a", "text": "\\ud800"}', b'{"file": "a", "event": ' + b"[" * 100_000],
)  # fmt: skip
def test_a_line_that_is_none_is_named(line: bytes) -> None:
    with pytest.raises(InvalidDraft) as refusal:
        from_lines(b'{"file": "a", "event": {}}\n\n' + line + b"\n", "e.jsonl")

    assert [str(one.place) for one in refusal.value.problems] == ["e.jsonl:3"]


def test_two_lines_with_one_name_and_other_bytes_are_refused() -> None:
    with pytest.raises(InvalidDraft, match="line 1 has other bytes for a"):
        from_lines(b'{"file": "a", "event": {}}\n{"file": "a", "event": {"b": 1}}\n', "e.jsonl")
