"""What a command takes by itself: it runs in a fork of this process, which has loaded the program before.

Loading takes a quarter of a second, as long as many a command works on a record of thousands: whatever a part wants
to know of the work would drown in it. A fork begins as every process does, and nothing that it keeps outlives it.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout

from measure import unmeasured

os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # as the program has it

from briefing.cli.main import call


def load(arguments: Sequence[str]) -> None:
    """Run a command here, so that what it needs is loaded; to be called with a small record."""
    with _silent():
        _done(call(list(arguments)), arguments)
    gc.unfreeze()  # what the command lets be until its process ends
    gc.collect()
    gc.freeze()  # what is loaded: a fork that looked through it would get a copy of each page


def said(arguments: Sequence[str]) -> str:
    """Run a command here and return what it prints."""
    with redirect_stdout(io.StringIO()) as printed:
        _done(call(list(arguments)), arguments)
    return printed.getvalue()


def cpu(arguments: Sequence[str]) -> float:
    """Run a command in a fork, with its output thrown away; return its user and system time in seconds."""
    sys.stdout.flush()
    if not (fork := os.fork()):
        try:
            with _silent():
                code = call(list(arguments))
            os._exit(code)
        finally:
            os._exit(70)  # whatever happened: what comes behind is the other's
    _, status, usage = os.wait4(fork, 0)
    _done(os.waitstatus_to_exitcode(status), arguments)
    return usage.ru_utime + usage.ru_stime


def _done(code: int, arguments: Sequence[str]) -> None:
    if code:
        unmeasured(f"exit {code}: briefing {' '.join(arguments)}")


@contextmanager
def _silent() -> Iterator[None]:
    """Throw away what is printed, also by what writes to the descriptors themselves."""
    before = [os.dup(stream) for stream in (1, 2)]
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(null, stream)
    try:
        yield
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        for stream, kept in zip((1, 2), before, strict=True):
            os.dup2(kept, stream)
            os.close(kept)
        os.close(null)
