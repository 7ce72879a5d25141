"""Agencies in a text: as the register knows them, by the pattern of their names, and by the titles of their people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefing.intake.rules.countries import country_named
from briefing.intake.rules.names import label
from briefing.intake.rules.people import People, Someone
from briefing.intake.rules.reading import Page
from briefing.passages import Extent
from briefing.spelling import fold_name
from briefing.state import BriefingState

_HEAD = "Department|Ministry|Office|Council|Agency|Commission|Bureau|Directorate|Authority|Committee|Board|Secretariat"
_CAPITAL = r"[A-Z][\w'&-]{1,40}"
_SIMPLE = rf"(?!(?:{_HEAD})\b){_CAPITAL}"
_TAIL = (
    rf"(?: (?:of|for|on) (?:the )?{_SIMPLE}"
    rf"(?:(?: and |, | & | of (?:the )?| )(?!\w+ (?:{_HEAD})\b){_SIMPLE}){{0,8}})"
)
_NAMED = re.compile(
    rf"\b(?:(?:{_SIMPLE} (?:and |of |for )?){{0,5}}(?:{_HEAD}){_TAIL}"
    rf"|(?:{_SIMPLE} (?:and |of |for )?){{1,5}}(?:{_HEAD}|Bank|Fund|Organi[sz]ation|Union)\b)"
)
_ACRONYM = re.compile(r"\s*\(([A-Z][A-Za-z&.-]{1,9})\)")
_NOT_FIRST = frozenset(
    ["The", "A", "An", "In", "At", "Today", "His", "Her", "Both", "During", "On", "With", "And", "This"]
)
_METONYMS = {"the Pentagon": "Department of Defense", "the White House": "White House"}
_OF_TITLE = re.compile(
    r"\b(Secretary|Minister|Undersecretary)(?:(?: of State)?,? (?P<of>of|for) (?:the )?(?P<subject>.+?)(?: for .+)?)$"
)
"""“Under Secretary of Defense for Policy” is of Defense, as “Secretary of Defense” is."""
_OF_STATE = re.compile(r"(?<!Parliamentary )\b(?:Assistant|Under|Deputy) Secretary of State for .+$")
"""Below the Secretary of State of the United States; one of the United Kingdom is of what stands behind "for"."""


@dataclass(slots=True)
class Body:
    """An agency of a text: its name there, where it stands, what else it is called, and who it is on the register."""

    name: str
    mentions: list[Extent] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    known: str = ""
    sure: int = 80


class Bodies:
    """Every agency of a text, and which of them a person's title is of."""

    def __init__(self, page: Page, register: BriefingState, people: People) -> None:
        """Read the agencies of a page, in the order in which they stand."""
        self.page, self.register = page, register
        self.every: list[Body] = []
        taken = page.covered()
        for extent, alias in sorted({**_known(page, register), **_named(page, people)}.items()):
            if not taken.touches(extent):
                taken.take(extent)
                self._take(extent, alias)
        self.of: dict[str, Body] = {}
        for someone in people.everyone:
            if someone.title and (body := self._of_title(someone)) is not None:
                self.of[someone.name] = body

    def within(self, extent: Extent) -> list[Body]:
        """Return the agencies that are named at a place of the text."""
        return [body for body in self.every if any(extent[0] <= at[0] and at[1] <= extent[1] for at in body.mentions)]

    def at_head(self, words: str) -> Body | None:
        """Return the agency that a sentence begins with: by a name, or as “The Treasury” for a department of it."""
        bare = words.removeprefix("The ").removeprefix("the ")
        for body in self.every:
            subject = re.fullmatch(rf"(?:{_HEAD}) (?:of|for) (?:the )?(.+)", body.name)
            known = _written(self.register.agencies[body.known]) if body.known else ()
            names = [body.name, *body.aliases, *known, *([subject[1]] if subject and bare != words else [])]
            if any(re.match(rf"{re.escape(name)}(?= [a-z])", bare) for name in names):
                return body
        return None

    def _take(self, extent: Extent, alias: str) -> None:
        said = self.page.said(extent)
        name = _METONYMS.get(f"the {said}", said)
        id_ = self.register.find("agency", said) or self.register.find("agency", name) or ""
        body = next(
            (one for one in self.every if one.known == id_ != "" or fold_name(one.name) == fold_name(name)), None
        )
        if body is None:
            body = Body(name, known=id_, sure=95 if id_ else 60 if name != said else 80)
            self.every.append(body)
        for other in (alias, said if said != name else ""):
            if other and other not in body.aliases and fold_name(other) != fold_name(body.name):
                body.aliases.append(other)
        body.mentions.append(extent)

    def _of_title(self, someone: Someone) -> Body | None:
        """Return the agency of a title: of the text, of the register, or by the form of the title."""
        title = re.sub(r"^(?:U\.S\.|US) ", "", someone.title)
        if _OF_STATE.search(title) and someone.country in ("", "United States"):
            title = title.partition(" for ")[0]
        found = _OF_TITLE.search(title)
        if found is None or "Prime Minister" in title or country_named(found["subject"]):
            return None
        subject, extent = found["subject"], someone.titles[someone.title]
        article = "the " if " the " in title[found.start() :] else ""
        name = f"{'Ministry' if found[1] == 'Minister' else 'Department'} of {article}{subject}"
        for words in (name, subject):
            if (id_ := self.register.find("agency", words)) is not None:
                return self._or_add(Body(self.register.agencies[id_].name, [extent], known=id_, sure=90))
        if found["of"] == "for" or (someone.country not in ("", "United States") and found[1] != "Minister"):
            return None
        return self._or_add(Body(name, [extent], sure=50))

    def _or_add(self, wanted: Body) -> Body:
        for one in self.every:
            if (wanted.known and one.known == wanted.known) or fold_name(one.name) == fold_name(wanted.name):
                return one
        self.every.append(wanted)
        return wanted


