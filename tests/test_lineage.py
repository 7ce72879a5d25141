"""What came since a point is told of the newest part of a record as it is told of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as over
from hypothesis import strategies as st

from briefing import lineage
from briefing.ancestry import ancestry
from briefing.changes import Changed, changes
from briefing.events import Recorded
from briefing.lineage import Added, added_from, added_since
from briefing.linked import LinkedLog
from briefing.notes.change_lines import Line
from briefing.notes.changes import change_lines
from briefing.projector import project
from briefing.window import Window
from tests.drawn import Log, apart, histories, joined
from tests.entangled import tangles
from tests.given import NOON, agency_described, event_corrected, history, meeting_held

MANY = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
WIDTHS = st.sampled_from([(1, 2, 4), (2, 3), (1, 50), (50,)])


def heads(log: Sequence[Recorded]) -> frozenset[str]:
    followed = {parent for one in log for parent in one.event.parents}
    return frozenset(one.digest for one in log) - followed


def told(
    log: Sequence[Recorded], known: Sequence[Recorded], **lineage: object
) -> tuple[tuple[Changed, ...], list[Line]]:
    """Return what is new, and the lines of a sheet that say so."""
    found = changes(known, log, **lineage)  # type: ignore[arg-type]
    return found, change_lines(project(log), found)[1]


def of_part(log: Log, added: Added) -> tuple[tuple[Changed, ...], list[Line]]:
    part = [one for one in log if one.digest in added.slice(LinkedLog(log))]
    behind = added.lineage(one.digest for one in part)
    return told(part, [one for one in part if one.digest not in added.events], lineage=behind)


def since(log: Log, begun: frozenset[str], widths: tuple[int, ...]) -> Added | None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lineage, "WIDTHS", widths)
        return added_since(LinkedLog(log), begun)


@MANY
@over(apart(), WIDTHS)
def test_since_a_point_of_any_history_of_copies(copies: tuple[Log, Log, Log], widths: tuple[int, ...]) -> None:
    begun, here, there = copies
    for log, known in ((joined(here, there), begun), (joined(here, there), here), (here, begun), (here, ())):
        added = since(log, heads(known), widths)
        if added is not None:
            assert added.newest == max((one.at for one in known), default=None)
            assert of_part(log, added) == told(log, known)
            part = [one for one in log if one.digest in added.slice(LinkedLog(log))]
            behind, _ = ancestry(part, added.heads, added.lineage(one.digest for one in part))
            assert {one.digest for one in part} - behind == added.events


@MANY
@over(tangles() | histories(most=10), st.integers(0, 12), WIDTHS)
def test_since_a_point_and_a_time_of_any_history_of_one_office(log: Log, cut: int, widths: tuple[int, ...]) -> None:
    known, at = log[:cut], (log[cut].at if cut < len(log) else NOON + timedelta(days=9))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lineage, "WIDTHS", widths)
        for added in (added_since(LinkedLog(log), heads(known)), added_from(LinkedLog(log), at)):
            if added is not None:
                assert (added.heads, added.newest) == (heads(known), known[-1].at if known else None)
                assert of_part(log, added) == told(log, known)


LINE = history(*(agency_described(f"a{n}", f"Agency {n}") for n in range(6)))


def test_in_a_record_of_one_office_the_newest_part_tells() -> None:
    added = since(LINE, heads(LINE[:4]), (3,))

    assert added is not None
    assert added.events == {one.digest for one in LINE[4:]}
    assert added.window.at.keys() == {one.digest for one in LINE[3:]}


def test_a_window_is_widened_until_two_offices_had_what_lay_before() -> None:
    other = history(meeting_held("m"), after=LINE[:2], at=NOON + timedelta(minutes=9), writer="embassy")
    log = (*LINE, *other)

    assert since(log, heads(LINE), (1,)) is None, "the newest event does not follow the other office's"
    added = since(log, heads(LINE), (1, 2, 5))
    assert added is not None
    assert added.events == {other[0].digest}


class Sure(Window):
    """A window that takes every event to follow all before it."""

    def unsure(self) -> frozenset[str]:
        return frozenset()


def test_the_control_a_window_that_is_too_sure_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    here = (
        history(agency_described("a0", "Agency nought"), after=LINE, replaces=(LINE[0].digest,))
        if False
        else history(event_corrected("a0", name="Agency nought"), after=LINE)
    )
    there = history(
        event_corrected("a0", name="Agency zero"), after=LINE[:1], at=NOON + timedelta(minutes=9), writer="embassy"
    )
    log = (*LINE, *here, *there)
    known = (*LINE, *here)
    assert since(log, heads(known), (1,)) is None
    monkeypatch.setattr(Window, "unsure", Sure.unsure)

    added = since(log, heads(known), (1,))
    assert added is not None
    assert of_part(log, added) != told(log, known)


@pytest.mark.parametrize("begin", [NOON, NOON + timedelta(seconds=3), NOON + timedelta(days=1), None])
@pytest.mark.parametrize("least", [0, 2, 99])
def test_a_window_reaches_as_far_back_as_it_is_asked_to(least: int, begin: datetime | None) -> None:
    window = LinkedLog(LINE).window(least, begin)

    assert window is not None
    wanted = {
        one.digest
        for n, one in enumerate(LINE)
        if (begin and one.at >= begin) or (least and n >= len(LINE) - least) or (not least and begin is None)
    }
    assert window.at.keys() == wanted
    assert window.heads == (heads([one for one in LINE if one.digest not in wanted]))
