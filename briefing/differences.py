"""Where the texts differ, by rule and as recorded; nothing is compared that an officer did not put on record.

1. One statement, two texts: strength, speaker, treatment (kind), wording or date differ.
2. One person, two texts: the title differs, a leading country set aside.
3. One fact, two texts: date or wording differ.
4. One topic of one visit, in two meetings that share no text: each text puts it with other people, and
   both statements have telling words on record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from briefing.payload import Citation, Commitment, Point
from briefing.state import Aspect, BriefingState, Difference, Meeting, Reading

_ASPECTS: tuple[tuple[Aspect, Callable[[Citation], object]], ...] = (
    ("strength", lambda c: c.strength),
    ("speaker", lambda c: c.by),
    ("treatment", lambda c: c.kind),
    ("wording", lambda c: c.words or None),
    ("date", lambda c: c.when and (c.when.start, c.when.end, c.when.words)),
)


class Told:
    """The statements that may differ, gathered meeting by meeting."""

    def __init__(self) -> None:
        """Begin with none."""
        self.by_two: list[tuple[Meeting, Point | Commitment]] = []
        """Statements that rest on more than one citation."""
        self.with_words: dict[tuple[str, str], list[tuple[Meeting, Point | Commitment]]] = {}
        """Statements that have telling words on record, by visit and topic."""

    def look_at(self, meeting: Meeting, statements: Iterable[Point | Commitment]) -> None:
        """Gather what a meeting states; `statements` are its own, gathered once for all who look at them."""
        visit = meeting.held.visit
        for statement in statements:
            cited = statement.citations
            if len(cited) > 1:
                self.by_two.append((meeting, statement))
            if visit and any(one.words for one in cited):
                for topic in statement.topics:
                    self.with_words.setdefault((visit, topic), []).append((meeting, statement))


def differences(state: BriefingState, told: Told) -> tuple[Difference, ...]:
    """Return every difference on record, in the order of meetings, facts and people."""
    found = (
        *_of_statements(state, told), *_across_meetings(state, told), *_of_titles(state), *_of_facts(state),
    )  # fmt: skip
    return tuple(replace(one, settled=state.settlements.get(one.key)) for one in found)


def bare_title(title: str) -> str:
    """Return a title as it is compared: without a leading country, in lower case."""
    return re.sub(r"^(u\.?s\.?|united states|indian|india's)\s+", "", title.casefold())


def _aspects(citations: Sequence[Citation]) -> tuple[Aspect, ...]:
    """Return the aspects on which at least two texts have unequal values on record."""
    if len(citations) < 2:
        return ()
    found: list[Aspect] = []
    for aspect, value in _ASPECTS:
        values = [(c.source, value(c)) for c in citations if value(c) is not None]
        if any(a[0] != b[0] and a[1] != b[1] for a, b in combinations(values, 2)):
            found.append(aspect)
    return tuple(found)


def _readings(citations: Iterable[Citation], meeting: str = "") -> tuple[Reading, ...]:
    return tuple(
        Reading(source=c.source, citation=c, words=c.words or ((c.quote,) if c.quote else ()), meeting=meeting)
        for c in citations
        if c.source and (c.words or c.strength or c.by or c.kind or c.when)
    )


def _name(state: BriefingState, statement: Point | Commitment) -> str:
    if isinstance(statement, Point) and statement.short:
        return statement.short
    names = [state.topics[t].name for t in statement.topics if t in state.topics]
    return names[0] if names else statement.say


def _of_statements(state: BriefingState, told: Told) -> Iterator[Difference]:
    for meeting, statement in told.by_two:
        if aspects := _aspects(statement.citations):
            yield Difference(
                key=f"{meeting.id}/{statement.id}",
                aspects=aspects,
                label=_name(state, statement),
                readings=_readings(statement.citations),
                topics=statement.topics,
                meetings=(meeting.id,),
                visit=meeting.held.visit or "",
                statement=statement.id,
            )


def _across_meetings(state: BriefingState, told: Told) -> Iterator[Difference]:
    """Pair the statements on a topic that stand in different meetings of one visit and share no text."""
    for (visit, topic), spoken in told.with_words.items():
        for (one, first), (two, second) in combinations(spoken, 2):
            sources = [{c.source for c in s.citations} for s in (first, second)]
            if one.id == two.id or sources[0] & sources[1]:
                continue
            yield Difference(
                key=f"{one.id}+{two.id}/{topic}",
                aspects=("with whom", "wording"),
                label=state.topics[topic].name if topic in state.topics else topic,
                readings=(*_readings(first.citations, one.id), *_readings(second.citations, two.id)),
                topics=(topic,),
                meetings=(one.id, two.id),
                visit=visit,
            )


def _of_titles(state: BriefingState) -> Iterator[Difference]:
    for person in state.people.values():
        cited = [c for post in person.posts for c in post.citations if c.title and c.source]
        titles = {(c.source, bare_title(c.title or "")) for c in cited}
        if any(a[0] != b[0] and a[1] != b[1] for a, b in combinations(sorted(titles, key=str), 2)):
            readings = tuple(Reading(source=c.source or "", citation=c, words=(c.title or "",)) for c in cited)
            yield Difference(
                key=f"{person.id}/title", aspects=("title",), label=person.name, readings=readings, person=person.id
            )


def _of_facts(state: BriefingState) -> Iterator[Difference]:
    for fact in state.facts.values():
        if aspects := _aspects(fact.stated.citations):
            yield Difference(
                key=fact.stated.id,
                aspects=aspects,
                label=fact.stated.say.rstrip("."),
                readings=_readings(fact.stated.citations),
                topics=fact.stated.topics,
                visit=fact.stated.visit or "",
                fact=fact.stated.id,
            )
