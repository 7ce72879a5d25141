"""Papers made by a process of its own, on what looks like another machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

MAKE = r"""
import sys
from pathlib import Path
from briefing.cli.main import call
from briefing.render import render
from briefing.errors import OutputFailed
from briefing.notes.note import Paragraph
from tests.render.sample import EVERYTHING, sample_note, text

out = Path(sys.argv[1])
out.mkdir(parents=True)
for ending in ("pdf", "docx"):
    (out / f"by-hand.{ending}").write_bytes(render(sample_note(EVERYTHING), ending))
    assert call(["note", "visit", "--sample", "-o", str(out / f"visit.{ending}")]) == 0
    assert call(["-C", sys.argv[2], "note", "meeting", "strategic-trade-dialogue", "-o", str(out / f"brief.{ending}")]) == 0
    assert call(["agency", "commerce", "--sample", "--lang", "hi", "-o", str(out / f"hindi.{ending}")]) == 0
try:
    (out / "snowman.pdf").write_bytes(render(sample_note((Paragraph(text("\u2603")),)), "pdf"))
except OutputFailed as refused:  # none of our fonts has the sign; one of the machine's may not step in
    (out / "refused.txt").write_text(refused.message)
"""


def made(out: Path, tree: Path = ROOT, **environment: str) -> dict[str, bytes]:
    """Return what the program in `tree` makes with `out` as folder and these variables: eight papers and a refusal."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    out.parent.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", MAKE, str(out), str(tree / "docs" / "examples" / "record")],
        env={**kept, "PYTHONPATH": str(tree), **environment},
        cwd=out.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    return {file.name: file.read_bytes() for file in sorted(out.iterdir())}


def copied_program(folder: Path) -> Path:
    """Return a folder with a copy of the program, its templates, its record and the paper written out by hand."""
    for part in ("briefing", "templates", "events", "tests/render", "docs/examples/record"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def fontconfig(path: Path, *folders: str) -> Path:
    """Write a font configuration that names these folders and no others."""
    listed = "".join(f"<dir>{folder}</dir>" for folder in folders)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"<?xml version='1.0'?><fontconfig>{listed}</fontconfig>", encoding="utf-8")
    return path
