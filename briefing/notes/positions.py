"""Where each side stands on an agency's topics, and what was said on them with people of no named agency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.dates import sort_key
from briefing.events import MeetingHeld
from briefing.notes.language import either, say
from briefing.notes.note import Block, Column, Heading, Paragraph, Run, Runs, Table
from briefing.notes.standing import Told, side_of
from briefing.notes.writer import Writer, in_prose, the_country
from briefing.payload import Point
from briefing.state import Agency, BriefingState, Meeting

NOT_REPORTED: Runs = (Run("– not reported", "muted"),)
ON_PAGE = 5
"""Rows of a table that a page has room for; the rest stands in its annex."""
_OURS, _THEIRS = "Our side", "Their side"
_IN_PROSE = {_OURS: "our side", _THEIRS: "their side"}


def lead(name: str, *runs: Run) -> Paragraph:
    """Return a paragraph that begins with its name."""
    return Paragraph((Run(f"{say(name)}. ", "strong"), *runs))


def in_the_annex(rows: int) -> Iterator[Block]:
    """Yield how many rows of a table stand in the annex, where some do."""
    if rows > ON_PAGE:
        yield Paragraph((Run(say("Further in the annex: {n}.", n=rows - ON_PAGE), "muted"),))


class Positions:
    """Where each side stands on an agency's topics; and what other meetings of the same visits say on them."""

    def __init__(
        self, state: BriefingState, writer: Writer, agency: Agency, meetings: Sequence[Meeting], points: Told
    ) -> None:
        """Take the agency, the meetings that its page covers and what was said last on each topic, newest first."""
        self.state = state
        self.writer = writer
        self.agency = agency
        self.meetings = meetings
        self.points = points
        visits = {m.held.visit for m in meetings if m.held.visit}
        around = sorted(state.meetings_of_visits(visits), key=lambda m: m.held.visit or "")
        self.unattributed = [m for m in around if isinstance(m.held, MeetingHeld) and not m.agencies
                             and m.held.setting != "outside government"]  # fmt: skip
        self.whole = [m for m in around if not isinstance(m.held, MeetingHeld)]

    def topics(self) -> Iterator[Block]:
        """Each topic with each side's position and when it last moved; what holds for all stands above the table."""
        rows = self._by_topic()
        if not rows:
            yield from self._no_topics()
            return
        yield Heading("Topics")
        missing = [name for side, name in self._sides().items() if side not in self._heard()]
        none = [say(_IN_PROSE[one]) if one in _IN_PROSE else the_country(one) for one in missing]
        common = say("No position is recorded as that of {side} alone.", side=either(none)) if none else ""
        newest = {m.when for m in (*self.meetings, *(m for _, m in self.points))}
        if len(newest) == 1 and len(self.meetings) > 1:
            moved = self.writer.date(next(iter(newest)), stop=".")
            yield Paragraph((Run(f"{common} {say('Each last moved')} ".lstrip()), *moved))
        elif common:
            yield Paragraph((Run(common),))
        yield self._topic_table(rows[:ON_PAGE], dated=len(newest) > 1)
        yield from in_the_annex(len(rows))

    def further(self) -> Iterator[Block]:
        """The topics that the page has no room for, those that moved last before others; for its annex."""
        if rows := self._by_topic()[ON_PAGE:]:
            yield Heading("Further topics")
            yield self._topic_table(rows, dated=True)

    def _sides(self) -> dict[str, str]:
        country = next((a.country for a in self.state.agencies.values() if a.side == "ours" and a.country), _OURS)
        return {"ours": country, "theirs": self.agency.country or _THEIRS}

    def _heard(self) -> list[str]:
        """Return the sides whose own position is on record."""
        heard = {side_of(self.state, point) for point, _ in self.points}
        return [side for side in ("ours", "theirs") if side in heard]

    def _by_topic(self) -> list[tuple[list[str], Told]]:
        """Return topics with their points, each point once, under its first topic.

        A topic that no point begins with shares the row of the points it stands in.
        """
        rows: dict[str, tuple[list[str], Told]] = {}
        for point, meeting in self.points:
            first = point.topics[0] if point.topics else ""
            rows.setdefault(first, ([first], []))[1].append((point, meeting))
        for names, mine in rows.values():
            also = dict.fromkeys(topic for point, _ in mine for topic in point.topics if topic not in rows)
            names.extend(also)
        return list(rows.values())

    def _topic_table(self, rows: list[tuple[list[str], Told]], *, dated: bool) -> Table:
        names = self._sides()
        sides = [(side, names[side]) for side in self._heard()]
        topic, last = (20 if len(sides) > 1 and dated else 30), (14 if dated else 0)
        width = (100 - topic - last) // (len(sides) + 1) if dated else 20
        columns = (
            Column("Topic", topic),
            *(Column(name, width) for _, name in sides),
            Column("Jointly, or speaker not stated", 100 - topic - last - width * len(sides)),
            *((Column("Last moved", last),) if dated else ()),
        )
        return Table(
            columns=columns,
            rows=tuple(self._topic(names, mine, sides, dated=dated) for names, mine in rows),
        )

    def topic_name(self, topic: str) -> str:
        """Return a topic's name, or its id where it is not on the register."""
        return self.state.topics[topic].name if topic in self.state.topics else topic or say("Other")

    def _topic(self, names: list[str], mine: Told, sides: list[tuple[str, str]], *, dated: bool) -> tuple[Runs, ...]:
        newest = max((m.when for _, m in mine), key=sort_key)
        by_side = [(side_of(self.state, point), point) for point, _ in mine]
        own = tuple(self._said([point for of, point in by_side if of == side]) for side, _ in sides)
        jointly = self._said([point for of, point in by_side if of not in ("ours", "theirs")])
        name = self.writer.prose("; ".join(self.topic_name(t) for t in names))
        return (name, *own, jointly, *((self.writer.date(newest),) if dated else ()))

    def _said(self, points: Sequence[Point]) -> Runs:
        runs: list[Run] = []
        for point in points:
            runs += [
                Run((" " if runs else "") + point.say),
                Run(" "),
                self.writer.marked(point.citations),
            ]
        return tuple(runs) or NOT_REPORTED

    def _no_topics(self) -> Iterator[Block]:
        runs: list[Run] = [Run("None can be attributed." if self.meetings else "None is on record.")]
        for meeting in self.unattributed:
            names = list(dict.fromkeys(self.topic_name(t) for p in meeting.held.points for t in p.topics))
            about = f"{meeting.held.title} ({', '.join(names)})" if names else meeting.held.title
            runs.append(Run(" " + say("{meeting}: no agency named.", meeting=about)))
            runs += self.writer.mark(list(meeting.citations()))
        if self.unattributed:
            both = len(self.unattributed) == 2
            runs.append(Run(" " + (say("Neither is counted here.") if both else say("None of this is counted here."))))
        yield lead("Topics", *runs)

    def related(self) -> Iterator[Block]:
        """What was said on the agency's subjects with people whom no agency can be given for."""
        themes = {self._theme(t) for p, _ in self.points for t in p.topics}
        topics = {t for p, _ in self.points for t in p.topics}
        found = [
            p
            for m in self.unattributed
            for p in m.held.points
            if topics & set(p.topics)
            or (themes & {self._theme(t) for t in p.topics[:1]} and p.by not in (None, "both"))
        ]
        found += [p for m in self.whole for p in m.held.points if topics & set(p.topics)]  # fmt: skip
        if not found:
            return
        runs: list[Run] = []
        alone = self.writer.one_source([c for point in found for c in point.citations])
        for n, point in enumerate(found):
            runs += (Run(" "), *self.writer.prose(point.say)) if runs else self.writer.prose(point.say)
            if n + 1 == len(found) or self.writer.places(found[n + 1].citations) != self.writer.places(point.citations):
                runs += self.writer.mark(point.citations, flagged=not alone or n + 1 == len(found))
        yield lead(say("Related, not attributed to {agency}", agency=in_prose(self.agency)), *runs)

    def _theme(self, topic: str) -> str:
        return (self.state.topics[topic].theme or topic) if topic in self.state.topics else topic
