"""What every command that writes papers shares: preview, issue, again; one file, or a folder of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from briefing.cli.narrowing import narrowed
from briefing.cli.options import Options, required, with_options
from briefing.cli.reading import READING, chosen_workspace
from briefing.cli.workspace import By, DryRun, Format, Lang, Output, Workspace
from briefing.cli.writing import AcceptClock

if TYPE_CHECKING:
    from briefing.notes.frame import Frame
    from briefing.notes.note import Note
    from briefing.notes.papers import Material, Paper

Issue = Annotated[
    bool, typer.Option("--issue", help="Issue it: the next edition, and an event that says who was given it.")
]
To = Annotated[
    list[str] | None,
    typer.Option("--to", metavar="READER", help="Who is given it, a post; again for more. Else `to` of briefing.toml."),
]
Ref = Annotated[
    str,
    typer.Option(
        "--ref", metavar="REFERENCE", help="Its reference; else `reference` of briefing.toml, kind and subject."
    ),
]
Again = Annotated[
    str,
    typer.Option("--again", metavar="REF@EDITION", help="Make an edition that was issued again, byte for byte."),
]

Ceiling = Annotated[
    str,
    typer.Option("--ceiling", metavar="MARK", help="Only what may be seen up to this mark; its caveats are theirs."),
]
Release = Annotated[
    str,
    typer.Option("--release", metavar="public|A,B", help="Only what is released to the public, or to all of these."),
]
StatedMark = Annotated[
    str, typer.Option("--marking", metavar="MARK", help="A mark above what its words ask for; needs its reason.")
]
MarkingReason = Annotated[
    str, typer.Option("--marking-reason", metavar="TEXT", help="Why it is marked above what its words ask for.")
]

Attach = Annotated[
    bool, typer.Option("--attach", help="Let the file carry the events that it prints: PDF and Word only.")
]

PAPER: Options = {
    "format_": Format, "lang": Lang, "output": Output, "attach": Attach, "issue": Issue, "to": To,
    "ref": Ref, "again": Again,
    "ceiling": Ceiling, "release": Release, "marking": StatedMark, "marking_reason": MarkingReason,
    "by": By, "accept_clock": AcceptClock, "dry_run": DryRun,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command is to make: one paper, or several that go into a folder of this name.

    `listing` is printed instead, where there is no paper, or neither --output, --format nor --issue asks for it.
    `on` is another part of the record than the one that was chosen; `part` holds all of that which previews need, where
    that is known already.
    """

    papers: tuple[Paper, ...]
    folder: str = ""
    listing: Callable[[], None] | None = None
    on: Workspace | None = None
    part: Workspace | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of `PAPER` as they were given."""

    format_: str
    lang: str
    output: str
    attach: bool
    issue: bool
    to: list[str] | None
    ref: str
    again: str
    ceiling: str
    release: str
    marking: str
    marking_reason: str
    by: str
    accept_clock: bool
    dry_run: bool


def paper_command(*kinds: str) -> Callable[[Callable[..., Wanted]], Callable[..., None]]:
    """Make a command, whose first argument is a `Workspace` and which returns what is `Wanted`, write papers.

    It gets the options of all papers, and those that say which record is read. `kinds` are those it makes.
    """

    def decorated(command: Callable[..., Wanted]) -> Callable[..., None]:
        def run(**given: Any) -> None:
            from briefing.cli.output import chosen_format

            workspace = chosen_workspace(**{name: given.pop(name) for name in READING})
            asked = Asked(**{name: given.pop(name) for name in PAPER})
            _require_sense(asked)
            if asked.ceiling or asked.release:
                _require_release(workspace, kinds)
            if asked.again:
                from briefing.cli.issue import make_again

                make_again(workspace, asked, kinds)
                return
            of_the_reader = ("ceiling", "release", "marking", "marking_reason")
            workspace = replace(workspace, **{name: getattr(asked, name) for name in of_the_reader})
            if missing := [name for name in required(command) if not given[name]]:
                _refuse_without(missing)
            with naming_the_mark(workspace):
                wanted = command(workspace, **given)
            workspace = wanted.on or workspace
            if wanted.listing and not (wanted.papers and (asked.output or asked.format_ or asked.issue)):
                wanted.listing()
                return
            asked = replace(asked, format_=chosen_format(asked.format_, asked.output, formats=_formats(wanted)))
            _require_room(wanted, asked)
            if asked.attach:
                wanted = _carrying(wanted, asked)
            with naming_the_mark(workspace):
                if asked.issue:
                    from briefing.cli.issue import issue_papers

                    issue_papers(workspace, wanted, asked)
                else:
                    preview(workspace, wanted, asked)

        return with_options(run, command, {**PAPER, **READING}, lenient=True)

    return decorated


def _refuse_without(missing: list[str]) -> None:
    """Refuse a command without what only --again can do without."""
    from briefing.errors import UsageProblem

    raise UsageProblem(f"missing: {', '.join(missing)}", hint="`briefing COMMAND --help` shows what it takes")


def _require_sense(asked: Asked) -> None:
    from briefing.errors import UsageProblem

    if asked.again and (asked.issue or asked.to or asked.ref):
        raise UsageProblem("an edition is made again as it was", hint="leave out --issue, --to and --ref")
    if asked.again and (asked.ceiling or asked.release or asked.marking):
        raise UsageProblem("an edition is made again as it was", hint="leave out --ceiling, --release and --marking")
    if asked.marking and (asked.ceiling or asked.release):
        raise UsageProblem("a paper for a reader bears the mark that its words ask for", hint="leave out --marking")
    if not asked.issue and (asked.by or asked.dry_run or asked.accept_clock):
        raise UsageProblem("a preview puts nothing on record", hint="--issue, or leave out --by and --dry-run")


def _require_release(workspace: Workspace, kinds: tuple[str, ...]) -> None:
    """Refuse a paper for a reader that would show, or be made from, what they may not see."""
    from briefing.errors import Refused

    if workspace.incomplete:
        raise Refused("an incomplete record releases nothing", hint="what forbids a release may be missing")
    if workspace.known_at or workspace.on_basis:
        raise Refused("what may be shown follows from all that is on record, also from marks that were raised later",
                      hint="leave out --known-at and --basis")  # fmt: skip
    if "changes" in kinds:
        raise Refused("a change sheet tells what was corrected and withdrawn, and is not released",
                      hint="leave out --ceiling and --release")  # fmt: skip


@contextmanager
def naming_the_mark(workspace: Workspace) -> Iterator[None]:
    """Say which event gives a mark that the profile does not know, where one forbids a paper."""
    from briefing.codec import file_name
    from briefing.envelope import Digest
    from briefing.errors import Refused
    from briefing.markings.marking import UnknownMark
    from briefing.release import unknown_marks

    try:
        yield
    except UnknownMark as fault:
        for one, found in unknown_marks(workspace.log.recorded, workspace.profiles(workspace.profile)):
            name = file_name(one.event, Digest(one.digest))
            hint = f"`briefing correct {one.digest[:8]} --set marking=MARK`; {found.hint}"
            raise Refused(f"{name}: {found.message}", hint=hint) from fault
        raise


def _require_room(wanted: Wanted, asked: Asked) -> None:
    from briefing.errors import UsageProblem

    if not wanted.folder:
        return
    output = asked.output
    if in_one_file(wanted, asked):
        if asked.issue or asked.attach:
            raise UsageProblem("several papers in one file are a preview, and carry no events",
                               hint="leave out --issue and --attach, or name a folder with -o")  # fmt: skip
    elif output and (output == "-" or Path(output).is_file() or Path(output).suffix):
        raise UsageProblem("several papers fit into one file only as PDF",
                           hint="name a folder with -o, a file that ends in .pdf, or one subject")  # fmt: skip
    if asked.ref and len(wanted.papers) > 1:
        raise UsageProblem("each paper has a reference of its own", hint="leave out --ref, or name one subject")


def in_one_file(wanted: Wanted, asked: Asked) -> bool:
    """Tell whether several papers are wanted as one PDF: the output is a file of that name, or standard output."""
    to_a_file = asked.output == "-" or Path(asked.output).suffix.lower() == ".pdf"
    return bool(wanted.folder) and asked.format_ == "pdf" and to_a_file


def _carrying(wanted: Wanted, asked: Asked) -> Wanted:
    """Return what is wanted with the events attached; refused where a file cannot carry them, or must not."""
    from briefing.errors import Refused, UsageProblem
    from briefing.notes.papers import ATTACH, RELEASES

    if asked.format_ not in ("pdf", "docx"):
        raise UsageProblem(f"a file of {asked.format_} carries no events", hint="--attach goes with pdf and docx")
    if asked.ceiling or asked.release or any(one.kind in RELEASES for one in wanted.papers):
        raise Refused("a paper that leaves the house carries no events", hint="leave out --attach")
    papers = (replace(one, options=tuple(sorted((*one.options, (ATTACH, "yes"))))) for one in wanted.papers)
    return replace(wanted, papers=tuple(papers))


def _formats(wanted: Wanted) -> tuple[str, ...]:
    """Return the formats in which all of the papers can be made."""
    from briefing.cli.output import FORMATS
    from briefing.notes.papers import SHEETS
    from briefing.render.sheet import SHEET_FORMATS

    return (*FORMATS, *SHEET_FORMATS) if all(one.kind in SHEETS for one in wanted.papers) else FORMATS


def preview(workspace: Workspace, wanted: Wanted, asked: Asked) -> None:
    """Write papers that are marked as previews."""
    from briefing.cli.output import put_out
    from briefing.notes.papers import READERS, make

    workspace = wanted.part or narrowed(
        workspace, wanted.papers, reader=given_to(workspace, asked).partition(READERS)[0], ref=asked.ref
    )
    if wanted.folder:
        from briefing.cli.sets import preview_in_one, preview_set

        (preview_in_one if in_one_file(wanted, asked) else preview_set)(workspace, wanted, asked)
        return
    material = workspace.material
    for asked_for in wanted.papers:
        frame = preview_frame(workspace, asked_for, asked)
        paper = fit(workspace, asked_for, frame)
        data = rendered(material, make(material, paper, frame), paper, asked.format_, workspace.house_templates)
        put_out(data, place(workspace, wanted, asked, stem(paper, in_folder=False)))


def rendered(material: Material, note: Note, paper: Paper, format_: str, templates: Path | None) -> bytes:
    """Return a paper as a file's bytes; of a sheet for other programs the rows alone."""
    from briefing.notes.papers import SHEETS
    from briefing.notes.tracker import SHEET
    from briefing.render import render
    from briefing.render.sheet import SHEET_FORMATS, render_sheet

    if format_ not in SHEET_FORMATS:
        return render(note, format_, templates)
    rows = SHEETS[paper.kind](material.state, paper)
    return render_sheet(format_, SHEET, rows, title="Commitments", made_at=note.made_at, mark=note.marking)


