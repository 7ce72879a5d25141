"""A draft's YAML is read as typed, and whatever is wrong with its form is named with line and column."""

from __future__ import annotations

import pytest
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st

from briefing.errors import InvalidDraft, Problem
from briefing.intake.reader import MAX_BYTES, ListNode, MapNode, Node, read_documents
from briefing.items import Problems, Said
from tests.hostile import HOSTILE_JSON, NAUGHTY


def read_whole(data: bytes, file: str) -> list[Node]:
    """Return the documents of a draft that has nothing wrong with it."""
    found = Problems()
    documents = read_documents(data, file, found)
    if found:
        raise InvalidDraft(found)
    return documents


def plain(node: Node) -> object:
    if isinstance(node, Said):
        return node.text
    if isinstance(node, ListNode):
        return [plain(one) for one in node.entries]
    assert isinstance(node, MapNode)
    return {key.text: plain(value) for key, value in node.entries}


def read(draft: str | bytes) -> object:
    (document,) = read_whole(draft.encode() if isinstance(draft, str) else draft, "draft.yaml")
    return plain(document)


def problems(draft: bytes) -> list[Problem]:
    try:
        read_whole(draft, "draft.yaml")
    except InvalidDraft as refusal:
        return refusal.problems
    return []


def problem(draft: str | bytes) -> Problem:
    with pytest.raises(InvalidDraft) as refusal:
        read_whole(draft.encode() if isinstance(draft, str) else draft, "draft.yaml")
    return refusal.value.problems[0]


@pytest.mark.parametrize("value", ["no", "yes", "null", "~", "2025-05-28", "12", "1e3", "0x1F", "12:30:45", "true", ".inf", "<<", "="])
def test_every_value_is_the_text_that_was_typed(value: str) -> None:
    assert read(f"say: {value}\n") == {"say": value}
    assert read(f"say: '{value}'\n") == {"say": value}
    assert read(f"{value}: x\n") == {value: "x"}


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("plain words", "plain words"),
        ("'it''s'", "it's"),
        ('"a\\tb \\u00e9"', "a b é"),
        ("|\n    two\n    lines", "two\nlines"),
        (">\n    folded\n    lines", "folded lines"),
        ("over\n    lines", "over lines"),
        ("a:b", "a:b"),
        ("a\u2028b\x85c", "a b c"),
        ("'a: b'", "a: b"),
        ("a#b", "a#b"),
        ('"a #b"', "a #b"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_values_may_be_typed_in_every_way_of_yaml(typed: str, text: str) -> None:
    assert read(f"say: {typed}\n") == {"say": text}


def test_json_is_read_as_yaml_is() -> None:
    assert read('{"meeting": "Talks", "points": [{"say": "Steel: and # coal."}]}') == {
        "meeting": "Talks",
        "points": [{"say": "Steel: and # coal."}],
    }


def test_a_file_may_hold_several_documents_remarks_and_a_byte_order_mark() -> None:
    documents = read_whole(b"\xef\xbb\xbf# remark\r\na: 1\r\n---\r\n---\r\nb: 2\r\n", "draft.yaml")

    assert [plain(one) for one in documents] == [{"a": "1"}, {"b": "2"}]


def test_every_value_and_key_knows_its_place() -> None:
    (document,) = read_whole(b"meeting: Talks\npoints:\n  - say: Steel.\n", "draft.yaml")
    assert isinstance(document, MapNode)
    (title_key, title), (_, points) = document.entries
    assert isinstance(points, ListNode)
    point = points.entries[0]
    assert isinstance(point, MapNode)

    places = [title_key.place, title.place, point.entries[0][0].place, point.entries[0][1].place]
    assert [str(one) for one in places] == ["draft.yaml:1:1", "draft.yaml:1:10", "draft.yaml:3:5", "draft.yaml:3:10"]


@pytest.mark.parametrize(
    ("draft", "place", "what", "hint"),
    [
        ("a: 1\nb: 2\na: 3\n", "3:1", "the key “a” stands twice (first in line 1)", "one list"),
        ("a: word # remark\n", "1:8", "“ #” after a value", "in quotes"),
        ("a: 'word' # remark\n", "1:10", "“ #” after a value", "line of its own"),
        ("a:\n  - one # remark\n", "2:8", "“ #” after a value", "in quotes"),
        ("a: one: two\n", "1:7", "a colon and a space inside a value", "in quotes"),
        ("a: 1\nb\n", "3:1", "could not find expected ':'", "a key is followed by a colon"),
        ("a:\n\tb: 1\n", "2:1", "found character '\\t'", "tabs"),
        ("a: @home\n", "1:4", "found character '@'", "in quotes"),
        ("a: [1, 2\n", "2:1", "", ""),
        ("a: &x 1\n", "1:4", "anchors and aliases", "write the text out"),
        ("a: *x\n", "1:4", "anchors and aliases", "write the text out"),
        ("a: !!python/object:os.system 1\n", "1:4", "the tag ", "leave the tag out"),
        ("a: !new 1\n", "1:4", "the tag !new", "leave the tag out"),
        ("? [a]\n: 1\n", "1:3", "a key is a word", ""),
        ("a: x\x00y\n", "1:5", "a control character, U+0000", "take it out"),
        ("a: b\nc: x\x1by\n", "2:5", "a control character, U+001B", "take it out"),
        (b"a: b\nc: Caf\xe9\n", "2:7", "not UTF-8: byte 0xe9", "save it as UTF-8"),
        ("a: b\n".encode("utf-16"), "1:1", "not UTF-8", "save it as UTF-8"),
        ("[" * 14 + "]" * 14, "1:14", "nested deeper than 12 levels", ""),
    ],
)
def test_what_is_wrong_with_the_form_is_named_with_line_and_column(
    draft: str | bytes, place: str, what: str, hint: str
) -> None:
    found = problem(draft)

    assert str(found.place) == f"draft.yaml:{place}"
    assert what in found.what
    assert hint in found.hint


def test_all_of_a_file_is_looked_at_before_it_is_refused() -> None:
    with pytest.raises(InvalidDraft) as refusal:
        read_whole(b"a: x # y\nb: 1\nb: 2\nc: !t z\n", "draft.yaml")

    assert [str(one.place) for one in refusal.value.problems] == ["draft.yaml:1:5", "draft.yaml:3:1", "draft.yaml:4:4"]


def test_a_file_that_is_too_long_is_not_read() -> None:
    assert f"{MAX_BYTES} is the limit" in problem(b"a: " + b"x" * MAX_BYTES).what


def test_aliases_that_would_grow_without_end_are_refused_at_the_first() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{p}, *{p}]\n" for p, c in zip("abcdefgh", "bcdefghi", strict=True))

    assert problem(bomb).what.startswith("anchors and aliases")


