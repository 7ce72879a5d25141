"""`briefing why`: from words on paper to the events and quotations they rest on."""

from __future__ import annotations

import json as json_
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.cli.reading import reading
from briefing.cli.workspace import Json, Workspace

if TYPE_CHECKING:
    from briefing.notes.grounds import Grounds, Statement
    from briefing.notes.note import Note
    from briefing.state import RegisterKind


@reading
def why(
    workspace: Workspace,
    words: Annotated[
        str, typer.Argument(metavar="WORDS", help="Words of the paper, as printed; or the number of a paragraph.")
    ],
    paper: Annotated[
        str,
        typer.Argument(
            metavar="PAPER",
            help="Its file, REF@EDITION of an issued paper, or kind/subject, such as agency/us-treasury."
            " Without it the report on the newest visit.",
        ),
    ] = "",
    json: Json = False,
) -> None:
    """Show what words of a paper rest on.

    For each paragraph, row or line with the words: the events that hold them, by digest and file, and the
    quotations with source and paragraph. What no event holds is named by its rule: counted from the
    record, or a gap in it.
    """
    from briefing.errors import NotOnRecord
    from briefing.notes.grounds import Grounds

    on, note = paper_named(workspace, paper)
    grounds = Grounds(on.log.recorded)
    found = list(meant(grounds, note, words))
    if not found:
        raise NotOnRecord("words", words, hint=f"they do not stand in “{note.title}” ({note.paper.lower()})")
    if json:
        print(json_.dumps([as_json(one) for one in found], ensure_ascii=False, indent=2))
        return
    for one in found:
        _print(one)


def paper_named(workspace: Workspace, said: str) -> tuple[Workspace, Note]:
    """Return a paper by its file, by REF@EDITION, or by kind and subject, and the part of the record it is of."""
    from briefing.cli.naming import agency_named
    from briefing.cli.notes import newest_visit, period_of
    from briefing.errors import NoInput, UsageProblem
    from briefing.issuing import edition_named, remade
    from briefing.notes.papers import PAPERS, PERIOD, Paper, make
    from briefing.proof.apart import take_apart

    if said and Path(said).is_file():
        file = take_apart(Path(said))
        if not file.request:
            raise UsageProblem(f"{said} does not carry what it was asked for", hint="name the paper by kind/subject")
        on = workspace.whole.on(workspace.heads_of(said))
        return on, file.refolded(on.log, on.words, on.profiles)[1]
    if "@" in said:
        issued = edition_named(workspace.whole.state, said).issued
        on = workspace.whole.on(issued.heads)
        return on, remade(on.log.recorded, issued, on.words, on.profiles)[1]
    kind, _, subject = (said or f"visit/{newest_visit(workspace.state)}").partition("/")
    if kind == "visit" and not subject:
        subject = newest_visit(workspace.state)
    if kind not in PAPERS:
        raise NoInput(f"{said} is no paper: no file of that name, no edition and no kind of paper",
                      hint=f"kinds: {', '.join(PAPERS)}; `briefing list notes` shows editions")  # fmt: skip
    options = ((PERIOD, period_of(workspace)),) if kind == "agency" else ()
    id_ = agency_named(workspace, subject) if kind == "agency" else _id(workspace, subject)
    return workspace, make(workspace.material, Paper(kind, id_, options), workspace.frame())


def _id(workspace: Workspace, subject: str) -> str:
    """Return the id of a paper's subject, by any of its names."""
    kinds: tuple[RegisterKind, ...] = ("visit", "agency", "meeting", "planned", "person")
    found = (workspace.state.find(kind, subject) for kind in kinds)
    return next((one for one in found if one), subject)


def meant(grounds: Grounds, note: Note, words: str) -> list[Statement]:
    """Return the statements with the words, or the paragraph of the number."""
    from briefing.notes.grounds import fold, statements, words_of

    places = [(place, runs, words_of(runs)) for place, runs in statements(note)]
    number = re.fullmatch(r"(?:para(?:graph)?\s*)?(\d+)", words.strip())
    if number and (exact := [one for one in places if one[0] == f"paragraph {number[1]}"]):
        places = exact
    else:
        places = [one for one in places if fold(words) in fold(one[2])]
    return [grounds.statement(place, runs) for place, runs, _ in places]


def file_of(digest: str, event: Any) -> str:
    """Return the name of an event's file below the workspace."""
    from briefing.codec import file_name
    from briefing.events import Digest

    return f"events/{file_name(event, Digest(digest))}"


def as_json(one: Statement) -> dict[str, Any]:
    """Return a statement as plain JSON."""
    return {
        "place": one.place,
        "text": one.text,
        "rule": one.rule or None,
        "events": [
            {
                "digest": ground.digest,
                "type": ground.event.type,
                "about": getattr(ground.event, "id", None),
                "file": file_of(ground.digest, ground.event),
                "words": list(ground.words),
                "quotations": [
                    {"source": q.source, "paragraph": q.paragraph, "quote": q.quote, "start": q.start, "end": q.end}
                    for q in ground.quoted
                ],
            }
            for ground in one.grounds
        ],
    }


def _print(one: Statement) -> None:
    print(f"{one.place}: {one.text}")
    for ground in one.grounds:
        print(f"  {ground.digest[:12]}  {ground.event.type}  {getattr(ground.event, 'id', '')}")
        print(f"    {file_of(ground.digest, ground.event)}")
        for quoted in ground.quoted:
            where = f"paragraph {quoted.paragraph}" if quoted.paragraph else "above the text"
            print(f"    “{quoted.quote}” – {quoted.source}, {where}")
    if not one.grounds:
        print(f"  {one.rule or 'no event of the record holds these words'}")
    print()
