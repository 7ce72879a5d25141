"""What drafts come to is told from the part of a record that bears on them as it is from the whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as over
from hypothesis import strategies as st

from briefing import draft_slices
from briefing.cli import planning
from briefing.cli.planning import Request
from briefing.dates import parse_span
from briefing.decide import Plan
from briefing.duplicates import likely_meetings
from briefing.errors import InvalidDraft
from briefing.events import Recorded
from briefing.intake.drafts import gather_drafts
from briefing.items import LoadedText, Problems
from briefing.linked import Digests, LinkedLog, Whole
from briefing.pen import Pen
from briefing.projector import project
from briefing.store.index import Index
from briefing.store.log import Ends, Log
from tests.entangled import DAYS, MEETINGS, SAID, TOPICS, plain, tangles
from tests.given import (
    NOON,
    agency_described,
    event_corrected,
    event_redacted,
    event_retracted,
    fact_stated,
    history,
    meeting_held,
    met,
    person_described,
    source_registered,
    visit_described,
)

MANY = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
Draft = dict[str, Any]
one_of = st.sampled_from


class Parts:
    """The index of a record in memory; it counts what is read."""

    def __init__(self, log: Sequence[Recorded]) -> None:
        self.log = log
        self.linked = LinkedLog(log)
        self.whole = Log(tuple(log), ())
        self.read = 0

    def part(self, wanted: Callable[[Whole], Digests | None]) -> Log | None:
        if (digests := wanted(self.linked)) is None:
            return None
        found = tuple(one for one in self.log if one.digest in digests)
        self.read = len(found)
        return Log(found, (), of=Ends(self.whole.heads, self.whole.newest))


def asked(*drafts: Draft, new: bool = True) -> Request:
    problems = Problems()
    items = [item for one in drafts for item in gather_drafts(json.dumps(one).encode(), "draft", problems)]
    text = LoadedText("north.txt", "a" * 64, "Headline\nThe two sides agreed to hold talks soon.\n")
    return Request(items, {"north.txt": text}, problems, new=new)


def of_part(log: Sequence[Recorded], request: Request) -> Plan | None:
    part = planning.bearing_on(request, cast("Index", Parts(log))) if told_of_a_part(request) else None
    return None if part is None else decided(part, request)


def decided(log: Log, request: Request) -> Plan:
    pen = Pen(by="a test", now=NOON + timedelta(days=1), newest=log.newest, heads=log.heads, nonce=lambda: "0" * 32)
    return request.decided(log, pen)


def told_of_a_part(request: Request) -> bool:
    return not request.problems and draft_slices.told_of_a_part(request.items)


def of_whole(log: Sequence[Recorded], request: Request) -> Plan:
    return decided(Log(tuple(log), ()), request)


def told(plan: Plan) -> tuple[object, ...]:
    """Return all that is told of a plan, and put on record for it."""
    fresh = [(one.kind, one.name, one.place, one.id, one.nearest) for one in plan.fresh]
    alike = [(new, known) for new, known in likely_meetings(plan.state, [one.event for one in plan.events])]
    return plan.events, plan.skipped, fresh, plan.new_entries, alike


def same(log: Sequence[Recorded], request: Request) -> bool:
    """Tell whether a part told what drafts come to; it is what the whole tells."""
    found = of_part(log, request)
    if found is not None:
        assert told(found) == told(of_whole(log, request))
    return found is not None


@st.composite
def drafts(draw: st.DrawFn, log: Sequence[Recorded]) -> Draft:
    """Return a draft that speaks of what is on record, by any of its names, and of what is not."""
    known = project(log).names
    people = [one.title() for one in known.get("person", {})] + ["Ann Newcomer", "Bob", "Cy, Envoy"]
    bodies = [*known.get("agency", {}), "New Body", "mea"]
    kind = draw(one_of(["meeting", "meeting", "meeting", "person", "agency", "topic"]))
    if kind != "meeting":
        words = {"person": people, "agency": bodies, "topic": [*TOPICS, "Tin"]}[kind]
        return {kind: draw(one_of(words)), **draw(st.fixed_dictionaries({}, optional={"also": one_of(["Alias", "Bob"])}))}
    titles = [*known.get("meeting", {}), "Lunch", "A new round"]
    whom = st.lists(one_of(people), min_size=1, max_size=2)
    speaker = one_of(["ours", "theirs", *known.get("agency", {})])
    visits = one_of([*known.get("visit", {})] or ["nowhere"])
    texts = [{"A": "north.txt"}, *({"A": one} for one in known.get("source", {}))]
    point = st.fixed_dictionaries({"say": one_of(SAID)}, optional={"by": speaker, "topic": one_of([*TOPICS, "Tin"])})
    owed = st.fixed_dictionaries({"say": one_of(SAID)}, optional={"by": speaker, "to": speaker, "due": one_of(DAYS[:2])})
    optional = {
        "with": whom, "ours": whom, "visit": visits, "id": one_of([*MEETINGS, "another", "onemore"]),
        "commitments": st.lists(owed, max_size=2), "sources": one_of(texts), "notes": st.just("Desk"),
    }  # fmt: skip
    first = {"meeting": one_of(titles), "when": one_of(DAYS), "agency": one_of(bodies), "points": st.lists(point, min_size=1, max_size=2)}
    return draw(st.fixed_dictionaries(first, optional=optional))


@MANY
@over(st.data())
def test_of_any_history_and_any_drafts(data: st.DataObject) -> None:
    log = data.draw(tangles())
    one = data.draw(drafts(log))
    request = asked(one, *data.draw(st.lists(drafts(log), max_size=1)), new=data.draw(st.booleans()))
    same(log, request)
    try:
        written = of_whole(log, request).events
    except InvalidDraft:
        return
    after = (*log, *written)
    target = data.draw(one_of(written)) if written else None
    if target is not None:
        changes = [event_corrected(target.digest, title="Quite another"), event_retracted(target.digest), event_redacted(target)]
        after = (*after, *history(data.draw(one_of(changes)), after=after, at=NOON + timedelta(days=2)))
    same(after, request)
    same(after, asked(one))


DATED = ["1 June 2025", "3 June 2025", "2–4 June 2025", "June 2025", "soon"]
DAY = st.none() | one_of(DATED).map(parse_span)
BODIES = [(), ("treasury",), ("fisheries",), ("treasury", "fisheries")]
THERE = [(), (met("rao-ann"),), (met("roe-bob"),), (met("rao-ann"), met("roe-bob"))]


@st.composite
def months(draw: st.DrawFn) -> tuple[Recorded, ...]:
    """Return a record of meetings of about the same days, some of them moved since, or of other bodies and people."""
    log = history(
        agency_described("treasury", "Treasury"), agency_described("fisheries", "Fisheries"),
        person_described("rao-ann", name="Ann Rao"), person_described("roe-bob", name="Bob Roe"),
        visit_described("trip", on="2–4 June 2025"),
    )  # fmt: skip
    for n in range(draw(st.integers(1, 3))):
        when, visit, agencies, there = draw(DAY), draw(one_of([None, "trip"])), draw(one_of(BODIES)), draw(one_of(THERE))
        log += history(meeting_held(f"m{n}", when=when, visit=visit, agencies=agencies, participants=there), after=log)
        news = {"when": DAY, "agencies": one_of(BODIES), "participants": one_of(THERE), "visit": st.just("trip")}
        if (name := draw(one_of([None, *news]))) is not None:
            log += history(event_corrected(f"m{n}", **{name: plain(draw(news[name]))}), after=log)
            if draw(st.booleans()):
                log += history(event_retracted(log[-1].digest), after=log)
    if draw(st.booleans()):
        log += history(event_corrected("trip", when=plain(parse_span("9 June 2025"))), after=log)
    return log


@MANY
@over(months(), one_of(DATED), one_of([["Treasury"], ["Treasury", "Fisheries"]]), one_of([[], ["Ann Rao"], ["Ann Rao", "Bob Roe"]]))
def test_of_meetings_of_about_the_same_days(log: tuple[Recorded, ...], on: str, bodies: list[str], people: list[str]) -> None:
    about = {"when": on, "agency": bodies, **({"with": people} if people else {})}

    assert same(log, asked({"meeting": "Talks", "points": [{"say": "Nothing was agreed."}], **about}))


FAR = history(
    agency_described("treasury", "Treasury"), agency_described("steel-board", "Steel Board"),
    person_described("rao-ann", name="Ann Rao"), person_described("roe-bob", name="Bob Roe"), source_registered("north"),
    *(meeting_held(f"m{n}", on="3 June 2025", agencies=("steel-board",), title=f"Talks {n}") for n in range(9)),
    meeting_held("lunch", on="3 June 2025", agencies=("treasury",), participants=(met("roe-bob"),), title="A lunch"),
    fact_stated("newcomer-cy"), agency_described("fisheries", "Fisheries"),
)  # fmt: skip
TALKS: Draft = {"meeting": "Talks", "when": "3 June 2025", "agency": "Treasury", "points": [{"say": "Nothing was agreed."}]}


def test_what_has_nothing_to_do_with_a_draft_is_not_read() -> None:
    parts = Parts(FAR)

    part = planning.bearing_on(asked(TALKS), cast("Index", parts))

    assert part is not None
    plan = decided(part, asked(TALKS))
    assert parts.read == 5, "three agencies, the lunch of that day with who was there"
    assert [known.id for _, known in likely_meetings(plan.state, [one.event for one in plan.events])] == ["lunch"]


def test_a_new_name_is_held_against_all_names_and_an_id_that_is_taken_is_not_given() -> None:
    request = asked({**TALKS, "with": ["Cy Newcomer", "Anna Rao"]})
    plan = of_part(FAR, request)

    assert plan is not None
    assert [(one.id, one.nearest) for one in plan.fresh] == [("newcomer-cy-2", ()), ("rao-anna", ("rao-ann",))]
    assert told(plan) == told(of_whole(FAR, request))


def test_a_draft_that_is_on_record_adds_nothing_though_all_of_it_was_changed_since() -> None:
    request = asked({**TALKS, "meeting": "Far talks"})
    written = of_whole(FAR, request).events
    log = (*FAR, *written, *history(event_corrected(written[-1].digest, title="Near", id="near"), after=(*FAR, *written), at=NOON + timedelta(days=2)))
    plan = of_part(log, request)

    assert plan is not None
    assert (plan.events, len(plan.skipped)) == ((), 1)


def test_the_control_a_decision_that_is_not_asked_what_bears_on_it_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(draft_slices, "needed_besides", lambda *_: frozenset())

    for draft in (TALKS, {**TALKS, "with": ["Cy Newcomer"]}, {**TALKS, "with": ["Anna Rao"]}):
        with pytest.raises(AssertionError):
            same(FAR, asked(draft))


def test_the_control_a_meeting_that_was_moved_to_the_day_is_missed_by_who_does_not_ask_what_was_moved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    was = history(meeting_held("tea", on="1 May 2025", agencies=("treasury",)), after=FAR)
    moved = history(event_corrected("tea", when=plain(parse_span("3 June 2025"))), fact_stated("later"), after=(*FAR, *was))
    assert same((*FAR, *was, *moved), asked(TALKS))
    monkeypatch.setattr(LinkedLog, "moved", lambda *_: frozenset())

    with pytest.raises(AssertionError):
        same((*FAR, *was, *moved), asked(TALKS))


@pytest.mark.parametrize("draft", [{"fact": "Steel is dear."}, {"meeting": "m", "adds to": "lunch"}, {"planned": "Talks"}])
def test_of_other_drafts_the_whole_tells(draft: Draft) -> None:
    assert not draft_slices.told_of_a_part(asked(draft).items)


def test_what_is_wrong_is_told_from_the_whole() -> None:
    assert of_part(FAR, asked({**TALKS, "visit": "nowhere"})) is None
    assert of_part(FAR, asked({**TALKS, "meeting": "Lunch", "id": "lunch"})) is None
