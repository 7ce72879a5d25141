"""What each sentence of a paper rests on: events and quotations, or a rule; and words that rest on nothing are seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefing.notes.frame import Frame
from briefing.notes.grounds import Grounds, Statement, statements
from briefing.notes.note import Note, Paragraph, Run, Table
from briefing.notes.papers import PAPERS, Material, Paper, make
from briefing.projector import project
from briefing.render.words import block_pieces
from briefing.resources import sample_events_dir
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.given import given, history, meeting_held

LOG = load(FolderStore(sample_events_dir()))
MATERIAL = Material(project(LOG.recorded, today=LOG.recorded[-1].at.date()), LOG.recorded)
FRAME = Frame(basis=LOG.basis, heads=LOG.heads, made_at="2026-11-24T06:13:11Z", as_at="24 November 2026, 06:13 UTC")
GROUNDS = Grounds(LOG.recorded)
AGENCIES = " ".join(MATERIAL.state.agencies)
SUBJECTS: dict[str, list[Paper]] = {
    "visit": [Paper("visit", one) for one in MATERIAL.state.visits],
    "agency": [Paper("agency", one) for one in MATERIAL.state.agencies],
    "matrix": [Paper("matrix", options=(("agencies", AGENCIES),))],
    "commitments": [Paper("commitments"), Paper("commitments", "us-commerce")],
    "actions": [Paper("actions", "both"), Paper("actions", "us-state")],
    "changes": [Paper("changes", options=(("since", "1 January 2026"), ("since_time", "2026-01-01T00:00:00+00:00")))],
    "record": [Paper("record", id_) for id_ in MATERIAL.state.meetings if id_ != "misri-us-2025-whole"],
    "handover": [Paper("handover"), Paper("handover", options=(("agencies", "us-defense us-nsc"),))],
    "meeting": [], "card": [], "book": [], "public": [],
}  # fmt: skip
"""The papers that can be made of the record that ships; it plans no meeting and releases none."""


OF_THE_SAMPLE = [paper for papers in SUBJECTS.values() for paper in papers]


def wanting(note: Note) -> list[Statement]:
    """Return the statements in words that lead to no event and no rule."""
    return [
        one for one in GROUNDS.of(note) if any(sign.isalpha() for sign in one.text) and not (one.grounds or one.rule)
    ]


def test_every_kind_of_paper_is_asked() -> None:
    assert SUBJECTS.keys() == PAPERS.keys()


@pytest.mark.parametrize("paper", OF_THE_SAMPLE, ids=lambda one: f"{one.kind} {one.subject}".strip())
def test_every_sentence_of_every_paper_leads_to_an_event_or_to_a_rule(paper: Paper) -> None:
    assert wanting(make(MATERIAL, paper, FRAME)) == []


@pytest.mark.parametrize("words", ["The moon is made of cheese.", "Both ministers were delighted with the weather."])
def test_words_that_are_nobodys_are_seen(words: str) -> None:
    note = make(MATERIAL, Paper("visit", "misri-us-2025"), FRAME)
    forged = replace(note, blocks=(*note.blocks, Paragraph((Run(words),), 99)))

    assert [one.place for one in wanting(forged)] == ["paragraph 99"]


@pytest.mark.parametrize("paper", OF_THE_SAMPLE, ids=lambda one: f"{one.kind} {one.subject}".strip())
def test_no_words_of_the_text_are_passed_over(paper: Paper) -> None:
    note = make(MATERIAL, paper, FRAME)
    asked = "".join("".join(run.text for run in runs) for _, runs in statements(note))

    for block in note.blocks:
        if isinstance(block, Paragraph):
            assert "".join(run.text for run in block.runs) in asked
        elif isinstance(block, Table):
            assert all("".join(run.text for run in cell) in asked for row in block.rows for cell in row)
        elif block.kind in ("footnotes", "sources"):
            assert [piece for piece in block_pieces(block) if len(piece) > 10 and piece not in asked] == []


def test_a_mark_leads_to_the_quotations_it_stands_for_and_to_the_event_that_cites_them() -> None:
    note = make(MATERIAL, Paper("visit", "misri-us-2025"), FRAME)
    (found,) = [one for one in GROUNDS.of(note) if one.text.startswith("Terrorism. ")]

    meeting = found.grounds[0]
    assert meeting.event.type == "meeting.held"
    assert meeting.digest == MATERIAL.state.meetings["counterparts-not-named-2025-05"].digest
    assert {(one.source, one.paragraph) for one in meeting.quoted} == {("text-385b5a4685ea", 5)}
    source = MATERIAL.state.sources["text-385b5a4685ea"]
    assert all(source.text[one.start : one.end] == one.quote for one in meeting.quoted)


def test_words_inside_longer_words_are_not_taken_for_their_own() -> None:
    log = history(meeting_held("m1", on="2026-03-02", title="Steel"), meeting_held("m2", on="2026-03-03", title="Steel and energy"))
    found = Grounds(log).statement("paragraph 1", (Run("They met on steel and energy."),))

    assert [one.digest for one in found.grounds] == [given_digest(log, "m2")]


def test_a_part_of_a_word_is_no_word() -> None:
    log = history(meeting_held("m1", on="2026-03-02", title="Steel"))

    assert Grounds(log).statement("paragraph 1", (Run("Steelworkers applauded."),)).grounds == ()


def given_digest(log: tuple, id_: str) -> str:  # type: ignore[type-arg]
    return next(one.digest for one in log if getattr(one.event, "id", "") == id_)


def test_what_was_retracted_supplies_no_words() -> None:
    from tests.given import event_retracted

    log = history(meeting_held("m1", on="2026-03-02", title="Talks on steel"), event_retracted("m1"))
    assert given(meeting_held("m1", on="2026-03-02", title="Talks on steel"), event_retracted("m1")).meetings == {}

    assert Grounds(log).statement("paragraph 1", (Run("Talks on steel."),)).grounds == ()


EXAMPLE = load(FolderStore(Path(__file__).parents[2] / "docs/examples/record/events"))
PLANNED = Material(project(EXAMPLE.recorded, today=EXAMPLE.recorded[-1].at.date()), EXAMPLE.recorded)
TO_COME = [Paper(kind, id_) for kind in ("meeting", "card") for id_ in PLANNED.state.planned] + [Paper("book"), Paper("handover")]


@pytest.mark.parametrize("paper", TO_COME, ids=lambda one: f"{one.kind} {one.subject}".strip())
def test_every_sentence_of_what_is_written_for_a_meeting_to_come_leads_somewhere(paper: Paper) -> None:
    note = make(PLANNED, paper, replace(FRAME, to="Minister"))
    found = Grounds(EXAMPLE.recorded).of(note)

    assert len(found) > 5
    assert [one.text for one in found if any(map(str.isalpha, one.text)) and not (one.grounds or one.rule)] == []
