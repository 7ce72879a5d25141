"""The grammar of drafts: which keys there are, and what each takes."""

from __future__ import annotations

import pytest

from briefing.errors import InvalidDraft, Problem
from briefing.intake.drafts import DRAFTS, GRAMMAR, read_drafts
from briefing.items import Item, Said


def read(draft: str) -> Item:
    (item,) = read_drafts(draft.encode(), "draft.yaml")
    return item


def problem(draft: str) -> Problem:
    with pytest.raises(InvalidDraft) as refusal:
        read_drafts(draft.encode(), "draft.yaml")
    return refusal.value.problems[0]


@pytest.mark.parametrize(
    ("draft", "kind"),
    [
        ("meeting: Talks\nvisit: v\nagency: A\n", "meeting"),
        ("person: P\nagency: A\nvisit: v\n", "person"),
        ("visit: V\nwhen: soon\n", "visit"),
        ("report: R\nvisit: v\nagency: A\n", "report"),
        ("fact: F\ntopic: T\nabout: A\n", "fact"),
        ("assessment: v\nby: Desk\n", "assessment"),
        ("source: a.txt\ntitle: T\n", "source"),
        ("agency: A\nalso: B\n", "agency"),
        ("topic: T\ntheme: U\n", "topic"),
        ("when: soon\nagency: A\nmeeting: Talks\n", "meeting"),
    ],
)
def test_a_draft_is_what_its_telling_key_says_wherever_that_stands(draft: str, kind: str) -> None:
    assert read(draft).kind == kind


def test_one_text_or_a_list_of_texts_is_the_same_where_several_may_stand() -> None:
    assert [one.text for one in read("meeting: T\nagency: A\n").texts("agency")] == ["A"]
    assert [one.text for one in read("meeting: T\nagency: [A, B]\n").texts("agency")] == ["A", "B"]
    assert read("meeting: T\n").texts("agency") == ()


def test_people_are_names_or_maps_and_points_are_maps() -> None:
    item = read("meeting: T\nwith: [A B, {name: C, role: chair}]\npoints: [{say: S}]\n")

    first, second = item.each("with")
    assert isinstance(first, Said)
    assert isinstance(second, Item)
    assert (first.text, second.text("name"), second.text("role")) == ("A B", "C", "chair")
    assert [one.kind for one in item.items("points")] == ["point"]


def test_letters_cite_texts_with_a_word_beside_them_or_with_options() -> None:
    item = read("fact: F\nA: one\nB agreed: two\nC: [three, {quote: four, when: soon}]\n")

    assert [(one.letter, one.word, one.quote.text) for one in item.cited] == [
        ("A", "", "one"), ("B", "agreed", "two"), ("C", "", "three"), ("C", "", "four"),
    ]  # fmt: skip
    assert item.cited[3].options["when"].text == "soon"


def test_the_digest_of_a_draft_is_of_what_it_says_and_not_of_how_it_is_laid_out() -> None:
    one = read("meeting: T\nagency: [A, B]\npoints:\n  - say: S\n").digest

    assert one == read('# remark\n{"points": [{"say": "S"}], "agency": ["A", "B"], "meeting": "T"}\n').digest
    assert one != read("meeting: T\nagency: [B, A]\npoints:\n  - say: S\n").digest
    assert one != read("meeting: T\nagency: [A, B]\npoints:\n  - say: S.\n").digest


@pytest.mark.parametrize(
    ("draft", "place", "what", "hint"),
    [
        ("", "draft.yaml", "the file holds no draft", "briefing new meeting"),
        ("# only a remark\n", "draft.yaml", "the file holds no draft", "briefing new meeting"),
        ("words\n", "draft.yaml:1:1", "a draft is a list of keys and values", "briefing new meeting"),
        ("- [a]\n", "draft.yaml:1:3", "a draft is a list of keys and values", "briefing new meeting"),
        ("when: soon\n", "draft.yaml:1:1", "says what it is by one of the keys source, meeting", "begin with `meeting"),
        ("agency: A\nwith: B\n", "draft.yaml:1:1", "says what it is by one of the keys", "begin with `meeting"),
        ("meeting: T\nagencey: A\n", "draft.yaml:2:1", "unknown key “agencey” in a meeting", "did you mean “agency”?"),
        ("topic: T\nzzzz: A\n", "draft.yaml:2:1", "unknown key “zzzz” in a topic", "known here: "),
        ("meeting: T\npoints: [{say: S, kimd: x}]\n", "draft.yaml:2:19", "unknown key “kimd” in a point", "did you mean “kind”?"),
        ("meeting:\n", "draft.yaml:1:1", "“meeting” is empty", "leave out"),
        ("meeting: [a]\n", "draft.yaml:1:10", "“meeting” takes one text, not a list", ""),
        ("meeting: {a: b}\n", "draft.yaml:1:10", "“meeting” takes one text, not a map", ""),
        ("meeting: T\nagency: [A, '']\n", "draft.yaml:2:13", "“agency” is empty", "leave out"),
        ("meeting: T\nagency: [{a: b}]\n", "draft.yaml:2:10", "“agency” takes a list of texts", ""),
        ("meeting: T\nwith: [[a]]\n", "draft.yaml:2:8", "“with” takes a list of names", ""),
        ("meeting: T\npoints: S\n", "draft.yaml:2:9", "“points” takes a list of points, each beginning with `- say:`", ""),
        ("meeting: T\nsources: a.txt\n", "draft.yaml:2:10", "“sources” takes a letter for each text", "A: …"),
        ("meeting: T\nsources: {a: a.txt}\n", "draft.yaml:2:11", "“a” is not a letter from A to Z", ""),
        ("fact: F\nA: ''\n", "draft.yaml:2:4", "no words beside the letter A", "take the letter out"),
        ("fact: F\nA: {when: soon}\n", "draft.yaml:2:4", "needs the key “quote”", ""),
        ("fact: F\nA: {quote: x, colour: red}\n", "draft.yaml:2:15", "unknown key “colour” beside a quotation", "known: quote"),
    ],
)
def test_what_breaks_the_grammar_is_named_with_its_place_and_what_to_do(draft: str, place: str, what: str, hint: str) -> None:
    found = problem(draft)

    assert str(found.place) == place
    assert what in found.what
    assert hint in found.hint


def test_all_drafts_of_a_file_are_read_and_all_their_problems_reported() -> None:
    items = read_drafts(b"- topic: A\n- topic: B\n---\nagency: C\n", "draft.yaml")
    assert [one.kind for one in items] == ["topic", "topic", "agency"]

    with pytest.raises(InvalidDraft) as refusal:
        read_drafts(b"- topic: A\n  x1: 1\n- topic: B\n  x2: 1\n---\nx3: C\n", "draft.yaml")
    assert [one.place.line for one in refusal.value.problems] == [2, 4, 6]


def test_every_kind_of_draft_has_a_grammar_that_begins_with_itself() -> None:
    assert set(DRAFTS) == set(GRAMMAR) - {"point", "commitment", "with", "to make", "expected", "programme"}
    assert all(kind in GRAMMAR[kind] for kind in DRAFTS)
