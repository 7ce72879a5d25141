"""What papers say of their own accord, in the language of the paper; what officers and sources say stays as it is.

A paper is written in English. What is fixed in it (headings, column heads, labels, flags, sentences
without values) needs nothing: `translated` puts it into the language of the frame when the note is
finished. A sentence with values asks for itself, by its English form with named placeholders:

    Run(say("No one at {agency} is on record.", agency=in_prose(agency)))

Numbers of things, lists and dates go through `counted`, `joined` and `format_span`. The words are in
`templates/lang/`, one file a language; `papers.make` is where a paper begins to speak.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from typing import Any

from briefing import dates
from briefing.dates import Span
from briefing.notes.note import Note


@dataclass(frozen=True, slots=True)
class Language:
    """A language: its BCP 47 code, and what each English sentence of a paper is in it."""

    code: str = "en-GB"
    sentences: Mapping[str, str] = field(default_factory=dict)


ENGLISH = Language()
_now: ContextVar[Language] = ContextVar("language", default=ENGLISH)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Let what is written meanwhile be in a language, and in English again behind it."""
    token = _now.set(language)
    try:
        yield
    finally:
        _now.reset(token)


def say(sentence: str, **values: object) -> str:
    """Return an English sentence in the language of the paper, with its values."""
    said = _now.get().sentences.get(sentence, sentence)
    return said.format(**values) if values else said


def in_english() -> bool:
    """Tell whether English grammar holds: articles, small letters inside a sentence."""
    return _now.get().code.startswith("en")


def counted(n: int, one: str, many: str = "") -> str:
    """Return a number and its noun as prose has them: "one commitment", "12 meetings"."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    if n < 2:
        return say(f"{words[n]} {one if n else many or one + 's'}")
    return say(f"{{n}} {many or one + 's'}", n=say(words[n]) if n < len(words) else n)


def joined(parts: Sequence[str]) -> str:
    """Return parts as a list in a sentence: "a, b and c"."""
    if in_english() or len(parts) < 2:
        return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
    from babel.lists import format_list

    return format_list(list(parts), locale=_now.get().code)


def either(parts: Sequence[str]) -> str:
    """Return parts of which one holds: "a or b"."""
    return say(" or ").join(parts)


def format_span(span: Span) -> str:
    """Return a date as the paper's language prints it: "27–29 May 2025"; undated words stand in quotation marks."""
    if (given := dates.due_before(span)) is not None:
        return say("before {day}", day=format_span(given))
    return dates.format_span(span, _now.get().code.replace("-", "_"))


def format_day(day: date) -> str:
    """Return a day as the paper's language prints it: "27 May 2025"."""
    return format_span(Span(start=day, end=day, precision="day", words=f"{day}"))


def edition(reference: str, number: int) -> str:
    """Return what an issued paper is called: "AMD/2025/0147, edition 3"."""
    return say("{reference}, edition {n}", reference=reference, n=number)


def translated(note: Note) -> Note:
    """Return a note with what is fixed in it in the language of the paper."""
    language = _now.get()
    return note if not language.sentences else replace(_each(note, language.sentences), lang=language.code)


def _each(one: Any, sentences: Mapping[str, str]) -> Any:
    """Return a value with every text in it that is a sentence of the catalogue translated."""
    if isinstance(one, str):
        bare = one.strip()
        return one.replace(bare, sentences[bare]) if bare in sentences else one
    if isinstance(one, tuple):
        return tuple(_each(part, sentences) for part in one)
    if is_dataclass(one) and not isinstance(one, type):
        kept = {f.name: getattr(one, f.name) for f in fields(one) if f.name not in _NAMES}
        return replace(one, **{name: _each(value, sentences) for name, value in kept.items()})
    return one


_NAMES = frozenset({"kind", "style", "tone", "lang", "basis", "heads", "made_at", "ministry", "unit"})
"""Fields that no reader sees, or that are never a paper's own words."""
