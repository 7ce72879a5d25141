"""A second text on a meeting adds to it: one meeting, two sources, and where they differ both are kept."""

from __future__ import annotations

import pytest

from briefing.events import EventCorrected, MeetingHeld, Recorded
from briefing.state import Meeting
from tests.decided import decided, only_problem, problems, state_after

NORTH = "The two sides reviewed steel. They agreed to hold talks soon. US Secretary Scott Bessent spoke.\n"
SOUTH = "Both delegations discussed steel at lunch. Talks are expected in June. Coal was raised. Ann Lee took part.\n"
TEXTS = {"north.txt": NORTH, "south.txt": SOUTH}
FIRST = """
    meeting: Talks at Treasury
    id: talks
    when: 28 May 2026
    agency: Treasury
    with: ["Scott Bessent, Secretary"]
    sources: {N: north.txt}
    points:
      - say: Steel was reviewed.
        by: both
        kind: reviewed
        N: The two sides reviewed steel.
    commitments:
      - say: Hold talks.
        by: both
        due: soon
        N agreed: agreed to hold talks soon
"""
SECOND = """
    meeting: Lunch with the Secretary
    adds to: talks
    form: lunch
    with: [Scott Bessent, Ann Lee]
    sources: {S: south.txt}
    S: Both delegations discussed steel at lunch.
    points:
      - say: Steel was discussed.
        adds to: p1
        kind: discussed
        S: Both delegations discussed steel at lunch.
      - say: Coal was raised.
        S: Coal was raised.
    commitments:
      - say: Hold talks.
        due: June 2026
        S expected: Talks are expected in June.
"""


def after(second: str, first: str = FIRST) -> tuple[Meeting, tuple[Recorded, ...]]:
    log = decided(first, (), TEXTS).events
    state = state_after(second, log, TEXTS)
    (meeting,) = state.meetings.values()
    return meeting, (*log, *decided(second, log, TEXTS).events)


def test_what_a_second_text_says_is_a_correction_of_the_one_meeting() -> None:
    meeting, log = after(SECOND)

    held = meeting.held
    assert isinstance(held, MeetingHeld)
    assert (held.id, held.title, held.form) == ("talks", "Talks at Treasury", "lunch")
    assert [one.person for one in held.participants] == ["bessent-scott", "lee-ann"]
    assert [(one.id, one.say) for one in held.points] == [("p1", "Steel was reviewed."), ("p2", "Coal was raised.")]
    assert len(meeting.sources) == 2
    (correction,) = [one.event for one in log if isinstance(one.event, EventCorrected)]
    assert (
        correction.reason
        == "it adds what Both delegations discussed steel at lunch. Talks are expected in June. Coal was raised. Ann Lee took part. says"
    )
    assert correction.replaces == (meeting.digest,)


def test_where_two_texts_treat_one_statement_in_their_own_ways_both_are_kept_and_it_is_a_difference() -> None:
    log = decided(FIRST, (), TEXTS).events
    state = state_after(SECOND, log, TEXTS)

    (held,) = (one.held for one in state.meetings.values())
    assert [(c.kind, c.quote) for c in held.points[0].citations] == [
        ("reviewed", "The two sides reviewed steel."), ("discussed", "Both delegations discussed steel at lunch."),
    ]  # fmt: skip
    (promise,) = held.commitments
    assert [(c.strength, c.when.words if c.when else "") for c in promise.citations] == [
        ("agreed", "soon"),
        ("expected", "June 2026"),
    ]
    assert promise.due is not None
    assert promise.due.words == "soon"
    assert {(one.key, one.aspects) for one in state.differences} == {
        ("talks/p1", ("treatment",)), ("talks/c1", ("strength", "date")),
    }  # fmt: skip


def test_what_is_said_again_in_the_same_words_joins_and_what_was_not_known_is_filled_in() -> None:
    meeting, _ = after(
        """
        meeting: Talks
        adds to: talks
        when: 29 May 2026
        where: Washington
        sources: {S: south.txt}
        points:
          - say: Steel was reviewed.
            S: Both delegations discussed steel at lunch.
        """
    )

    held = meeting.held
    assert isinstance(held, MeetingHeld)
    assert len(held.points) == 1
    assert len(held.points[0].citations) == 2
    assert held.where == "Washington"
    assert held.when is not None
    assert held.when.words == "28 May 2026"  # what is on record stays: an addition corrects nothing


