"""The visit report: bottom line, meetings, results by theme, commitments, differences, gaps, sources."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.dates import Span, format_span
from briefing.events import Citation, MeetingHeld, Point
from briefing.notes.bottom_line import bottom_line
from briefing.notes.commitments import commitment_table
from briefing.notes.contacts import by_precedence, discussed, heading, outcome, source_cell, with_whom
from briefing.notes.differ import difference_table
from briefing.notes.frame import Frame, framed
from briefing.notes.note import Block, Column, Heading, Note, Paragraph, Run, Runs, Table
from briefing.notes.timeline import visit_timeline
from briefing.notes.writer import ONE_SOURCE, Writer, capital, counted, in_prose, joined, sentence, the_country
from briefing.state import BriefingState, Difference, Meeting, Visit


def visit_report(state: BriefingState, visit_id: str, frame: Frame) -> Note:
    """Return the report on a visit; every sentence rests on an event, what none holds is under "What is not known"."""
    return _Report(state, state.visits[visit_id]).note(frame)


class _Report:
    """One visit report in the making: what it draws on, and the number of the next paragraph."""

    def __init__(self, state: BriefingState, visit: Visit) -> None:
        self.state = state
        self.visit = visit
        self.meetings = state.meetings_of_visit(visit.id)
        self.facts = [f for f in state.facts.values() if f.stated.visit in (visit.id, visit.follows)]
        cited: list[Citation] = [*visit.citations, *visit.year_from]
        cited += [c for m in self.meetings for c in m.citations()]
        self.writer = Writer(state, [c.source for c in cited if c.source], visit.id)
        people = {p.person for m in self.meetings if isinstance(m.held, MeetingHeld) for p in m.held.participants}
        self.differences: list[Difference] = [
            d for d in state.differences
            if d.visit in (visit.id, visit.follows) or d.person in people
        ]  # fmt: skip
        self.commitments = tuple(c for c in state.commitments if c.meeting in self.meetings)
        self.number = 0

    def note(self, frame: Frame) -> Note:
        """Return the whole note."""
        blocks: list[Block] = [bottom_line(self.state, self.visit.id, self.commitments, self.differences)]
        if (timeline := visit_timeline(self.state, self.visit, self.commitments, self.writer)) is not None:
            blocks.append(timeline)
        for part in (self.the_visit, self.the_meetings, self.by_theme, self.promised, self.outside, self.differ,
                     self.not_known, self.next_steps):  # fmt: skip
            blocks.extend(part())
        when = f", {format_span(self.visit.when)}" if self.visit.when else ""
        return framed(frame, kind="visit", paper="Visit report", title=f"{self.visit.title}{when}",
                      subtitle=self.subtitle(), blocks=blocks, writer=self.writer,
                      keywords=tuple(t.name for t in self.state.topics.values() if t.expansion))  # fmt: skip

    def paragraph(self, runs: Runs) -> Paragraph:
        """Return the next numbered paragraph."""
        self.number += 1
        return Paragraph(sentence(runs) if runs[-1].style == "plain" else runs, self.number)

    def subtitle(self) -> str:
        """Return what the report rests on."""
        texts = len(self.writer.letters)
        own = any(c.record for m in self.meetings for c in m.citations())
        return (
            f"From {counted(texts, 'text')}" + ("" if own else "; no record of our own is on file")
            if texts
            else "From our own record"
        )

    # ── parts ─────────────────────────────────────────────────────────────────────────────────

    def the_visit(self) -> Iterator[Block]:
        """Who went where and when, in whose company, after what; and the objectives."""
        visit, writer = self.visit, self.writer
        yield Heading("The visit")
        who = writer.person(visit.principal) if visit.principal else visit.title
        company = joined([writer.participant(p) for p in visit.delegation])
        runs: list[Run] = [Run(f"{who}{f', accompanied by {company},' if company else ''} visited ")]
        country = the_country(visit.country) if visit.country else "abroad"
        runs += [Run(f"{country}, "), *writer.date(visit.when, stop=".")]
        runs += writer.mark([c for c in visit.citations if not self._of(c, visit.where)])
        if visit.where:
            placed = [c for c in visit.citations if self._of(c, visit.where)]
            runs += [
                Run(f" The meetings are placed in {visit.where}"),
                *_stop(visit.where),
                *writer.mark(placed, flagged=False),
            ]
        if visit.follows and (before := self.state.visits.get(visit.follows)):
            runs += [Run(f" The visit followed: {before.title}, "), *writer.date(before.when, stop=".")]
            runs += writer.mark([c for c in visit.citations if self._of(c, "follow")], flagged=False)
        yield self.paragraph(tuple(runs))
        if not visit.objectives:
            yield self.paragraph((Run("No objectives for the visit are on record; results are not scored."),))
        for objective in visit.objectives:
            yield self.paragraph((Run("Objective: "), Run(objective.say)))

    def _of(self, citation: Citation, words: str | None) -> bool:
        return bool(words) and str(words) in (citation.quote or "")

    def government(self) -> list[Meeting]:
        """Return the meetings with governments, by precedence."""
        return by_precedence(self.writer, [
            m for m in self.meetings if isinstance(m.held, MeetingHeld) and m.held.setting != "outside government"
        ])  # fmt: skip

    def the_meetings(self) -> Iterator[Block]:
        """The table of meetings, with what every row has in common above it."""
        meetings = self.government()
        yield Heading("Meetings")
        if not meetings:
            yield self.paragraph((Run("No meeting is on record."),))
            return
        yield self.paragraph((Run(" ".join(self._common(meetings))),))
        columns: tuple[Column, ...] = (
            Column("With", 33),
            Column("Discussed", 31),
            Column("Outcome", 23),
            Column("Source", 13),
        )
        rows: tuple[tuple[Runs, ...], ...] = tuple(
            (with_whom(self.writer, m), discussed(self.writer, m), outcome(self.writer, m), source_cell(self.writer, m))
            for m in meetings
        )
        dated = [m.own_day for m in meetings]
        if any(dated):
            columns = (
                Column("With", 29),
                Column("When", 11),
                Column("Discussed", 27),
                Column("Outcome", 21),
                Column("Source", 12),
            )
            rows = tuple((row[0], self.writer.date(m.when), *row[1:]) for row, m in zip(rows, meetings, strict=True))
        yield Table(columns=columns, rows=rows, caption=self._caption())

    def _caption(self) -> str:
        letter = next(iter(self.writer.letters.values()), "")
        return (
            f"Meetings with government. “{letter}4” is the fourth paragraph of Source {letter}"
            if letter
            else "Meetings with government"
        )

    def _common(self, meetings: list[Meeting]) -> Iterator[str]:
        known = {a for m in meetings if m.held.content_known for a in m.agencies}
        empty = [a for m in meetings if not m.held.content_known for a in m.agencies]
        if known:
            yield f"Talks with {counted(len(known), 'agency', 'agencies')} are reported."
        for id_ in empty:
            yield capital(f"{in_prose(self.state.agencies[id_])} is named without counterpart or subject.")
        if not any(m.own_day for m in self.meetings if isinstance(m.held, MeetingHeld)):
            yield "The day of each meeting is not given."

    def by_theme(self) -> Iterator[Block]:
        """What was said, by theme: the sentences of the record, each with its source."""
        told: dict[str, list[tuple[Point, Meeting]]] = {}
        for meeting in self.meetings:
            if not isinstance(meeting.held, MeetingHeld) or meeting.held.setting != "outside government":
                for point in meeting.held.points:
                    told.setdefault(self._theme(point), []).append((point, meeting))
        if told:
            yield Heading("Results by theme")
        for theme in sorted(told, key=self._theme_rank):
            name = self.state.topics[theme].name if theme else "Other"
            yield self.paragraph((Run(f"{name}. ", "strong"), *self._told(told[theme])))

    def _theme(self, point: Point) -> str:
        topics = [self.state.topics[t] for t in point.topics if t in self.state.topics]
        return (topics[0].theme or topics[0].id) if topics else ""

    def _theme_rank(self, theme: str) -> tuple[int, str]:
        topic = self.state.topics.get(theme)
        return ((topic.rank or 900) if topic else 999, theme)

    def _told(self, points: list[tuple[Point, Meeting]]) -> Runs:
        """Return sentences with their marks; neighbours from the same place share one, and one text alone is said once."""
        runs: list[Run] = []
        for n, (point, meeting) in enumerate(points):
            runs += (Run(" "), *self.writer.prose(point.say)) if runs else self.writer.prose(point.say)
            following = points[n + 1][0] if n + 1 < len(points) else None
            same = following and self.writer.places(following.citations) == self.writer.places(point.citations)
            differ = self._differs(point, meeting)
            if not same or differ:
                runs += self.writer.mark(point.citations, differ=differ, flagged=differ)
        if self.writer.one_source([c for point, _ in points for c in point.citations]):
            runs += (Run(" "), ONE_SOURCE)
        return tuple(runs)

    def _differs(self, point: Point, meeting: Meeting) -> bool:
        return any(d.statement == point.id and d.meetings == (meeting.id,) for d in self.differences)

    def promised(self) -> Iterator[Block]:
        """The commitments, and that nothing weaker is counted."""
        yield Heading("Commitments")
        kinds = dict.fromkeys(p.kind or c.kind for m in self.meetings for p in m.held.points for c in p.citations)
        weaker = joined([f"“{k}”" for k in kinds if k])
        note = f" What was {weaker} is not counted." if weaker else ""
        if not self.commitments:
            yield self.paragraph((Run(f"None is on record.{note}"),))
            return
        yield self.paragraph((Run(f"{capital(counted(len(self.commitments), 'commitment'))} on record.{note}"),))
        yield commitment_table(self.writer, self.commitments)

    def outside(self) -> Iterator[Block]:
        """Meetings outside government, a paragraph each."""
        meetings = [
            m for m in self.meetings if isinstance(m.held, MeetingHeld) and m.held.setting == "outside government"
        ]
        if meetings:
            yield Heading("Outside government")
        for meeting in meetings:
            ours = joined(self.writer.ours(meeting))
            chairs = all(p.role == "co-chair" for p in meeting.held.participants if p.side == "ours") if ours and isinstance(
                meeting.held, MeetingHeld) else False  # fmt: skip
            who = f"{ours}, as co-chairs, met" if chairs else f"{ours} met" if ours else "The delegation met"
            runs = [
                Run(f"{heading(self.writer, meeting)}. ", "strong"),
                Run(f"{who} {joined(self.writer.theirs(meeting))}."),
            ]
            runs += self.writer.mark(meeting.held.citations, flagged=not meeting.held.points)
            if meeting.held.points:
                runs += (Run(" "), *self._told([(p, meeting) for p in meeting.held.points]))
            yield self.paragraph(tuple(runs))

    def differ(self) -> Iterator[Block]:
        """Where the texts differ; nothing is decided."""
        if not self.differences:
            return
        yield Heading("Where the sources differ")
        yield self.paragraph((Run("None of these has been settled; each text is quoted."),))
        yield difference_table(self.writer, self.differences)

    def not_known(self) -> Iterator[Block]:
        """What a reader would ask that the record cannot answer."""
        lines = list(self._unknown())
        if lines:
            yield Heading("What is not known")
        for line in lines:
            yield self.paragraph((Run(line),))

    def _unknown(self) -> Iterator[str]:
        points = [p for m in self.meetings for p in m.held.points]
        speakers = {p.by for p in points} | {c.by for p in points for c in p.citations}
        theirs = {p.id for p in self.state.people.values() if p.side == "theirs"}
        if points and not speakers & ({"theirs"} | theirs):
            yield "What the other side said for itself: no position is recorded as theirs alone."
        empty = [
            in_prose(self.state.agencies[a]) for m in self.government() if not m.held.content_known for a in m.agencies
        ]
        if empty:
            yield f"Counterpart and subject at {joined(empty)}."
        open_questions = [q for m in self.meetings for q in m.held.not_known] + list(self.visit.not_known)
        yield from open_questions
        undated = [m for m in self.meetings if isinstance(m.held, MeetingHeld) and not m.own_day]
        if undated:
            yield f"The day of {'each' if len(undated) > 1 else 'the'} meeting."
        for item in self.commitments:
            if item.commitment.due is None or item.commitment.due.start is None:
                number = self.commitments.index(item) + 1
                yield f"When commitment {number} is due, and which office owes it."

    def next_steps(self) -> Iterator[Block]:
        """What is due, and what an officer recorded as next steps."""
        yield Heading("Next steps")
        assessment = self.state.assessment_of(self.visit.id)
        steps = [
            f"{c.commitment.say.rstrip('.')}, {_due(c.commitment.due)} (commitment {n})."
            for n, c in enumerate(self.commitments, 1)
            if c.commitment.status in ("open", "in hand")
        ]
        steps += list(assessment.next_steps) if assessment else []
        text = " ".join(steps) if steps else "None is on record."
        yield self.paragraph((Run(f"{text}{' No other next step is on record.' if steps else ''}"),))


def _due(due: Span | None) -> str:
    return f"{format_span(due)}{', undated' if due.start is None else ''}" if due else "undated"


def _stop(text: str) -> Runs:
    return () if text.endswith(".") else (Run("."),)
