"""What stands on record can be told from a slice, and each sentence of it by the event that says it."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import given as over
from hypothesis import strategies as st

from briefing.events import EventCorrected, Recorded
from briefing.linked import LinkedLog
from briefing.projector import project
from briefing.sentences import sentences
from briefing.slices import closed, listed_slice, standing_slice
from briefing.things import Thing, things
from tests.drawn import histories
from tests.entangled import AGENCIES, tangles
from tests.given import commitment, commitment_updated, event_corrected, history, meeting_held, source_registered

SOME = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@SOME
@over(tangles() | histories(most=8), st.integers(0, 13), st.none() | st.just(date(2025, 6, 3)))
def test_an_event_stands_in_its_slice_as_in_the_whole_record(log: tuple[Recorded, ...], n: int, as_of: date | None) -> None:
    for one in log[n : n + 2]:
        part = [each for each in log if each.digest in standing_slice(LinkedLog(log), {one.digest})]
        whole, sliced = (things(project(some, as_of=as_of)).get(one.digest) for some in (log, part))

        assert sliced == whole
        assert [whole and whole.touches(agency) for agency in AGENCIES] == [sliced and sliced.touches(agency) for agency in AGENCIES]


@SOME
@over(tangles() | histories(most=8))
def test_each_sentence_that_stands_is_said_by_an_event_that_leads_to_it(log: tuple[Recorded, ...]) -> None:
    said: dict[str, set[str]] = {}
    for one in log:
        about = one.event.target if isinstance(one.event, EventCorrected) else one.digest
        said.setdefault(about, set()).update(sentences(one.event))
    standing = things(project(log))
    leading: dict[tuple[str, str], set[str]] = {}
    for digest, thing in standing.items():
        leading.setdefault((thing.said.type, thing.id), set()).update(said[digest])

    for thing in standing.values():
        assert set(sentences(thing.said)) <= leading[thing.said.type, thing.id]


@SOME
@over(tangles() | histories(most=8), st.sampled_from(AGENCIES))
def test_what_touches_an_agency_is_in_the_slice_of_its_lists(log: tuple[Recorded, ...], agency: str) -> None:
    touching = {digest for digest, thing in things(project(log)).items() if thing.touches(agency)}

    assert touching <= listed_slice(LinkedLog(log), agency)


def test_news_of_a_meeting_needs_the_meeting() -> None:
    """The control: a slice that did not follow the news to its meeting would be seen."""
    log = history(meeting_held("talks", commitments=(commitment(),)), commitment_updated("talks/c1", evidence="It came."))
    part = [one for one in log if one.digest in closed(LinkedLog(log), {log[1].digest})]

    assert log[1].digest in things(project(log))
    assert log[1].digest not in things(project(part))


def test_of_a_text_each_paragraph_is_said_also_where_the_text_was_corrected() -> None:
    log = history(source_registered("north", text="Head\n\nOne.\n\nTwo."), event_corrected("north", text="Head\n\nOne.\n\nThree."))
    (thing,) = (one for one in things(project(log)).values() if isinstance(one, Thing))

    assert {"One.", "Three."} <= set(sentences(thing.said)) <= {*sentences(log[0].event), *sentences(log[1].event)}
