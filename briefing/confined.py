"""What others made is run or read in a process of its own: bounded in time and memory, with no network and no programs.

The sandbox of Jinja keeps a template from the program, but not from going on for ever; a file may be
made to fill the memory of whoever opens it. So a server process makes one process for each job, with
all modules loaded; it costs some hundredths of a second. What comes back is bytes, never objects.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from tempfile import TemporaryDirectory
from typing import Any

from briefing.errors import BriefingError, MissingSystemPart, NoInput, OutputFailed, Refused

LARGEST = 64 << 20
"""Bytes that a job may answer."""

CLOSED = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system")
"""What Python tells of, by the beginning of its name, that no template has any business with."""

RAISED: dict[str, type[BriefingError]] = {
    one.__name__: one for one in (MissingSystemPart, NoInput, OutputFailed, Refused)
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a job may take: seconds of computing (and as many again of waiting), and bytes of memory."""

    seconds: int = 60
    memory: int = 1 << 30


BOUNDS = Bounds()


@dataclass(frozen=True, slots=True)
class Guest:
    """What a process is made for, in the words of its errors."""

    what: str
    process_for: str
    failed: str
    hint: str
    elsewhere: str
    """What to do on a system that has no bounds."""


TEMPLATE = Guest(
    what="the template",
    process_for="a template of your own",
    failed="no paper could be made with this template",
    hint="correct the template, or take it out of the folder: then the one that ships is used",
    elsewhere="make papers from the templates that ship, or on Linux or macOS",
)


def confined(
    job: Callable[..., bytes],
    *arguments: object,
    loading: str | tuple[str, ...],
    bounds: Bounds | None = None,
    guest: Guest = TEMPLATE,
) -> bytes:
    """Return what a job answers; `job` is a function of a module, `loading` what it needs loaded.

    Raises what the job raises where that is one of `RAISED`; `OutputFailed` for anything else that goes
    wrong with it, and when it is stopped at its bounds; `MissingSystemPart` where a system has no bounds.
    """
    bounds = bounds or BOUNDS
    with TemporaryDirectory(prefix="briefing-") as folder:
        work = (job, arguments, bounds, folder, guest)
        modules = (loading,) if isinstance(loading, str) else loading
        answer, exit_code = _answer(_server(modules, guest), work, 2 * bounds.seconds)
    if answer.startswith(b"+"):
        return answer[1:]
    if answer:
        said = json.loads(answer[1:])
        raise RAISED[said["class"]](said["message"], hint=said["hint"])
    raise _stopped(exit_code, bounds, guest)


def _answer(server: ForkServerContext, work: tuple[Any, ...], seconds: float) -> tuple[bytes, int | None]:
    """Return what a process of its own answers, nothing when it has not in time, and how it ended."""
    here, there = server.Pipe(duplex=False)
    child = server.Process(target=_run, args=(there, *work))
    try:
        child.start()
    except (EOFError, OSError) as fault:
        raise OutputFailed(f"no process can be started for {work[-1].process_for}: {fault}") from fault
    there.close()
    answer = b""
    try:
        with suppress(EOFError, OSError):
            answer = here.recv_bytes(LARGEST) if here.poll(seconds) else b""
        if not answer:
            child.join(0.5)  # one that has ended by itself says how
    finally:
        child.kill()
        child.join()
        here.close()
    return answer, child.exitcode


def _stopped(exit_code: int | None, bounds: Bounds, guest: Guest) -> OutputFailed:
    """Return the error for a job that gave no answer: out of time, or out of memory where nothing can catch that."""
    import signal

    if exit_code in (-signal.SIGXCPU, -signal.SIGKILL):
        return OutputFailed(f"{guest.what} takes more than {bounds.seconds} seconds and was stopped", hint=guest.hint)
    what = f"{guest.what} needs more than {bounds.memory >> 20} MB of memory, or broke the program that reads it"
    return OutputFailed(what, hint=guest.hint)


@lru_cache(maxsize=4)
def _server(loading: tuple[str, ...], guest: Guest) -> ForkServerContext:
    """Return the server that jobs are made by, with modules loaded; one that runs already is taken as it is."""
    try:
        import resource  # noqa: F401
    except ImportError:
        raise MissingSystemPart(
            f"this system cannot bound what {guest.process_for} takes", hint=guest.elsewhere
        ) from None
    server = get_context("forkserver")
    server.set_forkserver_preload(["__main__", *loading])
    return server


def _run(
    pipe: Connection,
    job: Callable[..., bytes],
    arguments: tuple[Any, ...],
    bounds: Bounds,
    folder: str,
    guest: Guest,
) -> None:
    """Answer with a job's bytes, or with the error that it raised; `folder` is emptied by who asked."""
    tempfile.tempdir = folder
    close_in(bounds)
    try:
        answer = b"+" + job(*arguments)
    except BriefingError as fault:
        answer = _error(fault)
    except MemoryError:
        what = f"{guest.what} needs more than {bounds.memory >> 20} MB of memory"
        answer = _error(OutputFailed(what, hint=guest.hint))
    except Exception as fault:  # noqa: BLE001 - libraries raise what they like at a file that is odd enough
        what = f"{guest.failed}: {type(fault).__name__}: {fault}"
        answer = _error(OutputFailed(what, hint=guest.hint))
    pipe.send_bytes(answer)


def _error(fault: BriefingError) -> bytes:
    known = next((name for name, one in RAISED.items() if isinstance(fault, one)), OutputFailed.__name__)
    return b"-" + json.dumps({"class": known, "message": fault.message, "hint": fault.hint}).encode()


def close_in(bounds: Bounds) -> None:
    """Bound this process for good: time, memory, files; shut the network, other programs and both outputs."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST, LARGEST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: Any) -> None:
    if event.startswith(CLOSED):
        raise PermissionError(f"{event} is closed to what others made")
