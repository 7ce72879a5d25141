"""What a reader, a screen reader or a search gets out of a paper: its words, taken by other programs than ours."""

from __future__ import annotations

import re
import subprocess
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from lxml import etree
from markdown_it import MarkdownIt

INLINE = {"a", "em", "span", "strong", "sup", "tspan"}
"""Elements that do not part words; any other does."""
UNSEEN = {"head", "style", "title"}


class _Text(HTMLParser):
    """Collects the text of a page; the number of an item in an ordered list is a word of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.lists: list[int | None] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        if tag in {"ol", "ul"}:
            self.lists.append(int(dict(attrs).get("start") or 1) if tag == "ol" else None)
        if tag not in INLINE:
            self.parts.append(" ")
        if tag == "li" and self.lists[-1] is not None:
            self.parts.append(f"{self.lists[-1]} ")
            self.lists[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN
        if tag in {"ol", "ul"}:
            self.lists.pop()
        if tag not in INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def html_words(page: bytes) -> list[str]:
    """Return the words of a page in the order of its source."""
    text = _Text()
    text.feed(page.decode())
    return "".join(text.parts).split()


def markdown_words(paper: bytes) -> list[str]:
    """Return the words of what a Markdown program makes of a paper; the point between names in its head is none."""
    page = MarkdownIt("commonmark").enable("table").render(paper.decode())
    return [word for word in html_words(page.encode()) if word != "·"]


def pdf_letters(pdf: bytes) -> str:
    """Return the letters of a tagged PDF in the order of its structure, as it is read aloud, without blanks.

    Poppler gives no blank where a line ends, and none in pictures: whether words are apart `pdf_words`
    tells. It also reads every page once for each element: for short papers only.
    """
    tree = _poppler("pdfinfo", "-struct-text", "-", paper=pdf)
    return letters(re.findall(r'^ *"(.*?)"$', tree, re.MULTILINE | re.DOTALL))


def pdf_pages(pdf: bytes) -> list[list[str]]:
    """Return the lines of each page that are not blank, from top to bottom."""
    pages = _poppler("pdftotext", "-layout", "-", "-", paper=pdf).split("\f")[:-1]
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]


def pdf_lines(pdf: bytes) -> list[str]:
    """Return the lines that are seen on the pages, in the order of reading."""
    return _poppler("pdftotext", "-", "-", paper=pdf).splitlines()


def pdf_words(pdf: bytes) -> list[str]:
    """Return the words that are seen on the pages, in the order of drawing, those around every page with them."""
    shown = _poppler("pdftotext", "-raw", "-", "-", paper=pdf)
    whole = re.sub(r"(?<=\w[-–])\n", "", shown)  # a line may end within a compound
    return re.sub(r"(?<=\w)\s(?=[,;.](\s|$))", "", whole).split()  # a raised number parts a word from its comma


def _poppler(*command: str, paper: bytes) -> str:
    """Return what a program of Poppler prints, without the signs by which it says where right-to-left text stands."""
    said = subprocess.run(command, input=paper, capture_output=True, check=True).stdout.decode()
    return re.sub("[\u200e\u200f\u202a-\u202c]", "", said)


def letters(words: list[str]) -> str:
    """Return words as one string without blanks."""
    return "".join("".join(words).split())


def docx_words(paper: bytes) -> list[str]:
    """Return the words of the text of a Word file, in its order."""
    return _spoken(Document(BytesIO(paper)).element.body)


def docx_edges(paper: bytes) -> dict[str, list[str]]:
    """Return the words of each header and footer that a Word file's section names, fields as their last result."""
    section = Document(BytesIO(paper)).sections[0]
    return {
        "first header": _spoken(section.first_page_header._element),
        "first footer": _spoken(section.first_page_footer._element),
        "header": _spoken(section.header._element),
        "footer": _spoken(section.footer._element),
    }


def docx_xml(paper: bytes, part: str = "word/document.xml") -> Any:
    """Return one part of a Word file, parsed."""
    with zipfile.ZipFile(BytesIO(paper)) as archive:
        return etree.fromstring(archive.read(part))


def _spoken(part: Any) -> list[str]:
    text = qn("w:t")
    marks = part.iter(qn("w:p"), text, qn("w:tab"), qn("w:br"))
    return "".join((mark.text or "") if mark.tag == text else " " for mark in marks).split()
