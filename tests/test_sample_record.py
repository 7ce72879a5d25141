"""The record that ships: everything the two texts say, and nothing else."""

from __future__ import annotations

import hashlib
from itertools import chain

import pytest

from briefing.events import SourceRegistered
from briefing.passages import sentences
from briefing.payload import Citation, Model
from briefing.projector import project
from briefing.resources import sample_events_dir
from briefing.state import BriefingState
from briefing.store.folder import FolderStore
from briefing.store.log import Log, load

NO_STATEMENT = {
    "Vikram Misri's U.S. Visit Reinforces India-U.S. Strategic Partnership": "headline, twice",
    "The North News": "masthead",
    "New Delhi, May 31": "dateline; stands in the source's own fields",
}


@pytest.fixture(scope="module")
def log() -> Log:
    return load(FolderStore(sample_events_dir()))


@pytest.fixture(scope="module")
def state(log: Log) -> BriefingState:
    return project(log.recorded)


def citations(part: Model) -> list[Citation]:
    if isinstance(part, Citation):
        return [part]
    values = (getattr(part, name) for name in type(part).model_fields)
    inside = chain.from_iterable(value if isinstance(value, tuple) else (value,) for value in values)
    return [one for value in inside if isinstance(value, Model) for one in citations(value)]


def test_the_record_is_whole_and_every_name_is_the_hash(log: Log) -> None:
    log.require_whole()
    assert log.findings == ()
    for file in sample_events_dir().rglob("*.json"):
        assert hashlib.sha256(file.read_bytes()).hexdigest() == file.stem[-64:]


def test_every_event_is_recorded_by_the_sample(log: Log) -> None:
    assert {one.event.recorded_by for one in log.recorded} == {"briefing sample"}


def test_every_quotation_stands_in_its_text(log: Log, state: BriefingState) -> None:
    quoted = [one for recorded in log.recorded for one in citations(recorded.event)]
    assert quoted
    for one in quoted:
        assert one.source is not None
        assert state.sources[one.source].text[one.start : one.end] == one.quote


def test_every_sentence_of_both_texts_is_quoted_or_listed_with_its_reason(log: Log) -> None:
    quoted = [one for recorded in log.recorded for one in citations(recorded.event)]
    uncovered: list[str] = []
    counted = 0
    for recorded in log.recorded:
        source = recorded.event
        if isinstance(source, SourceRegistered):
            spans = [(c.start or 0, c.end or 0) for c in quoted if c.source == source.id]
            for start, end in sentences(source.text):
                counted += 1
                if not any(a < end and b > start for a, b in spans):
                    uncovered.append(source.text[start:end])
    assert counted > len(uncovered)
    assert set(uncovered) <= set(NO_STATEMENT)


def test_there_is_one_commitment_and_it_is_undated(state: BriefingState) -> None:
    (item,) = state.commitments
    assert item.commitment.due is not None
    assert item.commitment.due.precision == "undated"
    assert {c.strength for c in item.commitment.citations} == {"agreed", "expected"}


def test_the_texts_differ_on_seven_points(state: BriefingState) -> None:
    assert [d.label for d in state.differences] == [
        "Pillars",
        "Defence production, exercises",
        "Export controls",
        "Strategic Trade Dialogue",
        "FATF",
        "Elbridge Colby",
        "COMPACT was launched",
    ]


def test_no_meeting_has_a_day_of_its_own_and_the_year_is_inferred(state: BriefingState) -> None:
    assert not any(m.own_day for m in state.meetings.values())
    when = state.visits["misri-us-2025"].when
    assert when is not None
    assert when.year_inferred


def test_the_security_council_is_a_gap(state: BriefingState) -> None:
    (meeting,) = state.meetings_of_agency("us-nsc")
    assert not meeting.held.content_known
    assert not meeting.held.points
    assert "no content" in {gap.kind for gap in state.gaps if gap.about == meeting.id}
