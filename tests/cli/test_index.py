"""Every command gives the same answer with the index, without it, and with one that is damaged."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from briefing.cli.main import call
from briefing.render.body import body_pages
from briefing.resources import sample_events_dir
from briefing.store.append import publish
from briefing.store.folder import FolderStore
from briefing.store.index import Index
from briefing.store.log import load
from tests.cli.workspaces import CALL, COMMERCE, TREASURY, make_workspace
from tests.given import fact_stated, history, note_issued, note_seen

Outcome = tuple[int, bytes, bytes]
PAST = 1_700_000_000
COMMANDS = [
    "agency commerce -f md -o -",
    "agency pentagon -f html -o -",
    "agency treasury --as-of 2025-05-28 -f md -o -",
    "agency treasury --incomplete -f md -o -",
    "agency treasury --known-at 2026-11-24 -f md -o -",
    "agency treasury --basis {head} -f md -o -",
    "agency nobody -o -",
    "agency treasury commerce -o -",
    "agency treasury --period 2025 -f md -o -",
    "agency treasury --period all -f md -o -",
    "note meeting round -f md -o -",
    "note card round -f md -o -",
    "note meeting nothing -f md -o -",
    "note record talks-on-payments-2025-06-03 -f md -o -",
    "note record nothing -f md -o -",
    "note visit -f md -o -",
    "note visit {visit} -f md -o -",
    "note visit {visit} --incomplete -f md -o -",
    "list commitments --agency treasury",
    "list meetings --agency commerce",
    "list planned --agency nobody",
    "list planned --agency commerce",
    "list events",
    "list events --agency treasury",
    "list agencies",
    "list people --json",
    "list topics",
    "list visits",
    "list sources",
    "list planned",
    "list objectives",
    "list notes",
    "list people --as-of 2025-05-28",
    "changes --since {eight}",
    "changes --since {first}",
    "changes --since {first} -f md -o -",
    "changes --since {first} --json",
    "changes --since 2026-11-25",
    "changes --since '1 January 2020'",
    "changes --since {first} --as-of 2025-05-28",
    "changes --since {first} --incomplete",
    "changes --since {first} --until {eight}",
    "changes --since 00000000",
    "changes --for Minister",
    "show us-treasury",
    "show pentagon --json",
    "show 'talks ON payments'",
    "show nothing-of-the-kind",
    "show {head}",
    "show {eight}",
    "show faulkender-michael --as-of 2025-05-28",
    "commitments --overdue -f md -o -",
    "commitments --agency commerce -f md -o -",
    "commitments --overdue --agency treasury --json",
    "commitments --owner theirs -f md -o -",
    "commitments --owner commerce --json",
    "commitments --owner kessler-jeffrey -f md -o -",
    "commitments --owner nobody",
    "commitments --overdue --as-of 2025-07-01 -f csv -o -",
    "search payments",
    "search t* --limit 3 --json",
    "search the --agency treasury",
    "search talks --as-of 2025-05-28",
    "search payments --known-at 2026-11-24",
    "search nothing-of-the-kind",
    "verify",
    "append again.yaml --new --dry-run --by Desk",
    "append new.yaml --new --dry-run --by Desk --json",
    "append new.yaml --dry-run --by Desk",
    "append alike.yaml --dry-run --by Desk",
    "append wrong.yaml --new --dry-run --by Desk",
    "correct round --set 'title=A round' --reason Slip --dry-run --by Desk",
    "correct {eight} --set colour=red --reason Slip --dry-run --by Desk",
    "correct 'talks ON payments' --set marking=SECRET --reason Slip --dry-run --by Desk",
    "retract us-treasury --reason Slip --dry-run --by Desk",
    "retract nothing-of-the-kind --reason Slip --dry-run --by Desk",
    "done round/c1 --dry-run --by Desk",
    "clear A/1 --dry-run --by Desk",
    "seen nothing@1 --dry-run --by Desk",
]

LUNCH = """\
meeting: A working lunch
when: 3 June 2025
agency: Treasury
with: {person}, Counsellor
notes: Third Secretary
points:
  - say: Nothing was agreed.
"""
DRAFTS = {
    "again": TREASURY, "new": LUNCH.format(person="Nora Newcomer"), "alike": LUNCH.format(person="Michael Faulkender"),
    "wrong": LUNCH.format(person="Nora Newcomer") + "visit: nowhere\n",
}  # fmt: skip
"""What is appended, but for the writing: it is on record, names somebody new, may be on record, or is wrong."""


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace whose index was made, and is trusted, before anything happens to its record."""
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(tmp_path / "caches"))
    folder = make_workspace(tmp_path / "workspace")
    append(folder, TREASURY)
    for name, draft in DRAFTS.items():
        (folder / f"{name}.yaml").write_text(draft, encoding="utf-8")
    append(folder, "planned: Round\nwhen: 2 June 2027\nagency: Treasury\npoints:\n  - say: Ask for a day.\n")
    monkeypatch.chdir(folder)
    aged(folder)
    return folder


