"""`briefing checkpoint`, and what `verify` finds with it: the newest events, removed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from briefing.cli.main import call
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.cli.workspaces import COMMERCE, TREASURY, briefing, files
from tests.signers import allow, make_key


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """Return a folder with a key and the list that allows it, beside the workspace."""
    folder = tmp_path / "keys"
    folder.mkdir()
    allow(folder / "allowed", make_key(folder / "key"))
    return folder


@pytest.fixture
def kept(workspace: Path, keys: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return a signed checkpoint of the whole record, kept outside the workspace."""
    assert call(["checkpoint", "--key", str(keys / "key"), "-o", str(keys / "kept/list.json")]) == 0
    capsys.readouterr()
    return keys / "kept/list.json"


def told(capsys: pytest.CaptureFixture[str], *words: str | Path, code: int) -> Any:
    capsys.readouterr()
    assert call([*map(str, words), "--json"]) == code
    return json.loads(capsys.readouterr().out)


def kinds(answer: Any) -> list[str]:
    return [one["kind"] for one in answer["findings"]]


def newest(workspace: Path) -> Path:
    return max((workspace / "events").rglob("*.json"))


def append(workspace: Path, draft: str) -> None:
    (workspace / "draft.yaml").write_text(draft, encoding="utf-8")
    assert call(["append", "draft.yaml", "--new"]) == 0


def test_a_checkpoint_goes_into_the_workspace_and_leaves_the_record_as_it_was(
    workspace: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(workspace / "events")
    assert call(["checkpoint", "--key", str(keys / "key"), "--by", "Records"]) == 0

    made, signature = sorted((workspace / "checkpoints").iterdir())
    log = load(FolderStore(workspace / "events"))
    assert json.loads(made.read_text())["heads"] == list(log.heads)
    assert json.loads(made.read_text())["made_by"] == "Records"
    assert signature.name == f"{made.name}.sig"
    assert f"64 events, basis {log.basis}" in capsys.readouterr().out
    assert files(workspace / "events") == before


def test_the_key_and_the_signers_may_stand_in_the_settings(workspace: Path, keys: Path) -> None:
    with (workspace / "briefing.toml").open("a", encoding="utf-8") as settings:
        settings.write('signing_key = "../keys/key"\nallowed_signers = "../keys/allowed"\n')

    assert call(["checkpoint"]) == 0
    assert call(["checkpoint", "--check", "checkpoints"]) == 0
    assert call(["verify", "--checkpoint", "checkpoints"]) == 0


@pytest.mark.parametrize("command", [("verify", "--checkpoint"), ("checkpoint", "--check")])
def test_a_removed_tail_is_found_with_the_checkpoint_and_not_without(
    workspace: Path, keys: Path, kept: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, str]
) -> None:
    checked = (*command, kept, "--allowed-signers", keys / "allowed")
    whole = told(capsys, *checked, code=0)
    assert whole["checkpoints"][0]["signed_by"] == "records@mfa"

    newest(workspace).unlink()

    assert call(["verify"]) == 0
    assert kinds(told(capsys, *checked, code=1)) == ["truncated"]


