"""Commitments by status as a picture: where there are three numbers to see, and no fewer."""

from __future__ import annotations

from briefing.notes.by_status import by_status
from briefing.notes.frame import Frame
from briefing.notes.handover import handover_note
from briefing.notes.language import Language, speaking
from briefing.notes.note import Counts, Note, Share
from briefing.notes.tracker import tracker
from briefing.projector import project
from briefing.state import BriefingState
from tests.given import commitment, commitment_updated, history, meeting_held

FRAME = Frame(basis="0" * 64, made_at="2026-06-30T12:00:00Z", as_at="30 June 2026")


def state(**became: str) -> BriefingState:
    """Return a record of five commitments, of which some became something."""
    promises = tuple(commitment(f"c{n}", f"Promise {n}.", owed_by="ours") for n in range(1, 6))
    news = [commitment_updated(f"m/{one}", status=status) for one, status in became.items()]
    return project(history(meeting_held("m", on="1 May 2026", commitments=promises), *news))


def pictures(note: Note) -> list[Counts]:
    return [block for block in note.blocks if isinstance(block, Counts)]


def test_each_status_is_a_line_in_the_order_of_what_becomes_of_a_commitment() -> None:
    found = by_status(state(c1="done", c2="in hand", c3="withdrawn").commitments)

    assert found == Counts(
        (Share(2, "□ Open"), Share(1, "◧ In hand"), Share(1, "■ Done", to_do=False), Share(1, "✕ Withdrawn", to_do=False)),
        "Commitments by status. 2 open; 1 in hand; 1 done; 1 withdrawn.",
    )


def test_two_numbers_are_no_picture() -> None:
    assert by_status(state(c1="done").commitments) is None
    assert by_status(()) is None


def test_the_tracker_opens_with_it_and_counts_what_it_lists() -> None:
    record = state(c1="done", c2="in hand")
    note = tracker(record, FRAME, record.commitments)

    [picture] = pictures(note)
    assert note.blocks[1] is picture
    assert sum(share.count for share in picture.shares) == 5
    assert pictures(tracker(state(c1="done"), FRAME, state(c1="done").commitments)) == []


def test_the_handover_counts_what_is_open() -> None:
    [picture] = pictures(handover_note(state(c1="done", c2="in hand", c3="disputed"), FRAME))

    assert [(share.count, share.label) for share in picture.shares] == [(2, "□ Open"), (1, "◧ In hand"), (1, "◇ Disputed")]


def test_it_is_in_the_language_of_the_paper() -> None:
    french = {"open": "en cours", "Commitments by status. {counts}.": "Engagements par état. {counts}."}
    with speaking(Language("fr", french)):
        found = by_status(state(c1="done", c2="in hand").commitments)

    assert found is not None
    assert found.shares[0].label == "□ En cours"
    assert found.alternative.startswith("Engagements par état. 3 en cours;")
