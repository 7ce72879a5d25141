"""What came in by a calendar: planned meetings, meetings held where that is asked for, and what is left."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from briefing.events import MeetingPlanned
from briefing.incoming import Arrivals, plan
from briefing.intake.calendar.arrivals import Wanted, arrivals, span_words
from briefing.intake.calendar.occurrence import CalendarRead, Window
from briefing.intake.calendar.read import read_calendar
from briefing.intake.opening.opened import CannotRead
from briefing.items import Item
from briefing.pen import Pen
from tests.given import NOON, history, meeting_planned
from tests.intake.calendar.calendars import WINDOW, event, read

WANTED = Wanted(window=WINDOW, today=date(2026, 6, 1), alone=True)
AFTER = replace(WANTED, today=date(2026, 7, 1))
FOLDER = Path(__file__).parents[3].parent / "shared" / "data" / "calendars"


def coming(*events: str, wanted: Wanted = WANTED, head: str = "") -> Arrivals:
    return arrivals({"a.ics": read(*events, head=head)}, wanted)


def covers(found: Arrivals, origin: str) -> bool:
    """Tell whether something on record of this key should have come in."""
    (one,) = history(meeting_planned("m", on="2 June 2026"))
    return found.covers(replace(one, event=one.event.model_copy(update={"origin": origin})))


def names(item: Item, key: str) -> list[str]:
    return [one.text("name") or "" if isinstance(one, Item) else one.text for one in item.each(key)] if key in item.values else []


def test_an_occurrence_is_the_draft_that_an_officer_would_have_typed() -> None:
    (entry,) = coming(event("DURATION:PT45M", "LOCATION:South Block", "ATTENDEE;CN=Jeffrey Kessler:mailto:jk@x.example",
                            "ATTENDEE;CN=Trade Team;CUTYPE=GROUP:mailto:t@x.example")).entries  # fmt: skip

    said = {key: entry.item.text(key) for key in ("planned", "when", "at", "duration", "where", "notes")}
    assert said == {"planned": "Talks", "when": "2 June 2026", "at": "10:30 UTC", "duration": "45 minutes",
                    "where": "South Block", "notes": "calendar"}  # fmt: skip
    assert names(entry.item, "with") == ["Jeffrey Kessler", "“Trade Team”"]
    assert (entry.origin, str(entry.place)) == ("ics:one@x", "a.ics:3")


@pytest.mark.parametrize(("start", "end", "said"), [
    ("2026-06-02", "2026-06-02", "2 June 2026"), ("2026-06-02", "2026-06-04", "2-4 June 2026"),
    ("2026-05-30", "2026-06-02", "30 May 2026 - 2 June 2026"), ("2025-12-30", "2026-01-02", "30 December 2025 - 2 January 2026"),
])  # fmt: skip
def test_days_are_said_as_a_draft_says_them(start: str, end: str, said: str) -> None:
    from briefing.dates import parse_span

    assert span_words(start, end) == said
    assert (f"{parse_span(said).start}", f"{parse_span(said).end}") == (start, end)


def test_who_is_of_our_side_is_known_by_the_address_or_by_the_record() -> None:
    people = event("ATTENDEE;CN=Anita Rao:mailto:ar@mail.mea.example", "ATTENDEE;CN=Vikram Misri:mailto:vm@home.example",
                   "ATTENDEE;CN=Jeffrey Kessler:mailto:jk@notmea.example", "ATTENDEE:mailto:x@mea.example")  # fmt: skip
    wanted = replace(WANTED, ours=frozenset(["mea.example"]), known_as_ours=frozenset(["vikram misri"]))
    (entry,) = coming(people, wanted=wanted).entries
    (named,) = coming(people, wanted=replace(wanted, addresses=True)).entries

    assert (names(entry.item, "ours"), names(entry.item, "with")) == (["Anita Rao", "Vikram Misri"], ["Jeffrey Kessler"])
    assert names(named.item, "ours")[-1] == "“x@mea.example”"


def test_what_is_past_is_left_unless_it_is_to_be_held() -> None:
    left = coming(event(), wanted=AFTER)
    (held,) = coming(event(), wanted=replace(AFTER, held=True)).entries

    assert (left.entries, left.left[0].kind) == ((), "past")
    assert (held.item.kind, held.item.text("content"), held.origin) == ("meeting", "not known", "ics:one@x/held")
    assert held.item.text("at") is None


def test_a_plan_on_record_whose_day_has_passed_stays_a_plan_and_is_what_a_meeting_follows() -> None:
    on_record = replace(AFTER, planned={"ics:one@x": "talks-2026-06-02"})
    assert [one.item.kind for one in coming(event(), wanted=on_record).entries] == ["planned"]

    both = coming(event(), wanted=replace(on_record, held=True)).entries
    assert [(one.item.kind, one.item.text("plan")) for one in both] == [("planned", None), ("meeting", "talks-2026-06-02")]

    typed = replace(on_record, held=True, met=frozenset(["talks-2026-06-02"]))
    assert [one.item.kind for one in coming(event(), wanted=typed).entries] == ["planned"], "an officer has recorded it"
    again = replace(typed, came=frozenset(["ics:one@x/held"]), held=False)
    assert [one.item.kind for one in coming(event(), wanted=again).entries] == ["planned", "meeting"]


def test_what_is_cancelled_or_private_is_left_and_a_cancelled_one_on_record_is_missed() -> None:
    cancelled, private = coming(event("STATUS:CANCELLED")), coming(event("CLASS:PRIVATE"))

    assert [one.kind for one in (*cancelled.left, *private.left)] == ["cancelled", "private"]
    assert covers(cancelled, "ics:one@x")
    assert not covers(cancelled, "ics:other@x")
    assert len(coming(event("CLASS:PRIVATE"), wanted=replace(WANTED, private=True)).entries) == 1


def test_a_day_taken_out_of_a_series_is_missed_and_one_outside_the_window_is_not() -> None:
    series = coming(event("RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20260616T103000Z"))
    alone = coming(event("RECURRENCE-ID:20260609T103000Z"))

    assert covers(series, "ics:one@x/20260616T103000Z")
    assert not covers(series, "ics:one@x/20260609T103000Z"), "it is there"
    assert not covers(series, "ics:one@x/20400616T103000Z")
    assert not covers(series, "ics:one@x/20260616T103000Z/held")
    assert not covers(series, "row:register:one@x")
    assert not covers(alone, "ics:one@x/20260616T103000Z"), "one day of a series says nothing of the others"


def test_an_entry_to_which_nobody_is_invited_is_left_with_its_reason() -> None:
    wanted = replace(WANTED, alone=False)
    left = coming(event(title="Dentist"), event("ATTENDEE:mailto:x@y.example", uid="two@x"), wanted=wanted)
    named = coming(event("ATTENDEE:mailto:x@y.example"), wanted=replace(wanted, addresses=True))
    there = coming(event(), wanted=replace(wanted, planned={"ics:one@x": "talks"}))

    assert [(one.why, one.kind) for one in left.left] == [
        ("nobody is invited; --alone takes it", "without others"),
        ("nobody is invited with a name; --addresses names them by their address", "without others"),
    ]  # fmt: skip
    assert [len(one.entries) for one in (left, named, there, coming(event(title="Dentist")))] == [0, 1, 1, 1]


def test_of_copies_in_two_files_the_newest_holds() -> None:
    files = {"old.ics": read(event("SEQUENCE:1", title="Old")), "new.ics": read(event("SEQUENCE:2", title="New"))}
    found = arrivals(files, WANTED)

    assert [one.item.text("planned") for one in found.entries] == ["New"]
    assert [(str(one.place), one.kind) for one in found.left] == [("old.ics:3", "older copies")]


def pen() -> Pen:
    numbers = count()
    return Pen(by="Desk", now=NOON, newest=None, heads=(), nonce=lambda: f"{next(numbers):032x}")


def test_a_changed_sequence_proposes_corrections_and_the_same_again_nothing() -> None:
    log = plan(coming(event("SEQUENCE:0")), (), pen()).events
    moved = coming(event("SEQUENCE:1", start=":20260603T110000Z"))

    assert [type(one.event) for one in log] == [MeetingPlanned]
    assert plan(coming(event("SEQUENCE:0")), log, pen()).events == ()
    assert [change.path for change in plan(moved, log, pen()).changed[0].changes] == ["when", "at_time"]
    assert [one.event.origin for one in plan(coming(event("STATUS:CANCELLED")), log, pen()).missing] == ["ics:one@x"]


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the calendars of others are not beside this checkout")
def test_every_calendar_of_others_is_taken_or_refused_with_its_reason() -> None:
    window = Window(date(2010, 1, 1), date(2016, 12, 31))
    read_, refused = {}, {}
    for path in sorted(FOLDER.rglob("*.ics")):
        try:
            read_[str(path)] = read_calendar(path.read_bytes(), window)
        except CannotRead as fault:
            refused[str(path)] = fault.what
    found = arrivals(read_, Wanted(window=window, today=window.start))
    planned, whole = plan(found, (), pen()), plan(arrivals(read_, Wanted(window=window, today=window.start, alone=True)), (), pen())

    assert (len(read_), len(refused)) == (180, 60)
    assert all(refused.values())
    assert all(one.occurrences or one.left for one in read_.values())
    assert len(planned.new) + len(planned.left) == len(found.entries) + len(found.left)
    counts = Counter(one.kind for one in planned.left)
    assert counts.keys() <= {"problem", "outside the window", "other entries", "older copies", "cancelled", "private", "without others"}
    assert (len(planned.new), counts["without others"]) == (90, len(whole.new) - 90)


def test_nothing_of_a_read_calendar_is_lost_between_new_and_left() -> None:
    found = CalendarRead((), (), ())

    assert arrivals({"a.ics": found}, WANTED).entries == ()
