"""What we wanted of a visit or a meeting, and what became of it: met, partly or not, with the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.notes.note import Column, Run, Runs, Table
from briefing.notes.writer import Writer
from briefing.payload import Citation, Objective
from briefing.state import BriefingState

SCORED = {"met": "■ Met", "partly": "◧ Partly", "not": "□ Not met"}


def scored_table(writer: Writer, bearer: str, objectives: Sequence[Objective]) -> Table:
    """Return the objectives of a visit or a meeting, one a row; one that nobody scored says so."""
    columns = (Column("Objective", 40), Column("Result", 16), Column("Evidence", 44))
    return Table(columns=columns, rows=tuple(_row(writer, bearer, one) for one in objectives))


def _row(writer: Writer, bearer: str, objective: Objective) -> tuple[Runs, ...]:
    score = writer.state.scores.get(f"{bearer}/{objective.id}")
    if score is None:
        return ((Run(objective.say),), (Run("△ Not scored", "flag"),), (Run("– none", "muted"),))
    evidence = (Run(score.said.evidence), *writer.mark(score.said.citations))
    return ((Run(objective.say),), (Run(SCORED[score.said.score], "flag"),), evidence)


def score_citations(state: BriefingState, bearer: str, objectives: Sequence[Objective]) -> list[Citation]:
    """Return what the scores of objectives rest on."""
    scores = (state.scores.get(f"{bearer}/{one.id}") for one in objectives)
    return [citation for score in scores if score for citation in score.said.citations]
