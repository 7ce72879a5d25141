"""What events claim, against the rest of the record: names that something bears, words that stand in their text.

Events come one at a time and are let go. Of a portion of the record is kept what it bears, what others of it are
about, and what it could not answer by itself; `ledger` holds it against the rest.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence

from briefing.amend import ABOUT_EVENTS
from briefing.events import Event, NoteIssued, Recorded, SourceRegistered
from briefing.payload import Citation, citations
from briefing.store.contents import BEARERS, Reference, fits, references

Read = Callable[[str], Recorded]
"""Reads an event again, by its digest."""

ITEM = "item"
"""The kind of what is within a meeting or a visit: a commitment, an objective; its id is m/c1."""

_TEXT_KEPT = 8_000_000
"""Code points of source texts that are held at once; beyond, the one not cited for longest is read again."""


class Claims:
    """What the events of a portion claim; it goes from process to process without the texts."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.borne: set[tuple[str, str]] = set()
        """The kind and the id of each thing, and of each item within one."""
        self.alike: list[tuple[str, str]] = []
        """What each event tells of, or is about, with its digest: two of the same are in question."""
        self.sources: dict[str, list[str]] = {}
        """The digests of texts, by their ids."""
        self.open: list[tuple[str, Reference]] = []
        """What events name that nothing has borne."""
        self.misquoted: list[tuple[str, Citation]] = []
        self.again: set[str] = set()
        """The events that cite a text which has not been seen."""
        self.about: set[str] = set()
        """The events that are about others, or replace them."""
        self.targets: list[tuple[str, str]] = []
        """The digests of the events that others are about or replace, each with one of those others."""
        self.texts = Texts()

    def __getstate__(self) -> dict[str, object]:
        """Leave the texts behind."""
        return self.__dict__ | {"texts": Texts()}

    def see(self, one: Recorded, read: Read) -> None:
        """Take in one event; events come in log order. `read` reads an event of those seen again, by its digest."""
        event = one.event
        kind, id_ = BEARERS.get(type(event)), getattr(event, "id", None)
        if kind is not None and id_ is not None:
            self.borne.add((kind, id_))
        if id_ is not None:
            self.borne.update((ITEM, f"{id_}/{item.id}") for items in ("commitments", "objectives")
                              for item in getattr(event, items, ()))  # fmt: skip
        if (key := id_ or _subject(event)) is not None:
            self.alike.append((key, one.digest))
        if isinstance(event, SourceRegistered):
            self.sources.setdefault(event.id, []).append(one.digest)
        if event.replaces or isinstance(event, ABOUT_EVENTS):
            self.about.add(one.digest)
            self.targets += ((target, one.digest) for target in event.replaces)
        named = (getattr(event, name, None) for name in ("target", "note", "amends"))
        self.targets += ((target, one.digest) for target in named if target is not None)
        self.check(one.digest, event, read)

    def bear(self, id_: str) -> None:
        """Take in the id of an event of an unknown type: whatever it is, something bears it."""
        self.borne.update((kind, id_) for kind in BEARERS.values())

    def texts_of(self, source: str) -> Sequence[str] | None:
        """Return the digests of the texts of a source; None where there is none."""
        return self.sources.get(source)

    def check(self, digest: str, event: Event, read: Read) -> None:
        """Note what an event names that nothing has borne so far, and what it quotes that is not there."""
        self.open += [(digest, one) for one in references(event) if self.borne.isdisjoint(bearers(one))]
        for citation in citations(event):
            if citation.source is None:
                continue
            texts = self.texts_of(citation.source)
            if texts is None:
                self.again.add(digest)
            elif not any(fits(citation, self.texts.of(source, read)) for source in texts):
                self.misquoted.append((digest, citation))


def bearers(one: Reference) -> list[tuple[str, str]]:
    """Return what may bear a name: one of them is enough."""
    return [(ITEM, f"{one.id}/{one.item}")] if one.item else [(kind, one.id) for kind in one.kinds]


class Texts:
    """The texts of sources as they read now; those cited lately are at hand."""

    def __init__(self) -> None:
        """Begin with none; `amended` are those that corrections changed."""
        self.amended: dict[str, str] = {}
        self._held: OrderedDict[str, str] = OrderedDict()
        self._size = 0

    def of(self, digest: str, read: Read) -> str:
        """Return the text of a source, by the digest of its event."""
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


def _subject(event: Event) -> str | None:
    """Return what an event without an id is about; two about the same are in question."""
    if isinstance(event, NoteIssued):
        return f"{event.reference}, {event.edition}"
    about = (getattr(event, name, None) for name in ("commitment", "objective", "difference"))
    return next(filter(None, about), None)
