"""Entries from files against the record: new, there already, changed, gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

from briefing.errors import Place
from briefing.events import MeetingHeld, Recorded
from briefing.incoming import Arrivals, Entry, Left, Plan, plan
from briefing.items import Item, Said
from briefing.pen import Pen
from briefing.projector import project
from briefing.revise import Why, correct, retract
from tests.given import NOON, history, meeting_held, point

WHY = Why(reason="The minister's diary says so.")


def row(n: int, key: str, **said: str) -> Entry:
    place = Place("register.csv", n)
    values = {"when": "May 2014", "agency": "CBI", "content": "not known", **said}
    return Entry(Item("meeting", place, {key: Said(text, place) for key, text in values.items()}), f"row:r:{key}")


def pen(log: Sequence[Recorded]) -> Pen:
    numbers = count(len(log))
    return Pen(by="Desk", now=NOON + timedelta(hours=len(log)), newest=log[-1].at if log else None,
               heads=(log[-1].digest,) if log else (), nonce=lambda: f"{next(numbers):032x}")  # fmt: skip


def coming(*entries: Entry, log: Sequence[Recorded] = (), corrections: bool = False, covers: str = "") -> Plan:
    arrivals = Arrivals(entries, covers=lambda one: bool(covers) and one.event.origin.startswith(covers))
    return plan(arrivals, tuple(log), pen(log), corrections=corrections)


def titles(log: Sequence[Recorded]) -> list[str]:
    return [one.held.title for one in project(log).meetings.values()]


def test_what_is_new_is_written_with_the_names_it_brings() -> None:
    found = coming(row(2, "cbi", meeting="Skills"), row(3, "tuc", meeting="Pay", agency="TUC"))

    assert [one.event.type for one in found.events] == ["agency.described", "meeting.held"] * 2
    assert [one.event.origin for one in found.events if isinstance(one.event, MeetingHeld)] == ["row:r:cbi", "row:r:tuc"]
    assert [one.name for one in found.fresh] == ["CBI", "TUC"]
    assert [one.origin for one in found.new] == ["row:r:cbi", "row:r:tuc"]


def test_the_same_again_adds_nothing() -> None:
    log = coming(row(2, "cbi", meeting="Skills")).events

    again = coming(row(2, "cbi", meeting="Skills"), log=log, corrections=True)

    assert again.events == again.new == again.changed == again.fresh == ()
    assert [one.origin for one in again.same] == ["row:r:cbi"]


def test_a_change_is_proposed_and_taken_only_when_it_is_agreed_to() -> None:
    log = coming(row(2, "cbi", meeting="Skils")).events
    better = row(2, "cbi", meeting="Skills", when="12 May 2014")

    proposed = coming(better, log=log)
    assert proposed.events == ()
    assert [(c.path, c.value if c.path == "title" else c.value["words"]) for c in proposed.changed[0].changes] == [
        ("title", "Skills"), ("when", "12 May 2014"),
    ]  # fmt: skip

    taken = coming(better, log=log, corrections=True)
    assert [one.event.type for one in taken.events] == ["event.corrected"]
    assert titles([*log, *taken.events]) == ["Skills"]
    assert coming(better, log=[*log, *taken.events], corrections=True).events == ()


def test_a_change_that_brings_a_name_registers_it_before_the_correction() -> None:
    log = coming(row(2, "cbi", meeting="Skills")).events

    taken = coming(row(2, "cbi", meeting="Skills", agency="TUC"), log=log, corrections=True)

    assert [one.event.type for one in taken.events] == ["agency.described", "event.corrected"]
    assert [one.name for one in taken.fresh] == ["TUC"]
    assert [one.agencies for one in project([*log, *taken.events]).meetings.values()] == [("tuc",)]


def test_what_an_officer_corrected_is_not_proposed_back_by_the_same_file() -> None:
    log = list(coming(row(2, "cbi", meeting="Skils")).events)
    held = next(one for one in log if isinstance(one.event, MeetingHeld))
    correct(log, held, {"title": "Skills and pay"}, writer := pen(log), WHY)
    log += writer.written

    assert coming(row(2, "cbi", meeting="Skils"), log=log, corrections=True).changed == ()
    news = coming(row(2, "cbi", meeting="Skills"), log=log)
    assert [change.value for change in news.changed[0].changes] == ["Skills"]


def test_what_the_file_now_says_as_an_officer_has_it_is_no_change() -> None:
    log = list(coming(row(2, "cbi", meeting="Skils")).events)
    held = next(one for one in log if isinstance(one.event, MeetingHeld))
    correct(log, held, {"title": "Skills"}, writer := pen(log), WHY)

    assert coming(row(2, "cbi", meeting="Skills"), log=[*log, *writer.written], corrections=True).events == ()


def test_what_was_retracted_stays_so() -> None:
    log = list(coming(row(2, "cbi", meeting="Skills")).events)
    retract(log, log[-1], writer := pen(log), WHY)

    again = coming(row(2, "cbi", meeting="Skills"), log=[*log, *writer.written], corrections=True)

    assert again.events == again.new == ()
    assert [one.origin for one in again.withdrawn] == ["row:r:cbi"]


def test_equals_are_numbered_and_another_between_them_is_the_only_new_one() -> None:
    first, last = row(2, "cbi", meeting="Skills", when="3 May 2014"), row(3, "cbi", meeting="Pay", when="20 May 2014")
    log = coming(first, last).events
    assert [one.event.origin for one in log if isinstance(one.event, MeetingHeld)] == ["row:r:cbi", "row:r:cbi#2"]

    between = coming(first, row(3, "cbi", meeting="Tax", when="10 May 2014"), last, log=log)

    assert [one.origin for one in between.new] == ["row:r:cbi#3"]
    assert len(between.same) == 2
    assert between.changed == ()


def test_two_rows_that_say_the_same_are_two_meetings_with_ids_of_their_own() -> None:
    found = coming(row(2, "cbi", meeting="Skills"), row(3, "cbi", meeting="Skills"))

    assert [one.event.id for one in found.events if isinstance(one.event, MeetingHeld)] == [
        "skills-2014-05", "skills-2014-05-2",
    ]  # fmt: skip


def test_what_is_gone_is_told_and_stays() -> None:
    log = coming(row(2, "cbi", meeting="Skills"), row(3, "tuc", meeting="Pay")).events

    found = coming(row(2, "cbi", meeting="Skills"), log=log, corrections=True, covers="row:r:")

    assert found.events == ()
    assert [one.event.origin for one in found.missing] == ["row:r:tuc"]


def test_an_entry_against_a_rule_is_left_with_its_reason_and_nothing_of_it_stays() -> None:
    found = coming(row(2, "x", meeting="Skills", agency="Nobody", when="31 April 2014"), row(3, "cbi", meeting="Pay"))

    assert [(one.place.line, one.kind) for one in found.left] == [(2, "problem")]
    assert "there is no 31 April 2014" in found.left[0].why
    assert [one.name for one in found.fresh] == ["CBI"]
    assert [one.event.type for one in found.events] == ["agency.described", "meeting.held"]


def test_a_row_with_the_id_of_a_meeting_on_record_is_that_meeting_and_changes_only_what_a_row_can_say() -> None:
    log = history(meeting_held("m1", title="Skils", on="2026-03-02"))
    said = {"meeting": "Skills", "id": "m1", "when": "2026-03-02", "agency": "CBI"}

    found = coming(row(2, "m1", **said), log=log, corrections=True)

    assert found.new == ()
    assert [(one.path, one.value) for one in found.changed[0].changes] == [("title", "Skills")]
    assert titles([*log, *found.events]) == ["Skills"]
    assert coming(row(2, "m1", **said), log=[*log, *found.events], corrections=True).events == ()


def test_what_was_left_before_is_told_first() -> None:
    left = Left(Place("register.csv", 9), "a blank row", kind="blank")

    found = plan(Arrivals((), (left,)), (), pen(()))

    assert found.left == (left,)


def a_meeting_with(*sentences: str) -> list[Recorded]:
    return history(meeting_held("m1", on="2026-03-02", title="Pay", points=tuple(
        point(f"p{n}", sentence, by="theirs", kind="raised") for n, sentence in enumerate(sentences, 1))))  # fmt: skip


def of_sentences(*sentences: str, columns: frozenset[str] | None = None) -> Entry:
    place = Place("out.csv", 2)
    said = {"meeting": "Pay", "id": "m1", "when": "2026-03-02", "agency": "CBI"}
    values = {key: Said(text, place) for key, text in said.items()}
    points = tuple(Item("point", place, {"say": Said(one, place)}) for one in sentences)
    content = {"points": points} if points else {"content": Said("not known", place)}
    return Entry(Item("meeting", place, {**values, **content}), "row:meetings:m1", columns=columns)


def says(log: Sequence[Recorded]) -> list[tuple[str, str, str | None]]:
    return [(one.id, one.say, one.by) for one in project(log).meetings["m1"].held.points]


def test_statements_added_to_the_row_of_a_meeting_and_taken_from_it_are_proposed_and_the_others_keep_what_is_on_record() -> None:
    log = list(a_meeting_with("Steel.", "Chips."))

    found = coming(of_sentences("Chips.", "Pay."), log=log, corrections=True)

    assert [one.path for one in found.changed[0].changes] == ["points"]
    log += found.events
    assert says(log) == [("p2", "Chips.", "theirs"), ("p3", "Pay.", None)]
    assert coming(of_sentences("Chips.", "Pay."), log=log, corrections=True).events == ()


def test_a_table_without_a_column_says_nothing_of_it() -> None:
    log = a_meeting_with("Steel.")

    assert coming(of_sentences(columns=frozenset(["id", "title", "when"])), log=log).changed == ()
    assert coming(of_sentences(columns=frozenset(["id", "points"])), log=log).changed != (), "an empty cell does"
