from __future__ import annotations

from typing import Any

import pytest

from briefing.dates import parse_span
from tests.given import (
    Told,
    agency_described,
    assessment_recorded,
    cited,
    commitment,
    commitment_updated,
    event_corrected,
    event_retracted,
    expected,
    fact_stated,
    history,
    line_agreed,
    meeting_held,
    meeting_planned,
    met,
    note_issued,
    note_returned,
    note_seen,
    objective,
    person_described,
    post,
    source_registered,
    to_make,
    topic_described,
)
from tests.notes.made import annexed, brief, brief_of, by_blocks, headings, markdown, under

NEWS = "New since the brief you last saw"
SENSITIVE = "Sensitive: not for use with the other side"
RAISED = "What they will raise"
OPEN = "Open commitments, both ways"
REGISTER = (
    agency_described("us-commerce", "US Department of Commerce", short="Commerce", country="United States", side="theirs"),
    topic_described("tariffs", "Tariffs"),
    person_described("kessler-jeffrey", "Jeffrey Kessler", side="theirs", posts=(post("Under Secretary of Commerce", "us-commerce"),)),
)


def planned(**payload: Any) -> Told:
    return meeting_planned("steel", **{"agencies": ("us-commerce",), "title": "Talks on steel", **payload})


def talks(id_: str = "talks", *, on: str = "2026-02-03", **payload: Any) -> Told:
    return meeting_held(id_, on=on, **{"agencies": ("us-commerce",), "title": "Call on tariffs", **payload})


# ── who, when, where ──────────────────────────────────────────────────────────────────────────


def test_a_brief_says_with_whom_when_where_and_for_how_long_it_is() -> None:
    note = brief(*REGISTER, planned(on="2026-03-12", at_time="10:30", duration="45 minutes", where="Washington",
                                    participants=(met("kessler-jeffrey"),)))  # fmt: skip

    page = markdown(note)
    assert "US Under Secretary of Commerce Jeffrey Kessler" in page
    assert "12 March 2026, 10:30" in page
    assert "45 minutes" in page
    assert note.title == "Talks on steel, 12 March 2026"


def test_a_meeting_without_a_day_is_flagged_and_what_else_is_missing_is_said_once() -> None:
    note = brief(*REGISTER, planned())

    assert "△ no date" in markdown(note)
    assert under(note, "What is not known").startswith("2 Not on record: the date, the place, how long it is to be")


def test_someone_whose_post_has_ended_is_flagged() -> None:
    former = person_described("lee-ann", "Ann Lee", side="theirs",
                              posts=(post("Under Secretary", "us-commerce", until=parse_span("31 January 2026")),))  # fmt: skip

    assert "▽ former holder, until 31 January 2026" in markdown(brief(*REGISTER, former, planned(participants=(met("lee-ann"),)))).replace("**", "")


def test_someone_whose_post_somebody_holds_since_is_flagged_with_the_newer_name() -> None:
    before = person_described("lee-ann", "Ann Lee", posts=(post("Under Secretary for Trade", "us-commerce", at=parse_span("May 2025")),))
    after = person_described("roe-max", "Max Roe", posts=(post("Under Secretary for Trade", "us-commerce", start=parse_span("January 2026")),))

    page = markdown(brief(*REGISTER, before, after, planned(participants=(met("lee-ann"), met("roe-max"))))).replace("**", "")
    assert "Ann Lee ▽ former holder, since then: Max Roe" in page
    assert "Max Roe ▽" not in page


def test_the_annex_has_biographies_and_how_to_say_the_names() -> None:
    known = person_described("lee-ann", "Ann Lee", side="theirs", say_name="an LEE", biography="A lawyer from Ohio.")

    note = brief(*REGISTER, known, planned(participants=(met("lee-ann"),)))

    assert "Participants" in annexed(note)
    assert "Ann Lee Theirs an LEE A lawyer from Ohio." in under(note, "Participants")


# ── what we say ───────────────────────────────────────────────────────────────────────────────


