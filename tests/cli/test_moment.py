"""The same record as it was: as of a day, as known at a time, on the basis of a paper."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from briefing.cli.main import call
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.cli.workspaces import COMMERCE, ROOT, TREASURY

EXAMPLE = ROOT / "docs/examples/meeting.yaml"


def append(folder: Path, draft: str, name: str = "draft.yaml") -> None:
    (folder / name).write_text(draft, encoding="utf-8")
    assert call(["-C", str(folder), "append", str(folder / name), "--new"]) == 0


def paper(capsysbinary: pytest.CaptureFixture[bytes], *options: str) -> bytes:
    capsysbinary.readouterr()
    assert call(["agency", "commerce", "-o", "-", *options]) == 0
    return capsysbinary.readouterr().out


@pytest.mark.parametrize("format_", ["md", "html", "docx", "pdf"])
def test_a_paper_on_a_basis_is_the_same_later_byte_for_byte(
    workspace: Path, capsysbinary: pytest.CaptureFixture[bytes], format_: str
) -> None:
    then = paper(capsysbinary, "-f", format_)
    (workspace / "then").write_bytes(then)

    append(workspace, COMMERCE)

    assert paper(capsysbinary, "-f", format_) != then
    assert paper(capsysbinary, "-f", format_, "--basis", "then") == then


@pytest.mark.parametrize("format_", ["html", "docx", "pdf"])
def test_a_paper_of_two_heads_leads_back_to_both_after_a_merge_that_no_writer_saw(
    workspace: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], format_: str
) -> None:
    copies = [tmp_path / name for name in ("second", "third")]
    for copy, draft in zip(copies, (COMMERCE, COMMERCE.replace("tariffs", "quotas")), strict=True):
        shutil.copytree(workspace, copy)
        append(copy, draft)
    append(workspace, TREASURY)
    shutil.copytree(copies[0] / "events", workspace / "events", dirs_exist_ok=True)
    assert len(load(FolderStore(workspace / "events")).heads) == 2
    then = paper(capsysbinary, "-f", format_)
    (workspace / "then").write_bytes(then)

    shutil.copytree(copies[1] / "events", workspace / "events", dirs_exist_ok=True)
    append(workspace, TREASURY.replace("payments", "banks"))

    assert paper(capsysbinary, "-f", format_, "--basis", "then") == then


def test_a_basis_may_be_a_digest_of_an_event_and_eight_digits_do(
    workspace: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    head = load(FolderStore(workspace / "events")).basis
    then = paper(capsysbinary, "-f", "md")
    append(workspace, COMMERCE)

    assert paper(capsysbinary, "-f", "md", "--basis", head) == then
    assert paper(capsysbinary, "-f", "md", "--basis", head[:8]) == then


def test_a_basis_whose_ancestor_is_gone_is_refused_and_never_shorter(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log = load(FolderStore(workspace / "events"))
    gone = log.recorded[3]
    next((workspace / "events").rglob(f"*{gone.digest}.json")).unlink()

    assert call(["note", "visit", "-f", "md", "-o", "-", "--basis", log.basis[:8]]) == 5
    assert gone.digest[:8] in capsys.readouterr().err


@pytest.mark.parametrize(
    ("said", "code"), [("no-such-file.pdf", 2), ("0000000000", 4), ("draft.yaml", 2), ("1234567", 2)]
)
def test_what_is_no_basis_is_refused_with_a_hint(
    workspace: Path, capsys: pytest.CaptureFixture[str], said: str, code: int
) -> None:
    (workspace / "draft.yaml").write_text("meeting: x\n", encoding="utf-8")

    assert call(["list", "--basis", said]) == code
    assert "hint:" in capsys.readouterr().err


def test_as_of_a_day_leaves_out_what_happened_after_it(
    workspace: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    append(workspace, COMMERCE)

    assert b"Call on tariffs" not in paper(capsysbinary, "-f", "md", "--as-of", "2 June 2025")
    assert b"3 June 2025" in paper(capsysbinary, "-f", "md", "--as-of", "3 June 2025")
    assert b"As of | 2 June 2025" in paper(capsysbinary, "-f", "md", "--as-of", "2 June 2025")


def test_as_known_at_a_time_leaves_out_what_was_recorded_after_it(
    workspace: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    newest = load(FolderStore(workspace / "events")).recorded[-1].at
    then = paper(capsysbinary, "-f", "md")
    append(workspace, COMMERCE)

    later = paper(capsysbinary, "-f", "md", "--known-at", newest.isoformat())

    assert [line for line in later.splitlines() if b"Known at" not in line and b"As at" not in line] == [
        line for line in then.splitlines() if b"As at" not in line and line != b"| For | Information |  |  |"
    ]
    assert call(["list", "--known-at", "2020-01-01"]) == 0
    assert call(["note", "visit", "--known-at", "2020-01-01", "-o", "-"]) in (4, 66)


@pytest.mark.parametrize("said", ["June 2025", "soon", "31 June 2025", "3 June"])
def test_as_of_takes_one_day(workspace: Path, capsys: pytest.CaptureFixture[str], said: str) -> None:
    assert call(["list", "--as-of", said]) == 2
    assert "hint:" in capsys.readouterr().err


def test_an_incomplete_record_is_refused_and_with_leave_every_page_says_what_is_missing(
    workspace: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    damaged = sorted((workspace / "events").rglob("*.json"))[-2]
    damaged.chmod(0o644)
    damaged.write_bytes(damaged.read_bytes() + b"\n")

    assert call(["note", "visit", "-f", "md", "-o", "-"]) == 5
    assert damaged.name.encode() in capsysbinary.readouterr().err

    banded = paper(capsysbinary, "-f", "md", "--incomplete")
    assert banded.count(b"INCOMPLETE RECORD: 1 altered") == 2
