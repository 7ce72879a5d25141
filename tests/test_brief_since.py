"""The brief of a reader who saw an earlier one is that of the whole record, though what came since is read alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import given as over
from hypothesis import strategies as st

from briefing import lineage, paper_slices
from briefing.amend import ABOUT_EVENTS
from briefing.ancestry import Lineage
from briefing.dates import parse_span
from briefing.events import Recorded
from briefing.lineage import added_since
from briefing.linked import Digests, LinkedLog
from briefing.markings.profile import Level, Profile
from briefing.notes import meeting_file
from briefing.notes.frame import Frame
from briefing.notes.note import Note
from briefing.notes.papers import Material, Paper, make
from briefing.paper_slices import Scope, meeting_slice, notes_on
from briefing.projector import project
from briefing.state import IssuedNote
from tests.drawn import Log, apart, joined
from tests.entangled import AGENCIES, MEETINGS, PEOPLE, SOURCES, TOPICS, tangles
from tests.given import (
    Told,
    agency_described,
    commitment,
    commitment_updated,
    event_corrected,
    event_retracted,
    fact_stated,
    history,
    meeting_held,
    meeting_planned,
    met,
    note_issued,
    note_returned,
    note_seen,
    person_described,
    point,
    post,
    source_registered,
    to_make,
    topic_described,
)

MANY = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
DATES = st.none() | st.sampled_from([date(2025, 5, 2), date(2025, 6, 3), date(2030, 1, 1)])
WIDTHS = st.sampled_from([(1, 2, 4, 60), (2, 3, 60), (60,)])
READER = "Minister"
LEVELS = tuple(Level(name=name, short=name[0]) for name in ("PUBLIC", "NORMAL", "SECRET"))
PROFILE = Profile(title="Drawn", default="NORMAL", public="PUBLIC", portions=True, levels=LEVELS)
FRAME = Frame(basis="0" * 64, made_at="2026-03-01T12:00:00Z", as_at="1 March 2026", to=READER)


@pytest.fixture(autouse=True, scope="module")
def few() -> Any:
    """Let a brief tell one contact and one fact, so that short histories have more than it tells."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CONTACTS", "FACTS"):
            patch.setattr(paper_slices, name, 1)
            patch.setattr(meeting_file, name, 1)
        yield


def brief(log: Sequence[Recorded], scope: Scope, behind: Lineage | None = None, *, marked: bool = True, of: Sequence[Recorded] = (), to: str = READER) -> Note:
    """Return the brief from some events; `behind` says who follows whom where these are a part `of` others."""
    state = project(log, as_of=scope.as_of, today=scope.today(LinkedLog(of or log)))
    material = Material(state, log, profiles=lambda _: PROFILE, lineage=behind or {})
    frame = replace(FRAME, as_of=f"{scope.as_of}", today=f"{scope.as_of}") if scope.as_of else FRAME
    return make(material, Paper("meeting", scope.subject), replace(frame, profile="drawn" if marked else "", to=to))


def last_seen(log: Sequence[Recorded], scope: Scope) -> IssuedNote | None:
    return project(log, as_of=scope.as_of).note_last_seen(READER, paper="meeting", subject=scope.subject)


def some(log: Sequence[Recorded], part: Digests) -> list[Recorded]:
    return [one for one in log if one.digest in part]


def of_part(log: Sequence[Recorded], scope: Scope, *, marked: bool = True) -> Note | None:
    """Return the brief from a part of a record; None where a window does not tell what came since."""
    record = LinkedLog(log)
    part, behind = meeting_slice(record, scope), None
    if (seen := last_seen(some(log, notes_on(record, scope.subject)), scope)) is not None:
        if (added := added_since(record, frozenset(seen.issued.heads))) is None:
            return None
        part |= added.slice(record)
        behind = added.lineage(part)
    return brief(some(log, part), scope, behind, marked=marked, of=log)


