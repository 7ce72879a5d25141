"""The pen of every paper: source letters and marks, flags, footnotes, and names as the house writes them.

A `Writer` lives for one paper. It gives letters to the texts the paper cites, in order of their
registration, puts the note of an acronym or an inferred year at its first mention, and collects the
footnotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from briefing.dates import Span
from briefing.differences import bare_title
from briefing.events import MeetingHeld
from briefing.notes.language import format_span, in_english, say
from briefing.notes.note import Run, Runs, plain
from briefing.payload import Citation, Participant, Post
from briefing.state import Agency, BriefingState, Difference, Meeting, Person

ONE_SOURCE = Run("△ one source", "flag")
DIFFER = Run("◇ differ", "flag")
COUNTRY_PREFIX = {"United States": "US", "United Kingdom": "UK"}
"""How a country stands before a post; any other by its name."""

_COURTESIES = ("Mr", "Ms", "Mrs", "Dr", "Sir", "Lord", "Lady", "Prof", "Shri", "Smt")


class Writer:
    """Marks, notes and names of one paper on some texts."""

    def __init__(
        self, state: BriefingState, sources: Iterable[str], visits: Iterable[str] = (), people: Iterable[str] = ()
    ) -> None:
        """Take the ids of the texts the paper may cite, and of the visits and people it speaks of.

        Letters follow the order of registration.
        """
        cited = set(sources)
        self.state = state
        self.visits = [state.visits[id_] for id_ in visits if id_ in state.visits]
        self.people = [state.people[id_] for id_ in dict.fromkeys(people) if id_ in state.people]
        self.letters = {id_: _letter(n) for n, id_ in enumerate(one for one in state.sources if one in cited)}
        self.notes: list[tuple[str, Runs]] = []
        self._noted: dict[str, str] = {}
        self._met: set[str] = set()

    # ── marks and flags ───────────────────────────────────────────────────────────────────────

    def place(self, citation: Citation) -> str:
        """Return where a citation stands: "B4", or whose record it is."""
        if citation.source is None:
            return say("{who}’s record", who=citation.record)
        return f"{self.letters.get(citation.source, '?')}{self.state.paragraph(citation) or ''}"

    def places(self, citations: Iterable[Citation]) -> str:
        """Return the places of citations, each once, in the order of letters and paragraphs: "A3, B3"."""
        return ", ".join(sorted({self.place(c) for c in citations}, key=_place_key))

    def mark(self, citations: Sequence[Citation], *, differ: bool = False, flagged: bool = True) -> Runs:
        """Return a source mark for the end of a sentence, in brackets, with its flags; nothing without citations."""
        if not citations:
            return ()
        flags = self.flags(citations, differ=differ) if flagged else ()
        return (Run(" "), self.marked(citations), *flags)

    def cell_mark(self, citations: Sequence[Citation], *, differ: bool = False) -> Runs:
        """Return a source mark with its flags for a column of its own."""
        if not citations:
            return (Run("– none", "muted"),)
        return (replace(self.marked(citations), text=self.places(citations)), *self.flags(citations, differ=differ))

    def marked(self, citations: Iterable[Citation]) -> Run:
        """Return the bare mark, "[A3, B3]", which knows the quotations that it stands for."""
        cited = tuple(citations)
        rests_on = tuple(dict.fromkeys(f"{c.source}:{c.start}-{c.end}" for c in cited if c.source))
        return Run(f"[{self.places(cited)}]", "mark", rests_on=rests_on)

    def flags(self, citations: Sequence[Citation], *, differ: bool = False) -> Runs:
        """Return "◇ differ", or "△ one source" where the paper has several texts and only one says so."""
        if differ:
            return (Run(" "), DIFFER)
        return (Run(" "), ONE_SOURCE) if self.one_source(citations) else ()

    def one_source(self, citations: Iterable[Citation]) -> bool:
        """Tell whether one text alone says so, of the several that the paper has."""
        told = {c.source or c.record for c in citations}
        return len(told) == 1 and len(self.letters) > 1 and None not in {c.source for c in citations}

    def only(self, citations: Iterable[Citation], among: Iterable[str]) -> str:
        """Return " (B only)" where one of several texts says so, else nothing."""
        told = {c.source for c in citations if c.source}
        alone = len(told) == 1 and len(set(among)) > 1
        return say(" ({letter} only)", letter=self.letter(next(iter(told)))) if alone else ""

    def letter(self, source: str) -> str:
        """Return the letter of a text."""
        return self.letters.get(source, "?")

    # ── dates ─────────────────────────────────────────────────────────────────────────────────

    def date(self, span: Span | None, *, strong: bool = False, stop: str = "") -> Runs:
        """Return a date as printed, with the note that its year is inferred; `stop` goes before the note's number."""
        text = (format_span(span) if span else say("date not given")) + say(stop)
        printed = Run(text, "strong" if strong else "plain")
        return (printed, self._ref("year", self._year_note())) if span and span.year_inferred else (printed,)

    def _year_note(self) -> Runs:
        tied = [visit.year_from for visit in self.visits if visit.year_from]
        base: Runs = (Run("△ Year inferred", "flag"), Run(say(": the year of the visit is not given")))
        if not tied:
            return (*base, Run("."))
        ties = next((one for one in tied if all(c.source in self.letters for c in one)), tied[0])
        return (*base, Run(say("; {places} ties it to “{words}”.", places=self.places(ties), words=ties[0].quote)))

    def _ref(self, key: str, note: Runs) -> Run:
        if key not in self._noted:
            self._noted[key] = str(len(self.notes) + 1)
            self.notes.append((self._noted[key], note))
        return Run(self._noted[key], "ref")

    # ── prose ─────────────────────────────────────────────────────────────────────────────────

    def prose(self, text: str) -> Runs:
        """Return a sentence, with a note behind the first mention of each acronym that the register spells out."""
        cuts: list[tuple[int, Run]] = []
        for topic in self.state.topics.values():
            if not topic.expansion or f"topic:{topic.id}" in self._noted:
                continue
            found = re.search(rf"(?<!\w){re.escape(topic.name)}(?!\w)", text)
            if found is None or topic.expansion.casefold() in text.casefold():
                continue
            cuts.append((found.end(), self._expansion(topic.id)))
        runs: list[Run] = []
        start = 0
        for end, ref in sorted(cuts, key=lambda cut: cut[0]):
            runs += [Run(text[start:end]), ref]
            start = end
        return tuple(run for run in (*runs, Run(text[start:])) if run.text)

    def _expansion(self, id_: str) -> Run:
        topic = self.state.topics[id_]
        cited = [c for c in topic.citations if c.source in self.letters]
        spelt = [c for c in cited if c.quote and topic.expansion and topic.expansion in c.quote]
        words = f"“{topic.expansion}”" if spelt else topic.expansion or ""
        mark = f" [{self.places(spelt)}]" if spelt else ""
        return self._ref(f"topic:{id_}", (Run(f"{topic.name}: {words}{mark}."),))

    def inside(self, text: str) -> str:
        """Return a sentence as it stands inside another: a small first letter, but for names, titles and acronyms."""
        begin = [name for name in self._names if text.startswith(name)] if text.startswith(self._names) else ()
        named = any(re.match(rf"{re.escape(name)}\b", text) for name in begin) or self._titled(text)
        return text if named or text[1:2].isupper() else text[:1].lower() + text[1:]

    def _titled(self, text: str) -> bool:
        """Tell whether a sentence begins with somebody's title: “Under Secretary Tan said …”, “Mr. Tan said …”."""
        first, second, *_ = (*text.split(maxsplit=2), "", "")
        if first == "Under" and not second.startswith("Secretar"):
            return False  # “Under COMPACT they …”
        return second[:1].isupper() and (first.rstrip(".") in _COURTESIES or first in self._title_words)

    @cached_property
    def _title_words(self) -> frozenset[str]:
        return frozenset(word for one in self.people for post in one.posts for word in post.title.split())

    @cached_property
    def _names(self) -> tuple[str, ...]:
        agencies = self.state.agencies.values()
        names = [name for one in agencies for name in (one.name, one.short, one.country, *one.aliases)]
        names += [name for one in self.people for name in (one.name, one.name.split()[-1], *one.aliases)]
        return tuple(dict.fromkeys(name for name in names if name))

    @cached_property
    def themes(self) -> frozenset[str | None]:
        """The ids of the topics that others belong under."""
        return frozenset(topic.theme for topic in self.state.topics.values())

    # ── people ────────────────────────────────────────────────────────────────────────────────

    def titles(self, person: Person, agency: str | None = None) -> tuple[str, ...]:
        """Return the unequal titles that texts give a person, without the country; of posts since a day the last."""
        posts = _last([p for p in person.posts if agency in (None, p.agency)] or person.posts)
        found = {bare_title(p.title): re.sub(r"^(U\.?S\.?|Indian)\s+", "", p.title) for p in posts}
        return tuple(found.values())

    def introduce(self, id_: str) -> None:
        """Take it that the paper has given a person's full title and name."""
        self._met.add(id_)

    def person(self, id_: str, *, full: bool | None = None) -> str:
        """Return a person as the house writes: full title and name at first mention, then the post and family name.

        Foreign holders carry their country; where texts differ on the title, the name stands alone and says so.
        """
        person = self.state.people[id_]
        first = id_ not in self._met if full is None else full
        self._met.add(id_)
        titles = self.titles(person)
        if len(titles) > 1:
            return say("{person} (titles differ)", person=person.name) if first else person.name
        title = titles[0] if titles else ""
        if title and not first:
            return f"{_short_post(title)} {person.name.split()[-1]}"
        return f"{self._country(person)}{title} {person.name}".strip()

    def _country(self, person: Person) -> str:
        agencies = [self.state.agencies[p.agency] for p in person.posts if p.agency and p.agency in self.state.agencies]
        if person.side == "ours" or not agencies or not agencies[0].country:
            return ""
        return COUNTRY_PREFIX.get(agencies[0].country, agencies[0].country) + " "

    def participant(self, one: Participant) -> str:
        """Return a participant, by name or in the words for someone not named."""
        return (
            self.person(one.person)
            if one.person and one.person in self.state.people
            else one.unnamed or one.person or ""
        )

    def theirs(self, meeting: Meeting) -> list[str]:
        """Return the counterparts of a meeting, highest rank first."""
        return self.others(meeting.held.participants) if isinstance(meeting.held, MeetingHeld) else []

    def ours(self, meeting: Meeting) -> list[str]:
        """Return our own side in a meeting."""
        return self.own(meeting.held.participants) if isinstance(meeting.held, MeetingHeld) else []

    def others(self, participants: Iterable[Participant]) -> list[str]:
        """Return those of the other side among participants, highest rank first."""
        return [self.participant(p) for p in sorted((p for p in participants if p.side != "ours"), key=self.rank)]

    def own(self, participants: Iterable[Participant]) -> list[str]:
        """Return those of our own side among participants, in their order."""
        return [self.participant(p) for p in participants if p.side == "ours"]

    def rank(self, one: Participant) -> int:
        """Return the precedence of a participant: 1 first, 99 where none is on record."""
        posts = self.state.people[one.person].posts if one.person and one.person in self.state.people else ()
        return min((p.rank or 99 for p in posts), default=99)


