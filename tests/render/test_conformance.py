"""Every PDF is archival (PDF/A-3a) and accessible (PDF/UA-1) by veraPDF's rules; a PDF made carelessly is not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from weasyprint import Document

from briefing.render import pdf_engine
from briefing.render.pdf import Attached, render_pdf
from briefing.render.together import render_together
from tests.render.conformance import PROFILES, Answers
from tests.render.papers import PAPERS, paper, rendered
from tests.render.processes import ROOT
from tests.render.sample import SHORT, sample_note

pytestmark = pytest.mark.slow

CONTROLS = ("without a variant", "without our metadata")
EVENTS = tuple(Attached(f"{n}.json", b'{"type": "meeting.held"}\n', "An event of the record") for n in (1, 2))


def careless(how: str) -> bytes:
    """Return the paper written out by hand, made with one thing left undone."""
    written = Document.write_pdf

    def write(document: Document, **options: Any) -> Any:
        return written(document, **{name: value for name, value in options.items() if name != "pdf_variant"})

    with pytest.MonkeyPatch.context() as patch:
        if how == "without a variant":
            patch.setattr(Document, "write_pdf", write)
        else:
            patch.setattr(pdf_engine, "with_extensions", lambda rdf, _note: rdf)
        return render_pdf(sample_note(SHORT), attached=EVENTS)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Ask once about all files: Java takes longer to start than to answer."""
    folder = tmp_path_factory.mktemp("pdf")
    made = {name: rendered(name, "pdf") for name in PAPERS}
    made["with attachments"] = render_pdf(paper("visit report"), attached=EVENTS)
    made["agency set"] = render_together([paper("matrix"), paper("agency summary"), sample_note(SHORT)])
    made |= {how: careless(how) for how in CONTROLS}
    for name, data in made.items():
        (folder / f"{name}.pdf").write_bytes(data)
    files = [str(folder / f"{name}.pdf") for name in made]
    script = ROOT / "tests" / "render" / "conformance.py"
    asked = subprocess.run([sys.executable, script, *files], capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    said = json.loads(asked.stdout)
    return {Path(file).stem: said[file] for file in files}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", [*PAPERS, "with attachments", "agency set"])
def test_a_paper_conforms(answers: Answers, name: str, profile: str) -> None:
    assert answers[name][profile] == []


@pytest.mark.parametrize("how", CONTROLS)
def test_a_pdf_made_carelessly_does_not(answers: Answers, how: str) -> None:
    assert answers[how]["PDF/A-3a"] + answers[how]["PDF/UA-1"]
