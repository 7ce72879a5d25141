"""A request + the state → new events, or a rule error. Pure: texts, time and chance come in as arguments.

`decide` takes drafts whole: when any part of any of them is wrong, nothing is decided and every
problem is reported at once. Texts and register entries are written first, so that a run that was
cut off half-way is completed by the same run again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import ValidationError

from briefing.dates import Span
from briefing.errors import InvalidDraft, Problem
from briefing.events import (
    AgencyDescribed,
    AssessmentRecorded,
    Citation,
    Commitment,
    FactStated,
    MeetingHeld,
    Objective,
    Paper,
    Participant,
    PersonDescribed,
    Point,
    Post,
    Recorded,
    Status,
    TopicDescribed,
    VisitDescribed,
    VisitReported,
)
from briefing.items import Item, LoadedText, Said
from briefing.passages import find_quote
from briefing.pen import Pen
from briefing.resolve import KINDS, STRENGTHS, Desk, Fresh, nearest_names, person_slug, slug
from briefing.state import RegisterKind


@dataclass(frozen=True, slots=True)
class Plan:
    """What a set of drafts comes to: events in writing order, items already on record, and names that are new."""

    events: tuple[Recorded, ...]
    skipped: tuple[Item, ...]
    fresh: tuple[Fresh, ...]


def decide(
    items: Sequence[Item], log: tuple[Recorded, ...], pen: Pen, texts: Mapping[str, LoadedText] | None = None
) -> Plan:
    """Return the events that drafts come to; raise `InvalidDraft` with every problem of all of them."""
    desk = Desk(log, pen, texts or {})
    skipped: list[Item] = []
    for item in sorted(items, key=lambda one: _FIRST.get(one.kind, len(_FIRST))):
        if f"draft:{item.digest}" in desk.state.origins:
            skipped.append(item)
            continue
        desk.open(item)
        try:
            DECIDE[item.kind](desk, item, f"draft:{item.digest}")
        except ValidationError as fault:
            for error in fault.errors():
                where = "/".join(str(part) for part in error["loc"])
                desk.problems.note(item.place, f"{where}: {error['msg'].removeprefix('Value error, ')}")
    if desk.problems:
        raise InvalidDraft(list(dict.fromkeys(desk.problems)))
    return Plan(events=tuple(pen.written), skipped=tuple(skipped), fresh=tuple(desk.fresh))


_FIRST = {kind: n for n, kind in enumerate(("source", "agency", "topic", "person", "visit", "fact"))}


def decide_source(desk: Desk, item: Item, origin: str) -> None:
    """Put a text on record with what is known of it."""
    said = item.said("source")
    loaded = desk.texts.get(said.text) if said else None
    if said is None or loaded is None:
        desk.problems.note(
            item.where("source"),
            f"there is no file “{said.text if said else ''}”",
            "give a path from the draft's folder",
        )
        return
    start: int | None = None
    if (body := item.said("body")) is not None:
        found = find_quote(loaded.text, body.text)
        if found is None:
            desk.problems.note(
                body.place, f"the body cannot begin with “{body.text}”: the text does not hold these words"
            )
            return
        start = found[0]
    if any(s.original_sha256 == loaded.sha256 for s in desk.state.sources.values()):
        desk.problems.note(
            said.place, "this text is on record already", "to change what is said of it, correct that event"
        )
        return
    given = {key: item.text(key) for key in ("id", "title", "publisher", "dateline", "rights", "language", "marking")}
    desk.register_source(loaded, published=desk.span(item, "published"), body_start=start, **given)


def decide_agency(desk: Desk, item: Item, origin: str) -> None:
    """Put a body on the register, or add to what is known of it."""
    _register(
        desk,
        item,
        origin,
        "agency",
        AgencyDescribed,
        expansion=item.text("full name"),
        short=item.text("short"),
        country=item.text("country"),
        side=item.text("side"),
        rank=desk.rank(item),
    )


def decide_topic(desk: Desk, item: Item, origin: str) -> None:
    """Put a topic on the register, or add to what is known of it."""
    theme = item.said("theme")
    _register(
        desk,
        item,
        origin,
        "topic",
        TopicDescribed,
        expansion=item.text("full name"),
        rank=desk.rank(item),
        theme=desk.topic(theme) if theme else None,
    )


def decide_person(desk: Desk, item: Item, origin: str) -> None:
    """Put a person on the register with each title that each text gives."""
    agency = desk.agency(said) if (said := item.said("agency")) else None
    visit = desk.state.visits.get(_visit(desk, item) or "")
    at = desk.span(item, "at") or (visit.when if visit else None)
    name = item.text("person") or ""
    posts = [
        post
        for cited in item.cited
        if (post := _titled(desk, item, cited.letter, cited.quote, name, agency, at)) is not None
    ]
    if (title := item.text("title")) is not None:
        posts.append(
            Post(
                title=title,
                agency=agency,
                start=desk.span(item, "since"),
                until=desk.span(item, "until"),
                at=at,
                rank=desk.rank(item),
                citations=desk.title_citations(title, name),
            )
        )
    elif not posts and agency:
        desk.problems.note(
            item.where("agency"), "an agency without a title", "add `title:`, or the title beside a letter"
        )
    _register(
        desk,
        Item(item.kind, item.place, item.values),
        origin,
        "person",
        PersonDescribed,
        side=item.text("side"),
        posts=tuple(posts),
        say_name=item.text("say name"),
        biography=item.text("biography"),
    )


def _titled(
    desk: Desk, item: Item, letter: str, title: Said, name: str, agency: str | None, at: Span | None
) -> Post | None:
    """Return a post whose title stands before the name, or near it, in the letter's text."""
    source = desk.letters.get(letter)
    if source is None:
        desk.problems.note(title.place, f"the letter {letter} has no text", "name it under `sources:`")
        return None
    text = desk.state.sources[source].text
    last = name.rsplit(maxsplit=1)[-1]
    for wanted in (f"{title.text} {name}", f"{title.text} {last}", title.text):
        if (extent := find_quote(text, wanted)) is not None:
            quote = text[extent[0] : extent[1]]
            cited = Citation(source=source, quote=quote, start=extent[0], end=extent[1], title=title.text)
            return Post(title=title.text, agency=agency, at=at, rank=desk.rank(item), citations=(cited,))
    desk.problems.note(title.place, f"the title “{title.text}” is not in text {letter}")
    return None


