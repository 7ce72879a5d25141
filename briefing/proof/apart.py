"""A paper taken apart: its format, the record it says it was made from, what it was asked for, what it carries."""

from __future__ import annotations

import html
import json
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from briefing.errors import NoInput, UsageProblem
from briefing.issuing import made_at, refolded
from briefing.notes.frame import Frame
from briefing.notes.note import Note
from briefing.notes.papers import Material, Paper, Profiles, Words, no_profiles, no_words, taken_apart
from briefing.render.pdf import EVIDENCE
from briefing.store.log import Log

_HEADS = {
    "pdf": (re.compile(rb"<brief:heads>([0-9a-f ]+)</brief:heads>"),),
    "html": (re.compile(rb'<meta name="briefing.heads" content="([0-9a-f ]+)">'),),
    "docx": (re.compile(rb"<dc:identifier>([0-9a-f ]+)</dc:identifier>"),),
    "md": (re.compile(rb"(?m)^<!-- heads ([0-9a-f ]+) -->$"), re.compile(rb"(?m)^Record ([0-9a-f]{16})$")),
}
"""Format → where its file names the record; of Markdown it may be 16 digits."""

_REQUEST = {
    "pdf": re.compile(rb"<brief:request>(.*?)</brief:request>", re.DOTALL),
    "html": re.compile(rb'<meta name="briefing.request" content="([^"]*)">'),
}
_SPACE = "{urn:briefing:note:1}"


@dataclass(frozen=True)
class Apart:
    """A paper's file: its bytes, and what is found in them."""

    name: str
    data: bytes

    @cached_property
    def format(self) -> str:
        """What the file is by its first bytes; Markdown where nothing else fits."""
        starts = {b"%PDF-": "pdf", b"PK": "docx", b"<!doctype html": "html"}
        return next((kind for start, kind in starts.items() if self.data.startswith(start)), "md")

    @cached_property
    def heads(self) -> str:
        """The digests of the record that it names, with blanks between."""
        place = self._member("docProps/core.xml") if self.format == "docx" else self.data
        for pattern in _HEADS[self.format]:
            if found := pattern.search(place):
                return found[1].decode()
        raise UsageProblem(f"{self.name} names no record", hint="give a paper that briefing made, or digests")

    @cached_property
    def request(self) -> dict[str, Any]:
        """What it was asked for; empty where it does not say."""
        if self.format == "docx":
            text = self._carried("request")
        else:
            found = _REQUEST[self.format].search(self.data) if self.format in _REQUEST else None
            text = html.unescape(found[1].decode()) if found else ""
        try:
            said = json.loads(text) if text else {}
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}

    @cached_property
    def evidence(self) -> dict[str, Any]:
        """The events that it carries; empty where it carries none."""
        text = self._carried("evidence") if self.format == "docx" else self._attached() if self.format == "pdf" else ""
        try:
            said = json.loads(text) if text else {}
        except ValueError:
            return {}
        return said if isinstance(said, dict) else {}

    def refolded(self, log: Log, words: Words = no_words,
                 profiles: Profiles = no_profiles) -> tuple[Material, Note]:  # fmt: skip
        """Return the paper that the file says it is, made from the events that it names, and what they fold to."""
        said = self.request
        around, own = taken_apart({str(name): str(value) for name, value in said.get("options", {}).items()})
        frame = Frame(**{"as_at": "", **around}, basis=log.basis, heads=log.heads, made_at=made_at(log.recorded),
                      to=said.get("to", ""), cleared_by=said.get("cleared_by", ""), missing=said.get("missing", ""),
                      reference=said.get("reference", ""), edition=said.get("edition", 0))  # fmt: skip
        return refolded(log.recorded, Paper(said["paper"], said.get("subject", ""), own), frame, words, profiles)

    def _attached(self) -> str:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError

        try:
            found = PdfReader(BytesIO(self.data)).attachments.get(EVIDENCE, [])
        except (PyPdfError, ValueError, KeyError):
            return ""
        return found[0].decode("utf-8", "replace") if found else ""

    def _carried(self, name: str) -> str:
        """Return what the custom XML part holds under a name, whatever number Word has given the part."""
        from lxml import etree

        for member in self._names():
            if not re.fullmatch(r"customXml/item\d+\.xml", member):
                continue
            try:
                root = etree.fromstring(self._member(member), etree.XMLParser(resolve_entities=False, no_network=True))
            except etree.XMLSyntaxError:
                continue
            if root.tag == f"{_SPACE}note":
                return str(root.findtext(f"{_SPACE}{name}") or "")
        return ""

    def _names(self) -> list[str]:
        try:
            with zipfile.ZipFile(BytesIO(self.data)) as parts:
                return parts.namelist()
        except zipfile.BadZipFile:
            return []

    def _member(self, name: str) -> bytes:
        try:
            with zipfile.ZipFile(BytesIO(self.data)) as parts:
                return parts.read(name)
        except (zipfile.BadZipFile, KeyError):
            return b""


def take_apart(path: Path) -> Apart:
    """Return a paper's file, read; `NoInput` where it cannot be."""
    try:
        return Apart(str(path), path.read_bytes())
    except OSError as fault:
        raise NoInput(f"{path} cannot be read: {fault.strerror or fault}") from fault


def basis_in(path: Path) -> str:
    """Return the digests of the record that a paper names, with spaces between; of Markdown 16 digits, or the heads."""
    return take_apart(path).heads
