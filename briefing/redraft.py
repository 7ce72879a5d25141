"""An edited draft against the event it was made from: what changed becomes a correction. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from briefing.amend import amend
from briefing.decide import decide_alone
from briefing.differing import changed_fields
from briefing.errors import InvalidDraft, Problem
from briefing.events import Event, EventCorrected, Recorded
from briefing.items import Item, LoadedText
from briefing.payload import Change
from briefing.pen import Pen
from briefing.resolve import Fresh


@dataclass(frozen=True, slots=True)
class Redraft:
    """What an edit comes to: entries to put on the register first, the fields that change, and names that are new."""

    entries: tuple[Recorded, ...]
    changes: tuple[Change, ...]
    fresh: tuple[Fresh, ...]


def reads_now(log: Sequence[Recorded], target: Recorded) -> Event | None:
    """Return what an event says now, corrections applied; None when it is withdrawn."""
    return dict(amend(log).live).get(target.digest)


def redraft(
    log: Sequence[Recorded], target: Recorded, item: Item, pen: Pen, texts: Mapping[str, LoadedText] | None = None
) -> Redraft:
    """Return what changed between an event as it reads now and its edited draft; `pen` only tries it out."""
    now = reads_now(log, target) or target.event
    if item.text("id") not in (None, getattr(now, "id", None)):
        raise InvalidDraft([Problem(item.where("id"), "an id is never changed", "retract this, and record another")])
    about = {one.digest for one in log if isinstance(one.event, EventCorrected) and one.event.target == target.digest}
    rest = tuple(one for one in log if one.digest != target.digest and one.digest not in about)
    desk = decide_alone(item, rest, pen, texts or {})
    new = next(one for one in reversed(pen.written) if one.event.type == now.type)
    entries = tuple(one for one in pen.written if one.digest != new.digest)
    return Redraft(entries=entries, changes=tuple(changed_fields(now, new.event)), fresh=tuple(desk.fresh))
