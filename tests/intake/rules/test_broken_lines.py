"""However a program broke the lines of a text, the same is proposed from it; what the lines leave open is said."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.intake.proposed import Proposed, SourceText
from briefing.intake.proposers import every, proposals_of
from briefing.layout import laid_out
from briefing.passages import find_quote
from briefing.projector import project
from briefing.resources import sample_events_dir
from briefing.state import EMPTY
from briefing.store.folder import FolderStore
from briefing.store.log import load

HEAD = ["The North News", "New Delhi, 31 May 2025"]
FIRST = (
    "Foreign Secretary Vikram Misri led the delegation of India to the United States from 27 to 29 May, and was "
    "accompanied by Deputy National Security Advisor Pavan Kapoor. His visit to the United States followed the talks of "
    "February 2025, during which both sides had agreed on a list of matters that were to be taken up."
)
PARAGRAPHS = """
At a luncheon with Deputy Secretary of State Christopher Landau, both sides reviewed the full spectrum of the
bilateral agenda. They agreed to hold the next Strategic Trade Dialogue by 20 June 2025.

The delegation held talks with Under Secretary of Commerce Jeffrey Kessler of the United States on the India-U.S.
Bilateral Trade Agreement. The United States will send a list of open questions by 3 June 2025. He thanked his
hosts.

Misri met with Deputy Secretary of the Treasury Michael Faulkender at the Department of the Treasury on 28 May. The
two sides explored avenues to deepen collaboration on Financial Action Task Force (FATF) processes, as well as the
work of the Ministry of Finance in this. “It was a good meeting,” said Mr. Misri of the talks that they had held.

The visit also included discussions across a spectrum of areas, such as the TRUST initiative, the Quad, and the
Indian Ocean Strategic Venture. India raised the matter of visas, which had been left aside in the year before.

