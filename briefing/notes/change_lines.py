"""A change in a sentence: what it is about, what it was and is now, why, on whose word, and where it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from briefing.changes import Changed
from briefing.events import (
    AssessmentRecorded,
    CommitmentUpdated,
    DifferenceSettled,
    Event,
    EventRedacted,
    FactStated,
    LineAgreed,
    MeetingHeld,
    MeetingPlanned,
    Named,
    NoteCleared,
    NoteIssued,
    NoteReturned,
    NoteSeen,
    ObjectiveScored,
    SourceRegistered,
    VisitReported,
)
from briefing.notes.change_values import field_words, item_words, short
from briefing.notes.commitments import owed
from briefing.notes.differ import settlement
from briefing.notes.language import counted, format_span, joined
from briefing.notes.note import Run, Runs, plain
from briefing.notes.writer import Writer, capital, in_prose
from briefing.payload import Citation, Commitment, citations
from briefing.state import Difference

NOUNS = {
    "source.registered": "text", "agency.described": "agency", "person.described": "person",
    "topic.described": "topic", "visit.described": "visit", "meeting.planned": "planned meeting",
    "meeting.held": "meeting", "visit.reported": "report on a visit", "fact.stated": "fact",
    "assessment.recorded": "assessment", "line.agreed": "line", "commitment.updated": "news of a commitment",
    "objective.scored": "score of an objective", "difference.settled": "settlement of a difference",
    "event.corrected": "correction", "event.retracted": "withdrawal", "note.issued": "paper",
}  # fmt: skip
"""What an event of a type puts on record; another type goes by its own name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One change as it is printed: under which heading, the words, and the events it leads to."""

    section: str
    runs: Runs
    digests: tuple[str, ...]

    @property
    def words(self) -> str:
        """The words as one string."""
        return plain(self.runs)


CORRECTED, WITHDRAWN, SETTLED = "Corrected", "Withdrawn", "Differences settled"
COMMITMENTS, MEETINGS, SAID = "Commitments", "Meetings and reports", "Assessments, facts, lines and scores"
REGISTER, SOURCES, PAPERS, OTHER = "Register", "Texts", "Papers", "Also put on record"
SECTIONS = (CORRECTED, WITHDRAWN, SETTLED, COMMITMENTS, MEETINGS, SAID, REGISTER, SOURCES, PAPERS, OTHER)
"""The headings of a sheet in order: first what undoes something that a reader may have read."""


class Teller:
    """Puts changes into lines; `differences` are those that the record shows now.

    `traced` says whether a line ends with the digest of its event, and names a commitment by its reference.
    """

    def __init__(
        self, writer: Writer, changes: Iterable[Changed], differences: Iterable[Difference], *, traced: bool = True
    ) -> None:
        """Take the pen of the paper, and what changed."""
        self.writer = writer
        self.traced = traced
        self.changes = tuple(changes)
        self.settled = {one.settled.digest: one for one in differences if one.settled}

    def lines(self) -> list[Line]:
        """Return a line for each change, and one for each commitment that entered, by section."""
        found = [line for change in self.changes for line in self._lines(change)]
        return sorted(_gathered(found), key=lambda line: SECTIONS.index(line.section))

    def _lines(self, change: Changed) -> list[Line]:
        tell: dict[str, Callable[[Changed], tuple[str, str]]] = {
            "corrected": self._corrected, "reverted": self._corrected, "restored": self._restored,
            "withdrawn": self._withdrawn, "redacted": self._redacted,
        }  # fmt: skip
        if change.kind in tell:
            section, words = tell[change.kind](change)
            return [self._line(section, words, change, _rests_on(change))]
        if isinstance(change.event, DifferenceSettled):
            return [self._settled(change, change.event)]
        section, words = self._entered(change)
        lines = [self._line(section, words, change, list(citations(change.event)))]
        if isinstance(change.event, MeetingHeld | VisitReported) and change.stands:
            lines += [self._promised(change, one) for one in change.event.commitments]
        return lines

    # ── what undoes something ─────────────────────────────────────────────────────────────────

    def _corrected(self, change: Changed) -> tuple[str, str]:
        about = self._name(change.subject) if change.subject else "an event that was redacted, or is not here"
        values = self._values(change)
        if change.kind == "reverted":
            return WITHDRAWN, f"{capital(about)}: a correction was withdrawn, {_stop(values)} {_why(change.event)}"
        if not change.subject:
            return CORRECTED, f"A correction of {about}."
        void = "" if change.stands else " Withdrawn again since."
        return CORRECTED, f"{capital(about)}: {_stop(values or 'nothing that it has')} {_why(change.event)}{void}"

    def _withdrawn(self, change: Changed) -> tuple[str, str]:
        if change.subject is None:
            return WITHDRAWN, "Something was withdrawn that was redacted, or is not here."
        what = f"{capital(self._name(change.subject))}{_holding(change.subject)}"
        recorded = f"on record since {change.subject.recorded_at:%-d %B %Y}"
        return WITHDRAWN, f"{what}, {recorded}: withdrawn. {_why(change.event)}"

    def _restored(self, change: Changed) -> tuple[str, str]:
        assert change.subject is not None
        return WITHDRAWN, f"{capital(self._name(change.subject))}: its withdrawal was taken back. {_why(change.event)}"

    def _redacted(self, change: Changed) -> tuple[str, str]:
        event = change.event
        assert isinstance(event, EventRedacted)
        noun = NOUNS.get(event.target_type, event.target_type)
        what = f"{capital(noun)} {event.target[:8]}, on record since {event.target_recorded_at:%-d %B %Y}"
        return WITHDRAWN, f"{what}: redacted for good. {_why(event)}"

    def _settled(self, change: Changed, event: DifferenceSettled) -> Line:
        difference = self.settled.get(change.digest)
        if difference is not None:
            cited = [reading.citation for reading in difference.readings]
            return self._line(SETTLED, settlement(self.writer, difference), change, cited)
        now = "" if change.stands else " Withdrawn since."
        words = f"{event.difference}: text “{event.uses}” is followed. {_why(event)}{now}"
        return self._line(SETTLED, words, change, [])

    # ── what entered ──────────────────────────────────────────────────────────────────────────

    def _entered(self, change: Changed) -> tuple[str, str]:
        event = change.event
        section, words = self._told(change, event)
        return section, words if change.stands else f"{words.rstrip('.')} – withdrawn again since."

    def _told(self, change: Changed, event: Event) -> tuple[str, str]:
        name, values = capital(self._name(event)), self._values(change)
        if isinstance(event, SourceRegistered):
            return SOURCES, f"{name}{f', {event.publisher}' if event.publisher and event.title else ''}."
        if isinstance(event, Named):
            return REGISTER, f"{name}: {_stop(values)}" if change.kind == "updated" else name
        if isinstance(event, MeetingHeld | MeetingPlanned | VisitReported):
            return MEETINGS, f"{name}{_holding(event)}."
        if isinstance(event, CommitmentUpdated):
            evidence = f" {event.evidence.rstrip('.')}." if event.evidence else ""
            return COMMITMENTS, f"{self._commitment(event.commitment)}: {_stop(values or 'news')}{evidence}"
        if isinstance(event, FactStated | AssessmentRecorded | LineAgreed | ObjectiveScored):
            return SAID, _said(name, event)
        if isinstance(event, NoteIssued | NoteCleared | NoteSeen | NoteReturned):
            return PAPERS, self._of_paper(event)
        return OTHER, f"{name}."

    def _of_paper(self, event: NoteIssued | NoteCleared | NoteSeen | NoteReturned) -> str:
        if isinstance(event, NoteIssued):
            return f"{event.reference}, edition {event.edition}, “{event.title}”: issued to {joined(event.to)}."
        if isinstance(event, NoteCleared):
            return f"{event.reference}: cleared by {event.cleared_by}."
        note = self.writer.state.notes.get(event.note)
        name = note.name if note else f"Paper {event.note[:8]}"
        if isinstance(event, NoteSeen):
            return f"{name}: seen by {event.reader}."
        return f"{name}: returned by {event.reader}{f', “{event.decision}”' if event.decision else ''}."

    def _promised(self, change: Changed, made: Commitment) -> Line:
        due = f"due {format_span(made.due)}" if made.due else "undated"
        words = f"New: {made.say.rstrip('.')} ({made.status}, {due}). Owed by and to: {owed(self.writer, made)}."
        return self._line(COMMITMENTS, words, change, list(made.citations))

    # ── parts of a sentence ───────────────────────────────────────────────────────────────────

    def _line(self, section: str, words: str | Runs, change: Changed, cited: Iterable[Citation]) -> Line:
        known = [one for one in cited if one.source is None or one.source in self.writer.letters]
        runs = (Run(words.strip()),) if isinstance(words, str) else words
        trace = (Run(f" {change.digest[:8]}", "muted"),) if self.traced else ()
        return Line(section, (*runs, *self.writer.mark(known, flagged=False), *trace), (change.digest,))

    def _name(self, event: Event) -> str:
        """Return what an event put on record, by its noun and name, with day and agencies of a meeting."""
        noun = NOUNS.get(event.type, event.type.replace(".", " "))
        fields = ("title", "name", "say", "commitment", "objective", "difference", "reference", "about",
                  "publisher", "id")
        found = next((value for field in fields if (value := getattr(event, field, None))), "")
        details = []
        if (when := getattr(event, "when", None)) is not None:
            details.append(format_span(when))
        agencies = [one for id_ in getattr(event, "agencies", ()) if (one := self.writer.state.agencies.get(id_))]
        if agencies:
            details.append(f"with {joined([in_prose(one) for one in agencies])}")
        behind = f" ({', '.join(details)})" if details else ""
        called = short(item_words(self.writer.state, str(found)))
        return f"{noun} “{called}”{behind}" if found else f"{noun}{behind}"

    def _values(self, change: Changed) -> str:
        return "; ".join(field_words(self.writer.state, one) for one in change.fields)

    def _commitment(self, ref: str) -> str:
        found = next((one.commitment for one in self.writer.state.commitments if one.ref == ref), None)
        name = f" ({ref})" if self.traced else ""
        return f"“{short(found.say.rstrip('.'))}”{name}" if found else f"Commitment {ref}"


def _gathered(lines: list[Line]) -> list[Line]:
    """Return lines with the new entries of the register as one for each kind: names, each with its event."""
    entries = [one for one in lines if one.section == REGISTER and not one.runs[0].text.endswith((".", ".”"))]
    if len(entries) < 2:
        return lines
    kinds: dict[str, list[Line]] = {}
    for one in entries:
        kinds.setdefault(one.runs[0].text.partition(" “")[0].lower(), []).append(one)
    return [*(one for one in lines if one not in entries), *(_together(noun, some) for noun, some in kinds.items())]


def _together(noun: str, entries: list[Line]) -> Line:
    """Return entries of one kind as one line: "New agencies: “State” …; “Treasury” …."."""
    many = {"agency": "agencies", "person": "people"}.get(noun, f"{noun}s")
    runs: list[Run] = [Run(f"New {many if len(entries) > 1 else noun}: ")]
    for n, one in enumerate(entries):
        name = "“" + one.runs[0].text.partition(" “")[2]
        runs += [Run(name), *one.runs[1:], Run("; " if n + 1 < len(entries) else ".")]
    return Line(REGISTER, tuple(runs), tuple(digest for one in entries for digest in one.digests))


def _rests_on(change: Changed) -> list[Citation]:
    """Return the citations of the points, commitments and the like that a change is about; else those of the whole."""
    if change.subject is None:
        return []
    items = {one.path.split("/")[1] for one in change.fields if "/" in one.path}
    parts = [one for value in change.subject.__dict__.values() if isinstance(value, tuple) for one in value]
    found = [cited for one in parts if getattr(one, "id", None) in items for cited in citations(one)]
    return found or list(citations(change.subject))


def _holding(event: Event) -> str:
    """Return how many points and commitments a meeting or report holds: ", three points and one commitment"."""
    kinds = (("points", "point"), ("commitments", "commitment"))
    counts = [counted(len(found), noun) for name, noun in kinds if (found := getattr(event, name, ()))]
    return f", {joined(counts)}" if counts else ""


def _said(name: str, event: FactStated | AssessmentRecorded | LineAgreed | ObjectiveScored) -> str:
    if isinstance(event, AssessmentRecorded):
        lines = (*event.bottom_line, event.state_of_play, event.sensitivity, event.comment)
        words = next((one for one in lines if one), "")
        return f"{name}, by {event.by}: {short(words.rstrip('.'))}." if words else f"{name}, by {event.by}."
    if isinstance(event, LineAgreed):
        words = event.line or event.press_line or ""
        return f"{name}: {short(words.rstrip('.'))}."
    if isinstance(event, ObjectiveScored):
        return f"{name}: {event.score}. {event.evidence}"
    return f"{name}."


def _stop(words: str) -> str:
    """Return words that end with a full stop, be it inside a quotation."""
    return words if words.endswith((".", ".”")) else f"{words}."


def _why(event: Event) -> str:
    """Return the reason and the authority of a change, as they were recorded."""
    reason = str(getattr(event, "reason", "") or getattr(event, "because", ""))
    by = getattr(event, "authority", None) or event.recorded_by
    return f"Reason: {reason.rstrip('.')} ({by})."
