"""People in a text: who is named with which titles, and where each is spoken of, by surname or post too."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from briefing.intake.rules.lexicon import HEADS, HONORIFICS, PLURALS
from briefing.intake.rules.names import Named, Run
from briefing.intake.rules.pronouns import pronouns
from briefing.intake.rules.reading import Page
from briefing.passages import Extent
from briefing.spelling import fold_name
from briefing.state import BriefingState


@dataclass(slots=True)
class Someone:
    """A person of a text: the fullest name, the titles with their places, and every mention."""

    name: str
    titles: dict[str, Extent] = field(default_factory=dict)
    mentions: list[Extent] = field(default_factory=list)
    country: str = ""
    known: str = ""
    sure: int = 90

    @property
    def called(self) -> str:
        """The name, or the words in quotation marks where only a post is given."""
        return self.name or f"“{self.title}”"

    @property
    def title(self) -> str:
        """The longest title that the text gives."""
        return max(self.titles, key=len, default="")


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where someone is named, or a post stands alone; the name is empty there."""

    extent: Extent
    title: str
    name: str
    country: str
    plural: bool = False


_ALONE = frozenset(
    ["president", "chancellor", "premier", "king", "queen", "pope", "speaker", "secretary", "ambassador"]
)
"""Posts of one word that name one person where nobody is named who bears them."""


class People:
    """Everyone in a text, and who is meant where."""

    def __init__(self, page: Page, register: BriefingState, country: str) -> None:
        """Read the people of a page; the register tells who they are, `country` whose side the reader is on."""
        self.page, self.register, self.country = page, register, country
        self.everyone: list[Someone] = []
        self.at: dict[Extent, Someone] = {}
        mentions = list(_mentions(page))
        for one in sorted(mentions, key=lambda one: -len(one.name.split())):
            if one.name:
                self._take(one)
        for extent, id_ in _known_names(page, register, mentions):
            self._take_known(extent, id_)
        self.everyone.sort(key=lambda one: min(one.mentions))
        for one in mentions:
            if one.name:
                continue
            if (someone := self._named_before(one)) is not None:
                someone.titles.setdefault(one.title, one.extent)
            if (someone := someone or self._in_post(one)) is not None:
                self._note(someone, one.extent)
        self.everyone.sort(key=lambda one: min(one.mentions))
        self._bare_surnames()
        self._places = sorted(self.at)
        self.meant = {at: self.at[of] for at, of in pronouns(page, self._places)}

    def within(self, extent: Extent) -> list[Extent]:
        """Return the mentions at a place of the text, in order."""
        first = bisect_left(self._places, (extent[0], 0))
        last = bisect_left(self._places, (extent[1], 0))
        return [one for one in self._places[first:last] if one[1] <= extent[1]]

    def who(self, extent: Extent) -> Someone:
        """Return who is meant at a place: by a name, a post, or "He" or "She" at the head of a sentence."""
        return self.at.get(extent) or self.meant[extent]

    def _take(self, one: Mention) -> None:
        someone = self._alike(one)
        if someone is None:
            someone = Someone(one.name)
            self._recognise(someone, one)
            self.everyone.append(someone)
        if one.title:
            someone.titles.setdefault(one.title, one.extent)
        someone.country = someone.country or one.country
        self._note(someone, one.extent)

    def _alike(self, one: Mention) -> Someone | None:
        """Return who is meant by a name that is part of a fuller one; of several, who bears the same title."""
        wanted = name_words(one.name)
        found = [other for other in self.everyone if wanted <= name_words(other.name)]
        same = [other for other in found if one.title in other.titles]
        return next(iter(same or found), None)

    def _recognise(self, someone: Someone, one: Mention) -> None:
        """Find someone on the register: by name or alias, else by a surname and a title that one person bears."""
        if (id_ := self.register.find("person", someone.name)) is not None:
            someone.known, someone.sure = id_, 95
            return
        wanted = name_words(someone.name)
        near = (id_ for word in wanted for id_ in self._by_word.get(word, ()))
        found = {
            id_
            for id_ in near
            if any(_could_be(wanted, words) for words in self._names_of(id_))
            and any(_one_post(one.title, post.title) for post in self.register.people[id_].posts)
        }
        if len(found) == 1:
            someone.known, someone.sure = found.pop(), 85

    def _names_of(self, id_: str) -> list[frozenset[str]]:
        person = self.register.people[id_]
        return [name_words(name) for name in (person.name, *person.aliases)]

    @cached_property
    def _by_word(self) -> dict[str, list[str]]:
        """The people on the register by each word of their names."""
        found: dict[str, list[str]] = {}
        for id_ in self.register.people:
            for word in frozenset().union(*self._names_of(id_)):
                found.setdefault(word, []).append(id_)
        return found

    def _take_known(self, extent: Extent, id_: str) -> None:
        person = self.register.people[id_]
        someone = next((one for one in self.everyone if one.known == id_), None)
        if someone is None:
            someone = Someone(person.name, known=id_, sure=75)
            self.everyone.append(someone)
        self._note(someone, extent)

    def _named_before(self, one: Mention) -> Someone | None:
        """Return whose further post stands behind the name: “Senator Ann Lee, Chair of the Committee on Fisheries,”."""
        start, end = one.extent
        flat = self.page.flat
        if not _is_post(one.title) or flat[start - 2 : start] != ", " or flat[end : end + 1] not in ",.":
            return None
        return next((someone for at, someone in self.at.items() if at[1] == start - 2 and someone.titles), None)

    def _in_post(self, one: Mention) -> Someone | None:
        """Return who is meant by a post alone: the one in the text who bears it, else the one of ours on record."""
        wanted = one.title.lower()
        bearers = [other for other in self.everyone if any(_same_title(wanted, title) for title in other.titles)]
        ours = [other for other in bearers if other.country in ("", self.country)]
        if len(bearers) == 1 or len(ours) == 1:
            return (ours if len(ours) == 1 else bearers)[0]
        if bearers:
            return bearers[0]
        known = [
            person
            for person in self.register.people.values()
            if person.side == "ours" and any(_same_title(wanted, post.title) for post in person.posts)
        ]
        if len(known) == 1:
            someone = Someone(known[0].name, known=known[0].id, sure=60)
        elif not one.plural and (_is_post(one.title) or wanted in _ALONE):
            someone = Someone("", {one.title: one.extent}, sure=40)
        else:
            return None
        self.everyone.append(someone)
        return someone

    def _bare_surnames(self) -> None:
        """Find where people who were named in full are spoken of by their last name alone."""
        surnames = {_folded(one.name.split()[-1]): one for one in reversed(self.everyone) if one.name}
        taken = self.page.covered(self.at)
        for before, word in pairwise((None, *self.page.words)):
            someone = surnames.get(_folded(word.text)) if word is not None and word.capital else None
            if someone is None or word is None or taken.touches((word.start, word.end)):
                continue
            first = before if before is not None and _folded(before.text) in name_words(someone.name) else word
            self._note(someone, (first.start, word.end))

    def _note(self, someone: Someone, extent: Extent) -> None:
        someone.mentions.append(extent)
        self.at[extent] = someone