def _named(page: Page, people: People) -> dict[Extent, str]:
    """Return the places of names that have the form of an agency's, with the acronym behind each."""
    found: dict[Extent, str] = {}
    for match in _NAMED.finditer(page.flat):
        start, end = _trimmed(page, people, match.span())
        words = page.flat[start:end].split()
        if len(words) > 1 and not {"Administration", "Oval"} & {*words}:
            acronym = _ACRONYM.match(page.flat, end)
            found[start, end] = acronym[1] if acronym else ""
    for metonym in _METONYMS:
        for match in re.finditer(rf"\b[Tt]{metonym[1:]}\b(?! [A-Z])", page.flat):
            found[match.start() + 4, match.end()] = ""
    return found


def _trimmed(page: Page, people: People, extent: Extent) -> Extent:
    """Return a name without what stands in front of it, a title or a person's name behind it, or a possessive."""
    words = page.words_within(extent)
    while words and words[0].text in _NOT_FIRST:
        words.pop(0)
    if words and label(words[0]) == "H":  # "President Ghani and High Council …"
        after = next((n for n, word in enumerate(words, 1) if word.text in ("and", "of")), len(words))
        words = words[after:]
    named = any(start <= extent[0] < end for start, end in people.within((extent[0] - 200, extent[1] + 200)))
    for n, word in enumerate(words):
        kind = label(word)
        if n and (word.possessive or kind == "H" or (named and n > 2 and kind == "N")):
            words = words[: n + word.possessive]
            break
    while words and words[-1].text in ("of", "for", "on", "the", "and", ",", "&"):
        words.pop()
    return (words[0].start, words[-1].end) if words else extent


def _known(page: Page, register: BriefingState) -> dict[Extent, str]:
    """Return the places where a name or alias on the register stands; a single word with the same capitals only."""
    return dict.fromkeys(known_names(page, register, "agency"), "")


def known_names(page: Page, register: BriefingState, kind: str) -> Iterator[Extent]:
    """Yield the places where names of a kind on the register stand, the longest at each word."""
    names = register.names.get(kind, {})  # type: ignore[call-overload]
    own = {
        name
        for one in getattr(register, {"agency": "agencies", "topic": "topics"}[kind]).values()
        for name in _written(one)
    }
    longest = max((len(name.split()) for name in names), default=0) * 2
    words, at = page.words, 0
    while at < len(words):
        step = 1
        for length in range(min(longest, len(words) - at) if words[at].text[0].isalnum() else 0, 0, -1):
            extent = (words[at].start, words[at + length - 1].end)
            said = page.said(extent)
            if fold_name(said) in names and (" " in said or said in own):
                yield extent
                step = length
                break
        at += step


def _written(entry: object) -> set[str]:
    names = [getattr(entry, key, None) for key in ("name", "short", "expansion")]
    return {name for name in (*names, *getattr(entry, "aliases", ())) if name}
