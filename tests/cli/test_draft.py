"""`briefing draft`: from a text to a draft, and from there on record and on paper."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefing.cli.main import call
from briefing.errors import StoreFailed
from briefing.store.folder import FolderStore
from tests.cli.workspaces import added, files, sha256

PRESS = """\
Under Secretary Kessler receives Foreign Secretary

New Delhi, 31 May 2025

Foreign Secretary Vikram Misri met on 30 May 2025 with Under Secretary of Commerce Jeffrey Kessler. The two sides \
reviewed the Quantum Trade Compact. They agreed to publish a list of goods soon.
"""


OF_THE_WRITING = ("recorded_at", "parents", "nonce", "replaces")


@pytest.fixture
def press(workspace: Path) -> Path:
    path = workspace / "press.txt"
    path.write_text(PRESS, encoding="utf-8")
    return path


def accept(draft: Path) -> None:
    draft.write_text(
        draft.read_text(encoding="utf-8").replace("decision: pending", "decision: accepted"), encoding="utf-8"
    )


def test_a_text_comes_on_record_and_on_paper_once_every_proposal_is_accepted(
    workspace: Path, press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(workspace / "events")
    assert call(["draft", "press.txt"]) == 0
    assert "1 meeting" in capsys.readouterr().err
    draft = workspace / "drafts/press.yaml"

    assert call(["append", str(draft), "--new"]) == 3
    assert "proposals are pending, lines " in capsys.readouterr().err
    assert files(workspace / "events") == before

    accept(draft)
    assert call(["append", str(draft)]) == 0
    events = list(added(before, files(workspace / "events")).values())
    source, meeting = events[0], events[-1]
    assert (source["type"], source["original_sha256"]) == ("source.registered", sha256(press.read_bytes()))
    assert (source["title"], source["dateline"]) == (
        "Under Secretary Kessler receives Foreign Secretary",
        "New Delhi, 31 May 2025",
    )
    assert [one["person"] for one in meeting["participants"]] == ["misri-vikram", "kessler-jeffrey"]
    (promise,) = meeting["commitments"]
    assert (promise["say"], promise["due"]["words"], promise["citations"][0]["strength"]) == (
        "Publish a list of goods.",
        "soon",
        "agreed",
    )

    capsys.readouterr()
    assert call(["commitments", "-o", "-", "-f", "md"]) == 0
    assert "agreed to publish a list of goods soon" in capsys.readouterr().out


def test_the_text_is_kept_beside_the_draft_byte_for_byte(workspace: Path, press: Path) -> None:
    assert call(["draft", "press.txt"]) == 0

    assert (workspace / "drafts/press.txt").read_bytes() == press.read_bytes()
    assert sha256(press.read_bytes()) in (workspace / "drafts/press.yaml").read_text(encoding="utf-8")


def test_a_text_that_was_changed_since_is_refused(
    workspace: Path, press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["draft", "press.txt"]) == 0
    accept(workspace / "drafts/press.yaml")
    kept = workspace / "drafts/press.txt"
    kept.write_text(f"{PRESS}They agreed to everything else too.\n", encoding="utf-8")

    assert call(["append", str(workspace / "drafts/press.yaml"), "--new"]) == 3
    assert "press.txt is not the text it was: its SHA-256 is " in capsys.readouterr().err


def test_the_same_text_gives_the_same_bytes_and_decisions_are_never_written_over(
    workspace: Path, press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["draft", "press.txt"]) == 0
    draft = workspace / "drafts/press.yaml"
    first = draft.read_bytes()
    assert call(["draft", "press.txt"]) == 0
    assert draft.read_bytes() == first

    assert call(["draft", "press.txt", "--published", "1 June 2025"]) == 5
    assert "drafts/press.yaml is there already" in (said := capsys.readouterr().err)
    assert "nothing in it is decided: --force makes it anew" in said
    assert call(["draft", "press.txt", "--published", "1 June 2025", "--force"]) == 0

    accept(draft)
    decided = draft.read_bytes()
    capsys.readouterr()
    assert call(["draft", "press.txt"]) == 5
    assert draft.read_bytes() == decided
    assert "`briefing review drafts/press.yaml` goes on with it; --force makes it anew" in capsys.readouterr().err


def test_a_text_that_others_may_rest_on_is_not_written_over_by_force(workspace: Path, press: Path) -> None:
    assert call(["draft", "press.txt"]) == 0
    press.write_text(PRESS.replace("goods", "services"), encoding="utf-8")

    assert call(["draft", "press.txt", "--force"]) == 5
    assert (workspace / "drafts/press.txt").read_text(encoding="utf-8") == PRESS


def test_a_decided_draft_adds_nothing_the_second_time(
    workspace: Path, press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft = accepted(workspace, "press.txt")
    whole = files(workspace / "events")
    capsys.readouterr()

    assert call(["accept", str(draft)]) == call(["append", str(draft)]) == 0
    assert files(workspace / "events") == whole
    assert "nothing new: all 3 are on record already" in capsys.readouterr().err


@pytest.mark.parametrize("second", [False, True], ids=["a first text", "a text that adds to a meeting"])
def test_a_run_that_is_cut_off_at_any_event_is_completed_by_accepting_again(
    workspace: Path, press: Path, monkeypatch: pytest.MonkeyPatch, second: bool
) -> None:
    if second:
        accepted(workspace, "press.txt")
        (workspace / "other.txt").write_text(
            PRESS.replace("Under Secretary of", "Deputy Secretary of"), encoding="utf-8"
        )
    file = "other.txt" if second else "press.txt"
    before = files(workspace / "events")
    draft = accepted(workspace, file)
    whole = said(before, files(workspace / "events"))
    assert len(whole) >= 3

    for puts in range(len(whole)):
        for one in set(files(workspace / "events")) - set(before):
            (workspace / "events" / one).unlink()
        with monkeypatch.context() as patch:
            patch.setattr(FolderStore, "put", failing_after(puts, before))
            assert call(["accept", str(draft)]) != 0
        assert len(files(workspace / "events")) == len(before) + puts
        assert call(["accept", str(draft)]) == 0
        assert said(before, files(workspace / "events")) == whole


def said(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what new events say, apart from when and by which run they were written."""
    new = added(before, after).values()
    return [{key: value for key, value in one.items() if key not in OF_THE_WRITING} for one in new]


