"""`briefing note meeting|card|book|record`, as an office uses them."""

from __future__ import annotations

import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject

from briefing.cli.main import call
from tests.cli.workspaces import files
from tests.example_record import DIALOGUE, EXAMPLE, TALKS

LONG = """\
planned: Talks on everything
id: everything
when: 3 March 2027
agency: Commerce
with: [Jeffrey Kessler]
points:
{points}
expected:
{expected}
not known: [{words}]
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the example record, in which the test stands."""
    shutil.copytree(EXAMPLE / "events", tmp_path / "events")
    shutil.copy(EXAMPLE / "briefing.toml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def page(office: Path, *command: str) -> str:
    """Return the paper that a command writes, as Markdown."""
    assert call(["note", *command, "-o", "paper.md"]) == 0
    return (office / "paper.md").read_text(encoding="utf-8")


def laid_open(data: bytes) -> bytes:
    """Return the bytes of a file, and those that are compressed in it."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as parts:
            return b"\n".join(parts.read(name) for name in parts.namelist())
    if data.startswith(b"%PDF"):
        reader = PdfReader(BytesIO(data))
        streams = (reader.get_object(n) for n in range(1, len(reader.xref[0]) + 1) if n in reader.xref[0])
        words = " ".join(page.extract_text() for page in reader.pages).encode()
        return b"\n".join([data, words, *(one.get_data() for one in streams if isinstance(one, StreamObject))])
    return data


def test_a_brief_can_be_made_from_the_example_record_as_its_readme_says(capfd: pytest.CaptureFixture[str]) -> None:
    assert call(["-C", str(EXAMPLE), "note", "meeting", DIALOGUE, "-f", "md", "-o", "-"]) == 0

    assert "# Next Strategic Trade Dialogue" in capfd.readouterr().out


def test_a_brief_says_what_is_new_to_the_reader_it_is_for_and_to_no_one_else(office: Path) -> None:
    assert "New since the brief you last saw" in page(office, "meeting", DIALOGUE, "--to", "Foreign Secretary")
    assert "New since" not in page(office, "meeting", DIALOGUE, "--to", "Minister of Trade")
    assert "New since" not in page(office, "meeting", DIALOGUE)


def test_a_planned_meeting_is_found_by_its_title_too(office: Path) -> None:
    assert "Points card" in page(office, "card", "next strategic trade dialogue")


def test_a_brief_for_a_meeting_that_nobody_plans_is_not_found(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["note", "meeting", "strategic-trade-dialog"]) == 4

    assert DIALOGUE in capsys.readouterr().err


def test_a_visit_without_meetings_to_come_has_no_book(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["note", "book", "misri-us-2025", "-f", "md"]) == 4

    assert "briefing new planned" in capsys.readouterr().err


def test_a_book_without_a_visit_is_of_every_meeting_to_come(office: Path) -> None:
    assert "Brief 1. Next Strategic Trade Dialogue" in page(office, "book")


def test_a_report_on_a_visit_is_no_meeting_to_record(office: Path) -> None:
    assert call(["note", "record", "misri-us-2025-whole", "-f", "md"]) == 4


def test_a_public_cut_is_made_of_what_is_released_and_says_when_it_is_short(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cut = page(office, "record", TALKS, "--public")

    assert "Public cut" in cut
    assert "FOR RELEASE" in cut
    assert "words are released; 120 to 200 are usual" in capsys.readouterr().err


def test_what_is_public_is_what_the_marking_profile_says(office: Path) -> None:
    settings = (office / "briefing.toml").read_text(encoding="utf-8")
    (office / "briefing.toml").write_text(f'{settings}profile = "uk"\n', encoding="utf-8")
    reason = ["--reason", "cleared for release"]
    assert call(["correct", TALKS, "--set", "marking=OFFICIAL-SENSITIVE", *reason]) == 0
    assert "export control" not in page(office, "record", TALKS, "--public")
    assert call(["correct", TALKS, "--set", "marking=FOR PUBLIC RELEASE", *reason]) == 0

    assert "export control" in page(office, "record", TALKS, "--public")

    assert call(["correct", TALKS, "--set", "public_line=", *reason]) == 0
    assert "export control" in page(office, "record", TALKS, "--public")


def test_a_public_cut_of_a_meeting_that_is_not_released_is_refused(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["note", "record", "state-lunch-2025-05", "--public", "-o", "cut.md"]) == 5

    said = capsys.readouterr().err
    assert "nothing of state-lunch-2025-05 is marked for release" in said
    assert "--set marking=public" in said
    assert not (office / "cut.md").exists()


@pytest.mark.parametrize("ending", ["pdf", "docx", "html", "md"])
def test_the_file_of_a_public_cut_holds_nothing_of_the_record_around_it(office: Path, ending: str) -> None:
    assert call(["note", "record", TALKS, "--public", "-o", f"cut.{ending}"]) == 0
    assert call(["note", "record", TALKS, "-o", f"whole.{ending}"]) == 0

    digests = [file.stem[-64:] for file in (office / "events").rglob("*.json")]
    kept_in = [digest[:16] for digest in digests] + [TALKS, "Desk of an imagined", "2026"]
    cut, whole = (laid_open((office / f"{name}.{ending}").read_bytes()) for name in ("cut", "whole"))
    assert [one for one in kept_in if one.encode() in cut] == []
    assert len([one for one in kept_in if one.encode() in whole]) >= 3  # the control: they are found where they are


def test_previews_put_nothing_on_record(office: Path) -> None:
    before = files(office / "events")

    for command in (["meeting", DIALOGUE], ["card", DIALOGUE], ["book"], ["record", TALKS], ["record", TALKS, "--public"]):
        page(office, *command)

    assert files(office / "events") == before


def test_a_brief_that_was_issued_is_made_again_byte_for_byte_whatever_was_read_since(office: Path) -> None:
    assert call(["note", "meeting", DIALOGUE, "--issue", "--to", "Foreign Secretary", "--ref", "ILL/9", "-o", "first.pdf"]) == 0
    assert call(["return", "ILL/9@1", "--reader", "Foreign Secretary", "--decision", "discuss"]) == 0
    assert call(["done", f"{TALKS}/c1", "--evidence", "It was held."]) == 0

    assert call(["note", "meeting", "--again", "ILL/9@1", "-o", "again.pdf"]) == 0

    assert (office / "again.pdf").read_bytes() == (office / "first.pdf").read_bytes()


# ── two pages, as they are set ────────────────────────────────────────────────────────────────


@pytest.fixture
def crowded(office: Path) -> Path:
    """Return the office with a plan that does not fit on two pages."""
    points = "\n".join(f"  - say: {'We say this at some length, and repeat it. ' * 4}Point {n}." for n in range(1, 9))
    expected = "\n".join(
        f"  - say: They raise subject {n}, which is close to their heart.\n    likely: {like}\n    line: {'We answer. ' * 60}"
        for n, like in enumerate(["certain", "certain", "may", "may", "may", "unlikely", "unlikely", "unlikely"], 1)
    )
    text = LONG.format(points=points, expected=expected, words="Who pays for it, and how much of that is known to whom by now.")
    (office / "draft.yaml").write_text(text, encoding="utf-8")
    assert call(["append", "draft.yaml"]) == 0
    return office


def test_a_brief_of_too_much_keeps_to_two_pages_and_says_what_it_moved(crowded: Path) -> None:
    assert call(["note", "meeting", "everything", "-o", "brief.pdf"]) == 0

    pages = [one.extract_text() for one in PdfReader(BytesIO((crowded / "brief.pdf").read_bytes())).pages]
    assert "Annex" in pages[2]
    assert "For want of room, in the annex:" in pages[1].replace("\n", " ")
    assert "unlikely to raise" in "".join(pages[2:])


def test_every_format_of_a_brief_moves_the_same(crowded: Path) -> None:
    brief = page(crowded, "meeting", "everything")
    assert call(["note", "meeting", "everything", "-o", "brief.html"]) == 0

    (moved,) = [line for line in brief.splitlines() if line.startswith("For want of room")]
    assert moved in (crowded / "brief.html").read_text(encoding="utf-8")


def test_what_was_moved_is_kept_with_an_edition_so_that_it_is_made_again_without_measuring(
    crowded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call(["note", "meeting", "everything", "--issue", "--to", "Minister", "--ref", "ILL/8", "-o", "first.md"]) == 0
    assert "For want of room" in (crowded / "first.md").read_text(encoding="utf-8")
    monkeypatch.setattr("briefing.render.body.body_pages", lambda *_: pytest.fail("it was measured"))

    assert call(["note", "meeting", "--again", "ILL/8@1", "-o", "again.md"]) == 0

    assert (crowded / "again.md").read_bytes() == (crowded / "first.md").read_bytes()


def test_a_card_keeps_to_one_page(crowded: Path) -> None:
    assert call(["note", "card", "everything", "-o", "card.pdf"]) == 0

    pages = PdfReader(BytesIO((crowded / "card.pdf").read_bytes())).pages
    assert len(pages) == 1
    assert "in the brief" in pages[0].extract_text()
