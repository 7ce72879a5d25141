"""Papers previewed, issued and made again: the file and the event, both or neither, and doing it twice."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import TREASURY, added, briefing, files, sha256

VISIT = "visit/misri-us-2025"
ISSUE = ("note", "visit", "--issue", "--to", "Minister", "-f", "md")


def events(folder: Path) -> list[dict[str, Any]]:
    """Return the events of a workspace that are about papers, oldest first."""
    paths = sorted((folder / "events").rglob("*-note-*.json"), key=lambda path: path.name)
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def edition(folder: Path, number: int, ending: str = "md") -> Path:
    return folder / f"output/visit-misri-us-2025-edition-{number}.{ending}"


def record_a_meeting(folder: Path) -> None:
    (folder / "draft.yaml").write_text(TREASURY, encoding="utf-8")
    assert call(["append", "draft.yaml", "--new"]) == 0


def test_a_preview_says_so_and_puts_nothing_on_record(workspace: Path) -> None:
    before = files(workspace / "events")

    assert call(["note", "visit", "-f", "md"]) == 0

    assert files(workspace / "events") == before
    text = (workspace / "output/visit-misri-us-2025.md").read_text(encoding="utf-8")
    assert text.startswith("**Preview, not issued**")
    assert "edition" not in text


def test_an_issued_paper_says_its_edition_and_reader_and_its_event_what_it_was_made_from(workspace: Path) -> None:
    assert call([*ISSUE, "--ref", "AMD/2025/0147", "-o", "report.md"]) == 0

    text = Path("report.md").read_text(encoding="utf-8")
    assert "Preview" not in text
    assert text.startswith("**DRAFT, not cleared**")
    assert "| Ref | AMD/2025/0147, edition 1 |" in text
    assert "| To | Minister |" in text
    (event,) = events(workspace)
    assert (event["type"], event["paper"], event["subject"]) == ("note.issued", "visit", "misri-us-2025")
    assert (event["reference"], event["edition"], event["to"]) == ("AMD/2025/0147", 1, ["Minister"])
    assert event["files"] == [{"format": "md", "sha256": sha256(Path("report.md").read_bytes())}]
    assert event["basis"] == event["heads"][0] == event["parents"][0]
    assert {"briefing", "python"} <= {one["name"] for one in event["versions"]}


def test_the_same_command_twice_is_one_edition(workspace: Path) -> None:
    assert call([*ISSUE]) == 0
    first = edition(workspace, 1).read_bytes()
    edition(workspace, 1).unlink()

    assert call([*ISSUE]) == 0

    assert [event["edition"] for event in events(workspace)] == [1]
    assert edition(workspace, 1).read_bytes() == first


def test_a_record_that_moved_another_reader_or_another_option_is_another_edition(workspace: Path) -> None:
    assert call([*ISSUE]) == 0
    assert call([*ISSUE, "--to", "Permanent Secretary"]) == 0
    assert call([*ISSUE, "--as-of", "28 May 2025"]) == 0
    record_a_meeting(workspace)
    assert call([*ISSUE]) == 0

    assert [event["edition"] for event in events(workspace)] == [1, 2, 3, 4]


@pytest.mark.parametrize("format_", ["pdf", "docx", "html", "md"])
def test_an_edition_is_made_again_byte_for_byte_whatever_was_recorded_since(workspace: Path, format_: str) -> None:
    (workspace / "briefing.toml").write_text('recorded_by = "a test"\nunit = "Americas"\nzone = "Asia/Kolkata"\n', encoding="utf-8")
    assert call(["note", "visit", "--issue", "--to", "Minister", "--as-of", "30 May 2025", "-f", format_]) == 0
    issued = edition(workspace, 1, format_).read_bytes()
    record_a_meeting(workspace)
    (workspace / "briefing.toml").write_text('recorded_by = "a test"\nunit = "Europe"\nmarking = "SECRET"\n', encoding="utf-8")

    assert call(["note", "visit", "--again", f"{VISIT}@1", "-o", "again"]) == 0

    assert Path("again").read_bytes() == issued
    assert sha256(issued) == events(workspace)[0]["files"][0]["sha256"]


@pytest.mark.parametrize(
    ("command", "format_"),
    [
        (["commitments", "--overdue", "--agency", "commerce", "--as-of", "1 June 2027"], "csv"),
        (["commitments", "--owner", "both", "--agency", "commerce"], "xlsx"),
        (["commitments"], "md"),
        (["changes", "--since", "2020-01-01"], "md"),
        (["changes", "--since", "{basis}", "--as-of", "1 January 2026"], "html"),
    ],
)
def test_every_paper_and_sheet_is_issued_and_made_again_alike(
    workspace: Path, command: list[str], format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call([*ISSUE]) == 0
    command = [word.replace("{basis}", events(workspace)[0]["basis"]) for word in command]
    record_a_meeting(workspace)

    assert call([*command, "--issue", "--to", "Minister", "-f", format_, "-o", "first"]) == 0
    issued = events(workspace)[-1]
    assert call(["append", "draft.yaml"]) == 0
    assert call([command[0], "--again", f"{issued['reference']}@1", "-o", "again"]) == 0

    assert Path("again").read_bytes() == Path("first").read_bytes()
    assert sha256(Path("again").read_bytes()) == issued["files"][0]["sha256"]


def test_a_set_is_issued_on_one_basis_and_done_twice_is_still_one(workspace: Path) -> None:
    command = ["agency", "--all", "--issue", "--to", "Minister", "-f", "html"]
    assert call(command) == 0
    made = events(workspace)
    assert len(made) == 6
    assert len({event["basis"] for event in made}) == 1
    assert (workspace / "output/agencies/matrix-edition-1.html").is_file()

    assert call(command) == 0

    assert events(workspace) == made


def test_what_an_edition_was_made_with_is_named_where_it_is_other_here(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call([*ISSUE[:-1], "html"]) == 0
    (workspace / "templates").mkdir()
    shipped = Path("templates/note.css")
    shipped.write_text("body { color: black }", encoding="utf-8")
    monkeypatch.setitem(__import__("briefing.render.made", fromlist=["PACKAGES"]).PACKAGES, "html", ("babel", "pyphen"))
    capsys.readouterr()

    assert call(["note", "visit", "--again", f"{VISIT}@1", "-o", "again.html"]) == 5

    told = capsys.readouterr().err
    assert "jinja2 3" in told
    assert "pyphen none, here 0" in told
    assert "templates and fonts" in told
    assert not Path("again.html").exists()


def test_an_edition_on_an_event_redacted_since_is_not_made_again(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record_a_meeting(workspace)
    assert call([*ISSUE]) == 0
    assert call(["agency", "treasury", "--issue", "--to", "Permanent Secretary", "-f", "md"]) == 0
    capsys.readouterr()

    assert call(["redact", "talks-on-payments-2025-06-03", "--reason", "Named in error.", "--authority", "Archivist"]) == 0

    told = capsys.readouterr().err
    assert "visit/misri-us-2025, edition 1" in told
    assert "agency/us-treasury, edition 1" in told
    assert "given to Permanent Secretary" in told
    assert call(["note", "visit", "--again", f"{VISIT}@1"]) == 5
    assert "Named in error." in capsys.readouterr().err


def test_a_redaction_names_only_the_papers_whose_basis_holds_the_event(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call([*ISSUE]) == 0
    record_a_meeting(workspace)
    capsys.readouterr()

    assert call(["redact", "talks-on-payments-2025-06-03", "--reason", "Named in error.", "--authority", "Archivist"]) == 0

    assert "in the basis of" not in capsys.readouterr().err


# ── a failure anywhere ────────────────────────────────────────────────────────────────────────

FAILURES = {
    "rendering": "import briefing.render as r\ndef fail(*a, **k): raise OSError('broken')\nr.render = fail",
    "writing beside": "import briefing.cli.output as o\ndef fail(*a): raise OSError(28, 'No space left')\no._write_through = fail",
    "the event": "import briefing.store.append as s\ndef fail(*a): raise OSError(28, 'No space left')\ns.publish = fail",
}


@pytest.mark.parametrize("step", FAILURES)
def test_what_fails_before_the_event_leaves_neither_file_nor_event(workspace: Path, step: str) -> None:
    before = files(workspace)

    assert briefing(*ISSUE, cwd=workspace, shim=FAILURES[step]).returncode != 0

    assert files(workspace) == before
    assert call([*ISSUE]) == 0
    assert [event["edition"] for event in events(workspace)] == [1]


KILLED = "import os, pathlib\npathlib.Path.replace = lambda *a: os._exit(9)"
REFUSED = "import pathlib\ndef fail(*a): raise OSError(13, 'Permission denied')\npathlib.Path.replace = fail"


@pytest.mark.parametrize("shim", [KILLED, REFUSED], ids=["killed", "refused"])
def test_what_fails_behind_the_event_is_mended_by_the_same_command(workspace: Path, shim: str) -> None:
    failed = briefing(*ISSUE, cwd=workspace, shim=shim)
    assert failed.returncode in (9, 73)
    if failed.returncode == 73:
        assert "is on record; the same command writes its file" in failed.stderr
    assert not edition(workspace, 1).exists()
    (event,) = events(workspace)

    assert call([*ISSUE]) == 0

    assert events(workspace) == [event]
    assert sha256(edition(workspace, 1).read_bytes()) == event["files"][0]["sha256"]


def test_a_set_cut_off_between_its_events_is_completed(workspace: Path) -> None:
    cut = """
