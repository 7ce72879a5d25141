"""`briefing import mail`: invitations are planned meetings, other mails are drafts."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.cli import import_calendar
from briefing.cli.main import call
from tests.cli.workspaces import added, files
from tests.intake.calendar.calendars import calendar, event
from tests.intake.opening.made import mail

TEXT = "Under Secretary of Commerce Jeffrey Kessler met the Foreign Secretary, Vikram Misri, on 2 June 2025 in Washington.\n"


def call_mail(*options: str) -> int:
    return call(["import", "mail", "a.eml", *options])


@pytest.fixture
def invitation(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a mail with an invitation to a meeting of 2099, which is among the days that are asked for."""
    monkeypatch.setattr(import_calendar, "_in_a_year", lambda day, years: day.replace(year=2099 if years > 0 else 2020, month=12, day=1))
    message = mail("You are invited.\n")
    data = calendar(event(start=":20990602T103000Z"), head="METHOD:REQUEST\r\n").decode()
    message.add_alternative(data.replace("\r\n", "\n"), subtype="calendar")
    path = workspace / "a.eml"
    path.write_bytes(message.as_bytes())
    return path


def test_an_invitation_in_a_mail_is_taken_as_from_a_calendar(
    workspace: Path, invitation: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(workspace / "events")

    assert call_mail("--dry-run") == 0
    assert "new         a.eml!attachment 1.ics:4  2 June 2099: Talks" in capsys.readouterr().out
    assert call_mail("--yes") == 0
    (planned,) = added(before, files(workspace / "events")).values()
    assert (planned["type"], planned["origin"]) == ("meeting.planned", "ics:one@x")
    once = files(workspace / "events")
    assert call_mail("--yes") == 0
    assert files(workspace / "events") == once
    assert not (workspace / "drafts").exists()


def test_another_mail_is_drafted_and_what_it_carries_is_named(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = mail(TEXT)
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="talks.pdf")
    (workspace / "a.eml").write_bytes(message.as_bytes())
    before = files(workspace / "events")

    assert call_mail("--dry-run") == 0
    assert not (workspace / "drafts").exists()
    assert call_mail() == 0
    assert "a.eml carries talks.pdf: save it" in capsys.readouterr().err
    draft = (workspace / "drafts" / "a.yaml").read_text(encoding="utf-8")
    assert "published: '2025-06-03'" in draft, "the day on which the mail was sent"
    assert "decision: pending" in draft
    assert files(workspace / "events") == before


def test_a_file_that_is_no_mail_is_refused(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "a.eml").write_text("<html><p>Words.</p></html>", encoding="utf-8")
    assert call_mail() == 3
    assert "error: a.eml: it is no mail" in capsys.readouterr().err
    (workspace / "a.eml").unlink()
    assert call_mail() == 66
