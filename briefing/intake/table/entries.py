"""What one row says, by the keys of its mapping → entries: a draft as an officer would type it, and the row's key."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from briefing.dates import DateProblem, parse_span
from briefing.errors import Place
from briefing.incoming import Entry
from briefing.intake.drafts import GRAMMAR, TEXTS
from briefing.intake.table.bodies import met
from briefing.intake.table.mapping import Mapping as Register
from briefing.intake.table.posts import Holder, holder
from briefing.items import Item, Said
from briefing.names import slug

Values = dict[str, Said | tuple[Said | Item, ...] | Item]

PEOPLE = ("ours", "with", "delegation")
ONE_PERSON = ("principal", "visitor")
VISITS = "visits"
"""The register in whose name visits come in with their meetings."""
_STATEMENTS = frozenset(["point", "commitment", "to make"])
_NOT_IN_A_DRAFT = frozenset(["agency", "id", "start", "end", "with title", "ours title", "visit title", "visit days",
                             "visit marking"])  # fmt: skip
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BRACED = re.compile(r"\{([a-z ]+)\}")


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes entries of the rows of one sheet; `known` are names that lists in a cell may be made of."""

    register: Register
    known: Collection[str]

    def entries(self, said: Mapping[str, str], place: Place, notes: tuple[str, ...]) -> Iterator[Entry]:
        """Yield the entry of a row, and before it that of its visit, where the row says what that is called.

        What is said of a visit is a report on it, for a visit holds no statements.
        """
        if "visit" in said and "visit title" in said:
            yield _visit(said, place)
        values, found = self._values(said, place)
        notes, origin, kind = tuple(dict.fromkeys((*notes, *found))), self.origin(said), self.register.kind
        points = values.pop("points", None) if kind == "visit" else None
        yield Entry(Item(kind, place, values), origin, notes)
        if points:
            id_ = Said(self._visit_id(said), place)
            report: Values = {"report": values["visit"], "id": Said(f"{id_.text}-report", place), "visit": id_}
            report |= {key: value for key, value in values.items() if key in ("notes", "marking")}
            yield Entry(Item("report", place, report | {"points": points}), f"{origin}:report")

    def with_more(self, item: Item, cell: str, place: Place) -> Item:
        """Return a draft with more organisations that were met."""
        values: Values = dict(item.values)
        for key, said in self._met(cell, place)[0].items():
            there = values.get(key, ())
            values[key] = (*(there if isinstance(there, tuple) else ()), *said)
        return Item(item.kind, item.place, values)

    def origin(self, said: Mapping[str, str]) -> str:
        """Return the key of a row: its own where it has one; else who of ours, the month, and who was met."""
        if "id" in said:
            return f"row:{self.register.register}:{said['id']}"
        ours = next((said[key] for key in ("ours", *ONE_PERSON) if key in said), "")
        others = next((said[key] for key in ("agency", "with", "country") if key in said), "")
        name = holder(ours).name or ours
        parts = (slug(name) if name else "", _month(said.get("when", "")), slug(others) if others else "")
        return f"row:{self.register.register}:" + ":".join(parts)

    def _visit_id(self, said: Mapping[str, str]) -> str:
        return slug(":".join(self.origin(said).split(":")[1:]))

    def _values(self, said: Mapping[str, str], place: Place) -> tuple[Values, tuple[str, ...]]:
        register = self.register
        words = {key: text for key, text in said.items() if key not in _NOT_IN_A_DRAFT}
        shown = {key: " ".join(text.split()) for key, text in said.items()}
        shown |= {key: holder(said[key]).name or shown[key] for key in (*PEOPLE, *ONE_PERSON) if key in said}
        given = {key: text for key, text in register.otherwise.items() if key not in said} | dict(register.always)
        texts = words | {key: _BRACED.sub(lambda one: shown.get(one[1], ""), text) for key, text in given.items()}
        if texts.keys() & {"points", "commitments", "not agreed"}:
            texts.pop("content", None)
        values: Values = {}
        for key, text in texts.items():
            values |= self._value(key, text, place, said)
        more, notes = self._met(said.get("agency", ""), place)
        for key, who in more.items():
            there = values.get(key, ())
            values[key] = (*(there if isinstance(there, tuple) else ()), *who)
        if "id" in said or register.kind == "visit":
            values["id"] = Said(self._visit_id(said) if register.kind == "visit" else _id(said["id"]), place)
        kept = {"notes": register.source, "marking": register.marking}
        values |= {key: Said(text, place) for key, text in kept.items() if text}
        return values, notes

    def _value(self, key: str, text: str, place: Place, said: Mapping[str, str]) -> Values:
        """Return the key of a draft, and its value, that a text stands for."""
        line = Said(" ".join(text.split()), place)
        if not line.text:
            return {}
        form = GRAMMAR[self.register.kind].get(key) or GRAMMAR["meeting"].get(key)
        lines = tuple(Said(one.strip(), place) for one in text.split("\n") if one.strip())
        if form in _STATEMENTS:
            return {key: tuple(Item(form, place, {"say": one}) for one in lines)}
        if form == TEXTS:
            return {key: lines}
        if key in PEOPLE and self.register.exact:
            return {key: _exact(text, place)}
        if key in PEOPLE:
            return {key: _people(text, said.get(f"{key} title", ""), place)}
        if key in ONE_PERSON:
            return {key: Said(_in_one_line(holder(text)), place)}
        return {self.register.kind if key == "title" else key: line}

    def _met(self, cell: str, place: Place) -> tuple[dict[str, tuple[Said, ...]], tuple[str, ...]]:
        """Return organisations under `agency`, others under `with`, in quotation marks: they name nobody."""
        if self.register.exact:
            return ({"agency": _exact(cell, place)} if cell else {}), ()
        found = met(cell, self.known)
        told = {
            "agency": tuple(Said(name, place) for name in found.bodies),
            "with": tuple(Said(f"“{words}”", place) for words in found.words),
        }
        return {key: said for key, said in told.items() if said}, found.notes


