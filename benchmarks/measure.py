"""CPU time of cold processes, side by side: a run of each in turn, so that the machine's other work hits all alike."""

from __future__ import annotations

import compileall
import gc
import json
import math
import os
import statistics
import sys
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
BRIEFING = str(Path(PYTHON).with_name("briefing"))
OUTPUT = ROOT / "output"
"""Where records under test are made: on the disk of the checkout, since a folder for temporary files may be memory."""
PASS = [PYTHON, "-c", "pass"]


def _fallen(kind: type[BaseException], *fault: Any) -> None:
    if kind is not KeyboardInterrupt:  # which comes where a part takes too long, and is told then
        sys.__excepthook__(kind, *fault)
    sys.exit(2)


sys.excepthook = _fallen  # Python itself would end with 1, which says that a goal is missed

Prepare = Callable[[int], Sequence[str]]
"""Given the number of the run, makes ready what it needs and returns the command."""


COMPILED = "BRIEFING_BENCH_COMPILED"
"""Set where all modules are compiled."""


@dataclass(frozen=True)
class Peer:
    """One side of a comparison."""

    name: str
    prepare: Prepare


def always(name: str, command: Sequence[str]) -> Peer:
    """Return a peer that needs nothing made ready."""
    return Peer(name, lambda _run: command)


Doubt = Callable[[Sequence[float]], bool]
"""Tells of medians whether they are to be taken anew, from more runs: where a goal would be missed by them."""


def trusted(_medians: Sequence[float]) -> bool:
    """Have no doubt: for what has no goal."""
    return False


def over(limit: float) -> Doubt:
    """Doubt that the first side takes more than `limit` times what the second takes."""
    return lambda sides: sides[0] > limit * sides[1]


def below(limit: float) -> Doubt:
    """Doubt that the first side has less than `limit` times the speed of the second."""
    return lambda sides: sides[1] < limit * sides[0]


def medians(peers: Sequence[Peer], *, runs: int, ran: bool = False, doubt: Doubt = trusted) -> list[float]:
    """Return the median CPU time of each peer in seconds, children included.

    The first run of each is thrown away, unless all have `ran` before.
    """
    compiled()
    return in_turns([partial(_run, peer) for peer in peers], runs, ran=ran, doubt=doubt)


def _run(peer: Peer, run: int) -> float:
    return cpu(peer.prepare(run))


def in_turns(
    sides: Sequence[Callable[[int], float]], runs: int, *, ran: bool, doubt: Doubt, more: int = 2
) -> list[float]:
    """Return the median of each side; where the first runs leave a doubt, `more` times as many are added."""
    turns = [[side(run) for side in sides] for run in range(0 if ran else -1, runs)][-runs:]
    if doubt(found := _of_each(turns)):
        turns += [[side(run) for side in sides] for run in range(runs, runs + runs * more)]
        found = _of_each(turns)
    return found


def _of_each(turns: Sequence[Sequence[float]]) -> list[float]:
    return [statistics.median(of_one) for of_one in zip(*turns, strict=True)]


def compiled() -> None:
    """Compile all modules beforehand, once in a run of many parts: what is measured is not the compiler."""
    if os.environ.setdefault(COMPILED, "") == "yes":
        return
    os.environ[COMPILED] = "yes"
    for folder in (sysconfig.get_path("purelib"), ROOT / "briefing"):
        compileall.compile_dir(folder, quiet=2, workers=0)


@dataclass(frozen=True)
class Used:
    """What a process used: seconds of CPU time, user and system, and bytes of memory at its peak."""

    seconds: float
    peak: int


def unmeasured(why: str) -> NoReturn:
    """End a part that cannot be measured, with 2: 1 says that a goal is missed."""
    print(why, file=sys.stderr)
    sys.exit(2)


def cpu(command: Sequence[str]) -> float:
    """Run a command with its output thrown away; return its user and system time."""
    return used(command).seconds


def used(command: Sequence[str]) -> Used:
    """Run a command with its output thrown away; return what it used."""
    null = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_WRONLY, 0) for stream in (1, 2)]
    return _ended(os.posix_spawn(command[0], list(command), os.environ, file_actions=null), " ".join(command))


def forked(work: Callable[[], int | None]) -> Used:
    """Do some work in a fork of this process, with its output thrown away; return what it used. It returns a code."""
    sys.stdout.flush()
    if not (fork := os.fork()):
        try:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            code = work() or 0
            sys.stdout.flush()
            os._exit(code)
        finally:
            os._exit(70)  # it raised: what comes behind is the other process's
    return _ended(fork, "work in a fork")


