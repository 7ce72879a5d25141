"""`briefing accept`: a draft on which every proposal was decided is put on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.drafts import DraftFile, gather, put_drafts, read_files
from briefing.cli.workspace import By, DryRun, Json
from briefing.cli.writing import AcceptClock, writable

if TYPE_CHECKING:
    from briefing.errors import Place
    from briefing.intake.reader import Node


def accept(
    files: Annotated[list[str], typer.Argument(metavar="DRAFT…", help="Drafts with decided proposals.")],
    new: Annotated[
        bool, typer.Option("--new", help="Also put names on the register that were typed, not proposed.")
    ] = False,
    by: By = "",
    accept_clock: AcceptClock = False,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Put reviewed drafts on record.

    Refused while a proposal is pending, or a quotation is not word for word in its text; every problem
    is named at once. Whoever was accepted is thereby put on the register. The drafts stay as they are,
    and accepting them again adds nothing.
    """
    from briefing.items import Problems

    workspace = writable()
    problems = Problems()
    read = read_files(files)
    items, texts = gather(read, problems)
    put_drafts(
        workspace, items, texts, problems, new=new, by=by, accept_clock=accept_clock, dry_run=dry_run, as_json=json,
        agreed=frozenset() if problems else frozenset(_agreed(read)),
    )  # fmt: skip


def _agreed(files: Sequence[DraftFile]) -> Iterator[Place]:
    """Yield the places of all that stands in accepted proposals: whoever is new there was agreed to."""
    from briefing.intake.proposals import ACCEPTED, proposals
    from briefing.intake.reader import read_documents
    from briefing.items import Problems

    for file in files:
        for node, block in proposals(read_documents(file.data, file.name, Problems()), Problems()):
            if block.decision == ACCEPTED:
                yield from _places(node)


def _places(node: Node) -> Iterator[Place]:
    from briefing.intake.reader import ListNode, MapNode

    yield node.place
    if isinstance(node, ListNode):
        for one in node.entries:
            yield from _places(one)
    elif isinstance(node, MapNode):
        for _, value in node.entries:
            yield from _places(value)
