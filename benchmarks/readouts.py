"""People and leads found in 656 published readouts, against what their titles say; the titles are not shown.

    python benchmarks/readouts.py ../shared/data/readouts [--misses]

The rules were made with the earlier half of the texts before the eyes; the later half is the test. A name counts as
found when a word of it stands in the part of the title that names the person. Printed for an empty register, and for
one that holds whom the titles of the earlier half name, as an officer would have accepted them.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from briefing.decide import decide
from briefing.intake.drafts import read_drafts
from briefing.intake.proposed import SourceText
from briefing.intake.rules.meetings import Meeting, meetings_in
from briefing.intake.rules.people import People, name_words
from briefing.intake.rules.propose import Reader
from briefing.intake.rules.reading import Page
from briefing.passages import clean
from briefing.pen import Pen
from briefing.projector import project
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


def grown(titles: Sequence[str]) -> BriefingState:
    """Return a record that holds the people whom titles name, as a draft of each title and an officer would give it."""
    texts = [SourceText(f"{title.replace('Readout of ', '')}.", "title.txt", country=HOME) for title in titles]
    drafts: list[dict[str, Any]] = []
    for text in texts:
        for one in Reader(text, EMPTY, lambda _: None).people.everyone:
            if not one.name or not one.title:
                continue
            same = [d for d in drafts if d["title"] == one.title and _one(d["person"], one.name)]
            if not same:
                leads = min(one.mentions)[0] < text.text.find(" with ")
                side = "ours" if one.country in ("", HOME) and leads else "theirs"
                drafts.append({"person": one.name, "side": side, "title": one.title, "also": []})
            elif one.name not in (same[0]["person"], *same[0]["also"]):
                same[0]["also"].append(one.name)  # an officer merges "President Biden" and "President Joe Biden"
    drafts = [{key: value for key, value in one.items() if value} for one in drafts]
    pen = Pen(by="benchmark", now=datetime(2026, 1, 1, tzinfo=UTC), newest=None, heads=(), nonce=count_of_nonces())
    plan = decide(read_drafts(json.dumps(drafts).encode(), "titles"), (), pen)
    return project(plan.events)


def _one(name: str, other: str) -> bool:
    """Tell whether an officer would take two names for one person's, who bears the same title: by the family name."""
    return bool(
        name_words(name.rsplit(maxsplit=1)[-1]) & name_words(other)
        | name_words(other.rsplit(maxsplit=1)[-1]) & name_words(name)
    )


def count_of_nonces() -> Callable[[], str]:
    """Return what gives a nonce after the other; the record is thrown away."""
    numbers = count()
    return lambda: f"{next(numbers):032x}"


def main() -> None:
    """Print the table."""
    folder = Path(sys.argv[1])
    with gzip.open(folder / "readouts_dev_2021_2022.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    bodies = {row["path"]: row["body"] for row in rows}
    titles = {row["path"]: row["title"] for row in rows}
    dates = {row["path"]: row["date"] for row in rows}
    every = sorted(golds(folder), key=lambda one: (dates[one.path], one.path))
    half = len(every) // 2
    register = grown([titles[one.path] for one in every[:half]])
    print(f"the register that has grown holds {len(register.people)} people")
    for name, part in (("earlier half", every[:half]), ("later half", every[half:])):
        for what, known in (("empty register", EMPTY), ("register grown from the earlier half", register)):
            leads, met, times = measure(part, bodies, known)
            print(f"{name}, {what}: {len(part)} texts, {statistics.median(times):.1f} ms each (median)")
            print(leads.line("who led"), met.line("who was met"), sep="\n")
            if "--misses" in sys.argv and name == "earlier half" and known is EMPTY:
                print("\n".join(leads.misses + met.misses))


if __name__ == "__main__":
    main()
