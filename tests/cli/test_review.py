"""`briefing review` on a terminal, and `briefing accept`: what was decided, and nothing else, goes on record."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from briefing.cli.main import call
from tests.cli.workspaces import CALL, added, files

TEXT = (
    "Press note\n\nForeign Secretary met U.S. Under Secretary of Commerce J. Kessler and Ann Novak. They reviewed progress on\n"
    "trade. They agreed to hold the next dialogue soon. \x1b[31m\n\nMore follows here.\n"
)
DRAFT = """\
# found in press.txt
meeting: Talks on trade
proposal: {by: rules 1, confidence: 87, decision: pending}
when: 28 May 2025
agency: Commerce
sources:
  A: press.txt
with:
  - name: J. Kessler
    title: Under Secretary of Commerce
    proposal: {by: rules 1, confidence: 95, match: kessler-jeffrey 88, decision: pending}
  - name: Ann Novak
    proposal: {by: rules 1, confidence: 70, decision: pending}
points:
  - say: Both sides reviewed progress on trade.
    by: both
    A: reviewed progress on trade
    proposal: {by: rules 1, confidence: 60, decision: pending}
commitments:
  - say: Hold the next dialogue.
    by: both
    A agreed: agreed to hold the next dialogue soon
    proposal: {by: rules 1, decision: pending}
