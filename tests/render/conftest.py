"""A note with every kind of block, every style, Hindi, signs that markup trips over, and a table longer than a page."""

from __future__ import annotations

import pytest

from briefing.notes.note import Note
from tests.render.sample import sample_note


@pytest.fixture(scope="session")
def note() -> Note:
    return sample_note()
