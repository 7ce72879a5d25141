from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import CALL, COMMERCE, ROOT, TREASURY, added, briefing, files, make_workspace, sha256

EXAMPLE = ROOT / "docs/examples/meeting.yaml"
OPTIONS = ("append", "--meeting", "Call on tariffs", "--agency", "Commerce", "--with", "Jeffrey Kessler", "--when", "3 June 2025",
           "--point", "Tariffs were spoken of.", "--point", "No date was set.", "--commitment", "Commerce will send its list.",
           "--notes", "Third Secretary (Commerce)")  # fmt: skip
DIES_AT_LINK = """
import os, signal
link, left = os.link, [{links}]
def dying(*arguments, **options):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    link(*arguments, **options)
os.link = dying
"""


def test_each_digest_that_is_printed_begins_the_sha256_of_a_file(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(workspace)

    assert call(["append", str(EXAMPLE), "--new"]) == 0

    after = files(workspace)
    new = added(before, after)
    printed = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert [digest for digest, _, _ in printed] == [sha256(after[name][0])[:12] for name in new]
    assert [(kind, id_) for _, kind, id_ in printed] == [(event["type"], event["id"]) for event in new.values()]
    assert all(f"-{digest}" in name for name, (digest, _, _) in zip(new, printed, strict=True))


def test_no_file_that_is_there_is_touched(workspace: Path) -> None:
    before = files(workspace)

    for command in (["append", str(EXAMPLE), "--new"], ["append", str(EXAMPLE), "--new"], [*OPTIONS]):
        assert call(command) == 0

    assert [event["type"] for event in added(before, files(workspace)).values()] == [
        "person.described", "meeting.held", "meeting.held"
    ]  # fmt: skip


def test_a_file_is_refused_whole_when_its_last_draft_is_wrong(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "drafts.yaml").write_text(f"{TREASURY}---\n{COMMERCE}colour: red\n", encoding="utf-8")
    before = files(workspace)

    assert call(["append", "drafts.yaml"]) == 3

    assert files(workspace) == before
    assert "error: drafts.yaml:18:1: unknown key “colour”" in capsys.readouterr().err


def test_several_files_are_refused_whole_and_the_problems_of_all_are_named(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "right.yaml").write_text(TREASURY, encoding="utf-8")
    (workspace / "one.yaml").write_text(f"{TREASURY}colour: red\n", encoding="utf-8")
    (workspace / "two.yaml").write_text(f"{COMMERCE}shape: round\n", encoding="utf-8")
    before = files(workspace)

    assert call(["append", "right.yaml", "one.yaml", "two.yaml"]) == 3

    said = capsys.readouterr().err
    assert "error: one.yaml:9:1: " in said
    assert "error: two.yaml:9:1: " in said
    assert files(workspace) == before


@pytest.mark.parametrize(
    "text",
    [f"{TREASURY}---\n{COMMERCE}", "".join("- " + d.replace("\n", "\n  ").rstrip() + "\n" for d in (TREASURY, COMMERCE))],
    ids=["documents", "a list"],
)  # fmt: skip
def test_one_file_may_hold_several_drafts(workspace: Path, text: str) -> None:
    (workspace / "drafts.yaml").write_text(text, encoding="utf-8")
    before = files(workspace)

    assert call(["append", "drafts.yaml"]) == 0

    titles = [event["title"] for event in added(before, files(workspace)).values()]
    assert titles == ["Talks on payments", "Call on tariffs"]


def test_several_files_become_events_in_their_order(workspace: Path) -> None:
    (workspace / "b.yaml").write_text(COMMERCE, encoding="utf-8")
    (workspace / "a.yaml").write_text(TREASURY, encoding="utf-8")
    before = files(workspace)

    assert call(["append", "b.yaml", "a.yaml"]) == 0

    titles = [event["title"] for event in added(before, files(workspace)).values()]
    assert titles == ["Call on tariffs", "Talks on payments"]


def test_two_files_that_mean_different_texts_by_one_name_are_refused(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder, draft, text in (("one", TREASURY, "First text."), ("two", COMMERCE, "Second text.")):
        (workspace / folder).mkdir()
        (workspace / folder / "text.txt").write_text(text, encoding="utf-8")
        sourced = draft.replace("notes: Third Secretary (Commerce)", "sources: {A: text.txt}")
        (workspace / folder / "draft.yaml").write_text(f"{sourced}    A: {text}\n", encoding="utf-8")
    before = files(workspace)

    assert call(["append", "one/draft.yaml", "two/draft.yaml"]) == 3

    assert files(workspace) == before
    assert "two/draft.yaml: “text.txt” is another text" in capsys.readouterr().err
    assert call(["append", "one/draft.yaml"]) == call(["append", "two/draft.yaml"]) == 0


def test_a_draft_may_come_from_standard_input(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(workspace)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TREASURY.encode())))

    assert call(["append", "-"]) == 0

    (event,) = added(before, files(workspace)).values()
    assert event["title"] == "Talks on payments"


