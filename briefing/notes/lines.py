"""What we say on a subject: the line to take and the press line that hold on the as-of date."""

from __future__ import annotations

from collections.abc import Collection

from briefing.dates import sort_key
from briefing.notes.flags import past, stale
from briefing.notes.language import say
from briefing.notes.note import Run, Runs
from briefing.notes.writer import Writer
from briefing.state import BriefingState, Line


def lines_on(state: BriefingState, about: Collection[str]) -> list[Line]:
    """Return the lines on any of these subjects that have begun and not ended, the newest of each subject."""
    newest: dict[str, Line] = {}
    for one in state.lines.values():
        begun = one.agreed.start
        to_come = begun and begun.start and state.today and begun.start > state.today
        if one.agreed.about in about and not to_come and not past(one.agreed.until, state):
            before = newest.get(one.agreed.about)
            if before is None or sort_key(before.agreed.start) <= sort_key(begun):
                newest[one.agreed.about] = one
    return list(newest.values())


def line_runs(writer: Writer, line: Line, *, press: bool = False) -> Runs:
    """Return the words of a line, who approved it, its source, and that it is stale where it is."""
    agreed = line.agreed
    words = (agreed.press_line if press else agreed.line) or ""
    by = say(" (approved by {who})", who=agreed.approved_by) if agreed.approved_by else ""
    return (Run(f"“{words}”"), Run(by, "muted"), *writer.mark(agreed.citations), *stale(agreed.review_by, writer.state))
