"""A slice of the record gives the paper that the whole record gives."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as over
from hypothesis import strategies as st

from briefing.cli.history import history as history_of
from briefing.events import AgencyDescribed, PersonDescribed, Recorded, VisitDescribed
from briefing.linked import Digests, LinkedLog
from briefing.notes.agency import agency_summary
from briefing.notes.frame import Frame
from briefing.notes.note import Note
from briefing.notes.visit import visit_report
from briefing.projector import project
from briefing.roles import Role
from briefing.slices import (
    LISTED,
    agency_slice,
    listed_slice,
    named_slice,
    of_agency,
    register_slice,
    visit_slice,
)
from briefing.spelling import is_digest
from briefing.stand_ins import stands_in
from briefing.state import BriefingState, RegisterKind
from briefing.store.log import Log
from briefing.store.moment import recorded_by
from tests.drawn import histories
from tests.entangled import AGENCIES, VISITS, tangles
from tests.given import (
    agency_described,
    commitment,
    commitment_updated,
    event_corrected,
    event_redacted,
    event_retracted,
    history,
    meeting_held,
    met,
    person_described,
    point,
    post,
    topic_described,
    visit_described,
    visit_reported,
)

MANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
SOME = settings(MANY, max_examples=80)
FRAME = Frame(basis="0" * 64, made_at="2026-03-01T12:00:00Z", as_at="1 March 2026")
DATES = st.none() | st.sampled_from([date(2025, 5, 2), date(2025, 6, 3), date(2030, 1, 1)])


def only(log: Sequence[Recorded], digests: Digests) -> list[Recorded]:
    return [one for one in log if one.digest in digests]


def page(log: Sequence[Recorded], agency: str, as_of: date | None = None) -> Note | None:
    state = project(log, as_of=as_of, today=date(2026, 3, 1))
    return agency_summary(state, agency, FRAME) if agency in state.agencies else None


def report(log: Sequence[Recorded], visit: str, as_of: date | None = None) -> Note | None:
    state = project(log, as_of=as_of, today=date(2026, 3, 1))
    return visit_report(state, visit, FRAME) if visit in state.visits else None


def said_of(state: BriefingState, agency: str) -> list[Any]:
    return [
        state.meetings_of_agency(agency), state.people_of_agency(agency), state.commitments_of_agency(agency), state.assessment_of(agency),
        state.agencies.get(agency), state.find("agency", agency),
    ]  # fmt: skip


@MANY
@over(tangles(), st.sampled_from(AGENCIES), DATES)
def test_the_slice_of_an_agency_gives_the_page_that_the_whole_record_gives(log: tuple[Recorded, ...], agency: str, as_of: date | None) -> None:
    part = only(log, agency_slice(LinkedLog(log), [agency]))

    assert page(part, agency, as_of) == page(log, agency, as_of)
    assert said_of(project(part, as_of=as_of), agency) == said_of(project(log, as_of=as_of), agency)


@MANY
@over(tangles(), st.sampled_from(VISITS), DATES)
def test_the_slice_of_a_visit_gives_the_report_that_the_whole_record_gives(log: tuple[Recorded, ...], visit: str, as_of: date | None) -> None:
    part = only(log, visit_slice(LinkedLog(log), visit))

    assert report(part, visit, as_of) == report(log, visit, as_of)


@MANY
@over(tangles(), st.integers(0, 14))
def test_a_slice_of_all_cut_at_a_time_gives_the_page_as_it_was_known_then(log: tuple[Recorded, ...], known: int) -> None:
    then = recorded_by(Log(log, ()), log[min(known, len(log) - 1)].at).recorded
    both = agency_slice(LinkedLog(log), AGENCIES[:2])

    for agency in AGENCIES[:2]:
        assert page(only(then, both), agency) == page(then, agency)


@MANY
@over(histories(most=8), st.sampled_from(["a", "b", "us-treasury"]))
def test_of_any_history_at_all_the_slice_says_of_an_agency_what_the_whole_says(log: tuple[Recorded, ...], agency: str) -> None:
    part = only(log, agency_slice(LinkedLog(log), [agency]))

    assert said_of(project(part), agency) == said_of(project(log), agency)


@MANY
@over(tangles())
def test_a_part_of_the_register_answers_for_names_as_the_whole_record_does(log: tuple[Recorded, ...]) -> None:
    for kind, name in ((AgencyDescribed, "agency"), (PersonDescribed, "person"), (VisitDescribed, "visit")):
        part = project(only(log, register_slice(LinkedLog(log), kind)))
        whole = project(log)

        assert part.names.get(name) == whole.names.get(name)


def listed(state: BriefingState, name: str) -> list[Any]:
    """Return what a list shows of one kind of thing."""
    if name == "planned":
        return [(id_, one, id_ in state.meetings) for id_, one in state.planned.items()]
    if name == "objectives":
        bearers = [*state.visits.values(), *(one.plan for one in state.planned.values())]
        return [(one, state.scores.get(f"{one.id}/o1")) for one in bearers]
    if name == "notes":
        return list(state.notes.items())
    return [one for one in getattr(state, name).values() if not stands_in(one)]


@SOME
@over(tangles() | histories(most=8), st.sampled_from(sorted(LISTED)), DATES)
def test_a_list_of_a_slice_is_the_list_of_the_whole_record(log: tuple[Recorded, ...], name: str, as_of: date | None) -> None:
    part = only(log, LISTED[name](LinkedLog(log)))

    assert listed(project(part, as_of=as_of), name) == listed(project(log, as_of=as_of), name)


@SOME
@over(tangles() | histories(most=8), st.sampled_from([*AGENCIES, "a", "b"]), DATES)
def test_lists_of_one_agency_need_only_what_touches_it(log: tuple[Recorded, ...], agency: str, as_of: date | None) -> None:
    part = only(log, listed_slice(LinkedLog(log), agency))
    states = project(part, as_of=as_of), project(log, as_of=as_of)
    meetings, commitments, planned = ([of(state) for state in states] for of in (
        lambda state: state.meetings_of_agency(agency),
        lambda state: state.commitments_of_agency(agency),
        lambda state: [one for one in listed(state, "planned") if agency in one[1].plan.agencies],
    ))  # fmt: skip

    assert of_agency(LinkedLog(part), agency) == of_agency(LinkedLog(log), agency)
    assert meetings[0] == meetings[1]
    assert commitments[0] == commitments[1]
    assert planned[0] == planned[1]


KINDS: tuple[RegisterKind, ...] = ("meeting", "planned", "visit", "agency", "person", "topic", "source")
NAMED = ["us-treasury", "Short", "MEA", "ann", "Ann Lee", "CARBON", "talks", "Talks", "Steel talks", "b", "x", "talks/c1"]


@SOME
@over(tangles() | histories(most=8), st.sampled_from(NAMED) | st.integers(0, 13))
def test_a_reference_means_in_its_slice_what_it_means_in_the_whole_record(log: tuple[Recorded, ...], said: str | int) -> None:
    reference = [*(one.digest[:8].upper() for one in log), "ann"][said % (len(log) + 1)] if isinstance(said, int) else said
    part = only(log, named_slice(LinkedLog(log), reference))
    name = reference.split("/", maxsplit=1)[0]
    whole, sliced = project(log), project(part)

    assert {kind: sliced.find(kind, name) for kind in KINDS} == {kind: whole.find(kind, name) for kind in KINDS}
    for one in log:
        if (is_digest(reference.lower()) and one.digest.startswith(reference.lower())) or getattr(one.event, "id", "") in {whole.find(kind, name) for kind in KINDS}:
            assert one in part
            assert history_of(part, one.digest, ()) == history_of(log, one.digest, ())


# ── each rule of a slice is needed ────────────────────────────────────────────────────────────


class Forgetful(LinkedLog):
    """Links of a log that forget one role, or what an event is about."""

    def __init__(self, log: Sequence[Recorded], forgotten: str) -> None:
        super().__init__(log)
        self.forgotten = forgotten

    def events(self, roles: Collection[Role], things: Digests) -> Digests:
        return super().events([role for role in roles if role.name != self.forgotten], things)

    def here(self, digests: Digests) -> Digests:
        return set() if self.forgotten == "targets" else super().here(digests)

    def things(self, roles: Collection[Role], events: Digests) -> Digests:
        return super().things([role for role in roles if self.forgotten != "VISIT" or role is not Role.VISIT], events)

    def of_types(self, kinds: Collection[Any]) -> Digests:
        return set() if self.forgotten == "registers" else super().of_types(kinds)


TREASURY = agency_described("us-treasury", "Treasury")
COMMERCE = agency_described("us-commerce", "Commerce")
CHANGED = {
    "targets": (
        meeting_held("talks", agencies=("us-commerce",), points=(point(),)),
        event_corrected("talks", agencies=["us-treasury"]),
    ),
    "ABOUT": (
        meeting_held("talks", agencies=("us-treasury",), points=(point(),)),
        event_corrected("talks", label="moved", agencies=["us-commerce"]),
        event_retracted("moved", label="withdrawn"),
        event_retracted("withdrawn"),
    ),
    "BEARS": (
        meeting_held("talks", agencies=("us-commerce",), commitments=(commitment(),)),
        meeting_held("talks", agencies=("us-treasury",), commitments=(commitment(),)),
        commitment_updated("talks/c1", status="done"),
    ),
    "DEFINES": (
        meeting_held("talks", agencies=("us-treasury",), participants=(met("ann"),), points=(point(),)),
        person_described("ann", "Ann Lee", posts=(post("Envoy"),)),
    ),
    "NEWS_OF": (
        meeting_held("talks", agencies=("us-treasury",), commitments=(commitment(),)),
        commitment_updated("talks/c1", status="done"),
    ),
    "VISIT": (
        visit_described("spring"),
        meeting_held("talks", visit="spring", agencies=("us-treasury",), points=(point(topics=("coal",)),)),
        visit_reported("report", "spring", points=(point(say="Coal was named.", topics=("coal",)),)),
    ),
    "registers": (
        topic_described("ores", "ORE", expansion="Our Rare Earths"),
        meeting_held("talks", agencies=("us-treasury",), points=(point(say="ORE was named."),)),
        agency_described("mea", side="ours", country="India"),
    ),
}


LATER = event_corrected("lee", name="Ann Li", aliases=["The Envoy"])


@pytest.mark.parametrize(("told", "name", "rule"), [
    ((person_described("lee", "Ann Lee"),), "ann lee", "CALLED"),
    ((person_described("lee", "Ann Lee"), LATER), "THE ENVOY", "CALLED"),
    ((person_described("lee", "Ann Lee"), event_corrected("lee", id="li")), "li", "BEARS"),
    ((meeting_held("talks", title="Steel"), meeting_held("call", title="Steel"), event_retracted("talks")), "steel", "ABOUT"),
])
def test_a_reference_that_forgot_one_rule_would_be_seen(told: tuple[Any, ...], name: str, rule: str) -> None:
    log = history(*told)

    def found(record: LinkedLog) -> list[str | None]:
        state = project(only(log, named_slice(record, name)))
        return [state.find(kind, name) for kind in KINDS]

    assert any(found(LinkedLog(log)))
    assert found(LinkedLog(log)) == [project(log).find(kind, name) for kind in KINDS]
    assert found(Forgetful(log, rule)) != found(LinkedLog(log))


@pytest.mark.parametrize("rule", CHANGED)
def test_a_slice_that_forgot_one_rule_would_be_seen(rule: str) -> None:
    log = history(TREASURY, COMMERCE, *CHANGED[rule])
    whole = page(log, "us-treasury")

    assert page(only(log, agency_slice(LinkedLog(log), ["us-treasury"])), "us-treasury") == whole
    assert page(only(log, agency_slice(Forgetful(log, rule), ["us-treasury"])), "us-treasury") != whole


def test_a_slice_leaves_out_what_has_nothing_to_do_with_the_agency() -> None:
    log = history(
        TREASURY, COMMERCE, visit_described("spring"), person_described("ann", posts=(post("Envoy", "us-commerce"),)),
        meeting_held("talks", visit="spring", agencies=("us-treasury",), points=(point(about=("call",)),)),
        meeting_held("call", agencies=("us-commerce",), participants=(met("ann"),), points=(point(),)),
        commitment_updated("call/c1", status="done"),
    )  # fmt: skip
    named = [getattr(one.event, "id", "") for one in only(log, agency_slice(LinkedLog(log), ["us-treasury"]))]

    assert named == ["us-treasury", "us-commerce", "spring", "talks"]


def test_what_was_redacted_leads_nowhere() -> None:
    log = history(TREASURY, meeting_held("talks", agencies=("us-treasury",)))
    log += history(event_redacted(log[1]), after=log)

    assert agency_slice(LinkedLog(log), ["us-treasury"]) == {log[0].digest}
