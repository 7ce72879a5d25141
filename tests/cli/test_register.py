"""`briefing people | agencies | topics`: the register is listed, told, added to and tidied."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import added, files


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert call([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("part", ["people", "agencies", "topics"])
def test_a_part_of_the_register_is_listed_as_list_lists_it(workspace: Path, capsys: pytest.CaptureFixture[str], part: str) -> None:
    assert told(capsys, part) == told(capsys, "list", part) != []


def test_words_choose_lines_and_one_name_tells_everything(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [row["id"] for row in told(capsys, "people", "kessl")] == ["kessler-jeffrey"]

    one = told(capsys, "people", "Jeffrey", "Kessler")

    assert one["posts"][1]["title"] == "U.S. Under Secretary of Commerce"
    assert one["meetings"][0]["id"] == "commerce-talks-2025-05"
    assert one["events"][0]["type"] == "person.described"
    assert call(["people", "Jeffrey", "Kessler"]) == 0
    assert "Under Secretary of Commerce, us-commerce, at 27–29 May 2025 (year inferred), rank 3" in capsys.readouterr().out


def test_who_is_not_on_record_is_not_found(workspace: Path) -> None:
    assert call(["people", "nobody", "at", "all"]) == 4
    assert call(["people", "nobody", "--alias", "N"]) == 4


def test_an_alias_is_an_event_and_leads_to_the_entry(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files(workspace / "events")
    add = ("agencies", "Treasury", "--alias", "Treasury of the US", "--by", "Registrar")

    assert call([*add, "--dry-run"]) == 0
    assert files(workspace / "events") == before
    assert call([*add]) == call([*add]) == 0

    (event,) = added(before, files(workspace / "events")).values()
    assert (event["id"], event["aliases"], event["recorded_by"]) == ("us-treasury", ["Treasury of the US"], "Registrar")
    assert told(capsys, "agencies", "treasury of the us")["name"] == "US Department of the Treasury"


def test_a_post_is_kept_with_its_time(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("people", "Jeffrey Kessler", "--title", "Ambassador", "--agency", "State", "--since", "1 June 2025", "--until", "1 July 2026")

    assert call([*words]) == 0

    post = told(capsys, "people", "kessler-jeffrey")["posts"][-1]
    assert post == {"title": "Ambassador", "agency": "us-state", "since": "1 June 2025", "until": "1 July 2026"}
    assert call(["people", "kessler-jeffrey", "--title", "Head", "--agency", "Nowhere"]) == 3
    assert "no agency “Nowhere” is on record" in capsys.readouterr().err


def test_a_merge_is_proposed_with_its_command_and_made_only_when_it_is_asked_for(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "two.yaml").write_text("person: J. Kessler\ntitle: Under Secretary\nagency: Commerce\n", encoding="utf-8")
    assert call(["append", "two.yaml", "--new"]) == 0
    before = files(workspace / "events")

    (found,) = told(capsys, "people", "--merges")

    assert files(workspace / "events") == before
    assert found["command"] == "briefing people kessler-jeffrey --merge kessler-j"
    assert call([*found["command"].split()[1:], "--dry-run"]) == 0
    assert files(workspace / "events") == before
    assert call(found["command"].split()[1:]) == 0
    assert told(capsys, "people", "J. Kessler")["id"] == "kessler-jeffrey"
    assert told(capsys, "people", "--merges") == []
    assert call(["people", "kessler-jeffrey", "--merge", "J. Kessler"]) == 5


def test_what_is_written_follows_the_whole_record_and_never_the_sample(workspace: Path) -> None:
    assert call(["people", "kessler-jeffrey", "--alias", "K", "--as-of", "1 June 2025"]) == 2
    assert call(["people", "kessler-jeffrey", "--alias", "K", "--sample"]) == 5
    assert call(["people", "kessler-jeffrey", "--alias", "K", "--merges"]) == 2


def test_where_no_two_entries_look_like_one_that_is_said_and_nothing_is_printed(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["people", "--merges"]) == 0

    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "no two people look like one\n")
