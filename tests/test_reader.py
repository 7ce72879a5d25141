"""The reader of docs/examples, written from the document alone, says of a record what the program says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from briefing.events import Recorded
from briefing.projector import project
from briefing.resources import sample_events_dir
from briefing.store.append import publish
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.given import (
    NOON,
    cited,
    commitment,
    commitment_updated,
    event_corrected,
    event_redacted,
    event_retracted,
    fact_stated,
    history,
    meeting_held,
    point,
    source_registered,
)

READER = Path(__file__).parents[1] / "docs/examples/reader.py"
BEGAN = history(
    source_registered("text-a"),
    meeting_held("m1", title="Steel", points=(point("p1", citations=(cited("text-a"),)), point("p2", "Coal."))),
    meeting_held("m2", commitments=(commitment("c1"), commitment("c2", "To write."))),
    meeting_held("m3"),
    fact_stated("f", "Private."),
)
AMENDED = history(
    event_corrected("m1", points__p2__say="Coal and oil.", title="Steel and coal", label="first"),
    event_corrected("m1", title="Nothing", label="slip"),
    event_retracted("slip"),
    commitment_updated("m2/c1", status="done"),
    event_retracted("m3", label="away"),
    event_retracted("away"),
    event_corrected("m2", commitments__c9__say="No such thing."),
    meeting_held("m2", title="Talks again", commitments=(commitment("c1"),), replaces=(BEGAN[2].digest,)),
    event_redacted(BEGAN[4]),
    after=BEGAN,
)
APART = history(
    meeting_held("m3"), meeting_held("m1", title="Another thing"), event_corrected("m3", title="Said twice"),
    after=BEGAN, at=NOON + timedelta(minutes=9), writer="embassy",
)  # fmt: skip


def read(folder: Path) -> tuple[list[str], list[str]]:
    """Return the lines of the list, and what is wrong."""
    done = subprocess.run([sys.executable, "-I", READER, folder], capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == bool(done.stderr.strip())
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines(), done.stderr.splitlines()


def by_the_program(folder: Path) -> list[str]:
    state = project(load(FolderStore(folder)).recorded)
    lines = []
    for id_, meeting in state.meetings.items():
        lines.append(f"{id_}  {meeting.held.title}")
        lines += [f"  {one.id}  {one.say}" for one in meeting.held.points]
        lines += [f"  {c.commitment.id}  {c.commitment.say} ({c.commitment.status})" for c in state.commitments if c.meeting.id == id_]
    return lines


def written(folder: Path, *logs: Sequence[Recorded]) -> Path:
    folder.mkdir()
    publish(FolderStore(folder), [one.event for log in logs for one in log])
    return folder


def test_the_record_that_ships_reads_as_the_program_reads_it_and_nothing_is_wrong() -> None:
    lines, wrong = read(sample_events_dir())

    assert lines == by_the_program(sample_events_dir())
    assert len(lines) > 25
    assert wrong == []


@pytest.mark.parametrize("folder", sorted((Path(__file__).parent / "golden").glob("*/events")), ids=lambda folder: folder.parent.name)
def test_every_golden_record_reads_as_the_program_reads_it(folder: Path) -> None:
    lines, wrong = read(folder)

    assert lines == by_the_program(folder)
    assert wrong == []


def test_corrections_retractions_redactions_replacements_and_collisions_read_as_the_program_reads_them(tmp_path: Path) -> None:
    folder = written(tmp_path / "events", BEGAN, AMENDED, APART)
    lines, wrong = read(folder)

    assert lines == by_the_program(folder)
    assert "  p2  Coal and oil." in lines
    assert "m3  Said twice" in lines
    assert any("~" in line for line in lines)
    assert wrong == []


def test_every_file_that_is_wrong_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "events"
    shutil.copytree(sample_events_dir(), folder)
    first, second, third, fourth, *_ = sorted(folder.rglob("*.json"))
    first.chmod(0o644)
    first.write_bytes(first.read_bytes().replace(b"Misri", b"Mishri", 1))
    second.unlink()
    third.rename(third.with_name(third.name.replace("Z-", "Z-fact-")))
    fourth.rename(fourth.with_name(fourth.name + " (1)"))
    kinds = {line.partition(":")[0] for line in read(folder)[1]}

    assert kinds == {"altered", "missing parent", "misnamed", "stray", "quotation"}


def test_a_reader_that_passed_corrections_over_would_be_seen(tmp_path: Path) -> None:
    folder = written(tmp_path / "events", BEGAN, history(event_corrected("m1", title="Coal"), after=BEGAN))
    wrong_reader = tmp_path / "reader.py"
    wrong_reader.write_text(READER.read_text(encoding="utf-8").replace('place[last] = change["value"]', "pass"), encoding="utf-8")
    done = subprocess.run([sys.executable, wrong_reader, folder], capture_output=True, text=True, check=True, encoding="utf-8")

    assert done.stdout.splitlines() != by_the_program(folder)


def test_it_has_sixty_lines_and_needs_nothing_of_ours() -> None:
    text = READER.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 60
    assert "briefing" not in text
    assert max(map(len, text.splitlines())) <= 120