def test_a_meeting_of_which_nothing_was_known_is_known_by_the_text_that_tells_of_it() -> None:
    bare = "meeting: Talks\nid: talks\nwhen: 28 May 2026\nagency: Treasury\nnotes: Desk\ncontent: not known\n"
    meeting, _ = after("meeting: Talks\nadds to: talks\nnotes: Desk\npoints:\n  - say: Steel was discussed.\n", bare)

    assert meeting.held.content_known
    assert [one.say for one in meeting.held.points] == ["Steel was discussed."]


def test_the_same_addition_again_adds_nothing_nor_does_one_that_says_nothing_new() -> None:
    _, log = after(SECOND)
    plan = decided(SECOND, log, TEXTS)
    assert plan.events == ()
    assert len(plan.skipped) == 1

    assert decided("meeting: Talks\nadds to: talks\nwith: [Scott Bessent]\n", log, TEXTS).events == ()


def test_two_texts_in_one_run_add_one_after_the_other() -> None:
    log = decided(FIRST, (), TEXTS).events
    more = (
        SECOND
        + "    ---\n"
        + SECOND.replace("Coal was raised.\n        S", "Coal was mentioned.\n        S").replace(
            "adds to: p1", "adds to: p2"
        )
    )
    (meeting,) = state_after(more, log, TEXTS).meetings.values()

    assert [one.say for one in meeting.held.points] == [
        "Steel was reviewed.",
        "Coal was raised.",
        "Coal was mentioned.",
    ]
    first, second = [one for one in decided(more, log, TEXTS).events if isinstance(one.event, EventCorrected)]
    assert second.event.replaces == (first.digest,)


def test_a_report_on_a_visit_and_the_visit_itself_are_added_to() -> None:
    log = decided(
        """
        visit: To Washington
        id: v
        ---
        report: As a whole
        id: whole
        visit: v
        notes: Desk
        points:
          - say: Steel was discussed.
        """
    ).events
    state = state_after(
        """
        visit: The visit
        adds to: v
        when: 27-29 May 2026
        principal: Vikram Misri
        ---
        report: The whole
        adds to: whole
        notes: Embassy
        points:
          - say: Coal was raised.
        """,
        log,
    )

    (visit,) = state.visits.values()
    assert (visit.title, visit.when.words if visit.when else "", visit.principal) == (
        "To Washington",
        "27-29 May 2026",
        "misri-vikram",
    )
    assert [one.say for one in state.meetings["whole"].held.points] == ["Steel was discussed.", "Coal was raised."]


@pytest.mark.parametrize(
    ("change", "what", "hint"),
    [
        (("adds to: talks", "adds to: talk"), "no meeting “talk” is on record", "nearest on record: talks"),
        (("adds to: p1", "adds to: p7"), "no point “p7” in talks", "there: p1"),
        (("    meeting:", "    marking: SECRET\n    meeting:"), "“marking” of what is added covers its points and commitments, not citations, form, participants", "mark the meeting first: `briefing correct talks --set marking=SECRET`"),
        (("kind: discussed", "kind: discussed\n        marking: SECRET"), "p1 is marked as the meeting is, what is added SECRET", "leave out “adds to”: it becomes a statement of its own"),
        (("Coal was raised.\n    comm", "Coal was sold.\n    comm"), "these words are not in text S: “Coal was sold.”", None),
    ],
)  # fmt: skip
def test_an_addition_that_does_not_fit_is_refused_with_what_to_do(
    change: tuple[str, str], what: str, hint: str | None
) -> None:
    log = decided(FIRST, (), TEXTS).events
    found = problems(SECOND.replace(*change), log, TEXTS)

    assert what in [one.what for one in found]
    assert hint is None or hint in [one.hint for one in found]


def test_a_report_does_not_add_to_a_meeting() -> None:
    log = decided(FIRST, (), TEXTS).events
    problem = only_problem("report: R\nadds to: talks\nnotes: Desk\npoints:\n  - say: Coal was raised.\n", log, TEXTS)

    assert (problem.what, problem.hint) == ("talks is a meeting", "a meeting adds to a meeting, a report to a report")


def test_a_mark_of_what_is_added_stands_on_its_points() -> None:
    meeting, _ = after(
        "meeting: Talks\nadds to: talks\nmarking: SECRET\nsources: {S: south.txt}\npoints:\n  - say: Coal was raised.\n    S: Coal was raised.\n"
    )

    assert [one.marking for one in meeting.held.points] == [None, "SECRET"]
    assert meeting.held.marking is None
