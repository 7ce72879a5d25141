"""Drafts become events, whole or not at all, and doing it twice adds nothing."""

from __future__ import annotations

import pytest

from briefing.decide import unknown_names
from briefing.events import MeetingHeld, VisitReported
from tests.decided import decided, only_problem, problems, state_after
from tests.given import (
    agency_described,
    day,
    event_retracted,
    history,
    meeting_held,
    person_described,
    topic_described,
    visit_described,
)

RECORD = history(
    agency_described("us-treasury", "Treasury", aliases=("Department of the Treasury",)),
    person_described("bessent-scott", "Scott Bessent"),
    topic_described("steel", "Steel"),
    visit_described("v", title="Visit to Washington"),
)
LEAN = """
    meeting: Talks at Treasury
    when: 28 May 2026
    agency: Treasury
    notes: Third Secretary (Commerce)
    points:
      - say: Steel was discussed.
"""


def test_a_lean_draft_is_a_meeting_whose_record_is_the_note_takers() -> None:
    plan = decided(LEAN, RECORD)

    (recorded,) = plan.events
    held = recorded.event
    assert isinstance(held, MeetingHeld)
    assert (held.id, held.title, held.when) == ("talks-at-treasury-2026-05-28", "Talks at Treasury", held.when)
    assert held.agencies == ("us-treasury",)
    assert [(one.id, one.say, one.topics) for one in held.points] == [("p1", "Steel was discussed.", ("steel",))]
    assert held.points[0].citations[0].record == "Third Secretary (Commerce)"
    assert held.recorded_by == "Third Secretary"
    assert held.origin.startswith("draft:")
    assert plan.fresh == plan.skipped == ()


def test_the_same_draft_again_is_skipped_however_it_is_laid_out() -> None:
    log = (*RECORD, *decided(LEAN, RECORD).events)
    again = decided(LEAN.replace("Treasury\n    notes", "Treasury\n\n    # a remark\n    notes").replace("28 May 2026", '"28 May 2026"'), log)

    assert again.events == ()
    assert [one.kind for one in again.skipped] == ["meeting"]


def test_a_draft_whose_event_was_withdrawn_is_skipped_as_well() -> None:
    log = (*RECORD, *decided(LEAN, RECORD).events)
    again = decided(LEAN, (*log, *history(event_retracted(log[-1].digest), after=log)))

    assert again.events == ()
    assert [one.kind for one in again.skipped] == ["meeting"]


def test_one_draft_given_twice_in_a_file_is_recorded_once() -> None:
    plan = decided(f"---{LEAN.replace(chr(10) + '    ', chr(10))}---{LEAN.replace(chr(10) + '    ', chr(10))}", RECORD)

    assert len(plan.events) == 1
    assert len(plan.skipped) == 1


def test_other_content_for_a_meeting_on_record_is_refused_with_what_to_do() -> None:
    log = (*RECORD, *decided(LEAN, RECORD).events)
    problem = only_problem(LEAN.replace("discussed", "dropped"), log)

    assert problem.what == "talks-at-treasury-2026-05-28 is on record with other content"
    assert "briefing correct" in problem.hint
    assert str(problem.place) == "draft.yaml:2:10"


def test_a_run_cut_off_half_way_is_completed_by_the_same_run() -> None:
    draft = LEAN.replace("agency: Treasury", "agency: Commerce").replace("discussed.", "discussed.\n        topic: [Coal, Steel]")
    whole = decided(draft, RECORD).events
    assert len(whole) == 3

    for cut in range(4):
        log = (*RECORD, *whole[:cut])
        state = state_after(draft, log)
        assert set(state.agencies) == {"us-treasury", "commerce"}
        assert set(state.topics) == {"steel", "coal"}
        assert list(state.meetings) == ["talks-at-treasury-2026-05-28"]
        assert state.collisions == ()


@pytest.mark.parametrize(
    ("left_out", "what"),
    [
        ("agency: Treasury", "a meeting says who was met"),
        ("when: 28 May 2026", "a meeting says when it was"),
        ("points:\n      - say: Steel was discussed.", "a meeting says what was said"),
    ],
)
def test_a_meeting_says_who_when_and_what(left_out: str, what: str) -> None:
    problem = only_problem(LEAN.replace(left_out, ""), RECORD)

    assert problem.what == what
    assert problem.hint.startswith("add ")


def test_content_that_is_not_known_is_said_so_and_in_these_words_only() -> None:
    draft = LEAN.replace("points:\n      - say: Steel was discussed.", "content: not known")
    state = state_after(draft, RECORD)

    assert not state.meeting("talks-at-treasury-2026-05-28").held.content_known
    assert "is “not known” or left out" in only_problem(draft.replace("not known", "secret"), RECORD).what


