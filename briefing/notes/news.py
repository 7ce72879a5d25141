"""What a reader has not seen yet: the paper they saw last, and what was put on record since."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from briefing.ancestry import Lineage, ancestry
from briefing.changes import Changed, changes
from briefing.events import Event, NoteReturned, NoteSeen, Recorded, SourceRegistered
from briefing.links import links
from briefing.markings.given import given_marks
from briefing.notes.change_lines import Teller
from briefing.notes.language import format_day, format_span, say
from briefing.notes.note import Runs
from briefing.notes.writer import Writer
from briefing.roles import TO_EVENTS
from briefing.spelling import fold_name
from briefing.state import BriefingState, IssuedNote


@dataclass(frozen=True, slots=True)
class Seen:
    """The paper that a reader saw last, and what was put on record since it was made.

    `now` are the digests that events have in extracts, where a brief is made from these.
    """

    reader: str
    note: IssuedNote
    changes: tuple[Changed, ...]
    now: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> str:
        """When the reader saw it, as printed: the day given, else the day on which that was recorded."""
        all_: tuple[NoteSeen | NoteReturned, ...] = (*self.note.seen, *self.note.returned)
        told = [one for one in all_ if fold_name(one.reader) == fold_name(self.reader)]
        last = max(told, key=lambda one: one.recorded_at)
        return format_span(last.when) if last.when else format_day(last.recorded_at.date())

    @property
    def decision(self) -> str:
        """What the reader decided on it: "agree", with their words where there are any; empty where nothing."""
        told = [one for one in self.note.returned if fold_name(one.reader) == fold_name(self.reader) and one.decision]
        if not told or not told[-1].decision:
            return ""
        comment = f" (“{told[-1].comment}”)" if told[-1].comment else ""
        return f"{say(told[-1].decision)}{comment}"

    def is_new(self, digest: str) -> bool:
        """Tell whether an event was put on record since, or what it says was corrected since."""
        told = [one for one in self.changes if _told(one)]
        new = {each for one in told for each in (one.digest, getattr(one.event, "target", ""))}
        return digest in {self.now.get(each, each) for each in new}

    def touching(self, subjects: Collection[str]) -> tuple[Changed, ...]:
        """Return what is new and touches any of these ids; what becomes of papers, and bare texts, are left out.

        A correction or a withdrawal touches what the event touches that it is about.
        """
        return tuple(_without_marking(one) for one in self.changes if _told(one) and _touched(one) & set(subjects))


def last_seen(
    state: BriefingState, recorded: Sequence[Recorded], reader: str, *, paper: str, subject: str, as_of: date | None,
    lineage: Lineage = MappingProxyType({}),
) -> Seen | None:  # fmt: skip
    """Return what a reader saw last of a kind of paper on a subject; None where no such paper is on record as seen.

    Of a part of a record, `lineage` says who follows whom.
    """
    note = state.note_last_seen(reader, paper=paper, subject=subject)
    if note is None:
        return None
    known, _ = ancestry(recorded, note.issued.heads, lineage)
    earlier = (one for one in recorded if one.digest in known)
    return Seen(reader, note, changes(earlier, recorded, as_of=as_of, lineage=lineage))


def shown(seen: Seen, may_see: Callable[[str | None], bool], now: Mapping[str, str]) -> Seen | None:
    """Return what may be told of that by marks: changes of which each event may be seen, with all of its parts.

    `now` are the digests that events have in extracts.
    """
    note = seen.note
    if not _may_see((note.issued, *note.seen, *note.returned), may_see):
        return None
    told = (one for one in seen.changes if one.rests_on and _may_see(one.rests_on, may_see))
    return replace(seen, changes=tuple(replace(one, digest=now.get(one.digest, one.digest)) for one in told), now=now)


def _may_see(events: Iterable[Event], may_see: Callable[[str | None], bool]) -> bool:
    return all(may_see(words) for one in events for words in (one.marking, *given_marks(one)))


def news_lines(writer: Writer, changed: Iterable[Changed]) -> tuple[Runs, ...]:
    """Return a line for each change, what undoes something first."""
    teller = Teller(writer, changed, writer.state.differences, traced=False)
    return tuple(line.runs for line in teller.lines())


def _told(one: Changed) -> bool:
    """Tell whether a change is news to a reader: not papers, texts by themselves, or a marking alone."""
    marking_alone = bool(one.fields) and all(_is_marking(field.path) for field in one.fields)
    return not (marking_alone or one.event.type.startswith("note.") or isinstance(one.event, SourceRegistered))


def _is_marking(path: str) -> bool:
    return path.rpartition("/")[2] == "marking"


def _without_marking(one: Changed) -> Changed:
    """Return a change without what it says of markings: who may see a thing is no news of the thing."""
    return replace(one, fields=tuple(field for field in one.fields if not _is_marking(field.path)))


def _touched(one: Changed) -> set[str]:
    events = (one.event, *((one.subject,) if one.subject else ()))
    return {link.to for event in events for link in links(event) if link.role not in TO_EVENTS}
