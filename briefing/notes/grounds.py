"""What each sentence of a paper rests on: the events that hold its words, the quotations of its marks, or a rule.

A paper prints words of the record, and words that a rule puts between them. The words are looked for
in the events as they read now, the longest first; a source mark knows its quotations; what holds
neither must be one of the sentences that the program makes by a rule, or it rests on nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.amend import amend
from briefing.dates import Span, format_span
from briefing.events import Event, EventCorrected, NoteCleared, NoteIssued, Recorded, SourceRegistered
from briefing.notes.note import (
    Block,
    BottomLine,
    BulletList,
    Counts,
    Footnotes,
    Note,
    Paragraph,
    Run,
    Runs,
    SourceList,
    Table,
    Timeline,
)
from briefing.passages import paragraph_number
from briefing.payload import Citation, Model

SHORTEST = 3
"""Letters of a text that is looked for; a shorter one is found everywhere."""

SHARED = 3
"""Events that may hold the same words, such as a date; where more do, they are named only for want of better ones."""

RULES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("counted from the record",
         r"(?<!no )\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten) [a-z]+|^none of these"),
        ("gap by rule", r"\b(no|none|not|nothing|nobody|neither|undated|whether|unknown)\b"),
    )
)  # fmt: skip
"""The sentences that the program makes without words of the record: their rule, and what gives them away."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation that a sentence rests on: the source's id, the number of its paragraph, the words."""

    source: str
    paragraph: int
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ground:
    """An event that a sentence rests on, the words of it that are printed, and the quotations it cites for them.

    The event reads as it does now; each correction of it is a ground of its own. `paths` are the fields of the
    words, as a correction names them; empty where none can.
    """

    digest: str
    event: Event
    words: tuple[str, ...]
    quoted: tuple[Quoted, ...] = ()
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A paragraph, row, line or note of a paper: where it stands, its words, and what they rest on.

    `rule` is named where no event holds the words.
    """

    place: str
    text: str
    grounds: tuple[Ground, ...]
    rule: str = ""


@dataclass(frozen=True, slots=True)
class _Text:
    """A text that an event holds, as it is looked for, and the citations that stand beside it."""

    folded: str
    digest: str
    path: str
    said: str
    citations: tuple[Citation, ...]


def statements(note: Note) -> Iterator[tuple[str, Runs]]:
    """Yield each paragraph, row, line and note of a paper, and where it stands."""
    section, number = "", 0
    for block in note.blocks:
        if isinstance(block, Paragraph):
            number += 1
            yield (f"paragraph {block.number}" if block.number else f"{section or 'text'}, line {number}"), block.runs
            continue
        number = 0
        if block.kind == "heading":
            section = block.text
        yield from _inside(block, section)


def _inside(block: Block, section: str) -> Iterator[tuple[str, Runs]]:
    match block:
        case BottomLine(heading, lines):
            yield from ((f"{heading}, line {n}", line) for n, line in enumerate(lines, 1))
        case BulletList(items):
            yield from ((f"{section}, point {n}", item) for n, item in enumerate(items, 1))
        case Table(_, rows):
            yield from ((f"{section}, row {n}", _row(row)) for n, row in enumerate(rows, 1))
        case Timeline(points):
            yield from ((f"timeline, {p.date}", (Run(f"{p.date}: {p.label}"),)) for p in points)
        case Counts(shares):
            told = ((Run(f"{one.count} {one.label}"),) for one in shares)
            yield from ((f"{section}, picture, line {n}", line) for n, line in enumerate(told, 1))
        case Footnotes(notes):
            yield from ((f"note {number}", runs) for number, runs in notes)
        case SourceList(_, sources):
            yield from ((f"source {letter}", runs) for letter, runs in sources)
        case _:
            return


def words_of(runs: Runs) -> str:
    """Return the words of runs without the numbers of their notes."""
    return "".join(run.text for run in runs if run.style != "ref")


def _row(cells: Sequence[Runs]) -> Runs:
    return tuple(run for n, cell in enumerate(cells) for run in ((Run(" · "), *cell) if n else cell))


class Grounds:
    """The texts of a record, in which the words of papers are looked for."""

    def __init__(self, events: Sequence[Recorded]) -> None:
        """Take the events in log order."""
        amended = amend(events)
        self._live = dict(amended.live)
        self._gathered: dict[str, list[tuple[str, Citation]]] = {}
        self._corrections: dict[str, list[tuple[str, EventCorrected]]] = {}
        for one in events:
            if isinstance(one.event, EventCorrected) and one.digest not in amended.withdrawn:
                self._corrections.setdefault(one.event.target, []).append((one.digest, one.event))
        self._sources = {one.id: (d, one) for d, one in self._live.items() if isinstance(one, SourceRegistered)}

    def of(self, note: Note) -> tuple[Statement, ...]:
        """Return every statement of a paper with what it rests on."""
        return tuple(self.statement(place, runs) for place, runs in statements(note))

    def statement(self, place: str, runs: Runs) -> Statement:
        """Return one statement with what it rests on."""
        text = words_of(runs)
        marked = {ref for run in runs for ref in run.rests_on}
        grounds = self._grounds(text, marked)
        rule = "" if grounds else next((name for name, sign in RULES if sign.search(text)), "")
        return Statement(place, text, grounds, rule)

    def _grounds(self, text: str, marked: set[str]) -> tuple[Ground, ...]:
        held = list(self._held(fold(text)))
        own = [same for same in held if len({one.digest for one in same}) <= SHARED]
        found: dict[str, list[_Text]] = {}
        for one in (one for same in own or held for one in same):
            found.setdefault(one.digest, []).append(one)
        for ref in sorted(marked):
            for digest in self._by_ref.get(ref, ()):
                found.setdefault(digest, [])
        grounds = [self._ground(digest, texts, marked) for digest, texts in found.items()]
        corrected = (one for digest in found for one in self._corrections.get(digest, ()))
        return (*grounds, *(Ground(digest, event, _values(event)) for digest, event in corrected))

    def _ground(self, digest: str, texts: Sequence[_Text], marked: set[str]) -> Ground:
        event = self._live[digest]
        beside = {_ref(c) for one in texts for c in one.citations}
        cited = [c for ref, c in self._cited(digest) if ref in marked or ref in beside]
        words = {one.said: one.path for one in texts}
        quoted = dict.fromkeys(q for c in cited if (q := self._quoted(c)))
        return Ground(digest, event, tuple(words), tuple(quoted), tuple(words.values()))

    def _cited(self, digest: str) -> list[tuple[str, Citation]]:
        """Return the citations of an event with their references, gathered once: many statements rest on one event."""
        if digest not in self._gathered:
            self._gathered[digest] = [(_ref(one), one) for one in _citations(self._live[digest])]
        return self._gathered[digest]

    def _quoted(self, citation: Citation) -> Quoted | None:
        if citation.source not in self._sources or citation.start is None:
            return None
        source = self._sources[citation.source][1]
        return Quoted(citation.source, paragraph_number(source.text, source.body_start, citation.start),
                      citation.quote or "", citation.start, citation.end or 0)  # fmt: skip

    def _held(self, folded: str) -> Iterator[list[_Text]]:
        """Yield the texts whose words stand in a sentence, but not those that only stand inside a longer one.

        Texts of the same words come together.
        """
        free = folded
        near = (one for word in set(_WORD.findall(folded)) for one in self._by_word.get(word, ()) if one[0] in folded)
        for words, same in sorted(near, key=lambda item: (-len(item[0]), item[0])):
            if (at := _whole(words, free)) >= 0:
                yield same
                free = free[:at] + "\n" * len(words) + free[at + len(words) :]

    @cached_property
    def _texts(self) -> tuple[_Text, ...]:
        paper_events = (NoteCleared, NoteIssued)
        return tuple(
            _Text(fold(said), digest, path, said, cited)
            for digest, event in self._live.items()
            if not isinstance(event, paper_events)
            for path, said, cited in _said(event, (), "")
        )

    @cached_property
    def _by_word(self) -> dict[str, list[tuple[str, list[_Text]]]]:
        """Texts by their rarest word, so that a sentence is held only against those that may stand in it."""
        same: dict[str, list[_Text]] = {}
        for one in self._texts:
            if len(one.folded) >= SHORTEST:
                same.setdefault(one.folded, []).append(one)
        inside = {words: _WORD.findall(words) for words in same}
        often = Counter(word for words in inside.values() for word in set(words))
        found: dict[str, list[tuple[str, list[_Text]]]] = {}
        for words, texts in same.items():
            found.setdefault(min(inside[words], key=often.__getitem__, default=""), []).append((words, texts))
        return found

    @cached_property
    def _by_ref(self) -> dict[str, dict[str, None]]:
        """The events that cite a quotation, by the quotation, in log order."""
        found: dict[str, dict[str, None]] = {}
        for one in self._texts:
            for citation in one.citations:
                found.setdefault(_ref(citation), {})[one.digest] = None
        return found


_WORD = re.compile(r"\w+")


def _whole(words: str, text: str) -> int:
    """Return where words stand in a text, not as a part of longer words; -1 where they do not."""
    at = text.find(words)
    while at >= 0 and (_letter(text[at - 1 : at]) or _letter(text[at + len(words) : at + len(words) + 1])):
        at = text.find(words, at + 1)
    return at


def _letter(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def fold(text: str) -> str:
    """Return text as it is looked for: small letters, one blank, straight quotes, no stop at the end."""
    return " ".join(text.translate(_ALIKE).casefold().split()).rstrip(".")


_ALIKE = str.maketrans("“”’‘\u00a0‑", "\"\"'' -")


def _values(event: EventCorrected) -> tuple[str, ...]:
    """Return what a correction says now, field by field."""
    return tuple(f"{one.path}: {one.value}" for one in event.changes)


def _ref(citation: Citation) -> str:
    return f"{citation.source}:{citation.start}-{citation.end}"


_NOT_SAID = frozenset(
    {"type", "recorded_by", "origin", "nonce", "marking", "recorded_for", "file_ref", "retention", "text", "source",
     "id", "original_name", "original_sha256", "topics", "agencies", "visit", "about", "country", "at"}
)  # fmt: skip
"""Fields that are no words of a paper: who wrote the event, ids, a source's whole text, and what many things share."""


