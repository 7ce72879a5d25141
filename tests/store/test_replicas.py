"""Offices that work apart and join their copies in any order, by any means of copying, come to one record."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as over
from hypothesis import strategies as st

from briefing.events import EventRedacted
from briefing.projector import project
from briefing.state import BriefingState
from briefing.store.append import publish
from briefing.store.folder import FolderStore
from briefing.store.log import load
from briefing.store.memory import MemoryStore
from briefing.store.port import Store
from briefing.store.sync import sync
from briefing.store.verify import verify
from tests.drawn import histories
from tests.given import NOON, agency_described, event_corrected, event_retracted, fact_stated, history, meeting_held
from tests.papers import papers
from tests.store.records import FILES, LOG, digest_in

NOW = NOON + timedelta(days=36_500)
OFFICES = ("desk", "embassy", "mission")
APART = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def copy(here: Store, there: Store) -> None:
    """Copy what is not there, as `cp -n` does; the order of a folder's names is chance."""
    absent = set(here.names()) - set(there.names())
    for name in absent:
        there.put(name, here.read(name))


def join(here: Store, there: Store) -> None:
    sync((here, there), now=NOW)


@st.composite
def replicas(draw: st.DrawFn) -> tuple[MemoryStore, ...]:
    """Return the copies of three offices that wrote, and at times took over from each other."""
    stores = tuple(MemoryStore() for _ in OFFICES)
    for _ in range(draw(st.integers(2, 6))):
        one, other = draw(st.permutations(range(len(OFFICES))))[:2]
        step = draw(st.sampled_from(["write", "write", "copy", "join"]))
        if step == "write":
            seen = load(stores[one]).recorded
            added = draw(histories(after=seen, writer=OFFICES[one], most=3))
            publish(stores[one], [event.event for event in added])
        else:
            (copy if step == "copy" else join)(stores[one], stores[other])
    return stores


def said(store: Store) -> tuple[list[str], list[Any], Mapping[str, bytes]]:
    """Return the names of the files that may not be away, all that the state says, and the papers."""
    log = load(store)
    state = project(log.recorded)
    redacted = {one.event.target for one in log.recorded if isinstance(one.event, EventRedacted)}
    origins = {origin: digest for origin, digest in state.origins.items() if digest not in redacted}
    values = [origins if name == "origins" else getattr(state, name) for name in BriefingState.__dataclass_fields__]
    told = [list(value.items()) if isinstance(value, Mapping) else value for value in values]
    return sorted(name for name in store.names() if digest_in(name) not in redacted), told, papers(log)


def again(store: Store) -> MemoryStore:
    new = MemoryStore()
    copy(store, new)
    return new


@APART
@over(replicas())
def test_copies_joined_in_every_order_have_equal_names_equal_state_and_equal_papers(stores: tuple[MemoryStore, ...]) -> None:
    results = []
    for order in permutations(stores):
        by_copy = MemoryStore()
        for store in order:
            copy(store, by_copy)
        first, *rest = (again(store) for store in order)
        for store in rest:
            join(first, store)
        for store in rest:
            join(store, first)
        results += [said(by_copy), said(first), *map(said, rest)]

    for result in results:
        assert result == results[0]


@APART
@over(replicas())
def test_no_way_of_joining_makes_a_finding_of_the_files(stores: tuple[MemoryStore, ...]) -> None:
    first, *rest = stores
    for store in rest:
        join(first, store)

    assert verify(first, now=NOW).broken == ()
    assert [one for one in verify(first, now=NOW).findings if one.kind == "stray"] == []


# ── the same with folders and the programs that people use ────────────────────────────────────


def cp(here: Path, there: Path) -> None:
    command = ["cp", "-R", "-n", f"{here}/events", str(there)]
    subprocess.run(command, check=False, capture_output=True)  # some versions fail where they leave a file


def rsync(here: Path, there: Path) -> None:
    if shutil.which("rsync") is None:
        pytest.skip("rsync is not here")
    subprocess.run(["rsync", "--recursive", "--ignore-existing", f"{here}/events", str(there)], check=True, capture_output=True)


def by_git(here: Path, there: Path) -> None:
    git(there, "pull", "--quiet", "--no-rebase", "--no-edit", str(here), "main")


def by_sync(here: Path, there: Path) -> None:
    sync((FolderStore(here / "events"), FolderStore(there / "events")), now=NOW)


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=a test", "-c", "user.email=test@example.org"]
    settled = ["-c", "gc.auto=0", "-c", "maintenance.auto=false"]  # nothing goes on behind what is removed next
    there = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", *identity, *settled, *words], cwd=folder, env=there, check=True, capture_output=True)


def offices(folder: Path) -> list[Path]:
    """Make three clones of a record; each writes on its own, two of them on the same meeting."""
    began = folder / "began"
    for name, data in FILES.items():
        (began / "events" / name).parent.mkdir(parents=True, exist_ok=True)
        (began / "events" / name).write_bytes(data)
    (began / ".gitattributes").write_text("events/** -text\n", encoding="utf-8")
    git(began, "init", "--quiet", "--initial-branch=main")
    git(began, "add", "--all")
    git(began, "commit", "--quiet", "--message=began")
    written = [
        history(meeting_held("m2", title="Coal", visit="spring"), event_corrected("m1", title="Coal"), after=LOG, writer="desk"),
        history(event_corrected("m1", title="Oil"), fact_stated("f", visit="spring"), after=LOG, writer="embassy"),
        history(agency_described("us-b"), event_retracted("m1"), after=LOG, at=NOON + timedelta(minutes=1), writer="mission"),
    ]
    for office, events in zip(OFFICES, written, strict=True):
        git(folder, "clone", "--quiet", str(began), office)
        publish(FolderStore(folder / office / "events"), [one.event for one in events])
        git(folder / office, "add", "--all")
        git(folder / office, "commit", "--quiet", "--message=worked")
    return [folder / office for office in OFFICES]


@pytest.mark.parametrize("means", [cp, rsync, by_git, by_sync])
def test_folders_joined_by_any_means_say_the_same_in_every_order(
    tmp_path: Path, means: Callable[[Path, Path], None]
) -> None:
    whole = MemoryStore()
    for office in offices(tmp_path / "expected"):
        copy(FolderStore(office / "events"), whole)
    for n, order in enumerate(permutations(range(len(OFFICES)))):
        folders = offices(tmp_path / str(n))
        first, *rest = (folders[place] for place in order)
        for other in rest:
            means(other, first)
        assert said(FolderStore(first / "events")) == said(whole)
        assert verify(FolderStore(first / "events"), now=NOW).broken == ()
        shutil.rmtree(tmp_path / str(n))


def test_the_comparison_sees_one_event_less_and_one_word_other() -> None:
    less, other = MemoryStore(), MemoryStore()
    publish(less, [one.event for one in LOG[:-1]])
    publish(other, [one.event for one in (*LOG[:-1], *history(event_corrected("m1", title="Steel and coal"), after=LOG[:-1]))])
    whole = MemoryStore()
    publish(whole, [one.event for one in LOG])

    for store in (less, other):
        for part, wanted in zip(said(store), said(whole), strict=True):
            assert part != wanted
