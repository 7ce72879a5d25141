"""The parts of a draft as events hold them: people, points, commitments, ids, envelope fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from briefing.dates import Span
from briefing.items import Item, Said
from briefing.names import nearest_names, slug
from briefing.payload import Commitment, Participant, Point, Status
from briefing.resolve import KINDS, STRENGTHS, Desk
from briefing.state import RegisterKind


def furniture(item: Item) -> dict[str, Any]:
    """Return the envelope fields a draft may set."""
    return {
        "marking": item.text("marking"),
        "recorded_for": item.text("recorded for"),
        "file_ref": item.text("file"),
        "retention": item.text("retention"),
    }


def visit_of(desk: Desk, item: Item) -> str | None:
    """Return the id of the visit that a draft names; None where it names none, or one that is not on record."""
    said = item.said("visit")
    return known(desk, "visit", said) if said else None


def known(desk: Desk, kind: RegisterKind, said: Said) -> str | None:
    """Return the id of something that must be on record already."""
    if (id_ := desk.state.find(kind, said.text)) is None:
        nearest = nearest_names(desk.state, kind, said.text)
        hint = f"nearest on record: {', '.join(nearest)}" if nearest else f"append the {kind} first"
        desk.problems.note(said.place, f"no {kind} “{said.text}” is on record", hint)
    return id_


def about(desk: Desk, said: Said) -> str:
    """Return the id of anything on record that bears a name."""
    kinds: tuple[RegisterKind, ...] = ("visit", "meeting", "planned", "agency", "topic", "person", "source")
    for kind in kinds:
        if (id_ := desk.state.find(kind, said.text)) is not None:
            return id_
    desk.problems.note(
        said.place, f"nothing on record is called “{said.text}”", "`briefing list` shows what is on record"
    )
    return "unknown"


def people(desk: Desk, item: Item, key: str, side: str, agency: str | None, at: Span | None) -> tuple[Participant, ...]:
    """Return the people under a key, each registered where the record does not know them."""
    found: list[Participant] = []
    for one in item.each(key) if key in item.values else ():
        if isinstance(one, Said):
            found.append(desk.person(one, agency, side=side, at=at))
        elif (name := one.said("name")) is None:
            desk.problems.note(one.place, f"someone under “{key}” has no name", "add `name:`")
        else:
            own = desk.agency(said) if (said := one.said("agency")) else agency
            desk.citations(one)  # words beside a letter must stand in its text, here as anywhere
            found.append(
                desk.person(
                    name, own, side=one.text("side") or side, at=at, title=one.text("title"), role=one.text("role")
                )
            )
    return tuple(found)


def sides(desk: Desk, item: Item, at: Span | None) -> tuple[tuple[str, ...], tuple[Participant, ...]]:
    """Return the agencies of a meeting and the people of both sides; without agencies, those that its people are of."""
    agencies = tuple(dict.fromkeys(desk.agency(said, side="theirs") for said in item.texts("agency")))
    agency = agencies[0] if len(agencies) == 1 else None
    met = (*people(desk, item, "ours", "ours", None, at), *people(desk, item, "with", "theirs", agency, at))
    theirs = (one.agency for one in met if one.side == "theirs" and one.agency)
    return agencies or tuple(dict.fromkeys(theirs)), met


def meeting_id(desk: Desk, item: Item, at: Span | None) -> str | None:
    """Return the id a meeting is to bear, that of its plan where it has one; a problem is noted where it is taken."""
    title = item.said(item.kind)
    plan = known(desk, "planned", said) if (said := item.said("plan")) else None
    id_ = item.text("id") or plan or dated(slug(title.text if title else ""), at)
    if id_ in desk.state.meetings:
        desk.problems.note(
            item.where(item.kind),
            f"{id_} is on record with other content",
            "to change it, use `briefing correct`; another meeting needs an `id:` of its own",
        )
        return None
    return id_


def dated(base: str, at: Span | None) -> str:
    """Return an id with its date: the day where it is known, else the month."""
    if at is None or at.start is None:
        return base
    return f"{base}-{at.start:%Y-%m-%d}" if at.precision == "day" else f"{base}-{at.start:%Y-%m}"


def points(desk: Desk, item: Item, key: str, prefix: str) -> tuple[Point, ...]:
    """Return the points under a key, numbered as they stand."""
    found: list[Point] = []
    for n, one in enumerate(item.items(key), 1):
        if (words := say(desk, one)) is None:
            continue
        found.append(
            Point(
                id=f"{prefix}{n}",
                say=words,
                by=desk.speaker(one.said("by")),
                short=one.text("short"),
                topics=desk.topics(one),
                kind=desk.choice(one.said("kind"), KINDS, "kind of statement"),
                marking=one.text("marking"),
                about=tuple(about(desk, said) for said in one.texts("about")),
                citations=desk.citations(one),
            )
        )
    return tuple(found)


def commitments(desk: Desk, item: Item) -> tuple[Commitment, ...]:
    """Return the commitments, numbered as they stand; a strength of the draft's own holds where no text gives one."""
    found: list[Commitment] = []
    for n, one in enumerate(item.items("commitments"), 1):
        if (words := say(desk, one)) is None:
            continue
        citations = desk.citations(one)
        if (strength := desk.choice(one.said("strength"), STRENGTHS, "strength of a commitment")) is not None:
            citations = tuple(c if c.strength else c.model_copy(update={"strength": strength}) for c in citations)
        status: Any = desk.choice(one.said("status"), _STATUSES, "status of a commitment") or "open"
        found.append(
            Commitment(
                id=f"c{n}",
                say=words,
                owed_by=desk.speaker(one.said("by")),
                owed_to=desk.speaker(one.said("to")),
                due=desk.due(one),
                status=status,
                topics=desk.topics(one),
                marking=one.text("marking"),
                citations=citations,
            )
        )
    return tuple(found)


_STATUSES = frozenset(get_args(Status))


_CALLED = {
    "point": "a point", "commitment": "a commitment", "to make": "a point to make",
    "expected": "an expected point", "programme": "a line of the programme",
}  # fmt: skip


def say(desk: Desk, one: Item) -> str | None:
    """Return the sentence of a point, a commitment or the like; a problem is noted where there is none."""
    if (words := one.text("say")) is None:
        what = f"{_CALLED.get(one.kind, one.kind)} without a sentence"
        desk.problems.note(one.place, what, "begin it with `- say: …`")
    return words


def known_item(desk: Desk, said: Said, bearers: Mapping[str, Sequence[Any]], what: str) -> str | None:
    """Return the reference of an item on record, "BEARER/o1"; a problem is noted where there is none."""
    bearer, _, item = said.text.partition("/")
    if any(one.id == item for one in bearers.get(bearer, ())):
        return said.text
    there = [f"{id_}/{one.id}" for id_, items in bearers.items() for one in items]
    hint = f"on record: {', '.join(there[:6])}{', …' if len(there) > 6 else ''}" if there else f"no {what} is on record"
    desk.problems.note(said.place, f"no {what} “{said.text}” is on record", hint)
    return None
