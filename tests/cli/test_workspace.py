from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from briefing.cli.main import call
from briefing.intake.drafts import DRAFTS
from tests.cli.workspaces import COMMERCE, ROOT, TREASURY, added, briefing, files, make_workspace

FULL_AT_WRITE = """
import os, errno
write, left = os.write, [{writes}]
def filling(descriptor, data):
    if descriptor > 2 and not left[0]:
        raise OSError({code}, os.strerror({code}))
    left[0] -= descriptor > 2
    return write(descriptor, data)
os.write = filling
"""
FILLED = {
    "TITLE OF THE MEETING": "Talks on standards",
    "AGENCY MET": "Commerce",
    "NAME, TITLE": "Jeffrey Kessler, Under Secretary of Commerce",
    "YOUR POST": "Third Secretary (Commerce)",
    "ONE SENTENCE.": "Standards were spoken of.",
    "GIVEN NAME FAMILY NAME": "Ada Example",
    "TITLE OF THE POST": "Director for Standards",
    "NAME AS PAPERS PRINT IT": "US Bureau of Examples",
    "SHORT NAME": "Examples",
    "ACRONYM": "BoE",
    "COUNTRY": "United States",
    "agency: AGENCY": "agency: Commerce",
}


def listed(capsys: pytest.CaptureFixture[str], *options: str) -> int:
    """Return how many events the workspace of a command line holds."""
    capsys.readouterr()
    assert call([*options, "list", "events", "--json"]) == 0
    return len(json.loads(capsys.readouterr().out))


def test_the_workspace_is_the_nearest_parent_with_settings(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    below = workspace / "drafts/2026"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert listed(capsys) == 64

    assert call(["-C", str(workspace / "drafts"), "init"]) == 0
    assert listed(capsys) == 0


def test_a_paper_made_further_down_goes_to_the_workspace(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (workspace / "drafts").mkdir()
    monkeypatch.chdir(workspace / "drafts")

    assert call(["note", "visit", "-f", "md"]) == 0

    assert [path.name for path in (workspace / "output").iterdir()] == ["visit-misri-us-2025.md"]


def test_the_option_wins_over_the_environment_and_that_over_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, drafts in (("here", ""), ("environment", TREASURY), ("option", f"{TREASURY}---\n{COMMERCE}")):
        folder = make_workspace(tmp_path / name)
        (folder / "drafts.yaml").write_text(drafts, encoding="utf-8")
        assert call(["-C", str(folder), "append", str(folder / "drafts.yaml")]) == (0 if drafts else 3)
    monkeypatch.chdir(tmp_path / "here")
    assert listed(capsys) == 64

    monkeypatch.setenv("BRIEFING_DIR", str(tmp_path / "environment"))
    assert listed(capsys) == 65
    assert listed(capsys, "-C", str(tmp_path / "option")) == 66
    assert listed(capsys) == 65


def test_where_there_is_no_workspace_there_is_nothing_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    for command in (["list"], ["note", "visit"], ["append", "-"], ["show", "treasury"], ["-C", "nowhere", "list"]):
        assert call(command) == 66, command
        said = capsys.readouterr()
        assert said.out == ""
        assert "hint:  `briefing init" in said.err

    assert list(tmp_path.iterdir()) == []


def test_init_makes_a_workspace_and_leaves_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(["init", "desk"]) == 0
    (tmp_path / "desk/briefing.toml").write_text('recorded_by = "Third Secretary"\n', encoding="utf-8")
    before = files(tmp_path)

    assert call(["init", "desk"]) == 0

    assert files(tmp_path) == before
    assert sorted(path.name for path in (tmp_path / "desk").iterdir()) == [".gitattributes", "briefing.toml", "events"]


def test_from_an_empty_folder_to_a_page_by_the_commands_of_the_readme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["init", str(tmp_path / "desk"), "--by", 'Third Secretary "Commerce"']) == 0
    monkeypatch.chdir(tmp_path / "desk")
    assert call(["new", "meeting", "-o", "draft.yaml"]) == 0
    fill_in(Path("draft.yaml"))
    assert call(["append", "draft.yaml", "--new"]) == 0
    assert call(["agency", "Commerce", "-o", "commerce.md"]) == 0

    page = Path("commerce.md").read_text(encoding="utf-8")
    assert "Jeffrey Kessler" in page
    assert "Standards were spoken of" in page
    assert call(["doctor"]) == 0
    capsys.readouterr()

    assert call(["note", "visit"]) == 4
    assert "no visit with meetings is on record" in capsys.readouterr().err


def test_init_says_when_nobody_is_named_who_records(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["init", str(tmp_path)]) == 0

    said = capsys.readouterr().err
    assert "who records here (recorded_by) and which country is ours (country)\n" in said
    assert "`briefing draft FILE`" in said


def test_init_keeps_our_country_and_asks_for_it_no_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["init", str(tmp_path), "--by", "Third Secretary", "--country", "India"]) == 0
    assert "first:" not in capsys.readouterr().err

    (tmp_path / "press.txt").write_text("Foreign Secretary Asha Raman met Jane Doe on 3 June 2025.\n", encoding="utf-8")
    assert call(["-C", str(tmp_path), "draft", str(tmp_path / "press.txt")]) == 0
    assert "set `country`" not in capsys.readouterr().err


