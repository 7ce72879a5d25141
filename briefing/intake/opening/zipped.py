"""ZIP files of others (DOCX, XLSX): members are read one by one, up to a bound, and never extracted."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from briefing.intake.opening.opened import CannotRead

MAX_MEMBERS = 5_000
MAX_MEMBER = 64_000_000
MAX_RATIO = 200
"""Times that a member may be larger than it is in the file; the XML of a long paper is twenty to thirty times."""
SMALL = 1_000_000
"""Bytes up to which a ratio says nothing."""

_DAMAGED = "it is a damaged ZIP file"
_AGAIN = "open it in the program that made it, and save it again"


class Archive:
    """The members of a ZIP file by name; no name of theirs is ever taken for a path."""

    def __init__(self, data: bytes) -> None:
        """Read the list of members; refuse one that is damaged, locked, too long or holds a name twice."""
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OSError, NotImplementedError) as fault:
            raise CannotRead(f"{_DAMAGED}: {fault}", _AGAIN) from fault
        self._size = len(data)
        listed = self._zip.infolist()
        self.names = frozenset(one.filename for one in listed)
        if len(listed) > MAX_MEMBERS:
            raise CannotRead(f"it holds {len(listed)} members; {MAX_MEMBERS} is the limit")
        if len(self.names) < len(listed):
            raise CannotRead("it holds two members of one name", _AGAIN)
        if any(one.flag_bits & 1 for one in listed):
            raise CannotRead("it is locked with a password", "take the password off and name it again")

    def read(self, name: str) -> bytes:
        """Return a member's bytes; empty where there is none. What it says of its size is not believed."""
        if name not in self.names:
            return b""
        info = self._zip.getinfo(name)
        limit = min(MAX_MEMBER, max(SMALL, MAX_RATIO * min(info.compress_size, self._size)))
        try:
            with self._zip.open(info) as member:
                data = member.read(limit + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as fault:
            raise CannotRead(f"{_DAMAGED}: {name}: {fault}", _AGAIN) from fault
        if len(data) > limit:
            raise CannotRead(f"its part {name} unpacks to more than {limit} bytes", "it is not a file to be opened")
        return data

    def xml(self, name: str) -> Any:
        """Return a member's XML, None where there is none; entities are not resolved, and a DOCTYPE is refused."""
        from lxml import etree

        data = self.read(name)
        if not data:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                                 remove_comments=True, remove_pis=True)  # fmt: skip
        if b"<!DOCTYPE" in data[:4096].replace(b"\0", b""):
            raise CannotRead(f"its part {name} declares entities, which no program of offices does")
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as fault:
            raise CannotRead(f"its part {name} is not XML: {fault.msg}", _AGAIN) from fault
        if root.getroottree().docinfo.doctype:
            raise CannotRead(f"its part {name} declares entities, which no program of offices does")
        return root
