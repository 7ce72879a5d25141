"""The visit report: bottom line, meetings, results by theme, commitments, differences, gaps, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from briefing.notes.bottom_line import bottom_line
from briefing.notes.commitments import commitment_table, says_when
from briefing.notes.differ import difference_table, settlement
from briefing.notes.dossier import Dossier
from briefing.notes.frame import Frame, framed
from briefing.notes.language import counted, format_span, joined, say
from briefing.notes.meetings import outside_government, with_government
from briefing.notes.note import Block, Heading, Note, Run
from briefing.notes.objectives import scored_table
from briefing.notes.themes import by_theme
from briefing.notes.timeline import visit_timeline
from briefing.notes.unknown import not_known
from briefing.notes.writer import capital, the_country
from briefing.payload import Citation, Commitment
from briefing.state import BriefingState


def visit_report(state: BriefingState, visit_id: str, frame: Frame) -> Note:
    """Return the report on a visit; every sentence rests on an event, what none holds is under "What is not known"."""
    dossier = Dossier(state, state.visits[visit_id])
    visit, writer = dossier.visit, dossier.writer
    blocks: list[Block] = [bottom_line(state, visit.id, dossier.commitments, dossier.differences)]
    if (timeline := visit_timeline(state, visit, dossier.commitments, writer)) is not None:
        blocks.append(timeline)
    for part in PARTS:
        blocks.extend(part(dossier))
    when = f", {format_span(visit.when)}" if visit.when else ""
    return framed(frame, kind="visit", paper="Visit report", title=f"{visit.title}{when}",
                  subtitle=_rests_on(dossier), blocks=blocks, writer=writer,
                  keywords=tuple(t.name for t in state.topics.values() if t.expansion))  # fmt: skip


def _rests_on(dossier: Dossier) -> str:
    texts = len(dossier.writer.letters)
    if not texts:
        return "From our own record"
    own = any(c.record for m in dossier.meetings for c in m.citations())
    from_ = say("From {texts}", texts=counted(texts, "text"))
    return from_ if own else from_ + say("; no record of our own is on file")


def the_visit(dossier: Dossier) -> Iterator[Block]:
    """Yield who went where and when, in whose company, after what; and the objectives."""
    visit, writer = dossier.visit, dossier.writer
    yield Heading("The visit")
    company = joined([writer.participant(p) for p in visit.delegation])
    country = the_country(visit.country) if visit.country else say("abroad")
    if visit.principal and company:
        who = writer.person(visit.principal)
        went = say("{who}, accompanied by {company}, visited {country}, ", who=who, company=company, country=country)
    elif visit.principal or company:
        who = writer.person(visit.principal) if visit.principal else company
        went = say("{who} visited {country}, ", who=who, country=country)
    else:
        went = say("Who went is not on record. The visit: {country}, ", country=country)
    runs: list[Run] = [Run(went), *writer.date(visit.when, stop=".")]
    runs += writer.mark([c for c in visit.citations if not _has(c, visit.where)])
    if visit.where:
        placed = [c for c in visit.citations if _has(c, visit.where)]
        where = say("The meetings are placed in {where}.", where=visit.where)
        runs += [Run(f" {where.replace('..', '.')}"), *writer.mark(placed, flagged=False)]
    if visit.follows and (before := dossier.state.visits.get(visit.follows)):
        followed = say("The visit followed an earlier one: {visit}, ", visit=before.title)
        runs += [Run(f" {followed}"), *writer.date(before.when, stop=".")]
        runs += writer.mark([c for c in visit.citations if _has(c, "follow")], flagged=False)
    yield dossier.paragraph(tuple(runs))
    if not visit.objectives:
        yield dossier.paragraph((Run("No objectives for the visit are on record; results are not scored."),))


def results(dossier: Dossier) -> Iterator[Block]:
    """Yield each objective of the visit with what became of it, and the evidence."""
    if dossier.visit.objectives:
        yield Heading("Results against objectives")
        yield scored_table(dossier.writer, dossier.visit.id, dossier.visit.objectives)


def _has(citation: Citation, words: str | None) -> bool:
    return bool(words) and str(words) in (citation.quote or "")


def promised(dossier: Dossier) -> Iterator[Block]:
    """Yield the commitments, and that nothing weaker is counted."""
    yield Heading("Commitments")
    kinds = dict.fromkeys(p.kind or c.kind for m in dossier.meetings for p in m.held.points for c in p.citations)
    weaker = joined([f"“{say(kind)}”" for kind in kinds if kind])
    note = " " + say("What was {kinds} is not counted.", kinds=weaker) if weaker else ""
    if not dossier.commitments:
        yield dossier.paragraph((Run(say("None is on record.") + note),))
        return
    number = capital(counted(len(dossier.commitments), "commitment"))
    yield dossier.paragraph((Run(say("{commitments} on record.", commitments=number) + note),))
    yield commitment_table(dossier.writer, dossier.commitments)


def carried_forward(dossier: Dossier) -> Iterator[Block]:
    """Yield what was promised before this visit, with the same agencies, and is still to be done."""
    if not dossier.carried:
        return
    yield Heading("Open from before")
    number = capital(counted(len(dossier.carried), "earlier commitment"))
    still = (
        say("{commitments} with the agencies met is still open.", commitments=number)
        if len(dossier.carried) == 1
        else say("{commitments} with the agencies met are still open.", commitments=number)
    )
    yield dossier.paragraph((Run(still),))
    yield commitment_table(dossier.writer, dossier.carried, after=len(dossier.commitments))


def differ(dossier: Dossier) -> Iterator[Block]:
    """Yield where the texts differ; nothing is decided."""
    if not dossier.differences:
        return
    yield Heading("Where the sources differ")
    settled = [one for one in dossier.differences if one.settled]
    number = capital(counted(len(settled), "of these has", "of these have")) if settled else say("None of these has")
    yield dossier.paragraph((Run(say("{number} been settled; each text is quoted.", number=number)),))
    yield difference_table(dossier.writer, dossier.differences)
    for one in settled:
        yield dossier.paragraph(settlement(dossier.writer, one))


def next_steps(dossier: Dossier) -> Iterator[Block]:
    """Yield what is due, and what an officer recorded as next steps."""
    yield Heading("Next steps")
    assessment = dossier.state.assessment_of(dossier.visit.id)
    steps = [
        say("{what}, {due} (commitment {n}).", what=item.commitment.say.rstrip("."), due=_due(item.commitment), n=n)
        for n, item in enumerate(dossier.commitments, 1)
        if item.commitment.status in ("open", "in hand")
    ]
    steps += assessment.next_steps if assessment else ()
    text = " ".join((*steps, say("No other next step is on record."))) if steps else say("None is on record.")
    yield dossier.paragraph((Run(text),))


def _due(commitment: Commitment) -> str:
    due = commitment.due
    if due is None or says_when(commitment):
        return say("undated")
    return format_span(due) if due.start else f"{format_span(due)}, {say('undated')}"


PARTS: tuple[Callable[[Dossier], Iterator[Block]], ...] = (
    the_visit, results, with_government, by_theme, promised, carried_forward, outside_government, differ, not_known,
    next_steps,
)  # fmt: skip
"""The parts of the report, in their order."""
