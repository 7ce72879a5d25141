"""Folders with a ministry's own templates: copies of those that ship, changed by hand, in Word or with ill intent."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument

from briefing.resources import template_file

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def house_page(folder: Path, addition: str, *, css: str = "", first: str = "") -> Path:
    """Make a copy of the page's template with something before its end, and of the style sheet with more around it."""
    page = template_file("note.html.j2").read_text(encoding="utf-8").replace("</main>", f"{addition}</main>")
    (folder / "note.html.j2").write_text(page, encoding="utf-8")
    if css or first:
        styled = template_file("note.css").read_text(encoding="utf-8")
        (folder / "note.css").write_text(f"{first}\n{styled}\n{css}", encoding="utf-8")
    return folder


def house_word(folder: Path, addition: str) -> Path:
    """Make a copy of the Word template with something in place of its title."""
    return with_parts(folder, {"word/document.xml": lambda xml: xml.replace(b"{{ title }}", addition.encode())})


def with_parts(folder: Path, changes: dict[str, Callable[[bytes], bytes]]) -> Path:
    """Make a copy of the Word template with parts changed, or added."""
    whole = BytesIO()
    with zipfile.ZipFile(template_file("note.docx")) as source, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as target:
        for name in dict.fromkeys([*source.namelist(), *changes]):
            content = source.read(name) if name in source.namelist() else b""
            target.writestr(name, changes[name](content) if name in changes else content)
    (folder / "note.docx").write_bytes(whole.getvalue())
    return folder


def with_relation(folder: Path, kind: str, target: str) -> Path:
    """Make a copy of the Word template whose text links to something outside the file."""
    link = f'<Relationship Id="rId900" Type="{REL}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    name = "word/_rels/document.xml.rels"
    return with_parts(folder, {name: lambda xml: xml.replace(b"</Relationships>", link.encode())})


def changed_in_word(folder: Path, change: Callable[[WordDocument], None]) -> Path:
    """Make a copy of the Word template, opened, changed and saved by python-docx as Word would."""
    document = Document(str(template_file("note.docx")))
    change(document)
    document.save(str(folder / "note.docx"))
    return folder
