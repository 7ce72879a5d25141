"""Papers on a record that is in use, whole process, against the record of one agency alone: its page, briefs.

The record of one agency's own events gives the same page (it is compared, as of one day). On both sides the program
has run before, so that its index is there; the busiest agency stands beside the typical one. First
comes the making of the index, against reading and hashing the same files, in one process and in two.

    python benchmarks/warm.py 1000000               # needs 5 GB of disk and a million inodes
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from measure import (
    BRIEFING,
    OUTPUT,
    Side,
    always,
    at_least,
    at_most,
    below,
    forked,
    in_turns,
    load,
    medians,
    over,
    rounds,
    under,
    unmeasured,
    used,
)
from records import copied
from world import BUSIEST, TYPICAL

from briefing.codec import decode, digest
from briefing.events import MeetingPlanned, NoteIssued, NoteSeen
from briefing.executors import Crew, alone, processes
from briefing.paper_events import NoteFile
from briefing.pen import Pen
from briefing.store.append import publish
from briefing.store.folder import FolderStore
from briefing.store.index import Index

PAGE = ["--format", "md", "-o", "-"]
READER = "Minister"
THAT_DAY = ["--as-of", "30 June 2026"]
"""The last day of a record: without it, that of the agency's own newest event ends the period."""
PLAN = f"""\
planned: The next round
when: 14 July 2026
agency: {TYPICAL.capitalize()}
points:
  - say: Ask for a day for the round after it.
"""
SINCE = f"""\
meeting: A call
when: 1 June 2026
agency: {TYPICAL.capitalize()}
notes: Desk
points:
  - say: A day was offered.
"""
OF_THE_RECORD = re.compile(r"^Record [0-9a-f]+|\| As at \|[^|]*\|| \*\*▲ overdue\*\*", re.MULTILINE)
"""What tells the two records apart on a page: the digest, the time of the newest event, what is overdue by then."""


RUNS = 2
INDEX, IN_TWO = 4, 1.3
"""How many times reading and hashing the making of an index may take, and how much faster two processes have to be."""
LARGE = 20_000
"""Events from which the making of an index is measured: of fewer it is the start of the program."""
MEMORY = 300_000_000
"""Bytes that a paper, or the making of an index, may need on any record."""


def main(sizes: tuple[int, ...] = (20_000, 100_000)) -> int:
    """Print the lines of each size and return 1 when a goal is missed."""
    OUTPUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUTPUT) as folder:
        os.environ["BRIEFING_CACHE_DIR"] = f"{folder}/cache"
        goals = [goal for size in sizes for goal in _measure(Path(folder), size)]
    print(f"load {load()}")
    return 0 if all(goals) else 1


def _measure(folder: Path, size: int) -> list[bool]:
    whole = copied(folder / f"whole-{size}", size)
    own = copied(folder / f"own-{size}", size, only=TYPICAL)
    first = _first(FolderStore(whole / "events"), folder / f"first-{size}", size) if size >= LARGE else []
    page, alone, busy = ([BRIEFING, "-C", str(root), "agency", name, *PAGE]
                         for root, name in ((whole, TYPICAL), (own, TYPICAL), (whole, BUSIEST)))  # fmt: skip
    if _shown([*page, *THAT_DAY]) != _shown([*alone, *THAT_DAY]):
        unmeasured("the page of the whole record and that of the agency's own differ")
    lists = [[BRIEFING, "-C", str(root), "list", "meetings", "--agency", TYPICAL] for root in (whole, own)]
    briefs = [_planned(root) for root in (whole, own)]
    for root in (whole, own):
        _seen(root)
    as_small, as_typical = (1.5, 5) if size >= 1_000_000 else (1.3, 3)
    busiest, typical, small = medians([always("", one) for one in (busy, page, alone)], runs=RUNS, ran=True,
                                      doubt=lambda of: over(as_typical)(of[:2]) or over(as_small)(of[1:]))  # fmt: skip
    listed, listed_small = medians([always("", one) for one in lists], runs=RUNS, ran=True, doubt=over(as_small))
    # a brief takes seconds: one run of each tells, where it leaves no doubt
    brief, brief_small = medians([always("", one) for one in briefs], runs=1, ran=True, doubt=over(as_small))
    again = [[*one, "--to", READER] for one in briefs]
    second, second_small = medians([always("", one) for one in again], runs=1, ran=True, doubt=over(as_small))
    beside = "on its own record"
    held = max(used(page).peak, used(busy).peak)
    return [
        *first,
        under(MEMORY, f"memory-{size}", "page of the busiest agency or of the typical one", held),
        at_most(as_small, f"agency-{size}", Side(f"page of {TYPICAL}", typical), Side(beside, small)),
        at_most(as_typical, f"busiest-{size}", Side(f"page of {BUSIEST}", busiest), Side("of a typical one", typical)),
        at_most(as_small, f"brief-{size}", Side(f"brief on {TYPICAL}", brief), Side(beside, brief_small)),
        at_most(as_small, f"brief-again-{size}", Side("for who saw one", second), Side(beside, second_small)),
        at_most(as_small, f"list-{size}", Side("list --agency", listed), Side(beside, listed_small)),
    ]


