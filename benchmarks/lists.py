"""What is asked every day of a record that is in use: lists, one thing, a search; and the next command after an append.

Whole processes, warm, against the same on a record of the typical agency's own events. Then what the next command
costs more: after this program appended one meeting, and after a file was copied into a month that is full. That is
measured without the start of the program, which is many times as long (see `inside`), as the difference of the
shortest runs.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import time

import inside
from measure import BRIEFING, OUTPUT, ROOT, Side, always, at_most, cpu, forked, load, medians, over, told
from records import copied
from world import TYPICAL

from briefing.codec import decode
from briefing.store.append import publish
from briefing.store.folder import FolderStore

DRAFT = ROOT / "docs/examples/meeting.yaml"
LIST = ["list", "meetings", "--agency", TYPICAL]
BACK = "a hundred events back"
"""Stands for a digest in what is asked."""
ASKED: dict[str, list[str]] = {
    "list-meetings": LIST,
    "list-events": ["list", "events", "--agency", TYPICAL],
    "list-agencies": ["list", "agencies"],
    "show": ["show", TYPICAL],
    "owner": ["commitments", "--owner", TYPICAL, "--format", "md", "-o", "-"],
    "tracker": ["commitments", "--agency", TYPICAL, "--format", "md", "-o", "-"],
    "overdue-agency": ["commitments", "--overdue", "--agency", TYPICAL, "--format", "md", "-o", "-"],
    "search": ["search", TYPICAL, "--agency", TYPICAL],
    "changes": ["changes", "--since", BACK],
}
_COARSE = 10
"""Seconds: much more than the time after which a folder that has not changed is at rest."""
LIMIT = 1.3
ALLOWED = Side("allowed", 0.020)
CHANGES = 7
"""Changes of a kind, after each of which the next command is measured."""


def main(sizes: tuple[int, ...] = (20_000, 100_000), runs: int = 2) -> int:
    """Print the lines of each size and return 1 when a goal is missed."""
    OUTPUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUTPUT) as folder:
        os.environ["BRIEFING_CACHE_DIR"] = f"{folder}/cache"
        goals = [goal for size in sizes for goal in _measure(Path(folder), size, runs)]
    print(f"load {load()}")
    return 0 if all(goals) else 1


def _measure(folder: Path, size: int, runs: int) -> list[bool]:
    whole = copied(folder / f"whole-{size}", size)
    own = copied(folder / f"own-{size}", size, only=TYPICAL)
    first = cpu(_on(whole, ["search", TYPICAL]))
    cpu(_on(own, ["search", TYPICAL]))
    again, common = medians([always("", _on(whole, words)) for words in (["search", TYPICAL], ["search", "the"])],
                            runs=runs, ran=True)  # fmt: skip
    told(f"search-first-{size}", Side("first search, with index and words", first), Side("the next", again))
    told(f"search-common-{size}", Side("a word in most events", common), Side("a rarer one", again))
    words = ["append", str(DRAFT), "--new", "--dry-run", "--by", "a benchmark"]
    one, alone = medians([always("", _on(record, words)) for record in (whole, own)], runs=runs)
    told(f"append-one-{size}", Side("append, of one meeting", one), Side("to a record of its own", alone))
    goals = [_asked(f"{name}-{size}", words, (whole, own), runs) for name, words in ASKED.items()]
    return [*goals, *_next(whole, size)]


def _on(record: Path, words: list[str]) -> list[str]:
    """Return a command on a record."""
    return [BRIEFING, *_of(record, words)]


def _of(record: Path, words: list[str]) -> list[str]:
    return ["-C", str(record), *(_back(record) if word == BACK else word for word in words)]


def _back(record: Path) -> str:
    """Return the event that lies a hundred events back."""
    return sorted((record / "events").rglob("*.json"), key=lambda path: path.name)[-101].stem[-64:]


def _asked(name: str, words: list[str], records: tuple[Path, Path], runs: int) -> bool:
    whole, own = medians([always("", _on(record, words)) for record in records], runs=runs, ran=True, doubt=over(LIMIT))
    return at_most(LIMIT, name, Side(" ".join(words), whole), Side("on a record of its own", own))


def _next(record: Path, size: int) -> list[bool]:
    """Measure the next command after something came in."""
    inside.said(_of(record, LIST))
    inside.cpu(_of(record, ["append", str(DRAFT), "--new", "--by", "a benchmark"]))
    month = max((path for path in (record / "events").iterdir()), key=lambda path: len(list(path.iterdir())))

    def again(run: int) -> None:
        draft = DRAFT.read_text(encoding="utf-8").replace("Preparatory talks", f"Talks {run}")
        (record / "again.yaml").write_text(draft.replace("12 June", f"{run + 1} August"), encoding="utf-8")
        inside.cpu(_of(record, ["append", str(record / "again.yaml"), "--new", "--by", "a benchmark"]))

    def came(run: int) -> None:
        twin = decode(max(month.glob("*-meeting-held-*")).read_bytes()).model_copy(update={"nonce": f"{run:032x}"})
        publish(FolderStore(record / "events"), [twin])

    return [
        at_most(1, f"after-append-{size}", Side("the next command, more", _more(record, again)), ALLOWED),
        at_most(1, f"after-copy-{size}", Side("the next command, more", _more(record, came)),
                Side(f"allowed, and listing {len(list(month.iterdir()))} files", ALLOWED.seconds + _listing(month))),
    ]  # fmt: skip


def _more(record: Path, change: Callable[[int], None]) -> float:
    """Return how much more a command takes right after a change than once the change is known, and past.

    For two seconds after a change its month is listed each time: here it is made older, which takes no waiting.
    """
    after, known = [], []
    for run in range(CHANGES):
        change(run)
        after.append(inside.cpu(_of(record, LIST)))
        for month in (record / "events").iterdir():
            if time() - (changed := month.stat().st_mtime) < _COARSE:
                os.utime(month, (changed - _COARSE, changed - _COARSE))
        inside.cpu(_of(record, LIST))  # takes the listing for good
        known.append(inside.cpu(_of(record, LIST)))
    return max(min(after) - min(known), 0.0001)


def _listing(month: Path) -> float:
    def listing() -> None:
        for entry in os.scandir(month):
            entry.stat(follow_symlinks=False)

    def nothing() -> None:
        pass

    listed, start = (min(forked(work).seconds for _ in range(CHANGES)) for work in (listing, nothing))
    return max(listed - start, 0)


if __name__ == "__main__":
    sys.exit(main(*[tuple(map(int, sys.argv[1:]))] if sys.argv[1:] else ()))
