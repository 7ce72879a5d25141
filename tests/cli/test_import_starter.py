"""`briefing import agencies | countries`: lists of others as a register to begin with, edition after edition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import ROOT, added, files

AGENCIES = """\
name,short_name,parent
Commerce Department,DOC,
Economic  Analysis Bureau,EAB,Commerce Department
Economic Assessment Board,EAB,
"Energy Department",DOE,
,X,
Energy Department,DOE,
Treasury Department,TREAS,
"""
REFERENCE = ROOT.parent / "shared/data/reference"


def taken(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert call(["import", *words, "--dry-run", "--json"]) in (0, 1)
    rows = json.loads(capsys.readouterr().out)["rows"]
    told = {kind: [row for row in rows if row["what"] == kind] for kind in ("new", "on record", "changed", "gone")}
    return told | {"left": [row for row in rows if row["what"] not in told]}


def test_a_list_is_put_on_the_register_once_and_what_an_officer_put_there_stays(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "us-agencies.csv").write_text(AGENCIES, encoding="utf-8")
    before = files(workspace / "events")

    shown = taken(capsys, "agencies", "us-agencies.csv", "--country", "United States")
    assert files(workspace / "events") == before
    assert [row["says"].partition(" “")[0] for row in shown["left"]] == [
        "on the register already, as us-commerce", "no name", "line 5 has this name too", "on the register already, as us-treasury",
    ]  # fmt: skip
    assert call(["import", "agencies", "us-agencies.csv", "--country", "United States", "--yes"]) == 1
    assert call(["import", "agencies", "us-agencies.csv", "--country", "United States", "--yes"]) == 1

    new = list(added(before, files(workspace / "events")).values())
    assert [(event["origin"], event["name"], event.get("short"), event.get("aliases")) for event in new] == [
        ("row:us-agencies:Economic Analysis Bureau", "Economic Analysis Bureau", None, ["Economic Analysis Bureau, Commerce Department"]),
        ("row:us-agencies:Economic Assessment Board", "Economic Assessment Board", None, None),
        ("row:us-agencies:Energy Department", "Energy Department", "DOE", ["Department of Energy"]),
    ]  # fmt: skip
    assert {(event["country"], event["side"]) for event in new} == {("United States", "theirs")}


def test_a_changed_edition_proposes_corrections_and_says_what_is_there_no_more(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace / "us-agencies.csv"
    path.write_text("name,short_name,parent\nEnergy Department,DOE,\nEconomic Assessment Board,EAB,\n", encoding="utf-8")
    assert call(["import", "agencies", "us-agencies.csv", "--yes"]) == 0
    path.write_text("name,short_name,parent\nEnergy Department,ENERGY,\nWeather Bureau,WB,\n", encoding="utf-8")

    shown = taken(capsys, "agencies", "us-agencies.csv")

    assert [row["says"] for row in shown["changed"]] == ["energy-department short: “DOE” → “ENERGY”"]
    assert [row["says"].partition(";")[0] for row in shown["gone"]] == ["economic-assessment-board Economic Assessment Board: here no more"]
    assert call(["import", "agencies", "us-agencies.csv", "--yes", "--corrections"]) == 0
    assert taken(capsys, "agencies", "us-agencies.csv")["changed"] == []
    assert call(["agencies", "ENERGY"]) == 0
    assert "short: ENERGY" in capsys.readouterr().out


def test_countries_bear_their_common_and_their_formal_name_under_their_code(workspace: Path) -> None:
    (workspace / "c.csv").write_text(
        "ISO3166-1-Alpha-3,CLDR display name,UNTERM English Formal\nIND,India,the Republic of India\nATA,Antarctica,\n", encoding="utf-8"
    )
    before = files(workspace / "events")

    assert call(["import", "countries", "c.csv", "--register", "countries", "--yes"]) == 0

    india, _ = added(before, files(workspace / "events")).values()
    assert (india["origin"], india["id"], india["expansion"], india["country"]) == ("row:countries:IND", "india", "Republic of India", "India")


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"name,parent\nA,B\n", "l.csv:1: no column “short_name”"), (b"name,short_name,parent\n\xff,A,B\n", "l.csv:1: byte 23 is not UTF-8"),
     (b'name,short_name,parent\n"' + b"x" * 200_000 + b'",,\n', "l.csv:1: it cannot be read as CSV"), (b"", "l.csv:1: no column")],
)  # fmt: skip
def test_a_file_that_is_no_such_list_is_refused_with_its_place(
    workspace: Path, capsys: pytest.CaptureFixture[str], data: bytes, problem: str
) -> None:
    (workspace / "l.csv").write_bytes(data)

    assert call(["import", "agencies", "l.csv", "--yes"]) == 3
    assert problem in capsys.readouterr().err


@pytest.mark.skipif(not REFERENCE.exists(), reason="the lists of others are not here")
def test_the_lists_that_are_published_are_taken_whole(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    agencies = taken(capsys, "agencies", str(REFERENCE / "us-agencies.csv"), "--country", "United States")
    countries = taken(capsys, "countries", str(REFERENCE / "country-codes.csv"))

    assert len(agencies["new"]) + len(agencies["left"]) == 459
    assert [row["kind"] for row in agencies["left"]] == ["on the register"] * 4
    assert len(countries["new"]) + len(countries["left"]) == 249
