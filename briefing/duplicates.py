"""Entries of the register that may be one and the same, with what speaks for it; nothing is merged by itself. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from briefing.dates import Span
from briefing.events import Event, MeetingHeld, VisitReported
from briefing.given_names import short_form
from briefing.spelling import ALIKE, SMALL, fold_name
from briefing.state import BriefingState, Meeting, Person, RegisterKind

_SHORTEST = 6
"""Signs of a name below which a likeness says nothing: USAID, USADF."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Two entries that may be one: the one on record first, the other, how alike their names are, and the evidence."""

    kept: str
    other: str
    score: int
    evidence: tuple[str, ...]


def likely_duplicates(state: BriefingState, kind: RegisterKind) -> tuple[Likely, ...]:
    """Return pairs of entries that may be one, the likeliest first.

    Evidence is a likeness of names from 80 in 100, a name or an acronym in common, or one family name
    with first names and titles that do not contradict each other: Mike may be Michael. Entries of two
    countries are two.
    """
    every: Mapping[str, Any] = {"person": state.people, "agency": state.agencies, "topic": state.topics}[kind]
    entries = {id_: entry for id_, entry in every.items() if id_ in state.digests}  # not what stands in for one
    order = {id_: n for n, id_ in enumerate(entries)}
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    scores: dict[tuple[str, str], int] = {}
    for one, other, score, evidence in (*_alike(entries), *_shared(entries), *_one_family(entries, kind)):
        pair = (one, other) if order[one] < order[other] else (other, one)
        if not _two_countries(entries[one], entries[other]):
            told[pair].append(evidence)
            scores[pair] = max(score, scores.get(pair, 0))
    found = (Likely(*pair, scores[pair], tuple(dict.fromkeys(evidence))) for pair, evidence in told.items())
    return tuple(sorted(found, key=lambda one: (-one.score, order[one.kept], order[one.other])))


_Pairs = Iterator[tuple[str, str, int, str]]


def _two_countries(one: Any, other: Any) -> bool:
    countries = {fold_name(said) for entry in (one, other) if (said := getattr(entry, "country", None))}
    return len(countries) > 1


def _names(entry: Any) -> Iterator[str]:
    yield from (one for field in ("name", "expansion", "short") if (one := getattr(entry, field, None)))
    yield from entry.aliases


