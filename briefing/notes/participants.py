"""Who meets whom, when and where: the particulars of a meeting to come, its people and its programme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.notes.flags import former
from briefing.notes.language import joined, say
from briefing.notes.meeting_file import MeetingFile
from briefing.notes.note import Block, Column, Heading, Paragraph, Run, Runs, Table
from briefing.notes.writer import Writer, capital, in_prose, short_name, the_country
from briefing.payload import Participant
from briefing.state import BriefingState

BARE = Run("– not given", "muted")


def particulars(file: MeetingFile) -> Iterator[Block]:
    """Yield who is met and when, and of where, how long and the press what is known, as one row."""
    plan = file.plan
    place = "; ".join(one for one in (plan.where, plan.mode if plan.mode != "in person" else None) if one)
    known = [
        ("Where", place),
        ("How long", plan.duration or ""),
        ("Press", plan.press or ""),
        ("Hosted by", host(file.writer, plan.host) if plan.host else ""),
        ("Language", plan.language or ""),
    ]
    cells: list[tuple[str, Runs]] = [("With", counterparts(file)), ("When", when(file))]
    cells += [(name, (Run(value),)) for name, value in known if value]
    yield Heading("The meeting")
    width = 60 // (len(cells) - 1)
    columns = (Column("With", 100 - width * (len(cells) - 1)), *(Column(name, width) for name, _ in cells[1:]))
    yield Table(columns=columns, rows=(tuple(runs for _, runs in cells),))


def host(writer: Writer, who: str) -> str:
    """Return who hosts a meeting, as printed."""
    if who in writer.state.agencies:
        return capital(in_prose(writer.state.agencies[who]))
    if who in writer.state.people:
        return writer.person(who)
    sides = {"ours": say("Our side"), "theirs": say("Their side"), "both": say("Both sides")}
    return sides.get(who, who)


def when(file: MeetingFile) -> Runs:
    """Return when a meeting to come is to be held; without a day, flagged."""
    span, time = file.planned.when, f", {file.plan.at_time}" if file.plan.at_time else ""
    if span is None:
        return (Run("△ no date", "flag"), Run(time))
    printed = (*file.writer.date(span), Run(time))
    return printed if span.start else (*printed, Run(" "), Run("△ undated", "flag"))


def counterparts(file: MeetingFile) -> Runs:
    """Return those to be met with their full titles, former holders flagged; else the agencies, no one named."""
    others = [one for one in file.plan.participants if one.side != "ours"]
    if not others:
        if not file.plan.agencies:
            return (Run("No counterpart named"),)
        names = capital(joined(file.agency_names()) or say("not named"))
        return (Run(say("{agencies}; no counterpart named", agencies=names)),)
    runs: list[Run] = []
    for one in sorted(others, key=file.writer.rank):
        runs += [Run(f"{'; ' if runs else ''}{file.writer.participant(one)}"), *aged(file.state, one)]
    return tuple(runs)


def aged(state: BriefingState, one: Participant) -> Runs:
    """Return the flag of a participant who no longer holds the post."""
    return former(state, one.person) if one.person else ()


def people(file: MeetingFile) -> Iterator[Block]:
    """Yield both sides with what is on record of each: how to say the name, and a short biography."""
    plan = file.plan
    theirs = sorted((one for one in plan.participants if one.side != "ours"), key=file.writer.rank)
    rows = [_row(file, one) for one in (*theirs, *(one for one in plan.participants if one.side == "ours"))]
    if not rows:
        return
    yield Heading("Participants")
    columns = (Column("Name and post", 34), Column("Side", 14), Column("How to say it", 16), Column("Biography", 36))
    shown = [n for n in range(len(columns)) if n < 2 or any(row[n] != (BARE,) for row in rows)]
    absent = [("how to say a name", "any biography")[n - 2] for n in range(2, len(columns)) if n not in shown]
    if absent:
        yield Paragraph((Run(say("Not on record: {what}.", what=joined([say(one) for one in absent]))),))
    widths = {0: 34 if len(shown) > 2 else 70, 1: 14 if len(shown) > 2 else 30}
    left = 100 - sum(widths.values())
    for n in shown[2:]:
        widths[n] = {2: 16, 3: left - (16 if 2 in shown else 0)}[n] if len(shown) == 4 else left
    yield Table(columns=tuple(Column(columns[n].header, widths[n]) for n in shown),
                rows=tuple(tuple(row[n] for n in shown) for row in rows))  # fmt: skip


def _row(file: MeetingFile, one: Participant) -> tuple[Runs, ...]:
    person = file.state.people.get(one.person or "")
    name = file.writer.person(person.id, full=True) if person else file.writer.participant(one)
    biography: Runs = (BARE,)
    if person and person.biography:
        biography = (Run(person.biography), *file.writer.mark(person.citations))
    said: Runs = (Run(person.say_name),) if person and person.say_name else (BARE,)
    return ((Run(name), *aged(file.state, one)), (Run(_side(file, one)),), said, biography)


def _side(file: MeetingFile, one: Participant) -> str:
    """Return whom a participant is of: the agency, else the side."""
    agency = file.state.agencies.get(one.agency or "")
    return short_name(agency) if agency else {"ours": "Ours", "theirs": "Theirs"}.get(one.side or "", "Not stated")


def programme(file: MeetingFile) -> Iterator[Block]:
    """Yield the agenda and the programme."""
    plan = file.plan
    if plan.agenda:
        yield Heading("Agenda")
        yield Paragraph((Run(f"{'; '.join(f'({n}) {one}' for n, one in enumerate(plan.agenda, 1))}."),))
    if plan.programme:
        yield Heading("Programme")
        yield Table(columns=(Column("Time", 20), Column("What", 80)),
                    rows=tuple(((Run(one.at),), (Run(one.what),)) for one in plan.programme))  # fmt: skip


def sides(writer: Writer, participants: Sequence[Participant], countries: tuple[str, str]) -> Table:
    """Return the participants of both sides of a meeting, theirs in order of precedence, a row for each side."""
    rows = []
    for name, ours in zip(countries, (True, False), strict=True):
        here = [one for one in participants if (one.side == "ours") is ours]
        runs: list[Run] = []
        for one in here if ours else sorted(here, key=writer.rank):
            role = f" ({one.role})" if one.role else ""
            runs += [Run(f"{'; ' if runs else ''}{writer.participant(one)}{role}"), *aged(writer.state, one)]
        rows.append(((Run(name),), tuple(runs) or (Run("△ no one named", "flag"),)))
    return Table(columns=(Column("Side", 20), Column("Participants", 80)), rows=tuple(rows))


def countries(state: BriefingState, agencies: Sequence[str]) -> tuple[str, str]:
    """Return how the two sides are called: by country where the record gives it."""
    ours = next((a.country for a in state.agencies.values() if a.side == "ours" and a.country), None)
    theirs = next((a.country for id_ in agencies if (a := state.agencies.get(id_)) and a.country), None)
    return (ours or "Our side", capital(the_country(theirs)) if theirs else "Their side")


