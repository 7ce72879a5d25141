"""Two copies of a record are joined by copying: nothing is lost, deleted or written over, and nothing bad is spread."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from briefing.errors import StoreFailed
from briefing.store.memory import MemoryStore
from briefing.store.sync import Side, sync
from briefing.store.verify import verify
from tests.given import NOON, agency_described, event_redacted, fact_stated, history, meeting_held
from tests.store.records import (
    CORRECTION,
    FILES,
    LOG,
    MEETING,
    SOURCE,
    Files,
    digest_in,
    files_of,
    stored,
    under_its_hash,
    without,
)

NOW = NOON + timedelta(days=1)
HERE = files_of(history(meeting_held("m2", title="Coal", agencies=("us-a",)), after=LOG))
THERE = files_of(history(agency_described("us-b"), fact_stated("f"), after=LOG, at=NOON + timedelta(minutes=1), writer="embassy"))  # fmt: skip
BOTH = {**FILES, **HERE, **THERE}
EDITED = FILES[MEETING].replace(b"Steel", b"Stone", 1)


def held(store: MemoryStore) -> Files:
    return {name: store.read(name) for name in store.names()}


def synced(here: Mapping[str, bytes], there: Mapping[str, bytes], *, rescue: bool = False, dry_run: bool = False) -> tuple[Side, Side, Files, Files]:
    stores = stored(here), stored(there)
    a, b = sync(stores, now=NOW, rescue=rescue, dry_run=dry_run)
    return a, b, held(stores[0]), held(stores[1])


def test_each_gets_what_the_other_has_and_both_are_whole() -> None:
    a, b, here, there = synced({**FILES, **HERE}, {**FILES, **THERE})

    assert here == there == BOTH
    assert (a.got, b.got) == (sorted(THERE), sorted(HERE))
    assert (a.refused, b.refused, a.strays, b.strays) == ({}, {}, [], [])
    assert verify(stored(here), now=NOW).findings == ()


def test_a_second_sync_has_nothing_to_do() -> None:
    a, b, here, there = synced(BOTH, BOTH)

    assert (a.got, b.got) == ([], [])
    assert here == there == BOTH


def test_a_new_copy_gets_the_whole_record() -> None:
    _, b, _, there = synced(FILES, {})

    assert there == FILES
    assert b.got == sorted(FILES)


def test_dry_run_says_the_same_and_puts_nothing() -> None:
    stray = {f"2026-03/{digest_in(MEETING)}": FILES[MEETING]}
    before = ({**without(MEETING), **HERE, **stray}, {**without(MEETING), **THERE})
    told = synced(*before, rescue=True, dry_run=True)
    done = synced(*before, rescue=True)

    assert told[2:] == before
    assert (told[0].got, told[0].rescued) == (done[0].got, done[0].rescued) == (sorted(THERE), [MEETING])


BAD = {
    "altered": {**without(MEETING), MEETING: EDITED},
    "empty": {**without(MEETING), MEETING: b""},
    "misdated": {**without(MEETING), MEETING.replace("T1200", "T1300"): FILES[MEETING]},
    "misnamed": {**without(MEETING), MEETING.replace("meeting-held", "fact-stated"): FILES[MEETING]},
    "invalid": {**FILES, under_its_hash(b"{}", CORRECTION): b"{}"},
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_not_what_its_name_says_is_refused_listed_and_left_where_it_is(name: str) -> None:
    a, b, here, there = synced(BAD[name], {})
    (bad,) = a.refused

    assert here == BAD[name]
    assert there == without(bad, files=BAD[name])
    assert b.refused == {}
    assert bad not in b.got


def test_a_good_copy_is_taken_from_the_third_when_the_first_is_altered() -> None:
    stores = stored({**FILES, MEETING: EDITED}), stored(FILES), stored({})
    first, _, third = sync(stores, now=NOW)

    assert held(stores[2]) == FILES
    assert list(first.refused) == [MEETING]
    assert third.got == sorted(FILES)


def test_a_file_altered_here_is_not_written_over_by_the_good_one_there() -> None:
    _, _, here, there = synced({**FILES, MEETING: EDITED}, FILES)

    assert here[MEETING] == EDITED
    assert there == FILES


def test_an_event_of_a_later_version_is_carried_along() -> None:
    data = FILES[CORRECTION].replace(b'"schema": 1', b'"schema": 99')
    name = under_its_hash(data, CORRECTION)
    _, b, _, there = synced({**FILES, name: data}, FILES)

    assert (there[name], b.got) == (data, [name])


STRAYS = ["2026-03/copy.json", ".tmp-1-a", MEETING.upper(), MEETING.replace("2026-03/", "2026-04/"), MEETING.replace("T1200", "T1300"), MEETING.replace("meeting-held", "fact-stated")]  # fmt: skip


@pytest.mark.parametrize("name", STRAYS)
def test_a_stray_that_is_a_missing_event_is_listed_and_put_in_its_place_only_when_asked(name: str) -> None:
    lost = {**without(MEETING), name: FILES[MEETING]}
    a, _, here, there = synced(lost, {})
    assert [(one.name, one.belongs) for one in a.strays] == [(name, MEETING)]
    assert here == lost
    assert MEETING not in there

    a, _, here, there = synced(lost, {}, rescue=True)
    assert a.rescued == [MEETING]
    assert here == {**lost, MEETING: FILES[MEETING]}
    assert there == FILES


def test_one_record_alone_can_have_its_strays_rescued() -> None:
    store = stored({**without(MEETING), "2026-03/copy.json": FILES[MEETING]})
    (side,) = sync([store], now=NOW, rescue=True)

    assert side.rescued == [MEETING]
    assert store.read(MEETING) == FILES[MEETING]


def test_a_stray_that_changed_since_it_was_looked_at_is_not_put() -> None:
    class Changing(MemoryStore):
        reads = 0

        def read(self, name: str) -> bytes:
            self.reads += name == "2026-03/copy.json"
            return EDITED if name == "2026-03/copy.json" and self.reads > 1 else super().read(name)

    store = Changing()
    for name, data in {**without(MEETING), "2026-03/copy.json": FILES[MEETING]}.items():
        store.put(name, data)
    (side,) = sync([store], now=NOW, rescue=True)

    assert side.rescued == []
    assert MEETING not in store.names()


def test_a_rescue_does_not_write_over_an_altered_file_and_says_to_take_it_away() -> None:
    a, _, here, _ = synced({**FILES, MEETING: EDITED, "2026-03/copy.json": FILES[MEETING]}, {}, rescue=True)

    assert here[MEETING] == EDITED
    assert a.rescued == []
    assert "take that file away" in a.refused[MEETING].message


@pytest.mark.parametrize("data", [b"half a file", EDITED, FILES[MEETING]])
def test_a_stray_that_is_no_missing_event_is_listed_and_never_put(data: bytes) -> None:
    a, _, here, there = synced({**FILES, "2026-03/desktop.ini": data}, {}, rescue=True)

    assert [one.name for one in a.strays] == ["2026-03/desktop.ini"]
    assert a.rescued == []
    assert there == FILES
    assert here == {**FILES, "2026-03/desktop.ini": data}


def test_what_was_redacted_in_one_copy_is_not_brought_back_from_the_other() -> None:
    redaction = files_of(history(event_redacted(LOG[0]), after=LOG))
    here = {**without(SOURCE), **redaction, "2026-03/copy.json": FILES[SOURCE]}
    a, b, here_after, there = synced(here, FILES, rescue=True)

    assert here_after == here
    assert there == {**FILES, **redaction}
    assert (a.rescued, list(b.withheld)) == ([], [SOURCE])
    assert "redacted: delete it" in a.strays[0].message


def test_a_file_that_cannot_be_read_is_refused_and_the_rest_is_copied() -> None:
    class Failing(MemoryStore):
        def read(self, name: str) -> bytes:
            if name == MEETING:
                raise StoreFailed("cannot read it: Input/output error")
            return super().read(name)

    failing, other = Failing(), MemoryStore()
    for name, data in FILES.items():
        failing.put(name, data)
    a, _ = sync([failing, other], now=NOW)

    assert held(other) == without(MEETING)
    assert a.refused[MEETING].kind == "unreadable"


def test_a_sync_that_is_cut_off_leaves_causes_without_their_effects_and_the_next_completes_it() -> None:
    class Full(MemoryStore):
        def put(self, name: str, data: bytes) -> None:
            if len(list(self.names())) == 5:
                raise StoreFailed("cannot write: No space left on device")
            super().put(name, data)

    full = Full()
    with pytest.raises(StoreFailed):
        sync([stored(FILES), full], now=NOW)

    assert list(full.names()) == sorted(FILES)[:5]
    assert verify(full, now=NOW).findings == ()
    again = stored(held(full))
    sync([again, stored(FILES)], now=NOW)
    assert held(again) == FILES
