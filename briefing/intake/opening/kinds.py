"""What a file is, by its first bytes, and by its name where these leave it open."""

from __future__ import annotations

import re

from briefing.intake.opening.opened import CannotRead

_SAVE_TEXT = "save it as .docx, PDF or text"
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "it is a file of an older Office (.doc, .xls, .msg), or a locked one",
     "save it as .docx, .xlsx or .eml, without a password"),
    (b"{\\rtf", "it is RTF", "save it as .docx"),
    (b"\x78\x9f\x3e\x22", "it is a mail of Outlook's own form (winmail.dat)", "ask for the mail as plain text"),
    (b"\x1f\x8b", "it is packed (gzip)", "unpack it, and name the file in it"),
    (b"7z\xbc\xaf\x27\x1c", "it is packed (7z)", "unpack it, and name the file in it"),
    (b"Rar!", "it is packed (RAR)", "unpack it, and name the file in it"),
    (b"\x89PNG", "it is a picture", "have its letters recognised (OCR) first"),
    (b"\xff\xd8\xff", "it is a picture", "have its letters recognised (OCR) first"),
    (b"GIF8", "it is a picture", "have its letters recognised (OCR) first"),
    (b"II*\0", "it is a picture", "have its letters recognised (OCR) first"),
    (b"MM\0*", "it is a picture", "have its letters recognised (OCR) first"),
    (b"\x7fELF", "it is a program", _SAVE_TEXT),
    (b"MZ\x90", "it is a program", _SAVE_TEXT),
    (b"SQLite format 3\0", "it is a database", _SAVE_TEXT),
    (b"BEGIN:VCALENDAR", "it is a calendar", "`briefing import calendar` takes it"),
)  # fmt: skip
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HEADER = rb"[!-9;-~]{1,80}:[^\n]*\n(?:[ \t][^\n]*\n)*"
_MAIL = re.compile(
    rb"(?:" + _HEADER + rb"){0,60}?(?:Received|Return-Path|MIME-Version|Message-ID|Delivered-To):", re.IGNORECASE
)
_BY_NAME = {"html": "html", "htm": "html", "xhtml": "html", "eml": "eml", "docx": "docx", "docm": "docx", "pdf": "pdf"}


def kind_of(data: bytes, name: str) -> str:
    """Return text, html, docx, pdf or eml; raise `CannotRead` for what is none of them."""
    start = data[:8192].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    for magic, what, hint in _REFUSED:
        if start.startswith(magic):
            raise CannotRead(what, hint)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx"
    if start.startswith(b"<") and _PAGE.search(start[:2048]):
        return "html"
    named = _BY_NAME.get(name.lower().rpartition(".")[2], "")
    if named in {"docx", "pdf"}:
        raise CannotRead(f"it is named .{named} and is no such file", "name the file itself, or ask for it anew")
    if named == "eml" or _MAIL.match(start):
        return "eml"
    return named or "text"
