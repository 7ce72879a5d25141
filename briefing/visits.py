"""Drafts of visits become events, or say what was not known of a visit that is on record. Pure."""

from __future__ import annotations

from typing import Any

from briefing.additions import KEY as ADDS_TO
from briefing.dates import Span
from briefing.events import VisitDescribed
from briefing.items import Item
from briefing.names import slug
from briefing.parts import dated, furniture, known, people
from briefing.payload import Participant
from briefing.plans import objectives
from briefing.resolve import Desk

_LEADS = (("principal", "ours"), ("visitor", "theirs"))
"""Who leads a visit: of ours abroad, or of theirs to us."""


def _leader(desk: Desk, item: Item, when: Span | None) -> Participant | None:
    """Return who leads a visit; a problem is noted where a draft names one of each side."""
    led = [(said, side) for key, side in _LEADS if (said := item.said(key)) is not None]
    if len(led) > 1:
        what = "a visit is led by one: “principal” of ours, or “visitor” of theirs"
        desk.problems.note(led[1][0].place, what, "name the other with a meeting")
    return desk.person(led[0][0], None, side=led[0][1], at=when) if led else None


def decide_visit(desk: Desk, item: Item, origin: str) -> None:
    """Put a visit on record: its dates, principal, delegation and objectives; or what is not known yet of one."""
    said = item.said("visit")
    when = desk.span(item, "when")
    more = item.said(ADDS_TO)
    if more is not None and known(desk, "visit", more) is None:
        return
    there = desk.state.visits[known(desk, "visit", more) or ""] if more else None
    id_ = there.id if there else item.text("id") or desk.new_id(dated(slug(said.text if said else ""), when))
    if there is None and id_ in desk.state.visits:
        desk.problems.note(
            item.where("visit"),
            f"the visit {id_} is on record with other content",
            f"to change it, use `briefing correct`; `{ADDS_TO}: {id_}` adds what is not known of it",
        )
        return
    year_from = item.values.get("year from")
    leader = _leader(desk, item, when)
    follows = item.said("follows")
    told: dict[str, Any] = {
        "title": said.text if said else "",
        "when": when,
        "where": item.text("where"),
        "country": item.text("country"),
        "follows": known(desk, "visit", follows) if follows else None,
        "principal": leader.person if leader else None,
    }
    with_them = {one.person for one in there.delegation} if there else set()
    desk.write(
        VisitDescribed,
        origin=origin,
        id=id_,
        **({key: value for key, value in told.items() if getattr(there, key) is None} | {"title": there.title}
           if there else told),
        year_from=tuple(c for one in year_from.cited if (c := desk.cite(one, "visit")))
        if isinstance(year_from, Item)
        else (),
        delegation=tuple(one for one in people(desk, item, "delegation", "ours", None, when)
                         if one.person not in with_them),
        objectives=objectives(item),
        not_known=tuple(one.text for one in item.texts("not known")),
        citations=desk.citations(item),
        replaces=(desk.state.digests[id_],) if there else (),
        **furniture(item),
    )  # fmt: skip
