"""Meetings in a text: who met whom, in which sentence, how, and with whom besides who is not named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from briefing.intake.rules.people import People, Someone
from briefing.intake.rules.reading import Page
from briefing.passages import Extent

_P = r"⟦\d+⟧"
_AND = r"(?:\s*,?\s+and\s+(?:then\s+)?(?:with\s+)?(?:the\s+|his\s+|her\s+|deputy\s+|acting\s+|outgoing\s+)*|\s*&\s*)"
_COMMA = r"\s*[,;]\s*(?:the\s+|with\s+)?"
_BESIDES = r"(?:,\s+(?:the\s+)?[A-Z][^,⟦.;]{2,80}(?=,))?"
"""What else somebody is: “⟦0⟧, Chair of the Committee on Fisheries, and ⟦1⟧”."""
LIST = rf"(?:{_P}(?:{_COMMA}{_P}){{1,15}}{_AND}{_P}|{_P}{_BESIDES}{_AND}{_P}(?!{_COMMA}{_P})|{_P})"
_FREE = r"(?:(?!⟦|\bto [a-z]|\bahead of|\bfollowing\b|\bwhere\b|\bsince\b|\bafter\b|\bthat\b|[;:]).)"
_NOUN = (
    r"(?:talks|meetings?|calls?|conversations?|discussions?|luncheons?|lunch|dinner|breakfast|roundtables?|dialogue|"
    r"consultations|session|summit|briefing|interactions?|audience)"
)
_VERB = (
    r"(?:met|spoke|talked|conferred|consulted|held|had|hosted|convened|led|joined|participated|attended|engaged|"
    r"called|received|welcomed|sat down|co-hosted|co-chaired|chaired|concluded|conducted|placed|visited|briefed|"
    r"exchanged|came to see|came in to see|came in|dined|lunched|hosting)"
)
_WITH = r"(?:with|hosted by|co-chaired by|alongside|between)"
_LINKS = {"spoke": "with|to", "talked": "with|to", "visited": "with", "met": "with"}
_VETO = re.compile(
    r"(?:upcoming|next|future|forthcoming|recent|previous|last|earlier|prior|planned|ahead of|"
    r"look(?:s|ed|ing) forward to|follow(?:s|ed|ing)?(?: up)?(?: on| from)?|since|before|after|"
    r"would|will|could|to|may|should|"
    r"proposed|first)"
    r"(?:\s+(?:a|an|the|their|his|her|its|our|on))?(?:\s+[\w’'-]+){0,2}\s*$",
    re.IGNORECASE,
)  # fmt: skip
_GROUP_HEADS = (
    r"(?:officials|leaders|counterparts?|representatives|experts|scholars|members|executives|ministers|governors|"
    r"senators|advocates|legislators|students|families|family|survivors|CEOs|stakeholders|delegation|mayors|partners|"
    r"allies|workers|groups|organizations|scientists|presidents|providers|leadership|lawmakers|academics|"
    r"activists|veterans|chairs|secretaries|diplomats|envoys|businesses|companies|think tanks?|analysts|editors|"
    r"journalists|women|youth|attorneys general|principals|negotiators|commissioners|donors|farmers|owners)"
)
_ANYONE = re.compile(
    r"(?:the\s+|an?\s+|his\s+|her\s+|their\s+)?((?:[\w.'&/-]+\s+(?:and\s+|of\s+(?:the\s+)?|for\s+)?){0,9}?"
    r"(?:[A-Za-z][a-z]{2,}(?:s|men|women|people)|[A-Z]\w*(?:Group|Forum|Council|Caucus|Committee|Alliance|Summit|Team|Cabinet|Force)))"
    r"(?=\s+(?:to|on|about|in|at|for|from|regarding|who|where|today|this|during|and)\b|\s*[,.;(–—-]|\s*$)"
)
"""Some people who are not named: words up to a plural or a body, where a clause goes on behind them."""
_GROUP = re.compile(
    rf"(?:the\s+|an?\s+(?:group|number|team)\s+of\s+|more than\s+|over\s+|several\s+|some\s+)?"
    rf"((?:[\w.’'&/-]+,?\s+(?:and\s+|of\s+(?:the\s+)?)?){{0,7}}?{_GROUP_HEADS}(?:\s+{_GROUP_HEADS})?"
    r"(?:\s+of\s+the(?:\s+[a-z][\w-]+){1,3}?(?=\s*[,.;]|\s+(?:and|to|on|about|in|at|for|from)\b))?)\b"
)


@dataclass(slots=True)
class Meeting:
    """One meeting as a text tells of it: where it says so, and says so again, who led it, whom it was with, and how.

    `along` are those who accompanied who led it.
    """

    extent: Extent
    lead: list[Someone] = field(default_factory=list)
    met: list[Someone] = field(default_factory=list)
    unnamed: list[Extent] = field(default_factory=list)
    verb: str = ""
    form: str = ""
    mode: str = ""
    sure: int = 70
    again: list[Extent] = field(default_factory=list)
    along: list[Someone] = field(default_factory=list)

    @property
    def everyone(self) -> list[Someone]:
        """Everyone who is named, the lead first."""
        return self.lead + self.along + self.met


def meetings_in(page: Page, people: People) -> list[Meeting]:
    """Return the meetings a text tells of, in order; one that is spoken of again is one, as its body tells of it."""
    author = _author(page, people)
    found: list[Meeting] = []
    for extent in page.sentences:
        for meeting in _in_sentence(page, people, extent, author):
            at = next((n for n, one in enumerate(found) if _same(page, one, meeting)), None)
            if at is None:
                found.append(meeting)
            elif found[at].extent[0] < page.body_start <= extent[0]:
                found[at] = meeting  # the headline said it first
            else:
                found[at].again.append(extent)
    return found


def _same(page: Page, one: Meeting, other: Meeting) -> bool:
    """Tell whether a second mention is of the same meeting: it adds nobody who was met."""
    if other.met:
        return all(any(someone is known for known in one.everyone) for someone in other.met)
    groups = {page.said(at).lower() for at in one.unnamed}
    return all(page.said(at).lower() in groups for at in other.unnamed)


class Marked:
    """A sentence with a mark in place of each person: "⟦0⟧ met today with ⟦1⟧"."""

    def __init__(self, page: Page, people: People, extent: Extent) -> None:
        """Take a sentence of a page."""
        start, end = extent
        self.people = people
        self.places: list[int] = []
        self.extents = _longest(sorted([*people.within(extent), *(at for at in people.meant if start <= at[0] < end)]))
        out, at = "", start
        for n, (first, last) in enumerate(self.extents):
            out = self._add(out, page.flat[at:first], at)
            self.places.extend([first] * len(mark := f"⟦{n}⟧"))
            out += mark
            at = last
        self.text = self._add(out, page.flat[at:end], at)
        self.places.append(end)

    def _add(self, out: str, words: str, at: int) -> str:
        self.places.extend(range(at, at + len(words)))
        return out + words

    def named(self, words: str) -> list[Someone]:
        """Return the people whose marks stand in words, each once."""
        found = [self.people.who(self.extents[int(n)]) for n in re.findall(r"⟦(\d+)⟧", words)]
        return list({id(one): one for one in found}.values())

    def place(self, match: re.Match[str], group: int | str = 0) -> Extent:
        """Return where a group of a match stands in the text."""
        return self.places[match.start(group)], self.places[match.end(group)]


def _longest(extents: Sequence[Extent]) -> list[Extent]:
    found: list[Extent] = []
    for one in extents:
        if found and one[0] < found[-1][1]:
            continue
        found.append(one)
    return found


_REPORTING = re.compile(r"\b(?:\w{3,}ed|spoke|made|gave|said|told|has|have|which|who|support|commitment|concern)\b")
"""What stands between a subject and a verb that is of another clause."""
_ALONG = re.compile(r"\b(?:joined|accompanied) by\b")
_WITH_LEAD = re.compile(
    rf"^(?:Accompanied|Joined) by (?:the )?(?P<first>{LIST}),"
    rf"|{_P},? (?:joined|accompanied) by (?:the )?(?P<behind>{LIST}),"
)
"""Who accompanied the lead: named before the lead, or between the lead and the verb."""
_SUBJECT_FIRST = re.compile(
    rf"(?P<lead>{LIST})(?:['’]s?)?"
    rf"(?P<mid>(?:,[^,⟦]*,|,? (?:joined|accompanied) by (?:the )?{LIST},?)?{_FREE}{{0,60}}?)"
    rf"\b(?P<verb>{_VERB})\b(?P<rest>.*)"
)
_THEN_MET = re.compile(
    rf"(?P<lead>{LIST})(?P<mid>) (?:also )?\w+ed\b[^⟦]{{0,160}}? and (?:also |then |later )?"
    r"(?P<verb>met|spoke|talked|hosted|conferred)\b(?P<rest>.*)"
)
"""A second thing that the lead did: “⟦0⟧ addressed a roundtable and met students”."""
_TOGETHER = re.compile(rf"(?P<all>{LIST})\s+(?:\w+ )?(?P<verb>met|spoke|talked|conferred|had|held)\b(?P<rest>.*)")
_PASSIVE = re.compile(
    rf"(?P<lead>{LIST})\s+(?:was|were) (?P<verb>briefed|joined|received|hosted)"
    r"(?: (?:in|at|for|to|over) [\w ]{2,30}?)? by (?P<rest>.*)"
)
_CALLER = re.compile(
    rf"^[^⟦]{{0,60}}?(?P<met>{LIST})(?:, [^⟦]{{0,80}}?,)?,? (?:\w+ ){{0,3}}?"
    r"(?P<verb>called(?! for)|came|telephoned|handed me|told me|read (?:to )?me|talked to me)\b"
)
_CALLED = re.compile(
    rf"\bI (?:\w+ ){{0,3}}?(?P<verb>called (?:up)?on|spoke (?:with|to)|talked (?:with|to)|handed|told|received|saw|"
    rf"asked|sent for|met|conveyed|telephoned|got in touch with)\b{_FREE}{{0,40}}?(?P<met>{LIST})"
)
_NOUN_WITH = re.compile(
    rf"(?:(?P<lead>{LIST})['’]s?\s+)?(?P<noun>\b(?:[\w-]+\s+){{0,2}}?{_NOUN})\b(?P<free>{_FREE}{{0,50}}?)"
    rf"\b(?P<link>{_WITH})\s+(?P<rest>.*)",
    re.IGNORECASE,
)
_OBJECT = re.compile(rf"(?P<free>{_FREE}{{0,110}}?)(?P<met>{LIST})")


def _author(page: Page, people: People) -> Someone | None:
    """Return who wrote a memorandum of a conversation, and says "me" in it; None for any other text."""
    match = re.match(r"\s*memorandum (?:of (?:a )?conversation )?(?:by|between) (?:the )?", page.flat, re.IGNORECASE)
    first = next(iter(people.within((match.end(), match.end() + 150))), None) if match else None
    return people.at[first] if first and match and first[0] <= match.end() + 1 else None


def _in_sentence(page: Page, people: People, extent: Extent, author: Someone | None) -> Iterator[Meeting]:
    marked = Marked(page, people, extent)
    for read in (_by_verb, _passive, _together, _by_noun, _by_call):
        meeting = read(marked, extent) if author or read is not _by_call else None
        if meeting is not None and author is not None and author not in meeting.everyone and not meeting.lead:
            meeting.lead = [author]
        if meeting is not None and (meeting.met or meeting.unnamed):
            _add_who_came_along(meeting, marked)
            meeting.form, meeting.mode = _how(page.flat[extent[0] : extent[1]], meeting.verb)
            yield meeting
            return


def _add_who_came_along(meeting: Meeting, marked: Marked) -> None:
    match = _WITH_LEAD.search(marked.text)
    if match is None:
        return
    led = match["first"] is not None or any(one in meeting.lead for one in marked.named(match[0].partition(",")[0]))
    named = marked.named(match["first"] or match["behind"])
    meeting.along += [one for one in named if led and one not in meeting.everyone]


def _by_verb(marked: Marked, extent: Extent) -> Meeting | None:
    """Read "LEAD met with MET", "LEAD hosted MET", "LEAD held talks with MET"."""
    for match in (*_SUBJECT_FIRST.finditer(marked.text), *_THEN_MET.finditer(marked.text)):
        if _VETO.search(match["mid"]) or _REPORTING.search(_ALONG.sub("", match["mid"])):
            continue
        verb, rest = match["verb"], match["rest"]
        link = re.match(rf"{_FREE}{{0,70}}?\b(?:{_LINKS.get(verb, 'with|of|hosted by')})\b\s*", rest)
        direct = verb in (
            "met",
            "hosted",
            "welcomed",
            "received",
            "called",
            "visited",
            "briefed",
            "came to see",
            "convened",
        )
        after = rest[link.end() :] if link and not (direct and re.match(rf"\s+(?:the\s+)?{_P}", rest)) else rest
        if link is None and not direct:
            continue
        told = f"{verb} {rest[: len(rest) - len(after)]}"
        meeting = Meeting(extent, marked.named(match["lead"]), verb=told, sure=90)
        offset = match.start("rest") + (len(rest) - len(after))
        _objects(meeting, marked, offset)
        if meeting.met or meeting.unnamed:
            return meeting
    return None


def _together(marked: Marked, extent: Extent) -> Meeting | None:
    """Read "LEAD and MET met", "LEAD and MET spoke by phone"; one of ours leads."""
    match = _TOGETHER.search(marked.text)
    if match is None or len(everyone := marked.named(match["all"])) < 2:
        return None
    ours = marked.people.country
    lead = next((one for one in everyone if not one.country or one.country == ours), everyone[0])
    return Meeting(extent, [lead], [one for one in everyone if one is not lead], verb=match["verb"], sure=80)


def _passive(marked: Marked, extent: Extent) -> Meeting | None:
    """Read "LEAD was briefed by MET"."""
    match = _PASSIVE.search(marked.text)
    if match is None:
        return None
    meeting = Meeting(extent, marked.named(match["lead"]), verb=match["verb"], sure=75)
    _objects(meeting, marked, match.start("rest"))
    return meeting


def _by_noun(marked: Marked, extent: Extent) -> Meeting | None:
    """Read "LEAD's talks with MET", "at a luncheon hosted by MET"."""
    for match in _NOUN_WITH.finditer(marked.text):
        before = marked.text[: match.end("noun")].rpartition(" ")[0]
        if _VETO.search(re.sub(_P, "someone", before)):
            continue
        meeting = Meeting(extent, marked.named(match["lead"] or ""), verb=match["noun"], sure=75)
        if match["link"].startswith("co-chaired"):
            meeting.lead, rest = marked.named(match["rest"]), re.search(r"\bwith\s+", match["rest"])
            if rest is None:
                continue
            _objects(meeting, marked, match.start("rest") + rest.end())
        else:
            _objects(meeting, marked, match.start("rest"))
        if meeting.met or meeting.unnamed:
            return meeting
    return None


def _by_call(marked: Marked, extent: Extent) -> Meeting | None:
    """Read, in a memorandum of someone who was there, "MET called", "MET telephoned me", "I spoke with MET"."""
    match = _CALLER.search(marked.text) or _CALLED.search(marked.text)
    if match is None:
        return None
    return Meeting(extent, [], marked.named(match["met"]), verb=match["verb"], sure=75)


def _objects(meeting: Meeting, marked: Marked, offset: int) -> None:
    """Add whom a meeting was with: the list of names that comes first, or a group that is not named."""
    rest = marked.text[offset:]
    named = _OBJECT.match(rest)
    group = _GROUP.match(rest.lstrip()) or _ANYONE.match(rest.lstrip())
    counterpart = group and re.match(rf"\s*,\s*(?:the )?(?P<met>{LIST})", rest.lstrip()[group.end() :])
    if counterpart and group and group[1].endswith("counterpart"):
        meeting.met = [one for one in marked.named(counterpart["met"]) if one not in meeting.lead]
    elif named is not None and (group is None or named.start("met") < 4):
        meeting.met = [one for one in marked.named(named["met"]) if one not in meeting.lead]
    elif group is not None:
        lead = len(rest) - len(rest.lstrip())
        start, end = offset + lead + group.start(1), offset + lead + group.end(1)
        meeting.unnamed.append((marked.places[start], marked.places[end]))
    elif named is not None:
        meeting.met = [one for one in marked.named(named["met"]) if one not in meeting.lead]


def _how(sentence: str, verb: str) -> tuple[str, str]:
    """Return the form and the mode, as far as the sentence says them."""
    words = sentence.lower()
    form = next(
        (one for one in ("luncheon", "lunch", "dinner", "breakfast", "roundtable", "summit") if one in words), ""
    )
    if re.search(
        r"\b(?:by|on the|over the|tele)\s?-?(?:phone|telephone)|\bphone calls?\b|\btelephoned?\b|\bphoned\b", words
    ):
        return "call", "telephone"
    if re.search(r"\bvirtual|\bvideo|\bvideoconference", words):
        return form or "meeting", "video"
    if form or re.search(r"\bin person\b|\bhosted\b|\bin the oval office\b|\bat the white house\b", words):
        return form or "meeting", "in person"
    if re.search(r"\bcalls?\b", words) and not verb.startswith("met"):
        return "call", ""
    return form, ""
