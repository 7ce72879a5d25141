"""What was said and what was promised: a text's own sentences, by whom, of which kind, how strongly."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.intake.rules.bodies import Bodies
from briefing.intake.rules.countries import country_of, country_of_capital
from briefing.intake.rules.meetings import LIST, Marked
from briefing.intake.rules.people import People, Someone
from briefing.intake.rules.reading import Page
from briefing.passages import Extent

_KINDS = (
    ("agreed", r"agreed (?:on|that|with)|concurred|were in agreement"),
    ("reaffirmed", r"reaffirm\w*|reiterat\w+|affirmed|re-affirm\w*|renewed|recommitted|restated"),
    ("reviewed", r"reviewed|took stock|was (?:also )?reviewed|were reviewed"),
    ("explored", r"explor\w+"),
    ("discussed", (
        r"discuss\w*|consulted|exchanged views|spoke about|talked about|compared notes|addressed|cent(?:er|re)d on|"
        r"focused on|the focus was|touched on|covered|took up|talks on|shared perspectives")),
    ("raised", r"raised|brought up|drew attention|expressed (?:\w+ )*concerns?|called attention|pointed out"),
    ("asked", r"asked|inquired|enquired|requested|called for|urged|called on .{0,60} to|encouraged|pressed"),
    ("replied", r"replied|responded|answered|rejoined"),
    ("proposed", r"proposed|suggested|offered to|put forward|invited"),
    ("declined", r"declined|refused|rejected|turned down"),
)  # fmt: skip
_REPORTING = re.compile(
    r"\b(?:emphasi[sz]ed|underscor\w+|stressed|highlight\w+|noted|welcomed|thanked|congratulated|conveyed|expressed|"
    r"commended|applauded|condemned|recogni[sz]ed|acknowledged|praised|appreciated|stated|said|told|informed|explained|"
    r"outlined|briefed|described|shared|identified|looked? forward|made clear|voiced|assured|updated|declared|"
    r"handed over|presented|submitted|delivered|signed|"
    r"announced|pledged|committed|decided|resolved|remarked|observed|mentioned|intimated|added|warned|supported|endorsed|engaged)\b"
)
_NO_STATE = "".join(rf"(?<!\b{word} )" for word in ("were", "was", "remains", "remain", "are", "is", "be", "stay"))
"""They committed to something; they are not committed to it, which is no undertaking."""
_COMMITTED = (
    ("will consider", r"(?:agreed|promised|undertook) to consider|will consider|would consider"),
    ("agreed", (
        r"(?<!not )agreed to|agreed that (?:they|both|the two|their)[^.]{0,40}?\bw(?:ill|ould)|"
        rf"{_NO_STATE}(?:committed|pledged|promised|undertook|vowed) to")),
    ("expected", r"(?:is|are|was|were) (?:\w+ )?(?:expected|likely|set|scheduled) to"),
    ("intends", r"(?:intend(?:s|ed)?|plan(?:s|ned)?) to|\bwill (?!be (?:able|important)|not\b|also not\b)[a-z]+"),
)  # fmt: skip
_COMMITMENTS = tuple((strength, re.compile(rf"\b(?:{words})\b")) for strength, words in _COMMITTED)
_OF_KIND = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _KINDS)
_BOTH = re.compile(
    r"\b(?:both|the two|the three|the four)\s+(?:sides|delegations|countries|leaders|governments|nations|officials|"
    r"ministers|presidents|parties|teams)\b|\b(?:the leaders|they|the sides|the parties|together|both)\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:both|the two) (?:sides|delegations|countries|leaders|governments|nations|ministers)\b", re.IGNORECASE
)
_SUBJECT = re.compile(rf"^(?P<before>[^⟦]{{0,120}}?)(?P<who>{LIST})(?!['’]s)")
_NATION = re.compile(
    r"\b(?:[Tt]he )?((?:United|South|North|New|Saudi|Sri) [A-Z]\w+|[A-Z][\w.]+)\b(?P<delegation> delegation| side)?"
)
_AND_THEN = re.compile(r"(?:, and|, while|; and|;| while) (?=(?:the )?(?:Mr|Ms|Mrs|Dr)?\.? ?[A-Z]\w)")
"""Where a second half of a sentence may begin, with a name."""
_QUOTED = re.compile(r"\"[^\"]{20,}\"?$")
"""A sentence that is somebody's words and nothing else: who spoke before goes on."""
_TOLD = re.compile(
    r"^\"[^\"]+,?\" (?P<who>he|she|⟦\d+⟧) (?:said|told|added|stated|noted|stressed|remarked|concluded)\b"
)
"""Whose words a quotation is, behind it: “…,” she said."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a text: a point of a kind, or where it has a strength a commitment; by whom, if that is said.

    `by` is ours, theirs, both, an agency or empty, `speaker` a person of the text. `what` is where an
    undertaking's own words stand.
    """

    extent: Extent
    kind: str = ""
    strength: str = ""
    by: str = ""
    speaker: Someone | None = None
    what: Extent | None = None
    sure: int = 60


