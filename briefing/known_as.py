"""Under which key a thing that comes in is on record already: its own, or that of what it was before. Pure.

Things with one key are numbered. A row that came in under another name of its register, a row whose organisation
was mended, and an entry of a calendar that became a series, or a single one, are what they were.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from briefing.events import Event, Recorded
from briefing.items import Item
from briefing.names import slug
from briefing.spelling import ALIKE
from briefing.taken import Record

Keyed = Sequence[tuple[str, Item]]
"""Drafts, each with the key of what it was made from."""

_OF_A_SERIES = re.compile(r"(ics:.+)/\d{8}(?:T\d{6}Z?)?")


@dataclass(frozen=True, slots=True)
class KnownAs:
    """The keys of drafts as they stand on record; `own` are those that drafts bear themselves, where they differ.

    `borrowed` are keys of another register: of such a row only what any register says is held against the record.
    """

    keys: tuple[str, ...]
    own: Mapping[str, str]
    borrowed: frozenset[str]


def known_as(keyed: Keyed, record: Record, covers: Callable[[Recorded], bool]) -> KnownAs:
    """Return under which key each draft is on record; `covers` tells what should have come in too."""
    origins = _of_other_registers(keyed, record)
    renamed = [(origin, item) for origin, (_, item) in zip(origins, keyed, strict=True)]
    keys = numbered(renamed, record)
    borrowed = frozenset(key for key, origin, (own, _) in zip(keys, origins, keyed, strict=True) if origin != own)
    there = _as_before([(key, item) for key, (_, item) in zip(keys, keyed, strict=True)], record, covers)
    return KnownAs(tuple(there.get(key, key) for key in keys), {old: new for new, old in there.items()}, borrowed)


# ── equals ────────────────────────────────────────────────────────────────────────────────────


def numbered(keyed: Keyed, record: Record) -> list[str]:
    """Return the key of each draft, those of one key numbered: first like what is on record, then as they stand."""
    groups: dict[str, list[int]] = {}
    for n, (origin, _) in enumerate(keyed):
        groups.setdefault(origin, []).append(n)
    numbers: dict[int, int] = {}
    for origin, group in groups.items():
        there = _there(origin, record)
        several = len(group) > 1 or len(there) > 1
        free = {k: record.as_taken(one, _key(origin, k)) for k, one in there.items()} if several else {}
        for n in group:
            alike = next((k for k, event in free.items() if _alike(event, keyed[n][1])), None)
            if alike is not None:
                numbers[n] = alike
                del free[alike]
        rest = iter([k for k in (*there, *range(len(there) + 1, len(there) + len(group) + 1))
                     if k not in {numbers[n] for n in group if n in numbers}])  # fmt: skip
        numbers.update({n: next(rest) for n in group if n not in numbers})
    return [_key(origin, numbers[n]) for n, (origin, _) in enumerate(keyed)]


def _key(origin: str, number: int) -> str:
    return origin if number == 1 else f"{origin}#{number}"


def _there(origin: str, record: Record) -> dict[int, Recorded]:
    found: dict[int, Recorded] = {}
    for k in count(1):
        if (one := record.made.get(_key(origin, k))) is None:
            return found
        found[k] = one
    return found


def _alike(event: Event, item: Item, *, but: tuple[str, str] = ("", "")) -> bool:
    """Tell whether an event says what a draft says, by its title, its date and its sentences.

    `but` are words, as ids, in which their titles may differ: the name of who was met.
    """
    said: Any = event
    when = getattr(said, "when", None)
    points = [one.say for one in getattr(said, "points", ())]
    titles = getattr(said, "title", None) or "", item.text(item.kind) or ""
    return (
        (titles[0] == titles[1] or (all(but) and _but(titles[0], but[0]) == _but(titles[1], but[1])))
        and (when.words if when else None) == (" ".join(text.split()) if (text := item.text("when")) else None)
        and points == [one.text("say") for one in item.items("points")]
    )


def _but(title: str, name: str) -> str:
    return slug(title).replace(name, "")


# ── another name of a register ────────────────────────────────────────────────────────────────


def _of_other_registers(keyed: Keyed, record: Record) -> list[str]:
    """Return the keys of drafts; of a row that is on record as one of another register, the key that it has there.

    Two names are of one register where most of the rows that have their keys in common say the same.
    """
    unknown = {origin for origin, _ in keyed if origin.startswith("row:") and origin not in record.made}
    if not unknown:
        return [origin for origin, _ in keyed]
    shared: Counter[tuple[str, str]] = Counter()
    alike: Counter[tuple[str, str]] = Counter()
    there = _registers(record)
    for origin, item in keyed:
        register, rest = _parted(origin)
        for other in there.get(rest, ()) if origin in unknown else ():
            events = [record.as_taken(one, key) for key, one in _numbered_there(f"row:{other}:{rest}", record)]
            shared[register, other] += 1
            alike[register, other] += any(_alike(event, item) for event in events)
    names = {register: other for (register, other), n in reversed(alike.most_common())
             if 2 * n > shared[register, other]}  # fmt: skip

    def on_record(origin: str) -> str:
        register, rest = _parted(origin)
        other = names.get(register)
        return f"row:{other}:{rest}" if origin in unknown and other in there.get(rest, ()) else origin

    return [on_record(origin) for origin, _ in keyed]


def _parted(origin: str) -> tuple[str, str]:
    """Return the register of a row's key, and what of the key is behind it."""
    register, _, rest = origin.removeprefix("row:").partition(":")
    return register, rest