def append(folder: Path, draft: str) -> None:
    (folder / "draft.yaml").write_text(draft, encoding="utf-8")
    assert call(["-C", str(folder), "append", str(folder / "draft.yaml"), "--new"]) == 0


def aged(folder: Path) -> None:
    """Let the months' folders be old, so that an index that lists them now trusts what it saw."""
    for month in (folder / "events").iterdir():
        os.utime(month, (PAST, PAST))


def index_of(folder: Path) -> Path:
    """Return the file of the index, which is made where there is none."""
    assert call(["-C", str(folder), "agency", "treasury", "-f", "md", "-o", os.devnull]) == 0
    (found,) = (folder.parent / "caches").glob("index-*")
    return found


def outcomes(capsysbinary: pytest.CaptureFixture[bytes], head: str) -> dict[str, Outcome]:
    found: dict[str, Outcome] = {}
    for command in COMMANDS:
        capsysbinary.readouterr()
        first = sorted(sample_events_dir().rglob("*.json"), key=lambda path: path.name)[9].stem[-64:]
        code = call(shlex.split(command.format(head=head, eight=head[:8], visit="misri-us-2025", first=first)))
        out, err = capsysbinary.readouterr()
        found[command] = (code, re.sub(rb"[0-9a-f]{12,}", b"(a digest)", out) if "--dry-run" in command else out, err)
    return found


def event_file(folder: Path, kind: str) -> Path:
    return max((folder / "events").rglob(f"*-{kind}-*.json"))


def altered(folder: Path) -> None:
    edited(event_file(folder, "agency-described"), b"agency.described", b"agency.descrlbed")


def edited(path: Path, words: bytes, others: bytes) -> None:
    """Edit a file in place: it is as long and as old as it was."""
    was = path.stat()
    path.chmod(0o644)
    with path.open("r+b") as file:
        data = file.read()
        assert words in data
        file.seek(0)
        file.write(data.replace(words, others))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (was.st_size, was.st_mtime_ns)


def replaced(folder: Path) -> None:
    path = event_file(folder, "meeting-held")
    other = path.with_name("new")
    other.write_bytes(path.read_bytes().replace(b"payments", b"pavments"))
    other.rename(path)


def removed(folder: Path) -> None:
    min((folder / "events").rglob("*-topic-described-*.json")).unlink()


def redacted(folder: Path) -> None:
    digest = event_file(folder, "meeting-held").name[-69:-5]
    assert call(["redact", digest, "--reason", "a name", "--authority", "Records", "--erase"]) == 0


def merged(folder: Path) -> None:
    copy = folder.parent / "copy"
    shutil.copytree(folder, copy)
    append(folder, COMMERCE)
    append(copy, COMMERCE.replace("tariffs", "quotas"))
    shutil.copytree(copy / "events", folder / "events", dirs_exist_ok=True)


def strays(folder: Path) -> None:
    path = event_file(folder, "meeting-held")
    shutil.copy(path, path.with_name(f"{path.stem} (1).json"))
    shutil.copy(path, folder / "events" / path.name)


def unknown(folder: Path) -> None:
    added(folder, b'"schema": 1', b'"schema": 9')


def given_twice(folder: Path) -> None:
    added(folder, b'"schema": 1', b'"schema": 1,\n  "schema": 1')


def added(folder: Path, words: bytes, others: bytes) -> None:
    """Add a file that bears its own digest, and is a meeting's with other words."""
    path = event_file(folder, "meeting-held")
    data = path.read_bytes().replace(words, others, 1)
    path.with_name(path.name.replace(path.name[-69:-5], sha256(data).hexdigest())).write_bytes(data)


def nothing(folder: Path) -> None:
    """Leave the record as it is."""


DAMAGES = [nothing, altered, replaced, removed, redacted, merged, strays, unknown, given_twice]


def garbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:] = b"\xa5" * (len(data) - 100)
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def no_database(path: Path) -> None:
    path.write_bytes(b"not a database at all\n" * 400)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def of_another_folder(path: Path) -> None:
    other = make_workspace(path.parent.parent / "other")
    assert call(["-C", str(other), "agency", "treasury", "-f", "md", "-o", os.devnull]) == 0
    (foreign,) = set(path.parent.glob("index-*")) - {path}
    foreign.replace(path)