import os, briefing.store.folder as f
put, done = f.FolderStore.put, []
def cut(self, name, data):
    done.extend([name] * ("note-issued" in name))
    if len(done) == 3: os._exit(9)
    return put(self, name, data)
f.FolderStore.put = cut
"""
    command = ("agency", "--all", "--issue", "--to", "Minister", "-f", "md")
    assert briefing(*command, cwd=workspace, shim=cut).returncode == 9
    assert len(events(workspace)) == 2

    assert call([*command]) == 0

    made = events(workspace)
    assert [event["edition"] for event in made] == [1] * 6
    for event in made:
        stem = f"{event['paper']}-{event['subject']}" if "subject" in event else event["paper"]
        assert sha256(Path(f"output/agencies/{stem}-edition-1.md").read_bytes()) == event["files"][0]["sha256"]


def test_what_is_left_of_a_run_that_was_killed_is_no_paper(workspace: Path) -> None:
    briefing(*ISSUE, cwd=workspace, shim=KILLED)

    left = [path.name for path in (workspace / "output").iterdir()]
    assert all(name.startswith(".") and name.endswith(".tmp") for name in left)


# ── who clears, reads and returns ─────────────────────────────────────────────────────────────


def test_a_clearance_is_printed_on_the_next_edition_and_used_up_by_it(workspace: Path) -> None:
    assert call(["clear", VISIT, "--cleared-by", "Director, Americas"]) == 0
    assert call(["note", "visit", "-f", "md", "-o", "preview.md"]) == 0
    assert call([*ISSUE]) == 0
    record_a_meeting(workspace)
    assert call([*ISSUE]) == 0

    preview, first, second = (path.read_text(encoding="utf-8") for path in (Path("preview.md"), edition(workspace, 1), edition(workspace, 2)))
    assert "Director, Americas" in preview
    assert "| Cleared by | Director, Americas |" in first
    assert "DRAFT" not in first
    assert "Director, Americas" not in second
    assert second.startswith("**DRAFT, not cleared**")
    assert events(workspace)[1]["cleared_by"] == "Director, Americas"


def test_a_clearance_of_another_edition_or_reference_is_not_printed(workspace: Path) -> None:
    assert call(["clear", VISIT, "--edition", "2"]) == 0
    assert call(["clear", "agency/us-state"]) == 0
    assert call([*ISSUE]) == 0

    assert "Cleared by | DRAFT" in edition(workspace, 1).read_text(encoding="utf-8")


def test_a_paper_comes_back_with_a_decision_and_is_seen(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call([*ISSUE, "--to", "Permanent Secretary"]) == 0
    assert call(["seen", VISIT, "--reader", "Permanent Secretary"]) == 0
    assert call(["return", f"{VISIT}@1", "--reader", "Minister", "--decision", "agree", "--useful", "very", "--comment", "Go ahead."]) == 0

    _, seen, returned = events(workspace)
    assert seen["note"] == returned["note"]
    assert (seen["reader"], returned["decision"], returned["useful"]) == ("Permanent Secretary", "agree", "very")
    capsys.readouterr()
    assert call(["list", "notes"]) == 0
    assert "Permanent Secretary, Minister  Minister: agree" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("given", "code", "hint"),
    [
        (["return", VISIT, "--decision", "agree"], 2, "Minister; Permanent Secretary"),
        (["return", VISIT, "--reader", "Minister", "--decision", "yes"], 2, "--comment"),
        (["return", VISIT, "--reader", "Minister"], 2, "briefing seen"),
        (["return", f"{VISIT}@7", "--decision", "agree"], 4, "nearest on record: visit/misri-us-2025@1"),
        (["seen", "visit/other", "--reader", "Minister"], 4, "nearest on record: visit/misri-us-2025@1"),
        (["clear", VISIT, "--on", "32 May"], 2, ""),
        (["agency", "treasury", "--again", f"{VISIT}@1"], 2, "list notes"),
        (["note", "visit", "--again", f"{VISIT}@1", "--issue"], 2, "leave out --issue"),
        (["note", "visit", "--again", f"{VISIT}@1", "-f", "docx"], 5, "leave out --format"),
        (["note", "visit", "--issue"], 2, "--to READER"),
        (["note", "visit", "--issue", "--to", "Minister", "--incomplete"], 5, "preview"),
        (["note", "visit", "--dry-run"], 2, "--issue"),
        (["note", "visit", "--sample", "--issue", "--to", "Minister"], 5, "init"),
        (["agency", "--all", "--issue", "--to", "Minister", "--ref", "AMD/1"], 2, "leave out --ref"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_and_nothing_is_written(
    workspace: Path, given: list[str], code: int, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call([*ISSUE, "--to", "Permanent Secretary"]) == 0
    before = files(workspace)
    capsys.readouterr()

    assert call(given) == code

    assert hint in capsys.readouterr().err
    assert files(workspace) == before


def test_a_dry_run_shows_the_event_and_writes_nothing(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(workspace)

    assert call([*ISSUE, "--dry-run"]) == 0

    assert "note.issued  visit/misri-us-2025" in capsys.readouterr().out
    assert files(workspace) == before


def test_an_issued_paper_goes_to_standard_output_when_asked(workspace: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    before = files(workspace)

    assert call([*ISSUE, "-o", "-"]) == 0

    (event,) = added(before, files(workspace)).values()
    assert sha256(capfdbinary.readouterr().out) == event["files"][0]["sha256"]


# ── two offices ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def issued_twice(workspace: Path, tmp_path: Path) -> Path:
    """Return a workspace in which two offices, apart, issued edition 1 of one reference."""
    other = tmp_path / "other"
    shutil.copytree(workspace, other)
    assert call([*ISSUE, "-o", "ours.md"]) == 0
    assert call(["-C", str(other), *ISSUE, "--to", "Permanent Secretary", "-o", "theirs.md"]) == 0
    assert call(["sync", str(workspace), str(other)]) == 0
    return workspace


def test_one_edition_issued_by_two_offices_is_a_finding(issued_twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert call(["verify"]) == 1
    assert "edition 1 of visit/misri-us-2025 was issued twice" in capsys.readouterr().out


def test_the_next_edition_says_that_one_was_issued_twice(issued_twice: Path) -> None:
    assert call([*ISSUE]) == 0

    text = edition(issued_twice, 2).read_text(encoding="utf-8")
    assert "edition 1 was issued 2 times" in text


def test_which_of_the_two_is_made_again_is_said_by_digest(issued_twice: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["note", "visit", "--again", f"{VISIT}@1"]) == 5
    told = capsys.readouterr().err
    for path in sorted((issued_twice / "events").rglob("*-note-issued-*.json")):
        digest = path.stem.rpartition("-")[2]
        assert digest[:8] in told
        assert call(["note", "visit", "--again", digest[:8], "-o", "again.md"]) == 0
        assert sha256(Path("again.md").read_bytes()) == json.loads(path.read_text(encoding="utf-8"))["files"][0]["sha256"]


def test_an_edition_that_was_issued_since_a_basis_is_not_issued_on_it(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call([*ISSUE]) == 0
    before = events(workspace)[0]["basis"]
    record_a_meeting(workspace)

    assert call([*ISSUE, "--basis", before, "--to", "Permanent Secretary"]) == 5

    assert "was issued since that basis" in capsys.readouterr().err


def test_a_house_names_its_references(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "BRIEFING_REFERENCE", "AMD/2025")

    assert call([*ISSUE]) == 0

    assert events(workspace)[0]["reference"] == "AMD/2025/visit/misri-us-2025"


def test_an_edition_in_another_language_is_made_again_in_it(workspace: Path) -> None:
    assert call([*ISSUE, "--lang", "hi"]) == 0
    first = edition(workspace, 1).read_bytes()
    edition(workspace, 1).unlink()

    assert call(["note", "visit", "--again", f"{VISIT}@1", "-o", "again.md"]) == 0

    assert "यात्रा प्रतिवेदन".encode() in first
    assert (workspace / "again.md").read_bytes() == first
