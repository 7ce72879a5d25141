"""`briefing import table`: what an officer sees of a register, and what is put on record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter

from briefing.cli.main import call
from tests.cli.workspaces import added, files

REGISTER = """\
"Meetings of ministers, January to March 2014",,,
Minister,Date,Name of Organisation,Purpose of meeting²
"Minister for Civil Society, Nick Hurd MP",January,CBI,Skills
,February,"Scope; Nesta",Giving
,,Demos,
,nil return,,
Whips (Lords),12 March,BT,
,March,"CBI, TUC and others",Pay
,,,
Note,,,
Does not normally include meetings with Government bodies.,,,
"""


@pytest.fixture
def register(workspace: Path, tmp_path: Path) -> Path:
    path = tmp_path / "meetings.csv"
    path.write_text(REGISTER, encoding="cp1252")
    return path


def shown(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, list[dict[str, object]]]:
    assert call(["import", "table", *map(str, arguments), "--dry-run", "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def test_a_dry_run_shows_every_row_and_writes_nothing(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(workspace)

    plan = shown(capsys, register)

    assert files(workspace) == before
    assert [(str(row["place"]).rpartition(":")[2], row["what"]) for row in plan["rows"]] == [
        ("1", "title"), ("2", "header"), ("3", "new"), ("4", "new"), ("5", "continued"), ("6", "nil return"), ("7", "new"),
        ("8", "new"), ("9", "blank"), ("10", "note"), ("11", "note"),
    ]  # fmt: skip
    says = {str(row["place"]).rpartition(":")[2]: row["says"] for row in plan["rows"] if row["what"] == "new"}
    assert says == {
        "3": "January [2014]: Skills (CBI; Nick Hurd)",
        "4": "February [2014]: Giving (Scope; Nesta; Demos; Nick Hurd)",
        "7": "12 March [2014]: Meeting with BT (BT; “Whips (Lords)”)",
        "8": "March [2014]: Pay (“CBI, TUC and others”; “Whips (Lords)”)",
    }
    assert [name["name"] for name in plan["names"]] == ["CBI", "Nick Hurd", "Scope", "Nesta", "Demos", "BT"]


def test_nothing_enters_the_record_unseen(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(workspace)

    assert call(["import", "table", str(register)]) == 2

    assert files(workspace) == before
    told = capsys.readouterr().err
    assert "new: 4 meetings, 5 agencies, 1 person" in told
    assert "--dry-run shows all of it, --yes puts it on record" in told


def test_rows_become_meetings_of_which_the_register_is_the_record(workspace: Path, register: Path) -> None:
    before = files(workspace)

    assert call(["import", "table", str(register), "--yes"]) == 0

    events = list(added(before, files(workspace)).values())
    held = [event for event in events if event["type"] == "meeting.held"]
    assert held[0]["id"] == "skills-2014-01"
    assert held[0]["origin"] == "row:uk-ministers:nick-hurd:2014-01:cbi"
    assert held[0]["when"] == {"start": "2014-01-01", "end": "2014-01-31", "precision": "month", "words": "January [2014]",
                               "year_inferred": True}  # fmt: skip
    assert held[0]["setting"] == "outside government"
    assert held[0]["content_known"] is False
    assert held[0]["citations"] == [{"record": "Register of ministers' meetings"}]
    assert held[0]["participants"] == [{"person": "hurd-nick", "side": "ours", "title": "Minister for Civil Society"}]
    assert held[1]["agencies"] == ["scope", "nesta", "demos"]
    assert held[3]["participants"][1] == {"unnamed": "CBI, TUC and others", "side": "theirs"}


def test_the_same_file_adds_nothing_and_the_next_edition_what_is_new(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["import", "table", str(register), "--yes"]) == 0
    before = files(workspace)
    assert call(["import", "table", str(register), "--yes", "--corrections"]) == 0
    assert files(workspace) == before

    edition = REGISTER.replace("Skills", "Skils and pay").replace(',March,"CBI, TUC and others",Pay\n', ",March,IBM,Tax\n")
    register.write_text(edition, encoding="cp1252")
    capsys.readouterr()
    assert call(["import", "table", str(register), "--yes"]) == 0
    told = capsys.readouterr().err
    assert "skills-2014-01 title: “Skills” → “Skils and pay”" in told
    assert "pay-2014-03 Pay: here no more; `briefing retract" in told
    after = files(workspace)
    assert [event["type"] for event in added(before, after).values()] == ["agency.described", "meeting.held"]

    assert call(["import", "table", str(register), "--yes", "--corrections"]) == 0
    (correction,) = added(after, files(workspace)).values()
    assert (correction["type"], correction["changes"]) == ("event.corrected", [{"path": "title", "value": "Skils and pay"}])
    assert correction["reason"] == "meetings.csv says so"


def test_a_row_that_cannot_be_read_says_why_and_the_others_are_taken(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register.write_text(REGISTER.replace("12 March", "31 February"), encoding="cp1252")

    assert call(["import", "table", str(register), "--yes"]) == 1

    told = capsys.readouterr()
    assert f"not taken   {register}:7  “31 February [2014]”: there is no 31 February 2014" in told.err
    assert told.out.count("meeting.held") == 3


def test_days_and_months_are_told_apart_by_an_option_where_the_file_does_not(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register.write_text("Minister,Date,Name of Organisation,Purpose of meeting\nNick Hurd,03/04/2014,BT,Tax\n")

    assert call(["import", "table", str(register), "--dry-run"]) == 1
    assert "day and month cannot be told apart; --day-first or --month-first says which" in capsys.readouterr().out
    assert call(["import", "table", str(register), "--dry-run", "--day-first"]) == 0
    assert "3 April 2014: Tax" in capsys.readouterr().out


def test_a_mapping_is_guessed_kept_and_found_again_by_the_header(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace)
    (workspace / "q1.csv").write_text("Official;Day;Company;Subject\nAnn Lee;1 May 2014;BT;Tax\nAnn Lee;2 May 2014;CBI;Pay\n")
    assert call(["import", "table", "q1.csv", "--yes"]) == 3
    assert "`briefing import table FILE --guess` proposes one" in capsys.readouterr().err

    assert call(["import", "table", "q1.csv", "--guess", "-o", "registers/officials.toml"]) == 0
    told = capsys.readouterr().err
    assert "when        “Day”: its head; 2 of 2 rows have it, such as “1 May 2014”" in told
    assert call(["import", "table", "q1.csv", "--yes"]) == 0
    assert "columns as in officials.toml; cells are set apart by semicolons" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("register = ", None, "this is not TOML"),
        ('register = "A b"\n[columns]\nwhen = "Date"\n', 1, "“register” is no name of a register"),
        ('register = "r"\nkind = "call"\n[columns]\nwhen = "Date"\n', 2, "“kind” is “call”"),
        ('register = "r"\n[columns]\nwhom = "Date"\n', 3, "“whom” is no key of a meeting"),
        ('register = "r"\n', None, "“columns” takes a key, and the head of its column"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_named(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str], text: str, line: int | None, what: str
) -> None:
    mapping = workspace / "mine.toml"
    mapping.write_text(text, encoding="utf-8")

    assert call(["import", "table", str(register), "--mapping", str(mapping)]) == 3

    place = f"{mapping}:{line}" if line else str(mapping)
    assert f"error: {place}: {what}" in capsys.readouterr().err


def test_a_workbook_is_a_register_and_its_places_name_the_sheet(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with xlsxwriter.Workbook(workspace / "r.xlsx") as made:
        sheet = made.add_worksheet("Jan to Mar 2014")
        for n, row in enumerate((["Minister", "Date", "Name of Organisation", "Purpose of meeting"],
                                 ["Nick Hurd", "January", "BT", "Tax"], ["", 41711, "CBI", "=1+1"])):  # fmt: skip
            for at, cell in enumerate(row):
                sheet.write(n, at, cell) if not str(cell).startswith("=") else sheet.write_string(n, at, str(cell))

    plan = shown(capsys, workspace / "r.xlsx")

    assert [(row["what"], str(row["place"]).rpartition("/")[2], row["says"]) for row in plan["rows"][1:]] == [
        ("new", "r.xlsx!Jan to Mar 2014:2", "January [2014]: Tax (BT; Nick Hurd)"),
        ("new", "r.xlsx!Jan to Mar 2014:3", "13 March 2014: =1+1 (CBI; Nick Hurd)"),
    ]


def test_a_visit_and_what_is_said_of_it_come_in_from_one_row(workspace: Path, register: Path) -> None:
    register.write_text(
        "id,role,who,name,start,end,country_id,country,locale,remarks,file\n"
        "3290,secretary,a,Dean Acheson,1949-11-09,1949-11-11,france,France,Paris,Attended the Council.,a.xml\n"
    )
    before = files(workspace)

    assert call(["import", "table", str(register), "--yes"]) == 0

    person, visit, report = added(before, files(workspace)).values()
    assert (person["name"], person["side"]) == ("Dean Acheson", "ours")
    assert (visit["id"], visit["title"], visit["where"], visit["country"], visit["principal"]) == (
        "us-travels-3290", "Dean Acheson in France", "Paris", "France", "acheson-dean",
    )  # fmt: skip
    assert (visit["when"]["start"], visit["when"]["end"]) == ("1949-11-09", "1949-11-11")
    assert (report["visit"], report["points"][0]["say"]) == ("us-travels-3290", "Attended the Council.")


def test_a_visitor_is_of_theirs_and_bears_the_title_that_the_row_gives(workspace: Path, register: Path) -> None:
    register.write_text(
        "id,start,end,visitor,from_ids,from_names,description,file\n"
        "7,2023-11-12,2023-11-17,President Xi Jinping,china,China,,2020.xml\n"
    )
    before = files(workspace)

    assert call(["import", "table", str(register), "--yes"]) == 0

    person, visit = added(before, files(workspace)).values()
    assert (person["name"], person["side"], person["posts"][0]["title"]) == ("Xi Jinping", "theirs", "President")
    assert (visit["principal"], visit["title"]) == ("jinping-xi", "Xi Jinping of China")


def test_what_one_list_holds_is_known_to_the_others_and_the_same_file_again_changes_nothing(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "Minister,Date,Name of Organisation,Purpose of meeting\n"
    register.write_text(f'{head}Nick Hurd,May 2014,"FT, BBC",Talk\nNick Hurd,June 2014,FT; BBC,Talk\n')
    assert call(["import", "table", str(register), "--yes"]) == 0
    before = files(workspace)
    capsys.readouterr()

    assert call(["import", "table", str(register), "--yes", "--corrections"]) == 0

    assert files(workspace) == before
    assert "on record already: 2" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_file_that_is_not_there_is_no_input(workspace: Path, name: str) -> None:
    assert call(["import", "table", name]) == 66


def test_what_was_exported_comes_back_into_the_same_record_as_nothing_new(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = tmp_path / "rows.csv"
    assert call(["export", "csv", "-o", str(rows)]) == 0
    before = files(workspace)
    assert call(["import", "table", str(rows), "--yes", "--corrections"]) == 0
    assert files(workspace) == before

    rows.write_text(rows.read_text(encoding="utf-8-sig").replace("Talks at Treasury", "Talks at the Treasury"), encoding="utf-8")
    assert call(["import", "table", str(rows), "--yes", "--corrections"]) == 0

    (correction,) = added(before, files(workspace)).values()
    assert correction["changes"] == [{"path": "title", "value": "Talks at the Treasury"}]


def test_on_a_terminal_corrections_are_asked_for_with_the_names_they_bring(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "id,when,agency,title,first day,last day\n"
    register.write_text(f"{head}m-1,May 2014,BT,Tax,2014-05-01,2014-05-31\n")
    mapping = workspace / "own.toml"
    mapping.write_text(
        'register = "own"\n[columns]\nid = "id"\nwhen = "when"\nagency = "agency"\ntitle = "title"\n'
        '[always]\ncontent = "not known"\n'
    )
    arguments = ["import", "table", str(register), "--mapping", str(mapping)]
    assert call([*arguments, "--yes"]) == 0
    register.write_text(f"{head}m-1,May 2014,TUC,Tax,2014-05-01,2014-05-31\n")
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("typer.confirm", lambda question, **_: asked.append(question) or False)
    before = files(workspace)

    assert call(arguments) == 0

    assert asked == ["1 correction proposed. They put on the register: agency TUC. Take them too?"]
    assert files(workspace) == before
    monkeypatch.setattr("typer.confirm", lambda _question, **_: True)
    assert call(arguments) == 0
    assert [event["type"] for event in added(before, files(workspace)).values()] == ["agency.described", "event.corrected"]


PROSE = """\
India and the United States have reaffirmed their ties, in Washington, D.C., led by the Foreign Secretary.
Talks were held, and a luncheon.
The visit, which took place from May 27 to May 29, was a follow-up, it was said, to an earlier trip.
"""


@pytest.mark.parametrize("options", [["--guess"], ["--dry-run"]])
def test_a_text_is_no_table_and_is_pointed_to_draft(workspace: Path, register: Path, capsys: pytest.CaptureFixture[str], options: list[str]) -> None:
    register.write_text(PROSE, encoding="utf-8")

    assert call(["import", "table", str(register), *options]) == 3

    told = capsys.readouterr().err
    assert "it is no table: its lines do not have the same cells" in told
    assert "`briefing draft` takes a text" in told


@pytest.mark.parametrize(("start", "what", "hint"), [
    (b"%PDF-1.7\n\x96", "it is no table but a PDF", "`briefing draft` takes its text"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook of an older Excel (.xls)", "save it as .xlsx"),
    (b"BEGIN:VCALENDAR\r\n", "it is a calendar", "`briefing import calendar` takes it"),
    (b"MIME-Version: 1.0\nSubject: x\n\nText", "it is no table but a mail", "`briefing import mail` takes it"),
])  # fmt: skip
def test_a_file_of_another_kind_says_what_takes_it(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str], start: bytes, what: str, hint: str
) -> None:
    register.write_bytes(start)

    assert call(["import", "table", str(register), "--guess"]) == 3

    told = capsys.readouterr().err
    assert what in told
    assert hint in told


def test_a_table_that_says_neither_when_nor_who_is_none_of_meetings(workspace: Path, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register.write_text("Colour,Weight\nred,5\nblue,7\n")

    assert call(["import", "table", str(register), "--guess"]) == 3
    assert "no column of it says when, or none says who was met" in capsys.readouterr().err


def test_no_mapping_is_proposed_where_one_fits_unless_it_is_forced(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace)
    own = workspace / "registers" / "own.toml"

    assert call(["import", "table", str(register), "--guess", "-o", str(own)]) == 5
    told = capsys.readouterr().err
    assert "uk-ministers.toml knows these columns already: ours = “Minister”, when = “Date”" in told
    assert "--guess --force proposes another" in told
    assert not own.exists()

    assert call(["import", "table", str(register), "--guess", "--force", "-o", str(own)]) == 0
    assert own.exists()


def test_another_mapping_of_a_file_that_is_on_record_doubles_nothing(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace)
    assert call(["import", "table", str(register), "--yes"]) == 0
    before = files(workspace / "events")
    assert call(["import", "table", str(register), "--guess", "--force", "-o", "registers/own.toml"]) == 0
    capsys.readouterr()

    assert call(["import", "table", str(register), "--yes", "--corrections"]) == 0

    assert files(workspace / "events") == before
    told = capsys.readouterr().err
    assert "columns as in own.toml" in told
    assert "new: nothing; on record already: 4;" in told


def test_a_register_without_a_source_is_one_by_its_name_and_a_title_above_the_header_says_it(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace)
    assert call(["import", "table", str(register), "--guess", "--force"]) == 0
    assert 'source = "Meetings of ministers"' in capsys.readouterr().out
    (workspace / "officials.csv").write_text("Official;Day;Company;Subject\nAnn Lee;1 May 2014;BT;Tax\n")
    assert call(["import", "table", "officials.csv", "--guess", "-o", "registers/officials.toml"]) == 0
    path = workspace / "registers" / "officials.toml"
    told = path.read_text(encoding="utf-8")
    assert 'source = "Register of meetings (officials)"' in told
    path.write_text("\n".join(line for line in told.split("\n") if not line.startswith("source")), encoding="utf-8")
    before = files(workspace)

    assert call(["import", "table", "officials.csv", "--yes"]) == 0

    held = [one for one in added(before, files(workspace)).values() if one["type"] == "meeting.held"]
    assert [one["citations"] for one in held] == [[{"record": "Register of meetings (officials)"}]]


def test_reasons_are_shown_each_once_with_how_often_and_not_without_end(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    months = [f"“x”,{day} Smarch {year},Body {year},Talks" for year in range(1990, 2010) for day in (1, 2)]
    register.write_text("Minister,Date,Name of Organisation,Purpose of meeting\n" + "\n".join([*months, ",,,No one", ",,,Nobody"]), encoding="utf-8")

    assert call(["import", "table", str(register), "--yes"]) == 1

    told = capsys.readouterr().err.splitlines()
    lines = [line for line in told if line.startswith("not taken")]
    assert len(lines) == 12
    assert f"{register}:2  “1 Smarch 1990”" in lines[0]
    assert told[-1] == "  and 29 more reasons; --dry-run shows all"


def test_new_names_stand_together_and_only_those_that_are_nearly_one_on_record_are_named_beside(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [f"Nick Hurd,May 2014,{name},Talks" for name in ("Atos", "Siemans", "Siemens", "US Department of Comerce", *(f"Body {n} Ltd" * 2 for n in range(20)))]
    register.write_text("Minister,Date,Name of Organisation,Purpose of meeting\n" + "\n".join(rows), encoding="utf-8")

    assert call(["import", "table", str(register)]) == 2

    told = capsys.readouterr().err
    assert "  agencies: Atos; Siemans; Siemens; US Department of Comerce; Body 0 Ltd" in told
    assert "; and 12 more: --dry-run shows all" in told
    assert "  perhaps known already: agency Siemans, like siemens" in told
    assert "agency Siemens, like" not in told, "once for the two"
    assert "agency US Department of Comerce, like us-commerce" in told
    assert "Atos, like" not in told


def test_what_the_register_learns_of_somebody_is_no_change_of_the_file(workspace: Path, register: Path) -> None:
    assert call(["import", "table", str(register), "--yes"]) == 0
    assert call(["people", "Nick Hurd", "--title", "Minister for Civil Society", "--agency", "CBI"]) == 0
    before = files(workspace / "events")

    assert call(["import", "table", str(register), "--yes", "--corrections"]) == 0

    assert files(workspace / "events") == before


def test_on_a_terminal_each_correction_can_be_decided_by_itself(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "Minister,Date,Name of Organisation,Purpose of meeting\n"
    register.write_text(f"{head}Nick Hurd,May 2014,BT,Tax\nNick Hurd,May 2014,Siemans,Pay\n")
    assert call(["import", "table", str(register), "--yes"]) == 0
    register.write_text(f"{head}Nick Hurd,May 2014,BT,Taxes\nNick Hurd,May 2014,Siemens,Pay\nNick Hurd,May 2014,CBI,Chips\n")
    answers = {"Put 1 meeting, 1 agency on record?": True, "Decide on each?": True}
    asked: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("typer.confirm", lambda question, **_: asked.append(question) or answers.get(question, len(asked) == 4))
    before = files(workspace)

    assert call(["import", "table", str(register)]) == 0

    assert asked[2:] == ["Decide on each?", "Take it?", "Take it?"]
    events = list(added(before, files(workspace)).values())
    assert [one["type"] for one in events] == ["agency.described", "meeting.held", "event.corrected"]
    assert events[-1]["changes"] == [{"path": "title", "value": "Taxes"}]
    assert "put on record: 1 meeting, 1 agency, 1 correction" in capsys.readouterr().err


def test_a_month_without_meetings_is_a_nil_return(workspace: Path, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register.write_text("Minister,Date,Name of Organisation,Purpose of meeting\nNick Hurd,May 2014,BT,Tax\n,June 2014,nil return,\n,-,,\n")

    plan = shown(capsys, register)

    assert [row["what"] for row in plan["rows"]] == ["header", "new", "nil return", "nil return"]


def test_a_list_whose_names_the_register_learnt_since_is_no_change_of_the_file(workspace: Path, register: Path, tmp_path: Path) -> None:
    head = "Minister,Date,Name of Organisation,Purpose of meeting\n"
    register.write_text(f'{head}Nick Hurd,May 2014,"Prospect, FDA and Unison",Pay\nNick Hurd,May 2014,TUC,Tax\n')
    assert call(["import", "table", str(register), "--yes"]) == 0
    other = tmp_path / "other.csv"
    other.write_text(f"{head}Nick Hurd,June 2014,Prospect,Pay\nNick Hurd,June 2014,FDA,Pay\nNick Hurd,June 2014,Unison,Pay\n")
    assert call(["import", "table", str(other), "--yes"]) == 0
    before = files(workspace / "events")

    assert call(["import", "table", str(register), "--yes", "--corrections"]) == 0

    assert files(workspace / "events") == before


def test_the_nearest_mapping_is_named_only_where_half_of_what_it_needs_is_there(
    workspace: Path, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register.write_text("Minister,Date,Firm,Purpose of meeting\nNick Hurd,May 2014,BT,Tax\n")
    assert call(["import", "table", str(register)]) == 3
    assert "uk-ministers.toml would, with a column Name of Organisation or" in capsys.readouterr().err

    register.write_text("Datum;Minister;Firma;Thema\n1.5.2026;A B;BT;Tax\n2.5.2026;A B;CBI;Pay\n")
    assert call(["import", "table", str(register)]) == 3
    assert "would, with" not in capsys.readouterr().err
    assert call(["import", "table", str(register), "--guess"]) == 0
    assert "# no head says who was met" in capsys.readouterr().out