_pages = cache(body_pages)


@pytest.fixture
def set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a set be its notes, and a note be measured once: that equal notes make equal pages is proved elsewhere."""
    monkeypatch.setattr("briefing.render.together.render_together", lambda notes, _: repr(notes).encode())
    monkeypatch.setattr("briefing.render.body.body_pages", _pages)


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_answer_is_the_same_with_without_and_with_a_damaged_index(
    record: Path, set_once: None, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], None]
) -> None:
    head = load(FolderStore(record / "events")).basis
    path = index_of(record)
    damage(record)
    made_before = outcomes(capsysbinary, head)
    warm = outcomes(capsysbinary, head)
    garbled(path)
    damaged = outcomes(capsysbinary, head)
    monkeypatch.setenv("BRIEFING_INDEX", "off")
    without = outcomes(capsysbinary, head)

    assert made_before == without
    assert warm == without
    assert damaged == without


@pytest.mark.parametrize("harm", [garbled, cut, no_database, empty, a_folder, of_another_folder])
def test_an_index_that_is_damaged_or_foreign_is_never_trusted(
    record: Path, capsysbinary: pytest.CaptureFixture[bytes], harm: Callable[[Path], None]
) -> None:
    path = index_of(record)
    command = ["agency", "treasury", "-f", "md", "-o", "-"]
    capsysbinary.readouterr()
    assert call(command) == 0
    before = capsysbinary.readouterr()
    harm(path)
    capsysbinary.readouterr()

    assert call(command) == 0
    assert capsysbinary.readouterr() == before


# ── the index is really read, and says only where to look ─────────────────────────────────────


def page(capsysbinary: pytest.CaptureFixture[bytes], name: str = "treasury") -> tuple[int, bytes]:
    capsysbinary.readouterr()
    code = call(["agency", name, "-f", "md", "-o", "-"])
    return code, capsysbinary.readouterr().out


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the event files that are read from now on."""
    names: list[str] = []
    really = FolderStore.read

    def reading(self: FolderStore, name: str, *seen: Callable[[object], object]) -> bytes:
        names.append(name)
        return really(self, name, *seen)

    monkeypatch.setattr(FolderStore, "read", reading)
    return names


