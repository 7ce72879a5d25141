"""Lists the meetings of a record and what is wrong with it, by docs/record-format.md alone: reader.py EVENTS_FOLDER."""

import hashlib
import json
import re
import sys
from pathlib import Path

NAME = re.compile(r"(\d{4}-\d\d)/(\d{8}T\d{12}Z)-([a-z-]+)-([0-9a-f]{64})\.json", re.ASCII)
FRAME = "schema recorded_at recorded_by origin parents nonce marking recorded_for file_ref retention replaces".split()


def cited(part):  # every citation of a stored text, wherever it stands
    inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    quoted = isinstance(part, dict) and "quote" in part
    return [part] if quoted else [one for inner in inside for one in cited(inner)]


events, wrong, said, first, meetings, ids, status = {}, [], {}, {}, {}, {}, {}
for path in sorted((one for one in Path(sys.argv[1]).rglob("*") if one.is_file()), key=lambda one: one.name):
    name, data = path.relative_to(sys.argv[1]).as_posix(), path.read_bytes()
    parts = NAME.fullmatch(name)
    if parts is None or hashlib.sha256(data).hexdigest() != parts[4]:
        wrong.append(f"{'altered' if parts else 'stray'}: {name}")
        continue
    event = events[parts[4]] = json.loads(data)
    right = event["recorded_at"][:7], re.sub("[-:.]", "", event["recorded_at"]), event["type"].replace(".", "-")
    wrong += [] if right == parts.group(1, 2, 3) else [f"misnamed: {name}"]
withdrawn = {event["target"] for event in events.values() if event["type"] == "event.redacted"}
named = {parent for event in events.values() for parent in event.get("parents", [])}
wrong += [f"missing parent: {digest}" for digest in sorted(named - events.keys() - withdrawn)]
for digest, event in reversed(events.items()):
    withdrawn |= {event["target"]} if event["type"] == "event.retracted" and digest not in withdrawn else set()
live = {digest: event for digest, event in events.items() if digest not in withdrawn}
for digest, event in live.items():  # of two that say the same of one id, the later is read as the earlier
    content = event.get("text") or {field: value for field, value in event.items() if field not in FRAME}
    first[digest] = said.setdefault(json.dumps([event.get("id", digest), content], sort_keys=True), digest)
for change, event in [(one, about) for about in live.values() for one in about.get("changes", [])]:
    *steps, last = change["path"].split("/")
    place = live.get(first.get(event["target"]))
    for step in steps:
        place = ({one.get("id"): one for one in place} if isinstance(place, list) else place or {}).get(step)
    if isinstance(place, dict):
        place[last] = change["value"]
texts = {one["id"]: one["text"] for one in live.values() if one["type"] == "source.registered"}
for digest, event in live.items():
    quotes = cited(event) if event["type"] != "event.corrected" else []
    bad = [one for one in quotes if texts.get(one["source"], "")[one["start"] : one["end"]] != one["quote"]]
    wrong += [f"quotation: {digest}" for _ in bad]
    if event["type"] == "commitment.updated":
        status[event["commitment"]] = event.get("status") or status.get(event["commitment"])
    if event["type"] in ("meeting.held", "visit.reported") and first[digest] == digest:
        free = f"{event['id']}~{digest[:8]}" if event["id"] in meetings else event["id"]
        ids[digest] = next((ids[one] for one in event.get("replaces", []) if one in ids), free)
        meetings[ids[digest]] = event
for id_, event in meetings.items():
    print(f"{id_}  {event['title']}", *(f"{one['id']}  {one['say']}" for one in event.get("points", [])), sep="\n  ")
    for one in event.get("commitments", []):
        print(f"  {one['id']}  {one['say']} ({status.get(id_ + '/' + one['id']) or one.get('status', 'open')})")
sys.exit("\n".join(wrong) or 0)
