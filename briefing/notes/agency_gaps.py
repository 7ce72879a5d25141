"""What is not known of an agency, and where the texts differ about it: the end of its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.events import MeetingHeld
from briefing.notes.contacts import subject_in_title
from briefing.notes.differ import label
from briefing.notes.language import joined, say
from briefing.notes.note import Block, BulletList, Heading, Run, Runs
from briefing.notes.writer import Writer, in_prose
from briefing.state import Agency, Difference, Meeting, Person

FLAG: Runs = (Run("△", "flag"), Run(" "))


@dataclass(frozen=True)
class Gaps:
    """The gaps of some meetings with an agency, and the differences in them and about people there.

    `sources` are the texts of which it is told when they do not name the agency.
    """

    writer: Writer
    agency: Agency
    meetings: Sequence[Meeting]
    people: Sequence[Person]
    sources: frozenset[str | None]

    def blocks(self) -> Iterator[Block]:
        """Yield the end of the page; nothing where nothing is to be said."""
        if items := (*self._differences(), *self._unknown()):
            yield Heading("Gaps and differences")
            yield BulletList(items)

    def _differences(self) -> Iterator[Runs]:
        people = {one.id for one in self.people}
        ids = {m.id for m in self.meetings}
        for difference in self.writer.state.differences:
            if ids & set(difference.meetings) or difference.person in people:
                yield (Run("◇", "flag"), Run(f" {label(difference)}: {self._readings(difference)}."))

    def _readings(self, difference: Difference) -> str:
        told = []
        for reading in difference.readings:
            words = "; ".join(f"“{w}”" for w in reading.words)
            meeting = self.writer.state.meetings.get(reading.meeting)
            place = (
                say(" with {agency}", agency=in_prose(self.writer.state.agencies[meeting.agencies[0]]))
                if meeting and meeting.agencies
                else ""
            )
            told.append(f"{self.writer.place(reading.citation)}{place}, {words}")
        return "; ".join(told)

    def _unknown(self) -> Iterator[Runs]:
        told = {c.source for m in self.meetings for c in m.citations()}
        silent = [letter for id_, letter in self.writer.letters.items() if id_ in self.sources - told]
        if self.meetings and silent:
            values = {"letters": joined(silent), "agency": in_prose(self.agency)}
            one = say("Source {letters} does not name {agency} as met.", **values)
            all_ = say("Sources {letters} do not name {agency} as met.", **values)
            yield (*FLAG, Run(one if len(silent) == 1 else all_))
        if asked := list(self._not_reported()):
            lowered = [asked[0], *(one if one[1:2].isupper() else one[:1].lower() + one[1:] for one in asked[1:])]
            asked_of = "; ".join(one.rstrip(".") for one in lowered)
            yield (*FLAG, Run(say("{questions}: not reported.", questions=asked_of)))

    def _not_reported(self) -> Iterator[str]:
        """Yield what a reader would ask of the meetings, a few words each."""
        if unknown := [m for m in self.meetings if not m.held.content_known]:
            titled = all(subject_in_title(self.writer, m) for m in unknown)
            yield say("Counterpart, day and outcome") if titled else say("Counterpart, day, subject and outcome")
        undated = [m for m in self.meetings if m.held.content_known and not m.own_day]
        if undated:
            yield say("Day of the meetings") if len(undated) > 1 else say("Day of the meeting")
        for who in self._delegates():
            yield say("Whether {who} took part", who=who)
        for meeting in self.meetings:
            yield from meeting.held.not_known

    def _delegates(self) -> Iterator[str]:
        """Yield the members of the visits' delegations whom no meeting here names, each once."""
        named = {p.person for m in self.meetings if isinstance(m.held, MeetingHeld) for p in m.held.participants}
        visits = dict.fromkeys(m.held.visit for m in self.meetings if m.held.visit)
        delegates = [p for v in visits if v in self.writer.state.visits for p in self.writer.state.visits[v].delegation]
        for one in dict.fromkeys(p.person for p in delegates if p.person and p.person not in named):
            if one in self.writer.state.people:
                yield self.writer.person(one)
