"""Mail → text, headers and attachments; the plain text is preferred to the HTML."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any, TypeAlias

from briefing.intake.opening.opened import Attachment, CannotRead, Reading
from briefing.intake.opening.page import read_page
from briefing.intake.opening.plain import decoded, spoilt
from briefing.intake.opening.wrapped import unwrapped

MAX_DEPTH = 20
MAX_PARTS = 500
_HEADERS = ("from", "to", "cc", "subject")
_MAX_HEADER = 4_000
"""Signs of a header that are looked at; nobody reads more."""

Part: TypeAlias = "Message[Any, Any]"


def read_mail(data: bytes) -> Reading:
    """Return a mail's text, who sent it to whom and when, and its attachments in their order.

    A mail inside it is an attachment. Raises `CannotRead` for a file without the headers of a mail, and
    for parts that are too many or nested too deep.
    """
    try:
        message: Part = message_from_bytes(data, policy=policy.compat32)
    except RecursionError:
        raise CannotRead(f"its parts are nested deeper than {MAX_DEPTH} levels") from None
    if not any(message.get(name) for name in (*_HEADERS, "date")):
        raise CannotRead("it is no mail: it has no From, To, Date or Subject", "name a file that a mail program saved")
    sorted_ = _Sorted()
    sorted_.take(message, 0)
    read = [_text(one) for one in sorted_.bodies]
    text = "\n\n".join(one.text.strip() for one in read if one.text.strip())
    encodings = dict.fromkeys(one.encoding for one in read)
    return Reading(text, ", ".join(encodings), _facts(message), spoilt(text),
                   tuple(_attachment(one, number) for number, one in enumerate(sorted_.attached, 1)))  # fmt: skip


class _Sorted:
    """The parts of a mail: those that are its text, and those that it carries."""

    def __init__(self) -> None:
        self.bodies: list[Part] = []
        self.attached: list[Part] = []

    def take(self, part: Part, depth: int) -> None:
        """Sort a part and those in it."""
        if depth > MAX_DEPTH:
            raise CannotRead(f"its parts are nested deeper than {MAX_DEPTH} levels")
        if len(self.bodies) + len(self.attached) > MAX_PARTS:
            raise CannotRead(f"it has more than {MAX_PARTS} parts")
        kind = part.get_content_type()
        children: Any = part.get_payload()
        if kind.startswith("multipart/") and isinstance(children, list):
            self._take_all(kind, children, depth)
        elif kind in {"text/plain", "text/html"} and not _is_file(part):
            self.bodies.append(part)
        else:
            self.attached.append(part)

    def _take_all(self, kind: str, children: list[Part], depth: int) -> None:
        if kind != "multipart/alternative":
            for child in children:
                self.take(child, depth + 1)
            return
        said: list[_Sorted] = []
        for child in children:
            said.append(_Sorted())
            said[-1].take(child, depth + 1)
        plain = [one for one in said if one.bodies and one.bodies[0].get_content_type() == "text/plain"]
        chosen = next(iter([*plain, *(one for one in said if one.bodies)]), None)
        self.bodies.extend(chosen.bodies if chosen else [])
        for one in said:  # an invitation is one of the alternatives
            self.attached.extend(one.attached)


def _is_file(part: Part) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _text(part: Part) -> Reading:
    """Return the words of a part that is text."""
    data = _bytes(part)
    declared = _charset(part)
    if part.get_content_type() == "text/html":
        return read_page(data, declared=declared)
    text, encoding = decoded(data, declared=declared)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        return Reading(_unflowed(text, drop=str(part.get_param("delsp", "")).lower() == "yes"), encoding)
    return Reading(unwrapped(text), encoding)


def _charset(part: Part) -> str:
    said = part.get_param("charset", "")
    return str(said[2] if isinstance(said, tuple) else said).strip("'\" ")


def _bytes(part: Part) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _unflowed(text: str, *, drop: bool) -> str:
    """Return a text whose soft line ends, a space before the break, are none; that of a signature's "-- " stays."""
    text = re.sub(r"(?m)^ ", "", text)
    return re.sub(r"(?m)(?<!^--) \n(?!>|-- \n)", "" if drop else " ", text)


def _attachment(part: Part, number: int) -> Attachment:
    kind = part.get_content_type()
    inner: Any = part.get_payload()
    if kind == "message/rfc822" and isinstance(inner, list) and inner:
        name = _header(inner[0].get("subject", "")) or f"mail {number}"
        return Attachment(f"{_named(name)}.eml", kind, inner[0].as_bytes())
    ending = {"text/calendar": ".ics", "text/plain": ".txt", "text/html": ".html"}.get(kind, "")
    return Attachment(_named(part.get_filename() or "") or f"attachment {number}{ending}", kind, _bytes(part))


def _named(name: str) -> str:
    """Return a name that is one name and no path, of signs that can be printed."""
    name = "".join(sign for sign in _header(name) if sign.isprintable())
    return re.split(r"[/\\]", name)[-1].strip(". ")[:120]


def _facts(message: Part) -> dict[str, str]:
    found = {name: _header(message.get(name, "")) for name in _HEADERS}
    found["title"] = found["subject"]
    found["author"] = found["from"]
    try:
        found["date"] = parsedate_to_datetime(str(message.get("date", ""))[:100]).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        found["date"] = ""
    return found


def _header(value: Any) -> str:
    """Return a header's words, decoded where they are encoded; what cannot be decoded stands as it came."""
    raw = str(value)[:_MAX_HEADER]
    try:
        pieces = [_piece(piece, charset) for piece, charset in decode_header(raw)]
    except (HeaderParseError, ValueError):
        pieces = [raw]
    return " ".join("".join(pieces).split())[:_MAX_HEADER]


def _piece(piece: Any, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        return decoded(piece, declared=charset or "")[0]
    except CannotRead:
        return str(piece.decode("ascii", "replace"))
