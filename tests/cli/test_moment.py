"""The same record as it was: as of a day, as known at a time, on the basis of a paper."""

from __future__ import annotations

import json
import shutil
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
import typer

from briefing.cli.listing import ROWS
from briefing.cli.main import app, call
from briefing.store.append import publish
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.cli.workspaces import COMMERCE, ROOT, TREASURY, make_workspace
from tests.given import commitment, day, history, meeting_held

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


@pytest.mark.parametrize("format_", ["md", "html", "docx", "pdf"])
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


# ── every command that reads ──────────────────────────────────────────────────────────────────

READING: dict[str, tuple[str, ...]] = {
    **{f"list {kind}": ("list", kind) for kind in ROWS},
    "list of an agency": ("list", "--agency", "commerce"),
    "list --json": ("list", "events", "--json"),
    "show an event": ("show", "commerce-talks-2025-05"),
    "show a person": ("show", "kessler-jeffrey", "--json"),
    "show a text": ("show", "text-add2af9093e8"),
    "people": ("people",),
    "export csv": ("export", "csv"),
    "export ics": ("export", "ics"),
    "export jsonl": ("export", "jsonl"),
    "agencies": ("agencies", "commerce"),
    "topics": ("topics", "--merges"),
    "agency": ("agency", "commerce", "-f", "md", "-o", "-"),
    "commitments": ("commitments", "-f", "md", "-o", "-"),
    "note visit": ("note", "visit", "misri-us-2025", "-f", "md", "-o", "-"),
    "note meeting": ("note", "meeting", "dialogue", "-f", "md", "-o", "-"),
    "note record": ("note", "record", "commerce-talks-2025-05", "-f", "md", "-o", "-"),
    "note card": ("note", "card", "dialogue", "-f", "md", "-o", "-"),
    "note handover": ("note", "handover", "commerce", "-f", "md", "-o", "-"),
    "note book": ("note", "book", "-f", "md", "-o", "-"),
    "changes": ("changes", "--since", "2020-01-01"),
    "change sheet": ("changes", "--since", "2020-01-01", "-f", "md", "-o", "-"),
    "search": ("search", "trade"),
    "search of an agency": ("search", "t*", "--agency", "commerce", "--json", "--limit", "100"),
    "why": ("why", "Trade", "agency/us-commerce", "--json"),
}
PAPERS = frozenset(name for name, words in READING.items() if "-o" in words)
PLANNED = "planned: Dialogue\nid: dialogue\nwhen: 12 June 2026\nagency: Commerce\nobjectives: [A date.]\n"


@dataclass(frozen=True)
class Grown:
    """A workspace that grew: where it is, what every command said before, and the basis and the time it had then."""

    folder: Path
    then: dict[str, bytes]
    basis: str
    at: str

    def said(self, name: str, *options: str) -> bytes:
        return said("-C", str(self.folder), *READING[name], *options)


def said(*words: str) -> bytes:
    buffer = BytesIO()
    with redirect_stdout(TextIOWrapper(buffer, encoding="utf-8", write_through=True)):
        assert call(list(words)) == 0
        return buffer.getvalue()


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Grown:
    """Return one workspace for all commands; nothing is written to it after."""
    folder = make_workspace(tmp_path_factory.mktemp("grown") / "workspace")
    append(folder, PLANNED)
    begun = Grown(folder, {}, load(FolderStore(folder / "events")).basis, datetime.now(UTC).isoformat())
    begun.then.update({name: begun.said(name) for name in READING})
    grow(folder, folder.with_name("other"))
    return begun


def grow(workspace: Path, other: Path) -> None:
    """Correct what each of the commands shows, and merge what somebody wrote elsewhere."""
    shutil.copytree(workspace, other)
    append(other, TREASURY)
    append(workspace, COMMERCE)
    here = ("-C", str(workspace))
    for reference in ("commerce-talks-2025-05", "kessler-jeffrey", "us-commerce", "misri-us-2025"):
        field = "name" if reference in ("kessler-jeffrey", "us-commerce") else "title"
        assert call([*here, "correct", reference, "--set", f"{field}=Another", "--reason", "a test"]) == 0
    assert call([*here, "done", "commerce-talks-2025-05/c1", "--evidence", "held"]) == 0
    assert call([*here, "sync", str(other)]) == 0


def commands_with(option: str) -> set[str]:
    found = set()

    def look(command: object, path: str) -> None:
        if any(option in one.opts for one in command.params):  # type: ignore[attr-defined]
            found.add(path)
        for name in command.list_commands(None) if hasattr(command, "list_commands") else ():
            look(command.get_command(None, name), f"{path} {name}".strip())  # type: ignore[attr-defined]

    look(typer.main.get_command(app), "")
    return found


def test_every_command_that_takes_a_moment_is_tried_here_and_takes_all_three() -> None:
    tried = {" ".join(words[:2]) if words[0] == "note" else words[0] for words in READING.values()}

    assert commands_with("--as-of") == commands_with("--known-at") == tried
    assert commands_with("--basis") - {"verify"} == tried


