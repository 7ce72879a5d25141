"""Eight commands at once on one record: all is there, nothing twice, and it is whole at every moment."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.projector import project
from briefing.store.folder import FolderStore
from briefing.store.log import load
from briefing.store.verify import verify
from tests.cli.workspaces import CALL, ROOT

WRITERS = 8
OWN = "fact: Steel is dear, says writer {n}.\nwhen: 2 March 2026\nnotes: Writer {n}\n"
SHARED = "meeting: Talks on steel\nwhen: 2 March 2026\nagency: Treasury\nwith: [Jane Doe]\nnotes: Third Secretary\npoints:\n  - say: Steel was discussed.\n"
"""Named by every writer at once, with an agency and a person that none of them finds on record."""


def append(workspace: Path, draft: Path, *, shim: str = "", stdin: int = subprocess.DEVNULL) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", f"{shim}\n{CALL}", "-C", str(workspace), "append", str(draft), "--new"]
    return subprocess.Popen(
        command, cwd=ROOT, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )  # fmt: skip


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    (tmp_path / "events").mkdir()
    (tmp_path / "briefing.toml").write_text('recorded_by = "desk"\n', encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_eight_writers_at_once_lose_nothing_double_nothing_and_leave_a_whole_record(empty: Path) -> None:
    store = FolderStore(empty / "events")
    printed: list[str] = []
    for text in (OWN, SHARED):
        drafts = [empty / f"draft-{n}.yaml" for n in range(WRITERS)]
        for n, draft in enumerate(drafts):
            draft.write_text(text.format(n=n), encoding="utf-8")
        writers = [append(empty, draft) for draft in drafts]
        while any(writer.poll() is None for writer in writers):
            assert {one.kind for one in load(store).findings} <= {"missing parent"}
        for writer in writers:
            out, err = writer.communicate()
            assert writer.returncode == 0, err
            printed += [line.split()[0] for line in out.splitlines()]

    log = load(store)
    assert sorted(one.digest[:12] for one in log.recorded) == sorted(printed)
    state = project(log.recorded)
    assert sorted(fact.stated.say for fact in state.facts.values()) == [f"Steel is dear, says writer {n}." for n in range(WRITERS)]
    assert (len(state.meetings), len(state.agencies), len(state.people)) == (1, 1, 1)
    assert state.collisions == ()
    assert set(log.heads) <= {one.digest for one in log.recorded}
    assert verify(store, now=datetime.now(UTC)).findings == ()
    assert log.recorded == tuple(sorted(log.recorded, key=lambda one: one.at))


BROKEN = """
import os
from pathlib import Path
from briefing.store.folder import FolderStore

def publish(self, target, data):
    with Path(target).open("wb") as file:
        file.write(data[: len(data) // 2])
        file.flush()
        os.read(0, 1)
        file.write(data[len(data) // 2 :])

FolderStore._publish = publish
"""
"""Leaves each file half written until somebody closes its input."""


def test_writers_that_write_in_place_are_seen(empty: Path) -> None:
    draft = empty / "draft.yaml"
    draft.write_text(SHARED, encoding="utf-8")
    writer = append(empty, draft, shim=BROKEN, stdin=subprocess.PIPE)
    seen: set[str] = set()
    while writer.poll() is None and "altered" not in seen:
        seen |= {one.kind for one in load(FolderStore(empty / "events")).findings}
    _, said = writer.communicate()

    assert writer.returncode == 0, said
    assert "altered" in seen
