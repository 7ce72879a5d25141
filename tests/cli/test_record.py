from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from briefing.cli.listing import ROWS
from briefing.cli.main import call
from tests.cli.workspaces import TREASURY, files, sha256

TREASURY_TALKS = "treasury-talks-2025-05"


@pytest.fixture(autouse=True)
def _in_a_workspace(workspace: Path) -> None:
    """Every test stands in a workspace with the record that ships."""


@pytest.fixture
def answer(capsys: pytest.CaptureFixture[str]) -> Any:
    """Return a function that runs a command line and returns what it printed as a result."""

    def run(*arguments: str) -> str:
        assert call([*arguments]) == 0
        return capsys.readouterr().out

    return run


def test_meetings_are_listed_when_nothing_is_said(answer: Any) -> None:
    assert answer("list") == answer("list", "meetings")
    assert "treasury-talks-2025-05          27–29 May 2025 (year inferred)  Talks at Treasury" in answer("list")


NOT_SHIPPED = ("planned", "objectives", "notes")
"""What the record that ships has none of."""


@pytest.mark.parametrize("kind", [kind for kind in ROWS if kind not in NOT_SHIPPED])
def test_every_kind_is_listed_in_lines_and_the_same_in_json(answer: Any, kind: str) -> None:
    lines = answer("list", kind).splitlines()
    rows = json.loads(answer("list", kind, "--json"))

    assert rows
    assert [line.split()[0] for line in lines] == [row["id"] for row in rows]
    assert not any(sign in line for line in lines for sign in ("{", "}", "None", "['"))


def test_what_is_to_come_is_listed_until_it_has_been_held(answer: Any, workspace: Path) -> None:
    draft = workspace / "plan.yaml"
    draft.write_text("planned: Dialogue\nwhen: 12 June 2026\nagency: Commerce\nobjectives: [A date.]\n", encoding="utf-8")
    answer("append", str(draft))

    assert answer("list", "planned") == "dialogue-2026-06-12  12 June 2026  Dialogue  us-commerce\n"
    assert answer("list", "objectives") == "dialogue-2026-06-12/o1  A date.\n"
    assert json.loads(answer("list", "notes", "--json")) == []

    held = "meeting: Dialogue\nplan: Dialogue\nwhen: 12 June 2026\nagency: Commerce\ncontent: not known\n"
    draft.write_text(f"{held}---\nscore: dialogue-2026-06-12/o1\nas: met\nevidence: A day was named.\n", encoding="utf-8")
    answer("append", str(draft))

    assert answer("list", "planned") == ""
    assert answer("list", "objectives") == "dialogue-2026-06-12/o1  A date.  met\n"


def test_what_cannot_be_listed_is_a_matter_of_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["list", "secrets"]) == 2
    assert "one of: meetings, planned" in capsys.readouterr().err


def test_meetings_of_one_agency_are_listed_by_any_of_its_names(answer: Any) -> None:
    rows = json.loads(answer("list", "--agency", "Pentagon", "--json"))

    assert [row["id"] for row in rows] == ["defense-talks-2025-05"]


def test_events_are_listed_with_the_digest_that_sha256sum_prints(answer: Any, workspace: Path) -> None:
    rows = json.loads(answer("list", "events", "--json"))

    digests = [sha256(path.read_bytes()) for path in sorted(workspace.rglob("events/*/*.json"))]
    assert [row["digest"] for row in rows] == digests


def test_a_difference_is_listed_with_the_words_of_both_texts(answer: Any) -> None:
    line = next(one for one in answer("list", "differences").splitlines() if "Elbridge Colby" in one)

    assert "3: “U.S. Under Secretary of Defense” / " in line
    assert line.endswith("3: “Under Secretary for Policy”")


@pytest.mark.parametrize("by", ["digest", "eight digits", "id", "capitals"])
def test_an_event_is_shown_by_its_digest_by_eight_of_its_digits_and_by_the_id_it_is_about(
    answer: Any, workspace: Path, by: str
) -> None:
    held = workspace.rglob("*meeting-held*.json")
    (file,) = (path for path in held if json.loads(path.read_bytes())["id"] == TREASURY_TALKS)
    digest = sha256(file.read_bytes())
    reference = {"digest": digest, "eight digits": digest[:8], "id": TREASURY_TALKS, "capitals": digest[:8].upper()}[by]

    assert answer("show", reference).startswith(f"meeting.held  {TREASURY_TALKS}  {digest[:12]}\n")
    assert answer("show", reference, "--raw").encode() == file.read_bytes()
    in_json = json.loads(answer("show", reference, "--json"))
    assert (in_json["digest"], in_json["event"]) == (digest, json.loads(file.read_bytes()))


