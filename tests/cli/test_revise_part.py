"""What is written about a thing on record is told from the part that names it as it is from the whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as over
from hypothesis import strategies as st

from briefing.cli.references import look_up
from briefing.cli.workspace import Workspace
from briefing.errors import BriefingError
from briefing.events import Recorded
from briefing.linked import Digests, LinkedLog
from briefing.pen import Pen
from briefing.projector import project
from briefing.revise import Why, correct, retract, update_commitment
from briefing.slices import closed, named_slice
from briefing.store.log import Ends, Log
from tests.entangled import AGENCIES, MEETINGS, PEOPLE, tangles
from tests.given import NOON, commitment, commitment_updated, event_retracted, history, meeting_held

MANY = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
WHY = Why("a slip")


def part(log: Sequence[Recorded], reference: str, sliced: Callable[[LinkedLog, str], Digests] = named_slice) -> Log:
    record, whole = LinkedLog(log), Log(tuple(log), ())
    digests = closed(record, sliced(record, reference) | record.ends())
    return Log(tuple(one for one in log if one.digest in digests), (), of=Ends(whole.heads, whole.newest))


def pen(log: Log) -> Pen:
    return Pen(by="a test", now=NOON + timedelta(days=1), newest=log.newest, heads=log.heads, nonce=lambda: "0" * 32)


def told(write: Callable[[], Recorded]) -> object:
    """Return what is written, or why it is refused."""
    try:
        return write()
    except BriefingError as fault:
        return type(fault), fault.message


def of_thing(log: Log, reference: str) -> list[object]:
    """Return the event that a reference names, and what a correction and a withdrawal of it come to."""
    target = look_up(Workspace(root=Path(), settings={}, part=log), reference)
    if target is None:
        return []
    changes = ({"title": "Quite another"}, {"name": "Another name"}, {"marking": "SECRET"})
    corrections = [told(lambda new=new: correct(log.recorded, target, new, pen(log), WHY)) for new in changes]  # type: ignore[misc]
    return [target, *corrections, told(lambda: retract(log.recorded, target, pen(log), WHY))]


def of_commitment(log: Log, ref: str) -> object:
    """Return what news of a commitment come to; None where there is no such commitment."""
    state = project(log.recorded)
    if ref not in {one.ref for one in state.commitments}:
        return None
    return told(lambda: update_commitment(log.recorded, state, ref, pen(log), status="done", evidence=None, when=None, due=None))


@MANY
@over(tangles(most=18), st.data())
def test_of_any_history_and_any_reference(log: tuple[Recorded, ...], data: st.DataObject) -> None:
    names = [one.title() for names in project(log).names.values() for one in names]
    digests = [one.digest[:8] for one in log]
    reference = data.draw(st.sampled_from([*MEETINGS, *AGENCIES, *PEOPLE, *names, *digests]))
    found = of_thing(part(log, reference), reference)
    assert found in ([], of_thing(Log(tuple(log), ()), reference))
    assert found or not of_thing(Log(tuple(log), ()), reference)


@MANY
@over(tangles(most=18), st.sampled_from([*MEETINGS, "report"]).map("{}/c1".format))
def test_of_any_history_and_any_commitment(log: tuple[Recorded, ...], ref: str) -> None:
    assert of_commitment(part(log, ref), ref) == of_commitment(Log(tuple(log), ()), ref)


OWED = history(
    meeting_held("talks", on="1 May 2025", commitments=(commitment(),)), commitment_updated("talks/c1", status="in hand", label="x"),
    meeting_held("lunch", on="2 May 2025"), meeting_held("tea", on="2 May 2025"),
)  # fmt: skip


def test_nothing_is_read_that_has_nothing_to_do_with_it() -> None:
    assert [getattr(one.event, "id", "") for one in part(OWED, "talks/c1").recorded] == ["talks", "", "tea"]


@pytest.mark.parametrize("reference", ["talks", "Talks", OWED[0].digest[:8]])
def test_the_control_a_slice_that_is_not_closed_is_found_out(reference: str) -> None:
    log = (*OWED, *history(event_retracted("talks"), meeting_held("dinner"), after=OWED))
    whole = of_thing(Log(log, ()), reference)
    bare = Log(tuple(one for one in log if one.digest == OWED[0].digest), (), of=Ends(Log(log, ()).heads, log[-1].at))

    assert of_thing(part(log, reference), reference) == whole
    assert of_thing(bare, reference) != whole
