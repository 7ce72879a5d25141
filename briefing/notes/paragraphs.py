"""Numbered paragraphs of one paper, and sentences of the record in prose with their marks."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.notes.note import Paragraph, Run, Runs
from briefing.notes.writer import ONE_SOURCE, Writer, sentence
from briefing.payload import Point
from briefing.state import BriefingState, Meeting


class Paragraphs:
    """The pen that a paper is written with, and the number of its next paragraph."""

    def __init__(self, state: BriefingState, writer: Writer) -> None:
        """Begin a paper."""
        self.state = state
        self.writer = writer
        self.number = 0

    def paragraph(self, runs: Runs) -> Paragraph:
        """Return the next numbered paragraph; prose without a full stop gets one."""
        self.number += 1
        return Paragraph(sentence(runs) if runs[-1].style == "plain" else runs, self.number)

    def told(self, points: Sequence[tuple[Point, Meeting]]) -> Runs:
        """Return sentences with their marks; neighbours from one place share a mark, one text alone is said once."""
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
        return any(d.statement == point.id and d.meetings == (meeting.id,) for d in self.state.differences)
