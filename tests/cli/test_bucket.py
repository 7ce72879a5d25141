"""Commands on a record that lies in a bucket: they read and write it there, and say plainly where they cannot."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import pytest

from briefing.cli.main import call
from briefing.resources import sample_events_dir
from briefing.store import bucket
from briefing.store.bucket import open_bucket
from briefing.store.folder import FolderStore
from briefing.store.log import load
from briefing.store.verify import verify
from tests.buckets import Fault, Proxy, new_bucket
from tests.cli.workspaces import CALL, COMMERCE, TREASURY, briefing
from tests.clouds import cloud


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of an empty record, with settings in the folder that one stands in and no events there."""
    (tmp_path / "briefing.toml").write_text('recorded_by = "a test"\n', encoding="utf-8")
    (tmp_path / "draft.yaml").write_text(TREASURY, encoding="utf-8")
    (tmp_path / "second.yaml").write_text(COMMERCE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return new_bucket(monkeypatch)


@pytest.fixture
def sample(desk: str) -> str:
    """Return the address of a record that holds the sample."""
    store, shipped = open_bucket(desk), FolderStore(sample_events_dir())
    for name in shipped.names():
        store.put(name, shipped.read(name))
    return desk


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert call(list(arguments)) == code, capsys.readouterr().err
    told = capsys.readouterr()
    return told.err if code else told.out


def test_a_meeting_is_put_on_record_in_a_bucket_listed_corrected_and_verified(
    desk: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    said(capsys, "--store", desk, "append", "draft.yaml", "--new")
    assert "Talks on payments" in said(capsys, "--store", desk, "list", "meetings")
    said(capsys, "--store", desk, "append", "draft.yaml", "--new")
    assert len(list(open_bucket(desk).names())) == 3
    digest = said(capsys, "--store", desk, "append", "second.yaml", "--new").splitlines()[-1].split()[0]
    said(capsys, "--store", desk, "redact", digest, "--authority", "the court", "--reason", "an order", "--erase")
    told = json.loads(said(capsys, "--store", desk, "verify", "--json"))

    assert told["findings"] == []
    assert [one["away"] for one in told["redactions"]] == [True]
    assert not (tmp_path / "events").exists()


@pytest.mark.parametrize("how", ["option", "environment", "settings", "no workspace"])
def test_the_store_is_named_by_option_environment_or_settings(
    sample: str, how: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = ["--store", sample] if how == "option" else []
    if how == "environment":
        monkeypatch.setenv("BRIEFING_STORE", sample)
    elif how == "settings":
        (tmp_path / "briefing.toml").write_text(f'store = "{sample}"\n', encoding="utf-8")
    elif how == "no workspace":
        (tmp_path / "briefing.toml").unlink()
        given = ["--store", sample]

    listed = said(capsys, *given, "list", "events", "--json")
    monkeypatch.delenv("BRIEFING_STORE", raising=False)
    assert listed == said(capsys, "list", "events", "--json", "--sample")
    assert json.loads(listed)


def test_a_prefix_under_which_no_event_lies_is_not_called_sound(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nothing found" in said(capsys, "--store", sample, "verify")

    assert "no event is on record in s3://" in said(capsys, "--store", f"{sample}-misspelt", "verify", code=66)


def test_init_with_a_bucket_tries_it_and_keeps_its_address(
    desk: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys, "--store", desk, "init", "office", "--by", "desk")
    said(capsys, "-C", "office", "append", "draft.yaml", "--new")

    assert sorted(file.name for file in (tmp_path / "office").iterdir()) == ["briefing.toml"]
    assert len(list(open_bucket(desk).names())) == 3
    assert "no bucket" in said(capsys, "--store", "s3://nowhere/desk", "init", "other", code=66)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("command", [["note", "visit"], ["commitments"], ["agency", "Treasury"]])
def test_a_paper_of_a_record_in_a_bucket_is_that_of_its_folder(
    sample: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    there = said(capsys, "--store", sample, *command, "--format", "md", "-o", "-")

    assert there.count("\n") > 20
    assert there == said(capsys, "--store", f"file://{sample_events_dir()}", *command, "--format", "md", "-o", "-")


@pytest.mark.parametrize("scheme", ["az", "gs"])
def test_a_record_at_azure_or_google_is_synced_verified_and_read_as_its_folder(
    scheme: str, desk: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = ["agency", "Treasury", "--format", "md", "-o", "-"]
    address, here = f"{scheme}://records/desk", str(sample_events_dir())
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("tests.clouds.PAGE", 20)
    with cloud(scheme, tmp_path, monkeypatch):
        assert f"{address} got {len(list(FolderStore(sample_events_dir()).names()))} events" in said(capsys, "sync", here, address)
        assert "nothing found" in said(capsys, "--store", address, "verify")
        first, warm = (said(capsys, "--store", address, *page) for _ in range(2))

    assert first == warm == said(capsys, "--store", f"file://{here}", *page)


def test_sync_joins_a_folder_and_a_bucket_both_ways(desk: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    said(capsys, "append", "draft.yaml", "--new")
    other = f"{desk}-2"
    said(capsys, "--store", other, "append", "second.yaml", "--new")
    told = said(capsys, "sync", other)

    assert f"{other} got" in told
    here, there = FolderStore(tmp_path / "events"), open_bucket(other)
    assert load(here).recorded == load(there).recorded != ()
    assert "got 0 events" in said(capsys, "sync", other)
    assert "both are one place" in said(capsys, "--store", other, "sync", f"{other}/", code=2)


def test_copies_that_are_alike_cost_one_listing_and_no_object(
    sample: str, proxy: Proxy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT", f"http://{proxy.start()}")
    said(capsys, "sync", str(sample_events_dir()), sample)

    assert ["list-type=2" in one for one in proxy.seen] == [True, True], "a page of names, and what comes after it"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://host/desk", "no address of a record"),
        ("desk", "no address of a record"),
        ("s3:///desk", "names no bucket"),
        ("s3://key:secret@bucket/desk", "holds no credentials"),
        ("s3://bucket/desk?versionId=3", "more than a bucket and a prefix"),
        ("file://host/desk", "no folder of this machine"),
        ("az://container/desk", "Account must be specified"),
    ],
)
def test_an_address_that_cannot_be_meant_is_a_usage_problem(
    desk: str, address: str, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AZURE_STORAGE_ACCOUNT_NAME", raising=False)
    told = said(capsys, "--store", address, "list", "meetings", code=2)

    assert words in told
    assert "secret" not in told


@pytest.mark.parametrize("command", [["list", "meetings"], ["append", "draft.yaml", "--new"], ["init", "office"], ["verify"]])
@pytest.mark.parametrize(
    ("endpoint", "words"),
    [
        ("minio:9000", "no address of a server"),
        ("https://host:port", "no address of a server"),
        ("https://a b", "no address of a server"),
        ("http://127.0.0.1:9", "is plain HTTP"),
    ],
)
def test_an_endpoint_that_cannot_be_meant_is_a_usage_problem(
    desk: str, command: list[str], endpoint: str, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT", endpoint)
    monkeypatch.delenv("AWS_ALLOW_HTTP")

    assert words in said(capsys, "--store", desk, *command, code=2)
    assert words in said(capsys, "sync", desk, desk, code=2)


def test_what_breaks_down_in_the_library_of_buckets_is_one_error(desk: str, tmp_path: Path) -> None:
    """It gives up with what no `except Exception` holds, and says so on its own."""
    gcs = {"GOOGLE_BASE_URL": "nowhere", "GOOGLE_SKIP_SIGNATURE": "true"}
    told = briefing("--store", "gs://records/desk", "list", "meetings", cwd=tmp_path, **gcs)

    assert told.returncode == 74
    assert "error: cannot list gs://records/desk: request must be valid" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_file_address_is_a_folder_with_its_syncs(tmp_path: Path, desk: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "--store", f"file://{tmp_path}", "append", "draft.yaml", "--new", code=66)
    assert "holds no record" in told
    (tmp_path / "a b" / "events").mkdir(parents=True)
    said(capsys, "--store", f"file://{tmp_path}/a%20b", "append", "draft.yaml", "--new")

    assert len(list((tmp_path / "a b" / "events").glob("2*/*.json"))) == 3


def test_a_bucket_without_its_library_is_a_missing_part(desk: str, tmp_path: Path) -> None:
    told = briefing("--store", desk, "list", "meetings", cwd=tmp_path, shim="import sys; sys.modules['obstore.exceptions'] = None")

    assert (told.returncode, "pip install 'briefing-notes[bucket]'" in told.stderr) == (69, True)


def test_a_folder_does_not_load_the_library_of_buckets(tmp_path: Path, desk: str) -> None:
    (tmp_path / "events").mkdir()
    shim = "import atexit, sys; atexit.register(lambda: print('obstore' in sys.modules, file=sys.stderr))"

    assert briefing("append", "draft.yaml", "--new", cwd=tmp_path, shim=shim).stderr.endswith("False\n")
    assert briefing("--store", desk, "list", "meetings", cwd=tmp_path, shim=shim).stderr.endswith("True\n")


# ── failures in flight ────────────────────────────────────────────────────────────────────────


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    monkeypatch.setattr(bucket, "_PAUSE", 0.01)
    monkeypatch.setattr(bucket, "_RETRIES", 0)
    proxy = Proxy()
    yield proxy
    proxy.stop()


def test_a_server_that_writes_over_is_refused_with_exit_5(
    desk: str, proxy: Proxy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.drop_condition = True
    address = new_bucket(monkeypatch, endpoint=proxy.start())
    told = said(capsys, "--store", address, "append", "draft.yaml", "--new", code=5)

    assert told.count("error:") == 1
    assert "ignores the condition of a put" in told
    assert list(open_bucket(address).names()) == []


@pytest.mark.parametrize("what", ["503", "lost", "reset", "409"])
def test_an_append_that_fails_halfway_is_made_whole_by_the_same_command(
    desk: str, proxy: Proxy, what: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    codes: set[int] = set()
    for at in range(6):
        address = new_bucket(monkeypatch, endpoint=proxy.start())
        proxy.seen.clear()
        proxy.fault = Fault(what, at, times=100, method="PUT")
        codes.add(call(["--store", address, "append", "draft.yaml", "--new"]))
        proxy.fault = None
        said(capsys, "--store", address, "append", "draft.yaml", "--new")

        assert sorted(one.event.type for one in load(open_bucket(address)).recorded) == ["agency.described", "meeting.held", "person.described"]
        assert verify(open_bucket(address), now=datetime.now(UTC)).findings == ()
    assert codes == {0, 75}


@pytest.mark.parametrize("method", ["PUT", "GET"])
def test_a_sync_that_fails_halfway_is_finished_by_the_same_command(
    desk: str, proxy: Proxy, method: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "events").mkdir()
    said(capsys, "append", "draft.yaml", "--new")
    there = new_bucket(monkeypatch, endpoint=proxy.start())
    said(capsys, "--store", there, "append", "second.yaml", "--new")
    folder, codes = FolderStore(tmp_path / "events"), []
    for at in range(9):
        proxy.seen.clear()
        proxy.fault = Fault("lost", at, times=100, method=method)
        codes.append(call(["sync", there]))
        proxy.fault = None
        assert {one.kind for one in verify(open_bucket(there), now=datetime.now(UTC)).findings} <= {"missing parent"}
        assert {one.kind for one in verify(folder, now=datetime.now(UTC)).findings} <= {"missing parent"}
    said(capsys, "sync", there)

    assert set(codes) == {0, 75}
    assert load(folder).recorded == load(open_bucket(there)).recorded
    assert len(load(folder).recorded) == 6
    assert load(folder).findings == ()


@pytest.mark.parametrize(("command", "at"), [(["list", "meetings"], 0), (["verify"], 0), (["verify"], 4), (["agency", "treasury"], 0)])
def test_an_interruption_does_not_wait_for_a_bucket_that_does_not_answer(
    sample: str, proxy: Proxy, command: list[str], at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A request may take far longer here than the test may."""
    monkeypatch.setenv("AWS_TIMEOUT", "9000s")
    asked = Event()

    def note(number: int) -> None:
        if number > at:
            asked.set()

    proxy.fault, proxy.before = Fault("stall", at, times=10_000), note
    monkeypatch.setenv("AWS_ENDPOINT", f"http://{proxy.start()}")
    with subprocess.Popen(
        [sys.executable, "-c", CALL, "--store", sample, *command], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    ) as run:
        asked.wait()
        run.send_signal(signal.SIGINT)
        _, told = run.communicate()

    assert (run.returncode, told) == (130, "error: interrupted\n")


@pytest.mark.slow
def test_eight_commands_at_once_on_a_bucket_lose_nothing_and_double_nothing(desk: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", CALL, "--store", desk, "append", "draft.yaml", "--new"]
    writers = [
        subprocess.Popen(command, cwd=tmp_path, env=dict(os.environ), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    printed = [line.split()[0] for writer in writers for line in writer.communicate()[0].splitlines()]

    assert [writer.returncode for writer in writers] == [0] * 8
    log = load(open_bucket(desk))
    assert sorted(one.digest[:12] for one in log.recorded) == sorted(printed)
    assert log.findings == ()
