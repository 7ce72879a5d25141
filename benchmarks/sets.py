"""Many papers at once: a page on each agency, in one process, in two, and again when nothing has changed.

    python benchmarks/sets.py 1400     # a record of 40 agencies, whose pages are longer

Whole processes by the wall clock, since two of them are to be seen beside one; a bare script that sets the same
pages with the same options, one after the other, stands beside. Then a tracker of 1,000 rows,
in this process.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from measure import BRIEFING, OUTPUT, PYTHON, Side, at_least, at_most, below, compiled, load, rounds, told
from records import copied

from briefing.cli.house import SETTINGS_FILE, read_settings
from briefing.cli.workspace import Workspace
from briefing.notes.note import Note
from briefing.notes.papers import Paper, make
from briefing.notes.tracker import tracker
from briefing.notes.writer import agency_order
from briefing.render.html import compose
from briefing.render.pdf import render_pdf
from briefing.resources import templates_dir

TWICE, BESIDE = 1.7, 0.85
"""How many times as fast two processes have to be as one, and what part of bare WeasyPrint's speed is the goal."""
EVENTS, ROWS = 500, 1_000
"""A record of some 30 agencies, whose pages are two pages long; and so many commitments in a tracker."""
FEW = 10
BARE = """
import pickle, sys
from weasyprint import HTML
pages, templates = sys.argv[1:]
for page in pickle.load(open(pages, "rb")):
    HTML(string=page, base_url=templates).write_pdf(
        pdf_variant="pdf/a-3a", pdf_tags=True, pdf_identifier=b"a benchmark 1234", output_intent="srgb"
    )
"""


def main(events: int = EVENTS, rows: int = ROWS, beside: int = 1) -> int:
    """Print the lines and return 1 when a goal is missed; 0 leaves out what stands beside the command."""
    OUTPUT.mkdir(exist_ok=True)
    compiled()
    with tempfile.TemporaryDirectory(dir=OUTPUT) as name:
        folder = Path(name)
        goals = _set(folder, _record(folder / "record", events), beside=bool(beside))
        goals.append(_tracker(_record(folder / "promised", rows * 31 // 10), rows))
    print(f"load {load()}")
    return 0 if all(goals) else 1


def _record(folder: Path, events: int) -> Workspace:
    return Workspace(copied(folder, events), read_settings(folder / SETTINGS_FILE))


def _set(folder: Path, workspace: Workspace, *, beside: bool) -> list[bool]:
    two, one = rounds([lambda: _made(folder, workers=2), lambda: _made(folder)], times=1, ran=True,
                      clock=perf_counter, doubt=below(TWICE), more=1)  # fmt: skip
    again = _wall(lambda: _made(folder, workers=2, anew=False))
    count = len(list((folder / "kept").glob("*.pdf")))
    alone = Side(f"{count} papers, one process", one)
    each = f"; {again / count * 1000:.1f} ms a paper, start and reading of the record among them"
    goals = [
        at_least(TWICE, "set-two", Side(f"{count} papers, two processes", two), alone),
        at_most(0.1, "set-again", Side("nothing changed", again), Side("0.1 s a paper", count), each),
    ]
    if beside:
        (folder / "pages").write_bytes(pickle.dumps([compose(note, fonts=True) for note in _pages(workspace)]))
        bare = [PYTHON, "-c", BARE, str(folder / "pages"), f"{templates_dir()}/"]
        goals.append(at_least(BESIDE, "set", alone, Side("bare WeasyPrint", _wall(lambda: _run(bare)))))
        told("set-one-file", Side("all in one PDF", _wall(lambda: _made(folder, one_file=True))), alone)
    return goals


def _wall(turn: Callable[[], object]) -> float:
    """Return the seconds of one turn by the wall: long enough, and in processes of its own, to need no second."""
    return rounds([turn], times=1, ran=True, clock=perf_counter)[0]


def _pages(workspace: Workspace) -> list[Note]:
    """Return the papers that the command makes."""
    frame = workspace.frame()
    ids = [one.id for one in agency_order(workspace.state, workspace.state.agencies) if one.side != "ours"]
    papers = [Paper("matrix", options=(("agencies", " ".join(ids)),)), *(Paper("agency", id_) for id_ in ids)]
    return [make(workspace.material, paper, frame) for paper in papers]


def _made(folder: Path, *, workers: int = 1, anew: bool = True, one_file: bool = False) -> None:
    """Run the command: into a folder of its own where all are to be made anew."""
    where = folder / ("set.pdf" if one_file else "kept")
    command = [BRIEFING, "-C", str(folder / "record"), "agency", "--all", "-o", str(where)]
    if anew:
        for path in [where] if one_file else list(where.glob("*.pdf")):
            path.unlink(missing_ok=True)
    _run(command, BRIEFING_WORKERS=str(workers), BRIEFING_CACHE_DIR=str(folder / "cache"))


def _run(command: list[str], **environment: str) -> None:
    subprocess.run(command, env={**os.environ, **environment}, check=True, capture_output=True)


def _tracker(workspace: Workspace, rows: int) -> bool:
    rounds(_setting(workspace, FEW), times=1, ran=True)  # so that the libraries are loaded
    ours, theirs = rounds(_setting(workspace, rows), times=1, ran=True, doubt=below(BESIDE))
    return at_least(BESIDE, f"tracker-{rows}", Side(f"{rows:,} rows", ours), Side("bare WeasyPrint", theirs))


def _setting(workspace: Workspace, rows: int) -> list[Callable[[], object]]:
    """Return what sets a tracker of so many rows, ours and bare."""
    note = replace(tracker(workspace.state, workspace.frame(), workspace.state.commitments[:rows]), request="")
    page, base = compose(note, fonts=True), f"{templates_dir()}/"

    def bare() -> None:
        from weasyprint import HTML

        HTML(string=page, base_url=base).write_pdf(
            pdf_variant="pdf/a-3a", pdf_tags=True, pdf_identifier=b"a benchmark 1234", output_intent="srgb"
        )

    return [lambda: render_pdf(note), bare]


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
