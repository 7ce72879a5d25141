"""A small record that is whole, as files, for tests that change one thing in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.codec import digest, encode, file_name
from briefing.events import Recorded
from briefing.store.memory import MemoryStore
from tests.given import (
    agency_described,
    cited,
    commitment,
    commitment_updated,
    event_corrected,
    history,
    meeting_held,
    met,
    person_described,
    point,
    post,
    source_registered,
    topic_described,
    visit_described,
)

Files = dict[str, bytes]

LOG = history(
    source_registered("text-a"),
    agency_described("us-a"),
    person_described("doe-jane", posts=(post("Secretary", "us-a"),)),
    topic_described("steel"),
    visit_described("spring", principal="doe-jane"),
    meeting_held(
        "m1",
        on="2026-03-02",
        visit="spring",
        agencies=("us-a",),
        participants=(met("doe-jane", agency="us-a"),),
        points=(point(topics=("steel",), by="us-a", about=("us-a",), citations=(cited("text-a"),)),),
        commitments=(commitment(owed_by="doe-jane", owed_to="ours"),),
    ),
    commitment_updated("m1/c1", status="in hand"),
    event_corrected("m1", title="Steel and energy"),
)


def files_of(log: Sequence[Recorded]) -> Files:
    return {file_name(one.event, one.digest): encode(one.event) for one in log}


FILES = files_of(LOG)
SOURCE, AGENCY, PERSON, TOPIC, VISIT, MEETING, UPDATE, CORRECTION = FILES


def stored(files: Mapping[str, bytes]) -> MemoryStore:
    store = MemoryStore()
    for name, data in files.items():
        store.put(name, data)
    return store


def without(*names: str, files: Mapping[str, bytes] = FILES) -> Files:
    return {name: data for name, data in files.items() if name not in names}


def renamed(old: str, new: str) -> Files:
    return {**without(old), new: FILES[old]}


def digest_in(name: str) -> str:
    return name[-69:-5]


def under_its_hash(data: bytes, like: str) -> str:
    """Return the name that bytes have whose digest is right, with the time and type of another file."""
    return f"{like[:-69]}{digest(data)}.json"
