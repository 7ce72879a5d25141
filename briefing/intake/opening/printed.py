"""PDF → text, page after page; what has no words in it is said."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from briefing.intake.opening.opened import MAX_TEXT, CannotRead, Reading
from briefing.intake.opening.plain import spoilt
from briefing.intake.opening.wrapped import unwrapped

MAX_PAGES = 300
_SLACK = 0.8
"""In a proportional type the full lines of a column differ by a fifth in their number of letters."""


def read_printed(data: bytes) -> Reading:
    """Return the words of a PDF, with the lines of each page joined to paragraphs."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        _require_open(reader)
        pages = [page.extract_text() or "" for page in _pages(reader)]
        facts = _facts(reader)
    except CannotRead:
        raise
    except (PyPdfError, RecursionError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
            ImportError, NotImplementedError, OSError) as fault:  # fmt: skip
        raise CannotRead(f"it cannot be read as PDF: {fault or type(fault).__name__}", "save it anew as PDF") from fault
    return _reading(pages, facts)


def _require_open(reader: Any) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise CannotRead("it is locked with a password", "take the password off and name it again")


def _pages(reader: Any) -> Any:
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise CannotRead(f"it has {count} pages; {MAX_PAGES} is the limit", "save the pages that are needed as a PDF")
    return reader.pages


def _reading(pages: list[str], facts: dict[str, str]) -> Reading:
    if sum(map(len, pages)) > MAX_TEXT:
        raise CannotRead(f"its text is over {MAX_TEXT} signs long")
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    if len(empty) == len(pages):
        raise CannotRead(
            f"there are no words in its {len(pages)} pages: it may be a scan", "have its letters recognised (OCR) first"
        )
    text = "\n\n".join(unwrapped(page.strip(), slack=_SLACK) for page in pages if page.strip())
    said = f"no words on page{'s' if len(empty) > 1 else ''} {', '.join(empty)}: pictures or a scan"
    return Reading(text, facts=facts, remarks=(*([said] if empty else []), *spoilt(text)))


def _facts(reader: Any) -> dict[str, str]:
    told = reader.metadata
    if told is None:
        return {}
    created = told.creation_date
    found = {"title": told.title, "author": told.author, "program": told.creator,
             "date": created.isoformat() if created else ""}  # fmt: skip
    return {key: " ".join(str(value).split())[:300] for key, value in found.items() if value}