def test_everything_that_is_wrong_with_every_draft_is_reported_at_once_and_nothing_is_decided() -> None:
    found = problems(
        """
        - meeting: One
          when: 31 June 2026
          agency: Treasury
          points: [{say: A., kind: sung}]
        - meeting: Two
          visit: Vist to Washington
          agency: Treasury
          commitments: [{by: ours}]
        """,
        RECORD,
    )

    assert [one.what.partition(" is ")[0] for one in found] == [
        "“31 June 2026”: there",
        "“sung”",
        "no visit “Vist to Washington”",
        "a commitment without a sentence",
    ]
    assert found[2].hint == "nearest on record: v"
    assert all(one.place.line for one in found)


def test_a_meeting_may_say_all_that_its_grammar_has() -> None:
    state = state_after(
        """
        meeting: Talks
        id: talks
        visit: visit to washington
        when: 28 May 2026
        where: Treasury, Room 7
        form: delegation-level talks
        mode: in person
        setting: inter-agency
        host: Treasury
        language: en
        note taker: Third Secretary
        attendance: partial
        agency: [Department of the Treasury, Treasury]
        with: ["Scott Bessent, Secretary", senior officials]
        ours: {name: Vikram Misri, title: Foreign Secretary, agency: MEA, role: head}
        sources: {N: north.txt}
        points:
          - say: Steel was spoken of.
            by: Scott Bessent
            kind: discussed
            short: Steel talk
            about: Treasury
            N both: The two sides *agreed* to hold talks
        commitments:
          - say: To hold talks.
            by: ours
            to: Treasury
            due: soon
            status: in hand
            N expected: agreed to hold talks soon
        not agreed: [{say: Coal was left open.}]
        public line: We met.
        papers: [Agenda]
        next contact: June 2026
        not known: [Who chaired?]
        marking: RESTRICTED
        recorded for: Joint Secretary
        file: F-1
        retention: 30 years
        """,
        RECORD,
    )

    held = state.meeting("talks").held
    assert isinstance(held, MeetingHeld)
    assert (held.visit, held.host, held.setting, held.mode, held.attendance) == ("v", "us-treasury", "inter-agency", "in person", "partial")
    assert held.agencies == ("us-treasury",)
    assert [(one.person, one.unnamed, one.side, one.agency) for one in held.participants] == [
        ("misri-vikram", None, "ours", "mea"),
        ("bessent-scott", None, "theirs", "us-treasury"),
        (None, "senior officials", "theirs", "us-treasury"),
    ]
    (point,) = held.points
    assert (point.by, point.short, point.about, point.topics) == ("bessent-scott", "Steel talk", ("us-treasury",), ("steel",))
    assert (point.citations[0].quote, point.citations[0].words, point.citations[0].by) == (
        "The two sides agreed to hold talks", ("agreed",), "both",
    )  # fmt: skip
    (owed,) = held.commitments
    assert (owed.owed_by, owed.owed_to, owed.status, owed.citations[0].strength) == ("ours", "us-treasury", "in hand", "expected")
    assert [one.id for one in held.not_agreed] == ["n1"]
    assert (held.public_line, held.papers[0].title, held.not_known) == ("We met.", "Agenda", ("Who chaired?",))
    assert (held.marking, held.recorded_for, held.file_ref, held.retention) == ("RESTRICTED", "Joint Secretary", "F-1", "30 years")


def test_a_report_is_of_a_visit_on_record() -> None:
    draft = """
        report: On the visit
        visit: v
        agency: Treasury
        points: [{say: Steel went well.}]
    """
    state = state_after(draft, RECORD)

    (report,) = state.meetings_of_visit("v")
    assert isinstance(report.held, VisitReported)
    assert report.id == "on-the-visit-2026-05"
    assert only_problem(draft.replace("visit: v\n", "\n"), RECORD).what == "a report says which visit it is of"


def test_facts_and_assessments_are_about_things_on_record() -> None:
    draft = """
        - fact: Steel is dear.
          when: May 2026
          about: Treasury
          review by: June 2026
          notes: Desk
        - assessment: Visit to Washington
          bottom line: It went well.
          as at: 30 May 2026
    """
    state = state_after(draft, RECORD)

    fact = state.facts["steel-is-dear"].stated
    assert (fact.topics, fact.about) == (("steel",), ("us-treasury",))
    words = state.assessment_of("v")
    assert words is not None
    assert (words.bottom_line, words.by, words.as_at) == (("It went well.",), "Third Secretary", day(2026, 5, 30).model_copy(update={"words": "30 May 2026"}))
    assert only_problem("assessment: Nothing\ncomment: x\n", RECORD).what == "nothing on record is called “Nothing”"


