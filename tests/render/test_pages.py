"""How many pages the papers of the record that ships take."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from briefing.notes.agency import agency_summary
from briefing.projector import project
from briefing.render import render
from briefing.resources import sample_events_dir
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.render.papers import WHOLE_FRAME, rendered


def pages(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize("agency", ["us-state", "us-treasury", "us-defense", "us-commerce", "us-nsc"])
def test_an_agency_of_the_shipped_record_has_one_page(agency: str) -> None:
    state = project(load(FolderStore(sample_events_dir())).recorded)
    frame = replace(WHOLE_FRAME, to="", sender="", copy="", reference="")

    assert pages(render(agency_summary(state, agency, frame), "pdf")) == 1


def test_the_visit_report_of_the_shipped_record_has_three_pages_at_most() -> None:
    assert pages(rendered("visit report", "pdf")) <= 3
