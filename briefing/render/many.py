"""Many papers, in several processes where there are: the same bytes in any number of them.

What sets them is an `Executor`, so that it can as well be one that has other machines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from briefing.errors import OutputFailed, Refused, WorkersLost
from briefing.executors import processes
from briefing.notes.note import Note
from briefing.render import loaded, render
from briefing.render.made import inputs
from briefing.spread import spread

SMALL = 4
"""A set of fewer papers is made in one process: a second one would be as long in coming."""

SLOW = frozenset({"pdf", "docx"})
"""Formats that are worth a process."""


def render_many(
    notes: Sequence[Note], format_: str, templates: Path | None, *,
    executor: Executor | None = None, elsewhere: bool = False,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> list[bytes]:  # fmt: skip
    """Return the papers as bytes, in their order; without an executor one after the other.

    `elsewhere` says that the executor has other machines: these must have the same templates and libraries.
    Raises what the first paper that fails raises, and `OutputFailed` where a process dies: there are all or none.
    """
    found: list[bytes] = []
    paper = _Paper(format_, templates, inputs(format_, templates) if elsewhere else "")
    try:
        for data in spread(paper.made, notes, executor):
            found.append(data)
            progress(len(found), len(notes))
    except WorkersLost as fault:
        what = f"{fault.message}; {len(found)} of {len(notes)} papers were made"
        raise OutputFailed(what, hint=fault.hint) from fault
    return found


class _Paper(NamedTuple):
    """How papers are to be made; `inputs` is what they are made from here, where other machines make them."""

    format_: str
    templates: Path | None
    inputs: str

    def made(self, note: Note) -> bytes:
        """Return a paper; refused where this machine would make other bytes of it than the one that asks."""
        if self.inputs and inputs(self.format_, self.templates) != self.inputs:
            from platform import node

            raise Refused(
                f"the worker {node()} would make other papers: its templates, fonts or libraries are not those here",
                hint="templates lie in a folder that all machines see, under one path; libraries are of one version",
            )
        with _ONE:
            return render(note, self.format_, self.templates)


_ONE = Lock()
"""A worker of a cluster may have several threads; the libraries that set papers are for one."""


def executor(papers: int, format_: str, *, workers: int) -> Executor | None:
    """Return what makes so many papers in so many processes; None where they are made sooner in this one."""
    if workers < 2 or papers < SMALL or format_ not in SLOW:
        return None
    loaded(format_)
    _load(format_)
    return processes(min(workers, papers))


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
        import_module("briefing.render.docx_filling")
