"""Sets pages with WeasyPrint. Import it through `pdf.render_pdf`, after the checks there."""

from __future__ import annotations

import hashlib
import logging
import mimetypes
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pydyf
from weasyprint import HTML, Attachment
from weasyprint.urls import URLFetcher, URLFetcherResponse

from briefing.errors import NoInput, OutputFailed, Refused
from briefing.notes.note import Note
from briefing.render.html import moment
from briefing.render.pdf_metadata import with_extensions
from briefing.render.pdf_text import Spoken, exact_text
from briefing.resources import template_file

if TYPE_CHECKING:
    from briefing.render.pdf import Attached

BASE = "https://templates.invalid/"
"""What relative addresses in a template are resolved against; it never leaves this process."""

_NO_GLYPH = re.compile(r"\.notdef glyph rendered for Unicode string unsupported by fonts: (.+)")


def typeset(html: str, note: Note, templates: Path | None, *, attached: tuple[Attached, ...]) -> bytes:
    """Return the page as PDF/A-3a and PDF/UA-1; the file's identity is the hash of the page."""
    when = moment(note.made_at).replace(tzinfo=None)
    files = [
        Attachment(string=file.data, name=file.name, description=file.description, created=when, modified=when,
                   relationship=file.relationship)
        for file in attached
    ]  # fmt: skip
    fetcher = TemplatesOnly(templates)
    with _faults_raised(fetcher):
        document = _set_last.pop((html, templates), None) or _set(html, fetcher)
        return _written(document, note, html, files)


def typeset_together(pages: Sequence[str], cover: Note, templates: Path | None) -> bytes:
    """Return several pages as one PDF, each set as it is alone; `cover` is what the file says of itself.

    The headings of each stand in the outline below its title.
    """
    fetcher = TemplatesOnly(templates)
    with _faults_raised(fetcher):
        documents = [_set(html, fetcher) for html in pages]  # each is needed to the end: its fonts go with it
        for number, one in enumerate(documents, 1):
            _name_apart(one, f"{number}-")
        whole = documents[0].copy([page for one in documents for page in one.pages])
        whole.metadata.title, whole.metadata.description = cover.title, cover.description
        whole.metadata.keywords = list(cover.keywords)
        return _written(whole, cover, "".join(pages), [])


def _name_apart(document: Any, prefix: str) -> None:
    """Put a prefix before the places within a document and the links to them: each has a note 1."""
    for page in document.pages:
        page.anchors = {f"{prefix}{name}": place for name, place in page.anchors.items()}
        page.links = [(kind, f"{prefix}{target}" if kind == "internal" else target, *rest)
                      for kind, target, *rest in page.links]  # fmt: skip


def _written(document: Any, note: Note, html: str, files: list[Attachment]) -> bytes:
    rdf = document.metadata.generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *a: with_extensions(rdf(*a), note)
    with exact_text(note.lang) as spoken:
        pdf: bytes = document.write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
            pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
            output_intent="srgb",
            attachments=files,
            finisher=lambda _, pdf: _finish(pdf, spoken),
        )
    return pdf


def pages_before(html: str, heading: str, templates: Path | None) -> int:
    """Return how many pages stand before the one that a heading begins; all, where none begins with it."""
    fetcher = TemplatesOnly(templates)
    with _faults_raised(fetcher):
        document = _set(html, fetcher)
    _set_last.clear()
    _set_last[html, templates] = document
    begins = (page.bookmarks[0][1] if page.bookmarks else "" for page in document.pages)
    return next((n for n, first in enumerate(begins) if heading and first == heading), len(document.pages))


def _set(html: str, fetcher: TemplatesOnly) -> Any:
    return HTML(string=html, base_url=BASE, url_fetcher=fetcher).render()


_set_last: dict[tuple[str, Path | None], Any] = {}
"""The text that was measured last: a paper that fits is then written as it is, and not set twice."""


class PageFaults(OutputFailed):
    """A page that could not be set as its template says; `said` is every warning of the engine."""

    def __init__(self, said: list[str]) -> None:
        """Name the first three."""
        super().__init__(
            "the page could not be set as the template says: " + "; ".join(said[:3]),
            hint="correct the template or its style sheet",
        )
        self.said = said


class Outside(Refused):
    """A template that asks for what is not in its folder: `asked`; `said` is every warning of the engine."""

    def __init__(self, asked: list[str], said: list[str]) -> None:
        """Name the addresses."""
        super().__init__(
            f"a template asks for what is not in its folder: {', '.join(asked)}",
            hint="a template may use files of its own folder, and data: addresses",
        )
        self.asked, self.said = asked, said


class TemplatesOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Fetches files of the template folders and data: addresses; keeps any other address that is asked for."""

    def __init__(self, templates: Path | None) -> None:
        """Take the house's own folder of templates, where there is one."""
        super().__init__(allowed_protocols=("data",))
        self.templates = templates
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """Return the response for an address, or refuse."""
        if url.lower().startswith("data:"):
            return super().fetch(url, headers)
        if url.startswith(BASE):
            name = unquote(urlsplit(url).path).lstrip("/")
            try:
                path = template_file(name, self.templates)
            except (NoInput, Refused):
                self.refused.append(name[:200])
                raise ValueError(f"“{name}” is in no folder of templates") from None
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
        self.refused.append(url[:200])
        raise ValueError(f"{url[:200]} is outside the folder of templates")


class _Faults(logging.Handler):
    """Keeps what the engine warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _faults_raised(fetcher: TemplatesOnly) -> Iterator[None]:
    """Raise `Outside` for what was asked for in vain, `OutputFailed` for what the engine only logs.

    That is unknown properties, lost fonts and broken links.
    """
    logger, faults = logging.getLogger("weasyprint"), _Faults()
    propagates, logger.propagate = logger.propagate, False
    logger.addHandler(faults)
    try:
        yield
    finally:
        logger.removeHandler(faults)
        logger.propagate = propagates
    if fetcher.refused:
        raise Outside(list(dict.fromkeys(fetcher.refused)), faults.said)
    signs = [sign[1] for said in faults.said if (sign := _NO_GLYPH.search(said))]
    if signs:
        raise OutputFailed(
            f"no font of the paper has {', '.join(dict.fromkeys(signs))}",
            hint="write it in Latin, Devanagari, Arabic or Hebrew letters; "
            "or put a font into templates/fonts and name it in note.css",
        )
    if faults.said:
        raise PageFaults(faults.said)


def _reference(element: Any) -> Any:
    return element.reference


def _finish(pdf: Any, spoken: Spoken) -> None:
    """Mend what WeasyPrint leaves: each attached file named once, a scope on header cells, metadata in plain sight."""
    spoken.tell(pdf)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    objects: list[Any] = list(pdf.objects)
    for one in objects:
        if isinstance(one, pydyf.Stream) and one.extra.get("Type") == "/Metadata":
            one.compress = False  # any program may look for XMP in the bytes of a file; ours does
    dictionaries = [o for o in objects if isinstance(o, dict)]
    elements: dict[Any, Any] = {_reference(o): o for o in dictionaries if o.get("Type") == "/StructElem"}
    for element in elements.values():
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Column" if _in_head(element, elements) else "/Row"


def _in_head(element: Any, elements: dict[Any, Any]) -> bool:
    while element is not None:
        if element["S"] in {"/THead", "/TBody"}:
            return bool(element["S"] == "/THead")
        element = elements.get(element["P"])
    return False