class Statements:
    """The statements of a text, in order."""

    def __init__(self, page: Page, people: People, bodies: Bodies, country: str) -> None:
        """Read the sentences of the body; `country` is the reader's own, whose words are "ours"."""
        self.page, self.people, self.bodies, self.country = page, people, bodies, country
        self.every: list[Statement] = []
        last: Someone | None = None
        for extent in page.sentences:
            if extent[0] < page.body_start:
                continue
            for clause in self._clauses(extent):
                by, speaker = self._by(Marked(page, people, clause), last)
                last = speaker or last
                if (found := self._read(clause, by, speaker)) is not None:
                    self.every.append(found)

    def _clauses(self, extent: Extent) -> list[Extent]:
        """Return a sentence, or its two halves where each promises something and has a subject of its own."""
        flat = self.page.flat
        for match in _AND_THEN.finditer(flat, *extent):
            halves = [(extent[0], match.start()), (match.end(), extent[1])]
            if all(self._promised(half) is not None for half in halves):
                return halves
        return [extent]

    def _read(self, extent: Extent, by: str, speaker: Someone | None) -> Statement | None:
        flat = self.page.flat
        if (promised := self._promised(extent)) is not None:
            strength, words = promised
            sure = {"agreed": 80, "will consider": 75}.get(strength, 50)
            return Statement(extent, "", strength, by, speaker, self._what(words, extent, strength), sure)
        kinds: list[tuple[int, str]] = [
            (match.start(), kind) for kind, words in _OF_KIND if (match := words.search(flat, *extent))
        ]
        if not kinds and not _REPORTING.search(flat, *extent) and not _QUOTED.match(flat, *extent):
            return None
        at, kind = min(kinds) if kinds else (extent[0], "")
        if not by and _TOGETHER.search(flat, extent[0], at):
            by, speaker = "both", None
        return Statement(extent, kind, "", by, speaker, None, 60 + 10 * bool(kind) + 10 * bool(by or speaker))

    def _promised(self, extent: Extent) -> tuple[str, re.Match[str]] | None:
        """Return how strongly something is promised at a place, and the words that do it; None where nothing is."""
        for strength, words in _COMMITMENTS:
            match = words.search(self.page.flat, *extent)
            if match is not None and _undertaken(self.page.flat[extent[0] : match.start()], strength):
                return strength, match
        return None

    def _what(self, match: re.Match[str], extent: Extent, strength: str) -> Extent | None:
        """Return the words of what is undertaken, where they stand behind "to"."""
        to = match[0].find(" to")
        if strength not in ("agreed", "will consider") or to < 0:
            return None
        start = match.start() + to + len(" to ")
        stop = re.search(
            r"[,;]\s+(?:and|but|while|which|including|noting|where)\b|[.;]$", self.page.flat[start : extent[1]]
        )
        end = start + stop.start() if stop else extent[1]
        return (start, end) if start < end else None

    def _by(self, marked: Marked, last: Someone | None) -> tuple[str, Someone | None]:
        """Return who says a sentence: both, one side, or a person; "he" is who spoke last."""
        subject = _SUBJECT.match(marked.text)
        head = subject["before"] if subject else marked.text[:60]
        if _BOTH.search(head) or (
            subject and len(marked.named(subject["who"])) > 1 and self._both(marked, subject["who"])
        ):
            return "both", None
        if side := self._side(head):
            return side, None
        if body := self.bodies.at_head(head):
            return body.name, None
        told = _TOLD.search(marked.text)
        if last is not None and (told or _QUOTED.match(marked.text)):
            return "", ([*marked.named(told["who"] if told else ""), last])[0]
        if subject and not re.search(r"\b(?:with|to|by|hosted by|from|between|of)\s*(?:the\s*)?$", head):
            return "", marked.named(subject["who"])[0]
        return "", None

    def _both(self, marked: Marked, who: str) -> bool:
        """Tell whether people are of two sides."""
        sides = {one.country == self.country or not one.country for one in marked.named(who)}
        return len(sides) > 1

    def _side(self, head: str) -> str:
        """Return whose words a sentence has that begins with a country, or with its delegation."""
        found = _NATION.match(head)
        if found is None:
            return "ours" if head.startswith("The delegation ") and self.country else ""
        nation = country_of(found[1]) or country_of_capital(found[1])
        if not nation:
            return ""
        rest = head[found.end() :]
        other = re.match(r" and (?:the )?((?:United|South|New|Saudi) [A-Z]\w+|[A-Z][\w.]+)", rest)
        if other and country_of(other[1]):
            return "both"
        if not re.match(r"(?:['’]s\b|-)", rest) and self.country:
            return "ours" if nation == self.country else "theirs"
        return ""


def _undertaken(before: str, strength: str) -> bool:
    """Tell whether what stands in front of an undertaking lets it be one: no condition, no report of somebody else."""
    if re.search(r"\b(?:if|whether|hopes?|hoped|unless|which|who|could|would|until)\b[^,]*$", before):
        return False
    return strength in ("agreed", "will consider") or not re.search(
        r"\b(?:said|noted|emphasi[sz]ed|stressed|underscored|discuss\w*|how|that|where|when|explained|reaffirm\w*|clear)\b",
        before,
    )
