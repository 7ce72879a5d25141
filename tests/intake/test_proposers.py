"""Proposers by name: the rules, and plug-ins, whose proposals are held against the grammar and the text."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from briefing.errors import UsageProblem
from briefing.intake.drafting import draft_of
from briefing.intake.drafts import read_drafts
from briefing.intake.proposed import SourceText
from briefing.intake.proposers import proposals_of, proposer
from briefing.state import EMPTY

TEXT = SourceText("Foreign Secretary Vikram Misri met Under Secretary Jeffrey Kessler.", "press.txt", country="India")
PLUG_IN = """
from briefing.intake.proposed import Proposed

def propose(text, register, tell):
    tell("asked")
    someone = Proposed("with", {"name": "Jeffrey Kessler"}, (0, 7), 50)
    return [
        Proposed("topic", {"topic": "Steel"}, (0, 7), 50),
        Proposed("meeting", {"meeting": "Meeting with Jeffrey Kessler"}, (0, 7), 50),
        Proposed("meeting", {"meeting": "Another"}, (0, 7), 50,
                 parts={"with": [someone, Proposed("with", {"colour": "red"})], "colours": [someone]}),
        Proposed("topic", {"topic": "Nowhere"}, (60, 900), 50),
        Proposed("topic", {"colour": "red"}, (0, 7), 50),
        Proposed("sermon", {"topic": "Steel"}, (0, 7), 50),
        Proposed("point", {"say": "No draft by itself."}, (0, 7), 50),
        Proposed("topic", {"topic": "Sure"}, (0, 7), 500),
    ]
"""


@pytest.fixture
def plug_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "somebodys_proposer.py").write_text(PLUG_IN, encoding="utf-8")
    info = tmp_path / "somebodys-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: somebodys\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(
        "[briefing.proposers]\nsomebodys = somebodys_proposer:propose\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "somebodys_proposer", raising=False)


def test_a_plug_in_is_found_by_its_entry_point_and_what_is_no_draft_of_the_text_is_dropped(plug_in: None) -> None:
    told: list[str] = []
    found = proposals_of(["rules", "somebodys"], TEXT, EMPTY, told.append)

    own = [one for one in found if one.by == "somebodys"]
    assert [(one.kind, *one.values.values()) for one in own] == [("topic", "Steel"), ("meeting", "Another")]
    assert [part.values for part in own[1].parts["with"]] == [{"name": "Jeffrey Kessler"}]
    assert told[-2:] == ["asked", "somebodys: 7 proposals were dropped, which are no drafts, or not of this text"]


def test_a_draft_of_what_several_propose_names_each(plug_in: None) -> None:
    draft = draft_of(TEXT, proposals_of(["rules", "somebodys"], TEXT, EMPTY, lambda _: None), cited="press.txt")

    assert "by: rules 1" in draft
    assert "by: somebodys" in draft
    accepted = read_drafts(draft.replace("decision: pending", "decision: accepted").encode(), "draft.yaml")
    assert {item.kind for item in accepted} == {"source", "topic", "meeting"}


def test_a_name_that_is_no_proposer_is_refused_with_those_there_are(plug_in: None) -> None:
    with pytest.raises(UsageProblem) as refusal:
        proposer("oracle")
    assert refusal.value.hint == "known here: openai, rules, somebodys"
