"""What is proposed against what is on record: the same meeting again, and in what the two differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.additions import KEY as ADDS_TO
from briefing.dates import DateProblem, Span, format_span, parse_span
from briefing.differences import bare_title
from briefing.events import MeetingHeld, VisitReported
from briefing.intake.proposed import Proposed
from briefing.names import likest
from briefing.payload import Commitment, Point
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
    if one.kind not in ("meeting", "report"):
        return one
    found = _same(one, register, visit)
    if found is None:
        return one
    when = _when(one, register, visit) if "when" in one.values else None
    told = [f"on record already: {found.id}, “{found.held.title}”; what the text adds goes there"]
    if one.kind == "meeting":
        told += [f"  differs: {line}" for line in _differences(one, found, register, when=when)]
    (key, title), *rest = one.values.items()
    return replace(
        one,
        values={key: title, ADDS_TO: found.id, **dict(rest)},
        parts={name: _all_said_again(parts, name, found.held) for name, parts in one.parts.items()},
        match=one.match or f"{found.id} 90",
        remark="\n".join([*one.remark.splitlines(), *told]),
    )


def _same(one: Proposed, register: BriefingState, visit: Proposed | None) -> Meeting | None:
    """Return the meeting on record that a proposed one is: with the same people of theirs, or agency, on its days.

    Of several, the one with which it has most in common; a report is that of its visit.
    """
    if one.kind == "report":
        of_visit = register.find("visit", str(one.values.get("visit", "")))
        reports = register.meetings_of_visit(of_visit) if of_visit else ()
        return next((known for known in reports if isinstance(known.held, VisitReported)), None)
    met, agencies, when = _people(one, register), _agencies(one, register), _when(one, register, visit)
    theirs = {id_ for id_ in met if register.people[id_].side != "ours"}
    named = any(str(part.values["name"])[:1].isupper() for part in one.parts.get("with", ()))

    def common(known: Meeting) -> tuple[int, int, float]:
        from rapidfuzz import fuzz

        held = known.held
        there = {p.person for p in held.participants} if isinstance(held, MeetingHeld) else set()
        alike = fuzz.token_sort_ratio(str(one.values["meeting"]), held.title)
        return len(theirs & there), len(agencies & set(known.agencies)), alike

    def may_be(known: Meeting) -> bool:
        people, bodies, alike = common(known)
        if named or not isinstance(known.held, MeetingHeld):
            return people > 0 and isinstance(known.held, MeetingHeld)
        return agencies == set(known.agencies) and (bodies > 0 or alike >= _ALIKE)

    there = (known for known in register.meetings.values() if may_be(known))
    return max((known for known in there if _at_one_time(one, known, when, register)), key=common, default=None)


def _all_said_again(parts: Sequence[Proposed], key: str, held: MeetingHeld | VisitReported) -> list[Proposed]:
    """Return proposed statements of one kind, with the ids of those on record that say the same."""
    said = [str(part.values.get("say", "")) for part in parts]
    again = said_again(said, key, held)
    return [_said_again(part, held.id, *like) if like else part for part, like in zip(parts, again, strict=True)]


def _said_again(part: Proposed, meeting: str, id_: str, alike: int) -> Proposed:
    (first, words), *rest = part.values.items()
    return replace(part, values={first: words, ADDS_TO: id_, **dict(rest)}, match=f"{meeting}/{id_} {alike}")


def said_again(said: Sequence[str], key: str, held: MeetingHeld | VisitReported) -> list[tuple[str, int] | None]:
    """Return for each of some sentences the statement on record that says the same, and how alike in 100.

    Points are alike as wholes; of an undertaking one text may tell more, so what both name counts, and each
    is told again once.
    """
    from rapidfuzz import fuzz

    if key not in ("points", "commitments"):
        return [None] * len(said)
    there: Sequence[Point | Commitment] = held.commitments if key == "commitments" else held.points
    ratio = fuzz.token_set_ratio if key == "commitments" else fuzz.token_sort_ratio
    found: list[tuple[str, int] | None] = []
    taken: set[str] = set()
    for one in said:
        alike = {known.id: max(int(ratio(one, words, processor=_telling)) for words in _words(known))
                 for known in there if known.id not in taken}  # fmt: skip
        best = max(alike, key=alike.__getitem__, default="")
        found.append((best, alike[best]) if best and alike[best] >= _ALIKE else None)
        if found[-1] and key == "commitments":
            taken.add(best)
    return found


def _words(one: Point | Commitment) -> list[str]:
    return [one.say, *(c.quote for c in one.citations if c.quote)]


_EMPTY = frozenset(
    ["a", "an", "and", "at", "both", "by", "delegations", "during", "for", "in", "is", "of", "on", "sides", "the",
     "they", "to", "two", "was", "were", "with"]
)  # fmt: skip
"""Words that many sentences on meetings share."""


def _telling(text: str) -> str:
    """Return the words of a sentence that tell it from others of its kind."""
    return " ".join(word for word in re.findall(r"\w+", text.casefold()) if word not in _EMPTY)


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


def _at_one_time(one: Proposed, known: Meeting, when: Span | None, register: BriefingState) -> bool:
    """Tell whether two meetings may have been one by their days; of one visit, they may where a day is not known."""
    of_visit = register.find("visit", str(one.values.get("visit", "")))
    other = _on_record(known, register)
    if when is None or other is None or when.start is None or other.start is None:
        return of_visit is not None and of_visit == known.held.visit
    return when.start <= (other.end or other.start) and other.start <= (when.end or when.start)


def _differences(one: Proposed, known: Meeting, register: BriefingState, *, when: Span | None) -> Iterator[str]:
    """Yield in what a text differs from what is on record: date, who was there, titles, how strongly was promised."""
    before = getattr(known.held, "when", None)
    if when is not None and before is not None and (when.start, when.end) != (before.start, before.end):
        yield f"the text has {format_span(when)}, on record is {format_span(before)}"
    for key in ("where", "form", "mode"):
        text, on_record = one.values.get(key), getattr(known.held, key, None)
        if text and on_record and fold_name(str(text)) != fold_name(on_record):
            yield f"{key} is “{text}” in the text, on record “{on_record}”"
    there = _people(one, register)
    met = {p.person: p for p in known.held.participants if p.person} if hasattr(known.held, "participants") else {}
    if more := [register.people[id_].name for id_ in there if id_ not in met]:
        yield f"{', '.join(more)} took part by the text, not on record"
    if fewer := [register.people[id_].name for id_ in met if id_ not in there]:
        yield f"{', '.join(fewer)} took part on record, not by the text"
    for id_, title in there.items():
        titles = [post.title for post in register.people[id_].posts]
        if title and titles and bare_title(title) not in map(bare_title, titles):
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
