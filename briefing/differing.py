"""An event against another of its type: the changes of fields that lead from one to the other. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from briefing.events import Event
from briefing.payload import Change
from briefing.spelling import fold_name

NOT_IN_A_DRAFT = frozenset(Event.model_fields) - {"marking", "recorded_for", "file_ref", "retention"} | {"id", "posts"}
"""Fields that an edit leaves as they are: the envelope, the id, and the posts of a person."""


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