def _register(desk: Desk, item: Item, origin: str, kind: RegisterKind, event: type[Any], **payload: Any) -> None:
    """Write a register entry; one that is known already is updated by an event that replaces the one before."""
    said = item.said(kind)
    if said is None:
        return
    known = desk.state.find(kind, item.text("id") or said.text)
    id_ = known or item.text("id") or desk.new_id(kind, person_slug(said.text) if kind == "person" else slug(said.text))
    replaces = (desk.state.digests[known],) if known else ()
    aliases = tuple(one.text for one in item.texts("also"))
    payload.setdefault("citations", desk.citations(item) if item.cited else ())
    desk.write(
        event, origin=origin, id=id_, name=said.text, aliases=aliases, replaces=replaces, **payload, **_furniture(item)
    )


def _furniture(item: Item) -> dict[str, Any]:
    """Return the envelope fields a draft may set."""
    return {
        "marking": item.text("marking"),
        "recorded_for": item.text("recorded for"),
        "file_ref": item.text("file"),
        "retention": item.text("retention"),
    }


def decide_visit(desk: Desk, item: Item, origin: str) -> None:
    """Put a visit on record: its dates, principal, delegation and objectives."""
    said = item.said("visit")
    when = desk.span(item, "when")
    id_ = item.text("id") or desk.new_id("visit", _dated(slug(said.text if said else ""), when))
    if id_ in desk.state.visits:
        desk.problems.note(
            item.where("visit"),
            f"the visit {id_} is on record with other content",
            "to change it, use `briefing correct`",
        )
        return
    year_from = item.values.get("year from")
    principal = item.said("principal")
    follows = item.said("follows")
    desk.write(
        VisitDescribed, origin=origin, id=id_, title=said.text if said else "", when=when, where=item.text("where"),
        year_from=tuple(c for one in year_from.cited if (c := desk.cite(one, "visit"))) if isinstance(year_from, Item) else (),
        country=item.text("country"), follows=_known(desk, "visit", follows) if follows else None,
        principal=desk.person(principal, None, side="ours", at=when).person if principal else None,
        delegation=_people(desk, item, "delegation", "ours", None, when),
        objectives=tuple(Objective(id=f"o{n}", say=one.text) for n, one in enumerate(item.texts("objectives"), 1)),
        not_known=tuple(one.text for one in item.texts("not known")), citations=desk.citations(item), **_furniture(item),
    )  # fmt: skip


