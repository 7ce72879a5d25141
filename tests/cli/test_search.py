"""`briefing search`: what is on record with some words, as it reads now."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from briefing.cli.main import call
from briefing.store.append import publish
from briefing.store.folder import FolderStore
from briefing.store.words import in_memory, ranked
from tests.cli.workspaces import COMMERCE, TREASURY
from tests.given import (
    Told,
    agency_described,
    assessment_recorded,
    commitment,
    commitment_updated,
    event_corrected,
    event_redacted,
    event_retracted,
    fact_stated,
    history,
    meeting_held,
    person_described,
    point,
    post,
    source_registered,
)

HINDI = "भारत और अमेरिका ने व्यापार पर चर्चा की।"


@pytest.fixture(params=["with an index", "without one"])
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """Return an empty workspace, which is searched with an index, or without one."""
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(tmp_path / "caches"))
    if request.param == "without one":
        monkeypatch.setenv("BRIEFING_INDEX", "off")
    (tmp_path / "events").mkdir()
    (tmp_path / "briefing.toml").write_text('recorded_by = "a test"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(record: Path, *said: Told) -> list[str]:
    """Put a history on record; return the digests of its events."""
    log = history(*said)
    publish(FolderStore(record / "events"), [one.event for one in log])
    return [one.digest for one in log]


def found(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    code = call(["search", *words, "--json"])
    assert code in (0, 4)
    out = capsys.readouterr().out
    return list(json.loads(out)) if code == 0 else []


def texts(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    return [one["text"] for one in found(capsys, *words)]


def test_a_hit_names_the_thing_its_day_the_sentence_the_words_in_it_and_the_event(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (digest,) = told(record, meeting_held("talks", on="3 June 2025", points=(point(say="Steel tariffs were raised, and steel quotas."),)))

    (hit,) = found(capsys, "STEEL", "quotas")

    assert hit == {"id": "talks", "type": "meeting.held", "when": "3 June 2025", "digest": digest,
                   "text": "Steel tariffs were raised, and steel quotas.", "lit": [[0, 5], [31, 36], [37, 43]]}  # fmt: skip
    assert call(["search", "quotas"]) == 0
    assert capsys.readouterr().out == (
        f"talks  3 June 2025  meeting.held  {digest[:8]}\n  Steel tariffs were raised, and steel *quotas*.\n"
    )


def test_whatever_an_event_says_is_found(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(
        record,
        agency_described("treasury", "Treasury", short="Kappa"),
        person_described("lee", "Ann Lambda", posts=(post("Secretary of Mu", "treasury"),)),
        source_registered("north", text="A Nu headline\n\nThe Xi paragraph.\n\nAnother Omicron one."),
        meeting_held("talks", title="Pi talks", points=(point(say="Rho."),), commitments=(commitment(say="Send the sigma."),)),
        commitment_updated("talks/c1", evidence="Tau came by mail."),
        fact_stated("fact", say="Upsilon rose."),
        assessment_recorded("view", "treasury", bottom_line=("Phi matters.",)),
    )  # fmt: skip
    things = {word: [one["id"] for one in found(capsys, word)] for word in
              ("kappa", "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi")}  # fmt: skip

    assert things == {"kappa": ["treasury"], "lambda": ["lee"], "mu": ["lee"], "nu": ["north"], "xi": ["north"], "omicron": ["north"],
                      "pi": ["talks"], "rho": ["talks"], "sigma": ["talks"], "tau": ["talks/c1"], "upsilon": ["fact"], "phi": ["view"]}  # fmt: skip


def test_all_words_must_stand_in_one_sentence_and_those_in_quotes_side_by_side(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(record, meeting_held("talks", points=(
        point("p1", say="Rare and costly earths were named."), point("p2", say="Rare earths were named."), point("p3", say="Earths."),
    )))  # fmt: skip

    assert len(texts(capsys, "rare", "earths")) == 2
    assert len(texts(capsys, "rare earths")) == 2
    assert texts(capsys, '"rare earths"') == texts(capsys, "“rare earths”") == ["Rare earths were named."]
    assert texts(capsys, "cost*") == ["Rare and costly earths were named."]
    assert texts(capsys, "cost") == []


def test_case_and_accents_do_not_matter_and_every_script_is_read(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(record, meeting_held("talks", points=(point("p1", say=HINDI), point("p2", say="Le café de Zürich, à l’ÉTÉ."), point("p3", say="Переговоры прошли."))))

    assert texts(capsys, "व्यापार") == texts(capsys, '"चर्चा की"') == [HINDI]
    assert texts(capsys, "भारत", "अमेरिका") == [HINDI]
    assert texts(capsys, "व") == []
    assert len(texts(capsys, "CAFE zurich été")) == len(texts(capsys, "cafe\u0301")) == 1
    assert len(texts(capsys, "ПЕРЕГОВОРЫ")) == 1


def test_what_was_corrected_is_found_by_what_it_says_now_and_only_by_that(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    digests = told(
        record, meeting_held("talks", points=(point(say="Tarrifs were raised."),)),
        event_corrected("talks", points__p1__say="Tariffs were raised."), event_corrected("talks", label="wrong", title="Coal"),
        event_retracted("wrong"),
    )  # fmt: skip

    assert texts(capsys, "tarrifs") == texts(capsys, "coal") == []
    assert [(one["text"], one["digest"]) for one in found(capsys, "tariffs")] == [("Tariffs were raised.", digests[0])]


def test_what_was_withdrawn_or_redacted_is_not_found_nor_what_a_later_entry_replaced(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = history(
        meeting_held("talks", title="Iron"), event_retracted("talks"), meeting_held("call", title="Zinc"),
        event_corrected("call", title="Zinc and tin"), person_described("lee", "Ann Copper"),
        person_described("lee", "Ann Silver", label="new", replaces=("lee",)),
    )  # fmt: skip
    log += history(event_redacted(log[2]), after=log)
    publish(FolderStore(record / "events"), [one.event for one in log])

    assert [texts(capsys, word) for word in ("iron", "zinc", "tin", "copper")] == [[], [], [], []]
    assert texts(capsys, "silver") == ["Ann Silver"]


def test_the_best_fit_comes_first_then_the_newest_and_a_limit_says_that_there_is_more(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(record, *(meeting_held(f"m{n}", title="Steel talks") for n in range(4)),
         fact_stated("fact", say="Steel, and more steel, and steel."), fact_stated("long", say=f"Steel, {'and so on, ' * 30}."))  # fmt: skip

    ids = [one["id"] for one in found(capsys, "steel")]
    assert ids[-1] == "long"
    assert [one for one in ids if one.startswith("m")] == ["m3", "m2", "m1", "m0"]
    assert [one["id"] for one in found(capsys, "steel", "--limit", "2")] == ids[:2]
    assert call(["search", "steel", "--limit", "2"]) == 0
    assert "the first 2" in capsys.readouterr().err
    assert call(["search", "steel", "--limit", "6"]) == 0
    assert capsys.readouterr().err == ""


def test_only_what_concerns_an_agency(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(
        record, agency_described("treasury", "Treasury"), agency_described("commerce", "Commerce"),
        meeting_held("talks", title="Steel", agencies=("treasury",), commitments=(commitment(),)),
        meeting_held("call", title="Steel", agencies=("commerce",)), commitment_updated("talks/c1", evidence="Steel came."),
        meeting_held("lunch", title="Steel", agencies=("treasury",)), event_corrected("lunch", agencies=["commerce"]),
    )  # fmt: skip

    assert [one["id"] for one in found(capsys, "steel", "--agency", "Treasury")] == ["talks", "talks/c1"]
    assert [one["id"] for one in found(capsys, "steel", "--agency", "commerce")] == ["lunch", "call"]
    assert call(["search", "steel", "--agency", "nobody"]) == 4


NAUGHTY = [
    "AND", "OR", "NOT steel", "NEAR(steel, 2)", "steel^2", "text:steel", "^steel", "-steel", "steel AND", "(steel", "steel)", '"steel',
    '"', "''", "; DROP TABLE words", "steel*steel", "*steel", "{text}:", "steel + talks", "\\", "%s", "steel\x00talks", "a" * 70_000,
    "e\u0301" * 100, "\ud800steel", "🙂 steel", "\u202esteel", "\ue000steel", "steel " * 300,
]  # fmt: skip


@pytest.mark.parametrize("said", NAUGHTY)
def test_nothing_that_is_typed_is_taken_for_syntax(record: Path, capsys: pytest.CaptureFixture[str], said: str) -> None:
    told(record, meeting_held("talks", title="Steel talks, and or not near text; drop table words s 2"))

    capsys.readouterr()
    code = call(["search", "--", said])

    err = capsys.readouterr().err
    assert code in (0, 2, 4)
    assert "Traceback" not in err
    assert code != 2 or "holds no word" in err


@pytest.mark.parametrize("said", ["", "...", "* \" '", "–"])
def test_without_a_word_there_is_nothing_to_look_for(record: Path, said: str) -> None:
    assert call(["search", "--", said]) == 2


def test_many_different_words_are_looked_for_like_few(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many = [f"w{n}" for n in range(600)]
    told(record, meeting_held("talks", title=" ".join(many)))

    assert len(texts(capsys, *many)) == 1
    assert texts(capsys, *many, "absent") == []


def test_nothing_found_is_not_on_record(record: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(record, meeting_held("talks", title="Steel"))

    assert call(["search", "copper"]) == 4
    assert "copper" in capsys.readouterr().err


# ── the part of the index ─────────────────────────────────────────────────────────────────────


@pytest.fixture
def cached(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the caches of a workspace that was searched once."""
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(tmp_path / "caches"))
    for month in (workspace / "events").iterdir():
        os.utime(month, (1_700_000_000, 1_700_000_000))
    assert call(["search", "terrorism"]) == 0
    return tmp_path / "caches"


