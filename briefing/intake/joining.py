"""A proposed meeting joined with another of its draft, or with one on record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from briefing.events import MeetingHeld, VisitReported
from briefing.intake.moving import letters_there, with_letter_names, with_letters
from briefing.intake.on_record import said_again
from briefing.intake.proposals import REJECTED, proposal_of
from briefing.intake.reader import ListNode, MapNode
from briefing.intake.review import OTHERWISE, Review
from briefing.intake.splicing import NotSpliced, entry_text, plain, with_entry
from briefing.intake.waiting import SIDES
from briefing.items import Problems, Said
from briefing.spelling import fold_name

_STATEMENTS = ("points", "not agreed", "commitments")


def onto_record(review: Review, held: MeetingHeld | VisitReported) -> Review:
    """Return the review with the current meeting accepted as an addition to one on record.

    Each of its statements that says the same as one there names it, too.
    """
    draft = _meeting_of(review)
    again: dict[str, str] = {}
    for key in _STATEMENTS:
        said = [_text(one, "say") for one in _entries(draft, key)]
        again |= {one: like[0] for one, like in zip(said, said_again(said, key, held), strict=True) if like}
    return review.add_to(held.id, again)


def into(review: Review, goal: MapNode) -> Review:
    """Return the review with what was said at the current meeting, and who was there, in another of the draft.

    It stands there as it was decided so far; the current one is rejected, with what it says of itself.
    """
    draft = _meeting_of(review)
    places = [one.place for one in review.drafts]
    home, there = places.index(draft.place), places.index(goal.place)
    if home == there:
        raise NotSpliced("a meeting is joined with another")
    wanted: list[Any] = [plain(one) for one in review.drafts]
    sheet = review.sheet
    for key, node in _moving(draft, goal):
        letters = letters_there(draft, goal, node)
        text = with_letters(entry_text(review.sheet, node), letters)
        sheet = with_entry(sheet, replace(review, sheet=sheet).drafts[there], key, text)
        wanted[there].setdefault(key, []).append(with_letter_names(node, letters))
    joined = replace(review, sheet=sheet)
    if [plain(one) for one in joined.drafts] != wanted:
        raise NotSpliced(OTHERWISE)
    left = joined.rejected(joined.drafts[home])
    return review.step(left.sheet, min(review.passed, len(left.pending)))


def _moving(draft: MapNode, goal: MapNode) -> Iterator[tuple[str, MapNode]]:
    """Yield what goes into another meeting: statements, and people who are not named there; nothing rejected."""
    there = {fold_name(_text(one, "name")) for key in SIDES for one in _entries(goal, key)}
    for key in (*SIDES, *_STATEMENTS):
        for node in _entries(draft, key):
            block = proposal_of(node, Problems())
            rejected = block is not None and block.decision == REJECTED
            if not rejected and (key in _STATEMENTS or fold_name(_text(node, "name")) not in there):
                yield key, node


def _meeting_of(review: Review) -> MapNode:
    one = review.current
    if one is None or not one.whole or one.kind not in ("meeting", "report"):
        raise NotSpliced("only a meeting, or a report, is joined with another")
    return one.draft


def _entries(draft: MapNode, key: str) -> list[MapNode]:
    found = next((value for name, value in draft.entries if name.text == key), None)
    return [one for one in found.entries if isinstance(one, MapNode)] if isinstance(found, ListNode) else []


def _text(node: MapNode, key: str) -> str:
    found = next((value for name, value in node.entries if name.text == key), None)
    return found.text if isinstance(found, Said) else ""
