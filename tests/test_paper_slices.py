"""An agency's page of a period is the page that the whole record gives, though little of the record is read for it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as over
from hypothesis import strategies as st

from briefing import paper_slices
from briefing.codec import encode, file_name
from briefing.dates import parse_span
from briefing.events import MeetingHeld, Recorded
from briefing.latest import Told
from briefing.linked import Days, Digests, LinkedLog
from briefing.notes import covered, meeting_file
from briefing.notes.agency import agency_summary
from briefing.notes.brief import meeting_brief
from briefing.notes.card import points_card
from briefing.notes.frame import Frame
from briefing.notes.note import Note
from briefing.notes.record import meeting_record
from briefing.paper_slices import SLICES, Scope, meeting_slice, period_slice
from briefing.projector import project
from briefing.roles import Role
from briefing.store.folder import FolderStore
from briefing.store.index import Index
from tests.drawn import Log, apart, histories, joined
from tests.entangled import AGENCIES, MEETINGS, tangles
from tests.given import (
    agency_described,
    assessment_recorded,
    commitment,
    commitment_updated,
    event_corrected,
    event_redacted,
    event_retracted,
    fact_stated,
    history,
    line_agreed,
    meeting_held,
    meeting_planned,
    met,
    person_described,
    point,
    post,
    to_make,
    topic_described,
)

MANY = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
FRAME = Frame(basis="0" * 64, made_at="2026-03-01T12:00:00Z", as_at="1 March 2026")
PERIODS = st.sampled_from(
    ["12 months", "3 weeks", "2 years", "9 years", "May 2025", "1 January 2025 to 1 June 2025", "2022", "all"]
)
DATES = st.none() | st.sampled_from([date(2025, 5, 2), date(2025, 6, 3), date(2030, 1, 1)])


@pytest.fixture(autouse=True, scope="module")
def few() -> Any:
    """Let a page tell two contacts, so that short histories have more than a page tells."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paper_slices, "MOST", 2)
        patch.setattr(covered, "MOST", 2)
        for name in ("CONTACTS", "FACTS"):
            patch.setattr(paper_slices, name, 1)
            patch.setattr(meeting_file, name, 1)
        yield


def page(log: Sequence[Recorded], scope: Scope, today: date | None) -> Note | None:
    state = project(log, as_of=scope.as_of, today=today)
    known = (
        state.find("agency", scope.subject) == scope.subject
    )  # a name that nothing on record bears is refused before
    return agency_summary(state, scope.subject, FRAME, period=scope.period) if known else None


def pages(log: Sequence[Recorded], scope: Scope, part: Digests) -> tuple[Note | None, Note | None]:
    """Return the page from a part of a record, and from the whole of it."""
    today = scope.today(LinkedLog(log))
    return page([one for one in log if one.digest in part], scope, today), page(log, scope, today)


@MANY
@over(tangles(), st.sampled_from(AGENCIES), PERIODS, DATES)
def test_the_page_of_a_period_is_that_of_the_whole_record(
    log: tuple[Recorded, ...], agency: str, period: str, as_of: date | None
) -> None:
    scope = Scope(agency, period, as_of)
    part, whole = pages(log, scope, period_slice(LinkedLog(log), scope))

    assert part == whole


@MANY
@over(histories(most=8), st.sampled_from(["a", "b", "us-treasury"]), PERIODS)
def test_of_any_history_at_all_the_page_of_a_period_is_that_of_the_whole(
    log: tuple[Recorded, ...], agency: str, period: str
) -> None:
    scope = Scope(agency, period)
    part, whole = pages(log, scope, period_slice(LinkedLog(log), scope))

    assert part == whole


def before_and_after(log: Sequence[Recorded], scope: Scope, today: date | None) -> list[Note | None]:
    """Return the brief, the card and the record of a meeting, each where there is one."""
    state, id_ = project(log, as_of=scope.as_of, today=today), scope.subject
    held = id_ in state.meetings and isinstance(state.meetings[id_].held, MeetingHeld)
    return [
        meeting_brief(state, id_, FRAME) if id_ in state.planned else None,
        points_card(state, id_, FRAME) if id_ in state.planned else None,
        meeting_record(state, id_, FRAME) if held else None,
    ]