"""
ACCEPTED = DRAFT.replace("pending", "accepted")


@pytest.fixture
def draft(workspace: Path) -> Path:
    (workspace / "press.txt").write_text(TEXT, encoding="utf-8")
    (workspace / "d.yaml").write_text(DRAFT, encoding="utf-8")
    return workspace / "d.yaml"


def typed(keys: Sequence[str], *words: str, cwd: Path, **environment: str) -> tuple[str, int]:
    """Run a command on a terminal of its own and return its screen and exit code; each key waits until it is asked for.

    Whoever asks for a single key, or for a text to change, first throws away what was typed before, or takes it
    otherwise: there a key also waits until the terminal is no more the one that gathers lines.
    Where nothing is left to decide on and no key waits, it is left with q.
    """
    ours, theirs = pty.openpty()
    shell = {**os.environ, "COLUMNS": "60", "TERM": "xterm", **environment}
    done = subprocess.Popen(
        [sys.executable, "-c", CALL, *words], stdin=theirs, stdout=theirs, stderr=theirs, cwd=cwd, env=shell
    )
    os.close(theirs)
    screen, waiting, until = b"", list(keys), time.monotonic() + 600
    while time.monotonic() < until:
        ready = select.select([ours], [], [], 0.05)[0]
        try:
            read = os.read(ours, 65536) if ready else b""
        except OSError:
            break
        screen += read
        if ready and not read:
            break
        bare = screen.rstrip(b"\r\n").endswith(b"quit") or screen.rpartition(b"\n")[2].startswith(b"> ")
        asked = not gathers_lines(ours) if bare else screen.endswith(b": ")
        done_with = not waiting and screen.rstrip().endswith("u undo the last step · q quit".encode())
        if not ready and (waiting or done_with) and asked:
            os.write(ours, (waiting.pop(0) if waiting else "q").encode())
            screen += b"\x00"
    os.close(ours)
    return screen.replace(b"\x00", b"").decode(), done.wait(timeout=600)


def gathers_lines(terminal: int) -> bool:
    return bool(termios.tcgetattr(terminal)[3] & termios.ICANON)


def test_one_key_decides_on_each_and_the_file_says_so(draft: Path) -> None:
    screen, code = typed(["a", "m", "1\n", "\n", "r", "u", "a", "e", "1\n", "\x15Trade was reviewed.\n", "g", "Dialogue\n", "Commerce\n"],
                         "review", "d.yaml", cwd=draft.parent)  # fmt: skip

    assert code == 0, screen
    assert "5 of 5 pending" in screen
    assert "\x1b[1;7m" in screen
    assert "like on record: kessler-jeffrey 88 (Jeffrey Kessler)" in screen
    assert "\x1b[31m" not in screen, "a text does not paint the terminal"
    assert "nothing is pending: `briefing accept d.yaml`" in screen
    left = draft.read_text(encoding="utf-8")
    expected = ACCEPTED.replace("name: J. Kessler", "name: Jeffrey Kessler").replace(
        "Both sides reviewed progress on trade.", "Trade was reviewed."
    )
    assert left.startswith(expected.partition("commitments:")[0])
    assert "---\nmeeting: Dialogue\nagency: Commerce\n" in left


def test_the_last_decision_can_be_taken_back_before_it_is_left(draft: Path) -> None:
    decided = DRAFT.replace("pending", "accepted", 4)
    draft.write_text(decided, encoding="utf-8")

    screen, code = typed(["r", "x", "u", "s", "u", "a", "\r"], "review", "d.yaml", cwd=draft.parent)

    assert code == 0, screen
    assert screen.count("everything is decided") == 2
    assert "“x” is no key here" in screen
    assert "1 passed over, still pending" in screen
    assert draft.read_text(encoding="utf-8") == ACCEPTED


def test_words_that_are_quoted_with_their_strength_are_shown_once(draft: Path) -> None:
    words = "agreed to hold the next dialogue soon"
    start = TEXT.index(words)
    last = DRAFT.rpartition("by: rules 1, ")
    spanned = f"{last[0]}{last[1]}span: {start}-{start + len(words)}, {last[2]}"
    draft.write_text(spanned.replace("pending", "accepted", 4), encoding="utf-8")

    screen, _ = typed(["q"], "review", "d.yaml", cwd=draft.parent)

    assert "1 of 5 pending" in screen
    assert " ".join(screen.split()).count("More follows here.") == 1


def test_what_somebody_was_merged_with_is_known_by_that_name_from_then_on(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    screen, code = typed(
        ["m", "Nobody Like It\n", "\n", "?", "x", "a", "m", "1\n", "y\n", "q"], "review", "d.yaml", cwd=draft.parent
    )

    assert code == 0, screen
    assert "nothing on record is like “Nobody Like It”" in screen
    assert "E  open the file in your editor, at this line" in screen
    assert "“x” is no key here" in screen
    draft.write_text(draft.read_text(encoding="utf-8").replace("pending", "accepted"), encoding="utf-8")
    assert call(["accept", "d.yaml"]) == 0
    capsys.readouterr()
    assert call(["people", "J. Kessler"]) == 0
    assert "kessler-jeffrey" in capsys.readouterr().out


def test_what_the_text_calls_somebody_stays_in_the_text_where_the_officer_says_so(draft: Path) -> None:
    screen, _ = typed(["a", "m", "1\n", "n\n", "q"], "review", "d.yaml", cwd=draft.parent)

    assert "Is “J. Kessler” a name of Jeffrey Kessler (kessler-jeffrey)" in " ".join(screen.split())
    left = draft.read_text(encoding="utf-8")
    assert "name: Jeffrey Kessler" in left
    assert "also:" not in left


def test_what_a_key_did_besides_is_said_below_the_next_proposal(draft: Path) -> None:
    other = DRAFT.replace("# found in press.txt\n", "---\n").replace("Talks on trade", "A luncheon")
    draft.write_text(DRAFT + other, encoding="utf-8")

    screen, _ = typed(["a", "a", "q"], "review", "d.yaml", cwd=draft.parent)

    line = draft.read_text(encoding="utf-8").rpartition("  - name: J. Kessler")[0].count("\n") + 1
    assert f"accepted too: J. Kessler in line {line}; u takes it back" in screen
    assert "with: J. Kessler; Ann Novak" in screen
    assert draft.read_text(encoding="utf-8").count("decision: accepted") == 3


def test_a_text_is_rejected_with_what_rests_on_it_once_that_is_wanted(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.write_text(f"source: press.txt\nproposal: {{by: rules 1, decision: pending}}\n---\n{DRAFT}", encoding="utf-8")
    before = files(draft.parent / "events")

    screen, _ = typed(["r", "\n", "r", "y\n"], "review", "d.yaml", cwd=draft.parent)

    assert screen.count("Reject the text, and the 1 draft that rests on it? [y/N]") == 2
    assert "everything was rejected: there is nothing to put on record" in screen
    assert call(["accept", "d.yaml"]) == 0
    assert "nothing new: everything was rejected" in capsys.readouterr().err
    assert files(draft.parent / "events") == before


def test_a_meeting_is_joined_with_another_of_the_draft(draft: Path) -> None:
    other = DRAFT.replace("# found in press.txt\n", "---\n").replace("Talks on trade", "A luncheon")
    draft.write_text(DRAFT + other, encoding="utf-8")

    screen, _ = typed(
        ["s", "s", "s", "s", "s", "m", "10\n", "\n", "m", "No Such Words\n", "1\n", "q"],
        "review",
        "d.yaml",
        cwd=draft.parent,
    )

    assert "in line 2: Talks on trade" in screen
    left = draft.read_text(encoding="utf-8")
    assert left.count("decision: rejected") == 1
    assert left.partition("---")[0].count("Both sides reviewed progress on trade.") == 2


def test_a_meeting_is_made_to_add_to_one_on_record_and_its_point_to_what_was_said_there(draft: Path) -> None:
    screen, code = typed(["m", "Commerce\n", "1\n", "A", "m", "1\n", "u", "q"], "review", "d.yaml", cwd=draft.parent)

    assert code == 0, screen
    assert "says the same as: number" in screen
    left = draft.read_text(encoding="utf-8")
    assert "adds to: commerce-talks-2025-05\nproposal: {by: rules 1, confidence: 87, decision: accepted}" in left
    assert "adds to: p1" not in left, "it was undone"

    screen, _ = typed(["m", "1\n", "q"], "review", "d.yaml", cwd=draft.parent)
    assert "    adds to: p1\n" in draft.read_text(encoding="utf-8")
    draft.write_text(
        draft.read_text(encoding="utf-8").replace("decision: accepted", "decision: pending"), encoding="utf-8"
    )
    screen, _ = typed(["q"], "review", "d.yaml", cwd=draft.parent)
    assert "there: Talks at Commerce" in screen


def test_the_editor_opens_at_the_line_of_the_proposal(draft: Path) -> None:
    (draft.parent / "vi").write_text('#!/bin/sh\necho "$1" > at\n')
    (draft.parent / "vi").chmod(0o755)

    typed(["a", "E", "q"], "review", "d.yaml", cwd=draft.parent, VISUAL=str(draft.parent / "vi"))

    assert (draft.parent / "at").read_text() == "+9\n"


def test_a_draft_that_nobody_else_may_read_stays_so(draft: Path) -> None:
    draft.chmod(0o600)

    typed(["a", "q"], "review", "d.yaml", cwd=draft.parent)

    assert draft.read_text(encoding="utf-8") != DRAFT
    assert draft.stat().st_mode & 0o777 == 0o600


def test_who_quits_finds_everything_as_it_was_left_and_a_terminal_without_colours_gets_none(draft: Path) -> None:
    screen, code = typed(["a", "s", "q"], "review", "d.yaml", cwd=draft.parent, NO_COLOR="1")

    assert code == 0
    assert "\x1b" not in screen.replace("\x1b[31m", "")
    assert ">>Ann Novak<<" in screen or "4 pending" in screen
    assert draft.read_text(encoding="utf-8") == DRAFT.replace("pending", "accepted", 1)


def test_without_a_terminal_a_review_is_refused_with_what_to_do(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(["review", "d.yaml"]) == 2
    assert "--edit" in capsys.readouterr().err
    assert call(["review", "none.yaml"]) == 66


@pytest.mark.parametrize(
    ("change", "problem"),
    [("s/by: both/sides: both/", "d.yaml:16:5: unknown key “sides” in a point"),
     ("s/A: reviewed progress on trade/A: reviewed nothing/", "d.yaml:17:8: these words are not in text A"),
     ("s/say: Both/say: A: b: Both/", "d.yaml:15:")],
)  # fmt: skip
def test_edit_opens_the_file_and_says_what_is_wrong_and_where(
    draft: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, change: str, problem: str
) -> None:
    monkeypatch.setenv("VISUAL", f"sed -i '{change}'")

    assert call(["review", "d.yaml", "--edit"]) == 3
    assert f"error: {problem}" in capsys.readouterr().err

    draft.write_text(DRAFT, encoding="utf-8")
    monkeypatch.setenv("VISUAL", "sed -i 's/decision: pending/decision: accepted/'")
    assert call(["review", "d.yaml", "--edit"]) == 0
    assert draft.read_text(encoding="utf-8") == ACCEPTED


def test_an_officer_may_edit_again_until_it_is_right(draft: Path) -> None:
    (draft.parent / "editor").write_text(
        "#!/bin/sh\nif grep -q sides: $1; then sed -i 's/sides: both/by: both/' $1; else sed -i 's/by: both/sides: both/' $1; fi\n"
    )
    (draft.parent / "editor").chmod(0o755)

    screen, code = typed(["y\n"], "review", "d.yaml", "--edit", cwd=draft.parent, VISUAL=str(draft.parent / "editor"))

    assert code == 0, screen
    assert "unknown key “sides”" in screen
    assert draft.read_text(encoding="utf-8") == DRAFT


def test_accept_names_what_is_pending_and_every_quotation_that_differs_at_once(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(draft.parent / "events")
    draft.write_text(
        ACCEPTED.replace("accepted", "pending", 1).replace("A: reviewed", "A: praised").replace("to hold", "to end"),
        encoding="utf-8",
    )

    assert call(["accept", "d.yaml"]) == 3

    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error")]
    assert [line.split(": ")[1] for line in told] == ["d.yaml:3:51", "d.yaml:17:8", "d.yaml:22:15"]
    assert files(draft.parent / "events") == before


def test_what_was_accepted_goes_on_record_as_if_typed_with_whom_was_agreed_to_and_only_once(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(draft.parent / "events")
    draft.write_text(ACCEPTED, encoding="utf-8")

    assert call(["accept", "d.yaml", "--dry-run"]) == 0
    assert files(draft.parent / "events") == before
    assert call(["accept", "d.yaml", "--by", "Desk"]) == call(["accept", "d.yaml"]) == 0

    new = list(added(before, files(draft.parent / "events")).values())
    assert [event["type"] for event in new] == [
        "source.registered",
        "person.described",
        "person.described",
        "meeting.held",
    ]
    assert {event["recorded_by"] for event in new} == {"Desk"}
    assert draft.read_text(encoding="utf-8") == ACCEPTED
    assert "nothing new: it is on record already" in capsys.readouterr().err


def test_a_name_that_was_typed_and_not_proposed_needs_a_yes_of_its_own(
    draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.write_text("meeting: Talks\nwhen: 28 May 2025\nwith: [Carl Novak]\ncontent: not known\n", encoding="utf-8")

    assert call(["accept", "d.yaml"]) == 3
    assert "no person “Carl Novak” is on record" in capsys.readouterr().err
    assert call(["accept", "d.yaml", "--new"]) == 0
