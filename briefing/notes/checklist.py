"""What is to be done before and after planned meetings, by rule: from what the record holds, lacks and has let age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.notes.flags import former, past
from briefing.notes.language import say
from briefing.notes.meeting_file import MeetingFile
from briefing.notes.note import Column, Run, Table
from briefing.notes.speaking import decision_asked, line_to_take
from briefing.notes.writer import capital


def checklist(files: Sequence[MeetingFile]) -> Table:
    """Return one list for all briefs, in their order, a box before each thing to do."""
    columns = (Column("Brief", 10), Column("To do", 90))
    rows = [
        ((Run(str(n)),), (Run("☐", "flag"), Run(f" {capital(what)}{say('.')}")))
        for n, file in enumerate(files, 1)
        for what in (*_to_settle(file), *_to_check(file), *_afterwards(file))
    ]
    return Table(columns=columns, rows=tuple(rows))


def _inside(file: MeetingFile, sentence: str) -> str:
    """Return a sentence of the record as it stands behind a colon."""
    return file.writer.inside(sentence.rstrip("."))


def _to_settle(file: MeetingFile) -> Iterator[str]:
    """Yield what is to be decided or agreed before the meeting."""
    if file.planned.when is None or file.planned.when.start is None:
        yield say("fix the date: none is on record")
    if decision := decision_asked(file):
        yield say("obtain the decision: {what}", what=_inside(file, decision))
    for one in file.plan.expected:
        if line_to_take(file, one)[0].style == "flag":
            yield say("agree a line to take on: {what}", what=_inside(file, one.say))
    if not any(line.agreed.press_line for line in file.lines):
        yield say("agree a press line")
    for item in file.open:
        if item.overdue(file.state.today):
            yield say("report on what is overdue: {what}", what=_inside(file, item.commitment.say))


def _to_check(file: MeetingFile) -> Iterator[str]:
    """Yield what has aged: facts and lines past their review, people who may have left their post."""
    for fact in file.facts:
        if past(fact.stated.review_by, file.state):
            yield say("check a stale fact: {what}", what=_inside(file, fact.stated.say))
    for line in file.lines:
        if past(line.agreed.review_by, file.state):
            words = line.agreed.line or line.agreed.press_line or ""
            yield say("check a stale line: {what}", what=_inside(file, words))
    for one in file.plan.participants:
        if one.person and former(file.state, one.person):
            who = file.writer.person(one.person)
            yield say("check who is to be met: {who} may no longer hold the post", who=who)


def _afterwards(file: MeetingFile) -> Iterator[str]:
    """Yield the objectives that are to be scored."""
    for one in file.plan.objectives:
        yield say("score afterwards: {what}", what=_inside(file, one.say))
