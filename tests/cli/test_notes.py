from __future__ import annotations

from pathlib import Path

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import TREASURY, briefing, files

MAGIC = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "html": b"<!doctype html>", "md": b"**Preview, not issued**"}
AGENCIES = ["us-commerce", "us-defense", "us-nsc", "us-state", "us-treasury"]


def written(folder: Path) -> list[str]:
    """Return the names of the papers in a folder and below."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder in no workspace, in which the test stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_an_id_the_newest_visit_with_meetings_is_reported(workspace: Path) -> None:
    assert call(["note", "visit", "-f", "md"]) == 0

    assert written(workspace / "output") == ["visit-misri-us-2025.md"]
    assert "27–29 May 2025" in (workspace / "output/visit-misri-us-2025.md").read_text(encoding="utf-8")


def test_a_visit_without_meetings_is_not_the_newest(workspace: Path) -> None:
    (workspace / "visit.yaml").write_text(
        "visit: Visit to come\nid: later-2026\nwhen: 3 March 2026\nwhere: Washington\nnotes: Third Secretary\n",
        encoding="utf-8",
    )
    assert call(["append", "visit.yaml", "--new"]) == 0

    assert call(["note", "visit", "-f", "md"]) == 0

    assert written(workspace / "output") == ["visit-misri-us-2025.md"]


def test_a_visit_that_is_not_on_record_is_not_found(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["note", "visit", "misri-us-2026", "-f", "md"]) == 4

    assert "misri-us-2025" in capsys.readouterr().err
    assert not (workspace / "output").exists()


@pytest.mark.parametrize("format_", MAGIC)
def test_a_file_with_an_ending_is_of_that_format(elsewhere: Path, format_: str) -> None:
    assert call(["agency", "treasury", "--sample", "-o", f"papers/page.{format_}"]) == 0

    assert (elsewhere / f"papers/page.{format_}").read_bytes().startswith(MAGIC[format_])
    assert written(elsewhere) == [f"page.{format_}"]


def test_the_format_that_is_named_wins_over_the_ending(elsewhere: Path) -> None:
    assert call(["agency", "treasury", "--sample", "-f", "html", "-o", "page.txt"]) == 0

    assert (elsewhere / "page.txt").read_bytes().startswith(MAGIC["html"])


def test_an_unknown_format_is_a_matter_of_usage(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["note", "visit", "--sample", "-f", "rtf"]) == 2

    assert "pdf, docx, html, md" in capsys.readouterr().err
    assert written(elsewhere) == []


def test_a_dash_writes_to_standard_output_and_nowhere_else(
    elsewhere: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert call(["note", "visit", "--sample", "-f", "md", "-o", "report.md"]) == 0
    capfdbinary.readouterr()

    assert call(["note", "visit", "--sample", "-f", "md", "-o", "-"]) == 0

    said = capfdbinary.readouterr()
    assert said.out == (elsewhere / "report.md").read_bytes()
    assert said.err == b""
    assert written(elsewhere) == ["report.md"]


def test_the_paper_that_was_written_is_named_on_standard_error(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["note", "visit", "--sample", "-f", "md"]) == 0

    said = capsys.readouterr()
    assert said.out == ""
    assert Path(said.err.strip()) == Path("output/visit-misri-us-2025.md")
    assert (elsewhere / "output/visit-misri-us-2025.md").is_file()


def test_the_sample_is_read_even_inside_a_workspace(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "draft.yaml").write_text(TREASURY, encoding="utf-8")
    assert call(["append", "draft.yaml"]) == 0
    capsys.readouterr()

    for options in ([], ["--sample"]):
        assert call(["list", "meetings", *options]) == 0

    own, sample = capsys.readouterr().out.split("Talks on payments")
    assert "Talks at Treasury" in own
    assert "Talks at Treasury" in sample


def test_the_sample_cannot_be_written_to(elsewhere: Path) -> None:
    (elsewhere / "draft.yaml").write_text(TREASURY, encoding="utf-8")

    assert call(["append", "draft.yaml", "--sample"]) == 2
    assert call(["append", "draft.yaml", "--by", "a test"]) == 66

    assert written(elsewhere) == ["draft.yaml"]


@pytest.mark.parametrize("name", ["us-defense", "pentagon", "Pentagon", "DoD", "Defense"])
def test_an_agency_answers_to_its_other_names(
    elsewhere: Path, capfdbinary: pytest.CaptureFixture[bytes], name: str
) -> None:
    assert call(["agency", name, "--sample", "-f", "md", "-o", "-"]) == 0

    assert b"Feinberg" in capfdbinary.readouterr().out


def test_an_agency_that_nobody_knows_is_not_found_and_the_nearest_is_named(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["agency", "pentagn", "--sample", "-f", "md"]) == 4

    said = capsys.readouterr().err
    assert "no agency “pentagn” is on record" in said
    assert "nearest on record: us-defense" in said
    assert written(elsewhere) == []


def test_a_word_of_the_name_of_one_agency_alone_finds_it_and_what_it_is_taken_for_is_told(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["agency", "Security", "--sample", "-f", "md"]) == 0

    assert "“Security” is taken for US National Security Council" in capsys.readouterr().err
    assert written(elsewhere) == ["agency-us-nsc.md"]


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("Department of", "several have it in their names: us-state, us-treasury, us-defense, us-commerce"),
        ("of the", "nearest on record:"),
        ("Secur", "nearest on record:"),
        ("xyzzy", "`briefing agencies` shows what is on record"),
    ],
    ids=["four have it", "no word of a name", "a part of a word", "nobody’s"],
)  # fmt: skip
def test_a_word_of_several_names_or_of_none_finds_no_agency_and_agencies_are_named(
    elsewhere: Path, capsys: pytest.CaptureFixture[str], said: str, hint: str
) -> None:
    assert call(["agency", said, "--sample", "-f", "md"]) == 4

    assert f"hint:  {hint}" in capsys.readouterr().err
    assert written(elsewhere) == []


def test_nothing_is_put_on_record_for_an_agency_that_was_guessed(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["agencies", "Security", "--alias", "Sec"]) == 4
    assert call(["list", "--agency", "Security"]) == 0

    assert "no agency “Security” is on record" in capsys.readouterr().err


def test_all_writes_a_page_for_each_agency_and_the_matrix_in_front(elsewhere: Path) -> None:
    assert call(["agency", "--all", "--sample", "-f", "md", "-o", "pages"]) == 0

    assert written(elsewhere / "pages") == ["00-matrix.md", *(f"{id_}.md" for id_ in AGENCIES)]
    matrix = (elsewhere / "pages/00-matrix.md").read_text(encoding="utf-8")
    assert [name for name in ("Treasury", "Commerce", "Defense", "State") if name not in matrix] == []


def test_all_without_a_folder_goes_to_output_agencies(workspace: Path) -> None:
    assert call(["agency", "--all", "-f", "md"]) == 0

    assert len(written(workspace / "output/agencies")) == 1 + len(AGENCIES)


def test_several_agencies_go_into_a_folder_without_a_matrix(elsewhere: Path) -> None:
    assert call(["agency", "pentagon", "treasury", "--sample", "-f", "md", "-o", "pages"]) == 0

    assert written(elsewhere / "pages") == ["us-defense.md", "us-treasury.md"]


def test_one_unknown_agency_among_several_writes_none(elsewhere: Path) -> None:
    assert call(["agency", "pentagon", "tresury department of mars", "--sample", "-f", "md", "-o", "pages"]) == 4

    assert written(elsewhere) == []


@pytest.mark.parametrize("output", ["-", "page.md"])
def test_several_agencies_do_not_fit_into_one_file(elsewhere: Path, output: str) -> None:
    assert call(["agency", "--all", "--sample", "-f", "md", "-o", output]) == 2

    assert written(elsewhere) == []


def test_names_and_all_exclude_each_other_and_one_is_needed(elsewhere: Path) -> None:
    assert call(["agency", "--sample"]) == 2
    assert call(["agency", "pentagon", "--all", "--sample"]) == 2


def test_a_paper_reads_the_record_and_writes_nothing_into_it(workspace: Path) -> None:
    before = files(workspace / "events")

    assert call(["note", "visit", "-f", "md"]) == 0
    assert call(["agency", "--all", "-f", "md"]) == 0

    assert files(workspace / "events") == before


def test_a_paper_that_is_there_is_replaced_whole(workspace: Path) -> None:
    (workspace / "report.md").write_text("An older paper.", encoding="utf-8")

    assert call(["note", "visit", "-o", "report.md"]) == 0

    assert "An older paper." not in (workspace / "report.md").read_text(encoding="utf-8")
    assert not list(workspace.glob(".*.tmp"))


def test_a_paper_that_cannot_be_finished_leaves_the_older_one(workspace: Path) -> None:
    (workspace / "report.md").write_text("An older paper.", encoding="utf-8")
    shim = (
        "import os, errno\ndef full(*_):\n    raise OSError(errno.ENOSPC, 'No space left on device')\nos.fsync = full"
    )

    done = briefing("note", "visit", "-o", "report.md", cwd=workspace, shim=shim)

    assert done.returncode == 73
    assert "report.md cannot be written: No space left on device" in done.stderr
    assert (workspace / "report.md").read_text(encoding="utf-8") == "An older paper."
    assert not list(workspace.glob(".*.tmp"))


@pytest.mark.parametrize(("lang", "head"), [("hi", "# Foreign Secretary in the United States, 27–29 मई 2025"), ("fr", "*D’après deux textes")])
def test_a_paper_is_in_the_language_that_is_asked_for(elsewhere: Path, lang: str, head: str) -> None:
    assert call(["note", "visit", "--sample", "--lang", lang, "-o", "visit.md"]) == 0

    assert head in (elsewhere / "visit.md").read_text(encoding="utf-8")


def test_the_language_of_the_settings_is_that_of_papers_and_an_option_wins(workspace: Path) -> None:
    settings = (workspace / "briefing.toml").read_text(encoding="utf-8")
    (workspace / "briefing.toml").write_text(f'lang = "hi"\n{settings}', encoding="utf-8")

    assert call(["agency", "treasury", "-o", "hindi.md"]) == 0
    assert call(["agency", "treasury", "--lang", "en", "-o", "english.md"]) == 0

    assert "एजेंसी सार" in (workspace / "hindi.md").read_text(encoding="utf-8")
    assert "Agency summary" in (workspace / "english.md").read_text(encoding="utf-8")


def test_a_house_has_words_of_its_own(workspace: Path) -> None:
    (workspace / "templates/lang").mkdir(parents=True)
    (workspace / "templates/lang/fr.toml").write_text('"Meetings" = "Réunions"\n', encoding="utf-8")

    assert call(["note", "visit", "--lang", "fr", "-o", "visit.md"]) == 0

    paper = (workspace / "visit.md").read_text(encoding="utf-8")
    assert "## Réunions" in paper
    assert "## Engagements" in paper


@pytest.mark.parametrize("words", ['"Meetings" = 3', '"From {texts}" = "D’après {textes}"', '"Meetings" = ', b"\xff"])
def test_words_that_cannot_be_used_are_an_error_that_names_the_file(
    workspace: Path, words: str | bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "templates/lang").mkdir(parents=True)
    (workspace / "templates/lang/fr.toml").write_bytes(words if isinstance(words, bytes) else words.encode())

    assert call(["note", "visit", "--lang", "fr", "-f", "md"]) == 2

    said = capsys.readouterr().err
    assert "fr.toml" in said
    assert "hint:" in said
    assert not (workspace / "output").exists()


def test_a_language_that_there_is_not_is_an_error_that_names_those_there_are(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["note", "visit", "--sample", "--lang", "xx", "-f", "md"]) == 2

    assert "en, fr, hi" in capsys.readouterr().err
    assert written(elsewhere) == []
