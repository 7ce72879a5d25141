"""The made-up records that benchmarks share: each is generated once, kept in output/records, and worked on in copies.

A copy is of links, since nobody rewrites an event file: it takes no disk, and no inode is given back with it.
On ext4 a new file is dear for some minutes beside thousands that were deleted, which `append` would measure.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from generate import generate
from measure import OUTPUT, ROOT

KEPT = OUTPUT / "records"
MADE_BY = ("benchmarks/generate.py", "benchmarks/world.py", "benchmarks/words.py", "briefing/codec.py",
           "briefing/dates.py", "briefing/events.py", "briefing/payload.py")  # fmt: skip
"""What the bytes of a record follow from; where one of these has changed, records are made anew."""


def kept(events: int, *, only: str = "") -> Path:
    """Return the workspace of a record of so many events, which is not to be changed; made unless it is there."""
    place = KEPT / f"{events}{only and f'-{only}'}-{_version()}"
    if not place.is_dir():
        making = place.with_name(f"{place.name}.{os.getpid()}")
        generate(making, events=events, only=only)
        with suppress(OSError):  # another run was sooner
            making.rename(place)
        shutil.rmtree(making, ignore_errors=True)
    return place


def copied(folder: Path, events: int, *, only: str = "") -> Path:
    """Return a folder that is now a workspace with a copy of a record, to do with as one likes."""
    source = kept(events, only=only)
    shutil.copytree(source / "events", folder / "events", copy_function=os.link)
    shutil.copy(source / "briefing.toml", folder)
    return folder


def forget_older() -> None:
    """Delete the records of earlier generators: to be called when there is nothing more to measure."""
    if KEPT.is_dir():
        for place in KEPT.iterdir():
            if not place.name.endswith(_version()):
                shutil.rmtree(place, ignore_errors=True)


@lru_cache(maxsize=1)
def _version() -> str:
    return sha256(b"\0".join((ROOT / name).read_bytes() for name in MADE_BY)).hexdigest()[:12]
