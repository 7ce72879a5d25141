"""The events that a paper prints, as a text that its file carries: whole, with their digests.

Of a source only its digest and the cited words; an assessment only where it is printed. Each event is
there byte for byte, so that anyone can hash it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from briefing.codec import encode
from briefing.events import Recorded, SourceRegistered
from briefing.notes.grounds import Grounds, Quoted
from briefing.notes.note import Note


def evidence(events: Sequence[Recorded], note: Note) -> str:
    """Return the evidence of a paper as JSON: `events` with digest and data, `sources` with digest and spans."""
    recorded = {one.digest: one.event for one in events}
    whole: dict[str, str] = {}
    spans: dict[str, set[Quoted]] = {}
    for ground in (one for statement in Grounds(events).of(note) for one in statement.grounds):
        if not isinstance(ground.event, SourceRegistered):
            whole[ground.digest] = encode(recorded[ground.digest]).decode()
        for quoted in ground.quoted:
            spans.setdefault(quoted.source, set()).add(quoted)
    said = {
        "events": [{"digest": digest, "data": whole[digest]} for digest in recorded if digest in whole],
        "sources": [_source(one, spans[one.event.id]) for one in events
                    if isinstance(one.event, SourceRegistered) and one.event.id in spans],
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True)


def _source(recorded: Recorded, spans: set[Quoted]) -> Mapping[str, Any]:
    source = recorded.event
    assert isinstance(source, SourceRegistered)
    cited = sorted(spans, key=lambda one: (one.start, one.end))
    return {"id": source.id, "digest": recorded.digest, "original_sha256": source.original_sha256,
            "spans": [{"start": one.start, "end": one.end, "quote": one.quote} for one in cited]}  # fmt: skip
