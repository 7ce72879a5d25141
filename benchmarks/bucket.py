"""A record in a bucket against bare obstore doing the same requests, on moto's server on this machine.

moto is Python and answers some hundreds of requests a second on one core: these lines say what our side
adds to a server, not what a server does. The last ones have 30 ms added to each request, as a
server in the same country has. The pages are whole processes, by the wall, beside the same page from the folder.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from generate import generate
from measure import BRIEFING, OUTPUT, ROOT, Side, cpu, load, told, unmeasured

from briefing.store.bucket import BucketStore, open_bucket
from briefing.store.folder import FolderStore
from briefing.store.verify import verify

sys.path.insert(0, str(ROOT))
from tests.buckets import Proxy, empty_bucket, environment, moto

WRITERS = 8
AWAY = 0.03
"""Seconds to a server in the same country and back."""
Files = dict[str, bytes]


class Far(Proxy):
    """A server from which each answer takes a while."""

    def due(self, method: str, path: str) -> str:
        """Wait before the request is noted, not after: many may wait at once."""
        sleep(AWAY)
        return super().due(method, path)


def main(events: int = 1_000, names: int = 10_000, indexed: int = 20_000) -> int:
    """Print a line for each kind of work; there is no goal to miss."""
    os.environ.update(environment(moto()))
    OUTPUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUTPUT) as folder:
        generate(Path(folder) / "record", events=events)
        made = FolderStore(Path(folder) / "record" / "events")
        files = {name: made.read(name) for name in sorted(made.names())}
    filled = _puts(files, 1)
    _puts(files, WRITERS)
    _verify(filled, events, "verify-1000")
    _names(names)
    far = Far()
    os.environ.update(environment(far.start()))
    _verify(filled, events, "verify-30ms")
    _append(files)
    _page(indexed, far)
    far.stop()
    print(f"load {load()}")
    return 0


def _puts(files: Files, writers: int) -> str:
    """Measure writers that each put events of their own; return where they were put."""
    address = empty_bucket()
    ours = _timed(files, [open_bucket(address).put for _ in range(writers)])
    bare = _bare(empty_bucket())
    theirs = _timed(files, [lambda name, data: bare.put(name, data, mode="create", use_multipart=False)] * writers)
    note = f"; {len(files) / ours:,.0f} puts a second"
    told(f"bucket-put-{writers}", Side("ours", ours), Side("obstore alone", theirs), note)
    return address


def _timed(files: Files, writers: Sequence[Callable[[str, bytes], object]]) -> float:
    """Return how long it takes until all files are put, each writer having its share of them."""
    items = list(files.items())

    def write(n: int) -> None:
        for name, data in items[n :: len(writers)]:
            writers[n](name, data)

    with ThreadPoolExecutor(len(writers)) as pool:
        return _seconds(lambda: list(pool.map(write, range(len(writers)))))


def _verify(address: str, events: int, name: str) -> None:
    """Measure verify, which reads ahead, against reading one object after the other."""

    def whole() -> None:
        survey = verify(open_bucket(address), now=datetime.now(UTC))
        if survey.findings or len(survey.known) != events:
            unmeasured(f"the record is not what it should be: {survey.findings[:3]}")

    def bare() -> None:
        objects = _bare(address)
        for page in objects.list():
            for one in page:
                bytes(objects.get(one["path"]).bytes())

    ours, theirs = _seconds(whole), _seconds(bare)
    told(f"bucket-{name}", Side("ours", ours), Side("list, then get one by one", theirs),
         f"; {events / ours:,.0f} events a second")  # fmt: skip


def _names(count: int) -> None:
    """Measure a listing of many names, over 120 months."""
    address = empty_bucket()
    objects = _bare(address)
    names = [f"{2016 + n % 120 // 12}-{n % 12 + 1:02}/{n:06}.json" for n in range(count)]
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda name: objects.put(name, b"x", use_multipart=False), names))
    store = open_bucket(address)
    ours = _seconds(lambda: _same(len(list(store.names())), count))
    theirs = _seconds(lambda: _same(sum(len(page) for page in objects.list(chunk_size=1000)), count))
    told(f"bucket-list-{count}", Side("ours", ours), Side("obstore alone", theirs),
         f"; {count / ours:,.0f} names a second")  # fmt: skip


def _append(files: Files) -> None:
    """Measure what the first event of a process costs, the probe among it, against a bare put."""
    address = empty_bucket()
    (first, data), (second, more) = list(files.items())[:2]
    open_bucket(address).put(first, data)
    ours = _seconds(lambda: open_bucket(address).put(second, more))
    theirs = _seconds(lambda: _bare(empty_bucket()).put(second, more, mode="create", use_multipart=False))
    told("bucket-first-30ms", Side("probe and put", ours), Side("bare put", theirs))


def _page(events: int, far: Proxy) -> None:
    """Measure a page of the typical agency from a bucket: its first index, then warm, and with a listing believed."""
    address = empty_bucket()
    with tempfile.TemporaryDirectory(dir=OUTPUT) as folder:
        here = Path(folder) / "record"
        generate(here, events=events)
        made, bare = FolderStore(here / "events"), _bare(address)
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(lambda name: bare.put(name, made.read(name), use_multipart=False), made.names()))
        os.environ["BRIEFING_CACHE_DIR"] = folder
        page = [BRIEFING, "-C", str(here), "agency", "fisheries", "-f", "md", "-o", os.devnull]
        there = [BRIEFING, "-C", str(here), "--store", address, *page[3:]]
        _seconds(lambda: cpu(page))
        beside = Side("from the folder", _seconds(lambda: cpu(page)))
        for name, believed in (("first", "0"), ("warm", "0"), ("listed", "60"), ("believed", "60")):
            os.environ["BRIEFING_BELIEVE_LISTING"] = believed
            far.seen.clear()
            ours = Side("ours", _seconds(lambda: cpu(there)))
            listings = sum("list-type=2" in one for one in far.seen)
            note = f"; {listings} listings, {len(far.seen) - listings:,} objects"
            told(f"bucket-page-{name}-{events}", ours, beside, note)


def _bare(address: str) -> Any:
    """Return what our store is made of."""
    store: BucketStore = open_bucket(address)
    return store._objects  # noqa: SLF001


def _same(found: int, wanted: int) -> None:
    if found != wanted:
        unmeasured(f"{found} names, not {wanted}")


def _seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
