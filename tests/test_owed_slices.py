"""Trackers and action sheets made from their slice say what they say when they are made from the whole record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as over
from hypothesis import strategies as st

from briefing.events import Recorded
from briefing.linked import Digests, LinkedLog
from briefing.notes.frame import Frame
from briefing.notes.papers import SHEETS, Material, Paper, make
from briefing.owed_slices import SIDES
from briefing.paper_slices import SLICES, Scope
from briefing.projector import project
from briefing.state import BriefingState, RegisterKind
from tests.drawn import histories
from tests.entangled import AGENCIES, PEOPLE, tangles
from tests.given import (
    agency_described,
    commitment,
    commitment_updated,
    day,
    event_corrected,
    event_retracted,
    history,
    meeting_held,
    person_described,
    post,
)

MANY = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
FRAME = Frame(basis="0" * 64, made_at="2026-03-01T12:00:00Z", as_at="1 March 2026")
OVERDUE = (("overdue", "yes"),)
OWNERS = ["ours", "theirs", "both", *AGENCIES, *PEOPLE]
PAPERS = [
    *(Paper("commitments", agency) for agency in AGENCIES), *(Paper("commitments", agency, OVERDUE) for agency in ("", *AGENCIES)),
    *(Paper("actions", owner, options) for owner in OWNERS for options in ((), OVERDUE)),
    *(Paper("actions", owner, (("agency", AGENCIES[0]),)) for owner in OWNERS),
]  # fmt: skip
DATES = st.none() | st.sampled_from([date(2025, 6, 3), date(2026, 9, 1), date(2030, 1, 1)])


def slice_of(record: LinkedLog, paper: Paper, as_of: date | None = None) -> Digests:
    overdue = bool(paper.option("overdue"))
    found = SLICES[paper.kind](
        record, Scope(paper.subject, as_of=as_of, agency=paper.option("agency"), overdue=overdue)
    )
    assert found is not None
    return found


def only(log: Sequence[Recorded], digests: Digests) -> list[Recorded]:
    return [one for one in log if one.digest in digests]


def named(paper: Paper) -> list[tuple[str, Sequence[RegisterKind]]]:
    """Return what a paper names, with the kinds of register that the commands look it up in."""
    owner: Sequence[RegisterKind] = () if paper.subject in SIDES else ("person", "agency")
    subject = "" if not owner else paper.subject
    return [(subject, ("agency",) if paper.kind == "commitments" else owner), (paper.option("agency"), ("agency",))]


def said(log: Sequence[Recorded], paper: Paper, as_of: date | None = None) -> Any:
    """Return the paper and its rows; None where what it is about is not on record."""
    state: BriefingState = project(log, as_of=as_of, today=date(2030, 1, 1))
    if not all(any(state.find(kind, one) == one for kind in kinds) for one, kinds in named(paper) if one):
        return None
    return make(Material(state, log), paper, FRAME), list(SHEETS[paper.kind](state, paper))


@MANY
@over(tangles() | histories(most=8), st.sampled_from(PAPERS), DATES)
def test_a_tracker_of_its_slice_is_that_of_the_whole_record(
    log: tuple[Recorded, ...], paper: Paper, as_of: date | None
) -> None:
    part = only(log, slice_of(LinkedLog(log), paper, as_of))

    assert said(part, paper, as_of) == said(log, paper, as_of)


DUE = commitment("c1", "Send the list.", owed_by="us-treasury", due=day(2025, 5, 1))
TALKS = meeting_held("talks", on="1 April 2025", agencies=("us-treasury",), commitments=(DUE,))
TREASURY = agency_described("us-treasury", "Treasury")
DONE = commitment_updated("talks/c1", label="done", status="done")


def test_what_is_sure_to_be_closed_is_not_read() -> None:
    log = history(TREASURY, TALKS, DONE)

    assert not slice_of(LinkedLog(log), Paper("commitments", "", OVERDUE))


def test_a_tracker_of_all_needs_the_whole_record() -> None:
    assert SLICES["commitments"](LinkedLog(()), Scope("")) is None


class Forgetful(LinkedLog):
    """Links of a log that forget one thing."""

    def __init__(self, log: Sequence[Recorded], forgotten: str) -> None:
        super().__init__(log)
        self.forgotten = forgotten

    def unclosed(self, until: str) -> Digests:
        return set() if self.forgotten == "unclosed" else super().unclosed(until)

    def promised(self, of: str, until: str) -> Digests:
        return set() if self.forgotten == "promised" else super().promised(of, until)

    def moved(self, things: Digests, kinds: Any) -> Digests:
        return set() if self.forgotten == "moved" else super().moved(things, kinds)

    def events(self, roles: Any, things: Digests) -> Digests:
        return super().events([role for role in roles if role.name != self.forgotten], things)


ANN = person_described("ann", "Ann Lee", posts=(post("Envoy", "us-treasury"),))
OF_ANN = meeting_held("call", on="1 April 2025", commitments=(DUE.model_copy(update={"owed_by": "ann"}),))
CHANGED = {
    "unclosed": ((TALKS, DONE, event_retracted("done")), Paper("commitments", "", OVERDUE)),
    "promised": ((TALKS,), Paper("actions", "us-treasury")),
    "moved": (
        (meeting_held("talks", on="1 April 2025", commitments=(DUE.model_copy(update={"owed_by": "mea"}),)),
         event_corrected("talks", commitments__c1__owed_by="us-treasury")), Paper("actions", "us-treasury"),
    ),
    "POST": ((ANN, OF_ANN), Paper("actions", "us-treasury")),
    "DEFINES": ((), Paper("actions", "us-treasury")),
}  # fmt: skip


@pytest.mark.parametrize("rule", CHANGED)
def test_a_slice_that_forgot_one_rule_would_be_seen(rule: str) -> None:
    told, paper = CHANGED[rule]
    log = history(TREASURY, *told)
    whole = said(log, paper)

    assert said(only(log, slice_of(LinkedLog(log), paper)), paper) == whole
    assert said(only(log, slice_of(Forgetful(log, rule), paper)), paper) != whole
