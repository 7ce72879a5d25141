"""The handover note: what whoever takes over a desk must know first."""

from __future__ import annotations

from datetime import date

from briefing.dates import parse_span
from briefing.events import LineAgreed, MeetingPlanned
from briefing.notes.frame import Frame
from briefing.notes.handover import handover_note
from briefing.notes.note import BottomLine, Heading, Note, plain
from briefing.projector import project
from briefing.render.words import note_words
from tests.given import (
    Told,
    agency_described,
    cited,
    commitment,
    difference_settled,
    fact_stated,
    history,
    meeting_held,
    person_described,
    point,
    post,
    source_registered,
)

FRAME = Frame(basis="0" * 64, made_at="2026-06-30T12:00:00Z", as_at="30 June 2026")
DIFFER = point("p1", "Steel.", topics=(), citations=(cited("a", "agreed", kind="agreed", words=("agreed",)), cited("b", "hold", kind="discussed", words=("hold",))))
RECORD = (
    source_registered("a"), source_registered("b"),
    agency_described("us-a", "Ministry A", side="theirs"), agency_described("us-b", "Ministry B", side="theirs"),
    person_described("jo", "Jo Smith", side="theirs", posts=(post("Envoy", "us-a", until=parse_span("1 May 2026")),)),
    meeting_held("m1", on="1 March 2026", agencies=("us-a",), points=(DIFFER,), commitments=(commitment("c1", "Send it.", owed_by="ours"),)),
    meeting_held("m2", on="2 March 2026", agencies=("us-b",), commitments=(commitment("c1", "Hold it.", owed_by="us-b", due=parse_span("1 June 2026")),)),
    fact_stated("f", "Trade grew.", about=("us-a",), review_by=parse_span("1 June 2026")),
    Told(LineAgreed, "l", {"id": "l", "about": "us-b", "line": "We wait.", "review_by": parse_span("1 June 2026")}),
    Told(MeetingPlanned, "p", {"id": "p", "title": "Next talks", "agencies": ("us-a",)}),
)  # fmt: skip


def handover(*agencies: str, more: tuple[Told, ...] = ()) -> Note:
    return handover_note(project(history(*RECORD, *more), today=date(2026, 6, 30)), FRAME, agencies)


def words(note: Note) -> str:
    return " ".join(note_words(note))


def headings(note: Note) -> list[str]:
    return [block.text for block in note.blocks if isinstance(block, Heading)]


def test_a_desk_is_told_what_is_open_who_is_who_what_differs_and_what_has_aged() -> None:
    note = handover("us-a")

    assert headings(note) == [
        "Meetings to come", "Open commitments, both ways", "People", "Where the sources differ", "Stale facts and lines",
        "What is not known",
    ]  # fmt: skip
    box = note.blocks[0]
    assert isinstance(box, BottomLine)
    assert [plain(line) for line in box.lines] == [
        "One open commitment, undated.", "One meeting to come; one difference between texts not settled.",
    ]  # fmt: skip
    assert "▽ former holder" in words(note)
    assert "Trade grew. ▽ stale" in words(note)


def test_nothing_of_another_desk_is_in_it() -> None:
    said = words(handover("us-a"))

    assert not [other for other in ("Hold it", "We wait", "Ministry B") if other in said]
    assert "Hold it" in words(handover("us-b"))
    assert "“We wait.”" in words(handover("us-b"))


def test_without_an_agency_it_is_the_whole_record_the_most_pressing_first() -> None:
    said = words(handover())

    assert said.index("Hold it") < said.index("Send it")
    assert "▲ overdue" in said


def test_a_settled_difference_is_not_handed_over() -> None:
    assert "Where the sources differ" not in headings(handover("us-a", more=(difference_settled("m1/p1", "a"),)))
