"""A thousand agency notes in one go: by one process, by two, and by a Dask cluster of two workers that reads a bucket.

    python benchmarks/thousand.py 1000 pdf

A made-up record of so many agencies, two meetings each. The same command three times, `agency --all`; the papers
must be equal, byte for byte. By the wall, with the CPU time of all processes; moto's server on this machine serves
the bucket, whose CPU is not counted. What the command said of its progress on a terminal is told, too.
"""

from __future__ import annotations

import os
import pty
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from measure import BRIEFING, OUTPUT, ROOT, Side, load, told, unmeasured

from briefing.codec import encode, file_name

sys.path.insert(0, str(ROOT))
from tests.buckets import empty_bucket, environment, moto, path_of, request
from tests.given import (
    TEXT,
    Told,
    agency_described,
    cited,
    commitment,
    history,
    meeting_held,
    met,
    person_described,
    point,
    post,
    source_registered,
    topic_described,
)

TOPICS = ("Steel", "Energy", "Visas", "Fisheries", "Payments", "Grain", "Ports", "Satellites")
WRITERS = 8


def main(papers: int = 1_000, format_: str = "pdf") -> int:
    """Print a line for each way; return 1 where one of them made another paper."""
    OUTPUT.mkdir(exist_ok=True)
    os.environ.update(environment(moto()))
    with tempfile.TemporaryDirectory(dir=OUTPUT) as name:
        folder = Path(name)
        address = _record(folder, papers)
        all_ = ["agency", "--all", "-f", format_, "-o"]
        one = _made(folder / "one", [*all_, f"{folder}/one/"], BRIEFING_WORKERS="1")
        two = _made(folder / "two", [*all_, f"{folder}/two/"], BRIEFING_WORKERS="2")
        with _cluster() as scheduler:
            there = ["--cluster", scheduler, "--store", address, *all_, f"{folder}/spread/"]
            spread = _made(folder / "spread", there, BRIEFING_WORKERS="1")
        for way, made in (("two", two), ("cluster", spread)):
            told(f"thousand-{way}", Side(way, made[0]), Side("one process", one[0]), f"; {made[2]}; one: {one[2]}")
            if made[1] != one[1] or len(made[1]) != papers + 1:
                unmeasured(f"{len(made[1])} papers of {papers + 1}, or other bytes than those of one process")
    print(f"{papers:,} papers and the matrix, equal bytes three times; load {load()}")
    return 0


def _record(folder: Path, agencies: int) -> str:
    """Write a record into a folder and into a bucket; return the bucket's address."""
    (folder / "briefing.toml").write_text('ministry = "Ministry"\n', encoding="utf-8")
    address = empty_bucket()
    files = {file_name(one.event, one.digest): encode(one.event) for one in history(*_told(agencies))}
    for name, data in files.items():
        path = folder / "events" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with ThreadPoolExecutor(WRITERS) as pool:
        codes = set(pool.map(lambda name: request("PUT", path_of(address, name), files[name])[0], files))
    assert codes == {200}
    return address


def _told(agencies: int) -> Iterator[Told]:
    yield from (topic_described(topic.lower(), topic) for topic in TOPICS)
    for n in range(agencies):
        agency, person, text = f"bureau-{n:04}", f"head-{n:04}", f"text-{n:04}"
        topics = (TOPICS[n % 8].lower(), TOPICS[n // 8 % 8].lower())
        yield agency_described(agency, f"Bureau {n + 1}", country="US", side="theirs")
        yield person_described(person, f"Head Number {n + 1}", posts=(post("Director", agency),))
        yield source_registered(text, f"{TEXT}Bureau {n + 1}.\n")
        for round_, month in enumerate(("February", "May"), 1):
            said = point(topics=topics[:1], citations=(cited(text),))
            yield meeting_held(
                f"{agency}-{round_}", on=f"{n % 27 + 1} {month} 2026", title=f"Talks {round_} with Bureau {n + 1}",
                agencies=(agency,), participants=(met(person, agency=agency),),
                points=(said, point("p2", "Both sides asked for a day.", topics=topics[1:])),
                commitments=(commitment(say=f"To send list {n + round_}.", owed_by=agency),),
            )  # fmt: skip


@contextmanager
def _cluster() -> Iterator[str]:
    """Start two workers, processes of this machine, and yield their scheduler's address."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address


def _made(folder: Path, command: list[str], **environment: str) -> tuple[float, dict[str, str], str]:
    """Run a command on a terminal; return its seconds, the digests of its papers, and what it said and used."""
    ours, theirs = pty.openpty()
    said: list[bytes] = []
    reader = threading.Thread(target=_read, args=(ours, said), daemon=True)
    reader.start()
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    caches = {"BRIEFING_CACHE_DIR": str(folder.with_suffix(".cache"))}
    subprocess.run([BRIEFING, "-C", str(folder.parent), *command], env=os.environ | caches | environment,
                   check=True, stdout=subprocess.DEVNULL, stderr=theirs)  # fmt: skip
    taken, after = perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    os.close(theirs)
    reader.join(5)
    shown = b"".join(said).decode(errors="replace").replace("\x1b[K", "").split("\r")
    progress = [one for one in shown if " of " in one]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    papers = {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    return taken, papers, f"{taken:,.0f} s, {cpu:,.0f} s of CPU here, {len(progress)} times “{progress[-1].strip()}”"


def _read(descriptor: int, said: list[bytes]) -> None:
    while True:
        try:
            data = os.read(descriptor, 4096)
        except OSError:
            return
        if not data:
            return
        said.append(data)


if __name__ == "__main__":
    sys.exit(main(*(kind(word) for kind, word in zip((int, str), sys.argv[1:], strict=False))))
