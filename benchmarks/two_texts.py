"""What is found in the two press texts, from an empty register, against what the record that ships holds of them.

    python benchmarks/two_texts.py ../shared/sources

The record was typed by hand from these texts. Each of its people, titles, agencies, topics, dates and commitments that
rests on a text is looked for among what the rules propose from that text alone.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from briefing.intake.proposed import Proposed, SourceText
from briefing.intake.proposers import every, proposals_of
from briefing.passages import clean
from briefing.projector import project
from briefing.resources import sample_events_dir
from briefing.spelling import fold_name
from briefing.state import EMPTY, BriefingState, Source
from briefing.store.folder import FolderStore
from briefing.store.log import load

Row = tuple[str, str, bool]


def main() -> None:
    """Print a line for each thing on record, found or missed, and the sums."""
    state = project(load(FolderStore(sample_events_dir())).recorded)
    for path in sorted(Path(sys.argv[1]).glob("*.txt")):
        source = next(one for one in state.sources.values() if one.original_name == path.name)
        text = SourceText(clean(path.read_text(encoding="utf-8")), path.name, country="India")
        begun = time.process_time()
        told: list[str] = []
        found = list(every(proposals_of(["rules"], text, EMPTY, told.append)))
        took = (time.process_time() - begun) * 1000
        print(f"\n{path.name}: {took:.0f} ms, {len(found)} proposals")
        rows = list(_rows(state, source, found))
        for what, name, hit in rows:
            print(f"  {'found ' if hit else 'MISSED'}  {what:10}  {name}")
        for what in dict.fromkeys(row[0] for row in rows):
            hits = [row[2] for row in rows if row[0] == what]
            print(f"  {what}: {sum(hits)} of {len(hits)}")
        print(*(f"  said: {line}" for line in told), sep="\n")


def _rows(state: BriefingState, source: Source, found: list[Proposed]) -> Iterator[Row]:
    yield from _people(state, source, found)
    yield from _names(state, source, found)
    dates = {str(one.values.get(key)) for one in found for key in ("when", "published")}
    for what, words in (("visit", r"May 27 to (?:May )?29"), ("text", "May 31")):
        if given := re.search(words, source.text):
            yield "date", f"{what}: {given[0]}", any(re.search(words, date) for date in dates)
    yield from _commitments(state, source, found)


def _people(state: BriefingState, source: Source, found: list[Proposed]) -> Iterator[Row]:
    named = {fold_name(str(one.values.get(key))) for one in found for key in ("name", "person", "principal")}
    titles = {
        (fold_name(str(one.values.get("name", one.values.get("person")))), one.values.get("title")) for one in found
    }
    for person in state.people.values():
        posts = [post for post in person.posts if any(c.source == source.id for c in post.citations)]
        if posts:
            yield "person", person.name, fold_name(person.name) in named
        for post in posts:
            yield "title", f"{post.title} {person.name}", (fold_name(person.name), post.title) in titles


def _names(state: BriefingState, source: Source, found: list[Proposed]) -> Iterator[Row]:
    """Yield agencies, initiatives (names of their own) and subjects (words of the language) that stand in a text."""
    said = {fold_name(str(one.values.get(one.kind))) for one in found if one.kind in ("agency", "topic")}
    said |= {fold_name(str(one.values.get("full name"))) for one in found if one.kind == "topic"}
    for agency in state.agencies.values():
        names = [agency.name, *agency.aliases]
        if any(len(name) > 7 and name in source.text for name in names):
            yield "agency", agency.name, any(fold_name(name) in said for name in names)
    for topic in state.topics.values():
        names = [topic.name, topic.expansion or topic.name, *topic.aliases]
        if topic.theme and any(_stands(name, source.text) for name in names):
            proper = re.search(r"[A-Z]{2}|[a-z] [A-Z]|I2U2|Quad", topic.name)
            yield "initiative" if proper else "subject", topic.name, any(fold_name(name) in said for name in names)


def _commitments(state: BriefingState, source: Source, found: list[Proposed]) -> Iterator[Row]:
    promised = [(one.word, one.extent) for one in found if one.kind == "commitment" and one.extent]
    for cited in (c for m in state.meetings.values() for one in m.held.commitments for c in one.citations):
        if cited.source == source.id and cited.start is not None and cited.quote:
            hit = any(word == cited.strength and at[0] <= cited.start < at[1] for word, at in promised)
            yield "commitment", f"{cited.strength}: {cited.quote[:60]}", hit


def _stands(name: str, text: str) -> bool:
    return bool(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text.replace("–", "-"), 0 if len(name) < 6 else re.IGNORECASE)
    )


if __name__ == "__main__":
    main()
