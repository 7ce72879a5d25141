"""An edited draft against the event it was made from: what changed becomes a correction. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from briefing.amend import amend
from briefing.decide import decide_alone
from briefing.errors import InvalidDraft, Problem
from briefing.events import Event, EventCorrected, Recorded
from briefing.items import Item, LoadedText
from briefing.payload import Change
from briefing.pen import Pen
from briefing.resolve import Fresh
from briefing.spelling import fold_name

NOT_IN_A_DRAFT = frozenset(Event.model_fields) - {"marking", "recorded_for", "file_ref", "retention"} | {"id", "posts"}
"""Fields that an edit leaves as they are: the envelope, the id, and the posts of a person."""


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


def changed_fields(old: Event, new: Event) -> Iterable[Change]:
    """Yield the fields in which a draft, decided anew, says otherwise than an event; items of a list by their id."""
    before, after = (one.model_dump(mode="json", by_alias=True) for one in (old, new))
    return differing(before, after, [name for name in type(old).model_fields if name not in NOT_IN_A_DRAFT])


def differing(before: Mapping[str, Any], after: Mapping[str, Any], names: Iterable[str]) -> Iterator[Change]:
    """Yield the changes that lead from one dumped event to another, of these fields; items are told by their ids."""
    for name in names:
        if before[name] == after[name]:
            continue
        if _has_ids(before[name]) and _has_ids(after[name]):
            yield from _of_items(name, before[name], after[name])
        else:
            yield Change(path=name, value=after[name])


def _has_ids(value: Any) -> bool:
    return bool(value) and isinstance(value, list) and all(isinstance(one, dict) and "id" in one for one in value)


def _of_items(name: str, before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterable[Change]:
    """Yield the changes of points or commitments: field by field where the same stand there, else the whole list."""
    kept = _with_old_ids(before, after)
    if [one["id"] for one in kept] != [one["id"] for one in before]:
        yield Change(path=name, value=kept)
        return
    for old, new in zip(before, kept, strict=True):
        yield from (Change(path=f"{name}/{old['id']}/{key}", value=new[key]) for key in new if new[key] != old[key])


def _with_old_ids(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give items the ids of those they were: by their sentence, else by their place; an id is never used again."""
    by_sentence = {fold_name(one["say"]): one["id"] for one in before}
    taken: list[str | None] = [by_sentence.get(fold_name(one["say"])) for one in after]
    if len(before) == len(after):
        free = [one["id"] for one in before if one["id"] not in taken]
        taken = [id_ or (before[n]["id"] if before[n]["id"] in free else None) for n, id_ in enumerate(taken)]
    prefix = before[0]["id"].rstrip("0123456789")
    last = max(int(one["id"].removeprefix(prefix)) for one in before)
    named = []
    for id_, one in zip(taken, after, strict=True):
        last += id_ is None
        named.append({**one, "id": id_ or f"{prefix}{last}"})
    return named
