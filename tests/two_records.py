"""Two records that differ only in what is withheld, drawn by Hypothesis: one holds secrets, one never held them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from briefing.events import (
    AgencyDescribed,
    CommitmentUpdated,
    DifferenceSettled,
    Event,
    EventCorrected,
    EventRetracted,
    MeetingHeld,
    ObjectiveScored,
    PersonDescribed,
    Recorded,
    SourceRegistered,
    TopicDescribed,
    VisitDescribed,
)
from briefing.payload import Change, Citation, Model, Participant
from tests.drawn import IDS, KINDS, payloads, values
from tests.given import (
    NOON,
    commitment,
    commitment_updated,
    difference_settled,
    expected,
    meeting_held,
    meeting_planned,
    met,
    objective,
    objective_scored,
    point,
    to_make,
    visit_described,
    written_at,
)

HIGH, OPEN = "CONFIDENTIAL", (None, None, "PUBLIC", "INTERNAL")
EVERY_ID = ("a", "b", "us-treasury", "m-2026-03")
NEWS = (CommitmentUpdated, ObjectiveScored, DifferenceSettled)
SECRET_ID = "secret-one"
REQUIRED: dict[type[Event], dict[str, Any]] = {
    SourceRegistered: {"original_name": "a.txt", "original_sha256": "0" * 64, "body_start": 0, "text": "Words."},
    AgencyDescribed: {"name": "An agency"}, PersonDescribed: {"name": "A person"}, TopicDescribed: {"name": "A topic"},
    VisitDescribed: {"title": "A visit"},
}  # fmt: skip
BOTH = (Citation(source="a", quote="Words", start=0, end=5), Citation(source="b", quote="Words", start=0, end=5))
TOLD = (
    visit_described("m", objectives=(objective("o1"), objective("o2")), year_from=BOTH),
    meeting_planned(
        "m", objectives=(objective("o1"), objective("o2")), points=(to_make("t1", topics=("a",)), to_make("t2")),
        expected=(expected("e1", citations=BOTH), expected("e2")), agencies=("a", "b"),
    ),
    meeting_held(
        "m", visit="m", agencies=("a", "b"), participants=(met("a", agency="a"),), citations=BOTH,
        points=(point("p1", topics=("a", "b"), citations=BOTH), point("p2")), not_agreed=(point("p3"),),
        commitments=(commitment("c1", owed_by="a"), commitment("c2", citations=BOTH)),
    ),
    commitment_updated("m/c1", status="done"), commitment_updated("m/c2", status="in hand"),
    objective_scored("m/o1", "met"), objective_scored("m/o2", "not"), difference_settled("m/p2", "a"),
)  # fmt: skip
"""What every history begins with: a meeting planned and held, and its news."""

Payload = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One event to come: what it says in the record with secrets, and in the one that never held them (None: nothing)."""

    kind: type[Event]
    whole: Payload
    open: Payload | None
    target: int | None = None
    replaces: tuple[int, ...] = ()


@dataclass
class Telling:
    """What has been told so far; `hidden` are the steps that the record without secrets lacks."""

    steps: list[Step] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)


def record(steps: Sequence[Step], chosen: Callable[[Step], Payload | None], *, writer: str) -> tuple[Recorded, ...]:
    """Return the steps as a record; what is not chosen was never there, and what replaced it replaces what it replaced."""
    written: dict[int, Recorded] = {}
    behind: dict[int, tuple[int, ...]] = {}
    for n, step in enumerate(steps):
        earlier = tuple(dict.fromkeys(e for r in step.replaces for e in ((r,) if r in written else behind[r])))
        behind[n] = earlier
        payload = chosen(step)
        if payload is None or (step.target is not None and step.target not in written):
            continue
        rest: Payload = {"replaces": tuple(sorted(written[e].digest for e in earlier))}
        if step.target is not None:
            rest["target"] = written[step.target].digest
        newest = list(written.values())[-1:]
        written[n] = written_at(step.kind, NOON + timedelta(seconds=n), writer=writer, parents=[one.digest for one in newest],
                                **{**payload, **rest})  # fmt: skip
    return tuple(written.values())


@st.composite
def two_records(draw: st.DrawFn) -> tuple[tuple[Recorded, ...], tuple[Recorded, ...]]:
    """Return a record with secrets in it, and the same as if they had never been."""
    telling = Telling()
    for kind, required in REQUIRED.items():
        for id_ in EVERY_ID:
            payload = {**required, "id": id_}
            telling.steps.append(Step(kind, payload, payload))
        _add_secret(draw, telling, kind, id_=SECRET_ID)
    for one in TOLD:
        whole = {name: _with_secrets(draw, name, value) for name, value in one.payload.items()}
        telling.steps.append(Step(one.kind, whole, dict(one.payload)))
    for _ in range(draw(st.integers(1, 7))):
        draw(st.sampled_from(MOVES))(draw, telling)
    full = record(telling.steps, lambda one: one.whole, writer="desk")
    return full, record(telling.steps, lambda one: one.open, writer="another desk")


# ── what may be told ──────────────────────────────────────────────────────────────────────────


@cache
def _open(kind: type[Event]) -> st.SearchStrategy[Payload]:
    return st.builds(_marked_low, payloads(kind), st.sampled_from(OPEN))


@cache
def _any(kind: type[Event]) -> st.SearchStrategy[Payload]:
    return payloads(kind)


def _marked_low(payload: Payload, mark: str | None) -> Payload:
    return {**{name: _lowered(value) for name, value in payload.items()}, "marking": mark}


