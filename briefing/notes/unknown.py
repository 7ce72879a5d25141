"""What is not known: what a reader would ask that the record cannot answer, a paragraph for each kind of question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.events import MeetingHeld
from briefing.notes.dossier import Dossier
from briefing.notes.language import joined, say
from briefing.notes.note import Block, Heading, Run
from briefing.notes.writer import capital, in_prose, the_other_side
from briefing.state import Meeting


def not_known(dossier: Dossier) -> Iterator[Block]:
    """Yield the gaps: their own position, who and what, when and in whose company, what was promised."""
    paragraphs = [
        *_own_position(dossier),
        _questions([*_empty(dossier), *_open(m for m in dossier.meetings if not _counterpart(m))]),
        _questions([*_days(dossier), *dossier.visit.not_known,
                    *_open(m for m in dossier.meetings if _counterpart(m) and not m.held.commitments)]),
        _questions([*_undated(dossier), *_open(m for m in dossier.meetings if m.held.commitments)]),
    ]  # fmt: skip
    if any(paragraphs):
        yield Heading("What is not known")
    for text in filter(None, paragraphs):
        yield dossier.paragraph((Run(text),))


def _questions(parts: Iterable[str]) -> str:
    """Return questions as one sentence: "who took part; to whom it was raised."."""
    said = [part.rstrip(".") for part in parts]
    lowered = [part if part[1:2].isupper() else part[:1].lower() + part[1:] for part in said]
    return f"{capital('; '.join(lowered))}." if said else ""


def _own_position(dossier: Dossier) -> Iterator[str]:
    points = [p for m in dossier.meetings for p in m.held.points]
    speakers = {p.by for p in points} | {c.by for p in points for c in p.citations}
    theirs = {p.id for p in dossier.state.people.values() if p.side == "theirs"}
    if points and not speakers & ({"theirs"} | theirs):
        yield say(
            "What {side} said for itself: every position on record is ours, joint, or of no stated speaker.",
            side=the_other_side(dossier.visit.country),
        )


def _counterpart(meeting: Meeting) -> bool:
    held = meeting.held
    return isinstance(held, MeetingHeld) and any(p.person and p.side != "ours" for p in held.participants)


def _empty(dossier: Dossier) -> Iterator[str]:
    empty = [
        in_prose(dossier.state.agencies[a]) for m in dossier.government if not m.held.content_known for a in m.agencies
    ]
    if empty:
        yield say("Counterpart and subject at {agencies}", agencies=joined(empty))


def _open(meetings: Iterable[Meeting]) -> Iterator[str]:
    for meeting in meetings:
        yield from meeting.held.not_known


def _days(dossier: Dossier) -> Iterator[str]:
    undated = [m for m in dossier.meetings if isinstance(m.held, MeetingHeld) and not m.own_day]
    if undated:
        yield say("The day of each meeting") if len(undated) > 1 else say("The day of the meeting")


def _undated(dossier: Dossier) -> Iterator[str]:
    for number, item in enumerate(dossier.commitments, 1):
        missing = [
            what
            for what, absent in (
                (say("when it is due"), item.commitment.due is None or item.commitment.due.start is None),
                (say("which office owes it"), item.commitment.owed_by in (None, "ours", "theirs", "both")),
            )
            if absent
        ]
        if missing:
            yield say("Of commitment {number}, {missing}", number=number, missing=joined(missing))
