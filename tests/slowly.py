"""Work that goes on until it is told to end, or ends its process, where other processes can import it."""

from __future__ import annotations

import os
from pathlib import Path
from time import sleep


def held(folder: Path, number: int) -> tuple[int, int]:
    """Note the process that does the work, wait until there is a file `go`, and return a number and the process."""
    (folder / str(os.getpid())).touch()
    while not (folder / "go").exists():
        sleep(0.01)
    return number, os.getpid()


def deadly(_: int) -> None:
    """End the process that does the work."""
    os._exit(9)


class NotIn:
    """What every process but one can load."""

    def __init__(self, process: int) -> None:
        self.process = process

    def __reduce__(self) -> tuple[object, ...]:
        return _not_in, (self.process,)


def _not_in(process: int) -> NotIn:
    if os.getpid() == process:
        raise ModuleNotFoundError("No module named 'obstore'")
    return NotIn(process)
