"""Rows that were something else before: of a register by another name, or with a name that was mended since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

import pytest

from briefing.errors import Place
from briefing.events import Recorded
from briefing.incoming import Arrivals, Entry, Plan, plan
from briefing.items import Item, Said
from briefing.names import slug
from briefing.pen import Pen
from briefing.projector import project
from briefing.revise import Why, correct
from tests.given import NOON


def row(n: int, met: str, title: str, *, register: str = "r", month: str = "May 2014") -> Entry:
    place = Place("register.csv", n)
    values = {"meeting": title, "when": month, "agency": met, "content": "not known"}
    key = f"row:{register}:nick-hurd:{slug(month)}:{slug(met)}"
    return Entry(Item("meeting", place, {key: Said(text, place) for key, text in values.items()}), key)


def pen(log: Sequence[Recorded]) -> Pen:
    numbers = count(len(log))
    return Pen(by="Desk", now=NOON + timedelta(hours=len(log)), newest=log[-1].at if log else None,
               heads=(log[-1].digest,) if log else (), nonce=lambda: f"{next(numbers):032x}")  # fmt: skip


def coming(*entries: Entry, log: Sequence[Recorded] = (), corrections: bool = True) -> Plan:
    """Take rows of files that should hold all rows of their registers."""
    registers = {entry.origin.split(":")[1] for entry in entries}
    covers = Arrivals(entries, covers=lambda one: one.event.origin.startswith(tuple(f"row:{name}:" for name in registers)))
    return plan(covers, tuple(log), pen(log), corrections=corrections)


def agencies(log: Sequence[Recorded]) -> list[tuple[str, ...]]:
    return [one.agencies for one in project(log).meetings.values()]


# ── a name that was mended ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("old", "new"), [("Siemans", "Siemens"), ("BT", "BT Group"), ("Scope; Nesta", "Scope; Nesta; Demos")])
@pytest.mark.parametrize("title", ["Introductory meeting", "Meeting with {}"])
def test_an_organisation_that_was_mended_is_a_change_and_no_other_meeting(old: str, new: str, title: str) -> None:
    before = coming(row(2, old, title.format(old)), row(3, "CBI", "Pay")).events

    found = coming(row(2, new, title.format(new)), row(3, "CBI", "Pay"), log=before)

    assert found.new == found.missing == ()
    assert {change.path for one in found.changed for change in one.changes} == {"agencies", *(["title"] if "{" in title else [])}
    log = [*before, *found.events]
    assert len(agencies(log)) == 2
    assert agencies(log)[0] == (slug(new),)


def test_the_mended_edition_again_and_the_next_one_after_it_know_the_row() -> None:
    log = list(coming(row(2, "Siemans", "Pay")).events)
    log += coming(row(2, "Siemens", "Pay"), log=log).events

    assert coming(row(2, "Siemens", "Pay"), log=log).events == ()
    later = coming(row(2, "Siemens", "Pay and tax"), log=log)
    assert [(one.path, one.value) for one in later.changed[0].changes] == [("title", "Pay and tax")]
    assert later.new == later.missing == ()


def test_what_an_officer_corrected_is_not_proposed_back_for_a_row_whose_name_was_mended() -> None:
    log = list(coming(row(2, "Siemans", "Pay")).events)
    log += coming(row(2, "Siemens", "Pay"), log=log).events
    held = next(one for one in log if one.event.type == "meeting.held")
    correct(log, held, {"title": "Pay of engineers"}, writer := pen(log), Why(reason="The minister's diary says so."))

    assert coming(row(2, "Siemens", "Pay"), log=[*log, *writer.written]).events == ()


@pytest.mark.parametrize(
    "rows",
    [
        [row(2, "Barnardos", "Pay")],
        [row(2, "Siemens", "Tax")],
        [row(2, "Siemens", "Pay", month="June 2014")],
        [row(2, "Siemens", "Pay"), row(3, "Siemanns", "Pay")],
    ],
)
def test_another_organisation_purpose_or_month_or_two_that_may_be_meant_are_new_and_the_old_one_is_gone(rows: list[Entry]) -> None:
    log = coming(row(2, "Siemans", "Pay")).events

    found = coming(*rows, log=log)

    assert len(found.new) == len(rows)
    assert len(found.missing) == 1
    assert found.changed == ()


def test_both_names_in_one_edition_are_two_meetings() -> None:
    log = coming(row(2, "Siemans", "Pay")).events

    found = coming(row(2, "Siemans", "Pay"), row(3, "Siemens", "Pay"), log=log)

    assert (len(found.same), len(found.new), found.missing) == (1, 1, ())


# ── another name of the register ──────────────────────────────────────────────────────────────


def test_the_rows_of_a_file_that_came_in_under_another_name_of_its_register_are_on_record() -> None:
    titles = {"CBI": "Pay", "BT": "Tax", "Demos": "Skills"}
    log = coming(*(row(n, met, title, register="uk-ministers") for n, (met, title) in enumerate(titles.items(), 2))).events

    again = coming(*(row(n, met, title, register="co") for n, (met, title) in enumerate(titles.items(), 2)), log=log)

    assert again.new == again.changed == again.missing == again.events == ()
    assert len(again.same) == 3


def test_equals_among_them_are_told_apart_and_what_is_new_or_changed_is_so() -> None:
    first = [row(2, "CBI", "Pay"), row(3, "CBI", "Tax"), row(4, "BT", "Skills"), row(5, "TUC", "Work")]
    log = coming(*first).events

    there = [row(2, "CBI", "Tax", register="co"), row(3, "CBI", "Pay", register="co"), row(4, "BT", "Skills and pay", register="co"),
             row(5, "TUC", "Work", register="co"), row(6, "IBM", "Chips", register="co")]  # fmt: skip
    found = coming(*there, log=log)

    assert [one.item.text("meeting") for one in found.new] == ["Chips"]
    assert [(one.path, one.value) for each in found.changed for one in each.changes] == [("title", "Skills and pay")]
    assert len(found.same) == 3


def test_another_register_of_the_same_people_is_another_register() -> None:
    log = coming(row(2, "CBI", "Pay"), row(3, "BT", "Tax"), row(4, "TUC", "Work"), register_of := row(5, "Demos", "Lunch")).events

    gifts = coming(*(row(n, met, "Lunch", register="gifts") for n, met in enumerate(("CBI", "BT", "TUC", "Demos"), 2)), log=log)

    assert len(gifts.new) == 4, "most of what they have in common says otherwise"
    assert register_of.origin == "row:r:nick-hurd:may-2014:demos"
