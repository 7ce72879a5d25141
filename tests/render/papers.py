"""The papers that the tests look at: those of the record that ships and of its extension, and the one by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

from briefing.changes import changes
from briefing.events import Recorded
from briefing.notes.agency import agency_summary
from briefing.notes.changes import Since, change_sheet
from briefing.notes.frame import Frame
from briefing.notes.matrix import matrix
from briefing.notes.note import Note
from briefing.notes.papers import Material, Paper, make
from briefing.projector import project
from briefing.render import render
from briefing.resources import catalogue, sample_events_dir
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.example_record import PAPERS as EXAMPLES
from tests.example_record import example
from tests.given import event_corrected, event_retracted, history
from tests.render.sample import sample_note

PAPERS = (
    "visit report", "agency summary", "agency summary in Hindi", "matrix", "change sheet", *EXAMPLES, "by hand", "by hand, landscape",
)  # fmt: skip
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
    if name in EXAMPLES:
        return example(name)
    log = load(FolderStore(sample_events_dir()))
    state = project(log.recorded)
    if name == "visit report":
        carrying = Paper("visit", "misri-us-2025", (("attach", "yes"),))
        return make(Material(state, log.recorded), carrying, WHOLE_FRAME)
    if name == "agency summary":
        return agency_summary(state, "us-defense", WHOLE_FRAME)
    if name == "agency summary in Hindi":
        return make(Material(state, (), catalogue), Paper("agency", "us-defense"), replace(WHOLE_FRAME, lang="hi"))
    if name == "change sheet":
        return _change_sheet(log.recorded)
    return matrix(state, WHOLE_FRAME, [agency.id for agency in state.agencies.values() if agency.side != "ours"])


def _change_sheet(log: tuple[Recorded, ...]) -> Note:
    treasury, *_, newest = (one.digest for one in log if one.event.type == "meeting.held")
    later = (*log, *history(event_corrected(treasury, title="Talks – at the “Treasury”"), event_retracted(newest), after=log,
                            at=log[-1].at - timedelta(seconds=len(log) - 1)))  # fmt: skip
    since = Since(printed="24 November 2026, 11:43 IST", basis=log[40].digest)
    return change_sheet(project(later), changes(log[:40], later), since, WHOLE_FRAME)


@cache
def rendered(name: str, format_: str) -> bytes:
    """Return a paper in a format, rendered once for all tests."""
    return render(paper(name), format_)
