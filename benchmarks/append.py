"""Durable appends in one long process, one commit a meeting, against `eventsourcing` and a bare SQLite insert.

All sides make the same pydantic model of the same meeting. Ours links it to the one before by digest
and writes, syncs and publishes a file; no index is kept.

`append.py FOLDER` works there, not in output/: on ext4 a new file costs up to 1 ms more, for some five
minutes, where thousands of files were deleted nearby, since inodes given back lately are passed over.
"""

from __future__ import annotations

import gc
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from measure import OUTPUT, Side, at_least, below, load, rounds, told
from peer import Peer
from world import World

from briefing.codec import digest, encode
from briefing.events import MeetingHeld
from briefing.pen import Pen
from briefing.store.append import publish
from briefing.store.folder import FolderStore

Say = Callable[[dict[str, Any]], None]
EACH = 10
"""Meetings a side puts on record before the next side has its turn."""
ROUNDS = 40
GOAL = 0.8


def main() -> int:
    """Print the lines and return 1 when appends are slower than the goal."""
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place) as folder:
        peer = Peer(Path(folder) / "peer.db")
        sides = (_ours(Path(folder)), _theirs(peer), _bare(Path(folder) / "bare.db"))
        payloads = meetings()
        turns = [partial(_turn, say, payloads) for say in sides]
        gc.freeze()  # what is loaded: rounds are short, and the collector runs before each turn
        taken = rounds(turns, times=ROUNDS, clock=perf_counter, doubt=below(GOAL))
        ours, theirs, bare = (one / EACH for one in taken)
        print(f"eventsourcing writes with PRAGMA synchronous = {peer.synchronous} (2 is FULL); load {load()}")
        peer.close()
    ours, theirs = Side("briefing", ours), Side("eventsourcing on SQLite", theirs)
    ok = at_least(GOAL, "append-rate", ours, theirs)
    told("append-sqlite", ours, Side("bare SQLite insert, WAL, FULL", bare))
    return 0 if ok else 1


def meetings() -> Iterator[dict[str, Any]]:
    """Yield what meetings say, drawn beforehand, without end."""
    happenings = World(20_000, seed=7).tell(lambda: date(2026, 3, 1))
    drawn = [one.payload for one in islice(happenings, 2_000) if one.kind is MeetingHeld]
    yield from cycle(drawn)


def _turn(say: Say, payloads: Iterator[dict[str, Any]]) -> None:
    for payload in islice(payloads, EACH):
        say(payload)


def _ours(folder: Path) -> Say:
    (folder / "events").mkdir()
    store = FolderStore(folder / "events")
    chance = Random(1)
    pen = Pen(by="Desk", now=datetime.now(UTC), newest=None, heads=(), nonce=lambda: f"{chance.getrandbits(128):032x}")

    def say(payload: dict[str, Any]) -> None:
        pen.now = datetime.now(UTC)
        written = pen.write(MeetingHeld, origin="draft:benchmark", **payload)
        publish(store, [written.event])

    return say


def _model(payload: dict[str, Any]) -> MeetingHeld:
    return MeetingHeld(schema_=1, recorded_at=datetime.now(UTC), recorded_by="Desk", origin="draft:benchmark",
                       nonce="0" * 32, **payload)  # fmt: skip


def _theirs(peer: Peer) -> Say:
    def say(payload: dict[str, Any]) -> None:
        peer.record(_model(payload))

    return say


def _bare(file: Path) -> Say:
    base = sqlite3.connect(file, isolation_level=None)
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=FULL")
    base.execute("CREATE TABLE events (digest TEXT PRIMARY KEY, data BLOB)")

    def say(payload: dict[str, Any]) -> None:
        data = encode(_model(payload))
        base.execute("INSERT INTO events VALUES (?, ?)", (digest(data), data))

    return say


if __name__ == "__main__":
    sys.exit(main())
