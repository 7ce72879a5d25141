"""Calendars of others: every file is taken or refused with its reason, none crashes; counts and seconds by folder.

    python benchmarks/calendars.py [FOLDER]

FOLDER holds .ics files, by default ../shared/data/calendars beside the checkout. Returns 1 when one crashed.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from time import monotonic

from briefing.intake.calendar.occurrence import CalendarRead, Window, unpacked
from briefing.intake.calendar.read import LIBRARIES, read_packed
from briefing.intake.opening.apart import apart
from briefing.intake.opening.opened import CannotRead

FOLDER = Path(__file__).parents[1].parent / "shared" / "data" / "calendars"
WINDOW = Window(date(2000, 1, 1), date(2029, 12, 31))
COLUMNS = ("files", "refused", "occurrences", "planned", "problem", "other entries", "outside the window",
           "older copies", "cancelled", "private", "without others")  # fmt: skip


@dataclass
class Told:
    """What became of the files of one folder."""

    counts: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    crashed: list[str] = field(default_factory=list)
    seconds: float = 0
    slowest: float = 0


def main(folder: Path = FOLDER) -> int:
    """Print the table, and the reasons with how often each was given."""
    told: dict[str, Told] = {}
    for path in sorted(folder.rglob("*.ics")):
        _take(path, told.setdefault(path.relative_to(folder).parent.as_posix(), Told()))
    counts = sum((one.counts for one in told.values()), Counter())
    total = Told(counts, seconds=sum(one.seconds for one in told.values()))
    rows = [[name, *(str(one.counts[column]) for column in COLUMNS), f"{one.seconds:.1f}"]
            for name, one in (*told.items(), ("all", total))]  # fmt: skip
    for row in _table([["folder", *COLUMNS, "seconds"], *rows]):
        print(row)
    _print_reasons("files refused", sum((one.refused for one in told.values()), Counter()))
    _print_reasons("entries that were a problem", sum((one.left for one in told.values()), Counter()))
    crashed = [name for one in told.values() for name in one.crashed]
    print(f"\nslowest file: {max(one.slowest for one in told.values()):.2f} s; crashed: {', '.join(crashed) or 'none'}")
    return 1 if crashed else 0


def _take(path: Path, told: Told) -> None:
    """Take one file as `briefing import calendar` does, as planned meetings on an empty record."""
    told.counts["files"] += 1
    begun = monotonic()
    try:
        read = unpacked(apart(read_packed, path.read_bytes(), WINDOW, loading=LIBRARIES))
        _count(path, read, told)
    except CannotRead as fault:
        told.counts["refused"] += 1
        told.refused[fault.what.partition(":")[0]] += 1
    except Exception as fault:  # noqa: BLE001 - a crash is what is looked for
        told.crashed.append(f"{path.name} ({type(fault).__name__}: {fault})")
    took = monotonic() - begun
    told.seconds += took
    told.slowest = max(told.slowest, took)


def _count(path: Path, read: CalendarRead, told: Told) -> None:
    from briefing.incoming import plan  # not above: the process that reads a file runs this module's head anew
    from briefing.intake.calendar.arrivals import Wanted, arrivals
    from briefing.pen import Pen

    numbers = count()
    pen = Pen(by="a benchmark", now=datetime.now(UTC), newest=None, heads=(), nonce=lambda: f"{next(numbers):032x}")
    found = plan(arrivals({path.name: read}, Wanted(window=WINDOW, today=WINDOW.start)), (), pen)
    told.counts["occurrences"] += len(read.occurrences)
    told.counts["planned"] += len(found.new)
    told.counts.update(one.kind for one in found.left)
    told.left.update(one.why.partition(":")[0] for one in found.left if one.kind == "problem")


def _table(rows: list[list[str]]) -> Iterator[str]:
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    for row in rows:
        cells = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        yield "  ".join([row[0].ljust(widths[0]), *cells])


def _print_reasons(title: str, reasons: Counter[str]) -> None:
    print(f"\n{title}:")
    for why, times in reasons.most_common():
        print(f"{times:5}  {why}")


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
