"""Where the sources differ, as a table: one row a point, one column a text, nothing decided."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.notes.language import format_span, say
from briefing.notes.note import Column, Run, Runs, Table
from briefing.notes.writer import Writer, short_name
from briefing.state import Difference, Reading

_WHAT = {"speaker": "who said it", "with whom": "with whom", "treatment": "how far", "title": "title", "date": "when"}


def label(difference: Difference) -> str:
    """Return the name of a point in dispute: "Pillars: who said it"."""
    if difference.aspects == ("title",):
        return say("Title of {person}", person=difference.label)
    told = [say(_WHAT[a]) for a in difference.aspects if a in _WHAT]
    return f"{difference.label}: {', '.join(told)}" if told else difference.label


def difference_table(writer: Writer, differences: Sequence[Difference]) -> Table:
    """Return the table of differences, a column for each text of the paper that takes part in one."""
    told = dict.fromkeys(r.source for d in differences for r in d.readings)
    letters = [*(id_ for id_ in writer.letters if id_ in told), *(id_ for id_ in told if id_ not in writer.letters)]
    width = (100 - 24) // len(letters)
    columns = (
        Column("Point", 100 - width * len(letters)),
        *(Column(say("Source {letter}", letter=writer.letter(s)), width) for s in letters),
    )
    rows = tuple(
        ((Run(label(d), "strong"),), *(_cell(writer, d, [r for r in d.readings if r.source == s]) for s in letters))
        for d in differences
    )
    return Table(columns=columns, rows=rows, tone="differ")


def settlement(writer: Writer, difference: Difference) -> Runs:
    """Return which text is followed, why, and on whose word."""
    if difference.settled is None:
        return ()
    said = difference.settled.said
    by = said.authority or said.recorded_by
    text = say("Source {letter} is followed, because: {reason} ({who}).", letter=writer.letter(said.uses),
               reason=said.because.rstrip("."), who=by)  # fmt: skip
    return (Run(f"{label(difference)}. ", "strong"), Run("■ settled", "flag"), Run(f" {text}"))


def _cell(writer: Writer, difference: Difference, readings: list[Reading]) -> Runs:
    if not readings:
        return (Run("– not reported", "muted"),)
    words = "; ".join(_reading(writer, difference, reading) for reading in readings)
    return (Run(f"{words} "), writer.marked(r.citation for r in readings))


def _reading(writer: Writer, difference: Difference, reading: Reading) -> str:
    quoted = "; ".join(f"“{words}”" for words in reading.words)
    parts = [quoted]
    if "strength" in difference.aspects and reading.citation.strength:
        parts.append(f"({say(reading.citation.strength)})")
    if "speaker" in difference.aspects and reading.citation.by:
        parts.append(
            {"ours": say("(our side)"), "theirs": say("(their side)"), "both": say("(both sides)")}.get(
                reading.citation.by, ""
            )
        )
    if "with whom" in difference.aspects and reading.meeting:
        agencies = writer.state.meetings[reading.meeting].agencies
        if agencies:
            parts.insert(0, f"{short_name(writer.state.agencies[agencies[0]])}:")
    if "date" in difference.aspects and reading.citation.when and not reading.citation.words:
        parts.append(format_span(reading.citation.when))
    return " ".join(part for part in parts if part)
