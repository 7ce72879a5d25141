"""Meetings to come, the lines we take, and what became of what we wanted."""

from __future__ import annotations

from textwrap import dedent

from briefing.events import LineAgreed, MeetingPlanned
from briefing.intake.drafts import read_drafts
from briefing.intake.written import as_draft
from briefing.projector import project
from tests.decided import decided, only_problem, problems, state_after
from tests.given import Told, agency_described, history, person_described, topic_described, visit_described

RECORD = history(
    agency_described("us-commerce", "Commerce"),
    person_described("kessler-jeffrey", "Jeffrey Kessler"),
    topic_described("steel", "Steel"),
    visit_described("v", title="Visit to Washington"),
)
PLANNED = """
    planned: Trade dialogue
    id: trade-dialogue
    when: 12 June 2026
    at: 10:30
    duration: 45 minutes
    press: photographers only
    agency: Commerce
    with:
      - Jeffrey Kessler, Under Secretary
    agenda: [Steel, Export controls]
    objectives:
      - A date for the next dialogue.
      - A list of steel grades.
    points:
      - say: Steel was agreed in May.
        to: Jeffrey Kessler
      - say: We ask for a date.
        to: the whole table
    expected:
      - say: They will ask about tariffs.
        likely: certain
        line: We look at all of it together.
    decision asked: Agree to propose 1 July.
    programme:
      - at: 10:15
        say: Arrival
"""


def planned() -> MeetingPlanned:
    event = decided(PLANNED, RECORD).events[-1].event
    assert isinstance(event, MeetingPlanned)
    return event


def test_a_planned_meeting_says_what_it_is_for_what_we_say_and_what_they_may_raise() -> None:
    plan = planned()

    assert [(one.id, one.say) for one in plan.objectives] == [
        ("o1", "A date for the next dialogue."), ("o2", "A list of steel grades."),
    ]  # fmt: skip
    assert [(one.id, one.to, one.topics) for one in plan.points] == [
        ("t1", "kessler-jeffrey", ("steel",)), ("t2", "the whole table", ()),
    ]  # fmt: skip
    assert [(one.id, one.likelihood, one.line) for one in plan.expected] == [("e1", "certain", "We look at all of it together.")]
    assert [(one.at, one.what) for one in plan.programme] == [("10:15", "Arrival")]
    assert (plan.at_time, plan.duration, plan.press, plan.decision_asked) == (
        "10:30", "45 minutes", "photographers only", "Agree to propose 1 July.",
    )  # fmt: skip


def test_a_planned_and_a_held_meeting_share_an_id_and_are_two_things() -> None:
    log = (*RECORD, *decided(PLANNED, RECORD).events)
    held = """
        meeting: Trade dialogue
        plan: Trade dialogue
        when: 13 June 2026
        agency: Commerce
        content: not known
    """

    state = state_after(held, log)

    assert list(state.planned) == list(state.meetings) == ["trade-dialogue"]
    assert state.collisions == ()


def test_a_meeting_whose_plan_is_not_on_record_is_refused() -> None:
    problem = only_problem("meeting: Talks\nplan: Trade dialog\nwhen: 1 May 2026\nagency: Commerce\ncontent: not known", (*RECORD, *decided(PLANNED, RECORD).events))

    assert problem.what == "no planned “Trade dialog” is on record"
    assert "trade-dialogue" in problem.hint


def test_two_plans_of_one_id_by_writers_apart_are_both_kept() -> None:
    one = history(*_apart("Trade dialogue"), writer="one")
    other = history(*_apart("Steel dialogue"), writer="other")

    state = project((*one, *other))

    assert len(state.planned) == 2
    assert [collision.what for collision in state.collisions] == ["the id m"]


def _apart(title: str) -> list[Told]:
    return [Told(MeetingPlanned, "m", {"id": "m", "title": title})]


def test_an_undated_plan_is_a_gap_until_the_meeting_is_held() -> None:
    undated = PLANNED.replace("    when: 12 June 2026\n", "")
    log = (*RECORD, *decided(undated, RECORD).events)

    assert [(gap.kind, gap.about) for gap in project(log).gaps] == [("no date planned", "trade-dialogue")]

    held = "meeting: Trade dialogue\nplan: trade-dialogue\nwhen: 1 July 2026\nagency: Commerce\nwith: [Jeffrey Kessler]\npoints: [{say: Steel was discussed.}]"
    assert state_after(held, log).gaps == ()


def test_an_objective_is_scored_with_its_evidence_and_the_later_score_holds() -> None:
    log = (*RECORD, *decided(PLANNED, RECORD).events)
    first = decided("score: trade-dialogue/o1\nas: partly\nevidence: A month was named.", log).events
    second = decided("score: trade-dialogue/o1\nas: met\nevidence: A day was named.", (*log, *first)).events

    state = project((*log, *first, *second))

    assert (state.scores["trade-dialogue/o1"].said.score, state.scores["trade-dialogue/o1"].said.evidence) == ("met", "A day was named.")
    assert state.collisions == ()


def test_a_score_of_what_is_no_objective_is_refused_with_those_there_are() -> None:
    problem = only_problem("score: trade-dialogue/o3\nas: met\nevidence: So it was.", (*RECORD, *decided(PLANNED, RECORD).events))

    assert problem.what == "no objective “trade-dialogue/o3” is on record"
    assert "trade-dialogue/o1, trade-dialogue/o2" in problem.hint


def test_every_problem_of_a_plan_is_reported_at_once() -> None:
    wrong = """
        planned: Talks
        agency: Commerce
        points:
          - to: Jeffrey Kessler
        expected:
          - say: Tariffs.
          - say: Steel.
            likely: perhaps
    """

    assert [one.what for one in problems(wrong, RECORD)] == [
        "a point to make without a sentence", "how likely is it?", "“perhaps” is no likelihood",
    ]  # fmt: skip


def test_a_line_is_agreed_on_a_subject_with_its_dates() -> None:
    (recorded,) = decided("line: Steel\nsay: We stand by May.\nto the press: Talks go on.\nfrom: 1 May 2026\nreview by: 1 June 2026\napproved by: Head, Trade", RECORD).events

    assert isinstance(line := recorded.event, LineAgreed)
    assert (line.about, line.line, line.press_line, line.approved_by) == ("steel", "We stand by May.", "Talks go on.", "Head, Trade")


def test_a_line_without_words_is_refused() -> None:
    assert only_problem("line: Steel\nfrom: 1 May 2026", RECORD).what == "a line without words"


def test_a_plan_written_as_a_draft_reads_as_it_was() -> None:
    log = (*RECORD, *decided(PLANNED, RECORD).events)
    text = as_draft(log[-1].event, project(log))

    (item,) = read_drafts(text.encode(), "plan.yaml")
    again = decided(dedent(text), log[:-1]).events[-1].event

    assert item.kind == "planned"
    same = ("objectives", "points", "expected", "programme", "participants", "agenda", "at_time", "when")
    assert {name: getattr(again, name) for name in same} == {name: getattr(log[-1].event, name) for name in same}
