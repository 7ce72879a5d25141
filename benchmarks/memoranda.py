"""Who took part, found in 83 memoranda of conversation of 1930 to 1936, against the names in their headings.

    python benchmarks/memoranda.py ../shared/data/memoranda [--misses]

The data has a field of participants, which is empty in all of them; names stand in brackets in most headings ("the
Assistant Secretary of State (Castle)"), and these are what is to be found. A memorandum whose author met somebody
says so in its first sentences, in words of that time: in how many a meeting is found is counted too.
"""

from __future__ import annotations

import json
import re
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from briefing.intake.proposed import SourceText
from briefing.intake.rules.people import name_words
from briefing.intake.rules.propose import Reader
from briefing.passages import clean
from briefing.state import EMPTY

_BRACKETED = re.compile(r"\(([^()\d]+)\)")


def main() -> None:
    """Print the counts."""
    files = sorted(Path(sys.argv[1]).glob("*.jsonl"))
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    wanted = hit = found = right = with_meeting = 0
    times, misses = [], []
    for row in rows:
        begun = time.process_time()
        words = clean(f"{row['head']}\n\n{row['dateline']}\n\n{row['body']}")
        text = SourceText(words, "memo.txt", country="United States")
        reader = Reader(text, EMPTY, lambda _: None)
        times.append((time.process_time() - begun) * 1000)
        gold = [name for name in _BRACKETED.findall(row["head"]) if name[0].isupper()]
        names = [one.name for one in reader.people.everyone if one.name and min(one.mentions)[0] < len(row["head"])]
        named = [one for one in gold if any(name_words(one) & name_words(name) for name in names)]
        wanted, hit, found = wanted + len(gold), hit + len(named), found + len(names)
        right += sum(1 for name in names if name_words(name) & name_words(re.sub(r"[()]", " ", row["head"])))
        with_meeting += bool(reader.meetings)
        if len(named) < len(gold) or not reader.meetings:
            misses.append(f"{row['head'][:120]} | {names} | {' '.join(row['body'].split())[:160]}")
    empty = sum(not row["participants"] for row in rows)
    print(f"{len(rows)} memoranda, {empty} with an empty field of participants")
    print(f"{statistics.median(times):.1f} ms each (median)")
    print(f"names in headings: recall {hit / wanted:.3f} ({hit}/{wanted})")
    print(f"names in headings: precision {right / found:.3f} ({right}/{found})")
    print(f"a meeting is found in {with_meeting} of {len(rows)}")
    if "--misses" in sys.argv:
        print("\n".join(misses))


if __name__ == "__main__":
    main()
