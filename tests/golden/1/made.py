"""How the first golden record was made, once, on 25 November 2026; run again it makes another, with other digests.

Two offices, two sources, every event type of the time, each way of amending one, an event redacted and
its file removed, and three things that the offices said unknown to each other.
"""

from __future__ import annotations

import secrets
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from briefing.cli.main import call
from briefing.events import NoteCleared, NoteIssued, NoteReturned, NoteSeen
from briefing.paper_events import NoteFile, Option, Version
from briefing.pen import Pen
from briefing.store.append import publish
from briefing.store.folder import FolderStore
from briefing.store.log import load

DESK, EMBASSY = "Third Secretary (Ports)", "Embassy, Lisbon"
TEXTS = {
    "harbour.txt": "Harbour pact moves ahead\n\nLISBON, March 3\n\nMinister Inês Duarte received the delegation on Tuesday. The two sides agreed to open a joint harbour office soon.\n\nDredging was “discussed at length”, officials said.\n",
    "coast.txt": "Visitors at the ministry\nThe Coast Courier\nState Secretary Inês Duarte met the visitors on March 4, 2026.\nA joint harbour office is expected by the summer.\nBoth sides reviewed dredging.\n",
}
DRAFTS = {
    "register": """\
source: harbour.txt
id: harbour
title: Harbour pact moves ahead
publisher: Harbour Daily
published: 3 March 2026
---
source: coast.txt
id: coast
publisher: The Coast Courier
published: 5 March 2026
body: State Secretary
---
agency: Ministry of the Sea
id: pt-sea
full name: Ministry of the Sea and Coast
short: Sea
also: [MMC]
country: Portugal
side: theirs
rank: 1
---
topic: Harbours
id: harbours
rank: 1
---
topic: Dredging
id: dredging
theme: Harbours
also: [deepening]
---
person: Inês Duarte
id: duarte-ines
side: theirs
agency: Ministry of the Sea
title: Minister of the Sea
since: 2024
rank: 1
say name: ee-NESH doo-AR-te
---
visit: Ports visit
id: ports-2026
when: 3-4 March 2026
where: Lisbon
country: Portugal
principal: Rui Costa, Permanent Secretary
objectives:
  - A date for the joint harbour office
  - Dredging on the agenda
not known: [Who paid for the lunch?]
""",
    "plan": """\
planned: Talks at the ministry
id: sea-talks
visit: ports-2026
when: 3 March 2026
at: 10:30
duration: 45 minutes
press: photographers only
agency: Ministry of the Sea
with: [Inês Duarte]
agenda: [Harbour office, Dredging]
objectives:
  - A date for the joint harbour office
points:
  - say: We are ready to open the office in May.
    to: Inês Duarte
    topic: Harbours
expected:
  - say: The cost of dredging.
    likely: certain
    line: We share it in equal parts.
    topic: Dredging
decision asked: To agree to a date.
programme:
  - at: 10:15
    say: Arrival
""",
    "held": """\
meeting: Talks at the ministry
plan: sea-talks
visit: ports-2026
where: Ministry of the Sea, Lisbon
form: delegation talks
mode: in person
host: Ministry of the Sea
language: English
note taker: Third Secretary (Ports)
attendance: partial
agency: Ministry of the Sea
with: ["Inês Duarte, Minister of the Sea"]
ours: ["Rui Costa, Permanent Secretary"]
sources: {A: harbour.txt, B: coast.txt}
marking: RESTRICTED
points:
  - say: Dredging was discussed.
    by: both
    topic: Dredging
    A discussed: "Dredging was “discussed at length”"
    B reviewed: Both sides reviewed dredging
  - say: Costs were not named.
    by: theirs
commitments:
  - say: Open a joint harbour office.
    by: both
    topic: Harbours
    due: soon
    A agreed: The two sides agreed to open a joint harbour office soon
    B expected: A joint harbour office is expected by the summer
not agreed:
  - say: Who pays for dredging.
    topic: Dredging
public line: The talks were useful.
papers: [Draft of the pact]
next contact: May 2026
not known: [Whether the office has a seat]
---
report: The visit as a whole
visit: ports-2026
sources: {B: coast.txt}
points:
  - say: A joint harbour office is expected.
    B: A joint harbour office is expected by the summer
---
fact: The harbour of Lisbon handled 11 million tonnes in 2025.
id: tonnage
when: "2025"
topic: Harbours
about: Ministry of the Sea
review by: 31 December 2026
notes: Third Secretary (Ports)
---
fact: A private person lives at the quay.
id: private
notes: Third Secretary (Ports)
---
assessment: ports-2026
by: Desk officer
bottom line: [The office will come.]
state of play: Warm.
sensitivity: Costs.
next steps: [Write to the ministry]
as at: 5 March 2026
---
line: Harbours
id: line-harbours
say: The office opens this summer.
to the press: We look forward to the office.
from: 5 March 2026
review by: 1 September 2026
approved by: Director (Ports)
---
score: sea-talks/o1
as: partly
evidence: The summer was named, and no day.
when: 5 March 2026
notes: Third Secretary (Ports)
""",
    "slip": "meeting: Entered in error\nid: slip\nwhen: 6 March 2026\nagency: Ministry of the Sea\ncontent: not known\nnotes: Third Secretary (Ports)\n",
    "twice": "fact: The quay is 900 metres long.\nid: quay\nnotes: Surveyor\n",
    "other": "fact: The quay is closed on Sundays.\nid: sunday\nnotes: Surveyor\n",
}  # fmt: skip


