"""A record with drafts at work on it: what is written is folded in at once, so that what follows can refer to it.

The texts that drafts name are registered here, and their dates and words of closed lists read; what is wrong with them
is noted, all of it, with its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from briefing.dates import DateProblem, Span, parse_due, parse_span
from briefing.errors import Place
from briefing.events import MeetingHeld, MeetingPlanned, Recorded, SourceRegistered, VisitReported
from briefing.fold import PLAN
from briefing.items import Item, LoadedText, Problems, Said
from briefing.passages import guess_body_start
from briefing.pen import Pen
from briefing.projector import Running
from briefing.state import BriefingState


class Drafting:
    """Where drafts are worked on: the state so far, the pen, the texts at hand, and what is wrong."""

    def __init__(self, log: tuple[Recorded, ...], pen: Pen, texts: Mapping[str, LoadedText]) -> None:
        """Take the record as it is; `texts` are the files that drafts name, by the name as typed."""
        self.pen = pen
        self.texts = texts
        self.problems = Problems()
        self._log, self._begun = log, len(pen.written)
        self._running = Running(log)
        self.state: BriefingState = self._running.state
        self._originals: dict[str, str] = {}
        for source in self.state.sources.values():
            self._remember(source.original_name, source.original_sha256, source.id)
        self.letters: dict[str, str] = {}
        self.unread = False  # what stands under `sources:` could not be read: its letters are not missed
        self.place = Place("")
        self.notes: str | None = None

    # ── writing ───────────────────────────────────────────────────────────────────────────────

    def write(self, kind: type[Any], *, origin: str, **payload: Any) -> None:
        """Write an event and fold it in, so that what follows can refer to it.

        A problem is noted where its id is another's: ids are given once, whatever they are given to.
        """
        space = PLAN if kind is MeetingPlanned else ""
        if (id_ := payload.get("id", "")) and space + id_ in self.state.digests and not payload.get("replaces"):
            what, hint = f"the id {id_} is on record for something else", "give it an `id:` of its own"
            self.problems.note(self.place, what, hint)
            return
        self._running.add(self.pen.write(kind, origin=origin, **payload))

    def new_id(self, wanted: str) -> str:
        """Return an id that nothing on record bears: as wanted, or with a number behind it."""
        taken = self.state.digests
        return next(one for n in count(1) if (one := wanted if n == 1 else f"{wanted}-{n}") not in taken)

    @property
    def log(self) -> tuple[Recorded, ...]:
        """What is on record, and what was written at this desk."""
        return (*self._log, *self.pen.written[self._begun :])

    def fold_correction(self, one: Recorded, now: MeetingHeld | VisitReported) -> None:
        """Fold in the correction of a meeting, or of a report, which now reads as given."""
        self._running.read_anew(one, now)

    def open(self, item: Item) -> None:
        """Begin a draft: learn its letters, and register the texts it names for the first time."""
        self.letters = {}
        self.unread = item.values.get("sources") == ()
        self.place = item.place
        self.notes = item.text("notes")
        sources = item.values.get("sources")
        for cited in sources.cited if isinstance(sources, Item) else ():
            if (id_ := self.source(cited.quote)) is not None:
                self.letters[cited.letter] = id_

    def source(self, said: Said) -> str | None:
        """Return the id of a text, registering it when it is new to the record."""
        known = self.state.sources
        if said.text in known:
            return said.text
        loaded = self.texts.get(said.text)
        if (id_ := self.text_on_record(loaded.sha256 if loaded else said.text)) is not None:
            return id_
        if loaded is None:
            self.problems.note(
                said.place,
                f"no file and no source on record is called “{said.text}”",
                f"give a path from the draft's folder; on record: {', '.join(known) or 'no source'}",
            )
            return None
        return self.register_source(loaded)

    def text_on_record(self, named: str) -> str | None:
        """Return the id of the first text on record whose file had this name, or whose bytes this SHA-256."""
        return self._originals.get(named)

    def _remember(self, name: str, sha256: str, id_: str) -> None:
        self._originals.setdefault(name, id_)
        self._originals.setdefault(sha256, id_)

    def register_source(self, loaded: LoadedText, **details: Any) -> str:
        """Put a text on record; its id is made from its bytes, so two offices give it the same."""
        lines = [line.strip() for line in loaded.text.splitlines() if line.strip()]
        payload: dict[str, Any] = {
            "id": f"text-{loaded.sha256[:12]}",
            "title": None if details.get("publisher") else lines[0][:200],
            "original_name": loaded.name,
            "original_sha256": loaded.sha256,
            "body_start": guess_body_start(loaded.text),
            "text": loaded.text,
            **{key: value for key, value in details.items() if value is not None},
        }
        self.write(SourceRegistered, origin=f"text:{loaded.sha256}", **payload)
        self._remember(loaded.name, loaded.sha256, payload["id"])
        return str(payload["id"])

    # ── dates and choices ─────────────────────────────────────────────────────────────────────

    def span(self, item: Item, key: str) -> Span | None:
        """Return a key's date; None where it is absent or wrong."""
        said = item.said(key)
        return self.date(said) if said else None

    def due(self, item: Item) -> Span | None:
        """Return when something is due; None where that is absent or wrong."""
        said = item.said("due")
        return self.date(said, parse_due) if said else None

    def date(self, said: Said, read: Callable[[str], Span] = parse_span) -> Span | None:
        """Return a date as typed; a problem is noted where there is no such day."""
        try:
            return read(said.text)
        except DateProblem as problem:
            what, _, hint = str(problem).partition("\n")
            self.problems.note(said.place, what, hint)
            return None

    def choice(self, said: Said | None, allowed: frozenset[str], what: str) -> Any:
        """Return a word of a closed list; a problem is noted for any other."""
        if said is None or said.text in allowed:
            return said.text if said else None
        self.problems.note(said.place, f"“{said.text}” is no {what}", "one of: " + ", ".join(sorted(allowed)))
        return None

    def rank(self, item: Item) -> int | None:
        """Return a rank: a whole number from 1."""
        said = item.said("rank")
        if said is None or re.fullmatch("[1-9][0-9]{0,3}", said.text):
            return int(said.text) if said else None
        self.problems.note(said.place, f"“{said.text}” is no rank", "a whole number; 1 is the highest")
        return None