def _planned(root: Path) -> list[str]:
    """Put a meeting to come on record and return the command that writes its brief."""
    (root / "plan.yaml").write_text(PLAN, encoding="utf-8")
    subprocess.run([BRIEFING, "-C", str(root), "append", str(root / "plan.yaml")], check=True, capture_output=True)
    return [BRIEFING, "-C", str(root), "note", "meeting", "The next round", *PAGE]


def _seen(root: Path) -> None:
    """Put on record that a reader has seen a brief for that meeting, made before a meeting that is told since."""
    newest = max(max((root / "events").iterdir()).iterdir())  # not all names: a child's peak begins with its parent's
    plan = decode(newest.read_bytes())
    assert isinstance(plan, MeetingPlanned)
    pen = Pen(by="a benchmark", now=datetime.now(UTC), newest=plan.recorded_at, heads=[digest(newest.read_bytes())],
              nonce=lambda: secrets.token_hex(16))  # fmt: skip
    issued = pen.write(
        NoteIssued, origin="note:1", paper="meeting", subject=plan.id, title=plan.title, reference="B/1", edition=1,
        to=(READER,), basis=pen.heads[0], heads=pen.heads, template="0" * 64,
        files=(NoteFile(format="md", sha256="0" * 64),),
    )  # fmt: skip
    pen.write(NoteSeen, origin="seen:1", note=issued.digest, reader=READER)
    publish(FolderStore(root / "events"), [one.event for one in pen.written])
    (root / "since.yaml").write_text(SINCE, encoding="utf-8")
    subprocess.run([BRIEFING, "-C", str(root), "append", str(root / "since.yaml")], check=True, capture_output=True)


def _first(store: FolderStore, cache: Path, size: int) -> list[bool]:
    """Compare CPU times in one process, each a fork of this one; those of two processes and one by the wall."""
    held: list[int] = []

    def reading() -> None:
        for name in sorted(store.names()):
            hashlib.sha256(store.read(name)).hexdigest()

    def making(_run: int) -> float:
        found = forked(lambda: _made(store, cache, alone))
        held.append(found.peak)
        return found.seconds

    made, read = in_turns([making, lambda _run: forked(reading).seconds], 1, ran=True, doubt=over(INDEX))
    two, one = rounds([lambda: _made(store, cache, lambda _files: processes(2)), lambda: _made(store, cache, alone)],
                      times=1, ran=True, clock=perf_counter, doubt=below(IN_TWO))  # fmt: skip
    return [
        at_most(INDEX, f"index-{size}", Side("first index", made), Side("reading and hashing alone", read)),
        at_least(IN_TWO, f"index-two-{size}", Side("two processes", two), Side("one", one)),
        under(MEMORY, f"memory-index-{size}", "the index and the names of the files", max(held)),
    ]


def _made(store: FolderStore, cache: Path, crew: Crew) -> None:
    """Make an index where there is none."""
    shutil.rmtree(cache, ignore_errors=True)
    index = Index.open(store, cache, now=datetime.now(UTC), crew=crew)
    if index is None:
        unmeasured("no index could be made")
    index.close()


def _shown(command: list[str]) -> str:
    return OF_THE_RECORD.sub("", subprocess.run(command, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[20_000, 100_000])
    sys.exit(main(tuple(parser.parse_args().sizes)))
