"""Full verify of made-up records: events a second, the share of it that is reading and hashing, and its memory.

`briefing verify` is a whole process here, the only one of its kind (`BRIEFING_WORKERS=1`).
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from time import process_time

from measure import BRIEFING, Side, load, told, under, used
from records import kept

from briefing.store.folder import FolderStore

MEMORY = 300_000_000
"""Bytes that it may need, on any record: it streams."""


def main(sizes: tuple[int, ...] = (10_000, 100_000)) -> int:
    """Print the lines of each size and return 1 when one needs too much memory."""
    os.environ["BRIEFING_WORKERS"] = "1"
    goals = [_measure(kept(size), size) for size in sizes]
    print(f"load {load()}")
    return 0 if all(goals) else 1


def _measure(record: Path, size: int) -> bool:
    store = FolderStore(record / "events")
    begun = process_time()
    for name in sorted(store.names()):
        hashlib.sha256(store.read(name)).hexdigest()
    bare = process_time() - begun
    whole = used([BRIEFING, "-C", str(record), "verify"])  # which ends with 1 where anything is found
    told(f"verify-{size}", Side("verify", whole.seconds), Side("reading and hashing alone", bare),
         f"; {size / whole.seconds:,.0f} events a second")  # fmt: skip
    return under(MEMORY, f"memory-verify-{size}", "verify", whole.peak)


if __name__ == "__main__":
    sys.exit(main(*[tuple(map(int, sys.argv[1:]))] if sys.argv[1:] else ()))
