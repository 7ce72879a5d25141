"""What changed between two parts of the log, whoever wrote it and in whatever order copies were joined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as over

from briefing.ancestry import ancestry
from briefing.changes import Changed, Field, _Log, changes
from briefing.events import EventRedacted, Recorded
from tests.drawn import apart, joined
from tests.given import (
    NOON,
    Told,
    agency_described,
    commitment,
    commitment_updated,
    day,
    difference_settled,
    event_corrected,
    event_redacted,
    event_retracted,
    history,
    meeting_held,
    point,
    source_registered,
    visit_described,
)

MANY = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
Log = tuple[Recorded, ...]


def after(log: Log, *told: Told, writer: str = "desk", minutes: int = 0) -> Log:
    """Return a log with more events behind it."""
    return (*log, *history(*told, after=log, at=NOON + timedelta(minutes=minutes), writer=writer))


def since(before: Log, now: Log) -> list[tuple[str, tuple[Field, ...]]]:
    return [(one.kind, one.fields) for one in changes(before, now)]


BEGUN = history(
    meeting_held("m1", on="2026-03-02", title="Steel", points=(point("p1", say="Steel was discussed."),),
                 commitments=(commitment("c1"),)),
)  # fmt: skip


# ── one case each ─────────────────────────────────────────────────────────────────────────────


def test_since_now_nothing_changed() -> None:
    assert changes(BEGUN, BEGUN) == ()


def test_what_entered_is_told_with_its_digest() -> None:
    log = after(BEGUN, meeting_held("m2"))

    (one,) = changes(BEGUN, log)
    assert (one.kind, one.digest, one.event, one.stands) == ("entered", log[-1].digest, log[-1].event, True)


def test_a_correction_is_told_with_field_old_and_new_value() -> None:
    log = after(BEGUN, event_corrected("m1", title="Steel and energy", points__p1__say="Steel was reviewed."))

    (one,) = changes(BEGUN, log)
    assert one.kind == "corrected"
    assert one.subject == BEGUN[0].event
    assert one.fields == (
        Field("title", "Steel", "Steel and energy"),
        Field("points/p1/say", "Steel was discussed.", "Steel was reviewed."),
    )


def test_a_second_correction_begins_where_the_first_one_ended() -> None:
    log = after(BEGUN, event_corrected("m1", label="x", title="Coal"), event_corrected("m1", replaces=["x"], title="Oil"))

    assert since(BEGUN, log) == [
        ("corrected", (Field("title", "Steel", "Coal"),)),
        ("corrected", (Field("title", "Coal", "Oil"),)),
    ]


def test_a_list_that_is_set_anew_is_told_item_by_item() -> None:
    points = [{"id": "p1", "say": "Steel was reviewed."}, {"id": "p2", "say": "Coal came up."}]
    log = after(BEGUN, event_corrected("m1", points=points))

    ((_, fields),) = since(BEGUN, log)
    assert [(one.path, one.old) for one in fields] == [("points/p1/say", "Steel was discussed."), ("points/p2", None)]
    assert fields[1].new["say"] == "Coal came up."


def test_corrections_of_two_offices_each_tell_what_their_writer_saw() -> None:
    here = after(BEGUN, event_corrected("m1", title="Coal"), minutes=1)
    there = after(BEGUN, event_corrected("m1", title="Oil"), minutes=2, writer="embassy")

    assert since(BEGUN, (*here, *there[1:])) == [
        ("corrected", (Field("title", "Steel", "Coal"),)),
        ("corrected", (Field("title", "Steel", "Oil"),)),
    ]


def test_a_retraction_withdraws_and_taking_it_back_restores() -> None:
    log = after(BEGUN, event_retracted("m1"))
    assert [(one.kind, one.subject) for one in changes(BEGUN, log)] == [("withdrawn", BEGUN[0].event)]

    restored = after(log, event_retracted(log[-1].digest))
    assert [(one.kind, one.subject) for one in changes(log, restored)] == [("restored", BEGUN[0].event)]


def test_a_correction_that_is_withdrawn_gives_the_old_value_back() -> None:
    log = after(BEGUN, event_corrected("m1", title="Coal"))

    assert since(log, after(log, event_retracted(log[-1].digest))) == [("reverted", (Field("title", "Coal", "Steel"),))]


def test_what_entered_and_was_withdrawn_since_no_longer_stands() -> None:
    entered, withdrawn = changes(BEGUN, after(BEGUN, meeting_held("m2"), event_retracted("m2")))

    assert (entered.kind, entered.stands, withdrawn.kind) == ("entered", False, "withdrawn")


def test_news_of_a_commitment_is_told_against_what_it_was() -> None:
    log = after(BEGUN, commitment_updated("m1/c1", status="in hand"))
    assert since(BEGUN, log) == [("updated", (Field("status", "open", "in hand"),))]

    later = after(log, commitment_updated("m1/c1", replaces=[log[-1].digest], status="done", due=day(2026, 4, 1)))
    ((_, fields),) = since(log, later)
    assert [(one.path, one.old) for one in fields] == [("due", None), ("status", "in hand")]


def test_an_entry_of_the_register_that_is_given_more_is_told_by_what_is_new() -> None:
    log = history(agency_described("us-a", "Treasury", aliases=("UST",)))
    later = after(log, agency_described("us-a", "Treasury", label="", replaces=["us-a"], short="TSY", aliases=("Dept",)))

    assert since(log, later) == [("updated", (Field("short", None, "TSY"), Field("aliases", ["UST"], ["UST", "Dept"])))]


def test_a_settlement_is_told_as_it_is() -> None:
    log = after(BEGUN, difference_settled("m1/p1", "text-a"))

    assert [(one.kind, one.event) for one in changes(BEGUN, log)] == [("entered", log[-1].event)]


def test_a_redaction_speaks_for_what_it_redacts_and_for_nothing_it_said() -> None:
    log = after(BEGUN, meeting_held("m2", title="Secret"), event_corrected("m2", label="x", title="Hidden"), event_retracted("x"))
    redacted = after(log, event_redacted(log[1]))
    away = tuple(one for one in redacted if one is not log[1])

    told = changes(BEGUN, redacted)
    assert told == changes(BEGUN, away)
    assert [(one.kind, one.subject, one.fields) for one in told] == [
        ("corrected", None, ()), ("withdrawn", None, ()), ("redacted", None, ()),
    ]  # fmt: skip
    assert "Secret" not in repr(told)


def test_what_a_redaction_hides_is_not_told_of_a_correction_behind_the_hole() -> None:
    log = after(BEGUN, meeting_held("m2"), event_corrected("m1", title="Coal"))
    redacted = after(log, event_redacted(log[1]))

    for copy in (redacted, tuple(one for one in redacted if one is not log[1])):
        assert since(BEGUN, copy) == [("corrected", (Field("title", "Steel", "Coal"),)), ("redacted", ())]


def test_as_of_a_day_leaves_out_what_happened_after_it_and_all_that_is_about_it() -> None:
    log = after(BEGUN, meeting_held("m2", on="2026-03-05"), event_corrected("m2", title="Coal"), source_registered("a"))

    assert [one.event.type for one in changes(BEGUN, log, as_of=date(2026, 3, 4))] == ["source.registered"]
    assert len(changes(BEGUN, log, as_of=date(2026, 3, 5))) == 3


def test_as_of_a_day_a_meeting_goes_by_the_date_it_was_corrected_to_and_by_that_of_its_visit() -> None:
    moved = after(BEGUN, meeting_held("m2", on="2026-03-05"), event_corrected("m2", when=day(2026, 3, 1).model_dump(mode="json")))
    assert len(changes(BEGUN, moved, as_of=date(2026, 3, 4))) == 2

    visit = after(BEGUN, visit_described("v", on="5-6 March 2026"), meeting_held("m2", visit="v"))
    assert [one.event.type for one in changes(BEGUN, visit, as_of=date(2026, 3, 4))] == ["visit.described"]


# ── over all histories ────────────────────────────────────────────────────────────────────────


def redacted(log: Sequence[Recorded]) -> set[str]:
    return {one.event.target for one in log if isinstance(one.event, EventRedacted)}


def digests(told: Sequence[Changed]) -> list[str]:
    return [one.digest for one in told]


@MANY
@over(apart())
def test_every_new_event_is_told_once_in_log_order_and_nothing_else(copies: tuple[Log, Log, Log]) -> None:
    begun, here, there = copies
    whole = joined(here, there)
    new = {one.digest for one in whole} - {one.digest for one in begun} - redacted(whole)

    told = changes(begun, whole)
    assert digests(told) == [one.digest for one in sorted(whole, key=lambda one: (one.at, one.event.type, one.digest)) if one.digest in new]


@MANY
@over(apart())
def test_copies_joined_either_way_round_tell_the_same(copies: tuple[Log, Log, Log]) -> None:
    begun, here, there = copies

    assert changes(begun, joined(here, there)) == changes(begun, joined(there, here))
    assert changes(tuple(reversed(begun)), tuple(reversed(joined(there, here)))) == changes(begun, joined(here, there))


@MANY
@over(apart())
def test_what_changed_until_a_point_and_since_it_is_what_changed(copies: tuple[Log, Log, Log]) -> None:
    begun, here, there = copies
    whole = joined(here, there)
    gone = redacted(whole)

    first = [digest for digest in digests(changes(begun, here)) if digest not in gone]
    assert sorted(first + digests(changes(here, whole))) == sorted(digests(changes(begun, whole)))
    assert changes(whole, whole) == ()


@MANY
@over(apart())
def test_a_merge_adds_entries_and_alters_none_that_it_does_not_withdraw(copies: tuple[Log, Log, Log]) -> None:
    begun, here, there = copies
    alone = {one.digest: one for one in changes(begun, here)}
    merged = {one.digest: one for one in changes(begun, joined(here, there))}

    if not redacted(there):
        assert alone.keys() <= merged.keys()
        for digest, one in alone.items():
            assert (merged[digest].kind, merged[digest].fields, merged[digest].subject) == (one.kind, one.fields, one.subject)


@MANY
@over(apart())
def test_a_redacted_file_that_is_away_makes_no_difference(copies: tuple[Log, Log, Log]) -> None:
    begun, here, there = copies
    whole = joined(here, there)
    gone = redacted(whole)

    assert changes(begun, whole) == changes(begun, tuple(one for one in whole if one.digest not in gone))


@MANY
@over(apart())
def test_what_a_writer_saw_is_what_their_event_follows(copies: tuple[Log, Log, Log]) -> None:
    _, here, there = copies
    whole = sorted(joined(here, there), key=lambda one: (one.at, one.event.type, one.digest))
    gone = redacted(whole)
    for log in (whole, [one for one in whole if one.digest not in gone]):
        told = _Log(log)
        for one in log:
            behind, _ = ancestry(log, one.event.parents)
            assert {other.digest for other in told._seen_by(one, log)} == {other.digest for other in log if other.digest in behind}


def test_a_fold_of_the_whole_log_would_blame_one_office_for_the_other() -> None:
    """The control of the merge tests: told against the order of names, not against what the writer saw."""
    here = after(BEGUN, event_corrected("m1", title="Coal"), minutes=1)
    there = after(BEGUN, event_corrected("m1", title="Oil"), minutes=2, writer="embassy")
    in_a_row = after(here, event_corrected("m1", title="Oil"), minutes=2, writer="embassy")

    ((_, merged),) = since(here, joined(here, there))
    ((_, followed),) = since(here, in_a_row)
    assert (merged, followed) == ((Field("title", "Steel", "Oil"),), (Field("title", "Coal", "Oil"),))


@pytest.mark.parametrize("told", [event_corrected("m1", colour="red"), event_corrected("m1", when="tomorrow")])
def test_a_correction_that_does_nothing_is_told_without_fields(told: Told) -> None:
    assert since(BEGUN, after(BEGUN, told)) == [("corrected", ())]