def decide_meeting(desk: Desk, item: Item, origin: str) -> None:
    """Put a meeting on record: who, when and what are required, the rest may be a gap."""
    visit = _visit(desk, item)
    own = desk.span(item, "when")
    at = own or (desk.state.visits[visit].when if visit else None)
    _require(desk, item, visit)
    agencies = tuple(dict.fromkeys(desk.agency(said, side="theirs") for said in item.texts("agency")))
    agency = agencies[0] if len(agencies) == 1 else None
    participants = (*_people(desk, item, "ours", "ours", None, at), *_people(desk, item, "with", "theirs", agency, at))
    if not agencies:
        agencies = tuple(dict.fromkeys(p.agency for p in participants if p.side == "theirs" and p.agency))
    if (id_ := _meeting_id(desk, item, at)) is None:
        return
    desk.write(
        MeetingHeld, origin=origin, id=id_, title=item.text("meeting"), visit=visit, when=own, where=item.text("where"),
        form=item.text("form"), mode=item.text("mode"), setting=item.text("setting") or "government",
        host=desk.speaker(item.said("host")), language=item.text("language"), note_taker=item.text("note taker"),
        attendance=item.text("attendance"), agencies=agencies, participants=participants,
        content_known=item.text("content") is None,
        points=_points(desk, item, "points", "p"), commitments=_commitments(desk, item),
        not_agreed=_points(desk, item, "not agreed", "n"), public_line=item.text("public line"),
        papers=tuple(Paper(title=one.text) for one in item.texts("papers")),
        next_contact=desk.span(item, "next contact"), not_known=tuple(one.text for one in item.texts("not known")), citations=desk.citations(item), **_furniture(item),
    )  # fmt: skip


def decide_report(desk: Desk, item: Item, origin: str) -> None:
    """Put on record what a text says of a visit as a whole."""
    visit = _visit(desk, item)
    if visit is None or (id_ := _meeting_id(desk, item, desk.state.visits[visit].when)) is None:
        if "visit" not in item.values:
            desk.problems.note(item.place, "a report says which visit it is of", "add `visit:`")
        return
    desk.write(
        VisitReported, origin=origin, id=id_, title=item.text("report"), visit=visit,
        agencies=tuple(desk.agency(said) for said in item.texts("agency")), points=_points(desk, item, "points", "p"),
        commitments=_commitments(desk, item), not_known=tuple(one.text for one in item.texts("not known")),
        citations=desk.citations(item) if item.cited else (), **_furniture(item),
    )  # fmt: skip


def decide_fact(desk: Desk, item: Item, origin: str) -> None:
    """Put a dated background fact on record."""
    say = item.text("fact") or ""
    desk.write(
        FactStated, origin=origin, id=item.text("id") or desk.new_id("meeting", slug(say)), say=say,
        when=desk.span(item, "when"), topics=desk.topics(item),
        about=tuple(_about(desk, said) for said in item.texts("about")), visit=_visit(desk, item),
        review_by=desk.span(item, "review by"), citations=desk.citations(item), **_furniture(item),
    )  # fmt: skip


def decide_assessment(desk: Desk, item: Item, origin: str) -> None:
    """Put an officer's own words on record."""
    about = item.said("assessment")
    desk.write(
        AssessmentRecorded, origin=origin, id=item.text("id") or f"assessment-{item.digest[:12]}",
        about=_about(desk, about) if about else "", bottom_line=tuple(one.text for one in item.texts("bottom line")),
        state_of_play=item.text("state of play"), sensitivity=item.text("sensitivity"),
        next_steps=tuple(one.text for one in item.texts("next steps")), decision_asked=item.text("decision asked"),
        comment=item.text("comment"), by=item.text("by") or desk.pen.by, as_at=desk.span(item, "as at"),
        marking=item.text("marking"),
    )  # fmt: skip


DECIDE: dict[str, Callable[[Desk, Item, str], None]] = {
    "source": decide_source,
    "agency": decide_agency,
    "topic": decide_topic,
    "visit": decide_visit,
    "person": decide_person,
    "fact": decide_fact,
    "meeting": decide_meeting,
    "report": decide_report,
    "assessment": decide_assessment,
}


# ── parts of a draft ──────────────────────────────────────────────────────────────────────────


def _require(desk: Desk, item: Item, visit: str | None) -> None:
    """Note what a meeting cannot do without: who, when, what."""
    values = item.values
    if "with" not in values and "agency" not in values:
        desk.problems.note(item.place, "a meeting says who was met", "add `with:`, or `agency:`")
    if "when" not in values and "visit" not in values:
        desk.problems.note(item.place, "a meeting says when it was", "add `when:`, or `visit:`")
    if not values.keys() & {"points", "commitments", "content", "not agreed"}:
        desk.problems.note(
            item.place, "a meeting says what was said", "add `points:` or `commitments:`, or `content: not known`"
        )
    content = item.said("content")
    if content is not None and content.text != "not known":
        desk.problems.note(
            content.place,
            f"“content” is “not known” or left out, not “{content.text}”",
            "what was said goes under `points:`",
        )


