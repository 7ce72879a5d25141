"""Every system call that `briefing append` makes on its record, killed, failed with EIO and failed with ENOSPC.

`python -m tests.store.fault_matrix` prints what was observed; docs/faults.md keeps it.
"""

from __future__ import annotations

import platform
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from briefing.store.folder import FolderStore
from briefing.store.log import load
from briefing.store.port import is_temporary
from briefing.store.verify import verify
from tests.store.tracing import Made, Place, Ran, Shim, Tracer, appended, in_child, tracer

FAULTS = ("KILL", "EIO", "ENOSPC")
FIRST = "fact: Steel is dear.\nwhen: 2 March 2026\nnotes: Third Secretary\n"
ONE = FIRST.replace("Steel", "Coal")
SEVERAL = """\
meeting: Talks on coal
when: 3 March 2026
agency: Treasury
with: [Jane Doe]
notes: Third Secretary
points:
  - say: Coal was discussed.
"""
"""One draft that comes to three events: the agency, the person and the meeting."""
RECORDS = {"one event behind another": (FIRST, ONE), "several events, the first of a record": ("", SEVERAL)}
TRIES = 60
"""A process may make a call more or less before it comes to the record; then the calls are counted anew."""


@dataclass(frozen=True)
class Seen:
    """What was observed of one call and one fault; `broken` are the promises that did not hold."""

    place: Place
    fault: str
    code: int
    there: int
    broken: tuple[str, ...]

    def __str__(self) -> str:
        said = "killed" if self.code == -signal.SIGKILL else f"exit {self.code}"
        return f"{said}, {self.there} on record" + "".join(f"; **{one}**" for one in self.broken)


def matrix(
    folder: Path, record: str, *, by: Tracer | None = None, faults: Sequence[str] = FAULTS, calls: Collection[str] = ()
) -> list[Seen]:
    """Return what was observed of each call of an append with each fault, and of the same command once more."""
    by = by or tracer()
    began = make(folder / "began", *RECORDS[record])
    clean = copied(began, folder / "clean")
    assert in_child(clean) == 0
    wanted = said(clean)
    places = [one for one in by.places(copied(began, folder / "dry")) if not calls or one.call in calls]
    assert places
    return [tried(by, began, folder / "tried", place, fault, wanted) for place in places for fault in faults]


def tried(by: Tracer, began: Path, folder: Path, place: Place, fault: str, wanted: Counter[str]) -> Seen:
    """Append with one fault and look, append again and look again."""
    workspace, (code, first) = struck(by, began, folder, place, fault)
    before = load(FolderStore(began / "events")).recorded
    log = load(FolderStore(workspace / "events"))
    broken = [
        name
        for name, holds in {
            "an event is torn": all(is_temporary(one.name) for one in log.findings),
            "an older event is lost": log.recorded[: len(before)] == before,
            f"it ended with {code}": code in (0, 74, -signal.SIGKILL),
            "success was said, and not all is there": code != 0 or said(workspace) == wanted,
            "success was said, and not all is synced": code != 0 or lasts(first),
        }.items()
        if not holds
    ]
    again, second = Shim().run(workspace)
    found = verify(FolderStore(workspace / "events"), now=datetime.now(UTC)).findings
    if again != 0 or said(workspace) != wanted or not all(is_temporary(one.name) for one in found):
        broken.append("a retry does not heal")
    elif not lasts([*first, *second]):
        broken.append("a retry says success, and not all is synced")
    return Seen(place, fault, code, len(log.recorded) - len(before), tuple(broken))


def struck(by: Tracer, began: Path, folder: Path, place: Place, fault: str) -> tuple[Path, Ran]:
    """Return a workspace in which the fault befell the very call that was meant, and how the command ended."""
    meant, made = place, []
    for _ in range(TRIES):
        workspace = copied(began, folder)
        code, made = by.run(workspace, meant, fault)
        if [n for n, one in enumerate(made) if one.struck] == [place.number] and str(made[place.number]) == place.says:
            return workspace, (code, made)
        meant = by.places(copied(began, folder))[place.number]
    raise AssertionError(f"no fault befell {place}, last meant as {meant}: {[*map(str, made)]}")


def lasts(calls: Sequence[Made]) -> bool:
    """Tell whether all that was linked outlives a loss of power: its bytes synced before, its folders after."""
    synced: set[str] = set()
    due: set[str] = set()
    for one in (one for one in calls if one.done):
        if one.call == "fsync":
            synced.add(one.subject)
            due.discard("events" if one.subject == "events" else "month")
        elif one.call == "write":
            synced.discard(one.subject)
        elif one.call.startswith(("link", "rename")):
            if one.subject not in synced:
                return False
            due.add("month")
        elif one.call.startswith("mkdir"):
            due.add("events")
    return not due


def said(workspace: Path) -> Counter[str]:
    """Return the types and ids on record, each as often as it is there."""
    recorded = load(FolderStore(workspace / "events")).recorded
    return Counter(f"{one.event.type} {getattr(one.event, 'id', '')}" for one in recorded)


def make(folder: Path, first: str, draft: str) -> Path:
    """Make a workspace with one event on record, or none, and a draft."""
    workspace = folder / "workspace"
    (workspace / "events").mkdir(parents=True)
    (workspace / "briefing.toml").write_text('recorded_by = "desk"\n', encoding="utf-8")
    if first:
        (workspace / "draft.yaml").write_text(first, encoding="utf-8")
        assert in_child(workspace) == 0
    (workspace / "draft.yaml").write_text(draft, encoding="utf-8")
    return workspace


def copied(workspace: Path, folder: Path) -> Path:
    """Return a copy of a workspace in a folder that is emptied for it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(workspace, folder / "workspace")
    return folder / "workspace"


def warm(folder: Path) -> None:
    """Import here what the command imports, so that the processes that are begun from this one have it."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        assert appended(make(folder, "", SEVERAL)) == 0


# ── the table ─────────────────────────────────────────────────────────────────────────────────


def table(seen: Sequence[Seen]) -> str:
    """Return what was observed as a Markdown table: a line for each call, a column for each fault."""
    counts: Counter[str] = Counter()
    lines = ["| call | n | " + " | ".join(FAULTS) + " |", "|---|---|" + "---|" * len(FAULTS)]
    for place in dict.fromkeys(one.place for one in seen):
        counts[place.says] += 1
        told = {one.fault: str(one) for one in seen if one.place == place}
        lines.append(f"| {place.says} | {counts[place.says]} | " + " | ".join(told[fault] for fault in FAULTS) + " |")
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as name:
        warm(Path(name) / "warm")
        for n, record in enumerate(RECORDS):
            print(f"## {record.capitalize()}\n\n{table(matrix(Path(name) / str(n), record))}\n")
    machine = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    print(f"Observed through {tracer().name} on {machine}.")


if __name__ == "__main__":
    main()