def _last(posts: Sequence[Post]) -> Sequence[Post]:
    """Return the posts that began last; all, where none has a beginning: then texts may differ on the title."""
    newest = max((p.start.start for p in posts if p.start and p.start.start), default=None)
    return [p for p in posts if p.start and p.start.start == newest] if newest else posts


def _letter(n: int) -> str:
    return chr(ord("A") + n) if n < 26 else f"{_letter(n // 26 - 1)}{chr(ord('A') + n % 26)}"


def _place_key(place: str) -> tuple[str, int]:
    found = re.fullmatch(r"([A-Z]+)(\d*)", place)
    return (found[1], int(found[2] or 0)) if found else ("~" + place, 0)


def _short_post(title: str) -> str:
    """Return a post without its department: "Deputy Secretary of the Treasury" → "Deputy Secretary"."""
    return re.split(r"\s+(?:of|for)\s+", title)[0]


def capital(text: str) -> str:
    """Return text with a capital first letter."""
    return text[:1].upper() + text[1:]


def agency_order(state: BriefingState, ids: Iterable[str]) -> list[Agency]:
    """Return agencies by precedence, then by name."""
    found = [state.agencies[id_] for id_ in ids if id_ in state.agencies]
    return sorted(found, key=lambda one: (one.rank or 999, one.name))


