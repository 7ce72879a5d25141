"""What became of what we wanted."""

from __future__ import annotations

from briefing.events import ObjectiveScored
from briefing.notes.frame import Frame
from briefing.notes.note import Heading, Table, plain
from briefing.notes.visit import visit_report
from briefing.payload import Objective
from tests.given import Told, cited, given, meeting_held, source_registered, visit_described

FRAME = Frame(basis="0" * 64, made_at="2026-06-30T12:00:00Z", as_at="30 June 2026")
WANTED = (Objective(id="o1", say="A date."), Objective(id="o2", say="A list."))


def scored(objective: str, score: str, **rest: object) -> Told:
    return Told(ObjectiveScored, "", {"objective": objective, "score": score, "evidence": "It was named.", **rest})


def results(*told: Told) -> list[list[str]]:
    blocks = visit_report(given(source_registered("s"), *told, meeting_held("m", visit="v")), "v", FRAME).blocks
    at = [n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.text == "Results against objectives"]
    table = blocks[at[0] + 1] if at else None
    return [[plain(cell) for cell in row] for row in table.rows] if isinstance(table, Table) else []


def test_each_objective_of_a_visit_comes_back_with_what_became_of_it_and_the_evidence() -> None:
    assert results(visit_described("v", objectives=WANTED), scored("v/o1", "partly", citations=(cited("s"),))) == [
        ["A date.", "◧ Partly", "It was named. [A2]"], ["A list.", "△ Not scored", "– none"],
    ]  # fmt: skip


def test_the_later_of_two_scores_is_printed() -> None:
    assert results(visit_described("v", objectives=WANTED[:1]), scored("v/o1", "not"), scored("v/o1", "met"))[0][1] == "■ Met"


def test_a_visit_without_objectives_has_no_such_part() -> None:
    assert results(visit_described("v")) == []
