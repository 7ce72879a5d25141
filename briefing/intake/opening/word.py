"""Word files → text: paragraphs, tables, footnotes; what is deleted, hidden or a field's code is left out."""

from __future__ import annotations

import re
from typing import Any

from briefing.intake.opening.opened import CannotRead, Reading
from briefing.intake.opening.plain import spoilt
from briefing.intake.opening.zipped import Archive

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MAIN = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t"}
_LEFT_OUT = {"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "sectPr", "tblPr", "trPr", "tcPr", "sdtPr",
             "footnoteRef", "annotationRef", "object", "pict"}  # fmt: skip
_CORE = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "author": "{http://purl.org/dc/elements/1.1/}creator",
    "date": "{http://purl.org/dc/terms/}modified",
    "identifier": "{http://purl.org/dc/elements/1.1/}identifier",
}
_OTHERS = {
    "xl/workbook.xml": ("it is an Excel file", "`briefing import table` takes registers"),
    "xl/workbook.bin": ("it is an Excel file", "save it as .xlsx; `briefing import table` takes registers"),
    "ppt/presentation.xml": ("it is a PowerPoint file", "save it as PDF"),
    "content.xml": ("it is an OpenDocument file", "save it as .docx"),
}


def read_word(data: bytes) -> Reading:
    """Return the text of a Word file, its footnotes and endnotes as its last paragraphs."""
    archive = Archive(data)
    if _MAIN not in archive.names:
        what, hint = next((said for name, said in _OTHERS.items() if name in archive.names), (
            "it is a ZIP file without a Word text in it", "unpack it, and name the file in it"))  # fmt: skip
        raise CannotRead(what, hint)
    story = _Story()
    for name in (_MAIN, *_NOTES):
        root = archive.xml(name)
        if root is not None:
            story.take(root)
    text = "\n\n".join(one for one in story.blocks if one.strip())
    core = archive.xml("docProps/core.xml")
    facts = {key: (core.findtext(tag) or "").strip()[:300] for key, tag in _CORE.items()} if core is not None else {}
    if re.fullmatch(r"[0-9a-f]{64}( [0-9a-f]{64})*", facts.pop("identifier", "")):  # the heads of a record
        facts["program"] = "briefing"
    return Reading(text, facts=facts, remarks=(*story.remarks(archive), *spoilt(text)))


class _Story:
    """Gathers the paragraphs of a part, without recursion; rows of tables are lines with tabs between cells."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.left_out: set[str] = set()
        self._line: list[str] = []
        self._rows: list[list[str]] = []
        """The tables that are open, by the cells of the row that is read."""

    def take(self, root: Any) -> None:
        stack: list[tuple[Any, bool]] = [(root, False)]
        while stack:
            node, done = stack.pop()
            name = _name(node)
            if done:
                self._end(name)
            elif not self._skips(node, name):
                self._begin(node, name)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node))

    def _skips(self, node: Any, name: str) -> bool:
        if name in {"footnote", "endnote"}:
            return node.get(f"{_W}type") is not None or node.get(f"{_STRICT}type") is not None
        if name == "r" and any(_name(one) in {"vanish", "webHidden"} for rpr in node[:1] for one in rpr):
            self.left_out.add("text that is hidden")
            return True
        if name in {"del", "moveFrom"} and len(node):
            self.left_out.add("what is struck out in its changes")
        return name in _LEFT_OUT

    def _begin(self, node: Any, name: str) -> None:
        if name == "t":
            self._line.append(node.text or "")
        elif name in _SIGNS:
            self._line.append(_SIGNS[name])
        elif name == "tr":
            self._rows.append([])
        elif name == "p" and self._line and not self._rows:
            self._close()  # a text box inside a paragraph

    def _end(self, name: str) -> None:
        if name == "p" and self._rows:
            self._line.append(" ")
        elif name == "p":
            self._close()
        elif name == "tc" and self._rows:
            self._rows[-1].append(" ".join("".join(self._line).split()))
            self._line.clear()
        elif name == "tr":
            row = "\t".join(self._rows.pop()).strip("\t")
            (self._line.append(f"{row} ") if self._rows else self.blocks.append(row))

    def _close(self) -> None:
        self.blocks.append("".join(self._line).replace("\u00ad", ""))
        self._line.clear()

    def remarks(self, archive: Archive) -> tuple[str, ...]:
        found = sorted(self.left_out)
        if "word/comments.xml" in archive.names:
            found.append("comments")
        return (f"left out: {', '.join(found)}",) if found else ()


def _name(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
