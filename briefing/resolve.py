"""From words in a draft to what is on record: quotations, people, agencies, topics.

A name that nothing on record bears becomes a new entry, remembered in `Desk.fresh`; whoever calls
decides whether new entries are wanted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from briefing.dates import Span
from briefing.drafting import Drafting
from briefing.errors import Place
from briefing.events import AgencyDescribed, PersonDescribed, Recorded, TopicDescribed
from briefing.items import Cited, Item, LoadedText, Said
from briefing.names import nearest_names, person_slug, recognised_topics, slug
from briefing.passages import find_quote, nearest_passage
from briefing.payload import Citation, Kind, Participant, Post, Side, Strength
from briefing.pen import Pen
from briefing.spelling import fold_name
from briefing.state import BriefingState, RegisterKind

SIDES = frozenset(get_args(Side))
KINDS = frozenset(get_args(Kind))
STRENGTHS = frozenset(get_args(Strength))


@dataclass(frozen=True, slots=True)
class Fresh:
    """A name new to the record: what it is, where it was typed, and the id it is given."""

    kind: RegisterKind
    name: str
    place: Place
    id: str
    state: BriefingState

    @property
    def nearest(self) -> tuple[str, ...]:
        """The ids of the nearest other names, those that came with it included; looked for when they are shown."""
        return nearest_names(self.state, self.kind, self.name, but=self.id)


class Desk(Drafting):
    """Where words of drafts become entries of the record: quotations, people, agencies, topics."""

    def __init__(self, log: tuple[Recorded, ...], pen: Pen, texts: Mapping[str, LoadedText]) -> None:
        """Take the record as it is; `texts` are the files that drafts name, by the name as typed."""
        super().__init__(log, pen, texts)
        self.fresh: list[Fresh] = []

    # ── quotations ────────────────────────────────────────────────────────────────────────────

    def citations(self, item: Item) -> tuple[Citation, ...]:
        """Return a draft item's citations in their order; a note-taker's record where the draft has one."""
        found = [citation for cited in item.cited if (citation := self.cite(cited, item.kind))]
        if self.notes and not found:
            return (Citation(record=self.notes),)
        return tuple(found)

    def cite(self, cited: Cited, kind: str) -> Citation | None:
        """Return one citation with its span, checked word for word; None where the words are not there."""
        source = self.letters.get(cited.letter)
        if source is None and self.unread:
            return None
        if source is None:
            known = ", ".join(self.letters) or "none"
            self.problems.note(
                cited.quote.place,
                f"the letter {cited.letter} has no text",
                f"name it under `sources:`; letters with a text: {known}",
            )
            return None
        text = self.state.sources[source].text
        quote, words = _telling_words(text, cited.quote.text)
        extent = find_quote(text, quote)
        if extent is None:
            self.problems.note(
                cited.quote.place,
                f"these words are not in text {cited.letter}: “{_short(quote)}”",
                f"nearest there: “{_short(nearest_passage(text, quote))}”",
            )
            return None
        start, end = extent
        exact = text[start:end]
        inner = tuple(exact[w[0] : w[1]] for one in words if (w := find_quote(exact, one)))
        return Citation(source=source, quote=exact, start=start, end=end, words=inner, **self._of_the_text(cited, kind))

    def _of_the_text(self, cited: Cited, kind: str) -> dict[str, Any]:
        """Return what a text says of its own: strength, kind or speaker beside the letter, and the options."""
        found: dict[str, Any] = {}
        word = Said(cited.word, cited.quote.place)
        if cited.word and kind == "commitment":
            found["strength"] = self.choice(word, STRENGTHS, "strength of a commitment")
        elif cited.word in SIDES:
            found["by"] = cited.word
        elif cited.word:
            found["kind"] = self.choice(word, KINDS, "kind of statement")
        for key, said in cited.options.items():
            if key == "when":
                found["when"] = self.date(said)
            elif key == "by":
                found["by"] = self.speaker(said)
            elif key == "kind":
                found["kind"] = self.choice(said, KINDS, "kind of statement")
            elif key == "strength":
                found["strength"] = self.choice(said, STRENGTHS, "strength of a commitment")
            else:
                found[key] = said.text
        return found

    def speaker(self, said: Said | None) -> str | None:
        """Return ours, theirs, both, or the id of an agency or person."""
        if said is None or said.text in SIDES:
            return said.text if said else None
        found = self.state.find("agency", said.text) or self.person(said, None).person
        if found is None:
            hint = "ours, theirs or both, or a name; people who were not named stand under `with:`"
            self.problems.note(said.place, f"“{said.text}” names nobody on record", hint)
        return found

    # ── the register ──────────────────────────────────────────────────────────────────────────

    def agency(self, said: Said, *, side: str | None = None) -> str:
        """Return the id of an agency; a new one is registered under its name."""
        if (id_ := self.state.find("agency", said.text)) is not None:
            return id_
        id_ = self.new_id(slug(said.text))
        self._fresh("agency", said, id_)
        self.write(AgencyDescribed, origin=f"name:agency:{said.text}", id=id_, name=said.text, side=side)
        return id_

    def topic(self, said: Said) -> str:
        """Return the id of a topic; a new one is registered under its name."""
        if (id_ := self.state.find("topic", said.text)) is not None:
            return id_
        id_ = self.new_id(slug(said.text))
        self._fresh("topic", said, id_)
        self.write(TopicDescribed, origin=f"name:topic:{said.text}", id=id_, name=said.text)
        return id_

    def topics(self, item: Item) -> tuple[str, ...]:
        """Return the topics an item names, or else those on record whose names stand in its sentence."""
        named = item.texts("topic")
        if named:
            return tuple(dict.fromkeys(self.topic(said) for said in named))
        return recognised_topics(self.state, item.text("say") or item.text("fact") or "")

    def person(
        self,
        said: Said,
        agency: str | None,
        *,
        side: str = "theirs",
        at: Span | None = None,
        title: str | None = None,
        role: str | None = None,
    ) -> Participant:
        """Return a participant from "Name, Title".

        Words that begin with a small letter, or stand in quotation marks, name nobody: senior
        officials, “U.S. officials”.
        """
        name, _, typed = said.text.partition(",")
        name, title = name.strip(), title or typed.strip() or None
        if (not name[:1].isupper() and name[:1].isascii()) or name[:1] == "“":
            return Participant(unnamed=self._quoted(said.text.strip("“”\"'")), side=side, agency=agency, role=role)  # type: ignore[arg-type]
        id_ = self.state.find("person", name)
        if id_ is None:
            id_ = self.new_id(person_slug(name))
            self._fresh("person", Said(name, said.place), id_)
        self._bear_title(id_, name, title, agency, side, at)
        return Participant(person=id_, side=side, agency=agency or self._own_agency(id_), title=title, role=role)  # type: ignore[arg-type]

    def _own_agency(self, id_: str) -> str | None:
        posts = self.state.people[id_].posts
        return posts[-1].agency if posts else None

    def _bear_title(
        self, id_: str, name: str, title: str | None, agency: str | None, side: str, at: Span | None
    ) -> None:
        """Register a person, or add the title and where the draft's texts give it, when that is new."""
        known = self.state.people.get(id_)
        post = Post(title=title, agency=agency, at=at, citations=self.title_citations(title, name)) if title else None
        if known is None:
            posts = (post,) if post else ()
            self.write(PersonDescribed, origin=f"name:person:{name}", id=id_, name=name, side=side, posts=posts)
        elif post and not any(_same_post(post, one) for one in known.posts):
            self.write(
                PersonDescribed,
                origin=f"title:{id_}:{title}:{agency}:{at.words if at else ''}",
                id=id_,
                name=known.name,
                posts=(post,),
                replaces=(self.state.digests[id_],),
            )

    def title_citations(self, title: str, name: str) -> tuple[Citation, ...]:
        """Return the places where the draft's texts give a title directly before the name."""
        found: list[Citation] = []
        for source in self.letters.values():
            text = self.state.sources[source].text
            extent = find_quote(text, f"{title} {name}")
            if extent:
                quote = text[extent[0] : extent[1]]
                found.append(Citation(source=source, quote=quote, start=extent[0], end=extent[1], title=title))
        return tuple(found)

    def _quoted(self, words: str) -> str:
        """Return words for people not named: in quotation marks where a text of the draft has them."""
        for source in self.letters.values():
            text = self.state.sources[source].text
            if extent := find_quote(text, words):
                return f"“{text[extent[0] : extent[1]]}”"
        return words

    def _fresh(self, kind: RegisterKind, said: Said, id_: str) -> None:
        self.fresh.append(Fresh(kind, said.text, said.place, id_, self.state))


def _same_post(new: Post, old: Post) -> bool:
    return (
        fold_name(new.title) == fold_name(old.title)
        and new.agency in (None, old.agency)
        and (set(new.citations) <= set(old.citations))
    )


def _telling_words(text: str, quote: str) -> tuple[str, list[str]]:
    """Split off the *marked* words of a quotation, unless the text has the asterisks itself."""
    if "*" not in quote or find_quote(text, quote):
        return quote, []
    return quote.replace("*", ""), re.findall(r"\*([^*]+)\*", quote)


def _short(text: str) -> str:
    return text if len(text) <= 160 else text[:157].rstrip() + "…"
