"""What each command costs on records that grow, once the program is loaded, and the slope of cost against size.

The slope is the power of the size with which the cost grows between the two largest sizes, once the cost
of the smallest record is taken away: 0 for a command that does not mind, 1 for one that reads each event
once, 2 for a quadratic step. The line's ratio is the slope. The index is off: all is read and folded, in one
process. Each run is a fork of this process: see `inside`. Of several runs of a size the shortest counts, since all
that the machine does besides is added to it.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import inside
from measure import OUTPUT, ROOT, compiled, load, power, slope
from records import copied
from words import FAMILY, GIVEN, TITLES

DRAFT = str(ROOT / "docs/examples/meeting.yaml")
AGENCY = "fisheries"
PAGE = ["--format", "md", "-o", "-"]
BY = ["--by", "a benchmark", "--dry-run"]
COMMANDS: dict[str, list[str]] = {
    "list": ["list", "meetings"],
    "list-agency": ["list", "meetings", "--agency", AGENCY],
    "list-people": ["list", "people"],
    "list-events": ["list", "events"],
    "list-gaps": ["list", "gaps"],
    "show": ["show", AGENCY],
    "agency": ["agency", AGENCY, *PAGE],
    "agency-busy": ["agency", "commerce", *PAGE],
    "visit": ["note", "visit", "{visits}", *PAGE],
    "record": ["note", "record", "{meetings}", *PAGE],
    "handover": ["note", "handover", AGENCY, *PAGE],
    "commitments": ["commitments", *PAGE],
    "changes": ["changes", "--since", "2026-06-15"],
    "why": ["why", "1", f"agency/{AGENCY}"],
    "as-of": ["list", "meetings", "--as-of", "1 January 2026"],
    "append": ["append", DRAFT, "--new", *BY],
    "correct": ["correct", "{meetings}", "--set", "title=Talks", "--reason", "a slip", *BY],
    "done": ["done", "{commitments}", "--evidence", "A note came.", *BY],
    "verify": ["verify"],
    "search": ["search", "steel"],
    "merges": ["people", "--merges"],
    "export-jsonl": ["export", "jsonl"],
    "export-csv": ["export", "csv"],
    "draft": ["draft", str(ROOT / "README.md"), "--name", "a-text"],
}
"""Command → its words; {visits} stands for the first visit on record, and so on."""
LIMIT = 1.3
"""Of a slope: room for what the machine does besides, far from 2."""

AGAIN = 4
"""More runs of a command whose slope came out over the limit."""


def main(sizes: tuple[int, ...] = (100, 5_000, 20_000)) -> int:
    """Print a line for each command and return 1 when one has a quadratic step."""
    compiled()
    os.environ.update(BRIEFING_INDEX="off", BRIEFING_WORKERS="1")
    OUTPUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUTPUT) as folder:
        for size in sizes:
            copied(Path(folder) / f"{size}", size)
        lines = [_command(name, words, Path(folder), sizes) for name, words in COMMANDS.items()]
        lines.append(_batch(Path(folder), [size // 5 for size in sizes]))
    print(f"load {load()}")
    return 0 if all(lines) else 1


def _batch(folder: Path, sizes: Sequence[int]) -> bool:
    """Measure one append of many drafts, each of which names someone new."""
    smallest, commands = str(folder / f"{min(sizes) * 5}"), []
    for size in sizes:
        file = folder / f"drafts-{size}.yaml"
        file.write_text("\n---\n".join(_draft(n) for n in range(size)), encoding="utf-8")
        commands.append(["-C", smallest, "append", str(file), "--new", "--dry-run"])
    return _slope("append-batch", sizes, commands)


def _draft(n: int) -> str:
    person = f"{GIVEN[n % len(GIVEN)]} {FAMILY[n // len(GIVEN) % len(FAMILY)]}{'son' * (n // 1440)}"
    return (f"meeting: Talks number {n}\nwhen: 1 March 2026\nagency: {AGENCY}\nwith: {person}, {TITLES[n % 10]}\n"
            f"notes: Desk officer\npoints:\n  - say: Both sides reviewed progress on matter {n}.")  # fmt: skip


def _command(name: str, words: list[str], folder: Path, sizes: Sequence[int]) -> bool:
    commands = []
    for size in sizes:
        on = ["-C", str(folder / f"{size}")]
        commands.append([*on, *(_first(*on, word[1:-1]) if word.startswith("{") else word for word in words)])
    return _slope(name, sizes, commands)


def _slope(name: str, sizes: Sequence[int], commands: Sequence[list[str]]) -> bool:
    """Run each command once; in turns, several times, where the slope is over the limit: a run may be an odd one."""
    inside.said(commands[0])
    turns = [_turn(commands)]
    if power(sizes, _least(turns)) > LIMIT:
        turns += [_turn(commands) for _ in range(AGAIN)]
    return slope(name, sizes, _least(turns), LIMIT)


def _turn(commands: Sequence[list[str]]) -> list[float]:
    return [inside.cpu(command) for command in commands]


def _least(turns: Sequence[list[float]]) -> list[float]:
    return [min(of_one) for of_one in zip(*turns, strict=True)]


@cache
def _first(*on: str) -> str:
    """Return the id of the first thing of a kind on record."""
    *command, kind = on
    return str(json.loads(inside.said([*command, "list", kind, "--json"]))[0]["id"])


if __name__ == "__main__":
    sys.exit(main(*[tuple(map(int, sys.argv[1:]))] if sys.argv[1:] else ()))
