"""Histories in which everything touches everything: meetings move between agencies and visits, people change posts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from briefing.dates import parse_span
from briefing.events import (
    AssessmentRecorded,
    CommitmentUpdated,
    EventCorrected,
    FactStated,
    LineAgreed,
    MeetingHeld,
    MeetingPlanned,
    Occasion,
    PersonDescribed,
    Recorded,
    VisitDescribed,
)
from briefing.payload import Citation, Commitment, Participant, Point
from tests.given import (
    Told,
    agency_described,
    assessment_recorded,
    cited,
    commitment,
    commitment_updated,
    difference_settled,
    event_corrected,
    event_redacted,
    event_retracted,
    expected,
    fact_stated,
    history,
    line_agreed,
    meeting_held,
    meeting_planned,
    met,
    person_described,
    point,
    post,
    source_registered,
    to_make,
    topic_described,
    visit_described,
    visit_reported,
)

AGENCIES = ["us-treasury", "us-commerce", "mea"]
PEOPLE = ["ann", "bob", "cy"]
TOPICS = ["coal", "steel", "ores"]
VISITS = ["spring", "autumn"]
SOURCES = ["north", "south"]
MEETINGS = ["talks", "call", "lunch"]
DAYS = ["27-29 May 2025", "3 June 2025", "June 2025", "1 May 2025", "2024", "7 April 2021"]
WORDS = ["agreed to hold talks soon", "Steel was discussed at length"]
SAID = ["Coal was discussed.", "Steel, and talks with Bob, were explored.", "MEA will write.", "Ann will write."]

one_of = st.sampled_from


def some(values: Sequence[str], most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(one_of(values), max_size=most, unique=True).map(tuple)


def maybe(values: Sequence[str]) -> st.SearchStrategy[str | None]:
    return st.none() | one_of(values)


CITATIONS = st.lists(
    st.builds(
        lambda source, quote, strength, by, kind, words: cited(
            source, quote, strength=strength, by=by, kind=kind, words=(quote[:6],) if words else ()
        ),
        one_of(SOURCES), one_of(WORDS), maybe(["agreed", "expected"]), maybe(["ours", "theirs"]), maybe(["raised", "discussed"]),
        st.booleans(),
    ),
    max_size=2,
).map(tuple)  # fmt: skip
BY = maybe(["ours", "theirs", "both", "ann", "us-commerce"])
POINTS = st.lists(st.tuples(one_of(SAID), BY, some(TOPICS), some([*AGENCIES, *MEETINGS], 1), CITATIONS), max_size=2).map(
    lambda all_: tuple(
        point(f"p{n}", say, by=by, topics=topics, about=about, citations=cites)
        for n, (say, by, topics, about, cites) in enumerate(all_, 1)
    )
)
COMMITMENTS = st.lists(st.tuples(one_of(SAID), maybe([*AGENCIES, "bob", "ours"]), maybe(AGENCIES), CITATIONS), max_size=1).map(
    lambda all_: tuple(commitment("c1", say, owed_by=by, owed_to=to, citations=cites) for say, by, to, cites in all_)
)
PARTICIPANTS = st.lists(
    st.builds(lambda person, side, agency: met(person, side=side, agency=agency), one_of(PEOPLE), one_of(["ours", "theirs"]), maybe(AGENCIES)),
    max_size=2,
).map(tuple)
POSTS = st.lists(
    st.builds(lambda title, agency: post(title, agency, citations=(cited("south", title=title),)), one_of(["Secretary", "Envoy"]), maybe(AGENCIES)),
    max_size=2,
).map(tuple)  # fmt: skip

THINGS: tuple[st.SearchStrategy[Told], ...] = (
    st.builds(source_registered, one_of(SOURCES)),
    st.builds(lambda id_, side, short: agency_described(id_, side=side, country=side, short=short), one_of(AGENCIES), maybe(["ours", "theirs"]), maybe(["Short", "MEA"])),
    st.builds(lambda id_, side, posts: person_described(id_, side=side, posts=posts), one_of(PEOPLE), maybe(["ours", "theirs"]), POSTS),
    st.builds(lambda id_, theme, full: topic_described(id_, theme=theme, expansion=full), one_of(TOPICS), maybe(TOPICS), maybe(["Carbon"])),
    st.builds(
        lambda id_, on, follows, principal, delegation, tied: visit_described(
            id_, on=on, follows=follows, principal=principal, delegation=delegation, year_from=tied
        ),
        one_of(VISITS), one_of([*DAYS, None]), maybe(VISITS), maybe(PEOPLE), PARTICIPANTS, CITATIONS,
    ),
    *[
        st.builds(
            lambda id_, on, visit, agencies, there, points, owed, known, setting, cites: meeting_held(
                id_, on=on, visit=visit, agencies=agencies, participants=there, points=points, commitments=owed, content_known=known,
                setting=setting, citations=cites,
            ),
            one_of(MEETINGS), one_of([*DAYS, None]), maybe(VISITS), some(AGENCIES), PARTICIPANTS, POINTS, COMMITMENTS, st.booleans(),
            one_of(["government", "inter-agency", "outside government"]), CITATIONS,
        )
    ] * 3,
    st.builds(
        lambda id_, visit, agencies, points, owed: visit_reported(id_, visit, agencies=agencies, points=points, commitments=owed),
        one_of(["report", "talks"]), one_of(VISITS), some(AGENCIES), POINTS, COMMITMENTS,
    ),
    st.builds(
        lambda id_, about, topics, visit, on, mark, cites: fact_stated(
            id_, about=about, topics=topics, visit=visit, when=parse_span(on) if on else None, marking=mark, citations=cites
        ),
        one_of(["fact", "price"]), some(AGENCIES), some(TOPICS), maybe(VISITS), one_of([*DAYS, None]), maybe(["public", "SECRET"]), CITATIONS,
    ),
    st.builds(
        lambda id_, on, visit, agencies, there, agenda, topics: meeting_planned(
            id_, on=on, visit=visit, agencies=agencies, participants=there, agenda=agenda,
            points=(to_make(topics=topics),), expected=(expected(topics=topics[:1]),),
        ),
        one_of(MEETINGS), one_of([*DAYS, None]), maybe(VISITS), some(AGENCIES), PARTICIPANTS, some(["Steel", "Carbon", "Lunch"]), some(TOPICS),
    ),
    st.builds(
        lambda about, on, until: line_agreed(f"line-{about}", about, line="We agree.", start=parse_span(on), until=parse_span(until) if until else None),
        one_of([*AGENCIES, *TOPICS, *MEETINGS]), one_of(DAYS), maybe(DAYS),
    ),
    st.builds(
        lambda about, words, as_at: assessment_recorded(
            f"on-{about}", about, state_of_play=words, bottom_line=(words,), as_at=parse_span(as_at) if as_at else None
        ),
        one_of([*AGENCIES, *VISITS, *MEETINGS]), one_of(["Quiet.", "Tense."]), one_of([*DAYS, None]),
    ),
    st.builds(
        lambda ref, status, evidence, on: commitment_updated(
            f"{ref}/c1", status=status, evidence=evidence, when=parse_span(on) if on else None
        ),
        one_of([*MEETINGS, "report"]), maybe(["done", "in hand"]), maybe(["A letter came."]), one_of([*DAYS, None]),
    ),
    st.builds(difference_settled, one_of(["talks/p1", "talks+call/coal", "bob/title", "fact", "report/p1"]), one_of(SOURCES)),
)  # fmt: skip
MOVES: dict[type[Any], dict[str, st.SearchStrategy[Any]]] = {
    Occasion: {
        "agencies": some(AGENCIES).map(list), "visit": one_of(VISITS), "title": one_of(["Coal", "Steel talks"]), "id": one_of(MEETINGS),
        "points__p1__topics": some(TOPICS).map(list), "points__p1__by": BY, "points": POINTS, "commitments": COMMITMENTS,
        "commitments__c1__owed_to": one_of(AGENCIES), "content_known": st.booleans(),
    },
    MeetingHeld: {"participants": PARTICIPANTS, "when": one_of([*DAYS, None]).map(lambda words: parse_span(words) if words else None)},
    PersonDescribed: {"posts": POSTS, "side": one_of(["ours", "theirs"]), "id": one_of(PEOPLE)},
    VisitDescribed: {"follows": one_of(VISITS), "id": one_of(VISITS), "delegation": PARTICIPANTS},
    MeetingPlanned: {"agencies": some(AGENCIES).map(list), "participants": PARTICIPANTS, "agenda": some(["Steel", "Carbon"]).map(list), "id": one_of(MEETINGS)},
    FactStated: {"about": some(AGENCIES).map(list), "visit": one_of(VISITS), "marking": maybe(["SECRET"]), "topics": some(TOPICS).map(list)},
    LineAgreed: {"about": one_of([*AGENCIES, *TOPICS])},
    CommitmentUpdated: {"commitment": one_of(MEETINGS).map("{}/c1".format), "status": one_of(["done", "open"])},
    AssessmentRecorded: {"about": one_of(AGENCIES), "state_of_play": one_of(["Calm.", "Cold."])},
}  # fmt: skip
"""What corrections say of an event: that it is of another agency, visit, person, of other items, of another id."""


@st.composite
def tangles(draw: st.DrawFn, most: int = 14, after: Sequence[Recorded] = ()) -> tuple[Recorded, ...]:
    """Return a history of one writer, of things that touch one another, and of changes to what was said of them."""
    log = [*after]
    for _ in range(draw(st.integers(1, most))):
        told = draw(_change(log)) if len(log) > 1 and draw(st.integers(0, 2)) == 0 else draw(st.one_of(*THINGS))
        alike = [one.digest for one in log if isinstance(one.event, told.kind)]
        if told.kind is not EventCorrected and alike and draw(st.integers(0, 3)) == 0:
            told = Told(told.kind, told.label, {**told.payload, "replaces": (draw(one_of(alike)),)})
        log.extend(history(told, after=log))
    return tuple(log)


@st.composite
def _change(draw: st.DrawFn, log: Sequence[Recorded]) -> Told:
    target = draw(one_of(log))
    kind = draw(one_of(["correction", "correction", "correction", "retraction", "redaction"]))
    if kind == "redaction":
        return event_redacted(target)
    fields = {name: how for type_, moves in MOVES.items() if isinstance(target.event, type_) for name, how in moves.items()}
    if kind == "retraction" or not fields:
        return event_retracted(target.digest)
    name = draw(one_of(sorted(fields)))
    return event_corrected(target.digest, **{name: plain(draw(fields[name]))})


def plain(value: Any) -> Any:
    """Return a value as a correction holds it: plain JSON."""
    if isinstance(value, Point | Commitment | Participant | Citation) or hasattr(value, "model_dump"):
        return value.model_dump(mode="json", exclude_defaults=True)
    return [plain(one) for one in value] if isinstance(value, tuple | list) else value
