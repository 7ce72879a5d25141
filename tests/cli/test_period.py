"""The period of an agency's page: asked for in words, set, kept with the paper, and back to the last contact."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import TREASURY


def record(*days: str) -> None:
    for day in days:
        Path("draft.yaml").write_text(TREASURY.replace("3 June 2025", day).replace("payments", f"payments of {day}"), encoding="utf-8")
        assert call(["append", "draft.yaml", "--new"]) == 0


def page(*options: str) -> str:
    assert call(["agency", "treasury", "-f", "md", "-o", "page.md", *options]) == 0
    return Path("page.md").read_text(encoding="utf-8")


@pytest.fixture
def contacts(workspace: Path) -> Path:
    """Return a workspace with contacts of 2022, 2023 and May 2025, and none later."""
    record("4 June 2022", "3 June 2023")
    return workspace


def test_a_period_without_contacts_reaches_back_to_the_last_one(contacts: Path) -> None:
    text = page("--as-of", "1 November 2026")

    assert "*Agency summary · period: 27 May 2025 to 1 November 2026; none since 2 November 2025*" in text
    assert "**27–29 May 2025**" in text
    assert "**3 June 2023**" not in text
    assert "The last contact before the period: 3 June 2023." in text


def test_a_period_with_an_end_is_taken_as_it_is_though_there_was_no_contact_in_it(
    contacts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = page("--period", "May 2024")

    assert "*Agency summary · period: 1 May 2024 to 31 May 2024*" in text
    assert "No contact is on record from 1 May 2024 to 31 May 2024." in text
    assert "The last contact before the period: 3 June 2023." in text
    assert "**3 June 2023**" not in text
    assert "treasury: no contact in “May 2024”; the last one before: 3 June 2023\n" in capsys.readouterr().err


def test_a_period_up_to_now_that_is_widened_says_so_to_who_asked_for_it(
    contacts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page("--period", "6 months", "--as-of", "1 November 2026")
    assert "no contact in “6 months”; the page goes back to the last one, 27–29 May 2025" in capsys.readouterr().err

    page("--period", "2 years", "--as-of", "1 November 2026")
    page("--as-of", "1 November 2026")
    assert "no contact" not in capsys.readouterr().err


def test_a_longer_period_tells_more_and_all_tells_everything(contacts: Path) -> None:
    longer, everything = page("--period", "4 years", "--as-of", "1 November 2026"), page("--period", "all")

    assert "**3 June 2023**" in longer
    assert "**4 June 2022**" not in longer
    assert "The last contact before the period: 4 June 2022." in longer
    assert "*Agency summary · period: all on record*" in everything
    assert "**4 June 2022**" in everything


def test_a_period_that_is_over_tells_what_was_then_and_where_things_stand_now(contacts: Path) -> None:
    text = page("--period", "1 January 2023 to 31 December 2023")

    assert "*Agency summary · period: 1 January 2023 to 31 December 2023*" in text
    assert "**3 June 2023**" in text
    assert "**27–29 May 2025**" not in text
    assert "| FATF" in text


def test_the_house_sets_its_own_period(contacts: Path) -> None:
    with (contacts / "briefing.toml").open("a", encoding="utf-8") as settings:
        settings.write('period = "2022"\n')

    assert "period: 1 January 2022 to 31 December 2022" in page()


@pytest.mark.parametrize("words", ["a fortnight", "0 months", "soon", "31 February 2025"])
def test_words_that_are_no_period_are_refused(workspace: Path, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["agency", "treasury", "--period", words, "-o", "-", "-f", "md"]) == 2

    assert "hint:  write 12 months, 2 years," in capsys.readouterr().err


def test_an_issued_page_keeps_its_period_and_is_made_again_and_verified_with_it(contacts: Path) -> None:
    assert call(["agency", "treasury", "--period", "4 years", "--issue", "--to", "Minister", "--ref", "A/1", "-o", "issued.html"]) == 0
    record("2 November 2026")

    assert call(["agency", "--again", "A/1@1", "-o", "again.html"]) == 0
    assert Path("again.html").read_bytes() == Path("issued.html").read_bytes()
    assert "3 June 2023" in Path("again.html").read_text(encoding="utf-8")
    assert call(["verify", "issued.html"]) == 0
    assert call(["agency", "treasury", "-f", "html", "-o", "other.html"]) == 0
    assert "3 June 2023" not in Path("other.html").read_text(encoding="utf-8")
