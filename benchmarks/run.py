"""All parts one after the other; their lines as one table, in output/benchmarks.md and, if asked, in the README.

    python benchmarks/run.py [--quick] [--readme] [PART…]

`--quick` takes records of up to 20,000 events and fewer rounds. Returns 1 when a goal is missed, or a part was
not measured to its end: one that takes too long is stopped, and the others are run all the same.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from time import monotonic

from measure import KEPT, OUTPUT, ROOT, compiled, load
from records import forget_older

PARTS: dict[str, tuple[str, str]] = {
    "append": ("", ""),
    "start": ("", "7"),
    "fold": ("", "3600 3"),
    "paper": ("", "1"),
    "render": ("", "2 4"),
    "sets": ("500 1000", "500 50 0"),
    "verify": ("10000 100000", "3600"),
    "growth": ("100 5000 20000", "100 1200 3600"),
    "warm": ("1000 20000 100000", "20000"),
    "lists": ("20000 100000", "20000"),
}
"""Part → its arguments, and those of a quick run. Appends come first: they are dear where much was just deleted."""
AT_MOST, AT_MOST_QUICK = 300, 120
"""Seconds in which a part has to end, of a full run and of a quick one."""
TO_TIDY = 20
"""Seconds that a part which is stopped has to delete its records."""
BEGIN, END = "<!-- benchmarks -->", "<!-- end of benchmarks -->"
README = ROOT / "README.md"


def main() -> int:
    """Run the parts and print what is short."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("parts", nargs="*", metavar="PART")
    asked = parser.parse_args()
    if unknown := [one for one in asked.parts if one not in PARTS]:
        parser.error(f"no part of a run: {', '.join(unknown)}; one of {', '.join(PARTS)}")
    compiled()
    OUTPUT.mkdir(exist_ok=True)
    begun, before = monotonic(), load()
    with tempfile.NamedTemporaryFile(dir=OUTPUT, suffix=".jsonl") as kept:
        broken = [name for name in asked.parts or PARTS if _broken(name, kept.name, quick=asked.quick)]
        lines = [json.loads(line) for line in Path(kept.name).read_text(encoding="utf-8").splitlines()]
    told = f"Load before {before}, after {load()} (over 1, 5 and 15 minutes); {monotonic() - begun:,.0f} s in all."
    table = "\n".join([*_table(lines), "", told, ""])
    (OUTPUT / "benchmarks.md").write_text(table, encoding="utf-8")
    if asked.readme:
        _put(table)
    short = [line["name"] for line in lines if line["verdict"] == "short"]
    forget_older()
    print(told, f"Short: {', '.join(short) or 'nothing'}.", *(f"No figures of {one}." for one in broken))
    return 1 if short or broken else 0


def _broken(name: str, kept: str, *, quick: bool) -> bool:
    """Run a part; tell whether it ended without measuring to its end, which is neither 0 nor a goal missed, 1."""
    words = PARTS[name][quick].split()
    command = [sys.executable, str(Path(__file__).with_name(f"{name}.py")), *words]
    before = Path(kept).stat().st_size
    code = _code(command, {**os.environ, KEPT: kept}, AT_MOST_QUICK if quick else AT_MOST)
    return code not in {0, 1} or Path(kept).stat().st_size == before


def _code(command: list[str], environment: dict[str, str], seconds: int) -> int | None:
    """Run a command and return its exit code; None where it took too long, and was stopped with all that it began."""
    with subprocess.Popen(command, env=environment, start_new_session=True) as part:
        try:
            return part.wait(seconds)
        except subprocess.TimeoutExpired:
            print(f"{Path(command[1]).stem} is stopped: it took more than {seconds} s", flush=True)
            part.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                part.wait(TO_TIDY)
            return None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(part.pid, signal.SIGKILL)


def _table(lines: Iterable[dict[str, str]]) -> Iterable[str]:
    yield "| name | ratio | limit | | ours | beside |"
    yield "|---|---|---|---|---|---|"
    for one in lines:
        verdict = "**short**" if one["verdict"] == "short" else one["verdict"]
        more = f"; {one['note']}" if one["note"] else ""
        ratio = f"{one['name']} | {one['ratio']} | {one['limit'] or '–'} | {verdict}"
        yield f"| {ratio} | {one['ours']} | {one['beside']}{more} |"


def _put(table: str) -> None:
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{table}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