def short_name(agency: Agency) -> str:
    """Return the short name of an agency, or its name."""
    return agency.short or agency.name


def in_prose(agency: Agency) -> str:
    """Return an agency as a sentence has it: "Treasury", "the National Security Council"."""
    return _with_article(short_name(agency))


def in_full(agency: Agency) -> str:
    """Return the full name of an agency as a sentence has it: "the US Department of Commerce"."""
    return _with_article(agency.name)


def _with_article(name: str) -> str:
    return f"the {name}" if " " in name and in_english() and not name.lower().startswith("the ") else name


def differing(state: BriefingState, *, meeting: str = "", person: str = "") -> list[Difference]:
    """Return the differences within a meeting, or about a person."""
    return [d for d in state.differences if (meeting and meeting in d.meetings) or (person and person == d.person)]


def sentence(runs: Runs) -> Runs:
    """Return runs that end with a full stop."""
    return runs if plain(runs).rstrip().endswith((".", "?", "!", ".”", "।")) else (*runs, Run(say(".")))


def the_country(name: str) -> str:
    """Return a country as a sentence has it: "the United States", "India"."""
    plural = ("United ", "Netherlands", "Philippines", "Maldives", "Seychelles", "Bahamas", "Gambia")
    return f"the {name}" if name.startswith(plural) and in_english() else name


def the_other_side(country: str | None) -> str:
    """Return the other side as a sentence has it: "the US side", "the other side" where no country is known."""
    return say("the {country} side", country=COUNTRY_PREFIX.get(country, country)) if country else say("the other side")
