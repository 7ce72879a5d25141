"""From a ready note, warm, in one process: PDFs and Word files a second, against the bare libraries.

Bare WeasyPrint sets the same HTML with the same CSS, fonts, variant and tags; bare docxtpl fills the
same template with the same words. Typst sets as much text in as many tables, for reference.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measure import Side, at_least, load, rounds, told

from briefing.cli.workspace import open_workspace
from briefing.notes.note import BulletList, Note, Paragraph, Runs, Table
from briefing.notes.visit import visit_report
from briefing.render.docx import context, environment, render_docx
from briefing.render.html import compose
from briefing.render.pdf import render_pdf
from briefing.resources import template_file, templates_dir

VISIT = "misri-us-2025"


def main() -> int:
    """Print the lines and return 1 when a goal is missed."""
    sample = open_workspace(sample=True)
    note = visit_report(sample.state, VISIT, sample.frame())
    with tempfile.TemporaryDirectory() as folder:
        turns = [lambda: render_pdf(note), _bare_pdf(note), _typst(note, Path(folder))]
        pdf, bare_pdf, typst = rounds(turns, times=7)
        docx, bare_docx = rounds([lambda: render_docx(note), _bare_docx(note, Path(folder))], times=21)
    goals = (
        at_least(0.85, "pdf-warm", Side("briefing", pdf), Side("bare WeasyPrint", bare_pdf),
                 f"; {1 / pdf:.1f} a second"),
    )  # fmt: skip
    told("docx-warm", Side("briefing", docx), Side("bare docxtpl", bare_docx), f"; {1 / docx:.1f} a second")
    told("pdf-typst", Side("briefing", pdf), Side("Typst, as much text", typst), f"; load {load()}")
    return 0 if all(goals) else 1


def _bare_pdf(note: Note) -> Callable[[], object]:
    from weasyprint import HTML

    page, base = compose(note, fonts=True), f"{templates_dir()}/"
    return lambda: HTML(string=page, base_url=base).write_pdf(
        pdf_variant="pdf/a-3a", pdf_tags=True, pdf_identifier=b"a benchmark 1234", output_intent="srgb"
    )


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
    sys.exit(main())
