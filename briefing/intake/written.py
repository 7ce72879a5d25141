"""An event written as the draft an officer might have typed: what `correct --edit` opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

from briefing.dates import Span
from briefing.events import (
    AgencyDescribed,
    AssessmentRecorded,
    Event,
    FactStated,
    LineAgreed,
    MeetingHeld,
    MeetingPlanned,
    PersonDescribed,
    TopicDescribed,
    VisitDescribed,
    VisitReported,
)
from briefing.payload import (
    Citation,
    Commitment,
    Expected,
    Objective,
    Paper,
    Participant,
    Point,
    PointToMake,
    ProgrammeItem,
)
from briefing.state import BriefingState

FIRST: Mapping[type[Event], str] = {
    MeetingPlanned: "planned",
    MeetingHeld: "meeting",
    VisitReported: "report",
    VisitDescribed: "visit",
    FactStated: "fact",
    AssessmentRecorded: "assessment",
    LineAgreed: "line",
    AgencyDescribed: "agency",
    TopicDescribed: "topic",
    PersonDescribed: "person",
}
"""The types that have a draft, and the key that a draft of each begins with."""

_KEYS = {
    "title": "",
    "name": "",
    "say": "",
    "about": "",
    "expansion": "full name",
    "aliases": "also",
    "agencies": "agency",
    "topics": "topic",
    "review_by": "review by",
    "note_taker": "note taker",
    "not_known": "not known",
    "not_agreed": "not agreed",
    "public_line": "public line",
    "next_contact": "next contact",
    "bottom_line": "bottom line",
    "state_of_play": "state of play",
    "next_steps": "next steps",
    "decision_asked": "decision asked",
    "as_at": "as at",
    "say_name": "say name",
    "year_from": "year from",
    "recorded_for": "recorded for",
    "file_ref": "file",
    "at_time": "at",
    "line": "say",
    "press_line": "to the press",
    "start": "from",
    "approved_by": "approved by",
}
"""Fields whose key in a draft has another name; empty: it is the first key."""


def as_draft(event: Event, state: BriefingState) -> str:
    """Return an event as a draft in YAML; what the draft cannot say (posts of a person) is left to `--set`."""
    from ruamel.yaml import YAML

    letters = _letters(event)
    draft: dict[str, Any] = {FIRST[type(event)]: _first(event), "id": getattr(event, "id", None)}
    if letters:
        draft["sources"] = {letter: source for source, letter in letters.items()}
    for name in type(event).model_fields:
        if name in _KEYS and not _KEYS[name]:
            continue
        value = _value(name, getattr(event, name), letters, state)
        if value not in (None, (), [], {}) and _shown(name, event):
            draft.update(value if name == "citations" else {_KEYS.get(name, name): value})
    if isinstance(event, MeetingHeld | MeetingPlanned):
        for key, side in (("ours", {"ours"}), ("with", {"theirs", None, "both"})):
            draft[key] = [_participant(one, state) for one in event.participants if one.side in side] or None
    if isinstance(event, MeetingHeld | VisitReported) and not event.content_known:
        draft["content"] = "not known"
    if records := sorted({c.record for c in _citations(event) if c.record}):
        draft["notes"] = records[0]
    out = StringIO()
    yaml = YAML()
    yaml.default_flow_style, yaml.width, yaml.allow_unicode = False, 1000, True
    yaml.dump({key: value for key, value in draft.items() if value is not None}, out)
    return out.getvalue()


def _first(event: Event) -> str:
    return str(next(getattr(event, name) for name in ("title", "name", "say", "about") if hasattr(event, name)))


_NOT_TYPED = frozenset(Event.model_fields) - {"marking", "recorded_for", "file_ref", "retention"}


def _shown(name: str, event: Event) -> bool:
    """Tell whether a field is one that a draft says; the setting only where it is not the usual one."""
    if name == "setting":
        return bool(getattr(event, name) != "government")
    return name not in _NOT_TYPED | {"id", "content_known", "posts", "participants"}


def _letters(event: Event) -> dict[str, str]:
    sources = dict.fromkeys(c.source for c in _citations(event) if c.source)
    return {source: chr(ord("A") + n) for n, source in enumerate(sources)}


def _citations(part: Any) -> Iterable[Citation]:
    for name in type(part).model_fields:
        value = getattr(part, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Citation):
                yield one
            elif hasattr(type(one), "model_fields"):
                yield from _citations(one)


def _value(name: str, value: Any, letters: Mapping[str, str], state: BriefingState) -> Any:
    """Return a field's value as plain YAML."""
    if isinstance(value, Span):
        return _date(value)
    if name in ("year_from", "citations"):
        return _cited(value, letters)
    if name in ("principal", "host"):
        return _name(value, state)
    if isinstance(value, tuple):
        return [_entry(one, letters, state) for one in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _entry(one: Any, letters: Mapping[str, str], state: BriefingState) -> Any:
    if isinstance(one, Point | Commitment):
        return _statement(one, letters, state)
    if isinstance(one, PointToMake | Expected | ProgrammeItem):
        return _looking_ahead(one, letters, state)
    if isinstance(one, Participant):
        return _participant(one, state)
    if isinstance(one, Objective):
        return one.say
    return one.title if isinstance(one, Paper) else one


def _name(id_: str | None, state: BriefingState) -> str | None:
    """Return the name of a person; ours, theirs, both and agencies stand as they are."""
    return state.people[id_].name if id_ and id_ in state.people else id_


def _statement(one: Point | Commitment, letters: Mapping[str, str], state: BriefingState) -> dict[str, Any]:
    said: dict[str, Any]
    if isinstance(one, Commitment):
        said = {"by": _name(one.owed_by, state), "to": _name(one.owed_to, state), "due": _date(one.due),
                "status": None if one.status == "open" else one.status}  # fmt: skip
    else:
        said = {"by": _name(one.by, state), "kind": one.kind, "short": one.short, "about": list(one.about) or None}
    draft = {"say": one.say, **said, "topic": list(one.topics) or None, "marking": one.marking}
    return {key: value for key, value in draft.items() if value is not None} | _cited(one.citations, letters)


def _looking_ahead(
    one: PointToMake | Expected | ProgrammeItem, letters: Mapping[str, str], state: BriefingState
) -> dict[str, Any]:
    if isinstance(one, ProgrammeItem):
        said: dict[str, Any] = {"at": one.at, "say": one.what, "marking": one.marking}
        return {key: value for key, value in said.items() if value is not None}
    own = {"to": _name(one.to, state)} if isinstance(one, PointToMake) else {"likely": one.likelihood, "line": one.line}
    said = {"say": one.say, **own, "topic": list(one.topics) or None, "marking": one.marking}
    return {key: value for key, value in said.items() if value is not None} | _cited(one.citations, letters)


def _participant(one: Participant, state: BriefingState) -> Any:
    if one.person is None:
        return one.unnamed if (one.unnamed or "").startswith("“") else f"“{one.unnamed}”"
    name = state.people[one.person].name if one.person in state.people else one.person
    given = {"name": name, "title": one.title, "role": one.role, "agency": one.agency}
    return {key: value for key, value in given.items() if value is not None}


def _cited(citations: Iterable[Citation], letters: Mapping[str, str]) -> dict[str, Any]:
    """Return citations under their letters, with what each text says of its own."""
    found: dict[str, Any] = {}
    for one in citations:
        if one.source is None or one.quote is None:
            continue
        quote = one.quote
        for words in one.words:
            quote = quote.replace(words, f"*{words}*", 1)
        own = {"strength": one.strength, "kind": one.kind, "by": one.by, "title": one.title, "when": _date(one.when)}
        options = {key: value for key, value in own.items() if value is not None}
        entry: Any = {"quote": quote, **options} if options else quote
        found.setdefault(letters[one.source], []).append(entry)
    return {letter: entries[0] if len(entries) == 1 else entries for letter, entries in found.items()}


def _date(span: Span | None) -> str | None:
    return span.words if span else None
