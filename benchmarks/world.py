"""A foreign ministry's dealings, made up from a seed: what happened, one telling after another, without end.

40 agencies, up to 5,000 people and 300 topics. One agency has 40 % of all meetings, one (the typical)
has a fixed number whatever the size, the rest share by Zipf; so do people within an agency, and topics.
Nothing is kept but the register and what is still open, so that a million events need little memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, count
from random import Random
from typing import Any

from words import DETAILS, FAMILY, GIVEN, OBJECTS, OPENINGS, PORTFOLIOS, PROMISES, SUBJECTS, TITLES

from briefing.dates import Span
from briefing.events import (
    AgencyDescribed,
    AssessmentRecorded,
    CommitmentUpdated,
    Event,
    EventCorrected,
    EventRetracted,
    FactStated,
    MeetingHeld,
    PersonDescribed,
    SourceRegistered,
    TopicDescribed,
    VisitDescribed,
)
from briefing.payload import Change, Citation, Commitment, Participant, Point, Post

BUSIEST, TYPICAL = "commerce", "fisheries"
OF_TYPICAL = 75
"""Meetings of the typical agency; with people, texts, news and corrections some 200 events of its own."""
MOST_OPEN = 50
"""Commitments of an agency that are open at a time; of more, the oldest lapses, as a desk would have it."""
IN_POST = 730
"""Days before somebody has another post."""


@dataclass(eq=False)
class Told:
    """One event before it has an envelope; `digest` is known once it is written.

    A value of the payload may be another telling, and stands for its digest. `needs` are the tellings
    that must be on record for this one to hold; `agency` is the one it is of.
    """

    kind: type[Event]
    payload: dict[str, Any]
    agency: str = ""
    needs: tuple[Told, ...] = ()
    number: int = 0
    digest: str = ""


@dataclass(eq=False)
class Text:
    """A text that meetings of an agency quote: its sentences with where each begins."""

    told: Told
    sentences: list[tuple[str, int]]
    topics: list[int]


@dataclass(eq=False)
class Body:
    """An agency and what is under way with it: its people by rank, a text, a visit, open commitments, meetings.

    `titled` is when somebody was given the post held now.
    """

    told: Told
    people: dict[int, Told] = field(default_factory=dict)
    text: Text | None = None
    visit: Told | None = None
    open: deque[tuple[str, Told, Told | None]] = field(default_factory=deque)
    titled: dict[int, date] = field(default_factory=dict)
    meetings: deque[Told] = field(default_factory=lambda: deque(maxlen=20))


def day(one: date) -> Span:
    """Return a single day as a span."""
    return Span(start=one, end=one, precision="day", words=f"{one.day} {one:%B %Y}")


class World:
    """Tells what happens; the same seed and size tell the same."""

    def __init__(self, size: int, seed: int) -> None:
        """Draw the register for a record of some size: small records know fewer people and topics."""
        self.random = Random(seed)
        self.people_each = max(2, min(5_000, size // 20) // len(PORTFOLIOS))
        self.topic_names = [f"{thing} {subject}" for subject in SUBJECTS for thing in OBJECTS][: max(10, size // 20)]
        self.bodies: dict[str, Body] = {}
        self.topics: dict[int, Told] = {}
        self.number = count(1)
        others = [one for one in PORTFOLIOS if one not in (BUSIEST, TYPICAL)]
        fixed = min(0.2, 2 * OF_TYPICAL / size)
        zipf = [1 / rank for rank in range(1, len(others) + 1)]
        self.agencies = [BUSIEST, TYPICAL, *others]
        share = (1 - 0.42 - fixed) / sum(zipf)
        self._agency_weights = list(accumulate([0.42, fixed, *(one * share for one in zipf)]))
        self._topic_weights = list(accumulate(1 / rank for rank in range(1, len(self.topic_names) + 1)))
        self._people_weights = list(accumulate(1 / rank for rank in range(1, self.people_each + 1)))

    def tell(self, day_of: Callable[[], date]) -> Iterator[Told]:
        """Yield what happens, causes before effects; `day_of` is asked for the day of the next event."""
        happenings = ((self.meeting, 60), (self.news, 22), (self.correction, 6), (self.new_title, 4), (self.fact, 3),
                      (self.assessment, 4), (self.entered_twice, 1))  # fmt: skip
        weights = list(accumulate(weight for _, weight in happenings))
        while True:
            happening = self.random.choices(happenings, cum_weights=weights)[0][0]
            agency = self.random.choices(self.agencies, cum_weights=self._agency_weights)[0]
            yield from happening(agency, day_of())

    # ── happenings ────────────────────────────────────────────────────────────────────────────

    def meeting(self, agency: str, on: date) -> Iterator[Told]:
        """A meeting with up to four points and, mostly, a commitment; all of it cited."""
        body = yield from self._body(agency)
        text = yield from self._text(agency, body, on)
        visit = yield from self._visit(agency, body, on)
        met = yield from self._people(agency, body)
        quoted = self.random.sample(range(len(text.sentences)), self.random.randint(2, 4))
        topics = yield from self._topics([text.topics[one] for one in quoted])
        promises = self.random.random() < 0.7
        points, last = (quoted[:-1], quoted[-1]) if promises else (quoted, None)
        id_ = f"{agency}-{next(self.number)}"
        made = (self._commitment(text, last, agency, on),) if last is not None else ()
        told = self._told(
            MeetingHeld,
            agency,
            (body.told, text.told, *met, *topics.values(), *((visit,) if visit else ())),
            id=id_,
            title=f"{self.random.choice(('Talks', 'Call', 'Consultations', 'Working lunch', 'Review'))} on "
                  f"{self.topic_names[text.topics[quoted[0]]]}",
            visit=visit.payload["id"] if visit else None,
            when=day(on),
            where=self.random.choice((None, "Ministry", "Conference centre")),
            form=self.random.choice((None, "delegation-level talks", "luncheon", "call on")),
            agencies=(agency,),
            participants=tuple(Participant(person=one.payload["id"], side="theirs", agency=agency,
                                           title=one.payload["posts"][-1].title) for one in met),
            points=tuple(self._point(n, text, one) for n, one in enumerate(points, 1)),
            commitments=made,
            citations=(self._cite(text, quoted[0]),),
        )  # fmt: skip
        body.meetings.append(told)
        yield told
        if made:
            if len(body.open) == MOST_OPEN:
                yield self._news(agency, body, 0, "lapsed", on)
            body.open.append((f"{id_}/c1", told, None))

    def news(self, agency: str, on: date) -> Iterator[Told]:
        """News of an open commitment; the newest news of it is replaced, and what is done is let go."""
        body = yield from self._body(agency)
        if not body.open:
            return
        at = self.random.randrange(len(body.open))
        yield self._news(agency, body, at, self.random.choice(("in hand", "in hand", "done", "done", "lapsed")), on)

    def _news(self, agency: str, body: Body, at: int, status: str, on: date) -> Told:
        ref, made, before = body.open[at]
        told = self._told(
            CommitmentUpdated, agency, (made, *((before,) if before else ())), commitment=ref, status=status,
            evidence=f"{self.random.choice(OPENINGS)} {self.random.choice(DETAILS)}.", when=day(on),
            replaces=(before,) if before else (), citations=(Citation(record=f"Desk officer ({agency})"),),
        )  # fmt: skip
        del body.open[at]
        if status == "in hand":
            body.open.append((ref, made, told))
        return told

    def correction(self, agency: str, _on: date) -> Iterator[Told]:
        """A slip in a recent meeting is corrected; each meeting once."""
        body = yield from self._body(agency)
        if not body.meetings:
            return
        meeting = body.meetings[at := self.random.randrange(len(body.meetings))]
        del body.meetings[at]
        say = meeting.payload["points"][0].say
        change = self.random.choice((
            Change(path="title", value=f"{meeting.payload['title']}, second round"),
            Change(path="points/p1/say", value=f"{say[:-1]}, as the minutes have it."),
        ))  # fmt: skip
        yield self._told(EventCorrected, agency, (meeting,), target=meeting, changes=(change,), reason="a slip")

    def new_title(self, agency: str, on: date) -> Iterator[Told]:
        """Someone on the register has a new post."""
        body = yield from self._body(agency)
        if not body.people:
            return
        rank = self.random.choice(list(body.people))
        if (on - body.titled.get(rank, date.min)).days < IN_POST:
            return
        person, body.titled[rank] = body.people[rank], on
        told = self._told(
            PersonDescribed, agency, (person,), id=person.payload["id"], name=person.payload["name"],
            replaces=(person,),
            posts=(Post(title=self.random.choice(TITLES), agency=agency, start=day(on), rank=rank + 1),),
        )  # fmt: skip
        body.people[rank] = told
        yield told

    def fact(self, agency: str, on: date) -> Iterator[Told]:
        """A dated background fact from a text."""
        body = yield from self._body(agency)
        text = yield from self._text(agency, body, on)
        one = self.random.randrange(len(text.sentences))
        topics = yield from self._topics([text.topics[one]])
        yield self._told(
            FactStated, agency, (body.told, text.told, *topics.values()), id=f"fact-{next(self.number)}",
            say=text.sentences[one][0], when=day(on), topics=(_topic_id(text.topics[one]),), about=(agency,),
            review_by=day(on + timedelta(days=400)), citations=(self._cite(text, one),),
        )  # fmt: skip

    def assessment(self, agency: str, on: date) -> Iterator[Told]:
        """An officer's own words on an agency."""
        body = yield from self._body(agency)
        yield self._told(
            AssessmentRecorded, agency, (body.told,), id=f"assessment-{next(self.number)}", about=agency,
            bottom_line=tuple(self._sentence(self._topic()) for _ in range(3)),
            state_of_play=" ".join(self._sentence(self._topic()) for _ in range(6)),
            next_steps=tuple(self._sentence(self._topic()) for _ in range(2)), by=f"Desk officer ({agency})",
            as_at=day(on),
        )  # fmt: skip

    def entered_twice(self, agency: str, on: date) -> Iterator[Told]:
        """A fact that should not have been entered, and its retraction."""
        *before, fact = self.fact(agency, on)
        yield from before
        yield fact
        yield self._told(EventRetracted, agency, (fact,), target=fact, reason="entered twice")

    # ── what they name ────────────────────────────────────────────────────────────────────────

    def _body(self, agency: str) -> Iterator[Told]:
        if agency not in self.bodies:
            rank = self.agencies.index(agency) + 1
            told = self._told(
                AgencyDescribed, agency, (), id=agency, name=f"{agency.replace('-', ' ').capitalize()}",
                expansion=f"Department of {agency.replace('-', ' ').title()}", country="Northland", side="theirs",
                rank=rank,
            )  # fmt: skip
            self.bodies[agency] = Body(told)
            yield told
        return self.bodies[agency]

    def _text(self, agency: str, body: Body, on: date) -> Iterator[Told]:
        """The text that is quoted now: each serves some twelve events."""
        if body.text is None or self.random.random() < 1 / 12:
            topics = [self._topic() for _ in range(36)]
            sentences: list[tuple[str, int]] = []
            written = head = f"Readout of {on.day} {on:%B %Y}\n\n"
            for topic in topics:
                sentence = self._sentence(topic)
                sentences.append((sentence, len(written)))
                written += sentence + ("\n\n" if len(sentences) % 4 == 0 else " ")
            number = next(self.number)
            told = self._told(
                SourceRegistered, agency, (), id=f"text-{number}", publisher=f"Press office ({agency})",
                published=day(on), original_name=f"readout-{number}.txt",
                original_sha256=f"{self.random.getrandbits(256):064x}", body_start=len(head),
                text=written.strip() + "\n",
            )  # fmt: skip
            yield told
            body.text = Text(told, sentences, topics)
        return body.text

    def _visit(self, agency: str, body: Body, on: date) -> Iterator[Told]:
        """A third of the meetings belong to a visit; one has some six."""
        if self.random.random() > 1 / 3:
            return None
        if body.visit is None or self.random.random() < 1 / 6:
            number = next(self.number)
            when = Span(start=on, end=on + timedelta(days=2), precision="span", words=f"from {on.day} {on:%B %Y}")
            told = self._told(VisitDescribed, agency, (), id=f"visit-{number}", title=f"Visit {number}", when=when,
                              country="Northland")  # fmt: skip
            yield told
            body.visit = told
        return body.visit

    def _people(self, agency: str, body: Body) -> Iterator[Told]:
        """One to three people of an agency, each registered when first met."""
        several = self.random.randint(1, 3)
        drawn = self.random.choices(range(self.people_each), cum_weights=self._people_weights, k=several)
        for rank in dict.fromkeys(drawn):
            if rank not in body.people:
                yield self._person(agency, body, rank)
        return [body.people[rank] for rank in dict.fromkeys(drawn)]

    def _person(self, agency: str, body: Body, rank: int) -> Told:
        given, family = self.random.choice(GIVEN), self.random.choice(FAMILY)
        number = len(body.people)
        body.people[rank] = self._told(
            PersonDescribed, agency, (body.told,), id=f"{family.lower()}-{given.lower()}-{agency}-{number}",
            name=f"{given} {family}", side="theirs",
            posts=(Post(title=TITLES[min(rank, len(TITLES) - 1)], agency=agency, rank=rank + 1),),
        )  # fmt: skip
        return body.people[rank]

    def _topics(self, numbers: list[int]) -> Iterator[Told]:
        for one in dict.fromkeys(numbers):
            if one not in self.topics:
                self.topics[one] = self._told(TopicDescribed, "", (), id=_topic_id(one),
                                              name=self.topic_names[one].capitalize())  # fmt: skip
                yield self.topics[one]
        return {one: self.topics[one] for one in numbers}

    # ── small things ──────────────────────────────────────────────────────────────────────────

    def _told(self, kind: type[Event], agency: str, needs: tuple[Told, ...], **payload: Any) -> Told:
        return Told(kind, payload, agency, needs)

    def _topic(self) -> int:
        return self.random.choices(range(len(self.topic_names)), cum_weights=self._topic_weights)[0]

    def _sentence(self, topic: int) -> str:
        chosen = (self.random.choice(OPENINGS), self.topic_names[topic], self.random.choice(DETAILS))
        return f"{chosen[0]} {chosen[1]} and {chosen[2]}."

    def _cite(self, text: Text, one: int, **rest: Any) -> Citation:
        quote, start = text.sentences[one]
        return Citation(source=text.told.payload["id"], quote=quote, start=start, end=start + len(quote), **rest)

    def _point(self, number: int, text: Text, one: int) -> Point:
        by = self.random.choice((None, "ours", "theirs", "both"))
        kind = self.random.choice((None, "raised", "discussed", "reviewed", "reaffirmed"))
        cited = self._cite(text, one, kind=kind)
        topics = (_topic_id(text.topics[one]),)
        return Point(id=f"p{number}", say=text.sentences[one][0], by=by, kind=kind, topics=topics, citations=(cited,))

    def _commitment(self, text: Text, one: int, agency: str, on: date) -> Commitment:
        due = day(on + timedelta(days=self.random.randint(30, 200))) if self.random.random() < 0.8 else None
        strength = self.random.choice(("agreed", "agreed", "expected", "intends"))
        return Commitment(
            id="c1", say=f"{self.random.choice(PROMISES)} {self.topic_names[text.topics[one]]}.", due=due,
            owed_by=self.random.choice(("ours", "theirs", "both", agency)), topics=(_topic_id(text.topics[one]),),
            citations=(self._cite(text, one, strength=strength),),
        )  # fmt: skip


def _topic_id(number: int) -> str:
    return f"topic-{number + 1}"