def test_a_text_is_told_to_need_our_country_where_none_is_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["init", str(tmp_path), "--by", "Third Secretary"]) == 0
    (tmp_path / "press.txt").write_text("Foreign Secretary Asha Raman met Jane Doe on 3 June 2025.\n", encoding="utf-8")

    assert call(["-C", str(tmp_path), "draft", str(tmp_path / "press.txt")]) == 0
    assert "set `country`" in capsys.readouterr().err


def fill_in(draft: Path) -> None:
    """Write words where a draft has blanks."""
    text = draft.read_text(encoding="utf-8")
    for blank, words in FILLED.items():
        text = text.replace(blank, words)
    draft.write_text(text, encoding="utf-8")


def test_settings_that_cannot_be_read_are_named(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "briefing.toml").write_text('zone = "UTC\n', encoding="utf-8")

    assert call(["list"]) == 2

    assert "briefing.toml" in capsys.readouterr().err


@pytest.mark.parametrize("kind", DRAFTS)
def test_there_is_a_draft_of_every_kind(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["new", kind]) == 0

    assert f"\n{kind}: " in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["meeting", "person", "agency"])
def test_a_draft_that_is_filled_in_can_be_appended(workspace: Path, kind: str) -> None:
    assert call(["new", kind, "-o", "draft.yaml"]) == 0
    fill_in(workspace / "draft.yaml")
    before = files(workspace)

    assert call(["append", "draft.yaml", "--new"]) == 0

    (event,) = added(before, files(workspace)).values()
    assert event["type"] == {"meeting": "meeting.held"}.get(kind, f"{kind}.described")


def test_new_does_not_write_over_a_draft(workspace: Path) -> None:
    (workspace / "draft.yaml").write_text(TREASURY, encoding="utf-8")

    assert call(["new", "meeting", "-o", "draft.yaml"]) == 73

    assert (workspace / "draft.yaml").read_text(encoding="utf-8") == TREASURY


def test_the_complete_example_can_be_appended_to_the_record_that_ships(workspace: Path) -> None:
    before = files(workspace)

    assert call(["append", str(ROOT / "docs/examples/meeting.yaml"), "--new"]) == 0

    assert [event["type"] for event in added(before, files(workspace)).values()] == ["person.described", "meeting.held"]
    assert call(["agency", "commerce", "-f", "md", "-o", "commerce.md"]) == 0
    assert "send a draft agenda for the Strategic Trade Dialogue" in (workspace / "commerce.md").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(("code", "hint"), [(errno.ENOSPC, "make room"), (errno.EIO, "run the same command again")])
@pytest.mark.parametrize("writes", [0, 1])
def test_a_full_disk_changes_nothing_of_what_is_there_and_the_same_run_completes_it(
    workspace: Path, code: int, hint: str, writes: int
) -> None:
    (workspace / "drafts.yaml").write_text(f"{TREASURY}---\n{COMMERCE}", encoding="utf-8")
    before = files(workspace)

    full = briefing("append", "drafts.yaml", cwd=workspace, shim=FULL_AT_WRITE.format(writes=writes, code=code))

    assert full.returncode == 74
    assert full.stderr.startswith("error: cannot write ")
    assert hint in full.stderr
    assert full.stdout == ""
    assert len(added(before, files(workspace))) == writes
    assert briefing("append", "drafts.yaml", cwd=workspace).returncode == 0
    assert len(added(before, files(workspace))) == 2
