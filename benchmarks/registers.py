"""Registers that others published, read and put on record: every row of every file accounted for, and rows a second.

`registers.py` prints the counts of each file and the sums; `registers.py --put` also puts all of them on a record and
takes them in again. CPU time is of this process; appends wait for the disk, so both times are told.
"""

from __future__ import annotations

import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

from measure import OUTPUT

from briefing.errors import BriefingError
from briefing.incoming import Arrivals, plan
from briefing.intake.table import Asked, find, open_table, read_tables
from briefing.intake.table.cells import Sheet
from briefing.intake.table.guess import guess
from briefing.intake.table.mapping import read_mapping
from briefing.intake.table.period import period_typed
from briefing.pen import Pen
from briefing.resources import register_mappings
from briefing.store.append import publish
from briefing.store.folder import FolderStore
from briefing.store.log import load

DATA = Path(__file__).parents[2] / "shared/data"
KINDS = ("nil return", "continued", "note", "header", "title", "heading", "total", "blank", "problem")
MAPPINGS = [read_mapping(path.read_text(encoding="utf-8"), path.name) for path in register_mappings()]


def main() -> int:
    """Print the tables; return 1 when the rows of a file are more or fewer than what became of them."""
    if not DATA.is_dir():
        print(f"no data in {DATA}")
        return 0
    ok = uk_registers()
    ok &= one_table("us-state-travels")
    messy()
    return 0 if ok else 1


def uk_registers() -> bool:
    """Print one line a file, the sum, and the same where an officer gives the year of the files that have none."""
    files = sorted((DATA / "uk-ministers-meetings").glob("*.csv"))
    arrivals, sheets = read(files)
    print(f"{'file':42} {'rows':>5} {'meeting':>7} " + " ".join(f"{kind:>10}" for kind in KINDS))
    total: Counter[str] = Counter()
    ok = True
    for file, sheet in sheets:
        counts = counted(arrivals, file)
        ok &= sum(counts.values()) == len(sheet.rows)
        total += counts
        print(line(file, len(sheet.rows), counts))
    rows = sum(len(sheet.rows) for _, sheet in sheets)
    print(line(f"{len(sheets)} files", rows, total))
    print(f"rows {rows} = {sum(total.values())} accounted for: {'yes' if rows == sum(total.values()) else 'NO'}")
    for year, lost in (("2012", "comeetingsjulysep.csv"), ("2013", "pmmeetingsjanmar.csv")):
        again, _ = read([path for path in files if path.name == lost], period=year)
        print(line(f"{lost} --period {year}", sum(counted(again, lost).values()), counted(again, lost)))
    reasons = Counter(one.why for one in arrivals.left if one.kind == "problem")
    for why, n in reasons.most_common():
        print(f"  {n:4}  {why}")
    return put(arrivals, "uk-ministers-meetings") and ok


def one_table(name: str) -> bool:
    """Print how many visits a folder of registers comes to, and how fast."""
    files = sorted((DATA / name).glob("*.csv"))
    begun = process_time()
    arrivals, sheets = read(files)
    took = process_time() - begun
    kinds = Counter(one.item.kind for one in arrivals.entries)
    rows = sum(len(sheet.rows) for _, sheet in sheets)
    print(f"\n{name}: {rows} rows, {dict(kinds)}, left {dict(Counter(one.kind for one in arrivals.left))}; "
          f"read in {took:.2f} s CPU, {rows / took:,.0f} rows/s")  # fmt: skip
    return put(arrivals, name) and kinds["visit"] == rows - len(files)


def messy() -> None:
    """Print what becomes of each messy file: read, and with which header a mapping would be proposed; or refused."""
    print()
    for path in sorted((DATA / "csv-messy/messytables_horror").iterdir()):
        try:
            sheets = open_table(path.read_bytes(), path.name)
            what = "; ".join(f"{len(one.rows)} rows {one.remarks or ''}" for one in sheets)
            proposed = guess(sheets[0], path.name)[1] if sheets else []
            what += f"; keys: {', '.join(one.key for one in proposed if one.key) or 'none'}"
        except BriefingError as fault:
            what = f"refused: {fault.message}"
        print(f"{path.name:36} {what[:150]}")


def read(files: Sequence[Path], period: str = "") -> tuple[Arrivals, list[tuple[str, Sheet]]]:
    """Return what files come to, and their sheets."""
    sheets = [(path.name, sheet) for path in files for sheet in open_table(path.read_bytes(), path.name)]
    found, lost = find(sheets, MAPPINGS)
    assert not lost, [file for file, _ in lost]
    return read_tables(found, Asked(period_typed(period) if period else None)), sheets


def counted(arrivals: Arrivals, file: str) -> Counter[str]:
    """Return how many rows of a file became what."""
    entries = {one.place.line for one in arrivals.entries if one.place.file == file}
    return Counter({"meeting": len(entries)}) + Counter(one.kind for one in arrivals.left if one.place.file == file)


def line(name: str, rows: int, counts: Counter[str]) -> str:
    """Return one line of the table."""
    return f"{name:42} {rows:5} {counts['meeting']:7} " + " ".join(f"{counts[kind]:10}" for kind in KINDS)


def put(arrivals: Arrivals, name: str) -> bool:
    """Put what came in on an empty record, twice, with `--put`; the second time must add nothing."""
    if "--put" not in sys.argv:
        return True
    OUTPUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUTPUT) as folder:
        store = FolderStore(Path(folder))
        cpu, wall = process_time(), perf_counter()
        decided = plan(arrivals, (), pen())
        cpu, decided_wall = process_time() - cpu, perf_counter() - wall
        cpu_put, wall = process_time(), perf_counter()
        publish(store, [one.event for one in decided.events])
        cpu_put, wall = process_time() - cpu_put, perf_counter() - wall
        log = load(store)
        begun = process_time()
        again = plan(arrivals, log.recorded, pen(), corrections=True)
        took = process_time() - begun
    n = len(arrivals.entries)
    print(f"{name}: {n} entries decided in {cpu:.2f} s CPU ({decided_wall:.2f} s), {n / cpu:,.0f}/s; "
          f"{len(decided.events)} events written in {cpu_put:.2f} s CPU ({wall:.2f} s with the disk); "
          f"held against the record again in {took:.2f} s CPU: {len(again.events)} events")  # fmt: skip
    return not again.events


def pen() -> Pen:
    """Return a pen for an empty record."""
    return Pen(by="a benchmark", now=datetime.now(UTC), newest=None, heads=(), nonce=lambda: secrets.token_hex(16))


if __name__ == "__main__":
    sys.exit(main())
