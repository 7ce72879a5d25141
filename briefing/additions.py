"""A draft that adds to a meeting, or to a report on a visit, on record: what it newly says becomes a correction.

A second text on one meeting is not a second meeting. Its points join those that say the same, by the id that the
draft names (`adds to: p2`), or stand behind them; what was not known is filled in; what is said of the meeting
already stays as it is, and where two texts differ both are kept with their quotations, for the differences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from briefing.dates import Span
from briefing.differing import changed_fields
from briefing.events import MeetingHeld, VisitReported
from briefing.items import Item, Said
from briefing.parts import commitments, known, points, sides, visit_of
from briefing.payload import Change, Citation, Commitment, Paper, Participant, Point
from briefing.resolve import Desk
from briefing.revise import Why, suppliers, write_correction
from briefing.spelling import fold_name

KEY = "adds to"
"""The key of a draft, a point or a commitment that names what it adds to."""
_LISTS: dict[str, tuple[str, str, Callable[..., Sequence[Any]]]] = {
    "points": ("points", "p", points),
    "not agreed": ("not_agreed", "n", points),
    "commitments": ("commitments", "c", commitments),
}
_FILLED = {"where": "where", "form": "form", "mode": "mode", "language": "language", "note taker": "note_taker",
           "attendance": "attendance", "public line": "public_line"}  # fmt: skip


def decide_addition(desk: Desk, item: Item, origin: str, said: Said) -> None:
    """Write the correction by which a meeting or report on record also says what a draft says of it."""
    if (id_ := known(desk, "meeting", said)) is None:
        return
    meeting = desk.state.meetings[id_]
    if meeting.held.type.partition(".")[0] != ("visit" if item.kind == "report" else "meeting"):
        what = f"{id_} is a {'meeting' if item.kind == 'report' else 'report on a visit'}"
        desk.problems.note(said.place, what, "a meeting adds to a meeting, a report to a report")
        return
    before = len(desk.problems)
    more = _said_of_it(desk, item, meeting.held, meeting.when)
    statements = {field: _joined(desk, item, key, meeting.held) for key, (field, _, _) in _LISTS.items()
                  if hasattr(meeting.held, field)}  # fmt: skip
    now = meeting.held.model_copy(update=more | {k: v for k, v in statements.items() if v != getattr(meeting.held, k)})
    _require_a_mark(desk, item, meeting.held, more)
    changes = tuple(changed_fields(meeting.held, now))
    if changes and len(desk.problems) == before:
        _write(desk, meeting.digest, meeting.held, now, changes, origin)


def _write(
    desk: Desk, target: str, held: MeetingHeld | VisitReported, now: MeetingHeld | VisitReported,
    changes: Sequence[Change], origin: str,
) -> None:  # fmt: skip
    named = [desk.state.sources[one] for one in dict.fromkeys(desk.letters.values())]
    told = ", ".join(one.publisher or one.title or one.original_name for one in named) or desk.notes or ""
    why = Why(reason=f"it adds what {told} says" if told else "it adds what the draft says")
    replaces = suppliers(desk.log, desk.state.withdrawn, target, [change.path for change in changes])
    one = write_correction(held, target, changes, desk.pen, why, replaces=replaces, origin=origin)
    desk.fold_correction(one, now)


# ── what is said of the meeting itself ────────────────────────────────────────────────────────


def _said_of_it(desk: Desk, item: Item, held: MeetingHeld | VisitReported, at: Span | None) -> dict[str, Any]:
    """Return the fields that the draft fills in, or to which it adds, apart from statements."""
    found: dict[str, Any] = {
        "not_known": _more(held.not_known, (one.text for one in item.texts("not known"))),
        "citations": _more(held.citations, desk.citations(item)),
    }
    if held.visit is None:
        found["visit"] = visit_of(desk, item)
    if isinstance(held, MeetingHeld):
        own = desk.span(item, "when")
        agencies, met = sides(desk, item, own or at)
        found |= {field: item.text(key) for key, field in _FILLED.items() if getattr(held, field) is None}
        found |= {"when": held.when or own, "host": held.host or desk.speaker(item.said("host")),
                  "agencies": _more(held.agencies, agencies), "participants": _with(held.participants, met),
                  "papers": _more(held.papers, (Paper(title=one.text) for one in item.texts("papers"))),
                  "next_contact": held.next_contact or desk.span(item, "next contact")}  # fmt: skip
    else:
        agencies = tuple(desk.agency(said, side="theirs") for said in item.texts("agency"))
        found["agencies"] = _more(held.agencies, agencies)
    if not held.content_known and any(item.items(key) for key in _LISTS):
        found["content_known"] = True
    return {field: value for field, value in found.items() if value != getattr(held, field)}


def _more(there: Sequence[Any], new: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*there, *new)))


def _with(there: Sequence[Participant], met: Iterable[Participant]) -> tuple[Participant, ...]:
    """Return who took part, with those who were not named before; a title that differs stands on the register."""
    named = {one.person or one.unnamed for one in there}
    return (*there, *(one for one in met if (one.person or one.unnamed) not in named))


def _require_a_mark(desk: Desk, item: Item, held: MeetingHeld | VisitReported, more: dict[str, Any]) -> None:
    """Note a problem where a mark of the draft would not cover what it says of the meeting itself."""
    mark = item.said("marking")
    if mark is not None and mark.text != held.marking and more:
        what = f"“marking” of what is added covers its points and commitments, not {', '.join(more)}"
        hint = f"mark the meeting first: `briefing correct {held.id} --set marking={mark.text}`"
        desk.problems.note(mark.place, what, hint)


# ── statements ────────────────────────────────────────────────────────────────────────────────


def _joined(desk: Desk, item: Item, key: str, held: MeetingHeld | VisitReported) -> tuple[Point | Commitment, ...]:
    """Return the statements of one kind: those on record, with what the draft adds to them, then the new ones."""
    field, prefix, read = _LISTS[key]
    there: dict[str, Any] = {one.id: one for one in getattr(held, field)}
    by_sentence = {fold_name(one.say): one.id for one in there.values()}
    last = max((int(id_.removeprefix(prefix)) for id_ in there), default=0)
    mark = item.text("marking") if item.text("marking") != held.marking else None
    for one in item.items(key):
        alone = replace(item, values={key: (one,)})
        for new in read(desk, alone) if key == "commitments" else read(desk, alone, key, prefix):
            marked = new if new.marking else new.model_copy(update={"marking": mark})
            id_ = said.text if (said := one.said(KEY)) else by_sentence.get(fold_name(new.say))
            if id_ is None:
                last += 1
                there[f"{prefix}{last}"] = marked.model_copy(update={"id": f"{prefix}{last}"})
            elif (old := there.get(id_)) is None:
                what = f"no {'commitment' if key == 'commitments' else 'point'} “{id_}” in {held.id}"
                desk.problems.note(one.where(KEY), what, f"there: {', '.join(there) or 'none'}")
            elif marked.marking not in (None, old.marking):
                what = f"{id_} is marked {old.marking or 'as the meeting is'}, what is added {marked.marking}"
                desk.problems.note(one.where(KEY), what, f"leave out “{KEY}”: it becomes a statement of its own")
            else:
                there[id_] = _told_again(old, marked)
    return tuple(there.values())


def _told_again(old: Any, new: Any) -> Any:
    """Return a statement on record with what another text says of it; where they differ, each quotation says how."""
    told: dict[str, Any] = {"topics": _more(old.topics, new.topics)}
    if isinstance(old, Commitment):
        told["due"] = old.due or new.due
        apart = _apart({"when": (old.due, new.due)})
        told |= {field: getattr(old, field) or getattr(new, field) for field in ("owed_by", "owed_to")}
    else:
        apart = _apart({"kind": (old.kind, new.kind), "by": (old.by, new.by)})
        told |= {field: getattr(old, field) or getattr(new, field) for field in ("kind", "by", "short")}
        told["about"] = _more(old.about, new.about)
    ours, theirs = ({field: pair[n] for field, pair in apart.items()} for n in (0, 1))
    told["citations"] = _more(_saying(old.citations, ours), _saying(new.citations, theirs))
    return old.model_copy(update=told)


def _apart(told: dict[str, tuple[Any, Any]]) -> dict[str, tuple[Any, Any]]:
    return {field: pair for field, pair in told.items() if None not in pair and pair[0] != pair[1]}


def _saying(cited: Sequence[Citation], values: dict[str, Any]) -> tuple[Citation, ...]:
    """Return citations of texts that say of themselves what their statement said so far."""
    return tuple(
        one.model_copy(update={field: value for field, value in values.items() if getattr(one, field) is None})
        if one.source else one
        for one in cited
    )  # fmt: skip
