"""From validated bytes to a folded state, against replay by `eventsourcing`, in one process.

Ours makes every event of its bytes, as when an index vouches for them, and folds it; `fold-anew` proves the
bytes as well. The library's notification log yields the stored fields, neither validated nor folded; its
`repository.get` makes one aggregate after another. Beancount loads as many entries, for reference.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from measure import OUTPUT, Side, at_least, at_rest, load, rounds, told
from peer import Peer
from records import kept

from briefing.codec import decode, parse_name
from briefing.events import Recorded
from briefing.projector import project
from briefing.store.folder import FolderStore


def main(size: int = 4_000, times: int = 7) -> int:
    """Print the lines and return 1 when a goal is missed."""
    OUTPUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUTPUT) as name:
        folder = Path(name)
        store = FolderStore(kept(size) / "events")
        files = {parsed.digest: store.read(one) for one in store.names() if (parsed := parse_name(one))}
        peer = Peer(folder / "peer.db")
        ids = peer.record(*map(decode, files.values()))
        ledger = _ledger(folder, size)
        turns = [
            lambda: _fold(files, proven=True), lambda: _replay(peer), lambda: _get(peer, ids[: size // 4]),
            lambda: _fold(files, proven=False), ledger,
        ]  # fmt: skip
        ours, log, get, anew, entries = rounds(turns, times=times)
        peer.close()
    us = Side(f"briefing, {size:,} events", ours)
    goals = (
        at_least(0.75, "fold-log", us, Side("eventsourcing notification log", log)),
        at_least(3, "fold-get", us, Side("eventsourcing repository.get", get * 4)),
    )
    told("fold-anew", Side("first reading", anew), us)
    told("fold-beancount", us, Side("beancount, as many entries", entries), f"; load {load()}")
    return 0 if all(goals) else 1


def _fold(files: dict[str, bytes], *, proven: bool) -> None:
    with at_rest():
        project([Recorded(own, decode(data, proven=proven, of_many=True)) for own, data in files.items()])


def _replay(peer: Peer) -> None:
    with at_rest():
        list(peer.replay())


def _get(peer: Peer, ids: list[Any]) -> None:
    with at_rest():
        for one in ids:
            peer.repository.get(one)


def _ledger(folder: Path, size: int) -> Any:
    """Return what loads a ledger of so many transactions with two postings each."""
    from beancount import loader

    loader.initialize(use_cache=False)

    lines = ["2016-01-01 open Assets:Cash", "2016-01-01 open Expenses:Travel"]
    for n in range(size):
        lines += [f'2020-{n % 12 + 1:02}-{n % 28 + 1:02} * "Agency {n % 40}" "Both sides reviewed progress on {n}"',
                  f"  Expenses:Travel  {n % 97 + 1}.00 EUR", "  Assets:Cash"]  # fmt: skip
    file = folder / "ledger.beancount"
    file.write_text("\n".join(lines) + "\n")
    return lambda: loader.load_file(str(file))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
