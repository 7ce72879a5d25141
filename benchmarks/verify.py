"""Full verify of made-up records: events a second, the share of it that is reading and hashing, and its memory.

`briefing verify` is a whole process here, the only one of its kind (`BRIEFING_WORKERS=1`).
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path
from time import process_time

from generate import generate
from measure import BRIEFING, OUTPUT, Side, load, told, used

from briefing.store.folder import FolderStore


def main(sizes: tuple[int, ...] = (10_000, 100_000)) -> int:
    """Print a line for each size; there is no goal to miss."""
    OUTPUT.mkdir(exist_ok=True)
    os.environ["BRIEFING_WORKERS"] = "1"
    with tempfile.TemporaryDirectory(dir=OUTPUT) as folder:
        for size in sizes:
            generate(Path(folder) / f"{size}", events=size)
            _measure(Path(folder) / f"{size}", size)
    print(f"load {load()}")
    return 0


def _measure(record: Path, size: int) -> None:
    store = FolderStore(record / "events")
    begun = process_time()
    for name in sorted(store.names()):
        hashlib.sha256(store.read(name)).hexdigest()
    bare = process_time() - begun
    whole = used([BRIEFING, "-C", str(record), "verify"])  # which ends with 1 where anything is found
    told(f"verify-{size}", Side("verify", whole.seconds), Side("reading and hashing alone", bare),
         f"; {size / whole.seconds:,.0f} events a second, {whole.peak / 1e6:,.0f} MB")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(*[tuple(map(int, sys.argv[1:]))] if sys.argv[1:] else ()))