def fit(workspace: Workspace, paper: Paper, frame: Frame) -> Paper:
    """Return the paper with what has no room on its pages moved, as the PDF sets them."""
    from briefing.notes.papers import BUDGETS, fitted

    if paper.kind not in BUDGETS:
        return paper
    from briefing.render.body import body_pages

    return fitted(workspace.material, paper, frame, lambda note: body_pages(note, workspace.house_templates))


def preview_frame(workspace: Workspace, paper: Paper, asked: Asked) -> Frame:
    """Return what stands around a preview: its readers, and its reference where the office has given one."""
    from briefing.issuing import clearance, issued_twice, reference_of

    office = workspace.setting("reference")
    reference = reference_of(paper, given=asked.ref, office=office)
    frame = workspace.frame(reference=reference if asked.ref or office else "", lang=asked.lang)
    return replace(frame, to=given_to(workspace, asked), cleared_by=clearance(workspace.state, reference),
                   twice=issued_twice(workspace.state, reference))  # fmt: skip


def given_to(workspace: Workspace, asked: Asked) -> str:
    """Return the readers of a preview, as one text."""
    from briefing.notes.papers import READERS

    return READERS.join(asked.to or ()) or workspace.setting("to")


def stem(paper: Paper, *, in_folder: bool) -> str:
    """Return the name of a paper's file; in a folder the sheet about no one subject comes first."""
    if in_folder:
        return paper.subject or f"00-{paper.kind}"
    return "-".join(part for part in (paper.kind, paper.subject) if part)


def place(workspace: Workspace, wanted: Wanted, asked: Asked, name: str) -> Path | None:
    """Return where a paper goes; None is standard output."""
    from briefing.cli.output import default_folder, target

    if not wanted.folder:
        return target(workspace, name, asked.format_, asked.output)
    base = Path(asked.output) if asked.output else default_folder(workspace) / wanted.folder
    return base / f"{name}.{asked.format_}"
