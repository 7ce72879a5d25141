"""The parts of a draft that look ahead: objectives, points to make, what they will raise, the programme."""

from __future__ import annotations

from typing import Any, get_args

from briefing.items import Item, Said
from briefing.parts import known_item, say
from briefing.payload import Expected, Likelihood, Objective, PointToMake, ProgrammeItem
from briefing.resolve import Desk

SCORES = frozenset(["met", "partly", "not"])
LIKELIHOODS = frozenset(get_args(Likelihood))


def objectives(item: Item) -> tuple[Objective, ...]:
    """Return the objectives of a visit or a meeting, numbered as they stand."""
    return tuple(Objective(id=f"o{n}", say=one.text) for n, one in enumerate(item.texts("objectives"), 1))


def objective(desk: Desk, said: Said) -> str | None:
    """Return the reference of an objective on record, "MEETING/o1"; a problem is noted where there is none."""
    bearers = {
        **{id_: visit.objectives for id_, visit in desk.state.visits.items()},
        **{id_: one.plan.objectives for id_, one in desk.state.planned.items()},
    }
    return known_item(desk, said, bearers, "objective")


def points_to_make(desk: Desk, item: Item) -> tuple[PointToMake, ...]:
    """Return what we mean to say, the most important first."""
    return tuple(
        PointToMake(id=f"t{n}", say=words, to=_addressee(desk, one.said("to")), topics=desk.topics(one),
                    marking=one.text("marking"), citations=desk.citations(one) if one.cited else ())
        for n, one in enumerate(item.items("points"), 1)
        if (words := say(desk, one)) is not None
    )  # fmt: skip


def _addressee(desk: Desk, said: Said | None) -> str | None:
    """Return the id of whom a point is for, or the words as typed."""
    if said is None:
        return None
    return desk.state.find("person", said.text) or desk.state.find("agency", said.text) or said.text


def expected(desk: Desk, item: Item) -> tuple[Expected, ...]:
    """Return what they will raise, may raise or are unlikely to, each with the line to take."""
    found: list[Expected] = []
    for n, one in enumerate(item.items("expected"), 1):
        if "likely" not in one.values:
            desk.problems.note(one.place, "how likely is it?", "add `likely: certain`, `may` or `unlikely`")
        likelihood: Any = desk.choice(one.said("likely"), LIKELIHOODS, "likelihood") or "may"
        if (words := say(desk, one)) is not None:
            found.append(Expected(id=f"e{n}", say=words, likelihood=likelihood, line=one.text("line"),
                                  topics=desk.topics(one), marking=one.text("marking"),
                                  citations=desk.citations(one) if one.cited else ()))  # fmt: skip
    return tuple(found)


def programme(desk: Desk, item: Item) -> tuple[ProgrammeItem, ...]:
    """Return the lines of a programme, in order."""
    return tuple(
        ProgrammeItem(at=one.text("at") or "time not given", what=words, marking=one.text("marking"))
        for one in item.items("programme")
        if (words := say(desk, one)) is not None
    )
