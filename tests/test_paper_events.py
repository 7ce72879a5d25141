"""What becomes of a paper: cleared, issued, seen, returned."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from briefing.events import NoteCleared, NoteIssued, NoteReturned, NoteSeen
from briefing.paper_events import NoteFile
from briefing.projector import project
from tests.given import NOON, agency_described, history, written_at

RECORD = history(agency_described("us-commerce", "Commerce"))
HEAD = RECORD[-1].digest


def issued(reference: str = "AMD/1", edition: int = 1, **rest: Any) -> Any:
    files = (NoteFile(format="pdf", sha256=sha256(b"paper").hexdigest()),)
    return written_at(
        NoteIssued, NOON.replace(hour=13, minute=edition), parents=(HEAD,), paper="agency", subject="us-commerce", title="Commerce",
        reference=reference, edition=edition, basis=HEAD, heads=(HEAD,), template="0" * 64, files=files, **{"to": ("Minister",), **rest},
    )  # fmt: skip


def test_a_paper_that_was_issued_is_on_the_state_with_who_saw_it_and_what_was_decided() -> None:
    paper = issued()
    seen = written_at(NoteSeen, NOON.replace(hour=14), note=paper.digest, reader="Private secretary")
    returned = written_at(NoteReturned, NOON.replace(hour=15), note=paper.digest, reader="Minister", decision="agree", useful="very")

    state = project((*RECORD, paper, seen, returned))

    (note,) = state.notes.values()
    assert note.name == "AMD/1, edition 1"
    assert (note.seen_by("private secretary"), note.seen_by("Minister"), note.seen_by("Treasury")) == (True, True, False)
    assert note.returned[0].decision == "agree"


def test_the_paper_a_reader_saw_last_is_the_newest_they_saw_of_its_kind_and_subject() -> None:
    first, second = issued(edition=1), issued(edition=2)
    seen = written_at(NoteSeen, NOON.replace(hour=14), note=first.digest, reader="Minister")

    state = project((*RECORD, first, second, seen))

    found = state.note_last_seen("Minister", paper="agency", subject="us-commerce")
    assert found is not None
    assert found.digest == first.digest
    assert state.note_last_seen("Minister", paper="agency", subject="us-state") is None
    assert [one.issued.edition for one in state.editions("AMD/1")] == [1, 2]


def test_one_edition_issued_by_two_offices_is_a_collision() -> None:
    one, other = issued(), issued(to=("Permanent Secretary",))

    assert [c.what for c in project((*RECORD, one, other)).collisions] == ["the edition 1 of AMD/1"]
    assert project((*RECORD, one, issued(edition=2))).collisions == ()


def test_the_newest_clearance_of_a_reference_holds() -> None:
    one = written_at(NoteCleared, NOON, reference="AMD/1", cleared_by="Head, Americas")
    later = written_at(NoteCleared, NOON.replace(hour=13), reference="AMD/1", cleared_by="Director, Americas")

    assert project((later, one)).cleared["AMD/1"].cleared_by == "Director, Americas"
