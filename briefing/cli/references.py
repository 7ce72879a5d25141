"""What a reference on the command line names: an event by its digest, or the newest about a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.cli.workspace import Workspace
from briefing.spelling import is_digest

if TYPE_CHECKING:
    from briefing.events import Recorded
    from briefing.state import RegisterKind


def needing_reference(workspace: Workspace, reference: str) -> Workspace:
    """Return the workspace with only what a reference may mean; the whole where that is nothing on record."""
    from briefing.slices import named_slice

    part = workspace.needing(lambda record: named_slice(record, reference))
    return part if find_redaction(part, reference) or look_up(part, reference) else workspace


def find_redaction(workspace: Workspace, reference: str) -> Recorded | None:
    """Return the redaction of the event whose digits a reference is, whether or not its file is still here."""
    folded = reference.casefold()
    found = [one for target, one in workspace.redactions.items() if is_digest(folded) and target.startswith(folded)]
    return found[0] if len(found) == 1 else None


def find_event(workspace: Workspace, reference: str) -> Recorded:
    """Return the event a reference names: by digest, else the newest about a thing that bears the name."""
    from briefing.errors import NotOnRecord
    from briefing.names import nearest_names

    if (found := look_up(workspace, reference)) is not None:
        return found
    state = workspace.state
    nearest = tuple(dict.fromkeys(id_ for kind in _kinds() for id_ in nearest_names(state, kind, reference)))[:3]
    raise NotOnRecord("event or thing", reference, nearest=nearest)


def look_up(workspace: Workspace, reference: str) -> Recorded | None:
    """Return the event a reference names; None where there is none."""
    folded = reference.casefold()
    if is_digest(folded):
        found = [one for one in workspace.recorded if one.digest.startswith(folded)]
        if len(found) == 1:
            return found[0]
    state = workspace.state
    ids = {id_ for kind in _kinds() if (id_ := state.find(kind, reference.split("/", maxsplit=1)[0]))} | {reference}
    about = (one for one in reversed(workspace.recorded) if getattr(one.event, "id", None) in ids)
    return next((one for one in about if one.digest not in workspace.redactions), None)


def _kinds() -> tuple[RegisterKind, ...]:
    return ("meeting", "planned", "visit", "agency", "person", "topic", "source")
