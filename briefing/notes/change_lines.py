"""A change in a sentence: what it is about, what it was and is now, why, on whose word, and where it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

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
from briefing.notes.change_values import field_words, name_words, short
from briefing.notes.commitments import owed
from briefing.notes.differ import settlement
from briefing.notes.language import counted, edition, format_day, format_span, joined, say
from briefing.notes.note import Run, Runs, plain
from briefing.notes.writer import Writer, capital, in_prose
from briefing.payload import Citation, Commitment, citations
from briefing.stand_ins import stands_in
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

NEW = {
    "agency": ("New agency:", "New agencies:"), "person": ("New person:", "New people:"),
    "topic": ("New topic:", "New topics:"), "visit": ("New visit:", "New visits:"),
}  # fmt: skip
"""What begins the line of a new entry of the register, and of several."""


_REFERRING = ("commitment", "objective", "difference", "reference", "about")
_CALLED = ("title", "name", "say", *_REFERRING, "publisher", "id")
"""The fields by which an event is called, the first that it has; some name another thing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One change as it is printed: under which heading, the words, and the events it leads to.

    `entry` is the noun of a new entry of the register, of which several make one line.
    """

    section: str
    runs: Runs
    digests: tuple[str, ...]
    entry: str = ""

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
        line = self._line(section, words, change, list(citations(change.event)))
        if section == REGISTER and change.kind == "entered" and change.stands:
            line = replace(line, entry=NOUNS.get(change.event.type, ""))
        lines = [line]
        if isinstance(change.event, MeetingHeld | VisitReported) and change.stands:
            lines += [self._promised(change, one) for one in change.event.commitments]
        return lines

    # ── what undoes something ─────────────────────────────────────────────────────────────────

    def _corrected(self, change: Changed) -> tuple[str, str]:
        about = self._name(change.subject) if change.subject else say("an event that was redacted, or is not here")
        values = self._values(change)
        if change.kind == "reverted":
            told = say("{what}: a correction was withdrawn, {values}", what=capital(about), values=_stop(values))
            return WITHDRAWN, f"{told} {_why(change.event)}"
        if not change.subject:
            return CORRECTED, say("A correction of {what}.", what=about)
        void = "" if change.stands else f" {say('Withdrawn again since.')}"
        return CORRECTED, f"{capital(about)}: {_stop(values or say('nothing that it has'))} {_why(change.event)}{void}"

    def _withdrawn(self, change: Changed) -> tuple[str, str]:
        if change.subject is None:
            return WITHDRAWN, say("Something was withdrawn that was redacted, or is not here.")
        what = f"{capital(self._name(change.subject))}{_holding(change.subject)}"
        day = format_day(change.subject.recorded_at.date())
        return WITHDRAWN, f"{say('{what}, on record since {day}: withdrawn.', what=what, day=day)} {_why(change.event)}"

    def _restored(self, change: Changed) -> tuple[str, str]:
        assert change.subject is not None
        what = capital(self._name(change.subject))
        return WITHDRAWN, f"{say('{what}: its withdrawal was taken back.', what=what)} {_why(change.event)}"

    def _redacted(self, change: Changed) -> tuple[str, str]:
        event = change.event
        assert isinstance(event, EventRedacted)
        what = f"{capital(say(NOUNS.get(event.target_type, event.target_type)))} {event.target[:8]}"
        day = format_day(event.target_recorded_at.date())
        told = say("{what}, on record since {day}: redacted for good.", what=what, day=day)
        return WITHDRAWN, f"{told} {_why(event)}"

    def _settled(self, change: Changed, event: DifferenceSettled) -> Line:
        difference = self.settled.get(change.digest)
        if difference is not None:
            cited = [reading.citation for reading in difference.readings]
            return self._line(SETTLED, settlement(self.writer, difference), change, cited)
        now = "" if change.stands else f" {say('Withdrawn since.')}"
        followed = say("{difference}: text “{text}” is followed.", difference=event.difference, text=event.uses)
        words = f"{followed} {_why(event)}{now}"
        return self._line(SETTLED, words, change, [])

    # ── what entered ──────────────────────────────────────────────────────────────────────────

    def _entered(self, change: Changed) -> tuple[str, str]:
        event = change.event
        section, words = self._told(change, event)
        return section, words if change.stands else say("{what} – withdrawn again since.", what=words.rstrip("."))

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
            return COMMITMENTS, f"{self._commitment(event.commitment)}: {_stop(values or say('news'))}{evidence}"
        if isinstance(event, FactStated | AssessmentRecorded | LineAgreed | ObjectiveScored):
            return SAID, _said(name, event)
        if isinstance(event, NoteIssued | NoteCleared | NoteSeen | NoteReturned):
            return PAPERS, self._of_paper(event)
        return OTHER, f"{name}."

    def _of_paper(self, event: NoteIssued | NoteCleared | NoteSeen | NoteReturned) -> str:
        if isinstance(event, NoteIssued):
            paper = f"{edition(event.reference, event.edition)}, “{event.title}”"
            return say("{paper}: issued to {readers}.", paper=paper, readers=joined(event.to))
        if isinstance(event, NoteCleared):
            return say("{paper}: cleared by {who}.", paper=event.reference, who=event.cleared_by)
        note = self.writer.state.notes.get(event.note)
        name = say("Paper {digest}", digest=event.note[:8])
        if note:
            name = edition(note.issued.reference, note.issued.edition)
        if isinstance(event, NoteSeen):
            return say("{paper}: seen by {who}.", paper=name, who=event.reader)
        decision = f", “{say(event.decision)}”" if event.decision else ""
        return say("{paper}: returned by {who}{decision}.", paper=name, who=event.reader, decision=decision)

    def _promised(self, change: Changed, made: Commitment) -> Line:
        due = say("due {day}", day=format_span(made.due)) if made.due else say("undated")
        new = say("New: {what} ({status}, {due}).", what=made.say.rstrip("."), status=say(made.status), due=due)
        words = f"{new} {say('Owed by and to: {who}.', who=owed(self.writer, made))}"
        return self._line(COMMITMENTS, words, change, list(made.citations))

    # ── parts of a sentence ───────────────────────────────────────────────────────────────────

    def _line(self, section: str, words: str | Runs, change: Changed, cited: Iterable[Citation]) -> Line:
        known = [one for one in cited if one.source is None or one.source in self.writer.letters]
        runs = (Run(words.strip()),) if isinstance(words, str) else words
        trace = (Run(f" {change.digest[:8]}", "muted"),) if self.traced else ()
        return Line(section, (*runs, *self.writer.mark(known, flagged=False), *trace), (change.digest,))

    def _name(self, event: Event) -> str:
        """Return what an event put on record, by its noun and name, with day and agencies of a meeting."""
        noun = say(NOUNS.get(event.type, event.type.replace(".", " ")))
        field, found = next(((one, value) for one in _CALLED if (value := getattr(event, one, None))), ("", ""))
        details = []
        if (when := getattr(event, "when", None)) is not None:
            details.append(format_span(when))
        if agencies := getattr(event, "agencies", ()):
            details.append(say("with {agencies}", agencies=joined([self._met(id_) for id_ in agencies])))
        behind = f" ({', '.join(details)})" if details else ""
        called = short(name_words(self.writer.state, str(found)) if field in _REFERRING else str(found))
        return f"{noun} “{called}”{behind}" if found else f"{noun}{behind}"

    def _met(self, agency: str) -> str:
        found = self.writer.state.agencies.get(agency)
        return name_words(self.writer.state, agency) if found is None or stands_in(found) else in_prose(found)

    def _values(self, change: Changed) -> str:
        return "; ".join(field_words(self.writer.state, one) for one in change.fields)

    def _commitment(self, ref: str) -> str:
        found = next((one.commitment for one in self.writer.state.commitments if one.ref == ref), None)
        name = f" ({ref})" if self.traced else ""
        return f"“{short(found.say.rstrip('.'))}”{name}" if found else say("Commitment {ref}", ref=ref)


def _gathered(lines: list[Line]) -> list[Line]:
    """Return lines with the new entries of the register as one for each kind: names, each with its event."""
    entries = [one for one in lines if one.entry]
    if len(entries) < 2:
        return lines
    kinds: dict[str, list[Line]] = {}
    for one in entries:
        kinds.setdefault(one.entry, []).append(one)
    return [*(one for one in lines if one not in entries), *(_together(noun, some) for noun, some in kinds.items())]


def _together(noun: str, entries: list[Line]) -> Line:
    """Return entries of one kind as one line: "New agencies: “State” …; “Treasury” …."."""
    runs: list[Run] = [Run(f"{say(NEW[noun][len(entries) > 1])} ")]
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
        by = say("{what}, by {who}", what=name, who=event.by)
        return f"{by}: {short(words.rstrip('.'))}." if words else f"{by}."
    if isinstance(event, LineAgreed):
        words = event.line or event.press_line or ""
        return f"{name}: {short(words.rstrip('.'))}."
    if isinstance(event, ObjectiveScored):
        return f"{name}: {say('not met') if event.score == 'not' else say(event.score)}. {event.evidence}"
    return f"{name}."


def _stop(words: str) -> str:
    """Return words that end with a full stop, be it inside a quotation."""
    return words if words.endswith((".", ".”")) else f"{words}."


def _why(event: Event) -> str:
    """Return the reason and the authority of a change, as they were recorded."""
    reason = str(getattr(event, "reason", "") or getattr(event, "because", ""))
    by = getattr(event, "authority", None) or event.recorded_by
    return say("Reason: {reason} ({who}).", reason=reason.rstrip("."), who=by)
