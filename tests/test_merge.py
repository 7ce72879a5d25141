"""Two entries of the register become one, by events that there were already; and two again."""

from __future__ import annotations

from itertools import count

import pytest

from briefing.amend import amend
from briefing.errors import NotOnRecord, Refused
from briefing.events import Recorded
from briefing.links import links
from briefing.merge import _PAPERS, merge
from briefing.pen import Pen
from briefing.projector import project
from briefing.revise import Why, retract
from briefing.roles import Role
from briefing.state import BriefingState, RegisterKind
from tests.given import (
    NOON,
    agency_described,
    cited,
    commitment,
    difference_settled,
    event_corrected,
    fact_stated,
    history,
    meeting_held,
    meeting_planned,
    met,
    note_issued,
    person_described,
    point,
    post,
    source_registered,
    to_make,
    topic_described,
    visit_described,
)

ONE_MAN = (
    source_registered("s1"),
    person_described("kessler-j", "J. Kessler", aliases=("Jeff Kessler",), posts=(post("Under Secretary", "commerce"),), say_name="KESS-ler"),
    person_described("kessler-jeffrey", "Jeffrey Kessler", posts=(post("Under Secretary of Commerce", "commerce"),)),
    agency_described("commerce"),
    visit_described("v1", principal="kessler-j", delegation=(met("kessler-j"),)),
    meeting_held("m1", on="2026-03-02", participants=(met("kessler-j", agency="commerce"), met("kessler-jeffrey", title="Under Secretary")),
                 points=(point(by="kessler-j", citations=(cited("s1", by="kessler-j"),)), point("p2")),
                 commitments=(commitment(owed_by="kessler-j", owed_to="ours"),)),
    meeting_planned("m2", on="2026-04-02", participants=(met("kessler-j"),), points=(to_make(to="kessler-j"),)),
    fact_stated("f1", about=("kessler-j",)),
    difference_settled("kessler-j/title", "s1"),
)  # fmt: skip


def pen_after(log: tuple[Recorded, ...]) -> Pen:
    numbers = count(1000)
    return Pen(by="desk", now=NOON, newest=log[-1].at, heads=(log[-1].digest,), nonce=lambda: f"{next(numbers):032x}")


def merged(log: tuple[Recorded, ...], kind: RegisterKind, kept: str, other: str) -> tuple[Recorded, ...]:
    pen = pen_after(log)
    merge(log, project(log), kind, kept, other, pen, Why("one man"))
    return (*log, *pen.written)


def named(log: tuple[Recorded, ...], id_: str) -> list[str]:
    """Return the types of the live events that name an id or bear it, but for those of papers."""
    return [event.type for _, event in amend(log).live
            if not isinstance(event, _PAPERS) and any(one.to.partition("/")[0] == id_ for one in links(event) if one.role != Role.FILED)]  # fmt: skip


def test_everything_that_named_the_other_names_the_one_that_is_kept() -> None:
    before = history(*ONE_MAN)
    assert len(named(before, "kessler-j")) == 6

    log = merged(before, "person", "kessler-jeffrey", "kessler-j")
    state = project(log)

    assert named(log, "kessler-j") == []
    assert set(state.people) == {"kessler-jeffrey"}
    assert [m.person for m in state.meetings["m1"].held.participants] == ["kessler-jeffrey"]  # type: ignore[union-attr]
    assert state.meetings["m1"].held.points[0].by == state.meetings["m1"].held.points[0].citations[0].by == "kessler-jeffrey"
    assert state.commitments[0].commitment.owed_by == "kessler-jeffrey"
    assert state.visits["v1"].principal == state.visits["v1"].delegation[0].person == "kessler-jeffrey"
    assert state.planned["m2"].plan.points[0].to == "kessler-jeffrey"
    assert state.facts["f1"].stated.about == ("kessler-jeffrey",)
    assert list(state.settlements) == ["kessler-jeffrey/title"]
    assert state.collisions == ()


def test_the_kept_entry_takes_up_names_titles_and_what_it_had_not_itself() -> None:
    one = project(merged(history(*ONE_MAN), "person", "kessler-jeffrey", "kessler-j"))
    person = one.people["kessler-jeffrey"]

    assert (person.name, person.aliases, person.say_name) == ("Jeffrey Kessler", ("J. Kessler", "Jeff Kessler"), "KESS-ler")
    assert [p.title for p in person.posts] == ["Under Secretary of Commerce", "Under Secretary"]
    assert one.find("person", "j kessler") == one.find("person", "Jeff Kessler") == "kessler-jeffrey"


