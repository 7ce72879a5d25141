"""What we want and say in a meeting to come: objectives, points to make, answers to what they raise, the press line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.notes.language import counted, say
from briefing.notes.lines import line_runs, lines_on
from briefing.notes.meeting_file import MeetingFile
from briefing.notes.note import Block, Column, Heading, Paragraph, Run, Runs, Table
from briefing.notes.writer import capital, in_prose
from briefing.payload import Expected, PointToMake

MOST_POINTS = 6
"""Points to make that a brief prints; the rest stand in its annex."""

FURTHER = "Further points to make"

LIKELY = {"certain": "● Certain", "may": "◐ May", "unlikely": "○ Unlikely"}
UNLIKELY, MAY, CERTAIN = "what they are unlikely to raise", "what they may raise", "what they are certain to raise"
"""The names under which what they raise moves where there is no room."""


def objectives(file: MeetingFile) -> Iterator[Block]:
    """Yield what we want from the meeting, so put that it can be scored."""
    if not file.plan.objectives:
        return
    yield Heading("Our objectives" if len(file.plan.objectives) > 1 else "Our objective")
    for one in file.plan.objectives:
        yield file.paragraph((Run(one.say),))


def points(file: MeetingFile) -> Iterator[Block]:
    """Yield the six most important points to make, each with whom it is for."""
    yield from _points(file, "Points to make", file.plan.points[:MOST_POINTS])
    if (more := len(file.plan.points) - MOST_POINTS) > 0:
        told = say("{n}: see “{heading}”.", n=capital(counted(more, "more", "more")), heading=say(FURTHER))
        yield Paragraph((Run(told, "muted"),))


def further_points(file: MeetingFile) -> Iterator[Block]:
    """Yield the points to make beyond the sixth."""
    yield from _points(file, FURTHER, file.plan.points[MOST_POINTS:])


def _points(file: MeetingFile, heading: str, told: Sequence[PointToMake]) -> Iterator[Block]:
    if not told:
        return
    to = [addressee(file, one) for one in told]
    to_one = len(set(to)) == 1 and bool(to[0])
    yield Heading(say("{heading}, to {whom}", heading=say(heading), whom=to[0]) if to_one else heading)
    for one, whom in zip(told, to, strict=True):
        lead = (Run(f"{say('To {whom}.', whom=whom)} ", "strong"),) if whom and len(set(to)) > 1 else ()
        yield file.paragraph((*lead, *file.writer.prose(one.say), *file.writer.mark(one.citations)))


def addressee(file: MeetingFile, one: PointToMake) -> str:
    """Return whom a point is for: a person by post and name, an agency, or the words of the plan."""
    to = one.to or ""
    if to in file.state.people:
        return file.writer.person(to)
    return in_prose(file.state.agencies[to]) if to in file.state.agencies else to


def raised(file: MeetingFile) -> Iterator[Block]:
    """Yield what they will raise, the likeliest first, each with the line to take."""
    if told := expected_here(file):
        yield Heading("What they will raise")
        yield _raised(file, told)


def unlikely(file: MeetingFile) -> Iterator[Block]:
    """Yield what they are unlikely to raise, for the annex."""
    if told := file.expected("unlikely"):
        yield Heading("What they are unlikely to raise")
        yield _raised(file, told)


def may(file: MeetingFile) -> Iterator[Block]:
    """Yield what they may raise, for the annex."""
    if told := file.expected("may"):
        yield Heading("What they may raise")
        yield _raised(file, told)


def expected_here(file: MeetingFile) -> list[Expected]:
    """Return what they will raise and was not moved, the likeliest first."""
    names = {"certain": CERTAIN, "may": MAY, "unlikely": UNLIKELY}
    return file.expected(*(like for like, name in names.items() if name not in file.moved))


def _raised(file: MeetingFile, told: Sequence[Expected]) -> Table:
    columns = (Column("They raise", 36), Column("How likely", 14), Column("Line to take", 50))
    return Table(columns=columns, rows=tuple(
        ((*file.writer.prose(one.say), *file.writer.mark(one.citations)), (Run(LIKELY[one.likelihood], "flag"),),
         line_to_take(file, one)) for one in told))  # fmt: skip


def line_to_take(file: MeetingFile, one: Expected) -> Runs:
    """Return what we say then: the plan's own line, else one agreed on the subject; flagged where there is none."""
    if one.line:
        return (Run(one.line),)
    agreed = [line for line in lines_on(file.state, one.topics) if line.agreed.line]
    return line_runs(file.writer, agreed[0]) if agreed else (Run("△ no line agreed", "flag"),)


def press(file: MeetingFile) -> Iterator[Block]:
    """Yield the press lines that hold."""
    found = [line for line in file.lines if line.agreed.press_line]
    if found:
        yield Heading("Press line")
    for line in found:
        yield file.paragraph(line_runs(file.writer, line, press=True))


def decision_asked(file: MeetingFile) -> str:
    """Return what the reader is asked to decide: as the plan has it, else an officer's assessment."""
    assessment = file.state.assessment_of(file.plan.id)
    return file.plan.decision_asked or (assessment.decision_asked if assessment else None) or ""
