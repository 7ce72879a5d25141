"""The Word template that ships is the one that its script writes, with the faces of the paper in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

from docx.oxml.ns import qn
from fontTools.ttLib import TTFont

from briefing.resources import template_file
from tests.render.papers import rendered
from tests.render.processes import ROOT
from tests.render.reading import docx_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_template_is_what_its_script_writes(tmp_path: Path) -> None:
    copy = shutil.copytree(ROOT / "templates", tmp_path / "templates", ignore=shutil.ignore_patterns("note.docx"))
    subprocess.run([sys.executable, copy / "make_note_docx.py"], check=True)

    assert members((copy / "note.docx").read_bytes()) == members(template_file("note.docx").read_bytes())


def test_a_paper_brings_its_faces_along_and_offices_may_edit_with_them() -> None:
    data = rendered("visit report", "docx")
    files = members(data)
    table = docx_xml(data, "word/fontTable.xml")
    targets = dict(re.findall(r'Id="(\w+)"[^>]*Target="([^"]+)"', files["word/_rels/fontTable.xml.rels"].decode()))
    targets |= {i: t for t, i in re.findall(r'Target="([^"]+)"[^>]*Id="(\w+)"', files["word/_rels/fontTable.xml.rels"].decode())}
    found = {}
    for font in table.iter(qn("w:font")):
        for face in font:
            if "embed" in face.tag:
                key = bytes.fromhex(re.sub(r"[{}-]", "", face.get(qn("w:fontKey"))))[::-1] * 2
                relation = face.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
                hidden = files[f"word/{targets[relation]}"]
                bare = TTFont(BytesIO(bytes(a ^ b for a, b in zip(hidden, key, strict=False)) + hidden[32:]))
                found[font.get(qn("w:name")), face.tag.removeprefix(f"{W}embed")] = bare
    assert {
        (family, face): (font["name"].getDebugName(1), font["name"].getDebugName(2), font["OS/2"].fsType)
        for (family, face), font in found.items()
    } == {
        ("Source Serif 4", "Regular"): ("Source Serif 4", "Regular", 0),
        ("Source Serif 4", "Bold"): ("Source Serif 4", "Bold", 0),
        ("Source Serif 4", "Italic"): ("Source Serif 4", "Italic", 0),
        ("Source Sans 3", "Regular"): ("Source Sans 3", "Regular", 0),
        ("Source Sans 3", "Bold"): ("Source Sans 3", "Bold", 0),
    }
    assert all({ord("ă"), ord("–"), ord("“"), ord("€"), 0xA0} <= set(font.getBestCmap()) for font in found.values())