In a roundtable of Misri with industry leaders, the focus was on technologies of a new kind. Steel was discussed.
"""


def joined(text: str) -> list[str]:
    """Return the paragraphs of a text, each in one line."""
    return [" ".join(one.split()) for one in text.split("\n\n")]


def proposed(text: str) -> tuple[list[Proposed], list[str]]:
    """Return what a text proposes, and what is told; each place is found to be of the text."""
    told: list[str] = []
    found = proposals_of(["rules"], SourceText(text, "press.txt", country="India"), EMPTY, told.append)
    for one in every(found):
        assert one.extent is None or find_quote(text, text[slice(*one.extent)]) is not None
    return found, told


def said(found: Sequence[Proposed]) -> list[object]:
    """Return what proposals say, each with what stands inside it, without their places."""
    return [
        (one.kind, one.word, dict(one.values), {key: said(parts) for key, parts in one.parts.items()}) for one in found
    ]


def facts(found: Sequence[Proposed]) -> Counter[str]:
    """Return each fact that is proposed, whatever it stands in."""
    kept = ((one, {key: value for key, value in one.values.items() if key != "content"}) for one in every(found))
    return Counter(f"{one.kind} {one.word} {values}" for one, values in kept)


def folded(line: str, width: int) -> str:
    """Break a line as `fold -s` does: behind the last space that fits, which stays."""
    out: list[str] = []
    while len(line) > width:
        cut = line.rfind(" ", 0, width) + 1 or width
        out.append(line[:cut])
        line = line[cut:]
    return "\n".join([*out, line])


def filled(line: str, width: int) -> str:
    """Break a line so that each is filled as far as it can be."""
    return textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)


def evened(line: str, width: int) -> str:
    """Break a line so that some are shorter than need be, as `fmt` does."""
    out = [""]
    for n, word in enumerate(line.split()):
        if out[-1] and len(out[-1]) + 1 + len(word) > (width if n % 3 else width * 9 // 10):
            out.append("")
        out[-1] = f"{out[-1]} {word}".strip()
    return "\n".join(out)


WAYS: list[Callable[[str, int], str]] = [folded, filled, evened]
texts = st.lists(st.sampled_from(joined(PARAGRAPHS)), min_size=2, max_size=5, unique=True).map(lambda found: [FIRST, *found])


@settings(max_examples=60, deadline=None)
@given(texts, st.integers(60, 120), st.sampled_from(WAYS))
def test_lines_that_are_broken_between_blank_ones_propose_the_same(
    paragraphs: list[str], width: int, broken: Callable[[str, int], str]
) -> None:
    text = "\n".join([*HEAD, "", "\n\n".join(broken(one, width) for one in paragraphs)])

    assert said(proposed(text)[0]) == said(proposed("\n".join([*HEAD, *paragraphs]))[0])


@settings(max_examples=60, deadline=None)
@given(texts, st.integers(60, 120), st.sampled_from(WAYS))
def test_lines_that_are_broken_without_blank_ones_propose_the_same_facts(
    paragraphs: list[str], width: int, broken: Callable[[str, int], str]
) -> None:
    text = "\n".join([*HEAD, *(broken(one, width) for one in paragraphs)])
    found, told = proposed(text)
    whole = proposed("\n".join([*HEAD, *paragraphs]))[0]

    assert facts(found) == facts(whole)
    assert said(found) == said(whole) or any("without blank lines between paragraphs" in line for line in told)


@pytest.mark.parametrize("width", [60, 72, 80, 100, 120])
def test_a_text_that_was_run_into_one_paragraph_proposes_the_same_facts_and_says_what_is_open(width: int) -> None:
    found, told = proposed(filled(" ".join([*HEAD, FIRST, *joined(PARAGRAPHS)]), width))

    assert facts(found) == facts(proposed("\n".join([*HEAD, FIRST, *joined(PARAGRAPHS)]))[0])
    (line,) = (line for line in told if "blank lines" in line)
    assert line in found[0].remark


def shipped() -> Iterator[str]:
    """Yield the two press texts of the record that ships."""
    yield from (one.text for one in project(load(FolderStore(sample_events_dir())).recorded).sources.values())


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("width", [60, 73, 80, 96, 120])
def test_the_texts_that_ship_propose_the_same_at_any_width(number: int, width: int) -> None:
    lines = list(shipped())[number].split("\n")
    whole = proposed("\n".join(lines))[0]
    apart = "\n".join(f"{line}\n" if len(line) > 130 else line for line in lines)

    assert said(proposed("\n".join(folded(line, width) for line in lines))[0]) == said(whole)
    for broken in WAYS:
        assert said(proposed("\n".join(broken(line, width) for line in apart.split("\n")))[0]) == said(whole)


def test_a_list_a_signature_and_a_quoted_mail_are_left_in_their_lines() -> None:
    text = (
        "Foreign Secretary Vikram Misri met Deputy Secretary of State Christopher\n"
        "Landau on 12 June 2025. They took up:\n"
        "- visas\n"
        "- the Strategic Trade Dialogue\n"
        "1. Steel was discussed with the ministers of both countries at some\n"
        "length.\n"
        "2. Talks on coal\n"
        "\n"
        "Regards,\n"
        "Asha Raman\n"
        "Second Secretary\n"
        "\n"
        "> Has the meeting with the deputy secretary of the treasury and his\n"
        "> men taken place?\n"
    )
    found, told = proposed(text)

    assert [one.values["name"] for one in every(found) if one.kind == "with"] == ["Vikram Misri", "Christopher Landau"]
    points = [one.values["say"] for one in every(found) if one.kind == "point"]
    assert "Steel was discussed with the ministers of both countries at some length." in points
    assert "Asha Raman" not in str(points)
    assert any("2 lines are quoted" in line for line in told)


def test_a_word_that_was_broken_at_its_hyphen_is_one() -> None:
    found, _ = proposed("Foreign Secretary Vikram Misri met his counterparts. They reviewed the inter-\nagency process on steel.")

    assert "They reviewed the inter-agency process on steel." in [one.values.get("say") for one in every(found)]


def test_lines_that_each_end_a_sentence_are_left_as_they_are_and_nothing_is_told() -> None:
    _, told = proposed("\n".join([*HEAD, "Steel was discussed by the two sides.", "Coal was discussed by all of them."]))

    assert not any("broken" in line for line in told)


def test_a_headline_that_stands_twice_is_not_run_into_the_text() -> None:
    headline = "Visit of the Foreign Secretary of India Reinforces the Partnership of Both"
    text = f"{headline}\n{headline}\n{filled(FIRST, 78)}"
    found, _ = proposed(text)

    assert found[0].values["title"] == headline
    assert not any(headline in str(one.values) for one in every(found[1:]))


def test_a_salutation_the_lines_of_a_memorandum_and_a_signature_stand_alone() -> None:
    text = (
        "To: The Secretary\n"
        "Subject: What the department is to know of trade and of steel this June\n"
        "From: The Desk\n"
        "Dear Asha,\n"
        "Foreign Secretary Vikram Misri met Deputy Secretary of State Christopher\n"
        "Landau on 12 June 2025. They reviewed the talks on steel that had been\n"
        "held.\n"
        "Best regards,\n"
        "Asha Raman\n"
    )
    lines = [text[slice(*extent)] for extent in laid_out(text).lines]

    assert [line.splitlines()[0] for line in lines] == [
        *text.splitlines()[:4], text.splitlines()[4], "Best regards,", "Asha Raman"
    ]  # fmt: skip
    assert [one.values["name"] for one in every(proposed(text)[0]) if one.kind == "with"] == ["Vikram Misri", "Christopher Landau"]
