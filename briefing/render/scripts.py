"""Which language a stretch of letters is in, told by its script: for the ear, for fonts and for right-to-left text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

LETTERS: dict[str, str] = {
    "he": "\u0590-\u05ff\ufb1d-\ufb4f",
    "ar": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "hi": "\u0900-\u097f\ua8e0-\ua8ff",
    "en": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
}
"""Where nothing says more, letters are read in this language."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "sd", "ur", "yi"})

WRITTEN_AS: dict[str, str] = {
    "mr": "hi", "ne": "hi", "sa": "hi", "fa": "ar", "ps": "ar", "sd": "ar", "ur": "ar", "yi": "he",
}  # fmt: skip
"""Language → the one of `LETTERS` that has its letters; any other is written in Latin letters."""

_MARKS = "\u0300-\u036f\u200c\u200d"
"""Marks and joiners belong to the letters before them."""

_BETWEEN = r"[ \u00a0'’\-–/]+"
"""What may stand between two words of one stretch."""


def stretches(text: str, lang: str) -> Iterator[tuple[str, str]]:
    """Yield a text in pieces, each with its language; nothing where that is `lang`, or has its letters."""
    start = 0
    for found in _foreign(_own(lang)).finditer(text):
        if found.start() > start:
            yield text[start : found.start()], ""
        yield found[0], str(found.lastgroup)
        start = found.end()
    if start < len(text):
        yield text[start:], ""


def plain(text: str, lang: str) -> bool:
    """Return whether a text surely has no letters but those of a language: told at a glance."""
    return _own(lang) == "en" and text.isascii()


def right_to_left(lang: str) -> bool:
    """Return whether a language is written from right to left."""
    return _primary(lang) in RIGHT_TO_LEFT


def complex_script(text: str) -> bool:
    """Return whether a text has letters of a script that programs of offices call complex: any here but Latin."""
    return _foreign("en").search(text) is not None


def _primary(lang: str) -> str:
    return lang.partition("-")[0].lower()


def _own(lang: str) -> str:
    """Return the language of `LETTERS` whose letters a language is written in; Latin where it has no own."""
    primary = _primary(lang)
    return primary if primary in LETTERS else WRITTEN_AS.get(primary, "en")


@lru_cache
def _foreign(own: str) -> re.Pattern[str]:
    """Return what finds letters that are not those of one's own language."""
    return re.compile(
        "|".join(
            rf"(?P<{lang}>[{letters}][{letters}{_MARKS}]*(?:{_BETWEEN}[{letters}][{letters}{_MARKS}]*)*)"
            for lang, letters in LETTERS.items()
            if lang != own
        )
    )
