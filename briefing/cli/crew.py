"""Who does long work: this process, several of this machine, or the cluster that `--cluster` names.

`workers` (`BRIEFING_WORKERS`) is the number of processes here, `cluster` (`BRIEFING_CLUSTER`) a scheduler's address.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from briefing.errors import UsageProblem

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from briefing.cli.house import House
    from briefing.executors import Crew
    from briefing.store.address import EventStore

MANY = 4_000
"""Files of fewer events are read in one process: others would be as long in coming."""


def crew(house: House, store: EventStore) -> Crew:
    """Return what opens the processes that read the files of a store, given how many there are."""
    from briefing.executors import alone, cluster, processes
    from briefing.store.folder import FolderStore

    def open_(things: int) -> AbstractContextManager[Executor | None]:
        if address := house.setting("cluster"):
            return cluster(address, store.seen)
        count = workers(house)
        if things < MANY or count < 2:
            return alone(things)
        return processes(count, afresh=not isinstance(store, FolderStore))

    return open_


def workers(house: House) -> int:
    """Return how many processes there are to be: as set, else one for each core that this process may use."""
    said = house.setting("workers")
    if not said:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not said.isdecimal() or not 1 <= int(said) <= 64:
        raise UsageProblem(f"workers = {said} is no number of processes", hint="1 to 64; without it one for each core")
    return int(said)
