"""A paper taken apart: the record it says it was made from."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path

from briefing.errors import NoInput, UsageProblem

_IN_PDF = re.compile(rb"<brief:heads>([0-9a-f ]+)</brief:heads>")
_IN_HTML = re.compile(rb'<meta name="briefing.heads" content="([0-9a-f ]+)">')
_IN_WORD = re.compile(rb"<dc:identifier>([0-9a-f ]+)</dc:identifier>")
_IN_MARKDOWN = re.compile(rb"(?m)^<!-- heads ([0-9a-f ]+) -->$")
_IN_TEXT = re.compile(rb"(?m)^Record ([0-9a-f]{16})$")


def basis_in(path: Path) -> str:
    """Return the digests of the record that a paper names, with spaces between; of Markdown 16 digits, or the heads."""
    try:
        data = path.read_bytes()
    except OSError as fault:
        raise NoInput(f"{path} cannot be read: {fault.strerror or fault}") from fault
    if data.startswith(b"PK"):
        data = _word_properties(data)
    for pattern in (_IN_PDF, _IN_HTML, _IN_WORD, _IN_MARKDOWN, _IN_TEXT):
        if found := pattern.search(data):
            return found[1].decode()
    raise UsageProblem(f"{path} names no record", hint="give a paper that briefing made, or digests")


def _word_properties(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            return parts.read("docProps/core.xml")
    except (zipfile.BadZipFile, KeyError):
        return b""
