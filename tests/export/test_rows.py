"""Meetings as rows and back: what a row holds comes back as it was, and the rows bear the mark that a paper would."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from briefing.decide import decide
from briefing.events import Recorded
from briefing.export.marks import RowMarks
from briefing.export.rows import COLUMNS, PLANNED, held_rows, meetings, planned_rows, plans
from briefing.incoming import Plan, plan
from briefing.intake.drafts import read_drafts
from briefing.intake.table import Asked, find, open_table, read_tables
from briefing.intake.table.mapping import read_mapping
from briefing.markings.marking import UnknownMark
from briefing.pen import Pen
from briefing.projector import project
from briefing.render.sheet import render_sheet
from briefing.resources import marking_profile, register_mappings
from tests.given import NOON

MAPPINGS = [read_mapping(path.read_text(encoding="utf-8"), str(path)) for path in register_mappings()]
SIGNS = st.sampled_from([*"abcxyz ABC019äß=+-@'“”’,:/&|\"\t#{}()–", "; ", "हिन्दी", "\u200b", "😀"])


def a_text(*without: str, signs: int = 12) -> st.SearchStrategy[str]:
    """Return a line of text as a draft takes it, without some signs."""
    bare = st.lists(SIGNS, min_size=1, max_size=signs).map(lambda some: " ".join("".join(some).replace("\u200b", "").split()))
    return bare.map(lambda text: "".join(sign for sign in text if sign not in without).strip()).filter(lambda text: any(map(str.isalnum, text)))


A_LINE = a_text(";", "#")
NAMES = a_text(";", ",", "#", "“", "”", "=", "+", "-", "@", "'").map(lambda text: f"K {text}")
DATES = st.sampled_from(["28 May 2025", "27-29 May [2025]", "May 2025", "Oct/Nov/Dec 2011", "2024", "30 December 2025 - 2 January 2026", "[2025]-05-28"])
MARKS = st.sampled_from([None, None, "SECRET", "OFFICIAL", "OFFICIAL - SENSITIVE", "TOP SECRET"])


def optional(**keys: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keys)


def statements(most: int = 3) -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(st.fixed_dictionaries({"say": A_LINE}, optional={"marking": st.sampled_from(["SECRET"])}), min_size=1, max_size=most)


def lists(one: st.SearchStrategy[str] = A_LINE) -> st.SearchStrategy[list[str]]:
    return st.lists(one, min_size=1, max_size=3, unique=True)


PEOPLE = lists(st.one_of(NAMES, st.tuples(NAMES, A_LINE).map(", ".join), NAMES.map("“{}”".format)))
WHO = {"agency": lists(a_text(";", "#")), "with": PEOPLE, "ours": PEOPLE, "where": A_LINE, "form": A_LINE, "language": A_LINE,
       "mode": st.sampled_from(["video", "in person", "telephone"]), "not known": lists(), "marking": MARKS.filter(bool)}  # fmt: skip


@st.composite
def drafts(draw: st.DrawFn) -> list[dict[str, Any]]:
    visits = [{"visit": draw(A_LINE), "id": f"v{n}", "when": draw(DATES)} | draw(optional(marking=MARKS.filter(bool))) for n in range(draw(st.integers(0, 2)))]
    found: list[dict[str, Any]] = list(visits)
    for n in range(draw(st.integers(1, 3))):
        said = draw(optional(**WHO)) | {"id": f"m{n}{draw(st.sampled_from(['', '-' + 'long' * 17]))}", "when": draw(DATES), "agency": draw(WHO["agency"]), "notes": draw(A_LINE)}
        if visits and draw(st.booleans()):
            said["visit"] = draw(st.sampled_from(visits))["id"]
        if draw(st.booleans()):
            said |= draw(optional(points=statements(), press=A_LINE, agenda=lists(), objectives=lists(), at=A_LINE, duration=A_LINE, **{"decision asked": A_LINE}))
            found.append({"planned": draw(A_LINE)} | said)
        else:
            said |= draw(optional(**{"commitments": statements(), "not agreed": statements(), "public line": A_LINE, "papers": lists(), "note taker": A_LINE,
                                     "attendance": st.sampled_from(["complete", "partial"]), "next contact": DATES}))  # fmt: skip
            found.append({"meeting": draw(A_LINE)} | said | draw(st.sampled_from([{"content": "not known"}, {"points": draw(statements())}])))
    return found


def pen(log: Sequence[Recorded]) -> Pen:
    numbers = count(len(log))
    return Pen(by="Desk", now=NOON + timedelta(hours=len(log)), newest=log[-1].at if log else None,
               heads=(log[-1].digest,) if log else (), nonce=lambda: f"{next(numbers):032x}")  # fmt: skip


def recorded(*said: dict[str, Any]) -> list[Recorded]:
    return list(decide(read_drafts(json.dumps(list(said)).encode(), "d.json"), (), pen([]), {}, new=True).events)


def rows(log: Sequence[Recorded], *, planned: bool = False, profile: str = "uk") -> tuple[list[dict[str, str]], str]:
    """Return the rows of a record, and the mark of all of them."""
    state, marks = project(log), RowMarks(marking_profile(profile), log)
    return list(planned_rows(state, marks) if planned else held_rows(state, marks)), marks.whole(plans(state) if planned else meetings(state))


def sheet(log: Sequence[Recorded], format_: str, *, planned: bool = False) -> bytes:
    found, mark = rows(log, planned=planned)
    columns = PLANNED if planned else COLUMNS
    return render_sheet(format_, columns, found, title="Meetings", made_at="2026-06-01T00:00:00+00:00", mark=mark)


def taken(data: bytes, log: Sequence[Recorded] = ()) -> Plan:
    found, lost = find([("out", one) for one in open_table(data, "out")], MAPPINGS)
    assert lost == []
    return plan(read_tables(found, Asked()), tuple(log), pen(log), corrections=True)


def taken_back(log: Sequence[Recorded], format_: str) -> list[Recorded]:
    """Return a record of its own that is made of the rows of another."""
    back: list[Recorded] = []
    for planned in (False, True):
        if rows(log, planned=planned)[0]:
            found = taken(sheet(log, format_, planned=planned), back)
            assert [one for one in found.left if one.kind == "problem"] == []
            back += found.events
    return back


@settings(deadline=None, max_examples=20)
@given(drafts())
def test_every_column_of_every_meeting_comes_back_into_another_record(said: list[dict[str, Any]]) -> None:
    log = recorded(*said)

    back = taken_back(log, "csv")

    for planned in (False, True):
        assert rows(back, planned=planned) == rows(log, planned=planned)
        if rows(log, planned=planned)[0]:
            again, here = (taken(sheet(log, "csv", planned=planned), one) for one in (back, log))
            assert again.events == here.events == again.missing == here.missing == ()


@settings(deadline=None, max_examples=3)
@given(drafts())
def test_a_workbook_brings_back_the_same(said: list[dict[str, Any]]) -> None:
    log = recorded(*said)

    back = taken_back(log, "xlsx")

    assert [rows(back, planned=planned) for planned in (False, True)] == [rows(log, planned=planned) for planned in (False, True)]


def test_rows_of_meetings_on_record_bring_the_visit_that_they_name() -> None:
    visit = {"visit": "In Washington", "id": "v", "when": "May 2025"}
    meeting = {"meeting": "Talks", "id": "m1", "when": "28 May 2025", "agency": "CBI", "notes": "Desk", "content": "not known"}
    log = recorded(visit, {**meeting, "visit": "v"})
    there = recorded(meeting)

    found = taken(sheet(log, "csv"), there)

    assert ([one.item.kind for one in found.new], len(found.same), [one for one in found.left if one.kind == "problem"]) == (["visit"], 1, [])


def test_rows_that_change_nothing_put_nobody_on_the_register_anew() -> None:
    """A row does not say where somebody serves: read by itself it would make a post in the body that was met."""
    log = recorded({"meeting": "Talks", "id": "m1", "when": "28 May 2025", "agency": "CBI", "notes": "Desk", "content": "not known",
                    "with": [{"name": "Ann Lee", "title": "Director", "agency": "TUC"}]})  # fmt: skip

    assert taken(sheet(log, "csv"), log).events == ()


def test_a_planned_meeting_of_nobody_yet_comes_back() -> None:
    log = recorded({"planned": "Dialogue", "id": "p1", "when": "3 June 2026", "agenda": ["Chips"]})

    back = taken_back(log, "csv")

    assert rows(back, planned=True) == rows(log, planned=True)


# ── marks ─────────────────────────────────────────────────────────────────────────────────────

PLAIN = {"meeting": "Talks", "id": "m1", "when": "28 May 2025", "agency": "CBI", "notes": "Desk", "points": [{"say": "Steel."}]}


@pytest.mark.parametrize(("said", "mark"), [
    (PLAIN, "OFFICIAL"),
    ({**PLAIN, "marking": "SECRET"}, "SECRET"),
    ({**PLAIN, "points": [{"say": "Steel.", "marking": "TOP SECRET"}, {"say": "Pay.", "marking": "SECRET"}]}, "TOP SECRET"),
    ({**PLAIN, "marking": "OFFICIAL - SENSITIVE"}, "OFFICIAL-SENSITIVE"),
])  # fmt: skip
def test_a_row_bears_the_highest_mark_of_its_parts_and_a_sheet_that_of_its_rows(said: dict[str, Any], mark: str) -> None:
    log = recorded(said, {**PLAIN, "id": "m2"})

    found, whole = rows(log)

    assert [row["marking"] for row in found] == [mark, "OFFICIAL"]
    assert whole == mark
    top = CalamineWorkbook.from_filelike(io.BytesIO(sheet(log, "xlsx"))).get_sheet_by_index(0).to_python()
    assert (top[0][0], top[1][0]) == (mark, "id")


def test_a_name_that_is_marked_marks_the_rows_that_print_it() -> None:
    log = recorded({"person": "Ann Novak", "marking": "SECRET"}, {**PLAIN, "with": ["Ann Novak"]}, {**PLAIN, "id": "m2"},
                   {"visit": "Quiet days", "id": "v", "when": "May 2025", "marking": "TOP SECRET"}, {**PLAIN, "id": "m3", "visit": "v"})  # fmt: skip

    found, whole = rows(log)

    assert [(row["id"], row["marking"], row["visit marking"]) for row in found] == [
        ("m1", "SECRET", ""), ("m2", "OFFICIAL", ""), ("m3", "TOP SECRET", "TOP SECRET"),
    ]  # fmt: skip
    assert whole == "TOP SECRET"
    assert rows(log[:2], profile="plain")[1] == "", "a mark that is not printed on papers is on no sheet"


def test_a_mark_that_the_profile_does_not_know_is_never_taken_for_a_lower_one() -> None:
    log = recorded({**PLAIN, "marking": "CONFIDENTIAL"})

    with pytest.raises(UnknownMark):
        rows(log)


def test_sheets_without_marks_of_their_rows_bear_that_of_the_whole_in_a_column() -> None:
    said = {"Text": "a", "Number": 1}

    data = render_sheet("csv", ["Text", "Number"], [said], title="T", made_at="2026-06-01T00:00:00+00:00", mark="SECRET")

    assert data.decode("utf-8-sig").splitlines() == ['"Text","Number","marking"', '"a",1,"SECRET"']
    assert render_sheet("csv", ["Text"], [said], title="T", made_at="", mark="").decode("utf-8-sig").splitlines() == ['"Text"', '"a"']
