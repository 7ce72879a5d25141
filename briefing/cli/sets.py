"""A set of papers, in a folder or as one PDF: what is current stays, the rest is made on all cores."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.cli.caches import cache_dir
from briefing.cli.crew import workers
from briefing.cli.output import put_out
from briefing.cli.papers import Asked, Wanted, fit, place, preview_frame, stem
from briefing.cli.progress import progress
from briefing.cli.remembered import Remembered
from briefing.cli.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Executor

    from briefing.notes.note import Note
    from briefing.notes.papers import Paper


def preview_set(workspace: Workspace, wanted: Wanted, asked: Asked) -> None:
    """Write the papers of a set whose inputs have changed, all or none, and say how many were current."""
    from briefing.render.made import inputs, inputs_of

    papers = [(_placed(workspace, wanted, asked, paper), note) for paper, note in _papers(workspace, wanted, asked)]
    folder = papers[0][0].parent
    kept, rest = Remembered(cache_dir(workspace), folder), inputs(asked.format_, workspace.house_templates)
    due = [(path, note, key) for path, note in papers if not kept.current(path.name, key := inputs_of(note, rest))]
    for (path, _, key), data in zip(due, made(workspace, [note for _, note, _ in due], asked.format_), strict=True):
        put_out(data, path)
        kept.keep(path.name, key, data)
    if due:
        kept.write()
    print(f"{folder}: {len(due)} written, {len(papers) - len(due)} current", file=sys.stderr)


def preview_in_one(workspace: Workspace, wanted: Wanted, asked: Asked) -> None:
    """Write the papers of a set as one PDF, unless it is there as it would come out."""
    from briefing.render.made import inputs, inputs_of
    from briefing.render.together import cover, render_together

    notes = [note for _, note in _papers(workspace, wanted, asked)]
    path = None if asked.output == "-" else Path(asked.output)
    templates = workspace.house_templates
    if path is None:
        put_out(render_together(notes, templates), None)
        return
    kept, key = Remembered(cache_dir(workspace), path.parent), inputs(asked.format_, templates)
    for note in (cover(notes), *notes):
        key = inputs_of(note, key)
    if kept.current(path.name, key):
        print(f"{path}: current", file=sys.stderr)
        return
    data = render_together(notes, templates)
    put_out(data, path)
    kept.keep(path.name, key, data)
    kept.write()


def _papers(workspace: Workspace, wanted: Wanted, asked: Asked) -> Iterator[tuple[Paper, Note]]:
    """Yield each paper as it is asked for, and before it has a look."""
    from briefing.notes.papers import make

    for asked_for in wanted.papers:
        frame = preview_frame(workspace, asked_for, asked)
        paper = fit(workspace, asked_for, frame)
        yield paper, make(workspace.material, paper, frame)


def _placed(workspace: Workspace, wanted: Wanted, asked: Asked, paper: Paper) -> Path:
    """Return where a paper of a set goes."""
    path = place(workspace, wanted, asked, stem(paper, in_folder=True))
    assert path is not None, "a set goes into a folder"
    return path


def made(workspace: Workspace, notes: Sequence[Note], format_: str) -> list[bytes]:
    """Return papers as files' bytes, made in as many processes as are wanted; all or none."""
    from briefing.executors import cluster
    from briefing.render.many import executor, render_many

    with ExitStack() as stack:
        pool: Executor | None
        if address := workspace.setting("cluster"):
            pool = stack.enter_context(cluster(address))
        elif (pool := executor(len(notes), format_, workers=workers(workspace))) is not None:
            stack.enter_context(pool)
        return render_many(notes, format_, workspace.house_templates, executor=pool, elsewhere=bool(address),
                           progress=progress("papers"))  # fmt: skip
