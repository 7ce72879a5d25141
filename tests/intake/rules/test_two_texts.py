"""The two texts of the record that ships, drafted from an empty register: what an officer typed from them is found."""

from __future__ import annotations

import pytest

from briefing.intake.proposed import Proposed, SourceText
from briefing.intake.proposers import every, proposals_of
from briefing.projector import project
from briefing.resources import sample_events_dir
from briefing.state import EMPTY, BriefingState
from briefing.store.folder import FolderStore
from briefing.store.log import load


@pytest.fixture(scope="module")
def sample() -> BriefingState:
    return project(load(FolderStore(sample_events_dir())).recorded)


def drafted(sample: BriefingState, name: str, register: BriefingState = EMPTY) -> list[Proposed]:
    source = next(one for one in sample.sources.values() if one.original_name.startswith(name))
    text = SourceText(source.text, source.original_name, country="India")
    return list(every(proposals_of(["rules"], text, register, lambda _: None)))


@pytest.mark.parametrize("name", ["000", "001"])
def test_every_person_with_every_title_is_found_and_nobody_else(sample: BriefingState, name: str) -> None:
    source = next(one.id for one in sample.sources.values() if one.original_name.startswith(name))
    wanted = {
        (person.name, post.title)
        for person in sample.people.values()
        for post in person.posts
        if any(cited.source == source for cited in post.citations)
    }
    found = {
        (one.values.get("name", one.values.get("person")), one.values.get("title"))
        for one in drafted(sample, name)
        if one.kind in ("with", "person") and not str(one.values.get("name", "")).startswith("“")
    }
    assert found == wanted


def test_the_one_commitment_is_agreed_in_one_text_and_expected_in_the_other(sample: BriefingState) -> None:
    for name, strength in (("000", "expected"), ("001", "agreed")):
        (promised,) = (one for one in drafted(sample, name) if one.kind == "commitment")
        assert promised.word == strength


def test_initiatives_are_found_with_their_full_names(sample: BriefingState) -> None:
    found = {one.values["topic"]: one.values.get("full name") for one in drafted(sample, "001") if one.kind == "topic"}

    assert found == {
        "COMPACT": "Catalysing Opportunities for Military Partnership, Accelerated Commerce & Technology",
        "FATF": "Financial Action Task Force", "IMEEC": "India-Middle East-Europe Economic Corridor",
        "India-U.S. Bilateral Trade Agreement": None, "ITAR": None, "Strategic Trade Dialogue": None, "TRUST": None,
        "Indian Ocean Strategic Venture": None, "I2U2": None, "Quad": None,
    }  # fmt: skip


def test_with_the_record_as_register_nothing_on_it_is_proposed_anew(sample: BriefingState) -> None:
    found = drafted(sample, "001", sample)

    assert [one.values for one in found if one.kind in ("agency", "person", "topic", "visit")] == []
    assert {one.match for one in found if one.kind == "with" and one.match} == {
        f"{id_} 100" for id_ in ("misri-vikram", "kapoor-pavan", "landau-christopher", "feinberg-steve", "colby-elbridge",
                                 "faulkender-michael", "kessler-jeffrey")
    }  # fmt: skip
    assert {one.values["visit"] for one in found if one.kind == "meeting"} == {"misri-us-2025"}