def test_six_points_stand_in_the_brief_and_the_rest_in_the_annex() -> None:
    note = brief(*REGISTER, planned(points=tuple(to_make(f"t{n}", f"Point number {n}.") for n in range(1, 9))))

    assert "Point number 6." in under(note, "Points to make")
    assert "Point number 7." not in under(note, "Points to make")
    assert under(note, "Further points to make").endswith("Point number 8.")
    assert "Two more" in under(note, "Points to make")
    assert "Further points to make" in annexed(note)


def test_each_point_names_whom_it_is_for() -> None:
    note = brief(*REGISTER, planned(participants=(met("kessler-jeffrey"),), points=(
        to_make("t1", "Ask for a day.", to="kessler-jeffrey"), to_make("t2", "Ask for a list.", to="us-commerce"))))  # fmt: skip

    assert "To Under Secretary Kessler. Ask for a day." in under(note, "Points to make")
    assert "To Commerce. Ask for a list." in under(note, "Points to make")


def test_what_they_will_raise_stands_the_likeliest_first_with_a_word_and_a_shape() -> None:
    note = brief(*REGISTER, planned(expected=(expected("e1", "Zinc.", "unlikely"), expected("e2", "Coal.", "certain", line="We listen."))))

    told = under(note, RAISED)
    assert told.index("Coal. ● Certain We listen.") < told.index("Zinc. ○ Unlikely")


def test_where_the_plan_has_no_line_the_one_agreed_on_the_topic_is_taken() -> None:
    line = line_agreed("l1", "tariffs", line="We keep to what was signed.", approved_by="Minister")

    note = brief(*REGISTER, line, planned(expected=(expected("e1", "Tariffs.", topics=("tariffs",)),)))

    assert "“We keep to what was signed.” (approved by Minister)" in under(note, RAISED)


@pytest.mark.parametrize(("field", "day"), [("until", "1 March 2026"), ("start", "1 April 2026")])
def test_a_line_that_has_ended_or_not_begun_is_not_taken(field: str, day: str) -> None:
    line = line_agreed("l1", "tariffs", line="We keep to what was signed.", **{field: parse_span(day)})

    note = brief(*REGISTER, line, planned(expected=(expected("e1", "Tariffs.", topics=("tariffs",)),)))

    assert "△ no line agreed" in under(note, RAISED)


def test_a_line_past_its_review_is_flagged_stale() -> None:
    line = line_agreed("l1", "tariffs", press_line="Talks go on.", review_by=parse_span("1 March 2026"))

    assert "▽ stale, review was due 1 March 2026" in under(brief(*REGISTER, line, planned(points=(to_make(topics=("tariffs",)),))), "Press line")


def test_the_decision_asked_stands_in_the_box_with_its_three_answers() -> None:
    note = brief(*REGISTER, planned(decision_asked="Propose a day."))

    assert "You are asked to decide: Propose a day. ☐ agree ☐ disagree ☐ discuss" in markdown(note).replace("**", "")
    assert [line.value for line in note.title_block if line.label == "For"] == ["Decision"]


def test_a_brief_without_a_decision_is_for_the_meeting() -> None:
    assert [line.value for line in brief(*REGISTER, planned()).title_block if line.label == "For"] == ["Meeting"]


# ── what lies behind ──────────────────────────────────────────────────────────────────────────


def test_background_begins_with_the_last_contact() -> None:
    note = brief(*REGISTER, talks("first", on="2025-06-01", title="First call"), talks(title="Second call"), planned())

    assert "Second call" in under(note, "Background: the last contact")
    assert "First call" in under(note, "Background: earlier contacts and facts")


def test_a_fact_past_its_review_is_flagged_stale() -> None:
    fact = fact_stated("f1", "The duty is 25 per cent.", about=("us-commerce",), review_by=parse_span("28 February 2026"))

    assert "▽ stale, review was due 28 February 2026" in under(brief(*REGISTER, fact, planned()), "Background: facts")


def test_a_fact_whose_review_is_still_to_come_is_not() -> None:
    fact = fact_stated("f1", "The duty is 25 per cent.", about=("us-commerce",), review_by=parse_span("11 March 2026"))

    assert "stale" not in markdown(brief(*REGISTER, fact, planned()))


