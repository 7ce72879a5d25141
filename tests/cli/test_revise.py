"""Events about events, as an officer types them; what was written stays as it was."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import pytest

from briefing.cli.main import call
from briefing.projector import project
from briefing.state import BriefingState
from briefing.store.folder import FolderStore
from briefing.store.log import Log, load
from tests.cli.workspaces import added, files

TALKS = "treasury-talks-2025-05"
PROMISE = "commerce-talks-2025-05/c1"


def log(workspace: Path) -> Log:
    return load(FolderStore(workspace / "events"))


def state(workspace: Path) -> BriefingState:
    return project(log(workspace).recorded)


def test_a_correction_is_an_event_of_its_own_and_what_was_written_stays(workspace: Path) -> None:
    before = files(workspace)

    assert call(["correct", TALKS, "--set", "title=Talks", "--set", "points/p2/say=Banks.", "--reason", "typing"]) == 0

    (new,) = added(before, files(workspace)).values()
    assert new["type"] == "event.corrected"
    meeting = state(workspace).meeting(TALKS)
    assert (meeting.held.title, meeting.held.points[1].say) == ("Talks", "Banks.")


def test_a_second_correction_of_a_field_replaces_the_first_and_they_do_not_collide(workspace: Path) -> None:
    call(["correct", TALKS, "--set", "title=One", "--reason", "first"])
    call(["correct", TALKS, "--set", "title=Two", "--reason", "second"])

    first, second = log(workspace).recorded[-2:]
    assert second.event.replaces == (first.digest,)
    assert state(workspace).collisions == ()
    assert state(workspace).meeting(TALKS).held.title == "Two"


def test_a_date_is_corrected_in_the_words_of_a_draft(workspace: Path) -> None:
    assert call(["correct", TALKS, "--set", "when=28 May 2025", "--reason", "the note-taker's record"]) == 0

    assert state(workspace).meeting(TALKS).own_day


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["correct", TALKS, "--set", "title=x"], 2, "reason"),
        (["correct", TALKS, "--reason", "r"], 2, "--edit"),
        (["correct", TALKS, "--set", "titel=x", "--reason", "r"], 2, "titel"),
        (["correct", TALKS, "--set", "points/p9/say=x", "--reason", "r"], 2, "points/p9/say"),
        (["correct", TALKS, "--set", "when=31 June 2025", "--reason", "r"], 2, "30 days"),
        (["correct", TALKS, "--set", "mode=by post", "--reason", "r"], 2, "mode"),
        (["correct", TALKS, "--set", "title", "--reason", "r"], 2, "FIELD=VALUE"),
        (["correct", "treasury-talk", "--set", "title=x", "--reason", "r"], 4, TALKS),
        (["retract", TALKS], 2, "reason"),
        (["redact", TALKS, "--reason", "r"], 2, "authority"),
        (["done", "commerce-talks-2025-05/c2"], 4, PROMISE),
        (["done", PROMISE, "--status", "forgotten"], 2, "lapsed"),
        (["settle", "d99", "--use", "text-385b5a4685ea", "--because", "b"], 4, "list differences"),
        (["settle", "d1", "--use", "text-nobody", "--because", "b"], 2, "text-385b5a4685ea"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_a_hint_and_changes_nothing(
    workspace: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    before = files(workspace)

    assert call(arguments) == code

    told = capsys.readouterr().err
    assert told.startswith("error: ")
    assert said in told
    assert files(workspace) == before


def test_values_that_are_on_record_already_are_no_correction(workspace: Path) -> None:
    title = state(workspace).meeting(TALKS).held.title

    assert call(["correct", TALKS, "--set", f"title={title}", "--reason", "r"]) == 5


def test_a_retraction_withdraws_and_retracting_it_restores(workspace: Path) -> None:
    call(["retract", TALKS, "--reason", "there was no such meeting"])
    assert TALKS not in state(workspace).meetings
    retraction = log(workspace).recorded[-1].digest

    assert call(["retract", retraction[:8], "--reason", "there was"]) == 0

    assert TALKS in state(workspace).meetings
    assert call(["retract", retraction[:8], "--reason", "again"]) == 5


def test_after_a_redaction_with_erase_the_file_is_gone_and_the_record_is_whole(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = next(one for one in log(workspace).recorded if getattr(one.event, "id", "") == TALKS)

    assert call(["redact", TALKS, "--reason", "court order", "--authority", "Records Officer", "--erase"]) == 0

    assert not list((workspace / "events").rglob(f"*{target.digest}*"))
    after = log(workspace)
    assert after.findings == ()
    assert len(after.heads) == 1
    redaction = after.recorded[-1].event
    assert (redaction.target, redaction.target_parents) == (target.digest, target.event.parents)  # type: ignore[attr-defined]
    assert TALKS not in state(workspace).meetings
    capsys.readouterr()
    assert call(["agency", "treasury", "-f", "md", "-o", "-"]) == 0
    assert "No contact is on record." in capsys.readouterr().out


def test_a_redacted_event_says_nothing_even_where_its_file_is_still_there_and_no_retraction_brings_it_back(
    workspace: Path,
) -> None:
    call(["redact", TALKS, "--reason", "court order", "--authority", "Records Officer"])

    assert TALKS not in state(workspace).meetings
    assert call(["retract", log(workspace).recorded[-1].digest[:8], "--reason", "r"]) == 5


def test_a_paper_on_a_basis_that_holds_what_was_redacted_since_is_refused_and_names_the_redaction(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    basis = log(workspace).basis
    call(["redact", TALKS, "--reason", "court order", "--authority", "Records Officer", "--erase"])
    redaction = log(workspace).recorded[-1].digest

    assert call(["note", "visit", "-f", "md", "-o", "-", "--basis", basis]) == 5
    assert redaction[:8] in capsys.readouterr().err


def test_a_commitment_is_closed_with_its_evidence_and_opened_again(workspace: Path) -> None:
    assert call(["done", PROMISE, "--evidence", "Held in Delhi.", "--on", "20 August 2025"]) == 0
    (item,) = state(workspace).commitments
    assert (item.commitment.status, item.is_open) == ("done", False)

    assert call(["done", PROMISE, "--status", "open", "--evidence", "It was another dialogue."]) == 0
    (item,) = state(workspace).commitments
    assert item.is_open
    assert [one.said.evidence for one in item.updates] == ["Held in Delhi.", "It was another dialogue."]
    assert state(workspace).collisions == ()


def test_a_settled_difference_stays_on_paper_with_the_choice_and_the_reason(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = next(one.key for one in state(workspace).differences if one.label == "Export controls")

    assert call(["settle", key, "--use", "text-add2af9093e8", "--because", "It is the fuller text."]) == 0

    settled = next(one for one in state(workspace).differences if one.key == key)
    assert settled.settled is not None
    assert len(settled.readings) == 2
    capsys.readouterr()
    call(["note", "visit", "-f", "md", "-o", "-"])
    assert "It is the fuller text (a test)." in capsys.readouterr().out


def test_show_prints_the_whole_history_of_an_event(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call(["correct", TALKS, "--set", "title=One", "--reason", "first reason"])
    correction = log(workspace).recorded[-1].digest
    call(["retract", correction[:8], "--reason", "second reason", "--authority", "Head of Chancery"])
    capsys.readouterr()

    call(["show", TALKS])
    told = capsys.readouterr().out
    call(["show", TALKS, "--json"])
    found = json.loads(capsys.readouterr().out)

    assert "first reason" in told
    assert "second reason (authority: Head of Chancery)" in told
    assert len(found["history"]) == 2


def test_edit_opens_the_draft_and_what_changed_is_the_correction(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = workspace / "editor.py"
    editor.write_text(
        "import sys, pathlib\np = pathlib.Path(sys.argv[1])\n"
        "p.write_text(p.read_text().replace('upcoming FATF processes', 'next FATF processes'))\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, str(editor)]))

    assert call(["correct", TALKS, "--edit", "--reason", "wording"]) == 0

    correction = log(workspace).recorded[-1].event
    assert [change.path for change in correction.changes] == ["points/p3/say"]  # type: ignore[attr-defined]
    assert "next FATF processes" in state(workspace).meeting(TALKS).held.points[2].say


def test_an_editor_that_changes_nothing_leaves_the_record_as_it_is(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(workspace)
    monkeypatch.setenv("EDITOR", "true")

    assert call(["correct", TALKS, "--edit", "--reason", "wording"]) == 5
    assert files(workspace) == before


def test_a_dry_run_writes_nothing(workspace: Path) -> None:
    before = files(workspace)

    assert call(["correct", TALKS, "--set", "title=x", "--reason", "r", "--dry-run"]) == 0
    assert call(["redact", TALKS, "--reason", "r", "--authority", "a", "--erase", "--dry-run"]) == 0
    assert files(workspace) == before