def run(office: Path, *arguments: str) -> None:
    by = ["--by", DESK if office.name == "desk" else EMBASSY] if arguments[0] not in ("init", "sync") else []
    code = call(["-C", str(office), *arguments, *by])
    assert code == 0, arguments


def append(office: Path, name: str, *changed: str) -> None:
    text = DRAFTS[name].replace(*changed) if changed else DRAFTS[name]
    (office.parent / f"{name}.yaml").write_text(text, encoding="utf-8")
    run(office, "append", str(office.parent / f"{name}.yaml"), "--new")


def write(office: Path, *told: tuple[type, dict[str, object]]) -> None:
    """Put what becomes of a paper on record."""
    log = load(FolderStore(office / "events"))
    pen = Pen(by=DESK, now=datetime.now(UTC), newest=log.recorded[-1].at, heads=log.heads, nonce=lambda: secrets.token_hex(16))
    for kind, payload in told:
        issued = [one.digest for one in pen.written if isinstance(one.event, NoteIssued)]
        about = {"note": issued[0]} if kind in (NoteSeen, NoteReturned) else {}
        pen.write(kind, origin=f"{kind.__name__}:{secrets.token_hex(4)}", **about, **payload)
    publish(FolderStore(office / "events"), [one.event for one in pen.written])


def amend(desk: Path) -> None:
    """Each way of saying that an event is to be read otherwise."""
    run(desk, "correct", "sea-talks", "--set", "points/p1/say=Dredging was discussed at length.", "--set", "where=Lisbon", "--reason", "the place was too long", "--authority", "Head of Desk")
    run(desk, "retract", "slip", "--reason", "entered in error")
    run(desk, "done", "sea-talks/c1", "--status", "in hand", "--evidence", "A room was found.", "--on", "9 March 2026", "--due", "1 July 2026")
    run(desk, "settle", "d1", "--use", "harbour", "--because", "the officials were there")
    run(desk, "redact", "private", "--reason", "names a private person", "--authority", "Director of Records", "--erase")


def apart(desk: Path, embassy: Path) -> None:
    """What two offices record unknown to each other: one thing twice, one id for two things, two values of one field."""
    shutil.copytree(desk, embassy)
    append(desk, "twice")
    append(embassy, "twice")
    append(desk, "other")
    append(embassy, "other", "closed", "open")
    run(desk, "correct", "tonnage", "--set", "say=The harbour of Lisbon handled 12 million tonnes in 2025.", "--reason", "the yearbook")
    run(embassy, "correct", "tonnage", "--set", "say=The harbour of Lisbon handled 11.5 million tonnes in 2025.", "--reason", "the port")
    run(desk, "sync", str(embassy))


def main(folder: Path) -> None:
    """Make the record in a new folder."""
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    desk, embassy = folder / "desk", folder / "embassy"
    run(desk.parent, "init", str(desk))
    for name in ("register", "plan", "held", "slip"):
        append(desk, name)
    amend(desk)
    log = load(FolderStore(desk / "events"))
    issued = {"paper": "visit", "subject": "ports-2026", "title": "Ports visit", "reference": "PORTS/2026/1", "edition": 1, "to": ("The Minister",),
              "basis": log.basis, "heads": log.heads, "options": (Option(name="format", value="pdf"),), "template": "0" * 64,
              "versions": (Version(name="briefing", version="0.1.0"),), "files": (NoteFile(format="pdf", sha256="1" * 64),), "cleared_by": "Director (Ports)"}  # fmt: skip
    write(desk, (NoteCleared, {"reference": "PORTS/2026/1", "cleared_by": "Director (Ports)", "edition": 1}), (NoteIssued, issued),
          (NoteSeen, {"reader": "The Minister"}), (NoteReturned, {"reader": "The Minister", "decision": "agree", "comment": "Well done.", "useful": "very"}))  # fmt: skip
    apart(desk, embassy)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
