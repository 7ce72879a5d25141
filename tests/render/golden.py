"""Digests of the paper that is written out by hand, kept with the versions it was made with.

`make golden` writes `golden.json` anew: after a change of templates, renderers or libraries, and after a look
at the pages. The papers of the record that ships are not kept: their words change with every paper.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing.render.made import versions
from tests.render.processes import made

KEPT = Path(__file__).with_name("golden.json")
FORMATS = ("pdf", "docx")


def versions_here() -> dict[str, dict[str, str]]:
    """Return what the papers would be made with here, by format, the kind of machine with it."""
    return {format_: {**versions(format_), "machine": os.uname().machine} for format_ in FORMATS}


def digests_of(papers: Mapping[str, bytes]) -> dict[str, str]:
    """Return the SHA-256 of the papers that are kept."""
    return {name: hashlib.sha256(papers[name]).hexdigest() for name in (f"by-hand.{one}" for one in FORMATS)}


def kept() -> dict[str, Any]:
    """Return what was kept: versions and digests."""
    found: dict[str, Any] = json.loads(KEPT.read_text(encoding="utf-8"))
    return found


def parted(then: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    """Return what differs between the versions that were kept and those here."""
    names = [name for name in {**then, **here} if then.get(name) != here.get(name)]
    return [f"{name} {then.get(name, 'none')}, here {here.get(name, 'none')}" for name in names]


def main() -> None:
    """Make the papers and keep their digests."""
    with tempfile.TemporaryDirectory() as folder:
        papers = made(Path(folder) / "out", HOME=folder, TZ="UTC", PYTHONHASHSEED="0", LC_ALL="C.UTF-8")
    found = {"versions": versions_here(), "digests": digests_of(papers)}
    KEPT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
