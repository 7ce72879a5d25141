"""`briefing import calendar`: shown, taken, taken again, changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import added, files
from tests.intake.calendar.calendars import calendar, event

DAYS = ["--from", "1 January 2020", "--until", "31 December 2099"]
LATER = ":20990602T103000Z"


@pytest.fixture
def diary(workspace: Path) -> Path:
    path = workspace / "diary.ics"
    path.write_bytes(calendar(
        event("ATTENDEE;CN=Jeffrey Kessler:mailto:jk@x.example", "LOCATION:South Block", start=LATER),
        event(uid="past@x", title="A past one", start=":20210602T103000Z"),
        event(uid="none@x", title="", start=LATER),
    ))  # fmt: skip
    return path


def rows(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    call(["import", "calendar", "diary.ics", *DAYS, "--dry-run", "--json", *options])
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["rows"]
    return found


def test_a_dry_run_shows_what_would_come_in_and_why_the_rest_would_not(
    workspace: Path, diary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(workspace / "events")

    assert call(["import", "calendar", "diary.ics", *DAYS, "--dry-run"]) == 1

    out = capsys.readouterr().out.splitlines()
    assert out[0] == "new         diary.ics:3  2 June 2099: Talks (Jeffrey Kessler)"
    assert "past; --held takes it" in out[1]
    assert out[2] == "not taken   diary.ics:15  it has no title"
    assert out[-1] == "new: 1 planned meeting; not taken: 1; beside these: 1 past (--held)"
    assert files(workspace / "events") == before


def test_a_calendar_is_taken_once_and_what_changes_in_it_is_proposed(
    workspace: Path, diary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(workspace / "events")
    assert call(["import", "calendar", "diary.ics", *DAYS, "--yes"]) == 1, "an entry without a title is a problem"
    (planned,) = added(before, files(workspace / "events")).values()
    assert (planned["type"], planned["origin"], planned["title"]) == ("meeting.planned", "ics:one@x", "Talks")
    assert [one["person"] for one in planned["participants"]] == ["kessler-jeffrey"]

    once = files(workspace / "events")
    call(["import", "calendar", "diary.ics", *DAYS, "--yes", "--corrections"])
    assert files(workspace / "events") == once

    diary.write_bytes(diary.read_bytes().replace(b"South Block", b"Hyderabad House"))
    assert [one["field"] for one in rows(capsys) if one["what"] == "changed"] == ["where"]
    call(["import", "calendar", "diary.ics", *DAYS, "--yes"])
    assert files(workspace / "events") == once, "corrections are taken only when they are asked for"
    call(["import", "calendar", "diary.ics", *DAYS, "--yes", "--corrections"])
    (corrected,) = added(once, files(workspace / "events")).values()
    assert corrected["changes"] == [{"path": "where", "value": "Hyderabad House"}]


def test_what_is_past_is_taken_as_held_and_needs_someone_who_was_met(
    workspace: Path, diary: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone, forced = (next(one["says"] for one in rows(capsys, "--held", *more) if one["place"] == "diary.ics:10") for more in ([], ["--alone"]))
    assert alone == "nobody is invited; --alone takes it “A past one”"
    assert "a meeting says who was met" in forced

    diary.write_bytes(diary.read_bytes().replace(b"SUMMARY:A past one", b"SUMMARY:A past one\r\nATTENDEE;CN=Jeffrey Kessler:mailto:j@x.example"))
    before = files(workspace / "events")
    call(["import", "calendar", "diary.ics", *DAYS, "--yes", "--held"])
    held = [one for one in added(before, files(workspace / "events")).values() if one["type"] == "meeting.held"]
    assert [(one["title"], one["content_known"], one["origin"]) for one in held] == [("A past one", False, "ics:past@x/held")]
    once = files(workspace / "events")
    call(["import", "calendar", "diary.ics", *DAYS, "--yes"])
    assert files(workspace / "events") == once


@pytest.mark.parametrize(("data", "code", "said"), [
    (None, 66, "there is no file diary.ics"),
    (b"Dear colleague,", 3, "error: diary.ics: it is no calendar"),
    (calendar(event())[:-40], 3, "error: diary.ics:3: an entry begins here that does not end"),
])  # fmt: skip
def test_a_file_that_is_no_calendar_is_one_error_and_writes_nothing(
    workspace: Path, capsys: pytest.CaptureFixture[str], data: bytes | None, code: int, said: str
) -> None:
    if data is not None:
        (workspace / "diary.ics").write_bytes(data)
    before = files(workspace / "events")

    assert call(["import", "calendar", "diary.ics", "--yes"]) == code
    assert said in capsys.readouterr().err
    assert files(workspace / "events") == before


def test_a_last_day_before_the_first_cannot_be_meant(workspace: Path, diary: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["import", "calendar", "diary.ics", "--from", "2 June 2026", "--until", "1 June 2026"]) == 2
    assert "2026-06-01 is before 2026-06-02" in capsys.readouterr().err


def test_what_was_exported_comes_back_without_loss_and_adds_nothing_where_it_is_on_record(
    workspace: Path, diary: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = "ATTENDEE;CN=Jeffrey Kessler:mailto:jk@x.example"
    diary.write_bytes(calendar(
        event(people, "DURATION:PT1H30M", start=";TZID=Asia/Kolkata:20990602T103000"),
        event(people, "LOCATION:South Block", "DTEND;VALUE=DATE:20990606", uid="days@x", start=";VALUE=DATE:20990603"),
    ))  # fmt: skip
    assert call(["import", "calendar", "diary.ics", *DAYS, "--yes"]) == 0
    (workspace / "own.yaml").write_text("planned: A typed one\nwhen: 4 June 2099\nat: '11:15'\nwith: [Jeffrey Kessler]\n", encoding="utf-8")
    assert call(["append", "own.yaml"]) == 0
    assert call(["export", "ics", "-o", "out.ics"]) == 0
    before = files(workspace / "events")
    call(["import", "calendar", "out.ics", *DAYS, "--yes", "--held"])
    assert files(workspace / "events") == before

    other = tmp_path / "other"
    (other / "events").mkdir(parents=True)
    (other / "briefing.toml").write_text('recorded_by = "Desk"\n', encoding="utf-8")
    call(["-C", str(other), "import", "calendar", "out.ics", *DAYS, "--yes"])
    assert plans(other) == {key: value for key, value in plans(workspace).items() if "2099" in key}
    assert len(plans(other)) == 3


def plans(folder: Path) -> dict[str, tuple[Any, ...]]:
    """Return what each planned meeting says of when, where and whom, by its id."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (folder / "events").rglob("*meeting-planned*.json")]
    keys = ("title", "when", "at_time", "duration", "where")
    return {one["id"]: (*(one.get(key) for key in keys), [who["person"] for who in one["participants"]]) for one in found}
