"""What events claim, against the rest of the record: names that something bears, words that stand in their text.

Events come one at a time and are let go. Kept are ids and digests, the texts cited last, and what is
in question. In the end only the events in question are read again and amended: those that others
correct, replace or withdraw, and those that share an id.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator

from briefing.amend import ABOUT_EVENTS
from briefing.events import Event, NoteIssued, Recorded, SourceRegistered
from briefing.payload import Citation, citations
from briefing.projector import Running
from briefing.state import Collision
from briefing.store.contents import BEARERS, Reference, fits, references
from briefing.store.findings import Finding

Read = Callable[[str], Recorded]
"""Reads an event again, by its digest."""

_TEXT_KEPT = 8_000_000
"""Code points of source texts that are held at once; beyond, the one not cited for longest is read again."""


class Claims:
    """Gathers what events claim, then yields what does not hold. It goes from process to process without the texts."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._borne: dict[str, set[str]] = {}
        self._alike: dict[str, list[str]] = {}
        self._sources: dict[str, list[str]] = {}
        self._open: list[tuple[str, Reference]] = []
        self._misquoted: list[tuple[str, Citation]] = []
        self._again: set[str] = set()
        self._about: set[str] = set()
        self._seen: set[str] = set()
        self.targets: dict[str, list[str]] = {}
        """The digests of the events that others are about or replace, each with those others."""
        self._texts = _Texts()

    def __getstate__(self) -> dict[str, object]:
        """Leave the texts behind."""
        return self.__dict__ | {"_texts": _Texts()}

    def join(self, later: Claims) -> None:
        """Take in what was gathered from the events that follow; what these left open may be answered here."""
        for kind, ids in later._borne.items():
            self._borne.setdefault(kind, set()).update(ids)
        for ours, theirs in (
            (self._alike, later._alike), (self._sources, later._sources), (self.targets, later.targets)
        ):  # fmt: skip
            for key, digests in theirs.items():
                ours.setdefault(key, []).extend(digests)
        self._open += [(digest, one) for digest, one in later._open if one.item or not self._is_borne(one)]
        self._misquoted += later._misquoted
        self._again |= later._again
        self._about |= later._about
        self._seen |= later._seen

    def see(self, one: Recorded, read: Read) -> None:
        """Take in one event; events come in log order. `read` reads an event of those seen again, by its digest."""
        event = one.event
        self._seen.add(one.digest)
        kind, id_ = BEARERS.get(type(event)), getattr(event, "id", None)
        if kind is not None and id_ is not None:
            self._borne.setdefault(kind, set()).add(id_)
        key = id_ or _subject(event)
        if key is not None:
            self._alike.setdefault(key, []).append(one.digest)
        if isinstance(event, SourceRegistered):
            self._sources.setdefault(event.id, []).append(one.digest)
        if event.replaces or isinstance(event, ABOUT_EVENTS):
            self._about.add(one.digest)
            for target in (*event.replaces, *filter(None, [getattr(event, "target", None)])):
                self.targets.setdefault(target, []).append(one.digest)
        for name in ("note", "amends"):
            if (paper := getattr(event, name, None)) is not None:
                self.targets.setdefault(paper, []).append(one.digest)
        self._check(one.digest, event, read)

    def bear(self, id_: str) -> None:
        """Take in the id of an event of an unknown type: whatever it is, something bears it."""
        for kind in BEARERS.values():
            self._borne.setdefault(kind, set()).add(id_)

    def _check(self, digest: str, event: Event, read: Read) -> None:
        """Note what an event names that nothing has borne so far, and what it quotes that is not there."""
        self._open += [(digest, one) for one in references(event) if one.item or not self._is_borne(one)]
        for citation in citations(event):
            if citation.source is None:
                continue
            texts = self._sources.get(citation.source)
            if texts is None:
                self._again.add(digest)
            elif not any(fits(citation, self._texts.of(source, read)) for source in texts):
                self._misquoted.append((digest, citation))

    def _is_borne(self, one: Reference) -> bool:
        return any(one.id in self._borne.get(kind, ()) for kind in one.kinds)

    # ── when all are seen ─────────────────────────────────────────────────────────────────────

    def findings(self, read: Read, file: Callable[[str], str], gone: Counter[str]) -> Iterator[Finding]:
        """Yield what does not hold.

        `read` reads an event again by its digest, and `file` names its file. `gone` counts the redacted files
        that are away, by the kind of thing they bore: each explains one name that nothing bears.
        """
        shared = (digest for alike in self._alike.values() if len(alike) > 1 for digest in alike)
        asked = self._about.union(self.targets.keys() & self._seen, shared)
        log = sorted(map(read, asked), key=lambda one: (one.at, one.event.type, one.digest))
        folded = Running(log)
        self._recheck(dict(folded.amended.live), folded.amended.withdrawn, read)
        yield from self._unborne(gone, read, file)
        for digest, citation in self._misquoted:
            where = f"in source “{citation.source}” at {citation.start} to {citation.end}"
            yield Finding("quotation", file(digest), f"“{_brief(citation.quote)}” does not stand {where}")
        yield from (_collision(one, file) for one in folded.state.collisions)

    def _recheck(self, live: dict[str, Event], withdrawn: frozenset[str], read: Read) -> None:
        """Check anew what corrections, withdrawals and sources read late may have changed."""
        sources = ((d, event) for d in self.targets if isinstance(event := live.get(d), SourceRegistered))
        mended = {digest for digest, event in sources if self._mended(digest, event, read)}
        doubtful = self._again.union(digest for digest, _ in self._misquoted)
        again = (doubtful | self.targets.keys() | self._citing(mended, read)) & self._seen
        self._open = [(d, one) for d, one in self._open if d not in again and d not in withdrawn]
        self._misquoted = [(d, one) for d, one in self._misquoted if d not in again and d not in withdrawn]
        for digest in sorted(again - withdrawn):
            self._check(digest, live.get(digest) or read(digest).event, read)

    def _citing(self, sources: set[str], read: Read) -> set[str]:
        """Return the events that cite sources of these digests; all are read for it, and only when there are any."""
        ids = {id_ for id_, digests in self._sources.items() if sources.intersection(digests)}
        return {d for d in self._seen for c in citations(read(d).event) if c.source in ids} if ids else set()

    def _mended(self, digest: str, event: SourceRegistered, read: Read) -> bool:
        """Tell whether a correction changed the text of a source; it is the corrected text that must hold the words."""
        if self._texts.of(digest, read) == event.text:
            return False
        self._texts.amended[digest] = event.text
        return True

    def _unborne(self, gone: Counter[str], read: Read, file: Callable[[str], str]) -> Iterator[Finding]:
        """Yield the names that nothing bears, each event and name once."""
        found = [(d, one) for d, one in dict.fromkeys(self._open) if not self._holds(one, read)]
        ids = {kind: {one.id for _, one in found if kind in one.kinds} for kind in gone}
        for digest, one in found:
            if not any(kind in one.kinds and len(ids[kind]) <= gone[kind] for kind in gone):
                yield Finding("reference", file(digest), f"it names {one}, which nothing on record bears")

    def _holds(self, one: Reference, read: Read) -> bool:
        """Tell whether something bears a name; an item, whether a meeting of that id has it."""
        if not one.item:
            return self._is_borne(one)
        events = (read(d).event for d in self._alike.get(one.id, ()))
        kinds = ("commitments", "objectives")
        return any(item.id == one.item for event in events for kind in kinds for item in getattr(event, kind, ()))


