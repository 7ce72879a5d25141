"""From a ready note, warm, in one process and in two: PDFs and Word files a second, against the bare libraries.

Bare WeasyPrint sets the same HTML with the same CSS, fonts, variant, tags and attachment; bare docxtpl fills the
same template with the same words. Typst sets as much text in as many tables, for reference.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from measure import ROOT, Side, at_least, below, load, rounds, told, unmeasured

from briefing.cli.house import SETTINGS_FILE, read_settings
from briefing.cli.workspace import Workspace, open_workspace
from briefing.notes.note import BulletList, Note, Paragraph, Runs, Table
from briefing.notes.papers import ATTACH, Paper, fitted, make
from briefing.render.body import body_pages
from briefing.render.docx import context, environment, render_docx
from briefing.render.html import compose
from briefing.render.many import executor, render_many
from briefing.render.pdf import EVIDENCE, render_pdf
from briefing.resources import template_file, templates_dir

BESIDE, MEASURED = 0.85, 0.5
"""What part of the speed of bare WeasyPrint a paper has to reach, and one that is measured before it is written."""
VISIT = "misri-us-2025"

BRIEF = Paper("meeting", "strategic-trade-dialogue")
"""Of the record in docs/examples: laid out once for each part that may have to move, and then written."""
EXAMPLE = ROOT / "docs" / "examples" / "record"
MANY = 8
"""Papers that are made at once."""
OPTIONS = {"pdf_variant": "pdf/a-3a", "pdf_tags": True, "pdf_identifier": b"a benchmark 1234", "output_intent": "srgb"}


def main(times: int = 7, many: int = MANY) -> int:
    """Print the lines and return 1 when a goal is missed."""
    sample = open_workspace(sample=True)
    note = make(sample.material, Paper("visit", VISIT, ((ATTACH, "yes"),)), sample.frame())
    with tempfile.TemporaryDirectory() as folder:
        pages = [lambda: render_pdf(note), _bare_pdf(note), _typst(note, Path(folder))]
        pdf, bare_pdf, typst = rounds(pages, times=times, doubt=below(BESIDE))
        docx, bare_docx = rounds([lambda: render_docx(note), _bare_docx(note, Path(folder))], times=times * 3)
    goals = [
        at_least(BESIDE, "pdf-warm", Side("briefing", pdf), Side("bare WeasyPrint", bare_pdf),
                 f"; {1 / pdf:.1f} a second"),
        _brief(times),
        _in_two([note] * many, times),
    ]  # fmt: skip
    told("docx-warm", Side("briefing", docx), Side("bare docxtpl", bare_docx), f"; {1 / docx:.1f} a second")
    told("pdf-typst", Side("briefing", pdf), Side("Typst, as much text", typst), f"; load {load()}")
    return 0 if all(goals) else 1


def _brief(times: int) -> bool:
    """A brief, measured and written, against its page set once."""
    workspace = Workspace(EXAMPLE, read_settings(EXAMPLE / SETTINGS_FILE))
    material, frame = workspace.material, workspace.frame()

    def ours() -> Note:
        note = make(material, fitted(material, BRIEF, frame, body_pages), frame)
        render_pdf(note)
        return note

    brief, bare = rounds([ours, _bare_pdf(ours())], times=times, doubt=below(MEASURED))
    measured = Side("briefing, measured and written", brief)
    return at_least(MEASURED, "brief-warm", measured, Side("bare WeasyPrint", bare))


def _in_two(notes: list[Note], times: int) -> bool:
    """The same paper many times in two processes, which are there already, by the wall clock."""
    many, bare = len(notes), _bare_pdf(notes[0])
    others = ProcessPoolExecutor(2, get_context("fork"), _keep, (bare,))
    ours = executor(many, "pdf", workers=2) or unmeasured("no second process")
    with ours, others:
        list(others.map(_run, range(2)))
        render_many(notes[:2], "pdf", None, executor=ours)
        two, theirs, one = rounds([
            lambda: render_many(notes, "pdf", None, executor=ours),
            lambda: list(others.map(_run, range(many))),
            lambda: render_many(notes, "pdf", None),
        ], times=times // 2, ran=True, clock=perf_counter, doubt=below(BESIDE))  # fmt: skip
    rates = f"; {many / one:.1f} a second in one process, {many / two:.1f} in two ({one / two:.2f} times)"
    return at_least(BESIDE, "pdf-two", Side(f"{many}, two processes", two), Side("bare WeasyPrint", theirs), rates)


_kept: list[Callable[[], object]] = []


def _keep(turn: Callable[[], object]) -> None:
    _kept.append(turn)


def _run(_number: int) -> object:
    return _kept[0]()


def _bare_pdf(note: Note) -> Callable[[], object]:
    """Return what sets a note's page with nothing but WeasyPrint, its attachment with it."""
    from weasyprint import HTML, Attachment

    page, base = compose(note, fonts=True), f"{templates_dir()}/"

    def turn() -> object:
        files = [Attachment(string=note.evidence, name=EVIDENCE, relationship="Source")] if note.evidence else []
        return HTML(string=page, base_url=base).write_pdf(attachments=files, **OPTIONS)

    return turn


def _bare_docx(note: Note, folder: Path) -> Callable[[], object]:
    from docxtpl import DocxTemplate

    words = context(note)

    def fill() -> None:
        document = DocxTemplate(template_file("note.docx"))
        document.render(words, jinja_env=environment(), autoescape=True)
        document.save(folder / "bare.docx")

    return fill


def _typst(note: Note, folder: Path) -> Callable[[], object]:
    """Return what sets the note's words in Typst: its paragraphs, lists and tables."""
    import typst

    lines = ['#set page(paper: "a4")']
    for block in note.blocks:
        if isinstance(block, Paragraph):
            lines.append(f"#{_words(block.runs)}\n")
        elif isinstance(block, BulletList):
            lines += [f"- #{_words(item)}" for item in block.items]
        elif isinstance(block, Table):
            cells = [_words(cell) for row in block.rows for cell in row]
            lines.append(f"#table(columns: {len(block.columns)}, {', '.join(cells)})")
    source = folder / "page.typ"
    source.write_text("\n\n".join(lines), encoding="utf-8")
    return lambda: typst.compile(str(source))


def _words(runs: Runs) -> str:
    text = "".join(run.text for run in runs).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'text("{text}")'


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
