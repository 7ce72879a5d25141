"""Two copies of a record joined by copying whole files both ways. Nothing is deleted, nothing written over.

What is copied is hashed first and goes through the store's own `put`. A file that is not what its
name says is refused and listed; one that a redaction in any copy names is not copied back. With
`rescue`, a stray whose bytes are a missing event is put in its place, beside the stray.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from briefing.codec import EventName, InvalidEvent, UnknownEvent, decode, digest, file_name, parse_name
from briefing.errors import Refused, StoreFailed
from briefing.store.findings import Finding
from briefing.store.port import Store
from briefing.store.verify import verify


@dataclass
class Side:
    """One of the copies: what it got, what was put in its place, what was not taken from it, its strays.

    `withheld` are the files it still has of events that were redacted.
    """

    store: Store
    got: list[str] = field(default_factory=list)
    rescued: list[str] = field(default_factory=list)
    refused: dict[str, Finding] = field(default_factory=dict)
    withheld: dict[str, None] = field(default_factory=dict)
    strays: list[Finding] = field(default_factory=list)


def sync(stores: Iterable[Store], *, now: datetime, rescue: bool = False, dry_run: bool = False) -> tuple[Side, ...]:
    """Join copies of a record and return what each got; with `dry_run` nothing is put.

    One store alone can be joined with nothing, and still have its strays rescued.
    """
    sides = tuple(map(Side, stores))
    listed = [list(side.store.names()) for side in sides]
    _copy(sides, [_events(names) for names in listed], dry_run=dry_run)
    for side, names in zip(sides, listed, strict=True):
        if rescue or side.refused or any(parse_name(name) is None for name in names):
            _look_for_strays(side, now)
        if rescue:
            _rescue(side, dry_run=dry_run)
    if any(side.rescued for side in sides) and not dry_run:
        _copy(sides, [_events(side.store.names()) for side in sides], dry_run=False)
    return sides


def _events(names: Iterable[str]) -> dict[str, EventName]:
    """Return those of some names that are events'."""
    return {name: parsed for name in names if (parsed := parse_name(name)) is not None}


def _copy(sides: tuple[Side, ...], names: list[dict[str, EventName]], *, dry_run: bool) -> None:
    """Give each copy what the others have and it has not, causes before effects."""
    refused = {name for side in sides for name in side.refused}
    redacted = set().union(*map(_redacted, sides, names))
    for name in sorted(set().union(*names)):
        with_it = [side for side, there in zip(sides, names, strict=True) if name in there]
        without = [side for side, there in zip(sides, names, strict=True) if name not in there]
        if not without or name in refused:
            continue
        if name[-69:-5] in redacted and "-event-redacted-" not in name:
            for side in with_it:
                side.withheld[name] = None
            continue
        for side in with_it:
            data = _checked(side, name)
            if data is not None:
                for other in without:
                    if dry_run or _put(other, name, data):
                        other.got.append(name)
                break


def _redacted(side: Side, names: dict[str, EventName]) -> set[str]:
    """Return the digests that redactions in one copy name; only their files are read for it."""
    found: set[str] = set()
    for name, parsed in names.items():
        if parsed.slug == "event-redacted" and (data := _checked(side, name)) is not None:
            found.add(json.loads(data)["target"])  # of a later schema, too
    return found


def _checked(side: Side, name: str) -> bytes | None:
    """Return the bytes of an event file that is what its name says; else note why not."""
    parsed = parse_name(name)
    assert parsed is not None
    try:
        data = side.store.read(name)
        if digest(data) != parsed.digest:
            side.refused[name] = Finding("altered", name, "its bytes do not hash to its name: not copied")
        elif file_name(decode(data), parsed.digest) != name:
            side.refused[name] = Finding("misnamed", name, "its name is not that of its event: not copied")
        else:
            return data
    except StoreFailed as fault:
        side.refused[name] = Finding("unreadable", name, f"it cannot be read: {fault.message}")
    except InvalidEvent as fault:
        side.refused[name] = Finding("invalid", name, f"it breaks the record format: {fault}; not copied")
    except UnknownEvent as fault:
        if fault.kind.replace(".", "-") == parsed.slug:
            return data
        side.refused[name] = Finding("misnamed", name, "its name is not that of its event: not copied")
    return None


def _put(side: Side, name: str, data: bytes) -> bool:
    try:
        side.store.put(name, data)
    except Refused:
        what = "other bytes stand there under its name: take that file away, then sync again"
        side.refused[name] = Finding("altered", name, what)
        return False
    return True


def _look_for_strays(side: Side, now: datetime) -> None:
    found = verify(side.store, now=now).findings
    side.strays += [one for one in found if one.kind == "stray" or one.belongs]


def _rescue(side: Side, *, dry_run: bool) -> None:
    """Put every stray whose bytes are a missing event in its place."""
    for stray in side.strays:
        if not stray.belongs or stray.belongs in side.rescued:
            continue
        data = side.store.read(stray.name)
        parsed = parse_name(stray.belongs)
        if parsed is not None and digest(data) == parsed.digest and (dry_run or _put(side, stray.belongs, data)):
            side.rescued.append(stray.belongs)
