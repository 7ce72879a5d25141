"""A set of papers: made in several processes as in one, all or none, and not again while nothing has changed."""

from __future__ import annotations

import io
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from briefing.cli.main import call
from briefing.cli.progress import progress
from briefing.errors import OutputFailed, Refused
from briefing.render import many
from briefing.render.pdf_engine import Outside
from tests.cli.workspaces import COMMERCE, briefing, sha256
from tests.render.sample import SHORT, sample_note

SET = ("agency", "--all", "-f", "md")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder for caches."""
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def said_of(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    """Run a command and return the last line that it says on stderr, without the folder."""
    capsys.readouterr()
    assert call(list(command)) == 0
    return capsys.readouterr().err.splitlines()[-1].rpartition(": ")[2]


def digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()) for path in sorted(folder.iterdir())}


def test_a_set_is_not_made_again_while_nothing_has_changed(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said_of(capsys, *SET) == "6 written, 0 current"
    before = digests(workspace / "output/agencies")
    monkeypatch.setattr("briefing.render.many.render", lambda *_: pytest.fail("it was made again"))

    assert said_of(capsys, *SET) == "0 written, 6 current"
    assert digests(workspace / "output/agencies") == before


def test_what_an_event_changes_is_made_again(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every page of the set names the record it was made from, so that an event is news for all of them."""
    said_of(capsys, *SET)
    (workspace / "draft.yaml").write_text(COMMERCE, encoding="utf-8")
    assert call(["append", "draft.yaml"]) == 0

    assert said_of(capsys, *SET) == "6 written, 0 current"
    assert "3 June 2025" in (workspace / "output/agencies/us-commerce.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("changed", [("--to", "Minister"), ("--lang", "hi")], ids=["reader", "language"])
def test_what_is_asked_otherwise_is_made_again(
    workspace: Path, capsys: pytest.CaptureFixture[str], changed: tuple[str, str]
) -> None:
    said_of(capsys, *SET)

    assert said_of(capsys, *SET, *changed) == "6 written, 0 current"


def test_a_setting_that_is_printed_has_it_made_again(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said_of(capsys, *SET)
    (workspace / "briefing.toml").write_text('recorded_by = "a test"\nunit = "Americas Division"\n', encoding="utf-8")

    assert said_of(capsys, *SET) == "6 written, 0 current"


def test_a_template_or_a_library_of_another_version_has_it_made_again(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = ("agency", "--all", "-f", "html")
    said_of(capsys, *pages)
    monkeypatch.setattr("briefing.render.made.versions", lambda _format: {"jinja2": "99"})
    assert said_of(capsys, *pages) == "6 written, 0 current"
    assert call(["templates", "copy", "page"]) == 0
    with (workspace / "templates/note.css").open("a", encoding="utf-8") as style:
        style.write("p { color: green; }\n")

    assert said_of(capsys, *pages) == "6 written, 0 current"
    assert "color: green" in (workspace / "output/agencies/us-state.html").read_text(encoding="utf-8")


def test_an_edited_file_is_never_taken_for_current(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said_of(capsys, *SET)
    before = digests(workspace / "output/agencies")
    page = workspace / "output/agencies/us-state.md"
    stat = page.stat()
    text = page.read_bytes()
    page.write_bytes(text.replace(b"a", b"b", 1))
    os.utime(page, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    assert said_of(capsys, *SET) == "1 written, 5 current"
    assert digests(workspace / "output/agencies") == before


def test_a_file_that_is_gone_is_made_again(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said_of(capsys, *SET)
    (workspace / "output/agencies/us-state.md").unlink()

    assert said_of(capsys, *SET) == "1 written, 5 current"


@pytest.mark.parametrize("harm", ["gone", "cut off", "not JSON", "another shape", "not to be read"])
def test_a_cache_that_is_lost_or_damaged_costs_time_alone(
    workspace: Path, cache: Path, capsys: pytest.CaptureFixture[str], harm: str
) -> None:
    said_of(capsys, *SET)
    before = digests(workspace / "output/agencies")
    [kept] = (cache / "papers").iterdir()
    if harm == "gone":
        shutil.rmtree(cache)
    elif harm == "not to be read":
        kept.unlink()
        kept.mkdir()
    else:
        kept.write_bytes({"cut off": kept.read_bytes()[:-40], "not JSON": b"\xff\x00", "another shape": b'{"a": 1}'}[harm])

    assert said_of(capsys, *SET) == "6 written, 0 current"
    assert digests(workspace / "output/agencies") == before


def test_the_cache_holds_digests_and_no_words(workspace: Path, cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said_of(capsys, *SET)

    [kept] = (cache / "papers").iterdir()
    text = kept.read_text(encoding="utf-8")
    assert "us-state.md" in text
    assert [name for name in ("Landau", "Feinberg", "Dialogue", str(workspace)) if name in text] == []


def test_a_number_of_processes_that_is_none_is_a_matter_of_usage(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_WORKERS", "many")

    assert call([*SET]) == 2
    assert not (workspace / "output").exists()


def test_two_processes_make_the_bytes_that_one_makes(workspace: Path) -> None:
    for workers in ("1", "2"):
        done = briefing("agency", "--all", "-o", f"by-{workers}", cwd=workspace, BRIEFING_WORKERS=workers)
        assert done.returncode == 0, done.stderr

    assert digests(workspace / "by-1") == digests(workspace / "by-2")
    assert len(digests(workspace / "by-1")) == 6


def test_a_process_that_dies_is_one_error_and_leaves_nothing(workspace: Path) -> None:
    shim = (
        "import os, briefing.render.many as many\n"
        "whole, here = many.render, os.getpid()\n"
        "def dies(note, *rest):\n"
        "    os.getpid() != here and note.kind == 'matrix' and os.kill(os.getpid(), 9)\n"
        "    return whole(note, *rest)\n"
        "dies.__module__, dies.__qualname__ = many.__name__, 'render'\n"
        "many.render = dies\n"
    )

    done = briefing("agency", "--all", "-f", "docx", cwd=workspace, shim=shim, BRIEFING_WORKERS="2")

    assert done.returncode == 73, done.stderr
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["error", "hint"]
    assert "was stopped from outside" in done.stderr
    assert not (workspace / "output").exists()


def test_another_executor_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster is an `Executor` like any other; what it fails with is what is raised."""
    notes = [sample_note(SHORT)] * 3
    seen: list[tuple[int, int]] = []
    with ThreadPoolExecutor(1) as pool:
        papers = many.render_many(notes, "md", None, executor=pool, progress=lambda *how: seen.append(how))
        assert papers == many.render_many(notes, "md", None)

        def full(*_: Any) -> bytes:
            raise OutputFailed("no room", hint="make some")

        monkeypatch.setattr(many, "render", full)
        with pytest.raises(OutputFailed, match="no room"):
            many.render_many(notes, "md", None, executor=pool)
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_machine_that_would_make_other_bytes_makes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    with ThreadPoolExecutor(1) as pool:
        assert many.render_many([sample_note(SHORT)], "md", None, executor=pool, elsewhere=True)

        there = iter(["as here", "other templates"])
        monkeypatch.setattr(many, "inputs", lambda *_: next(there))
        with pytest.raises(Refused, match="would make other papers"):
            many.render_many([sample_note(SHORT)], "md", None, executor=pool, elsewhere=True)


def test_a_small_set_and_one_that_is_quickly_made_stay_in_one_process() -> None:
    assert many.executor(many.SMALL - 1, "docx", workers=2) is None
    assert many.executor(40, "md", workers=2) is None
    assert many.executor(40, "docx", workers=1) is None
    with many.executor(40, "docx", workers=2) as pool:  # type: ignore[union-attr]
        assert pool.submit(os.getpid).result() != os.getpid()


def test_an_error_travels_whole_between_processes() -> None:
    import pickle

    before = Outside(["https://example.org"], ["Failed to load"])
    after = pickle.loads(pickle.dumps(before))

    assert (type(after), after.lines(), after.asked) == (Outside, before.lines(), before.asked)


def a_terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Let standard error be a terminal, and return what is written to it."""
    shown = io.StringIO()
    monkeypatch.setattr(shown, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", shown)
    return shown


def test_progress_is_shown_on_a_terminal_after_a_second_and_wiped_away(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    now = iter([5.0, 5.9, 6.3, 7.0])
    monkeypatch.setattr("time.monotonic", lambda: next(now))
    show = progress("papers")
    for done in (1, 2, 3):
        show(done, 3)

    assert terminal.getvalue() == "\r2 of 3 papers\r\x1b[K"


def test_short_work_shows_no_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    now = iter([5.0, 5.4, 5.8])
    monkeypatch.setattr("time.monotonic", lambda: next(now))
    show = progress("papers")
    for done in (1, 2):
        show(done, 2)

    assert terminal.getvalue() == ""


def test_a_file_that_ends_in_pdf_holds_the_whole_set(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ("agency", "--all", "-o", "papers/set.pdf")
    assert said_of(capsys, *command) == "papers/set.pdf"
    first = (workspace / "papers/set.pdf").read_bytes()

    assert len(PdfReader(workspace / "papers/set.pdf").outline) > len(PdfReader(workspace / "papers/set.pdf").pages)
    assert said_of(capsys, *command) == "current"
    with (workspace / "papers/set.pdf").open("ab") as file:
        file.write(b"% edited")
    assert said_of(capsys, *command) == "papers/set.pdf"
    assert (workspace / "papers/set.pdf").read_bytes() == first
    assert said_of(capsys, "agency", "treasury", "pentagon", *command[2:]) == "papers/set.pdf"
    assert (workspace / "papers/set.pdf").read_bytes() != first


def test_a_set_of_the_house_s_own_look_is_one_file_too(workspace: Path) -> None:
    assert call(["agency", "treasury", "pentagon", "-o", "before.pdf"]) == 0
    assert call(["templates", "copy", "page"]) == 0
    style = workspace / "templates/note.css"
    style.write_text(style.read_text(encoding="utf-8").replace("#7a1f2b", "#1f7a2b"), encoding="utf-8")

    assert call(["agency", "treasury", "pentagon", "-o", "after.pdf"]) == 0

    before, after = (PdfReader(workspace / name) for name in ("before.pdf", "after.pdf"))
    assert [page.extract_text() for page in before.pages] == [page.extract_text() for page in after.pages]
    assert (workspace / "before.pdf").read_bytes() != (workspace / "after.pdf").read_bytes()


@pytest.mark.parametrize("more", [("--attach",), ("--issue", "--to", "Minister")], ids=lambda one: one[0].lstrip("-"))
def test_what_is_of_one_paper_does_not_go_with_one_file(workspace: Path, more: tuple[str, ...]) -> None:
    assert call(["agency", "--all", "-o", "set.pdf", *more]) == 2

    assert not (workspace / "set.pdf").exists()