@MANY
@over(tangles(most=18), st.sampled_from(MEETINGS), DATES)
def test_the_papers_before_and_after_a_meeting_are_those_of_the_whole_record(
    log: tuple[Recorded, ...], meeting: str, as_of: date | None
) -> None:
    scope, record = Scope(meeting, as_of=as_of), LinkedLog(log)
    today = scope.today(record)
    wanted = [SLICES[kind](record, scope) for kind in ("meeting", "card", "record")]
    whole = before_and_after(log, scope, today)

    for n, digests in enumerate(wanted):
        assert digests is not None
        assert before_and_after([one for one in log if one.digest in digests], scope, today)[n] == whole[n]


@settings(MANY, max_examples=25)
@over(tangles() | histories(most=8), st.sampled_from([*AGENCIES, "a", "b"]), PERIODS, DATES)
def test_the_index_of_a_folder_answers_as_the_log_in_memory_does(
    tmp_path_factory: pytest.TempPathFactory, log: tuple[Recorded, ...], agency: str, period: str, as_of: date | None
) -> None:
    folder, scope = tmp_path_factory.mktemp("record"), Scope(agency, period, as_of)
    for n, one in enumerate(log):
        put(folder, one)
        if n == len(log) // 2:
            opened(folder).close()  # the rest is entered into an index that is there
    index = opened(folder)

    assert period_slice(index, scope) == period_slice(LinkedLog(log), scope)
    assert meeting_slice(index, Scope("talks", as_of=as_of)) == meeting_slice(
        LinkedLog(log), Scope("talks", as_of=as_of)
    )
    index.close()


def put(folder: Path, one: Recorded) -> None:
    path = folder / "events" / file_name(one.event, one.digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode(one.event))


def opened(folder: Path) -> Index:
    (folder / "events").mkdir(exist_ok=True)
    index = Index.open(FolderStore(folder / "events"), folder / "cache", now=datetime(2000, 1, 1, tzinfo=UTC))
    assert index is not None
    return index


@settings(MANY, max_examples=25)
@over(apart(), st.sampled_from([0, 1, 3, 50]), st.sampled_from([None, 0, 2]))
def test_an_index_tells_the_newest_part_of_a_record_as_a_log_does(
    copies: tuple[Log, Log, Log], least: int, nth: int | None
) -> None:
    log = joined(*copies[1:])
    begin = None if nth is None or nth >= len(log) else log[nth].at
    with tempfile.TemporaryDirectory() as folder:
        for one in log:
            put(Path(folder), one)
        index = opened(Path(folder))
        assert index.window(least, begin) == LinkedLog(log).window(least, begin)
        assert index.ends() == LinkedLog(log).ends()
        index.close()


def test_an_index_whose_files_come_in_any_order_knows_what_is_open(tmp_path: Path) -> None:
    log = history(
        TREASURY,
        meeting_held("talks", on="1 May 2020", agencies=("us-treasury",), commitments=(commitment(),)),
        commitment_updated("talks/c1", status="done", label="done"),
        event_retracted("done", label="undone"),
        meeting_held("lunch", on="1 May 2022", agencies=("us-treasury",)),
        meeting_held("call", on="2 February 2026", agencies=("us-treasury",)),
    )
    scope = Scope("us-treasury", "12 months")
    for one in (log[3], log[4], log[2], log[5], log[0], log[1]):
        put(tmp_path, one)
        opened(tmp_path).close()
    index = opened(tmp_path)

    assert {one.digest for one in log} <= period_slice(index, scope)
    (tmp_path / "events" / file_name(log[3].event, log[3].digest)).unlink()
    index.close()

    assert log[1].digest not in period_slice(opened(tmp_path), scope)


# ── what a page does not read, and that each rule is needed ───────────────────────────────────

TREASURY, COMMERCE = agency_described("us-treasury", "Treasury"), agency_described("us-commerce", "Commerce")
THIS_YEAR = meeting_held("call", on="2 February 2026", agencies=("us-treasury",), points=(point(topics=("coal",)),))
YEAR = Scope("us-treasury", "12 months")


def of_treasury(id_: str, on: str, **said: Any) -> Any:
    return meeting_held(id_, on=on, agencies=("us-treasury",), **said)


