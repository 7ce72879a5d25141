"""What is entered of files is the same whether events are read as models or, being many, as stand-ins for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from briefing import codec, swift
from briefing.codec import digest, encode, file_name, parse_name, stand_in
from briefing.events import EVENT_TYPES, Event, EventRedacted, Recorded
from briefing.linked import LinkedLog
from briefing.links import links, touched
from briefing.roles import Role, roles_in, ways_of
from briefing.store.entries import Entries, read_entries
from briefing.store.folder import FolderStore
from briefing.store.shelf import FolderShelf
from tests.drawn import events, filled
from tests.given import NOON, event_corrected, history, meeting_held
from tests.hostile import NAUGHTY
from tests.store.records import files_of, stored
from tests.store.test_verify import cases
from tests.test_swift import altered_of


def entries(files: Mapping[str, bytes], *, many: bool) -> Entries:
    """Return what is entered of those files that bear the name of an event, as if they were few or many."""
    named = [name for name in sorted(files) if parse_name(name)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("briefing.store.log._MANY", 0 if many else len(named) + 1)
        return read_entries(stored(files), list(enumerate(named, 7)))


@st.composite
def files(draw: st.DrawFn) -> dict[str, bytes]:
    """Return some events as files under the names that fit their bytes, which may hold anything; or names of others."""
    found = {}
    for _ in range(draw(st.integers(1, 3))):
        event = draw(events())
        data = draw(st.one_of(st.just(encode(event)), altered_of(event)))
        told = event.model_copy(update={"recorded_at": event.recorded_at.replace(microsecond=7)}) if data != encode(event) else event
        late = told.model_copy(update={"recorded_at": told.recorded_at + timedelta(seconds=1)})
        name = file_name(draw(st.sampled_from([told, told, told, late])), digest(data))
        if draw(st.integers(0, 9)) == 0:
            name = name.replace(event.type.replace(".", "-"), draw(st.sampled_from(["fact-stated", "meeting-dreamt"])))
        found[name] = data
    return found


@settings(max_examples=120, deadline=None)
@over(files())
def test_of_any_files_the_same_is_entered(some: dict[str, bytes]) -> None:
    assert entries(some, many=True) == entries(some, many=False)


@pytest.mark.parametrize("kind", EVENT_TYPES)
def test_of_every_field_of_every_type_the_same_is_entered(kind: type[Event]) -> None:
    told = [filled(kind, text) for text in NAUGHTY[:10]]
    some = files_of([Recorded(digest(encode(one)), one) for one in told])
    many = entries(some, many=True)

    assert many == entries(some, many=False)
    assert all(sound for *_, sound in many.files)


@pytest.mark.parametrize(("kind", "damaged", "names"), list(cases()))
def test_of_a_damaged_record_the_same_is_entered_and_found(kind: str, damaged: Mapping[str, bytes], names: Sequence[str]) -> None:
    assert entries(damaged, many=True) == entries(damaged, many=False)


@pytest.mark.parametrize("kind", sorted(set(EVENT_TYPES) - {EventRedacted}, key=str))
def test_every_type_but_redactions_has_stand_ins(kind: type[Event]) -> None:
    event = filled(kind, "Steel").model_copy(update={"recorded_at": NOON.replace(microsecond=7)})
    found = stand_in(file_name(event, digest(encode(event))), encode(event))

    assert found is not None
    assert type(found) is not kind


def test_what_an_event_touches_is_its_links_role_by_role() -> None:
    for one in history(meeting_held("m1", visit="spring", agencies=("us-a",)), event_corrected("m1", title="Steel")):
        found = {(role, to) for to, ways in touched(one.event).items() for role in roles_in(ways)}
        log = LinkedLog([one])

        assert found == {(link.role, link.to) for link in links(one.event)}
        assert {(role, to) for role in Role for to in log.things([role], {one.digest})} == found


@over(st.sets(st.sampled_from(Role)))
def test_a_number_stands_for_any_roles(roles: set[Role]) -> None:
    assert set(roles_in(ways_of(roles))) == roles


def test_a_file_of_a_folder_has_the_stamp_that_a_listing_gives_it(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    some = files_of(history(meeting_held("m1"), meeting_held("m2")))
    for name, data in some.items():
        store.put(name, data)
    listed = dict(chain.from_iterable(FolderShelf(store).files(month) for month in sorted({name[:7] for name in some})))
    names = sorted(some)

    assert dict(zip(names, read_entries(store, list(enumerate(names))).stamps, strict=True)) == listed
    assert read_entries(stored(some), list(enumerate(names))).stamps == []


# ── what is checked besides, with controls ────────────────────────────────────────────────────

(_, HELD, CORRECTED) = history(meeting_held("m0"), meeting_held("m1"), event_corrected("m1", title="Coal"), at=NOON.replace(microsecond=7))


def test_a_fraction_in_a_correction_is_found_among_many_too() -> None:
    data = encode(CORRECTED.event).replace(b'"Coal"', b"1.5")
    some = {file_name(CORRECTED.event, digest(data)): data}

    assert stand_in(*files_of([CORRECTED]).popitem())
    assert [one.kind for one in entries(some, many=True).findings] == ["invalid"]
    assert entries(some, many=True) == entries(some, many=False)


@pytest.mark.parametrize("lost", ["head", "proof"])
def test_control_stand_ins_that_are_checked_less_are_told_apart(lost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ((name, data),) = files_of([HELD]).items()
    twice = data.replace(b'  "title": ', b'  "title": "Coal",\n  "title": ')
    some = {"head": {name.replace("T12", "T13"): data}, "proof": {file_name(HELD.event, digest(twice)): twice}}[lost]
    assert name not in some
    assert entries(some, many=True) == entries(some, many=False)
    if lost == "head":
        monkeypatch.setattr(codec, "_fits", lambda *_: True)
    else:
        monkeypatch.setattr(swift, "checked_way", swift.proven_way)

    assert entries(some, many=True) != entries(some, many=False)
