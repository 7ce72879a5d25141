"""Each bad input gets one clear error with its place, a hint, its exit code, and changes nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from briefing.cli.main import call

MEETING = "meeting: Talks\nvisit: misri-us-2025\nagency: Commerce\nsources: {B: text-add2af9093e8}\npoints:\n  - say: Talked.\n"


def digest(folder: Path) -> str:
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return hashlib.sha256(b"".join(str(p).encode() + p.read_bytes() for p in files)).hexdigest()


@pytest.mark.parametrize(
    ("draft", "what"),
    [
        (MEETING + "colour: red\n", "unknown key “colour”"),
        (MEETING + "when: [1, 2]\n", "takes one text"),
        (MEETING + "agency: State\n", "stands twice"),
        (MEETING.replace("Talked.", "Talked. # loudly"), "“ #” after a value"),
        (MEETING.replace("Talked.", "Talked: loudly"), "a colon and a space"),
        (MEETING.replace("agency: Commerce", "agency: Comerce"), "no agency “Comerce”"),
        (MEETING + "    B: words that nobody wrote\n", "these words are not in text B"),
        (MEETING + "when: 31 June 2025\n", "there is no 31 June 2025"),
    ],
)
def test_a_wrong_draft_is_refused_whole(
    workspace: Path, capsys: pytest.CaptureFixture[str], draft: str, what: str
) -> None:
    (workspace / "draft.yaml").write_text(draft, encoding="utf-8")
    before = digest(workspace)

    assert call(["append", "draft.yaml"]) == 3

    said = capsys.readouterr()
    assert "error: draft.yaml:" in said.err
    assert what in said.err
    assert "hint:" in said.err or "takes one text" in what
    assert said.out == ""
    assert digest(workspace) == before


def test_all_that_is_wrong_with_a_draft_is_said_at_once_in_the_order_of_its_lines(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = "meeting: Talks\nwhen: 31 June 2025\nagency: [Comerce, {}]\ncolour: red\npoints:\n  - by: ours\nmeeting: Chats\n"
    (workspace / "draft.yaml").write_text(draft, encoding="utf-8")

    assert call(["append", "draft.yaml"]) == 3

    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error:")]
    assert [line.split(": ")[1] for line in said] == [
        "draft.yaml:2:7", "draft.yaml:3:10", "draft.yaml:3:19", "draft.yaml:4:1", "draft.yaml:6:5", "draft.yaml:7:1",
    ]  # fmt: skip


def test_what_cannot_be_read_is_not_missed_as_well(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = "meeting: Talks\nwhen: [28, May]\nagency: {}\nsources: B\npoints:\n  - say: Talked.\n    B: talked\n"
    (workspace / "draft.yaml").write_text(draft, encoding="utf-8")

    assert call(["append", "draft.yaml"]) == 3

    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error:")]
    assert [line.split(": ")[1] for line in said] == ["draft.yaml:2:7", "draft.yaml:3:9", "draft.yaml:4:10"]


def test_a_file_that_is_not_utf8_is_refused(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "draft.yaml").write_bytes(b"meeting: Caf\xe9\n")
    assert call(["append", "draft.yaml"]) == 3
    assert "draft.yaml:1:13: the file is not UTF-8" in capsys.readouterr().err


def test_a_paper_on_an_altered_record_is_refused(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = next((workspace / "events").rglob("*meeting-held*.json"))
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b"Talks", b"Walks", 1) + b" ")
    assert call(["note", "visit", "-f", "md", "-o", "-"]) == 5
    assert "altered" in capsys.readouterr().err


def test_an_output_that_cannot_be_written_is_said(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["note", "visit", "-o", "briefing.toml/x.md"]) == 73
    assert "cannot be written" in capsys.readouterr().err


def test_without_a_workspace_there_is_no_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(["list"]) == 66
    assert "hint:" in capsys.readouterr().err


def test_the_complete_example_is_appended_as_it_is_and_only_once(workspace: Path) -> None:
    example = Path(__file__).parents[2] / "docs/examples/meeting.yaml"
    before = {p.name: p.read_bytes() for p in (workspace / "events").rglob("*.json")}

    assert call(["append", str(example), "--new"]) == 0
    after = {p.name: p.read_bytes() for p in (workspace / "events").rglob("*.json")}
    assert before.items() <= after.items()
    assert len(after) > len(before)

    assert call(["append", str(example), "--new"]) == 0
    assert {p.name for p in (workspace / "events").rglob("*.json")} == set(after)


@pytest.mark.parametrize("format_", ["md", "html", "pdf", "docx"])
def test_both_papers_come_out_in_every_format(workspace: Path, format_: str) -> None:
    assert call(["note", "visit", "-f", format_]) == 0
    assert call(["agency", "pentagon", "-f", format_]) == 0
    assert len(list((workspace / "output").iterdir())) == 2


def test_a_mark_that_the_profile_does_not_know_is_refused_wherever_it_stands(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = MEETING + "    marking: SECRETISH\nmarking: TOP SECRET\n"
    (workspace / "draft.yaml").write_text(draft, encoding="utf-8")

    assert call(["append", "draft.yaml"]) == 3

    said = capsys.readouterr().err
    assert "draft.yaml:7:14: “SECRETISH” is no mark here" in said
    assert "draft.yaml:8:10: “TOP SECRET” is no mark here" in said
    assert "levels: PUBLIC, INTERNAL, CONFIDENTIAL" in said