def test_who_took_part_under_both_names_took_part_once_and_all_that_was_said_of_them_stays() -> None:
    held = project(merged(history(*ONE_MAN), "person", "kessler-jeffrey", "kessler-j")).meetings["m1"].held

    assert held.participants == (met("kessler-jeffrey", agency="commerce", title="Under Secretary"),)  # type: ignore[union-attr]


def test_agencies_and_topics_are_merged_in_posts_meetings_and_statements() -> None:
    log = history(
        agency_described("doc", "DoC"), agency_described("commerce"), topic_described("steel"), topic_described("metal", theme="steel"),
        topic_described("alloys", theme="metal"), person_described("kessler", posts=(post("Head", "doc"),)),
        meeting_held("m1", agencies=("doc", "commerce"), points=(point(topics=("metal", "steel")),), participants=(met("kessler", agency="doc"),)),
    )  # fmt: skip

    state = project(merged(merged(log, "agency", "commerce", "doc"), "topic", "steel", "metal"))

    assert (list(state.agencies), list(state.topics)) == (["commerce"], ["steel", "alloys"])
    assert state.people["kessler"].posts[0].agency == "commerce"
    assert state.topics["alloys"].theme == "steel"
    held = state.meetings["m1"].held
    assert (state.meetings["m1"].agencies, held.points[0].topics) == (("commerce",), ("steel",))
    assert held.participants[0].agency == "commerce"  # type: ignore[union-attr]


def test_what_a_correction_named_is_corrected_in_its_turn_and_nothing_collides() -> None:
    log = history(*ONE_MAN, event_corrected("m1", points__p2__by="kessler-j", title="Talks"))

    state = project(merged(log, "person", "kessler-jeffrey", "kessler-j"))

    assert [one.by for one in state.meetings["m1"].held.points] == ["kessler-jeffrey"] * 2
    assert (state.meetings["m1"].held.title, state.collisions) == ("Talks", ())


def test_what_was_printed_stays_as_it_was_printed() -> None:
    log = history(agency_described("doc"), agency_described("commerce"), note_issued("N1", basis="doc", subject="doc", paper="agency"))

    state = project(merged(log, "agency", "commerce", "doc"))

    assert next(iter(state.notes.values())).issued.subject == "doc"


def test_one_id_that_two_offices_gave_to_two_entries_is_settled_by_a_merge() -> None:
    log = history(person_described("kessler", "J. Kessler"), person_described("kessler", "Jeffrey Kessler", label="other"))
    other = next(id_ for id_ in project(log).people if "~" in id_)

    state = project(merged(log, "person", "kessler", other))

    assert state.collisions == ()
    assert state.people["kessler"].aliases == ("Jeffrey Kessler",)
    with pytest.raises(Refused, match="no id of its own"):
        merged(log, "person", other, "kessler")


def test_the_same_entry_written_twice_apart_goes_with_its_twin() -> None:
    kessler = person_described("kessler-j", "J. Kessler")
    log = history(person_described("kessler"), kessler)
    twin = history(kessler, after=log, at=NOON.replace(hour=13), writer="elsewhere")

    assert list(project(merged((*log, *twin), "person", "kessler", "kessler-j")).people) == ["kessler"]


def test_retracting_the_events_of_a_merge_undoes_it() -> None:
    log = history(*ONE_MAN)
    whole = merged(log, "person", "kessler-jeffrey", "kessler-j")

    pen = pen_after(whole)
    for one in reversed(whole[len(log) :]):
        retract((*whole, *pen.written), one, pen, Why("two men"))

    assert said(project((*whole, *pen.written))) == said(project(log))


def said(state: BriefingState) -> object:
    return (state.people, state.meetings, state.planned, state.visits, state.facts, state.names, state.commitments, state.settlements)


def test_an_entry_is_not_merged_with_itself_nor_with_nothing() -> None:
    log = history(person_described("kessler", aliases=("K",)))

    with pytest.raises(Refused, match="one already"):
        merged(log, "person", "kessler", "kessler")
    with pytest.raises(NotOnRecord):
        merged(log, "person", "kessler", "nobody")
