"""Every single edit, rename, truncation and deletion of a small record has its finding, and a whole one has none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefing.events import Recorded
from briefing.resources import sample_events_dir
from briefing.store.findings import LEVELS, Finding
from briefing.store.folder import FolderStore
from briefing.store.log import load
from briefing.store.memory import MemoryStore
from briefing.store.verify import verify
from tests.given import (
    NOON,
    TEXT,
    Told,
    agency_described,
    assessment_recorded,
    cited,
    commitment_updated,
    event_corrected,
    event_redacted,
    event_retracted,
    fact_stated,
    history,
    meeting_held,
    met,
    point,
    post,
    source_registered,
)
from tests.given import (
    person_described as person,
)
from tests.store.records import (
    CORRECTION,
    FILES,
    LOG,
    MEETING,
    SOURCE,
    VISIT,
    Files,
    digest_in,
    files_of,
    renamed,
    stored,
    under_its_hash,
    without,
)

NOW = NOON + timedelta(days=1)
LIST = (Path(__file__).parents[2] / "docs/verify.md").read_text(encoding="utf-8")
OF_CHECKPOINTS = {"truncated", "bad checkpoint", "unvouched"}
"""Tested in test_checkpoint.py."""


def findings(files: Mapping[str, bytes], *, now: datetime = NOW) -> tuple[Finding, ...]:
    return verify(stored(files), now=now).findings


def found(files: Mapping[str, bytes], *, now: datetime = NOW) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in findings(files, now=now)]


def grown(*told: Told, log: tuple[Recorded, ...] = LOG) -> Files:
    return files_of((*log, *history(*told, after=log)))


def last(files: Files) -> str:
    return max(files)


def later(name: str) -> str:
    return name.replace("T1200", "T1300")


def changed(name: str, **fields: object) -> Files:
    """Return the record with one event written anew, hashed anew and named so: what only the rest can tell."""
    data = json.dumps({**json.loads(FILES[name]), **fields}, indent=2).encode()
    return {**without(name), under_its_hash(data, name): data}


def apart(*told: Told) -> Files:
    """Return the record joined with what another office wrote on it at the same time."""
    return files_of(history(*told, after=LOG, at=NOON + timedelta(minutes=5), writer="embassy"))


# ── each kind of finding ──────────────────────────────────────────────────────────────────────

EDITED = FILES[MEETING].replace(b"Steel", b"Stone", 1)
BY_OTHERS = (digest_in(MEETING), digest_in(SOURCE))
CASES: dict[str, list[tuple[Files, list[str]]]] = {
    # kind: [(record, [what stands in the name of each finding of that kind])]
    "altered": [
        ({**FILES, MEETING: EDITED}, [MEETING]),
        ({**FILES, MEETING: b""}, [MEETING]),
        ({**FILES, MEETING: FILES[MEETING][:-1]}, [MEETING]),
        ({**FILES, MEETING: FILES[MEETING][:100]}, [MEETING]),
        ({**FILES, MEETING: FILES[MEETING].replace(b"\n", b"\r\n")}, [MEETING]),
        ({**FILES, MEETING: b"\xef\xbb\xbf" + FILES[MEETING]}, [MEETING]),
        ({**FILES, MEETING: FILES[SOURCE]}, [MEETING]),
        (renamed(MEETING, MEETING.replace(digest_in(MEETING), "0" * 64)), ["0" * 64]),
        ({**without(MEETING), MEETING.replace("2026-03/", "2026-04/"): EDITED}, ["2026-04/"]),
    ],
    "missing parent": [
        (without(MEETING), [digest_in(MEETING)]),
        (without(MEETING, SOURCE), sorted(BY_OTHERS)),
        (renamed(MEETING, MEETING.replace(digest_in(MEETING), "0" * 64)), [digest_in(MEETING)]),
    ],
    "misdated": [
        (renamed(MEETING, later(MEETING)), [later(MEETING)]),
        ({**FILES, later(MEETING): FILES[MEETING]}, [later(MEETING)]),
        (renamed(MEETING, MEETING.replace("2026-03/", "2026-04/")), ["2026-04/"]),
        (renamed(CORRECTION, CORRECTION.replace("2026-03/", "")), [CORRECTION.replace("2026-03/", "")]),
        (changed(CORRECTION, recorded_at="2026-03-01T11:00:00.000000Z"), ["event-corrected"]),
        ({**FILES, **files_of(history(fact_stated("f"), after=LOG, at=NOON - timedelta(days=1)))}, ["fact-stated"]),
        ({**FILES, **files_of(history(fact_stated("f"), after=LOG, at=NOON - timedelta(seconds=1)))}, ["fact-stated"]),
    ],
    "misnamed": [(renamed(MEETING, MEETING.replace("meeting-held", "fact-stated")), ["fact-stated"])],
    "invalid": [
        (changed(CORRECTION, colour="red"), ["event-corrected"]),
        ({**FILES, under_its_hash(b"{}", CORRECTION): b"{}"}, ["event-corrected"]),
        ({**FILES, under_its_hash(b"\xff", CORRECTION): b"\xff"}, ["event-corrected"]),
    ],
    "unknown": [
        (changed(CORRECTION, type="meeting.dreamt"), ["event-corrected"]),
        (changed(CORRECTION, schema=99), ["event-corrected"]),
    ],
    "quotation": [
        (grown(fact_stated("f", citations=(cited("text-a", "agreed to hold").model_copy(update={"start": 0, "end": 14}),))), ["fact-stated"]),
        (grown(fact_stated("f", citations=(cited("text-a", "talks later", text="talks later"),))), ["fact-stated"]),
        (grown(source_registered("text-b", "Other words.\n"), fact_stated("f", citations=(cited("text-b"),))), ["fact-stated"]),
        (grown(event_corrected("text-a", text=TEXT.upper())), ["meeting-held"]),
    ],
    "reference": [
        (grown(meeting_held("m2", agencies=("us-b",))), ["meeting-held"]),
        (grown(meeting_held("m2", participants=(met("nobody", agency="us-a"),))), ["meeting-held"]),
        (grown(meeting_held("m2", participants=(met("doe-jane", agency="us-b"),))), ["meeting-held"]),
        (grown(meeting_held("m2", agencies=("doe-jane",))), ["meeting-held"]),
        (grown(meeting_held("m2", points=(point(topics=("coal",)),))), ["meeting-held"]),
        (grown(meeting_held("m2", points=(point(by="us-b"),))), ["meeting-held"]),
        (grown(meeting_held("m2", visit="autumn")), ["meeting-held"]),
        (grown(person("roe-john", posts=(post("Envoy", "us-b"),))), ["person-described"]),
        (grown(fact_stated("f", citations=(cited("text-b"),))), ["fact-stated"]),
        (grown(assessment_recorded("a", "m9")), ["assessment-recorded"]),
        (grown(commitment_updated("m1/c9", status="done")), ["commitment-updated"]),
        (grown(commitment_updated("m9/c1", status="done")), ["commitment-updated"]),
        (grown(event_retracted("0" * 64)), ["event-retracted"]),
        (grown(event_corrected("m1", replaces=["0" * 64], title="Coal")), ["event-corrected"]),
        (grown(event_corrected("m1", agencies=["us-b"])), ["meeting-held"]),
    ],
    "two things": [
        ({**apart(meeting_held("m2", title="Coal")), **grown(meeting_held("m2", title="Oil"))}, ["meeting-held"]),
        (grown(agency_described("us-a", "Another")), ["agency-described"]),
    ],
    "two values": [
        (grown(event_corrected("m1", title="Coal")), [CORRECTION]),
        ({**apart(event_corrected("us-a", name="Coal")), **grown(event_corrected("us-a", name="Oil"))}, ["event-corrected"]),
    ],
    "no effect": [
        (grown(event_corrected("m1", colour="red")), ["event-corrected"]),
        (grown(event_corrected("us-a", name="")), ["event-corrected"]),
    ],
    "stray": [
        ({**FILES, "2026-03/desktop.ini": b"[x]"}, ["desktop.ini"]),
        ({**FILES, ".DS_Store": b"\0"}, [".DS_Store"]),
        ({**FILES, "2026-03/.tmp-12-ab": b"half"}, [".tmp-12-ab"]),
        ({**FILES, MEETING.replace(".json", " (1).json"): FILES[MEETING]}, [" (1).json"]),
        ({**FILES, MEETING.replace(".json", ".sync-conflict-20260302-101112.json"): FILES[MEETING]}, [".sync-conflict"]),
        ({**FILES, MEETING.replace(".json", " (conflicted copy).json"): EDITED}, ["(conflicted copy)"]),
        ({**FILES, MEETING.replace("2026-03/", "2026-04/"): FILES[MEETING]}, ["2026-04/"]),
        (renamed(CORRECTION, CORRECTION.upper()), [CORRECTION.upper()]),
    ],
}  # fmt: skip


def cases() -> Iterator[object]:
    for kind, several in CASES.items():
        for n, (files, names) in enumerate(several, 1):
            yield pytest.param(kind, files, names, id=f"{kind} {n}")


def test_the_whole_record_has_no_finding() -> None:
    survey = verify(stored(FILES), now=NOW)

    assert survey.findings == ()
    assert list(survey.known) == [one.digest for one in LOG]
    assert survey.heads == load(stored(FILES)).heads


def test_the_record_that_ships_has_no_finding() -> None:
    assert verify(FolderStore(sample_events_dir()), now=datetime(2026, 12, 1, tzinfo=UTC)).findings == ()


@pytest.mark.parametrize(("kind", "files", "names"), [*cases()])
def test_each_thing_that_may_be_wrong_has_its_finding(kind: str, files: Files, names: list[str]) -> None:
    of_kind = sorted(name for which, name in found(files) if which == kind)

    assert len(of_kind) == len(names)
    assert all(wanted in name for wanted, name in zip(names, of_kind, strict=True))


def test_a_record_ahead_of_the_clock_is_a_warning_that_names_the_newest_and_counts_the_rest() -> None:
    (finding,) = findings(FILES, now=datetime(1970, 1, 1, tzinfo=UTC))

    assert (finding.kind, finding.level, finding.name) == ("ahead of the clock", "warning", CORRECTION)
    assert "7 more" in finding.message
    assert found(FILES, now=NOON - timedelta(minutes=4)) == []


def test_a_file_that_cannot_be_read_is_a_finding_and_the_rest_is_still_read(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    for name, data in without(MEETING).items():
        store.put(name, data)
    (tmp_path / MEETING).symlink_to(tmp_path / "elsewhere.json")
    (tmp_path / "2026-03" / "deeper").mkdir()
    survey = verify(store, now=NOW)

    assert [(one.kind, one.name) for one in survey.findings if one.kind != "reference"] == [
        ("unreadable", MEETING),
        ("stray", "2026-03/deeper"),
    ]
    assert len(survey.known) == len(FILES) - 1


def test_every_kind_of_finding_is_documented_and_tested() -> None:
    rows = re.findall(r"^\| (error|warning|note) \| ([a-z ]+) \|", LIST, re.MULTILINE)

    assert {kind: level for level, kind in rows} == LEVELS
    assert {*CASES, "ahead of the clock", "unreadable", "unknown mark"} | OF_CHECKPOINTS == set(LEVELS)


# ── every place, not chosen ones ──────────────────────────────────────────────────────────────


def swapped(name: str) -> bytes:
    return FILES[SOURCE if name != SOURCE else MEETING]


CHANGES: dict[str, tuple[Callable[[str], tuple[str, bytes]], str]] = {
    # what is done to one file: its new name and bytes, and the kind of finding
    "one letter edited": (lambda name: (name, FILES[name].replace(b"desk", b"dusk", 1)), "altered"),
    "emptied": (lambda name: (name, b""), "altered"),
    "cut in half": (lambda name: (name, FILES[name][: len(FILES[name]) // 2]), "altered"),
    "last line end cut off": (lambda name: (name, FILES[name][:-1]), "altered"),
    "a line end added": (lambda name: (name, FILES[name] + b"\n"), "altered"),
    "line ends changed": (lambda name: (name, FILES[name].replace(b"\n", b"\r\n")), "altered"),
    "a byte order mark added": (lambda name: (name, b"\xef\xbb\xbf" + FILES[name]), "altered"),
    "laid out anew": (lambda name: (name, json.dumps(json.loads(FILES[name])).encode()), "altered"),
    "another event's bytes": (lambda name: (name, swapped(name)), "altered"),
    "another digest in the name": (lambda name: (name.replace(digest_in(name), "0" * 64), FILES[name]), "altered"),
    "another time in the name": (lambda name: (later(name), FILES[name]), "misdated"),
    "another month": (lambda name: (name.replace("2026-03/", "2026-04/"), FILES[name]), "misdated"),
    "out of its month": (lambda name: (name.replace("2026-03/", ""), FILES[name]), "misdated"),
    "another type in the name": (lambda name: (name.replace("Z-", "Z-fact-"), FILES[name]), "misnamed"),
    "a copy's name": (lambda name: (name.replace(".json", " (1).json"), FILES[name]), "stray"),
    "in capitals": (lambda name: (name.upper(), FILES[name]), "stray"),
    "in small letters": (lambda name: (name.lower(), FILES[name]), "stray"),
    "a name that Windows reserves": (lambda name: ("2026-03/AUX.json", FILES[name]), "stray"),
    "deleted": (lambda _: ("", b""), "missing parent"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("what", CHANGES)
def test_each_change_of_each_file_has_its_documented_finding(what: str, name: str) -> None:
    change, kind = CHANGES[what]
    other, data = change(name)
    files = {**without(name), **({other: data} if other else {})}
    of_kind = [one.name for one in findings(files) if one.kind == kind]

    if what == "deleted" and name == CORRECTION:  # the newest: only a list of heads kept elsewhere tells
        assert verify(stored(files), now=NOW).heads != verify(stored(FILES), now=NOW).heads
    else:
        assert of_kind == [digest_in(name) if what == "deleted" else other]
    assert LEVELS[kind] == ("note" if kind == "stray" else "error")  # type: ignore[index]
    assert load(stored(files)).recorded == tuple(one for one in LOG if one.digest != digest_in(name))


def test_the_changes_are_changes_and_every_file_has_each() -> None:
    for name in FILES:
        outcomes = {change(name) for change, _ in CHANGES.values()}
        assert len(outcomes) == len(CHANGES)
        assert (name, FILES[name]) not in outcomes


def test_any_changed_byte_of_any_file_and_any_length_it_is_cut_to_is_altered() -> None:
    for place in range(max(map(len, FILES.values()))):
        here = {name: data for name, data in FILES.items() if place < len(data)}
        edited = {name: data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :] for name, data in here.items()}
        cut = {name: data[:place] for name, data in here.items()}
        for damaged in (edited, cut):
            altered = {one.name for one in load(stored({**FILES, **damaged})).findings if one.kind == "altered"}
            assert altered == set(here), place


@pytest.mark.parametrize("name", [name for name in FILES if name != CORRECTION])
def test_any_file_deleted_is_a_missing_parent_that_is_never_called_tampering(name: str) -> None:
    of_kind = [one for one in findings(without(name)) if one.kind == "missing parent"]

    assert [one.name for one in of_kind] == [digest_in(name)]
    assert "not yet synced, or removed" in of_kind[0].message
    assert "tamper" not in of_kind[0].message


def test_the_newest_file_deleted_is_not_seen_without_a_list_of_heads() -> None:
    assert found(without(CORRECTION)) == []


@pytest.mark.parametrize("name", FILES)
def test_any_sign_of_any_name_changed_is_found(name: str) -> None:
    for place, sign in enumerate(name):
        for new in {"x", "0", "1"} - {sign}:
            other = name[:place] + new + name[place + 1 :]
            assert found(renamed(name, other)), other


# ── what is not a finding ─────────────────────────────────────────────────────────────────────


def test_a_wrong_quotation_that_was_corrected_or_withdrawn_is_none_any_more() -> None:
    wrong = fact_stated("f", citations=(cited("text-a", "talks later", text="talks later"),))
    right = [json.loads(cited("text-a").model_dump_json(exclude_defaults=True))]

    assert [kind for kind, _ in found(grown(wrong))] == ["quotation"]
    assert found(grown(wrong, event_retracted("f"))) == []
    assert found(grown(wrong, event_corrected("f", citations=right))) == []


def test_a_text_corrected_to_hold_the_words_makes_the_quotation_good() -> None:
    files = grown(source_registered("text-b", "Nothing.\n"), fact_stated("f", citations=(cited("text-b"),)))
    log = (*LOG, *history(source_registered("text-b", "Nothing.\n"), fact_stated("f", citations=(cited("text-b"),)), after=LOG))

    assert [kind for kind, _ in found(files)] == ["quotation"]
    assert found(grown(event_corrected("text-b", text=TEXT), log=log)) == []


def test_a_source_that_is_recorded_behind_what_cites_it_is_looked_up_all_the_same() -> None:
    good = grown(fact_stated("f", citations=(cited("text-z"),)), source_registered("text-z"))
    bad = grown(fact_stated("f", citations=(cited("text-z"),)), source_registered("text-z", "Other words.\n"))

    assert found(good) == []
    assert [kind for kind, _ in found(bad)] == ["quotation"]


def test_one_thing_recorded_by_two_offices_apart_is_no_finding() -> None:
    assert found({**grown(meeting_held("m2")), **apart(meeting_held("m2"))}) == []


def test_an_event_of_a_later_version_bears_its_id() -> None:
    unknown = {**json.loads(FILES[CORRECTION]), "type": "body.dreamt", "id": "us-z"}
    data = json.dumps(unknown).encode()
    files = {**grown(meeting_held("m2", agencies=("us-z",))), under_its_hash(data, CORRECTION): data}

    assert [kind for kind, _ in found(files)] == ["unknown"]


# ── redactions ────────────────────────────────────────────────────────────────────────────────


def redacted(target: Recorded = LOG[0]) -> Files:
    return grown(event_redacted(target, authority="Director of Records"))


def test_a_redacted_file_may_be_away_and_is_listed_with_its_authority() -> None:
    for target, name in ((LOG[0], SOURCE), (LOG[5], MEETING)):
        here, away = redacted(target), without(name, files=redacted(target))
        for files in (here, away):
            survey = verify(stored(files), now=NOW)
            (redaction,) = survey.redactions
            assert [one for one in survey.findings if one.kind not in ("reference", "no effect")] == []
            assert redaction.away is (files is away)
            assert (redaction.event.target, redaction.event.authority) == (target.digest, "Director of Records")


def test_a_redacted_source_explains_the_one_name_that_nothing_bears_and_no_second() -> None:
    one = without(SOURCE, files=redacted())
    log = (*LOG, *history(fact_stated("f", citations=(cited("text-q"),)), after=LOG))
    two = without(SOURCE, files=grown(event_redacted(LOG[0]), log=log))

    assert found(one) == []
    assert [kind for kind, _ in found(two)] == ["reference", "reference"]


def test_a_record_has_the_same_heads_with_a_redacted_file_and_without_it() -> None:
    here, away = (verify(stored(files), now=NOW).heads for files in (redacted(LOG[5]), without(MEETING, files=redacted(LOG[5]))))

    assert here == away == load(stored(redacted(LOG[5]))).heads
    assert len(here) == 1


def test_what_was_redacted_still_names_its_parents_so_that_one_removed_behind_it_is_seen() -> None:
    behind = without(MEETING, VISIT, files=redacted(LOG[5]))

    assert ("missing parent", digest_in(VISIT)) in found(behind)


# ── where bytes belong ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "name",
    [MEETING.replace(".json", " (1).json"), "2026-03/.tmp-9-ff", MEETING.upper(), "backup.bin", later(MEETING),
     MEETING.replace("2026-03/", "2026-04/"), MEETING.replace("meeting-held", "fact-stated"),
     MEETING.replace(digest_in(MEETING), "0" * 64)],
)  # fmt: skip
def test_a_file_whose_bytes_are_a_missing_event_is_offered_back(name: str) -> None:
    offers = {one.belongs for one in findings(renamed(MEETING, name))} - {""}

    assert offers == {MEETING}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("2026-03/notes (1).json", FILES[CORRECTION].replace(b"a slip", b"a trick")),
        (MEETING.replace(".json", " (1).json"), EDITED),
        (MEETING.replace(".json", " (1).json"), FILES[MEETING]),
    ],
)
def test_an_event_that_nobody_vouches_for_or_that_is_here_is_not_offered(name: str, data: bytes) -> None:
    assert [(one.kind, one.belongs) for one in findings({**FILES, name: data})] == [("stray", "")]


def test_an_event_put_while_the_names_were_being_read_is_no_missing_parent() -> None:
    class Growing(MemoryStore):
        asked = 0

        def names(self) -> tuple[str, ...]:
            self.asked += 1
            return tuple(name for name in FILES if name != MEETING or self.asked > 1)

    store = Growing()
    for name, data in FILES.items():
        store.put(name, data)

    assert not [one for one in verify(store, now=NOW).findings if one.kind == "missing parent"]
