"""`briefing export` and back: events whole, meetings as rows that no program computes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import files

BAD = "=HYPERLINK(1)"


def exported(format_: str, *words: str) -> Path:
    assert call(["export", format_, *words, "-o", f"out.{format_}"]) == 0
    return Path(f"out.{format_}")


def emptied(workspace: Path) -> Path:
    """Return a workspace beside this one, with nothing on record."""
    other = workspace.parent / "other"
    assert call(["init", str(other), "--by", "a test"]) == 0
    return other


def events(folder: Path) -> dict[str, bytes]:
    return {name: data for name, (data, *_) in files(folder / "events").items() if name.endswith(".json")}


def test_every_event_comes_back_with_the_same_name_and_bytes_and_only_once(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["correct", "kessler-jeffrey", "--set", "say_name=KESS-ler", "--reason", "asked him"]) == 0
    path = exported("jsonl").resolve()
    other = emptied(workspace)

    assert call(["-C", str(other), "import", "events", str(path), "--dry-run"]) == 0
    assert events(other) == {}
    assert call(["-C", str(other), "import", "events", str(path)]) == 0
    assert call(["-C", str(other), "import", "events", str(path)]) == 0

    assert events(other) == events(workspace) != {}
    assert call(["-C", str(other), "verify"]) == 0


def test_what_was_redacted_goes_neither_out_nor_back(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = exported("jsonl").read_bytes()
    (workspace / "before.jsonl").write_bytes(before)
    assert call(["redact", "colby-elbridge", "--reason", "private", "--authority", "Records"]) == 0

    after = exported("jsonl").read_bytes()

    assert b"Elbridge Colby" in before
    assert b'"name":"Elbridge Colby"' not in after
    other = emptied(workspace)
    for one in ("out.jsonl", "before.jsonl"):
        assert call(["-C", str(other), "import", "events", str(workspace / one)]) == 0
    assert not any(b'"name": "Elbridge Colby"' in data for data in events(other).values())
    assert "redacted, and not put back" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new"),
    [(b"Elbridge Colby", b"Elbridge Coldy"), (b'"file":"2026', b'"file":"../2026'), (b'"file":"2026-11/2026', b'"file":"2026-11/2027')],
)
def test_an_event_that_is_not_what_its_name_says_is_named_by_its_line_and_none_is_put(
    workspace: Path, capsys: pytest.CaptureFixture[str], old: bytes, new: bytes
) -> None:
    path = exported("jsonl").resolve()
    path.write_bytes(path.read_bytes().replace(old, new))
    other = emptied(workspace)

    assert call(["-C", str(other), "import", "events", str(path)]) == 3

    assert "out.jsonl:" in capsys.readouterr().err
    assert events(other) == {}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", " =", "'=", "''="])
def test_no_cell_of_a_row_begins_with_a_formula_and_what_is_put_before_one_is_told_apart(workspace: Path, sign: str) -> None:
    title = f"{sign}HYPERLINK(1)"
    draft = {"meeting": title, "when": "28 May 2025", "agency": "Commerce", "points": [{"say": f"{sign}cmd|x"}, {"say": "more"}], "notes": "Desk"}
    (workspace / "d.json").write_text(json.dumps(draft), encoding="utf-8")
    assert call(["append", "d.json"]) == 0

    row = list(csv.DictReader(io.StringIO(exported("csv").read_bytes().decode("utf-8-sig"), newline="")))[-1]

    assert (row["title"], row["points"]) == (f"'{title.strip()}", f"'{sign.strip()}cmd|x\nmore")
    assert (row["when"], row["first day"], row["precision"], row["agency"]) == ("28 May 2025", "2025-05-28", "day", "US Department of Commerce")


def test_a_workbook_holds_the_same_rows_as_text(workspace: Path) -> None:
    from python_calamine import CalamineWorkbook

    rows = list(csv.reader(io.StringIO(exported("csv").read_bytes().decode("utf-8-sig"), newline="")))

    book = CalamineWorkbook.from_path(str(exported("xlsx"))).get_sheet_by_index(0).to_python()

    assert [[str(cell) for cell in row] for row in book] == rows
    assert len(rows) > 5


def test_meetings_to_come_are_rows_of_their_own(workspace: Path) -> None:
    (workspace / "d.yaml").write_text("planned: Dialogue\nwhen: 3 June 2026\nagency: Commerce\nagenda: [Chips, Steel]\n", encoding="utf-8")
    assert call(["append", "d.yaml"]) == 0

    (row,) = csv.DictReader(io.StringIO(exported("csv", "--planned").read_bytes().decode("utf-8-sig"), newline=""))

    assert (row["title"], row["agenda"]) == ("Dialogue", "Chips\nSteel")


def test_an_unknown_format_is_a_usage_error_and_an_altered_record_is_not_exported(workspace: Path) -> None:
    assert call(["export", "xml"]) == 2
    assert call(["export", "ics", "--planned"]) == 2
    file = next((workspace / "events").rglob("*.json"))
    file.chmod(0o644)
    file.write_bytes(file.read_bytes() + b" ")
    assert call(["export", "jsonl"]) == 5


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_meetings_come_back_from_their_rows_with_every_column(workspace: Path, format_: str) -> None:
    drafts = [
        {"meeting": "=1+1", "when": "27-29 May 2027", "agency": ["Commerce", "Treasury"], "with": ["Jeffrey Kessler, Under Secretary", "“two others”"],
         "ours": ["Vikram Misri"], "mode": "video", "language": "Hindi", "attendance": "partial", "notes": "Desk", "where": "- Room 5",
         "points": [{"say": "'=x was said."}, {"say": "More, and “more”."}], "commitments": [{"say": "@once."}],
         "not agreed": [{"say": "A date."}], "public line": "+ good talks", "papers": ["One", "Two"], "next contact": "June 2026", "not known": ["Why."]},
        {"planned": "-Dialogue", "when": "3 June 2027", "at": "10:30", "duration": "45 minutes", "agency": "Commerce", "agenda": ["Chips", "=Steel"],
         "objectives": ["A date."], "points": [{"say": "Propose it."}], "decision asked": "agree", "press": "none"},
    ]  # fmt: skip
    (workspace / "d.json").write_text(json.dumps(drafts), encoding="utf-8")
    assert call(["append", "d.json", "--new"]) == 0
    sheets = {}
    for n, words in enumerate(([], ["--planned"])):
        sheets[n] = exported(format_, *words).rename(f"{n}.{format_}").resolve()
        before = exported("csv", *words).read_bytes()
        other = workspace.parent / f"other{n}"
        assert call(["init", str(other), "--by", "a test"]) == 0
        assert call(["-C", str(other), "import", "table", str(sheets[n]), "--yes"]) == 0
        assert call(["-C", str(other), "import", "table", str(sheets[n]), "--yes"]) == 0

        assert call(["-C", str(other), "export", "csv", *words, "-o", "after.csv"]) == 0

        there, back = (list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))) for data in (before, Path("after.csv").read_bytes()))
        assert back == there
        assert len(back) == (1 if words else 10)


def test_a_calendar_comes_back_with_days_times_places_and_people_and_nothing_made_up(workspace: Path) -> None:
    drafts = [
        {"meeting": "Held; on, “steel”", "when": "27-29 May 2027", "agency": "Commerce", "with": ["Jeffrey Kessler"], "where": "Room 5, left", "content": "not known"},
        {"planned": "Dialogue", "when": "3 June 2027", "at": "10:30", "agency": "Commerce", "with": ["Jeffrey Kessler"]},
        {"planned": "Another day", "when": "4 June 2027", "at": "in the morning", "agency": "Commerce"},
        {"planned": "Some day", "when": "soon", "agency": "Commerce"},
    ]  # fmt: skip
    (workspace / "d.json").write_text(json.dumps(drafts), encoding="utf-8")
    assert call(["append", "d.json"]) == 0
    path = exported("ics").resolve()
    other = emptied(workspace)
    words = ["-C", str(other), "import", "calendar", str(path), "--from", "1 January 2025", "--until", "31 December 2027", "--yes"]

    assert call(words) == call(words) == 0

    assert call(["-C", str(other), "export", "csv", "--planned", "-o", "planned.csv"]) == 0
    rows = {row["title"]: row for row in csv.DictReader(io.StringIO(Path("planned.csv").read_bytes().decode("utf-8-sig"), newline=""))}
    assert {title: (row["first day"], row["last day"], row["at"]) for title, row in rows.items()} == {
        "Held; on, “steel”": ("2027-05-27", "2027-05-29", ""),
        "Dialogue": ("2027-06-03", "2027-06-03", "10:30"),
        "Another day": ("2027-06-04", "2027-06-04", ""),
    }
    assert (rows["Dialogue"]["with"], rows["Held; on, “steel”"]["where"]) == ("Jeffrey Kessler", "Room 5, left")


def test_events_that_come_back_are_told_in_numbers_and_named_by_a_dry_run(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = exported("jsonl").resolve()
    n = path.read_bytes().count(b"\n")
    other = emptied(workspace)
    capsys.readouterr()

    assert call(["-C", str(other), "import", "events", str(path), "--dry-run"]) == 0
    told = capsys.readouterr()
    assert told.out.count(".json\n") == n
    assert f"new: {n} events (" in told.err
    assert "nothing was written (--dry-run)" in told.err

    assert call(["-C", str(other), "import", "events", str(path), "--yes"]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "meeting.held" in told.err
    assert told.err.endswith(f"put on record: {n} events\n")
    assert call(["-C", str(other), "import", "events", str(path), "--yes"]) == 0
    assert f"new: 0 events; on record already: {n}" in capsys.readouterr().err
