"""`briefing verify NOTE`: four answers on papers that are known, forged, stale, edited or of somebody else's record."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import pytest

from briefing.cli.main import call
from briefing.cli.workspace import open_workspace
from briefing.notes.note import Note, Paragraph, Run
from briefing.notes.papers import Paper, make
from briefing.render import render
from briefing.render.pdf import render_pdf
from tests.cli.workspaces import TREASURY, make_workspace
from tests.signers import allow, make_key

WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
FORMATS = ("pdf", "docx", "html")
SAID = "raised concerns over"


def issue(name: str, *options: str) -> Path:
    assert call(["note", "visit", "--issue", "--to", "Minister", "-o", name, *options]) == 0
    return Path(name)


def verify(file: Path | str, *options: str, capsys: pytest.CaptureFixture[str], code: int = 0) -> dict[str, Any]:
    """Return the answers; the exit code says whether anything speaks against the paper."""
    capsys.readouterr()
    assert call(["verify", str(file), *options, "--json"]) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert found["wrong"] is bool(code)
    return found


def verdicts(found: dict[str, Any]) -> list[str]:
    return [found[name]["verdict"] for name in ("known", "genuine", "content", "bytes")]


def edited(source: Path, target: Path, change: Callable[[str], str]) -> Path:
    """Change the words of a Word file as somebody would who opens and saves it."""
    document = docx.Document(str(source))
    for run in document.element.body.iter(WORDS):
        run.text = change(run.text or "")
    document.save(str(target))
    return target


def repacked(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """Change the members of a zip."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def paper(kind: str = "visit", subject: str = "misri-us-2025") -> Note:
    workspace = open_workspace()
    return make(workspace.material, Paper(kind, subject), workspace.frame())


def record_a_meeting(folder: Path) -> None:
    (folder / "draft.yaml").write_text(TREASURY, encoding="utf-8")
    assert call(["append", "draft.yaml", "--new"]) == 0


