"""What stands on record, event by event: the thing that each is about, as it reads now, and its date. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.dates import Span
from briefing.events import Event
from briefing.links import links
from briefing.sentences import sentences
from briefing.stand_ins import stands_in
from briefing.state import BriefingState


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing as it reads now: its id or reference, what it is, and when; `of` is the meeting it is news of."""

    id: str
    said: Event
    when: Span | None = None
    of: Event | None = None

    def says(self, words: str) -> bool:
        """Tell whether it says a sentence, word for word."""
        return words in sentences(self.said)

    def touches(self, agency: str) -> bool:
        """Tell whether it, or the meeting that it is news of, names an agency."""
        return any(to == agency for one in (self.said, self.of) if one is not None for _, to in links(one))


def things(state: BriefingState) -> dict[str, Thing]:
    """Return what stands, by the digest of each event that put it on record, or added to it."""
    found = dict(_of_items(state))
    registers = (state.sources, state.agencies, state.people, state.topics, state.visits)
    for digest, id_ in state.kept.items():
        entries = (one for register in registers if (one := register.get(id_)) and not stands_in(one))
        if (entry := next(entries, None)) and digest not in found and digest not in state.withdrawn:
            when = getattr(entry, "published", None) or getattr(entry, "when", None)
            found[digest] = Thing(id_, entry, when)
    return found


def _of_items(state: BriefingState) -> Iterator[tuple[str, Thing]]:
    yield from ((one.digest, Thing(id_, one.held, one.when)) for id_, one in state.meetings.items())
    yield from ((one.digest, Thing(id_, one.plan, one.when)) for id_, one in state.planned.items())
    yield from ((one.digest, Thing(id_, one.stated, one.stated.when)) for id_, one in state.facts.items())
    yield from ((one.digest, Thing(id_, one.recorded, one.recorded.as_at)) for id_, one in state.assessments.items())
    yield from ((one.digest, Thing(id_, one.agreed, one.agreed.start)) for id_, one in state.lines.items())
    yield from ((one.digest, Thing(ref, one.said, one.said.when)) for ref, one in state.scores.items())
    yield from ((one.digest, Thing(key, one.said)) for key, one in state.settlements.items())
    yield from ((digest, Thing(one.name, one.issued)) for digest, one in state.notes.items())
    for item in state.commitments:
        yield from ((one.digest, Thing(item.ref, one.said, one.said.when, item.meeting.held)) for one in item.updates)
