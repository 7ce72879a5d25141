"""A request + the state → new events, or a rule error. Pure: texts, time and chance come in as arguments.

`decide` takes drafts whole: when any part of any of them is wrong, nothing is decided and every
problem is reported at once. Texts and register entries are written first, so that a run that was
cut off half-way is completed by the same run again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from briefing.additions import KEY as ADDS_TO
from briefing.additions import decide_addition
from briefing.errors import InvalidDraft, Problem
from briefing.events import (
    AgencyDescribed,
    AssessmentRecorded,
    FactStated,
    LineAgreed,
    MeetingHeld,
    MeetingPlanned,
    ObjectiveScored,
    PersonDescribed,
    Recorded,
    TopicDescribed,
    VisitReported,
)
from briefing.items import Item, LoadedText
from briefing.names import slug
from briefing.parts import about, commitments, dated, furniture, meeting_id, points, sides, visit_of
from briefing.payload import Paper
from briefing.pen import Pen
from briefing.plans import SCORES, expected, objective, objectives, points_to_make, programme
from briefing.register import decide_agency, decide_person, decide_source, decide_topic
from briefing.resolve import Desk, Fresh
from briefing.state import BriefingState
from briefing.visits import decide_visit


@dataclass(frozen=True, slots=True)
class Plan:
    """What drafts come to: events in writing order, what is on record already, new names, and the record after them."""

    events: tuple[Recorded, ...]
    skipped: tuple[Item, ...]
    fresh: tuple[Fresh, ...]
    state: BriefingState

    @property
    def new_entries(self) -> tuple[tuple[str, str, str], ...]:
        """What is new on the register, described or only named: its kind, id and name."""
        described = (one.event for one in self.events)
        return tuple(
            (event.type.partition(".")[0], event.id, event.name)
            for event in described
            if isinstance(event, AgencyDescribed | PersonDescribed | TopicDescribed) and not event.replaces
        )


def decide(
    items: Sequence[Item],
    log: tuple[Recorded, ...],
    pen: Pen,
    texts: Mapping[str, LoadedText] | None = None,
    problems: Sequence[Problem] = (),
    *,
    new: bool = True,
) -> Plan:
    """Return the events that drafts come to; raise `InvalidDraft` with every problem of all of them.

    `problems` are those found while the drafts were read. Where there are any, and names that are `new`
    to the record are not wanted, these are among them.
    """
    desk = Desk(log, pen, texts or {})
    desk.problems.extend(problems)
    skipped: list[Item] = []
    for item in sorted(items, key=writing_order):
        if (origin := f"draft:{item.digest}") in desk.state.origins:
            skipped.append(item)
            continue
        before = len(pen.written), len(desk.problems)
        decide_one(desk, item, origin)
        if (len(pen.written), len(desk.problems)) == before:
            skipped.append(item)
    if desk.problems and not new:
        desk.problems.extend(_unknown(desk.fresh))
    _require_no_problem(desk)
    return Plan(events=tuple(pen.written), skipped=tuple(skipped), fresh=tuple(desk.fresh), state=desk.state)


def decide_alone(item: Item, log: tuple[Recorded, ...], pen: Pen, texts: Mapping[str, LoadedText]) -> Desk:
    """Return the desk after one draft, whether or not it is on record; what it came to is in the pen."""
    desk = Desk(log, pen, texts)
    decide_one(desk, item, f"draft:{item.digest}")
    _require_no_problem(desk)
    return desk


def decide_one(desk: Desk, item: Item, origin: str) -> None:
    """Write what one draft comes to, under the key of what it was made from; what is wrong is noted at the desk."""
    desk.open(item)
    try:
        DECIDE[item.kind](desk, item, origin)
    except ValidationError as fault:
        for error in fault.errors():
            where = "/".join(str(part) for part in error["loc"])
            desk.problems.note(item.place, f"{where}: {error['msg'].removeprefix('Value error, ')}")


def _require_no_problem(desk: Desk) -> None:
    if desk.problems:
        files = list(dict.fromkeys(problem.place.file for problem in desk.problems))
        by_line = sorted(
            dict.fromkeys(desk.problems),
            key=lambda one: (files.index(one.place.file), one.place.line or 0, one.place.column or 0),
        )
        raise InvalidDraft(by_line)


def writing_order(item: Item) -> int:
    """Return what sorts drafts so that what others refer to is written before them."""
    return _FIRST.get(item.kind, len(_FIRST))


_FIRST = {kind: n for n, kind in enumerate(("source", "agency", "topic", "person", "visit", "fact"))}


def decide_meeting(desk: Desk, item: Item, origin: str) -> None:
    """Put a meeting on record: who, when and what are required, the rest may be a gap; or add to one."""
    if (said := item.said(ADDS_TO)) is not None:
        decide_addition(desk, item, origin, said)
        return
    visit = visit_of(desk, item)
    own = desk.span(item, "when")
    at = own or (desk.state.visits[visit].when if visit else None)
    _require(desk, item)
    agencies, participants = sides(desk, item, at)
    if (id_ := meeting_id(desk, item, at)) is None:
        return
    desk.write(
        MeetingHeld,
        origin=origin,
        id=id_,
        title=item.text("meeting"),
        visit=visit,
        when=own,
        where=item.text("where"),
        form=item.text("form"),
        mode=item.text("mode"),
        setting=item.text("setting") or "government",
        host=desk.speaker(item.said("host")),
        language=item.text("language"),
        note_taker=item.text("note taker"),
        attendance=item.text("attendance"),
        agencies=agencies,
        participants=participants,
        content_known=item.text("content") is None,
        points=points(desk, item, "points", "p"),
        commitments=commitments(desk, item),
        not_agreed=points(desk, item, "not agreed", "n"),
        public_line=item.text("public line"),
        papers=tuple(Paper(title=one.text) for one in item.texts("papers")),
        next_contact=desk.span(item, "next contact"),
        not_known=tuple(one.text for one in item.texts("not known")),
        citations=desk.citations(item),
        **furniture(item),
    )


def decide_planned(desk: Desk, item: Item, origin: str) -> None:
    """Put a meeting to come on record: what it is for, what we will say, what they may raise."""
    visit = visit_of(desk, item)
    own = desk.span(item, "when")
    at = own or (desk.state.visits[visit].when if visit else None)
    agencies, participants = sides(desk, item, at)
    title = item.text("planned") or ""
    id_ = item.text("id") or dated(slug(title), at)
    if id_ in desk.state.planned:
        what, hint = f"{id_} is on record with other content", "to change it, use `briefing correct`"
        desk.problems.note(item.where("planned"), what, hint)
        return
    desk.write(
        MeetingPlanned, origin=origin, id=id_, title=title, visit=visit, when=own, at_time=item.text("at"),
        duration=item.text("duration"), where=item.text("where"), form=item.text("form"), mode=item.text("mode"),
        host=desk.speaker(item.said("host")), language=item.text("language"), press=item.text("press"),
        agencies=agencies, participants=participants, agenda=tuple(one.text for one in item.texts("agenda")),
        objectives=objectives(item), points=points_to_make(desk, item), expected=expected(desk, item),
        decision_asked=item.text("decision asked"), programme=programme(desk, item),
        not_known=tuple(one.text for one in item.texts("not known")),
        citations=desk.citations(item), **furniture(item),
    )  # fmt: skip


def decide_score(desk: Desk, item: Item, origin: str) -> None:
    """Put on record what became of an objective."""
    said = item.said("score")
    if said is None or (reference := objective(desk, said)) is None:
        return
    for key in ("as", "evidence"):
        if key not in item.values:
            desk.problems.note(item.place, f"a score without “{key}”", "as: met, partly or not; evidence: one sentence")
    before = desk.state.scores.get(reference)
    desk.write(
        ObjectiveScored, origin=origin, objective=reference, evidence=item.text("evidence") or "",
        score=desk.choice(item.said("as"), SCORES, "score") or "not", when=desk.span(item, "when"),
        replaces=(before.digest,) if before else (), citations=desk.citations(item), **furniture(item),
    )  # fmt: skip


def decide_line(desk: Desk, item: Item, origin: str) -> None:
    """Put on record what we say on a subject."""
    subject = item.said("line")
    if not item.values.keys() & {"say", "to the press"}:
        desk.problems.note(item.place, "a line without words", "add `say:` (a line to take), or `to the press:`")
    desk.write(
        LineAgreed, origin=origin, id=item.text("id") or f"line-{item.digest[:12]}",
        about=about(desk, subject) if subject else "", line=item.text("say"), press_line=item.text("to the press"),
        start=desk.span(item, "from"), until=desk.span(item, "until"), review_by=desk.span(item, "review by"),
        approved_by=item.text("approved by"), citations=desk.citations(item), **furniture(item),
    )  # fmt: skip


def decide_report(desk: Desk, item: Item, origin: str) -> None:
    """Put on record what a text says of a visit as a whole, or add it to what is on record of that."""
    if (said := item.said(ADDS_TO)) is not None:
        decide_addition(desk, item, origin, said)
        return
    visit = visit_of(desk, item)
    if visit is None or (id_ := meeting_id(desk, item, desk.state.visits[visit].when)) is None:
        if "visit" not in item.values:
            desk.problems.note(item.place, "a report says which visit it is of", "add `visit:`")
        return
    desk.write(
        VisitReported, origin=origin, id=id_, title=item.text("report"), visit=visit,
        agencies=tuple(desk.agency(said) for said in item.texts("agency")), points=points(desk, item, "points", "p"),
        commitments=commitments(desk, item), not_known=tuple(one.text for one in item.texts("not known")),
        citations=desk.citations(item), **furniture(item),
    )  # fmt: skip


def decide_fact(desk: Desk, item: Item, origin: str) -> None:
    """Put a dated background fact on record."""
    say = item.text("fact") or ""
    desk.write(
        FactStated, origin=origin, id=item.text("id") or desk.new_id(slug(say)), say=say,
        when=desk.span(item, "when"), topics=desk.topics(item),
        about=tuple(about(desk, said) for said in item.texts("about")), visit=visit_of(desk, item),
        review_by=desk.span(item, "review by"), citations=desk.citations(item), **furniture(item),
    )  # fmt: skip


def decide_assessment(desk: Desk, item: Item, origin: str) -> None:
    """Put an officer's own words on record."""
    subject = item.said("assessment")
    desk.write(
        AssessmentRecorded, origin=origin, id=item.text("id") or f"assessment-{item.digest[:12]}",
        about=about(desk, subject) if subject else "", bottom_line=tuple(one.text for one in item.texts("bottom line")),
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
    "planned": decide_planned,
    "meeting": decide_meeting,
    "report": decide_report,
    "assessment": decide_assessment,
    "line": decide_line,
    "score": decide_score,
}


# ── parts of a draft ──────────────────────────────────────────────────────────────────────────


def _require(desk: Desk, item: Item) -> None:
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


def unknown_names(plan: Plan) -> InvalidDraft:
    """Return the problems to report when new names are not wanted."""
    return InvalidDraft(_unknown(plan.fresh))


def _unknown(fresh: Sequence[Fresh]) -> list[Problem]:
    return [
        Problem(
            one.place,
            f"no {one.kind} “{one.name}” is on record",
            (f"nearest: {', '.join(one.nearest)}; " if one.nearest else "") + "pass --new to put it on the register",
        )
        for one in fresh
    ]
