"""What is proposed against what is on record: the same meeting again, and in what the two differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.dates import DateProblem, Span, format_span, parse_span
from briefing.intake.proposed import Proposed
from briefing.names import likest
from briefing.payload import Commitment
from briefing.spelling import fold_name
from briefing.state import BriefingState, Meeting, RegisterKind

_ALIKE = 70
"""Two sentences on one undertaking are so alike, in 100."""


def compared(found: Sequence[Proposed], register: BriefingState) -> list[Proposed]:
    """Return proposals with a remark on each meeting that is on record already, as far as can be told."""
    visits = {str(one.values["visit"]): one for one in found if one.kind == "visit"}
    return [_compared(one, register, visits.get(str(one.values.get("visit", "")))) for one in found]


def matched(register: BriefingState, kind: RegisterKind, name: str, known: str = "", sure: int = 100) -> str:
    """Return what on record a name is, or from a likeness of 80 in 100 is like: an id and how sure, in 100."""
    if id_ := known or register.find(kind, name) or "":
        return f"{id_} {sure}"
    found = likest(register, kind, name)
    return f"{found[0]} {found[1]}" if found else ""


def _compared(one: Proposed, register: BriefingState, visit: Proposed | None) -> Proposed:
    if one.kind != "meeting":
        return one
    there = _people(one, register)
    agencies = _agencies(one, register)
    when, given = _when(one, register, visit), "when" in one.values
    for known in register.meetings.values():
        met = {p.person for p in known.held.participants if p.person} if hasattr(known.held, "participants") else set()
        theirs = {id_ for id_ in there if register.people[id_].side != "ours"}
        if not (theirs & met or (not theirs and agencies & set(known.agencies))) or not _overlap(
            when, _on_record(known, register)
        ):
            continue
        told = [f"on record already: {known.id}, “{known.held.title}”"]
        told.append(f"  reject it, and add what is new: briefing correct {known.id} --edit")
        told += [f"  differs: {line}" for line in _differences(one, known, register, when=when if given else None)]
        return replace(one, match=one.match or f"{known.id} 90", remark="\n".join([*one.remark.splitlines(), *told]))
    return one


def _people(one: Proposed, register: BriefingState) -> dict[str, str]:
    """Return the people of a proposed meeting who are on record, with the title that the text gives."""
    named = [part for key in ("ours", "with") for part in one.parts.get(key, ())]
    found = {register.find("person", str(part.values["name"])): str(part.values.get("title", "")) for part in named}
    return {id_: title for id_, title in found.items() if id_ is not None}


def _agencies(one: Proposed, register: BriefingState) -> set[str]:
    said = one.values.get("agency", ())
    names = [said] if isinstance(said, str) else list(said)
    return {id_ for name in names if (id_ := register.find("agency", str(name))) is not None}


def _when(one: Proposed, register: BriefingState, visit: Proposed | None) -> Span | None:
    words = one.values.get("when") or (visit.values.get("when") if visit else None)
    known = register.visits.get(register.find("visit", str(one.values.get("visit", ""))) or "")
    try:
        return parse_span(str(words)) if words else known.when if known else None
    except DateProblem:
        return None


def _on_record(known: Meeting, register: BriefingState) -> Span | None:
    visit = register.visits.get(known.held.visit or "")
    return getattr(known.held, "when", None) or (visit.when if visit else None)


def _overlap(one: Span | None, other: Span | None) -> bool:
    if not (one and other and one.start and one.end and other.start and other.end):
        return False
    return one.start <= other.end and other.start <= one.end


def _differences(one: Proposed, known: Meeting, register: BriefingState, *, when: Span | None) -> Iterator[str]:
    """Yield in what a text differs from what is on record: date, who was there, titles, how strongly was promised."""
    before = getattr(known.held, "when", None)
    if when is not None and before is not None and (when.start, when.end) != (before.start, before.end):
        yield f"the text has {format_span(when)}, on record is {format_span(before)}"
    there = _people(one, register)
    met = {p.person: p for p in known.held.participants if p.person} if hasattr(known.held, "participants") else {}
    if more := [register.people[id_].name for id_ in there if id_ not in met]:
        yield f"{', '.join(more)} took part by the text, not on record"
    if fewer := [register.people[id_].name for id_ in met if id_ not in there]:
        yield f"{', '.join(fewer)} took part on record, not by the text"
    for id_, title in there.items():
        titles = [post.title for post in register.people[id_].posts]
        if title and titles and fold_name(title) not in map(fold_name, titles):
            yield f"{register.people[id_].name} is “{title}” in the text, on record “{titles[-1]}”"
    for promised in one.parts.get("commitments", ()):
        yield from _strengths(promised, known)


def _strengths(promised: Proposed, known: Meeting) -> Iterator[str]:
    from rapidfuzz import fuzz

    said = str(promised.values.get("say", ""))
    for commitment in known.held.commitments:
        strengths = _given(commitment)
        quotes = [commitment.say, *(c.quote for c in commitment.citations if c.quote)]
        if (
            strengths
            and promised.word not in strengths
            and max(fuzz.token_set_ratio(said, one) for one in quotes) >= _ALIKE
        ):
            yield f"“{_short(said)}” is “{promised.word}” in the text, on record “{', '.join(strengths)}”"


def _given(commitment: Commitment) -> list[str]:
    return sorted({c.strength for c in commitment.citations if c.strength})


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77].rstrip() + "…"
