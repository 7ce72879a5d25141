"""Words in any script that the papers have come out of a PDF as they went in, and are heard in their own language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import cycle, islice
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from briefing.notes.note import BulletList, Column, Heading, Note, Paragraph, Run, Table, Timeline, TimelinePoint
from briefing.render import pdf_engine, render
from briefing.render.html import with_languages
from briefing.render.pdf import render_pdf
from briefing.render.pdf_text import Spoken
from briefing.render.scripts import stretches
from tests.render.comparison import difference_read_aloud
from tests.render.reading import pdf_lines, pdf_words
from tests.render.sample import sample_note, text

NAMES = {
    "hi": ("विक्रम मिस्री", "नरेन्द्र मोदी", "राष्ट्रीय सुरक्षा परिषद", "क्षत्रिय ज्ञान श्री द्ध्य र्क्ष्मि"),
    "ar": ("محمد بن سلمان", "لا إله إلا الله", "مُحَمَّد", "وزارة الخارجية"),
    "he": ("שרה נתניהו", "שָׁלוֹם עֲלֵיכֶם", "משרד החוץ"),
}
ALL = [name for names in NAMES.values() for name in names]

STYLES = cycle(("plain", "strong", "emphasis", "muted"))


def letters(first: int, last: int, *categories: str) -> str:
    return "".join(chr(n) for n in range(first, last + 1) if unicodedata.category(chr(n)) in categories)


def syllables(base: str, signs: str) -> st.SearchStrategy[str]:
    return st.builds("{}{}".format, st.sampled_from(base), st.one_of(st.just(""), st.sampled_from(signs)))


CONSONANTS = letters(0x915, 0x939, "Lo")
DEVANAGARI = st.builds(
    "{}{}{}".format,
    st.lists(st.sampled_from(CONSONANTS), min_size=1, max_size=3).map("\u094d".join),
    st.one_of(st.just(""), st.sampled_from(letters(0x93E, 0x94C, "Mc", "Mn"))),
    st.one_of(st.just(""), st.sampled_from("\u0901\u0902\u0903")),
)
ARABIC = syllables(letters(0x627, 0x63A, "Lo") + letters(0x641, 0x64A, "Lo"), letters(0x64B, 0x652, "Mn"))
HEBREW = syllables(letters(0x5D0, 0x5EA, "Lo"), letters(0x5B0, 0x5BC, "Mn"))
LATIN = st.sampled_from(["ffi", "fl", "tt", "é", "ş", "th", "fi", "a", "Wo", "½", "0", "25"])
# Poppler takes a line of single letters for one word in spaced type, whatever its script.
WORDS = st.one_of(
    [st.lists(one, min_size=2, max_size=6).map(lambda parts: unicodedata.normalize("NFC", "".join(parts)))
     for one in (DEVANAGARI, ARABIC, HEBREW, LATIN)]
)  # fmt: skip


def in_every_place(words: list[str]) -> Note:
    """Return a note with words in its title, headings, tables, lists and in every style of type."""
    quarter = max(len(words) // 4, 1)
    parts = [words[n : n + quarter] for n in range(0, len(words), quarter)]
    blocks: list[Any] = []
    for n, part in enumerate(parts):
        runs = tuple(Run(f"{word} ", style) for word, style in zip(part, islice(STYLES, len(part)), strict=False))
        blocks.append(
            Heading(" ".join(part)) if n == 0
            else Table((Column("No.", 20), Column("Word", 80)), tuple((text(str(i)), (run,)) for i, run in enumerate(runs)))
            if n == 1
            else BulletList((runs,)) if n == 2
            else Paragraph(runs, 1)
        )  # fmt: skip
    return sample_note(tuple(blocks))


@pytest.mark.slow
@settings(max_examples=5, deadline=None, phases=(Phase.explicit, Phase.generate))  # 200 words shrink for minutes
@given(st.lists(WORDS, min_size=150, max_size=200))
def test_any_words_come_out_as_they_went_in(words: list[str]) -> None:
    assert parted(words, render_pdf(in_every_place(words))) == ""


def parted(words: list[str], pdf: bytes) -> str:
    """Return which of these words are not on the pages as often as they were written, and which foreign ones are new."""
    given_, shown = Counter(" ".join(words).split()), Counter(" ".join(pdf_lines(pdf)).split())
    new = [word for word in shown - given_ if unicodedata.category(word[0]) in {"Lo", "Mn", "Mc"}]
    return f"missing {dict(given_ - shown)}, new {new}" if given_ - shown or new else ""


@contextmanager
def plainly(lang: str) -> Iterator[Spoken]:
    """Draw text as WeasyPrint does by itself."""
    yield Spoken(lang)


def test_words_drawn_plainly_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_engine, "exact_text", plainly)
    for names in NAMES.values():
        assert parted(list(names), render_pdf(in_every_place(list(names))))


LINES = tuple(f"Met {name} (also “{name}”), on 27–29 May: ₹ 500 crore" for name in ALL)


def test_a_line_keeps_its_order_when_scripts_that_run_both_ways_meet_in_it() -> None:
    shown = pdf_lines(render_pdf(sample_note((BulletList(tuple(text(line) for line in LINES)),))))

    assert [line for line in LINES if line not in shown] == []


def test_a_picture_has_its_words_whole() -> None:
    """WeasyPrint by itself draws them letter by letter, and a vowel sign without its consonant."""
    points = tuple(TimelinePoint("फ़रवरी 2025", name, at * 20) for at, name in enumerate(ALL[:6]))
    shown = pdf_words(render_pdf(sample_note((Timeline(points, "Names"),))))

    assert [word for word in " ".join(ALL[:6]).split() if word not in shown] == []
    assert shown.count("फ़रवरी") == len(points)


def test_other_readers_find_the_names_too() -> None:
    """pypdf reads what is drawn, without a language's rules for order: names only, not the points round them."""
    note = sample_note(tuple(Paragraph(text(f"Met {name} in May")) for name in ALL))
    shown = re.sub("[\u200e\u200f]", "", PdfReader(BytesIO(render_pdf(note))).pages[0].extract_text())

    assert [name for name in ALL if f"Met {name} in May" not in shown] == []


