"""The commitments tracker: what is owed by whom, the most pressing first; and what one office owes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from briefing.notes.by_status import by_status
from briefing.notes.commitments import by_and_to, due, status, strength, words
from briefing.notes.frame import Frame, framed
from briefing.notes.language import counted, format_day, format_span, say
from briefing.notes.note import Block, Column, Heading, Note, Paragraph, Run, Runs, Table
from briefing.notes.owed import Group, age, counts, grouped, last_evidence, owed_by
from briefing.notes.tables import lean
from briefing.notes.writer import Writer, capital, in_full
from briefing.state import Agency, BriefingState, OpenItem

COLUMNS = (
    Column("Reference", 11),
    Column("Words of the source", 19),
    Column("Strength", 9),
    Column("Owed by", 8),
    Column("Owed to", 7),
    Column("Made on", 8),
    Column("Source", 9),
    Column("Due", 9),
    Column("Status", 7),
    Column("Last evidence", 8),
    Column("Age, days", 5),
)
FOR_OWNER = frozenset(["Reference", "Words of the source", "Strength", "Owed to", "Made on", "Source", "Due", "Status"])
"""What an office that is to act needs: the rest says of each row that it is theirs."""


def tracker(state: BriefingState, frame: Frame, items: Sequence[OpenItem], *, about: str = "") -> Note:
    """Return the tracker of commitments, landscape; `about` says which they are, where they are not all."""
    writer = _writer(state, items)
    groups = grouped(state, items)
    title = about or say("Commitments")
    none = say("No {what} are on record.", what=f"{title[:1].lower()}{title[1:]}")
    if items:
        none = say("All are closed, none of them since the tracker was last issued.")
    blocks = [*_opening(state, groups, none=none), *_groups(writer, groups)]
    return framed(
        frame, kind="commitments", paper="Commitments tracker", title=title,
        subtitle=f"{say('Commitments tracker')} · {counted(sum(len(one.items) for one in groups), 'commitment')}",
        blocks=blocks, writer=writer, landscape=True,
    )  # fmt: skip


def action_sheet(state: BriefingState, frame: Frame, owner: str, items: Sequence[OpenItem]) -> Note:
    """Return what one office or person owes and has not closed, to be sent to them as it is."""
    name = _owner(state, owner)
    none = say("No open commitment of {owner} is on record.", owner=name)
    mine = [one for one in owed_by(state, items, owner) if one.is_open]
    writer = _writer(state, mine)
    groups = grouped(state, mine)
    return framed(
        frame, kind="actions", paper="Action sheet", title=say("To be done by {owner}", owner=name),
        subtitle=f"{say('Action sheet')} · {counted(len(mine), 'open commitment')}",
        blocks=[*_opening(state, groups, none=none), *_groups(writer, groups, only=FOR_OWNER)],
        writer=writer, landscape=True,
    )  # fmt: skip


def _owner(state: BriefingState, owner: str) -> str:
    sides = {"ours": say("our side"), "theirs": say("the other side"), "both": say("both sides")}
    entry = state.agencies.get(owner) or state.people.get(owner)
    if isinstance(entry, Agency):
        return in_full(entry)
    return sides.get(owner) or (entry.name if entry else owner)


def _writer(state: BriefingState, items: Sequence[OpenItem]) -> Writer:
    """Return the pen: it cites what the commitments rest on, and what ties an inferred year of their visits."""
    visits = [id_ for id_ in dict.fromkeys(one.meeting.held.visit or "" for one in items) if id_ in state.visits]
    cited = [c for one in items for c in one.commitment.citations]
    cited += [c for id_ in visits for c in state.visits[id_].year_from]
    return Writer(state, [c.source for c in cited if c.source], visits)


def _opening(state: BriefingState, groups: Sequence[Group], *, none: str) -> Iterator[Block]:
    """Yield the counts, and the day they are counted from; where there are none, that sentence."""
    if not groups:
        yield Paragraph((Run(none),), 1)
        return
    day = say("Days are counted from {day}.", day=format_day(state.today)) if state.today else ""
    yield Paragraph((Run(f"{counts(groups, 'commitment')} {day}".rstrip()),), 1)
    if (picture := by_status(item for group in groups for item in group.items)) is not None:
        yield picture


def _groups(writer: Writer, groups: Sequence[Group], *, only: frozenset[str] = frozenset()) -> Iterator[Block]:
    """Yield a table for each group, all with the same columns; what is the same in every row stands above the first."""
    rows = [_row(writer, item) for group in groups for item in group.items]
    whole, told = lean(_chosen(Table(COLUMNS, tuple(rows)), only), keep={"Words of the source", "Due", "Status"})
    if told:
        yield Paragraph((Run(told),))
    begin = 0
    for group in groups:
        yield Heading(group.heading)
        yield replace(whole, rows=whole.rows[begin : begin + len(group.items)])
        begin += len(group.items)


def _chosen(table: Table, only: frozenset[str]) -> Table:
    """Return a table with some of its columns, spread over the whole width."""
    kept = [n for n, column in enumerate(table.columns) if not only or column.header in only]
    widths = [table.columns[n].width for n in kept]
    scaled = [width * 100 // sum(widths) for width in widths]
    scaled[widths.index(max(widths))] += 100 - sum(scaled)
    columns = tuple(Column(table.columns[n].header, width) for n, width in zip(kept, scaled, strict=True))
    return Table(columns, tuple(tuple(row[n] for n in kept) for row in table.rows), table.caption, table.tone)


def _row(writer: Writer, item: OpenItem) -> tuple[Runs, ...]:
    made, by = item.commitment, by_and_to(writer, item.commitment)
    days = age(item, writer.state.today)
    when = writer.date(item.meeting.when) if item.meeting.when else _nothing()
    evidence = last_evidence(item)
    return (
        (Run(item.ref, "strong"),),
        words(made),
        strength(writer, made),
        (Run(by[0]),),
        (Run(capital(by[1])),) if by[1] else _nothing(),
        when,
        writer.cell_mark(made.citations),
        due(item, writer),
        status(made),
        (Run(evidence),) if evidence else _nothing(),
        (Run(str(days)),) if days is not None else _nothing(),
    )


def _nothing() -> Runs:
    return (Run("–", "muted"),)


SHEET = ("Reference", "Commitment", "Words of the source", "Strength", "Owed by", "Owed to", "Made on", "Made in",
         "Source", "Due", "Due by", "Status", "Group", "Last evidence", "Age, days")  # fmt: skip
"""The columns of a sheet for other programs; "Due by" is the last day as YYYY-MM-DD."""


def sheet_rows(state: BriefingState, items: Sequence[OpenItem]) -> Iterator[dict[str, str | int | None]]:
    """Yield each commitment as a row of a sheet, plain text and whole numbers, in the tracker's order."""
    writer = _writer(state, items)
    for group in grouped(state, items):
        for item in group.items:
            made = item.commitment
            by, to = by_and_to(writer, made)
            quoted = [c for c in made.citations if c.quote]
            told = [f"{c.strength} ({writer.letter(c.source)})" if c.source else c.strength
                    for c in made.citations if c.strength]  # fmt: skip
            values = (
                item.ref, made.say, " / ".join(c.quote or "" for c in quoted), "; ".join(told), by, to,
                format_span(item.meeting.when) if item.meeting.when else "", item.meeting.held.title,
                "; ".join(dict.fromkeys(c.source or f"{c.record}’s record" for c in made.citations)),
                format_span(made.due) if made.due else "",
                made.due.end.isoformat() if made.due and made.due.end else "", made.status, group.heading,
                last_evidence(item), age(item, state.today),
            )  # fmt: skip
            yield dict(zip(SHEET, values, strict=True))
