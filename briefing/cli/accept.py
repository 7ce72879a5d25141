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
    from briefing.items import Said


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
    """Yield the places of what stands in accepted proposals: whoever is new there was agreed to, unless rejected."""
    from briefing.intake.proposals import ACCEPTED, REJECTED, proposals
    from briefing.intake.reader import read_documents
    from briefing.items import Problems
    from briefing.spelling import fold_name

    for file in files:
        found = list(proposals(read_documents(file.data, file.name, Problems()), Problems()))
        away = {fold_name(name) for node, block in found if block.decision == REJECTED for name in _entry(node)}
        for node, block in found:
            if block.decision == ACCEPTED:
                yield from (said.place for said in _texts(node) if fold_name(said.text) not in away)


def _entry(node: Node) -> Iterator[str]:
    """Yield the name under which a draft would put somebody or something on the register."""
    from briefing.intake.reader import MapNode
    from briefing.items import Said

    entries = node.entries if isinstance(node, MapNode) else ()
    first = {key.text for key, _ in entries[:1]}
    yield from (said.text for key, said in entries[:1] if first & _REGISTER and isinstance(said, Said))


_REGISTER = frozenset(["person", "agency", "topic"])


def _texts(node: Node) -> Iterator[Said]:
    from briefing.intake.reader import ListNode, MapNode

    inside = [value for _, value in node.entries] if isinstance(node, MapNode) else []
    for one in node.entries if isinstance(node, ListNode) else inside:
        yield from _texts(one)
    if not isinstance(node, ListNode | MapNode):
        yield node
