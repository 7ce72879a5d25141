"""Full verify of made-up records: events a second, and the share of it that is reading and hashing alone."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from generate import generate
from measure import OUTPUT, Side, load, told

from briefing.store.folder import FolderStore
from briefing.store.verify import verify


def main(sizes: tuple[int, ...] = (10_000, 100_000)) -> int:
    """Print a line for each size; there is no goal to miss."""
    OUTPUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUTPUT) as folder:
        for size in sizes:
            generate(Path(folder) / f"{size}", events=size)
            _measure(FolderStore(Path(folder) / f"{size}" / "events"), size)
    print(f"load {load()}")
    return 0


def _measure(store: FolderStore, size: int) -> None:
    begun = process_time()
    for name in sorted(store.names()):
        hashlib.sha256(store.read(name)).hexdigest()
    read = process_time()
    survey = verify(store, now=datetime.now(UTC))
    done = process_time()
    if survey.findings or len(survey.known) != size:
        sys.exit(f"the record is not what it should be: {survey.findings[:3]}")
    whole, bare = done - read, read - begun
    told(f"verify-{size}", Side("verify", whole), Side("reading and hashing alone", bare),
         f"; {size / whole:,.0f} events a second, {bare / whole:.0%} of it reading and hashing")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(*[tuple(map(int, sys.argv[1:]))] if sys.argv[1:] else ()))
