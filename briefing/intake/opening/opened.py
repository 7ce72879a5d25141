"""What an opened file is: its text, how it was read, what it says of itself, and the files it carries."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from briefing.passages import clean

MAX_BYTES = 32_000_000
"""Bytes of a file that is opened."""

MAX_TEXT = 16_000_000
"""Signs of a text; a thousand pages have three million."""


class CannotRead(Exception):
    """A file that cannot be opened: what is wrong, and what to do. It becomes `CannotOpen`, with the file's name."""

    def __init__(self, what: str, hint: str = "", *, line: int | None = None) -> None:
        """Keep the sentence, the hint, and the line where one is known."""
        super().__init__(what)
        self.what, self.hint, self.line = what, hint, line


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that a mail carries; `opening.open_file` opens it in its turn."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """What one kind of file comes to.

    `facts` may hold title, author, date, from, to, cc and subject, as the file says them, dates in ISO form, and
    the program that made it.
    `remarks` are sentences on what was left out or done, for whoever asked.
    """

    text: str
    encoding: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it was opened: its name, its kind (text, html, docx, pdf, eml), its digest, and its text as stored."""

    name: str
    kind: str
    sha256: str
    text: str
    encoding: str
    facts: Mapping[str, str]
    remarks: tuple[str, ...]
    attachments: tuple[Attachment, ...]


def as_opened(reading: Reading, *, name: str, kind: str, data: bytes) -> Opened:
    """Return a reading as what a file came to, its text cleaned as it is stored; a file without words is refused."""
    text = clean(reading.text)
    if not text.strip() and not reading.attachments:
        raise CannotRead("it is empty" if not data.strip() else "there are no words in it", "name another file")
    if len(text) > MAX_TEXT:
        raise CannotRead(f"its text is {len(text)} signs long; {MAX_TEXT} is the limit", "take out what is needed")
    return Opened(name, kind, sha256(data).hexdigest(), text, reading.encoding,
                  {key: value for key, value in reading.facts.items() if value},
                  reading.remarks, reading.attachments)  # fmt: skip


def sized(data: bytes) -> bytes:
    """Return a file's bytes; one that is too large is refused."""
    if len(data) > MAX_BYTES:
        what = f"it is {len(data)} bytes long; {MAX_BYTES} is the limit"
        raise CannotRead(what, "save what is needed of it as a file of its own")
    return data


def packed(reading: Reading) -> bytes:
    """Return a reading as JSON: it comes from a process that answers with bytes."""
    attachments = [(one.name, one.content_type, b64encode(one.data).decode()) for one in reading.attachments]
    told = {"text": _whole(reading.text), "encoding": reading.encoding, "remarks": reading.remarks,
            "facts": {key: _whole(value) for key, value in reading.facts.items()},
            "attachments": attachments}  # fmt: skip
    return json.dumps(told).encode()


def unpacked(answer: bytes) -> Reading:
    """Return a reading from its JSON."""
    told = json.loads(answer)
    attachments = tuple(Attachment(name, kind, b64decode(data)) for name, kind, data in told["attachments"])
    return Reading(told["text"], told["encoding"], told["facts"], tuple(told["remarks"]), attachments)


def packed_refusal(fault: CannotRead) -> bytes:
    """Return a refusal as JSON."""
    return json.dumps([fault.what, fault.hint, fault.line]).encode()


def unpacked_refusal(answer: bytes) -> CannotRead:
    """Return a refusal from its JSON."""
    what, hint, line = json.loads(answer)
    return CannotRead(what, hint, line=line)


def _whole(text: str) -> str:
    """Return a text without halves of signs, which no file can hold."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
