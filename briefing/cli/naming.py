"""What a name on the command line means: a thing on record, by id or name; an agency also by a word of its name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from briefing.cli.workspace import Workspace

if TYPE_CHECKING:
    from briefing.state import BriefingState, RegisterKind

LISTING: dict[RegisterKind, str] = {
    "agency": "agencies", "person": "people", "topic": "topics", "meeting": "list meetings", "planned": "list planned",
    "visit": "list visits", "source": "list sources",
}  # fmt: skip
"""The command that lists the things of a kind."""


def require(state: BriefingState, kind: RegisterKind, reference: str) -> str:
    """Return the id of a thing on record; `NotOnRecord` with the nearest names otherwise."""
    from briefing.errors import NotOnRecord
    from briefing.names import nearest_names

    id_ = state.find(kind, reference)
    if id_ is None:
        called = "planned meeting" if kind == "planned" else kind
        hint = f"`briefing {LISTING[kind]}` shows what is on record"
        raise NotOnRecord(called, reference, nearest=nearest_names(state, kind, reference), hint=hint)
    return id_


def found_by_name(workspace: Workspace, kind: RegisterKind, reference: str) -> tuple[Workspace, str]:
    """Return the id of a thing on record, and the part of the record that was read for it: what bears the name.

    `NotOnRecord` with the nearest names otherwise.
    """
    from briefing.slices import named_slice

    named = workspace.needing(lambda record: named_slice(record, reference))
    if id_ := named.state.find(kind, reference):
        return named, id_
    return workspace, require(workspace.state, kind, reference)


def agency_named(workspace: Workspace, said: str) -> str:
    """Return the id of an agency by any of its names, or by a word of the name of one alone, which is then told.

    "Commerce" is the Department of Commerce where no other agency has the word. `NotOnRecord` with those that
    have it where several do, and with the nearest names where none does. For what is read: nothing is put on
    record on such a guess.
    """
    from briefing.errors import NotOnRecord
    from briefing.events import AgencyDescribed
    from briefing.names import with_words
    from briefing.slices import register_slice

    state = workspace.needing(lambda record: register_slice(record, AgencyDescribed)).state
    if id_ := state.find("agency", said):
        return id_
    found = with_words(state, "agency", said)
    if len(found) > 1:
        raise NotOnRecord("agency", said, hint=f"several have it in their names: {', '.join(found)}")
    if not found:
        return require(state, "agency", said)
    print(f"“{said}” is taken for {state.agencies[found[0]].name}", file=sys.stderr)
    return found[0]
