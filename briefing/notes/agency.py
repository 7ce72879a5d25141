"""The agency summary: one page on one agency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.dates import Span, sort_key
from briefing.events import MeetingHeld
from briefing.notes.commitments import commitment_line, open_table
from briefing.notes.contacts import discussed, outcome
from briefing.notes.differ import label
from briefing.notes.flags import former
from briefing.notes.frame import Frame, framed
from briefing.notes.language import counted, either, joined, say
from briefing.notes.note import Block, BulletList, Column, Heading, Note, Run, Runs, Table
from briefing.notes.positions import Positions, lead
from briefing.notes.writer import Writer, capital, differing, in_prose
from briefing.notes.written import whose
from briefing.payload import Citation, Post
from briefing.state import Agency, BriefingState, Difference, Meeting


def agency_summary(state: BriefingState, agency_id: str, frame: Frame) -> Note:
    """Return one agency's page; an agency of which nothing is known says so in as many words."""
    return _Page(state, state.agencies[agency_id]).note(frame)


FLAG: Runs = (Run("△", "flag"), Run(" "))
FEW = 3
"""Subjects that a sentence names; more are counted, for the table names them."""


class _Page:
    """One agency's page in the making."""

    def __init__(self, state: BriefingState, agency: Agency) -> None:
        self.state = state
        self.agency = agency
        self.meetings = sorted(state.meetings_of_agency(agency.id), key=lambda m: sort_key(m.when), reverse=True)
        visits = dict.fromkeys(m.held.visit for m in self.meetings if m.held.visit)
        cited: list[Citation] = [c for m in state.meetings_of_visits(visits) for c in m.citations()]
        cited += [c for p in state.people_of_agency(agency.id) for post in p.posts for c in post.citations]
        cited += agency.citations
        self.commitments = state.commitments_of_agency(agency.id)
        spoken_of = [id_ for m in (*self.meetings, *(c.meeting for c in self.commitments)) for id_ in m.people]
        self.writer = Writer(state, [c.source for c in cited if c.source], visits, spoken_of)
        self.positions = Positions(state, self.writer, agency, self.meetings)

    def note(self, frame: Frame) -> Note:
        """Return the whole page."""
        blocks: list[Block] = []
        for part in (self.people, self.state_of_play, self.contacts, self.positions.topics, self.positions.related,
                     self.open, self.changed, self.gaps):  # fmt: skip
            blocks.extend(part())
        return framed(replace(frame, purpose=""), kind="agency", paper="Agency summary", title=self.agency.name,
                      subtitle="Agency summary · period: all on record", blocks=blocks, writer=self.writer,
                      digests=False)  # fmt: skip

    # ── parts ─────────────────────────────────────────────────────────────────────────────────

    def people(self) -> Iterator[Block]:
        """Who holds which post there, as far as it is on record."""
        people = self.state.people_of_agency(self.agency.id)
        if not people:
            yield lead("People", Run(say("No one at {agency} is on record.", agency=in_prose(self.agency))))
            return
        runs: list[Run] = []
        once: set[Span] = set()
        for person in people:
            posts = [post for post in person.posts if post.agency == self.agency.id]
            titles = self.writer.titles(person, self.agency.id)
            cited = [c for post in posts for c in post.citations]
            runs.append(Run(f"{' ' if runs else ''}{either(titles)}: {person.name}"))
            self.writer.introduce(person.id)
            runs += self._attested(posts, once) or (Run("."),)
            runs += self.writer.mark(cited, differ=bool(differing(self.state, person=person.id)))
            runs += former(self.state, person.id)
        others = say("any other person at {agency}", agency=in_prose(self.agency))
        if any(post.start or post.until for p in people for post in p.posts if post.agency == self.agency.id):
            unknown = say("Not on record: {what}.", what=others)
        else:
            unknown = say("Not on record: since when, who before and after, {what}.", what=others)
        runs.append(Run(f" {unknown}"))
        yield lead("People", *runs)

    def _attested(self, posts: Sequence[Post], told: set[Span]) -> Runs:
        """Return the day a post is attested at; one that was told for the person before is not repeated."""
        at = [post.at for post in posts if post.at]
        if not at or at[0] in told:
            return ()
        told.add(at[0])
        return (Run(say(", at ")), *self.writer.date(at[0], stop="."))

    def state_of_play(self) -> Iterator[Block]:
        """Where things stand: an officer's words, else contacts, subjects and commitments, counted."""
        assessment = self.state.assessment_of(self.agency.id)
        if assessment and assessment.state_of_play:
            yield lead("State of play", Run(f"{assessment.state_of_play} ({whose(self.state, assessment)})"))
            return
        if not self.meetings:
            yield lead("State of play", Run("No contact is on record."))
            return
        yield lead("State of play", *(self._bare() if not self.positions.points else self._counted()))

    def _bare(self) -> Runs:
        meeting = self.meetings[0]
        words = (
            next((p.unnamed for p in meeting.held.participants if p.unnamed), None)
            if isinstance(meeting.held, MeetingHeld)
            else None
        )
        ours = joined(self.writer.ours(meeting))
        n = len(self.meetings)
        named = say("Named once") if n == 1 else say("Named {times}", times=counted(n, "time"))
        engaged = say(", with whom {ours} engaged", ours=ours) if ours else ""
        runs: list[Run] = [Run(f"{named}: {words or say('people not named')}{engaged}, ")]
        runs += self.writer.date(meeting.when, stop=".")
        runs += self.writer.mark(list(meeting.citations()))
        return (*runs, Run(" Whom, on which day, and about what: not reported."))

    def _counted(self) -> Runs:
        latest = self.meetings[0]
        cited = [c for m in self.meetings for c in m.citations()]
        texts = len({c.source for c in cited if c.source})
        subjects = list(dict.fromkeys(self.positions.topic_name(t) for p, _ in self.positions.points for t in p.topics))
        several = len(self.meetings) > 1
        contacts = capital(counted(len(self.meetings), "contact"))
        number = say("{n} are on record", n=contacts) if several else say("{n} is on record", n=contacts)
        from_ = say(", from {texts}", texts=counted(texts, "text")) if texts else ""
        theirs = joined(self.writer.theirs(latest)) or say("no counterpart named")
        ours = joined(self.writer.ours(latest))
        with_ = say("; the latest with {theirs}", theirs=theirs) if several else ""
        with_ = say(", with {ours}", ours=ours) if ours and not several else with_
        runs: list[Run] = [Run(f"{number}{from_}{with_}, "), *self.writer.date(latest.when, stop="."), Run(" ")]
        if subjects:
            named = f": {'; '.join(subjects)}. " if len(subjects) <= FEW else ". "
            runs.append(Run(f"{capital(counted(len(subjects), 'subject'))}{named}"))
        if self.commitments:
            number = capital(counted(len(self.commitments), "commitment"))
            runs.append(Run(say("{commitments} on record.", commitments=number)))
        else:
            runs.append(Run("No commitment, decision or next meeting is on record."))
        return tuple(runs)

    def contacts(self) -> Iterator[Block]:
        """The table of contacts, newest first."""
        if not self.meetings:
            return
        yield Heading("Contacts, newest first")
        columns = (
            Column("When", 16),
            Column("Who", 22),
            Column("About", 25),
            Column("Outcome", 24),
            Column("Source", 13),
        )
        yield Table(columns=columns, rows=tuple(self._contact(m) for m in self.meetings))

    def _contact(self, meeting: Meeting) -> tuple[Runs, ...]:
        day = () if meeting.own_day else (Run(say(", day not given")),)
        when = (*self.writer.date(meeting.when, strong=True), *day)
        ours = joined(self.writer.ours(meeting))
        theirs = joined(self.writer.theirs(meeting)) or say("no counterpart named")
        who = f"{ours} – {theirs}" if ours else say("{theirs}; our side not named", theirs=theirs)
        cited = list(meeting.citations())
        differ = bool(differing(self.state, meeting=meeting.id)) and not self.writer.one_source(cited)
        return (when, (Run(who),), discussed(self.writer, meeting), outcome(self.writer, meeting),
                self.writer.cell_mark(cited, differ=differ))  # fmt: skip

    def open(self) -> Iterator[Block]:
        """What is owed by either side."""
        open_ = [c for c in self.commitments if c.is_open]
        if not open_:
            yield lead("Open commitments", Run("Ours: none on record. Theirs: none on record."))
            return
        yield Heading("Open commitments")
        yield open_table(self.writer, open_)

    def changed(self) -> Iterator[Block]:
        """What moved in the period, and what comes next."""
        if len(self.meetings) == 1:
            moved = (
                say("First contact on record; nothing earlier to compare with.")
                if self.positions.points
                else say("First mention on record; nothing earlier to compare with.")
            )
        elif self.meetings:
            contacts = capital(counted(len(self.meetings), "contact"))
            moved = f"{contacts}, {counted(len(self.commitments), 'commitment')}."
        else:
            moved = say("Nothing on record.")
        nexts = [c.commitment for c in self.commitments if c.commitment.due and c.is_open]
        text = "; ".join(commitment_line(self.writer, c) for c in nexts)
        yield lead("What changed in the period", Run(f"{moved} "), Run(f"{say('Next opportunity')}. ", "strong"),
                   Run(f"{text}." if text else "None on record."))  # fmt: skip

    def gaps(self) -> Iterator[Block]:
        """What is not known of the agency, and where the texts differ about it."""
        items = [*self._differences(), *self._unknown()]
        if items:
            yield Heading("Gaps and differences")
            yield BulletList(tuple(items))

    def _differences(self) -> Iterator[Runs]:
        people = {p.id for p in self.state.people_of_agency(self.agency.id)}
        ids = {m.id for m in self.meetings}
        for difference in self.state.differences:
            if ids & set(difference.meetings) or difference.person in people:
                yield (Run("◇", "flag"), Run(f" {label(difference)}: {self._readings(difference)}."))

    def _readings(self, difference: Difference) -> str:
        told = []
        for reading in difference.readings:
            words = "; ".join(f"“{w}”" for w in reading.words)
            meeting = self.state.meetings.get(reading.meeting)
            place = (
                say(" with {agency}", agency=in_prose(self.state.agencies[meeting.agencies[0]]))
                if meeting and meeting.agencies
                else ""
            )
            told.append(f"{self.writer.place(reading.citation)}{place}, {words}")
        return "; ".join(told)

    def _unknown(self) -> Iterator[Runs]:
        told = {c.source for m in self.meetings for c in m.citations()}
        silent = [letter for id_, letter in self.writer.letters.items() if id_ not in told]
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
        if any(not m.held.content_known for m in self.meetings):
            yield say("Counterpart, day, subject and outcome")
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
        delegates = [p for v in visits if v in self.state.visits for p in self.state.visits[v].delegation]
        for one in dict.fromkeys(p.person for p in delegates if p.person and p.person not in named):
            if one in self.state.people:
                yield self.writer.person(one)
