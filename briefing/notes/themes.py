"""Results by theme: the sentences of the record under the themes of the register, each with its source."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.events import MeetingHeld
from briefing.notes.dossier import Dossier
from briefing.notes.language import counted, say
from briefing.notes.note import Block, Heading, Run
from briefing.notes.writer import capital
from briefing.payload import Point
from briefing.state import Meeting


def by_theme(dossier: Dossier) -> Iterator[Block]:
    """Yield a paragraph for each theme; a text's own words on the visit are counted, not repeated."""
    told: dict[str, list[tuple[Point, Meeting]]] = {}
    left_out: list[str] = []
    apart = [*dossier.outside, *dossier.unplaced]  # their own paragraphs have the sentences
    for meeting in dossier.meetings:
        for point in meeting.held.points:
            if isinstance(meeting.held, MeetingHeld):
                if meeting in apart:
                    continue
            elif own_description(point):
                left_out.append(meeting.id)
                continue
            if not point.topics and not point.short and meeting in dossier.government:
                continue  # its row of the table has the whole sentence
            told.setdefault(_theme(dossier, point), []).append((point, meeting))
    if told:
        yield Heading("Results by theme")
    for theme in sorted(told, key=lambda one: _rank(dossier, one)):
        name = dossier.state.topics[theme].name if theme else say("Other")
        runs = [Run(f"{name}. ", "strong"), *dossier.told(told[theme])]
        if left_out and theme == max(told, key=lambda one: _rank(dossier, one)):
            words = capital(counted(len(left_out), "further description"))
            kept = say("{n} of the visit, the texts’ own, stand on record and are not repeated.", n=words)
            runs.append(Run(f" {kept}"))
        yield dossier.paragraph(tuple(runs))


def own_description(point: Point) -> bool:
    """Tell whether a statement on a visit as a whole is a text's own: no side said or did it."""
    return point.by is None and point.kind is None and not any(c.kind or c.by for c in point.citations)


def _theme(dossier: Dossier, point: Point) -> str:
    topics = [dossier.state.topics[t] for t in point.topics if t in dossier.state.topics]
    return (topics[0].theme or topics[0].id) if topics else ""


def _rank(dossier: Dossier, theme: str) -> tuple[int, str]:
    topic = dossier.state.topics.get(theme)
    return ((topic.rank or 900) if topic else 999, theme)
