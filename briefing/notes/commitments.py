"""Commitments as a table: exact words, strength in each text, owed by and to, due, status."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from briefing.dates import sort_key
from briefing.notes.language import format_span, say
from briefing.notes.note import Column, Run, Runs, Table
from briefing.notes.writer import Writer, capital, short_name
from briefing.payload import Citation, Commitment
from briefing.state import OpenItem

STATUS_SHAPE = {"open": "□", "in hand": "◧", "done": "■", "lapsed": "▽", "withdrawn": "✕", "disputed": "◇"}


def commitment_table(writer: Writer, items: Sequence[OpenItem], *, after: int = 0) -> Table:
    """Return the table of commitments in the order of the record, numbered on from `after`."""
    columns = (
        Column("No.", 6),
        Column("Words of the source", 36),
        Column("Strength", 19),
        Column("Owed by and to", 15),
        Column("Due", 13),
        Column("Status", 11),
    )
    return Table(columns=columns, rows=tuple(_row(writer, n, item) for n, item in enumerate(items, after + 1)))


def _row(writer: Writer, n: int, item: OpenItem) -> tuple[Runs, ...]:
    commitment = item.commitment
    quoted = _first_quoted(commitment)
    told = (*words(commitment), *writer.mark([quoted] if quoted else commitment.citations, flagged=False), *news(item))
    return ((Run(str(n)),), told, strength(writer, commitment), (Run(owed(writer, commitment)),),
            due(item, writer), status(commitment))  # fmt: skip


def open_table(writer: Writer, items: Sequence[OpenItem]) -> Table:
    """Return the table of what is to be done on one page: each commitment with its strength in each text."""
    columns = (
        Column("Commitment", 44),
        Column("Owed by and to", 18),
        Column("Due", 14),
        Column("Status", 11),
        Column("Source", 13),
    )
    return Table(columns=columns, rows=tuple(_open_row(writer, item) for item in items))


def pressing(items: Iterable[OpenItem], today: date | None) -> list[OpenItem]:
    """Return commitments by how they press: overdue first, then by date, undated last."""

    def order(item: OpenItem) -> tuple[bool, bool, object]:
        dated, start, _ = sort_key(item.commitment.due)
        return (not item.overdue(today), not dated, start)

    return sorted(items, key=order)


def _open_row(writer: Writer, item: OpenItem) -> tuple[Runs, ...]:
    commitment = item.commitment
    differ = any(d.statement == commitment.id and item.meeting.id in d.meetings for d in writer.state.differences)
    return (
        (Run(commitment_line(writer, commitment)), *news(item)),
        (Run(owed(writer, commitment)),),
        due(item, writer),
        status(commitment),
        writer.cell_mark(commitment.citations, differ=differ),
    )


def commitment_line(writer: Writer, commitment: Commitment) -> str:
    """Return a commitment with its strength in each text: "Agreed (B), expected (A): hold the … “soon”"."""
    strengths = [
        f"{say(c.strength)} ({writer.letter(c.source)})" if c.source else say(c.strength)
        for c in commitment.citations
        if c.strength
    ]
    what = commitment.say.rstrip(".")
    due = f", {format_span(commitment.due)}" if commitment.due and not says_when(commitment) else ""
    said = capital(", ".join(strengths))
    return f"{said}: {writer.inside(what)}{due}" if said else f"{what}{due}"


def says_when(commitment: Commitment) -> bool:
    """Tell whether the sentence of a commitment has the undated words for when it is due: "soon" is not said twice."""
    due = commitment.due
    return bool(due and due.start is None and re.search(rf"\b{re.escape(due.words)}\b", commitment.say, re.IGNORECASE))


def words(commitment: Commitment) -> Runs:
    """Return the first text's words for it; else the officer's sentence."""
    quoted = _first_quoted(commitment)
    return (Run(f"“{quoted.quote}”" if quoted else commitment.say),)


def _first_quoted(commitment: Commitment) -> Citation | None:
    return next((c for c in commitment.citations if c.quote), None)


def strength(writer: Writer, commitment: Commitment) -> Runs:
    """Return how firm it is in each text, and that they differ."""
    told = [(c.strength, writer.letter(c.source) if c.source else "") for c in commitment.citations if c.strength]
    text = "; ".join(f"{say(strength)} ({letter})" if letter else say(strength) for strength, letter in told)
    differ = len({strength for strength, _ in told}) > 1
    return (Run(capital(text) or "Not stated"), *((Run(" "), Run("◇ differ", "flag")) if differ else ()))


def owed(writer: Writer, commitment: Commitment) -> str:
    """Return who owes it to whom in one phrase; a side without an office says so."""
    by, to = by_and_to(writer, commitment)
    return say("{by}, to {to}", by=by, to=to) if to else by


def by_and_to(writer: Writer, commitment: Commitment) -> tuple[str, str]:
    """Return who owes it, and to whom (empty where that is not on record); a side without an office says so."""

    def name(who: str | None) -> str:
        if who and who in writer.state.agencies:
            return short_name(writer.state.agencies[who])
        if who and who in writer.state.people:
            return writer.person(who)
        if not who:
            return say("not stated")
        sides = {"ours": say("our side; no office named"), "theirs": say("their side; no office named"),
                 "both": say("both sides; no office named")}  # fmt: skip
        return sides.get(who) or say("{who} (not on record)", who=who)

    return capital(name(commitment.owed_by)), name(commitment.owed_to) if commitment.owed_to else ""


def due(item: OpenItem, writer: Writer) -> Runs:
    """Return when it is due; what is undated ("soon"), overdue, or of a year that was inferred is flagged."""
    when = item.commitment.due
    if when is None:
        return (Run("△ undated", "flag"),)
    printed = Run(format_span(when))
    if when.start is None:
        return (printed, Run(" "), Run("△ undated", "flag"))
    inferred = (Run(" "), Run("△ Year inferred", "flag")) if when.year_inferred else ()
    overdue = (Run(" "), Run("▲ overdue", "flag")) if item.overdue(writer.state.today) else ()
    return (printed, *inferred, *overdue)


def news(item: OpenItem) -> Runs:
    """Return the last evidence on a commitment, with its day; nothing where there is none."""
    told = [one.said for one in item.updates if one.said.evidence]
    if not told:
        return ()
    last = told[-1]
    day = f"{format_span(last.when)}: " if last.when else ""
    return (Run(f" – {day}{last.evidence}", "muted"),)


def status(commitment: Commitment) -> Runs:
    """Return the status with its shape and word."""
    return (Run(f"{STATUS_SHAPE[commitment.status]} {capital(say(commitment.status))}", "flag"),)
