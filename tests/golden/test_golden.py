"""Golden records: frozen when they were made, never made anew; every later version reads them and says the same of them.

`N/events` is a record, `N/state.txt` what it says, `N/made.py` how it was made. A later type or schema
gets a record of its own beside the others; `python -m tests.golden.test_golden N` writes its state.txt once.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from datetime import UTC, datetime
from difflib import unified_diff
from pathlib import Path

import pytest

from briefing import projector
from briefing.events import EVENT_TYPES, CommitmentUpdated
from briefing.projector import project
from briefing.store.folder import FolderStore
from briefing.store.log import load
from briefing.store.verify import verify
from tests.golden.snapshot import lines
from tests.papers import papers

HERE = Path(__file__).parent
RECORDS = sorted(folder.parent for folder in HERE.glob("*/events"))
LATER = datetime(2027, 1, 1, tzinfo=UTC)


def told(events: Path) -> list[str]:
    """Return what a record says and what is found in it, as lines."""
    store = FolderStore(events)
    log, survey = load(store), verify(store, now=LATER)
    found = [f"{one.kind}: {one.name}" for one in survey.findings]
    away = [f"redacted, file {'away' if one.away else 'here'}: {one.event.target}" for one in survey.redactions]
    heads = [f"basis {log.basis}", *(f"head {one}" for one in log.heads), f"{len(log.recorded)} events"]
    return [*heads, *found, *away, *lines(project(log.recorded))]


def expected(record: Path) -> list[str]:
    return (record / "state.txt").read_text(encoding="utf-8").splitlines()


def field(line: str) -> str:
    """Return which field of the state a line is of, whatever it stands in: meetings[].held.title."""
    return re.sub(r"\[[^\]]*\]", "[]", line.partition(" = ")[0]) if " = " in line else ""


def differences(events: Path, record: Path) -> list[str]:
    """Return what is said otherwise than it was; a field that the state did not have then is passed over."""
    then = expected(record)
    fields = {field(line) for line in then}
    now = [line for line in told(events) if field(line) in fields]
    return [line for line in unified_diff(then, now, lineterm="", n=0) if line[:3] not in ("---", "+++") and line[0] in "+-"]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_a_golden_record_says_what_it_said_when_it_was_made(record: Path) -> None:
    assert differences(record / "events", record) == []


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_papers_are_made_of_a_golden_record(record: Path) -> None:
    made = papers(load(FolderStore(record / "events")))

    assert len(made) > 2
    assert all(b"Harbour" in paper or b"Sea" in paper for paper in made.values())


def test_every_type_at_every_schema_is_in_some_golden_record() -> None:
    events = [json.loads(file.read_bytes()) for record in RECORDS for file in (record / "events").rglob("*.json")]
    kinds = {str(kind.model_fields["type"].default): kind.newest_schema for kind in EVENT_TYPES}

    assert {(one["type"], one["schema"]) for one in events} == {(kind, n) for kind, newest in kinds.items() for n in range(1, newest + 1)}


def test_a_golden_record_has_each_way_of_amending_and_an_absent_file() -> None:
    said = "\n".join(expected(HERE / "1"))

    assert "redacted, file away: " in said
    assert "two things: " in said
    assert "two values: " in said
    assert "withdrawn[1] = " in said
    assert "settlements[" in said
    assert "differences[1]" in said


# ── what would be seen ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "1/events", tmp_path / "events")
    return tmp_path / "events"


def test_one_changed_byte_of_any_file_is_seen(copy: Path) -> None:
    for file in sorted(copy.rglob("*.json")):
        data = file.read_bytes()
        file.chmod(0o644)
        file.write_bytes(data[:-3] + bytes([data[-3] ^ 1]) + data[-2:])
        assert f"altered: {file.relative_to(copy).as_posix()}" in told(copy)
        file.write_bytes(data)
    assert differences(copy, HERE / "1") == []


def test_any_file_that_is_gone_is_seen(copy: Path) -> None:
    for file in sorted(copy.rglob("*.json")):
        data = file.read_bytes()
        file.unlink()
        assert differences(copy, HERE / "1")
        file.write_bytes(data)


def test_a_fold_that_passes_one_type_over_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in list(projector.APPLY):
        with monkeypatch.context() as patch:
            patch.delitem(projector.APPLY, kind)
            assert differences(HERE / "1/events", HERE / "1"), kind


def test_a_fold_that_reads_one_field_otherwise_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(fold: projector.Fold, digest: str, event: CommitmentUpdated) -> None:
        projector.apply_update(fold, digest, event.model_copy(update={"due": None}))

    monkeypatch.setitem(projector.APPLY, CommitmentUpdated, silent)

    assert any(".due" in line for line in differences(HERE / "1/events", HERE / "1"))


if __name__ == "__main__":
    record_ = HERE / sys.argv[1]
    with (record_ / "state.txt").open("x", encoding="utf-8") as state_:
        state_.write("".join(f"{line}\n" for line in told(record_ / "events")))