def test_what_an_event_says_is_shown_in_words_with_each_quotation_below_its_sentence(answer: Any) -> None:
    shown = answer("show", "commerce-talks-2025-05")

    assert "put on record 2026-11-24 06:13 UTC by briefing sample\n" in shown
    assert "\nwhen: 27–29 May 2025 (year inferred), as the visit\n" in shown
    assert "\n  c1  Hold the next Strategic Trade Dialogue. (owed by both; due “soon”; topics strategic-trade-dialogue)\n" in shown
    assert "\n      “They agreed to hold the next Strategic Trade Dialogue soon.” – text-add2af9093e8, paragraph 5 (strength agreed)\n" in shown
    assert "\nrests on:\n  “Parallel discussions with the U.S. Under Secretary of Commerce Jeffrey Kessler focused" in shown
    assert "nonce" not in shown
    assert "{" not in shown


def test_every_event_of_the_record_can_be_shown_and_no_digest_of_64_digits_is_read_by_a_person(
    answer: Any, workspace: Path
) -> None:
    digests = [row["digest"] for row in json.loads(answer("list", "events", "--json"))]
    shown = [answer("show", digest) for digest in digests] + [answer("list", "events"), answer("list", "sources")]

    assert [one for one in shown if re.search("[0-9a-f]{64}", one)] == []
    assert all(digest[:12] in one for digest, one in zip(digests, shown, strict=False))
    assert all(len(row["sha256"]) == 64 for row in json.loads(answer("list", "sources", "--json")))


@pytest.mark.parametrize("kind", ["meeting", "planned"])
def test_meetings_are_listed_by_their_dates_the_newest_last_and_undated_ones_behind(answer: Any, workspace: Path, kind: str) -> None:
    draft, rest = workspace / "draft.yaml", "content: not known\n" if kind == "meeting" else ""
    for title, when in (("Some day", "soon"), ("Later", "3 June 2027"), ("Earlier", "2 January 2020")):
        draft.write_text(f"{kind}: {title}\nagency: Commerce\nwhen: {when}\n{rest}", encoding="utf-8")
        answer("append", str(draft))

    titles = [row["title"] for row in json.loads(answer("list", "meetings" if kind == "meeting" else kind, "--json"))]
    assert titles[0] == "Earlier"
    assert titles[-2:] == ["Later", "Some day"]


def test_a_source_is_shown_with_its_paragraphs_numbered(answer: Any) -> None:
    shown = answer("show", "text-add2af9093e8")

    assert "SHA-256 of the original add2af9093e8" in shown
    assert "\n  5  " in shown
    assert "They agreed to hold the next Strategic Trade Dialogue soon." in shown


def test_what_is_not_on_record_cannot_be_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["show", "treasury-talks-2052-05"]) == 4
    assert f"nearest on record: {TREASURY_TALKS}" in capsys.readouterr().err

    assert call(["show", "00000000"]) == 4


def test_the_schema_of_a_type_accepts_exactly_the_fields_of_its_events(answer: Any, workspace: Path) -> None:
    schema = json.loads(answer("schema", "meeting.held"))

    assert schema["additionalProperties"] is False
    for path in workspace.rglob("*meeting-held*.json"):
        assert set(json.loads(path.read_bytes())) <= set(schema["properties"])


def test_without_a_type_the_schemas_of_all_are_printed(answer: Any, workspace: Path) -> None:
    schemas = json.loads(answer("schema"))

    used = {json.loads(path.read_bytes())["type"] for path in workspace.rglob("events/*/*.json")}
    assert used < set(schemas)
    assert schemas["meeting.held"] == json.loads(answer("schema", "meeting.held"))


def test_a_type_that_there_is_not_has_no_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["schema", "meeting.hold"]) == 4
    assert "meeting.held" in capsys.readouterr().err


def test_doctor_finds_a_record_that_is_whole(answer: Any) -> None:
    checks = json.loads(answer("doctor", "--json"))

    assert all(check["ok"] for check in checks)
    assert any("64 events" in check["check"] for check in checks)
    assert answer("doctor").count("ok     ") == len(checks)


def test_doctor_names_an_altered_file(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = next(workspace.rglob("*meeting-held*.json"))
    file.write_bytes(file.read_bytes().replace(b"Talks", b"Walks"))

    assert call(["doctor"]) == 1

    assert file.name in capsys.readouterr().out


def test_doctor_says_when_nobody_is_named_who_records(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "briefing.toml").write_text("", encoding="utf-8")

    assert call(["doctor"]) == 1

    assert "recorded_by" in capsys.readouterr().out


def test_doctor_names_a_system_part_that_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("briefing.render.system._loads", lambda name: "pango" not in name)

    assert call(["doctor"]) == 69

    assert "libpango-1.0-0" in capsys.readouterr().out


def test_reading_writes_nothing(workspace: Path, answer: Any) -> None:
    (workspace / "draft.yaml").write_text(TREASURY, encoding="utf-8")
    before = files(workspace)

    for command in (["list"], ["list", "events", "--json"], ["show", TREASURY_TALKS], ["schema"], ["doctor"]):
        answer(*command)

    assert files(workspace) == before
