"""Issuing papers and making them again: the file and the event, both or neither."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.output import put_out, staged
from briefing.cli.papers import Asked, Wanted, fit, place, rendered
from briefing.cli.workspace import Workspace
from briefing.cli.writing import pen_for, put_on_record
from briefing.errors import BriefingError, Refused, UsageProblem

if TYPE_CHECKING:
    from briefing.issuing import Made
    from briefing.notes.frame import Frame
    from briefing.notes.papers import Paper
    from briefing.state import BriefingState, IssuedNote


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition that is to be there in the end: on record already, when an earlier run was cut off behind that."""

    paper: Paper
    frame: Frame
    workspace: Workspace
    on_record: IssuedNote | None = None


def issue_papers(workspace: Workspace, wanted: Wanted, asked: Asked) -> None:
    """Render each paper beside its place, put the events on record, then put the files in their places.

    What fails before the events leaves nothing; what fails behind them is mended by the same command.
    """
    from briefing.issuing import issue, leaves_the_house
    from briefing.notes.papers import make

    workspace.whole.require_writable()
    format_, readers = asked.format_, _readers(workspace, asked)
    made = made_here(workspace, format_)
    pen = pen_for(workspace.whole, by=asked.by, accept_clock=asked.accept_clock)
    with ExitStack() as stack:
        puts: list[Callable[[], None]] = []
        for asked_for in wanted.papers:
            edition = _edition(workspace, asked_for, asked, readers=readers, format_=format_, made=made)
            paper, frame, material = edition.paper, edition.frame, edition.workspace.material
            note = make(material, paper, frame)
            data = rendered(material, note, paper, format_, workspace.house_templates)
            released_as = note.basis if leaves_the_house(paper, frame) else None
            name = edition_stem(paper.kind, frame.reference, frame.edition, released_as=released_as)
            path = place(workspace, wanted, asked, name)
            put = stack.enter_context(staged(path, data)) if path and not asked.dry_run else _printing(data)
            if not edition.on_record:
                files = {format_: sha256(data).hexdigest()}
                issue(pen, note, frame, paper=paper, to=readers, made=made, files=files)
            puts.append(_then_said(put, path, edition, readers))
        put_on_record(workspace.whole, pen.written, dry_run=asked.dry_run)
        for put in [] if asked.dry_run else puts:
            put()
    if asked.dry_run:
        from briefing.cli.writing import print_written

        print_written(pen.written, dry_run=True)


def edition_stem(kind: str, reference: str, edition: int, *, released_as: str | None) -> str:
    """Return the name of an edition's file; that of a released paper says nothing that the paper does not."""
    from briefing.names import slug

    return f"{kind}-{released_as[:16]}" if released_as else f"{slug(reference)}-edition-{edition}"


def _printing(data: bytes) -> Callable[[], None]:
    return lambda: put_out(data, None)


def _then_said(put: Callable[[], None], path: Path | None, edition: Edition, readers: list[str]) -> Callable[[], None]:
    """Return what puts a file in its place and says so; a failure says that the edition is on record."""

    def done() -> None:
        name = edition.frame.numbered_reference
        try:
            put()
        except BriefingError as fault:
            hint = f"{name} is on record; the same command writes its file"
            raise type(fault)(fault.message, hint=hint) from fault
        before = ", on record already" if edition.on_record else ""
        print(f"{path or 'standard output'}: {name}, to {'; '.join(readers)}{before}", file=sys.stderr)

    return done


def _readers(workspace: Workspace, asked: Asked) -> list[str]:
    readers = asked.to or [one for one in [workspace.setting("to")] if one]
    if not readers:
        raise UsageProblem("nobody is named who is given it", hint="--to READER, a post; again for more readers")
    if workspace.incomplete:
        raise Refused("a paper on an incomplete record is not issued", hint="leave out --issue for a preview")
    return readers


