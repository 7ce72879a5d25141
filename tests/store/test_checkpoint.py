"""A list of heads, kept elsewhere: what was removed is found, and who vouches for what."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from briefing.errors import MissingSystemPart, NoInput, RecordNotWhole, UsageProblem
from briefing.store.checkpoint import Checkpoint, Examined, examine, files, of_basis, take
from briefing.store.log import basis_of
from briefing.store.signature import NAMESPACE, read_signature, sign
from briefing.store.survey import Survey
from briefing.store.verify import verify
from tests.given import NOON, event_redacted, fact_stated, history, meeting_held
from tests.signers import allow, make_key
from tests.store.records import (
    CORRECTION,
    FILES,
    LOG,
    MEETING,
    SOURCE,
    UPDATE,
    Files,
    digest_in,
    files_of,
    renamed,
    stored,
    without,
)

NOW = NOON + timedelta(days=1)
HEAD = digest_in(CORRECTION)


def survey_of(stored_files: Mapping[str, bytes]) -> Survey:
    return verify(stored(stored_files), now=NOW)


WHOLE = survey_of(FILES)
TAKEN = take(WHOLE, now=NOW, by="Records officer")


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_key(tmp_path_factory.mktemp("keys") / "key")


@pytest.fixture
def allowed(key: Path, tmp_path: Path) -> Path:
    return allow(tmp_path / "allowed_signers", key)


def put(folder: Path, key: Path | None, data: bytes = TAKEN.as_bytes(), name: str = "list.json") -> Path:
    """Write a list, signed where a key is given."""
    if key is not None:
        (folder / f"{name}.sig").write_bytes(sign(data, key))
    (folder / name).write_bytes(data)
    return folder / name


def found(one: Examined) -> list[tuple[str, str]]:
    return [(finding.kind, finding.name) for finding in one.findings]


def edited(**values: Any) -> bytes:
    return json.dumps({**json.loads(TAKEN.as_bytes()), **values}).encode()


# ── what a list holds ─────────────────────────────────────────────────────────────────────────


def test_a_checkpoint_is_readable_and_says_what_it_stands_for() -> None:
    assert json.loads(TAKEN.as_bytes()) == {
        "checkpoint": 1,
        "made_at": NOW.isoformat().replace("+00:00", "Z"),
        "made_by": "Records officer",
        "events": len(FILES),
        "newest": LOG[-1].at.isoformat().replace("+00:00", "Z"),
        "basis": HEAD,
        "heads": [HEAD],
    }
    assert TAKEN.as_bytes().endswith(b"}\n")
    assert Checkpoint.model_validate_json(TAKEN.as_bytes()) == TAKEN


def test_a_record_of_two_heads_has_one_basis_and_all_events_under_it() -> None:
    apart = (*LOG, *history(fact_stated("f1"), after=LOG[:-1], at=NOON + timedelta(hours=1)))
    taken = take(survey_of(files_of(apart)), now=NOW, by="a")

    assert len(taken.heads) == 2
    assert (taken.basis, taken.events) == (basis_of(taken.heads), len(apart))


def test_a_clock_behind_the_record_does_not_make_a_list_older_than_what_it_lists() -> None:
    taken = take(WHOLE, now=NOON - timedelta(days=3), by="a")

    assert taken.made_at > taken.newest == LOG[-1].at


@pytest.mark.parametrize("damage", [without(MEETING), {**FILES, MEETING: FILES[MEETING] + b" "}])
def test_nobody_signs_for_a_record_that_is_not_whole(damage: Files) -> None:
    with pytest.raises(RecordNotWhole):
        take(survey_of(damage), now=NOW, by="a")


def test_of_nothing_there_is_no_checkpoint() -> None:
    with pytest.raises(NoInput, match="no event"):
        take(survey_of({}), now=NOW, by="a")


# ── what is found by it ───────────────────────────────────────────────────────────────────────


def test_a_whole_record_under_a_good_signature_has_no_finding(tmp_path: Path, key: Path, allowed: Path) -> None:
    one = examine(put(tmp_path, key), WHOLE, allowed)

    assert (one.findings, one.signed.by, one.vouched) == ((), "records@mfa", True)
    assert one.signed.key.startswith("ED25519 key SHA256:")
    assert one.covered == {digest_in(name) for name in FILES}


@pytest.mark.parametrize("gone", [(CORRECTION,), (CORRECTION, UPDATE), (CORRECTION, UPDATE, MEETING)])
def test_the_newest_events_removed_are_found_by_the_list_and_by_nothing_else(
    tmp_path: Path, key: Path, allowed: Path, gone: tuple[str, ...]
) -> None:
    survey = survey_of(without(*gone))
    one = examine(put(tmp_path, key), survey, allowed)

    assert survey.findings == ()
    assert found(one) == [("truncated", HEAD)]
    assert "8 events" in str(one.findings[0])
    assert one.vouched


def test_a_head_that_is_here_and_altered_is_found_once(tmp_path: Path, key: Path, allowed: Path) -> None:
    survey = survey_of({**FILES, CORRECTION: FILES[CORRECTION] + b" "})

    assert [one.kind for one in survey.findings] == ["altered"]
    assert found(examine(put(tmp_path, key), survey, allowed)) == []


def test_what_came_later_is_no_finding_and_stands_outside_the_list(tmp_path: Path, key: Path, allowed: Path) -> None:
    later = history(meeting_held("m2"), after=LOG)
    one = examine(put(tmp_path, key), survey_of(files_of((*LOG, *later))), allowed)

    assert one.findings == ()
    assert later[0].digest not in one.covered


def test_a_head_whose_event_was_redacted_since_is_not_missed(tmp_path: Path, key: Path, allowed: Path) -> None:
    redaction = files_of(history(event_redacted(LOG[-1]), after=LOG))
    one = examine(put(tmp_path, key), survey_of({**without(CORRECTION), **redaction}), allowed)

    assert one.findings == ()
    assert one.covered == {digest_in(name) for name in FILES}


def test_a_redaction_that_cuts_what_was_before_its_target_is_found_by_the_number(
    tmp_path: Path, key: Path, allowed: Path
) -> None:
    told = event_redacted(LOG[-1])
    cut = type(told)(told.kind, told.label, {**told.payload, "target_parents": ()})
    lone = files_of(history(cut, after=LOG[:1], at=NOON + timedelta(hours=1)))
    one = examine(put(tmp_path, key), survey_of({SOURCE: FILES[SOURCE], **lone}), allowed)

    assert found(one) == [("truncated", "list.json")]
    assert "counts 8 events" in str(one.findings[0])


# ── what is wrong with a list ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "data",
    [b"", b"heads", b"{}", edited(heads=[]), edited(heads=["0" * 64]), edited(checkpoint=2), edited(basis="x"),
     edited(made_at="2020-01-01T00:00:00Z"), edited(made_at="yesterday"), edited(more=1)],
)  # fmt: skip
def test_what_is_no_list_of_heads_is_a_bad_checkpoint(tmp_path: Path, key: Path, allowed: Path, data: bytes) -> None:
    one = examine(put(tmp_path, key, data), WHOLE, allowed)

    assert found(one) == [("bad checkpoint", "list.json")]
    assert not one.vouched


@pytest.mark.parametrize(
    "data",
    [edited(made_by="Another"), edited(events=7), TAKEN.as_bytes() + b"\n", edited(made_at="2030-01-01T00:00:00Z"),
     edited(heads=[digest_in(UPDATE)], basis=digest_in(UPDATE))],
)  # fmt: skip
def test_a_list_edited_after_it_was_signed_is_a_bad_checkpoint(tmp_path: Path, key: Path, allowed: Path, data: bytes) -> None:
    path = put(tmp_path, key)
    path.write_bytes(data)
    one = examine(path, WHOLE, allowed)

    assert ("bad checkpoint", "list.json") in found(one)
    assert "not what was signed" in str(one.findings[0])
    assert not one.vouched


@pytest.mark.parametrize("events", [3, 9])
def test_a_list_that_counts_otherwise_than_the_record_is_found_even_where_it_is_signed(
    tmp_path: Path, key: Path, allowed: Path, events: int
) -> None:
    assert found(examine(put(tmp_path, key, edited(events=events)), WHOLE, allowed)) == [
        ("bad checkpoint" if events < len(FILES) else "truncated", "list.json")
    ]


def test_a_list_that_dates_its_heads_too_early_is_found_even_where_it_is_signed(tmp_path: Path, key: Path, allowed: Path) -> None:
    early = edited(newest="2026-01-01T00:00:00Z", made_at="2026-01-02T00:00:00Z")

    assert found(examine(put(tmp_path, key, early), WHOLE, allowed)) == [("bad checkpoint", "list.json")]


def test_without_a_signature_or_without_signers_nobody_vouches(tmp_path: Path, key: Path, allowed: Path) -> None:
    unsigned = examine(put(tmp_path, None, name="unsigned.json"), WHOLE, allowed)
    nobody = examine(put(tmp_path, key), WHOLE, None)

    assert found(unsigned) == [("unvouched", "unsigned.json")]
    assert found(nobody) == [("unvouched", "list.json")]
    assert not unsigned.vouched
    assert not nobody.vouched


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ('namespaces="git"', "may not sign checkpoints"),
        ('valid-before="20260201"', "expired"),
        ('valid-after="20270101"', "not yet valid"),
        ("cert-authority", "no allowed signer"),
    ],
)
def test_a_key_that_may_not_sign_this_or_not_then_is_refused(
    tmp_path: Path, key: Path, options: str, said: str
) -> None:
    one = examine(put(tmp_path, key), WHOLE, allow(tmp_path / "allowed", key, options=options))

    assert found(one) == [("bad checkpoint", "list.json")]
    assert said in str(one.findings[0])


def test_a_key_that_expired_after_it_signed_still_counts(tmp_path: Path, key: Path) -> None:
    until = allow(tmp_path / "allowed", key, options='valid-before="20260401"')

    assert datetime(2026, 4, 1, tzinfo=UTC) < datetime.now(UTC)
    assert examine(put(tmp_path, key), WHOLE, until).vouched


def test_the_key_of_somebody_else_is_named_and_refused(tmp_path: Path, key: Path, allowed: Path) -> None:
    other = make_key(tmp_path / "other")
    one = examine(put(tmp_path, other), WHOLE, allowed)

    assert found(one) == [("bad checkpoint", "list.json")]
    assert "ED25519 key SHA256:" in str(one.findings[0])


def test_a_signature_for_another_purpose_is_refused(tmp_path: Path, key: Path, allowed: Path) -> None:
    import subprocess

    path = put(tmp_path, None)
    words = ["ssh-keygen", "-q", "-Y", "sign", "-n", "file", "-f", str(key), str(path)]
    subprocess.run(words, check=True, capture_output=True)
    one = examine(path, WHOLE, allowed)

    assert found(one) == [("bad checkpoint", "list.json")]
    assert "namespace" in str(one.findings[0])


def test_a_signature_that_is_none_is_refused(tmp_path: Path, allowed: Path) -> None:
    path = put(tmp_path, None)
    path.with_name("list.json.sig").write_text("signed, Records officer", encoding="utf-8")

    assert found(examine(path, WHOLE, allowed)) == [("bad checkpoint", "list.json")]


def test_of_several_signers_the_one_who_signed_is_named(tmp_path: Path, key: Path) -> None:
    first = allow(tmp_path / "first", make_key(tmp_path / "other"), principal="director@mfa").read_text(encoding="utf-8")
    second = allow(tmp_path / "second", key).read_text(encoding="utf-8")
    (tmp_path / "both").write_text(first + second, encoding="utf-8")

    assert examine(put(tmp_path, key), WHOLE, tmp_path / "both").signed.by == "records@mfa"


def test_the_signature_can_be_checked_without_this_program(tmp_path: Path, key: Path, allowed: Path) -> None:
    import subprocess

    path = put(tmp_path, key)
    words = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", "records@mfa", "-n", NAMESPACE, "-s", f"{path}.sig"]
    done = subprocess.run(words, input=path.read_bytes(), check=False, capture_output=True)

    assert (done.returncode, b"Good" in done.stdout) == (0, True)


# ── what is not there ─────────────────────────────────────────────────────────────────────────


def test_where_ssh_keygen_is_not_installed_it_says_so(tmp_path: Path, key: Path, allowed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, key)
    monkeypatch.setenv("PATH", str(tmp_path))

    for attempt in (lambda: sign(b"x", key), lambda: examine(path, WHOLE, allowed)):
        with pytest.raises(MissingSystemPart, match="ssh-keygen") as raised:
            attempt()
        assert "openssh-client" in raised.value.hint


def test_a_key_that_is_not_there_or_cannot_be_used_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoInput, match="no-key"):
        sign(b"x", tmp_path / "no-key")

    (tmp_path / "key").write_text("not a key", encoding="utf-8")
    with pytest.raises(UsageProblem, match="cannot sign"):
        sign(b"x", tmp_path / "key")


def test_a_checkpoint_or_list_of_signers_that_is_not_there_is_named(tmp_path: Path, key: Path) -> None:
    for place in (tmp_path / "none.json", tmp_path):
        with pytest.raises(NoInput, match="no checkpoint"):
            files(place)
    with pytest.raises(NoInput, match="no list of signers"):
        examine(put(tmp_path, key), WHOLE, tmp_path / "nobody")


def test_a_folder_names_every_checkpoint_in_it(tmp_path: Path, key: Path) -> None:
    paths = [put(tmp_path, key, name=name) for name in ("b.json", "a.json")]

    assert files(tmp_path) == sorted(paths)


def test_a_signature_read_at_a_time_is_judged_by_that_time(tmp_path: Path, key: Path) -> None:
    path = put(tmp_path, key)
    until = allow(tmp_path / "allowed", key, options='valid-before="20260401"')

    then, since = (read_signature(path.read_bytes(), Path(f"{path}.sig"), until, NOON + timedelta(days=days)) for days in (0, 99))
    assert (then.by, then.problem) == ("records@mfa", "")
    assert "expired" in since.problem


# ── a basis ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", [HEAD, HEAD[:8], f"{HEAD}, {digest_in(UPDATE)[:8]}"])
def test_a_basis_that_is_here_is_no_finding_and_one_whose_head_was_removed_is(words: str) -> None:
    assert list(of_basis(WHOLE, words, "the paper")) == []
    assert [one.kind for one in of_basis(survey_of(without(CORRECTION)), words, "the paper")] == ["truncated"]


def test_a_basis_of_two_heads_together_is_known_by_its_own_digest() -> None:
    apart = (*LOG, *history(fact_stated("f1"), after=LOG[:-1], at=NOON + timedelta(hours=1)))
    survey = survey_of(files_of(apart))

    assert list(of_basis(survey, basis_of(survey.heads), "the paper")) == []
    assert [one.kind for one in of_basis(WHOLE, basis_of(survey.heads), "the paper")] == ["truncated"]


def test_a_head_under_another_name_is_still_removed_and_offered_back() -> None:
    survey = survey_of(renamed(CORRECTION, CORRECTION.replace(".json", " (1).json")))

    assert [one.kind for one in of_basis(survey, HEAD, "the paper")] == ["truncated"]
    assert [one.belongs for one in survey.findings] == [CORRECTION]
