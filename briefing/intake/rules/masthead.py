"""What a text says of itself at its top: headline, publisher, dateline, and its own date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.intake.rules.countries import country_of_capital
from briefing.intake.rules.reading import Page
from briefing.layout import DATELINE, MONTHS
from briefing.passages import Extent

_RUN_IN = re.compile(
    rf"([A-Z][A-Z .]+(?:,\s*[A-Z][\w.]+)?(?:,\s*{MONTHS}\s+\d{{1,2}})?)\s*(?:\([\w ]+\)\s*)?(?::|—|–|--|-)\s"
)
_RUN_ON = re.compile(
    rf"(?P<before>[A-Z][\w.&'-]*(?: [A-Z][\w.&'-]*){{0,8}}),"
    rf" (?:{MONTHS} \d{{1,2}}(?:,? \d{{4}})?|\d{{1,2}} {MONTHS}(?: \d{{4}})?),? (?=[\"'A-Z])"
)
_HEADER = re.compile(r"(From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|Importance|Attachments):[ \t]*(.*)")
_ANSWERED = re.compile(r"(?:(?:re|fwd?|aw|wg|tr):\s*)+", re.IGNORECASE)
_FAR_DOWN = 15
"""Lines among which the dateline of a text stands that somebody sent on with a greeting."""
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
    dateline = ""
    title, publisher, dated, begins = _pasted_mail(page)
    for match in re.compile(r"\S.*").finditer(page.text, begins, page.body_start):
        line = " ".join(match[0].split())
        flat = page.flat[match.start() : match.end()].strip()
        day = DATELINE.fullmatch(flat)
        if day and day["place"]:
            dateline, dated = dateline or line, dated or match.span()
        elif day and (day["year"] or day["year_"]):
            dated = dated or match.span()
        elif line.endswith(","):
            continue  # “Dear all,”
        elif len(line.split()) >= _HEADLINE:
            title = title or line
        else:
            publisher = publisher or line
    place: Extent | None = None
    begins = 0
    if not dateline and (found := _sent_on(page)) is not None:
        dateline, dated = page.said(found), found
    for start, end in page.paragraphs:
        if not dateline and start >= page.body_start and (run_in := _RUN_IN.match(page.flat, start, end)):
            place, begins = run_in.span(1), run_in.end()
            dateline = page.said(place)
            dated = dated or (place if re.search(r"\d", dateline) else None)
    if not dateline and (run_on := _run_on(page)) is not None:
        publisher, place, begins = publisher or run_on[0], run_on[1], run_on[2]
        dateline, dated = page.said(place), dated or place
    return Masthead(title, publisher, dateline, dated, place, begins)


def _pasted_mail(page: Page) -> tuple[str, str, Extent | None, int]:
    """Return subject, sender and date of a mail that was pasted with its headers, and where they end."""
    told: dict[str, Extent] = {}
    ends = 0
    for start, end in page.lines:
        match = _HEADER.match(page.flat, start, end)
        if match is None:
            break
        told.setdefault(match[1], match.span(2))
        ends = end
    if len(told) < 2:  # one line alone may be a headline
        return "", "", None, 0
    subject = _ANSWERED.sub("", page.said(told["Subject"])) if "Subject" in told else ""
    sender = re.sub(r"\s*[<\[(].*", "", page.said(told["From"])).strip("\"' ") if "From" in told else ""
    return subject, f"mail from {sender}" if sender else "", told.get("Date") or told.get("Sent"), ends


def _sent_on(page: Page) -> Extent | None:
    """Return the dateline that stands below the greeting with which somebody sent a text on."""
    for start, end in page.lines[:_FAR_DOWN]:
        day = DATELINE.fullmatch(page.flat, start, end)
        if day and day["place"] and (day["year"] or day["year_"]):
            return start, end
    return None


def _run_on(page: Page) -> tuple[str, Extent, int] | None:
    """Return publisher and dateline that a program ran into the text, and where that begins: known by a capital."""
    match = _RUN_ON.match(page.flat, page.body_start)
    words = match["before"].split() if match else []
    for n in range(len(words)):
        place = " ".join(words[n:])
        if match and country_of_capital(place):
            start = match.end("before") - len(place)
            day = match.start() + len(match[0].rstrip(" ,"))
            return page.text[match.start() : start].strip(), (start, day), match.end()
    return None
