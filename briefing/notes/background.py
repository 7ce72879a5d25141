"""What lies behind a meeting to come: what is new to the reader, contacts, dated facts, what is owed and sensitive."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.changes import Changed
from briefing.events import AssessmentRecorded, FactStated
from briefing.notes.commitments import open_table
from briefing.notes.contacts import discussed, heading, outcome
from briefing.notes.flags import stale
from briefing.notes.language import counted, edition, joined, say
from briefing.notes.meeting_file import MeetingFile
from briefing.notes.news import news_lines
from briefing.notes.note import Block, BulletList, Heading, Run, Runs
from briefing.notes.release import free
from briefing.notes.writer import capital, differing
from briefing.state import Fact, Meeting

LATER = "commitments that are not overdue"
"""The name under which a brief moves to its annex, as the last thing, what is not yet due."""


def news(file: MeetingFile) -> Iterator[Block]:
    """Yield what was put on record since the brief that the reader saw last, and what stood there, in one line."""
    if file.seen is None:
        return
    yield Heading("New since the brief you last saw")
    told = news_lines(file.writer, [one for one in file.news if not _elsewhere(file, one)])
    seen = file.seen.note.issued
    sentences = [say("Seen on {day}: {paper}.", day=file.seen.day, paper=edition(seen.reference, seen.edition))]
    if file.seen.decision:
        sentences.append(say("You decided: {decision}.", decision=file.seen.decision))
    sentences.append(_folded(file))
    if not told:
        sentences.append(say("Nothing that touches this meeting was put on record since."))
    yield file.paragraph((Run(" ".join(one for one in sentences if one)),))
    if told:
        yield BulletList(told)


def _elsewhere(file: MeetingFile, one: Changed) -> bool:
    """Tell whether a change stands elsewhere in the brief: what is sensitive, and the summary of this meeting."""
    for event in (one.event, one.subject):
        if isinstance(event, FactStated) and not free(event.marking):
            return True
        if isinstance(event, AssessmentRecorded) and (event.sensitivity or event.about == file.plan.id):
            return True
    return False


def _folded(file: MeetingFile) -> str:
    """Return what the earlier paper had, and this one does not repeat."""
    contacts, facts = len(file.contacts) - len(_contacts(file)), len(file.free_facts) - len(_facts(file))
    both = ((contacts, counted(contacts, "contact")), (facts, counted(facts, "fact")))
    parts = [told for n, told in both if n]
    return say("Its background, {what}, is not repeated.", what=joined(parts)) if parts else ""


def _contacts(file: MeetingFile) -> list[Meeting]:
    """Return the contacts that the reader has not seen in an earlier brief, newest first."""
    return [m for m in file.contacts if file.seen is None or file.seen.is_new(m.digest)]


def _facts(file: MeetingFile) -> list[Fact]:
    """Return the facts that may be used freely and were not in an earlier brief, newest first."""
    return [one for one in file.free_facts if file.seen is None or file.seen.is_new(one.digest)]


def owed(file: MeetingFile) -> Iterator[Block]:
    """Yield what is open both ways, overdue first; a brief never folds it away."""
    shown = [one for one in file.open if LATER not in file.moved or one.overdue(file.state.today)]
    if shown:
        yield Heading("Open commitments, both ways")
        yield open_table(file.writer, shown)
    elif not file.open:
        yield Heading("Open commitments, both ways")
        yield file.paragraph((Run("Ours: none on record. Theirs: none on record."),))


def owed_later(file: MeetingFile) -> Iterator[Block]:
    """Yield what is open and not overdue, for the annex."""
    if later := [one for one in file.open if not one.overdue(file.state.today)]:
        yield Heading("Open commitments that are not overdue")
        yield open_table(file.writer, later)


def sensitive(file: MeetingFile) -> Iterator[Block]:
    """Yield what is not to be used with the other side: officers' warnings, and facts that bear a marking."""
    warned = [one for one in file.assessments if one.sensitivity]
    if not warned and not file.marked_facts:
        return
    yield Heading("Sensitive: not for use with the other side")
    for one in warned:
        yield file.paragraph((Run(f"{one.sensitivity} "), Run(f"({one.by})", "muted")))
    for fact in file.marked_facts:
        yield file.paragraph((Run(f"[{fact.stated.marking}] ", "strong"), *_fact(file, fact)))


def last_contact(file: MeetingFile) -> Iterator[Block]:
    """Yield the newest meeting with the same agencies: who, about what, with what outcome."""
    if contacts := _contacts(file):
        yield Heading("Background: the last contact")
        yield file.paragraph(_contact(file, contacts[0]))


def earlier(file: MeetingFile) -> Iterator[Block]:
    """Yield earlier contacts and dated facts, newest first; all of it may be used freely."""
    contacts, facts = _contacts(file)[1:], _facts(file)
    if contacts or facts:
        yield Heading("Background: earlier contacts and facts" if contacts else "Background: facts")
    for meeting in contacts:
        yield file.paragraph(_contact(file, meeting))
    for fact in facts:
        yield file.paragraph(_fact(file, fact))
    older = [name for name, more in (("contacts", file.more_contacts), ("facts", file.more_facts)) if more]
    if older and (contacts or facts):
        yield file.paragraph((Run(say("Older {what} are on record.", what=joined([say(one) for one in older]))),))


def _contact(file: MeetingFile, meeting: Meeting) -> Runs:
    writer, cited = file.writer, list(meeting.citations())
    met = joined([*writer.ours(meeting), *writer.theirs(meeting)])
    who = f" {capital(met)}." if met else f" {heading(writer, meeting)}."
    about = discussed(writer, meeting) if meeting.held.content_known else (Run("subject not reported"),)
    differ = bool(differing(file.state, meeting=meeting.id)) and not writer.one_source(cited)
    return (
        *writer.date(meeting.when, strong=True, stop="."), Run(f" {meeting.held.title}.{who} {say('Discussed:')} "),
        *about,
        Run(f"{say('.')} {say('Outcome:')} "), *outcome(writer, meeting), Run("."), *writer.mark(cited, differ=differ),
    )  # fmt: skip


def _fact(file: MeetingFile, fact: Fact) -> Runs:
    stated = fact.stated
    differ = any(one.fact == stated.id for one in file.state.differences)
    when = (*file.writer.date(stated.when, strong=True, stop="."), Run(" ")) if stated.when else ()
    return (*when, *file.writer.prose(f"{stated.say.rstrip('.')}."), *file.writer.mark(stated.citations, differ=differ),
            *stale(stated.review_by, file.state))  # fmt: skip