def append(draft: str) -> None:
    Path("draft.yaml").write_text(draft, encoding="utf-8")
    assert call(["append", "draft.yaml", "--new"]) == 0


def test_words_are_entered_once_and_then_only_those_of_new_events(
    cached: Path, workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    append(TREASURY)
    read: list[str] = []
    really = FolderStore.read
    monkeypatch.setattr(FolderStore, "read", lambda self, name, *seen: read.append(name) or really(self, name, *seen))

    assert [one["id"] for one in found(capsys, "spoke of payments")] == ["talks-on-payments-2025-06-03"]
    held = [name for name in read if "meeting-held" in name]
    assert len(held) == 3  # for its links, for its words, for the answer
    assert len(set(held)) == 1


def test_the_index_has_no_words_before_the_first_search(workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_CACHE_DIR", str(tmp_path / "caches"))
    assert call(["list", "visits"]) == 0
    (index,) = (tmp_path / "caches").iterdir()

    assert b"ultilateral groupings" not in index.read_bytes()
    assert call(["search", "terrorism"]) == 0
    assert b"ultilateral groupings" in index.read_bytes()


def test_of_a_redacted_event_no_word_stays_in_the_index(cached: Path, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    append(COMMERCE.replace("The two sides spoke of payments.", "Zebedee quillfeather spoke of xylophones."))
    assert call(["correct", "call-on-tariffs-2025-06-03", "--set", "title=Call on quibblestones", "--reason", "a slip"]) == 0
    assert len(found(capsys, "xylophones")) == len(found(capsys, "quibblestones")) == 1
    (index,) = cached.iterdir()
    assert b"ylophones" in index.read_bytes()
    assert b"uibblestones" in index.read_bytes()

    assert call(["redact", "call-on-tariffs-2025-06-03", "--reason", "a court", "--authority", "Records"]) == 0

    held = b"".join(file.read_bytes() for file in cached.iterdir())
    assert not [word for word in (b"ylophones", b"uibblestones", b"uillfeather") if word in held]
    assert found(capsys, "xylophones") == found(capsys, "quibblestones") == []

    next((workspace / "events").rglob("*event-redacted*")).unlink()

    assert len(found(capsys, "xylophones")) == len(found(capsys, "quibblestones")) == 1


def test_what_is_near_is_ranked_as_among_all() -> None:
    said = [(f"m{n}", "steel " * (n % 5 + 1) + f"and rice {n}") for n in range(40)]
    log = history(*(meeting_held(id_, title=title) for id_, title in said))
    db, near = in_memory(log), {one.digest for one in log[::3]}

    among_all = ranked(db, '"steel"')
    assert len(among_all) == 40
    assert ranked(db, '"steel"', near) == [row for row in among_all if row.about in near]
    assert ranked(db, '"steel"', set()) == []
