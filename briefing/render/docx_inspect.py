"""A house's Word template is looked at before it is opened: nothing huge, nothing from elsewhere, nothing that runs.

Word fetches what a file links to when a reader opens it, so that a linked picture in a template
would tell a stranger's server who reads which paper.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

LARGEST = 40 << 20
"""Bytes of a template with its parts unpacked: twenty times the one that ships."""
MEMBERS = 500
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

LINKS = ("http://", "https://", "mailto:")
"""What a hyperlink may begin with: it is followed only when someone follows it."""
RUNNING = {"vbaProject": "macros", "control": "an ActiveX control", "oleObject": "an embedded object",
           "aFChunk": "a foreign file to be taken in", "keyMapCustomizations": "key bindings"}  # fmt: skip
FIELDS = re.compile(r"\s*(INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|LINK|IMPORT|DATABASE|RD|MACROBUTTON)\b", re.IGNORECASE)
"""Fields that fetch or run something when Word brings them up to date."""

RELATION = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "


def unsound(path: Path) -> list[str]:
    """Return why a Word template may not be used, all reasons at once; nothing when it may.

    Raises `zipfile.BadZipFile` for a file that is no Word file.
    """
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        size = sum(member.file_size for member in members)
        if size > LARGEST or len(members) > MEMBERS:
            return [f"it unpacks to {size >> 20} MB in {len(members)} parts; at most {LARGEST >> 20} MB in {MEMBERS}"]
        odd = [m.filename for m in members if m.compress_type not in PACKED or m.flag_bits & 1]
        if odd:
            return [f"{', '.join(odd)}: packed in a way that Word does not use"]
        xml = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return [f"{name}: {what}" for name in xml for what in _Part(archive.read(name)).found]


class _Part:
    """One part of XML, read by expat: what it holds that a template may not."""

    def __init__(self, data: bytes) -> None:
        self.found: list[str] = []
        self.instruction: list[str] | None = None
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(data, True)  # noqa: FBT003 - expat takes it by place
        except expat.ExpatError as fault:
            self.found.append(f"no XML: {fault}")
        except _DoctypeError:
            self.found.append("a document type, which may name files and grow without end; Word writes none")

    def _doctype(self, *_: object) -> None:
        raise _DoctypeError

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == RELATION:
            self.found.extend(_relation(attributes))
        elif name == WORD + "fldSimple":
            self._field(attributes.get(WORD + "instr", ""))
        elif name == WORD + "fldChar":
            if attributes.get(WORD + "fldCharType") == "begin":
                self.instruction = []
            elif self.instruction is not None:
                self._field("".join(self.instruction))
                self.instruction = None

    def _text(self, text: str) -> None:
        if self.instruction is not None:
            self.instruction.append(text)

    def _field(self, instruction: str) -> None:
        if found := FIELDS.match(instruction):
            self.found.append(f"the field {found[1].upper()}, which fetches or runs something")


class _DoctypeError(Exception):
    """Stops the parser before it reads what a document type declares."""


def _relation(attributes: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with a part's link to another."""
    kind, target = attributes.get("Type", "").rsplit("/", 1)[-1], attributes.get("Target", "")
    if kind in RUNNING:
        yield f"{RUNNING[kind]} ({target[:100]})"
    elif attributes.get("TargetMode") == "External" and not (kind == "hyperlink" and target.lower().startswith(LINKS)):
        yield f"{kind} at {target[:100]}, which is not in the file: insert it instead of linking to it"
