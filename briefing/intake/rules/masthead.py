"""What a text says of itself at its top: headline, publisher, dateline, and its own date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.intake.rules.reading import Page
from briefing.passages import Extent

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_LINE = re.compile(
    rf"[A-Z\[][\w .,'\]-]{{1,40}}?,\]?\s+"
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:\s+\d{{4}})?)\.?"
)
_DATE_ONLY = re.compile(rf"(?:{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}|\d{{1,2}}\s+{_MONTH}\s+\d{{4}})")
_RUN_IN = re.compile(
    rf"([A-Z][A-Z .]+(?:,\s*[A-Z][\w.]+)?(?:,\s*{_MONTH}\s+\d{{1,2}})?)\s*(?:\([\w ]+\)\s*)?(?::|—|–|--|-)\s"
)
_HEADLINE = 5
"""A headline has at least so many words; a shorter line is the name of the publisher."""


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands at the top of a text; empty where it has none. A dateline in the body ends where this `begins`."""

    title: str = ""
    publisher: str = ""
    dateline: str = ""
    dated: Extent | None = None
    run_in: Extent | None = None
    begins: int = 0


def masthead(page: Page) -> Masthead:
    """Return what the lines above the body, and the first words of it, say of a text."""
    title = publisher = dateline = ""
    dated: Extent | None = None
    for match in re.finditer(r"\S.*", page.text[: page.body_start]):
        line = " ".join(match[0].split())
        flat = page.flat[match.start() : match.end()].strip()
        if _LINE.fullmatch(flat):
            dateline, dated = dateline or line, dated or match.span()
        elif _DATE_ONLY.fullmatch(flat):
            dated = dated or match.span()
        elif len(line.split()) >= _HEADLINE:
            title = title or line
        else:
            publisher = publisher or line
    place: Extent | None = None
    begins = 0
    for start, end in page.paragraphs:
        if not dateline and start >= page.body_start and (run_in := _RUN_IN.match(page.flat, start, end)):
            place, begins = run_in.span(1), run_in.end()
            dateline = page.said(place)
            dated = dated or (place if re.search(r"\d", dateline) else None)
    return Masthead(title, publisher, dateline, dated, place, begins)