def test_bookmarks_have_the_words_of_the_headings() -> None:
    note = sample_note(tuple(Heading(f"On {name}, again") for name in ALL))
    data = render_pdf(note)
    marks = [mark["/Title"] for entry in PdfReader(BytesIO(data)).outline for mark in (entry if isinstance(entry, list) else [entry])]

    assert [block.text for block in note.blocks if isinstance(block, Heading)] == [m for m in marks if m.startswith("On ")]


def test_hindi_is_read_aloud_in_the_order_of_its_letters() -> None:
    """Text from the right has its letters in the element (below); this program reads what is drawn."""
    note = sample_note(tuple(Heading(f"On {name}, again") for name in NAMES["hi"]))

    assert difference_read_aloud(note, render_pdf(note)) == ""


SIGNS = ("office", "efficient", "co\u00adoperation", "Rs\u00a05,000", "‘one’", "“two”", "₹500", "№5", "27–29", "△", "◇", "□", "■", "m²", "1st", "½", "naïve", "Ștefan", "Nguyễn")


def test_ligatures_soft_hyphens_and_signs_come_out_as_letters() -> None:
    note = sample_note((Paragraph(text(" ".join(SIGNS))), Paragraph((Run("△ one source", "flag"), Run("2", "ref")))))

    found = pdf_words(render_pdf(note))

    expected = " ".join(SIGNS).replace("\u00ad", "").split()
    assert [word for word in expected if word not in found] == []


def test_a_word_that_is_broken_at_a_soft_hyphen_says_that_the_hyphen_is_soft() -> None:
    word = "\u00ad".join(["Donaudampf"] * 20)
    shown = "".join(pdf_lines(render_pdf(sample_note((Paragraph(text(word)),)))))

    assert "Donaudampf\u00adDonaudampf" in shown
    assert "Donaudampf-" not in shown
    assert word.replace("\u00ad", "") in shown.replace("\u00ad", "")


def test_a_no_break_space_is_a_blank_to_whoever_searches() -> None:
    data = render_pdf(sample_note((Paragraph(text("a\u00a0b c d\u00a0e")),)))

    assert "a b c d e" in PdfReader(BytesIO(data)).pages[0].extract_text()


@pytest.mark.parametrize(("lang", "name"), [(lang, names[0]) for lang, names in NAMES.items()])
def test_a_name_is_spoken_in_its_language_in_a_pdf(lang: str, name: str) -> None:
    data = render_pdf(sample_note((Paragraph(text(f"Met {name} in May")),)))
    told = [one for one in _elements(PdfReader(BytesIO(data)).root_object["/StructTreeRoot"]) if "/Lang" in one]

    assert {str(one["/Lang"]) for one in told} == {lang}
    assert {str(one["/ActualText"]) for one in told if "/ActualText" in one} == ({name} if lang != "hi" else set())


@pytest.mark.parametrize(("lang", "name"), [(lang, names[0]) for lang, names in NAMES.items()])
def test_a_name_is_spoken_in_its_language_in_a_word_file(lang: str, name: str) -> None:
    note = sample_note((Heading(f"On {name}"), Paragraph((Run(f"Met {name}, "), Run(name, "strong", lang))), Paragraph((Run(f"{name}"),))))
    body = Document(BytesIO(render(note, "docx"))).element.body
    runs = [run for run in body.iter(qn("w:r")) if name in "".join(t.text or "" for t in run.iter(qn("w:t")))]

    assert len(runs) == 4
    for run in runs:
        assert "".join(t.text or "" for t in run.iter(qn("w:t"))) == name
        assert run.rPr.find(qn("w:lang")).get(qn("w:bidi")) == lang
        assert (run.rPr.find(qn("w:rtl")) is not None) is (lang != "hi")
        assert (run.rPr.find(qn("w:cs")) is not None) is (lang == "hi")
        assert (run.rPr.find(qn("w:rFonts")) is not None) is (lang != "hi")


def test_letters_of_ones_own_script_are_no_other_language() -> None:
    assert list(stretches("Met विक्रम मिस्री, twice", "en-GB")) == [("Met ", ""), ("विक्रम मिस्री", "hi"), (", twice", "")]
    assert list(stretches("विक्रम मिस्री (FATF) से", "hi")) == [("विक्रम मिस्री (", ""), ("FATF", "en"), (") से", "")]
    assert list(stretches("Visite à Paris", "fr")) == [("Visite à Paris", "")]


def test_only_text_is_marked_and_only_once() -> None:
    page = '<head><title>मिस्री</title></head><body title="मिस्री"><p>a &amp; &lt;b <b lang="ne">मिस्री</b> שרה</p><svg><text>मिस्री</text></svg>'

    assert with_languages(page, "en") == page.replace("שרה", '<span lang="he" dir="rtl">שרה</span>')


def _elements(part: Any) -> list[Any]:
    kids = part.get("/K", [])
    kids = kids if isinstance(kids, list) else [kids]
    below = [kid.get_object() for kid in kids if not isinstance(kid, int)]
    found = [kid for kid in below if hasattr(kid, "get") and "/S" in kid]
    return [one for kid in found for one in (kid, *_elements(kid))]
