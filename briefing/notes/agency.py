"""The agency summary: one page on one agency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.dates import Span
from briefing.events import MeetingHeld
from briefing.notes.agency_gaps import Gaps
from briefing.notes.commitments import commitment_line, open_table, pressing
from briefing.notes.contacts import discussed, outcome, subject_in_title
from briefing.notes.covered import covered
from briefing.notes.flags import former
from briefing.notes.frame import Frame, framed
from briefing.notes.language import counted, either, format_span, joined, say
from briefing.notes.note import Block, Column, Heading, Note, Paragraph, Run, Runs, Table
from briefing.notes.positions import ON_PAGE, Positions, in_the_annex, lead
from briefing.notes.standing import standing
from briefing.notes.writer import Writer, capital, differing, in_prose
from briefing.notes.written import whose
from briefing.payload import Post
from briefing.periods import ALL, Period, parse_period
from briefing.state import Agency, BriefingState, Meeting, OpenItem, Person


def agency_summary(state: BriefingState, agency_id: str, frame: Frame, *, period: str = ALL) -> Note:
    """Return one agency's page; an agency of which nothing is known says so in as many words.

    Contacts are those of a period, in words. What is open and where each side stood last is told however old it is.
    """
    return _Page(state, state.agencies[agency_id], parse_period(period, state.today)).note(frame)


EVERYTHING = "Agency summary · period: all on record"
NO_CONTACT = "No contact is on record."
FEW = 3
"""Subjects that a sentence names; more are counted, for the table names them."""
MOST_PEOPLE = 8
"""People whom the page names: those met, then the highest in rank."""


class _Page:
    """One agency's page in the making."""

    def __init__(self, state: BriefingState, agency: Agency, period: Period) -> None:
        self.state = state
        self.agency = agency
        every = state.meetings_of_agency(agency.id)
        self.covered = covered(every, period)
        self.meetings = self.covered.meetings
        told = {m.id for m in self.meetings}
        self.commitments = [c for c in state.commitments_of_agency(agency.id) if c.is_open or c.meeting.id in told]
        self.points = standing(state, every)
        self.told = frozenset(f"{meeting.id}/{point.id}" for point, meeting in self.points)
        self.named = self._named()
        self.writer = self._writer()
        self.positions = Positions(state, self.writer, agency, self.meetings, self.points)

    def _named(self) -> list[Person]:
        """Return those there whom the page names, by rank; of many, those who were met before others."""
        people = self.state.people_of_agency(self.agency.id)
        met = {id_ for m in self.meetings for id_ in m.people}
        chosen = sorted(people, key=lambda one: one.id not in met)[:MOST_PEOPLE]
        return [one for one in people if one in chosen]

    def _writer(self) -> Writer:
        """Return the pen of the page, with a letter for each text that it cites."""
        visits = dict.fromkeys(m.held.visit for m in self.meetings if m.held.visit)
        around = [c for m in self.state.meetings_of_visits(visits) for c in m.citations()]
        around += [c for p in self.named for post in p.posts for c in post.citations]
        around += self.agency.citations
        self.sources = {c.source for c in around}
        cited = [*around, *(c for m in self.meetings for c in m.citations())]
        cited += [c for point, _ in self.points for c in point.citations]
        cited += [c for one in self.commitments for c in one.commitment.citations]
        visits |= dict.fromkeys(m.held.visit for m in self._behind() if m.held.visit)
        spoken_of = [id_ for m in self._behind() for id_ in m.people]
        return Writer(self.state, [c.source for c in cited if c.source], visits, spoken_of)

    def _behind(self) -> tuple[Meeting, ...]:
        """Return every meeting that the page speaks of."""
        return (*self.meetings, *(m for _, m in self.points), *(c.meeting for c in self.commitments))

    def note(self, frame: Frame) -> Note:
        """Return the whole page, and an annex with what it has no room for."""
        parts = (self.people, self.state_of_play, self.contacts, self.positions.topics, self.positions.related,
                 self.open, self.changed, self.gaps)  # fmt: skip
        blocks = [block for part in parts for block in part()]
        further = (self.further_open, self.positions.further, self.further_contacts)
        annex = [block for part in further for block in part()]
        return framed(replace(frame, purpose=""), kind="agency", paper="Agency summary", title=self.agency.name,
                      subtitle=self._period(), blocks=blocks, annex=annex, writer=self.writer,
                      digests=False)  # fmt: skip

    def _period(self) -> str:
        """Return the subtitle: the period as it came out, and since when there was no contact where it was widened."""
        printed = self.covered.printed(self.state.today)
        period = say("Agency summary · period: {period}", period=printed) if printed else say(EVERYTHING)
        since = self.covered.since()
        return say("{period}; none since {day}", period=period, day=since) if since else period

    # ── parts ─────────────────────────────────────────────────────────────────────────────────

    def people(self) -> Iterator[Block]:
        """Who holds which post there, as far as it is on record."""
        people = self.named
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
        yield lead("People", *runs, Run(f" {self._others(people)}"))

    def _others(self, people: Sequence[Person]) -> str:
        """Return how many more are on record, or else what is not."""
        if more := len(self.state.people_of_agency(self.agency.id)) - len(people):
            return say("Others on record at {agency}: {n}.", agency=in_prose(self.agency), n=more)
        others = say("any other person at {agency}", agency=in_prose(self.agency))
        if any(post.start or post.until for p in people for post in p.posts if post.agency == self.agency.id):
            return say("Not on record: {what}.", what=others)
        return say("Not on record: since when, who before and after, {what}.", what=others)

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
            who = whose(self.state, assessment, among={m.id for m in self._behind()})
            yield lead("State of play", Run(f"{assessment.state_of_play} ({who})"))
            return
        if not self.meetings:
            first, last = self.covered.ended()
            none = say("No contact is on record up to {day}.", day=last) if last else NO_CONTACT
            if first:
                none = say("No contact is on record from {first} to {last}.", first=first, last=last)
            yield lead("State of play", Run(none))
            return
        yield lead("State of play", *(self._counted() if any(m.held.points for m in self.meetings) else self._bare()))

    def _bare(self) -> Runs:
        meeting = self.meetings[0]
        words = (
            next((p.unnamed for p in meeting.held.participants if p.unnamed), None)
            if isinstance(meeting.held, MeetingHeld)
            else None
        )
        ours = joined(self.writer.ours(meeting))
        n = len(self.meetings)
        named = say("Named once") if n == 1 else say("Named {times}", times=self._or_more(counted(n, "time")))
        named = say("Named twice") if n == 2 else named
        engaged = say(", with whom {ours} engaged", ours=ours) if ours else ""
        runs: list[Run] = [Run(f"{named}: {words or say('people not named')}{engaged}, ")]
        runs += self.writer.date(meeting.when, stop=".")
        runs += self.writer.mark(list(meeting.citations()))
        if all(subject_in_title(self.writer, m) for m in self.meetings):
            return (*runs, Run(" Whom, on which day, and what was said: not reported."))
        return (*runs, Run(" Whom, on which day, and about what: not reported."))

    def _counted(self) -> Runs:
        latest = self.meetings[0]
        cited = [c for m in self.meetings for c in m.citations()]
        texts = len({c.source for c in cited if c.source})
        points = (point for m in self.meetings for point in m.held.points)
        subjects = list(dict.fromkeys(self.positions.topic_name(topic) for point in points for topic in point.topics))
        several = len(self.meetings) > 1
        contacts = capital(self._or_more(counted(len(self.meetings), "contact")))
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

    def _or_more(self, n: str) -> str:
        """Return a number of contacts; where not all of the period are told, "more than" it."""
        return say("more than {n}", n=n) if self.covered.more else n

    def contacts(self) -> Iterator[Block]:
        """The table of contacts, newest first, and what stands elsewhere."""
        if self.meetings:
            yield Heading("Contacts, newest first")
            yield self._contact_table(self.meetings[:ON_PAGE])
        if told := list(self._left_out()):
            yield Paragraph((Run(" ".join(told), "muted"),))

    def further_contacts(self) -> Iterator[Block]:
        """The contacts of the period that the page has no room for."""
        if self.meetings[ON_PAGE:]:
            yield Heading("Further contacts in the period, newest first")
            yield self._contact_table(self.meetings[ON_PAGE:])

    def _left_out(self) -> Iterator[str]:
        """Yield which contacts stand in the annex, and which are on record and not here."""
        if (further := len(self.meetings) - ON_PAGE) > 0:
            yield say("Further in the annex: {n}.", n=further)
        if self.covered.more:
            yield say("The newest {n} are told; the period has more.", n=len(self.meetings))
        elif self.covered.before and self.covered.before.when:
            yield say("The last contact before the period: {date}.", date=format_span(self.covered.before.when))

    def _contact_table(self, meetings: Sequence[Meeting]) -> Table:
        columns = (
            Column("When", 16),
            Column("Who", 22),
            Column("About", 25),
            Column("Outcome", 24),
            Column("Source", 13),
        )
        return Table(columns=columns, rows=tuple(self._contact(m) for m in meetings))

    def _contact(self, meeting: Meeting) -> tuple[Runs, ...]:
        day = () if meeting.own_day else (Run(say(", day not given")),)
        when = (*self.writer.date(meeting.when, strong=True), *day)
        ours = joined(self.writer.ours(meeting))
        theirs = joined(self.writer.theirs(meeting)) or say("no counterpart named")
        who = f"{ours} – {theirs}" if ours else say("{theirs}; our side not named", theirs=theirs)
        cited = list(meeting.citations())
        differ = bool(differing(self.state, meeting=meeting.id)) and not self.writer.one_source(cited)
        return (when, (Run(who),), discussed(self.writer, meeting, elsewhere=self.told), outcome(self.writer, meeting),
                self.writer.cell_mark(cited, differ=differ))  # fmt: skip

    def open(self) -> Iterator[Block]:
        """What is owed by either side, the most pressing first."""
        open_ = self._open()
        if not open_:
            yield lead("Open commitments", Run("Ours: none on record. Theirs: none on record."))
            return
        yield Heading("Open commitments")
        yield open_table(self.writer, open_[:ON_PAGE])
        yield from in_the_annex(len(open_))

    def further_open(self) -> Iterator[Block]:
        """The open commitments that the page has no room for."""
        if further := self._open()[ON_PAGE:]:
            yield Heading("Further open commitments")
            yield open_table(self.writer, further)

    def _open(self) -> list[OpenItem]:
        return pressing((c for c in self.commitments if c.is_open), self.state.today)

    def changed(self) -> Iterator[Block]:
        """What moved in the period, and what comes next."""
        if len(self.meetings) == 1 and not self.covered.before:
            moved = (
                say("First contact on record; nothing earlier to compare with.")
                if self.meetings[0].held.points
                else say("First mention on record; nothing earlier to compare with.")
            )
        elif self.meetings:
            contacts = capital(self._or_more(counted(len(self.meetings), "contact")))
            moved = f"{contacts}, {counted(len(self.commitments), 'commitment')}."
        else:
            moved = say("Nothing on record.")
        text = "; ".join(commitment_line(self.writer, c.commitment) for c in self._next())
        yield lead("What changed in the period", Run(f"{moved} "), Run(f"{say('Next opportunity')}. ", "strong"),
                   Run(f"{text}." if text else "None on record."))  # fmt: skip

    def _next(self) -> list[OpenItem]:
        """Return what is due next; of many the nearest that are not overdue."""
        due = [c for c in self._open() if c.commitment.due]
        return due if len(due) <= FEW else [c for c in due if not c.overdue(self.state.today)][:FEW]

    def gaps(self) -> Iterator[Block]:
        """What is not known of the agency, and where the texts differ about it."""
        yield from Gaps(self.writer, self.agency, self.meetings, self.named, frozenset(self.sources)).blocks()