def _ended(process: int, what: str) -> Used:
    _, status, usage = os.wait4(process, 0)
    if code := os.waitstatus_to_exitcode(status):
        unmeasured(f"exit {code}: {what}")
    return Used(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def rounds(
    turns: Sequence[Callable[[], object]], *, times: int, ran: bool = False,
    clock: Callable[[], float] = process_time, doubt: Doubt = trusted, more: int = 2,
) -> list[float]:  # fmt: skip
    """Return the median time of each turn in seconds, taken in rounds within this process, less the first.

    The first counts as well where such turns `ran` before. CPU time, unless `clock` is another.
    A ratio of turns side by side stands though the machine's speed drifts.
    """

    def side(turn: Callable[[], object], _run: int) -> float:
        gc.collect()
        begun = clock()
        turn()
        return clock() - begun

    return in_turns([partial(side, turn) for turn in turns], times, ran=ran, doubt=doubt, more=more)


@contextmanager
def at_rest() -> Iterator[None]:
    """Rest the cyclic collector, as the program does while it loads a record: for both sides alike."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def load() -> str:
    """Return the machine's load: how many processes wanted to run over the last 1, 5 and 15 minutes."""
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


@dataclass(frozen=True)
class Side:
    """One side of a comparison as measured: its name and seconds."""

    name: str
    seconds: float

    def __str__(self) -> str:
        """Return it as a table shows it: briefing --help 69 ms."""
        shown = self.seconds * 1000
        return f"{self.name} {shown:.0f} ms" if shown >= 100 else f"{self.name} {shown:.3g} ms"


def at_most(limit: float, name: str, ours: Side, theirs: Side, note: str = "") -> bool:
    """Print the line of a goal in time, ours by theirs, and return whether it is reached."""
    ratio = ours.seconds / theirs.seconds
    verdict = "ok" if ratio <= limit else "short"
    _line(name, ratio, f"{limit:5.2f}", verdict, f"{ours}, {theirs}{note}")
    _keep(name, ratio, f"{limit:g}", verdict, ours, theirs, note)
    return verdict == "ok"


def at_least(limit: float, name: str, ours: Side, theirs: Side, note: str = "") -> bool:
    """Print the line of a goal in speed, ours by theirs, and return whether it is reached."""
    ratio = theirs.seconds / ours.seconds
    verdict = "ok" if ratio >= limit else "short"
    _line(name, ratio, f"{limit:5.2f}", verdict, f"at least; {ours}, {theirs}{note}")
    _keep(name, ratio, f"at least {limit:g}", verdict, ours, theirs, note)
    return verdict == "ok"


def told(name: str, ours: Side, theirs: Side, note: str = "") -> None:
    """Print the line of a comparison without a goal: how many times ours takes what theirs takes."""
    _line(name, ours.seconds / theirs.seconds, "    -", "-", f"{ours}, {theirs}{note}")
    _keep(name, ours.seconds / theirs.seconds, "", "", ours, theirs, note)


def under(limit: int, name: str, what: str, peak: int) -> bool:
    """Print the line of a goal in memory, bytes by bytes allowed, and return whether it is kept."""
    verdict = "ok" if peak <= limit else "short"
    _line(name, peak / limit, f"{1:5.2f}", verdict, f"{what} {peak / 1e6:,.0f} MB, of {limit / 1e6:,.0f} MB")
    _keep(name, peak / limit, "1", verdict, f"{what} {peak / 1e6:,.0f} MB", f"{limit / 1e6:,.0f} MB", "")
    return verdict == "ok"


def _line(name: str, ratio: float, limit: str, verdict: str, rest: str) -> None:
    print(f"{name:<18} ratio {ratio:6.2f}  limit {limit}  {verdict:<5}  {rest}", flush=True)


KEPT = "BRIEFING_BENCH_LINES"
"""The file to which a run of many parts has their lines added, one JSON object each."""


def _keep(name: str, ratio: float, limit: str, verdict: str, ours: object, theirs: object, note: str) -> None:
    if path := os.environ.get(KEPT):
        line = {"name": name, "ratio": round(ratio, 2), "limit": limit, "verdict": verdict, "ours": str(ours),
                "beside": str(theirs), "note": note.lstrip("; ")}  # fmt: skip
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def slope(name: str, sizes: Sequence[int], costs: Sequence[float], limit: float) -> bool:
    """Print the line of a cost that grows, and return whether its power of size is within the limit."""
    found = power(sizes, costs)
    verdict = "ok" if found <= limit else "short"
    told = ", ".join(f"{size:,}: {cost:.3g} s" for size, cost in zip(sizes, costs, strict=True))
    _line(f"slope-{name}", found, f"{limit:5.2f}", verdict, told)
    _keep(f"slope-{name}", found, f"{limit:g}", verdict, told, "its own size", "")
    return verdict == "ok"


def power(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """Return the power of size with which costs grow between the two largest, less the cost of the smallest."""
    large, largest = (max(cost - costs[0], 0.001) for cost in costs[-2:])
    return math.log(largest / large) / math.log(sizes[-1] / sizes[-2])
