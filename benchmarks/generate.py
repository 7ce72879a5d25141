"""Write a made-up record of any size: seeded, realistic, fast (nothing is synced), and whole by `briefing verify`.

    python benchmarks/generate.py FOLDER --events 100000
    python benchmarks/generate.py FOLDER --events 100000 --months 1      # imported in one month
    python benchmarks/generate.py FOLDER --events 100000 --only fisheries

makes a workspace: FOLDER/events and FOLDER/briefing.toml; then `briefing -C FOLDER …`. From Python:
`from generate import generate`, then `generate(Path(folder), events=100_000)`. The same arguments make
the same bytes. Events are of some 2 kB; `recorded_at` runs over 120 months up to June 2026, or one. The busiest
agency, `commerce`, has 40 % of them; the typical one, `fisheries`, some 200 at every size. With `only` the
record holds what that agency's events of the whole record are, with what these name, and nothing else.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any, Self

from world import Told, World

from briefing.codec import digest, encode, file_name

BEGIN = datetime(2016, 7, 1, 8, tzinfo=UTC)
END = datetime(2026, 6, 30, 18, tzinfo=UTC)
IMPORTED = datetime(2026, 6, 2, 8, tzinfo=UTC)
"""When the import of a whole record begins that was made in one month."""


def generate(folder: Path, *, events: int, months: int = 120, seed: int = 1, only: str = "") -> Counter[str]:
    """Write a workspace with a record of so many events; return how many of each type were written."""
    kept = _of(only, events, seed) if only else None
    (folder / "events").mkdir(parents=True)
    (folder / "briefing.toml").write_text('recorded_by = "Records desk"\nministry = "Ministry of External Affairs"\n')
    written: Counter[str] = Counter()
    with _Writer(folder / "events", seed, months) as writer:
        for told, happened in _history(events, seed):
            if kept is None or told.number in kept:
                writer.write(told, happened)
                written[told.kind.model_fields["type"].default] += 1
    return written


def _history(events: int, seed: int) -> Iterator[tuple[Told, float]]:
    """Yield numbered tellings, each with how far the ten years have gone, from 0 to 1."""
    done = 0

    def today() -> date:
        return (BEGIN + (END - BEGIN) * (done / events)).date()

    for told in islice(World(events, seed).tell(today), events):
        told.number = done
        yield told, done / events
        done += 1


def _of(agency: str, events: int, seed: int) -> set[int]:
    """Return the numbers of an agency's events and of those that these need."""
    needs = [(told.agency == agency, tuple(one.number for one in told.needs)) for told, _ in _history(events, seed)]
    kept: set[int] = set()
    for number in reversed(range(len(needs))):
        own, needed = needs[number]
        if own or number in kept:
            kept.update((number, *needed))
    return kept


class _Writer:
    """Writes tellings as event files, one behind the other."""

    def __init__(self, folder: Path, seed: int, months: int) -> None:
        self._folder = folder
        self._begin, self._end = (BEGIN, END) if months > 1 else (IMPORTED, END)
        self._random = Random(f"envelopes {seed}")
        self._parents: tuple[str, ...] = ()
        self._newest = self._begin
        self._months: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for descriptor in self._months.values():
            os.close(descriptor)

    def write(self, told: Told, happened: float) -> None:
        """Give a telling its envelope and put it under its name."""
        drift = timedelta(microseconds=self._random.randrange(999_000))
        at = self._begin + (self._end - self._begin) * happened + drift
        at = max(at, self._newest + timedelta(microseconds=1))
        payload = {name: _digests(value) for name, value in told.payload.items()}
        nonce = f"{self._random.getrandbits(128):032x}"
        origin = f"draft:{sha256(nonce.encode()).hexdigest()}"
        event = told.kind(schema_=told.kind.newest_schema, recorded_at=at, recorded_by="Records desk", origin=origin,
                          parents=self._parents, nonce=nonce, **payload)  # fmt: skip
        data = encode(event)
        told.digest = digest(data)
        month, _, name = file_name(event, told.digest).partition("/")
        descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444, dir_fd=self._month(month))
        os.write(descriptor, data)
        os.close(descriptor)
        self._newest, self._parents = at, (told.digest,)

    def _month(self, month: str) -> int:
        if month not in self._months:
            (self._folder / month).mkdir()
            self._months[month] = os.open(self._folder / month, os.O_RDONLY)
        return self._months[month]


def _digests(value: Any) -> Any:
    """Return a value of a payload with the digest for each telling it names."""
    if isinstance(value, Told):
        return value.digest
    return tuple(map(_digests, value)) if isinstance(value, tuple) else value


def main() -> None:
    """Write the record that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--events", type=int, required=True)
    parser.add_argument("--months", type=int, choices=(1, 120), default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", metavar="AGENCY", default="")
    asked = parser.parse_args()
    written = generate(asked.folder, events=asked.events, months=asked.months, seed=asked.seed, only=asked.only)
    size = sum(file.stat().st_size for file in asked.folder.glob("events/*/*"))
    print(f"{written.total():,} events, {size / written.total():,.0f} bytes each")
    for kind, n in written.most_common():
        print(f"{n:>9,}  {kind}")


if __name__ == "__main__":
    main()