def test_a_page_reads_neither_what_is_old_and_overtaken_nor_what_is_closed() -> None:
    log = history(
        TREASURY, COMMERCE, topic_described("coal"),
        of_treasury("first", "7 April 2021", points=(point(topics=("coal",)),), commitments=(commitment(),)),
        commitment_updated("first/c1", status="done"),
        of_treasury("second", "7 April 2022", points=(point(topics=("coal",)),)),
        of_treasury("last", "1 May 2023"),
        assessment_recorded("old", "us-treasury", state_of_play="Quiet."), fact_stated("dear", about=("us-treasury",)),
        assessment_recorded("new", "us-treasury", state_of_play="Tense."),
        meeting_held("elsewhere", on="2 February 2026", agencies=("us-commerce",)), THIS_YEAR,
    )  # fmt: skip
    part = period_slice(LinkedLog(log), YEAR)

    named = [getattr(one.event, "id", "") for one in log if one.digest in part]
    assert named == ["us-treasury", "us-commerce", "coal", "last", "new", "call"]


class Careless(LinkedLog):
    """A log that breaks one rule of what later events overtake."""

    def __init__(self, log: Sequence[Recorded], broken: str) -> None:
        super().__init__(log)
        self.broken = broken

    def _sure(self, digest: str) -> bool:
        return self.broken == "sure" or super()._sure(digest)

    def moved(self, things: Digests, kinds: Any) -> Digests:
        return set() if self.broken == "moved" else super().moved(things, kinds)

    def promised(self, of: str, until: str) -> Digests:
        return set() if self.broken == "promised" else super().promised(of, until)

    def events(self, roles: Any, things: Digests) -> Digests:
        return super().events([role for role in roles if role.name != self.broken], things)

    def things(self, roles: Any, events: Digests) -> Digests:
        return super().things(
            [role for role in roles if role.name != self.broken or role in (Role.POST, Role.MOVES)], events
        )

    def newest(self, told: Told, thing: str, *, until: str, below: str, most: int) -> Sequence[Days]:
        until = "9999-12-31" if self.broken == "until" else until
        return super().newest(told, thing, until=until, below=below, most=most)

    def since(self, told: Told, thing: str, day: str, until: str) -> Digests:
        found = super().since(told, thing, day, until)
        if self.broken == told.name:
            return set()
        return {one for one in found if self.dated(one) or self.broken != "undated"}

    def dated(self, digest: str) -> bool:
        return getattr(self._log[digest].event, "when", None) is not None

    def _closed(self, promise: Any, digest: str, until: str) -> bool:
        return super()._closed(promise, digest, "9999" if self.broken == "closed until" else until)


OWED = (commitment(),)
LONG_AGO = of_treasury("talks", "1 May 2020", commitments=OWED)
SINCE = of_treasury("lunch", "1 May 2022")
DONE = commitment_updated("talks/c1", status="done", when=parse_span("2 February 2026"))
A_DAY = {"start": "2026-01-05", "end": "2026-01-05", "precision": "day", "words": "5 January 2026"}
ASSESSED = assessment_recorded("on", "us-treasury", state_of_play="Tense.")
BROKEN: dict[str, tuple[Sequence[Any], Scope]] = {
    "sure": ((of_treasury("talks", "1 May 2020"), SINCE, of_treasury("dinner", "1 May 2021"), event_retracted("lunch"), event_retracted("dinner")), YEAR),
    "moved": ((meeting_held("visit", on="1 May 2020", agencies=("us-commerce",)),
               event_corrected("visit", agencies=["us-treasury"], when=A_DAY)), YEAR),
    "promised": ((LONG_AGO, SINCE, THIS_YEAR), YEAR),
    "closed until": ((LONG_AGO, DONE, of_treasury("dinner", "1 May 2021"), SINCE, THIS_YEAR), Scope("us-treasury", "12 months", date(2026, 1, 1))),
    "POST": ((person_described("ann", "Ann Lee", posts=(post("Envoy", "us-treasury"),)), THIS_YEAR), YEAR),
    "MET": ((of_treasury("call", "2 February 2026"),), YEAR),
    "SAID": ((of_treasury("talks", "1 May 2020", points=(point(topics=("steel",)),)), SINCE, THIS_YEAR), YEAR),
    "ASSESSED": ((ASSESSED, THIS_YEAR), YEAR),
    "STATED": ((ASSESSED, fact_stated("dear", about=("us-treasury",))), YEAR),
    "undated": ((meeting_held("visit", agencies=("us-treasury",)), THIS_YEAR), YEAR),
    "until": ((of_treasury("talks", "1 May 2020"), SINCE, THIS_YEAR, of_treasury("dinner", "1 May 2021"), of_treasury("tea", "1 May 2023")),
              Scope("us-treasury", "12 months", date(2020, 12, 1))),
}  # fmt: skip


