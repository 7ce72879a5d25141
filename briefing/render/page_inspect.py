"""A page from a house's template, looked at before a browser opens it: it fetches nothing and runs nothing."""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import tinycss2

from briefing.errors import NoInput
from briefing.resources import template_file

ELEMENTS = frozenset({
    "animate", "applet", "audio", "base", "embed", "form", "frame", "iframe", "link", "object", "portal", "script",
    "set", "video",
})  # fmt: skip
"""Elements that fetch, run or send something, or change an address."""
ADDRESSES = frozenset({
    "action", "background", "data", "formaction", "href", "manifest", "ping", "poster", "src", "srcset", "xlink:href",
})  # fmt: skip
FOLLOWED = ("http://", "https://", "mailto:")
"""What a link may lead to: it is followed only when someone follows it."""

INSIDE = ("data:", "#")
"""How an address begins that is in the page itself."""
NAMING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})
"""Functions of CSS whose strings are addresses."""

Found = tuple[int, str]
"""The line in a style sheet, 0 where it is not known, and what is wrong."""

_LOCAL = re.compile(r"""url\(\s*(["']?)(?![a-z][a-z0-9+.-]*:|//|\#)([^"')]+)\1\s*\)""", re.IGNORECASE)


def reaching_out(html: str) -> list[str]:
    """Return what a page would fetch or run in a browser, all of it; nothing for a page that stands by itself."""
    page = _Page()
    page.feed(html)
    page.close()
    return list(dict.fromkeys(page.found))


def style_addresses(css: str) -> Iterator[Found]:
    """Yield each address that a style sheet would have fetched, with its line."""
    yield from _addresses(tinycss2.parse_component_value_list(css))


def with_pictures(css: str, templates: Path | None) -> str:
    """Return a style sheet with the files that it names inside it; one that is not there stays named."""

    def inside(match: re.Match[str]) -> str:
        try:
            path = template_file(match[2].strip(), templates)
        except NoInput:
            return match[0]
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return f"url(data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()})"

    return _LOCAL.sub(inside, css)


def _addresses(tokens: Iterable[Any]) -> Iterator[Found]:
    importing = False
    for token in tokens:
        kind = token.type
        if kind == "at-keyword":
            importing = token.lower_value == "import"
        elif kind == "url" or (kind == "string" and importing):
            if importing or not token.value.lower().startswith(INSIDE):
                yield token.source_line, token.value
        elif kind == "function":
            strings = [one for one in token.arguments if one.type == "string"] if token.lower_name in NAMING else []
            yield from (
                (one.source_line, one.value) for one in strings if not one.value.lower().startswith(INSIDE) or importing
            )
            yield from _addresses(token.arguments)
        elif kind in {"{} block", "() block", "[] block"}:
            yield from _addresses(token.content)
        if kind in {"literal", "{} block"}:
            importing = False


class _Page(HTMLParser):
    """Collects what fetches or runs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.in_style = tag == "style"
        if tag in ELEMENTS:
            self.found.append(f"the element {tag}")
        for name, value in attrs:
            self._attribute(tag, name, (value or "").strip())

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.in_style = False

    def handle_endtag(self, _tag: str) -> None:
        self.in_style = False

    def handle_data(self, data: str) -> None:
        if self.in_style:
            self._style(data)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.found.append(f"the attribute {name}, which runs something")
        elif name == "http-equiv" and value.lower() == "refresh":
            self.found.append("a page that leads elsewhere by itself")
        elif name == "style" or "url(" in value.lower():
            self._style(value)
        elif name in ADDRESSES:
            allowed = {"a": (*FOLLOWED, "#"), "img": ("data:image/",)}.get(tag, ("#",))
            self.found.extend([] if value.lower().startswith(allowed) else [f"{name}={value[:100]} in {tag}"])

    def _style(self, css: str) -> None:
        self.found.extend(address[:100] for _, address in style_addresses(css))
