"""Topics in a text: names of agreements, dialogues and initiatives, acronyms, and what the register knows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from briefing.intake.rules.bodies import known_names
from briefing.intake.rules.countries import country_of
from briefing.intake.rules.reading import Page
from briefing.passages import Extent
from briefing.spelling import fold_name
from briefing.state import BriefingState

_HEAD = (
    "Agreement|Dialogue|Initiative|Compact|Pact|Treaty|Framework|Partnership|Venture|Corridor|Quad|Forum|Summit|"
    "Alliance|Accords?|Act|Plan|Program(?:me)?|Task Force|Charter|Convention|Protocol|Strategy|Roadmap|Mechanism|"
    "Law|Deal|Agenda|Working Group|Platform|Declaration|Statement|Conference|Arrangement|Facility|Process|Package"
)
_CAPITAL = r"(?:[A-Z]\w{0,40}-[A-Z]\.[A-Z]\.|[A-Z][\w'-]{0,40}|[A-Z]\.[A-Z]\.(?:-[A-Z]\w+)?)"
_NAMED = re.compile(
    rf"\b(?:{_CAPITAL} (?:(?!and the )(?:and |of |for |on |to |the |in |& )){{0,2}}){{0,8}}{_CAPITAL} (?:{_HEAD})\b"
    rf"(?: (?:for|on|of|to) (?:the )?{_CAPITAL}(?: (?:and )?{_CAPITAL}){{0,6}})?"
)
_EXPANDED = re.compile(r"\b([A-Z][A-Z0-9]{2,})\s\(([A-Z][^()]{8,140})\)")
_SHORTENED = re.compile(
    rf"\b({_CAPITAL}(?: (?:{_CAPITAL}|of|and|for|the|on|in|&|to)){{0,12}} {_CAPITAL}) \(([A-Z][A-Z0-9&-]{{2,9}})\)"
)
_HOUSE = re.compile(r"\b(?:Cent(?:er|re)|Institut(?:e|ion)|Foundation|University|Chamber|College|Association) ")
_OPERATION = re.compile(r"\bOperation [A-Z]\w+")
_GROUP = re.compile(r"\bthe (Quad|G-?7|G-?20|BRICS)\b")
_ACRONYM = re.compile(r"(?<![\w.-])[A-Z](?:[A-Z]|\d[A-Z])[A-Z0-9]+(?![\w-])(?! initiative\b)")
_WITH_WORD = re.compile(r"\b([A-Z]{3,}) (initiative|framework|agreement|dialogue|programme|program)\b")
_NOT_FIRST = frozenset("The A An In At Today His Her Both During On With And This These As For Under By".split())
_MONTHS = frozenset(
    "January February March April May June July August September October November December Today".split()
)
_NO_TOPIC = frozenset("COVID CEO CEOS USA UAE USD NOTE END PDF AFP ANI PTI PRESS RELEASE III NSA APNSA NSC".split())


@dataclass(slots=True)
class Subject:
    """A topic of a text: its name there, its full name, where it stands, and what it is on the register."""

    name: str
    full: str = ""
    mentions: list[Extent] = field(default_factory=list)
    known: str = ""
    sure: int = 75


class Topics:
    """The topics of a text; a place of the text names one thing."""

    def __init__(self, page: Page, register: BriefingState, taken: Iterable[Extent]) -> None:
        """Read the topics of a page; `taken` are places that name something else."""
        self.page, self.register, self._taken = page, register, page.covered(taken)
        self._by_name: dict[str, Subject] = {}
        self.every: list[Subject] = []
        self._acronyms_explained()
        for extent in known_names(page, register, "topic"):
            self._take(extent, page.said(extent))
        for match in _WITH_WORD.finditer(page.flat):
            self._take(match.span(), match[1])
        for match in (*_NAMED.finditer(page.flat, page.body_start), *_OPERATION.finditer(page.flat)):
            own = match[0].rpartition("'s ")[2]
            extent = match.end() - len(own) + _idle(own), match.end()
            if " " in (name := page.said(extent)):
                self._take(extent, name)
        for match in _GROUP.finditer(page.flat):
            self._take(match.span(1), match[1])
        for match in _ACRONYM.finditer(page.flat, page.body_start):
            if match[0] not in _NO_TOPIC and not country_of(match[0]):
                self._take(match.span(), match[0], sure=50)
        self.every.sort(key=lambda one: min(one.mentions))

    def _acronyms_explained(self) -> None:
        """Take "COMPACT (Catalysing …)" and "Financial Action Task Force (FATF)"."""
        for match in _EXPANDED.finditer(self.page.flat):
            inside = self._taken.touches(match.span())  # an agency by its short name, "Accelerated Commerce"
            self._take(match.span(1) if inside else match.span(), match[1], self.page.said(match.span(2)), sure=90)
            self._taken.take(match.span())
        for match in _SHORTENED.finditer(self.page.flat):
            start = match.start() + _idle(match[1])
            words = self.page.flat[start : match.end(1)]
            if _HOUSE.search(words):  # a think tank, no topic
                self._taken.take((start, match.end()))
            elif _initials(words, match[2]):
                self._take((start, match.end()), match[2], self.page.said((start, match.end(1))), sure=85)

    def _take(self, extent: Extent, name: str, full: str = "", *, sure: int = 75) -> None:
        if self._taken.touches(extent):
            return
        self._taken.take(extent)
        id_ = self.register.find("topic", name) or (self.register.find("topic", full) if full else None) or ""
        one = self._by_name.get(id_ or fold_name(name))
        if one is None:
            self.every.append(one := Subject(name, full, known=id_, sure=95 if id_ else sure))
        self._by_name |= {fold_name(words): one for words in (id_, name, full) if words}
        one.full = one.full or full
        one.mentions.append(extent)


def _idle(words: str) -> int:
    """Return how many signs at the beginning are of words that begin no name."""
    skipped = 0
    for word in words.split():
        if word not in _NOT_FIRST | _MONTHS and not word[0].islower():
            break
        skipped += len(word) + 1
    return skipped


def _initials(words: str, acronym: str) -> bool:
    """Tell whether an acronym can be of words: its letters are, in order, among their first letters."""
    firsts = iter("".join(word[0] for word in re.split(r"[\s-]+", words) if word).upper())
    if all(letter in firsts for letter in acronym if letter.isalpha()):
        return True
    capitals = sorted(word[0] for word in words.split() if word[0].isupper())
    return capitals == sorted(letter for letter in acronym if letter.isalpha())  # “SDCA”, in the order of another text
