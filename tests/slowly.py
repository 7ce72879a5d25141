"""Work that takes its time, where other processes can import it."""

from __future__ import annotations

import os
from time import sleep


def slowly(number: int) -> tuple[int, int]:
    """Return a number, and the process that did the work."""
    sleep(0.2)
    return number, os.getpid()
