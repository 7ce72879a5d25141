"""What `briefing list` prints: a table of functions, one for each kind of thing on record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from briefing.cli.workspace import Workspace

if TYPE_CHECKING:
    from briefing.dates import Span

Rows = Iterator[dict[str, Any]]


def meetings(workspace: Workspace, agency: str) -> Rows:
    """Yield the meetings held, or those with one agency, and the reports on visits as a whole; the newest last."""
    state = workspace.state
    for one in in_time(state.meetings_of_agency(agency) if agency else state.meetings.values()):
        yield {"id": one.id, "when": printed(one.when), "title": one.held.title, "agencies": ", ".join(one.agencies)}


def planned(workspace: Workspace, agency: str) -> Rows:
    """Yield the meetings to come, or those with one agency: those planned of which none held is on record."""
    state = workspace.state
    for one in in_time(state.planned.values()):
        id_ = one.plan.id
        if id_ not in state.meetings and (not agency or agency in one.plan.agencies):
            agencies = ", ".join(one.plan.agencies)
            yield {"id": id_, "when": printed(one.when), "title": one.plan.title, "agencies": agencies}


def notes(workspace: Workspace, _agency: str) -> Rows:
    """Yield the papers that were issued, with their readers, who has seen them and what they decided."""
    for digest, one in workspace.state.notes.items():
        seen = dict.fromkeys((*(s.reader for s in one.seen), *(r.reader for r in one.returned)))
        yield {"id": digest[:8], "note": one.name, "kind": one.issued.paper, "title": one.issued.title,
               "to": ", ".join(one.issued.to), "released_as": (one.issued.public_reference or "")[:16],
               "seen_by": ", ".join(seen),
               "decided": "; ".join(f"{r.reader}: {r.decision}" for r in one.returned if r.decision)}  # fmt: skip


def objectives(workspace: Workspace, _agency: str) -> Rows:
    """Yield the objectives of visits and planned meetings, with what became of each."""
    state = workspace.state
    bearers = {id_: visit.objectives for id_, visit in state.visits.items()}
    bearers |= {id_: one.plan.objectives for id_, one in state.planned.items()}
    for id_, objectives_ in bearers.items():
        for one in objectives_:
            score = state.scores.get(ref := f"{id_}/{one.id}")
            yield {"id": ref, "say": one.say, "score": score.said.score if score else ""}


def register(name: str) -> Callable[[Workspace, str], Rows]:
    """Return the function that lists one part of the register; what stands in for an entry that is gone is none."""

    def rows(workspace: Workspace, _agency: str) -> Rows:
        from briefing.stand_ins import stands_in

        for entry in getattr(workspace.state, name).values():
            if not stands_in(entry):
                yield {"id": entry.id, "name": entry.name, "aliases": ", ".join(entry.aliases)}

    return rows


def visits(workspace: Workspace, _agency: str) -> Rows:
    """Yield the visits, the newest last."""
    for visit in in_time(workspace.state.visits.values()):
        yield {"id": visit.id, "when": printed(visit.when), "title": visit.title}


def sources(workspace: Workspace, _agency: str) -> Rows:
    """Yield the texts, with the digest of each as it came."""
    for one in workspace.state.sources.values():
        title = one.title or one.publisher
        yield {"id": one.id, "title": title, "dateline": one.dateline, "sha256": one.original_sha256}


def commitments(workspace: Workspace, agency: str) -> Rows:
    """Yield the commitments, or those that concern one agency."""
    state = workspace.state
    for item in state.commitments_of_agency(agency) if agency else state.commitments:
        one = item.commitment
        yield {"id": item.ref, "say": one.say, "due": printed(one.due), "status": one.status}


def differences(workspace: Workspace, _agency: str) -> Rows:
    """Yield where texts differ, with the words of each."""
    state = workspace.state
    for n, one in enumerate(state.differences, 1):
        readings = [
            {"source": r.source, "paragraph": state.paragraph(r.citation), "words": list(r.words)} for r in one.readings
        ]
        yield {"id": f"d{n}", "about": one.label, "aspects": ", ".join(one.aspects), "readings": readings}


def gaps(workspace: Workspace, _agency: str) -> Rows:
    """Yield what is not known."""
    for gap in workspace.state.gaps:
        yield {"id": gap.about, "kind": gap.kind}


def events(workspace: Workspace, agency: str) -> Rows:
    """Yield every event of the log, or what touches one agency and what is said about that.

    Of one that was redacted only that it was there.
    """
    from briefing.linked import LinkedLog
    from briefing.slices import of_agency

    wanted = of_agency(LinkedLog(workspace.log.recorded), agency) if agency else None
    for one in workspace.recorded:
        if wanted is not None and one.digest not in wanted:
            continue
        about = getattr(one.event, "id", None) or getattr(one.event, "target", "")[:8]
        if one.digest in workspace.redactions:
            about = "(redacted)"
        yield {
            "id": one.digest[:8],
            "recorded_at": one.at.isoformat(),
            "type": one.event.type,
            "about": about,
            "digest": one.digest,
        }


class _Dated(Protocol):
    @property
    def when(self) -> Span | None: ...


_Thing = TypeVar("_Thing", bound=_Dated)


def in_time(things: Iterable[_Thing]) -> list[_Thing]:
    """Return things by their dates, the newest last and those without one behind it; of one day in log order."""
    from briefing.dates import sort_key

    def order(one: _Dated) -> tuple[bool, object]:
        key = sort_key(one.when)
        return (not key[0], key)

    return sorted(things, key=order)


def printed(span: Span | None) -> str:
    """Return a date as a list prints it; empty when there is none."""
    from briefing.dates import format_span

    return format_span(span) + (" (year inferred)" if span.year_inferred else "") if span else ""


ROWS: dict[str, Callable[[Workspace, str], Rows]] = {
    "meetings": meetings,
    "planned": planned,
    "objectives": objectives,
    "notes": notes,
    "agencies": register("agencies"),
    "people": register("people"),
    "topics": register("topics"),
    "visits": visits,
    "sources": sources,
    "commitments": commitments,
    "differences": differences,
    "gaps": gaps,
    "events": events,
}

OF_AGENCY = ("meetings", "planned", "commitments", "events")
"""What can be listed of one agency alone."""


def print_rows(rows: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """Print rows, each in a line that begins with its id, digests shortened; or as JSON, with all digits."""
    import json

    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        cells = [_cell(v) for k, v in row.items() if k not in ("id", "digest") and v not in ("", None)]
        print(f"{row['id']:{width}}  " + "  ".join(cells))


def short_digests(text: str) -> str:
    """Return a text with each digest in it cut to the twelve digits that a person needs to find it again."""
    return _DIGEST.sub(lambda found: found[0][:12], text)


_DIGEST = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")


def _cell(value: str | list[dict[str, Any]]) -> str:
    """Return a value as it stands in a line: a text, or the readings of a difference."""
    if isinstance(value, str):
        return short_digests(value)
    readings = []
    for one in value:
        where = f"{one['source']} {one['paragraph']}" if one["paragraph"] else one["source"]
        readings.append(f"{where}: " + ", ".join(f"“{words}”" for words in one["words"]))
    return " / ".join(readings)