def _visit(desk: Desk, item: Item) -> str | None:
    said = item.said("visit")
    return _known(desk, "visit", said) if said else None


def _known(desk: Desk, kind: RegisterKind, said: Said) -> str | None:
    """Return the id of something that must be on record already."""
    if (id_ := desk.state.find(kind, said.text)) is None:
        nearest = nearest_names(desk.state, kind, said.text)
        hint = f"nearest on record: {', '.join(nearest)}" if nearest else f"append the {kind} first"
        desk.problems.note(said.place, f"no {kind} “{said.text}” is on record", hint)
    return id_


def _about(desk: Desk, said: Said) -> str:
    """Return the id of anything on record that bears a name."""
    kinds: tuple[RegisterKind, ...] = ("visit", "meeting", "agency", "topic", "person", "source")
    for kind in kinds:
        if (id_ := desk.state.find(kind, said.text)) is not None:
            return id_
    desk.problems.note(
        said.place, f"nothing on record is called “{said.text}”", "`briefing list` shows what is on record"
    )
    return "unknown"


def _people(
    desk: Desk, item: Item, key: str, side: str, agency: str | None, at: Span | None
) -> tuple[Participant, ...]:
    found: list[Participant] = []
    for one in item.each(key) if key in item.values else ():
        if isinstance(one, Said):
            found.append(desk.person(one, agency, side=side, at=at))
        elif (name := one.said("name")) is None:
            desk.problems.note(one.place, f"someone under “{key}” has no name", "add `name:`")
        else:
            own = desk.agency(said) if (said := one.said("agency")) else agency
            found.append(
                desk.person(
                    name, own, side=one.text("side") or side, at=at, title=one.text("title"), role=one.text("role")
                )
            )
    return tuple(found)


def _meeting_id(desk: Desk, item: Item, at: Span | None) -> str | None:
    title = item.said(item.kind)
    id_ = item.text("id") or _dated(slug(title.text if title else ""), at)
    if id_ in desk.state.meetings:
        desk.problems.note(
            item.where(item.kind),
            f"{id_} is on record with other content",
            "to change it, use `briefing correct`; another meeting needs an `id:` of its own",
        )
        return None
    return id_


def _dated(base: str, at: Span | None) -> str:
    """Return an id with its date: the day where it is known, else the month."""
    if at is None or at.start is None:
        return base
    return f"{base}-{at.start:%Y-%m-%d}" if at.precision == "day" else f"{base}-{at.start:%Y-%m}"


def _points(desk: Desk, item: Item, key: str, prefix: str) -> tuple[Point, ...]:
    found: list[Point] = []
    for n, one in enumerate(item.items(key), 1):
        if (say := _say(desk, one)) is None:
            continue
        found.append(Point(
            id=f"{prefix}{n}", say=say, by=desk.speaker(one.said("by")), short=one.text("short"), topics=desk.topics(one),
            kind=desk.choice(one.said("kind"), KINDS, "kind of statement"), marking=one.text("marking"),
            about=tuple(_about(desk, said) for said in one.texts("about")), citations=desk.citations(one),
        ))  # fmt: skip
    return tuple(found)


def _commitments(desk: Desk, item: Item) -> tuple[Commitment, ...]:
    found: list[Commitment] = []
    for n, one in enumerate(item.items("commitments"), 1):
        if (say := _say(desk, one)) is None:
            continue
        citations = desk.citations(one)
        if (strength := desk.choice(one.said("strength"), STRENGTHS, "strength of a commitment")) is not None:
            citations = tuple(c if c.strength else c.model_copy(update={"strength": strength}) for c in citations)
        status: Any = desk.choice(one.said("status"), _STATUSES, "status of a commitment") or "open"
        found.append(Commitment(
            id=f"c{n}", say=say, owed_by=desk.speaker(one.said("by")), owed_to=desk.speaker(one.said("to")),
            due=desk.span(one, "due"), status=status, topics=desk.topics(one), marking=one.text("marking"), citations=citations,
        ))  # fmt: skip
    return tuple(found)


_STATUSES = frozenset(get_args(Status))


def _say(desk: Desk, one: Item) -> str | None:
    if (say := one.text("say")) is None:
        desk.problems.note(one.place, f"a {one.kind} without a sentence", "begin it with `- say: …`")
    return say


def unknown_names(plan: Plan) -> InvalidDraft | None:
    """Return the problems to report when new names are not wanted; None when every name is known."""
    problems = [
        Problem(
            one.place,
            f"no {one.kind} “{one.name}” is on record",
            (f"nearest: {', '.join(one.nearest)}; " if one.nearest else "") + "pass --new to put it on the register",
        )
        for one in plan.fresh
    ]
    return InvalidDraft(problems) if problems else None
