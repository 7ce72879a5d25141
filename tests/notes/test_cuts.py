"""The points card and the visit book."""

from __future__ import annotations

from briefing.dates import parse_span
from briefing.notes.book import visit_book
from briefing.notes.note import Heading, Note
from briefing.notes.papers import Material, Paper, fitted, make
from briefing.render.words import note_words
from tests.given import (
    Told,
    agency_described,
    commitment,
    expected,
    fact_stated,
    meeting_held,
    meeting_planned,
    objective,
    to_make,
    visit_described,
)
from tests.notes.made import FRAME, by_blocks, headings, state_of, under

AGENCY = agency_described("us-commerce", "US Department of Commerce", short="Commerce", country="United States", side="theirs")
PLAN = meeting_planned("steel", agencies=("us-commerce",), title="Talks on steel", points=tuple(to_make(f"t{n}", f"Point {n}.") for n in range(1, 9)),
                       expected=(expected("e1", "Zinc.", "unlikely", line="Not us."), expected("e2", "Coal.", "certain", line="We listen.")))  # fmt: skip


def card(*told: Told, of_a_page: int = 100) -> Note:
    material = Material(state_of(*told), ())
    return make(material, fitted(material, Paper("card", "steel"), FRAME, by_blocks(of_a_page)), FRAME)


def told(note: Note) -> str:
    return " ".join(note_words(note))


def test_a_card_holds_points_and_lines_and_nothing_else() -> None:
    note = card(AGENCY, fact_stated("f1", "The duty is 25 per cent.", about=("us-commerce",)), PLAN)

    assert headings(note) == ["Points", "If they raise it"]
    assert "Coal. We listen. Zinc. Not us." in told(note)
    assert "duty" not in told(note)
    assert note.title_block == ()
    assert note.large


def test_a_card_has_six_points_and_says_how_many_more_there_are() -> None:
    assert "Point 6." in told(card(AGENCY, PLAN))
    assert "Point 7." not in told(card(AGENCY, PLAN))
    assert "Two more stand in the brief." in told(card(AGENCY, PLAN))


def test_what_does_not_fit_on_the_card_stays_in_the_brief_the_unlikely_first() -> None:
    note = card(AGENCY, PLAN, of_a_page=10)

    assert "Coal. We listen." in told(note)
    assert "Zinc" not in told(note)
    assert "Three more stand in the brief." in told(note)


def test_a_card_of_a_plan_without_points_says_so() -> None:
    assert "No points to make and no lines to take are on record." in told(card(AGENCY, meeting_planned("steel")))


# ── the visit book ────────────────────────────────────────────────────────────────────────────

VISIT = visit_described("washington", on="27-29 May 2026", title="Visit to Washington")
TWO = (
    AGENCY, VISIT,
    meeting_planned("late", title="Talks on zinc", visit="washington", on="2026-05-28", agencies=("us-commerce",), objectives=(objective(),)),
    meeting_planned("early", title="Talks on steel", visit="washington", on="2026-05-27", at_time="10:30", decision_asked="Send a list",
                    expected=(expected("e1", "Coal."),)),
)  # fmt: skip


def book(*told: Told, visit: str = "washington") -> Note:
    return visit_book(state_of(*told), FRAME, visit_id=visit)


def test_the_programme_and_the_briefs_stand_in_order_of_time() -> None:
    note = book(*TWO)

    assert "1 27 May 2026, 10:30 Talks on steel" in under(note, "Programme")
    assert [one for one in headings(note) if one.startswith("Brief")] == ["Brief 1. Talks on steel", "Brief 2. Talks on zinc"]


def test_each_brief_and_the_checklist_begin_a_page() -> None:
    begins = [one.text for one in book(*TWO).blocks if isinstance(one, Heading) and one.new_page]

    assert begins == ["Brief 1. Talks on steel", "Brief 2. Talks on zinc", "Checklist"]


def test_paragraphs_are_numbered_through_the_whole_book() -> None:
    numbers = [number for one in book(*TWO).blocks if (number := getattr(one, "number", 0))]

    assert numbers == list(range(1, len(numbers) + 1))


def test_one_checklist_holds_what_is_to_do_for_all_briefs() -> None:
    overdue = meeting_held("before", on="2025-05-01", agencies=("us-commerce",), commitments=(commitment("c1", "Send a name.", due=parse_span("1 June 2025")),))
    stale = fact_stated("f1", "The duty is 25 per cent.", about=("us-commerce",), review_by=parse_span("1 January 2026"))

    note = under(book(*TWO, overdue, stale), "Checklist")

    assert "1 ☐ Obtain the decision: send a list." in note
    assert "1 ☐ Agree a line to take on: coal." in note
    assert "2 ☐ Report on what is overdue: send a name." in note
    assert "2 ☐ Check a stale fact: the duty is 25 per cent." in note
    assert "2 ☐ Score afterwards: a day is fixed." in note


def test_a_book_of_no_visit_is_of_every_meeting_to_come_and_leaves_out_those_held() -> None:
    note = book(*TWO, meeting_planned("steel", title="Talks on rice"), meeting_held("late", on="2026-05-28"), visit="")

    assert [one for one in headings(note) if one.startswith("Brief")] == ["Brief 1. Talks on steel", "Brief 2. Talks on rice"]


