"""What a brief draws on, gathered once: the plan, the contacts before it, what is owed, said, known and sensitive."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property

from briefing.changes import Changed
from briefing.dates import sort_key
from briefing.events import AssessmentRecorded
from briefing.notes.commitments import pressing
from briefing.notes.lines import lines_on
from briefing.notes.news import Seen
from briefing.notes.paragraphs import Paragraphs
from briefing.notes.release import free
from briefing.notes.writer import Writer, agency_order, in_full
from briefing.paper_slices import CONTACTS, FACTS
from briefing.payload import Citation, Commitment, Expected, PointToMake, citations
from briefing.state import BriefingState, Difference, Fact, Meeting, OpenItem, Planned


class MeetingFile(Paragraphs):
    """The material of one meeting to come, and the paragraphs that its papers are written in."""

    def __init__(
        self, state: BriefingState, planned: Planned, *, seen: Seen | None = None, moved: Collection[str] = ()
    ) -> None:
        """Gather what is on record for a planned meeting; `moved` names the parts that are to stand in the annex."""
        self.planned = planned
        self.seen = seen
        self.moved = frozenset(moved)
        self.plan = planned.plan
        self.people = frozenset(one.person for one in self.plan.participants if one.person)
        self.agencies = frozenset(self.plan.agencies)
        every = _contacts(state, self)
        self.contacts = every[:CONTACTS]
        self.more_contacts = len(every) > CONTACTS
        self.open = _open(state, self, {m.id for m in every})
        self.topics = self._topics(state)
        self.subjects = frozenset({self.plan.id, *self.agencies, *self.people, *self.topics,
                                   *([self.plan.visit] if self.plan.visit else ())})  # fmt: skip
        self.touched = self.subjects | {m.id for m in self.contacts}
        self.assessments: list[AssessmentRecorded] = [
            one for id_ in dict.fromkeys((self.plan.id, *sorted(self.touched))) if (one := state.assessment_of(id_))
        ]
        facts = sorted((one for one in state.facts.values() if self._concerns(one)),
                       key=lambda one: sort_key(one.stated.when), reverse=True)  # fmt: skip
        older = {one.digest for one in [one for one in facts if one.stated.marking is None][FACTS:]}
        self.facts = [one for one in facts if one.digest not in older]
        self.more_facts = bool(older)
        self.lines = lines_on(state, self.subjects)
        visits = [one for one in (self.plan.visit, *(m.held.visit for m in self.contacts)) if one]
        spoken_of = [*sorted(self.people), *(p for m in self._behind() for p in m.people)]
        cited = [*self._cited(), *(c for id_ in visits if id_ in state.visits for c in state.visits[id_].year_from)]
        super().__init__(state, Writer(state, [c.source for c in cited if c.source], visits, spoken_of))

    def _behind(self) -> Iterator[Meeting]:
        """Yield the meetings that a brief speaks of: earlier contacts, and those in which something was promised."""
        yield from self.contacts
        yield from (item.meeting for item in self.open)

    def _topics(self, state: BriefingState) -> frozenset[str]:
        """Return what the meeting is about: the subjects of its plan and agenda, and of what is owed."""
        stated: tuple[PointToMake | Expected | Commitment, ...] = (
            *self.plan.points, *self.plan.expected, *(item.commitment for item in self.open),
        )  # fmt: skip
        agenda = (state.find("topic", words) for words in (self.plan.title, *self.plan.agenda))
        return frozenset({*(t for one in stated for t in one.topics), *(id_ for id_ in agenda if id_)})

    def _concerns(self, fact: Fact) -> bool:
        stated = fact.stated
        return bool(self.subjects & {*stated.topics, *stated.about, *([stated.visit] if stated.visit else ())})

    def _cited(self) -> Iterator[Citation]:
        yield from self.plan.citations
        planned: tuple[PointToMake | Expected, ...] = (*self.plan.points, *self.plan.expected)
        for one in planned:
            yield from one.citations
        for meeting in self.contacts:
            yield from meeting.citations()
        for item in self.open:
            yield from item.commitment.citations
        for fact in self.facts:
            yield from fact.stated.citations
        for line in self.lines:
            yield from line.agreed.citations
        for changed in self.news:
            yield from citations(changed.event)

    @cached_property
    def news(self) -> tuple[Changed, ...]:
        """What is new to the reader and touches this meeting."""
        return self.seen.touching(self.touched) if self.seen else ()

    @property
    def free_facts(self) -> list[Fact]:
        """The facts that may be used freely, newest first."""
        return [one for one in self.facts if free(one.stated.marking)]

    @property
    def marked_facts(self) -> list[Fact]:
        """The facts that bear a marking which is not for release, newest first."""
        return [one for one in self.facts if not free(one.stated.marking)]

    @property
    def differences(self) -> list[Difference]:
        """Where the texts differ on the contacts, the people or the facts of this meeting."""
        met, facts = {one.id for one in self.contacts}, {one.stated.id for one in self.facts}
        return [
            one for one in self.state.differences
            if met & set(one.meetings) or one.person in self.people or one.fact in facts
        ]  # fmt: skip

    def agency_names(self) -> list[str]:
        """Return the agencies to be met as a sentence has them, by precedence."""
        return [in_full(one) for one in agency_order(self.state, self.agencies)]

    def expected(self, *likelihoods: str) -> list[Expected]:
        """Return what they will raise, of these likelihoods, in the order of the plan."""
        return [one for like in likelihoods for one in self.plan.expected if one.likelihood == like]


def _contacts(state: BriefingState, file: MeetingFile) -> list[Meeting]:
    """Return the meetings with the same agencies, or else the same people, newest first."""
    ids: Iterable[Meeting] = (m for a in file.plan.agencies for m in state.meetings_of_agency(a))
    if not file.agencies:
        ids = (m for p in sorted(file.people) for m in state.meetings_of_person(p)
               if state.people[p].side != "ours")  # fmt: skip
    found = {m.id: m for m in ids if m.id != file.plan.id}
    return sorted(found.values(), key=lambda m: sort_key(m.when), reverse=True)


def _open(state: BriefingState, file: MeetingFile, met: Collection[str]) -> list[OpenItem]:
    """Return what is open with the agencies and people to be met: overdue first, then by date, undated last."""
    ids = {*file.agencies, *(p for p in file.people if p in state.people and state.people[p].side != "ours")}
    found = [
        one for one in state.commitments
        if one.is_open and (one.meeting.id in met or ids & {one.commitment.owed_by, one.commitment.owed_to})
    ]  # fmt: skip
    return pressing(found, state.today)
