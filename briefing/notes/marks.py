"""The mark of a paper and of each paragraph in it: the lowest under which it says the same.

A paper is made again from what each lower mark lets see. Where the words stay, nothing in it rests on
what is higher. So a mark follows from what is printed, whatever a paper makes of the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from briefing.amend import ABOUT_EVENTS, amend
from briefing.errors import BriefingError, Refused
from briefing.events import Recorded
from briefing.markings.given import marks_of
from briefing.markings.marking import Marking, parse, portion, printed, roll_up
from briefing.markings.profile import Profile
from briefing.notes.frame import Frame
from briefing.notes.note import (
    Block,
    BottomLine,
    BulletList,
    Counts,
    Footnotes,
    Heading,
    Note,
    Paragraph,
    Run,
    Runs,
    SourceList,
    Table,
    Timeline,
)


@dataclass(frozen=True, slots=True)
class Without:
    """A reader who sees everything but what is above a level, bears one caveat, or has one release list."""

    profile: Profile
    level: str
    caveat: str = ""
    release: frozenset[str] | None = None

    def may_see(self, words: str | None) -> bool:
        """Tell whether this reader sees what bears a mark."""
        mark = parse(self.profile, words or self.profile.default)
        low_enough = self.profile.rank(mark.level) <= self.profile.rank(self.level)
        return low_enough and self.caveat not in mark.caveats and (self.release is None or mark.release != self.release)


Remake = Callable[[Without], Note]
"""Makes the same paper from what a reader sees; a `BriefingError` or `KeyError` where that has not even its subject."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The mark of a paper, and those of its paragraphs, rows and lines by their text."""

    whole: Marking
    portions: dict[str, Marking]


def marks(note: Note, profile: Profile, given_in: Iterable[str], remake: Remake) -> Marks:
    """Return the mark of a paper, and of each portion of it.

    `given_in` are the marks that are given anywhere in the events that it was made from.

    Raises `UnknownMark` where an event bears one that the profile has not.
    """
    given = {parse(profile, words) for words in {profile.default, *given_in}}
    units = list(dict.fromkeys(_units(note)))
    if len(given) == 1:
        (only,) = given
        return Marks(only, dict.fromkeys(units, only))

    def left(reader: Without) -> set[str]:
        try:
            return set(_units(remake(reader)))
        except (BriefingError, KeyError):
            return set()

    top = profile.levels[-1].name
    levels = sorted({one.level for one in given}, key=profile.rank)
    by_level = [(level, left(Without(profile, level))) for level in levels[:-1]] + [(levels[-1], set(units))]
    without_caveat = {c: left(Without(profile, top, caveat=c)) for c in {c for one in given for c in one.caveats}}
    lists = {one.release for one in given if one.release is not None}
    without_list = {some: left(Without(profile, top, release=some)) for some in lists}

    def mark(unit: str) -> Marking:
        level = next(level for level, seen in by_level if unit in seen)
        caveats = frozenset(c for c, seen in without_caveat.items() if unit not in seen)
        narrowing = [some for some, seen in without_list.items() if unit not in seen]
        caveats -= profile.contained_in(level)
        return Marking(level, caveats, frozenset.intersection(*narrowing) if narrowing else None)

    portions = {unit: mark(unit) for unit in units}
    return Marks(roll_up(profile, portions.values()), portions)


def stated_mark(profile: Profile, found: Marking, frame: Frame) -> Marking:
    """Return the mark to print: what the words ask for, or what was stated with its reason, where that is higher.

    Refused where a higher one was stated without a reason; a lower one is never taken.
    """
    if not frame.marking:
        return found
    whole = roll_up(profile, (found, parse(profile, frame.marking)))
    if whole != found and not frame.marking_reason:
        asked = printed(profile, found) or found.level
        raise Refused(f"the paper is {asked} by its words, and {frame.marking} was stated without a reason",
                      hint="--marking-reason TEXT, or marking_reason in briefing.toml")  # fmt: skip
    return whole


def apart(note: Note) -> Note:
    """Return a paper that leaves the house: its reference is of its own visible text, and it names no record."""
    around = (f"{one.label} {one.value}" for one in note.title_block)
    text = "\n".join((note.band, *around, *_units(note)))
    own = sha256(text.encode()).hexdigest()
    return replace(note, basis=own, heads=(), basis_label=f"Reference {own[:16]}", request="")


def words_in(events: Sequence[Recorded]) -> frozenset[str]:
    """Return every mark that the events and their parts bear, as they read now, and those of what changed them."""
    amended = amend(events)
    about = (one.event for one in events if isinstance(one.event, ABOUT_EVENTS) and one.digest not in amended.withdrawn)
    live = (event for _, event in amended.live)
    return frozenset(mark for event in (*live, *about) for mark in marks_of(event))


def _units(note: Note) -> Iterator[str]:
    """Yield what bears a mark of its own: titles, headings, paragraphs, lines, items, rows, dates, notes."""
    yield from (note.title, note.subtitle)
    for block in note.blocks:
        match block:
            case Heading(text):
                yield text
            case Paragraph(runs):
                yield _text(runs)
            case BottomLine(_, lines):
                yield from map(_text, lines)
            case BulletList(items):
                yield from map(_text, items)
            case Table():
                yield from (_row(row) for row in block.rows)
            case Timeline(points):
                yield from (f"{one.date} {one.label}" for one in points)
            case Counts(shares):
                yield from (f"{one.count} {one.label}" for one in shares)
            case Footnotes(rows) | SourceList(_, rows):
                yield from (_text(runs) for _, runs in rows)


def _text(runs: Runs) -> str:
    """Return what runs say, without the numbers and letters that a paper gives to notes and texts."""
    return "".join(run.text for run in runs if run.style not in ("ref", "mark"))


def _row(row: Sequence[Runs]) -> str:
    return " | ".join(map(_text, row))


def with_portions(note: Note, profile: Profile, found: Marks) -> Note:
    """Return the paper with a mark before each portion, as some profiles have it."""

    def before(text: str, runs: Runs) -> Runs:
        return (Run(f"{portion(profile, found.portions[text])} ", "mark"), *runs)

    blocks: list[Block] = []
    for block in note.blocks:
        match block:
            case Paragraph(runs):
                blocks.append(replace(block, runs=before(_text(runs), runs)))
            case BottomLine(_, lines):
                blocks.append(replace(block, lines=tuple(before(_text(runs), runs) for runs in lines)))
            case BulletList(items):
                blocks.append(replace(block, items=tuple(before(_text(runs), runs) for runs in items)))
            case Table():
                rows = tuple((before(_row(row), row[0]), *row[1:]) for row in block.rows)
                blocks.append(replace(block, rows=rows))
            case _:
                blocks.append(block)
    return replace(note, blocks=tuple(blocks))