def test_one_meeting_may_be_given_by_options(workspace: Path) -> None:
    before = files(workspace)

    assert call([*OPTIONS]) == 0

    (event,) = added(before, files(workspace)).values()
    assert event["title"] == "Call on tariffs"
    assert event["agencies"] == ["us-commerce"]
    assert [point["say"] for point in event["points"]] == ["Tariffs were spoken of.", "No date was set."]
    assert [one["say"] for one in event["commitments"]] == ["Commerce will send its list."]
    assert event["points"][0]["citations"][0]["record"] == "Third Secretary (Commerce)"


def test_a_meeting_comes_from_files_or_from_options_but_not_from_both(workspace: Path) -> None:
    (workspace / "draft.yaml").write_text(TREASURY, encoding="utf-8")
    before = files(workspace)

    assert call([*OPTIONS, "draft.yaml"]) == 2

    assert files(workspace) == before


def test_on_a_terminal_a_meeting_is_asked_for_and_new_names_are_confirmed(workspace: Path) -> None:
    answers = ["Call on tariffs", "3 June 2025", "", "Commerce", "Ada Example, Director", "", "Third Secretary (Commerce)",
               "Tariffs were spoken of.", "", "", "y"]  # fmt: skip
    before = files(workspace)

    asked, code = answer(workspace, answers)

    assert code == 0, asked
    assert "Title of the meeting" in asked
    assert "Put them on the register?" in asked
    person, meeting = added(before, files(workspace)).values()
    assert person["name"] == "Ada Example"
    assert meeting["title"] == "Call on tariffs"
    assert "commitments" not in meeting


def test_on_a_terminal_a_no_leaves_the_record_as_it_was(workspace: Path) -> None:
    answers = ["Call on tariffs", "3 June 2025", "", "Commerce", "Ada Example, Director", "", "Third Secretary (Commerce)",
               "Tariffs were spoken of.", "", "", "n"]  # fmt: skip
    before = files(workspace)

    assert answer(workspace, answers)[1] == 3

    assert files(workspace) == before


def answer(workspace: Path, answers: list[str]) -> tuple[str, int]:
    """Run `briefing append` on a terminal, type the answers, and return what was asked, and the exit code."""
    ours, theirs = pty.openpty()
    words = [sys.executable, "-c", CALL, "append"]
    with subprocess.Popen(words, cwd=workspace, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as run:
        os.close(theirs)
        os.write(ours, "".join(f"{one}\n" for one in answers).encode())
        said, _ = run.communicate()
    os.close(ours)
    return said.decode(), run.returncode


def test_without_a_terminal_nothing_is_asked(workspace: Path) -> None:
    done = briefing("append", cwd=workspace)

    assert done.returncode == 2
    assert "nothing to append" in done.stderr


def test_running_again_adds_nothing_and_says_so(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["append", str(EXAMPLE), "--new"]) == 0
    before = files(workspace)
    capsys.readouterr()

    assert call(["append", str(EXAMPLE)]) == 0

    said = capsys.readouterr()
    assert files(workspace) == before
    assert said.out == ""
    assert "on record already" in said.err


@pytest.mark.parametrize("links", [0, 1, 2, 3])
def test_a_run_that_was_cut_off_is_completed_by_the_same_run(tmp_path: Path, links: int) -> None:
    cut, whole = make_workspace(tmp_path / "cut"), make_workspace(tmp_path / "whole")
    for folder in (cut, whole):
        text = f"{EXAMPLE.read_text(encoding='utf-8')}---\n{TREASURY}---\n{COMMERCE}"
        (folder / "drafts.yaml").write_text(text, encoding="utf-8")
    shipped = events(cut)

    killed = briefing("append", "drafts.yaml", "--new", cwd=cut, shim=DIES_AT_LINK.format(links=links))
    assert killed.returncode == -9
    after_the_cut = events(cut)
    assert len(after_the_cut) == len(shipped) + links
    for folder in (cut, whole):
        done = briefing("append", "drafts.yaml", "--new", cwd=folder)
        assert done.returncode == 0, done.stderr

    assert after_the_cut.items() <= events(cut).items()
    assert [said(data) for data in events(cut).values()] == [said(data) for data in events(whole).values()]


def events(folder: Path) -> dict[str, bytes]:
    """Return the event files in the order of the log; what a killed run left under a temporary name is none."""
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("events/*/2*.json"))}


