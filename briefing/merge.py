"""Two entries of the register that are one: what is said of the other is said of the one that is kept. Pure.

Nothing new is put into the format for it: the kept entry takes up the other's names, titles and words,
every event that names the other is corrected, and the other's own entries are retracted. So slices,
papers and filters need to know nothing of merges, and retracting these events undoes one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from briefing.amend import Amended, amend
from briefing.differing import differing
from briefing.errors import NotOnRecord, Refused
from briefing.events import (
    AgencyDescribed,
    Event,
    EventCorrected,
    NoteCleared,
    NoteIssued,
    NoteReturned,
    NoteSeen,
    PersonDescribed,
    Recorded,
    TopicDescribed,
)
from briefing.pen import Pen
from briefing.revise import Why, retract, suppliers, write_correction
from briefing.spelling import fold_name
from briefing.state import BriefingState, RegisterKind

KINDS: Final[Mapping[RegisterKind, type[Event]]] = {
    "person": PersonDescribed, "agency": AgencyDescribed, "topic": TopicDescribed,
}  # fmt: skip
_PAPERS = (NoteCleared, NoteIssued, NoteSeen, NoteReturned)
"""What was printed stays as it was printed."""

_NAMING = frozenset(
    ["person", "agency", "agencies", "topics", "theme", "about", "subject", "principal", "host", "by", "to", "owed_by",
     "owed_to"]
)  # fmt: skip
"""The fields that hold the id of a thing on the register."""


def merge(
    log: Sequence[Recorded], state: BriefingState, kind: RegisterKind, kept: str, other: str, pen: Pen, why: Why
) -> None:  # fmt: skip
    """Write the events that make two entries one; the pen holds them.

    Refused where they are one already; `NotOnRecord` where an id is no entry of this kind.
    """
    entries: Mapping[str, Any] = {"person": state.people, "agency": state.agencies, "topic": state.topics}[kind]
    for id_ in (kept, other):
        if id_ not in state.digests or id_ not in entries:
            raise NotOnRecord(kind, id_)
    if kept == other:
        raise Refused(f"both names lead to {kept}: they are one already", hint="name two different entries")
    if "~" in kept:
        raise Refused(f"{kept} has no id of its own", hint=f"name {kept.partition('~')[0]} first")
    amended = amend(log)
    own = _entries_of(amended, KINDS[kind], state.digests[other])
    pen.write(KINDS[kind], origin=f"merge:{kept}:{state.digests[other]}", id=kept, replaces=(state.digests[kept],),
              marking=entries[other].marking, **_taken_up(entries[kept], entries[other]))  # fmt: skip
    _correct(log, amended, own, other, kept, pen, why)
    for one in log:
        if one.digest in own:
            retract((*log, *pen.written), one, pen, why)


def _correct(
    log: Sequence[Recorded], amended: Amended, own: Collection[str], other: str, kept: str, pen: Pen, why: Why
) -> None:  # fmt: skip
    """Correct every live event, but those of the entry itself and of papers, so that it names the kept one."""
    there: dict[str, list[Recorded]] = defaultdict(list)
    for one in log:
        if isinstance(one.event, EventCorrected):
            there[one.event.target].append(one)
    for digest, event in amended.live:
        if digest in own or isinstance(event, _PAPERS) or not (changes := tuple(_renamed(event, other, kept))):
            continue
        replaces = suppliers(there[digest], amended.withdrawn, digest, [change.path for change in changes])
        origin = f"correct:{digest}:{pen.now.isoformat()}"
        write_correction(event, digest, changes, pen, why, replaces=replaces, origin=origin)


def _entries_of(amended: Amended, kind: type[Event], newest: str) -> set[str]:
    """Return the events that an entry is made of, with those of other writers that say the same."""
    chain = {newest, *amended.above(newest)}
    own = {
        digest
        for digest, event in amended.live
        if isinstance(event, kind) and (digest in chain or chain & amended.above(digest))
    }
    return own | {twin for twin, earlier in amended.twins.items() if earlier in own}


def _taken_up(kept: Any, other: Any) -> dict[str, Any]:
    """Return what the kept entry says anew: the other's names and lists, and its words where it had none itself."""
    known = {fold_name(name) for name in _names(kept)}
    named = {fold_name(name): name for name in reversed(tuple(_names(other)))}
    said: dict[str, Any] = {"name": kept.name}
    said["aliases"] = tuple(name for folded, name in reversed(named.items()) if folded not in known)
    for field, about in type(kept).model_fields.items():
        if field in Event.model_fields or field in ("id", "name", "aliases"):
            continue
        mine, theirs = getattr(kept, field), getattr(other, field)
        if isinstance(theirs, tuple):
            said[field] = tuple(one for one in theirs if one not in mine)
        elif mine == about.default and theirs != about.default:
            said[field] = theirs
    return said


def _names(entry: Any) -> Iterator[str]:
    yield from (one for field in ("name", "expansion", "short") if (one := getattr(entry, field, None)))
    yield from entry.aliases


def _renamed(event: Event, other: str, kept: str) -> Iterator[Any]:
    """Yield the changes after which an event names the kept entry wherever it named the other."""
    before = event.model_dump(mode="json", by_alias=True)
    after = {name: _with_id(name, value, other, kept) for name, value in before.items()}
    payload = [name for name in type(event).model_fields if name not in Event.model_fields and name != "id"]
    yield from differing(before, after, payload)


def _with_id(field: str, value: Any, other: str, kept: str) -> Any:
    if isinstance(value, dict):
        return {name: _with_id(name, one, other, kept) for name, one in value.items()}
    if isinstance(value, list):
        return _once([_with_id(field, one, other, kept) for one in value])
    if field == "difference" and isinstance(value, str) and value.partition("/")[0] == other:
        return kept + value.removeprefix(other)
    return kept if value == other and field in _NAMING else value


def _once(values: list[Any]) -> list[Any]:
    """Return a list in which nothing stands twice, and nobody: of one who took part under both names, all is kept."""
    found: list[Any] = []
    for one in values:
        person = one.get("person") if isinstance(one, dict) else None
        same = next((n for n, two in enumerate(found) if person and two.get("person") == person), None)
        if same is not None:
            found[same] = {**one, **{name: said for name, said in found[same].items() if said is not None}}
        elif one not in found:
            found.append(one)
    return found
