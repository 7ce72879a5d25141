"""A record in a bucket has the index that a folder has: the same answers with it, without it, and with one that is damaged."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefing.cli.main import call
from briefing.store import bucket
from briefing.store.bucket import BucketStore, open_bucket
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.buckets import Proxy, new_bucket, path_of, request
from tests.cli.test_index import Outcome, altered, append, event_file, garbled, merged, redacted, removed, unknown
from tests.cli.workspaces import COMMERCE, TREASURY, make_workspace

COMMANDS = [
    "agency treasury -f md -o -",
    "agency pentagon --incomplete -f md -o -",
    "note visit {visit} -f md -o -",
    "list commitments --agency treasury",
    "show us-treasury",
    "search payments",
]
PAGE = ["agency", "treasury", "-f", "md", "-o", os.devnull]
ROUND = "planned: Round\nwhen: 2 June 2027\nagency: Treasury\npoints:\n  - say: Ask for a day.\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace with a record in a folder, which a bucket is to be like."""
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(tmp_path / "caches"))
    folder = make_workspace(tmp_path / "workspace")
    append(folder, TREASURY)
    append(folder, ROUND)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def objects(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what is in memory behind every address of a bucket."""
    from obstore.store import MemoryStore

    objects = MemoryStore()
    monkeypatch.setattr(bucket, "open_bucket", lambda address: BucketStore(objects, address))
    return objects


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    proxy = Proxy()
    yield proxy
    proxy.stop()


def mirror(folder: Path, objects: Any) -> None:
    """Let a bucket hold what a folder of events holds, as one does who copies with tools of his own."""
    there = {one["path"]: one["e_tag"] for page in objects.list() for one in page}
    here = {path.relative_to(folder / "events").as_posix(): path.read_bytes() for path in (folder / "events").rglob("*.json")}
    for name in there.keys() - here.keys():
        objects.delete(name)
    for name, data in here.items():
        if name not in there or bytes(objects.get(name).bytes()) != data:
            objects.put(name, data)


def outcomes(capsysbinary: pytest.CaptureFixture[bytes]) -> dict[str, Outcome]:
    found: dict[str, Outcome] = {}
    for command in COMMANDS:
        capsysbinary.readouterr()
        code = call(["--store", "s3://records/desk", *shlex.split(command.format(visit="misri-us-2025"))])
        found[command] = (code, *capsysbinary.readouterr())
    return found


def index_of(folder: Path) -> Path:
    (found,) = (folder.parent / "caches").glob("index-*")
    return found


@pytest.mark.parametrize("damage", [altered, removed, redacted, merged, unknown])
def test_the_answer_is_the_same_with_without_and_with_a_damaged_index(
    desk: Path, objects: Any, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch,
    damage: Callable[[Path], None],
) -> None:  # fmt: skip
    mirror(desk, objects)
    assert call(["--store", "s3://records/desk", *PAGE]) == 0
    path = index_of(desk)
    monkeypatch.setenv("BRIEFING_INDEX", "off")
    damage(desk)
    mirror(desk, objects)
    monkeypatch.delenv("BRIEFING_INDEX")
    warm = outcomes(capsysbinary)
    garbled(path)
    damaged = outcomes(capsysbinary)
    monkeypatch.setenv("BRIEFING_INDEX", "off")
    without = outcomes(capsysbinary)

    assert warm == without
    assert damaged == without


def test_what_is_lost_changed_or_whole_again_in_a_bucket_is_noticed_by_the_next_page(desk: Path, objects: Any) -> None:
    mirror(desk, objects)
    page = ["--store", "s3://records/desk", *PAGE]
    codes = [call(page)]
    name = event_file(desk, "topic-described").relative_to(desk / "events").as_posix()  # of another agency
    data = bytes(objects.get(name).bytes())
    for now in (data[:-1], data, data.replace(b"a", b"b"), None, data):
        objects.delete(name) if now is None else objects.put(name, now)
        codes.append(call(page))

    assert codes == [0, 5, 0, 5, 5, 0]


def test_nothing_of_a_redacted_event_stays_in_the_index(desk: Path, objects: Any) -> None:
    append(desk, COMMERCE.replace("agency: Commerce", "agency: Bureau of Quiet Words").replace("Jeffrey Kessler", "Zebedee Quillfeather"))
    mirror(desk, objects)
    assert call(["--store", "s3://records/desk", "search", "tariffs"]) == 0
    for one in (desk.parent / "caches").glob("index-*"):
        assert b"quillfeather-zebedee" in one.read_bytes()
    for kind, why in (("meeting-held", "call"), ("person-described", "Quillfeather"), ("agency-described", "Quiet")):
        digest = event_file(desk, kind).name[-69:-5]
        assert call(["--store", "s3://records/desk", "redact", digest, "--reason", why, "--authority", "Records", "--erase"]) == 0

    held = b"".join(file.read_bytes() for file in (desk.parent / "caches").iterdir()).lower()
    assert held
    assert b"quillfeather" not in held
    assert b"quiet-words" not in held


# ── what is asked of a server ─────────────────────────────────────────────────────────────────


def put(address: str, name: str, data: bytes) -> None:
    assert request("PUT", path_of(address, name), data)[0] == 200


def filled(desk: Path, patch: pytest.MonkeyPatch, proxy: Proxy, *, page: int = 10) -> str:
    """Return the address of a record on a server that lists few names at once."""
    patch.setattr(bucket, "_PAGE", page)
    proxy.page_size = page
    address = new_bucket(patch, endpoint=proxy.start())
    store = FolderStore(desk / "events")
    for name in store.names():
        put(address, name, store.read(name))
    return address


def asked(proxy: Proxy, *command: str) -> tuple[int, int]:
    """Run a command; return how many listings and how many objects it asked for."""
    proxy.seen.clear()
    assert call(list(command)) == 0
    assert {one.split()[0] for one in proxy.seen} == {"GET"}
    listings = sum("list-type=2" in one for one in proxy.seen)
    return listings, len(proxy.seen) - listings


def test_a_warm_page_asks_once_for_each_page_of_names_and_for_the_objects_that_a_folder_would_be_read_for(
    desk: Path, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, page = filled(desk, monkeypatch, proxy), ["agency", "pentagon", "-f", "md", "-o", os.devnull]
    events = len(load(open_bucket(address)).recorded)
    monkeypatch.setenv("BRIEFING_INDEX", "off")
    _, whole = asked(proxy, "--store", address, *page)
    monkeypatch.delenv("BRIEFING_INDEX")
    _, first = asked(proxy, "--store", address, *page)
    listings, slice_ = asked(proxy, "--store", address, *page)

    assert whole == first == events  # what was read for the index is kept for the page
    assert listings == events // 10 + 2  # the last page is asked for what comes after it
    assert slice_ == len(read_in_folder(desk, page, monkeypatch)) < events


def read_in_folder(desk: Path, command: list[str], patch: pytest.MonkeyPatch) -> set[str]:
    """Return the files that a command reads of the folder, whose index is warm."""
    assert call(command) == 0
    names: set[str] = set()
    really = FolderStore.read
    patch.setattr(FolderStore, "read", lambda self, name, *seen: names.add(name) or really(self, name, *seen))
    assert call(command) == 0
    return names


def test_only_what_is_new_is_fetched_and_a_page_that_was_made_longer_or_shorter_is_listed_to_its_end(
    desk: Path, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = filled(desk, monkeypatch, proxy)
    asked(proxy, "--store", address, *PAGE)
    _, slice_ = asked(proxy, "--store", address, *PAGE)
    append(desk, COMMERCE)
    store, names = FolderStore(desk / "events"), set(open_bucket(address).names())
    fresh = sorted(set(store.names()) - names)
    for name in fresh:
        put(address, name, store.read(name))

    assert asked(proxy, "--store", address, *PAGE)[1] == len(fresh) + slice_

    gone = min(one for one in names if "-topic-described-" in one)
    open_bucket(address).erase(gone)

    assert call(["--store", address, *PAGE]) == 5


def test_a_listing_that_ends_before_its_end_hides_no_event(
    desk: Path, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = filled(desk, monkeypatch, proxy)
    proxy.drop_token = True
    meetings = ["--store", address, "list", "meetings", "--agency", "treasury"]
    told = []
    for index in ("", "", "off"):
        monkeypatch.setenv("BRIEFING_INDEX", index)
        capsys.readouterr()
        assert call(meetings) == 0
        told.append(capsys.readouterr().out)

    assert "Talks on payments" in told[0]
    assert told == [told[0]] * 3
