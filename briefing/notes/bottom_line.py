"""The bottom line: an officer's own words where they are on record, else counted from the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from briefing.notes.language import counted, joined, say
from briefing.notes.note import BottomLine, Run, Runs
from briefing.notes.writer import capital
from briefing.notes.written import whose
from briefing.state import BriefingState, Difference, OpenItem


def bottom_line(
    state: BriefingState, about: str, commitments: Sequence[OpenItem], differences: Sequence[Difference]
) -> BottomLine:
    """Return the box at the top: the newest assessment of a subject, or the mechanical line."""
    assessment = state.assessment_of(about)
    if assessment and assessment.bottom_line:
        lines: list[Runs] = [(Run(line),) for line in assessment.bottom_line]
        return BottomLine(say("Bottom line (assessment by {who})", who=whose(state, assessment)), tuple(lines))
    lines = [(Run(line),) for line in counted_lines(state, about, commitments, differences)]
    return BottomLine("Bottom line", tuple(lines))


def counted_lines(
    state: BriefingState, about: str, commitments: Sequence[OpenItem], differences: Sequence[Difference]
) -> list[str]:
    """Return the bottom line by rule: commitments by strength, their dates, differences, gaps."""
    if not commitments:
        first = "No commitment is on record."
    else:
        strengths = Counter(
            "; ".join(dict.fromkeys(c.strength for c in one.commitment.citations if c.strength))
            or ""
            for one in commitments
        )
        several = len(commitments) > 1
        named = {strength: say(strength or "strength not stated") for strength in strengths}
        told = joined([f"{n} {named[one]}" if several else named[one] for one, n in strengths.items()])
        dated = sum(1 for one in commitments if one.commitment.due and one.commitment.due.start)
        first = say(
            "{commitments} on record ({strengths}); {dates} given.",
            commitments=capital(counted(len(commitments), "commitment")),
            strengths=told,
            dates=counted(dated, "date"),
        )
    refs = {one.ref for one in commitments} | {one.meeting.id for one in commitments}
    lines = [first]
    if differences:
        lines.append(say("The sources differ on {points}.", points=counted(len(differences), "point")))
    without = (gap for gap in state.gaps if gap.kind == "no content" and about in (gap.visit, gap.about))
    empty = [gap for gap in without if gap.about not in refs]
    if empty:
        lines.append(say("{meetings} named without content.", meetings=capital(counted(len(empty), "meeting"))))
    return lines
