"""CPU time of cold processes, side by side: a run of each in turn, so that the machine's other work hits all alike."""

from __future__ import annotations

import compileall
import os
import statistics
import sys
import sysconfig
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
BRIEFING = str(Path(PYTHON).with_name("briefing"))
PASS = [PYTHON, "-c", "pass"]

Prepare = Callable[[int], Sequence[str]]
"""Given the number of the run, makes ready what it needs and returns the command."""


@dataclass(frozen=True)
class Peer:
    """One side of a comparison."""

    name: str
    prepare: Prepare


def always(name: str, command: Sequence[str]) -> Peer:
    """Return a peer that needs nothing made ready."""
    return Peer(name, lambda _run: command)


def medians(peers: Sequence[Peer], *, runs: int) -> list[float]:
    """Return the median CPU time of each peer in seconds, children included; the first run of each is thrown away."""
    for folder in (sysconfig.get_path("purelib"), ROOT / "briefing"):
        compileall.compile_dir(folder, quiet=2, workers=0)
    times: list[list[float]] = [[] for _ in peers]
    for run in range(runs + 1):
        for peer, taken in zip(peers, times, strict=True):
            taken.append(_cpu(peer.prepare(run)))
    return [statistics.median(taken[1:]) for taken in times]


def _cpu(command: Sequence[str]) -> float:
    """Run a command with its output thrown away; return its user and system time."""
    null = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    process = os.posix_spawn(command[0], list(command), os.environ, file_actions=null)
    _, status, used = os.wait4(process, 0)
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(f"exit {code}: {' '.join(command)}")
    return used.ru_utime + used.ru_stime


def line(name: str, ours: tuple[str, float], theirs: tuple[str, float], limit: float, note: str = "") -> bool:
    """Print `NAME ratio R limit L ok|short` and both medians; return whether it is ok."""
    ratio = ours[1] / theirs[1]
    sides = f"{ours[0]} {ours[1] * 1000:.0f} ms, {theirs[0]} {theirs[1] * 1000:.0f} ms"
    verdict = "ok" if ratio <= limit else "short"
    print(f"{name:<8} ratio {ratio:5.2f}  limit {limit:4.1f}  {verdict:<5}  {sides}{note}", flush=True)
    return ratio <= limit
