"""`briefing list` and `briefing show`: what is on record."""

from __future__ import annotations

import json as json_
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.cli.workspace import Json, Sample, Workspace, open_workspace

if TYPE_CHECKING:
    from briefing.dates import Span
    from briefing.events import Recorded
    from briefing.state import BriefingState

KINDS = (
    "meetings",
    "agencies",
    "people",
    "topics",
    "visits",
    "sources",
    "commitments",
    "differences",
    "gaps",
    "events",
)


def list_(
    kind: Annotated[str, typer.Argument(help="One of: " + ", ".join(KINDS) + ".")] = "meetings",
    agency: Annotated[str, typer.Option(help="Only meetings with this agency.")] = "",
    json: Json = False,
    sample: Sample = False,
) -> None:
    """List what is on record."""
    from briefing.errors import UsageProblem

    workspace = open_workspace(sample=sample)
    if kind not in KINDS:
        raise UsageProblem(f"“{kind}” is nothing that can be listed", hint="one of: " + ", ".join(KINDS))
    rows = list(_rows(workspace, kind, agency))
    if json:
        print(json_.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        print(f"{row['id']:{width}}  " + "  ".join(str(v) for k, v in row.items() if k != "id" and v not in ("", None)))


def _rows(workspace: Workspace, kind: str, agency: str) -> Iterator[dict[str, Any]]:
    from briefing.cli.notes import require

    state = workspace.state
    if kind == "events":
        for one in workspace.log.recorded:
            yield {"id": one.digest[:8], "recorded_at": one.at.isoformat(), "type": one.event.type,
                   "about": getattr(one.event, "id", None) or getattr(one.event, "target", "")[:8], "digest": one.digest}  # fmt: skip
    elif kind == "meetings":
        wanted = require(state, "agency", agency) if agency else ""
        for m in state.meetings_of_agency(wanted) if wanted else state.meetings.values():
            yield {"id": m.id, "when": _date(m.when), "title": m.held.title, "agencies": ", ".join(m.agencies)}
    elif kind in ("agencies", "people", "topics"):
        registers: dict[str, Any] = {"agencies": state.agencies, "people": state.people, "topics": state.topics}
        for entry in registers[kind].values():
            yield {"id": entry.id, "name": entry.name, "aliases": ", ".join(entry.aliases)}
    elif kind == "visits":
        for visit in state.visits.values():
            yield {"id": visit.id, "when": _date(visit.when), "title": visit.title}
    elif kind == "sources":
        for source in state.sources.values():
            yield {
                "id": source.id,
                "title": source.title or source.publisher,
                "dateline": source.dateline,
                "sha256": source.original_sha256,
            }
    else:
        yield from _findings(state, kind)


def _findings(state: BriefingState, kind: str) -> Iterator[dict[str, Any]]:
    if kind == "commitments":
        for item in state.commitments:
            yield {
                "id": item.ref,
                "say": item.commitment.say,
                "due": _date(item.commitment.due),
                "status": item.commitment.status,
            }
    elif kind == "differences":
        for n, difference in enumerate(state.differences, 1):
            readings = [
                {"source": r.source, "paragraph": state.paragraph(r.citation), "words": list(r.words)}
                for r in difference.readings
            ]
            yield {
                "id": f"d{n}",
                "about": difference.label,
                "aspects": ", ".join(difference.aspects),
                "readings": readings,
            }
    else:
        for gap in state.gaps:
            yield {"id": gap.about, "kind": gap.kind}


def _date(span: Span | None) -> str:
    from briefing.dates import format_span

    return format_span(span) + (" (year inferred)" if span.year_inferred else "") if span else ""


def show(
    reference: Annotated[
        str, typer.Argument(metavar="REF", help="A digest (8 digits do), or the id or name of anything on record.")
    ],
    json: Json = False,
    sample: Sample = False,
) -> None:
    """Show one thing on record as it was written.

    An event is shown with its digest and with what was later said about it, a source with its
    paragraphs numbered.
    """
    from briefing.codec import encode

    workspace = open_workspace(sample=sample)
    recorded = _find(workspace, reference)
    text = encode(recorded.event).decode()
    if json:
        print(json_.dumps({"digest": recorded.digest, "event": json_.loads(text)}, ensure_ascii=False, indent=2))
        return
    if recorded.event.type == "source.registered":
        _show_source(recorded)
        return
    print(f"# {recorded.digest}")
    print(text, end="")
    for one in workspace.log.recorded:
        if getattr(one.event, "target", "") == recorded.digest or recorded.digest in one.event.replaces:
            print(f"# {one.event.type} by {one.digest}: {getattr(one.event, 'reason', '')}")


def _find(workspace: Workspace, reference: str) -> Recorded:
    """Return the event a reference names: by digest, else the newest about a thing that bears the name."""
    from briefing.errors import NotOnRecord
    from briefing.names import nearest_names
    from briefing.state import RegisterKind

    folded = reference.casefold()
    if len(folded) >= 8 and all(c in "0123456789abcdef" for c in folded):
        found = [one for one in workspace.log.recorded if one.digest.startswith(folded)]
        if len(found) == 1:
            return found[0]
    state = workspace.state
    kinds: tuple[RegisterKind, ...] = ("meeting", "visit", "agency", "person", "topic", "source")
    ids = {id_ for kind in kinds if (id_ := state.find(kind, reference.split("/", maxsplit=1)[0]))} | {reference}
    for one in reversed(workspace.log.recorded):
        if getattr(one.event, "id", None) in ids:
            return one
    nearest = tuple(dict.fromkeys(id_ for kind in kinds for id_ in nearest_names(state, kind, reference)))[:3]
    raise NotOnRecord("event or thing", reference, nearest=nearest)


def _show_source(recorded: Recorded) -> None:
    from briefing.events import SourceRegistered
    from briefing.passages import paragraphs

    source = recorded.event
    assert isinstance(source, SourceRegistered)
    print(
        f"# {recorded.digest}\n# {source.id}: {source.title or source.publisher}; SHA-256 of the original {source.original_sha256}\n"
    )
    print(source.text[: source.body_start].rstrip())
    for n, (start, end) in enumerate(paragraphs(source.text, source.body_start), 1):
        print(f"\n{n:>3}  {source.text[start:end]}")
