"""`briefing note …` and `briefing agency …`: papers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.listing import printed
from briefing.cli.naming import agency_named, require
from briefing.cli.narrowing import scope
from briefing.cli.papers import Wanted, paper_command
from briefing.cli.workspace import Workspace

if TYPE_CHECKING:
    from briefing.notes.papers import Paper
    from briefing.state import BriefingState


@paper_command("visit")
def visit(
    workspace: Workspace,
    visit_id: Annotated[
        str, typer.Argument(metavar="VISIT", help="The visit, by id or name; without it the newest with meetings.")
    ] = "",
) -> Wanted:
    """Write the visit report.

    It prints what the record holds on a visit, and says what is not known and where texts differ.
    """
    from briefing.events import VisitDescribed
    from briefing.notes.papers import Paper
    from briefing.slices import register_slice

    if visit_id:
        register = workspace.needing(lambda record: register_slice(record, VisitDescribed))
        id_ = require(register.state, "visit", visit_id)
    else:
        id_ = newest_visit(workspace.state)
    return Wanted((Paper("visit", id_),))


def newest_visit(state: BriefingState) -> str:
    """Return the id of the newest visit with meetings."""
    from briefing.dates import sort_key
    from briefing.errors import NotOnRecord

    found = [v for v in state.visits.values() if state.meetings_of_visit(v.id)]
    if not found:
        raise NotOnRecord(
            "visit with meetings",
            hint="`briefing new visit` prints a draft of one; a meeting belongs to it by `visit:` in its own draft",
        )
    return max(found, key=lambda v: sort_key(v.when) if v.when else ()).id


@paper_command("handover")
def handover(
    workspace: Workspace,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="AGENCY", help="The agencies of the desk; without any, all.")
    ] = None,
) -> Wanted:
    """Write the handover note of a desk: what is open, who is who, what differs and what has aged."""
    from briefing.notes.papers import Paper

    ids = [agency_named(workspace, name) for name in names or ()]
    return Wanted((Paper("handover", options=(("agencies", " ".join(ids)),) if ids else ()),))


@paper_command("agency", "matrix")
def agency(
    workspace: Workspace,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME", help="An agency, by id, name, other name (“pentagon”) or a word of its name."),
    ] = None,
    all_: Annotated[
        bool, typer.Option("--all", help="Every agency of the other side, and a table of agencies and topics.")
    ] = False,
    period: Annotated[
        str,
        typer.Option(
            metavar="WORDS",
            help="The contacts to tell: “2 years”, “1 January 2025 to 30 June 2025”, “all”. "
            "Without it `period` of briefing.toml, else 12 months.",
        ),
    ] = "",
) -> Wanted:
    """Write one page on each agency.

    Its contacts are those of a period, back to the last one where there was none since. Open commitments, and where
    each side stood last on every subject, are told whatever their age.

    Several agencies, or --all, go into a folder, which -o names. Where -o names a file that ends in .pdf, they
    are one PDF: the outline has an entry for each paper and its headings below; each keeps the page numbers that
    it has alone, so that it can be taken out and handed over. What is there already as it would come out is
    not made again.
    """
    from briefing.errors import UsageProblem
    from briefing.notes.papers import PERIOD, Paper

    if bool(names) is all_:
        raise UsageProblem("say which agencies: names, or --all", hint="`briefing list agencies` shows them")
    ids = _all_agencies(workspace.state) if all_ else [agency_named(workspace, name) for name in names or ()]
    covered = ((PERIOD, period_of(workspace, period)),)
    papers = [Paper("agency", id_, covered) for id_ in ids]
    for paper in papers if period else ():
        _say_if_empty(workspace, paper, period)
    if all_:
        papers.insert(0, Paper("matrix", options=(("agencies", " ".join(ids)),)))
    return Wanted(tuple(papers), folder="agencies" if len(papers) > 1 else "")


def _say_if_empty(workspace: Workspace, paper: Paper, words: str) -> None:
    """Say that a period that was asked for has no contact, and how far back the page goes instead."""
    from briefing.notes.covered import covered
    from briefing.paper_slices import SLICES
    from briefing.periods import parse_period

    about = scope(workspace, paper)
    state = workspace.needing(lambda record: SLICES[paper.kind](record, about)).state
    found = covered(state.meetings_of_agency(paper.subject), parse_period(words, state.today))
    last = f"the last one before: {printed(found.before.when)}" if found.before else "none before it either"
    if found.since():
        last = f"the page goes back to the last one, {printed(found.meetings[0].when)}"
    if found.since() or not found.meetings:
        print(f"{paper.subject}: no contact in “{words}”; {last}", file=sys.stderr)


def period_of(workspace: Workspace, said: str = "") -> str:
    """Return the period of an agency's page in words: as said or set, else the default; refused where it is none."""
    from datetime import date

    from briefing.dates import DateProblem
    from briefing.errors import UsageProblem
    from briefing.periods import DEFAULT, parse_period

    words = workspace.setting("period", said) or DEFAULT
    try:
        parse_period(words, date.max)
    except DateProblem as problem:
        what, _, hint = str(problem).partition("\n")
        raise UsageProblem(what, hint=hint) from None
    return words


def _all_agencies(state: BriefingState) -> list[str]:
    from briefing.errors import NotOnRecord
    from briefing.notes.writer import agency_order

    found = [a.id for a in agency_order(state, state.agencies) if a.side != "ours"]
    if not found:
        raise NotOnRecord("agency of the other side", hint="`briefing append` puts agencies on the register")
    return found
