"""Names: the nearest on record, ids made from them, and topics recognised in a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from briefing.spelling import ALIKE, SMALL, fold_name
from briefing.state import BriefingState, RegisterKind


def nearest_names(state: BriefingState, kind: RegisterKind, name: str, *, but: str = "") -> tuple[str, ...]:
    """Return up to three names on record that are most like one, from a likeness of 60 in 100.

    `but` is an id that is left out: what bears the name itself. All names are compared, so a name costs
    what the register costs.
    """
    from rapidfuzz import process

    known = state.names.get(kind, {})
    found = process.extract(fold_name(name), known.keys(), limit=6, score_cutoff=60)
    return tuple(id_ for id_ in dict.fromkeys(known[match] for match, _, _ in found) if id_ != but)[:3]


def alike_names(
    state: BriefingState, kind: RegisterKind, names: Mapping[str, str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield those of some names, by their ids, that are nearly the same as others on record, with up to three of these.

    Words may stand in any order. Of two of the names that are alike, the first is yielded.
    """
    from rapidfuzz import fuzz, process

    known = state.names.get(kind, {})
    in_order = {name: _in_order(name) for name in known}
    told: set[tuple[str, str]] = set()
    for id_, name in names.items():
        found = process.extract(_in_order(fold_name(name)), in_order, scorer=fuzz.ratio, limit=6, score_cutoff=ALIKE)
        ids = dict.fromkeys(known[other] for _, _, other in found)
        near = [one for one in ids if one != id_ and (one, id_) not in told][:3]
        told.update((id_, one) for one in near)
        if near:
            yield id_, tuple(near)


def _in_order(name: str) -> str:
    return " ".join(sorted(name.split()))


def likest(state: BriefingState, kind: RegisterKind, name: str) -> tuple[str, int] | None:
    """Return the id of the name on record that is most like one, and how like in 100; None below 80."""
    from rapidfuzz import process

    known = state.names.get(kind, {})
    found = process.extractOne(fold_name(name), known.keys(), score_cutoff=ALIKE)
    return (known[found[0]], int(found[1])) if found else None


def likest_names(
    state: BriefingState, kind: RegisterKind, words: str, *, most: int = 9
) -> tuple[tuple[str, str], ...]:
    """Return the entries of one part of the register whose names are most like some words: id and name."""
    from rapidfuzz import fuzz, process

    entries: Mapping[str, Any] = {
        "person": state.people, "agency": state.agencies, "topic": state.topics, "visit": state.visits,
        "meeting": {id_: one.held for id_, one in state.meetings.items()} if kind == "meeting" else {},
    }[kind]  # fmt: skip
    known = state.names.get(kind, {})
    found = process.extract(fold_name(words), known.keys(), scorer=fuzz.WRatio, limit=most * 3, score_cutoff=50)
    ids = dict.fromkeys(known[match] for match, _, _ in found)
    return tuple((id_, vars(entries[id_]).get("name") or entries[id_].title) for id_ in ids if id_ in entries)[:most]


def with_words(state: BriefingState, kind: RegisterKind, words: str) -> tuple[str, ...]:
    """Return the ids of what has these words, side by side, in one of its names, in the order of the register.

    Words that no name is told by ("the", "of") find nothing, nor does a part of a word.
    """
    wanted = fold_name(words)
    if not set(wanted.split()) - SMALL:
        return ()
    names = state.names.get(kind, {})
    return tuple(dict.fromkeys(id_ for name, id_ in names.items() if f" {wanted} " in f" {name} "))


def slug(text: str) -> str:
    """Return text as an id: small ASCII letters, digits and hyphens; from its digest where nothing is left."""
    ascii_ = (
        unicodedata.normalize("NFKD", text.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode().lower()
    )
    return re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")[:60].strip("-") or "x-" + sha256(text.encode()).hexdigest()[:8]


def person_slug(name: str) -> str:
    """Return a person's id, family name first: kessler-jeffrey."""
    *first, last = name.split()
    return slug(" ".join((last, *first)))


def recognised_topics(state: BriefingState, sentence: str) -> tuple[str, ...]:
    """Return the topics whose name, full name or alias stands in a sentence; the longest name wins a place."""
    themes = {topic.theme for topic in state.topics.values()}
    names = [
        (name, topic.id)
        for topic in state.topics.values()
        if topic.id not in themes
        for name in (topic.name, topic.expansion or topic.name, *topic.aliases)
    ]
    found: list[tuple[int, str]] = []
    rest = sentence.replace("–", "-").replace("’", "'")
    for name, id_ in sorted(names, key=lambda pair: -len(pair[0])):
        exact = name.isupper() or len(name) <= 5
        pattern = rf"(?<!\w){re.escape(name.replace('–', '-').replace('’', chr(39)))}(?!\w)"
        for match in re.finditer(pattern, rest, 0 if exact else re.IGNORECASE):
            found.append((match.start(), id_))
            rest = rest[: match.start()] + "\0" * len(match[0]) + rest[match.end() :]
    return tuple(dict.fromkeys(id_ for _, id_ in sorted(found)))