@settings(max_examples=200, deadline=None)
@over(st.text(alphabet=st.sampled_from("ab:#-[]{}&*!|>'\"%@` \n\t,?\\0é"), max_size=40))
def test_any_text_is_read_or_refused_with_a_place_and_never_a_crash(draft: str) -> None:
    assert all(one.place.file == "draft.yaml" and one.what for one in problems(draft.encode()))


@pytest.mark.parametrize("name", HOSTILE_JSON)
def test_hostile_json_is_read_or_refused_and_never_a_crash(name: str) -> None:
    assert problems(HOSTILE_JSON[name]) is not None


def test_naughty_strings_in_block_text_are_read_as_typed_or_named_as_control_characters() -> None:
    read_as_typed = 0
    for text in NAUGHTY:
        typed = "say: |\n" + "".join(f"  {line.strip()}\n" for line in text.split("\n"))
        if found := problems(typed.encode()):
            assert "a control character" in found[0].what
        else:
            (said,) = read(typed).values()  # type: ignore[attr-defined]
            assert said.split() == text.split()
            read_as_typed += 1

    assert read_as_typed > len(NAUGHTY) * 0.9 - 3


@pytest.mark.parametrize(("typed", "text"), [(r"\ud83d\ude00", "😀"), (r"line\n\u0303", "line \u0303"), (r"Cafe\u0301", "Café"), (r"a\u2028b", "a b")])
def test_what_json_escapes_is_read_as_the_sign_that_is_meant(typed: str, text: str) -> None:
    (said,) = read(f'{{"say": "{typed}"}}').values()  # type: ignore[attr-defined]

    assert said == text


@pytest.mark.parametrize(("typed", "what"), [(r"\ud83d", "half a character, U+D83D"), (r"\ude00\ud83d", "half a character, U+DE00"), (r"\u0000", "a control character, U+0000"), (r"a\x1bb", "a control character, U+001B"), (r"\ufffe", "a control character, U+FFFE")])
def test_an_escape_brings_nothing_in_that_could_not_be_typed(typed: str, what: str) -> None:
    found = problem(f'say: "{typed}"\n'.encode())

    assert (found.what, found.hint, found.place.column) == (what, "take it out", 6)


def test_a_mark_behind_an_escaped_line_end_joins_no_letter_of_the_escape() -> None:
    (said,) = read('say: "line\\n\u0303"\n').values()  # type: ignore[attr-defined]

    assert said == "line \u0303"
