"""A timeline of at least three dates: the visit, what it followed, its texts, and what is still undated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from briefing.dates import Span
from briefing.notes.language import format_span, say
from briefing.notes.note import Timeline, TimelinePoint
from briefing.notes.writer import Writer
from briefing.state import BriefingState, OpenItem, Visit

LONG_GAP_DAYS = 45
"""A stretch longer than this is cut, so that the near dates keep their room."""


def visit_timeline(
    state: BriefingState, visit: Visit, commitments: Sequence[OpenItem], writer: Writer
) -> Timeline | None:
    """Return the timeline of a visit; None when fewer than three dates are on record."""
    dated: list[tuple[date, Span, str, bool]] = []
    before = state.visits.get(visit.follows or "")
    for one, label, main in ((before, before.title if before else "", False), (visit, visit.title, True)):
        if one is not None and one.when is not None and one.when.start is not None:
            dated.append((one.when.start, one.when, label, main))
    for id_, letter in writer.letters.items():
        published = state.sources[id_].published
        if published is not None and published.start is not None:
            dated.append((published.start, published, say("Source {letter} published", letter=letter), False))
    dated += [
        (c.commitment.due.start, c.commitment.due, c.commitment.say.rstrip("."), False)
        for c in commitments
        if c.commitment.due and c.commitment.due.start
    ]
    undated = [c for c in commitments if c.commitment.due is None or c.commitment.due.start is None]
    if len(dated) + bool(undated) < 3:
        return None
    points = _placed(sorted(dated, key=lambda row: row[0]), has_open=bool(undated))
    if undated:
        due = undated[0].commitment.due
        when = format_span(due) if due else say("No date")
        points.append(TimelinePoint(when, undated[0].commitment.say.rstrip("."), 100, open=True))
    told = "; ".join(f"{p.date}: {p.label}" for p in points)
    return Timeline(tuple(points), say("Timeline. {points}.", points=told))


def _placed(dated: list[tuple[date, Span, str, bool]], *, has_open: bool) -> list[TimelinePoint]:
    """Spread dates evenly over the line; a long gap is drawn cut, a span is drawn as a bar."""
    room = 78.0 if has_open else 100.0
    step = room / max(len(dated) - 1, 1)
    points: list[TimelinePoint] = []
    for n, (start, span, label, main) in enumerate(dated):
        cut = n > 0 and (start - (dated[n - 1][1].end or start)).days > LONG_GAP_DAYS
        width = 12.0 if span.precision == "span" else 0.0
        flagged = f"{label} {say('△ Year inferred')}" if span.year_inferred else label  # beside the date is no room
        points.append(
            TimelinePoint(format_span(span), flagged, round(n * step, 1), width=width, main=main, break_before=cut)
        )
    return points
