"""What comes in from elsewhere, held against the record: new, there already, changed, or not to be taken. Pure.

An `Entry` is a draft with the key of what it was made from: `row:REGISTER:KEY`, `ics:UID`. The key says
whether an entry was taken before. Entries with one key are told apart by their number: the second is KEY#2.
An entry that says other than it said when it was last taken becomes a correction that is proposed; what
an officer corrected in the meantime is left as it is unless the file changed just there. What a file
holds no more is told, and never withdrawn.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from briefing.dates import DateProblem, Span, parse_span
from briefing.decide import decide_one, writing_order
from briefing.differing import changed_fields
from briefing.errors import Place, Problem
from briefing.events import Event, Recorded
from briefing.fold import PLAN
from briefing.items import Item, LoadedText, Problems, Said
from briefing.known_as import KnownAs, known_as
from briefing.names import slug
from briefing.parts import dated
from briefing.payload import Change
from briefing.pen import Pen
from briefing.resolve import Desk, Fresh
from briefing.revise import Why, suppliers, write_correction
from briefing.row_changes import is_said_by_a_row, said_by_a_row, without_known_posts, without_names_learnt
from briefing.state import BriefingState
from briefing.taken import Record


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that came in: a draft, the key of what it was made from, and what was inferred on the way."""

    item: Item
    origin: str
    notes: tuple[str, ...] = ()
    columns: frozenset[str] | None = None
    """The keys that its table has columns for; None where it can say all."""

    @property
    def place(self) -> Place:
        """Where it stands: FILE:LINE, or FILE!SHEET:ROW."""
        return self.item.place


