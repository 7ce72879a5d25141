"""Input made to break programs, through the command line: as event files, as strays, as drafts, and in every text field.

What is taken comes back as it was typed, on the record and on paper; what is not is refused, and nothing changes.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from briefing.cli.main import call
from briefing.codec import digest
from briefing.errors import InvalidDraft
from briefing.intake.drafts import GRAMMAR, TEXT, TEXTS, read_drafts
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.cli.workspaces import files
from tests.hostile import HOSTILE_JSON, NAUGHTY

LIKE = "2026-03/20260301T120000000000Z-fact-stated-"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "events").mkdir()
    (tmp_path / "briefing.toml").write_text('recorded_by = "desk"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# ── JSON as event files, as strays and as drafts ──────────────────────────────────────────────


def test_json_with_the_name_of_an_event_is_a_finding_and_no_command_goes_on(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (empty / "draft.yaml").write_text("fact: Steel is dear.\nnotes: Third Secretary\n", encoding="utf-8")
    (empty / "events/2026-03").mkdir()
    for data in HOSTILE_JSON.values():
        (empty / "events" / f"{LIKE}{digest(data)}.json").write_bytes(data)
    before = files(empty / "events")

    found = load(FolderStore(empty / "events")).findings
    assert {one.kind for one in found} <= {"invalid", "unknown"}
    assert {one.name for one in found} == set(before)
    assert call(["verify", "--json"]) == 1
    told = json.loads(capsys.readouterr().out)["findings"]
    assert {one["name"] for one in told if one["level"] == "error"} == set(before)
    for command in (["append", "draft.yaml"], ["list"], ["note", "visit", "-o", "-"], ["retract", "x", "--reason", "x"]):
        assert call(command) == 5, command
    assert files(empty / "events") == before


def test_json_beside_the_events_is_a_stray_and_hinders_nothing(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (empty / "events/2026-03").mkdir()
    for n, data in enumerate(HOSTILE_JSON.values()):
        (empty / f"events/2026-03/{n}.json").write_bytes(data)

    assert call(["verify", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["kind"] for one in found] == ["stray"] * len(HOSTILE_JSON)
    (empty / "draft.yaml").write_text("fact: Steel is dear.\nnotes: Third Secretary\n", encoding="utf-8")
    assert call(["append", "draft.yaml"]) == 0
    assert call(["sync", "--rescue"]) == 0


def test_json_as_a_draft_is_refused_with_its_place_and_nothing_changes(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, data in HOSTILE_JSON.items():
        (empty / "draft.yaml").write_bytes(data)

        assert call(["append", "draft.yaml", "--new"]) == 3, name
        said = capsys.readouterr().err
        assert said.startswith("error: draft.yaml"), name
        assert "bug" not in said, name
    assert files(empty / "events") == {}


# ── strings in every text field ───────────────────────────────────────────────────────────────

FIXED = {
    "side": "theirs", "kind": "raised", "mode": "video", "setting": "government", "attendance": "partial",
    "strength": "agreed", "status": "open", "rank": "1", "likely": "may", "as": "met", "marking": "internal",
}  # fmt: skip
NOT_TEXT = {"id", "sources", "plan", "adds to", "visit", "follows", "score", "when", "due", "published", "since", "until", "at", "as at",
            "from", "review by", "next contact", "year from", "by", "to", "about", "topic", "theme", "agency", "principal", "visitor", "setting", "title",
            "body", "source", "assessment", "content", "line", "host"}  # fmt: skip
"""Keys whose value is a date, or the name of something on record: these are asked for elsewhere."""
KINDS = ("agency", "topic", "person", "visit", "fact", "meeting", "planned")
Draft = dict[str, object]


def filled(kind: str, text: str) -> Draft:
    """Return a draft, or a part of one, of which every free text is this one, and says which field it is of."""
    draft: Draft = {}
    for key, form in GRAMMAR[kind].items():
        if key in FIXED:
            draft[key] = FIXED[key]
        elif key not in NOT_TEXT and form in (TEXT, TEXTS):
            words = f"{text} ({key} of a {kind})"
            draft[key] = words if form == TEXT else [words]
        elif form in ("point", "commitment", "to make", "expected", "programme"):
            draft[key] = [filled(form, text) | ({"at": text} if form == "programme" else {})]
    return draft


def drafts(n: int, text: str, visit: str) -> Iterator[Draft]:
    """Return a meeting, its agency and a draft of one more kind, with a text in every field of each."""
    for kind in sorted({"agency", "meeting", KINDS[n % len(KINDS)]}, key=KINDS.index):
        draft: Draft = {kind: text, **filled(kind, text), "id": f"{kind}-{n}"}
        if kind in ("meeting", "planned"):
            draft |= {"visit": visit, "agency": f"agency-{n}"}
        yield draft


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(one)


def spaced(text: str) -> str:
    """Return a text with single spaces, as a browser and a reader see it."""
    return " ".join(text.split())


def append(folder: Path, found: list[Draft]) -> int:
    text = "\n---\n".join(json.dumps(one, ensure_ascii=False) for one in found)
    (folder / "draft.yaml").write_text(text, encoding="utf-8")
    return call(["append", "draft.yaml", "--new"])


def batches() -> list[dict[int, str]]:
    """Return the strings, each behind a sign of its own, in batches of a hundred."""
    numbered = [(n, f"S{n}. {text}") for n, text in enumerate(NAUGHTY) if len(text) < 2000]
    return [dict(numbered[n : n + 100]) for n in range(0, len(numbered), 100)]


@pytest.mark.slow
@pytest.mark.parametrize("batch", batches(), ids=lambda batch: f"from {next(iter(batch))}")
def test_every_string_in_every_field_is_on_record_as_typed_and_on_paper_as_it_is(
    empty: Path, batch: dict[int, str], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    taken = {n: text for n, text in batch.items() if can_be_typed(text)}
    assert len(taken) > len(batch) * 0.8 - 3
    visit: Draft = {"visit": "All of it", "id": "all-of-it", "when": "2 March 2026"}
    assert append(empty, [visit, *(one for n, text in taken.items() for one in drafts(n, text, "all-of-it"))]) == 0

    recorded = {getattr(one.event, "id", ""): one for one in load(FolderStore(empty / "events")).recorded}
    for n, text in taken.items():
        for draft in drafts(n, text, "all-of-it"):
            values = {spaced(value) for value in texts(json.loads(one_file(empty, recorded[str(draft["id"])].digest)))}
            typed = {spaced(value) for value in texts(draft) if text in value}
            assert len(typed) >= 5
            assert typed <= values, draft["id"]
    capsysbinary.readouterr()
    assert call(["show", str(draft["id"]), "--json"]) == 0
    assert json.loads(capsysbinary.readouterr().out)["event"] == json.loads(one_file(empty, recorded[str(draft["id"])].digest))

    assert call(["note", "visit", "-f", "html", "-o", "-"]) == 0
    page = capsysbinary.readouterr().out.decode()
    assert call(["note", "visit", "-f", "md", "-o", "-"]) == 0
    plain = capsysbinary.readouterr().out.decode()
    body = page.partition("<body")[2]
    assert "<script" not in page.casefold()
    assert not re.search(r"<[^>]*\son\w+\s*=", body)
    read = spaced(html.unescape(re.sub(r"<[^>]*>", "", body)))
    for n, text in taken.items():
        assert spaced(text) in read, text
        assert f"S{n}." in plain


def can_be_typed(text: str) -> bool:
    """Tell whether a draft may hold a text; what it may not is refused with its place."""
    try:
        read_drafts(json.dumps({"fact": text, "notes": "x"}, ensure_ascii=False).encode(), "draft.yaml")
    except InvalidDraft as refusal:
        return not all("a control character, U+" in one.what for one in refusal.problems)
    return True


def one_file(folder: Path, whole: str) -> bytes:
    return next((folder / "events").rglob(f"*{whole}.json")).read_bytes()


@pytest.mark.slow
def test_a_sample_of_them_is_printed(empty: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    texts_ = {n: text for batch in batches() for n, text in batch.items() if can_be_typed(text) and max(text) < "\u0250"}
    taken = dict([*texts_.items()][::8])  # a sign that no font of the paper has is refused, by name: test_scripts.py
    visit: Draft = {"visit": "All of it", "id": "all-of-it", "when": "2 March 2026"}
    assert append(empty, [visit, *(one for n, text in taken.items() for one in drafts(n, text, "all-of-it"))]) == 0
    capsysbinary.readouterr()

    assert call(["note", "visit", "-f", "pdf", "-o", "paper.pdf"]) == 0
    words = "".join(page.extract_text() for page in PdfReader(empty / "paper.pdf").pages)
    assert all(f"S{n}." in words for n in taken)


def test_a_paper_that_took_text_for_markup_would_be_seen() -> None:
    text = "S1. <b>bold</b> &amp; <script>alert(1)</script>"
    right, wrong = f"<p>{html.escape(text)}</p>", f"<p>{text}</p>"

    assert text in html.unescape(re.sub(r"<[^>]*>", "", right))
    assert text not in html.unescape(re.sub(r"<[^>]*>", "", wrong))
    assert ("<script" in right, "<script" in wrong) == (False, True)
