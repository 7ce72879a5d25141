"""The change sheet: each change a numbered paragraph that leads to its event and its sources."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from briefing.changes import changes
from briefing.events import Recorded
from briefing.notes.changes import Since, change_lines, change_sheet
from briefing.notes.frame import Frame
from briefing.notes.note import Heading, Note, Paragraph, plain
from briefing.projector import project
from briefing.render import render
from tests.given import (
    NOON,
    Told,
    agency_described,
    assessment_recorded,
    cited,
    commitment,
    commitment_updated,
    day,
    difference_settled,
    event_corrected,
    event_redacted,
    event_retracted,
    fact_stated,
    history,
    meeting_held,
    person_described,
    point,
    source_registered,
)

Log = tuple[Recorded, ...]
FRAME = Frame(basis="b" * 64, made_at="2026-03-02T12:00:00Z", as_at="2 March 2026, 12:00 UTC")
SINCE = Since(printed="1 March 2026, 12:00 UTC", basis="a" * 64)
OTHER = "A headline\n\nThe two sides are expected to hold talks soon.\n"
BEGUN = history(
    source_registered("text-a"),
    source_registered("text-b", OTHER),
    agency_described("us-a", "Treasury", short="Treasury"),
    meeting_held(
        "m1", on="2026-03-02", title="Steel", agencies=("us-a",),
        points=(point("p1", say="Steel was discussed.", citations=(cited("text-a", "Steel was discussed"),)),),
        commitments=(commitment("c1", "To hold talks.", citations=(
            cited("text-a", strength="agreed"), cited("text-b", "expected to hold talks soon", text=OTHER, strength="expected"),
        )),),
    ),
)  # fmt: skip


def after(log: Log, *told: Told) -> Log:
    return (*log, *history(*told, after=log, at=NOON + timedelta(minutes=1)))


def sheet(before: Log, now: Log, *, as_of: date | None = None) -> Note:
    return change_sheet(project(now), changes(before, now, as_of=as_of), SINCE, FRAME)


def printed(before: Log, now: Log) -> dict[str, list[str]]:
    """Return what a sheet prints, under its headings."""
    found: dict[str, list[str]] = {}
    section = ""
    for block in sheet(before, now).blocks:
        if isinstance(block, Heading):
            section = block.text
        elif isinstance(block, Paragraph):
            found.setdefault(section, []).append(plain(block.runs))
    return found


def last(log: Log) -> str:
    return log[-1].digest[:8]


def test_where_nothing_changed_the_sheet_says_so_and_no_more() -> None:
    words = render(sheet(BEGUN, BEGUN), "md").decode()

    assert "Nothing entered the record, was corrected or withdrawn since 1 March 2026, 12:00 UTC." in words
    assert printed(BEGUN, BEGUN) == {}


def test_a_correction_says_field_old_and_new_value_reason_source_and_event() -> None:
    log = after(BEGUN, event_corrected("m1", points__p1__say="Steel was reviewed.", reason="misheard"))

    assert printed(BEGUN, log) == {
        "Corrected": [(
            "Meeting “Steel” (2 March 2026, with Treasury): point p1, say from “Steel was discussed.” to “Steel was reviewed.” "
            f"Reason: misheard (desk). [A2] {last(log)}"
        )]
    }


def test_dates_names_and_absences_are_printed_as_papers_print_them() -> None:
    log = after(BEGUN, event_corrected("m1", when=day(2026, 3, 3).model_dump(mode="json"), agencies=[], where="Delhi"))
    (words,) = printed(BEGUN, log)["Corrected"]

    assert "where from none to “Delhi”" in words
    assert "when from 2 March 2026 to 3 March 2026" in words
    assert "agencies from “Treasury” to none" in words


def test_a_withdrawal_says_what_went_and_why() -> None:
    log = after(BEGUN, event_retracted("m1", reason="entered twice"))

    (words,) = printed(BEGUN, log)["Withdrawn"]
    assert words.startswith("Meeting “Steel” (2 March 2026, with Treasury), one point and one commitment, on record since 1 March 2026: withdrawn. Reason: entered twice (desk).")  # fmt: skip
    assert words.endswith(last(log))


def test_a_correction_that_is_withdrawn_says_what_it_reads_again() -> None:
    log = after(BEGUN, event_corrected("m1", title="Coal"))
    taken_back = after(log, event_retracted(log[-1].digest))
    (words,) = printed(log, taken_back)["Withdrawn"]
    assert "a correction was withdrawn, title from “Coal” to “Steel”" in words

    (words,) = printed(taken_back, after(taken_back, event_retracted(taken_back[-1].digest)))["Withdrawn"]
    assert "title from “Steel” to “Coal”" in words


def test_a_redaction_says_type_day_and_authority_and_nothing_of_the_content() -> None:
    log = after(BEGUN, event_redacted(BEGUN[3], authority="High Court"))
    words = render(sheet(BEGUN, log), "md").decode()

    (line,) = printed(BEGUN, log)["Withdrawn"]
    assert line.startswith(f"Meeting {BEGUN[3].digest[:8]}, on record since 1 March 2026: redacted for good. Reason: names a private person (High Court).")  # fmt: skip
    assert "Steel" not in words


def test_a_settlement_says_which_text_is_followed_and_why() -> None:
    key = project(BEGUN).differences[0].key
    log = after(BEGUN, difference_settled(key, "text-a", because="it was there"))
    (words,) = printed(BEGUN, log)["Differences settled"]

    assert "■ settled Source A is followed, because: it was there (desk)." in words
    assert f"[A2, B2] {last(log)}" in words


def test_a_settlement_withdrawn_since_says_so() -> None:
    key = project(BEGUN).differences[0].key
    log = after(BEGUN, difference_settled(key, "text-a", because="it was there"))
    log = after(log, event_retracted(log[-1].digest))

    assert "Withdrawn since." in printed(BEGUN, log)["Differences settled"][0]
    assert "settlement of a difference" in printed(BEGUN, log)["Withdrawn"][0].casefold()


def test_news_of_a_commitment_says_its_words_what_changed_and_the_evidence() -> None:
    log = after(BEGUN, commitment_updated("m1/c1", status="done", evidence="They met on 4 March.", due=day(2026, 4, 1)))

    assert printed(BEGUN, log) == {
        "Commitments": [f"“To hold talks” (m1/c1): due from none to 1 April 2026; status from “open” to “done”. They met on 4 March. {last(log)}"]
    }


def test_a_meeting_that_entered_is_told_with_each_commitment_made_in_it() -> None:
    told = printed(BEGUN[:3], BEGUN)

    assert told["Meetings and reports"] == [f"Meeting “Steel” (2 March 2026, with Treasury), one point and one commitment. [A2, B2] {last(BEGUN)}"]
    assert told["Commitments"] == [f"New: To hold talks (open, undated). Owed by and to: Not stated. [A2, B2] {last(BEGUN)}"]


def test_what_entered_and_was_withdrawn_again_says_both() -> None:
    log = after(BEGUN, fact_stated("f1", "Steel is dear."), event_retracted("f1"))
    told = printed(BEGUN, log)

    assert "withdrawn again since" in told["Assessments, facts, lines and scores"][0]
    assert told["Withdrawn"][0].startswith("Fact “Steel is dear.”")


def test_new_entries_of_the_register_share_a_paragraph_with_their_kind_and_each_leads_to_its_event() -> None:
    log = after(BEGUN, agency_described("us-b", "State"), person_described("doe-jane", "Jane Doe"), agency_described("us-c", "Energy"))
    state, jane, energy = (one.digest[:8] for one in log[-3:])

    assert printed(BEGUN, log)["Register"] == [
        f"New agencies: “State” {state}; “Energy” {energy}.",
        f"New person: “Jane Doe” {jane}.",
    ]


def test_an_entry_that_was_given_more_says_what() -> None:
    log = after(BEGUN, agency_described("us-a", "Treasury", label="again", replaces=[BEGUN[2].digest], aliases=("UST",)))

    assert printed(BEGUN, log)["Register"] == [f"Agency “Treasury”: aliases from none to “UST”. {last(log)}"]


def test_an_assessment_is_told_with_its_officer() -> None:
    log = after(BEGUN, assessment_recorded("a1", "m1", bottom_line=("It went well.",)))

    assert "by Desk officer: It went well." in printed(BEGUN, log)["Assessments, facts, lines and scores"][0]


def test_paragraphs_are_numbered_on_and_what_undoes_comes_first() -> None:
    log = after(BEGUN, fact_stated("f1"), event_corrected("m1", title="Coal"), event_retracted("f1"), agency_described("us-b"))
    note = sheet(BEGUN, log)

    assert [block.number for block in note.blocks if isinstance(block, Paragraph)] == [1, 2, 3, 4]
    assert [block.text for block in note.blocks if isinstance(block, Heading)] == [
        "Corrected", "Withdrawn", "Assessments, facts, lines and scores", "Register",
    ]  # fmt: skip


def test_every_change_is_in_a_line_that_leads_to_its_event() -> None:
    log = after(BEGUN, fact_stated("f1"), event_corrected("m1", title="Coal"), event_retracted("f1"), event_redacted(BEGUN[0]))
    found = changes((), log)
    _, lines = change_lines(project(log), found)

    assert {digest for line in lines for digest in line.digests} == {one.digest for one in found}
    for line in lines:
        for digest in line.digests:
            assert digest[:8] in line.words


def test_a_long_value_is_cut_and_the_event_has_the_rest() -> None:
    log = after(BEGUN, event_corrected("m1", title="Steel " * 60))
    (words,) = printed(BEGUN, log)["Corrected"]

    assert "…”" in words
    assert len(words) < 400


@pytest.mark.parametrize("format_", ["md", "html", "docx", "pdf"])
def test_a_sheet_is_made_in_every_format(format_: str) -> None:
    log = after(BEGUN, event_corrected("m1", title="Coal"))

    assert len(render(sheet(BEGUN, log), format_)) > 500
