"""The papers of the example record, word for word; `python -m tests.notes.test_example_record` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.events import Recorded
from briefing.notes.grounds import Grounds
from briefing.render.body import body_pages
from briefing.render.markdown import render_markdown
from tests.example_record import EXAMPLE, PAPERS, TALKS, example, log, material
from tests.test_sample_record import citations

SNAPSHOTS = Path(__file__).parent / "example"


def snapshot(name: str) -> Path:
    return SNAPSHOTS / f"{name.replace(' ', '-')}.md"


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_of_the_example_record_reads_as_it_did(name: str) -> None:
    assert render_markdown(example(name)) == snapshot(name).read_text(encoding="utf-8")


def test_the_record_is_whole_and_extends_the_one_that_ships() -> None:
    shipped = {file.name for file in (EXAMPLE.parents[2] / "events").rglob("*.json")}

    log().require_whole()
    assert shipped < {file.name for file in (EXAMPLE / "events").rglob("*.json")}


def imagined() -> list[Recorded]:
    shipped = {file.stem[-64:] for file in (EXAMPLE.parents[2] / "events").rglob("*.json")}
    return [one for one in log().recorded if one.digest not in shipped]


def test_what_was_added_says_that_it_is_an_illustration() -> None:
    added = imagined()

    assert {one.event.recorded_by for one in added} == {"illustration"}
    assert {one.event.type for one in added} >= {"meeting.planned", "note.issued", "note.returned", "line.agreed", "commitment.updated"}
    assert all("ILLUSTRATION" in example(name).band for name in PAPERS)


def test_what_was_added_puts_no_new_words_into_the_mouth_of_a_text() -> None:
    known = {(one.source, one.quote) for recorded in log().recorded if recorded not in imagined() for one in citations(recorded.event)}

    quoted = [(one.source, one.quote) for recorded in imagined() for one in citations(recorded.event) if one.source]
    assert quoted
    assert set(quoted) <= known


def test_the_planned_meeting_has_no_date() -> None:
    assert material().state.planned["strategic-trade-dialogue"].when is None


@pytest.mark.parametrize(("name", "pages"), [("meeting brief", 2), ("points card", 1), ("public cut", 1)])
def test_a_paper_keeps_to_its_pages(name: str, pages: int) -> None:
    assert body_pages(example(name)) <= pages


def test_a_record_of_a_meeting_has_two_pages_at_most() -> None:
    assert body_pages(example("meeting record")) <= 2


def test_the_public_cut_names_nobody_of_the_imagined_office() -> None:
    page = render_markdown(example("public cut"))

    assert TALKS not in page
    assert log().basis[:8] not in page
    assert "Desk of an imagined office" not in page


@pytest.mark.parametrize("name", PAPERS)
def test_every_sentence_leads_to_an_event_or_to_a_rule(name: str) -> None:
    said = Grounds(log().recorded).of(example(name))

    words = [one for one in said if any(sign.isalpha() for sign in one.text)]
    assert words
    assert [one.text for one in words if not (one.grounds or one.rule)] == []


if __name__ == "__main__":
    SNAPSHOTS.mkdir(exist_ok=True)
    for name in PAPERS:
        snapshot(name).write_text(render_markdown(example(name)), encoding="utf-8")
