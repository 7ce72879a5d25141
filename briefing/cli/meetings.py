"""`briefing note meeting|card|book|record …`: papers before and after a meeting."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.naming import found_by_name, require
from briefing.cli.papers import Wanted, paper_command
from briefing.cli.workspace import Workspace

if TYPE_CHECKING:
    from briefing.notes.papers import Paper

Planned = Annotated[str, typer.Argument(metavar="MEETING", help="The planned meeting, by id or title.")]


@paper_command("meeting")
def meeting(workspace: Workspace, subject: Planned) -> Wanted:
    """Write the brief before a planned meeting.

    Two pages, and an annex with what does not fit. For the reader of --to it says what is new since
    the brief they last saw.
    """
    from briefing.notes.papers import Paper

    return Wanted((Paper("meeting", found_by_name(workspace, "planned", subject)[1]),))


@paper_command("card")
def card(workspace: Workspace, subject: Planned) -> Wanted:
    """Write the points card: one page in large type, points and lines only."""
    from briefing.notes.papers import Paper

    return Wanted((Paper("card", found_by_name(workspace, "planned", subject)[1]),))


@paper_command("book")
def book(
    workspace: Workspace,
    visit_id: Annotated[
        str, typer.Argument(metavar="VISIT", help="The visit, by id or name; without it every meeting to come.")
    ] = "",
) -> Wanted:
    """Write the visit book: the programme, a numbered brief for each meeting to come, one checklist."""
    from briefing.errors import NotOnRecord
    from briefing.notes.book import meetings_to_come
    from briefing.notes.papers import Paper

    id_ = require(workspace.state, "visit", visit_id) if visit_id else ""
    if not meetings_to_come(workspace.state, id_):
        raise NotOnRecord("meeting to come", id_, hint="`briefing new planned` prints a draft of one")
    return Wanted((Paper("book", id_),))


@paper_command("record", "public")
def record(
    workspace: Workspace,
    subject: Annotated[str, typer.Argument(metavar="MEETING", help="The meeting that was held, by id or title.")],
    public: Annotated[
        bool, typer.Option("--public", help="The public cut: only what is marked for release, 200 words at most.")
    ] = False,
) -> Wanted:
    """Write the record of a meeting that was held.

    With --public, what is marked `public` and nothing else; refused where nothing is.
    """
    from briefing.errors import NotOnRecord
    from briefing.events import MeetingHeld
    from briefing.notes.papers import Paper

    named, id_ = found_by_name(workspace, "meeting", subject)
    if not isinstance(named.state.meetings[id_].held, MeetingHeld):
        raise NotOnRecord("meeting held", subject, hint="it is a report on a visit: `briefing note visit` has it")
    paper = Paper("public" if public else "record", id_)
    if public:
        _say_if_short(workspace, paper)
    return Wanted((paper,))


def _say_if_short(workspace: Workspace, paper: Paper) -> None:
    """Say that a public cut is shorter than is usual: nothing is added to what was released."""
    from briefing.notes.papers import make
    from briefing.notes.public import FEWEST, MOST, words

    if (found := words(make(workspace.material, paper, workspace.frame()))) < FEWEST:
        print(f"{found} words are released; {FEWEST} to {MOST} are usual", file=sys.stderr)
