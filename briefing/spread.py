"""Work on many things, one after the other or by an executor's processes: the same results, in the same order.

An `Executor` may have processes of this machine or of others. Few things are under way at once, so that
neither what waits nor what is done piles up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from itertools import islice
from typing import TypeVar

from briefing.errors import WorkersLost

T = TypeVar("T")
R = TypeVar("R")

UNDER_WAY = 32
"""Things that are given to an executor before the first of them is asked for: enough for 16 processes."""


def spread(work: Callable[[T], R], things: Iterable[T], executor: Executor | None) -> Iterator[R]:
    """Yield what some work makes of each thing, in their order; raises what the first that fails raises.

    When one fails, or nobody asks any more, those that wait are not begun. Raises `WorkersLost` where processes
    were stopped from outside and there are no others.
    """
    if executor is None:
        yield from map(work, things)
        return
    waiting: deque[Future[R]] = deque()
    try:
        for thing in things:
            waiting.append(executor.submit(work, thing))
            if len(waiting) >= UNDER_WAY:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except Exception as fault:
        if isinstance(fault, BrokenExecutor | CancelledError):
            raise WorkersLost from fault
        raise
    finally:
        for one in waiting:
            one.cancel()


def portions(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield things in portions of a size, the last as long as it comes."""
    rest = iter(things)
    while portion := list(islice(rest, size)):
        yield portion