def test_events_that_came_later_stand_outside_it_and_are_counted(
    workspace: Path, keys: Path, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    append(workspace, TREASURY)
    capsys.readouterr()

    assert call(["verify", "--checkpoint", str(kept), "--allowed-signers", str(keys / "allowed")]) == 0
    here = len(list((workspace / "events").rglob("*.json")))
    assert f"checkpoint: list.json: 64 of the {here} events here" in capsys.readouterr().out


def test_an_edited_list_an_unsigned_one_and_one_of_a_stranger_are_findings(
    workspace: Path, keys: Path, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    signers = ("--allowed-signers", keys / "allowed")
    assert kinds(told(capsys, "verify", "--checkpoint", kept, code=1)) == ["unvouched"]

    stranger = keys / "stranger.json"
    call(["checkpoint", "--key", str(make_key(keys / "other")), "-o", str(stranger)])
    assert kinds(told(capsys, "verify", "--checkpoint", stranger, *signers, code=1)) == ["bad checkpoint"]

    kept.write_text(kept.read_text().replace('"events": 64', '"events": 63'), encoding="utf-8")
    assert "bad checkpoint" in kinds(told(capsys, "verify", "--checkpoint", kept, *signers, code=1))

    kept.with_name("list.json.sig").unlink()
    assert "unvouched" in kinds(told(capsys, "verify", "--checkpoint", kept, *signers, code=1))


def test_redactions_under_no_signed_checkpoint_are_listed_apart(
    workspace: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    meetings = [one.digest for one in load(FolderStore(workspace / "events")).recorded if one.event.type == "meeting.held"]
    redact = ("--reason", "a name", "--authority", "Director of Records")
    assert call(["redact", meetings[0], *redact]) == 0
    assert call(["checkpoint", "--key", str(keys / "key"), "-o", str(keys / "list.json")]) == 0
    assert call(["redact", meetings[1], *redact]) == 0

    with_list = ("--checkpoint", str(keys / "list.json"), "--allowed-signers", str(keys / "allowed"))
    answer = told(capsys, "verify", *with_list, code=0)
    assert {one["target"]: one["checkpoint"] for one in answer["redactions"]} == {meetings[0]: "list.json", meetings[1]: None}

    assert call(["verify", *with_list]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("redacted")]
    assert lines[0].startswith(f"redacted, under list.json: {meetings[0]}")
    assert lines[1].startswith(f"redacted, under no signed checkpoint: {meetings[1]}")

    unsigned = told(capsys, "verify", "--checkpoint", keys / "list.json", code=1)
    assert [one["checkpoint"] for one in unsigned["redactions"]] == [None, None]


@pytest.mark.parametrize("format_", ["pdf", "docx", "html", "md"])
def test_a_paper_finds_the_tail_that_was_removed_since_it_was_made(
    workspace: Path, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    paper = workspace / f"paper.{format_}"
    assert call(["agency", "commerce", "-o", str(paper)]) == 0
    append(workspace, COMMERCE)
    assert call(["verify", "--basis", str(paper)]) == 0

    for file in sorted((workspace / "events").rglob("*.json"))[63:]:
        file.unlink()

    assert call(["verify"]) == 0
    answer = told(capsys, "verify", "--basis", paper, code=1)
    assert kinds(answer) == ["truncated"]
    assert paper.name in answer["findings"][0]["message"]


def test_a_paper_of_two_heads_finds_either_of_them_removed(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(workspace, tmp_path / "other")
    append(workspace, COMMERCE)
    heads = [newest(workspace)]
    assert call(["-C", str(tmp_path / "other"), "append", "draft.yaml", "--new"]) == 0
    heads.append(newest(tmp_path / "other"))
    assert call(["sync", str(tmp_path / "other")]) == 0
    assert call(["agency", "commerce", "-o", "paper.docx"]) == 0

    for head in heads:
        here = workspace / head.relative_to(head.parents[2])
        kept = here.rename(tmp_path / "away")
        assert kinds(told(capsys, "verify", "--basis", "paper.docx", code=1)) == ["truncated"]
        kept.rename(here)
    assert call(["verify", "--basis", "paper.docx"]) == 0


@pytest.mark.parametrize("words", ["1234567", "no-such-paper.pdf"])
def test_what_is_no_basis_is_a_wrong_use(workspace: Path, capsys: pytest.CaptureFixture[str], words: str) -> None:
    assert call(["verify", "--basis", words]) == 2
    assert "hint:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "--unsigned"),
        (("--key", "no-key"), 66, "no-key"),
        (("--key", "briefing.toml"), 2, "cannot sign"),
        (("--check", "no-list.json"), 66, "no-list.json"),
    ],
)
def test_what_cannot_be_signed_or_checked_says_what_to_do(
    workspace: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    assert call(["checkpoint", *words]) == code
    error = capsys.readouterr().err
    assert said in error
    assert "hint:" in error
    assert not (workspace / "checkpoints").exists()


def test_without_ssh_keygen_a_system_part_is_missing(workspace: Path, keys: Path, tmp_path: Path) -> None:
    done = briefing("checkpoint", "--key", keys / "key", cwd=workspace, PATH=str(tmp_path))

    assert done.returncode == 69
    assert "openssh-client" in done.stderr
    assert not (workspace / "checkpoints").exists()


def test_a_record_that_is_not_whole_is_not_signed(workspace: Path, keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged = newest(workspace)
    damaged.chmod(0o644)
    damaged.write_bytes(damaged.read_bytes() + b" ")

    assert call(["checkpoint", "--key", str(keys / "key")]) == 5
    assert damaged.name in capsys.readouterr().err


def test_an_unsigned_list_is_made_on_demand_and_a_dry_run_writes_nothing(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["checkpoint", "--unsigned", "--dry-run"]) == 0
    assert json.loads(capsys.readouterr().out)["events"] == 64
    assert not (workspace / "checkpoints").exists()

    assert call(["checkpoint", "--unsigned", "--json"]) == 0
    assert Path(json.loads(capsys.readouterr().out)["file"]).is_file()
    assert len(list((workspace / "checkpoints").iterdir())) == 1


def test_a_checkpoint_is_not_written_over(workspace: Path, keys: Path, kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(keys)
    assert call(["checkpoint", "--key", str(keys / "key"), "-o", str(kept)]) == 73
    assert files(keys) == before