def test_a_page_reads_the_register_and_its_slice_and_nothing_else(
    record: Path, capsysbinary: pytest.CaptureFixture[bytes], read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    index_of(record)
    everything = len(load(FolderStore(record / "events")).recorded)
    read.clear()
    page(capsysbinary, "pentagon")

    assert 0 < len(set(read)) < everything
    assert not [name for name in read if name.endswith(event_file(record, "meeting-held").name)]

    read.clear()
    monkeypatch.setenv("BRIEFING_INDEX", "off")
    page(capsysbinary, "pentagon")

    assert len(read) == everything


def test_what_changed_is_told_of_what_came_since_and_what_that_names(
    record: Path, capsysbinary: pytest.CaptureFixture[bytes], read: list[str]
) -> None:
    index_of(record)
    everything = len(load(FolderStore(record / "events")).recorded)
    head = max((record / "events").rglob("*.json"), key=lambda path: path.name).stem[-64:]
    append(record, COMMERCE)
    assert call(["changes", "--since", head]) == 0
    capsysbinary.readouterr()
    read.clear()

    assert call(["changes", "--since", head]) == 0

    assert b"Call on tariffs" in capsysbinary.readouterr().out
    assert 0 < len(set(read)) < everything


@pytest.mark.parametrize("profile", ["plain", "uk"])
def test_a_brief_of_a_reader_who_saw_one_reads_what_came_since(
    record: Path, capsysbinary: pytest.CaptureFixture[bytes], read: list[str], monkeypatch: pytest.MonkeyPatch, profile: str
) -> None:
    monkeypatch.setenv("BRIEFING_PROFILE", profile)
    append(record, COMMERCE)
    store = FolderStore(record / "events")
    log = load(store)
    told = (note_issued("R/1", basis=log.heads[0], subject="round-2027-06-02"), note_seen("R/1"))
    publish(store, [one.event for one in history(*told, after=log.recorded, at=log.recorded[-1].at)])
    append(record, LUNCH.format(person="Nora Newcomer"))
    if profile == "uk":  # then a paper is made again from what each lower mark lets see
        append(record, LUNCH.format(person="Odo Other").replace("Treasury", "Commerce") + "id: dinner\nmarking: SECRET\n")
    index_of(record)
    asked = ["note", "meeting", "round", "--to", "Minister", "-f", "md", "-o", "-"]
    read.clear()
    capsysbinary.readouterr()
    assert call(asked) == 0
    part = capsysbinary.readouterr().out
    names = set(read)

    monkeypatch.setenv("BRIEFING_INDEX", "off")
    assert call(asked) == 0
    assert capsysbinary.readouterr().out == part
    assert b"New since the brief you last saw" in part
    assert b"A working lunch" in part
    assert b"SECRET" not in part
    assert 0 < len(names) < len(load(store).recorded)


def test_what_an_index_vouches_for_is_hashed_and_not_proven_again(
    record: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    index_of(record)
    before = page(capsysbinary)
    monkeypatch.setattr("briefing.codec._written", lambda _event: pytest.fail("the bytes are proven again"))

    assert page(capsysbinary) == before

    monkeypatch.setenv("BRIEFING_INDEX", "off")
    with pytest.raises(pytest.fail.Exception, match="proven again"):
        load(FolderStore(record / "events"))


def test_control_an_index_that_forgot_a_link_makes_another_page(record: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    path = index_of(record)
    before = page(capsysbinary)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM links WHERE file IN (SELECT id FROM files WHERE type = 'meeting.held')")

    assert page(capsysbinary) != before


def test_a_file_edited_in_place_outside_the_slice_is_found_by_verify_and_by_whoever_reads_it(
    record: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    append(record, COMMERCE)
    aged(record)
    index_of(record)
    before = page(capsysbinary, "pentagon")
    edited(event_file(record, "meeting-held"), b"tariffs", b"tarlffs")

    assert page(capsysbinary, "pentagon") == before
    assert page(capsysbinary, "commerce")[0] == 5
    assert call(["verify"]) == 1
    assert call(["list"]) == 5
    assert page(capsysbinary, "pentagon")[0] == 5


def test_a_file_that_is_whole_again_is_read_again(record: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    index_of(record)
    before = page(capsysbinary)
    path = event_file(record, "agency-described")
    data = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(data[:-1])

    assert page(capsysbinary)[0] == page(capsysbinary)[0] == 5

    path.write_bytes(data)

    assert page(capsysbinary) == before


def test_the_index_follows_what_is_appended_copied_in_and_taken_away(record: Path, capsysbinary: pytest.CaptureFixture[bytes], read: list[str]) -> None:
    index_of(record)
    before = page(capsysbinary, "commerce")
    append(record, COMMERCE)
    after = page(capsysbinary, "commerce")

    assert b"3 June 2025" in after[1]

    path = event_file(record, "meeting-held")
    away = path.rename(record / "away")

    assert page(capsysbinary, "commerce") == before

    away.rename(path)
    read.clear()

    assert page(capsysbinary, "commerce") == after
    assert len([name for name in read if name.endswith(path.name)]) == 2  # once for the index, once for the page


def test_nothing_of_a_redacted_event_stays_in_the_index(record: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    append(record, COMMERCE.replace("agency: Commerce", "agency: Bureau of Quiet Words").replace("Jeffrey Kessler", "Zebedee Quillfeather"))
    path = index_of(record)

    assert b"quillfeather-zebedee" in path.read_bytes()

    for kind, name in (("meeting-held", "call"), ("person-described", "Quillfeather"), ("agency-described", "Quiet")):
        digest = event_file(record, kind).name[-69:-5]
        assert call(["redact", digest, "--reason", name, "--authority", "Records", "--erase"]) == 0

    held = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert path.read_bytes()
    assert b"quillfeather" not in held.lower()
    assert b"quiet-words" not in held.lower()


def test_a_redaction_that_is_taken_away_lets_its_target_be_read(record: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    index_of(record)
    before = page(capsysbinary)
    digest = event_file(record, "meeting-held").name[-69:-5]
    assert call(["redact", digest, "--reason", "a name", "--authority", "Records"]) == 0

    assert page(capsysbinary) != before

    event_file(record, "event-redacted").unlink()

    assert page(capsysbinary) == before


# ── without it, nothing is lost but time ──────────────────────────────────────────────────────


def test_where_no_index_can_be_written_the_record_is_read_without_one(
    record: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = page(capsysbinary)
    closed = record.parent / "closed"
    closed.mkdir(mode=0o500)
    (record.parent / "file").write_bytes(b"")
    for place in (closed, record.parent / "file", record.parent / "file" / "in"):
        monkeypatch.setenv("BRIEFING_CACHE_DIR", str(place))

        assert page(capsysbinary) == before


def test_while_another_process_writes_the_index_the_record_is_read_without_it(
    record: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    path = index_of(record)
    before = page(capsysbinary)
    monkeypatch.setattr("briefing.store.index._BUSY", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        read.clear()

        assert page(capsysbinary) == before
        assert len(read) == len(load(FolderStore(record / "events")).recorded)

    assert path.is_file()


def test_an_index_that_fails_half_way_leaves_the_whole_record_to_be_read(
    record: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = page(capsysbinary)
    really, parts = Index.part, []

    def part(self: Index, *arguments: object, **had: object) -> object:
        parts.append(self)
        return really(self, *arguments, **had) if len(parts) == 1 else None  # type: ignore[arg-type]

    monkeypatch.setattr(Index, "part", part)

    assert page(capsysbinary) == before
    assert len(parts) == 2


def test_many_commands_at_once_make_and_use_one_index(record: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_INDEX", "off")
    _, expected = page(capsysbinary)
    monkeypatch.delenv("BRIEFING_INDEX")
    command = [sys.executable, "-c", CALL, "agency", "treasury", "-f", "md", "-o", "-"]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(6)]
    told = [one.communicate() for one in running]

    assert [out for out, _ in told] == [expected] * 6
    assert {err for _, err in told} == {b""}
    assert [file.suffix for file in (record.parent / "caches").iterdir()] == [".sqlite"]


def test_the_index_is_never_among_the_events(record: Path) -> None:
    before = sorted((record / "events").rglob("*"))
    index_of(record)

    assert sorted((record / "events").rglob("*")) == before


def test_what_a_killed_build_and_other_versions_left_behind_is_swept_away(record: Path) -> None:
    path = index_of(record)
    old, building = path.with_name(f"{path.name[:30]}-0123.sqlite"), path.with_name(f".{path.name}.1")
    left = path.with_name(f".{path.name}.2")
    for file in (old, building, left):
        path.rename(file) if file is old else file.write_bytes(b"half")
    os.utime(left, (PAST, PAST))

    assert index_of_any(record) == {path, building}


def index_of_any(folder: Path) -> set[Path]:
    assert call(["-C", str(folder), "agency", "treasury", "-f", "md", "-o", os.devnull]) == 0
    return set((folder.parent / "caches").iterdir())


def test_an_append_reads_what_bears_on_it_and_writes_what_it_would_write(
    record: Path, capsysbinary: pytest.CaptureFixture[bytes], read: list[str]
) -> None:
    index_of(record)
    everything = len(load(FolderStore(record / "events")).recorded)
    for name, warned in (("new", 0), ("alike", 1)):
        read.clear()
        capsysbinary.readouterr()
        assert call(["append", f"{name}.yaml", "--new", "--by", "Desk", "--dry-run"]) == 0
        assert capsysbinary.readouterr().err.count(b"may be on record already") == warned
        assert 0 < len(set(read)) < everything, name
    heads = load(FolderStore(record / "events")).heads
    assert call(["append", "new.yaml", "--new", "--by", "Desk"]) == 0

    log = load(FolderStore(record / "events"))
    assert (len(log.recorded), len(log.heads)) == (everything + 2, 1)
    assert log.recorded[-2].event.parents == heads


@pytest.mark.parametrize(("name", "code"), [("new", 0), ("wrong", 3)])
def test_who_appends_is_warned_of_the_clock_once(
    record: Path, capsysbinary: pytest.CaptureFixture[bytes], name: str, code: int
) -> None:
    store = FolderStore(record / "events")
    ahead = history(fact_stated("steel"), after=load(store).recorded, at=datetime.now(UTC) + timedelta(hours=12))
    publish(store, [one.event for one in ahead])
    index_of(record)
    capsysbinary.readouterr()

    assert call(["append", f"{name}.yaml", "--new", "--by", "Desk", "--dry-run"]) == code
    assert capsysbinary.readouterr().err.count(b"this clock") == 1


@pytest.mark.parametrize(
    "command",
    ["correct round --set 'title=A round' --reason Slip", "retract us-commerce --reason Slip", "clear A/1", "seen R/1", "return R/1 --decision agree"],
)
def test_what_is_written_about_one_thing_reads_that_and_follows_the_whole(record: Path, read: list[str], command: str) -> None:
    store = FolderStore(record / "events")
    log = load(store)
    issued = history(note_issued("R/1", basis=log.heads[0], subject="round-2027-06-02"), after=log.recorded, at=log.recorded[-1].at)
    publish(store, [one.event for one in issued])
    index_of(record)
    heads = load(store).heads
    read.clear()

    assert call([*shlex.split(command), "--by", "Desk"]) == 0
    assert 0 < len(set(read)) < len(log.recorded)
    newest = load(store)
    assert newest.recorded[-1].event.parents == heads
    assert len(newest.heads) == 1
