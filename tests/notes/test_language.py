"""A paper in another language: everything that is its own is translated, and nothing that is somebody's words."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from briefing import payload
from briefing.dates import parse_span
from briefing.events import BY_TYPE
from briefing.notes import language as module
from briefing.notes.frame import Frame
from briefing.notes.language import ENGLISH, Language, counted, format_span, joined, say, speaking
from briefing.notes.note import BulletList, Footnotes, Note, Paragraph, Runs, Table
from briefing.notes.papers import PAPERS as KINDS
from briefing.notes.papers import Material, Paper, Words, make
from briefing.projector import project
from briefing.render.words import block_pieces
from briefing.resources import catalogue, languages
from briefing.state import BriefingState
from tests import example_record

LANGUAGES = languages()
NOTES = Path(module.__file__).parent
FRAME = Frame(basis="0" * 64, made_at="2025-06-02T09:00:00Z", as_at="", to="Desk", sender="Desk", copy="Desk", reference="X/1")

PAPERS = {
    "visit report": Paper("visit", "misri-us-2025"),
    "matrix": Paper("matrix", options=(("agencies", "us-state us-treasury us-defense us-commerce us-nsc"),)),
    **{f"summary of {id_}": Paper("agency", id_) for id_ in ("us-state", "us-treasury", "us-defense", "us-commerce", "us-nsc")},
    **example_record.PAPERS,
    "handover note": Paper("handover"),
    "handover of one desk": Paper("handover", options=(("agencies", "us-nsc"),)),
    "tracker": Paper("commitments"),
    "tracker of what is overdue": Paper("commitments", options=(("overdue", "yes"),)),
    "action sheet": Paper("actions", "ours"),
    "action sheet of an agency": Paper("actions", "us-commerce"),
    "change sheet": Paper("changes", options=(("since", ""),)),
}
"""A paper of every kind, of the record that ships as the example extends it."""


def made(name: str, state: BriefingState, lang: str = "", words: Words = catalogue) -> Note:
    return make(Material(state, example_record.log().recorded, words), PAPERS[name], replace(FRAME, lang=lang))


@pytest.fixture(scope="module")
def state() -> BriefingState:
    return project(example_record.log().recorded, today=example_record.TODAY)


@pytest.fixture(scope="module")
def record() -> str:
    """All words that somebody typed or published."""
    return bare(" ".join(path.read_text(encoding="utf-8") for path in example_record.EXAMPLE.rglob("events/*/*.json")))


def test_there_is_a_paper_of_every_kind() -> None:
    assert {one.kind for one in PAPERS.values()} == set(KINDS)


def bare(text: str) -> str:
    return re.sub(r'[\s".\\]+', " ", text).casefold()


def asked_for() -> Iterator[str]:
    """Yield the sentences that papers ask to have translated."""
    for path in sorted(NOTES.glob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
                words = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                if call.func.id == "say":
                    yield from words
                elif call.func.id == "counted" and words:
                    many = words[1] if len(words) > 1 else words[0] + "s"
                    yield from (f"no {many}", f"one {words[0]}", f"{{n}} {many}")
    for words_ in (payload.Kind, payload.Strength, payload.Status):
        yield from get_args(words_)


def constants() -> set[str]:
    """Return all texts in the source of the papers, and the names of fields, as a catalogue may have them."""
    found = {
        one.value.strip()
        for path in NOTES.glob("*.py")
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    }
    fields = {name.replace("_", " ") for kind in (*BY_TYPE.values(), payload.Point, payload.Commitment) for name in kind.model_fields}
    return found | fields | {word for one in found for word in one.split()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_that_a_paper_asks_for_is_translated(lang: str) -> None:
    words = catalogue(lang)

    assert [sentence for sentence in dict.fromkeys(asked_for()) if sentence not in words] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_of_a_catalogue_is_one_that_no_paper_has(lang: str) -> None:
    known = constants() | {one.strip() for one in asked_for()}

    assert [sentence for sentence in catalogue(lang) if sentence.strip() not in known] == []


def texts(note: Note) -> Iterator[str]:
    """Yield the texts of a note, run by run."""
    yield from (note.paper, note.subtitle, note.page_label, note.band, note.basis_label)
    yield from (line.label for line in note.title_block)
    for block in note.blocks:
        runs: list[Runs] = []
        if isinstance(block, Paragraph):
            runs = [block.runs]
        elif isinstance(block, BulletList):
            runs = list(block.items)
        elif isinstance(block, Footnotes):
            runs = [one for _, one in block.notes]
        elif isinstance(block, Table):
            yield from (block.caption, *(column.header for column in block.columns))
            runs = [cell for row in block.rows for cell in row]
        else:
            yield from block_pieces(block)
        yield from (run.text for one in runs for run in one)


def left_in_english(note: Note, english: Note, record: str) -> list[str]:
    """Return what a paper says in English that is neither on record nor a mark."""
    found = []
    same = set(texts(english))
    for text in (text for text in texts(note) if text in same):
        pieces = (bare(piece).strip() for piece in re.split(r"[;:,–()“”\[\]]|\bUS\b", text))
        found += [piece for piece in pieces if re.search("[a-z]", piece) and not on_record(piece, record)]
    return [piece for piece in found if not re.fullmatch(SAME.get(note.lang, "-"), piece)]


def on_record(piece: str, record: str) -> bool:
    """Return whether a text is on record: whole, as a post and a family name, or as a mark."""
    post, _, name = piece.rpartition(" ")
    return piece in record or bool(re.fullmatch(r"[a-z]\d*", piece)) or (bool(post) and post in record and f" {name} " in record)


SAME = {"fr": "information|points?|sources?|source [a-z]|● certain|participants|discussion|programme|notes?|[0-9a-f]{8}", "hi": "[0-9a-f]{8}"}
"""Words that French shares with English, and the first digits of an event."""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_has_nothing_in_english_but_what_is_on_record(name: str, lang: str, state: BriefingState, record: str) -> None:
    note = made(name, state, lang)

    assert note.lang == lang
    assert left_in_english(note, made(name, state), record) == []


@pytest.mark.parametrize("forgotten", ["Results by theme", "Words of the source", "△ Year inferred"])
def test_a_sentence_that_was_forgotten_is_found(forgotten: str, state: BriefingState, record: str) -> None:
    words = {key: value for key, value in catalogue("hi").items() if key != forgotten}

    note = made("visit report", state, "hi", lambda _: words)

    assert bare(forgotten.strip("△ ")) in " ".join(left_in_english(note, made("visit report", state), record))


def test_english_is_spoken_again_behind_a_paper_in_another_language(state: BriefingState) -> None:
    before = made("visit report", state)
    made("visit report", state, "hi")

    assert made("visit report", state) == before
    assert say("Meetings") == "Meetings"


def test_a_paper_that_fails_leaves_english_behind(state: BriefingState) -> None:
    with pytest.raises(KeyError):
        make(Material(state, (), catalogue), Paper("agency", "nobody"), replace(FRAME, lang="fr"))

    assert say("Meetings") == "Meetings"


def spoken_in(lang: str, *what: Callable[[], str]) -> list[str]:
    with speaking(Language(lang, catalogue(lang)) if lang != "en" else ENGLISH):
        return [one() for one in what]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["27–29 May 2025", "May 2025", "“soon”", "a, b and c", "two commitments", "one commitment", "no commitments", "12 meetings"]),
        ("hi", ["27–29 मई 2025", "मई 2025", "“soon”", "a, b, और c", "दो प्रतिबद्धताएँ", "एक प्रतिबद्धता", "कोई प्रतिबद्धता नहीं", "12 बैठकें"]),
        ("fr", ["27–29 mai 2025", "mai 2025", "“soon”", "a, b et c", "deux engagements", "un engagement", "aucun engagement", "12 entretiens"]),
    ],
)  # fmt: skip
def test_dates_lists_and_numbers_are_those_of_the_language(lang: str, expected: list[str]) -> None:
    assert spoken_in(
        lang,
        lambda: format_span(parse_span("27-29 May 2025")),
        lambda: format_span(parse_span("May 2025")),
        lambda: format_span(parse_span("soon")),
        lambda: joined(["a", "b", "c"]),
        lambda: counted(2, "commitment"),
        lambda: counted(1, "commitment"),
        lambda: counted(0, "commitment"),
        lambda: counted(12, "meeting"),
    ) == expected


def test_what_somebody_typed_is_not_translated_in_a_sentence() -> None:
    assert spoken_in("fr", lambda: say("No one at {agency} is on record.", agency="Meetings")) == ["Personne de Meetings ne figure au dossier."]
