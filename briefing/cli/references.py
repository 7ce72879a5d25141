"""What a reference on the command line names: an event by its digest, or the newest about a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.cli.workspace import Workspace

if TYPE_CHECKING:
    from briefing.events import Recorded

SHORTEST = 8
"""Digits of a digest that do on the command line."""


def is_digest(folded: str) -> bool:
    """Tell whether a reference, in small letters, may be the digits of a digest."""
    return len(folded) >= SHORTEST and all(c in "0123456789abcdef" for c in folded)


def find_redaction(workspace: Workspace, reference: str) -> Recorded | None:
    """Return the redaction of the event whose digits a reference is, whether or not its file is still here."""
    folded = reference.casefold()
    found = [one for target, one in workspace.redactions.items() if is_digest(folded) and target.startswith(folded)]
    return found[0] if len(found) == 1 else None


def find_event(workspace: Workspace, reference: str) -> Recorded:
    """Return the event a reference names: by digest, else the newest about a thing that bears the name."""
    from briefing.errors import NotOnRecord
    from briefing.names import nearest_names
    from briefing.state import RegisterKind

    folded = reference.casefold()
    if is_digest(folded):
        found = [one for one in workspace.recorded if one.digest.startswith(folded)]
        if len(found) == 1:
            return found[0]
    state = workspace.state
    kinds: tuple[RegisterKind, ...] = ("meeting", "planned", "visit", "agency", "person", "topic", "source")
    ids = {id_ for kind in kinds if (id_ := state.find(kind, reference.split("/", maxsplit=1)[0]))} | {reference}
    for one in reversed(workspace.recorded):
        if getattr(one.event, "id", None) in ids and one.digest not in workspace.redactions:
            return one
    nearest = tuple(dict.fromkeys(id_ for kind in kinds for id_ in nearest_names(state, kind, reference)))[:3]
    raise NotOnRecord("event or thing", reference, nearest=nearest)