def failing_after(puts: int, before: dict[str, Any]) -> Callable[[FolderStore, str, bytes], None]:
    """Return a way to put files that takes so many new ones, and then no more."""
    put, left = FolderStore.put, iter(range(puts))

    def put_or_fail(store: FolderStore, name: str, data: bytes) -> None:
        if name not in before and next(left, None) is None:
            raise StoreFailed("the disk is full")
        put(store, name, data)

    return put_or_fail


def accepted(workspace: Path, file: str) -> Path:
    assert call(["draft", file]) == 0
    draft = (workspace / "drafts" / file).with_suffix(".yaml")
    accept(draft)
    assert call(["accept", str(draft)]) == 0
    return draft


def test_a_second_text_adds_to_the_meeting_on_record_and_what_differs_is_said(
    workspace: Path, press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["draft", "press.txt"]) == 0
    accept(workspace / "drafts/press.yaml")
    assert call(["append", str(workspace / "drafts/press.yaml")]) == 0
    meetings = listed(capsys, "meetings")
    other = PRESS.replace("Under Secretary of Commerce", "Deputy Secretary of Commerce").replace("agreed", "intend")
    (workspace / "other.txt").write_text(other, encoding="utf-8")

    assert call(["draft", "other.txt"]) == 0
    said = capsys.readouterr().err
    assert "on record already: meeting-with-jeffrey-kessler-2025-05-30" in said
    assert "Jeffrey Kessler is “Deputy Secretary of Commerce” in the text" in said
    draft = workspace / "drafts/other.yaml"
    assert "# on record already: " in draft.read_text(encoding="utf-8")
    assert "adds to: meeting-with-jeffrey-kessler-2025-05-30\n" in draft.read_text(encoding="utf-8")

    accept(draft)
    assert call(["accept", str(draft)]) == 0
    assert listed(capsys, "meetings") == meetings
    assert "Publish a list of goods.  strength" in listed(capsys, "differences")
    assert call(["verify"]) == 0
    capsys.readouterr()
    assert call(["note", "record", "meeting-with-jeffrey-kessler-2025-05-30", "-f", "md", "-o", "-"]) == 0
    paper = capsys.readouterr().out
    assert "agreed to publish a list of goods soon" in paper
    assert "intend to publish a list of goods soon" in paper


