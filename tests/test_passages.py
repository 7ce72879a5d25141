"""Where a quotation stands in a text, and how paragraphs and sentences count."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from briefing.passages import (
    clean,
    find_quote,
    guess_body_start,
    nearest_passage,
    paragraph_number,
    paragraphs,
    sentences,
)

ARTICLE = "Talks in Washington\nThe North News\nNew Delhi, May 31\n\nThe two sides met.\nThey spoke.\n\nSteel was discussed.\n"
WORDS = st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8), min_size=1, max_size=8)


def text_at(text: str, quote: str) -> str | None:
    extent = find_quote(text, quote)
    return text[extent[0] : extent[1]] if extent else None


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("it agreed to hold talks", "agreed to hold"),
        ("India’s “soon”", "India's \"soon\""),
        ("India's \"soon\"", "India’s “soon”"),
        ("10\u00a0million and 5\u202f%", "10 million and 5 %"),
        ("agreed\nto  hold", "agreed to hold"),
        ("agreed to hold", " agreed \n to\u00a0hold "),
        ("costs (a lot)? [yes] 2^3 $5", "(a lot)? [yes] 2^3 $5"),
    ],
)
def test_a_quotation_is_found_across_quotes_spaces_and_line_ends_as_the_text_has_it(text: str, quote: str) -> None:
    found = text_at(text, quote)

    assert found is not None
    assert found in text
    assert len(found.split()) == len(quote.split())


@pytest.mark.parametrize("quote", ["agreed to Hold", "agree d", "hold agreed", "", "   ", "agreed, to hold"])
def test_words_that_are_not_there_are_not_found(quote: str) -> None:
    assert find_quote("the sides agreed to hold talks", quote) is None


@pytest.mark.parametrize(("text", "quote"), [("They disagreed.", "agreed"), ("128 May", "28 May"), ("agreed to holdings", "to hold")])
def test_part_of_a_word_is_no_quotation(text: str, quote: str) -> None:
    assert find_quote(text, quote) is None


def test_a_quotation_is_found_behind_a_place_where_it_is_part_of_a_word() -> None:
    assert find_quote("They disagreed, then agreed.", "agreed") == (21, 27)


def test_words_are_found_in_scripts_that_put_no_space_between_them() -> None:
    assert text_at("双方同意举行会谈", "同意") == "同意"
    assert text_at("विदेश सचिव विक्रम मिस्री ने", "विक्रम मिस्री") == "विक्रम मिस्री"


@over(WORDS, WORDS, WORDS)
def test_any_words_of_a_text_are_found_in_it_and_are_the_words_asked_for(
    before: list[str], quote: list[str], after: list[str]
) -> None:
    text = " ".join((*before, *quote, *after))

    found = text_at(text, "\n".join(quote))

    assert found is not None
    assert found.split() == quote


def test_a_stored_text_has_line_feeds_and_normal_form_c_and_is_else_as_it_came() -> None:
    assert clean("a\r\nb\rc\n  d\u00a0e") == "a\nb\nc\n  d\u00a0e"
    assert clean("Cafe\u0301") == "Café"


@over(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)

    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once


def test_the_body_begins_behind_headline_masthead_and_dateline() -> None:
    assert ARTICLE[guess_body_start(ARTICLE) :].startswith("The two sides met.")
    assert guess_body_start("No sentence here\nNor here") == 0
    assert guess_body_start("A long line " * 20 + "\nx") == 0


def test_paragraphs_are_blocks_between_blank_lines_where_the_body_has_one() -> None:
    start = guess_body_start(ARTICLE)

    assert [ARTICLE[a:b] for a, b in paragraphs(ARTICLE, start)] == ["The two sides met.\nThey spoke.", "Steel was discussed."]


def test_paragraphs_are_lines_where_the_body_has_no_blank_line() -> None:
    text = "First line. \nSecond line.\n"

    assert [text[a:b] for a, b in paragraphs(text, 0)] == ["First line.", "Second line."]


def test_a_position_counts_to_the_last_paragraph_that_began_before_it() -> None:
    start = guess_body_start(ARTICLE)

    assert paragraph_number(ARTICLE, start, 0) == 0
    assert paragraph_number(ARTICLE, start, ARTICLE.index("The two")) == 1
    assert paragraph_number(ARTICLE, start, ARTICLE.index("They")) == 1
    assert paragraph_number(ARTICLE, start, ARTICLE.index("Steel")) == 2
    assert paragraph_number(ARTICLE, start, len(ARTICLE)) == 2


@over(st.text(alphabet="ab. \n", max_size=60), st.integers(0, 60))
def test_paragraphs_hold_every_letter_of_the_body_once(text: str, start: int) -> None:
    extents = paragraphs(text, start)

    assert "".join("".join(text[a:b].split()) for a, b in extents) == "".join(text[start:].split())
    assert list(extents) == sorted(extents)


def test_the_nearest_passage_is_the_sentence_most_like_what_was_asked_for() -> None:
    text = "Steel was discussed. The two sides agreed to hold talks soon. Lunch followed."

    assert nearest_passage(text, "both sides agreed to have talks soon") == "The two sides agreed to hold talks soon."
    assert nearest_passage("", "anything") == ""


def test_sentences_end_at_full_stops_but_not_behind_initials() -> None:
    text = "Headline\nThe U.S. Visit began. “It is done.” He left"

    assert [text[a:b] for a, b in sentences(text)] == ["Headline", "The U.S. Visit began.", "“It is done.”", "He left"]


@over(st.text(alphabet="aB. “”\n", max_size=60))
def test_sentences_hold_every_letter_of_a_text_once(text: str) -> None:
    assert "".join("".join(text[a:b].split()) for a, b in sentences(text)) == "".join(text.split())


def test_a_wrapped_paragraph_is_one_and_its_first_line_no_headline() -> None:
    wrapped = (
        "President Joseph R. Biden, Jr. met today with His Majesty King Abdullah\n"
        "II of Jordan to reaffirm the enduring strength of the partnership. They\n"
        "discussed the region.\n"
    )
    assert guess_body_start(wrapped) == 0
    assert paragraphs(wrapped, 0) == ((0, len(wrapped) - 1),)
    assert guess_body_start(f"A headline\n\n{wrapped}") == len("A headline\n\n")


def test_lines_that_each_end_a_sentence_are_paragraphs_of_their_own() -> None:
    listed = "".join(f"The ministers spoke of matter number {n} at some length.\n" for n in range(4))

    assert len(paragraphs(listed, 0)) == 4
