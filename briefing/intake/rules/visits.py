"""The visit a text tells of: whose, where to, when, and who went along."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from briefing.intake.rules.countries import country_named, country_of_capital
from briefing.intake.rules.dates import Dated, Dates
from briefing.intake.rules.meetings import LIST, Marked
from briefing.intake.rules.people import People, Someone
from briefing.intake.rules.reading import Page
from briefing.passages import Extent

_VISIT = re.compile(r"\b(?:visit|trip|tour|visited|visiting|travell?ed to)\b", re.IGNORECASE)
_WHOSE = re.compile(r"(⟦\d+⟧)(?:['’]s)?(?P<mid>[^⟦.]{0,80}?)\b(?:visit|trip)\b(?! (?:of|by) ⟦)", re.IGNORECASE)
_VISITED = re.compile(
    r"(⟦\d+⟧)(?:, [^,⟦]{0,80},)?(?: \w+ing [^⟦.]{0,60},)? (?:has |is |was |will be |also |then )*"
    r"(?:visited|visiting|travell?ed to) (?P<to>(?:the )?[A-Z][\w.]*(?: [A-Z][\w.]*)*(?:, D\.? ?C\.?)?)"
)
_WHERE_TO = re.compile(
    r"\b(?:(?:visit|trip|tour|travell?(?:ed|s|ing)?)\s+to|visited|visiting)\s+"
    r"((?:the )?[A-Z][\w.]*(?: [A-Z][\w.]*)*(?:, D\.? ?C\.?)?)"
)
_PLACE = re.compile(r"\bmeetings? in ([A-Z][\w.]+(?:, (?:[A-Z]\.?)+|(?: [A-Z]\w+)*))")
_WITH = re.compile(rf"\b(?:accompanied by|delegation (?:comprised|included|includes)) ({LIST})", re.IGNORECASE)
_OF_ANOTHER = re.compile(r"\b(?:during|follow-up to|after|before|since|ahead of)(?: the)?\s*$", re.IGNORECASE)


@dataclass(slots=True)
class Visit:
    """One visit: where the text says so, and what it says of it."""

    extent: Extent
    principal: Someone
    when: Dated | None = None
    country: str = ""
    where: str = ""
    delegation: list[Someone] = field(default_factory=list)


def visit_in(page: Page, people: People, dates: Dates) -> Visit | None:
    """Return the visit of which a text speaks most; None where a visit has neither a day nor a country."""
    marked = {one: Marked(page, people, one) for one in page.sentences}
    whose = {one: _whose(page, marked, one) for one in page.sentences if _VISIT.search(page.flat, *one)}
    everyone = [someone for found in whose.values() for someone in found]
    if not everyone:
        return None
    principal = max(everyone, key=lambda one: len(one.mentions))
    visit: Visit | None = None
    for extent, found in whose.items():
        if principal in found:
            visit = visit or Visit(extent, principal)
            _learn(visit, page, extent, dates)
    if visit is None:
        return None
    for extent, one in marked.items():
        for match in _WITH.finditer(one.text):
            visit.delegation += [them for them in one.named(match[1]) if them not in (*visit.delegation, principal)]
        visit.where = visit.where or (found_[1] if (found_ := _PLACE.search(page.flat, *extent)) else "")
    visit.country = visit.country or country_of_capital(visit.where.partition(",")[0])
    return visit if visit.when or visit.country else None


def _whose(page: Page, marked: dict[Extent, Marked], extent: Extent) -> list[Someone]:
    """Return whose visit a sentence tells of; "The visit" is of whom the sentence before named last."""
    text = marked[extent].text
    matches = [match for match in _WHOSE.finditer(text) if not _OF_ANOTHER.search(text[: match.start()])]
    matches += [match for match in _VISITED.finditer(text) if _country_at(match["to"])]
    found = [someone for match in matches for someone in marked[extent].named(match[1])]
    at = page.sentences.index(extent)
    if not found and at and text.startswith(("The visit", "This visit", "The trip")):
        found = marked[page.sentences[at - 1]].named(marked[page.sentences[at - 1]].text)[-1:]
    return found


def _learn(visit: Visit, page: Page, extent: Extent, dates: Dates) -> None:
    """Take up what a sentence says of a visit; a span of days is better than a month."""
    found = [one for one in dates.found if extent[0] <= one.extent[0] and one.extent[1] <= extent[1]]
    best = next((one for one in found if one.span.precision in ("span", "day")), None)
    if best is not None and (visit.when is None or visit.when.span.precision == "month"):
        visit.when, visit.extent = best, extent
    for match in _WHERE_TO.finditer(page.flat, *extent):
        visit.country = visit.country or _country_at(match[1])
        visit.where = visit.where or ("" if country_named(match[1]) else match[1])


def _country_at(place: str) -> str:
    """Return the country that is named, or whose capital is; empty for any other place."""
    return country_named(place) or country_of_capital(place.partition(",")[0])