def _edition(workspace: Workspace, paper: Paper, asked: Asked, *, readers: list[str], format_: str,
             made: Made) -> Edition:  # fmt: skip
    """Return the next edition; or one to the same readers, where nothing but issued papers came on record since.

    An edition that two offices issued is left behind by a new number.
    """
    from briefing.issuing import next_edition, reference_of

    reference = reference_of(paper, given=asked.ref, office=workspace.setting("reference"))
    number = next_edition(_notes_of(workspace), reference)
    issued = workspace.whole.state.editions(reference)
    numbers = Counter(one.issued.edition for one in issued)
    for one in (each for each in issued if numbers[each.issued.edition] == 1):
        formats = [file.format for file in one.issued.files]
        if one.issued.to == tuple(readers) and formats == [format_] and _since(workspace, one):
            then = workspace.on(one.issued.heads)
            frame = _frame(then, asked, reference, one.issued.edition, readers)
            fitting = fit(then, paper, frame)
            if _same(one, fitting, frame, made):
                return Edition(fitting, frame, then, on_record=one)
    if number in numbers:
        raise Refused(f"edition {number} of {reference} was issued since that basis",
                      hint="leave out --basis and --known-at, or give it another --ref")  # fmt: skip
    frame = _frame(workspace, asked, reference, number, readers)
    return Edition(fit(workspace, paper, frame), frame, workspace)


def _notes_of(workspace: Workspace) -> BriefingState:
    """Return the state with the papers that were issued; what is released holds none of them."""
    return workspace.whole.state if workspace.ceiling or workspace.release else workspace.state


def _since(workspace: Workspace, one: IssuedNote) -> bool:
    """Tell whether nothing but issued papers came on record since an edition."""
    from briefing.ancestry import added_since
    from briefing.events import NoteIssued

    return all(isinstance(each.event, NoteIssued) for each in added_since(workspace.log.recorded, one.issued.heads))


def _frame(workspace: Workspace, asked: Asked, reference: str, edition: int, readers: list[str]) -> Frame:
    from briefing.issuing import clearance, issued_twice
    from briefing.notes.papers import READERS

    state = _notes_of(workspace)
    return replace(workspace.frame(reference=reference, lang=asked.lang), edition=edition, to=READERS.join(readers),
                   cleared_by=clearance(state, reference), twice=issued_twice(state, reference))  # fmt: skip


def _same(one: IssuedNote, paper: Paper, frame: Frame, made: Made) -> bool:
    from briefing.issuing import made_by
    from briefing.notes.papers import kept

    issued = one.issued
    options = tuple((option.name, option.value) for option in issued.options)
    return (issued.paper, issued.subject or "", options, issued.cleared_by or "", made_by(issued)) == (
        paper.kind, paper.subject, kept(paper, frame), frame.cleared_by, made)  # fmt: skip


def made_here(workspace: Workspace, format_: str) -> Made:
    """Return what a file of a format would be made by here."""
    from briefing.issuing import Made
    from briefing.render.made import versions
    from briefing.resources import template_digest

    return Made(template_digest(format_, workspace.house_templates), versions(format_))


def make_again(workspace: Workspace, asked: Asked, kinds: tuple[str, ...]) -> None:
    """Write the bytes of an edition again; refused where they could not be the same, saying why."""
    from briefing.issuing import edition_named, made_by, paper_of, remade

    issued = edition_named(workspace.whole.state, asked.again).issued
    if issued.paper not in kinds:
        raise UsageProblem(f"{asked.again} is no paper of this command: its kind is {issued.paper}",
                           hint="`briefing list notes` shows the kind of each")  # fmt: skip
    digests = {file.format: file.sha256 for file in issued.files}
    format_ = asked.format_.lower() or next(iter(digests))
    if format_ not in digests:
        raise Refused(f"{asked.again} was issued as {', '.join(digests)}, not as {format_}", hint="leave out --format")
    if other := made_by(issued).differences(made_here(workspace, format_)):
        raise Refused(f"{asked.again} was made with {'; '.join(other)}", hint="make it where these are the same")
    material, note = remade(workspace.whole.on(issued.heads).log.recorded, issued, workspace.words, workspace.profiles)
    data = rendered(material, note, paper_of(issued), format_, workspace.house_templates)
    if sha256(data).hexdigest() != digests[format_]:
        raise Refused(f"{asked.again} does not come out as it was issued, though all that it names is the same",
                      hint="please report it: two runs should give the same bytes")  # fmt: skip
    asked_here = replace(asked, format_=format_)
    name = edition_stem(issued.paper, issued.reference, issued.edition, released_as=issued.public_reference)
    put_out(data, place(workspace, Wanted(()), asked_here, name))