def test_a_visit_is_put_on_record_with_its_people_and_aims() -> None:
    state = state_after(
        """
        visit: Visit to Delhi
        when: 3 June [2026]
        sources: {N: north.txt}
        year from: {N: The two sides agreed}
        where: Delhi
        country: India
        principal: Vikram Misri, Foreign Secretary
        delegation: ["Asha Raman, Counsellor"]
        follows: Visit to Washington
        objectives: [Agree on steel., Agree on coal.]
        not known: [Who paid?]
        """,
        RECORD,
    )

    visit = state.visits["visit-to-delhi-2026-06-03"]
    assert (visit.principal, visit.follows) == ("misri-vikram", "v")
    assert [one.id for one in visit.objectives] == ["o1", "o2"]
    assert [one.person for one in visit.delegation] == ["raman-asha"]
    assert visit.year_from[0].quote == "The two sides agreed"


@pytest.mark.parametrize(
    "draft",
    [
        "meeting: Other\nid: us-treasury\nwhen: 28 May 2026\nagency: Treasury\ncontent: not known\n",
        "visit: Other\nid: steel\nwhen: 28 May 2026\n",
        "agency: Other\nid: steel\n",
        "topic: Other\nid: v\n",
        "fact: Other.\nid: us-treasury\n",
    ],
)
def test_an_id_that_something_else_bears_is_refused(draft: str) -> None:
    assert "on record" in only_problem(draft, RECORD).what


def test_a_value_that_no_event_may_hold_is_a_problem_of_its_draft() -> None:
    problem = only_problem(LEAN.replace("when:", "id: No Id\n    when:"), RECORD)

    assert problem.what.startswith("id: ")
    assert problem.place.line == 2


def test_new_names_are_listed_with_the_nearest_known_and_refused_unless_wanted() -> None:
    plan = decided(LEAN.replace("agency: Treasury", "agency: Tresury"), RECORD)

    assert [(one.kind, one.name, one.nearest) for one in plan.fresh] == [("agency", "Tresury", ("us-treasury",))]
    refusal = unknown_names(plan)
    assert refusal.problems[0].what == "no agency “Tresury” is on record"
    assert refusal.problems[0].hint == "nearest: us-treasury; pass --new to put it on the register"
    assert decided(LEAN, RECORD).fresh == ()


def test_two_new_names_that_are_alike_are_shown_as_near_each_other() -> None:
    two = LEAN.replace("agency: Treasury", "agency: [Fisheries Board, Fisheries Bord]")

    assert [(one.name, one.nearest) for one in decided(two, RECORD).fresh] == [
        ("Fisheries Board", ("fisheries-bord",)),
        ("Fisheries Bord", ("fisheries-board",)),
    ]


def test_events_are_written_one_behind_the_other_from_the_heads_on() -> None:
    plan = decided(LEAN.replace("agency: Treasury", "agency: [Commerce, Defense]"), RECORD)

    assert [one.event.type for one in plan.events] == ["agency.described", "agency.described", "meeting.held"]
    parents = [RECORD[-1].digest, *(one.digest for one in plan.events)]
    assert [one.event.parents for one in plan.events] == [(parent,) for parent in parents[:-1]]


def test_drafts_in_any_order_are_written_register_first() -> None:
    plan = decided(
        """
        - meeting: Talks
          when: 28 May 2026
          agency: Commerce
          with: [Jeffrey Kessler]
          content: not known
        - person: Jeffrey Kessler
          agency: Commerce
          title: Under Secretary
        - agency: Commerce
          full name: Department of Commerce
        """
    )

    assert [one.event.type for one in plan.events] == ["agency.described", "person.described", "meeting.held"]
    assert plan.fresh == ()


def test_a_title_that_was_withdrawn_by_nobody_stays_when_a_meeting_adds_another() -> None:
    log = history(agency_described("us-treasury", "Treasury"), person_described("bessent-scott", "Scott Bessent"), meeting_held("m"))
    state = state_after(LEAN.replace("agency: Treasury", "with: ['Scott Bessent, Secretary']\n    agency: Treasury"), log)

    assert [one.title for one in state.people["bessent-scott"].posts] == ["Secretary"]
    assert state.collisions == ()


def test_a_visit_that_names_a_principal_and_a_visitor_is_refused_and_neither_is_lost() -> None:
    problem = only_problem("visit: Talks\nwhen: 28 May 2025\nprincipal: Vikram Misri\nvisitor: Ann Novak\n")

    assert problem.what == "a visit is led by one: “principal” of ours, or “visitor” of theirs"
    assert (problem.place.line, problem.place.column) == (4, 10)
