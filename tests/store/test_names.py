"""Event names are safe on every system: where letters have no case, where some names are devices, and in URLs."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path, PureWindowsPath
from urllib.parse import quote

import pytest
from hypothesis import given as over
from hypothesis import settings

from briefing.codec import digest, encode, file_name, parse_name
from briefing.events import EVENT_TYPES, Event
from briefing.store.folder import FolderStore
from briefing.store.log import load
from briefing.store.verify import verify
from tests.drawn import events, filled
from tests.store.records import FILES, LOG, MEETING
from tests.store.test_verify import NOW

RESERVED = ["CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))]


def is_safe(name: str) -> bool:
    """Tell whether a name means one file everywhere."""
    parts = name.split("/")
    return (
        re.fullmatch(r"[0-9a-zTZ./-]+", name) is not None
        and all(part.split(".")[0].upper() not in RESERVED and part[-1] not in ". " and len(part) < 200 for part in parts)
        and quote(name) == name
        and PureWindowsPath(name).as_posix() == name
    )


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_the_name_of_every_type_is_safe_whatever_the_event_says(kind: type[Event]) -> None:
    for text in ("CON", "aux.txt", "a:b\\c?", "x" * 300):
        event = filled(kind, text)
        assert is_safe(file_name(event, digest(encode(event))))


@settings(max_examples=100, deadline=None)
@over(events(), events())
def test_two_events_have_two_names_where_letters_have_no_case(one: Event, other: Event) -> None:
    names = [file_name(event, digest(encode(event))) for event in (one, other)]

    assert all(map(is_safe, names))
    assert (names[0].casefold() == names[1].casefold()) is (names[0] == names[1])
    assert [parse_name(name) is not None for name in names] == [True, True]


def test_what_is_not_safe_is_seen() -> None:
    for name in ("CON.json", "2026-03/aux.json", "a:b", "a ", "a.", "Ä.json", "LPT1", "x" * 201, "a\\b"):
        assert not is_safe(name), name
    assert all(map(is_safe, FILES))


STRAYS = [*(f"2026-03/{name}.json" for name in RESERVED), "2026-03/Con", "NUL.txt", "aux", "2026-03/trailing. ", "2026-03/a:b.json"]


def test_strays_with_reserved_names_are_listed_and_do_no_harm(tmp_path: Path) -> None:
    for name, data in FILES.items():
        FolderStore(tmp_path).put(name, data)
    for name in STRAYS:
        (tmp_path / name).write_bytes(FILES[MEETING])

    assert load(FolderStore(tmp_path)).recorded == LOG
    found = verify(FolderStore(tmp_path), now=NOW).findings
    assert sorted(one.name for one in found) == sorted(STRAYS)
    assert {(one.kind, one.belongs) for one in found} == {("stray", "")}


@pytest.mark.parametrize("change", [str.upper, str.lower, str.swapcase])
@pytest.mark.parametrize("name", FILES)
def test_a_file_whose_name_changed_its_case_is_a_stray_and_is_offered_back(tmp_path: Path, change: type, name: str) -> None:
    other = change(name)
    for one, data in FILES.items():
        FolderStore(tmp_path).put(one, data)
    (tmp_path / name).rename(tmp_path / other)
    found = [one for one in verify(FolderStore(tmp_path), now=NOW).findings if one.kind == "stray"]

    assert [(one.name, one.belongs) for one in found] == [(other, name)]


def test_a_record_of_every_type_has_names_apart_by_more_than_case() -> None:
    assert all(one.casefold() != other.casefold() for one, other in combinations(FILES, 2))