def listed(capsys: pytest.CaptureFixture[str], what: str) -> str:
    capsys.readouterr()
    assert call(["list", what]) == 0
    return str(capsys.readouterr().out)


def test_a_meeting_that_may_be_on_record_is_put_there_with_a_warning_that_names_it(
    workspace: Path, press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accepted(workspace, "press.txt")
    for name, day in (("same", "29-30 May 2025"), ("other", "2 June 2025")):
        again = f"meeting: Call on tariffs\nid: {name}\nwhen: {day}\nwith: [Jeffrey Kessler]\nnotes: Desk\ncontent: not known\n"
        (workspace / f"{name}.yaml").write_text(again, encoding="utf-8")
    capsys.readouterr()

    assert call(["append", "same.yaml"]) == 0
    warned = capsys.readouterr().err
    assert "warning: “Call on tariffs” may be on record already: meeting-with-jeffrey-kessler-2025-05-30" in warned
    assert "`adds to: meeting-with-jeffrey-kessler-2025-05-30` in its draft" in warned
    assert call(["append", "other.yaml"]) == 0
    assert "warning" not in capsys.readouterr().err


def test_who_or_what_was_rejected_comes_on_the_register_by_no_other_way_than_a_yes(
    workspace: Path, press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["draft", "press.txt"]) == 0
    draft = workspace / "drafts/press.yaml"
    accept(draft)
    text = draft.read_text(encoding="utf-8")
    assert "topic: Quantum Trade Compact\n" in text
    topic, rest = (
        text.partition("topic: Quantum Trade Compact\n")[0],
        text.partition("topic: Quantum Trade Compact\n")[2],
    )
    rest = rest.replace("accepted", "rejected", 1).replace(
        "  - say: ", "  - topic: Quantum Trade Compact\n    say: ", 1
    )
    draft.write_text(f"{topic}topic: Quantum Trade Compact\n{rest}", encoding="utf-8")

    assert call(["accept", str(draft)]) == 3
    assert "no topic “Quantum Trade Compact” is on record" in capsys.readouterr().err
    assert call(["accept", str(draft), "--new"]) == 0


def test_all_that_is_new_on_the_register_is_told(
    workspace: Path, press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    press.write_text(
        PRESS.replace(
            "Under Secretary of Commerce Jeffrey Kessler", "Deputy Minister Ann Novak of the Ministry of Steel"
        ),
        encoding="utf-8",
    )
    accepted(workspace, "press.txt")

    said = capsys.readouterr().err
    assert "new: 1 agency, 1 topic, 1 person" in said
    assert "  topic  Quantum Trade Compact\n" in said


def test_a_web_page_is_drafted_from_its_words_and_a_mail_brings_its_day(workspace: Path) -> None:
    page = (
        "<title>Talks in Delhi</title><nav>Menu</nav>"
        "<p>Foreign Secretary Vikram Misri met with Deputy Secretary of State Christopher Landau on 3 June 2025.</p>"
    )
    (workspace / "page.html").write_text(page, encoding="utf-8")
    mail = (
        "From: desk@example.org\nSubject: A call with Christopher Landau\nDate: Tue, 3 Jun 2025 10:00:00 +0530\n"
        "Content-Type: text/plain; charset=utf-8\n\n"
        "Foreign Secretary Vikram Misri spoke by phone today with Deputy Secretary Christopher Landau.\n"
    )
    (workspace / "call.eml").write_text(mail, encoding="utf-8")

    for file, title in (("page.html", "Talks in Delhi"), ("call.eml", "A call with Christopher Landau")):
        assert call(["draft", file]) == 0
        draft = (workspace / "drafts" / file).with_suffix(".yaml").read_text(encoding="utf-8")
        assert f"title: {title}\n" in draft
        assert "when: 3 June 2025\n" in draft
        assert "Christopher Landau\n" in draft
        assert f"It was opened from {file}" in draft


def test_standard_input_is_drafted_under_the_words_of_its_first_line(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PRESS.encode())))

    assert call(["draft", "-"]) == 0
    assert sorted(one.name for one in (workspace / "drafts").iterdir()) == [
        "under-secretary-kessler-receives-foreign.txt", "under-secretary-kessler-receives-foreign.yaml",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [(None, 66), (b"", 3), (b"\x00\x01\x02", 3), (b"%PDF-1.7 broken", 3)],
    ids=["no file", "empty", "no text", "a broken PDF"],
)
def test_what_cannot_be_read_is_refused_and_nothing_is_written(workspace: Path, data: bytes | None, code: int) -> None:
    if data is not None:
        (workspace / "in.pdf").write_bytes(data)
    before = files(workspace)

    assert call(["draft", "in.pdf"]) == code
    assert files(workspace) == before


