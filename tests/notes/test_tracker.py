"""The tracker: the most pressing first, in the words of the source, and nothing said twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from briefing.dates import parse_due, parse_span
from briefing.notes.frame import Frame
from briefing.notes.note import Footnotes, Heading, Note, Paragraph, Table, plain
from briefing.notes.owed import grouped
from briefing.notes.tracker import SHEET, action_sheet, sheet_rows, tracker
from briefing.projector import project
from briefing.state import BriefingState
from tests.given import (
    agency_described,
    cited,
    commitment,
    commitment_updated,
    history,
    meeting_held,
    person_described,
    post,
    source_registered,
    visit_described,
)

FRAME = Frame(basis="0" * 64, made_at="2026-06-30T12:00:00Z", as_at="30 June 2026")
TODAY = date(2026, 6, 30)


def due(words: str) -> Any:
    return parse_span(words)


def state(*more: Any) -> BriefingState:
    promises = (
        commitment("c1", "Late.", owed_by="ours", due=due("1 June 2026"), citations=(cited("s", strength="agreed"),)),
        commitment("c2", "Soon.", owed_by="us-a", due=due("30 July 2026"), citations=(cited("s", strength="agreed"),)),
        commitment("c3", "Some day.", owed_by="both", due=due("soon"), citations=(cited("s", strength="expected"),)),
        commitment("c4", "Ours later.", owed_by="ours", due=due("31 July 2026"), citations=(cited("s", strength="agreed"),)),
        commitment("c5", "Theirs later.", owed_by="kessler", due=due("1 January 2027"), citations=(cited("s", strength="agreed"),)),
        commitment("c6", "Nobody's.", due=due("1 January 2027")),
        commitment("c7", "Over.", owed_by="ours", due=due("1 January 2026"), citations=(cited("s", strength="agreed"),)),
    )
    log = history(
        source_registered("s"),
        agency_described("us-a", "Agency", side="theirs"),
        person_described("kessler", "Jeffrey Kessler", side="theirs", posts=(post("Under Secretary", "us-a"),)),
        meeting_held("m", on="1 May 2026", agencies=("us-a",), commitments=promises),
        commitment_updated("m/c7", status="done", evidence="Sent."),
        *more,
    )
    return project(log, today=TODAY)


def test_what_is_due_before_a_day_is_printed_in_the_words_of_its_source_and_is_late_on_that_day() -> None:
    promise = commitment("c1", "Send it.", owed_by="ours", due=parse_due("before 20 June 2026"))
    log = history(meeting_held("m", on="1 May 2026", commitments=(promise,)))
    on_the_last_day, after = (project(log, today=date(2026, 6, day)) for day in (19, 20))

    assert [one.heading for one in grouped(on_the_last_day, on_the_last_day.commitments)] == ["Due within 30 days"]
    assert [one.heading for one in grouped(after, after.commitments)] == ["Overdue"]
    printed = str(tracker(after, FRAME, after.commitments))
    assert "before 20 June 2026" in printed
    assert "19 June 2026" not in printed


def text(note: Note) -> str:
    return " ".join(plain(block.runs) for block in note.blocks if isinstance(block, Paragraph))


def test_each_commitment_stands_in_the_first_group_that_fits_it() -> None:
    groups = grouped(state(), state().commitments)

    assert [(one.heading, [item.commitment.id for item in one.items]) for one in groups] == [
        ("Overdue", ["c1"]), ("Due within 30 days", ["c2"]), ("Undated", ["c3"]), ("Ours, due later", ["c4"]),
        ("Theirs, due later", ["c5"]), ("No owner named, due later", ["c6"]), ("Closed", ["c7"]),
    ]  # fmt: skip


@pytest.mark.parametrize(("today", "heading"), [(date(2026, 6, 1), "Due within 30 days"), (date(2026, 6, 2), "Overdue"), (date(2026, 5, 1), "Ours, due later")])
def test_a_commitment_is_overdue_from_the_day_after_its_last(today: date, heading: str) -> None:
    log = history(meeting_held("m", commitments=(commitment(owed_by="ours", due=due("1 June 2026")),)))
    then = project(log, today=today)

    assert [one.heading for one in grouped(then, then.commitments)] == [heading]


def tables(note: Note) -> dict[str, Table]:
    headings = [block.text for block in note.blocks if isinstance(block, Heading)]
    return dict(zip(headings, (block for block in note.blocks if isinstance(block, Table)), strict=True))


def test_a_row_says_whose_words_how_firm_by_whom_and_what_shows_it() -> None:
    note = tracker(state(), FRAME, state().commitments)

    row = [plain(cell).strip() for cell in tables(note)["Closed"].rows[0]]
    assert row == [
        "m/c7", "“agreed to hold talks soon”", "Agreed (A)", "Our side; no office named", "A2", "1 January 2026", "■ Done", "Sent.",
    ]  # fmt: skip
    assert note.landscape


def test_the_opening_counts_what_the_groups_hold_and_names_the_day() -> None:
    first = next(block for block in tracker(state(), FRAME, state().commitments).blocks if isinstance(block, Paragraph))

    assert plain(first.runs) == (
        "Seven commitments: 1 overdue; 1 due within 30 days; 1 undated; 1 ours, due later; 1 theirs, due later; "
        "1 no owner named, due later; 1 closed. Days are counted from 30 June 2026."
    )


def test_a_column_with_one_value_in_every_row_is_a_sentence_above_the_table() -> None:
    both = (commitment("c1", "One.", owed_by="ours", due=due("soon")), commitment("c2", "Two.", owed_by="ours", due=due("soon")))
    note = tracker(now := project(history(meeting_held("m", on="1 May 2026", commitments=both)), today=TODAY), FRAME, now.commitments)

    table = tables(note)["Undated"]
    assert [column.header for column in table.columns] == ["Reference", "Words of the source", "Due", "Status"]
    assert sum(column.width for column in table.columns) == 100
    told = [plain(block.runs) for block in note.blocks if isinstance(block, Paragraph)][1]
    assert told == (
        "The same in every row. Strength: Not stated. Owed by: Our side; no office named. Made on: 1 May 2026. "
        "Age, days: 60. In no row on record: owed to, source and last evidence."
    )


def test_an_office_is_sent_what_it_owes_and_its_people_owe_and_has_not_closed() -> None:
    note = action_sheet(state(), FRAME, "us-a", state().commitments)

    assert note.title == "To be done by Agency"
    assert {heading: plain(table.rows[0][0]) for heading, table in tables(note).items()} == {"Due within 30 days": "m/c2", "Theirs, due later": "m/c5"}
    assert "Owed by" not in [column.header for column in next(iter(tables(note).values())).columns]


def test_with_nothing_owed_the_sheet_says_so() -> None:
    note = action_sheet(state(), FRAME, "us-b", state().commitments)

    assert [plain(block.runs) for block in note.blocks if isinstance(block, Paragraph)] == ["No open commitment of us-b is on record."]


def test_a_tracker_of_none_says_none_of_which_and_never_that_there_are_no_others() -> None:
    some, over = state(), [one for one in state().commitments if one.commitment.id == "c7"]

    assert "No overdue commitments are on record." in text(tracker(some, FRAME, (), about="Overdue commitments"))
    assert "No commitments with the Agency are on record." in text(tracker(some, FRAME, (), about="Commitments with the Agency"))
    assert "are on record" not in text(tracker(some, FRAME, over))


def test_a_sheet_for_other_programs_has_every_commitment_with_plain_dates() -> None:
    rows = list(sheet_rows(state(), state().commitments))

    assert [row["Reference"] for row in rows] == [f"m/c{n}" for n in range(1, 8)]
    assert all(tuple(row) == SHEET for row in rows)
    assert (rows[0]["Due by"], rows[0]["Age, days"], rows[2]["Due by"]) == ("2026-06-01", 60, "")


def test_an_inferred_year_says_what_ties_it() -> None:
    visit = visit_described("v", on="27-29 May [2026]", year_from=(cited("s", "Steel was discussed"),))
    log = history(source_registered("s"), visit, meeting_held("m", visit="v", commitments=(commitment(owed_by="ours"),)))
    now = project(log, today=TODAY)

    (note,) = [block for block in tracker(now, FRAME, now.commitments).blocks if isinstance(block, Footnotes)]
    assert "A2 ties it to “Steel was discussed”" in plain(note.notes[0][1])


def test_a_year_that_was_inferred_is_flagged_beside_the_day_that_something_is_due() -> None:
    promises = (commitment("c1", "A list.", due=due("3 July [2026]")), commitment("c2", "A day.", due=due("3 July 2026")))
    found = project(history(meeting_held("m", on="1 May 2026", commitments=promises)), today=TODAY)
    cells = [plain(cell) for block in tracker(found, FRAME, found.commitments).blocks if isinstance(block, Table)
             for row in block.rows for cell in row]  # fmt: skip

    assert [cell for cell in cells if "July" in cell] == ["3 July 2026 △ Year inferred", "3 July 2026"]
