"""Files as others make them, for the tests of opening: Word, PDF, mail, ZIP."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(body: str, *, before: str = "", **more: bytes) -> bytes:
    """Return a Word file with this body; `more` are other parts by name, `__` for a slash and `_x` for .xml."""
    xml = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    parts = {f"word/{name}.xml": data for name, data in more.items()}
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode(), **parts})


def said(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def printed(page: str) -> bytes:
    from weasyprint import HTML

    pdf = HTML(string=f"<style>@page {{ size: A4 }} body {{ font-family: sans-serif }}</style>{page}").write_pdf()
    assert isinstance(pdf, bytes)
    return pdf


def mail(text: str = "We met on 3 June 2025.\n", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = headers.get("from_", "Private Office <po@ministry.example>")
    message["To"] = "desk@ministry.example"
    message["Subject"] = headers.get("subject", "Talks on payments")
    message["Date"] = "Tue, 03 Jun 2025 18:30:00 +0530"
    message.set_content(text)
    return message
