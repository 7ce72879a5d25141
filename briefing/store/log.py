"""The log: the events of a store in name order, each checked against its name, and what is wrong with the rest."""

from __future__ import annotations

import gc
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from typing import Literal, Protocol

from briefing.codec import InvalidEvent, UnknownEvent, decode, digest, file_name, parse_name, stand_in
from briefing.errors import RecordNotWhole
from briefing.events import Digest, Event, EventRedacted, Recorded
from briefing.spread import portions
from briefing.store.port import Store, is_temporary

FindingKind = Literal["altered", "unknown", "invalid", "misdated", "misnamed", "missing parent", "stray"]
NOT_WHOLE = frozenset({"altered", "unknown", "invalid", "misdated", "misnamed", "missing parent"})
"""With one of these a paper would not say all that is on record; strays are only listed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in the record: what kind, in which file, in a sentence."""

    kind: FindingKind
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Ends:
    """Where a record ends: the digests that no event names as a parent, sorted, and the time of its newest event."""

    heads: tuple[Digest, ...]
    newest: datetime | None


@dataclass(frozen=True)
class Log:
    """The events in name order, which is their order in time, and the findings.

    `of` and `lineage` are given where these are a part of a record: where the whole one ends, and who follows whom.
    """

    recorded: tuple[Recorded, ...]
    findings: tuple[Finding, ...]
    of: Ends | None = None
    lineage: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def newest(self) -> datetime | None:
        """The time of the newest event; None where there is none."""
        if self.of is not None:
            return self.of.newest
        return self.recorded[-1].at if self.recorded else None

    @cached_property
    def heads(self) -> tuple[Digest, ...]:
        """The digests that no event names as a parent, sorted."""
        if self.of is not None:
            return self.of.heads
        named = {parent for one in self.recorded for parent in parents(one.event)}
        return tuple(sorted(Digest(one.digest) for one in self.recorded if one.digest not in named))

    @cached_property
    def basis(self) -> Digest:
        """The digest of the whole: the head's own when there is one, else of the sorted heads, one a line."""
        return basis_of(self.heads)

    def missing(self) -> str:
        """Return in a few words what an incomplete record lacks; nothing when it is whole."""
        counts = Counter(one.kind for one in self.findings if one.kind in NOT_WHOLE)
        told = ", ".join(f"{n} {kind}" for kind, n in sorted(counts.items()))
        return f"INCOMPLETE RECORD: {told}" if told else ""

    def require_whole(self) -> None:
        """Refuse to go on when an event is altered, missing, or unknown to this program."""
        wrong = [f"{one.name}: {one.message}" for one in self.findings if one.kind in NOT_WHOLE]
        if wrong:
            raise RecordNotWhole(wrong)


def basis_of(heads: Sequence[str]) -> Digest:
    """Return the digest of a set of heads: the head itself when there is one."""
    if len(heads) == 1:
        return Digest(heads[0])
    return Digest(hashlib.sha256("".join(f"{head}\n" for head in sorted(heads)).encode()).hexdigest())


def parents(event: Event) -> tuple[str, ...]:
    """Return what an event follows; a redaction also carries on from its target, whose file may be gone."""
    return (*event.parents, *event.target_parents) if isinstance(event, EventRedacted) else event.parents


def load(store: Store) -> Log:
    """Read a whole store; every file is hashed and compared with its name."""
    recorded: list[Recorded] = []
    findings: list[Finding] = []
    files: list[tuple[str, Digest]] = []
    for name in sorted(store.names()):
        if (parsed := parse_name(name)) is not None:
            files.append((name, parsed.digest))
        elif not is_temporary(name):  # another process writes one; what was left over is for `verify` to list
            findings.append(Finding("stray", name, "not the name of an event"))
    with collector_at_rest():
        for found in read_events(store, files):
            if isinstance(found, Finding):
                findings.append(found)
            else:
                recorded.append(found)
    known: set[str] = {own for _, own in files}
    known.update(one.event.target for one in recorded if isinstance(one.event, EventRedacted))
    named = {parent: one for one in recorded for parent in parents(one.event)}
    findings += [
        missing_parent(parent, one.digest)
        for parent, one in named.items()
        if parent not in known
    ]
    return Log(recorded=tuple(recorded), findings=tuple(findings))


def missing_parent(parent: str, named_by: str) -> Finding:
    """Return that an event names another as its parent that is not here."""
    return Finding("missing parent", parent[:8], f"named by {named_by[:8]}, not here: not yet synced, or removed")


AT_ONCE = 50
"""Files that are read before the first is decoded, and events before the first is used: each step finds its own code
in the processor's caches, which a system call leaves cold."""

_MANY = 400
"""Files that are worth loading what decodes them sooner: that takes what some 300 gain by it."""


def read_events(
    store: Store, files: Sequence[tuple[str, str]], *, proven: bool = False
) -> Iterator[Recorded | Finding]:
    """Read events by names and digests; or say what is wrong with a file, which is hashed and compared with its name.

    `proven` says that files of these names and digests were found sound before, by this version.
    """
    return _read(store, files, partial(_event, proven=proven, of_many=len(files) >= _MANY))


class Reader(Protocol):
    """What reads files by their names."""

    def read(self, name: str) -> bytes:
        """Return the bytes under a name, as a `Store` does."""


def stand_ins(store: Reader, files: Sequence[tuple[str, str]]) -> Iterator[Recorded | Finding]:
    """Read events as `read_events` does, and no more of them than their fields; see `codec.stand_in`."""
    look = partial(_event, proven=False, of_many=False)
    return _read(store, files, partial(_stand_in, look) if len(files) >= _MANY else look)


_Look = Callable[[str, str, bytes], Recorded | Finding]


def _read(store: Reader, files: Sequence[tuple[str, str]], look: _Look) -> Iterator[Recorded | Finding]:
    for some in portions(files, AT_ONCE):
        held = [store.read(name) for name, _ in some]
        yield from [look(*file, data) for file, data in zip(some, held, strict=True)]


def _stand_in(look: _Look, name: str, wanted: str, data: bytes) -> Recorded | Finding:
    if digest(data) == wanted and (event := stand_in(name, data)) is not None:
        return Recorded(digest=wanted, event=event)
    return look(name, wanted, data)


def _event(name: str, wanted: str, data: bytes, *, proven: bool, of_many: bool) -> Recorded | Finding:
    if digest(data) != wanted:
        return Finding("altered", name, "its bytes do not hash to its name: still syncing, or altered")
    try:
        event = decode(data, proven=proven, of_many=of_many)
    except UnknownEvent as fault:
        return Finding("unknown", name, f"{fault}; a newer briefing can read it")
    except InvalidEvent as fault:
        return Finding("invalid", name, str(fault))
    if not proven and file_name(event, Digest(wanted)) != name:
        if (parsed := parse_name(name)) is None or parsed.at != event.recorded_at:
            return Finding("misdated", name, f"its name and its recorded_at, {event.recorded_at.isoformat()}, differ")
        return Finding("misnamed", name, f"its name and its type, {event.type}, differ")
    return Recorded(digest=Digest(wanted), event=event)


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Rest the cyclic collector: keeping many new models is three times slower with it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
