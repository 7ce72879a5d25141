"""The mark of a paper and of each portion of it: the lowest under which it says the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.errors import Refused
from briefing.notes.frame import Frame
from briefing.notes.note import Note
from briefing.notes.papers import Material, Paper, make
from briefing.projector import project
from briefing.resources import marking_profile
from tests.given import assessment_recorded, history, meeting_held, point, visit_described
from tests.notes.made import FRAME, TODAY, markdown


def report(profile: str, *, play: str | None, said: str | None = None, frame: Frame = FRAME) -> Note:
    """Return a visit report with an assessment and a point that bear these marks."""
    log = history(
        visit_described("v"), meeting_held("m1", visit="v", points=(point(say="Steel was discussed.", marking=said),)),
        assessment_recorded("a", "v", bottom_line=("Steel decides the rest.",), marking=play),
    )  # fmt: skip
    material = Material(project(log, today=TODAY), log, profiles=marking_profile)
    return make(material, Paper("visit", "v"), replace(frame, profile=profile))


def test_a_paper_bears_the_highest_mark_of_what_it_says() -> None:
    assert report("plain", play=None).band.startswith("Preview")
    assert report("plain", play="CONFIDENTIAL").band.startswith("CONFIDENTIAL · ")
    assert report("us", play="SECRET//NOFORN").band.startswith("SECRET//NOFORN · ")


def test_a_mark_of_what_a_paper_does_not_say_does_not_raise_it() -> None:
    log = history(visit_described("v"), meeting_held("m1", visit="v"), meeting_held("m2", marking="CONFIDENTIAL"))
    material = Material(project(log, today=TODAY), log, profiles=marking_profile)

    assert make(material, Paper("visit", "v"), replace(FRAME, profile="plain")).band.startswith("Preview")


def test_each_portion_bears_its_own_mark_and_no_caveat_that_its_level_contains() -> None:
    words = markdown(report("us", play="SECRET//REL TO GBR, USA"))

    assert "(S//REL TO USA, GBR) Steel decides the rest." in words
    assert "(U//FOUO)" in words
    assert "(S//FOUO" not in words


def test_a_higher_mark_is_stated_with_its_reason_and_a_lower_one_is_not_taken() -> None:
    with pytest.raises(Refused, match="without a reason"):
        report("plain", play=None, frame=replace(FRAME, marking="CONFIDENTIAL"))
    stated = report("plain", play=None, frame=replace(FRAME, marking="CONFIDENTIAL", marking_reason="by order"))
    lower = report("plain", play="CONFIDENTIAL", frame=replace(FRAME, marking="PUBLIC", marking_reason="by order"))

    assert stated.band.startswith("CONFIDENTIAL")
    assert ("Marked so", "by order") in [(one.label, one.value) for one in stated.title_block]
    assert lower.band.startswith("CONFIDENTIAL")


def test_a_paper_for_a_reader_names_itself_by_all_that_is_visible() -> None:
    ours = replace(FRAME, reference="FILE/7", edition=3, ceiling="INTERNAL")
    embassy, press = (report("plain", play=None, frame=replace(ours, to=to)) for to in ("Embassy", "Press"))

    assert embassy.basis != press.basis
    assert embassy.heads == ()
    assert "FILE/7" not in markdown(embassy)