def _lowered(value: Any) -> Any:
    """Return a value in which no part has a mark of its own that is above the ceiling, or that nobody knows."""
    if isinstance(value, tuple):
        return tuple(_lowered(one) for one in value)
    if isinstance(value, Model):
        fields = {name: _lowered(getattr(value, name)) for name in type(value).model_fields}
        if "marking" in fields:
            fields["marking"] = "PUBLIC" if fields["marking"] else None
        return value.model_copy(update=fields)
    return value


def _add_open(draw: st.DrawFn, telling: Telling) -> None:
    kind = draw(st.sampled_from(KINDS))
    payload = draw(_open(kind))
    telling.steps.append(Step(kind, payload, payload, replaces=_some_replaced(draw, telling, kind)))


def _add_with_secrets(draw: st.DrawFn, telling: Telling) -> None:
    """Tell of something open in which secrets stand: statements, participants, names, quotations."""
    kind = draw(st.sampled_from([MeetingHeld, MeetingHeld, *KINDS]))
    payload = draw(_open(kind))
    whole = {name: _with_secrets(draw, name, value) for name, value in payload.items()}
    telling.steps.append(Step(kind, whole, payload, replaces=_some_replaced(draw, telling, kind)))


def _add_secret(draw: st.DrawFn, telling: Telling, kind: type[Event] | None = None, id_: str = "") -> None:
    kind = kind or draw(st.sampled_from([one for one in KINDS if one not in NEWS]))
    payload = {**draw(_any(kind)), "marking": HIGH, "retention": "of the secret one", **({"id": id_} if id_ else {})}
    telling.hidden.add(len(telling.steps))
    telling.steps.append(Step(kind, payload, None, replaces=_some_replaced(draw, telling, kind)))


def _add_about(draw: st.DrawFn, telling: Telling) -> None:
    """Correct or withdraw, openly, something that is open: it is so in both."""
    target = draw(st.integers(0, len(telling.steps) - 1))
    if telling.steps[target].open is None and telling.steps[target].target is not None:
        return  # to withdraw the word that withholds a thing is to open it: it would be no secret
    if draw(st.booleans()):
        telling.steps.append(Step(EventRetracted, {"reason": "a slip"}, {"reason": "a slip"}, target))
        return
    path = draw(st.sampled_from(["title", "name", "visit", "agencies", "points/p1/say", "marking"]))
    new = draw(st.sampled_from(["PUBLIC", None]) if path == "marking" else st.none() | IDS | st.lists(IDS, max_size=2))
    payload = {"reason": "a slip", "changes": (Change(path=path, value=new),)}
    if path == "marking" and target in telling.hidden:
        return
    telling.steps.append(Step(EventCorrected, payload, payload, target))


def _hide_later(draw: st.DrawFn, telling: Telling) -> None:
    """Withhold a thing that was open: by a secret word about it, or by raising its mark."""
    things = [n for n, one in enumerate(telling.steps) if one.target is None and one.kind not in NEWS]
    target = draw(st.sampled_from(things))
    said = draw(
        st.sampled_from(
            [
                (EventCorrected, {"marking": HIGH, "reason": "secret", "changes": (Change(path="title", value="Secret"),)}),
                (EventCorrected, {"reason": "it is secret", "changes": (Change(path="marking", value=HIGH),)}),
                (EventRetracted, {"marking": HIGH, "reason": "secret"}),
            ]
        )
    )
    if any(one.target == target for one in telling.steps):
        return  # what corrects or withdraws the correction would be another story
    telling.steps[target] = replace(telling.steps[target], open=None)
    telling.hidden.add(target)
    telling.steps.append(Step(said[0], said[1], None, target))


MOVES: list[Callable[[st.DrawFn, Telling], None]] = [
    _add_open, _add_with_secrets, _add_with_secrets, _add_secret, _add_about, _hide_later,
]  # fmt: skip


def _some_replaced(draw: st.DrawFn, telling: Telling, kind: type[Event]) -> tuple[int, ...]:
    earlier = [n for n, one in enumerate(telling.steps) if one.kind is kind]
    return tuple(draw(st.lists(st.sampled_from(earlier), max_size=1))) if earlier else ()


# ── secrets inside what is open ───────────────────────────────────────────────────────────────


def _with_secrets(draw: st.DrawFn, name: str, value: Any) -> Any:
    """Return the value of a field with secrets put among what it holds."""
    if not isinstance(value, tuple):
        return value
    within = [_with_secrets_within(draw, one) if isinstance(one, Model) else one for one in value]
    if not draw(st.booleans()):
        return tuple(within)
    place = draw(st.integers(0, len(within)))
    return (*within[:place], *_secret(draw, name, value), *within[place:])


def _with_secrets_within(draw: st.DrawFn, part: Model) -> Model:
    fields = {name: _with_secrets(draw, name, getattr(part, name)) for name in type(part).model_fields}
    return part.model_copy(update=fields)


@cache
def _part(kind: type[Model]) -> st.SearchStrategy[Any]:
    return values(kind)


def _secret(draw: st.DrawFn, name: str, value: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return something secret that such a list may hold; a quotation only beside one that is open."""
    if name in ("agencies", "topics"):
        return (SECRET_ID,)
    if name in ("participants", "delegation"):
        return (Participant(person=SECRET_ID),)
    if name in ("citations", "year_from"):
        of_open = [one for one in value if one.source is None or one.source in EVERY_ID]
        return (Citation(source=SECRET_ID, quote="secret", start=0, end=6),) if of_open else ()
    if name in ("points", "commitments", "not_agreed", "objectives", "expected", "programme") and value:
        part = draw(_part(type(value[0])))
        own = {"id": f"{draw(st.sampled_from('xp'))}{draw(st.integers(7, 9))}"} if hasattr(part, "id") else {}
        return (part.model_copy(update={**own, "marking": HIGH}),)
    return ()
