"""HTML → the text that a reader sees; nothing is fetched, and nothing of it runs."""

from __future__ import annotations

import re
from typing import Any

from briefing.intake.opening.opened import CannotRead, Reading
from briefing.intake.opening.plain import decoded, spoilt

_NOT_SEEN = frozenset({
    "script", "style", "noscript", "template", "head", "title", "meta", "link", "iframe", "object", "embed", "svg",
    "math", "select", "textarea", "button", "datalist", "audio", "video", "canvas", "map", "input",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead",
    "ul",
})  # fmt: skip
_CELLS = frozenset({"td", "th"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(
    rb"""(?:<meta\s[^>]{0,200}charset|<\?xml\s[^>]{0,100}encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_FACTS = {
    "author": "author", "article:author": "author", "dc.creator": "author", "dcterms.creator": "author",
    "date": "date", "article:published_time": "date", "dc.date": "date", "dcterms.date": "date",
    "dcterms.issued": "date", "generator": "program",
}  # fmt: skip
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))


def read_page(data: bytes, *, declared: str = "") -> Reading:
    """Return the visible text of a page: blocks as paragraphs, rows of tables as lines with tabs between cells."""
    charset = _CHARSET.search(data[:4096])
    text, encoding = decoded(data, declared=declared or (charset[1].decode() if charset else ""))
    root = parsed(text)
    if root is None:
        return Reading("", encoding)
    text = visible(root)
    return Reading(text, encoding, facts(root), spoilt(text))


def parsed(text: str) -> Any:
    """Return the root of a page, None where it holds nothing; one that is nested too deep is refused."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if fatal := [one for one in parser.error_log if one.level_name == "FATAL" and "depth" in one.message.lower()]:
        raise CannotRead("it is nested deeper than 256 levels", "save the page's text instead", line=fatal[0].line)
    return root


def visible(root: Any) -> str:
    """Return what of a page is seen, without recursion."""
    out: list[str] = []
    stack: list[tuple[Any, bool]] = [(root, False)]
    while stack:
        node, done = stack.pop()
        if done:
            _end(node, out)
        elif _seen(node):
            _begin(node, out)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
        else:
            out.append(_collapsed(node.tail or ""))
    return _joined(out)


_BREAK, _LINE, _TAB = "\x00P", "\x00L", "\x00T"
"""A new paragraph, a new line, the end of a cell: what whitespace in the page itself never is."""


def _begin(node: Any, out: list[str]) -> None:
    if node.tag in _BLOCKS:
        out.append(_BREAK)
    elif node.tag == "tr":
        out.append(_LINE)
    if node.tag == "br":
        out.append(_LINE)
    text = node.text or ""
    out.append(text.replace("\n", _LINE) if node.tag == "pre" else _collapsed(text))


def _end(node: Any, out: list[str]) -> None:
    if node.tag in _BLOCKS:
        out.append(_BREAK)
    elif node.tag in _CELLS:
        out.append(_TAB)
    out.append(_collapsed(node.tail or ""))


def _seen(node: Any) -> bool:
    if not isinstance(node.tag, str) or node.tag in _NOT_SEEN or node.get("hidden") is not None:
        return False
    return node.get("aria-hidden") != "true" and not _HIDDEN_STYLE.search(node.get("style") or "")


def _collapsed(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text.replace("\x00", "").translate(_INVISIBLE))


def _joined(pieces: list[str]) -> str:
    paragraphs = "".join(pieces).split(_BREAK)
    out = []
    for paragraph in paragraphs:
        rows = [row.split(_TAB) for row in paragraph.split(_LINE)]
        lines = ["\t".join(" ".join(cell.split(" ")).strip(" ") for cell in row).strip() for row in rows]
        if block := "\n".join(re.sub(" {2,}", " ", line) for line in lines if line):
            out.append(block)
    return "\n\n".join(out)


def facts(root: Any) -> dict[str, str]:
    """Return title, author, date and program as the page's head says them, no longer than a line."""
    found: dict[str, str] = {}
    for node in root.iter("title", "meta", "time"):
        if node.tag == "title":
            found.setdefault("title", _line("".join(node.itertext())))
        elif node.tag == "meta" and (key := _FACTS.get((node.get("name") or node.get("property") or "").lower())):
            found.setdefault(key, _line(node.get("content") or ""))
    return {key: value for key, value in found.items() if value}


def _line(text: str) -> str:
    return " ".join(text.split())[:300]
