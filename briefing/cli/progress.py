"""How far long work is: on a terminal, for work over a second, and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with how many are done, of how many."""


def progress(things: str) -> Progress:
    """Return what shows how many of some things are done, and wipes that away with the last."""
    from time import monotonic

    if not sys.stderr.isatty():
        return lambda _done, _of: None
    begun = shown = monotonic()

    def show(done: int, of: int) -> None:
        nonlocal shown
        now = monotonic()
        if done == of and shown > begun:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
        elif now - max(shown, begun + 0.8) > 0.2:
            print(f"\r{done:,} of {of:,} {things}", end="", file=sys.stderr, flush=True)
            shown = now

    return show