def _month(when: str) -> str:
    try:
        span = parse_span(when)
    except DateProblem:
        return ""
    return f"{span.start:%Y-%m}" if span.start else ""


def _id(text: str) -> str:
    """Return a row's own key as an id: as it is where it is one, however long."""
    return text if _ID.fullmatch(text) else slug(text)


def _visit(said: Mapping[str, str], place: Place) -> Entry:
    """Return the visit that a meeting belongs to, as far as the meeting's row says it."""
    told = {"visit": said["visit title"], "id": said["visit"], "when": said.get("visit days", ""),
            "marking": said.get("visit marking", "")}  # fmt: skip
    values = {key: Said(" ".join(text.split()), place) for key, text in told.items() if text}
    return Entry(Item("visit", place, values), f"row:{VISITS}:{said['visit']}")


def _exact(cell: str, place: Place) -> tuple[Said, ...]:
    """Return names as they are on record."""
    return tuple(Said(name, place) for part in re.split(r"[;\n]", cell) if (name := " ".join(part.split())))


def _people(cell: str, title: str, place: Place) -> tuple[Said | Item, ...]:
    """Return who a cell names, each with a post; words in quotation marks where nobody can be made out."""
    if title:
        return (_person(Holder(" ".join(cell.split()), title), place),)
    parts = (part.strip() for part in re.split(r"[;\n]", cell))
    return tuple(_person(holder(part), place) for part in parts if part)


def _in_one_line(found: Holder) -> str:
    """Return "Name, Title" as a draft has it; of words that are not certain no part is taken for a title."""
    return ", ".join(part for part in (found.name, found.post) if part) if found.name else found.post.replace(",", "")


def _person(found: Holder, place: Place) -> Said | Item:
    if not found.name:
        return Said(found.post if found.post.startswith("“") else f"“{found.post}”", place)
    if not found.post:
        return Said(found.name, place)
    return Item("with", place, {"name": Said(found.name, place), "title": Said(found.post, place)})
