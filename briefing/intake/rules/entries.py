"""Entries of drafts: people, agencies and topics, each with what is like it on record."""

from __future__ import annotations

from briefing.intake.on_record import matched
from briefing.intake.proposed import Proposed
from briefing.intake.rules.bodies import Bodies, Body
from briefing.intake.rules.people import Someone
from briefing.intake.rules.reading import Page
from briefing.intake.rules.sides import OURS, THEIRS
from briefing.intake.rules.topics import Subject
from briefing.passages import Extent
from briefing.state import BriefingState


def name_of(someone: Someone, register: BriefingState) -> str:
    """Return the name to write: of the one on record, else as the text has it."""
    return register.people[someone.known].name if someone.known in register.people else someone.called


def person_match(someone: Someone, register: BriefingState) -> str:
    """Return whom on record someone is, or is like; a post alone is like nobody."""
    sure = 100 if someone.known and register.find("person", someone.name) == someone.known else someone.sure
    return matched(register, "person", someone.name, someone.known, sure) if someone.name else ""


def participant(page: Page, register: BriefingState, bodies: Bodies, someone: Someone, within: Extent) -> Proposed:
    """Return someone who took part, with the words that name them, in the sentence where there are any."""
    extent = next(
        (at for at in sorted(someone.mentions) if within[0] <= at[0] and at[1] <= within[1]), min(someone.mentions)
    )
    title, body = someone.title, bodies.of.get(someone.name)
    values = {"name": name_of(someone, register)}
    if someone.name and title:
        values["title"] = title
        extent = someone.titles[title] if title not in page.said(extent) else extent
    if body is not None:
        values["agency"] = body.name
    return Proposed("with", values, extent, someone.sure, person_match(someone, register))


def person(register: BriefingState, bodies: Bodies, someone: Someone, side: str) -> Proposed:
    """Return an entry of the register for someone whom a text names, and who is in none of its meetings."""
    values: dict[str, str | tuple[str, ...]] = {"person": name_of(someone, register)}
    if side:
        values["side"] = side
    if someone.title:
        values["title"] = someone.title
    if (body := bodies.of.get(someone.name)) is not None and someone.title:
        values["agency"] = body.name
    extent = someone.titles[someone.title] if someone.title else min(someone.mentions)
    return Proposed("person", values, extent, someone.sure - 10, person_match(someone, register))


def agency(register: BriefingState, body: Body, country: str, home: str) -> Proposed:
    """Return an entry of the register for an agency that is not on it; `home` is the country on our side."""
    values: dict[str, str | tuple[str, ...]] = {"agency": body.name}
    if body.aliases:
        values["also"] = tuple(body.aliases)
    if country:
        values["country"] = country
    if country and home:
        values["side"] = OURS if country == home else THEIRS
    return Proposed("agency", values, min(body.mentions), body.sure, matched(register, "agency", body.name))


def topic(register: BriefingState, subject: Subject) -> Proposed:
    """Return an entry of the register for a topic that is not on it."""
    values = {"topic": subject.name} | ({"full name": subject.full} if subject.full else {})
    return Proposed("topic", values, min(subject.mentions), subject.sure, matched(register, "topic", subject.name))
