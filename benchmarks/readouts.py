"""People and leads found in 656 published readouts, against what their titles say; the titles are not shown.

    python benchmarks/readouts.py ../shared/data/readouts [--misses]

The rules were made with the earlier half of the texts before the eyes; the later half is the test. A name counts as
found when a word of it stands in the part of the title that names the person. Printed for an empty register, and for
one to which the people named in the titles of the earlier half were added.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from briefing.intake.rules.meetings import Meeting, meetings_in
from briefing.intake.rules.people import People, name_words
from briefing.intake.rules.reading import Page
from briefing.passages import clean
from briefing.state import EMPTY, BriefingState

HOME = "United States"
_POST = re.compile(
    r"\b(?:President|Minister|Secretary|Chancellor|King|Queen|Prince|Princess|Emir|Amir|Sultan|Pope|Premier|Taoiseach|"
    r"Ambassador|Governor|Mayor|Senator|Representative|Speaker|Chairman|Chair|Director|Advis[eo]r|NSA|Commissioner|"
    r"Administrator|General|Envoy|Member|Leader|CEO|Dr|Sheikh)\b(?!s)"
)


@dataclass
class Gold:
    """What a title says: the part that names who led, and the parts that each name one person who was met."""

    path: str
    lead: str
    met: list[str]
    counterpart: str


@dataclass
class Tally:
    """Names that should be found and were, and names that were found and are right."""

    wanted: int = 0
    hit: int = 0
    found: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)

    def line(self, what: str) -> str:
        """Return one row of the table."""
        precision = self.right / self.found if self.found else 0
        recall = self.hit / self.wanted if self.wanted else 0
        counts = f"({self.right}/{self.found}, {self.hit}/{self.wanted})"
        return f"  {what:14} precision {precision:.3f}  recall {recall:.3f}  {counts}"


def golds(folder: Path) -> Iterator[Gold]:
    """Yield the titles of which two people, or one and some others, are to be read."""
    with (folder / "derived_title_gold_dev.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            lead = re.split(r"\b(?:on|of)\b", row["lead"])[-1] if "Spokesperson" in row["lead"] else row["lead"]
            counterpart = row["counterpart"] if row["prep"] == "with" and row["mode"] not in ("travel", "trip") else ""
            parts = re.split(r",\s*(?:and\s+)?|\s+and\s+|;\s*", counterpart)
            met = [part for part in parts if (post := _POST.search(part)) and _a_name(part[post.end() :])]
            yield Gold(row["path"], lead if _named(lead) else "", met, counterpart)


def _a_name(rest: str) -> bool:
    """Tell whether a name follows a post: a capital that is not the place of the post."""
    return bool(re.match(r"\.?\s+(?!of |for |to )[A-Z]", rest))


def _named(lead: str) -> bool:
    post = _POST.search(lead)
    return bool(post) and _a_name(lead[post.end() :])


def stands_in(name: str, words: str) -> bool:
    """Tell whether a word of a name, family names stand first in some, is among others."""
    return any(len(one) > 2 for one in name_words(name) & name_words(re.sub("[’']s", "", words)))


def score(meeting: Meeting | None, gold: Gold, leads: Tally, met: Tally, body: str) -> None:
    """Count one text: whom the title names and whom the first meeting of the body names."""
    lead = [one.name for one in meeting.lead if one.name] if meeting else []
    others = [one.name for one in meeting.met if one.name] if meeting else []
    if gold.lead:
        ok = [one for one in lead if stands_in(one, gold.lead)]
        leads.wanted, leads.hit = leads.wanted + 1, leads.hit + bool(ok)
        leads.found, leads.right = leads.found + len(lead), leads.right + len(ok)
        if not ok or len(ok) < len(lead):
            leads.misses.append(f"LEAD {gold.lead!r}: {lead} · {body}")
    if gold.met:
        right = [one for one in others if stands_in(one, gold.counterpart)]
        hits = [part for part in gold.met if any(stands_in(one, part) for one in others)]
        met.wanted, met.hit = met.wanted + len(gold.met), met.hit + len(hits)
        met.found, met.right = met.found + len(others), met.right + len(right)
        if len(hits) < len(gold.met) or len(right) < len(others):
            met.misses.append(f"MET {gold.met}: {others} · {body}")


def measure(
    golds_: Sequence[Gold], bodies: dict[str, str], register: BriefingState
) -> tuple[Tally, Tally, list[float]]:
    """Return the two tallies and the milliseconds of each text."""
    leads, met, times = Tally(), Tally(), []
    for gold in golds_:
        begun = time.process_time()
        page = Page(clean(bodies[gold.path]))
        meetings = meetings_in(page, People(page, register, HOME))
        times.append((time.process_time() - begun) * 1000)
        score(meetings[0] if meetings else None, gold, leads, met, " ".join(bodies[gold.path].split())[:400])
    return leads, met, times


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    with gzip.open(folder / "readouts_dev_2021_2022.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    bodies = {row["path"]: row["body"] for row in rows}
    dates = {row["path"]: row["date"] for row in rows}
    every = sorted(golds(folder), key=lambda one: (dates[one.path], one.path))
    half = len(every) // 2
    for name, part in (("earlier half", every[:half]), ("later half", every[half:])):
        for what, register in (("empty register", EMPTY),):
            leads, met, times = measure(part, bodies, register)
            print(f"{name}, {what}: {len(part)} texts, {statistics.median(times):.1f} ms each (median)")
            print(leads.line("who led"), met.line("who was met"), sep="\n")
            if "--misses" in sys.argv and name == "earlier half":
                print("\n".join(leads.misses + met.misses))


if __name__ == "__main__":
    main()