def _registers(record: Record) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key in record.made:
        if key.startswith("row:"):
            register, rest = _parted(key.partition("#")[0])
            found[rest].add(register)
    return found


def _numbered_there(origin: str, record: Record) -> list[tuple[str, Recorded]]:
    return [(_key(origin, k), one) for k, one in _there(origin, record).items()]


# ── what a thing was before ───────────────────────────────────────────────────────────────────


def _as_before(keyed: Keyed, record: Record, covers: Callable[[Recorded], bool]) -> dict[str, str]:
    """Return the old keys of drafts that are new, by their new ones, where something that is gone says the same.

    Only where one thing alone is like one other: what may be either is neither.
    """
    fresh = [(key, item) for key, item in keyed if record.of(key, item) is None]
    if not fresh:
        return {}
    met = {one.digest for key, item in keyed if (one := record.of(key, item)) is not None}
    gone = [(old, one) for old, one in record.gone(met, covers)]
    near = _by_place(gone)
    pairs = [(key, old) for key, item in fresh for old, one in near.get(_place(key), ())
             if _is_one_thing(key, old, record.as_taken(one, old), item)]  # fmt: skip
    new, before = Counter(key for key, _ in pairs), Counter(old for _, old in pairs)
    return {key: old for key, old in pairs if new[key] == before[old] == 1}


def _by_place(gone: Sequence[tuple[str, Recorded]]) -> Mapping[str, list[tuple[str, Recorded]]]:
    found: dict[str, list[tuple[str, Recorded]]] = defaultdict(list)
    for old, one in gone:
        found[_place(old)].append((old, one))
    return found


def _place(key: str) -> str:
    """Return what a key and the one before have in common: UID; or register, who of ours, and month."""
    if key.startswith("ics:"):
        series = _OF_A_SERIES.fullmatch(key)
        return series[1] if series else key
    place, _, met = key.partition("#")[0].rpartition(":")
    return place if place.count(":") == 3 else f"{place}:{met}"


def _is_one_thing(key: str, old: str, event: Event, item: Item) -> bool:
    """Tell whether a draft says what an event says, but for the name of who was met, mended."""
    if key.startswith("ics:"):
        return _alike(event, item)
    mended, name = (one.partition("#")[0].rpartition(":")[2] for one in (key, old))
    return _one_name(mended, name) and _alike(event, item, but=(name, mended))


def _one_name(one: str, other: str) -> bool:
    """Tell whether two names, as ids, are likely one that was mended: nearly the same, or one longer than the other."""
    from rapidfuzz import fuzz

    words, others = set(one.split("-")) - {""}, set(other.split("-")) - {""}
    within = bool(words and others) and (words <= others or others <= words)
    return within or fuzz.ratio(one, other) >= ALIKE