class _Texts:
    """The texts of sources as they read now; those cited lately are at hand."""

    def __init__(self) -> None:
        self.amended: dict[str, str] = {}
        self._held: OrderedDict[str, str] = OrderedDict()
        self._size = 0

    def of(self, digest: str, read: Read) -> str:
        if digest in self.amended:
            return self.amended[digest]
        if digest not in self._held:
            event = read(digest).event
            assert isinstance(event, SourceRegistered)
            self._held[digest] = event.text
            self._size += len(event.text)
            while len(self._held) > 1 and self._size > _TEXT_KEPT:
                self._size -= len(self._held.popitem(last=False)[1])
        self._held.move_to_end(digest)
        return self._held[digest]


def _collision(one: Collision, file: Callable[[str], str]) -> Finding:
    """Return what the fold could not join as a finding in the file of the later event."""
    name, other = file(one.other), file(one.kept) if one.kept else ""
    if one.what.startswith("the id "):
        id_ = one.what.removeprefix("the id ")
        return Finding("two things", name, f"two things bear the id “{id_}”: the other is in {other}; "
                       f"this one is shown as {id_}~{one.other[:8]}")  # fmt: skip
    if one.what.startswith("the edition "):
        return Finding("two things", name, f"{one.what} was issued twice: the other is in {other}")
    if one.what.startswith("two values of "):
        field = one.what.removeprefix("two values of ")
        return Finding("two values", name, f"{field} has two values, given apart; the one shown is in {other}")
    return Finding("no effect", name, f"it changes nothing: {one.what}")


def _subject(event: Event) -> str | None:
    """Return what an event without an id is about; two about the same are in question."""
    if isinstance(event, NoteIssued):
        return f"{event.reference}, {event.edition}"
    about = (getattr(event, name, None) for name in ("commitment", "objective", "difference"))
    return next(filter(None, about), None)


def _brief(text: str | None) -> str:
    """Return the beginning of a quotation on one line."""
    words = " ".join((text or "").split())
    return words if len(words) <= 60 else f"{words[:57]}…"