def _said(part: Model, beside: tuple[Citation, ...], above: str) -> Iterator[tuple[str, str, tuple[Citation, ...]]]:
    """Yield the texts of an event or a part of one, each with its path and the citations that stand beside it."""
    own = tuple(one for one in getattr(part, "citations", ()) if isinstance(one, Citation)) or beside
    if isinstance(part, Citation):
        own, above = (part,), "(a quotation)"
    for name, value in part.__dict__.items():
        for one in () if name in _NOT_SAID else value if isinstance(value, tuple) else (value,):
            path = f"{above}{name}" if not isinstance(value, tuple) else ""
            if isinstance(one, Span):
                yield "", format_span(one), own
            elif isinstance(one, Model):
                item = getattr(one, "id", None)
                yield from _said(one, own, f"{above}{name}/{item}/" if item else "(no path)")
            elif isinstance(one, str) and not _is_choice(one):
                yield "" if "(" in path else path, one, own


def _is_choice(value: str) -> bool:
    """Tell whether a value is one of a list, such as "agreed" or "ours", or an id: no words to look for."""
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*( (consider|hand|person))?", value) is not None


def _citations(part: Model) -> Iterator[Citation]:
    for value in part.__dict__.values():
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Citation):
                yield one
            elif isinstance(one, Model):
                yield from _citations(one)
