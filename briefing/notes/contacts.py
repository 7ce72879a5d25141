"""One meeting as a table row: with whom, about what, with what outcome, from which text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from briefing.events import MeetingHeld
from briefing.notes.commitments import commitment_line
from briefing.notes.language import joined, say
from briefing.notes.note import Run, Runs
from briefing.notes.writer import Writer, agency_order, capital, differing, short_name
from briefing.payload import Citation, Commitment, Point
from briefing.state import Meeting

NOT_REPORTED: Runs = (Run("Not reported"),)


def heading(writer: Writer, meeting: Meeting) -> str:
    """Return the name of a row: the agencies by precedence, or the meeting's title."""
    agencies = agency_order(writer.state, meeting.agencies)
    return joined([short_name(a) for a in agencies]) if agencies else meeting.held.title


def with_whom(writer: Writer, meeting: Meeting) -> Runs:
    """Return the row's name and the counterparts with full titles, and how each text describes the occasion."""
    held = meeting.held
    people = joined(writer.theirs(meeting)) or say("no counterpart named")
    described = [c for c in held.citations if c.words]
    told = "; ".join(f"{writer.letter(c.source or '')}: {_occasion(writer, meeting, c)}" for c in described)
    form = say(", at a {form}", form=held.form) if isinstance(held, MeetingHeld) and held.form else ""
    tail = f" ({told})" if told else ""
    return (Run(f"{heading(writer, meeting)}. ", "strong"), Run(f"{capital(people)}{form}{tail}"))


def _occasion(writer: Writer, meeting: Meeting, citation: Citation) -> str:
    """Return the words of a text for the occasion; a counterpart whom they name stands before them and is left out."""
    words = " … ".join(f"“{one}”" for one in citation.words)
    for person in (writer.state.people[id_] for id_ in meeting.people if id_ in writer.state.people):
        titles = "|".join(re.escape(title) for title in writer.titles(person))
        words = re.sub(rf"(?:U\.?S\.? )?(?:(?:{titles}) )?{re.escape(person.name)}", "…", words)
    return words


def discussed(writer: Writer, meeting: Meeting, *, elsewhere: Collection[str] = ()) -> Runs:
    """Return the subjects in the order of the record, marked where one of several texts alone names them.

    Where no statement names one, the title does, if it is more than who met. Of points that the paper prints
    whole `elsewhere` (MEETING/POINT), in a row for what has no topic, the row is named and no sentence repeated.
    """
    sources = meeting.sources
    subjects: dict[str, list[Citation]] = {}
    below = False
    for statement in meeting.statements():
        bare = isinstance(statement, Point) and not (statement.short or statement.topics)
        if bare and f"{meeting.id}/{statement.id}" in elsewhere:
            below = True
            continue
        for name in _subjects(writer, statement):
            told = writer.inside(name) if bare and subjects else name
            subjects.setdefault(told, []).extend(statement.citations)
    parts = [f"{name}{writer.only(cited, sources)}" for name, cited in subjects.items()]
    if below:
        parts.append(say("see “{row}” below", row=say("Other")))
    if not parts:
        titled = subject_in_title(writer, meeting)
        return writer.prose(titled) if titled else NOT_REPORTED
    return writer.prose(capital("; ".join(parts)))


def _subjects(writer: Writer, statement: Point | Commitment) -> list[str]:
    if isinstance(statement, Point) and statement.short:
        return [statement.short]
    topics = writer.state.topics
    named = [topics[t] for t in statement.topics if t in topics and t not in writer.themes]
    if not statement.topics and isinstance(statement, Point):
        return [statement.say.rstrip(".")]  # what an officer wrote down is printed, filed under a topic or not
    return [topic.name for topic in named]


def subject_in_title(writer: Writer, meeting: Meeting) -> str:
    """Return the title of a meeting that says more than that, with whom and in what form it was; else nothing.

    "Contract renegotiation" is a subject, "Talks at Treasury" and "Meeting with “senior officials”" are none.
    """
    state, held = writer.state, meeting.held
    if not isinstance(held, MeetingHeld):
        return ""
    agencies = [state.agencies[id_] for id_ in meeting.agencies if id_ in state.agencies]
    people = [state.people[id_] for id_ in meeting.people if id_ in state.people]
    named = [name for one in agencies for name in (one.name, one.short or "", *one.aliases)]
    named += [name for one in people for name in (one.name, *one.aliases, *(post.title for post in one.posts))]
    named += [one.unnamed or "" for one in held.participants]
    known = {word for name in named for word in _words(name)}
    return held.title if set(_words(held.title)) - known - _FORMS else ""


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


_FORMS = frozenset(_words("""
a an and at by for from in of on the to with our their who whom that are is not named meeting meetings call calls phone
telephone video talk talks discussion discussions conversation lunch luncheon dinner breakfast reception roundtable
dialogue consultations visit contact counterpart counterparts deputy
"""))  # fmt: skip
"""Words of a title that say no subject."""


def outcome(writer: Writer, meeting: Meeting) -> Runs:
    """Return what came of it: commitments with their strength, else how far each text says the sides went."""
    if not meeting.held.content_known:
        return NOT_REPORTED
    if meeting.held.commitments:
        return (Run("; ".join(commitment_line(writer, c) for c in meeting.held.commitments)),)
    within = [d for d in differing(writer.state, meeting=meeting.id) if len(d.meetings) == 1]
    if within:
        told = "; ".join(f"“{r.words[0]}” ({writer.letter(r.source)})" for r in within[0].readings)
        return (Run(f"{within[0].label}: {told}"),)
    kinds = dict.fromkeys(c.kind for s in meeting.statements() for c in s.citations if c.kind)
    reported = capital(joined([say(k) for k in kinds if k])) if kinds else ""
    none = say("{kinds}; no commitment reported", kinds=reported)
    return (Run(none if reported else "No commitment reported"),)


def source_cell(writer: Writer, meeting: Meeting) -> Runs:
    """Return the row's one source mark, with "differ" where its texts do."""
    return writer.cell_mark(
        list(meeting.citations()),
        differ=bool(differing(writer.state, meeting=meeting.id)) and not (writer.one_source(list(meeting.citations()))),
    )


def by_precedence(writer: Writer, meetings: Sequence[Meeting]) -> list[Meeting]:
    """Return meetings by the rank of the agency met, those without one behind, else in log order."""

    def rank(meeting: Meeting) -> int:
        return min(
            (writer.state.agencies[a].rank or 900 for a in meeting.agencies if a in writer.state.agencies), default=999
        )

    return sorted(meetings, key=rank)
