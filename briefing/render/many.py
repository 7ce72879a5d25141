"""Many papers, in several processes where there are: the same bytes in any number of them.

What sets them is an `Executor`, so that it can as well be one that has other machines.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

from briefing.errors import OutputFailed
from briefing.notes.note import Note
from briefing.render import loaded, render

SMALL = 4
"""A set of fewer papers is made in one process: a second one would be as long in coming."""

SLOW = frozenset({"pdf", "docx"})
"""Formats that are worth a process."""


def render_many(
    notes: Sequence[Note], format_: str, templates: Path | None, *,
    executor: Executor | None = None, progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> list[bytes]:  # fmt: skip
    """Return the papers as bytes, in their order; without an executor one after the other.

    Raises what the first paper that fails raises, and `OutputFailed` where a process dies: there are all or none.
    """
    found: list[bytes] = []
    try:
        for data in _each(notes, format_, templates, executor):
            found.append(data)
            progress(len(found), len(notes))
    except BrokenProcessPool as fault:
        raise OutputFailed(
            f"a process that makes papers was stopped from outside, {len(found)} of {len(notes)} were made",
            hint="nothing was written; where memory is short, workers = 1 makes them one after the other",
        ) from fault
    return found


def _each(notes: Sequence[Note], format_: str, templates: Path | None, executor: Executor | None) -> Iterable[bytes]:
    """Yield the papers; when one fails, those that wait are not begun any more."""
    if executor is None:
        return map(render, notes, repeat(format_), repeat(templates))
    return executor.map(render, notes, repeat(format_), repeat(templates))


def executor(papers: int, format_: str, *, workers: int) -> Executor | None:
    """Return what makes so many papers in so many processes; None where they are made sooner in this one."""
    if workers < 2 or papers < SMALL or format_ not in SLOW:
        return None
    loaded(format_)
    _load(format_)
    method = "fork" if sys.platform == "linux" else None
    return ProcessPoolExecutor(min(workers, papers), mp_context=get_context(method), initializer=_uninterrupted)


def _uninterrupted() -> None:
    """Leave an interruption to the process that waits: it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _load(format_: str) -> None:
    """Load what the format needs before there are other processes: a copy has it, and the folder for fontconfig."""
    if format_ == "pdf":
        from briefing.render.pdf import engine
        from briefing.render.system import only_our_fonts

        engine()
        with only_our_fonts():
            pass
    else:
        from importlib import import_module

        import_module("briefing.render.docx_finish")
        import_module("docxtpl")