# ── known ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("format_", ["pdf", "docx"])
def test_an_issued_paper_is_known_genuine_of_these_words_and_of_these_bytes(
    workspace: Path, format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = verify(issue(f"paper.{format_}", "--attach"), capsys=capsys)

    assert verdicts(found) == ["yes"] * 4
    assert "given to Minister" in found["known"]["says"]
    assert found["since"] == []


def test_a_paper_that_carries_no_events_says_so(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = verify(issue("paper.html"), capsys=capsys)

    assert verdicts(found) == ["yes", "not compared", "yes", "yes"]
    assert "--attach" in found["genuine"]["says"]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_preview_is_not_known_and_nothing_speaks_against_it(
    workspace: Path, format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["agency", "treasury", "-o", f"page.{format_}"]) == 0

    found = verify(f"page.{format_}", capsys=capsys)

    assert verdicts(found) == ["no", "not compared", "yes", "not compared"]


@pytest.mark.parametrize("command", [["commitments"], ["changes", "--since", "2020-01-01"], ["agency", "commerce"]])
def test_papers_of_every_kind_are_taken_apart(
    workspace: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call([*command, "--issue", "--to", "Minister", "--attach", "-o", "paper.pdf"]) == 0

    assert verdicts(verify("paper.pdf", capsys=capsys)) == ["yes"] * 4


# ── forged ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("format_", FORMATS)
def test_a_sentence_that_no_event_holds_is_found_in_a_paper_that_is_otherwise_whole(
    workspace: Path, format_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    note = paper()
    forged = replace(note, blocks=(*note.blocks[:3], Paragraph((Run("The Minister promised two ships."),)), *note.blocks[3:]))
    Path("forged").write_bytes(render(forged, format_))
    Path("honest").write_bytes(render(note, format_))

    found = verify("forged", capsys=capsys, code=1)

    assert verdicts(found) == ["no", "not compared", "no", "not compared"]
    assert [one["paper"] for one in found["content"]["changed"] if "two ships" in one["paper"]]
    assert not any("two ships" in one["record"] for one in found["content"]["changed"])
    assert verify("honest", capsys=capsys)["content"]["verdict"] == "yes"


def test_a_paper_that_calls_itself_an_edition_nobody_issued_is_a_finding(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    issue("paper.docx")
    other = make_workspace(tmp_path / "other")
    monkeypatch.chdir(other)

    found = verify(workspace / "paper.docx", capsys=capsys, code=1)

    assert "no such paper is on record here" in found["known"]["says"]
    assert verdicts(found) == ["no", "not compared", "yes", "not compared"]


def altered(carried: bytes, digest: Callable[[str], str] = lambda old: old) -> bytes:
    """Return what a file carries with the words of an event changed."""
    new = carried.replace(SAID.encode(), b"never spoke of")
    assert new != carried
    return digest(new.decode()).encode()


def test_an_event_that_was_changed_inside_the_file_does_not_hash_to_its_digest(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = issue("paper.docx", "--attach")
    repacked(source, Path("forged.docx"), lambda name, data: altered(data) if name == "customXml/item1.xml" else data)

    found = verify("forged.docx", capsys=capsys, code=1)

    assert found["genuine"]["verdict"] == "no"
    assert found["genuine"]["shown"][0].endswith("its bytes do not hash to its digest")


def test_an_event_changed_with_its_digest_is_consistent_and_not_of_this_record(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace_ = open_workspace()
    note = make(workspace_.material, Paper("visit", "misri-us-2025", (("attach", "yes"),)), workspace_.frame())
    carried = json.loads(note.evidence)
    for one in carried["events"]:
        one["data"] = one["data"].replace(f"The Foreign Secretary {SAID}", "The Foreign Secretary was silent on")
        one["digest"] = sha256(one["data"].encode()).hexdigest()
    Path("forged.pdf").write_bytes(render_pdf(replace(note, evidence=json.dumps(carried))))
    Path("honest.pdf").write_bytes(render_pdf(note))

    found = verify("forged.pdf", capsys=capsys, code=1)

    assert found["genuine"]["says"].startswith("self-consistent only")
    assert [line.split()[1:] for line in found["genuine"]["shown"]] == [["meeting.held", "is", "not", "in", "this", "record"]]
    assert verify("honest.pdf", capsys=capsys)["genuine"]["verdict"] == "yes"


def test_a_quotation_that_is_not_in_the_text_on_record_is_found(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace_ = open_workspace()
    note = make(workspace_.material, Paper("visit", "misri-us-2025", (("attach", "yes"),)), workspace_.frame())
    carried = json.loads(note.evidence)
    carried["sources"][0]["spans"][0]["quote"] = "They agreed on everything."
    Path("forged.pdf").write_bytes(render_pdf(replace(note, evidence=json.dumps(carried))))

    found = verify("forged.pdf", capsys=capsys, code=1)

    assert "They agreed on everything." in found["genuine"]["shown"][0]


def test_of_a_source_a_file_carries_the_cited_words_and_not_the_text(workspace: Path) -> None:
    workspace_ = open_workspace()
    note = make(workspace_.material, Paper("agency", "us-treasury", (("attach", "yes"),)), workspace_.frame())
    carried = json.loads(note.evidence)

    assert not any('"source.registered"' in one["data"] for one in carried["events"])
    assert not any("assessment.recorded" in one["data"] for one in carried["events"])
    for one in carried["sources"]:
        text = workspace_.state.sources[one["id"]].text
        assert all(text[span["start"] : span["end"]] == span["quote"] for span in one["spans"])
        assert len(json.dumps(one)) < len(text)


# ── edited ────────────────────────────────────────────────────────────────────────────────────


def test_an_edited_word_file_lists_what_changed_with_the_events_and_offers_corrections(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = issue("paper.docx", "--attach")
    assert verdicts(verify(edited(source, Path("saved.docx"), str), capsys=capsys, code=1))[2] == "yes"
    edited(source, Path("edited.docx"), lambda text: text.replace(SAID, "protested against"))

    found = verify("edited.docx", "--take", capsys=capsys, code=1)

    assert verdicts(found) == ["no", "yes", "no", "no"]
    (change,) = found["content"]["changed"]
    assert change["place"] == "paragraph 7"
    meeting = open_workspace().state.meetings["counterparts-not-named-2025-05"].digest
    assert change["events"][0] == meeting
    (offer,) = found["corrections"]
    assert (offer["event"], offer["path"]) == (meeting, "points/p1/say")
    assert offer["value"].startswith("The Foreign Secretary protested against cross-border terrorism")


def test_an_offered_correction_makes_the_record_say_what_the_paper_says(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = issue("paper.docx")
    edited(source, Path("edited.docx"), lambda text: text.replace(SAID, "protested against"))
    (offer,) = verify("edited.docx", "--take", capsys=capsys, code=1)["corrections"]

    assert call(["correct", offer["event"][:8], "--set", f"{offer['path']}={offer['value']}", "--reason", "As changed."]) == 0

    assert call(["note", "visit", "-f", "md", "-o", "after.md"]) == 0
    assert "The Foreign Secretary protested against cross-border terrorism" in Path("after.md").read_text(encoding="utf-8")


def test_a_quotation_that_was_edited_is_listed_and_no_correction_is_offered(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = issue("paper.docx")
    edited(source, Path("edited.docx"), lambda text: text.replace("explored mechanisms to streamline", "agreed to abolish"))

    found = verify("edited.docx", "--take", capsys=capsys, code=1)

    assert found["content"]["changed"]
    assert found["corrections"] == []


# ── stale, and other machines ─────────────────────────────────────────────────────────────────


def test_a_stale_paper_is_still_what_it_was_and_says_what_came_since(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = issue("paper.pdf", "--attach")
    record_a_meeting(workspace)
    assert call(["correct", "compact", "--set", "name=Compact", "--reason", "House style."]) == 0
    issue("later.pdf")

    found = verify(source, capsys=capsys)

    assert verdicts(found) == ["yes"] * 4
    assert found["since"][0] == "edition 2 of visit/misri-us-2025 was issued since"
    assert found["since"][1].endswith("events came on record since its basis, 1 of them about earlier ones")
    assert found["since"][2].endswith("House style.")


def test_the_correction_that_a_paper_prints_is_among_the_events_it_carries(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["correct", "counterparts-not-named-2025-05", "--set", "points/p1/say=It was spoken of plainly.", "--reason", "Clearer."]) == 0
    source = issue("paper.docx", "--attach")

    assert verdicts(verify(source, capsys=capsys)) == ["yes"] * 4
    with zipfile.ZipFile(source) as parts:
        assert "event.corrected" in parts.read("customXml/item1.xml").decode()


def test_other_libraries_are_named_and_never_called_an_alteration(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = issue("paper.docx")
    monkeypatch.setitem(__import__("briefing.render.made", fromlist=["PACKAGES"]).PACKAGES, "docx", ("docxtpl", "babel"))

    found = verify(source, capsys=capsys)

    assert found["bytes"]["verdict"] == "not compared"
    assert "lxml" in found["bytes"]["says"]
    assert "here none" in found["bytes"]["says"]
    assert "altered" not in json.dumps(found)


def test_a_paper_on_an_event_that_was_redacted_is_not_compared_and_says_why(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = issue("paper.docx", "--attach")
    assert call(["redact", "counterparts-not-named-2025-05", "--reason", "Named in error.", "--authority", "Archivist"]) == 0

    found = verify(source, capsys=capsys)

    assert verdicts(found)[::2] == ["yes", "not compared"]
    assert "Named in error." in found["content"]["says"]


def test_without_a_record_a_file_is_held_against_itself_and_a_signed_checkpoint(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call(["agency", "treasury", "--attach", "-o", "page.docx"]) == 0
    assert call(["note", "visit", "--attach", "-o", "visit.docx"]) == 0  # it prints the assessment, the newest event
    keys = tmp_path / "keys"
    keys.mkdir()
    allow(keys / "allowed", make_key(keys / "key"))
    assert call(["checkpoint", "-o", str(keys / "list.json"), "--key", str(keys / "key")]) == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("page.docx", "visit.docx"):
        shutil.copy(workspace / name, elsewhere)
    monkeypatch.chdir(elsewhere)
    signed = ("--checkpoint", str(keys / "list.json"), "--allowed-signers", str(keys / "allowed"))

    alone = verify("page.docx", capsys=capsys)
    assert alone["genuine"]["says"].startswith("self-consistent only")
    assert verdicts(alone) == ["no", "no", "not compared", "not compared"]
    vouched = verify("visit.docx", *signed, capsys=capsys, code=1)
    unvouched = verify("visit.docx", capsys=capsys)
    assert len(vouched["genuine"]["shown"]) < len(unvouched["genuine"]["shown"])


@pytest.mark.parametrize("name", ["nothing.pdf", "broken.pdf", "broken.docx"])
def test_what_is_no_paper_is_said_in_one_line(workspace: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("broken.pdf").write_bytes(b"%PDF-1.7\n<brief:heads>abcdef00</brief:heads><brief:request>{}</brief:request>")
    Path("broken.docx").write_bytes(b"PK\x03\x04 and no zip")

    assert call(["verify", name]) in (0, 66)

    assert "Traceback" not in capsys.readouterr().err


def test_take_wants_a_paper(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["verify", "--take"]) == 2


@pytest.mark.parametrize(
    ("command", "code"),
    [(["-f", "html", "--attach"], 2), (["-f", "md", "--attach"], 2), (["-f", "pdf", "--attach", "--ceiling", "internal"], 5)],
)
def test_a_file_that_can_or_may_carry_no_events_is_refused(workspace: Path, command: list[str], code: int) -> None:
    assert call(["note", "visit", *command]) == code


