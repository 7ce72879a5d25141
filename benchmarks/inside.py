"""What a command takes by itself: it runs in a fork of this process, which has loaded the program before.

Loading takes a quarter of a second, as long as many a command works on a record of thousands: whatever a part wants
to know of the work would drown in it. A fork begins as every process does, and nothing that it keeps outlives it.
"""

from __future__ import annotations

import gc
import io
import os
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout

from measure import forked, unmeasured

os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # as the program has it

from briefing.cli.main import call


def said(arguments: Sequence[str]) -> str:
    """Run a command here, so that what it needs is loaded; return what it prints. To be asked of a small record."""
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(printed), redirect_stderr(printed):
        code = call(list(arguments))
    printed.seek(0)
    text = printed.read()
    if code:
        unmeasured(f"exit {code}: briefing {' '.join(arguments)}\n{text}")
    gc.unfreeze()  # what the command lets be until its process ends
    gc.collect()
    gc.freeze()  # what is loaded: a fork that looked through it would get a copy of each page
    return text


def cpu(arguments: Sequence[str]) -> float:
    """Run a command in a fork, with its output thrown away; return its user and system time in seconds."""
    return forked(lambda: call(list(arguments))).seconds