def test_what_one_text_of_two_says_is_flagged() -> None:
    texts = (source_registered("a"), source_registered("b"))
    facts = (fact_stated("f1", "Talks are to come.", about=("us-commerce",), citations=(cited("a"),)),
             fact_stated("f2", "Talks were agreed.", about=("us-commerce",), citations=(cited("a"), cited("b"))))  # fmt: skip

    told = under(brief(*texts, *REGISTER, *facts, planned()), "Background: facts")
    assert "Talks are to come. [A1] △ one source" in told.replace("A2", "A1")
    assert told.count("△ one source") == 1


def test_a_warning_and_a_marked_fact_stand_apart_from_what_may_be_used() -> None:
    note = brief(*REGISTER, fact_stated("f1", "The duty will fall.", about=("us-commerce",), marking="SECRET"),
                 assessment_recorded("s1", "us-commerce", sensitivity="The post is vacant."), planned())  # fmt: skip

    told = under(note, SENSITIVE)
    assert "The post is vacant." in told
    assert "[SECRET] The duty will fall." in told
    assert markdown(note).count("The duty will fall.") == 1


def test_open_commitments_stand_both_ways_the_overdue_first() -> None:
    made = talks(commitments=(
        commitment("c1", "Send a list.", owed_by="us-commerce", due=parse_span("1 May 2026")),
        commitment("c2", "Send a draft.", owed_by="ours", due=parse_span("1 March 2026")),
        commitment("c3", "Send a name.", owed_by="theirs", status="done")))  # fmt: skip

    told = under(brief(*REGISTER, made, planned()), OPEN)
    assert told.index("Send a draft") < told.index("Send a list")
    assert "▲ overdue" in told
    assert "Send a name" not in told


# ── what the reader has seen ──────────────────────────────────────────────────────────────────

SEEN = (*REGISTER, talks(title="Old call"), planned(), note_issued("AMD/1", basis="plan of steel", subject="steel"))
FACT = fact_stated("f9", "The duty has risen.", about=("us-commerce",))


def test_what_was_seen_is_one_dated_line_that_names_the_earlier_paper() -> None:
    note = brief(*SEEN, note_seen("AMD/1", when=parse_span("5 March 2026")), FACT, reader="Minister")

    told = under(note, NEWS)
    assert told.startswith("1 Seen on 5 March 2026: AMD/1, edition 1. Its background, one contact, is not repeated.")
    assert "The duty has risen" in told
    assert "Old call" not in markdown(note)


def test_without_a_reader_nothing_is_folded() -> None:
    note = brief(*SEEN, note_seen("AMD/1"), FACT)

    assert NEWS not in headings(note)
    assert "Old call" in markdown(note)


def test_for_a_reader_who_saw_none_nothing_is_folded() -> None:
    note = brief(*SEEN, note_seen("AMD/1"), FACT, reader="Permanent Secretary")

    assert NEWS not in headings(note)
    assert "Old call" in markdown(note)


def test_who_returned_a_brief_has_seen_it_and_is_told_what_they_decided() -> None:
    note = brief(*SEEN, note_returned("AMD/1", decision="agree", comment="Go on."), FACT, reader="minister")

    assert "You decided: agree (“Go on.”)." in under(note, NEWS)


def test_a_brief_that_was_issued_and_not_seen_folds_nothing() -> None:
    assert NEWS not in headings(brief(*SEEN, FACT, reader="Minister"))


def test_nothing_new_is_said_in_as_many_words() -> None:
    elsewhere = fact_stated("f8", "Rice is cheap.")

    told = under(brief(*SEEN, note_seen("AMD/1"), elsewhere, reader="Minister"), NEWS)
    assert told.endswith("Nothing that touches this meeting was put on record since.")


def test_what_another_desk_wrote_before_and_merged_later_is_new() -> None:
    log = history(*SEEN, note_seen("AMD/1"))
    apart = history(FACT, after=log[:2], writer="another desk")

    assert "The duty has risen" in under(brief_of(sorted((*log, *apart), key=lambda one: one.at), reader="Minister"), NEWS)


