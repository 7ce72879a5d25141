"""Titles and names in a run of words: "Under Secretary of Commerce Jeffrey Kessler", "President Aoun of Lebanon"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.intake.rules.countries import country_named, country_of
from briefing.intake.rules.lexicon import (
    ADJECTIVES,
    HEADS,
    HONORIFICS,
    NOT_NAMES,
    PARTICLES,
    PLURALS,
    SUBJECTS,
    SUFFIXES,
)
from briefing.intake.rules.reading import Word

_COMPLEMENT = frozenset(["of", "for", "to", "on", "in"])
_ELECT = re.compile(rf"(?:{'|'.join(sorted(HEADS))})-(?:[Ee]lect|[Dd]esignate)")
_INITIAL = re.compile(r"(?:[A-Z]\.)+(?:-[A-Z]\.)*")
_MOST_WORDS = 24
_MOST_BEFORE = 3
"""Words in front of a title that are of none: “General Motors CEO”."""


@dataclass(frozen=True, slots=True)
class Named:
    """Where a title and a name stand, as indices of words: [title, titled) and [name, end); `tail` closes "of Lebanon".

    The title is empty where there is none, the name where a title stands alone ("the President"). `plural` is a title
    that others share.
    """

    title: int
    titled: int
    name: int
    end: int
    tail: int
    country: str = ""
    plural: bool = False


def label(word: Word, after: Word | None = None) -> str:
    """Return what a word is: H head of a title, M honorific, L word of titles, N maybe of a name, or nothing."""
    text = word.text
    if text == "Under" and after is not None and after.text.startswith("Secretar"):
        return "L"
    if not word.capital or text in NOT_NAMES:
        return ""
    if text in HEADS or text in PLURALS or _ELECT.fullmatch(text):
        return "H"
    if text in HONORIFICS:
        return "M"
    if text == "White" and after is not None and after.text == "House":
        return "L"
    if text in SUFFIXES or _INITIAL.fullmatch(text):
        return "L" if country_of(text) else "I"
    if text in SUBJECTS or country_of(text) or (text.isupper() and len(text) > 1) or ("-" in text and _of_titles(text)):
        return "L"
    return "N"


def _of_titles(text: str) -> bool:
    """Tell whether a word with a hyphen is made of words of titles ("Indo-Pacific", "Vice-Chair")."""
    parts = [part for part in re.split(r"[-\u2060]+", text) if part]
    return any(part in HEADS or part in SUBJECTS for part in parts) or all(country_of(part) for part in parts)


class Run:
    """Reads a title and a name from the words of a text, beginning at one of them."""

    def __init__(self, words: Sequence[Word]) -> None:
        """Take all words of a text."""
        self.words = words
        self.labels = [label(one, words[n + 1] if n + 1 < len(words) else None) for n, one in enumerate(words)]

    def at(self, start: int, *, again: bool = True) -> Named | None:
        """Return the title and name that begin at a word; None where none does."""
        title = self._title(start)
        if title is None:
            return None
        first, end = title
        name_end = end if self.words[end - 1].possessive else self._name(end)
        if name_end == end and (apart := self._apposed(first, end) or self._bracketed(first, end)):
            return apart
        if again and name_end > end and self._label(name_end) == "H" and not self.words[name_end - 1].possessive:
            later = self.at(
                name_end, again=False
            )  # "General Motors CEO Mary Barra": what looked like a name was a house
            if later is not None and later.name < later.end:
                return replace(later, title=first)
        return self._with_place(Named(first, end, end, name_end, name_end, plural=self._plural(first, end)))

    def further(self, before: Named) -> Named | None:
        """Return the next name under a title that several share: "Presidents Duda and Macron"."""
        at = before.tail
        while at < len(self.words) and self.words[at].text in (",", "and", "&"):
            at += 1
        end = self._name(at)
        if at in (before.tail, end) or self._label(end) == "H":
            return None
        return self._with_place(Named(before.title, before.titled, at, end, end, plural=True))

    def behind(self, start: int) -> Named | None:
        """Return a name with its title behind it: "Justin Trudeau, Prime Minister of Canada"."""
        end = self._name(start)
        if end - start < 2 or self._text(end) != "," or self.words[end - 1].possessive:
            return None
        at = end + 1 + (self._text(end + 1) in ("the", "a", "an"))
        title = self._title(at) if self._label(at) in ("H", "L", "N") else None
        if title is None or self._name(title[1]) > title[1] or self._text(title[1]) in ("and", "&"):
            return None
        country = next((c for one in self.words[title[0] : title[1]] if (c := country_of(one.text))), "")
        return Named(*title, start, end, title[1], country)

    def bare(self, start: int) -> Named | None:
        """Return a name of two words or more that stands without a title."""
        end = self._name(start)
        if end - start < 2 or self._label(end) in ("L", "H") or not all(self._label(n) for n in (start, end - 1)):
            return None
        return self._with_place(Named(start, start, start, end, end))

    # ── parts ─────────────────────────────────────────────────────────────────────────────────

    def _apposed(self, first: int, end: int) -> Named | None:
        """Return a title with the name behind a comma: "the President of Guatemala, Alejandro Giammattei,"."""
        name_end = self._name(end + 1) if self._text(end) == "," and end - first > 1 else end
        if name_end - end < 3 or self._text(name_end) not in (",", "and", ".", ""):
            return None
        return self._with_place(Named(first, end, end + 1, name_end, name_end))

    def _bracketed(self, first: int, end: int) -> Named | None:
        """Return a title with the name in brackets: "the Assistant Secretary of State (Castle)"."""
        name_end = self._name(end + 1) if self._text(end) == "(" else end
        if name_end <= end + 1 or self._text(name_end) != ")":
            return None
        return replace(self._with_place(Named(first, end, end + 1, name_end, name_end)), tail=name_end + 1)

    def _label(self, at: int) -> str:
        return self.labels[at] if at < len(self.labels) else ""

    def _text(self, at: int) -> str:
        return self.words[at].text if at < len(self.words) else ""

    def _plural(self, first: int, end: int) -> bool:
        return any(self._text(at) in PLURALS for at in range(first, end))

    def _title(self, start: int) -> tuple[int, int] | None:
        """Return where a title begins and ends; a possessive in front of it belongs to it only for a country."""
        first = at = start
        headed, plain = False, 0
        while at < len(self.words) and at - start < _MOST_WORDS:
            kind = self._label(at)
            if kind == "I" or (kind == "N" and (plain == _MOST_BEFORE or (headed and not self._lacks_its_noun(at)))):
                break
            after = (
                at + 1 + (kind == "M" and self._text(at + 1) == ".") if kind else self._complement(at, headed=headed)
            )
            if not after:
                break
            headed = headed or kind in ("H", "M") or self._label(after - 1) == "H"
            plain, at = plain + (kind == "N"), after
            if self.words[at - 1].possessive:
                if headed:
                    break
                if not country_of(self._text(at - 1)):
                    first, plain = at, 0
        return (first, at) if headed and first < at else None

    def _complement(self, at: int, *, headed: bool) -> int:
        """Return where a complement's first word ends ("of the Treasury"); 0 where there is none."""
        word, last = self._text(at), self._label(at - 1)
        if word == "," and headed and last == "L" and self._label(at + 1) == "L" and self._in_series(at):
            return at + 2
        if word in ("and", "&"):
            joined = headed and last == "L" and self._label(at + 1) == "L" and self._label(at + 2) != "H"
            return at + 2 if joined else 0
        if word not in _COMPLEMENT or not (headed or last == "L") or self.words[at - 1].possessive:
            return 0
        at += 1
        if self._text(at) in ("the", "The"):
            at += 1
        return at + 1 if self._label(at) in ("L", "N", "H") else 0

    def _lacks_its_noun(self, at: int) -> bool:
        """Tell whether what a post is for ends with an adjective here: "for Global" needs a word more."""
        first = at
        while self._text(first - 1) in ADJECTIVES or country_of(self._text(first - 1)):
            first -= 1
        goes_on = self._text(at - 1) in ADJECTIVES and self._label(at + 1) == "N"
        return goes_on and self._text(first - 1) in ("for", "the")

    def _in_series(self, at: int) -> bool:
        """Tell whether a comma stands in a series that ends with "and" and a word of titles."""
        for n in range(at + 1, min(at + 8, len(self.words))):
            if self._text(n) in ("and", "&"):
                return self._label(n + 1) == "L"
            if self._label(n) != "L" and self._text(n) != ",":
                return False
        return False

    def _name(self, start: int) -> int:
        """Return where a name ends that begins at a word; where it begins, if none does."""
        at = last = start
        while at < len(self.words) and at - start < 9:
            kind, text = self._label(at), self._text(at)
            if kind == "N" or (kind == "H" and self._family_king(at, last, start)):
                last = at = at + 1
            elif last > start and (after := self._suffix(at)):
                last = at = after
            elif kind == "I" or (text in PARTICLES and self._joins(at)):
                at += 1
            else:
                break
            if self.words[at - 1].possessive:
                break
        return last

    def _joins(self, at: int) -> bool:
        """Tell whether small words inside a name lead on to another word of it: "von der Leyen"."""
        while self._text(at) in PARTICLES:
            at += 1
        return self._label(at) == "N"

    def _suffix(self, at: int) -> int:
        """Return where a suffix ends: "Jr.", ", Jr.", "III"; 0 where there is none."""
        at += self._text(at) == "," and self._text(at + 1) in ("Jr", "Sr")
        if self._text(at) not in SUFFIXES:
            return 0
        return at + 2 if self._text(at) in ("Jr", "Sr") and self._text(at + 1) == "." else at + 1

    def _family_king(self, at: int, last: int, start: int) -> bool:
        """Tell whether a word that heads titles is a family name here: "Senator Angus King"."""
        return self._text(at) in ("King", "Prince", "Judge", "Bishop") and last > start and self._label(at + 1) != "N"

    def _with_place(self, named: Named) -> Named:
        """Add what follows a name: "of France", "of the Republic of Korea", "of NATO"."""
        at = named.tail
        title = " ".join(word.text for word in self.words[named.title : named.titled])
        country = next((c for word in reversed(title.split()) if (c := country_of(word))), "") or country_of(title)
        if self.words[named.end - 1].possessive or self._text(at) != "of" or named.end == named.name:
            return replace(named, country=country)
        begin = at + 2 if self._text(at + 1) == "the" else at + 1
        for end in range(min(begin + 5, len(self.words)), begin, -1):
            words = [word.text for word in self.words[begin:end]]
            if words[-1][0].isupper() and (place := country_named(" ".join(words))):
                return replace(named, tail=end, country=place)
        end = begin
        while end - begin < 4 and self._label(end) in ("L", "N"):
            end += 1
        return replace(named, tail=end if end > begin else named.tail, country=country)
