"""`briefing changes`: since a paper, a day, a time or an event, as a list, as JSON, and as a paper."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.cli.main import call
from briefing.store.append import publish
from briefing.store.folder import FolderStore
from briefing.store.log import Log, load
from tests.cli.workspaces import COMMERCE, TREASURY
from tests.given import fact_stated, history


def log(workspace: Path) -> Log:
    return load(FolderStore(workspace / "events"))


def append(workspace: Path, draft: str) -> None:
    (workspace / "draft.yaml").write_text(draft, encoding="utf-8")
    assert call(["-C", str(workspace), "append", str(workspace / "draft.yaml"), "--new"]) == 0


def correct(workspace: Path) -> None:
    words = ("correct", "treasury-talks-2025-05", "--set", "title=Talks at the Treasury", "--reason", "a slip")
    assert call(["-C", str(workspace), *words, "--authority", "Head of desk"]) == 0


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert call(["changes", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def sheet(capsysbinary: pytest.CaptureFixture[bytes], *words: str) -> bytes:
    capsysbinary.readouterr()
    assert call(["changes", *words, "-o", "-"]) == 0
    return capsysbinary.readouterr().out


def digests(answer: Any) -> list[str]:
    return [one["digest"] for one in answer["changes"]]


def test_since_now_there_is_one_line_that_says_so(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["changes", "--since", log(workspace).basis]) == 0
    assert capsys.readouterr().out.startswith("Nothing entered the record, was corrected or withdrawn since 24 November 2026")
    assert told(capsys, "--since", log(workspace).basis)["changes"] == []


def test_a_list_says_field_old_and_new_value_reason_and_leads_to_the_event_and_the_texts(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = log(workspace).basis
    correct(workspace)
    new = log(workspace).recorded[-1]
    capsys.readouterr()

    assert call(["changes", "--since", before[:8]]) == 0
    words = capsys.readouterr().out
    assert "title from “Talks at Treasury” to “Talks at the Treasury”. Reason: a slip (Head of desk). [A4] " + new.digest[:8] in words
    assert "[A] text-add2af9093e8" in words


def test_json_has_every_change_with_its_event_fields_and_sources(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = log(workspace).basis
    correct(workspace)
    answer = told(capsys, "--since", before)

    (one,) = answer["changes"]
    assert (one["kind"], one["type"], one["about"]) == ("corrected", "event.corrected", "treasury-talks-2025-05")
    assert one["fields"] == [{"path": "title", "old": "Talks at Treasury", "new": "Talks at the Treasury"}]
    assert (one["reason"], one["authority"], one["sources"]) == ("a slip", "Head of desk", ["text-add2af9093e8"])
    assert one["lines"][0].endswith(one["digest"][:8])
    assert answer["since"]["basis"] == before
    assert answer["until"]["basis"] == log(workspace).basis


@pytest.mark.parametrize("format_", ["pdf", "docx", "html", "md"])
def test_since_a_paper_is_since_the_record_it_was_made_from(
    workspace: Path, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    assert call(["agency", "commerce", "-o", f"then.{format_}"]) == 0
    append(workspace, COMMERCE)
    new = log(workspace).recorded[64:]

    assert digests(told(capsys, "--since", f"then.{format_}")) == [one.digest for one in new]


def test_a_day_counts_from_its_beginning_and_to_its_end_in_the_workspaces_zone(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "briefing.toml").write_text('recorded_by = "a"\nzone = "Asia/Kolkata"\n', encoding="utf-8")
    begun = log(workspace)
    late = datetime(2027, 1, 2, 18, 29, tzinfo=UTC)  # 23:59 in Kolkata; a minute later it is the 3rd
    added = history(fact_stated("f1"), after=begun.recorded, at=late - timedelta(seconds=64))
    added = (*added, *history(fact_stated("f2"), after=(*begun.recorded, *added), at=late - timedelta(seconds=5)))
    publish(FolderStore(workspace / "events"), [one.event for one in added])
    first, second = (one.digest for one in added)

    assert digests(told(capsys, "--since", "2 January 2027")) == [first, second]
    assert digests(told(capsys, "--since", "2027-01-03")) == [second]
    assert digests(told(capsys, "--since", "1 January 2027", "--until", "2 January 2027")) == [first]
    assert digests(told(capsys, "--since", "2027-01-02T23:59:30")) == [second]
    assert digests(told(capsys, "--since", "2027-01-02T18:29:30+00:00")) == [second]
    assert digests(told(capsys, "--since", "4 January 2027")) == []


def test_what_was_merged_since_is_told_since_a_paper_and_not_since_a_day(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(workspace, tmp_path / "embassy")
    append(tmp_path / "embassy", COMMERCE)
    theirs = log(tmp_path / "embassy").recorded[-1].digest
    append(workspace, TREASURY)
    assert call(["agency", "commerce", "-o", "then.docx"]) == 0
    read = datetime.now(UTC).isoformat()
    assert call(["sync", str(tmp_path / "embassy")]) == 0

    assert digests(told(capsys, "--since", read)) == []
    assert digests(told(capsys, "--since", "then.docx")) == [theirs]


def test_until_an_event_leaves_out_what_came_later(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = log(workspace).basis
    correct(workspace)
    between = log(workspace).basis
    append(workspace, COMMERCE)

    assert digests(told(capsys, "--since", before, "--until", between)) == [between]
    assert digests(told(capsys, "--since", before, "--basis", between)) == [between]


@pytest.mark.parametrize("format_", ["pdf", "docx", "html", "md"])
def test_a_sheet_on_a_basis_is_the_same_later_byte_for_byte_after_more_events_and_a_merge(
    workspace: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes], format_: str
) -> None:
    assert call(["agency", "commerce", "-o", "then.docx"]) == 0
    shutil.copytree(workspace, tmp_path / "embassy")
    correct(workspace)
    since = ("--since", "then.docx", "-f", format_)
    first = sheet(capsysbinary, *since)
    (workspace / "sheet").write_bytes(first)

    append(tmp_path / "embassy", COMMERCE)
    append(workspace, TREASURY)
    assert call(["sync", str(tmp_path / "embassy")]) == 0

    assert sheet(capsysbinary, *since) != first
    assert sheet(capsysbinary, *since, "--basis", "sheet") == first
    assert sheet(capsysbinary, *since, "--until", "sheet") == first


def test_a_sheet_since_a_day_is_the_same_on_its_basis_though_a_merge_brought_older_events(
    workspace: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    shutil.copytree(workspace, tmp_path / "embassy")
    append(tmp_path / "embassy", COMMERCE)
    correct(workspace)
    since = ("--since", (log(workspace).recorded[-1].at - timedelta(microseconds=1)).isoformat(), "-f", "md")
    first = sheet(capsysbinary, *since)
    (workspace / "sheet").write_bytes(first)

    assert call(["sync", str(tmp_path / "embassy")]) == 0

    assert sheet(capsysbinary, *since) != first
    assert sheet(capsysbinary, *since, "--basis", "sheet") == first


def test_since_a_paper_whose_event_was_redacted_the_redaction_is_told_and_not_refused(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["agency", "treasury", "-o", "then.docx"]) == 0
    (meeting,) = [one for one in log(workspace).recorded if getattr(one.event, "id", "") == "treasury-talks-2025-05"]
    assert call(["redact", meeting.digest, "--reason", "a name", "--authority", "High Court", "--erase"]) == 0

    answer = told(capsys, "--since", "then.docx")
    assert [(one["kind"], one["target"], one["authority"]) for one in answer["changes"]] == [("redacted", meeting.digest, "High Court")]
    assert "Talks at Treasury" not in json.dumps(answer)


def test_since_a_paper_whose_event_is_gone_is_refused(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["agency", "treasury", "-o", "then.docx"]) == 0
    gone = log(workspace).recorded[3]
    next((workspace / "events").rglob(f"*{gone.digest}.json")).unlink()

    assert call(["changes", "--since", "then.docx", "--incomplete"]) == 5
    assert gone.digest[:8] in capsys.readouterr().err


def test_the_earlier_point_must_lie_before_the_later(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, *_, newest = log(workspace).recorded
    assert call(["changes", "--since", newest.digest, "--until", first.digest]) == 2
    assert "63 events that the later one has not" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--since", "June 2025"), 2), (("--since", "soon"), 2), (("--since", "0" * 64), 4), (("--since", "no-such.pdf"), 2),
     (("--since", "2020-01-01", "--until", "soon"), 2), (("--since", "2020-01-01", "--until", "2021-01-01"), 66),
     (("--since", "2020-01-01", "--until", "2027-01-01", "--known-at", "2027-01-01"), 2), ((), 2)],
)  # fmt: skip
def test_what_is_no_point_is_refused_with_a_hint(
    workspace: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int
) -> None:
    assert call(["changes", *words]) == code
    assert "hint:" in capsys.readouterr().err


def test_eight_digits_are_an_event_that_is_here_and_else_a_day(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "--since", "20270101")["changes"] == []
    assert len(digests(told(capsys, "--since", "20250101"))) == 64
    assert len(digests(told(capsys, "--since", log(workspace).recorded[0].digest[:8]))) == 63


def test_everything_since_the_beginning_is_told_and_a_text_is_named_not_printed(
    workspace: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    words = sheet(capsysbinary, "--since", "2020-01-01", "-f", "md").decode()

    assert "64 new events since 1 January 2020, 00:00 UTC." in words
    for one in log(workspace).recorded:
        assert one.digest[:8] in words


def test_as_of_a_day_the_meetings_after_it_are_left_out(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = log(workspace).basis
    append(workspace, COMMERCE)

    assert len(digests(told(capsys, "--since", before))) == 1
    assert digests(told(capsys, "--since", before, "--as-of", "2 June 2025")) == []


def test_the_sheet_goes_to_a_file_of_its_own_when_only_the_format_is_named(workspace: Path) -> None:
    before = log(workspace).basis
    assert call(["changes", "--since", before, "-f", "md"]) == 0

    assert [path.name for path in (workspace / "output").iterdir()] == ["changes.md"]


# ── since an edition, and since a reader's last paper ─────────────────────────────────────────


@pytest.fixture
def issued(workspace: Path) -> Path:
    """Return a workspace in which two papers were issued, the first of them was seen, and a title was corrected since."""
    assert call(["agency", "treasury", "--issue", "--to", "Minister", "--ref", "AMD/1", "-o", "first.md"]) == 0
    assert call(["seen", "AMD/1@1", "--reader", "Minister"]) == 0
    assert call(["agency", "commerce", "--issue", "--to", "Minister", "--ref", "AMD/2", "-o", "second.md"]) == 0
    correct(workspace)
    return workspace


@pytest.mark.parametrize("point", [("--since", "AMD/1@1"), ("--since", "first.md"), ("--for", "Minister")])
def test_since_an_edition_the_sheet_is_a_numbered_addendum_to_it_and_its_own_fate_is_no_change(
    issued: Path, capsysbinary: pytest.CaptureFixture[bytes], point: tuple[str, str]
) -> None:
    words = sheet(capsysbinary, *point, "-f", "md").decode()

    assert "Addendum 1 to AMD/1, edition 1 · From record" in words
    assert "Talks at the Treasury" in words
    assert "AMD/2, edition 1, “US Department of Commerce”: issued to Minister." in words
    assert "AMD/1, edition 1, “" not in words


def test_for_a_reader_it_is_the_newest_paper_they_have_seen(issued: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "--for", "Minister")["since"]["paper"] == "AMD/1, edition 1"
    assert call(["seen", "AMD/2@1", "--reader", "Minister"]) == 0
    answer = told(capsys, "--for", "minister")
    assert answer["since"]["paper"] == "AMD/2, edition 1"
    assert [one["type"] for one in answer["changes"]] == ["event.corrected"]


def test_an_edition_is_a_basis_and_a_later_point_too(issued: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heads = json.loads(min((issued / "events").rglob("*-note-issued-*.json")).read_text(encoding="utf-8"))["heads"]
    assert told(capsys, "--since", "2020-01-01", "--until", "AMD/1@1")["until"]["basis"] == heads[0]
    assert told(capsys, "--since", "2020-01-01", "--basis", "AMD/1@1")["until"]["basis"] == heads[0]
    assert call(["agency", "treasury", "-f", "md", "-o", "-", "--basis", "AMD/1@1"]) == 0
    assert "Talks at the Treasury" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--since", "AMD/1@7"), 4), (("--for", "Nobody"), 4), (("--for", "Minister", "--since", "2020-01-01"), 2)],
)
def test_an_edition_or_a_reader_that_is_not_on_record_is_named(
    issued: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int
) -> None:
    assert call(["changes", *words]) == code
    assert "hint:" in capsys.readouterr().err


def test_a_sheet_that_is_issued_amends_its_paper_is_made_again_and_the_next_one_counts_on(
    issued: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert call(["changes", "--since", "AMD/1@1", "--issue", "--to", "Minister", "--ref", "AMD/1/add", "-o", "one.md"]) == 0
    notes = sorted((issued / "events").rglob("*-note-issued-*.json"))
    event = json.loads(notes[-1].read_text(encoding="utf-8"))
    assert (event["paper"], event["amends"]) == ("changes", notes[0].stem[-64:])
    assert "Addendum 1 to AMD/1, edition 1" in Path("one.md").read_text(encoding="utf-8")

    append(issued, COMMERCE)
    assert b"Addendum 2 to AMD/1, edition 1" in sheet(capsysbinary, "--since", "AMD/1@1", "-f", "md")
    assert call(["changes", "--again", "AMD/1/add@1", "-o", "again.md"]) == 0
    assert Path("again.md").read_bytes() == Path("one.md").read_bytes()