def _alike(entries: Mapping[str, Any]) -> _Pairs:
    """Yield pairs of entries with names that are nearly the same, the words in any order."""
    from rapidfuzz import fuzz, process

    names = {fold_name(name): (id_, name) for id_, entry in reversed(tuple(entries.items())) for name in _names(entry)}
    folded = [name for name in reversed(names) if len(name) >= _SHORTEST]
    in_order = [" ".join(sorted(name.split())) for name in folded]
    for n, one in enumerate(folded):
        near = process.extract(in_order[n], in_order[n + 1 :], scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
        for _, score, at in near:
            other = folded[n + 1 + at]
            if names[one][0] != names[other][0] and _rest_alike(one, other):
                what = f"“{names[one][1]}” and “{names[other][1]}”: {round(score)} in 100 alike"
                yield names[one][0], names[other][0], round(score), what


def _rest_alike(one: str, other: str) -> bool:
    """Tell whether the words that two names do not share are alike too: a ministry is not any other ministry."""
    from rapidfuzz import fuzz

    first, second = one.split(), other.split()
    mine, theirs = ([w for w in words if w not in rest] for words, rest in ((first, second), (second, first)))
    return not mine or not theirs or fuzz.ratio(" ".join(mine), " ".join(theirs)) >= ALIKE


def _shared(entries: Mapping[str, Any]) -> _Pairs:
    """Yield pairs of entries that bear one name, or of which one bears the other's initials."""
    bearers: dict[str, dict[str, str]] = defaultdict(dict)
    for id_, entry in entries.items():
        for name in _names(entry):
            bearers[fold_name(name)].setdefault(id_, f"both are called “{name}”")
    for id_, entry in entries.items():
        for name in _names(entry):
            initials = _initials(name)
            if len(initials) > 2 and initials.casefold() in bearers:
                bearers[initials.casefold()].setdefault(id_, f"“{initials}” may stand for “{name}”")
    for named in bearers.values():
        for one, other in combinations(named, 2):
            yield one, other, 100 if named[one] == named[other] else ALIKE, named[other]


def _initials(name: str) -> str:
    words = [word for word in name.replace("-", " ").split() if word.casefold() not in SMALL]
    return "".join(word[0] for word in words if word[:1].isupper())


def _one_family(entries: Mapping[str, Any], kind: RegisterKind) -> _Pairs:
    """Yield pairs of people with one family name whose first names and titles may be of one person."""
    from rapidfuzz import fuzz

    families: dict[str, list[Person]] = defaultdict(list)
    for one in entries.values() if kind == "person" else ():
        families[fold_name(one.name).rpartition(" ")[2]].append(one)
    for people in families.values():
        for one, other in combinations(people, 2):
            pairs = [(a, b) for a in one.posts or (None,) for b in other.posts or (None,)]
            titled = [(a, b) for a, b in pairs if a and b]
            told = next(
                (f"“{a.title}” and “{b.title}”" for a, b in titled
                 if fuzz.token_set_ratio(fold_name(a.title), fold_name(b.title)) >= ALIKE), "",
            )  # fmt: skip
            told = told or next((f"both of {a.agency}" for a, b in titled if a.agency and a.agency == b.agency), "")
            if _first_names_agree(one.name, other.name) and (told or not titled):
                what = f"one family name: {one.name}, {other.name}" + (f"; {told}" if told else "")
                yield one.id, other.id, ALIKE, what


def _first_names_agree(one: str, other: str) -> bool:
    """Tell whether first names may be of one: one is left out, begins as the other does, or is its short form."""
    first, second = (fold_name(name).split()[:-1] for name in (one, other))
    return all(
        a.startswith(b) or b.startswith(a) or short_form(a, b) for a, b in zip(first, second, strict=False)
    )


# ── meetings ──────────────────────────────────────────────────────────────────────────────────


def likely_meetings(state: BriefingState, new: Sequence[Event]) -> Iterator[tuple[Meeting, Meeting]]:
    """Yield new meetings, each with the older one that it may be: at one time, with the same people, or body.

    The state holds both. Where both name people of theirs these decide; else that the same bodies were met.
    """
    ids = {one.id for one in new if isinstance(one, MeetingHeld)}
    met: dict[str, list[Meeting]] = defaultdict(list)
    for known in state.meetings.values() if ids else ():
        if known.id not in ids and isinstance(known.held, MeetingHeld):
            for one in {*_theirs(known.held), *known.agencies}:
                met[one].append(known)
    for meeting in (state.meetings[id_] for id_ in state.meetings if id_ in ids):
        assert isinstance(meeting.held, MeetingHeld)
        there = {known.id: known for one in {*_theirs(meeting.held), *meeting.agencies} for known in met[one]
                 if _at_one_time(meeting.when, known.when) and _in_common(meeting.held, known)}  # fmt: skip
        ranks = {(len(_in_common(meeting.held, one)), one.own_day, id_): one for id_, one in there.items()}
        if ranks:
            yield meeting, ranks[max(ranks)]


def _in_common(new: MeetingHeld | VisitReported, known: Meeting) -> set[str]:
    if not (isinstance(known.held, MeetingHeld) and isinstance(new, MeetingHeld)):
        return set()
    met, there = _theirs(new), _theirs(known.held)
    bodies = set(new.agencies)  # a tour of several bodies is not the talks with one of them
    return met & there if met and there else bodies if bodies == set(known.agencies) else set()


def _theirs(held: MeetingHeld) -> set[str]:
    return {one.person for one in held.participants if one.person and one.side == "theirs"}


def _at_one_time(one: Span | None, other: Span | None) -> bool:
    if one is None or other is None or one.start is None or other.start is None:
        return False
    return one.start <= (other.end or other.start) and other.start <= (one.end or one.start)
