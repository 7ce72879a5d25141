"""Everything that a file says anywhere: unzipped, decompressed, unescaped, with and without the tags between."""

from __future__ import annotations

import base64
import html
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

_DATA = re.compile(rb"data:[\w/+.-]*;base64,([A-Za-z0-9+/=]+)")
_TAG = re.compile(r"<[^>]*>")


def channels(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield each place of a file with what it says."""
    if data.startswith(b"%PDF"):
        yield from _of_pdf(data)
    elif data.startswith(b"PK"):
        yield from _of_zip(data)
    else:
        yield "bytes", _text(data)
    yield from (("data in the page", _text(base64.b64decode(one))) for one in _DATA.findall(data))


def everything(data: bytes) -> str:
    """Return all that a file says."""
    return "\n".join(words for _, words in channels(data))


def _text(data: bytes) -> str:
    """Return bytes as text in each way they may be meant: as they are, as UTF-16, unescaped, without tags."""
    plain = data.decode("utf-8", "replace")
    wide = data.decode("utf-16-be", "replace") if b"\x00" in data[:64] else ""
    bare = _TAG.sub("", plain) if "<" in plain else ""
    said = "\n".join((plain, html.unescape(plain) if "&" in plain else "", bare, html.unescape(bare), wide))
    return said.replace("\u00ad", "").replace("\u00a0", " ")


def _of_zip(data: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(BytesIO(data)) as parts:
        yield "names of parts", "\n".join(f"{one.filename} {one.comment!r} {one.extra!r}" for one in parts.infolist())
        for name in parts.namelist():
            inner = parts.read(name)
            if inner.startswith((b"PK", b"%PDF")):
                yield from ((f"{name}: {place}", words) for place, words in channels(inner))
            else:
                yield name, _text(inner)


def _of_pdf(data: bytes) -> Iterator[tuple[str, str]]:
    reader = PdfReader(BytesIO(data))
    yield "bytes", data.decode("latin-1")
    yield "pages", "\n".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ")
    for number in range(1, len(reader.xref_objStm) + sum(len(one) for one in reader.xref.values()) + 1):
        try:
            one = reader.get_object(number)
        except Exception:  # noqa: BLE001 - a number without an object
            continue
        kind = str(one.get("/Type", one.get("/S", ""))) if isinstance(one, DictionaryObject) else ""
        yield f"object {kind}", "\n".join(_strings(one))
        if isinstance(one, StreamObject):
            inner = one.get_data()
            yield f"stream {kind}", _text(inner if isinstance(inner, bytes) else inner.encode())


def _strings(one: Any) -> Iterator[str]:
    if isinstance(one, DictionaryObject):
        for name, value in one.items():
            yield str(name)
            yield from _strings(value)
    elif isinstance(one, ArrayObject):
        for value in one:
            yield from _strings(value)
    elif not isinstance(one, IndirectObject):
        yield one.decode("latin-1") if isinstance(one, bytes) else str(one)