@dataclass(frozen=True, slots=True)
class Left:
    """What stands in a file and is not taken: where, why, and what it says; `kind` is what it is counted under."""

    place: Place
    why: str
    words: str = ""
    kind: str = "problem"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What was read in one go: entries, what was left, and which events on record the files should hold too."""

    entries: tuple[Entry, ...]
    left: tuple[Left, ...] = ()
    covers: Callable[[Recorded], bool] = lambda _one: False


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that is on record with other content: the event, as it reads now, and the fields that would change."""

    entry: Entry
    target: Recorded
    now: Event
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What comes in would do to the record; `events` are to be written in their order."""

    new: tuple[Entry, ...]
    same: tuple[Entry, ...]
    changed: tuple[Changed, ...]
    withdrawn: tuple[Entry, ...]
    left: tuple[Left, ...]
    missing: tuple[Recorded, ...]
    fresh: tuple[Fresh, ...]
    events: tuple[Recorded, ...]
    corrected: bool


def plan(
    arrivals: Arrivals,
    log: tuple[Recorded, ...],
    pen: Pen,
    texts: Mapping[str, LoadedText] | None = None,
    *,
    corrections: bool = False,
    declined: Collection[str] = (),
) -> Plan:
    """Return what would be put on record; with `corrections`, those that are proposed are among the events.

    Of the entries whose keys are `declined` no correction is proposed. An entry that breaks a rule is left, with the
    reason; the others are taken.
    """
    record = Record(log)
    as_there = known_as([(one.origin, one.item) for one in arrivals.entries], record, arrivals.covers)
    keyed = tuple(replace(one, origin=key) for one, key in zip(arrivals.entries, as_there.keys, strict=True))
    known = [(entry, one) for entry in keyed if (one := record.of(entry.origin, entry.item)) is not None]
    standing = [(entry, one) for entry, one in known
                if one.digest not in record.amended.withdrawn and entry.origin not in declined]  # fmt: skip
    wanted = [entry for entry in keyed if record.of(entry.origin, entry.item) is None]
    visits = [entry for entry in wanted if entry.item.kind == "visit"]
    trial = _Trial(standing, record, pen.again(), texts or {}, as_there, visits)
    if corrections:
        _written_again(trial.entries, pen)
    desk, refused = _decided([*log, *pen.written], wanted, pen, texts or {})
    if corrections:
        trial.correct(pen)
    faults = refused | trial.refused
    return Plan(
        new=tuple(one for one in wanted if one.origin not in refused),
        same=tuple(one for one, _ in standing if one.origin not in trial.apart),
        changed=trial.changed,
        withdrawn=tuple(entry for entry, one in known if one.digest in record.amended.withdrawn),
        left=(*arrivals.left, *(_left(one, faults[one.origin]) for one in keyed if one.origin in faults)),
        missing=tuple(one for _, one in record.gone({one.digest for _, one in known}, arrivals.covers)),
        fresh=(*(trial.fresh if corrections else ()), *desk.fresh),
        events=tuple(pen.written),
        corrected=corrections,
    )


# ── new entries ───────────────────────────────────────────────────────────────────────────────


def _decided(
    log: Sequence[Recorded], entries: Sequence[Entry], pen: Pen, texts: Mapping[str, LoadedText]
) -> tuple[Desk, dict[str, list[Problem]]]:
    """Return the desk after all entries that break no rule, and the problems of those that do.

    Where one breaks a rule, all others are decided anew, so that nothing stays of it.
    """
    refused: dict[str, list[Problem]] = {}
    before, begun = tuple(log), (pen.newest, pen.heads, list(pen.written))
    while True:
        desk = Desk(before, pen, texts)
        faults = _decide_each(desk, [one for one in entries if one.origin not in refused])
        refused.update(faults)
        if not faults:
            return desk, refused
        pen.newest, pen.heads, pen.written[:] = begun


def _decide_each(desk: Desk, entries: Sequence[Entry]) -> dict[str, list[Problem]]:
    faults: dict[str, list[Problem]] = {}
    for entry in sorted(entries, key=lambda one: writing_order(one.item)):
        decide_one(desk, _with_id(desk.state, entry.item), entry.origin)
        if desk.problems:
            faults[entry.origin] = list(desk.problems)
            desk.problems = Problems()
    return faults


_BEAR_IDS = frozenset(["meeting", "planned", "visit", "report"])


def _with_id(state: BriefingState, item: Item) -> Item:
    """Return a draft with an id that is free: its own, or that of its title and date; numbered where it is taken."""
    if item.kind not in _BEAR_IDS or "plan" in item.values:
        return item
    wanted = item.text("id") or dated(slug(item.text(item.kind) or ""), _span(item))
    space = PLAN if item.kind == "planned" else ""
    id_ = next(one for n in count(1) if space + (one := wanted if n == 1 else f"{wanted}-{n}") not in state.digests)
    return replace(item, values={**item.values, "id": Said(id_, item.place)})


def _span(item: Item) -> Span | None:
    try:
        return parse_span(text) if (text := item.text("when")) else None
    except DateProblem:
        return None


def _left(entry: Entry, problems: Sequence[Problem]) -> Left:
    why = "; ".join(one.what + (f" ({one.hint})" if one.hint else "") for one in problems)
    return Left(entry.place, why, entry.item.text(entry.item.kind) or "")


# ── entries that are on record ────────────────────────────────────────────────────────────────


@dataclass
class _Trial:
    """Entries on record decided anew, on the record without what was made from them: what would change."""

    standing: Sequence[tuple[Entry, Recorded]]
    record: Record
    pen: Pen
    texts: Mapping[str, LoadedText]
    as_there: KnownAs
    visits: Sequence[Entry] = ()
    """Visits that are new, and may be named by entries that are on record."""
    changed: tuple[Changed, ...] = ()
    entries: tuple[Recorded, ...] = ()
    fresh: tuple[Fresh, ...] = ()
    refused: dict[str, list[Problem]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.standing:
            return
        targets = {one.digest for _, one in self.standing}
        about = {other.digest for one in targets for other in self.record.corrections.get(one, ())}
        rest = tuple(one for one in self.record.log if one.digest not in targets and one.digest not in about)
        desk = Desk(rest, self.pen, self.texts)
        made = {entry.origin: one for entry, one in self.standing} | dict.fromkeys(one.origin for one in self.visits)
        _decide_each(desk, self.visits)
        self.refused = _decide_each(desk, [_as_on_record(entry, one) for entry, one in self.standing])
        anew = {one.event.origin: one for one in self.pen.written if one.event.origin in made}
        self.changed = tuple(
            Changed(entry, at, self.record.reads[at.digest], changes)
            for entry, at in self.standing
            if (one := anew.get(entry.origin)) and (changes := self._changes(at, one.event, entry, desk.state))
        )
        said = "\n".join(json.dumps(change.value) for one in self.changed for change in one.changes)
        written = (one for one in self.pen.written if one.event.origin not in made)
        self.entries = tuple(one for one in written if f'"{getattr(one.event, "id", "")}"' in said)
        self.fresh = tuple(one for one in desk.fresh if f'"{one.id}"' in said)

    def _changes(self, at: Recorded, new: Event, entry: Entry, state: BriefingState) -> tuple[Change, ...]:
        """Return what the file changed since it was last taken, but for what reads so already.

        Of an event that was made from something else, only what a row can say whole; the date of its visit is its own.
        """
        reads, origin = self.record.reads[at.digest], entry.origin
        now = {change.path for change in changed_fields(reads, new)}
        was = self.record.as_taken(at, origin)
        found = without_known_posts([change for change in changed_fields(was, new) if change.path in now], reads)
        found = without_names_learnt(found, was, new, state)
        if at.event.origin == origin and origin not in self.as_there.borrowed:
            return found
        said: Any = new
        visit = state.visits.get(getattr(reads, "visit", None) or "")
        days, own = (visit.when if visit else None), said.when
        dated_by_visit = days and own and (days.start, days.end) == (own.start, own.end)
        return tuple(said_by_a_row(one, reads) for one in found if is_said_by_a_row(new, one.path, entry.columns)
                     and not (one.path == "when" and dated_by_visit))  # fmt: skip

    @property
    def apart(self) -> set[str]:
        """The keys of entries that are not simply there: changed, or against a rule now."""
        return {*(one.entry.origin for one in self.changed), *self.refused}

    def correct(self, pen: Pen) -> None:
        """Write the corrections; each bears the key of its entry, so that the next edition is held against it."""
        for one in self.changed:
            there = self.record.corrections.get(one.target.digest, ())
            replaces = suppliers(there, self.record.amended.withdrawn, one.target.digest,
                                 [change.path for change in one.changes])  # fmt: skip
            why = Why(reason=f"{one.entry.place.file.rpartition('/')[2]} says so")
            origin = self.as_there.own.get(one.entry.origin, one.entry.origin)
            write_correction(one.now, one.target.digest, one.changes, pen, why, replaces=replaces, origin=origin)


def _as_on_record(entry: Entry, at: Recorded) -> Entry:
    """Return an entry with the id that it bears on record."""
    id_ = Said(getattr(at.event, "id", ""), entry.place)
    return replace(entry, item=replace(entry.item, values={**entry.item.values, "id": id_}))


def _written_again(entries: Sequence[Recorded], pen: Pen) -> None:
    """Write the register entries of a trial with another pen; what they replace is named anew."""
    renamed: dict[str, str] = {}
    for one in entries:
        new = pen.write_again(one, replaces=sorted(renamed.get(digest, digest) for digest in one.event.replaces))
        renamed[one.digest] = new.digest
