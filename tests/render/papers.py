"""The papers that the tests look at: those of the record that ships, and the one written out by hand."""

from __future__ import annotations

from functools import cache

from briefing.notes.agency import agency_summary
from briefing.notes.frame import Frame
from briefing.notes.matrix import matrix
from briefing.notes.note import Note
from briefing.notes.visit import visit_report
from briefing.projector import project
from briefing.render import render
from briefing.resources import sample_events_dir
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.render.sample import sample_note

PAPERS = ("visit report", "agency summary", "matrix", "by hand", "by hand, landscape")
WHOLE_FRAME = Frame(
    basis="03a366bf5f9b7f8c804407974c234daa0382092d6089dd2009fac6dbd9a5fc51",
    made_at="2025-06-02T09:00:00Z",
    as_at="2 June 2025, 09:00 UTC",
    ministry="Ministry of Foreign Affairs",
    unit="Americas Division",
    marking="OFFICIAL – SENSITIVE",
    to="Minister for Foreign Affairs",
    sender="Head, Americas Division, 5550 1234",
    copy="Permanent Secretary; Defence; Trade & Industry; Finance",
    reference="AMD/2025/0147, edition 3",
)


@cache
def paper(name: str) -> Note:
    """Return a paper by its name."""
    if name.startswith("by hand"):
        return sample_note(landscape="landscape" in name)
    log = load(FolderStore(sample_events_dir()))
    state = project(log.recorded)
    if name == "visit report":
        return visit_report(state, "misri-us-2025", WHOLE_FRAME)
    if name == "agency summary":
        return agency_summary(state, "us-defense", WHOLE_FRAME)
    return matrix(state, WHOLE_FRAME, [agency.id for agency in state.agencies.values() if agency.side != "ours"])


@cache
def rendered(name: str, format_: str) -> bytes:
    """Return a paper in a format, rendered once for all tests."""
    return render(paper(name), format_)