def same(log: Sequence[Recorded], scope: Scope, widths: tuple[int, ...] = (50,), *, marked: bool = True) -> bool:
    """Tell whether a part told a brief of a reader who saw an earlier one; what it tells is what the whole tells."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lineage, "WIDTHS", widths)
        found = of_part(log, scope, marked=marked)
    assert found in (None, brief(log, scope, marked=marked))
    return found is not None and last_seen(log, scope) is not None


def marks_are_known(log: Sequence[Recorded], scope: Scope) -> bool:
    """Tell whether a part gives the marks for a reader who saw none: of what is named and not here nobody knows them."""
    part = some(log, meeting_slice(LinkedLog(log), scope))
    return brief(part, scope, of=log, to="Nobody") == brief(log, scope, to="Nobody")


def issued(log: Sequence[Recorded], meeting: str, label: str = "A/1") -> Told:
    """Return that a brief was issued that was made when this was all of the record."""
    followed = {parent for one in log for parent in one.event.parents}
    heads = tuple(sorted(one.digest for one in log if one.digest not in followed))
    return note_issued(label, basis=heads[0], subject=meeting, heads=heads)


@st.composite
def readers(draw: st.DrawFn, log: Log, known: Log, meeting: str) -> Log:
    """Return a record with what became of a brief of an earlier point: who saw it, and what was taken back of that."""
    by = draw(st.sampled_from([READER, READER, READER, "Somebody else"]))
    when = draw(st.sampled_from([None, parse_span("3 June 2025")]))
    became = draw(st.sampled_from([note_seen("A/1", by, when=when), note_returned("A/1", by, decision="agree")]))
    log += history(issued(known, meeting), became, after=log)
    more = draw(st.sampled_from(["", "", "another", "moved", "unseen"]))
    if more == "unseen":
        log += history(event_retracted(log[-1].digest), after=log)
    if more == "moved":
        log += history(event_corrected(log[-2].digest, subject=draw(st.sampled_from(MEETINGS))), after=log)
    if more == "another":
        log += history(issued(log, meeting, "A/2"), note_seen("A/2"), fact_stated("since", about=("us-treasury",)), after=log)
    return log


PLANS = st.builds(
    lambda agencies, there, agenda, topics: history(
        meeting_planned("talks", on="2 June 2026", agencies=agencies, participants=there, agenda=agenda, points=(to_make(topics=topics),))
    ),
    st.sampled_from([(), ("us-treasury",), tuple(AGENCIES)]), st.sampled_from([(), (met("ann"),)]), st.sampled_from([(), ("Steel", "Carbon")]),
    st.sampled_from([(), ("coal",)]),
)  # fmt: skip


MARKS = st.sampled_from([None, None, "PUBLIC", "SECRET"])
MARKED = st.builds(
    lambda one, two, three: (
        meeting_held("old", on="1 May 2025", agencies=("us-treasury",), points=(point(marking=one),)),
        meeting_held("elsewhere", on="1 May 2025", agencies=("mea",), marking=two),
        *(person_described(one, one.title(), posts=(post("Envoy", "us-treasury"),), marking=three) for one in PEOPLE),
        *(agency_described(one, one) for one in AGENCIES), *(topic_described(one) for one in TOPICS),
        *(source_registered(one) for one in SOURCES),
    ),
    MARKS, MARKS, MARKS,
)  # fmt: skip


@MANY
@over(st.data(), st.tuples(PLANS, MARKED).flatmap(lambda both: tangles(most=12, after=(*both[0], *history(*both[1], after=both[0])))), st.integers(1, 12), DATES, WIDTHS)
def test_of_any_history_of_one_office(
    data: st.DataObject, log: Log, cut: int, as_of: date | None, widths: tuple[int, ...]
) -> None:
    scope = Scope("talks", as_of=as_of)
    for one in data.draw(st.lists(st.sampled_from(log), max_size=2)):
        if not isinstance(one.event, ABOUT_EVENTS):
            log += history(event_corrected(one.digest, marking=data.draw(MARKS)), after=log)
    log = data.draw(readers(log, log[:cut], "talks"))
    if "talks" in project(log, as_of=as_of).planned:
        marked = marks_are_known(log, scope)
        event(f"a part told it, marked {marked}: {same(log, scope, widths, marked=marked)}")


@MANY
@over(st.data(), apart(), st.booleans(), WIDTHS)
def test_of_any_history_of_two_offices(
    data: st.DataObject, copies: tuple[Log, Log, Log], before: bool, widths: tuple[int, ...]
) -> None:
    begun, here, there = copies
    plan = history(meeting_planned("talks", agencies=("a", "b"), agenda=("m-2026-03",)), after=joined(here, there))
    log = (*joined(here, there), *plan)
    log = data.draw(readers(log, (begun or log) if before else here or log, "talks"))
    if "talks" in project(log).planned:
        event(f"a part told it: {same(log, Scope('talks'), widths, marked=False)}")


# ── what it reads, and that each step is needed ───────────────────────────────────────────────

TREASURY, COAL = agency_described("us-treasury", "Treasury"), topic_described("coal")
OLD = history(
    TREASURY, COAL, agency_described("fisheries", "Fisheries"), *(meeting_held(f"m{n}", agencies=("fisheries",)) for n in range(4)),
    person_described("ann", "Ann Lee", posts=(post("Envoy", "us-treasury"),)),
    meeting_held("call", on="1 May 2025", agencies=("us-treasury",), title="A call"),
    meeting_planned("talks", on="2 June 2026", agencies=("us-treasury",)),
)  # fmt: skip
SEEN = (*OLD, *history(issued(OLD, "talks"), note_seen("A/1"), after=OLD))
NEWS = (*SEEN, *history(event_corrected("call", title="A long call"), person_described("ann", "Ann Lee-Smith", replaces=("ann",)), after=SEEN))
TALKS = Scope("talks")


def test_what_is_new_is_read_and_what_it_is_about_and_nothing_of_others() -> None:
    assert same(NEWS, TALKS, (4,))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lineage, "WIDTHS", (4,))
        record = LinkedLog(NEWS)
        added = added_since(record, frozenset([OLD[-1].digest]))
    assert added is not None
    left = {*NEWS} - {*some(NEWS, meeting_slice(record, TALKS) | added.slice(record))}
    assert {getattr(one.event, "id", "") for one in left} == {"m0", "m1", "m2", "m3"}


def test_who_saw_none_has_the_brief_of_who_asks_first() -> None:
    log = (*OLD, *history(issued(OLD, "talks"), note_seen("A/1", "Somebody else"), after=OLD))

    assert last_seen(log, TALKS) is None
    assert of_part(log, TALKS) == brief(log, TALKS)


@pytest.mark.parametrize("left_out", ["who follows whom", "what came since"])
def test_the_control_each_step_is_needed(left_out: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lineage, "WIDTHS", (4,))
    assert of_part(NEWS, TALKS) == brief(NEWS, TALKS)
    if left_out == "who follows whom":
        monkeypatch.setattr(lineage.Added, "lineage", lambda *_: {})
    else:
        monkeypatch.setattr(lineage.Added, "slice", lambda *_: frozenset())

    assert of_part(NEWS, TALKS) != brief(NEWS, TALKS)


# ── what its reader is told of what came since bears the marks of that, and of nothing else ───


def secret(told: Told) -> Told:
    return replace(told, payload={**told.payload, "marking": "SECRET"})


CALL = meeting_held("lunch", on="2 May 2025", agencies=("us-treasury",), points=(point(say="Coal was discussed."),))
MARKED_NEWS: dict[str, tuple[Sequence[Told], str]] = {
    "nothing": ((CALL,), "NORMAL"),
    "what has nothing to do with it": ((CALL, meeting_held("elsewhere", agencies=("fisheries",), marking="SECRET")), "NORMAL"),
    "what came": ((meeting_held("lunch", on="2 May 2025", agencies=("us-treasury",), marking="SECRET"),), "SECRET"),
    "a point of what came": ((meeting_held("lunch", on="2 May 2025", agencies=("us-treasury",), points=(point(marking="SECRET"),)),), "SECRET"),
    "a correction": ((secret(event_corrected("call", title="A long call")),), "SECRET"),
    "a withdrawal": ((CALL, secret(event_retracted("lunch"))), "SECRET"),
    "what was corrected": ((event_corrected("call", marking="SECRET"), event_corrected("call", title="A long call")), "SECRET"),
    "what an entry was before": (
        (person_described("ann", "Ann Lee", posts=(post("Spy", "us-treasury"),), replaces=("ann",), marking="SECRET", label="was"),
         person_described("ann", "Ann Lee-Smith", replaces=("was",), marking="NORMAL")), "SECRET"),
    "news of the same commitment": (
        (meeting_held("lunch", on="2 May 2025", agencies=("us-treasury",), commitments=(commitment(),)),
         commitment_updated("lunch/c1", status="done", marking="SECRET", label="x"), commitment_updated("lunch/c1", status="open")), "SECRET"),
    "who saw it": ((CALL, secret(note_returned(SEEN[-2].digest, decision="agree"))), "SECRET"),
}  # fmt: skip


@pytest.mark.parametrize("what", MARKED_NEWS)
def test_of_all_that_is_marked_what_its_reader_is_told_raises_it(what: str) -> None:
    told, mark = MARKED_NEWS[what]
    log = (*SEEN, *history(*told, after=SEEN))

    found = brief(log, TALKS)
    assert found.marking == mark
    assert found == of_part(log, TALKS)
