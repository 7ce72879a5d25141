"""A paper is made of a record whose source was redacted; the place in it is a question mark."""

from __future__ import annotations

from briefing.store.log import load
from tests.given import agency_described, cited, event_redacted, history, meeting_held, point, source_registered
from tests.papers import papers
from tests.store.records import files_of, stored


def test_a_statement_that_only_a_redacted_source_makes_is_printed_with_a_question_mark_for_its_letter() -> None:
    log = history(
        source_registered("text-a"),
        source_registered("text-b"),
        agency_described("us-a", side="theirs"),
        meeting_held("m1", on="2026-03-02", agencies=("us-a",), points=(
            point("p1", "Steel was discussed.", short="Steel", citations=(cited("text-a"),)),
            point("p2", "Talks were agreed.", short="Talks", citations=(cited("text-b"),)),
        )),
    )  # fmt: skip
    log = (*log, *history(event_redacted(log[0]), after=log))
    page = papers(load(stored(files_of(log))))["agency us-a"].decode()

    assert "Steel (? only)" in page, page
