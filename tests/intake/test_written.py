"""An event as a draft, and back."""

from __future__ import annotations

from briefing.events import Recorded
from briefing.intake.drafts import read_drafts
from briefing.intake.written import FIRST, as_draft
from briefing.pen import Pen
from briefing.projector import project
from briefing.redraft import Redraft, redraft
from briefing.resources import sample_events_dir
from briefing.store.folder import FolderStore
from briefing.store.log import load
from tests.given import NOON

LOG = load(FolderStore(sample_events_dir()))
STATE = project(LOG.recorded)


def again(one: Recorded, draft: str) -> Redraft:
    pen = Pen(by="a test", now=NOON, newest=LOG.recorded[-1].at, heads=LOG.heads, nonce=lambda: "0" * 32)
    return redraft(LOG.recorded, one, read_drafts(draft.encode(), "draft.yaml")[0], pen)


def test_every_event_of_the_shipped_record_that_has_a_draft_comes_back_as_it_was() -> None:
    drafted = [one for one in LOG.recorded if type(one.event) in FIRST]

    assert len(drafted) > 50
    for one in drafted:
        found = again(one, as_draft(one.event, STATE))
        assert (found.changes, found.fresh) == ((), ()), one.event


def test_one_sentence_that_changes_is_one_field_of_one_point() -> None:
    one = next(one for one in LOG.recorded if getattr(one.event, "id", "") == "treasury-talks-2025-05")
    said = one.event.points[1].say  # type: ignore[attr-defined]

    found = again(one, as_draft(one.event, STATE).replace(said, "Banks were spoken of."))

    assert [(change.path, change.value) for change in found.changes if change.path.endswith("say")] == [
        ("points/p2/say", "Banks were spoken of.")
    ]


def test_a_point_taken_out_leaves_the_ids_of_the_others_and_a_new_one_gets_an_id_of_its_own() -> None:
    one = next(one for one in LOG.recorded if getattr(one.event, "id", "") == "treasury-talks-2025-05")
    points = one.event.points  # type: ignore[attr-defined]
    lines = as_draft(one.event, STATE).splitlines(keepends=True)
    first, second, *_ = (n for n, line in enumerate(lines) if line.startswith("- say:"))
    new = "- say: A new point.\n- say: Another new point.\n"

    taken_out = again(one, "".join(lines[:first] + lines[second:]))
    added = again(one, "".join(lines[:first]) + new + "".join(lines[second:]))

    assert [point["id"] for point in taken_out.changes[0].value] == [point.id for point in points[1:]]
    last = len(points)
    assert [point["id"] for point in added.changes[0].value] == [
        f"p{last + 1}", f"p{last + 2}", *(point.id for point in points[1:])
    ]  # fmt: skip