def test_a_correction_and_a_withdrawal_of_what_was_seen_are_new() -> None:
    earlier = (*REGISTER, FACT, talks(), planned(), note_issued("AMD/1", basis="plan of steel", subject="steel"), note_seen("AMD/1"))

    corrected = brief(*earlier, event_corrected("f9", say="The duty has fallen."), reader="Minister")
    withdrawn = brief(*earlier, event_retracted("f9"), reader="Minister")

    assert "“The duty has fallen.”" in under(corrected, NEWS)
    assert "withdrawn. Reason: entered twice" in under(withdrawn, NEWS)


def test_open_commitments_and_sensitivities_are_printed_although_they_were_seen() -> None:
    made = talks(commitments=(commitment("c1", "Send a list.", owed_by="us-commerce"),))
    warned = assessment_recorded("s1", "us-commerce", sensitivity="The post is vacant.")
    earlier = (*REGISTER, made, warned, planned(), note_issued("AMD/1", basis="plan of steel", subject="steel"), note_seen("AMD/1"))

    note = brief(*earlier, commitment_updated("talks/c1", status="in hand"), reader="Minister")

    assert "Send a list" in under(note, OPEN)
    assert "The post is vacant." in under(note, SENSITIVE)


def test_what_is_sensitive_is_not_told_among_the_news() -> None:
    warned = assessment_recorded("s1", "us-commerce", sensitivity="The post is vacant.")
    marked = fact_stated("f7", "The duty will fall.", about=("us-commerce",), marking="SECRET")

    note = brief(*SEEN, note_seen("AMD/1"), warned, marked, event_corrected("f7", say="The duty will fall soon."), reader="Minister")

    assert "vacant" not in under(note, NEWS)
    assert "The duty will fall" not in under(note, NEWS)
    assert "The duty will fall soon." in under(note, SENSITIVE)


# ── two pages ─────────────────────────────────────────────────────────────────────────────────

FULL = (*REGISTER, talks("first", on="2025-06-01"), talks(), planned(
    objectives=(objective(),), points=(to_make(),), not_known=("Who pays.",),
    expected=tuple(expected(f"e{n}", f"Thing {n}.", like) for n, like in enumerate(("certain", "may", "unlikely"))),
))  # fmt: skip


def test_what_fits_stays() -> None:
    note = brief(*FULL, measure=by_blocks(100))

    assert "annex:" not in markdown(note)
    assert "Who pays." in markdown(note).partition("Annex")[0]


@pytest.mark.parametrize(("of_a_page", "moved"), [(9, 0), (8, 1), (7, 2), (6, 5)])
def test_what_does_not_fit_moves_to_the_annex_the_least_important_first(of_a_page: int, moved: int) -> None:
    order = ["What is not known", "Background: earlier contacts and facts", "What they are unlikely to raise",
             "What they may raise", "Background: the last contact"]  # fmt: skip

    note = brief(*FULL, measure=by_blocks(of_a_page))

    assert by_blocks(of_a_page)(note) == 2
    assert annexed(note) == order[:moved][::-1]
    assert ("For want of room, in the annex:" in markdown(note)) is bool(moved)


def test_objectives_points_commitments_and_what_is_certain_never_move() -> None:
    body = markdown(brief(*FULL, measure=by_blocks(1))).partition("Annex")[0]

    assert "A day is fixed." in body
    assert "Propose a day." in body
    assert "Thing 0." in body
    assert "Thing 2." not in body


def test_a_new_marking_is_no_news_and_a_correction_beside_it_is() -> None:
    earlier = (*REGISTER, FACT, talks(), planned(), note_issued("AMD/1", basis="plan of steel", subject="steel"), note_seen("AMD/1"))

    marked = brief(*earlier, event_corrected("talks", marking="SECRET"), reader="Minister")
    both = brief(*earlier, event_corrected("talks", marking="SECRET", title="Call on steel"), reader="Minister")

    assert "Nothing that touches this meeting was put on record since." in under(marked, NEWS)
    assert "title from “Call on tariffs” to “Call on steel”" in under(both, NEWS)
    assert "SECRET" not in markdown(both)