def _mentions(page: Page) -> Iterator[Mention]:
    """Yield every title with a name, names under a shared title, titles behind a name, and posts that stand alone."""
    run, at = Run(page.words), 0
    while at < len(page.words):
        named = _named_at(run, at) if run.labels[at] else None
        if named is None:
            at += 1
            continue
        yield _mention(page, named)
        while named is not None and named.plural and named.name < named.end:
            last, named = named, run.further(named)
            if named is not None:
                yield _mention(page, named)
            else:
                named = last
                break
        at = max(at + 1, named.tail if named is not None else at + 1)


_BEFORE_A_NAME = frozenset(["with", "between"])


def _named_at(run: Run, at: int) -> Named | None:
    """Return who is named from a word on: under a title, before one, or bare behind "with"."""
    if (found := run.behind(at)) is not None:
        return found
    before = run.words[at - 1].text.lower() if at else ""
    return run.at(at) or (run.bare(at) if before in _BEFORE_A_NAME else None)


def _mention(page: Page, named: Named) -> Mention:
    words = page.words

    def said(start: int, end: int) -> str:
        return page.said((words[start].start, words[end - 1].end)) if start < end else ""

    title, name = said(named.title, named.titled), said(named.name, named.end)
    first = named.name if named.plural and name and named.name > named.titled else min(named.title, named.name)
    extent = words[first].start, words[max(named.tail, named.titled) - 1].end
    return Mention(extent, _plain_title(title), name, named.country, named.plural)


def _plain_title(title: str) -> str:
    """Return a title without a courtesy, and in the singular where several share it."""
    words = [PLURALS.get(word, word) for word in title.split()]
    while words and words[-1].rstrip(".") in HONORIFICS:
        words.pop()
    while words and words[0].rstrip(".") in HONORIFICS:
        words.pop(0)
    return " ".join(words)


def _known_names(page: Page, register: BriefingState, taken: Iterable[Mention]) -> Iterator[tuple[Extent, str]]:
    """Yield the places where a name on the register stands that no rule found, the longest first."""
    covered = page.covered(one.extent for one in taken if one.name)
    words, at = page.words, 0
    while at < len(words):
        step = 1
        if words[at].capital and not covered.touches((words[at].start, words[at].end)):
            for length in range(min(6, len(words) - at), 1, -1):
                extent = (words[at].start, words[at + length - 1].end)
                if (id_ := register.find("person", page.said(extent))) is not None and id_ in register.people:
                    yield extent, id_
                    step = length
                    break
        at += step


def name_words(name: str) -> frozenset[str]:
    """Return the words of a name as they are compared: without accents, initials and suffixes."""
    words = _folded(name).replace("-", " ").replace(",", " ").split()
    return frozenset(word for word in words if len(word.rstrip(".")) > 1 and word not in ("jr", "sr", "jr.", "sr."))


_WITHOUT_PARTS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "\u0131": "i"})
"""Letters that Unicode does not take apart."""


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_WITHOUT_PARTS))
    return fold_name("".join(sign for sign in plain if not unicodedata.combining(sign)))


def _could_be(wanted: frozenset[str], known: frozenset[str]) -> bool:
    return bool(wanted) and (wanted <= known or known <= wanted)


def _one_post(title: str, known: str) -> bool:
    """Tell whether two titles can be of one post: the words of one are among those of the other."""
    one, other = set(title.lower().split()), set(known.lower().split())
    return bool(one) and bool(other) and (one <= other or other <= one)


def _is_post(title: str) -> bool:
    """Tell whether words name one post: more than one, a head of titles among them."""
    words = title.split()
    return len(words) > 1 and any(word in HEADS and word != "Member" for word in words)


def _same_title(wanted: str, title: str) -> bool:
    """Tell whether a post that stands alone ("the Secretary") is the one of a title."""
    given = title.lower()
    return given == wanted or (given.endswith(f" {wanted}") and not given.endswith(f"vice {wanted}"))