@pytest.mark.parametrize("name", READING)
def test_on_a_basis_every_command_says_later_what_it_said_then(grown: Grown, name: str) -> None:
    assert grown.said(name, "--basis", grown.basis) == grown.then[name]


@pytest.mark.parametrize("name", [name for name in READING if name not in PAPERS])
def test_as_known_at_a_time_every_list_says_later_what_it_said_then(grown: Grown, name: str) -> None:
    assert grown.said(name, "--known-at", grown.at) == grown.then[name]


@pytest.mark.parametrize("name", ["list meetings", "list events", "show an event", "show a person", "agency", "note visit", "changes"])
def test_without_a_moment_these_say_something_else_by_then(grown: Grown, name: str) -> None:
    """The control of the two tests above: what was added is seen."""
    assert grown.said(name) != grown.then[name]


@pytest.mark.parametrize("name", READING)
def test_a_basis_with_a_missing_ancestor_is_refused_by_every_command(
    workspace: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    log = load(FolderStore(workspace / "events"))
    gone = log.recorded[3]
    next((workspace / "events").rglob(f"*{gone.digest}.json")).unlink()

    assert call([*READING[name], "--basis", log.basis]) == 5
    assert gone.digest[:8] in capsys.readouterr().err


def test_as_of_a_day_an_event_that_had_not_happened_is_neither_listed_nor_shown(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    append(workspace, COMMERCE)
    new = load(FolderStore(workspace / "events")).recorded[-1]
    assert call(["correct", new.event.id, "--set", "title=Call on duties", "--reason", "a test"]) == 0  # type: ignore[attr-defined]
    capsys.readouterr()

    assert call(["list", "events", "--json", "--as-of", "2 June 2025"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 64
    assert call(["list", "events", "--json", "--as-of", "3 June 2025"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 66
    assert call(["show", new.digest[:8], "--as-of", "2 June 2025"]) == 4
    assert call(["show", new.event.id, "--as-of", "2 June 2025"]) == 4  # type: ignore[attr-defined]
    assert call(["show", new.digest[:8], "--as-of", "3 June 2025"]) == 0


@pytest.mark.parametrize(("zone", "overdue"), [("UTC", False), ("Asia/Kolkata", True)])
def test_what_is_overdue_is_counted_from_the_day_of_the_newest_event_of_the_basis_in_the_workspaces_zone(
    workspace: Path, capsysbinary: pytest.CaptureFixture[bytes], zone: str, overdue: bool
) -> None:
    """Half past seven in the evening of 2 January, UTC, is the 3rd in Kolkata; what was due on the 2nd is overdue there."""
    (workspace / "briefing.toml").write_text(f'recorded_by = "a"\nzone = "{zone}"\n', encoding="utf-8")
    begun = load(FolderStore(workspace / "events"))
    evening = datetime(2027, 1, 2, 19, 30, tzinfo=UTC)
    told = meeting_held("m1", on="2026-12-01", agencies=("us-commerce",), commitments=(commitment(due=day(2027, 1, 2)),))
    added = history(told, after=begun.recorded, at=evening)
    publish(FolderStore(workspace / "events"), [one.event for one in added])
    assert (b"overdue" in paper(capsysbinary, "-f", "md")) is overdue

    later = history(meeting_held("m2"), after=(*begun.recorded, *added), at=datetime(2027, 2, 1, tzinfo=UTC))
    publish(FolderStore(workspace / "events"), [one.event for one in later])
    assert b"overdue" in paper(capsysbinary, "-f", "md")
    assert (b"overdue" in paper(capsysbinary, "-f", "md", "--basis", added[0].digest)) is overdue
    assert b"overdue" not in paper(capsysbinary, "-f", "md", "--as-of", "2 January 2027")


# ── what was redacted ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("erase", [(), ("--erase",)])
def test_of_a_redacted_event_no_command_says_more_than_that_it_was_there(
    workspace: Path, capsys: pytest.CaptureFixture[str], erase: tuple[str, ...]
) -> None:
    append(workspace, COMMERCE)
    target = load(FolderStore(workspace / "events")).recorded[-1]
    assert call(["correct", target.digest, "--set", "title=Call on duties", "--reason", "a test"]) == 0
    capsys.readouterr()
    assert call(["show", target.digest[:8]]) == 0
    assert "Call on duties" in capsys.readouterr().out

    assert call(["redact", target.digest, "--reason", "a name", "--authority", "High Court", *erase]) == 0
    capsys.readouterr()
    for words in (("show", target.digest[:8]), ("show", target.digest[:8], "--json"), ("list", "events"), ("changes", "--since", "2020-01-01")):
        assert call(list(words)) == 0
        out = capsys.readouterr().out
        assert "tariffs" not in out
        assert "Call on duties" not in out
        assert "event.redacted" in out or "redacted for good" in out
    assert call(["show", target.event.id]) == 4  # type: ignore[attr-defined]