def said(data: bytes) -> dict[str, object]:
    """Return what an event says, without what differs from one run to the next."""
    return {key: value for key, value in json.loads(data).items() if key not in {"recorded_at", "parents", "nonce"}}


def test_a_dry_run_names_the_events_and_writes_nothing(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(workspace)

    assert call(["append", str(EXAMPLE), "--new", "--dry-run"]) == 0

    printed = capsys.readouterr()
    assert files(workspace) == before
    assert [line.split()[1] for line in printed.out.splitlines()] == ["person.described", "meeting.held"]
    assert "nothing was written" in printed.err


def test_a_dry_run_refuses_what_the_run_would_refuse(workspace: Path) -> None:
    assert call(["append", str(EXAMPLE), "--dry-run"]) == 3


def test_json_names_what_was_written_what_would_be_and_what_is_there(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = []
    for options in (["--dry-run"], [], []):
        before = files(workspace)
        assert call(["append", str(EXAMPLE), "--new", "--json", *options]) == 0
        answers.append(json.loads(capsys.readouterr().out))
        digests = [name[-69:-5] for name in added(before, files(workspace))]
        assert [row["digest"] for row in answers[-1]["written"]] == digests

    dry, first, second = answers
    assert [row["type"] for row in dry["would_write"]] == [row["type"] for row in first["written"]]
    assert (first["would_write"], first["skipped"]) == ([], [])
    assert (second["written"], second["skipped"]) == ([], [str(EXAMPLE)])


def test_by_names_who_puts_it_on_record(workspace: Path) -> None:
    before = files(workspace)

    assert call([*OPTIONS, "--by", "Second Secretary (Political)"]) == 0

    (event,) = added(before, files(workspace)).values()
    assert event["recorded_by"] == "Second Secretary (Political)"


def test_without_by_the_environment_is_asked_before_the_settings(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_RECORDED_BY", "Duty Officer")
    before = files(workspace)

    assert call([*OPTIONS]) == 0

    (event,) = added(before, files(workspace)).values()
    assert event["recorded_by"] == "Duty Officer"


def test_nothing_is_written_for_nobody(workspace: Path) -> None:
    (workspace / "briefing.toml").write_text("", encoding="utf-8")
    before = files(workspace)

    done = briefing(*OPTIONS, cwd=workspace)

    assert done.returncode == 2
    assert "--by" in done.stderr
    assert files(workspace) == before


def test_names_that_are_new_need_a_word(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(workspace)

    assert call(["append", str(EXAMPLE)]) == 3

    said = capsys.readouterr().err
    assert files(workspace) == before
    assert "no person “Asha Raman” is on record" in said
    assert "--new" in said

    assert call(["append", str(EXAMPLE), "--new"]) == 0
    assert "Asha Raman" in [event.get("name") for event in added(before, files(workspace)).values()]


def test_a_record_that_is_not_whole_is_not_written_to(workspace: Path) -> None:
    file = next((workspace / "events").rglob("*meeting-held*.json"))
    file.write_bytes(file.read_bytes() + b" ")
    before = files(workspace)

    assert call([*OPTIONS]) == 5

    assert files(workspace) == before