@pytest.mark.parametrize("rule", BROKEN)
def test_a_page_of_a_record_that_broke_one_rule_would_be_seen(rule: str) -> None:
    told, scope = BROKEN[rule]
    log = history(TREASURY, COMMERCE, *told)
    part, whole = pages(log, scope, period_slice(LinkedLog(log), scope))
    careless, _ = pages(log, scope, period_slice(Careless(log, rule), scope))

    assert part == whole
    assert careless != whole


PLAN = meeting_planned(
    "talks", on="2 June 2026", agencies=("us-treasury",), points=(to_make(topics=("coal",)),), agenda=("Steel",)
)
COAL, STEEL = topic_described("coal"), topic_described("steel")

TALKS = Scope("talks")
BRIEFED: dict[str, Sequence[Any]] = {
    "MET": (of_treasury("call", "1 May 2020"),),
    "sure": (of_treasury("call", "1 May 2020"), *(of_treasury(f"call-{n}", f"{n} May 2021") for n in (1, 2, 3)),
             *(event_retracted(f"call-{n}") for n in (1, 2, 3))),
    "moved": (meeting_held("visit", on="1 May 2020", agencies=("us-commerce",)), event_corrected("visit", agencies=["us-treasury"])),
    "promised": (of_treasury("call", "1 May 2019", commitments=OWED), *(of_treasury(f"call-{n}", f"{n} May 2021") for n in (1, 2, 3))),
    "FACT": (fact_stated("dear", topics=("coal",)),),
    "MARKED": (fact_stated("dear", topics=("coal",), marking="SECRET"),),
    "LINE": (line_agreed("line", "coal", press_line="We agree."),),
    "ASSESSED": (assessment_recorded("on", "coal", sensitivity="Not for them."),),
    "SPOKEN_OF": (fact_stated("dear", topics=("steel",)),),
    "CALLED": (fact_stated("dear", topics=("steel",)),),
    "PLEDGED": (of_treasury("call", "1 May 2019", commitments=(commitment(topics=("ores",)),)), fact_stated("dear", topics=("ores",))),
}  # fmt: skip


@pytest.mark.parametrize("rule", BRIEFED)
def test_a_brief_of_a_record_that_broke_one_rule_would_be_seen(rule: str) -> None:
    log = history(TREASURY, COMMERCE, COAL, STEEL, PLAN, *BRIEFED[rule])

    def brief(record: LinkedLog) -> Note | None:
        digests = meeting_slice(record, TALKS)
        return before_and_after([one for one in log if one.digest in digests], TALKS, None)[0]

    whole = before_and_after(log, TALKS, None)[0]
    assert brief(LinkedLog(log)) == whole
    assert brief(Careless(log, rule)) != whole


def test_who_holds_the_post_of_a_participant_since_is_read_for_a_brief() -> None:
    log = history(
        TREASURY, person_described("ann", "Ann Lee", posts=(post("Envoy", "us-treasury", at=parse_span("2025")),)),
        person_described("bob", "Bob Roe", posts=(post("Envoy", "us-treasury", start=parse_span("January 2026")),)),
        meeting_planned("talks", participants=(met("ann"),)),
    )  # fmt: skip
    digests = meeting_slice(LinkedLog(log), TALKS)

    assert digests >= {one.digest for one in log}
    assert log[2].digest not in meeting_slice(Careless(log, "POST"), TALKS)


def test_a_brief_reads_no_old_contact_and_no_old_fact_of_its_agency() -> None:
    log = history(
        TREASURY, PLAN, *(of_treasury(f"call-{n}", f"{n} May 2021") for n in range(1, 6)),
        *(fact_stated(f"price-{n}", about=("us-treasury",), when=parse_span(f"{n} May 2021")) for n in range(1, 5)),
    )  # fmt: skip
    digests = meeting_slice(LinkedLog(log), TALKS)

    assert [one.event.id for one in log if one.digest not in digests] == ["call-1", "call-2", "price-1", "price-2"]  # type: ignore[attr-defined]


def test_what_was_redacted_is_told_of_nothing() -> None:
    log = history(TREASURY, of_treasury("talks", "1 May 2020", commitments=OWED), of_treasury("call", "1 May 2019"))
    log += history(event_redacted(log[1]), after=log)

    assert period_slice(LinkedLog(log), YEAR) == {log[0].digest, log[2].digest}
