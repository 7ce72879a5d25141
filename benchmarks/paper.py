"""One visit report as PDF, a cold process, against a bare script that sets the same page with the same options."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import BRIEFING, PYTHON, Side, always, at_most, medians, over

from briefing.cli.workspace import open_workspace
from briefing.notes.visit import visit_report
from briefing.render.html import compose
from briefing.resources import templates_dir

LIMIT = 1.5
VISIT = "misri-us-2025"
BARE = """
import sys
from weasyprint import HTML
html, templates, pdf = sys.argv[1:]
HTML(html, base_url=templates).write_pdf(
    pdf, pdf_variant="pdf/a-3a", pdf_tags=True, pdf_identifier=b"a benchmark 1234", output_intent="srgb"
)
"""


def main(runs: int = 9) -> int:
    """Print the line and return 1 when the paper is over its limit."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        sample = open_workspace(sample=True)
        page.write_text(compose(visit_report(sample.state, VISIT, sample.frame()), fonts=True), encoding="utf-8")
        report = [BRIEFING, "note", "visit", VISIT, "--sample", "-o", f"{folder}/report.pdf"]
        bare = [PYTHON, "-c", BARE, str(page), f"{templates_dir()}/", f"{folder}/bare.pdf"]
        ours, theirs = medians([always("report", report), always("bare", bare)], runs=runs, doubt=over(LIMIT))
    ok = at_most(LIMIT, "paper-cold", Side("briefing note visit", ours), Side("bare WeasyPrint", theirs))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
