"""The system calls that `briefing append` makes on its record: listed, and one of them made to fail or to end the process.

The command runs in a process of its own, under strace; where tracing is not permitted, the calls that
Python makes are watched by a shim instead.
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import pytest

from briefing.cli.main import call
from tests.store.calls import Calls, Fault

TRACED = "openat,read,getdents64,newfstatat,fstat,write,fsync,fdatasync,close,link,linkat,unlink,unlinkat,mkdir,mkdirat,rename,renameat,renameat2,ftruncate,fchmod"  # fmt: skip
LINE = re.compile(r"(?P<name>\w+)\((?P<arguments>.*)\) += (?P<result>-?\d+|\?)")
PR_SET_PTRACER, ANYONE = 0x59616D61, ctypes.c_ulong(-1)
"""For machines where only a parent may trace."""


@dataclass(frozen=True)
class Made:
    """A call on the record: which, the name of the file it was for, whether it was done, whether a fault befell it."""

    call: str
    subject: str
    done: bool
    struck: bool = False

    def __str__(self) -> str:
        kind = ".tmp-…" if self.subject.startswith(".tmp-") else "EVENT" if self.subject.endswith(".json") else self.subject
        return f"{self.call} {re.sub(r'^[0-9]{4}-[0-9]{2}$', 'MONTH', kind)}"


@dataclass(frozen=True)
class Place:
    """A call of a run that nothing befalls: its number among all on the record, and how the tracer finds it."""

    number: int
    says: str
    call: str
    at: int


Ran = tuple[int, list[Made]]
"""The exit code of a command (negative: the signal that ended it), and its calls on the record."""


class Tracer(Protocol):
    """Runs `briefing append` on a workspace, and lets a fault befall one of its calls."""

    name: str

    def run(self, workspace: Path, place: Place | None = None, fault: str = "") -> Ran: ...

    def places(self, workspace: Path) -> list[Place]: ...


def appended(workspace: Path) -> int:
    return call(["-C", str(workspace), "append", str(workspace / "draft.yaml"), "--new"])


class Child:
    """A process that has begun and stands still until told to go; then it works, and ends with the code of its work."""

    def __init__(self, work: Callable[[], int], told: Path) -> None:
        self.pid = os.fork()
        if self.pid == 0:
            code = 70
            try:
                ctypes.CDLL(None).prctl(PR_SET_PTRACER, ANYONE, 0, 0, 0)
                out = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
                os.dup2(out, 1)
                os.dup2(out, 2)
                sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
                os.kill(os.getpid(), signal.SIGSTOP)
                code = work()
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(code)
        os.waitpid(self.pid, os.WUNTRACED)

    def go(self) -> None:
        os.kill(self.pid, signal.SIGCONT)

    def end(self) -> int:
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def in_child(workspace: Path) -> int:
    """Append in a process of its own, which nothing befalls."""
    child = Child(lambda: appended(workspace), workspace.parent / "told")
    child.go()
    return child.end()


class Strace:
    """Faults from the system itself, through strace."""

    name = "strace"

    def run(self, workspace: Path, place: Place | None = None, fault: str = "") -> Ran:
        code, log = self._traced(workspace, place, fault)
        return code, list(self._made(log, workspace / "events"))

    def _traced(self, workspace: Path, place: Place | None, fault: str) -> tuple[int, list[str]]:
        log = workspace.parent / "strace.log"
        child = Child(lambda: appended(workspace), workspace.parent / "told")
        what = "signal=KILL" if fault == "KILL" else f"error={fault}"
        inject = ["-e", f"inject={place.call}:{what}:when={place.at}"] if place else []
        command = ["strace", "-y", "-s", "0", "-o", str(log), "-e", f"trace={TRACED}", *inject, "-p", str(child.pid)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr is not None
            attached = tracer.stderr.readline()
            child.go()
            code = child.end()
            tracer.stderr.read()
        assert "attached" in attached, attached
        return code, log.read_text(encoding="utf-8").splitlines()

    @staticmethod
    def _made(log: Sequence[str], events: Path) -> Iterator[Made]:
        on_record = re.compile(re.escape(str(events)) + r"[^\">]*")
        for line in log:
            found = LINE.match(line)
            if found and (path := on_record.search(found["arguments"])):
                result = found["result"]
                struck = result == "?" or line.endswith("(INJECTED)")
                yield Made(found["name"], Path(path[0]).name, done=result.isdecimal(), struck=struck)

    def places(self, workspace: Path) -> list[Place]:
        counts: Counter[str] = Counter()
        found: list[Place] = []
        for line in self._traced(workspace, None, "")[1]:
            if match := LINE.match(line):
                counts[match["name"]] += 1
                for made in self._made([line], workspace / "events"):
                    found.append(Place(len(found), str(made), made.call, counts[made.call]))
        return found


class Shim:
    """Faults in the calls that Python makes: opening, writing, syncing, closing, linking, removing, making folders."""

    name = "a shim"

    def run(self, workspace: Path, place: Place | None = None, fault: str = "") -> Ran:
        log = workspace.parent / "calls.log"
        befalls = Fault(place.at, "before", getattr(errno, fault, None)) if place else None

        def work() -> int:
            Calls(pytest.MonkeyPatch(), befalls, log=log)
            return appended(workspace)

        child = Child(work, workspace.parent / "told")
        child.go()
        code = child.end()
        lines = [line.split(" ", 2) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []
        made = [
            Made(name, subject, done=how == "done", struck=place is not None and place.at == n)
            for n, (how, name, subject) in enumerate(lines)
        ]
        return -signal.SIGKILL if code == 99 else code, made

    def places(self, workspace: Path) -> list[Place]:
        return [Place(n, str(made), made.call, n) for n, made in enumerate(self.run(workspace)[1])]


@cache
def tracer() -> Tracer:
    """Return strace where it is here and may trace, else the shim."""
    may = shutil.which("strace") and subprocess.run(["strace", "-o", os.devnull, "true"], check=False, capture_output=True)
    return Strace() if may and may.returncode == 0 else Shim()
