"""The log says what is wrong with a record, file by file, and no paper is made on one that is not whole."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.codec import digest, encode, file_name
from briefing.errors import RecordNotWhole
from briefing.store.append import publish
from briefing.store.folder import FolderStore
from briefing.store.log import load
from briefing.store.memory import MemoryStore
from tests.given import NOON, event_corrected, history, meeting_held
from tests.store.contract import name_and_bytes

LOG = history(meeting_held("m1", title="Steel"), meeting_held("m2"), event_corrected("m1", title="Coal"))
FILES = dict(name_and_bytes(one) for one in LOG)
FIRST, MIDDLE, LAST = FILES


@pytest.fixture(autouse=True, params=["few", "many"])
def among(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told of a record is the same when its files are so many that another reader is loaded for them."""
    monkeypatch.setattr("briefing.store.log._MANY", 1 if request.param == "many" else 10_000)


def found(files: dict[str, bytes]) -> list[tuple[str, str]]:
    store = MemoryStore()
    for name, data in files.items():
        store.put(name, data)
    return [(one.kind, one.name) for one in load(store).findings]


def named(data: bytes, name: str = FIRST) -> str:
    return name[: -len("x" * 64 + ".json")] + f"{digest(data)}.json"


def without(*names: str) -> dict[str, bytes]:
    return {name: data for name, data in FILES.items() if name not in names}


def test_control_another_reader_is_loaded_for_many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    monkeypatch.setattr("briefing.codec.swift.read", lambda data, **_: asked.append(data))
    found(FILES)

    assert asked == (list(FILES.values()) if request.node.callspec.params["among"] == "many" else [])


def test_a_whole_record_has_no_findings_and_is_in_the_order_of_its_names() -> None:
    store = MemoryStore()
    publish(store, [one.event for one in reversed(LOG)])
    log = load(store)

    assert (log.recorded, log.findings) == (LOG, ())
    log.require_whole()


@pytest.mark.parametrize("place", range(0, len(FILES[LAST]), 40))
def test_any_changed_byte_is_found(place: int) -> None:
    data = bytearray(FILES[LAST])
    data[place] ^= 1

    assert found({**FILES, LAST: bytes(data)}) == [("altered", LAST)]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("cut", [lambda data: data[:0], lambda data: data[:-1], lambda data: data + b"\n", lambda data: data.replace(b"\n", b"\r\n")])
def test_any_file_that_was_cut_or_rewritten_is_found(name: str, cut: Callable[[bytes], bytes]) -> None:
    assert ("altered", name) in found({**FILES, name: cut(FILES[name])})


@pytest.mark.parametrize("name", [FIRST, MIDDLE])
def test_a_removed_event_that_others_follow_is_a_missing_parent_and_never_called_tampering(name: str) -> None:
    store = MemoryStore()
    for other, data in without(name).items():
        store.put(other, data)
    (finding,) = load(store).findings

    assert (finding.kind, finding.name) == ("missing parent", name[-69:][:8])
    assert "not yet synced, or removed" in finding.message
    assert "tamper" not in finding.message


def test_a_removed_newest_event_is_not_seen_without_a_list_of_heads_but_the_basis_differs() -> None:
    whole, short = MemoryStore(), MemoryStore()
    for name, data in FILES.items():
        whole.put(name, data)
        if name != LAST:
            short.put(name, data)

    assert load(short).findings == ()
    assert load(short).basis != load(whole).basis


@pytest.mark.parametrize(
    "name",
    [
        FIRST.replace(".json", " (1).json"),
        FIRST.replace(".json", ".sync-conflict-20260302-101112.json"),
        FIRST.replace(".json", " (conflicted copy).json"),
        FIRST.removeprefix("2026-03/"),
        f"2026-04/{FIRST.removeprefix('2026-03/')}",
        "2026-03/desktop.ini",
        ".DS_Store",
    ],
)
def test_a_stray_is_listed_and_does_no_harm(name: str) -> None:
    store = MemoryStore()
    for file, data in {**FILES, name: FILES[FIRST]}.items():
        store.put(file, data)
    log = load(store)

    assert [(one.kind, one.name) for one in log.findings] == [("stray", name)]
    assert log.recorded == LOG
    log.require_whole()


def test_an_event_renamed_to_another_time_is_misdated_and_counts_once() -> None:
    moved = FIRST.replace("T120000", "T130000")

    assert found({**without(FIRST), moved: FILES[FIRST]}) == [("misdated", moved)]
    assert found({**FILES, moved: FILES[FIRST]}) == [("misdated", moved)]


def test_an_event_renamed_to_another_type_is_misnamed_and_counts_once() -> None:
    moved = FIRST.replace("meeting-held", "fact-stated")

    assert found({**FILES, moved: FILES[FIRST]}) == [("misnamed", moved)]


@pytest.mark.parametrize(("field", "value"), [("type", "meeting.dreamt"), ("schema", 2)])
def test_an_event_of_a_later_version_is_unknown_and_says_that_a_newer_program_can_read_it(field: str, value: object) -> None:
    data = json.dumps({**json.loads(FILES[FIRST]), field: value}).encode()
    store = MemoryStore()
    store.put(named(data), data)
    (finding,) = load(store).findings

    assert (finding.kind, finding.name) == ("unknown", named(data))
    assert "a newer briefing can read it" in finding.message


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", FILES[FIRST] + b"{}", FILES[FIRST].replace(b'"id"', b'"jd"')])
def test_bytes_that_are_no_event_are_invalid_even_when_their_name_is_their_hash(data: bytes) -> None:
    assert found({named(data): data}) == [("invalid", named(data))]


@pytest.mark.parametrize(
    "files",
    [
        {**FILES, FIRST: b"altered"},
        without(FIRST),
        {**without(FIRST), FIRST.replace("T12", "T13"): FILES[FIRST]},
        {**without(FIRST), FIRST.replace("meeting-held", "fact-stated"): FILES[FIRST]},
        {named(b"{}"): b"{}"},
    ],
    ids=["altered", "missing parent", "misdated", "misnamed", "invalid"],
)
def test_a_record_that_is_not_whole_is_refused_with_the_files_named(files: dict[str, bytes]) -> None:
    store = MemoryStore()
    for name, data in files.items():
        store.put(name, data)
    log = load(store)
    with pytest.raises(RecordNotWhole) as refusal:
        log.require_whole()

    assert log.findings[0].name in refusal.value.message
    assert refusal.value.exit_code == 5


def test_the_basis_of_one_head_is_its_digest_and_of_several_the_hash_of_the_sorted_digests() -> None:
    here = history(meeting_held("m3"), after=LOG)
    there = history(meeting_held("m4"), after=LOG, at=NOON + timedelta(minutes=1), writer="embassy")
    store = MemoryStore()
    publish(store, [one.event for one in (*LOG, *here)])
    assert load(store).heads == (here[0].digest,)
    assert load(store).basis == here[0].digest

    publish(store, [one.event for one in there])
    heads = sorted((here[0].digest, there[0].digest))
    assert load(store).heads == tuple(heads)
    assert load(store).basis == hashlib.sha256("".join(f"{one}\n" for one in heads).encode()).hexdigest()


def test_loading_leaves_the_collector_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    assert gc.isenabled()
    load(FolderStore(tmp_path / "events"))
    assert gc.isenabled()
    gc.disable()
    try:
        load(FolderStore(tmp_path / "events"))
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_name_of_a_file_in_this_test_is_the_name_that_the_codec_gives() -> None:
    assert [file_name(one.event, digest(encode(one.event))) for one in LOG] == list(FILES)