def test_a_text_without_a_meeting_is_drafted_as_a_source_alone(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "nothing.txt").write_text("It rained in the hills all day.\n", encoding="utf-8")

    assert call(["draft", "nothing.txt"]) == 0
    assert "no meeting was found" in capsys.readouterr().err


def test_a_proposer_that_there_is_not_is_refused_with_those_there_are(
    workspace: Path, press: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["draft", "press.txt", "--with", "oracle"]) == 2
    assert "known here: " in capsys.readouterr().err
    assert not (workspace / "drafts").exists()


def test_a_table_is_no_text_and_the_command_that_takes_it_is_named(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "pm.csv").write_text("Date,Purpose\nMay 2025,Talks\n", encoding="utf-8")

    assert call(["draft", "pm.csv"]) == 3
    error = capsys.readouterr().err
    assert "pm.csv: it is a table" in error
    assert "`briefing import table`" in error
    assert not (workspace / "drafts").exists()


@pytest.mark.parametrize("format_", ["pdf", "html", "docx"])
def test_a_paper_of_our_own_is_told_from_a_source(
    workspace: Path, press: Path, capsys: pytest.CaptureFixture[str], format_: str
) -> None:
    assert call(["note", "visit", "-o", f"own.{format_}"]) == 0
    assert call(["draft", f"own.{format_}"]) == 0
    said = f"own.{format_} is a paper of this program, no source"
    assert said in capsys.readouterr().err
    assert f"# {said}" in (workspace / "drafts/own.yaml").read_text(encoding="utf-8")

    assert call(["draft", "press.txt"]) == 0
    assert "no source" not in capsys.readouterr().err


def test_the_source_of_a_mail_says_who_sent_it_and_when(workspace: Path) -> None:
    mail = "From: Asha Raman <asha@mea.example>\nTo: Desk <desk@mea.example>\nSubject: Talks\nMessage-ID: <a@mea.example>\n"
    (workspace / "mail.eml").write_text(f"{mail}Date: Fri, 13 Jun 2025 09:30:00 +0530\n\nDear all,\n\n{PRESS}", encoding="utf-8")

    assert call(["draft", "mail.eml"]) == 0
    source = (workspace / "drafts/mail.yaml").read_text(encoding="utf-8").split("---")[0]
    assert "title: Talks\npublisher: mail from Asha Raman\npublished: '2025-06-13'\n" in source
    assert "Dear all" not in source
