"""`briefing list` and `briefing show`: what is on record."""

from __future__ import annotations

import json as json_
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.history import history
from briefing.cli.listing import OF_AGENCY, ROWS, print_rows, short_digests
from briefing.cli.reading import reading
from briefing.cli.references import find_event, find_redaction, needing_reference
from briefing.cli.workspace import Json, Workspace

if TYPE_CHECKING:
    from briefing.events import Recorded


@reading
def list_(
    workspace: Workspace,
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help=" or ".join(", ".join(ROWS).rsplit(", ", 1)) + ".")
    ] = "meetings",
    agency: Annotated[
        str, typer.Option(metavar="NAME", help="Only meetings, planned, commitments or events of this agency.")
    ] = "",
    json: Json = False,
) -> None:
    """List what is on record."""
    from briefing.cli.naming import agency_named
    from briefing.errors import UsageProblem
    from briefing.slices import LISTED, listed_slice

    if kind not in ROWS:
        raise UsageProblem(f"“{kind}” is nothing that can be listed", hint="one of: " + ", ".join(ROWS))
    if agency and kind not in OF_AGENCY:
        raise UsageProblem(f"{kind} are not listed by agency", hint="--agency goes with " + ", ".join(OF_AGENCY))
    id_ = ""
    if agency:
        id_ = agency_named(workspace, agency)
        workspace = workspace.needing(lambda record: listed_slice(record, id_))
    elif kind in LISTED:
        workspace = workspace.needing(LISTED[kind])
    rows = list(ROWS[kind](workspace, id_))
    print_rows(rows, as_json=json)


@reading
def show(
    workspace: Workspace,
    reference: Annotated[
        str, typer.Argument(metavar="REF", help="A digest (8 digits do), or the id or name of anything on record.")
    ],
    raw: Annotated[bool, typer.Option("--raw", help="Print the bytes of its file and nothing else.")] = False,
    json: Json = False,
) -> None:
    """Show one thing on record: what kind, when, what it says, and on what.

    An event is shown with what was later said about it, a source with its paragraphs numbered. Of an event
    that was redacted the redaction is shown. `--raw | sha256sum` prints the digest; --json has every field.
    """
    from briefing.codec import encode

    workspace = needing_reference(workspace, reference)
    recorded = find_redaction(workspace, reference) or find_event(workspace, reference)
    text = encode(recorded.event).decode()
    if raw:
        print(text, end="")
        return
    later = history(workspace.recorded, recorded.digest, workspace.redactions)
    if json:
        found = {"digest": recorded.digest, "event": json_.loads(text), "history": [line.strip() for line in later]}
        print(json_.dumps(found, ensure_ascii=False, indent=2))
        return
    if recorded.event.type == "source.registered":
        _show_source(recorded)
        return
    from briefing.cli.showing import told

    print(*told(recorded, workspace.state), sep="\n")
    if later:
        print("\nlater:", *(f"  {short_digests(line.replace('# ', '', 1))}" for line in later), sep="\n")


def _show_source(recorded: Recorded) -> None:
    from briefing.events import SourceRegistered
    from briefing.passages import paragraphs

    source = recorded.event
    assert isinstance(source, SourceRegistered)
    print(
        f"# {recorded.digest[:12]}\n# {source.id}: {source.title or source.publisher}; "
        f"SHA-256 of the original {source.original_sha256[:12]}\n"
    )
    print(source.text[: source.body_start].rstrip())
    for n, (start, end) in enumerate(paragraphs(source.text, source.body_start), 1):
        print(f"\n{n:>3}  {source.text[start:end]}")
